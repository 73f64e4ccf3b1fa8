"""The due date of a dossier whose clock stopped, began anew or was extended."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Final

import msgspec

from chalicelib.law import intervals as listed
from chalicelib.law import reckoning_words as words
from chalicelib.law.calendars import Calendar
from chalicelib.law.clock import counted, due, is_provisional
from chalicelib.law.clock_events import ClockEvent, Refusal, Refused
from chalicelib.law.explain import Basis
from chalicelib.law.intervals import Interval
from chalicelib.law.policy import LITERAL, ClockPolicy, local
from chalicelib.law.reckoning_words import ExplainedReckoning
from chalicelib.law.stops import Stop, StopReason
from chalicelib.law.terms import Language, Term, Unit

# No unit is shorter: before so much has passed no term can have ended, and no due date need be counted.
_AT_LEAST: Final = {
    "wd": timedelta(days=1),
    "d": timedelta(days=1),
    "m": timedelta(days=28),
    "wh": timedelta(hours=1),
    "h": timedelta(hours=1),
}


@lru_cache(maxsize=1024)
def _at_least(amount: int, unit: Unit) -> timedelta:
    return amount * _AT_LEAST[unit]


_MOMENT: Final = itemgetter(0)


class Reckoning(msgspec.Struct, frozen=True, gc=False):
    """When a term ends after all that happened, and what is needed to say why.

    `due_at` is in Vietnamese time; None while the clock stands, and then `stands_for` has the reasons in the order in
    which they came up, and `stands_since` the moment. `refused`: what changed nothing. `begun_anew`: each reception
    that a restart ended, with the moment of that. `stages`: the term counted from its last reception, and the extension
    counted on from it.
    """

    due_at: datetime | None
    provisional: bool
    stages: tuple[Basis, ...]
    stands_for: tuple[StopReason, ...] = ()
    stands_since: datetime | None = None
    refused: tuple[Refused, ...] = ()
    begun_anew: tuple[tuple[datetime, datetime], ...] = ()
    extended: ClockEvent | None = None
    extended_late: bool = False

    @property
    def intervals(self) -> tuple[Interval, ...]:
        """From the reception to the due moment, or where the clock stands: what counted or not, and why."""
        return listed.intervals(self.stages, self.stands_since, self.stands_for, self.begun_anew)

    def explain(self, language: Language = "vi") -> ExplainedReckoning:
        """The whole reckoning in Vietnamese or English."""
        return words.explained(self, language)


class Recomputed(msgspec.Struct, frozen=True):
    """A dossier's due date reckoned again: `moved` says that it is not the one that was told."""

    due_at: datetime | None
    provisional: bool
    moved: bool


def reckon(
    received: datetime,
    term: Term,
    events: Iterable[ClockEvent] = (),
    *,
    calendar: Calendar,
    policy: ClockPolicy = LITERAL,
) -> Reckoning:
    """When a term that begins with this reception ends, after what happened since.

    Events may come in any order; those of one moment hold in the order given. Times of any zone are taken in. Without
    events it is `due`. Raises NaiveTime. Begin anew, extension: Decree 61/2018 Art. 19(4), 19(9); what does not count:
    Decree 63/2024 as amended by Decree 301/2026, Art. 4(7).
    """
    told = tuple(events)
    if not told:
        found = due(received, term, calendar=calendar, policy=policy)
        return Reckoning(found.due_at, found.provisional, (found.basis,))
    return _lived(_begun(local(received), term, calendar, policy), in_order(told)).reckoned()


def recompute(
    told: datetime | None,
    received: datetime,
    term: Term,
    events: Iterable[ClockEvent] = (),
    *,
    calendar: Calendar,
    policy: ClockPolicy = LITERAL,
) -> Recomputed:
    """A dossier's due date by this calendar, and whether it moved from the one that was told (None: the clock stood).

    For when a calendar is published: the same received time, term and events, and another calendar. Raises NaiveTime.
    """
    found = reckon(received, term, events, calendar=calendar, policy=policy)
    return Recomputed(found.due_at, found.provisional, moved=found.due_at != (local(told) if told else None))


def in_order(events: Sequence[ClockEvent]) -> Iterable[tuple[datetime, ClockEvent]]:
    """Events by their moment in Vietnamese time; those of one moment stay as given. Raises NaiveTime."""
    return sorted([(local(event.at), event) for event in events], key=_MOMENT)


