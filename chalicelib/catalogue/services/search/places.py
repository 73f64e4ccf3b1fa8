"""Whose entries are, said in words: "khai tử lai châu" asks for the province's, "khai tử bộ tư pháp" for that one."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, NamedTuple

from chalicelib.catalogue.procedures.whose import place_of
from chalicelib.catalogue.procedures.words import Syllable, has_accents, syllable, syllables
from chalicelib.catalogue.services.search.model import Entry

_SYLLABLE: Final = re.compile(r"[^\W_]+")
_KINDS: Final = frozenset({"tỉnh", "thành phố"})


class Asked(NamedTuple):
    """The words without those that say whose; and whom they name, by the codes of provinces and promulgators."""

    text: str
    whose: frozenset[str]


class Places:
    """The provinces and promulgators of entries, by their names."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        named: dict[tuple[Syllable, ...], set[str]] = {}
        for promulgator, name, area in {(each.promulgator, each.promulgator_vi, each.area) for each in entries}:
            place = place_of(promulgator, name, area)
            for said, whose in ((name, promulgator), (place, area), (_bare(place), area)):
                if said and whose and (words := tuple(syllables(said))):
                    named.setdefault(words, set()).add(whose)
        self._named = sorted(named.items(), key=lambda pair: (-len(pair[0]), pair[0]))

    def asked(self, text: str) -> Asked:
        """What is asked for, and whose; one who writes with accents is held to them."""
        if not self._named:
            return Asked(text, frozenset())
        written = unicodedata.normalize("NFC", text)
        spans = [found.span() for found in _SYLLABLE.finditer(written)]
        words = [syllable(written[start:end].casefold()) for start, end in spans]
        accents, taken, whose = has_accents(words), set[int](), set[str]()
        for name, codes in self._named:
            for at in range(len(words) - len(name) + 1):
                here = range(at, at + len(name))
                if taken.isdisjoint(here) and _same(words[at : at + len(name)], name, accents=accents):
                    taken.update(here)
                    whose |= codes
        left = [written[start:end] for place, (start, end) in enumerate(spans) if place not in taken]
        return Asked(" ".join(left) if taken else text, frozenset(whose))


def _same(words: list[Syllable], name: tuple[Syllable, ...], *, accents: bool) -> bool:
    return all(
        (word.marked if accents else word.plain) == (said.marked if accents else said.plain)
        for word, said in zip(words, name, strict=True)
    )


def _bare(place: str | None) -> str | None:
    """The name of a place alone; one of a single word would be found in half of all queries."""
    for kind in _KINDS:
        if place and place.casefold().startswith(f"{kind} "):
            bare = place[len(kind) + 1 :]
            return bare if len(syllables(bare)) > 1 else None
    return None
