"""`motcua intake`: papers on their way to a Một Cửa, wherever it runs."""

import contextlib
import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import typer

from infra.command import machine
from infra.command.archived import ArchiveFolder, Told
from infra.command.dropping import Service, SheetRefused, Unreachable
from infra.command.hot_folder import HotFolder, Verdict
from infra.command.output import (
    CONFLICT,
    FINDINGS,
    INTERRUPTED,
    NOT_FOUND,
    UNAVAILABLE,
    USAGE,
    AsJson,
    fail,
    read_file,
    say,
)
from infra.command.sent_files import Busy, SentFiles
from infra.command.watching import Watcher

intake_app = typer.Typer(no_args_is_help=True, help="Papers on their way in: a scanner's folder, an archive.")
TOKEN: Final = "MOTCUA_TOKEN"  # noqa: S105 - the name of a setting
LONGEST: Final = 60.0
"""Seconds between two attempts at a service that does not answer."""
MARKS: Final = {"sent": "-> ", "taken": "ok ", "refused": "no ", "duplicate": "=  "}


@intake_app.command()
def watch(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the scanner writes: DIR/<dossier>/<file>.")],
    api: Annotated[str, typer.Option("--api", help="Address of the service.")],
    token_file: Annotated[
        Path | None, typer.Option(help=f"File with an officer's token, role scanning; else {TOKEN} has it.")
    ] = None,
    settle: Annotated[float, typer.Option(min=0, help="Seconds without a change that make a file whole.")] = 5.0,
    every: Annotated[float, typer.Option(min=0.05, help="Seconds between two looks.")] = 1.0,
    unsure: Annotated[
        float, typer.Option(min=0, help="Seconds after which a file whose sending broke off is sent again.")
    ] = 900.0,
    *,
    once: Annotated[bool, typer.Option("--once", help="End when each file has its verdict.")] = False,
    as_json: AsJson = False,
) -> None:
    """Send each whole file of a scanner's folder once; it goes to sent/ or refused/, with its verdict beside it.

    Example: motcua intake watch /srv/scans --api https://motcua.example.vn --token-file token.txt
    """
    if not folder.is_dir():
        fail(f"{folder}: no such folder", NOT_FOUND)
    _token(token_file)
    found = set[str]()

    def tell(verdict: Verdict) -> None:
        found.add(verdict.state)
        typer.echo(verdict.written() if as_json else _line(verdict))

    try:
        files = SentFiles(folder)
    except Busy:
        fail(f"{folder} is watched by another motcua", CONFLICT)
    service = Service(api, lambda: _token(token_file))
    watcher = Watcher(HotFolder(folder, settle), files, service, unsure=unsure, tell=tell, now=machine.now)
    with contextlib.closing(files), _until_told() as stop:
        _watch(watcher, api, stop, every, once=once)
    if once and "refused" in found:
        raise typer.Exit(FINDINGS)


