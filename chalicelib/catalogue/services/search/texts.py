"""The texts that search asks, each with its entries; and the readings of a query: what it may mean."""

import functools
from collections.abc import Iterable, Sequence
from importlib import resources
from typing import Final, NamedTuple

from msgspec import json

from chalicelib.catalogue.services.search.aliases import Alias, Elsewhere, Owners, aliases, elsewhere, key_of
from chalicelib.catalogue.services.search.english import English, Glossary
from chalicelib.catalogue.services.search.model import Entry
from chalicelib.catalogue.services.search.speech import Speech, Words, speech

# A translation, word by word, is worth less than the words themselves.
_TRANSLATED: Final = 0.85
# How well the best answer fits at least, else nothing does, and that is said. Set on the tuning halves:
# everyday Vietnamese meets words of some name by chance, English hardly ever.
_FITS: Final = 0.55
_FITS_ENGLISH: Final = 0.4


class Text(NamedTuple):
    """A name of entries, or what people call them."""

    words: Words
    owners: tuple[int, ...]


class Reading(NamedTuple):
    """What a query may mean, how much that is worth, whether its writer uses accents, and what fits it at least."""

    words: Words
    worth: float = 1.0
    accents: bool = False
    fits: float = _FITS


class Called(NamedTuple):
    """What people call procedures, read: how the names begin, the Vietnamese texts, the English ones."""

    keys: tuple[str, ...]
    say: tuple[Words, ...]
    en: tuple[Words, ...]


class Lexicon:
    """All word lists: everyday speech, English, what people call procedures, what no procedure answers."""

    def __init__(self, speech: Speech, english: English, listed: Iterable[Alias], elsewhere: Elsewhere) -> None:
        self.speech, self.english = speech, english
        said = (tuple(speech.name(said)) for said in elsewhere.say)
        self.elsewhere = frozenset((*said, *map(english.words, elsewhere.en)))
        self.called = [
            Called(
                tuple(map(key_of, alias.names)),
                tuple(tuple(speech.name(said)) for said in alias.say),
                tuple(map(english.words, alias.en)),
            )
            for alias in listed
        ]


@functools.cache
def lexicon() -> Lexicon:
    """The word lists that ship with the catalogue."""
    file = resources.files("chalicelib.catalogue") / "data" / "search" / "english.json"
    glossary = json.decode(file.read_bytes(), type=Glossary)
    listed = aliases()
    other = elsewhere()
    heard = [*(said for alias in listed for said in alias.en), *other.en]
    spoken = speech()
    return Lexicon(spoken, English(glossary, heard, spoken.name), listed, other)


class Texts:
    """What is searched in entries, and how a query is read beside it.

    What people call procedures that are not among the entries is a text too, with no entry: how rare a word is must not
    depend on how few entries there are.
    """

    def __init__(self, entries: Sequence[Entry], words: Lexicon) -> None:
        self._words = words
        owners = Owners([entry.name_vi for entry in entries])
        meant = [(called, owners.of(called.keys)) for called in words.called]
        vietnamese = _gathered(
            (
                *((tuple(words.speech.name(entry.name_vi)), (at,)) for at, entry in enumerate(entries)),
                *((said, places) for called, places in meant for said in called.say),
            )
        )
        english = _gathered(
            (
                *((words.english.words(entry.name_en or ""), (at,)) for at, entry in enumerate(entries)),
                *((said, places) for called, places in meant for said in called.en),
            )
        )
        self._vietnamese = frozenset(
            word.plain for text in vietnamese for word in text if not words.english.is_borrowed(word.plain)
        )
        every = _gathered((*vietnamese.items(), *english.items(), *((text, ()) for text in words.elsewhere)))
        self.all = [Text(text, places) for text, places in sorted(every.items())]
        self.elsewhere = frozenset(at for at, text in enumerate(self.all) if text.words in words.elsewhere)

    def readings(self, text: str) -> list[Reading]:
        """What a query may mean: everyday Vietnamese in official words too, or English with its translation."""
        english = self._words.english
        if english.is_english(text, self._vietnamese):
            words = english.words(text)
            translated = [
                Reading(way, _TRANSLATED, fits=_FITS_ENGLISH) for way in english.translated(words) if way != words
            ]
            return [Reading(words, fits=_FITS_ENGLISH), *translated]
        readings, accents = self._words.speech.readings(text)
        return [Reading(reading, accents=accents) for reading in readings]


def _gathered(given: Iterable[tuple[Words, tuple[int, ...]]]) -> dict[Words, tuple[int, ...]]:
    """Each text once, with the entries of all that have it."""
    found: dict[Words, dict[int, None]] = {}
    for text, places in given:
        if text:
            found.setdefault(text, {}).update(dict.fromkeys(places))
    return {text: tuple(places) for text, places in found.items()}
