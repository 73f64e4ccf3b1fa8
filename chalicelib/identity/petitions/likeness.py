"""Texts in one form, in which what looks alike is alike: no letter of another script, accent or sign hides a name.

Composed and wide forms are taken apart, accents and what is not seen are left out, letters become the Latin letter that
they look like (`data/lookalikes.json`, from Unicode's list of confusables), digits of every script become 0 to 9, all
in small letters. Pure.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Final

import msgspec

_WORD: Final = re.compile(r"[^\W_]+")
_TOKEN: Final = re.compile(r"\S+")
_LATIN: Final = re.compile(r"LATIN (?:SMALL |CAPITAL )?LETTER (?:SMALL CAPITAL )?([A-Z])(?: WITH .+)?")
_SIGNS: Final = str.maketrans("@0134578$!|", "aoieastbsii")
"""Signs and digits that are written in the place of a letter, within a word of letters."""
_FIGURES: Final = str.maketrans("oil|", "0111")
"""Letters that are written in the place of a digit, among digits; I and l are one letter here."""
_CROSSED: Final = frozenset("ÐðƉɖ")
"""Letters that keyboards and fonts write in the place of đ, which the list of confusables does not have."""
_FILLERS: Final = frozenset("\u115f\u1160")
_DIGITS: Final = re.compile(
    r"(?:[0-9]|(?<![a-z])(?:o(?=[\s.o]{0,3}[0-9])|[il|](?=[0-9])))(?:[\s.,()/\\_·–—+-]*[0-9oil|])+"
)
_LEAST_DIGITS: Final = 6
_LONG_NAME: Final = 8
"""Letters of a name from which on it is looked for within words too: a short one would be found in every text."""
_SHUFFLED: Final = 4
"""Words of a name up to which every order of them is looked for without gaps; of a longer one the order as it is."""


class _Alike(msgspec.Struct, frozen=True):
    source: str
    letters: dict[str, str]


def skeleton(text: str) -> str:
    """A text in the form in which what looks alike is alike."""
    return "".join(map(_plain, unicodedata.normalize("NFKD", text)))


@cache
def _plain(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    if unicodedata.category(letter) in {"Mn", "Me", "Mc", "Cf"} or letter in _FILLERS:
        return ""
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return str(digit)
    if alike := _alike().get(letter):
        return alike
    if letter in _CROSSED:
        return "d"
    latin = _LATIN.fullmatch(unicodedata.name(letter, ""))
    return latin[1].lower() if latin else letter.casefold()


@cache
def _alike() -> dict[str, str]:
    read = msgspec.json.decode((Path(__file__).parent / "data" / "lookalikes.json").read_bytes(), type=_Alike)
    return {letter: latin for latin, letters in read.letters.items() for letter in letters}


def words_in(text: str) -> list[str]:
    """The words of a text in that form; `I` and `l` are one letter."""
    return _WORD.findall(skeleton(text).replace("l", "i"))


def disguised_in(text: str) -> list[str]:
    """The same words, read so that a sign or digit within a word is the letter that it stands for: `Ph@m`."""
    read = _TOKEN.sub(_letters_of, skeleton(text))
    return _WORD.findall(read.replace("l", "i"))


def _letters_of(token: re.Match[str]) -> str:
    """A word of letters with the letters that its signs stand for; one without a letter is a number and stays so."""
    return token[0].translate(_SIGNS) if any(each.isalpha() for each in token[0]) else token[0]


def says_name(text: str, name: str) -> bool:
    """Whether a text has a name, in whatever order its words stand, and with what else between its letters."""
    wanted = words_in(name)
    return any(_has_name(words, wanted) for words in (words_in(text), disguised_in(text)))


def _has_name(words: Sequence[str], name: Sequence[str]) -> bool:
    if not name:
        return False
    wanted, width = Counter(name), len(name)
    one_more = width > 2  # noqa: PLR2004 - a third word between two would be found in every text
    if any(not wanted - Counter(words[at : at + width + one_more]) for at in range(len(words) - width + 1)):
        return True
    if len("".join(name)) < _LONG_NAME:
        return False
    orders = permutations(name) if width <= _SHUFFLED else [name]
    text = "".join(words)
    return any("".join(order) in text for order in orders)


def says_words(words: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether words stand among others in their order, as words of their own or, of long ones, with other gaps."""
    if not wanted:
        return False
    whole = "".join(wanted)
    is_there = f" {' '.join(wanted)} " in f" {' '.join(words)} "
    return is_there or (len(whole) >= _LONG_NAME and whole in "".join(words))


def runs_in(text: str) -> Iterator[str]:
    """The numbers of a text as digits, with whatever stands between these; `O` and `l` among digits are digits."""
    for found in _DIGITS.findall(skeleton(text)):
        if sum(each.isdecimal() for each in found) >= _LEAST_DIGITS:
            yield "".join(each for each in found.translate(_FIGURES) if each.isdecimal())
