"""A length of time between systems: minutes, which no statutory term has, or a statutory term."""

from datetime import datetime, timedelta
from typing import Final

from chalicelib.law import calendars, clock
from chalicelib.law.terms import BadTerm, Term

MINUTES: Final = "min"
LONGEST: Final = 1440
"""Minutes of a day: what takes longer is a statutory term."""


def minutes_of(span: str) -> int | None:
    """So many minutes, as in `10min`; None for anything else."""
    amount = span.removesuffix(MINUTES)
    if amount == span or not amount.isascii() or not amount.isdecimal() or not 0 < int(amount) <= LONGEST:
        return None
    return int(amount)


def is_span(span: str) -> bool:
    """Whether it can be reckoned."""
    if minutes_of(span) is not None:
        return True
    try:
        Term.parse(span)
    except BadTerm:
        return False
    return True


def ends_at(span: str, begins: datetime) -> datetime:
    """When it ends that begins then, by the national calendar. Raises BadTerm, NaiveTime."""
    minutes = minutes_of(span)
    if minutes is not None:
        return begins + timedelta(minutes=minutes)
    return clock.due(begins, Term.parse(span), calendar=calendars.national()).due_at
