"""How the telling of the ID app goes on: tries by a schedule, times of the law, when somebody looks. Pure."""

from datetime import datetime, timedelta
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.dossier.integrated import AppPaper, AppTry, Outcome, placed, revised
from chalicelib.kernel.clock import moment, stamp
from chalicelib.law import calendars, clock
from chalicelib.law.rules import AppTimes
from chalicelib.law.terms import Term

LEASE: Final = timedelta(minutes=5)
"""How long one worker has a paper for itself: longer than both calls of the app may last."""
WAITS: Final = tuple(timedelta(minutes=each) for each in (1, 2, 5, 30, 120, 300, 600, 840, 1_200, 1_440))
"""After each failed try: 75 hours in all. The first ones are short: what its owner asked for has five minutes."""
SHOWN: Final = 12
"""Tries that are kept of one paper."""
KEYS_KEPT: Final = 20
"""Acts that a paper remembers, so that the same one again changes nothing."""
LATE: Final = "late"
ERASED: Final = "erased"
NO_DOSSIER: Final = "holder_unknown"
ANOTHERS: Final = "kept_for_another"
NO_LEVELS: Final = "no_levels"


class AppWord(Struct, frozen=True, kw_only=True):
    """What the app says of a revision: it has it, it took it and will have it, it refuses it."""

    state: Literal["integrated", "taken", "refused"]


def parcel_id(paper: AppPaper, revision: int) -> str:
    """The name of a revision at the app: the same at each try."""
    return f"{paper.id}.{revision}"


def is_due(paper: AppPaper, now: datetime) -> bool:
    """Whether something is to be done for it."""
    return paper.due_at is not None and moment(paper.due_at) <= now


def due_by(paper: AppPaper, times: AppTimes | None) -> datetime | None:
    """By when the app has to have it; None where it has it, or no law of that day says so.

    By itself from when its vault had it, sooner where its owner asked; by hand where it was parked, longer.
    """
    if times is None or paper.is_told or paper.ended_at or paper.since is None:
        return None
    since = moment(paper.since)
    if paper.parked_at:
        return clock.due(since, Term.parse(times.by_hand), calendar=calendars.national()).due_at
    end = since + timedelta(hours=times.hours)
    return min(end, moment(paper.asked_at) + timedelta(minutes=times.asked_minutes)) if paper.asked_at else end


def is_late(paper: AppPaper, times: AppTimes | None, now: datetime) -> bool:
    """Whether its time passed."""
    end = due_by(paper, times)
    return end is not None and end < now


def begun(paper: AppPaper, now: datetime) -> AppPaper:
    """A try is written down before it is made; from here on nobody knows whether the app has the revision."""
    attempts = (*paper.attempts, AppTry(begun_at=stamp(now), revision=paper.revision))[-SHOWN:]
    after = replace(paper, due_at=stamp(now + LEASE), tries=paper.tries + 1, attempts=attempts, sent=paper.revision)
    return placed(after)


def answered(paper: AppPaper, made: AppTry, word: AppWord, now: datetime, times: AppTimes | None) -> AppPaper:
    """The app said something of the revision of a try."""
    if word.state == "refused":
        return _refused(paper, made, now)
    if word.state == "taken":
        taken = replace(_ended(paper, made, "taken", now), taken=max(paper.taken, made.revision))
        return _later(taken, "silent", now, times)
    after = replace(
        _ended(paper, made, "integrated", now), told=max(paper.told, made.revision), integrated_at=stamp(now), tries=0
    )
    return _rested(after, now, made.begun_at)


def failed(
    paper: AppPaper, made: AppTry, outcome: Literal["unreachable", "broken"], now: datetime, times: AppTimes | None
) -> AppPaper:
    """The app was not reached, or we break at it: later again; after the end of the schedule a person looks."""
    return _later(_ended(paper, made, outcome, now), outcome, now, times)


