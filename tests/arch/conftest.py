"""The product as it is packaged: every capability, whatever the environment says."""

import ast
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
