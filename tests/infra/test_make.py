"""What `make` says to whoever changes something here; the tools themselves are stubs."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def make(tmp_path):
    """`make(target)`: its answer, and what its tools were asked; `ruff` refuses what is not told to be mended."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    tools = tmp_path / ".venv" / "bin"
    tools.mkdir(parents=True)
    (tmp_path / "infra" / "build").mkdir(parents=True)
    for name in ("requirements.lock", "pyproject.toml", "infra/build/install.sh", ".venv/.installed"):
        (tmp_path / name).touch()
    for name in ("ruff", "mypy", "lint-imports", "python"):
        (tools / name).write_text(f'#!/bin/sh\necho "{name} $*" >> asked\n[ ! -e untidy ] || [ {name} != ruff ]\n')
        (tools / name).chmod(0o755)

    def run(target):
        env = {"PATH": os.environ["PATH"]}  # nothing of a make that runs these tests
        done = subprocess.run(
            ["make", target], cwd=tmp_path, env=env, capture_output=True, text=True, check=False, timeout=60
        )
        return done, (tmp_path / "asked").read_text().splitlines()

    return run


def test_a_check_that_finds_untidy_files_says_what_mends_them(make, tmp_path):
    (tmp_path / "untidy").touch()
    done, asked = make("check")
    assert done.returncode != 0
    assert "run: make format, then mend what it names\n" in done.stderr
    assert asked == ["ruff check ."]


def test_a_check_holds_the_stored_kinds_against_their_page(make):
    done, asked = make("check")
    assert (done.returncode, done.stderr) == (0, "")
    files = ("contracts/test_structs.py", "test_acts.py", "test_capability_tests.py")
    assert asked[-1] == " ".join(["python -m pytest -q tests/arch", *(f"tests/unit/{file}" for file in files)])
    assert (ROOT / "tests/unit/contracts/test_structs.py").is_file()


def test_to_format_is_to_mend_first_and_to_name_what_is_left(make):
    done, asked = make("format")
    assert done.returncode == 0
    assert asked == ["ruff check --fix-only .", "ruff format .", "ruff check ."]
