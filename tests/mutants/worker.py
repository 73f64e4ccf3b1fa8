"""Runs tests in one copy of the tree, a fork for each job: `python -m tests.mutants.worker COPY`, a job a line.

What is not ours is loaded once and before the first fork; what is ours is loaded by each fork from the copy, after the
mutated file was written there. A job is JSON: tests, options of pytest, limits, and perhaps a file with its new text.
"""

import contextlib
import ctypes
import importlib
import json
import os
import resource
import select
import signal
import sys
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

OPTIONS = (
    "-q", "--tb=short", "-p", "no:cacheprovider", "-p", "no:xdist", "-W", "ignore::pytest.PytestAssertRewriteWarning",
)  # fmt: skip
OURS = {"app", "chalicelib", "infra"}
ALSO = ("coverage", "hypothesis.strategies", "pytest_cov.plugin", "schemathesis.pytest.plugin", "zxingcpp")


def _cpu() -> float:
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


class Watch:
    """What became of each test, how long it took, and what failed first."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.failed: list[str] = []
        self.first = ""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: Any) -> Generator[None, object, object]:
        """Count the processor's seconds, fixtures with them: those of a clock say how busy the machine is."""
        before = _cpu()
        done = yield
        self.seconds[item.nodeid] = _cpu() - before
        return done

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Note a failure."""
        if report.failed:
            self._failed(report)

    def pytest_collectreport(self, report: Any) -> None:
        """A file that cannot be loaded fails as a whole."""
        if report.failed:
            self._failed(report)

    def _failed(self, report: Any) -> None:
        self.failed.append(report.nodeid)
        crash = getattr(report.longrepr, "reprcrash", None)
        said = crash.message if crash else str(report.longrepr)[-300:]
        self.first = self.first or f"{report.nodeid}: {said.splitlines()[0][:160] if said else ''}"


def run(job: dict[str, Any], out: int) -> None:
    """In the fork: pytest over the tests, its findings into the pipe, and an end without farewells."""
    os.setsid()
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # where the system knows it: no fork outlives its worker
    resource.setrlimit(resource.RLIMIT_CPU, (job["cpu"], job["cpu"] + 5))
    log = os.open("pytest.log", os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ.update(job["environment"])
    watch = Watch()
    options = [*OPTIONS, "--basetemp", job["temp"], *job["options"]]
    code = int(pytest.main([*options, *job["tests"]], plugins=[watch]))
    told = {"code": code, "seconds": watch.seconds, "failed": watch.failed, "first": watch.first}
    told["cpu"] = _cpu()
    with os.fdopen(out, "w") as pipe:
        json.dump(told, pipe)
    sys.stdout.flush()
    os._exit(0)


def watched(pid: int, pipe: int, wall: float) -> dict[str, Any]:
    """What the fork told; when it tells nothing in time, or dies, that."""
    told, until = b"", time.monotonic() + wall
    while (left := until - time.monotonic()) > 0:
        if select.select([pipe], [], [], min(left, 5))[0]:
            part = os.read(pipe, 1 << 16)
            if not part:
                break
            told += part
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)  # what the tests left running goes too
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    if told:
        return dict(json.loads(told))
    why = "no answer in time" if time.monotonic() >= until else f"died: {status}"
    return {"code": -1, "seconds": {}, "failed": [], "first": why, "cpu": 0.0}


def job_done(job: dict[str, Any]) -> dict[str, Any]:
    """The job's findings; the file is as it was afterwards."""
    path = Path(job["file"]) if job.get("file") else None
    was = path.read_bytes() if path else b""
    if path:
        path.write_text(job["text"], "utf-8")
        _forget_compiled(path)
    ours, theirs = os.pipe()
    try:
        pid = os.fork()
        if not pid:
            os.close(ours)
            run(job, theirs)
        os.close(theirs)
        return watched(pid, ours, job["wall"])
    finally:
        os.close(ours)
        if path:
            path.write_bytes(was)
            _forget_compiled(path)


def _forget_compiled(path: Path) -> None:
    """Python knows a compiled file by the second and the size of its source: a mutant may have both in common."""
    for kept in (path.parent / "__pycache__").glob(f"{path.stem}.*.pyc"):
        kept.unlink()


def learnt() -> list[str]:
    """What is not ours and our code and tests load: a first fork loads all of it, and says what came with it."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if not pid:
        for name in ("tests.conftest", "app", *_modules("chalicelib"), *_modules("infra"), *ALSO):
            with contextlib.suppress(Exception):
                importlib.import_module(name)
        with os.fdopen(theirs, "w") as pipe:
            json.dump([name for name in sys.modules if name.split(".")[0] not in OURS | {"tests", "__main__"}], pipe)
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as pipe:
        found = list(json.load(pipe))
    os.waitpid(pid, 0)
    return found


def _modules(package: str) -> Iterator[str]:
    for path in sorted(Path(package).rglob("*.py")):
        if path.stem != "__main__" and "plugin" not in path.parts:
            yield ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def main() -> None:
    """Load, say so, then a job a line until there is no more."""
    os.chdir(sys.argv[1])
    for name in learnt():
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    loaded = [name for name in sys.modules if name.split(".")[0] in OURS]
    if loaded or threading.active_count() > 1:
        sys.exit(f"not fit to fork: {loaded}, {threading.enumerate()}")
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        print(json.dumps(job_done(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