def parked(paper: AppPaper, why: str, now: datetime) -> AppPaper:
    """A person has to look. The clock looks once more, when the time for doing it by hand passed."""
    return placed(replace(paper, parked_at=stamp(now), why=why, due_at=stamp(now)))


def watched(paper: AppPaper, times: AppTimes | None) -> AppPaper:
    """What is parked is due again when its time passes; told of it, no more."""
    end = None if paper.late_at else due_by(paper, times)
    return placed(replace(paper, due_at=stamp(end) if end else None))


def late(paper: AppPaper, now: datetime) -> AppPaper:
    """That its time passed is told."""
    return placed(replace(paper, late_at=stamp(now)))


def ended(paper: AppPaper, why: str, now: datetime) -> AppPaper:
    """The app is not told of it any more, or was never to be."""
    return placed(replace(paper, ended_at=stamp(now), why=why, due_at=None, parked_at=None))


def by_hand(paper: AppPaper, now: datetime) -> AppPaper:
    """An officer put it there by hand."""
    after = replace(paper, told=paper.revision, by_hand_at=stamp(now), integrated_at=stamp(now), tries=0)
    return _rested(after, now)


def again(paper: AppPaper, now: datetime) -> AppPaper:
    """Somebody looked: it begins again, and asks first whether the app has it."""
    return placed(replace(paper, parked_at=None, why=None, tries=0, due_at=stamp(now)))


def shown(paper: AppPaper, now: datetime) -> AppPaper:
    """Its owner wants it shown."""
    return revised(replace(paper, shown=True), stamp(now), stamp(now), asked=True)


def hidden(paper: AppPaper, now: datetime) -> AppPaper:
    """Its owner wants it shown no more."""
    return revised(replace(paper, shown=False), stamp(now), stamp(now), asked=True)


def remembered(paper: AppPaper, key: tuple[str, str]) -> AppPaper:
    """The act that changed it is known when it comes again."""
    return replace(paper, keys=(*paper.keys, key)[-KEYS_KEPT:])


def _refused(paper: AppPaper, made: AppTry, now: datetime) -> AppPaper:
    """A person has to look, unless a newer revision came meanwhile: that one is told at once, by whoever has it."""
    after = _ended(paper, made, "refused", now)
    if made.revision == paper.revision:
        return parked(after, "refused", now)
    return placed(replace(after, due_at=stamp(now), tries=0)) if paper.attempts[-1] == made else after


def _rested(paper: AppPaper, now: datetime, begun_at: str = "") -> AppPaper:
    """The app has a revision: one that came since its try was begun is due at once, with a time of its own."""
    asked_at = paper.asked_at if paper.asked_at and paper.asked_at >= begun_at else None
    rests = paper.is_told
    return placed(
        replace(
            paper,
            due_at=None if rests else stamp(now),
            since=None if rests else max(paper.at, asked_at or ""),
            asked_at=None if rests else asked_at,
            parked_at=None,
            late_at=None,
            why=None,
        )
    )


def _later(paper: AppPaper, why: str, now: datetime, times: AppTimes | None) -> AppPaper:
    """By the schedule, as often as it was tried; at its end it is left to a person. A newer revision goes at once.

    When the time of the law ends before that, the next try is made then: so that what is late is told at once.
    """
    if paper.sent < paper.revision:
        return placed(replace(paper, due_at=stamp(now), tries=0))
    if paper.tries > len(WAITS):
        return parked(paper, why, now)
    following, end = now + WAITS[max(paper.tries - 1, 0)], None if paper.late_at else due_by(paper, times)
    if end and now <= end < following:
        return placed(replace(paper, due_at=stamp(end)))
    return placed(replace(paper, due_at=stamp(following)))


def _ended(paper: AppPaper, made: AppTry, outcome: Outcome, now: datetime) -> AppPaper:
    """That try ended so."""
    closed = replace(made, ended_at=stamp(now), outcome=outcome)
    return replace(paper, attempts=tuple(closed if each == made else each for each in paper.attempts))
