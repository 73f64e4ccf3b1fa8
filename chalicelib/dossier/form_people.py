"""Whom a form names by their personal number: by the beginnings of keyed hashes, for HEAD stays under a kilobyte. Pure.

Two of these agree by chance once in 2^32 pairs; then an officer is refused what is not their own, and nothing opens.
"""

from collections.abc import Collection, Iterable
from typing import Final

SIGNS: Final = 8
"""Letters of a keyed hash that are kept; with more of them the papers of a birth are longer than a kilobyte."""
MOST: Final = 12
"""People whom HEAD keeps of one form, the first ones: a bound of ours."""


def beginning(person: str) -> str:
    """What stands for somebody (keyed hash) here."""
    return person[:SIGNS]


def together(people: Iterable[str]) -> str | None:
    """People (keyed hashes or their beginnings) as one text, each once, the first ones; None of nobody."""
    return "".join(list(dict.fromkeys(map(beginning, people)))[:MOST]) or None


def apart(text: str | None) -> tuple[str, ...]:
    """The beginnings in such a text."""
    whole = text or ""
    return tuple(whole[at : at + SIGNS] for at in range(0, len(whole), SIGNS))


def others(named: str | None, people: Iterable[str]) -> str | None:
    """Of those who are named, who is not among people (keyed hashes), as one text; None where nobody is left."""
    own = {beginning(each) for each in people}
    return together(each for each in apart(named) if each not in own)


def is_among(persons: Iterable[str], people: Collection[str]) -> bool:
    """Whether one of these persons (keyed hashes) is among people, who are keyed hashes or their beginnings."""
    return any(each in people or beginning(each) in people for each in persons)
