"""The index: entries in code order, narrowed by filters, ranked by words."""

import functools
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from chalicelib.catalogue.procedures.whose import place_of
from chalicelib.catalogue.services.search.aliases import key_of
from chalicelib.catalogue.services.search.matching import Matcher
from chalicelib.catalogue.services.search.model import (
    LONGEST_QUERY,
    CodeTwice,
    Entry,
    Facets,
    Filters,
    Hit,
    Names,
    Page,
    QueryTooLong,
)
from chalicelib.catalogue.services.search.places import Places
from chalicelib.catalogue.services.search.texts import Lexicon, Texts, lexicon
from chalicelib.catalogue.services.search.variants import together, whose_first

# What answers less than this share as well as the best is no answer.
_ENOUGH: Final = 0.4
_KINDS_OF_FILTER: Final = ("life_event", "field", "agency", "subject", "level", "kind", "promulgator", "area")
_COUNTED: Final = ("field", "kind", "level", "subject", "life_event", "promulgator", "area")


def build(entries: Iterable[Entry]) -> "Index":
    """An index of these entries. Raises CodeTwice."""
    return Index(entries, lexicon())


class Index:
    """Entries that can be searched; it never changes."""

    def __init__(self, entries: Iterable[Entry], words: Lexicon) -> None:
        self._entries = tuple(sorted(entries, key=lambda entry: entry.code))
        twice = [code for code, count in Counter(entry.code for entry in self._entries).items() if count > 1]
        if twice:
            raise CodeTwice(", ".join(sorted(twice)))
        # The record has a code with a blank before it beside the same code without: the clean one sorts last and wins.
        self._codes = {entry.code.strip(): at for at, entry in enumerate(self._entries)}
        self._texts = Texts(self._entries, words)
        self._matcher = Matcher([text.words for text in self._texts.all], words.speech.is_faint)
        self._places = Places(self._entries)
        self._values = [_values(entry) for entry in self._entries]
        self._names = [key_of(entry.name_vi) or entry.code for entry in self._entries]
        self._called = _called(self._entries)
        self._wanted = functools.lru_cache(maxsize=64)(self._passing)
        self._facets = functools.lru_cache(maxsize=64)(self._counted)

    def __len__(self) -> int:
        return len(self._entries)

    def search(self, text: str, *, filters: Filters | None = None, offset: int = 0, limit: int = 20) -> Page:
        """The entries that answer these words, best first; without words, all in code order. Raises QueryTooLong."""
        ranked, _ = self._answer(text, filters or Filters(), frozenset())
        start, stop = _cut(offset, limit)
        return Page(len(ranked), tuple(Hit(self._entries[at], score) for at, score in ranked[start:stop]))

    def variants(
        self,
        text: str,
        *,
        filters: Filters | None = None,
        province: str | None = None,
        offset: int = 0,
        limit: int = 20,
    ) -> Page:
        """The same, with the variants of one name as one hit, headed by that of the province where somebody lives.

        A province or promulgator that the words name counts more. Raises QueryTooLong.
        """
        live = frozenset([province] if province else [])
        ranked, wanted = self._answer(text, filters or Filters(), live)
        named = self._codes.get(text.strip())
        if named is not None and ranked:
            ranked = self._with_its_variants(named, filters or Filters())

        def order(at: int) -> tuple[object, ...]:
            entry = self._entries[at]
            here = whose_first(entry, wanted)
            return (at != named, here, not entry.offered) if wanted else (at != named, not entry.offered, here)

        hits = together(ranked, self._entries, self._names, lambda at: (*order(at), self._entries[at].code))
        if not text.strip():
            hits.sort(key=lambda hit: hit.entry.code)
        start, stop = _cut(offset, limit)
        return Page(len(hits), tuple(hits[start:stop]))

    def _with_its_variants(self, named: int, filters: Filters) -> list[tuple[int, float]]:
        name = self._names[named]
        return [(at, 1.0) for at in sorted(self._wanted(filters)) if self._names[at] == name]

    def _answer(
        self, text: str, filters: Filters, live: frozenset[str]
    ) -> tuple[list[tuple[int, float]], frozenset[str]]:
        """The ranked entries, and whose are preferred: where somebody lives, else whom the words name."""
        if len(text) > LONGEST_QUERY:
            raise QueryTooLong(longest=LONGEST_QUERY)
        wanted = self._wanted(filters)
        if not text.strip():
            return [(at, 0.0) for at in sorted(wanted)], live
        named = self._codes.get(text.strip())
        if named is not None:
            return [(named, 1.0)] * (named in wanted), live
        asked = self._places.asked(text)
        if asked.whose and not asked.text:
            return [(at, 1.0) for at in sorted(wanted) if not whose_first(self._entries[at], asked.whose)], live
        preferred = asked.whose or live
        return self._ranked(asked.text, wanted, preferred), preferred

    def facets(self, filters: Filters | None = None) -> Facets:
        """How many of the entries that pass all these filters have each value."""
        return self._facets(filters or Filters())

    def _counted(self, filters: Filters) -> Facets:
        wanted = self._wanted(filters)
        return Facets(**{kind: self._counts(kind, wanted) for kind in _COUNTED}, names=self._called)

    def _counts(self, kind: str, wanted: frozenset[int]) -> Mapping[str, int]:
        counts = Counter(value for at in wanted for value in self._values[at][kind])
        return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))

    def _passing(self, filters: Filters) -> frozenset[int]:
        asked = [(kind, _same(value)) for kind in _KINDS_OF_FILTER if (value := getattr(filters, kind)) is not None]
        return frozenset(
            at
            for at, entry in enumerate(self._entries)
            if (filters.offered is None or entry.offered is filters.offered)
            and all(value in self._values[at][kind] for kind, value in asked)
        )

    def _ranked(self, text: str, wanted: frozenset[int], whose: frozenset[str]) -> list[tuple[int, float]]:
        best: dict[int, float] = {}
        fits = whole = same = False
        near = other = 0.0
        texts, elsewhere = self._texts.all, self._texts.elsewhere

        def asked(text: int) -> bool:
            return not wanted.isdisjoint(texts[text].owners)

        for reading in self._texts.readings(text):
            for found in self._matcher.found(reading.words, asked, accents=reading.accents, beside=elsewhere):
                fit = found.fit * reading.worth
                owners = wanted.intersection(texts[found.text].owners)
                if not owners:
                    other, same = max(other, fit), same or found.same
                    continue
                near, whole = max(near, fit), whole or found.whole
                fits = fits or fit >= reading.fits
                for owner in owners:
                    best[owner] = max(found.score * reading.worth, best.get(owner, 0.0))
        # What has every word that was asked fits, whatever it scores, unless those words are what no procedure answers.
        strange = other > near
        if (strange and (same or not whole)) or not (fits or whole):
            return []
        top = max(best.values())
        scores = [(at, round(score / top, 6)) for at, score in best.items() if score >= _ENOUGH * top]
        return sorted(scores, key=lambda pair: (-pair[1], *self._tie(pair[0], whose)))

    def _tie(self, at: int, whose: frozenset[str]) -> tuple[bool, bool, int, str]:
        """Among equals: whose were asked for, what can be had here, then the shorter name, then the code."""
        entry = self._entries[at]
        return whose_first(entry, whose) > 0, not entry.offered, len(entry.name_vi), entry.code


