"""How people say what the catalogue writes: abbreviations, words of everyday speech, words that carry nothing."""

import functools
import itertools
import json
from collections.abc import Sequence
from importlib import resources
from typing import Final, NamedTuple

from msgspec import Struct, convert

from chalicelib.catalogue.procedures.words import Syllable, has_accents, syllables

MOST_READINGS: Final = 8
_MOST_SYLLABLES: Final = 48

type Words = tuple[Syllable, ...]


class _Rule(NamedTuple):
    """These words may be read as any of those; `kept` when they may also mean themselves."""

    said: Words
    meant: tuple[Words, ...]
    kept: bool


class Saying(Struct, frozen=True):
    """Words of everyday speech and what they mean; `kept` when they may also mean themselves."""

    say: tuple[str, ...]
    means: tuple[str, ...]
    kept: bool = True


class Lists(Struct, frozen=True):
    """The word lists of the data files."""

    short: dict[str, str]
    says: tuple[Saying, ...]
    silent: tuple[str, ...]
    solid: tuple[str, ...]
    light: tuple[str, ...]
    openings: tuple[str, ...]


class Speech:
    """The word lists of the data files, ready to read names and queries."""

    def __init__(self, lists: Lists) -> None:
        short = [_Rule(_words(short), (_words(long),), kept=False) for short, long in lists.short.items()]
        self._short = _by_first(short)
        silent = [_Rule(_words(phrase), ((),), kept=False) for phrase in lists.silent]
        said = [
            _Rule(_words(said), tuple(_words(means) for means in rule.means), kept=rule.kept)
            for rule in lists.says
            for said in rule.say
        ]
        solid = [_Rule(_words(phrase), (_words(phrase),), kept=False) for phrase in lists.solid]
        # A saying that is longer is tried first, so "đổi tên cho con" is read before "cho con" is passed over.
        self._said = _by_first([*said, *silent, *solid])
        self._solid = _by_first(solid)
        self._light = frozenset(word.marked for phrase in lists.light for word in _words(phrase))
        self._light_plain = frozenset(word.plain for phrase in lists.light for word in _words(phrase))
        self._opening = tuple(_words(phrase) for phrase in lists.openings)

    def name(self, text: str) -> list[Syllable]:
        """The words of a name that tell it from others, abbreviations written out."""
        words = [*_first_reading(syllables(text), self._short)]
        for opening in self._opening:
            if tuple(words[: len(opening)]) == opening:
                words = words[len(opening) :]
        return self._content(words)

    def readings(self, text: str) -> tuple[list[Words], bool]:
        """What a query may mean, the likeliest first, and whether its writer uses accents."""
        said = syllables(text)[:_MOST_SYLLABLES]
        accents = has_accents(said)
        words = _first_reading(said, self._short)
        ways = itertools.islice(itertools.product(*_options(words, self._said)), MOST_READINGS)
        meant = (self._without_light(list(itertools.chain.from_iterable(way)), accents=accents) for way in ways)
        # What people call a procedure is in its own words, so these are a reading too.
        own = tuple(self._content(words))
        return [reading for reading in dict.fromkeys([*meant, own]) if reading] or [tuple(words)], accents

    def is_faint(self, word: Syllable) -> bool:
        """Whether a word without accents may be one that carries nothing: "co" is "có", but also the "cổ" of shares."""
        return word.plain in self._light_plain

    def _without_light(self, words: list[Syllable], *, accents: bool) -> Words:
        if not accents:
            return tuple(words[:_MOST_SYLLABLES])
        return tuple(self._content(words)[:_MOST_SYLLABLES])

    def _content(self, words: list[Syllable]) -> list[Syllable]:
        """The words without those that carry nothing; "việc làm" is work, though neither word alone is."""
        stretches = (option[0] for option in _options(words, self._solid))
        kept = [word for stretch in stretches for word in stretch if len(stretch) > 1 or word.marked not in self._light]
        return kept or words


@functools.cache
def speech() -> Speech:
    """The word lists that ship with the catalogue."""
    folder = resources.files("chalicelib.catalogue") / "data" / "search"
    parts = ("abbreviations.json", "synonyms.json", "stop_words.json")
    together: dict[str, object] = {}
    for part in parts:
        together |= json.loads((folder / part).read_text(encoding="utf-8"))
    return Speech(convert(together, Lists))


def _words(text: str) -> Words:
    return tuple(syllables(text))


def _by_first(rules: Sequence[_Rule]) -> dict[str, list[_Rule]]:
    """Rules by the plain form of their first word, the longest first: "bằng lái xe" is tried before "bằng lái"."""
    found: dict[str, list[_Rule]] = {}
    for rule in sorted(rules, key=lambda rule: -len(rule.said)):
        found.setdefault(rule.said[0].plain, []).append(rule)
    return found


def _options(words: Sequence[Syllable], rules: dict[str, list[_Rule]]) -> list[tuple[Words, ...]]:
    """For each stretch of the words, what it may be read as."""
    options: list[tuple[Words, ...]] = []
    at = 0
    while at < len(words):
        rule = next((rule for rule in rules.get(words[at].plain, ()) if _says(words, at, rule.said)), None)
        if rule is None:
            options.append(((words[at],),))
            at += 1
            continue
        own = (tuple(words[at : at + len(rule.said)]),) if rule.kept else ()
        options.append((*rule.meant, *own))
        at += len(rule.said)
    return options


def _first_reading(words: Sequence[Syllable], rules: dict[str, list[_Rule]]) -> list[Syllable]:
    return [word for option in _options(words, rules) for word in option[0]]


def _says(words: Sequence[Syllable], at: int, said: Words) -> bool:
    """Whether the rule's words stand here; a word typed without accents may be the accented one."""
    here = words[at : at + len(said)]
    if len(here) < len(said):
        return False
    return all(word.marked in (rule.marked, rule.plain) for word, rule in zip(here, said, strict=True))
