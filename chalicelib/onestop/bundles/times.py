"""The times of a bundle's legs, pure: when each passes, and whether what it is for was done."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final, NamedTuple

from chalicelib.contracts.plan import PlannedStart, PlannedTimer
from chalicelib.dossier.bundled import ENDS
from chalicelib.dossier.items import Leg, Task
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel.clock import moment
from chalicelib.law import calendars, clock
from chalicelib.law.spans import ends_at

FIX: Final = ".fix"
AGAIN: Final = clock.Term(0, "wd")
"""A leg is looked at again at the end of each working day: a time may begin meanwhile."""


class Time(NamedTuple):
    """A time of a leg: its name, when it passes, of which timer it is."""

    name: str
    due_at: datetime
    timer: PlannedTimer
    is_fix: bool = False


def first_look(start: PlannedStart, now: datetime) -> datetime:
    """When a leg that opens now is looked at first."""
    ends = [ends_at(timer.term, now) for timer in start.timers if timer.begins == "opened"]
    return min([*ends, next_look(now)])


def next_look(now: datetime) -> datetime:
    """The end of this working day, or of the next one."""
    return clock.due(now, AGAIN, calendar=calendars.national()).due_at


def open_times(start: PlannedStart, leg: Leg, child: Dossier | None) -> list[Time]:
    """The times that run of a leg and of which nothing was told yet; `child` was read with its tasks."""
    found = list[Time]()
    for timer in start.timers:
        begins = _begun(timer, leg, child)
        if begins is None or _is_met(timer, child):
            continue
        due = ends_at(timer.term, begins)
        if timer.name not in leg.missed:
            found.append(Time(timer.name, due, timer))
        elif timer.fix and timer.name + FIX not in leg.missed:
            found.append(Time(timer.name + FIX, ends_at(timer.fix, due), timer, is_fix=True))
    return found


def _begun(timer: PlannedTimer, leg: Leg, child: Dossier | None) -> datetime | None:
    at = {
        "opened": leg.opened_at,
        "made": child.head.submitted_at if child else None,
        "accepted": child.head.accepted_at if child else None,
    }[timer.begins]
    return moment(at) if at else None


def _is_met(timer: PlannedTimer, child: Dossier | None) -> bool:
    """Whether what the time is for was done; what the child's end overtook is done too."""
    if child is None:
        return False
    if child.head.state in ENDS:
        return True
    return {
        "made": True,
        "acknowledged": any(_is_acknowledged(task) for task in child.tasks),
        "accepted": child.head.accepted_at is not None,
        "verified": any(task.kind == "verify" and task.outcome == "verified" for task in child.tasks),
        "ended": False,
    }[timer.ends]


def _is_acknowledged(task: Task) -> bool:
    """Somebody of the receiving agency took the case, or did something with it."""
    return task.kind == "receive" and (task.claim is not None or not task.is_open)


def passed(times: list[Time], now: datetime) -> Iterator[Time]:
    """Those that passed before now."""
    return (each for each in times if each.due_at < now)
