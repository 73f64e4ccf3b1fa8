"""How the telling of the portal goes on: a step after the other, tries by a schedule, when somebody looks. Pure."""

from datetime import datetime, timedelta
from typing import Final

from msgspec.structs import replace

from chalicelib.dossier.synchronised import Outcome, PortalTry, Synchronisation
from chalicelib.kernel.clock import moment, stamp

LEASE: Final = timedelta(minutes=5)
"""How long one worker has a dossier for itself: longer than it goes on with one."""
WAITS: Final = tuple(timedelta(minutes=each) for each in (5, 30, 120, 300, 600, 840, 1_200, 1_440))
"""After each failed try: the schedule of the webhooks, 75 hours in all."""
SHOWN: Final = 12
"""Tries that are kept of one dossier."""
REFUSED: Final = "refused"
UNREACHABLE: Final = "unreachable"
BROKEN: Final = "broken"
ERASED: Final = "erased"


def is_due(sync: Synchronisation, now: datetime) -> bool:
    """Whether something is to be done for it."""
    return sync.due_at is not None and moment(sync.due_at) <= now


def is_late(sync: Synchronisation, minutes: int, now: datetime) -> bool:
    """Whether a step waits for longer than it may."""
    return sync.waits_since is not None and moment(sync.waits_since) + timedelta(minutes=minutes) < now


def begun(sync: Synchronisation, name: str, agency: str, now: datetime) -> Synchronisation:
    """A try is written down before it is made; `name` is the dossier's at the portal, `agency` who decides it."""
    attempts = (*sync.attempts, PortalTry(begun_at=stamp(now)))[-SHOWN:]
    return replace(sync, name=name, agency=agency, due_at=stamp(now + LEASE), tries=sync.tries + 1, attempts=attempts)


def nameless(sync: Synchronisation) -> Synchronisation:
    """It has no code yet: its next step brings it back."""
    return replace(sync, due_at=None)


def sending(sync: Synchronisation, step: int) -> Synchronisation:
    """This step is sent now: from here on nobody knows whether the portal has it."""
    return replace(sync, sending=step)


def unsent(sync: Synchronisation) -> Synchronisation:
    """The step was not sent after all."""
    return replace(sync, sending=None)


def told(sync: Synchronisation, step: int) -> Synchronisation:
    """The portal has a step; what failed before counts no more."""
    return replace(sync, told=step, is_there=True, sending=None, tries=1)


def finished(sync: Synchronisation, now: datetime) -> Synchronisation:
    """All steps that the log had are told; one that came meanwhile is due at once."""
    ended = _ended(sync, "told", now, sync.told)
    rests = sync.told >= sync.seen
    return replace(
        ended,
        again=False,
        tries=0,
        due_at=None if rests else stamp(now),
        waits_since=None if rests else sync.waits_since,
        synchronised_at=stamp(now),
    )


def put_off(sync: Synchronisation, now: datetime) -> Synchronisation:
    """This run has no time for more: the next one goes on."""
    return replace(_ended(sync, "told", now, sync.told), due_at=stamp(now), tries=0, sending=None)


def not_logged_in(sync: Synchronisation, now: datetime) -> Synchronisation:
    """The portal logs nobody in: that says nothing of this dossier and is no try of it. The next run goes on."""
    return replace(sync, due_at=stamp(now), tries=max(sync.tries - 1, 0), attempts=sync.attempts[:-1])


def failed(sync: Synchronisation, step: int, now: datetime) -> Synchronisation:
    """The portal was not reached, or nobody understands it: later again; after the end of the schedule a person looks.

    What was sent may be there: the portal is asked before it is sent again.
    """
    return _later(_ended(sync, "unreachable", now, step), UNREACHABLE, now)


def broken(sync: Synchronisation, agency: str | None, now: datetime) -> Synchronisation:
    """We break at it, before a try of it began or in one: by the same schedule, then a person looks, of its `agency`.

    Where nobody knows its agency it would stand on no list: it goes on being tried, each day.
    """
    if not sync.attempts or sync.attempts[-1].ended_at:
        attempts = (*sync.attempts, PortalTry(begun_at=stamp(now)))[-SHOWN:]
        sync = replace(sync, tries=sync.tries + 1, attempts=attempts)
    agency = sync.agency or agency
    tries = sync.tries if agency else min(sync.tries, len(WAITS))
    ended = _ended(replace(sync, agency=agency, tries=tries), "broken", now, sync.sending or sync.told)
    return _later(ended, BROKEN, now)


def refused(sync: Synchronisation, code: str, step: int, now: datetime) -> Synchronisation:
    """The portal does not take it: a person looks at once. What comes after it waits, so the order holds.

    It said so: nothing that was sent is in doubt.
    """
    return _parked(replace(_ended(sync, "refused", now, step), sending=None), REFUSED, code, now)


def erased(sync: Synchronisation, now: datetime) -> Synchronisation:
    """The dossier's content is destroyed: nothing can be told any more."""
    return replace(sync, due_at=None, parked_at=None, ended_at=stamp(now), why=ERASED)


def redelivered(sync: Synchronisation, now: datetime, *, has_step: bool | None = None) -> Synchronisation:
    """Somebody looked: what is parked begins again, and of what was told the dossier goes once more, without a step.

    `has_step` is what they found at the portal of a step in doubt; None: they do not say, or none is.
    """
    is_parked = sync.parked_at is not None
    if has_step is not None and sync.sending is not None:
        sync = replace(sync, told=sync.sending, is_there=True) if has_step else sync
        sync = replace(sync, sending=None)
    return replace(
        sync, again=sync.again or not is_parked, tries=0, due_at=stamp(now), parked_at=None, why=None, code=None
    )


def _later(sync: Synchronisation, why: str, now: datetime) -> Synchronisation:
    """By the schedule, as often as it was tried; at its end it is left to a person."""
    if sync.tries > len(WAITS):
        return _parked(sync, why, None, now)
    return replace(sync, due_at=stamp(now + WAITS[max(sync.tries - 1, 0)]))


def _parked(sync: Synchronisation, why: str, code: str | None, now: datetime) -> Synchronisation:
    return replace(sync, due_at=None, parked_at=stamp(now), why=why, code=code)


def _ended(sync: Synchronisation, outcome: Outcome, now: datetime, step: int) -> Synchronisation:
    """The last try ended so, at the step that it came to."""
    if not sync.attempts or sync.attempts[-1].ended_at:
        return sync
    last = replace(sync.attempts[-1], ended_at=stamp(now), outcome=outcome, step=step)
    return replace(sync, attempts=(*sync.attempts[:-1], last))
