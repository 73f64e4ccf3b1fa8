"""Syllables of Vietnamese text, each with its accents and without."""

import functools
import re
import unicodedata
from collections.abc import Callable
from typing import Final, NamedTuple

_SYLLABLE: Final = re.compile(r"[^\W_]+")
_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_FINAL_Y: Final = re.compile(r"(?<=^[hklmstv])y")
_LONGEST: Final = 24


@functools.cache
def _folding() -> Callable[[str], str]:
    """Letters without marks; loaded when something is searched, not at every start of a function."""
    from anyascii import anyascii

    return anyascii


class Syllable(NamedTuple):
    """One syllable: `marked` keeps accents (the tone written last, so that "hoà" is "hòa"), `plain` has none."""

    marked: str
    plain: str


def syllables(text: str) -> list[Syllable]:
    """The syllables and numbers of a text, in order; everything else separates them."""
    return [syllable(found) for found in _SYLLABLE.findall(unicodedata.normalize("NFC", text).casefold())]


@functools.lru_cache(maxsize=16_384)
def syllable(text: str) -> Syllable:
    """A syllable as it is compared: tone last, "kĩ" as "kỹ", cut at a length that no syllable has."""
    letters = unicodedata.normalize("NFD", text[:_LONGEST])
    tones = "".join(mark for mark in letters if mark in _TONES)
    body = "".join(letter for letter in letters if letter not in _TONES)
    body = _FINAL_Y.sub("i", body) if len(body) == len("ky") else body
    return Syllable(
        unicodedata.normalize("NFC", body) + tones, _folding()(unicodedata.normalize("NFC", body)).casefold()
    )


def has_accents(words: list[Syllable]) -> bool:
    """Whether the writer uses accents at all: one who does not is not held to them."""
    return any(word.marked != word.plain for word in words)
