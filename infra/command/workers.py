"""Processes that digitise files one after the other: each keeps its engine, and its death is the verdict on one file.

`python -m infra.command.workers HANDLE KEYS` is one of them. What it makes of a file stands in a folder of its own
until it is whole; then the folder gets its name.
"""

import contextlib
import hashlib
import logging
import os
import resource
import shutil
import subprocess
import sys
import time
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Final, Literal

import msgspec

RESULT: Final = "result.json"
PARTS: Final = ".parts"
"""Folder of what is not whole yet: nothing in it is ever taken for a result."""
ENDED: Final = (
    "worker_ended",
    "Tiến trình xử lý tệp này đã dừng đột ngột; hãy chạy lại lệnh, tệp này sẽ được xử lý lại.",
    "the process that worked on this file ended; run the command again, and it is tried again",
)
BROKE: Final = ("broke", "Xử lý tệp này bị lỗi; hãy chạy lại lệnh.", "working on this file failed: {}")

type State = Literal["digitised", "refused", "failed"]


class Work(msgspec.Struct, frozen=True, kw_only=True):
    """One file: where it is, what paper it is, and the folder that its results shall have."""

    file: str
    kind: str
    out: str


class _Sent(msgspec.Struct, frozen=True, kw_only=True):
    """Work as it goes through a pipe: names of files are bytes, whatever they say."""

    file: bytes
    kind: str
    out: bytes

    @classmethod
    def of(cls, work: Work) -> "_Sent":
        return cls(file=os.fsencode(work.file), kind=work.kind, out=os.fsencode(work.out))

    def work(self) -> Work:
        return Work(file=os.fsdecode(self.file), kind=self.kind, out=os.fsdecode(self.out))


def shown(name: str | Path) -> str:
    """A name of a file as it can be written: bytes of it that are no UTF-8 are escaped."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


class FieldLine(msgspec.Struct, frozen=True, kw_only=True):
    """A value that was read: how sure the reading is (0..1), and whether an officer must look first."""

    name: str
    label: str
    value: str
    confidence: float
    needs_review: bool
    reason: str = ""


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one file: the line of `--json`, and `result.json` in its folder.

    `refused`: the fault of the file; the same bytes are not tried again. `failed`: ours; they are. `resumed`: it was
    found done by an earlier run. `cpu_seconds` are of all processes that worked on it.
    """

    file: str
    state: State
    out: str = ""
    kind: str = ""
    sha256: str = ""
    bytes: int = 0
    pages: int = 0
    code: str | None = None
    reason_code: str | None = None
    reason_vi: str | None = None
    reason_en: str | None = None
    fields: tuple[FieldLine, ...] = ()
    cpu_seconds: float = 0.0
    resumed: bool = False

    warnings: tuple[str, ...] = ()
    """Sentences about what was taken all the same, each opened by a code."""

    def written(self) -> str:
        """Its JSON, in one line."""
        return msgspec.json.encode(self).decode()


class Worker:
    """One process, started when it is first needed and again after its death."""

    def __init__(self, keys: Path) -> None:
        self._keys = keys
        self._child: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None

    @property
    def process(self) -> int:
        """The number of the process; 0 when there is none."""
        return self._child.pid if self._child and self._child.poll() is None else 0

    def do(self, work: Work) -> Result | None:
        """What became of the file; None when the process ended instead."""
        pipe = self._running()
        try:
            pipe.send_bytes(msgspec.msgpack.encode(_Sent.of(work)))
            return msgspec.msgpack.decode(pipe.recv_bytes(), type=Result)
        except (EOFError, OSError):
            self.end()
            return None

    def kill(self) -> None:
        """End the process under whatever it does; may be called from another thread."""
        if child := self._child:
            with contextlib.suppress(OSError):
                child.kill()

    def _running(self) -> Connection:
        if self._child and self._pipe and self._child.poll() is None:
            return self._pipe
        self.end()
        ours, theirs = Pipe()
        places = os.pathsep.join(dict.fromkeys([place or str(Path.cwd()) for place in sys.path]))
        self._child = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", "infra.command.workers", str(theirs.fileno()), str(self._keys)],
            env=os.environ | {"PYTHONPATH": places},
            pass_fds=(theirs.fileno(),),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            process_group=0,  # a Ctrl-C is told to us alone
        )
        theirs.close()
        self._pipe = ours
        return ours

    def end(self) -> None:
        """End the process and forget it."""
        if self._pipe:
            self._pipe.close()
        self.kill()
        if self._child:
            self._child.wait()
        self._child = self._pipe = None


