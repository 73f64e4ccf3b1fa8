"""Two provinces to make boards of; and boards that no counters of a test would give: the longest names, no data."""

import random
from typing import Final

from chalicelib.law.index_counts import Period, UnitCounts
from chalicelib.law.index_formulas import formula_named
from chalicelib.law.index_scores import scored
from chalicelib.law.measures import COUNTS, Figure, figure, indicators
from chalicelib.measures.boards.model import Board, Content, Index, Month, packed, trend_of
from chalicelib.measures.boards.service import FORMULA, Found
from chalicelib.measures.boards.views import board_view
from chalicelib.measures.boards.wire import Board as View
from chalicelib.measures.periods import period_of
from chalicelib.measures.reported import Doubt, Report, Reported, Standing
from chalicelib.measures.scores.service import Scored
from tests.support.measured import OURS, accepted, begun, clock, counted, entry, processed, published, submitted

NOW: Final = clock()()
PERIOD: Final = "2026-Q3"
CITY, NEXT, OTHER = "H01", "H01.10.25", "H02"
LONG: Final = "Ủy ban nhân dân phường Nguyễn Thị Minh Khai Đông Bắc thuộc thành phố Hồ Chí Minh"


def two_provinces() -> None:
    """One with two communes and dossiers in two months, one without anything."""
    published(CITY)
    published(OTHER)
    published(OURS, entry(OURS, parent=CITY))
    published(NEXT, entry(NEXT, parent=CITY))
    dossiers = [(OURS, "10", "ONLINE"), *[(OURS, "10", "DIRECT")] * 4, (OURS, "11", "ONLINE"), (NEXT, "11", "DIRECT")]
    for number, (agency, month, channel) in enumerate(dossiers):
        events = [submitted(f"2026-{month}-02 08:00", agency=agency, channel=channel)]
        events += [accepted(f"2026-{month}-02 09:00", f"2026-{month}-05 17:00")]
        events += [processed(f"2026-{month}-04 08:00", f"2026-{month}-05 17:00")]
        counted(begun(f"MC-{number}", *events, agency=agency))


def content(children: int = 200, *, counted: bool = True, procedures: int = 40, called: str = LONG) -> Content:
    """A board's content: of a province, of an agency without any below it, of one that nobody counted anything of."""
    chance, formula = random.Random(1), formula_named(FORMULA)

    def one(number: int) -> Scored:
        found = []
        for period in ("Q3 2026", "Q2 2026"):
            whole = {each: 500 + chance.randrange(10**5) for part in formula.components for each in part.counts}
            parts = {each: chance.randrange(300) for part in formula.components for each in part.numerator}
            counts = whole | parts if counted else {}
            name = f"{called} {number}"
            found.append(scored(UnitCounts(f"H01.{number}", name, Period.parse(period), counts), formula))
        return Scored(*found)

    def figures(*, some: bool = True) -> tuple[Figure, ...]:
        counts = {each: 40 + chance.randrange(60) for each in COUNTS} | {
            "ended": 200,
            "received": 150,
            "processed": 120,
        }
        counts["seconds"] = 120 * 250_000
        return tuple(figure(each, counts if some else {}) for each in indicators().indicators if each.published)

    months = trend_of(period_of(PERIOD, NOW), NOW)
    trend = [Month(month=each, figures=figures(some=counted and at % 5 != 3)) for at, each in enumerate(months)]
    below = tuple(one(number) for number in range(1, children + 1))
    return Content(
        index=Index(formula=FORMULA, parent=one(0), children=below),
        units=children + 1,
        figures=figures(some=counted),
        trend=tuple(trend),
        procedures=tuple(f"1.{number:06d}" for number in range(procedures if counted else 0)),
        months_over=("2026-07", "2026-08", "2026-09"),
        elsewhere=(reported(),) if counted else (),
    )


def reported() -> Report:
    """What another system reports: one figure of each kind of worth."""
    worth: tuple[tuple[str, int | None, int | None, Standing, tuple[Doubt, ...]], ...] = (
        ("online_share", 40, 50, "ok", ()),
        ("on_time_share", 60, 50, "impossible", ()),
        ("early_share", 60, 70, "doubtful", ("ended_as_received", "source_doubts")),
        ("reuse_share", None, 50, "missing", ()),
        ("processing_seconds", 900_000, 10, "ok", ()),
    )
    figures = [
        Reported(
            formula="monitoring-2026", indicator=name, numerator=part, denominator=of, quality=quality, doubts=doubts
        )
        for name, part, of, quality, doubts in worth
    ]
    return Report(
        unit="H01",
        period=PERIOD,
        agency="H01",
        system="one-stop",
        dialect="portal_report",
        version=3,
        batch="3f9a1c5be07d2468",
        received_at="2026-10-05T01:00:00.000000Z",
        figures=tuple(figures),
    )


def found(told: Content, name: str = LONG) -> Found:
    """The board of it."""
    at = "2026-11-27T01:00:00.000+00:00"
    board = Board(unit="H01", name=name, period=PERIOD, as_of=at, generation=1, body=packed(told))
    return Found(board, period_of(PERIOD, NOW), told)


def pages() -> dict[str, View]:
    """The boards that are looked at, by what is special about them."""
    return {
        "longest": board_view(found(content(12)), ""),
        "nothing": board_view(found(content(3, counted=False)), ""),
        "alone": board_view(found(content(0)), ""),
    }
