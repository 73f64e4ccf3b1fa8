"""Copies of the tree, a worker in each, and jobs handed to whichever is free."""

import json
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from tests.mutants.making import ROOT

LEFT_OUT: Final = shutil.ignore_patterns(
    ".git", ".venv", ".local", "build", "__pycache__", ".*_cache", ".hypothesis", ".coverage*", "*.egg-info"
)
QUIET: Final = {
    **dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "OMP_THREAD_LIMIT", "MOTCUA_TEST_ANEW"), "1"),
    "PYTHONHASHSEED": "0",
}
CPU, WALL = 60, 180
"""Seconds that a job has beside what its tests took before: of the processor, and in all, as a machine may be busy."""


class Broken(RuntimeError):
    """A worker that does not work."""


class Worker:
    """A process in a copy of the tree."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(ROOT, root, ignore=LEFT_OUT)
        (root / ".venv").symlink_to(ROOT / ".venv")
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | QUIET
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.mutants.worker", str(root)],
            cwd=root,
            env=environment | {"PYTHONPATH": str(root)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, job: Mapping[str, Any] | None) -> dict[str, Any]:
        """Hand a job over, or none, and wait for the answer. Raises Broken."""
        assert self.process.stdin
        assert self.process.stdout
        if job is not None:
            self.process.stdin.write(json.dumps(job) + "\n")
            self.process.stdin.flush()
        if not (line := self.process.stdout.readline()):
            raise Broken(f"the worker in {self.root} ended")
        return dict(json.loads(line))

    def end(self) -> None:
        """No more jobs, not even the one that runs."""
        self.process.kill()
        self.process.wait(timeout=30)


@contextmanager
def workers(count: int) -> Iterator[list[Worker]]:
    """So many workers, each ready."""
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        made = [Worker(Path(folder) / f"tree{number}") for number in range(count)]
        try:
            for one in made:
                one.ask(None)
            yield made
        finally:
            for one in made:
                one.end()


def job(
    tests: Sequence[str],
    seconds: float,
    *,
    file: str = "",
    text: str = "",
    options: Sequence[str] = (),
    **environment: str,
) -> dict[str, Any]:
    """A job for tests that took so long before."""
    return {
        "tests": list(tests),
        "file": file,
        "text": text,
        "options": list(options),
        "environment": environment,
        "cpu": int(CPU + 4 * seconds),
        "wall": WALL + 10 * seconds,
    }


def done(
    given: Sequence[Worker], jobs: Sequence[Mapping[str, Any]], tell: Callable[[int, dict[str, Any]], bool]
) -> None:
    """Every job by whoever is free; `tell` hears each answer with the job's place, and says whether to go on."""
    places: queue.SimpleQueue[int] = queue.SimpleQueue()
    answers: queue.SimpleQueue[tuple[int, dict[str, Any] | Exception]] = queue.SimpleQueue()
    for place in range(len(jobs)):
        places.put(place)
    threads = [threading.Thread(target=_work, args=(one, jobs, places, answers)) for one in given]
    for thread in threads:
        thread.start()
    try:
        _heard(len(jobs), answers, tell)
    except BaseException:
        for one in given:
            one.process.kill()  # whoever waits for it learns that it ended
        raise
    finally:
        with suppress(queue.Empty):
            while True:
                places.get_nowait()  # there is nothing more to do
        for thread in threads:
            thread.join()


def _work(one: Worker, jobs: Sequence[Mapping[str, Any]], places: Any, answers: Any) -> None:
    temp = {"temp": str(one.root.with_name(f"{one.root.name}-temp"))}
    with suppress(queue.Empty):
        while True:
            place = places.get_nowait()
            try:
                answers.put((place, one.ask({**jobs[place], **temp})))
            except (Broken, OSError, ValueError) as error:
                answers.put((place, error))


def _heard(count: int, answers: Any, tell: Callable[[int, dict[str, Any]], bool]) -> None:
    for _ in range(count):
        place, answer = answers.get()
        if isinstance(answer, Exception):
            raise Broken(str(answer)) from answer
        if not tell(place, answer):
            return
