"""Kinds of papers whose fields are known: what they are called, and which of their persons is the owner. Pure."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Final

from msgspec import Struct, json

UNKNOWN: Final = "Giấy tờ lưu trữ"
"""The title of a paper of no known kind: what a sheet calls it is a note, and nobody looked whether it is so."""

PERSON, IDENTITY = "person", "identity"
"""What fields are called that say who somebody is: the name, the number."""
ALIKE: Final = 93
"""Per cent of the letters of a title that a line has to have: one of fifteen may be misread."""


class _Field(Struct, frozen=True):
    """A field of `data/labels.json`: what sort of value it is, and of which part of the paper."""

    name: str
    called: str = ""
    part: str = ""


class Kind(Struct, frozen=True):
    """A kind of paper. The first of `titles` is its own; `owners` are the parts of it that tell of whose it is."""

    titles: tuple[str, ...]
    owners: tuple[str, ...]
    fields: tuple[_Field, ...]

    @property
    def title(self) -> str:
        """The title that its data messages get."""
        return self.titles[0]

    def names_owner(self, said: Mapping[str, str], name: str, number: str) -> bool:
        """Whether the values that were read say that the paper is of this person: the name, and the number.

        Without a `number` that opens a vault the name alone has to be the same.
        """
        return any(
            is_same(said.get(who, ""), name) and (not number or is_same_number(said.get(identity, ""), number))
            for who, identity in self._owners()
        )

    def is_said_by(self, text: str) -> bool:
        """Whether a line of a paper in capitals begins with one of its titles, but for a letter that is misread."""
        from rapidfuzz import fuzz  # what only lists archives does without

        loud = [_letters(line) for line in text.splitlines() if line.upper() == line]
        titles = [_letters(title) for title in self.titles]
        return any(fuzz.ratio(line[: len(title)], title) >= ALIKE for line in loud for title in titles)

    def _owners(self) -> Iterator[tuple[str, str]]:
        for part in self.owners:
            names = [self._named(part, called) for called in (PERSON, IDENTITY)]
            if names[0]:
                yield names[0], names[1]

    def _named(self, part: str, called: str) -> str:
        return next((each.name for each in self.fields if (each.part, each.called) == (part, called)), "")


class _Labels(Struct, frozen=True):
    """`data/labels.json`, as far as it is asked here: whoever loads the reader's rules loads its libraries."""

    kinds: dict[str, Kind]


@cache
def kinds() -> Mapping[str, Kind]:
    """The papers whose fields can be looked for, by their names."""
    text = (resources.files("chalicelib.digitisation") / "data" / "labels.json").read_bytes()
    return json.decode(text, type=_Labels).kinds


def title_of(reads_as: str) -> str:
    """The title of a data message: the kind's own, or that of papers of no known kind."""
    return kinds()[reads_as].title if reads_as else UNKNOWN


def kind_called(words: str) -> str:
    """The kind that is called so, whatever follows; empty for none that is known. The longest title counts."""
    said = f"{_spoken(words)} "
    named = [(title, name) for name, kind in kinds().items() for title in map(_spoken, kind.titles)]
    return max(((title, name) for title, name in named if said.startswith(f"{title} ")), default=("", ""), key=_long)[1]


def is_same(one: str, other: str) -> bool:
    """Whether two texts are the same, as names are compared: NFC, small letters, one blank where there are some."""
    return bool(one) and _spoken(one) == _spoken(other)


def is_same_number(one: str, other: str) -> bool:
    """Whether two numbers of somebody are the same, with blanks or without."""
    return bool(one) and _digits(one) == _digits(other)


def _long(found: tuple[str, str]) -> int:
    return len(found[0])


def _spoken(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _letters(text: str) -> str:
    """The letters alone, without the marks that are misread."""
    plainer = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(each for each in plainer if each.isalpha())


def _digits(text: str) -> str:
    return "".join(text.split()).casefold()