@intake_app.command()
def archive(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where the scans are that the sheet names.")],
    index: Annotated[Path, typer.Option("--index", help="The index sheet: CSV, UTF-8, a line for each paper.")],
    api: Annotated[str, typer.Option("--api", help="Address of the service.")],
    token_file: Annotated[
        Path | None, typer.Option(help=f"File with an officer's token, role scanning; else {TOKEN} has it.")
    ] = None,
    name: Annotated[str, typer.Option(help="What the archive is called; else the sheet's file name.")] = "",
    days: Annotated[int, typer.Option(min=1, max=3660, help="In how many days every file should be there.")] = 30,
    every: Annotated[float, typer.Option(min=0.05, help="Seconds between two looks.")] = 2.0,
    unsure: Annotated[
        float, typer.Option(min=0, help="Seconds after which a file of which nothing is heard is sent again.")
    ] = 900.0,
    patience: Annotated[float, typer.Option(min=0, help="Seconds for which a service may not answer.")] = 600.0,
    *,
    as_json: AsJson = False,
) -> None:
    """Send the papers of former years that an index sheet names; a line for each whenever it gets further.

    Example: motcua intake archive /srv/1998 --index /srv/1998.csv --api https://motcua.example.vn --token-file t.txt
    """
    if not folder.is_dir():
        fail(f"{folder}: no such folder", NOT_FOUND)
    _token(token_file)
    try:
        sheet = read_file(index).decode("utf-8-sig")
    except UnicodeDecodeError:
        fail(f"{index}: not UTF-8", USAGE, "save it as CSV UTF-8")
    service = Service(api, lambda: _token(token_file))
    try:
        opened = service.open_archive(name or index.stem, sheet, days)
    except Unreachable as why:
        fail(f"{api}: {why}", UNAVAILABLE)
    except SheetRefused as why:
        for vi, en in why.faults:
            typer.echo(f"no  {vi} / {en}")
        fail(f"{index}: {len(why.faults)} faults, nothing was taken", FINDINGS, "mend them, and the same again")
    say(f"{opened}: {api.rstrip('/')}/v1/archives/{opened}")
    try:
        files = SentFiles(folder)
    except Busy:
        fail(f"{folder} is sent by another motcua", CONFLICT)

    def tell(told: Told) -> None:
        typer.echo(told.written() if as_json else _archived(told))

    with contextlib.closing(files), _until_told() as stop:
        sent = ArchiveFolder(
            folder, opened, files, service, unsure=unsure, tell=tell, now=machine.now, stopped=stop.is_set
        )
        _follow(sent, api, stop, every, patience)
        states = Counter(sent.states)
    say(", ".join(f"{number} {state}" for state, number in sorted(states.items())))
    if stop.is_set():
        say("interrupted: what was sent is there; the same command goes on")
        raise typer.Exit(INTERRUPTED)
    if states["refused"] or states["missing"]:
        raise typer.Exit(FINDINGS)


def _follow(sent: ArchiveFolder, api: str, stop: threading.Event, every: float, patience: float) -> None:
    """Look until each line was judged; leaves with 6 when the service does not answer for longer than `patience`."""
    wait, silent = every, 0.0
    while not stop.is_set():
        try:
            if sent.look():
                return
            wait, silent = every, 0.0
        except Unreachable as why:
            if silent >= patience:
                fail(f"{api}: {why}", UNAVAILABLE, "the same again: what was sent is not sent twice")
            say(f"{api}: {why}; tried again in {wait:g} s")
            silent, wait = silent + wait, min(LONGEST, wait * 2)
        stop.wait(wait)


@contextlib.contextmanager
def _until_told() -> Iterator[threading.Event]:
    """Set by a Ctrl-C, or by whoever ends the process: the file under way is sent to its end first."""
    stop = threading.Event()
    before = {name: signal.signal(name, lambda *_: stop.set()) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _watch(watcher: Watcher, api: str, stop: threading.Event, every: float, *, once: bool) -> None:
    wait = every
    while not stop.is_set():
        try:
            watcher.look()
            wait = every
        except Unreachable as why:
            if once:
                fail(f"{api}: {why}", UNAVAILABLE, "the same again: what was not sent is still there")
            say(f"{api}: {why}; what was not sent stays, and is tried again in {wait:g} s")
            wait = min(LONGEST, wait * 2)
        if once and watcher.is_done:
            return
        stop.wait(wait)


def _token(file: Path | None) -> str:
    """The token as it is now: whoever renews it writes the file anew. Leaves with 2 when there is none."""
    if file is None:
        return os.environ.get(TOKEN) or fail(f"no token: neither --token-file nor {TOKEN}", USAGE)
    if not file.is_file():
        fail(f"{file}: no such file", NOT_FOUND)
    return file.read_text("utf-8").strip()


def _line(verdict: Verdict) -> str:
    where = f"{verdict.dossier or '?'}/{verdict.file}"
    reason = f": {verdict.reason_vi} / {verdict.reason_en} [{verdict.reason_code}]" if verdict.reason_code else ""
    return f"{MARKS[verdict.state]} {verdict.state:<9} {where}{reason}"


def _archived(told: Told) -> str:
    mark = {"refused": "no ", "missing": "?? ", "sent": "-> "}.get(told.state, "ok ")
    reason = f": {told.reason_vi} / {told.reason_en} [{told.reason_code}]" if told.reason_code else ""
    return f"{mark} {told.state:<9} {told.line}: {told.file}{reason}"
