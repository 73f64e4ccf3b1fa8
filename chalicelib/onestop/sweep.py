"""Every task whose due time has passed is marked once, agency by agency; what fails in one place stops nothing else.

So is every dossier told once for which the last day to apologise is there (Decree 61/2018 Art. 19(9)).

An applicant's task is a window: when it passed, what their procedure says happens.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Final

from chalicelib.contracts.lifecycle import ApologyOwed
from chalicelib.contracts.onestop import TaskOverdue
from chalicelib.dossier.bundled import CHILD
from chalicelib.dossier.items import AWAITED, WAITS, TaskKind
from chalicelib.dossier.lists import TaskRow
from chalicelib.dossier.reading import Part
from chalicelib.kernel import log, record
from chalicelib.kernel.clock import Clock, moment, stamp
from chalicelib.law import calendars
from chalicelib.onestop.dates import horizon, owed_on, reckoned, term_of
from chalicelib.onestop.model import SWEPT
from chalicelib.onestop.ports import Overdue
from chalicelib.onestop.unheld import LISTS, Unheld

type Rows = Callable[[], Iterable[TaskRow]]

RECEIVE: Final = "receive"
SUPPLEMENT: Final = "supplement"
LASTS: Final = timedelta(minutes=4)
"""How long a run begins with further agencies: less than the five minutes to the next run, and than its time-out."""
OWES: Final = ("verify", "approve")
"""Lists on which a dossier stands that is due with its term: reception's clock is another one."""
EACH_HOUR: Final = 5
"""Minutes of an hour in which a run begins that also looks for apologies: one of twelve, as it reads more."""
MOST: Final = 200
"""Tasks of one list that a run marks: a backlog of one agency must not take the time of all others."""


@dataclass
class Swept:
    """What a run did: agencies looked at and left for the next run, tasks marked, and failures, which are logged.

    `receptions` counts those of them at reception, whose working hours are over (Decree 45/2020 Art. 11(3)),
    `apologies` dossiers of which the agency was told that the last day to apologise is there, `lapsed` dossiers that
    ended because a window of their applicant passed, `silent` questions to agencies, and drafts for applicants, that
    nobody answered in time, `missed` legs of bundles of which a time passed, `told` notices of what nobody did
    (originals not returned).
    """

    agencies: int = 0
    left: int = 0
    overdue: int = 0
    failed: int = 0
    apologies: int = 0
    lapsed: int = 0
    silent: int = 0
    missed: int = 0
    told: int = 0
    receptions: int = field(default=0, compare=False)

    @property
    def found(self) -> int:
        """Tasks whose time had passed, whatever came of it."""
        return self.overdue + self.lapsed + self.silent + self.missed


