"""What is searched, by what it is narrowed, and what comes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from chalicelib.kernel.problem import DomainError

LONGEST_QUERY: Final = 200


class QueryTooLong(DomainError):
    """The words are longer than any name that a person would type."""


class CodeTwice(ValueError):
    """Two entries of one catalogue carry the same code."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the catalogue, as search shows it; `area` is the province for which alone it was published."""

    code: str
    name_vi: str
    name_en: str | None = None
    kind: str = "procedure"
    fields: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    level: str | None = None
    life_events: tuple[str, ...] = ()
    offered: bool = False
    promulgator: str | None = None
    promulgator_vi: str | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """What an entry must have; None asks nothing."""

    life_event: str | None = None
    field: str | None = None
    agency: str | None = None
    subject: str | None = None
    level: str | None = None
    kind: str | None = None
    offered: bool | None = None
    promulgator: str | None = None
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry and how well it answers the words beside the best, which is 1; without words every score is 0.

    `variants` are others of the same name, when they were asked for together.
    """

    entry: Entry
    score: float
    variants: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the hits, and how many there are."""

    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """What codes are called."""

    promulgator: Mapping[str, str]
    area: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Facets:
    """How many entries pass the filters, by each value, the most frequent first; `names` are those of its codes."""

    field: Mapping[str, int]
    kind: Mapping[str, int]
    level: Mapping[str, int]
    subject: Mapping[str, int]
    life_event: Mapping[str, int]
    promulgator: Mapping[str, int]
    area: Mapping[str, int]
    names: Names