def _cut(offset: int, limit: int) -> tuple[int, int]:
    start = max(0, offset)
    return start, start + max(0, limit)


def _called(entries: Iterable[Entry]) -> Names:
    """The names of promulgators and provinces by their codes."""
    promulgators: dict[str, str] = {}
    areas: dict[str, str] = {}
    for entry in entries:
        if entry.promulgator and entry.promulgator_vi:
            promulgators.setdefault(entry.promulgator, entry.promulgator_vi)
        if entry.area and (place := place_of(entry.promulgator, entry.promulgator_vi, entry.area)):
            areas.setdefault(entry.area, place)
    return Names(promulgators, areas)


def _values(entry: Entry) -> dict[str, tuple[str, ...]]:
    """The values by which an entry is filtered and counted; the record writes some of them in two Unicode forms."""
    values = {
        "life_event": entry.life_events,
        "field": entry.fields,
        "agency": entry.agencies,
        "subject": entry.subjects,
        "level": (entry.level,) if entry.level is not None else (),
        "kind": (entry.kind,),
        "promulgator": (whose,) if (whose := entry.promulgator or entry.promulgator_vi) else (),
        "area": (entry.area,) if entry.area else (),
    }
    return {kind: tuple(dict.fromkeys(map(_same, found))) for kind, found in values.items()}


def _same(value: str) -> str:
    return " ".join(unicodedata.normalize("NFC", value).split())