@dataclass(frozen=True)
class Sweep:
    """The use case of the schedule."""

    tasks: Overdue
    clock: Clock
    ends: Mapping[TaskKind, Callable[[TaskRow], bool]] = field(default_factory=dict)
    """What becomes of a task by its kind: an applicant's whose window passed, a leg's; the other kinds are marked."""
    tells: Mapping[str, Callable[[TaskRow], bool]] = field(default_factory=dict)
    """What is told once of what stands on a list past its time, by the list's name."""
    unheld: Unheld | None = None
    """Who tells of tasks that nobody took, or that lie; hourly, as it reads more."""
    recourse: Callable[[TaskRow], bool] | None = None
    """Who hands up those that nobody of their agency may do."""

    def run(self) -> Swept:
        """Look at every agency, or at as many as the time allows; the next run goes on where this one stopped."""
        begun, done, first = self.clock(), Swept(), self.tasks.left_off()
        order = _from(sorted(self.tasks.agencies()), first)
        for agency in order:
            if self.clock() - begun > LASTS:
                done.left = len(order) - done.agencies
                self.tasks.leave_off(agency)
                return done
            self._agency(agency, done, hourly=begun.minute < EACH_HOUR)
            done.agencies += 1
        if first:
            self.tasks.leave_off("")
        return done

    def _agency(self, agency: str, done: Swept, *, hourly: bool) -> None:
        for kind in (*SWEPT, *(each for each in self.ends if each not in SWEPT)):
            try:
                self._list(agency, kind, done)
                if kind in OWES and hourly:
                    done.apologies += self._apologies(agency, kind, done)
            except Exception as error:  # noqa: BLE001 - the other lists and agencies must not wait for this one
                log.trouble("list not swept", error, agency=agency, kind=kind)
                done.failed += 1

        for name, tell in self.tells.items():
            self._tell(agency, name, partial(self.tasks.overdue, agency, name, self.clock()), tell, done)
        if hourly and (unheld := self.unheld):
            for kind in LISTS:
                self._tell(agency, kind, partial(unheld.found, agency, kind), partial(self._see, unheld, agency), done)

    def _see(self, unheld: Unheld, agency: str, row: TaskRow) -> bool:
        """Whether something was told now of a task: what nobody took goes to who may do it, or it waits too long."""
        if row.claimed_by is None and self.recourse is not None and self.recourse(row):
            return True
        return unheld.tell(agency, row)

    def _tell(self, agency: str, name: str, rows: Rows, tell: Callable[[TaskRow], bool], done: Swept) -> None:
        enough = done.told + MOST
        try:
            for row in rows():
                try:
                    done.told += tell(row)
                except Exception as error:  # noqa: BLE001 - the other dossiers must not wait for this one
                    log.trouble("not told", error, agency=agency, kind=name, dossier=row.pk)
                    done.failed += 1
                if done.told == enough:
                    return
        except Exception as error:  # noqa: BLE001 - the other lists and agencies must not wait for this one
            log.trouble("list not swept", error, agency=agency, kind=name)
            done.failed += 1

    def _apologies(self, agency: str, kind: TaskKind, done: Swept) -> int:
        """Tell the agency of dossiers for which today is the last day to apologise; answers of how many."""
        now, told = self.clock(), 0
        for row in self.tasks.due_within(agency, kind, now, horizon(now, calendars.national())):
            try:
                told += self._owe(row)
            except Exception as error:  # noqa: BLE001 - the other dossiers must not wait for this one
                log.trouble("apology not told", error, agency=agency, kind=kind, dossier=row.pk)
                done.failed += 1
            if told == MOST:
                break
        return told

    def _owe(self, row: TaskRow) -> bool:
        """Tell it once of a dossier that may still be given a new date, unless its work of that day is going on yet."""

        def once() -> bool:
            dossier, now = self.tasks.dossier(row.pk), self.clock()
            last_day = owed_on(dossier.head, now, calendars.national()) if dossier else None
            if dossier is None or last_day is None or self._is_extended(row.pk):
                return False
            head = dossier.head
            event = ApologyOwed(
                reference=row.pk, agency=head.agency, due_at=head.due_at or "", last_day=last_day.isoformat()
            )
            change = self.tasks.change(dossier, now).tell(event, actor="sweep")
            change.move(apology_owed_at=stamp(now)).write()
            return True

        return record.settled(once)

    def _is_extended(self, reference: str) -> bool:
        dossier = self.tasks.dossier(reference, Part.CLOCK)
        return dossier is not None and any(mark.type == "extend" for mark in dossier.clock.marks)

    def _stands(self, reference: str) -> bool:
        """Whether the clock of a dossier stands: nobody is late meanwhile."""
        dossier = self.tasks.dossier(reference, Part.CLOCK, Part.PLAN)
        if dossier is None or dossier.head.accepted_at is None:
            return False
        return reckoned(dossier.head, term_of(dossier), dossier.clock).due_at is None

    def _list(self, agency: str, kind: TaskKind, done: Swept) -> None:
        enough, end = done.found + MOST, self.ends.get(kind)
        for row in self.tasks.overdue(agency, kind, self.clock()):
            try:
                if end:
                    ended = end(row)
                    done.lapsed += ended and kind == SUPPLEMENT
                    done.missed += ended and kind == CHILD
                    done.silent += ended and kind not in (SUPPLEMENT, CHILD)
                else:
                    marked = self._mark(row)
                    done.overdue += marked
                    done.receptions += marked and kind == RECEIVE
            except Exception as error:  # noqa: BLE001 - the other dossiers must not wait for this one
                log.trouble("task not marked", error, agency=agency, kind=kind, dossier=row.pk)
                done.failed += 1
            if done.found == enough:
                return

    def _mark(self, row: TaskRow) -> bool:
        """Mark a task of the list, unless it was done, moved or marked since the list was written."""

        def once() -> bool:
            dossier, now = self.tasks.dossier(row.pk, Part.TASKS), self.clock()
            task = dossier.task(row.leg, row.kind, row.round) if dossier else None
            if dossier is None or task is None or not task.is_open:
                return False
            if task.overdue_at or moment(task.due_at) >= now:
                return False
            waits = dossier.head.state in AWAITED or dossier.head.waits_for
            if waits and task.kind not in WAITS and self._stands(row.pk):
                return False
            event = TaskOverdue(
                reference=dossier.reference,
                leg=task.leg,
                kind=task.kind,
                agency=task.agency,
                opened_at=task.opened_at,
                due_at=task.due_at,
                round=task.round,
            )
            self.tasks.change(dossier, now).tell(event, actor="sweep").mark_overdue(task).write()
            return True

        return record.settled(once)


def _from(agencies: list[str], first: str) -> list[str]:
    """All agencies, those from `first` on before the others."""
    return [a for a in agencies if a >= first] + [a for a in agencies if a < first]
