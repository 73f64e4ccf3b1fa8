"""From rows to figures of a unit and period: what a row must be, what makes a figure doubtful. Pure.

What cannot be a figure is refused, and names its row, field and rule. What can be one and is not sound is kept and
flagged; nothing is corrected.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from chalicelib.kernel.clock import ZONE
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.law.index_formulas import formula_sets
from chalicelib.law.measures import indicators
from chalicelib.law.states import DossierState
from chalicelib.measures.ingested.dialects import EmcRow, PortalReportRow, PortalSyncRow, Row, at_row
from chalicelib.measures.ingested.model import Given
from chalicelib.measures.periods import Period, period_of
from chalicelib.measures.reported import About, Doubt, Reported, about, is_known, standing

ONLINE = "online_share"
ON_TIME = "on_time_share"
EARLY = "early_share"
ELECTRONIC = "electronic_result_share"
TIMES = "%Y%m%d%H%M%S"
ONLINE_CHANNEL = 2
ENDED = frozenset({DossierState.PROCESSED, DossierState.RESULT_RETURNED})

type At = tuple[str, str]
"""A unit and the text of a period."""
type Faults = list[FieldError]


class Figure(NamedTuple):
    """A figure before it is judged; `row` of which row it is, where it is of one."""

    formula: str
    indicator: str
    numerator: int | None
    denominator: int | None
    doubts: tuple[Doubt, ...] = ()
    said: str | None = None
    row: int | None = None


def figures_of(given: Given, now: datetime) -> tuple[Mapping[At, tuple[Reported, ...]], Faults]:
    """The figures of a batch by unit and period, and what is wrong with its rows."""
    found: dict[At, list[Figure]] = {}
    is_told = given.dialect == "portal_report"
    faults = _reported(given.rows, now, found) if is_told else _of_dossiers(given, now, found)
    return {at: tuple(map(_judged, _doubted(some))) for at, some in found.items()}, faults


def _judged(each: Figure) -> Reported:
    known = about(each.formula, each.indicator)
    is_share = known is None or known.is_share
    sound = standing(each.numerator, each.denominator, is_share=is_share, doubts=())
    own = each.said not in (None, "", sound)
    doubts = (*each.doubts, *(("source_doubts",) if own and sound == "ok" else ()))
    return Reported(
        **each._replace(doubts=doubts)._asdict(),
        quality=standing(each.numerator, each.denominator, is_share=is_share, doubts=doubts),
    )


def _doubted(figures: list[Figure]) -> list[Figure]:
    """More dossiers ended in time than were received in the same period: it may be, so it is doubted, not refused."""
    received = {each.formula: each.denominator for each in figures if each.indicator == ONLINE}

    def over(each: Figure) -> bool:
        whole = received.get(each.formula)
        return (
            each.indicator == ON_TIME and None not in (whole, each.numerator) and (each.numerator or 0) > (whole or 0)
        )

    return [each._replace(doubts=(*each.doubts, "on_time_over_received")) if over(each) else each for each in figures]


# --- the portal's reports ---------------------------------------------------------------------------------------


def _reported(rows: Iterable[Row], now: datetime, found: dict[At, list[Figure]]) -> Faults:
    faults, seen = list[FieldError](), dict[tuple[At, str, str], int]()
    for number, row in enumerate(rows):
        assert isinstance(row, PortalReportRow)
        period, wrong = _period(row, number, now)
        known, more = _indicator(row, number, period)
        wrong += [*more, *_negative(row, number)]
        if period and known and not wrong:
            key = (row.unit, period.text), known.formula, known.id
            if key in seen:
                vi, en = f"Trùng với dòng {seen[key]}", f"Row {seen[key]} has the same unit, period and indicator"
                wrong.append(at_row(number, "", "given_twice", vi, en))
            else:
                seen[key] = number
                numbers = (row.numerator, row.denominator)
                figure = Figure(known.formula, known.id, *numbers, said=row.said, row=number)
                found.setdefault(key[0], []).append(figure)
        faults += wrong
    return [*faults, *_over_the_whole(found)]


def _period(row: PortalReportRow, number: int, now: datetime) -> tuple[Period | None, Faults]:
    parts = {"year": (None, None), "quarter": (row.quarter, None), "month": (None, row.month)}[row.time_type]
    if (row.quarter, row.month) != parts or (row.time_type != "year" and parts == (None, None)):
        vi, en = "Kỳ không khớp với timeType", "What is given of the period is not what timeType says"
        return None, [at_row(number, row.time_type, "period_form", vi, en)]
    text = {"year": f"{row.year}", "quarter": f"{row.year}-Q{row.quarter}", "month": f"{row.year}-{row.month or 0:02d}"}
    return _begun(text[row.time_type], now, lambda vi, en: at_row(number, "year", "period_to_come", vi, en))


def _begun(text: str, now: datetime, fault: Callable[[str, str], FieldError]) -> tuple[Period | None, Faults]:
    try:
        return period_of(text, now), []
    except BodyInvalid as error:
        told = error.fields[0]
        return None, [fault(told.message_vi, told.message_en)]


def _indicator(row: PortalReportRow, number: int, period: Period | None) -> tuple[About | None, Faults]:
    if not is_known(row.formula):
        names = ", ".join((indicators().id, *formula_sets()))
        vi, en = f"Không có bộ công thức này; có: {names}", f"No such formula set; there are {names}"
        return None, [at_row(number, "formula", "unknown_formula", vi, en)]
    known = about(row.formula, row.indicator)
    if known is None:
        vi, en = f"Bộ {row.formula} không có chỉ tiêu này", f"{row.formula} has no such indicator"
        return None, [at_row(number, "indicator", "unknown_indicator", vi, en)]
    held = formula_sets().get(row.formula)
    if held and period and not _holds(held.effective_from.isoformat(), held.effective_to, period):
        vi, en = f"Bộ {row.formula} chưa áp dụng cho kỳ này", f"{row.formula} does not hold for this period"
        return None, [at_row(number, "formula", "not_in_force", vi, en)]
    return known, []


def _holds(first: str, last: object, period: Period) -> bool:
    return first <= f"{period.months[0]}-01" and (last is None or f"{period.months[-1]}-28" <= str(last))


def _negative(row: PortalReportRow, number: int) -> Faults:
    given = {"numerator": row.numerator, "denominator": row.denominator}
    vi, en = "Số đếm không thể âm", "A count is not negative"
    return [
        at_row(number, name, "negative", vi, en) for name, value in given.items() if value is not None and value < 0
    ]


def _over_the_whole(found: Mapping[At, Iterable[Figure]]) -> Faults:
    """Periods of a batch that overlap: a month has no more than its quarter, a quarter no more than its year."""
    by = {(unit, period, each.formula, each.indicator): each for (unit, period), some in found.items() for each in some}
    faults = list[FieldError]()
    for (unit, period, formula, indicator), part in by.items():
        for whole in _around(period):
            outer = by.get((unit, whole, formula, indicator))
            if outer and (_more(part.numerator, outer.numerator) or _more(part.denominator, outer.denominator)):
                vi, en = f"Lớn hơn kỳ {whole} bao trùm nó", f"More than {whole}, of which it is a part"
                faults.append(at_row(part.row or 0, "", "over_the_whole", vi, en))
    return faults


def _more(part: int | None, whole: int | None) -> bool:
    return part is not None and whole is not None and part > whole


def _around(period: str) -> tuple[str, ...]:
    year, _, rest = period.partition("-")
    if not rest:
        return ()
    return (year,) if rest.startswith("Q") else (f"{year}-Q{(int(rest) + 2) // 3}", year)


# --- dossiers ---------------------------------------------------------------------------------------------------


class _Counts:
    """What is counted of a unit's dossiers, and why it is doubted."""

    def __init__(self) -> None:
        self.of = dict.fromkeys(("received", "online", "processed", "electronic", "early", "on_time", "late"), 0)
        self.doubts = dict[str, set[Doubt]]()

    def add(self, *names: str) -> None:
        """One dossier more."""
        for name in names:
            self.of[name] += 1

    def doubt(self, indicator: str, why: Doubt) -> None:
        """A dossier that honest figures have not."""
        self.doubts.setdefault(indicator, set()).add(why)

    def figures(self, *shown: str) -> list[Figure]:
        """The indicators that can be made of dossiers of the dialect."""
        of = self.of
        ended = of["early"] + of["on_time"] + of["late"]
        shares = {
            ONLINE: (of["online"], of["received"]),
            ON_TIME: (of["early"] + of["on_time"], ended),
            EARLY: (of["early"], ended),
            ELECTRONIC: (of["electronic"], of["processed"]),
        }
        name = indicators().id
        return [Figure(name, each, *shares[each], tuple(sorted(self.doubts.get(each, ())))) for each in shown]


