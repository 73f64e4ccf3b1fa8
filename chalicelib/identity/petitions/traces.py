"""What of a petitioner a text shows: their name, number, telephone or e-mail. Pure.

Letters are compared without accents, in small letters, with whatever stands between them; numbers by their digits, and
a personal number by its keyed hash, as nothing else of it is kept.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, Literal

from chalicelib.identity.petitions.items import Asked
from chalicelib.kernel.access import holder_of

type Trace = Literal["name", "number", "phone", "email"]

_WORD: Final = re.compile(r"[a-z0-9]+")
_DIGITS: Final = re.compile(r"\+?\d(?:[\s.,()/\\_·–—-]*\d)+")
_EMAIL: Final = re.compile(r"[a-z0-9._%+-]+\s*@\s*[a-z0-9.-]+")
_SHORTEST_PHONE: Final = 8
_PERSONAL, _ORGANISATION, _BRANCH = 12, 10, 13
_LONG_NAME: Final = 8
"""Letters of a name from which on it is looked for within words too: a short one would be found in every text."""


def fold(text: str) -> str:
    """A text in small letters without accents."""
    plainer = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return "".join(each for each in plainer if not unicodedata.combining(each))


def words_in(text: str) -> list[str]:
    """Its words, without accents."""
    return _WORD.findall(fold(text))


def traces_of(text: str, asked: Asked, more: str, holders: frozenset[str]) -> list[Trace]:
    """What of a petitioner a text shows. `more`: what else they wrote; `holders`: the keyed hashes of their numbers."""
    found = list[Trace]()
    words, runs = words_in(text), list(_runs(text))
    if any(_says(words, words_in(name)) for name in (asked.name, asked.organisation) if name):
        found.append("name")
    if _says(words, words_in(asked.document.partition(":")[2])) or any(_is_theirs(run, holders) for run in runs):
        found.append("number")
    written = f"{asked.words}\n{more}"
    phones = {run for run in _runs(written) if len(run) >= _SHORTEST_PHONE}
    if any(phone in run for phone in phones for run in runs):
        found.append("phone")
    squeezed = "".join(fold(text).split())
    if any("".join(each.split()) in squeezed for each in _EMAIL.findall(fold(written))):
        found.append("email")
    return found


def _says(words: list[str], name: list[str]) -> bool:
    """Whether words have a name, as words of their own or, of a long name, with other gaps between its letters."""
    if not name:
        return False
    whole = "".join(name)
    return f" {' '.join(name)} " in f" {' '.join(words)} " or (len(whole) >= _LONG_NAME and whole in "".join(words))


def _runs(text: str) -> Iterator[str]:
    """Numbers of a text as digits, those of a telephone from Viet Nam with its 0."""
    for found in _DIGITS.findall(unicodedata.normalize("NFKC", text)):
        digits = "".join(each for each in found if each.isdecimal())
        yield f"0{digits[2:]}" if found.startswith("+84") else digits


def _is_theirs(run: str, holders: frozenset[str]) -> bool:
    """Whether digits have a person's number, or that of an organisation or its branch, anywhere among them."""
    parts = [run[at:] for at in range(len(run))]
    named = (("CITIZEN", part[:_PERSONAL]) for part in parts if len(part) >= _PERSONAL)
    whole = (("ORGANISATION", part[:_ORGANISATION]) for part in parts if len(part) >= _ORGANISATION)
    branch = (
        ("ORGANISATION", f"{part[:_ORGANISATION]}-{part[_ORGANISATION:_BRANCH]}")
        for part in parts
        if len(part) >= _BRANCH
    )
    return any(holder_of(kind, number) in holders for some in (named, whole, branch) for kind, number in some)