def publish(folder: Path, result: Result, made: Path | None = None) -> None:
    """The folder has these results from now on, all of them or what it had before; `made` is where they were put."""
    parts = folder_of_parts(folder)
    made = made or _fresh(parts)
    (made / RESULT).write_text(result.written() + "\n", encoding="utf-8")
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        former = _fresh(parts)
        former.rmdir()
        folder.rename(former)
        made.rename(folder)
        shutil.rmtree(former)
    else:
        made.rename(folder)


def folder_of_parts(folder: Path) -> Path:
    """Where the results of a folder are put together: on the same disk, in the batch's own corner."""
    root = next((each for each in folder.parents if (each / PARTS).is_dir()), folder.parent)
    return root / PARTS


def _fresh(parts: Path) -> Path:
    made = parts / f"{os.getpid()}-{time.monotonic_ns()}"
    made.mkdir(parents=True)
    return made


def ended(work: Work) -> Result:
    """The result of a file whose worker's process ended."""
    code, vi, en = ENDED
    sha256, size = _identity(Path(work.file))
    told = Result(
        file=shown(work.file), state="failed", out=shown(work.out), kind=work.kind, sha256=sha256, bytes=size,
        reason_code=code, reason_vi=vi, reason_en=en,
    )  # fmt: skip
    publish(Path(work.out), told)
    return told


def _identity(file: Path) -> tuple[str, int]:
    """SHA-256 and size of a file; empty and 0 of one that cannot be read. It is not held in memory."""
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest(), opened.tell()
    except OSError:
        return "", 0


def digitised(work: Work, keys: Path) -> Result:
    """Digitise one file into its folder; whatever it ends as is written there."""
    from chalicelib.digitisation.model import Limits, Refused
    from chalicelib.digitisation.reasons import too_large
    from infra.command.digitise import digitise_file

    folder, begin, file = Path(work.out), _cpu(), Path(work.file)
    made = _fresh(folder_of_parts(folder))
    sha256, size = _identity(file)
    told = Result(
        file=shown(work.file), state="digitised", out=shown(work.out), kind=work.kind, sha256=sha256, bytes=size
    )
    try:
        most = Limits().max_bytes
        if size > most:  # it need not be read to be judged
            raise too_large(most)
        report = digitise_file(file.read_bytes(), made, kind=work.kind, title=shown(file.name), keys=keys)
        fields = msgspec.convert(report["fields"], tuple[FieldLine, ...])
        told = msgspec.structs.replace(
            told,
            sha256=report["source_sha256"],
            code=report["code"],
            pages=report["pages"],
            fields=fields,
            warnings=tuple(report["warnings"]),
        )
    except Refused as why:
        told = _because(told, "refused", why.code, why.message_vi, why.message_en)
    except Exception as error:  # noqa: BLE001 - one file's fault is not the end of the batch
        code, vi, en = BROKE
        told = _because(told, "failed", code, vi, en.format(f"{type(error).__name__}: {error}"))
    if told.state != "digitised":
        shutil.rmtree(made)
        made.mkdir()
    told = msgspec.structs.replace(told, cpu_seconds=round(_cpu() - begin, 3))
    publish(folder, told, made)
    return told


def _because(told: Result, state: State, code: str, vi: str, en: str) -> Result:
    return msgspec.structs.replace(told, state=state, reason_code=code, reason_vi=vi, reason_en=en)


def _cpu() -> float:
    """Seconds of the processor that this process used, and those that it started, one of which may live on."""
    from chalicelib.digitisation.sandbox import sandbox

    ours, ended = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    used = ours.ru_utime + ours.ru_stime + ended.ru_utime + ended.ru_stime
    with contextlib.suppress(OSError):  # it ended meanwhile, or the system has no such place
        fields = Path(f"/proc/{sandbox().process}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        used += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return used


def main(handle: int, keys: str) -> None:
    """Do what is asked until nobody asks any more."""
    logging.disable(logging.ERROR)  # what libraries say of a file is in its result
    pipe = Connection(handle)
    while True:
        try:
            given = pipe.recv_bytes()
        except EOFError:
            return
        work = msgspec.msgpack.decode(given, type=_Sent).work()
        pipe.send_bytes(msgspec.msgpack.encode(digitised(work, Path(keys))))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
