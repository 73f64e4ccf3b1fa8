"""`motcua index`: the service index of units, from their counts."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from infra.command.output import FINDINGS, USAGE, AsJson, fail, read_file, show

index_app = typer.Typer(no_args_is_help=True, help="The index of service quality (Decision 766).")

TRY = "motcua index score counts.json --formula qd766-portal-2026 --json"


@index_app.command()
def score(
    file: Annotated[Path, typer.Argument(help="Units with their counts, as the national portal publishes them.")],
    formula: Annotated[str, typer.Option(help="The formula set.")] = "qd766-portal-2026",
    *,
    as_json: AsJson = False,
) -> None:
    """Score units: every component, group and total.

    Example: motcua index score counts.json --formula qd766-portal-2026
    """
    from chalicelib.law.errors import LawError
    from chalicelib.law.index_counts import units_of
    from chalicelib.law.index_formulas import formula_named
    from chalicelib.law.index_scores import ScoredUnit, scored

    def lines(unit: ScoredUnit) -> list[str]:
        total = "none" if unit.total is None else f"{unit.total:.2f}"
        found = [f"{unit.unit}  {unit.name}  {unit.period}: total {total}, {unit.scored:.2f} of {unit.of} known"]
        for group in unit.groups:
            told = "none" if group.score is None else f"{group.score:.2f}"
            found.append(f"  {group.id:<14} {told:>6} of {group.max_score}")
            for each in group.components:
                what = "none" if each.score is None else f"{each.score:.2f}"
                of = "" if each.numerator is None else f"  {each.numerator} of {each.denominator}"
                why = f"  {each.data_quality_status}" if each.data_quality_status != "ok" else ""
                found.append(f"    {each.id:<12} {what:>6} of {each.max_score:<2}{of}{why}")
        return found

    try:
        chosen = formula_named(formula)
        units = [scored(unit, chosen) for unit in units_of(read_file(file))]
    except LawError as error:
        fail(str(error), USAGE, TRY)
    show(
        {"formula": chosen.id, "citation": chosen.citation, "units": msgspec.to_builtins(units)},
        as_json=as_json,
        lines=[line for unit in units for line in lines(unit)],
    )
    statuses = {each.data_quality_status for unit in units for group in unit.groups for each in group.components}
    if "impossible" in statuses:
        raise typer.Exit(FINDINGS)
