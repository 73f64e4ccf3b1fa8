"""How every command speaks: the result on stdout, what people read on stderr, an exit code for scripts."""

import json
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

import typer

FAILED: Final = 1
USAGE: Final = 2
NOT_FOUND: Final = 3
CONFLICT: Final = 4
DENIED: Final = 5
UNAVAILABLE: Final = 6
FINDINGS: Final = 7
UNDECIDED: Final = 8
INTERRUPTED: Final = 130
"""As a shell tells of a program that a Ctrl-C ended."""
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]
type Json = Any


def say(text: str) -> None:
    """A line for people."""
    typer.echo(text, err=True)


def fail(text: str, code: int, remedy: str = "") -> NoReturn:
    """Say what is wrong and what to try, and leave with a code that scripts can use."""
    say(f"motcua: {text}" + (f"\ntry: {remedy}" if remedy else ""))
    raise typer.Exit(code)


def read_file(path: Path) -> bytes:
    """The file's bytes, or exit 3."""
    if not path.is_file():
        fail(f"{path}: no such file", NOT_FOUND)
    return path.read_bytes()


def show(value: Json, *, as_json: bool, lines: list[str]) -> None:
    """The result: one JSON document, or lines."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1) if as_json else "\n".join(lines))


def quiet(log: Path) -> None:
    """Keep the log lines of the embedded servers and functions in a file."""
    import logging

    from infra.local.stage import keep_logs

    for name in ("werkzeug", "botocore", "moto", "pyhanko"):
        logging.getLogger(name).setLevel(logging.ERROR)
    keep_logs(log)
