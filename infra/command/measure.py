"""`motcua measure`: the counters of dossiers, counted anew from their logs."""

import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from infra.command.ops import WHERE, Where, stage
from infra.command.output import CONFLICT, FINDINGS, AsJson, fail, say, show

if TYPE_CHECKING:
    from chalicelib.measures.model import Unit

measure_app = typer.Typer(no_args_is_help=True, help="The counters of dossiers, from their logs.")
SHOWN = 20


@measure_app.callback()
def measure() -> None:
    """The counters of dossiers, from their logs."""


@measure_app.command()
def rebuild(
    where: Where = WHERE,
    *,
    check: Annotated[bool, typer.Option("--check", help="Say what stands otherwise, and write nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Count everything anew from the logs of all dossiers, and name each counter that stood otherwise.

    Figures go on meanwhile. With --check, and where a log cannot be read, findings are exit code 7.

    Example: motcua measure rebuild --check
    """
    from chalicelib.kernel import aws
    from chalicelib.measures.wiring import rebuilds

    begin = time.process_time()
    with stage(where):
        work = rebuilds()
        try:
            recount, found = work.compare() if check else work.rebuild(_units())
        except aws.Lost:
            fail("another rebuild was faster: its counters serve", CONFLICT, "motcua measure rebuild --check")
    seconds = max(time.process_time() - begin, 1e-9)
    say(f"{recount.events / seconds:,.0f} events a second of CPU, reading and writing included")
    differences: list[dict[str, Any]] = [
        {
            **each.part[0]._asdict(),
            "part": each.part[1],
            "count": each.name,
            "stood": each.stands,
            "logs": each.logs_say,
        }
        for each in found
    ]
    lines = [
        f"{each['unit']} {each['month']} {each['procedure']} {each['channel']} {each['party']}: "
        f"{each['count']} stood at {each['stood']}, the logs say {each['logs']}"
        for each in differences[:SHOWN]
    ]
    lines += [f"{len(found) - SHOWN} more"] if len(found) > SHOWN else []
    lines += [f"{each}: its log cannot be read, it is not counted" for each in recount.unreadable]
    lines.append(f"{recount.events} events of {recount.dossiers} dossiers, {len(found)} counters stood otherwise")
    told = {"events": recount.events, "dossiers": recount.dossiers, "unreadable": recount.unreadable}
    show(told | {"differences": differences}, as_json=as_json, lines=lines)
    if recount.unreadable or (check and found):
        raise typer.Exit(FINDINGS)


def _units() -> "list[Unit]":
    """Agencies as the catalogue has them, with the number of the event that said so."""
    from chalicelib.catalogue.agencies.store import AgencyTable
    from chalicelib.measures.model import unit_of

    table = AgencyTable()
    heads = [table.head(each.id) for each in table.agencies()]
    return [unit_of(head.agency, head.seq) for head in heads if head.agency]
