"""One embedded cloud for the whole run; every test uses names of its own."""

import os
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from infra.demo import story
from infra.demo.client import Client
from infra.demo.scans import make_scan
from infra.local.cloud import LocalCloud
from infra.local.stage import keep_logs, local_stage
from infra.localstack.deployed import Deployed, NotHere


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call() -> Generator[None, object, object]:
    """A test that needs what only the embedded cloud has does not run elsewhere, and says so."""
    try:
        return (yield)
    except NotHere as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud | Deployed]:
    """The product on the embedded cloud, or where the where.json that MOTCUA_WHERE names says it is."""
    if file := os.environ.get("MOTCUA_WHERE"):
        yield Deployed.at(Path(file))
        return
    folder = tmp_path_factory.mktemp("cloud")
    keep_logs(folder / "log.jsonl")
    with local_stage(folder) as running:
        yield running


@pytest.fixture(scope="session")
def where(cloud: LocalCloud) -> dict[str, str]:
    """Addresses and names of the cloud."""
    return cloud.where()


@pytest.fixture(scope="session")
def birth_scan() -> bytes:
    """A scanned birth notice."""
    return make_scan("giay_chung_sinh", seed=11, font="liberation-serif").jpeg


@pytest.fixture(scope="session")
def small_scan() -> bytes:
    """A small page that passes the checks, for tests that are not about reading."""
    import io

    from PIL import Image

    page = Image.new("RGB", (800, 1100), "white")
    out = io.BytesIO()
    page.save(out, "JPEG", dpi=(200, 200))
    return out.getvalue()


@pytest.fixture
def citizen(where: dict[str, str]) -> Client:
    """A citizen nobody else in this run is."""
    return story.citizen(where, **story.somebody())
