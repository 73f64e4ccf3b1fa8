"""`motcua digitise`: one scan, or files and folders of them, with this machine's test keys.

A batch may be interrupted at any moment: what is done stays, what was under way leaves nothing, and the same command
goes on where it was.
"""

import hashlib
import os
import queue
import shutil
import signal
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Final, NamedTuple

import msgspec
import typer

from infra.command import machine
from infra.command.output import FAILED, FINDINGS, INTERRUPTED, NOT_FOUND, USAGE, AsJson, fail, read_file, say, show
from infra.command.workers import PARTS, RESULT, Result, Work, Worker, ended, shown

KEYS: Final = "keys"
MARKS: Final = {"digitised": "ok  ", "refused": "no  ", "failed": "FAIL"}


def digitise(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Scans, or folders of them.", show_default=False)
    ],
    out: Annotated[Path, typer.Option("--out", help="Where the results go.")],
    kind: Annotated[str, typer.Option(help="What paper it is: giay_chung_sinh, giay_khai_sinh, ...; or empty.")] = "",
    jobs: Annotated[
        int | None, typer.Option(min=1, max=256, help="Files at once; else as many as there are cores.")
    ] = None,
    *,
    again: Annotated[bool, typer.Option("--again", help="Try once more what an earlier run refused.")] = False,
    as_json: AsJson = False,
) -> None:
    """Turn scans into signed data messages with this machine's test keys, in the order of the law.

    Example: motcua digitise scans --out digitised --json
    """
    from chalicelib.digitisation.fields import kinds

    if kind and kind not in kinds():
        fail(f"{kind}: not a paper that can be read", USAGE, f"--kind {'|'.join(kinds())}")
    machine.require_model()
    if len(paths) == 1 and not paths[0].is_dir():
        _one(paths[0], out, kind, as_json=as_json)
        return
    found = list(_inputs(paths, out, kind))
    if not found:
        fail("no files there", NOT_FOUND)
    batch = Batch(out, jobs or os.process_cpu_count() or 1, again=again)
    try:
        counts = batch.run(found, as_json=as_json)
    except KeyboardInterrupt:
        say("interrupted: what is done stays; the same command goes on with the rest")
        raise typer.Exit(INTERRUPTED) from None
    say(", ".join(f"{number} {state}" for state, number in sorted(counts.items())))
    if counts["refused"] or counts["failed"]:
        raise typer.Exit(FINDINGS if counts["refused"] else FAILED)


def _one(file: Path, out: Path, kind: str, *, as_json: bool) -> None:
    """A single scan: its results are put into the folder itself."""
    from chalicelib.digitisation.model import Refused
    from infra.command.digitise import digitise_file

    try:
        report = digitise_file(read_file(file), out, kind=kind, title=shown(file.name))
    except Refused as refusal:
        fail(f"{shown(file)}: {refusal.message_vi} / {refusal.message_en} [{refusal.code}]", FINDINGS)
    lines = [f"{k:<18} {v}" for k, v in report.items() if k != "fields"]
    lines += [
        f"  {f['label']:<36} {f['value']}{'   (cần kiểm tra)' if f['needs_review'] else ''}" for f in report["fields"]
    ]
    show(report, as_json=as_json, lines=lines)


def _inputs(paths: Sequence[Path], out: Path, kind: str) -> Iterator[Work]:
    """Every file that is named, with the folder of its results: its path from the folder that was given, that one's
    name included. Hidden files, what is no file, and the results themselves are none. Leaves with 3 or 2.
    """
    known: dict[str, Path] = {}
    results = out.resolve()
    for path in paths:
        if not path.exists():
            fail(f"{shown(path)}: no such file or folder", NOT_FOUND)
        base = path.resolve().parent
        for file in [path] if path.is_file() else sorted(_files(path, results)):
            name = str(file.resolve().relative_to(base)) if path.is_file() else _named(path, file)
            if (other := known.setdefault(name.casefold(), file)) is not file:
                fail(
                    f"{shown(other)} and {shown(file)} would have the same results",
                    USAGE,
                    "give the folder that both are in",
                )
            yield Work(file=str(file), kind=kind, out=str(out / name))