def _of_dossiers(given: Given, now: datetime, found: dict[At, list[Figure]]) -> Faults:
    period, faults = _begun(given.period, now, lambda vi, en: FieldError("/period", "period", vi, en))
    if period is None:
        return faults
    counted, seen = dict[str, _Counts](), dict[str, int]()
    for number, row in enumerate(given.rows):
        assert not isinstance(row, PortalReportRow)
        if row.code in seen:
            vi, en = f"Hồ sơ đã có ở dòng {seen[row.code]}", f"Row {seen[row.code]} has this dossier"
            faults.append(at_row(number, "MaHoSo", "given_twice", vi, en))
            continue
        seen[row.code] = number
        counts = counted.setdefault(row.unit, _Counts())
        faults += _tracked(row, counts) if isinstance(row, EmcRow) else _synchronised(row, number, period, now, counts)
    shown = (ONLINE,) if given.dialect == "emc" else (ONLINE, ON_TIME, EARLY, ELECTRONIC)
    found |= {(unit, period.text): counts.figures(*shown) for unit, counts in counted.items()}
    return faults


def _tracked(row: EmcRow, counts: _Counts) -> Faults:
    """What EMC is told of a dossier: of `other` nobody knows whether it was received."""
    if row.state:
        counts.add("received", *(("online",) if row.reception == 1 else ()))
    if row.state and row.reception == 1 and row.by_post:
        counts.doubt(ONLINE, "post_as_online")
    return []


