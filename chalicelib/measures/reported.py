"""What another system reported of a unit: kept beside our own counts, told with its source, and added to none. Pure.

A report is one source's figures of one unit and period. A correction is a newer version of it and replaces it whole.
"""

import re
from typing import Final, Literal, NamedTuple

from msgspec.structs import replace

from chalicelib.contracts.plan import Part
from chalicelib.contracts.stored import Stored
from chalicelib.law.index_formulas import UnknownFormula, formula_named
from chalicelib.law.measures import PERCENT, SECOND, Indicator, indicators

_MONTH: Final = re.compile(r"\d{4}-\d\d")

type Dialect = Literal["portal_report", "portal_sync", "emc"]
"""In whose fields rows come: the portal's reports, its synchronisation of dossiers, the tracking of EMC."""
type Standing = Literal["ok", "empty", "missing", "impossible", "doubtful", "withheld"]
"""What a figure is worth, as it was checked here. `doubtful`: a check found what honest figures have not, or the source
itself says so. `withheld`: everybody may see it of larger groups alone; it is kept as it was reported.
"""
type Doubt = Literal["on_time_over_received", "post_as_online", "ended_as_received", "source_doubts", "over_the_whole"]
"""Why a figure is doubtful."""


class Reported(Part, frozen=True, kw_only=True):
    """A figure as it was reported; what is None nobody said, and it is not 0.

    `said`: the source's own word on its quality. `row`: of which row of its file it is, where it is of one.
    """

    formula: str
    indicator: str
    numerator: int | None = None
    denominator: int | None = None
    quality: Standing
    doubts: tuple[Doubt, ...] = ()
    said: str | None = None
    row: int | None = None


class Report(Stored, frozen=True, kw_only=True):
    """A source's figures of a unit and period, in one version; `batch` names the rows that they came with.

    The source is a system of the agency that sent it, in one dialect. `received_at`: a stored stamp (UTC).
    """

    shape = 1

    unit: str
    period: str
    agency: str
    system: str
    dialect: Dialect
    version: int
    batch: str
    received_at: str
    figures: tuple[Reported, ...]

    @property
    def source(self) -> str:
        """What names its source among all."""
        return f"{self.agency}/{self.system}/{self.dialect}"

    def says_the_same(self, other: "Report") -> bool:
        """Whether both have the same figures, in whatever rows they stood."""
        return _bare(self) == _bare(other)


def _bare(report: Report) -> set[tuple[str, str, int | None, int | None, str | None]]:
    return {(each.formula, each.indicator, each.numerator, each.denominator, each.said) for each in report.figures}


class About(NamedTuple):
    """What an indicator of a set is: a share, or a mean of seconds. `least`, `is_stock`: as of the law."""

    formula: str
    id: str
    vi: str
    en: str
    citation: str
    is_share: bool = True
    least: int | None = None
    is_stock: bool = False


def about(formula: str, name: str) -> About | None:
    """An indicator by its set and its name, or the portal's code; None where the set has none such.

    Raises UnknownFormula.
    """
    monitoring = indicators()
    if formula == monitoring.id:
        found = next((each for each in monitoring.indicators if each.id == name), None)
        return About(formula, *_told(found)) if found else None
    known = formula_named(formula)
    component = next((each for each in known.components if name in (each.id, each.code)), None)
    if component is None:
        return None
    told = component.id, component.vi, component.en, known.citation
    return About(formula, *told, least=component.least, is_stock=component.is_stock)


def _told(found: Indicator) -> tuple[str, str, str, str, bool, int | None]:
    return found.id, found.vi, found.en, found.citation, found.is_share, found.least


def for_everybody(report: Report, this_month: str) -> Report:
    """A report as everybody sees it: what has a `least` of whole months that are over and large enough alone.

    Of a quarter or year nobody knows here whether it is a sum of such months. `this_month`: as `2026-11`, in Vietnam.
    Done again it changes nothing.
    """
    is_over = _MONTH.fullmatch(report.period) is not None and report.period < this_month
    return replace(report, figures=tuple(_shown(each, is_over=is_over) for each in report.figures))


def _shown(each: Reported, *, is_over: bool) -> Reported:
    known = about_if_any(each)
    if known is None or known.least is None or (is_over and (each.denominator or 0) >= known.least):
        return each
    return replace(each, numerator=None, denominator=None, quality="withheld", doubts=(), said=None, row=None)


def about_if_any(told: Reported) -> About | None:
    """What a stored figure is of; None where a set of that name, or its indicator, is there no more."""
    return about(told.formula, told.indicator) if is_known(told.formula) else None


def is_known(formula: str) -> bool:
    """Whether a set has this name."""
    try:
        about(formula, "")
    except UnknownFormula:
        return False
    return True


def ratio_of(each: Reported) -> int | None:
    """Numerator over denominator in hundredths of a percent or of a second, half up; None where there is none."""
    if each.numerator is None or not each.denominator or each.quality == "impossible":
        return None
    known = about_if_any(each)
    scale = PERCENT if known is None or known.is_share else SECOND
    return (2 * scale * each.numerator + each.denominator) // (2 * each.denominator)


def standing(numerator: int | None, denominator: int | None, *, is_share: bool, doubts: tuple[Doubt, ...]) -> Standing:
    """What a figure is worth: null is `missing`, a denominator of 0 `empty`, more than the whole `impossible`."""
    if numerator is None or denominator is None:
        return "missing"
    if is_share and numerator > denominator:
        return "impossible"
    if not denominator:
        return "empty" if not numerator else "impossible"
    return "doubtful" if doubts else "ok"


def current_key(report: Report) -> tuple[str, str]:
    """Where the version of a report stands that is shown: beside those of other sources."""
    return f"REPORTED#{report.unit}", f"{report.period}#{report.source}"


def shown_key(unit: str, period: str) -> tuple[str, str]:
    """The partition of all that is shown of a unit, and the beginning of a period's rows in it."""
    return f"REPORTED#{unit}", f"{period}#"


def reports_key(unit: str, period: str) -> str:
    """The partition of every version of every report of a unit and period."""
    return f"REPORTS#{unit}#{period}"


def version_key(report: Report) -> tuple[str, str]:
    """Where a version of a report stands, for good."""
    return reports_key(report.unit, report.period), f"{report.source}#{report.version:015d}"