class _Life(msgspec.Struct, gc=False):
    """The clock of one dossier while its events are read, in order; nothing has happened at first."""

    received: datetime
    since: datetime
    extended_at: datetime
    surely_runs: datetime
    term: Term
    calendar: Calendar
    policy: ClockPolicy
    stops: tuple[Stop, ...] = ()
    standing: tuple[StopReason, ...] = ()
    stood_for: tuple[StopReason, ...] = ()  # the reasons since the clock stopped last, over or not
    extension: ClockEvent | None = None
    used: bool = False  # the one extension
    late: bool = False
    is_first_over: bool = False
    first: Basis | None = None  # the term without its extension, until a stop makes it longer
    refused: tuple[Refused, ...] = ()
    begun_anew: tuple[tuple[datetime, datetime], ...] = ()

    def reckoned(self) -> Reckoning:
        """What all events that were read come to."""
        stages = self._stages()
        last: datetime | None = None
        since: datetime | None = self.since
        provisional = False
        if not self.standing:
            last, since = _last(stages), None
            provisional = not self.calendar.published_between(self.received, last) and any(map(is_provisional, stages))
        return Reckoning(
            last, provisional, stages, self.standing, since, self.refused, self.begun_anew, self.extension, self.late
        )

    def stop(self, at: datetime, event: ClockEvent) -> Refusal | None:
        assert event.reason is not None
        if event.reason in self.standing:
            return "stands_already"
        if not self.standing:
            if at >= self.surely_runs and at >= _last(self._stages()):
                return "after_end"
            if self.extension is not None and at >= self._first().end:
                self.is_first_over = True  # what stands from here on is the extension's alone
            self.since, self.stood_for = at, ()
            if self.stops and (last := self.stops[-1]).ends == at:
                self.since, self.stood_for, self.stops = last.begins, last.reasons, self.stops[:-1]
        self.standing += (event.reason,)
        if event.reason not in self.stood_for:
            self.stood_for += (event.reason,)
        return None

    def resume(self, at: datetime, event: ClockEvent) -> Refusal | None:
        if event.reason not in self.standing:
            return "stands_not"
        alone = len(self.standing) == 1
        self.standing = () if alone else tuple([each for each in self.standing if each != event.reason])
        if alone and at > self.since:
            self.stops += (Stop(self.since, at, self.stood_for),)
            if not self.is_first_over:
                self.first = None
        return None

    def extend(self, at: datetime, event: ClockEvent) -> Refusal | None:
        if self.used:
            return "extension_second"
        late = False
        if not self.standing and (day := at.toordinal()) >= self.surely_runs.toordinal():
            late = day >= self._first().end.toordinal()
        if late and self.policy.late_extension == "refused":
            return "extension_late"
        self.extension, self.extended_at, self.used, self.late = event, at, True, late
        return None

    def restart(self, at: datetime) -> "_Life":
        anew = _begun(at, self.term, self.calendar, self.policy)
        anew.used, anew.refused = self.used, self.refused
        anew.begun_anew = (*self.begun_anew, (self.received, at))
        return anew

    def _first(self) -> Basis:
        if self.first is None:
            self.first = counted(self.received, self.term, self.calendar, self.policy, self.stops)
        return self.first

    def _stages(self) -> tuple[Basis, ...]:
        first = self._first()
        if self.extension is None or self.extension.term is None:
            return (first,)
        stops, policy = self.stops, self.policy
        begins = first.end if policy.extension_from == "due" else self.extended_at
        if stops and stops[0].ends <= begins:  # what stood before it has had its effect
            stops = () if stops[-1].ends <= begins else tuple([stop for stop in stops if stop.ends > begins])
        if policy.cutoff is not None:
            policy = policy.without_cutoff
        return (first, counted(begins, self.extension.term, self.calendar, policy, stops))


def _begun(received: datetime, term: Term, calendar: Calendar, policy: ClockPolicy) -> _Life:
    surely_runs = received + _at_least(term.amount, term.unit)
    return _Life(received, received, received, surely_runs, term, calendar, policy)


def _lived(life: _Life, events: Iterable[tuple[datetime, ClockEvent]]) -> _Life:
    """The clock after these events, in order; one that changes nothing is kept as refused."""
    for at, event in events:
        kind = event.type
        if kind == "stop":
            why = life.stop(at, event)
        elif kind == "resume":
            why = life.resume(at, event)
        elif kind == "extend":
            why = life.extend(at, event)
        else:
            life, why = life.restart(at), None
        if why is not None:
            life.refused += (Refused(event, why),)
    return life


def _last(stages: tuple[Basis, ...]) -> datetime:
    """The due moment: an extension from its notice never makes it earlier than it was."""
    return stages[0].end if len(stages) == 1 else max(stages[0].end, stages[1].end)
