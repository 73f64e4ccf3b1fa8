"""From rows to figures of a unit and period: what a row must be, what makes a figure doubtful. Pure.

What cannot be a figure is refused, and names its row, field and rule. What can be one and is not sound is kept and
flagged; nothing is corrected.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from chalicelib.kernel.clock import ZONE
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.law.index_formulas import formula_sets
from chalicelib.law.measures import indicators
from chalicelib.law.states import DossierState
from chalicelib.measures.ingested.dialects import EmcRow, PortalReportRow, PortalSyncRow, Row, at_row
from chalicelib.measures.ingested.model import Given
from chalicelib.measures.ingested.overlapping import At, over_the_whole
from chalicelib.measures.periods import Period, period_of
from chalicelib.measures.reported import About, Doubt, Reported, about, is_known, standing

ONLINE = "online_share"
ON_TIME = "on_time_share"
EARLY = "early_share"
ELECTRONIC = "electronic_result_share"
TIMES = "%Y%m%d%H%M%S"
WRITTEN = re.compile(r"[0-9]{14}")
ONLINE_CHANNEL = 2
ENDED = frozenset({DossierState.PROCESSED, DossierState.RESULT_RETURNED})
TIMED = ENDED | {DossierState.STOPPED}
"""Ends that are early, on time or late: stops, refusals and withdrawals after acceptance alone (Decision 766, 2.1)."""
CLOSED = TIMED | {DossierState.NOT_ACCEPTED}

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
    return [*faults, *over_the_whole(found)]


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


# --- dossiers ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Counts:
    """What is counted of a unit's dossiers, and why an indicator of it is doubted."""

    received: int = 0
    online: int = 0
    processed: int = 0
    electronic: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    doubts: set[tuple[str, Doubt]] = field(default_factory=set)

    def figures(self, *shown: str) -> list[Figure]:
        """The indicators that can be made of dossiers of the dialect."""
        in_time = self.early + self.on_time
        shares = {
            ONLINE: (self.online, self.received),
            ON_TIME: (in_time, in_time + self.late),
            EARLY: (self.early, in_time + self.late),
            ELECTRONIC: (self.electronic, self.processed),
        }
        name = indicators().id
        return [Figure(name, each, *shares[each], self._doubts(each)) for each in shown]

    def _doubts(self, indicator: str) -> tuple[Doubt, ...]:
        return tuple(sorted(why for name, why in self.doubts if name == indicator))


class _Times(NamedTuple):
    """When a dossier was received, is due, and ended."""

    received: datetime
    due: datetime | None
    ended: datetime | None


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
        is_online = row.reception == 1
        counts.received += 1
        counts.online += is_online
        if is_online and row.by_post:
            counts.doubts.add((ONLINE, "post_as_online"))
    return []


def _synchronised(row: PortalSyncRow, number: int, period: Period, now: datetime, counts: _Counts) -> Faults:
    """Decision 766/QD-TTg, progress: the end against the appointment; a day before it is early."""
    times, faults = _times(row, number, now)
    if times is None:
        return faults
    received, ended = times.received, times.ended
    if ended and ended < received:
        vi, en = "Kết thúc trước khi tiếp nhận", "It ended before it was received"
        return [at_row(number, "NgayKetThucXuLy", "ends_before_reception", vi, en)]
    came, went = _within(received, period), ended is not None and _within(ended, period)
    if not (came or went):
        vi, en = f"Không tiếp nhận hay kết thúc trong {period.text}", f"Neither received nor ended in {period.text}"
        return [at_row(number, "NgayTiepNhan", "outside_period", vi, en)]
    if ended and row.state not in CLOSED:
        vi, en = "Có lúc kết thúc mà trạng thái chưa kết thúc", "It ended, but its state is one that goes on"
        return [at_row(number, "TrangThaiHoSo", "ends_while_open", vi, en)]
    counts.received += came
    counts.online += came and row.channel == ONLINE_CHANNEL
    if went and ended and row.state in TIMED:
        _ended(row, ended, times.due, counts)
        if ended == received:
            counts.doubts |= {(each, "ended_as_received") for each in (ON_TIME, EARLY)}
    return []


def _within(at: datetime, period: Period) -> bool:
    return f"{at:%Y-%m}" in period.months


def _ended(row: PortalSyncRow, ended: datetime, due: datetime | None, counts: _Counts) -> None:
    if row.state in ENDED:
        counts.processed += 1
        counts.electronic += row.result is not None
    if due and ended > due:
        counts.late += 1
    elif due:
        is_early = ended.date() < due.date()
        counts.early += is_early
        counts.on_time += not is_early


def _times(row: PortalSyncRow, number: int, now: datetime) -> tuple[_Times | None, Faults]:
    faults = list[FieldError]()

    def one(name: str, text: str | None, *, may_come: bool = False) -> datetime | None:
        if text is None:
            return None
        try:
            if not WRITTEN.fullmatch(text):  # strptime takes fewer digits, too
                raise ValueError(name)
            at = datetime.strptime(text, TIMES).replace(tzinfo=ZONE)
        except ValueError:
            vi, en = "Thời điểm viết là yyyyMMddHHmmss", "A time is written yyyyMMddHHmmss"
            faults.append(at_row(number, name, "time", vi, en))
            return None
        if at > now and not may_come:
            faults.append(at_row(number, name, "period_to_come", "Thời điểm ở tương lai", "It is to come"))
        return at

    received = one("NgayTiepNhan", row.received)
    due, ended = one("NgayHenTra", row.due, may_come=True), one("NgayKetThucXuLy", row.ended)
    return (None if faults or received is None else _Times(received, due, ended)), faults
