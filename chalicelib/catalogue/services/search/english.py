"""English words of a query: what is one, and how the names of procedures write it in Vietnamese."""

import itertools
from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct

from chalicelib.catalogue.procedures.words import Syllable, has_accents, syllables

_MOST_READINGS: Final = 8
_LONGEST_PHRASE: Final = 5
_SHORTEST_PLURAL: Final = 4
_LONG: Final = 4

type Words = tuple[Syllable, ...]


class Meaning(Struct, frozen=True):
    """English words and what names of procedures write for them."""

    say: tuple[str, ...]
    means: tuple[str, ...]


class Glossary(Struct, frozen=True):
    """The English words of the data file; `light` carry nothing."""

    light: tuple[str, ...]
    says: tuple[Meaning, ...]


class English:
    """Reads English; `more` are other English words that it may meet, `read` reads Vietnamese as names are read."""

    def __init__(self, glossary: Glossary, more: Sequence[str], read: Callable[[str], Sequence[Syllable]]) -> None:
        self._light = frozenset(map(_stem, glossary.light))
        self._means = {
            tuple(word.plain for word in _stems(said)): tuple(tuple(read(means)) for means in rule.means)
            for rule in glossary.says
            for said in rule.say
        }
        words = {plain for phrase in self._means for plain in phrase}
        self._words = words | self._light | {word.plain for text in more for word in _stems(text)}

    def is_english(self, text: str, vietnamese: frozenset[str]) -> bool:
        """Whether most words are English ones, and a third are no Vietnamese syllable as well ("the" may be "thẻ")."""
        words = _stems(text)
        if not words or has_accents(words):
            return False
        known = [word.plain for word in words if word.plain in self._words]
        only = [plain for plain in known if plain not in vietnamese]
        return 2 * len(known) >= len(words) and 3 * len(only) >= len(words)

    def is_borrowed(self, plain: str) -> bool:
        """Whether a word is English though people use it in Vietnamese: "passport", "visa"; short ones may be both."""
        return len(plain) >= _LONG and plain in self._words and plain not in self._light

    def words(self, text: str) -> Words:
        """The words of an English text that carry something, in the singular."""
        words = _stems(text)
        return tuple(word for word in words if word.plain not in self._light) or tuple(words)

    def translated(self, words: Words) -> list[Words]:
        """What the words may be in Vietnamese, the longest phrases first; a word that nobody knows stays."""
        options: list[tuple[Words, ...]] = []
        at = 0
        while at < len(words):
            size, means = self._longest(words[at : at + _LONGEST_PHRASE])
            options.append(means)
            at += size
        ways = itertools.islice(itertools.product(*options), _MOST_READINGS)
        return [tuple(itertools.chain.from_iterable(way)) for way in ways]

    def _longest(self, words: Words) -> tuple[int, tuple[Words, ...]]:
        for size in range(len(words), 0, -1):
            means = self._means.get(tuple(word.plain for word in words[:size]))
            if means:
                return size, means
        return 1, ((words[0],),)


def _stems(text: str) -> list[Syllable]:
    return [Syllable(_stem(word.marked), _stem(word.plain)) for word in syllables(text)]


def _stem(word: str) -> str:
    """The singular, roughly: permits, cities, boxes of words that we list ourselves."""
    if len(word) > _SHORTEST_PLURAL and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) >= _SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss") else word
