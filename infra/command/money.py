"""`motcua cost` and `motcua quotas`: what dossiers cost on AWS, and what must be asked of it; from kept counts."""

import tempfile
from pathlib import Path
from typing import Annotated, Any

import typer

from infra.command.output import FINDINGS, NOT_FOUND, USAGE, AsJson, fail, quiet, say, show

REGION = "ap-southeast-1"
Region = Annotated[str, typer.Option(help="Region of AWS, as in ap-southeast-1.")]


def cost(
    dossiers: Annotated[int, typer.Option(help="How many dossiers with two papers, in one month.")] = 1_000_000,
    region: Region = REGION,
    *,
    count: Annotated[
        bool, typer.Option("--count", help="Count one dossier anew on an embedded cloud first, and keep the count.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say what dossiers cost on AWS: our own count of one, times dated list prices.

    Example: motcua cost --dossiers 1000000 --region ap-southeast-1
    """
    from infra.cost import bill, prices, told
    from infra.cost.count import load, save

    if dossiers < 1:
        fail(f"{dossiers} dossiers: at least one", USAGE, "--dossiers 1000000")
    listed = prices.load()
    try:
        of_region = listed.region(region)
    except prices.UnknownRegion as error:
        fail(str(error), NOT_FOUND, f"--region {REGION}")
    if count:
        save(_counted())
    counted = load()
    made = bill.bill(counted, of_region, dossiers)
    lines = told.bill_lines(made, counted, of_region, region)
    show(told.bill_json(made, counted, region), as_json=as_json, lines=lines)


def _counted() -> Any:
    from infra.cost.counting import counted

    say("counting one dossier on an embedded cloud ...")
    with tempfile.TemporaryDirectory(prefix="motcua-cost-") as folder:
        quiet(Path(folder) / "log.jsonl")
        return counted(Path(folder) / "count")


def quotas(
    rate: Annotated[float, typer.Option(help="Dossiers submitted a second at the peak; the plan's peak is 420.")] = 420,
    region: Region = REGION,
    *,
    as_is: Annotated[
        bool, typer.Option("--as-is", help="Judge the buffers with AWS's default quotas and the templates' own caps.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say what must be asked of AWS for so many dossiers a second, and by when each buffer is empty again.

    The exit code is 7 when a buffer grows for ever, or loses what it holds.

    Example: motcua quotas --rate 420
    """
    from infra.cost import told
    from infra.cost.count import load
    from infra.cost.prices import UnknownRegion
    from infra.cost.quotas import load as load_quotas
    from infra.cost.quotas import plan

    if not 0 < rate < told.MOST_RATE:
        fail(f"{rate:g} dossiers a second: above 0 and below {told.MOST_RATE:,}", USAGE, "--rate 420")
    try:
        of_region = load_quotas().region(region)
    except UnknownRegion as error:
        fail(str(error), NOT_FOUND, f"--region {REGION}")
    counted = load()
    made = plan(counted, of_region, rate, as_is=as_is)
    lines = told.plan_lines(made, counted, of_region, region, as_is=as_is)
    show(told.plan_json(made, counted, region, as_is=as_is), as_json=as_json, lines=lines)
    if made.bottlenecks:
        raise typer.Exit(FINDINGS)
