"""The rooms of infra, as import-linter holds them: what is planted here against the order must be refused by name."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = "Rooms of infra: what runs the product uses what declares it, never the other way"
PLANTED = {
    "infra/stack/watch.py": ("from infra.local import names\n", ROOMS),  # an arrow upwards, from room to room
    "infra/local/journal.py": ("from infra.local import delivery\n", "infra.local, downwards"),  # and inside of one
    "infra/demo/client.py": ("from infra.demo import story\n", "No circle of modules in infra"),
    "infra/command/unlisted.py": ('"""In no list."""\n', "infra.command, downwards"),
    "infra/attic/__init__.py": ('"""A room in no list."""\n', ROOMS),
}


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A copy of the product that a test may spoil."""
    place = tmp_path_factory.mktemp("planted")
    for name in ("chalicelib", "infra"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("*.lock", "data", "__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", place)
    return place


@pytest.fixture
def linted(copied):
    """What import-linter says of a copy with one more thing in it."""
    planted = []

    def lint(path="", text=""):
        if path:
            place = copied / path
            planted.append((place, place.read_bytes() if place.exists() else None))
            place.parent.mkdir(exist_ok=True)
            with place.open("a", encoding="utf-8") as file:
                file.write(text)
        return subprocess.run(
            [Path(sys.executable).with_name("lint-imports")],
            cwd=copied,
            env=os.environ | {"PYTHONPATH": str(copied), "COLUMNS": "200"},
            capture_output=True,
            text=True,
            check=False,
        )

    yield lint
    for place, before in planted:
        place.unlink() if before is None else place.write_bytes(before)


def test_the_rooms_are_in_order(linted):
    assert linted().returncode == 0


@pytest.mark.parametrize("path", PLANTED)
def test_what_is_against_the_order_is_refused_by_name(linted, path):
    text, contract = PLANTED[path]
    done = linted(path, text)
    assert done.returncode == 1
    assert f"{contract} BROKEN" in done.stdout
