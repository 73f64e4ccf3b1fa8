"""What people call a procedure: sayings of the data file, given to the entries whose official name begins so."""

import bisect
import functools
import itertools
import re
from collections.abc import Iterable, Sequence
from importlib import resources
from typing import Final

from msgspec import Struct, json

from chalicelib.catalogue.procedures.words import syllables

_BRACKETS: Final = re.compile(r"\([^()]*\)")
_OPENING: Final = "thủ tục "


class Alias(Struct, frozen=True):
    """Procedures, by how their official names begin, and what people call them in Vietnamese and English."""

    names: tuple[str, ...]
    say: tuple[str, ...]
    en: tuple[str, ...]


class Elsewhere(Struct, frozen=True):
    """What people ask that no procedure answers, in Vietnamese and English."""

    say: tuple[str, ...] = ()
    en: tuple[str, ...] = ()


class _File(Struct, frozen=True):
    aliases: tuple[Alias, ...]


@functools.cache
def aliases() -> tuple[Alias, ...]:
    """The sayings that ship with the catalogue."""
    return json.decode(_read("aliases.json"), type=_File).aliases


@functools.cache
def elsewhere() -> Elsewhere:
    """What people ask that no procedure answers, as shipped."""
    return json.decode(_read("elsewhere.json"), type=Elsewhere)


def _read(name: str) -> bytes:
    return (resources.files("chalicelib.catalogue") / "data" / "search" / name).read_bytes()


class Owners:
    """Which of the names an official name, or its beginning, means."""

    def __init__(self, names: Sequence[str]) -> None:
        self._begins = sorted((key_of(name), at) for at, name in enumerate(names))
        self._bare: dict[str, list[int]] = {}
        for at, name in enumerate(names):
            self._bare.setdefault(key_of(_BRACKETS.sub(" ", name)), []).append(at)

    def of(self, keys: Iterable[str]) -> tuple[int, ...]:
        """The places of the names that are meant: those of exactly this name, else those that begin so."""
        return tuple(dict.fromkeys(at for key in keys for at in self._meant(key)))

    def _meant(self, key: str) -> list[int]:
        if key in self._bare:
            return self._bare[key]
        first = bisect.bisect_left(self._begins, (key, -1))
        begun = itertools.takewhile(lambda pair: pair[0].startswith(key), itertools.islice(self._begins, first, None))
        return sorted(at for _, at in begun)


def key_of(text: str) -> str:
    """A name as it is compared: syllables with a blank after each, without the opening words that say nothing."""
    written = "".join(f"{word.marked} " for word in syllables(text))
    return written.removeprefix("".join(f"{word.marked} " for word in syllables(_OPENING)))
