"""The cube of open data: what is counted, cell by cell, with every total and roll-up. Pure.

An atom is the finest that is counted: a unit's dossiers of a month, of one procedure, channel, party and timeliness.
A key is a cell of a published table, where `*` stands for all; its value is the sum of its atoms.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product
from typing import Final, NamedTuple

ALL: Final = "*"
CHANNELS: Final = ("DIRECT", "ONLINE", "POSTAL")
PARTIES: Final = ("CITIZEN", "FOREIGNER", "ORGANISATION", "unsaid")
TIMELINESS: Final = ("early", "on_time", "late")
ELSE: Final = "?"
"""A procedure that nobody used: nobody outside knows which those are, so a hidden dossier may be of one."""
MOST_EMPTY: Final = 50_000
"""Atoms without a dossier that are thought of: fewer than there are only means that more is hidden."""


class Context(NamedTuple):
    """A unit in a month of Vietnam's calendar, `2026-09`, with the nodes of the tree that have its counts."""

    unit: str
    nodes: tuple[str, ...]
    month: str


class Atom(NamedTuple):
    """The finest that is counted."""

    context: Context
    procedure: str
    channel: str
    party: str
    timeliness: str = ALL


class Key(NamedTuple):
    """A cell of a table: `node` is an agency alone (`H01`) or with all below it (`H01+`)."""

    node: str
    period: str
    procedure: str
    channel: str
    party: str
    timeliness: str = ALL


type World = Mapping[Atom, int]
type Part = tuple[str, str]
"""A node and a quarter or year, of which a release has not all months."""


@dataclass(frozen=True)
class Subject:
    """What a table counts. `given`: the channels whose totals of an agency the live figures have."""

    name: str
    channels: tuple[str, ...]
    parties: tuple[str, ...]
    timeliness: tuple[str, ...]
    given: tuple[str, ...]

    def is_given(self, key: Key) -> bool:
        """Whether the law has it published for each agency, so that everybody knows it (`GET /v1/measures`)."""
        return key.procedure == key.party == ALL and key.channel in self.given

    def is_shown(self, key: Key) -> bool:
        """Whether tables have such cells: of quarters and years; months are in the live figures."""
        return "Q" in key.period or key.period == key.period[:4]


RECEIVED: Final = Subject("received", CHANNELS, PARTIES, (ALL,), (ALL, "ONLINE"))
"""Dossiers by when they were received, how, and from whom."""
ENDED: Final = Subject("ended", (ALL,), (ALL,), TIMELINESS, (ALL,))
"""Accepted dossiers by when they ended, with whether in time; not those that had no date."""
SUBJECTS: Final = (RECEIVED, ENDED)


@dataclass(frozen=True)
class Cube:
    """A subject's cells in a world; those of a `partial` node and period are known, and no row: it would say less."""

    subject: Subject
    world: World
    partial: frozenset[Part] = frozenset()

    def is_shown(self, key: Key) -> bool:
        """Whether tables have such cells, of this node in this period."""
        return self.subject.is_shown(key) and (key.node, key.period) not in self.partial

    @cached_property
    def values(self) -> dict[Key, int]:
        """Every cell that has somebody in it."""
        found: dict[Key, int] = {}
        for atom, count in self.world.items():
            if count:
                for key in keys_of(atom):
                    found[key] = found.get(key, 0) + count
        return found

    @cached_property
    def given(self) -> dict[Key, int]:
        """What everybody knows from the live figures."""
        return {key: value for key, value in self.values.items() if self.subject.is_given(key)}

    @cached_property
    def atoms(self) -> tuple[Atom, ...]:
        """Where a dossier may be, for all that outsiders know: anywhere in a unit and month that has some."""
        used = {atom: count for atom, count in self.world.items() if count}
        kinds: dict[tuple[str, ...], int] = {}
        for atom, count in used.items():
            kinds[atom[1:]] = kinds.get(atom[1:], 0) + count
        procedures = (ELSE, *sorted({atom.procedure for atom in used}))
        every = product(procedures, self.subject.channels, self.subject.parties, self.subject.timeliness)
        likely = sorted(every, key=lambda each: (each[0] != ELSE, -kinds.get(each, 0), each))
        contexts = sorted({atom.context for atom in used})
        empty = (atom for each in likely for context in contexts if (atom := Atom(context, *each)) not in used)
        return (*used, *islice(empty, MOST_EMPTY))

    @cached_property
    def parents(self) -> dict[str, tuple[str, ...]]:
        """The nodes right above each: the smallest that have all that it has, and more."""
        holds: dict[str, set[Context]] = {}
        for context in {atom.context for atom in self.world}:
            for node in context.nodes:
                holds.setdefault(node, set()).add(context)
        found: dict[str, tuple[str, ...]] = {}
        for node, has in holds.items():
            above = [each for each, more in holds.items() if more > has]
            found[node] = tuple(each for each in above if not any(holds[each] > holds[other] for other in above))
        return found


def periods_of(month: str) -> tuple[str, str, str]:
    """A month with its quarter and year."""
    return month, f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}", month[:4]


def keys_of(atom: Atom) -> Iterator[Key]:
    """Every cell that an atom is part of."""
    axes = ((each, ALL) if each != ALL else (ALL,) for each in atom[1:])
    for parts in product(atom.context.nodes, periods_of(atom.context.month), *axes):
        yield Key(*parts)
