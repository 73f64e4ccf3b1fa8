"""How well a name answers a reading of the query: its words, their order, and how little else the name says."""

import itertools
import math
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from chalicelib.catalogue.procedures.words import Syllable
from chalicelib.catalogue.services.search.speech import Speech, Words
from chalicelib.catalogue.services.search.typos import Spelling

# How much of a word's weight a match earns.
_OTHER_ACCENT: Final = 0.7
_NO_ACCENT: Final = 0.85
_SLIP: Final = 0.75
_DOUBT: Final = 0.5
_BEGINNING: Final = 0.6
_FAINT: Final = 0.3
# What a name says in brackets, such as the level of the agency, counts less among what a query leaves out.
_ASIDE: Final = 0.3
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_WINDOW: Final = 3
_MOST_COMPLETIONS: Final = 8
# Shares of the score, once the words are found.
_FOUND: Final = 0.5
_TOGETHER: Final = 0.3
_NOTHING_ELSE: Final = 0.2


class Name(NamedTuple):
    """One name of an entry, read once: its words, and the weight of all of them."""

    words: tuple[Syllable, ...]
    weight: float


class Term(NamedTuple):
    """One word of a reading: its weight and the syllables that may stand for it, each with what it earns."""

    word: Syllable
    weight: float
    forms: tuple[tuple[str, float], ...]


class Ranking:
    """The words of all names, and the scores of a query against them."""

    def __init__(self, texts: Sequence[str], speech: Speech) -> None:
        read = [(speech.name(text), frozenset(speech.name(" ".join(_BRACKETS.findall(text))))) for text in texts]
        seen = Counter(plain for words, _ in read for plain in {word.plain for word in words})
        self._count = max(1, len(texts))
        self._rarity = {plain: math.log(1 + self._count / count) for plain, count in seen.items()}
        self._speech, self._spelling = speech, Spelling(seen)
        self._postings: dict[str, array[int]] = {}
        self._pairs: set[tuple[str, str]] = set()
        self.names = [self._name(at, words, aside) for at, (words, aside) in enumerate(read)]

    def _name(self, at: int, words: list[Syllable], aside: frozenset[Syllable]) -> Name:
        plains = [word.plain for word in words]
        for plain in dict.fromkeys(plains):
            self._postings.setdefault(plain, array("I")).append(at)
        self._pairs.update(itertools.pairwise(plains))
        asides = {word.plain for word in aside}
        weight = sum(self._rarity[plain] * (_ASIDE if plain in asides else 1) for plain in dict.fromkeys(plains))
        return Name(tuple(words), weight)

    def terms(self, reading: Words, *, accents: bool) -> list[Term]:
        """The reading as weighted terms."""
        rare = math.log(1 + self._count)
        terms = []
        for at, word in enumerate(reading):
            weight = self._rarity.get(word.plain, rare)
            faint = not accents and self._speech.is_faint(word)
            forms = ((word.plain, 1.0),) if faint else self._forms(reading, at)
            if len(forms) > 1 and not self._spelling.knows(word.plain):
                # A slip weighs what the likeliest right word weighs, not what a word that nobody writes would.
                weight = max(self._rarity[plain] for plain, _ in forms[1:])
            terms.append(Term(word, weight * (_FAINT if faint else 1), forms))
        return terms

    def _forms(self, reading: Words, at: int) -> tuple[tuple[str, float], ...]:
        plain = reading[at].plain
        forms = {plain: 1.0}
        if not self._spelling.knows(plain):
            forms |= dict.fromkeys(self._spelling.slips(plain), _SLIP)
        elif not self._fits(reading, at):
            forms |= dict.fromkeys(self._fitting(reading, at, self._spelling.slips(plain)), _DOUBT)
        if at == len(reading) - 1 and (not self._spelling.knows(plain) or not self._fits(reading, at)):
            completions = self._spelling.completions(plain)
            for longer in (self._fitting(reading, at, completions) or completions)[:_MOST_COMPLETIONS]:
                forms.setdefault(longer, _BEGINNING)
        return tuple(forms.items())

    def _fits(self, reading: Words, at: int) -> bool:
        """Whether some name has this word beside one of its neighbours; a word alone always fits."""
        plain = reading[at].plain
        before = [(reading[at - 1].plain, plain)] if at else []
        after = [(plain, reading[at + 1].plain)] if at + 1 < len(reading) else []
        pairs = [*before, *after]
        return not pairs or any(pair in self._pairs for pair in pairs)

    def _fitting(self, reading: Words, at: int, others: Sequence[str]) -> list[str]:
        """Those that fit where this word does not: a word may be misspelt into another word."""
        before, after = reading[:at], reading[at + 1 :]
        return [plain for plain in others if self._fits((*before, Syllable(plain, plain), *after), at)]

    def found(self, terms: Iterable[Term], into: list[float]) -> None:
        """Raise each name's share of the terms' weight that it may earn, accents left aside."""
        terms = list(terms)
        whole = sum(term.weight for term in terms) or 1.0
        shares = [0.0] * len(into)
        for term in terms:
            earned: dict[int, float] = {}
            for plain, worth in term.forms:
                share = term.weight * worth / whole
                for at in self._postings.get(plain, ()):
                    if len(term.forms) == 1:
                        shares[at] += share
                    elif earned.get(at, 0.0) < share:
                        earned[at] = share
            for at, share in earned.items():
                shares[at] += share
        into[:] = map(max, into, shares)

    def score(self, terms: Sequence[Term], at: int, *, accents: bool) -> float:
        """From 0 to 1: how well the name answers these terms."""
        name = self.names[at]
        places: dict[str, list[int]] = {}
        for place, word in enumerate(name.words):
            places.setdefault(word.plain, []).append(place)
        matches = [_match(term, name, places, accents=accents) for term in terms]
        whole = sum(term.weight for term in terms) or 1.0
        share = sum(term.weight * worth for term, (worth, _) in zip(terms, matches, strict=True)) / whole
        together = _together(terms, [at for _, at in matches])
        return share * (_FOUND + _TOGETHER * together + _NOTHING_ELSE * self._told(name, [at for _, at in matches]))

    def _told(self, name: Name, matches: Sequence[Sequence[int]]) -> float:
        """The share of the name's different words that the query tells."""
        told = {name.words[place].plain for places in matches for place in places}
        return min(1.0, sum(self._rarity[plain] for plain in sorted(told)) / (name.weight or 1.0))