def _synchronised(row: PortalSyncRow, number: int, period: Period, now: datetime, counts: _Counts) -> Faults:
    """Decision 766/QD-TTg, progress: the end against the appointment; a day before it is early."""
    times, faults = _times(row, number, now)
    if faults:
        return faults
    received, due, ended = times["NgayTiepNhan"], times.get("NgayHenTra"), times.get("NgayKetThucXuLy")
    if ended and ended < received:
        vi, en = "Kết thúc trước khi tiếp nhận", "It ended before it was received"
        return [at_row(number, "NgayKetThucXuLy", "ends_before_reception", vi, en)]
    here = [f"{each:%Y-%m}" in period.months for each in (received, ended) if each]
    if not any(here):
        vi, en = f"Không tiếp nhận hay kết thúc trong {period.text}", f"Neither received nor ended in {period.text}"
        return [at_row(number, "NgayTiepNhan", "outside_period", vi, en)]
    if here[0]:
        counts.add("received", *(("online",) if row.channel == ONLINE_CHANNEL else ()))
    if ended and here[-1]:
        _ended(row, ended, due, counts)
        if ended == received:
            for each in (ON_TIME, EARLY):
                counts.doubt(each, "ended_as_received")
    return []


def _ended(row: PortalSyncRow, ended: datetime, due: datetime | None, counts: _Counts) -> None:
    if row.state in ENDED:
        counts.add("processed", *(("electronic",) if row.result else ()))
    if due:
        counts.add("late" if ended > due else "early" if ended.date() < due.date() else "on_time")


def _times(row: PortalSyncRow, number: int, now: datetime) -> tuple[dict[str, datetime], Faults]:
    given = {"NgayTiepNhan": row.received, "NgayHenTra": row.due, "NgayKetThucXuLy": row.ended}
    found, faults = dict[str, datetime](), list[FieldError]()
    for name, text in given.items():
        if text is None:
            continue
        try:
            found[name] = datetime.strptime(text, TIMES).replace(tzinfo=ZONE)
        except ValueError:
            vi, en = "Thời điểm viết là yyyyMMddHHmmss", "A time is written yyyyMMddHHmmss"
            faults.append(at_row(number, name, "time", vi, en))
            continue
        if name != "NgayHenTra" and found[name] > now:
            vi, en = "Thời điểm ở tương lai", "It is to come"
            faults.append(at_row(number, name, "period_to_come", vi, en))
    return found, faults
