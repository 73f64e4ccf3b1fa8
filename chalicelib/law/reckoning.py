"""The due date of a dossier whose clock stopped, began anew or was extended."""

from collections.abc import Iterable, Sequence
from datetime import datetime

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
from chalicelib.law.terms import Language, Term


class Reckoning(msgspec.Struct, frozen=True):
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
    life = _Life(local(received), term, calendar, policy)
    for at, event in in_order(told):
        life.read(at, event)
    return life.reckoned()


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


def in_order(events: Sequence[ClockEvent]) -> list[tuple[datetime, ClockEvent]]:
    """Events by their moment in Vietnamese time; those of one moment stay as given. Raises NaiveTime."""
    timed = [(local(event.at), event) for event in events]
    timed.sort(key=_moment)
    return timed


def _moment(timed: tuple[datetime, ClockEvent]) -> datetime:
    return timed[0]


class _Life:
    """The clock of one dossier while its events are read, in order."""

    __slots__ = (
        "anew", "calendar", "extended_at", "extension", "first", "is_first_over", "late", "policy", "received",
        "refused", "since", "standing", "stood_for", "stops", "term", "used",
    )  # fmt: skip

    def __init__(self, received: datetime, term: Term, calendar: Calendar, policy: ClockPolicy) -> None:
        self.term, self.calendar, self.policy = term, calendar, policy
        self.refused: list[Refused] = []
        self.anew: list[tuple[datetime, datetime]] = []
        self.used = False
        self._begin(received)

    def _begin(self, received: datetime) -> None:
        self.received, self.since = received, received
        self.stops: tuple[Stop, ...] = ()
        self.standing: list[StopReason] = []
        self.stood_for: list[StopReason] = []
        self.extension: ClockEvent | None = None
        self.extended_at = received
        self.late = False
        self.first: Basis | None = None
        self.is_first_over = False

    def read(self, at: datetime, event: ClockEvent) -> None:
        """Let one event change the clock, or keep it as refused."""
        if event.type == "stop":
            why = self._stop(at, event)
        elif event.type == "resume":
            why = self._resume(at, event)
        elif event.type == "extend":
            why = self._extend(at, event)
        else:
            why = self._restart(at)
        if why is not None:
            self.refused.append(Refused(event, why))

    def reckoned(self) -> Reckoning:
        """What all events that were read come to."""
        stages = self._stages()
        stands = bool(self.standing)
        return Reckoning(
            due_at=None if stands else _last(stages),
            provisional=not stands and any(map(is_provisional, stages)),
            stages=stages,
            stands_for=tuple(self.standing),
            stands_since=self.since if stands else None,
            refused=tuple(self.refused),
            begun_anew=tuple(self.anew),
            extended=self.extension,
            extended_late=self.late,
        )

    def _stop(self, at: datetime, event: ClockEvent) -> Refusal | None:
        assert event.reason is not None
        if event.reason in self.standing:
            return "stands_already"
        if not self.standing:
            if at >= _last(self._stages()):
                return "after_end"
            if self.extension is not None and at >= self._first().end:
                self.is_first_over = True  # what stands from here on is the extension's alone
            self.since, self.stood_for = at, []
            if self.stops and self.stops[-1].ends == at:
                self.since, reasons = self.stops[-1].begins, self.stops[-1].reasons
                self.stood_for = list(reasons)
                self.stops = self.stops[:-1]
        self.standing.append(event.reason)
        if event.reason not in self.stood_for:
            self.stood_for.append(event.reason)
        return None

    def _resume(self, at: datetime, event: ClockEvent) -> Refusal | None:
        if event.reason not in self.standing:
            return "stands_not"
        self.standing.remove(event.reason)
        if not self.standing and at > self.since:
            self.stops += (Stop(self.since, at, tuple(self.stood_for)),)
            if not self.is_first_over:
                self.first = None
        return None

    def _extend(self, at: datetime, event: ClockEvent) -> Refusal | None:
        if self.used:
            return "extension_second"
        late = not self.standing and at.toordinal() >= self._first().end.toordinal()
        if late and self.policy.late_extension == "refused":
            return "extension_late"
        self.extension, self.extended_at, self.used, self.late = event, at, True, late
        return None

    def _restart(self, at: datetime) -> Refusal | None:
        if at < self.received:
            return "before_reception"
        self.anew.append((self.received, at))
        self._begin(at)
        return None

    def _first(self) -> Basis:
        if self.first is None:
            self.first = counted(self.received, self.term, self.calendar, self.policy, self.stops)
        return self.first

    def _stages(self) -> tuple[Basis, ...]:
        first = self._first()
        if self.extension is None or self.extension.term is None:
            return (first,)
        begins = first.end if self.policy.extension_from == "due" else self.extended_at
        stops = tuple(stop for stop in self.stops if stop.ends > begins)  # what stood before it has had its effect
        policy = self.policy.without_cutoff
        return (first, counted(begins, self.extension.term, self.calendar, policy, stops))


def _last(stages: tuple[Basis, ...]) -> datetime:
    """The due moment: an extension from its notice never makes it earlier than it was."""
    return stages[0].end if len(stages) == 1 else max(stages[0].end, stages[1].end)
