"""One embedded cloud for the whole run; every test uses names of its own.

A run is the same on every machine: no property test has a time limit, and each draws the same examples every time.
MOTCUA_TEST_SEED=7 draws other examples, and runs files, and the tests in each, in another order.
"""

import logging
import os
import random
import time
from collections import deque
from collections.abc import Generator, Iterator
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from infra.demo import story
from infra.demo.client import Client
from infra.demo.scans import make_scan
from infra.local.cloud import LocalCloud
from infra.local.stage import keep_logs, local_stage
from infra.localstack.deployed import Deployed, NotHere
from tests.support import minutes, sample
from tests.support.world import rest

SEED = os.environ.get("MOTCUA_TEST_SEED")
BY_LUCK = (
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.large_base_example,
    HealthCheck.filter_too_much,
)
"""What hypothesis would judge by the speed of the machine or by what was drawn."""
settings.register_profile(
    "any machine", deadline=None, database=None, derandomize=SEED is None, suppress_health_check=BY_LUCK
)
settings.load_profile("any machine")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """The seed is hypothesis' seed too."""
    if SEED is not None and config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = SEED


def pytest_report_header() -> str:
    """Say the seed, for who must run it again."""
    if sample.WHOLE:
        return "MOTCUA_TEST_WHOLE: every sweep runs whole"
    drawn = "samples of sweeps" if SEED is None else "samples of sweeps, examples and order of the tests"
    return f"MOTCUA_TEST_SEED={sample.SEED}: {drawn} are drawn by it"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Another order, where a seed asks for one.

    A file's tests stay together, they may share a cloud that is dear; in a file marked `story` each goes on where the
    one before ended.
    """
    if SEED is None:
        return
    chance = random.Random(SEED)
    files = [list(tests) for _, tests in groupby(items, key=lambda item: item.path)]
    chance.shuffle(files)
    for tests in files:
        if not tests[0].get_closest_marker("story"):
            chance.shuffle(tests)
    items[:] = [test for tests in files for test in tests]


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call() -> Generator[None, object, object]:
    """A test that needs what only the embedded cloud has does not run elsewhere, and says so."""
    try:
        return (yield)
    except NotHere as missing:
        pytest.skip(str(missing))


BEFORE = pytest.StashKey[float]()
"""Seconds of processor of this process before a test."""
BEGUN = time.monotonic()
MANY = 5000
"""Tests from which on a run counts as the suite."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The suite ends with its dearest files."""
    reports = [each for found in terminalreporter.stats.values() for each in found]
    if len(reports) > MANY:
        terminalreporter.section("dearest files")
        for line in minutes.told(minutes.by_file(reports), time.monotonic() - BEGUN, minutes.kept()):
            terminalreporter.write_line(line)


class Broken(logging.Handler):
    """Keeps what the product logged as broken: pytest's own lines leave out which error it was."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: deque[str] = deque(maxlen=20)

    def emit(self, record: logging.LogRecord) -> None:
        """One line: what happened, the type of the error, the last place of ours or of a library."""
        if record.name == "motcua":
            self.lines.append(f"{record.getMessage()}: {getattr(record, 'error', '?')}")


BROKEN = Broken()


@pytest.fixture(autouse=True)
def _heard() -> Iterator[None]:
    """What breaks in the product while a test runs is kept for its report."""
    logging.getLogger().addHandler(BROKEN)
    yield
    logging.getLogger().removeHandler(BROKEN)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that fails shows what broke in the product since the last one; each says what it cost."""
    report = yield
    if call.when == "teardown":
        report.user_properties.append((minutes.PROCESSOR, minutes.processor() - item.stash[BEFORE]))
    if call.when == "call":
        if report.failed and BROKEN.lines:
            report.sections.append(("What broke in the product", "\n".join(BROKEN.lines)))
        BROKEN.lines.clear()
    return report


OF_RUN: list[LocalCloud] = []
"""The cloud of this run, once a test asked for it."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """The cloud of the run rests while a test holds the stores: its workers would write by the test's own client."""
    item.stash[BEFORE] = minutes.processor()
    asked = getattr(item, "fixturenames", ())
    for running in OF_RUN:
        if "tables" in asked and LocalCloud.current is running:
            rest(running)
        elif "_of_run" in asked and LocalCloud.current is None:
            running.start()


@pytest.fixture(scope="session")
def _of_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCloud | Deployed]:
    """The cloud of this run; a folder of tests may have a `cloud` of its own.

    Its clock calls nothing: a sweep of every minute would meet whatever a test has in hand just then.
    """
    if file := os.environ.get("MOTCUA_WHERE"):
        yield Deployed.at(Path(file))
        return
    folder = tmp_path_factory.mktemp("cloud")
    keep_logs(folder / "log.jsonl")
    with local_stage(folder, clocked=False) as running:
        OF_RUN.append(running)
        yield running
        OF_RUN.clear()


@pytest.fixture(scope="session")
def cloud(_of_run: LocalCloud | Deployed) -> LocalCloud | Deployed:
    """The product on the embedded cloud, or where the where.json that MOTCUA_WHERE names says it is."""
    return _of_run


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

    from PIL import Image, ImageDraw

    page = Image.new("RGB", (800, 1100), "white")
    ImageDraw.Draw(page).text((90, 120), "XAC NHAN 2026", fill="black", font_size=40)
    out = io.BytesIO()
    page.save(out, "JPEG", dpi=(200, 200))
    return out.getvalue()


@pytest.fixture
def citizen(where: dict[str, str]) -> Client:
    """A citizen nobody else in this run is."""
    return story.citizen(where, **story.somebody())
