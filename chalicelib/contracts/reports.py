"""What a printed report of an agency's figures says: the public board of one moment, in the words of the paper."""

import base64
import binascii
import zlib
from typing import Final, Literal

import msgspec

from chalicelib.contracts.event import Malformed
from chalicelib.contracts.plan import Part

CONTENT: Final = 1
"""The number of what a body means: raised with each change that an earlier reader would not understand."""

type Quality = Literal["ok", "empty", "missing", "impossible", "assumed", "withheld", "partial"]
type OtherQuality = Literal["ok", "empty", "missing", "impossible", "doubtful", "withheld"]
type OtherDoubt = Literal[
    "on_time_over_received", "post_as_online", "ended_as_received", "source_doubts", "over_the_whole"
]


class IndicatorFigure(Part, frozen=True, kw_only=True):
    """An indicator: `ratio` in hundredths of a percent, or (no share) of a second; None is no data, and never 0."""

    name: str
    citation: str
    is_share: bool
    numerator: int | None = None
    denominator: int | None = None
    ratio: int | None = None


class ReportedFigure(IndicatorFigure, frozen=True, kw_only=True):
    """An indicator as it was counted here."""

    quality: Quality


class ReportedComponent(Part, frozen=True, kw_only=True):
    """A component of the index; `ratio` in percent, `score` in points, `delta` against the period before."""

    code: str
    name: str
    numerator: int | None = None
    denominator: int | None = None
    ratio: float | None = None
    score: float | None = None
    most: int
    delta: float | None = None
    quality: Quality


class ReportedGroup(Part, frozen=True, kw_only=True):
    """A group of the index: no score where a component has none."""

    name: str
    score: float | None = None
    most: int
    components: tuple[ReportedComponent, ...]


class ReportedUnit(Part, frozen=True, kw_only=True):
    """An agency right below, with its score of each group in their order; `scored` of `of` points could be given."""

    unit: str
    name: str
    groups: tuple[float | None, ...]
    scored: float
    of: int


class ReportedIndex(Part, frozen=True, kw_only=True):
    """The service index by a formula set; `below` in the order of their names: nobody is ranked on a paper."""

    formula: str
    citation: str
    scored: float
    of: int
    groups: tuple[ReportedGroup, ...]
    below: tuple[ReportedUnit, ...]


class ReportedMonth(Part, frozen=True, kw_only=True):
    """The ratios of a month (`2026-09`), in the order of the figures and in their unit."""

    month: str
    ratios: tuple[int | None, ...]


class OtherFigure(IndicatorFigure, frozen=True, kw_only=True):
    """An indicator as another system said it; `said` is its own word on quality."""

    quality: OtherQuality
    doubts: tuple[OtherDoubt, ...] = ()
    said: str | None = None


class OtherSource(Part, frozen=True, kw_only=True):
    """What another system reported of just this agency and period: in none of our figures. Times are stored stamps."""

    source: str
    version: int
    received_at: str
    figures: tuple[OtherFigure, ...]


class Reported(Part, frozen=True, kw_only=True):
    """What a report says. `index`: None where the formula does not hold for the period.

    `procedures` are codes of those of which `least` dossiers or more came in `months_over`, without a number.
    `elsewhere`: what other systems reported; empty in a report of before it was printed.
    """

    units: int
    citation: str
    figures: tuple[ReportedFigure, ...]
    index: ReportedIndex | None = None
    trend: tuple[ReportedMonth, ...]
    least: int
    procedures: tuple[str, ...]
    months_over: tuple[str, ...]
    elsewhere: tuple[OtherSource, ...] = ()


class Report(Part, frozen=True, kw_only=True):
    """The report of a period (`2026`, `2026-Q3`, `2026-09`), from figures as of a stored moment.

    `body`: the number of what it means (`CONTENT`), `:`, and what the report says: JSON, zlib, base85. A province of
    500 agencies would not fit on the bus as it is.
    """

    unit: str
    name: str
    period: str
    as_of: str
    body: str

    @property
    def said(self) -> Reported:
        """What the report says. Raises Malformed, for the body of a release that means something else too."""
        number, _, packed = self.body.partition(":")
        if number != str(CONTENT):
            raise Malformed("Report.body: number")
        try:
            return msgspec.json.decode(zlib.decompress(base64.b85decode(packed)), type=Reported)
        except (msgspec.DecodeError, zlib.error, binascii.Error, ValueError):
            raise Malformed("Report.body: content") from None


def body_of(said: Reported) -> str:
    """The body of a report that says this."""
    return f"{CONTENT}:{base64.b85encode(zlib.compress(msgspec.json.encode(said), 9)).decode()}"
