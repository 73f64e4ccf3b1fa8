"""`motcua intake`: papers on their way to a Một Cửa, wherever it runs."""

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import typer

from infra.command import machine
from infra.command.dropping import Service, Unreachable
from infra.command.hot_folder import HotFolder, Verdict
from infra.command.output import CONFLICT, FINDINGS, NOT_FOUND, UNAVAILABLE, USAGE, AsJson, fail, say
from infra.command.sent_files import Busy, SentFiles
from infra.command.watching import Watcher

intake_app = typer.Typer(no_args_is_help=True, help="Papers on their way in: a scanner's folder.")
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
