"""A release of open data: the figures of a unit and all below it in a year, as far as nobody can be read from them."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from chalicelib.measures.boards.model import enough, least
from chalicelib.measures.cells import Cell, Counts
from chalicelib.measures.tree import Tree
from infra.opendata.bounds import Names
from infra.opendata.cube import ALL, ENDED, RECEIVED, SUBJECTS, Atom, Context, Cube, Key, Part, World, periods_of
from infra.opendata.policy import Policy
from infra.opendata.protect import protected
from infra.opendata.roots import months_of

BELOW: Final = "+"


class Row(NamedTuple):
    """A row of a table: a group of at least k dossiers; `*` is all. What has no row is smaller, or held back."""

    table: str
    unit: str
    with_below: str
    period: str
    time_type: str
    procedure: str
    channel: str
    party: str
    timeliness: str
    dossiers: int


class Worlds(NamedTuple):
    """What is counted below a root, by subject; `partial`: nodes with the periods of which it has only a part.

    `names`: what the boards of these agencies say of what was received.
    """

    subjects: Mapping[str, World]
    partial: frozenset[Part] = frozenset()
    names: Names = MappingProxyType({})


def dictionary() -> dict[str, Any]:
    """What tables and columns are, in Vietnamese and English."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("dictionary.json").read_text(encoding="utf-8"))
    return found


def files_of(name: str, rows: Sequence[Row], policy: Policy) -> dict[str, str]:
    """The files of a release by name: the rows as CSV (RFC 4180) and as JSON, and the dictionary."""
    table = io.StringIO(newline="")
    csv.writer(table).writerows([Row._fields, *rows])
    limits = {"least": policy.least, "least_of_organisations": policy.least_of_organisations}
    about = {"policy": policy.id, **limits, **dictionary()}
    lines = [each._asdict() for each in rows]
    return {
        f"{name}.csv": table.getvalue(),
        f"{name}.json": json.dumps({**limits, "rows": lines}, ensure_ascii=False),
        f"{name}.dictionary.json": json.dumps(about, ensure_ascii=False, indent=1),
    }


def released(worlds: Worlds, policy: Policy, *, secondary: bool = True) -> list[Row]:
    """The rows of every table, in order."""
    received, ended = (Cube(subject, worlds.subjects[subject.name], worlds.partial) for subject in SUBJECTS)
    came = protected(received, policy, worlds.names, secondary=secondary)
    left = protected(ended, policy, {}, bound={*came, *received.given}, secondary=secondary)
    found = [
        _row(cube.subject.name, *cell) for cube, some in ((received, came), (ended, left)) for cell in some.items()
    ]
    return sorted(found)


def _row(table: str, key: Key, value: int) -> Row:
    below = key.node.endswith(BELOW)
    unit = key.node.removesuffix(BELOW)
    return Row(table, unit, str(below).lower(), key.period, "quarter" if "Q" in key.period else "year", *key[2:], value)


def worlds_of(counts: Iterable[tuple[Cell, Counts]], tree: Tree, root: str) -> Worlds:
    """What is counted of a unit and those below it, by subject."""
    found: dict[str, dict[Atom, int]] = {subject.name: {} for subject in SUBJECTS}
    nodes, partial, years = _nodes(tree, root), set[Part](), set[str]()
    names = _Naming()
    for cell, told in counts:
        years.add(cell.month[:4])
        context = Context(cell.unit, nodes(cell.unit, cell.month), cell.month)
        names.add(cell, told.get("received", 0), is_inside=bool(context.nodes))
        for subject, kinds, count in _counted(cell, told):
            if count and not context.nodes:
                partial |= _parts(tree.standing(cell.month).path(cell.unit), cell.month)
            elif context.nodes:
                atom = Atom(context, cell.procedure, *kinds)
                found[subject][atom] = found[subject].get(atom, 0) + count
    worlds = {name: {atom: count for atom, count in world.items() if count} for name, world in found.items()}
    return Worlds(worlds, frozenset(partial.union(*(_elsewhere(tree, root, year) for year in years))), names.said())


class _Naming:
    """What the boards of agencies say of a year, or will say once it is over."""

    def __init__(self) -> None:
        self._received: dict[tuple[str, str], Counts] = {}
        self._outside = set[tuple[str, str]]()

    def add(self, cell: Cell, number: int, *, is_inside: bool) -> None:
        """What was received in a cell; not inside: it is in no sum of the release."""
        at = (cell.unit, cell.month[:4])
        received = self._received.setdefault(at, {})
        received[cell.procedure] = received.get(cell.procedure, 0) + number
        if not is_inside:
            self._outside.add(at)

    def said(self) -> Names:
        """Of an agency with a part outside a name says nothing of the part inside, that there is none does."""
        procedures = sorted({each for received in self._received.values() for each in received})
        found = dict[tuple[str, str, str], bool]()
        for at, received in self._received.items():
            names = enough(received)
            few = {each for each in procedures if received.get(each, 0) < least()}
            found |= {(*at, each): False for each in sorted(few)}
            found |= {(*at, each): True for each in sorted(names) if at not in self._outside}
        return found


def _counted(cell: Cell, told: Counts) -> Iterator[tuple[str, tuple[str, str, str], int]]:
    yield RECEIVED.name, (cell.channel, cell.party, ALL), told.get("received", 0)
    for each in ENDED.timeliness:
        yield ENDED.name, (ALL, ALL, each), told.get(each, 0)


def _nodes(tree: Tree, root: str) -> Callable[[str, str], tuple[str, ...]]:
    """Which agencies have the counts of a unit in a month: those whose work it is, and those above up to the root."""
    parents = _with_below(tree)
    wholes: dict[str, frozenset[str]] = {}

    def of(unit: str, month: str) -> tuple[str, ...]:
        standing = tree.standing(month)
        if month not in wholes:
            wholes[month] = standing.below(root)
        whole = wholes[month]
        alone = (each for each in standing.holders(unit) if each in whole)
        above = (f"{each}{BELOW}" for each in standing.path(unit) if each in whole and each in parents)
        return tuple(sorted((*alone, *above)))

    return of


def _elsewhere(tree: Tree, root: str, year: str) -> set[Part]:
    """The nodes that had counts elsewhere than below the root in a month, with that month's quarter and year."""
    found = set[Part]()
    for month in months_of(year):
        standing = tree.standing(month)
        there = {node for unit in standing.known for node in standing.path(unit)}
        found |= _parts(there - standing.below(root), month)
    return found


def _parts(units: Iterable[str], month: str) -> set[Part]:
    nodes = [node for each in units for node in (each, f"{each}{BELOW}")]
    return {(node, period) for node in nodes for period in periods_of(month)[1:]}


def _with_below(tree: Tree) -> frozenset[str]:
    """Agencies below which others ever stood."""
    parents = {entry.parent for unit in tree.units.values() for entry in unit.entries}
    return frozenset(each for each in parents if each)
