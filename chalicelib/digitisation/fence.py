"""Who had a paper in hand: where its record stands, which names who saw to it, and who asked for the form of its file.

A complaint about a dossier asks there, as the dossier's own log says of none of them that they did anything in it.
"""

import re
from typing import Final

from chalicelib.dossier.hands import Hand
from chalicelib.kernel.settings import setting

TABLE: Final = setting("MOTCUA_MESSAGES_TABLE", "Table of copies, conversions and signed data messages.")
_BY: Final = "by-"
_BETWEEN: Final = "-"
_HAND: Final = re.compile(r"by(-[0-9a-f]{32})+")


def paper_key(reference: str, component: str) -> str:
    """Where the record of a paper stands."""
    return f"PAPER#{reference}#{component}"


def hand_folder(by: Hand) -> str:
    """The folder of a batch that names who asked for the form of what is dropped there."""
    return f"{_BY}{_BETWEEN.join((by.officer, *by.numbers))}"


def without_hand(key: str) -> str:
    """The key of an object as colleagues read it: without who asked for its form."""
    return "/".join(part for part in key.split("/") if hand_in(part) is None)


def dropped_by(key: str) -> Hand | None:
    """Who asked for the form of an object; None where a system or a scanner put it there by itself."""
    return next(filter(None, map(hand_in, key.split("/"))), None)


def hand_in(folder: str) -> Hand | None:
    """Who asked for a form, by the folder that we put into the object's key."""
    if not _HAND.fullmatch(folder):
        return None
    officer, *numbers = folder.removeprefix(_BY).split(_BETWEEN)
    return Hand(officer=officer, numbers=tuple(numbers))
