"""`motcua ops recount-due`: due dates of running dossiers, after a calendar was published or an outage is over."""

import dataclasses
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from infra.command.ops import WHERE, Where, stage
from infra.command.output import CONFLICT, FAILED, NOT_FOUND, AsJson, fail, show


def recount_due(
    where: Where = WHERE,
    outage: Annotated[str, typer.Option(help="An announced outage by its id: the clock stood while it lasted.")] = "",
    *,
    dry: Annotated[bool, typer.Option("--dry-run", help="Say what would move, and move nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Reckon the due dates of all running dossiers again, by today's calendar; applicants are told of each that moves.

    A dossier stays on the rules of its acceptance. It may run again: what moved does not move twice.

    Example: motcua ops recount-due --outage 0f3b5c
    """
    moved, left, looked = list[dict[str, Any]](), dict[str, str](), 0
    with stage(where):
        for reference, found in _all(outage, dry=dry):
            looked += 1
            if isinstance(found, str):
                left[reference] = found
            elif found:
                moved.append(found)
    verb = "would move" if dry else "moved"
    lines = [
        *(f"{each['reference']}  {each['former']} -> {each['due_at']}" for each in moved),
        *(f"{reference} left: {why}" for reference, why in left.items()),
        f"{len(moved)} of {looked} {verb}",
    ]
    show({"looked": looked, "moved": moved, "left": left}, as_json=as_json, lines=lines)
    if left:
        raise typer.Exit(FAILED)


def _all(outage: str, *, dry: bool) -> Iterator[tuple[str, dict[str, Any] | str | None]]:
    """What became of each open dossier: its dates where they moved, or why it could not be read."""
    from chalicelib.contracts.stored import Unreadable
    from chalicelib.dossier.lists import open_references
    from chalicelib.kernel.problem import TryAgain
    from chalicelib.onestop.changes.wiring import recounts

    down, work = _down(outage) if outage else None, recounts()
    for reference in open_references():
        try:
            found = work.suspend(reference, down, dry=dry) if down else work.recount(reference, dry=dry)
        except (TryAgain, Unreadable) as error:
            yield reference, type(error).__name__
            continue
        yield reference, dataclasses.asdict(found) if found and found.moved else None


def _down(outage: str) -> Any:
    """An announced outage that has begun, or was withdrawn; one that is still to come stops nothing yet."""
    from chalicelib.catalogue.agencies.wiring import administration
    from chalicelib.kernel.clock import moment, utc_now
    from chalicelib.kernel.problem import NotFound
    from chalicelib.onestop.changes.recount import Down

    try:
        told, _ = administration().outage(outage)
    except NotFound:
        fail(f"no outage {outage}", NOT_FOUND, "GET /v1/outages")
    has_begun = moment(told.starts_at) <= utc_now()
    if not has_begun and not told.withdrawn:
        fail(f"outage {outage} has not begun: it stops no clock yet", CONFLICT, "the same when it is over")
    return Down(
        id=told.id,
        starts_at=told.starts_at,
        ends_at=told.ends_at,
        services=told.services,
        agency=told.agency,
        is_void=told.withdrawn and not has_begun,
    )
