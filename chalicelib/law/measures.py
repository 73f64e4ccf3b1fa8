"""Indicators of how dossiers are dealt with: which counts make which share, as dated data with citations. Pure."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, Literal

import msgspec

from chalicelib.law.errors import LawError

COUNTS: Final = (
    "received",
    "online",
    "reused",
    "accepted",
    "asked",
    "answered",
    "extended",
    "processed",
    "refused",
    "withdrawn",
    "lapsed",
    "stopped",
    "ended",
    "early",
    "on_time",
    "late",
    "undated",
    "ended_asked",
    "ended_asked_again",
    "ended_extended",
    "ended_rated",
    "ended_displeased",
    "electronic",
    "seconds",
    "end_to_end",
    "returned",
    "rated",
    "satisfied",
)
"""What is counted of dossiers, by name; docs/explanation/measures.md says what each is."""
OPENED: Final = tuple(each for each in COUNTS if each != "ended_displeased")
"""What officers read, and open down to dossiers: who complained of a dossier is not for whoever deals with it."""
PETITION_COUNTS: Final = tuple(
    f"{kind}_{what}"
    for kind in ("petitions", "complaints")
    for what in ("received", "answered", "refused", "forwarded", "withdrawn", "on_time", "late")
)
"""What is counted of petitions and complaints, by name: received, how they ended for an agency, in time or not."""
UNKNOWN: Final = ("paid_online", "owing")
"""What the law measures and nobody counts yet: an indicator of it has no figure, which is not 0."""

PERCENT: Final = 10_000
"""Hundredths of a percent in a whole."""
SECOND: Final = 100
"""Hundredths in a second."""

type Quality = Literal["ok", "empty", "missing", "impossible", "withheld"]
"""`empty`: the denominator is 0. `missing`: nobody counts it. `impossible`: the numerator is over the denominator.

`withheld`: everybody may see it of larger groups alone.
"""


class BadIndicators(LawError):
    """A packaged set of indicators contradicts itself."""


class Indicator(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The sum of `numerator` over the sum of `denominator`: a share, or a mean of seconds.

    `published`: the law lets everybody see it of every unit. `least`: of an agency's month everybody sees it from so
    many of the denominator on, when the month is over; None: however few. `note`: what it leaves open.
    """

    id: str
    vi: str
    en: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    citation: str
    is_share: bool = True
    published: bool = False
    least: int | None = None
    note: str | None = None


class Indicators(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The indicators of a time; `effective_to` is the last day."""

    id: str
    effective_from: date
    effective_to: date | None = None
    citation: str
    indicators: tuple[Indicator, ...]


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """An indicator's value: `ratio` in hundredths of a percent, or of a second; None where there is none."""

    indicator: Indicator
    numerator: int | None
    denominator: int | None
    ratio: int | None
    quality: Quality


@cache
def indicators() -> Indicators:
    """The packaged set. Raises BadIndicators."""
    path = Path(__file__).parent / "data" / "measures" / "monitoring-2026.json"
    return indicators_of(path.read_bytes())


def indicators_of(content: bytes) -> Indicators:
    """A set from the content of its file. Raises BadIndicators: a name twice, or a count that nobody knows."""
    try:
        found = msgspec.json.decode(content, type=Indicators)
    except msgspec.DecodeError as error:
        raise BadIndicators(str(error)) from error
    names = [each.id for each in found.indicators]
    if len(set(names)) < len(names):
        raise BadIndicators("an indicator stands in it twice")
    for each in found.indicators:
        for name in (*each.numerator, *each.denominator):
            if name not in (*COUNTS, *PETITION_COUNTS, *UNKNOWN):
                raise BadIndicators(f"{each.id}: nobody counts {name}")
        if not (each.numerator and each.denominator):
            raise BadIndicators(f"{each.id}: a share is of something")
    return found


def withheld(indicator: Indicator) -> Figure:
    """An indicator of which nothing is large enough for everybody: nor is said whether there is anything."""
    return Figure(indicator=indicator, numerator=None, denominator=None, ratio=None, quality="withheld")


def figure(indicator: Indicator, counts: dict[str, int]) -> Figure:
    """The value of an indicator; a count that is not there is 0, one that nobody counts makes it `missing`."""
    if set(UNKNOWN) & {*indicator.numerator, *indicator.denominator}:
        return Figure(indicator=indicator, numerator=None, denominator=None, ratio=None, quality="missing")
    numerator = sum(counts.get(name, 0) for name in indicator.numerator)
    denominator = sum(counts.get(name, 0) for name in indicator.denominator)
    ratio, quality = _ratio(indicator, numerator, denominator)
    return Figure(indicator=indicator, numerator=numerator, denominator=denominator, ratio=ratio, quality=quality)


def _ratio(indicator: Indicator, numerator: int, denominator: int) -> tuple[int | None, Quality]:
    if min(numerator, denominator) < 0 or (indicator.is_share and numerator > denominator):
        return None, "impossible"
    if not denominator:
        return None, "empty"
    scale = PERCENT if indicator.is_share else SECOND
    return (2 * scale * numerator + denominator) // (2 * denominator), "ok"
