"""`motcua measure`: the counters of dossiers, counted anew from their logs."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from infra.command.ops import WHERE, Where, stage
from infra.command.output import (
    CONFLICT,
    FINDINGS,
    NOT_FOUND,
    UNAVAILABLE,
    USAGE,
    AsJson,
    fail,
    read_file,
    say,
    show,
)

if TYPE_CHECKING:
    from datetime import datetime

    from chalicelib.measures.cells import Cell, Counts
    from chalicelib.measures.model import Unit
    from chalicelib.measures.reported import Report
    from chalicelib.measures.tree import Tree

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


@measure_app.command()
def boards(
    where: Where = WHERE,
    *,
    period: Annotated[str, typer.Option("--period", help="This year, quarter or month alone: 2026, 2026-Q3.")] = "",
    as_json: AsJson = False,
) -> None:
    """Make the public boards of all agencies anew: of one period, or of those that are made each day.

    The clock makes them each day by itself. An older board never replaces a newer one.

    Example: motcua measure boards --period 2026-Q3
    """
    from chalicelib.kernel.problem import BodyInvalid, TryAgain
    from chalicelib.measures.boards.wiring import making

    with stage(where):
        try:
            made = making().anew(period)
        except BodyInvalid:
            fail(f"{period} is no period that has begun", USAGE, "motcua measure boards --period 2026-Q3")
        except TryAgain:
            fail("a rebuild serves other counters since, or another run makes them", CONFLICT, "motcua measure boards")
    lines = [f"{made.boards} boards in {made.made} parts of the country"]
    lines += [f"{made.too_large} have too many agencies for so long a period"] if made.too_large else []
    show({"parts": made.made, "boards": made.boards, "too_large": made.too_large}, as_json=as_json, lines=lines)


@measure_app.command()
def report(
    unit: Annotated[str, typer.Option("--unit", help="The agency, by its identifier.")],
    period: Annotated[str, typer.Option("--period", help="A year, quarter or month: 2026, 2026-Q3, 2026-09.")],
    out: Annotated[Path, typer.Option("--out", help="Where the signed PDF goes.")],
    where: Where = WHERE,
    *,
    wait: Annotated[float, typer.Option("--wait", help="Seconds to wait for the signature.")] = 120,
    as_json: AsJson = False,
) -> None:
    """Order the report of an agency and period on paper, as its board stands, and fetch it when it is signed.

    The same board is the same paper: a second call fetches the first one's.

    Example: motcua measure report --unit H01 --period 2026-Q3 --out report.pdf
    """
    from chalicelib.kernel.problem import BodyInvalid, NotFound
    from chalicelib.measures.reports.wiring import reporting
    from infra.command.papers import fetched

    with stage(where):
        try:
            name = reporting().ordered(unit, period)
        except BodyInvalid:
            fail(f"{period} is no period that has begun", USAGE, "--period 2026-Q3")
        except NotFound:
            fail(f"{unit} has no board of {period}", NOT_FOUND, f"motcua measure boards --period {period}")
        found = fetched(name, wait)
    if found is None:
        fail(f"{name} is ordered and not signed yet", UNAVAILABLE, "the same command again; motcua ops parked")
    out.write_bytes(found.pdf)
    told = {"message": name, "lookup": found.lookup, "sha256": found.sha256, "file": out.as_posix()}
    show(told, as_json=as_json, lines=[out.as_posix(), f"{name}, look-up code {found.lookup}"])


@measure_app.command("open-data")
def open_data(
    unit: Annotated[str, typer.Argument(help="An agency that nobody stands above, with all below it.")],
    year: Annotated[int, typer.Argument(help="A year that is over.")],
    folder: Annotated[Path, typer.Argument(help="Where the files go.")],
    where: Where = WHERE,
    *,
    rule: Annotated[Path | None, typer.Option("--policy", help="Another policy than the packaged one.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write a year's figures as open data, CSV and JSON with a dictionary, so that nobody can be told from them.

    A year is released once, whatever the folder and the policy: two releases together tell what each of them hides.
    Wants the extra `figures`.

    Example: motcua measure open-data H01 2025 ./open
    """
    from infra.opendata.policy import BadPolicy, policy
    from infra.opendata.roots import Nested, months_of, require_top

    try:
        asked = policy(read_file(rule) if rule else None)
    except BadPolicy as error:
        fail(str(error), USAGE, "infra/opendata/policy.json")
    name = f"open-data-{unit}-{year}"
    if (folder / f"{name}.csv").exists():
        fail(f"{folder / name}.csv is there: a year is released once", CONFLICT)
    with stage(where):
        counts, tree, now = _counts(unit, str(year))
        if str(year) >= f"{now:%Y}":
            fail(f"{year} is not over: its figures still move", USAGE, str(int(f"{now:%Y}") - 1))
    try:
        require_top(tree, unit, months_of(str(year)))
    except Nested as error:
        fail(str(error), USAGE, "motcua measure open-data with the agency at the top")
    try:
        from infra.opendata.release import files_of, released, worlds_of
    except ImportError as missing:
        fail(f"{missing.name} is not installed", UNAVAILABLE, "pip install 'motcua[figures]'")
    rows = released(worlds_of(counts, tree, unit), asked)
    folder.mkdir(parents=True, exist_ok=True)
    files = files_of(name, rows, asked)
    for each, text in files.items():
        (folder / each).write_text(text, encoding="utf-8", newline="")
    least = {"least": asked.least, "least_of_organisations": asked.least_of_organisations}
    told = {"unit": unit, "year": year, **least, "rows": len(rows), "files": sorted(files)}
    others = f"; those of organisations alone of {asked.least_of_organisations} or more"
    more = others if asked.least_of_organisations < asked.least else ""
    lines = [f"{len(rows)} rows, each of {asked.least} dossiers or more{more}", *sorted(files)]
    say(f"{year} is released: keep these files, and release it of {unit} no second time, with no other policy")
    show(told, as_json=as_json, lines=lines)


