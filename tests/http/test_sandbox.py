"""The portal sandbox: the client of docs/how-to/file-for-people.md files for two citizens, as it stands there."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from infra.demo import story
from tests.support.asserts import problem

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "file-for-people.md"
LONGEST = 40
"""Lines that a portal needs: what it cannot do in so many, the API makes too hard."""


def client():
    (found,) = re.findall(r"```python\n(.+?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return found


def test_a_portal_of_forty_lines_files_for_two_citizens(where, tmp_path):
    script = client()
    assert len(script.splitlines()) <= LONGEST
    folder = tmp_path / ".local" / "cloud"
    folder.mkdir(parents=True)
    (folder / "where.json").write_text(json.dumps(where))
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    filed = dict(re.fullmatch(r"(.+) (MC-\w+)", line).groups() for line in done.stdout.splitlines())
    people = {"Nguyễn Thị Bích Liễu": "001195012345", "Trần Văn Thưởng": "001093054321"}
    assert filed.keys() == people.keys()
    for name, reference in filed.items():
        own = {who: story.citizen(where, sub=number, name=who, personal_id=number) for who, number in people.items()}
        neighbour = next(each for who, each in own.items() if who != name)
        assert story.dossier(own[name], reference)["reference"] == reference
        problem(neighbour.get(f"/v1/dossiers/{reference}"), 404, "not_found")
