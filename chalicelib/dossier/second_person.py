"""Wherever two officers are asked for: a second one is a person whose number is known, and not the first one's.

The one rule of all such acts. A number is known by a token or by a staff list, and kept as a keyed hash. Where that of
either is not known, nobody can say that they are two: the act is refused, whatever day the stage names for others.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Final, Literal, NamedTuple

from chalicelib.kernel.access import Principal, is_same_person
from chalicelib.kernel.ids import keyed_hash
from chalicelib.kernel.problem import DomainError, SecondUnknown

type Lookup = Callable[[str], Collection[str]]
"""The personal numbers (keyed hashes) that a staff list has of an account, which is a subject or its keyed hash."""

WITHOUT: Final = "?"
"""Stands among the numbers of who did something before the keyed hash of an account of which none was known."""


class Judged(NamedTuple):
    """Whether an officer is another person than who did something, and else whose number is missing (keyed hash)."""

    said: Literal["other", "same", "first", "second"]
    officer: str = ""


class Doer(NamedTuple):
    """An officer as somebody who does something: by which names their account stands in records, and their numbers."""

    accounts: tuple[str, ...]
    numbers: frozenset[str]


def doer_of(who: Principal) -> Doer:
    """An officer who is asking: by their subject and its keyed hash."""
    return Doer((keyed_hash("officer", who.subject), who.subject), who.numbers)


def unlisted(_account: str) -> Collection[str]:
    """The lookup of whoever has no staff list to ask."""
    return ()


def with_numbers(kept: Iterable[str], who: Principal) -> tuple[str, ...]:
    """The numbers of all who did something, with those of one more; or that of this account none was known."""
    mark = WITHOUT + keyed_hash("officer", who.subject)
    return tuple(sorted({*kept} - {mark} | (who.numbers or {mark})))


def judge(by: Doer, accounts: Collection[str], numbers: Iterable[str], find: Lookup = unlisted) -> Judged:
    """Whether an officer is another person than all of these accounts, whose numbers were kept when they did it.

    `find` is asked only for whose number is missing.
    """
    kept = frozenset(numbers)
    known, own = frozenset(each for each in kept if not each.startswith(WITHOUT)), by.numbers
    if any(is_same_person(mine, own, each, known) for mine in by.accounts for each in accounts):
        return Judged("same")
    own = own or frozenset(find(by.accounts[0]))
    if not own:
        return Judged("second", by.accounts[0])
    for each in sorted({name.removeprefix(WITHOUT) for name in kept - known} or ([] if known else accounts)):
        found = frozenset(find(each))
        if not found:
            return Judged("first", each)
        known |= found
    return Judged("other") if own.isdisjoint(known) else Judged("same")


def require_second(
    by: Doer, accounts: Collection[str], numbers: Iterable[str], same: DomainError, find: Lookup = unlisted
) -> None:
    """Raise `same` where an officer is one of those who did it, SecondUnknown where nobody can say it."""
    require_other(judge(by, accounts, numbers, find), same)


def require_other(judged: Judged, same: DomainError) -> None:
    """Raise `same` or SecondUnknown where an officer was judged to be no other person."""
    if judged.said == "same":
        raise same
    if judged.said != "other":
        raise SecondUnknown(whose=judged.said, officer=judged.officer)
