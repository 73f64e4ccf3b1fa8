"""A reckoning in words: each interval with its clause, each event that was refused, each reading that was taken."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

import msgspec

from chalicelib.law import explain
from chalicelib.law.calendars import CULTURE_DAY, LABOUR_CODE
from chalicelib.law.clock_events import Refused
from chalicelib.law.explain import CIVIL_CODE, Basis, ExplainedReading
from chalicelib.law.intervals import Interval
from chalicelib.law.stops import days_stood
from chalicelib.law.terms import Language

if TYPE_CHECKING:
    from chalicelib.law.reckoning import Reckoning

BEGUN_ANEW: Final = "Decree 61/2018/ND-CP Art. 19(4) (the term begins anew with the full dossier)"
EXTENSION: Final = "Decree 61/2018/ND-CP Art. 19(9) (one new appointment, told a day before the due date)"
NOT_COUNTED: Final = (
    "Decree 63/2024/ND-CP as amended by Decree 301/2026/ND-CP, Art. 4(7) (bundles; elsewhere the procedure's own)"
)
NO_CLAUSE: Final = "no general clause was found: configuration of the procedure"

POLICY_UPSTREAM: Final = (
    "policy upstream-stops: no clause was found; who waits for the correction of another's result is not late"
)

_CLAUSES: Final = {
    "supplement": NOT_COUNTED,
    "confirmation": NOT_COUNTED,
    "outage": NOT_COUNTED,
    "consent": NO_CLAUSE,
    "payment": NO_CLAUSE,
    "upstream": POLICY_UPSTREAM,
    "restarted": BEGUN_ANEW,
    "extended": EXTENSION,
    "after_due": EXTENSION,
    **dict.fromkeys(("weekend", "holiday", "substitute_off", "swap_off"), LABOUR_CODE),
}
_REASONS: Final = {
    "supplement": ("chờ bổ sung hồ sơ", "waiting for the supplement"),
    "payment": ("chờ nộp tiền", "waiting for the payment"),
    "consent": ("chờ người khác đồng ý", "waiting for another's consent"),
    "confirmation": ("chờ xác nhận trên VNeID", "waiting for the confirmation on VNeID"),
    "outage": ("hệ thống gián đoạn đã thông báo", "announced outage of the system"),
    "upstream": ("chờ sửa kết quả của thủ tục trước", "waiting for the correction of an earlier result"),
}
_PART_DAY: Final = {
    "part_day:not_counted": (
        "đồng hồ dừng một phần của ngày: không tính ngày này",
        "the clock stood for a part of the day: the day is not counted",
    ),
    "part_day:counted": (
        "đồng hồ dừng một phần của ngày: vẫn tính ngày này",
        "the clock stood for a part of the day: the day is counted all the same",
    ),
}
_RULES: Final = {
    "stood": ("đồng hồ dừng, không tính", "the clock stood, not counted"),
    **_PART_DAY,
    "no_hours": ("ngoài giờ làm việc, không tính", "outside of the working hours, not counted"),
    "restarted": (
        "trước khi có hồ sơ đầy đủ, thời hạn tính lại từ đầu",
        "before the full dossier came, from which the term begins anew",
    ),
    "extended": ("ngày bắt đầu gia hạn, không tính", "the day from which the extension is counted, not counted"),
    "after_due": ("sau hạn, trước thông báo gia hạn", "after the due moment, before the notice of the extension"),
}
_READINGS: Final = {
    **_PART_DAY,
    "extension_from:due": (
        "thời gian gia hạn tính từ ngày hẹn trả",
        "the extension is counted from the due date",
    ),
    "extension_from:notice": (
        "thời gian gia hạn tính từ lúc thông báo, không sớm hơn ngày hẹn trả trước đó",
        "the extension is counted from its notice, and ends no earlier than the due date was",
    ),
    "late_extension:refused": (
        "gia hạn được thông báo từ ngày hẹn trả trở đi: không tính",
        "an extension told on the due day or later: not counted",
    ),
    "late_extension:counted": (
        "gia hạn được thông báo từ ngày hẹn trả trở đi: vẫn tính",
        "an extension told on the due day or later: counted all the same",
    ),
}
_REFUSALS: Final = {
    "after_end": ("thời hạn đã hết, đồng hồ không còn dừng", "the term had ended, the clock does not stop any more"),
    "stands_already": ("đồng hồ đã dừng vì lý do này", "the clock stood for this reason already"),
    "stands_not": ("đồng hồ không dừng vì lý do này", "the clock did not stand for this reason"),
    "extension_late": (
        "gia hạn phải được thông báo chậm nhất 01 ngày trước ngày hẹn trả",
        "an extension is told at the latest one day before the due date",
    ),
    "extension_second": ("chỉ được gia hạn một lần", "there is one extension at most"),
}


class ExplainedInterval(msgspec.Struct, frozen=True, kw_only=True):
    """An interval in words; `ends_at` null: the clock stands. `clause`: the text of law, or that there is none."""

    begins_at: str
    ends_at: str | None
    counted: bool
    rule: str
    reasons: tuple[str, ...]
    days: int
    clause: str
    text: str


class ExplainedRefusal(msgspec.Struct, frozen=True, kw_only=True):
    """An event that changed nothing, and why."""

    type: str
    at: str
    why: str
    text: str


class ExplainedReckoning(msgspec.Struct, frozen=True, kw_only=True):
    """A whole reckoning in one language; `due_at` is null while the clock stands for `stands_for`."""

    received_at: str
    due_at: str | None
    term: str
    term_text: str
    provisional: bool
    stands_for: tuple[str, ...]
    intervals: tuple[ExplainedInterval, ...]
    refused: tuple[ExplainedRefusal, ...]
    readings: tuple[ExplainedReading, ...]
    citations: tuple[str, ...]


def explained(found: "Reckoning", language: Language) -> ExplainedReckoning:
    """A reckoning explained: each interval, counted or not, each event refused, each reading, each clause."""
    first = found.stages[0]
    place = 0 if language == "vi" else 1
    told = found.intervals
    return ExplainedReckoning(
        received_at=first.received.isoformat(),
        due_at=found.due_at.isoformat() if found.due_at else None,
        term=str(first.term),
        term_text=first.term.describe(language),
        provisional=found.provisional,
        stands_for=found.stands_for,
        intervals=tuple(_interval(each, first, place) for each in told),
        refused=tuple(_refused(each, place) for each in found.refused),
        readings=tuple(_reading(name, basis, language) for name, basis in _named(found)),
        citations=_citations(found, told),
    )


def readings(found: "Reckoning") -> tuple[str, ...]:
    """The names of the readings that touched the answer, each once."""
    return tuple(name for name, _ in _named(found))


def _interval(told: Interval, first: Basis, place: int) -> ExplainedInterval:
    words = (_RULES.get(told.rule) or explain.KINDS[told.rule])[place]
    whys = [_REASONS[reason][place] for reason in told.reasons]
    if told.name:
        whys.append(told.name)
    return ExplainedInterval(
        begins_at=told.begins_at.isoformat(),
        ends_at=told.ends_at.isoformat() if told.ends_at else None,
        counted=told.counted,
        rule=told.rule,
        reasons=told.reasons,
        days=told.days,
        clause=_clause(told, first),
        text=f"{words}: {', '.join(whys)}" if whys else words,
    )


def _clause(told: Interval, first: Basis) -> str:
    clauses = [_CLAUSES[reason] for reason in told.reasons] or [_CLAUSES.get(told.rule, CIVIL_CODE[first.term.unit])]
    return "; ".join(dict.fromkeys(clauses))


def _refused(told: Refused, place: int) -> ExplainedRefusal:
    event = told.event
    return ExplainedRefusal(type=event.type, at=event.at.isoformat(), why=told.why, text=_REFUSALS[told.why][place])


def _reading(name: str, basis: Basis, language: Language) -> ExplainedReading:
    if name in _READINGS:
        return ExplainedReading(name=name, text=_READINGS[name][0 if language == "vi" else 1])
    return ExplainedReading(name=name, text=explain.reading_text(name, basis.policy, language))


def _named(found: "Reckoning") -> Iterator[tuple[str, Basis]]:
    """The readings with the stage that each touched, each once."""
    told: set[str] = set()
    for basis in found.stages:
        for name in [*explain.readings(basis, provisional=False), *_of_stops(basis)]:
            if name not in told:
                told.add(name)
                yield name, basis
    first = found.stages[0]
    yield from ((name, first) for name in _of_extension(found))
    if found.provisional:
        yield "provisional", first


def _of_stops(basis: Basis) -> Iterator[str]:
    if basis.begin is None and days_stood(basis.stops, "counted") != days_stood(basis.stops, "not_counted"):
        yield f"part_day:{basis.policy.part_day}"


def _of_extension(found: "Reckoning") -> Iterator[str]:
    policy = found.stages[0].policy
    if found.extended is not None:
        yield f"extension_from:{policy.extension_from}"
    if found.extended_late or any(each.why == "extension_late" for each in found.refused):
        yield f"late_extension:{policy.late_extension}"


def _citations(found: "Reckoning", told: Iterable[Interval]) -> tuple[str, ...]:
    cited = [each for basis in found.stages for each in explain.citations(basis, provisional=False)]
    cited += [_CLAUSES[reason] for each in told for reason in each.reasons if _CLAUSES[reason] != NO_CLAUSE]
    if found.begun_anew:
        cited.append(BEGUN_ANEW)
    if found.extended is not None or any(each.why.startswith("extension") for each in found.refused):
        cited.append(EXTENSION)
    if found.provisional:
        cited += [LABOUR_CODE, CULTURE_DAY]
    return tuple(dict.fromkeys(cited))
