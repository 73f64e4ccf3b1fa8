"""`motcua ops restore`: tables as they stood at a moment, compared, made ready to serve; what was told since, again.

The tables of the stage are only read. Steps on AWS: docs/how-to/deploy.md#restore.
"""

import dataclasses
import json
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from infra.command.ops import WHERE, Where, stage
from infra.command.output import CONFLICT, FAILED, FINDINGS, USAGE, AsJson, fail, say, show
from infra.command.place import Place


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        fail(f"{text} is no moment", USAGE, "2026-11-26T08:00:00+07:00")
    if at.tzinfo is None:
        fail(f"{text} has no offset", USAGE, f"{text}+07:00")
    return at


def restore(
    where: Where = WHERE,
    at: Annotated[str, typer.Option(help="A moment with its offset; without it, as late as can be.")] = "",
    suffix: Annotated[str, typer.Option(help="Restore for good, to the names of today and this suffix.")] = "",
    again: Annotated[
        str, typer.Option(help="Publish again what was told since a moment: once all is reconnected.")
    ] = "",
    *,
    drill: Annotated[bool, typer.Option("--drill", help="Restore, compare, and delete what was restored.")] = False,
    as_json: AsJson = False,
) -> None:
    """Restore all tables to other names, set as they were, with what went on since carried over; compare, and name what
    is missing.

    Exit code 7 when something is missing or cannot be read. A drill changes nothing of the stage.

    Example: motcua ops restore --drill
    """
    if sum((drill, bool(suffix), bool(again))) != 1:
        fail("one of --drill, --suffix and --again", USAGE, "motcua ops restore --drill")
    from infra.command.replay import since

    with stage(where) as place:
        if again:
            number = since(place.tables, _moment(again))
            show({"events": number}, as_json=as_json, lines=[f"{number} events published again"])
            return
        told = restored(
            place, suffix or f"drill-{datetime.now(UTC):%Y%m%d%H%M%S}", _moment(at) if at else None, drill=drill
        )
    if suffix:
        beside = where.with_name(f"where.{suffix}.json")
        beside.write_text(json.dumps(told["where"], indent=1) + "\n", "utf-8")
        say(f"{beside}: the restored tables; the app stack gets `parameters`")
    show(told, as_json=as_json, lines=_lines(told))
    if told["missing"] or told["unreadable"]:
        raise typer.Exit(FINDINGS)


def restored(place: Place, suffix: str, at: datetime | None, *, drill: bool) -> dict[str, Any]:
    """Restore, carry over, do what has to be done before anything is served, look; a drill deletes what it made."""
    from infra.command.comparing import compared, readable
    from infra.command.restoring import CannotRestore, NotAsBefore, before_serving, parameters, removed
    from infra.command.restoring import restored as made

    begun = datetime.now(UTC)
    try:
        new = made(place, suffix, at)
    except CannotRestore as error:
        fail(str(error), CONFLICT)
    except NotAsBefore as error:
        fail(f"not set as before: {error}", FAILED)
    try:
        tables = compared(place, new)
        with new.entered():
            erased = before_serving(new)
            dossiers, wrong = readable(new)
        return {
            "seconds": round((datetime.now(UTC) - begun).total_seconds(), 1),
            "tables": [dataclasses.asdict(each) for each in tables],
            "missing": sum(len(each.missing) for each in tables),
            "erased": erased,
            "dossiers": dossiers,
            "unreadable": wrong,
            "parameters": {} if drill else parameters(new),
            "where": {} if drill else dict(new.names),
        }
    finally:
        if drill:
            removed(new, place)


def _lines(told: dict[str, Any]) -> list[str]:
    lines = []
    for each in told["tables"]:
        lines.append(
            f"{each['table']}: {each['restored']} of {each['items']} items, {each['same']} records the same,"
            f" {len(each['carried'])} carried over, {len(each['kept'])} kept as restored, {each['loose']} other items"
        )
        lines += [f"  missing  {name}" for name in each["missing"]]
    lines += [f"unreadable  {name}" for name in told["unreadable"]]
    lines += [f"{name}={value}" for name, value in told["parameters"].items()]
    said = f"{told['dossiers']} dossiers read, {told['erased']} erased, {told['missing']} records lack something"
    return [*lines, f"{said}, {told['seconds']} s"]
