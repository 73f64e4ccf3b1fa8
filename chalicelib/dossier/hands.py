"""An officer as somebody who did something in a dossier, by whom a second one is told from the first."""

import msgspec

from chalicelib.kernel.access import Principal
from chalicelib.kernel.ids import keyed_hash
from chalicelib.kernel.problem import SecondUnknown


class Hand(msgspec.Struct, frozen=True, kw_only=True):
    """An officer (keyed hash) who did something, and their personal number as it was known then (keyed hashes)."""

    officer: str
    numbers: tuple[str, ...] = ()


def hand_of(who: Principal) -> Hand:
    """An officer as somebody who did something."""
    return Hand(officer=keyed_hash("officer", who.subject), numbers=tuple(sorted(who.numbers)))


def counted(who: Principal) -> Hand:
    """The same of an officer from whom a second person is to be told. Raises SecondUnknown without a number."""
    hand = hand_of(who)
    if not hand.numbers:
        raise SecondUnknown(whose="first", officer=hand.officer)
    return hand
