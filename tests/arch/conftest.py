"""The product as it is packaged: every capability, whatever the environment says."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.environment import stage

__all__ = ["stage"]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def app():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_CHALICE_CLI_MODE", "true")
        from app import app as product
    return product


@pytest.fixture(scope="session")
def routes(app):
    from infra.reference.openapi import routes as all_routes

    return list(all_routes(app))


@pytest.fixture(scope="session")
def sources():
    """Path -> syntax tree of every Python file of ours that is not a test."""
    files = [ROOT / "app.py", *(ROOT / "chalicelib").rglob("*.py"), *(ROOT / "infra").rglob("*.py")]
    return {path.relative_to(ROOT): ast.parse(path.read_text("utf-8")) for path in sorted(files)}


@pytest.fixture(scope="session")
def copied(tmp_path_factory):
    """A copy of the product that a test may spoil."""
    folder = tmp_path_factory.mktemp("product")
    for name in ("chalicelib", "infra"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "data", "*.json"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


@pytest.fixture
def linted(copied):
    """What the contracts say of the copy: how it ended, the names of those broken, everything that was printed."""

    def lint():
        command = [Path(sys.executable).with_name("lint-imports")]
        environment = os.environ | {"PYTHONPATH": str(copied), "COLUMNS": "200"}
        done = subprocess.run(command, cwd=copied, env=environment, capture_output=True, text=True, check=False)
        broken = {line.removesuffix(" BROKEN") for line in done.stdout.splitlines() if line.endswith(" BROKEN")}
        return done.returncode, broken, done.stdout + done.stderr

    return lint


@pytest.fixture
def plant(copied):
    """Add text to a module of the copy, or make it, until the test is over."""
    before = {}

    def add(module, text):
        path = copied / (module.replace(".", "/") + ".py")
        before[path] = path.read_text("utf-8") if path.exists() else None
        path.parent.mkdir(exist_ok=True)
        path.write_text((before[path] or "") + text, "utf-8")

    yield add
    for path, text in before.items():
        if text is None:
            path.unlink()
        else:
            path.write_text(text, "utf-8")