def _match(term: Term, name: Name, places: dict[str, list[int]], *, accents: bool) -> tuple[float, list[int]]:
    """The best that a term earns in a name, and where it stands there."""
    best, where = 0.0, list[int]()
    for plain, worth in term.forms:
        for place in places.get(plain, ()):
            earned = worth * (_accent(term.word, name.words[place]) if accents and worth == 1 else 1.0)
            best = max(best, earned)
        where.extend(places.get(plain, ()))
    return best, where


def _accent(said: Syllable, written: Syllable) -> float:
    if said.marked == written.marked:
        return 1.0
    return _NO_ACCENT if said.marked == said.plain else _OTHER_ACCENT


def _together(terms: Sequence[Term], matches: Sequence[Sequence[int]]) -> float:
    """The share of the query's neighbours that are neighbours in the name too, in this order; near ones count half."""
    if len(terms) == 1:
        return 1.0 if matches[0] else 0.0
    earned = whole = 0.0
    for (first, here), (second, there) in itertools.pairwise(zip(terms, matches, strict=True)):
        weight = first.weight + second.weight
        gaps = [after - before for before in here for after in there]
        whole += weight
        if 1 in gaps:
            earned += weight
        elif any(0 < abs(gap) <= _WINDOW for gap in gaps):
            earned += weight / 2
    return earned / whole if whole else 0.0
