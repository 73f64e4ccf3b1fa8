"""Strangers' files are opened only in a process of its own, with limits of memory and time: its death is a verdict.

One child, kept as long as it lives, with the engine of the reader in it; it is spoken to over a pipe and watched for
each job. Whoever only names this module loads no image library: they are the child's.
"""

import atexit
import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from chalicelib.digitisation import jobs
from chalicelib.digitisation.jobs import TOO_MUCH
from chalicelib.digitisation.model import (
    ConversionMark,
    ConvertedPdf,
    CopyPdf,
    Inspection,
    Limits,
    PageText,
    Place,
    Refused,
)
from chalicelib.digitisation.reasons import kills_reader

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

MEMORY: Final = 512 << 20
"""Bytes that a child may take for itself; its libraries come on top, below 600 MB in all."""
SECONDS: Final = 18
"""Of the processor, for one job; the system counts whole ones and looks late: a job ends well before its twentieth."""
PATIENCE: Final = 60
"""Seconds of the clock after which a job is given up: a child that waits uses no processor."""
TRIES: Final = 2
"""A machine may kill a child that did nothing wrong; a file that kills two of them is to blame."""
BLAMED: Final = (-signal.SIGXCPU, TOO_MUCH)
"""How a child ends that ran out of its time or its memory: there is no doubt whose fault that is."""
KEPT: Final = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "TESSDATA_PREFIX", "TZ", "MALLOC_ARENA_MAX")
"""What a child may know of our environment: no key of AWS and no setting."""


class Unfinished(RuntimeError):
    """A job failed by our fault: a model of the reader that is missing, print that does not fit."""


class Sandbox:
    """The process and the way to it. One job at a time; threads wait for each other."""

    def __init__(self, *, memory: int = MEMORY, seconds: int = SECONDS, patience: float = PATIENCE) -> None:
        self._limits, self._patience = (memory, seconds), patience
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None
        self._ended_by = 0

    def inspect(
        self, data: bytes, limits: Limits, *, with_codes: bool = False, roots: Sequence[bytes] = ()
    ) -> Inspection:
        """What a file is, its signatures, and the codes on its first page, where they are asked for. Raises Refused."""
        found: Inspection = self._ask(jobs.Inspect(data, limits, with_codes, tuple(roots)))
        return found

    def pictures(self, data: bytes, media_type: str) -> tuple[bytes, ...]:
        """The pages of an inspected file as pictures. Raises Refused."""
        found: tuple[bytes, ...] = self._ask(jobs.Pictures(data, media_type))
        return found

    def cut(self, data: bytes, media_type: str, parts: Sequence[tuple[int, int]]) -> tuple[bytes, ...]:
        """A file for each part of an inspected scan. Raises Refused."""
        found: tuple[bytes, ...] = self._ask(jobs.Cut(data, media_type, tuple(parts)))
        return found

    def copy(self, images: Sequence[bytes], *, title: str, expected_pages: int) -> CopyPdf:
        """The officer's copy of the pages. Raises Refused, Unfinished."""
        found: CopyPdf = self._ask(jobs.Copy(tuple(images), title, expected_pages))
        return found

    def read(self, image: bytes) -> PageText:
        """The print on one page. Raises Refused, Unfinished."""
        found: PageText = self._ask(jobs.Read(image))
        return found

    def crops(self, image: bytes, places: Sequence[Place]) -> tuple[bytes, ...]:
        """Small pictures of places on a page. Raises Refused, Unfinished."""
        found: tuple[bytes, ...] = self._ask(jobs.Crops(image, tuple(places)))
        return found

    def convert(
        self, images: Sequence[bytes], pages: Sequence[PageText], mark: ConversionMark, data: bytes = b""
    ) -> ConvertedPdf:
        """The data message of the pages and what was read on them, with extracted data (JSON) in it.

        Raises Refused, Unfinished.
        """
        found: ConvertedPdf = self._ask(jobs.Convert(tuple(images), tuple(pages), mark, data))
        return found

    @property
    def process(self) -> int:
        """The number of the child's process; 0 when there is none."""
        return self._child.pid if self._child and self._child.poll() is None else 0

    def close(self) -> None:
        """End the child; the next job starts another."""
        with self._lock:
            self._end()

    def _ask(self, job: jobs.Job) -> Any:
        given = jobs.ENCODE(job)
        with self._lock:
            for _ in range(TRIES):
                told = self._told(given)
                if told is not None or self._ended_by in BLAMED:
                    break
        if told is None:
            raise kills_reader(f"the process that opened it ended during {type(job).__name__.lower()}")
        match jobs.answer_of(told):
            case jobs.Done(value):
                return msgspec.msgpack.decode(value, type=job.answer)
            case jobs.Declined(code, message_vi, message_en):
                raise Refused(code, message_vi, message_en)
            case jobs.Broke(text):
                raise Unfinished(text)

    def _told(self, given: bytes) -> bytes | None:
        """What the child answers; None when it ended instead."""
        child, pipe = self._running()
        watch = threading.Timer(self._patience, child.kill)
        watch.start()
        try:
            pipe.send_bytes(given)
            return pipe.recv_bytes()
        except (EOFError, OSError):
            self._end()
            return None
        finally:
            watch.cancel()
            watch.join()

    def _running(self) -> "tuple[subprocess.Popen[bytes], Connection]":
        if self._child and self._pipe and self._child.poll() is None and not self._pipe.poll():
            return self._child, self._pipe
        self._end()
        from multiprocessing.connection import Pipe

        ours, theirs = Pipe()
        command = [sys.executable, "-m", "chalicelib.digitisation.inside", str(theirs.fileno())]
        command += map(str, self._limits)
        known = {name: os.environ[name] for name in KEPT if name in os.environ}
        places = os.pathsep.join(dict.fromkeys([p or str(Path.cwd()) for p in sys.path]))
        known |= {"PYTHONPATH": places, "PYTHONDONTWRITEBYTECODE": "1", "OMP_THREAD_LIMIT": "1"}
        known |= {"OPENBLAS_NUM_THREADS": "1"}
        self._child = subprocess.Popen(  # noqa: S603 - our own module
            command, env=known, pass_fds=(theirs.fileno(),), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        theirs.close()
        self._pipe = ours
        return self._child, ours

    def _end(self) -> None:
        if self._pipe:
            self._pipe.close()
        if self._child:
            with contextlib.suppress(OSError):
                self._child.kill()
            self._ended_by = self._child.wait()
        self._child = self._pipe = None


@cache
def sandbox() -> Sandbox:
    """The one of this process; its child ends with us."""
    made = Sandbox()
    atexit.register(made.close)
    return made
