"""A term of settlement as a list of lines: for whom, in the record's words, how long, and what is not counted."""

from collections.abc import Iterable
from typing import Final, Literal, get_args

from chalicelib.catalogue.procedures.given import Given

type Area = Literal["mountain", "border", "island", "remote", "hard", "hardest"]
type Reading = Literal["here", "elsewhere", "aside"]

AREAS: Final[frozenset[str]] = frozenset(get_args(Area.__value__))
"""Kinds of communes that records name; which commune is of which kind, its agency says: no list of them was found."""


class Said(Given, frozen=True, kw_only=True):
    """A sentence of the record with one length of time in it, or with a condition on the time and no length.

    `areas`: kinds of communes it names; `added`: the length is added to another one. `reading` is what it is to this
    line: its term (`here`), what another line says (`elsewhere`), no term of settlement (`aside`); None: not decided.
    """

    words_vi: str = ""
    quantity: int | float | None = None
    unit: str | None = None
    added: bool = False
    areas: tuple[str, ...] = ()
    reading: str | None = None


class Answered(Given, frozen=True, kw_only=True):
    """An answer on which a line depends: a field of the form by JSON Pointer, and the value that it must have."""

    field: str = ""
    value: str | int | bool | None = None


class TermLine(Given, frozen=True, kw_only=True):
    """One line of a term; a list that is empty sets no condition.

    `quantity` and `unit` are the record's, `record` the same as it has them; `text` is the term as the law of terms
    reads it (`law.terms`), None while nobody could or did read it.
    """

    channels: tuple[str, ...] = ()
    case: str | None = None
    areas: tuple[str, ...] = ()
    when: tuple[Answered, ...] = ()
    condition_vi: str | None = None
    quantity: int | float | None = None
    unit: str | None = None
    text: str | None = None
    record: str | None = None
    not_counted_vi: tuple[str, ...] = ()
    note_vi: str | None = None
    sentences: tuple[Said, ...] = ()

    @property
    def is_decided(self) -> bool:
        """Whether it has a term and nothing of what the record says about it waits for an officer."""
        return bool(self.text) and all(each.reading for each in self.sentences)

    def covers(self, other: "TermLine") -> bool:
        """Whether whoever the other line is for, this one is for too."""
        return (
            (not self.channels or (bool(other.channels) and set(other.channels) <= set(self.channels)))
            and (not self.areas or (bool(other.areas) and set(other.areas) <= set(self.areas)))
            and {(each.field, each.value) for each in self.when} <= {(each.field, each.value) for each in other.when}
        )


def words_of(lines: Iterable[TermLine]) -> list[str]:
    """The sentences of a record that the lines repeat, each once."""
    return list(dict.fromkeys(each.words_vi for line in lines for each in line.sentences))