@measure_app.command()
def export(
    year: Annotated[int, typer.Argument(help="The year of the figures.")],
    folder: Annotated[Path, typer.Argument(help="Where the files go.")],
    where: Where = WHERE,
    *,
    unit: Annotated[str, typer.Option("--unit", help="This agency with all below it; else all.")] = "",
    upload: Annotated[bool, typer.Option("--upload", help="To the exports bucket too, under figures/.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write a year's counters as Parquet, partitioned by month, for Athena or DuckDB.

    All counts are in it, small ones too: it is for officers. Wants the extra `figures`.

    Example: motcua measure export 2026 ./figures --upload
    """
    from chalicelib.law.measures import indicators

    try:
        from infra.warehouse.parquet import written
    except ImportError as missing:
        fail(f"{missing.name} is not installed", UNAVAILABLE, "pip install 'motcua[figures]'")
    if upload and unit:
        fail("--upload replaces a year of all agencies, --unit has those of one", USAGE)
    with stage(where) as place:
        counts, tree, _ = _counts(unit, str(year))
        files = written(folder, str(year), counts, tree, indicators(), _reports(unit, tree, str(year)))
        if upload:
            from infra.warehouse.bucket import uploaded

            uploaded(place.name("ExportsBucket"), folder, files, str(year))
    show(
        {"year": year, "uploaded": upload, "files": [each.as_posix() for each in files]},
        as_json=as_json,
        lines=[f"{len(files)} files", *(each.as_posix() for each in files)],
    )


def _counts(unit: str, year: str) -> "tuple[list[tuple[Cell, Counts]], Tree, datetime]":
    """The counters of an agency and all below it in a year (of all: ""), with the tree, and today in Vietnam."""
    from chalicelib.kernel.clock import ZONE, utc_now
    from chalicelib.measures.store import Table
    from chalicelib.measures.tree import Tree
    from infra.opendata.roots import months_of

    table = Table()
    tree = Tree(table.units())
    if unit and unit not in tree.units:
        fail(f"{unit}: no agency has this identifier", NOT_FOUND)
    months = months_of(year)
    units = sorted(frozenset().union(*(tree.below(unit, month) for month in months)) if unit else tree.units)
    return table.counts(units, months), tree, utc_now().astimezone(ZONE)


def _reports(unit: str, tree: "Tree", year: str) -> "list[Report]":
    """What other systems report of an agency and all below it in a year (of all: "")."""
    from chalicelib.measures.store import Table
    from infra.opendata.roots import months_of

    below = frozenset().union(*(tree.below(unit, month) for month in months_of(year))) if unit else tree.units
    return Table().reported_in(sorted(below), year)


@measure_app.command()
def ingest(
    file: Annotated[Path, typer.Argument(help="Rows of another system, .csv or .json.")],
    where: Where = WHERE,
    *,
    agency: Annotated[str, typer.Option("--agency", help="Whose system reports.")],
    system: Annotated[str, typer.Option("--system", help="Which one, by its own name: one-stop.")],
    dialect: Annotated[str, typer.Option("--dialect", help="portal_report, portal_sync or emc.")] = "portal_report",
    version: Annotated[int, typer.Option("--version", min=1, help="A correction has a higher one.")] = 1,
    period: Annotated[str, typer.Option("--period", help="Of rows that are dossiers: 2026-10.")] = "",
    as_json: AsJson = False,
) -> None:
    """Take in figures that another system reports: all rows of a file, or none. They are added to no count.

    What is wrong is named by row, field and rule, and is exit code 7.

    Example: motcua measure ingest october.csv --agency H01 --system one-stop --version 2
    """
    from chalicelib.kernel.problem import BodyInvalid
    from chalicelib.measures.ingested.dialects import read_file as rows_in
    from chalicelib.measures.ingested.dialects import rows_of
    from chalicelib.measures.ingested.dropping import head_of
    from chalicelib.measures.ingested.model import Given
    from chalicelib.measures.ingested.wiring import ingestion
    from chalicelib.measures.refusals import VersionTaken

    data = read_file(file)
    with stage(where):
        try:
            head = head_of(["figures", agency, system, dialect, str(version), period or "all", file.name])
            taken = ingestion().take(Given(*head, rows_of(head.dialect, rows_in(file.name, data))), "command")
        except BodyInvalid as error:
            told = [{"pointer": e.pointer, "rule": e.rule, "message": e.message_en} for e in error.fields]
            lines = [f"{each['pointer'] or file.name}: {each['message']} ({each['rule']})" for each in told]
            show({"taken": False, "errors": told}, as_json=as_json, lines=[*lines, "nothing was taken"])
            raise typer.Exit(FINDINGS) from None
        except VersionTaken:
            fail(f"version {version} came before, and said something else", CONFLICT, f"--version {version + 1}")
    batch = taken.batch
    quality = [each.quality for report in taken.reports for each in report.figures]
    lines = [f"{batch.id}: {batch.rows} rows, {len(quality)} figures of {len(taken.reports)} units and periods"]
    lines += [f"{count} {name}" for name in sorted(set(quality)) if (count := quality.count(name))]
    lines += [] if taken.is_new else ["the same batch came before: nothing was changed"]
    show(
        {"taken": True, "is_new": taken.is_new, "batch": batch.id, "rows": batch.rows, "figures": len(quality)},
        as_json=as_json,
        lines=lines,
    )


def _units() -> "list[Unit]":
    """Agencies as the catalogue has them, with the number of the event that said so."""
    from chalicelib.catalogue.agencies.store import AgencyTable
    from chalicelib.measures.model import unit_of

    table = AgencyTable()
    heads = [table.head(each.id) for each in table.agencies()]
    return [unit_of(head.agency, head.seq) for head in heads if head.agency]
