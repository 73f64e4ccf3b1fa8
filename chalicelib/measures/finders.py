"""What flatters the figures, found in what is kept of a dossier, and in a period of an agency. Pure.

Nothing is corrected: what is found is listed with its events, and a person judges. The rules, their thresholds and what
they rest on are dated data (`law/data/measures/findings-*.json`); those of the day hold on which it was complete.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final

from msgspec.structs import replace

from chalicelib.kernel.clock import moment
from chalicelib.law.findings import Rule as Stated
from chalicelib.law.findings import RuleId, packaged, rules_on
from chalicelib.law.policy import OFFICE_HOURS, ZONE, local
from chalicelib.measures.model import ONLINE, Finding, Mark, Measured, Rule, What, day_of

type Evidence = tuple[Mark, ...]
type Finder = Callable[[Measured, Stated], Iterator[Evidence]]

CLOSED_JUST_BEFORE: Final = "closed_just_before_due"
OF_MANY: Final[RuleId] = "bulk_closing"


def found(reference: str, measured: Measured) -> list[Finding]:
    """Everything that the rules find in a dossier; each is complete with the last event of its evidence."""
    return [
        _finding(rule, reference, measured, evidence)
        for rule, (named, finder) in _FINDERS.items()
        for evidence in _held(measured, named, finder)
    ]


def stated(finding: Finding) -> Stated:
    """The rule of a finding, as it held when that was complete."""
    rule: RuleId = OF_MANY if finding.rule == CLOSED_JUST_BEFORE else finding.rule
    return rules_on(_day(finding)).by_name[rule]


def _day(of: Mark | Finding) -> date:
    return date.fromisoformat(day_of(of.at))


def _held(measured: Measured, named: RuleId, finder: Finder) -> Iterator[Evidence]:
    """What a finder finds by the rule of the day on which that was complete."""
    for time in packaged():
        if (rule := time.by_name.get(named)) is not None:
            yield from (each for each in finder(measured, rule) if time.holds_on(_day(each[-1])))


def _finding(rule: Rule, reference: str, m: Measured, evidence: Evidence) -> Finding:
    last = evidence[-1]
    return Finding(
        rule=rule,
        reference=reference,
        number=last.number,
        at=last.at,
        unit=m.unit,
        procedure=m.procedure,
        channel=m.channel,
        party=m.party,
        evidence=evidence,
    )


# --- in a dossier -------------------------------------------------------------------------------------------------


def _reopened(m: Measured, rule: Stated) -> Iterator[Evidence]:
    """It went on after its end; or its result, given just before it was due, is mended by another dossier soon."""
    end = _first(m.marks, "processed", "closed")
    if end is None:
        return
    if went_on := _first(m.marks, "went_on"):
        yield end, went_on
    if end.what != "processed" or not _is_just_before(end, rule.thresholds.before_due_minutes):
        return
    within = timedelta(days=rule.thresholds.within_days)
    yield from (
        (end, each) for each in m.marks if each.what == "corrected" and moment(each.at) - moment(end.at) <= within
    )


def _clock_reset(m: Measured, rule: Stated) -> Iterator[Evidence]:
    """The term had nearly run out when something was asked for, and began anew when that came."""
    began: Mark | None = None
    asked: Mark | None = None
    for each in m.marks:
        if each.what == "asked":
            asked = each
        elif each.what == "accepted":
            began = each
        elif each.what == "restarted":
            if began and asked and _share(began, asked) >= rule.thresholds.percent_of_term:
                yield began, asked, each
            began, asked = each, None


def _share(began: Mark, asked: Mark) -> float:
    """How many percent of the term had run when something was asked for; none of a term without a due date."""
    due_at = asked.due_at or began.due_at
    if due_at is None:
        return 0
    whole = _last_work(moment(due_at)) - moment(began.at)
    run = moment(asked.at) - moment(began.at)
    return 100 * run / whole if whole else 100


def _second_supplement(m: Measured, rule: Stated) -> Iterator[Evidence]:
    """Asked for more often than the rule allows: one finding for each request too many."""
    asked = [each for each in m.marks if each.what == "asked"]
    for place in range(rule.thresholds.requests, len(asked)):
        yield tuple(asked[: place + 1])


def _supplement_as_processed(m: Measured, _: Stated) -> Iterator[Evidence]:
    yield from _while_open(m, "asked", ("answered", "restarted"))


def _payment_as_processed(m: Measured, _: Stated) -> Iterator[Evidence]:
    yield from _while_open(m, "to_pay", ("paid", "paid_unproved"))


def _while_open(m: Measured, opens: What, closes: Sequence[What]) -> Iterator[Evidence]:
    """Processed while something waits: what opened that, and the end."""
    waits: Mark | None = None
    for each in m.marks:
        if each.what == opens:
            waits = each
        elif each.what in closes:
            waits = None
        elif each.what == "processed" and waits:
            yield waits, each


def _closed_at_reception(m: Measured, _: Stated) -> Iterator[Evidence]:
    """Nobody did anything between its acceptance and its result."""
    accepted, end = _first(m.marks, "accepted"), _first(m.marks, "processed")
    if accepted and end and _first(m.marks, "step") is None:
        yield accepted, end


def _own_file(m: Measured, _: Stated) -> Iterator[Evidence]:
    own, end = _first(m.marks, "own_file"), _first(m.marks, "processed")
    if own and end:
        yield own, end


def _cash_as_online(m: Measured, _: Stated) -> Iterator[Evidence]:
    yield from ((each,) for each in m.marks if each.what == "paid_unproved")


def _post_as_online(m: Measured, _: Stated) -> Iterator[Evidence]:
    """Filed online by its log, and before its acceptance nothing came but paper."""
    submitted, accepted = _first(m.marks, "submitted"), _first(m.marks, "accepted")
    paper = _first(m.marks, "on_paper")
    if m.channel == ONLINE and submitted and accepted and paper:
        yield submitted, paper, accepted


def _just_before(m: Measured, rule: Stated) -> Iterator[Evidence]:
    """An accepted dossier that ended within the minutes before it was due."""
    accepted, end = _first(m.marks, "accepted"), _first(m.marks, "processed", "closed")
    if accepted and end and _is_just_before(end, rule.thresholds.before_due_minutes):
        yield accepted, end


def _is_just_before(end: Mark, minutes: int) -> bool:
    if end.due_at is None:
        return False
    due, at = moment(end.due_at), moment(end.at)
    return at <= due and _last_work(due) - at <= timedelta(minutes=minutes)


def _last_work(due: datetime) -> datetime:
    """The last moment of office hours before it is due: a term of days ends at midnight, when nobody works."""
    here = local(due)
    closes = datetime.combine(here.date(), OFFICE_HOURS[-1][1], ZONE)
    return min(here, closes)


def _first(marks: Iterable[Mark], *what: What) -> Mark | None:
    return next((each for each in marks if each.what in what), None)


_FINDERS: Final[Mapping[Rule, tuple[RuleId, Finder]]] = {
    "reopened": ("reopened", _reopened),
    "clock_reset": ("clock_reset", _clock_reset),
    "second_supplement": ("second_supplement", _second_supplement),
    "supplement_as_processed": ("supplement_as_processed", _supplement_as_processed),
    "payment_as_processed": ("payment_as_processed", _payment_as_processed),
    "closed_at_reception": ("closed_at_reception", _closed_at_reception),
    "own_file_as_result": ("own_file_as_result", _own_file),
    "cash_as_online": ("cash_as_online", _cash_as_online),
    "post_as_online": ("post_as_online", _post_as_online),
    CLOSED_JUST_BEFORE: (OF_MANY, _just_before),
}
"""By what is kept: the rule that it is of, and who finds it."""


# --- in a period of an agency -------------------------------------------------------------------------------------


def judged(kept: Iterable[Finding]) -> list[Finding]:
    """The findings of a period, the oldest first: those of a dossier, and dossiers that were closed with many others.

    `kept` is what is kept of agencies in a period, in any order.
    """
    kept = list(kept)
    alone = [each for each in kept if each.rule != CLOSED_JUST_BEFORE]
    closed = sorted((each for each in kept if each.rule == CLOSED_JUST_BEFORE), key=_place)
    many = [each for _, some in groupby(closed, key=lambda each: each.unit) for each in _together(list(some))]
    return sorted([*alone, *many], key=lambda each: (each.at, each.reference, each.rule, each.number))


def _place(each: Finding) -> tuple[str, str, str]:
    return each.unit, each.at, each.reference


def _together(closed: Sequence[Finding]) -> Iterator[Finding]:
    """Those of one agency, in order of time, that were closed with enough others within the minutes."""
    times, is_one = [moment(each.at) for each in closed], [False] * len(closed)
    first = 0
    for last, each in enumerate(closed):
        rule = stated(each)
        while times[last] - times[first] > timedelta(minutes=rule.thresholds.within_minutes):
            first += 1
        if last - first + 1 >= rule.thresholds.least:
            is_one[first : last + 1] = [True] * (last - first + 1)
    yield from (replace(each, rule=OF_MANY) for each, so in zip(closed, is_one, strict=True) if so)
