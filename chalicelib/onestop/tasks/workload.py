"""What an agency has to do: open tasks by kind and by officer, how old, how late, where the work piles up.

Each list is read once, those due first, and no further than `MOST` rows: what it costs does not grow with the work. A
list that goes on is said to have at least so many.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from chalicelib.dossier.items import APPLICANTS, TaskKind
from chalicelib.dossier.lists import TaskRow
from chalicelib.kernel.access import Principal, require
from chalicelib.kernel.clock import ZONE, Clock, moment, stamp
from chalicelib.law import calendars
from chalicelib.onestop import acts
from chalicelib.onestop.model import ORDER
from chalicelib.onestop.tasks.ports import Loads

MOST: Final = 500
"""Rows of one list that are read: of an agency and kind there are two, what nobody claimed and what somebody did."""
KINDS: Final[tuple[TaskKind, ...]] = (*ORDER, "reconcile", *sorted(APPLICANTS))
AGES: Final = (("0-1", 1), ("2-3", 3), ("4-7", 7))
"""Working days since a task was opened, each bucket up to its number; older ones are in the last."""
OLDEST: Final = "8+"


class Load(NamedTuple):
    """Open tasks of one kind; `at_least`: there are more, which nobody counted."""

    kind: TaskKind
    open: int
    unclaimed: int
    overdue: int
    ages: Mapping[str, int]
    at_least: bool


class OfficerLoad(NamedTuple):
    """What an officer (keyed hash) took and did not do yet, by kind; their name as their claim says it."""

    officer: str
    name: str
    open: int
    overdue: int
    kinds: Mapping[str, int]


class DataLoad(NamedTuple):
    """Requests about personal data that are due soon, or overdue, and when the first is or was (a stored stamp).

    `at_least`: there are more, which nobody counted.
    """

    due_soon: int
    overdue: int
    first_due_at: str | None
    at_least: bool


class Workload(NamedTuple):
    """The work of the agencies of a supervisor at a moment (a stored stamp); `bottleneck`: None where nothing is."""

    at: str
    loads: tuple[Load, ...]
    officers: tuple[OfficerLoad, ...]
    bottleneck: TaskKind | None
    data: DataLoad


@dataclass(frozen=True)
class Workloads:
    """The use case of a supervisor."""

    loads: Loads
    clock: Clock

    def of(self, who: Principal) -> Workload:
        """The open work of the supervisor's agencies. Raises NotAllowed."""
        require(who, acts.SUPERVISE)
        now, found, taken = self.clock(), list[Load](), list[TaskRow]()
        for kind in KINDS:
            unclaimed, more = self._rows(who.agencies, kind, claimed=False)
            claimed, more_claimed = self._rows(who.agencies, kind, claimed=True)
            found.append(_load(kind, unclaimed, claimed, now, at_least=more or more_claimed))
            taken += claimed
        names = self.loads.names({each.claimed_by or "": each for each in taken})
        officers = _officers(taken, names, stamp(now))
        return Workload(stamp(now), tuple(found), officers, _bottleneck(found), self._data(who.agencies, stamp(now)))

    def _data(self, agencies: Collection[str], at: str) -> DataLoad:
        """What whoever leads has to see to beside the tasks: one read for each agency."""
        due, more = self.loads.due_data(agencies, MOST)
        late = sum(each < at for each in due)
        return DataLoad(len(due) - late, late, due[0] if due else None, at_least=more)

    def _rows(self, agencies: Collection[str], kind: str, *, claimed: bool) -> tuple[list[TaskRow], bool]:
        rows, more = list[TaskRow](), False
        for agency in sorted(agencies):
            some, goes_on = self.loads.listed(agency, kind, claimed=claimed, most=MOST)
            rows, more = rows + some, more or goes_on
        return rows, more


def _load(kind: TaskKind, unclaimed: list[TaskRow], claimed: list[TaskRow], now: datetime, *, at_least: bool) -> Load:
    rows, at = [*unclaimed, *claimed], stamp(now)
    ages = Counter(age_of(moment(row.opened_at), now) for row in rows)
    return Load(
        kind=kind,
        open=len(rows),
        unclaimed=len(unclaimed),
        overdue=sum(row.due_at < at for row in rows),
        ages={name: ages[name] for name in (*(name for name, _ in AGES), OLDEST)},
        at_least=at_least,
    )


def age_of(opened: datetime, now: datetime) -> str:
    """In which bucket a task is: by the working days after the day on which it was opened, today among them."""
    calendar, last = calendars.national(), now.astimezone(ZONE).date()
    day, days = opened.astimezone(ZONE).date(), 0
    while day < last and days <= AGES[-1][1]:
        day = calendar.working_on_or_after(day.fromordinal(day.toordinal() + 1))
        days += day <= last
    return next((name for name, most in AGES if days <= most), OLDEST)


def _officers(rows: Iterable[TaskRow], names: Mapping[str, str], now: str) -> tuple[OfficerLoad, ...]:
    """Those who took most first."""
    by: dict[str, list[TaskRow]] = {}
    for row in rows:
        by.setdefault(row.claimed_by or "", []).append(row)
    loads = [
        OfficerLoad(
            officer=officer,
            name=names.get(officer, ""),
            open=len(theirs),
            overdue=sum(row.due_at < now for row in theirs),
            kinds=dict(Counter(row.kind for row in theirs)),
        )
        for officer, theirs in by.items()
    ]
    return tuple(sorted(loads, key=lambda load: (-load.open, load.officer)))


def _bottleneck(loads: Iterable[Load]) -> TaskKind | None:
    """The officers' kind with most overdue tasks, of several the one with most open; None where none is overdue."""
    late = [load for load in loads if load.overdue and load.kind not in APPLICANTS]
    return max(late, key=lambda load: (load.overdue, load.open)).kind if late else None
