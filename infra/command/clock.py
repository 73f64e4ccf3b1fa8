"""`motcua clock`: due dates, one or many, and how they were reached."""

import sys
from datetime import datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, BinaryIO

import msgspec
import typer

from infra.command.output import FINDINGS, NOT_FOUND, USAGE, AsJson, fail, say, show

clock_app = typer.Typer(no_args_is_help=True, help="The statutory clock.")

DUE = "motcua clock due --received 2026-02-12T10:00 --term 3wd"
EXPLAIN = "motcua clock explain --received 2026-02-12T10:00 --term 3wd --events events.json"


class AfterCutoff(StrEnum):
    """The two readings of a cutoff."""

    LITERAL = "literal"
    DEEMED = "deemed"


class Language(StrEnum):
    """Languages of what people read."""

    VI = "vi"
    EN = "en"


@clock_app.command()
def due(
    received: Annotated[str | None, typer.Option(help="ISO 8601; without a zone it is Asia/Ho_Chi_Minh.")] = None,
    term: Annotated[str | None, typer.Option(help="3wd, 5d, 8wh, 24h or 1m.")] = None,
    cutoff: Annotated[str | None, typer.Option(help="A cutoff of the procedure's own rule, such as 15:00.")] = None,
    after_cutoff: Annotated[AfterCutoff, typer.Option(help="How a day after the cutoff counts.")] = AfterCutoff.LITERAL,
    lang: Annotated[Language, typer.Option(help="Language of the explanation.")] = Language.VI,
    batch: Annotated[str | None, typer.Option(help="Many: a file of JSON lines, or - for stdin; see the docs.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Compute and explain a due date, or compute those of many lines.

    Example: motcua clock due --received 2026-02-12T10:00 --term 3wd
    """
    if batch is not None:
        if received is not None or term is not None or cutoff is not None:
            fail("--batch has all in its lines", USAGE, "motcua clock due --batch lines.jsonl --json")
        _many(batch, as_json=as_json)
        return
    if received is None or term is None:
        fail("say --received and --term, or --batch", USAGE, DUE)
    from chalicelib.law import calendars, clock
    from chalicelib.law.errors import LawError

    try:
        at = datetime.fromisoformat(received)
        at = at if at.tzinfo else at.replace(tzinfo=clock.ZONE)
        policy = clock.ClockPolicy(
            cutoff=time.fromisoformat(cutoff) if cutoff else None,
            after_cutoff="deemed" if after_cutoff is AfterCutoff.DEEMED else "literal",
        )
        found = clock.due(at, clock.Term.parse(term), calendar=calendars.national(), policy=policy)
    except (LawError, ValueError) as error:
        fail(str(error), USAGE, DUE)
    told = found.explain("en" if lang is Language.EN else "vi")
    lines = [told.due_at, *(f"  {day.day}  {day.text}" for day in told.days)]
    lines += [f"  * {reading.text}" for reading in told.readings] + [f"  § {c}" for c in told.citations]
    show(msgspec.to_builtins(told), as_json=as_json, lines=lines)


@clock_app.command()
def explain(
    received: Annotated[str, typer.Option(help="ISO 8601; without a zone it is Asia/Ho_Chi_Minh.")],
    term: Annotated[str, typer.Option(help="3wd, 5d, 8wh, 24h or 1m.")],
    events: Annotated[str, typer.Option(help="What happened since: a JSON list, or a file with one.")] = "[]",
    policy: Annotated[str, typer.Option(help="Readings as a JSON object, or a file with one.")] = "{}",
    calendar: Annotated[str, typer.Option(help="A set of years: national, 2026.")] = "national",
    lang: Annotated[Language, typer.Option(help="Language of the explanation.")] = Language.VI,
    *,
    as_json: AsJson = False,
) -> None:
    """Explain a due date after what happened: each interval, counted or not, by which rule.

    Example: motcua clock explain --received 2026-02-12T10:00 --term 3wd --events events.json --lang en
    """
    from infra.command.clock_lines import Wrong, line_of, reckoned

    try:
        line = line_of(received, term, _json(events), _json(policy), calendar)
        told = reckoned(line).explain("en" if lang is Language.EN else "vi")
    except Wrong as wrong:
        fail(str(wrong), USAGE, EXPLAIN)
    lines = [told.due_at or f"- {', '.join(told.stands_for)}"]
    for each in told.intervals:
        sign = "+" if each.counted else "-"
        lines.append(
            f"  {sign} {each.begins_at[:19]}  {(each.ends_at or '...')[:19]:<19}  {each.text}  § {each.clause}"
        )
    lines += [f"  ! {each.at[:19]} {each.type}: {each.text} [{each.why}]" for each in told.refused]
    lines += [f"  * {reading.text}" for reading in told.readings] + [f"  § {c}" for c in told.citations]
    show(msgspec.to_builtins(told), as_json=as_json, lines=lines)


def _json(given: str) -> bytes:
    """The text itself when it is JSON, else what the file of that name has."""
    return given.encode() if given.lstrip()[:1] in {"[", "{"} else _file(given).read_bytes()


def _file(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        fail(f"{name}: no such file", NOT_FOUND)
    return path


def _many(name: str, *, as_json: bool) -> None:
    """Answer each line as it is read; nothing of it is kept."""
    if name == "-":
        _answered(sys.stdin.buffer, as_json=as_json)
        return
    with _file(name).open("rb") as source:
        _answered(source, as_json=as_json)


def _answered(source: BinaryIO, *, as_json: bool) -> None:
    from infra.command.clock_lines import Refusal, answers

    encoder, out = msgspec.json.Encoder(), sys.stdout.buffer
    many = refused = 0
    for answer in answers(source):
        many += 1
        refused += isinstance(answer, Refusal)
        out.write(encoder.encode(answer) + b"\n" if as_json else f"{_told(answer)}\n".encode())
    out.flush()
    say(f"{many} lines, {refused} refused")
    if refused:
        raise typer.Exit(FINDINGS)


def _told(answer: object) -> str:
    from infra.command.clock_lines import Answer, Refusal

    if isinstance(answer, Refusal):
        error = answer.error
        return f"{answer.id}  {error.field or '/'}: {error.message_vi} / {error.message_en} [{error.rule}]"
    assert isinstance(answer, Answer)
    return f"{answer.id}  {answer.due or '-'}  {answer.rule}"
