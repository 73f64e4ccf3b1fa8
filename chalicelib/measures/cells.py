"""What a dossier adds to which counters, and what moves when its log says more. Pure.

Each fact is counted in its own month of Vietnam's calendar, whenever it is told: a late or corrected one moves the
month that it is of, be that over or not. Quarters and years are sums of months.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import NamedTuple

from chalicelib.kernel.clock import moment
from chalicelib.law.displeased import displeased
from chalicelib.law.measures import COUNTS
from chalicelib.measures.model import ONLINE, Measured, day_of, month_of


class Cell(NamedTuple):
    """Whose counts of which month: `channel` is how it was filed, `party` who filed."""

    unit: str
    month: str
    procedure: str
    channel: str
    party: str


type Counts = dict[str, int]


def counted(measured: Measured) -> dict[Cell, Counts]:
    """What a dossier adds, by cell; nothing before it was submitted."""
    found: dict[Cell, Counts] = {}
    for name, at, by in _facts(measured):
        cell = Cell(measured.unit, month_of(at), measured.procedure, measured.channel, measured.party)
        counts = found.setdefault(cell, {})
        counts[name] = counts.get(name, 0) + by
    return found


def moves(was: Measured, now: Measured) -> dict[Cell, Counts]:
    """By how much each counter moves, from what was counted of a dossier to what is; a cell that stays is left out."""
    before, after = counted(was), counted(now)
    found: dict[Cell, Counts] = {}
    for cell in before.keys() | after.keys():
        old, new = before.get(cell, {}), after.get(cell, {})
        moved = {name: new.get(name, 0) - old.get(name, 0) for name in COUNTS if new.get(name, 0) != old.get(name, 0)}
        if moved:
            found[cell] = moved
    return found


def added(counts: Counts, more: Mapping[str, int]) -> None:
    """Add counts to counts."""
    for name, by in more.items():
        counts[name] = counts.get(name, 0) + by


def _facts(m: Measured) -> Iterator[tuple[str, str, int]]:
    """Each fact: its counter, when, and by how much.

    Of a dossier that mends an officer's error what its applicant says of it counts, and all else where it is late alone
    (policy): an error of its own betters no agency's figures.
    """
    if m.received_at is None:
        return
    if m.rated_at:
        yield "rated", m.rated_at, 1
        yield from [("satisfied", m.rated_at, 1)] if m.satisfied else []
    if m.corrects and timeliness(m) != "late":
        return
    came = {"received": True, "online": m.channel == ONLINE, "reused": m.reuses}
    yield from ((name, m.received_at, 1) for name, is_so in came.items() if is_so)
    once = {"accepted": m.accepted_at, "extended": m.extended_at, "returned": m.returned_at}
    yield from ((name, at, 1) for name, at in once.items() if at)
    yield from (("asked", at, 1) for at in m.asked)
    yield from (("answered", at, 1) for at in m.answered)
    if m.ended_at and m.ending:
        yield m.ending, m.ended_at, 1
        yield from ((name, m.ended_at, by) for name, by in _of_the_end(m).items())


def is_displeased(m: Measured) -> bool:
    """Whether somebody said that they were not satisfied: by a rating, or by a petition that counts."""
    rule = displeased()
    gone = {each.petition for each in m.petitions if each.what in rule.left_out}
    kept = (each for each in m.petitions if each.what == "filed" and each.kind in rule.kinds)
    return any(each.petition not in gone for each in kept) or (m.rated_at is not None and not m.satisfied)


def _of_the_end(m: Measured) -> Counts:
    """What is counted in the month in which a dossier ended."""
    found: Counts = {}
    if m.accepted_at:
        found |= {"ended": 1, timeliness(m): 1}
        found |= {"ended_asked": 1} if m.asked else {}
        found |= {"ended_asked_again": 1} if len(m.asked) > 1 else {}
        found |= {"ended_extended": 1} if m.extended_at else {}
        found |= {"ended_rated": 1} if m.rated_at else {}
        found |= {"ended_displeased": 1} if is_displeased(m) else {}
    if m.ending == "processed":
        found |= {"electronic": 1, "seconds": seconds(m)}
        found |= {"end_to_end": 1} if is_end_to_end(m) else {}
    return found


def timeliness(m: Measured) -> str:
    """`early`: ended on a day before the one it was due; `late`: after the moment it was due; else `on_time`.

    `undated` where nothing says when it was due. By Decision 766/QD-TTg, progress: the end is when it was processed or
    stopped, against the appointment that held then.
    """
    if m.due_at is None or m.ended_at is None:
        return "undated"
    if moment(m.ended_at) > moment(m.due_at):
        return "late"
    return "early" if day_of(m.ended_at) < day_of(m.due_at) else "on_time"


def seconds(m: Measured) -> int:
    """From acceptance to the end, without the times between a request to supplement and what came (Decision 766)."""
    if m.accepted_at is None or m.ended_at is None:
        return 0
    begin, end = moment(m.accepted_at), moment(m.ended_at)
    waited = timedelta()
    for place, at in enumerate(m.asked):
        since = max(moment(at), begin)
        until = min(moment(m.answered[place]), end) if place < len(m.answered) else end
        waited += max(until - since, timedelta())
    return int((end - begin - waited).total_seconds())


def is_end_to_end(m: Measured) -> bool:
    """Decree 307/2025/ND-CP, annex, note 12: submitted online, an electronic result returned online, nobody came.

    Where something is to be paid it has to be paid on the portal: an officer says so (`paid_by`) and no platform
    confirms it, so what owes a fee is not counted. Whether somebody looked at the place is said by no event.
    """
    return m.channel == ONLINE and m.ending == "processed" and m.returned_at is not None and not (m.in_person or m.owes)