def _named(folder: Path, file: Path) -> str:
    return str(Path(folder.resolve().name) / file.relative_to(folder))


def _files(folder: Path, results: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        kept = [each for each in folders if not each.startswith(".") and (Path(here) / each).resolve() != results]
        folders[:] = sorted(kept)
        yield from (file for name in names if not name.startswith(".") and (file := Path(here) / name).is_file())


class Step(NamedTuple):
    """A result, or what kept a thread from having one."""

    result: Result | None
    error: BaseException | None = None


class Batch:
    """Many files, some at once; each in a process that lives as long as it can."""

    def __init__(self, out: Path, jobs: int, *, again: bool = False) -> None:
        self.out, self._jobs, self._again = out, jobs, again
        self._keys = out / KEYS
        self._todo: queue.SimpleQueue[Work | None] = queue.SimpleQueue()
        self._done: queue.SimpleQueue[Step] = queue.SimpleQueue()
        self._stopped = threading.Event()
        self.workers = [Worker(self._keys) for _ in range(jobs)]

    def run(self, found: Sequence[Work], *, as_json: bool) -> Counter[str]:
        """Digitise them, and say of each in a line what became of it; answers how many ended as what.

        Raises KeyboardInterrupt, after all processes ended.
        """
        self._prepare()
        for work in found:
            self._todo.put(work)
        threads = [threading.Thread(target=self._work, args=(worker,), daemon=True) for worker in self.workers]
        for thread in threads:
            self._todo.put(None)
            thread.start()
        counts: Counter[str] = Counter()
        before = signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            for result in self._results(len(found)):
                counts[result.state] += 1
                typer.echo(result.written() if as_json else _line(result))
        finally:
            self._stopped.set()
            signal.signal(signal.SIGTERM, before)
            for worker, thread in zip(self.workers, threads, strict=True):
                while thread.is_alive():  # a process may be started behind the first kill
                    worker.kill()
                    thread.join(0.1)
                worker.end()
            shutil.rmtree(self.out / PARTS, ignore_errors=True)
        return counts

    def _prepare(self) -> None:
        from infra.local.stage import make_keys

        shutil.rmtree(self.out / PARTS, ignore_errors=True)  # of a run that was killed
        (self.out / PARTS).mkdir(parents=True)
        make_keys(self._keys)
        shutil.copyfile(self._keys / "ca.pem", self.out / "ca.pem")

    def _work(self, worker: Worker) -> None:
        while (work := self._todo.get()) and not self._stopped.is_set():
            try:
                told = self._known(work) or worker.do(work)
                if self._stopped.is_set():
                    return  # killed by us: that is no verdict
                self._done.put(Step(told or ended(work)))
            except BaseException as error:  # noqa: BLE001 - raised again where the results are waited for
                self._done.put(Step(None, error))

    def _known(self, work: Work) -> Result | None:
        """What an earlier run made of the very same bytes as the same kind of paper."""
        try:
            text = (Path(work.out) / RESULT).read_bytes()
            known = msgspec.json.decode(text, type=Result)
            with Path(work.file).open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest() == known.sha256
        except (OSError, msgspec.DecodeError):
            return None
        settled = known.state == "digitised" or (known.state == "refused" and not self._again)
        if not (same and settled and known.kind == work.kind):
            return None
        return msgspec.structs.replace(known, file=shown(work.file), out=shown(work.out), resumed=True)

    def _results(self, number: int) -> Iterator[Result]:
        """Each result as it comes, with a bar for people whose errors go to a terminal."""
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        console = Console(stderr=True)
        with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
            task = bar.add_task("digitise", total=number)
            for _ in range(number):
                step = self._done.get()
                if step.error:
                    raise step.error
                assert step.result
                bar.update(task, advance=1, description=step.result.state)
                yield step.result


def _line(result: Result) -> str:
    reason = f"{result.reason_vi} / {result.reason_en} [{result.reason_code}]" if result.reason_code else ""
    pages = f"{result.pages} trang / pages, {sum(f.needs_review for f in result.fields)} cần kiểm tra / to review"
    said = f"{MARKS[result.state]} {result.file}: {reason or pages}{'  (=)' if result.resumed else ''}"
    return "\n".join([said, *(f"     ! {each}" for each in result.warnings)])
