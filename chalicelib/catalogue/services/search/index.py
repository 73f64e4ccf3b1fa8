"""The index: entries in code order, narrowed by filters, ranked by words."""

import functools
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from chalicelib.catalogue.services.search.matching import Matcher
from chalicelib.catalogue.services.search.model import (
    LONGEST_QUERY,
    CodeTwice,
    Entry,
    Facets,
    Filters,
    Hit,
    Page,
    QueryTooLong,
)
from chalicelib.catalogue.services.search.texts import Lexicon, Texts, lexicon

# What answers less than this share as well as the best is no answer.
_ENOUGH: Final = 0.6
# What has every word fits, whatever it scores.
_WHOLE: Final = 0.99
_KINDS_OF_FILTER: Final = ("life_event", "field", "agency", "subject", "level", "kind")
_COUNTED: Final = ("field", "kind", "level", "subject", "life_event")


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
        self._values = [_values(entry) for entry in self._entries]
        self._wanted = functools.lru_cache(maxsize=64)(self._passing)
        self._facets = functools.lru_cache(maxsize=64)(self._counted)

    def __len__(self) -> int:
        return len(self._entries)

    def search(self, text: str, *, filters: Filters | None = None, offset: int = 0, limit: int = 20) -> Page:
        """The entries that answer these words, best first; without words, all in code order. Raises QueryTooLong."""
        if len(text) > LONGEST_QUERY:
            raise QueryTooLong(longest=LONGEST_QUERY)
        wanted = self._wanted(filters or Filters())
        start = max(0, offset)
        stop = start + max(0, limit)
        if not text.strip():
            listed = sorted(wanted)
            hits = tuple(Hit(self._entries[at], 0.0) for at in listed[start:stop])
            return Page(len(listed), hits)
        named = self._codes.get(text.strip())
        ranked = self._ranked(text, wanted) if named is None else [(named, 1.0)] * (named in wanted)
        return Page(len(ranked), tuple(Hit(self._entries[at], score) for at, score in ranked[start:stop]))

    def facets(self, filters: Filters | None = None) -> Facets:
        """How many of the entries that pass all these filters have each value."""
        return self._facets(filters or Filters())

    def _counted(self, filters: Filters) -> Facets:
        wanted = self._wanted(filters)
        return Facets(**{kind: self._counts(kind, wanted) for kind in _COUNTED})

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

    def _ranked(self, text: str, wanted: frozenset[int]) -> list[tuple[int, float]]:
        best: dict[int, float] = {}
        fits = False
        texts = self._texts.all

        def asked(text: int) -> bool:
            return not wanted.isdisjoint(texts[text].owners)

        for reading in self._texts.readings(text):
            for found in self._matcher.found(reading.words, asked, accents=reading.accents):
                score = found.score * reading.worth
                fits = fits or found.share > _WHOLE or score * found.share >= reading.fits
                for owner in wanted.intersection(texts[found.text].owners):
                    best[owner] = max(score, best.get(owner, 0.0))
        if not fits:
            return []
        top = max(best.values())
        scores = [(at, round(score / top, 6)) for at, score in best.items() if score >= _ENOUGH * top]
        return sorted(scores, key=lambda pair: (-pair[1], *self._tie(pair[0])))

    def _tie(self, at: int) -> tuple[bool, int, str]:
        """Among equals: what can be had here, then the shorter name, then the code."""
        entry = self._entries[at]
        return not entry.offered, len(entry.name_vi), entry.code


def _values(entry: Entry) -> dict[str, tuple[str, ...]]:
    """The values by which an entry is filtered and counted; the record writes some of them in two Unicode forms."""
    values = {
        "life_event": entry.life_events,
        "field": entry.fields,
        "agency": entry.agencies,
        "subject": entry.subjects,
        "level": (entry.level,) if entry.level is not None else (),
        "kind": (entry.kind,),
    }
    return {kind: tuple(dict.fromkeys(map(_same, found))) for kind, found in values.items()}


def _same(value: str) -> str:
    return " ".join(unicodedata.normalize("NFC", value).split())
