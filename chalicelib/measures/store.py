"""Counters and what is counted of dossiers, in DynamoDB."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from itertools import batched
from typing import Any, Final

import msgspec

from chalicelib.contracts.stored import read, typed, written
from chalicelib.dossier.fed import all_events, heads_of, last_events
from chalicelib.dossier.items import Head
from chalicelib.identity.fence import TABLE as PETITIONS_TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.record import LogRow, log_row
from chalicelib.measures import fence
from chalicelib.measures.cells import Cell, Counts, counted
from chalicelib.measures.finders import found
from chalicelib.measures.model import LATER, SHARDS, Finding, Measured, Serving, Unit, shard_of
from chalicelib.measures.petitions import PREFIX as PETITIONS
from chalicelib.measures.petitions import PetitionCounted, PetitionEvent, is_counted
from chalicelib.measures.ports import Part
from chalicelib.measures.reported import Report, shown_key
from chalicelib.measures.rows import (
    BEGUN,
    SERVING,
    TABLE,
    UNITS,
    Place,
    behind_key,
    cell_of,
    counts_key,
    counts_keys,
    finding_key,
    finding_keys,
    measured_key,
    petition_keys,
    petition_mark,
    petition_row,
)
from chalicelib.measures.tree import Tree

MOST_PUT: Final = 25
"""Items of one BatchWriteItem."""
AT_ONCE: Final = 16
"""Reads of counters that go on beside each other."""
_NAMES: Final = frozenset({"pk", "sk"})


class Table:
    """The measures' table, and the logs that it is counted from."""

    def __init__(self) -> None:
        self._waiting: list[aws.Item] = []

    # --- figures ------------------------------------------------------------------------------------------------

    def units(self) -> list[Unit]:
        """Every agency that was published."""
        return [read(Unit, row) for row in aws.query(TABLE(), UNITS)]

    def tree(self) -> Tree:
        """Whose counts add up to whose."""
        return Tree(self.units())

    def not_made(self) -> frozenset[str]:
        """Counts that the generation that is shown was not made with: what stands there is a part."""
        return LATER - set(fence.served().later)

    def counts(self, units: Iterable[str], months: tuple[str, ...]) -> list[tuple[Cell, Counts]]:
        """The counters of units in months that follow each other, in one year; parts of a cell come one by one."""
        generation, first, last = fence.serving(), months[0], f"{months[-1]}#{aws.LAST}"
        asked = [(unit, pk) for unit in units for pk in counts_keys(generation, unit, first[:4])]

        def one(at: tuple[str, str]) -> list[tuple[Cell, Counts]]:
            return [counts_of(at[0], row) for row in aws.between(TABLE(), at[1], first, last)]

        return [each for found in _beside(one, asked) for each in found]

    def reported(self, unit: str, period: str) -> list[Report]:
        """What other systems report of a unit and period now, source by source."""
        return [read(Report, row) for row in aws.query(TABLE(), *shown_key(unit, period))]

    def reported_in(self, units: Iterable[str], year: str) -> list[Report]:
        """What other systems report of units now, in a year and periods of it."""
        partitions = [shown_key(unit, year)[0] for unit in units]
        return [read(Report, row) for pk in partitions for row in aws.query(TABLE(), pk, year)]

    def behind(self, units: Iterable[str], months: tuple[str, ...]) -> list[str]:
        """The dossiers behind the counters of units in months, by reference."""
        generation = fence.serving()
        asked = [
            behind_key(generation, unit, month, shard) for unit in units for month in months for shard in range(SHARDS)
        ]

        def one(pk: str) -> list[str]:
            return [_place(row).sk for row in aws.query(TABLE(), pk)]

        return sorted({each for found in _beside(one, asked) for each in found})

    def findings(self, units: Iterable[str], months: tuple[str, ...]) -> list[Finding]:
        """What is kept of findings that were complete in months, in dossiers of units."""
        generation = fence.serving()
        asked = [pk for unit in units for month in months for pk in finding_keys(generation, unit, month)]

        def one(pk: str) -> list[Finding]:
            return [read(Finding, row) for row in aws.query(TABLE(), pk)]

        return [each for some in _beside(one, asked) for each in some]

    def petitioned(self, units: Iterable[str], months: tuple[str, ...]) -> list[PetitionCounted]:
        """What petitions added to the counters of units in months."""
        generation = fence.serving()
        asked = [pk for unit in units for month in months for pk in petition_keys(generation, unit, month)]

        def one(pk: str) -> list[PetitionCounted]:
            return [read(PetitionCounted, row) for row in aws.query(TABLE(), pk)]

        return [each for some in _beside(one, asked) for each in some]

    def measured(self, references: Iterable[str]) -> Mapping[str, Measured]:
        """What is counted of dossiers, by reference."""
        return self._measured(fence.serving(), references)

    def heads(self, references: Iterable[str]) -> Mapping[str, Head]:
        """The HEADs of dossiers."""
        return heads_of(references)

    def _measured(self, generation: int, references: Iterable[str]) -> dict[str, Measured]:
        found = dict[str, Measured]()
        for some in batched(dict.fromkeys(references), aws.MOST_AT_ONCE, strict=False):
            keys = [measured_key(generation, each) for each in some]
            for row in aws.many(TABLE(), keys, as_now=True):
                found[_place(row).pk.split("#", 2)[2]] = read(Measured, row)
        return found

    # --- counting anew ------------------------------------------------------------------------------------------

    def events(self) -> Iterator[tuple[str, LogRow]]:
        """Every event of every dossier."""
        return all_events()

    def petitions(self) -> Iterator[tuple[str, LogRow]]:
        """Every event of every petition that counts. Reads the whole table of their owner."""
        condition, values = "begins_with(pk, :petitions) AND begins_with(sk, :events)", {":events": "EVENT#"}
        for row in aws.scanned(PETITIONS_TABLE(), condition, values | {":petitions": PETITIONS}):
            told = log_row(row)
            if is_counted(told.type):
                yield _place(row).pk, told

    def ends(self) -> Iterator[tuple[str, int]]:
        """The number of the newest event of every dossier."""
        return last_events()

    def serving(self) -> int:
        """The generation that is shown and counted on."""
        return fence.serving()

    def totals(self, generation: int) -> Mapping[Part, Counts]:
        """Every counter of a generation; one that came back to 0 is none."""
        found = dict[Part, Counts]()
        for row in self._rows(f"COUNT#{generation}#"):
            _, _, unit, _, shard = _place(row).pk.split("#")
            cell, counts = counts_of(unit, row)
            if told := {name: by for name, by in counts.items() if by}:
                found[cell, int(shard)] = told
        return found

    def found(self, generation: int) -> list[Finding]:
        """Every finding of a generation."""
        return [read(Finding, row) for row in self._rows(f"FINDING#{generation}#")]

    def _rows(self, prefix: str) -> Iterator[aws.Item]:
        return aws.scanned(TABLE(), "begins_with(pk, :p)", {":p": prefix})

    def begun(self, former: int) -> int:
        """A generation of its own for a rebuild: two that run at once never write the same rows."""
        return former + aws.add(TABLE(), BEGUN, "begun", 1)

    def forget(self, *, before: int) -> None:
        """Delete every generation before this one; what another rebuild writes now is behind it."""
        for kind in ("COUNT#", "BEHIND#", "MEASURED#", "FINDING#", "PETITION#", "PETITIONS#"):
            for place in map(_place, self._rows(kind)):
                if int(place.pk.split("#", 2)[1]) < before:
                    aws.alone(aws.delete(TABLE(), (place.pk, place.sk)))

    def keep(self, generation: int, reference: str, measured: Measured) -> None:
        """What is counted of a dossier, in a generation that nobody counts on; `keep_totals` writes the rest."""
        pk, sk = measured_key(generation, reference)
        self._waiting.append({"pk": pk, "sk": sk, **written(measured)})
        shard = shard_of(reference)
        for unit, month in sorted({(cell.unit, cell.month) for cell in counted(measured)}):
            self._waiting.append({"pk": behind_key(generation, unit, month, shard), "sk": reference})
        for each in found(reference, measured):
            place = finding_key(generation, each)
            self._waiting.append({"pk": place[0], "sk": place[1], **written(each)})
        self._write(MOST_PUT)

    def keep_petition(self, generation: int, event: PetitionEvent) -> None:
        """What an event of a petition added, in a generation that nobody counts on; `keep_totals` writes the rest."""
        self._waiting.append(petition_mark(generation, event))
        self._waiting += [petition_row(generation, event, each) for each in event.added]
        self._write(MOST_PUT)

    def keep_totals(self, generation: int, totals: Mapping[Part, Counts]) -> None:
        """All counters of that generation."""
        for (cell, shard), counts in totals.items():
            pk, sk = counts_key(generation, cell, shard)
            self._waiting.append({"pk": pk, "sk": sk, **counts})
            self._write(MOST_PUT)
        self._write(1)

    def _write(self, least: int) -> None:
        while len(self._waiting) >= least:
            some, self._waiting = self._waiting[:MOST_PUT], self._waiting[MOST_PUT:]
            _put_all(some)

    def serve(self, generation: int, former: int) -> None:
        """From now on this generation is shown and counted on. Raises aws.Lost: another rebuild was faster."""
        at = {"pk": SERVING[0], "sk": SERVING[1], **written(Serving(generation=generation, later=tuple(sorted(LATER))))}
        condition = "attribute_not_exists(pk) OR generation = :g"
        values = aws.packed({":g": former})
        aws.transact({"serving": aws.put(TABLE(), at, ConditionExpression=condition, ExpressionAttributeValues=values)})

    def numbers(self, generation: int, references: Iterable[str]) -> Mapping[str, int]:
        """How far dossiers are counted."""
        return {each: found.number for each, found in self._measured(generation, references).items()}

    def count(self, generation: int, reference: str) -> None:
        """Count what a dossier's log says more."""
        fence.count(generation, reference)

    def count_petition(self, generation: int, pk: str, row: LogRow) -> None:
        """Count an event of a petition, unless it was."""
        fence.count_petition(generation, pk, row)

    def keep_units(self, units: Iterable[Unit]) -> None:
        """Agencies as the catalogue has them; what was told meanwhile stays."""
        for unit in units:
            fence.keep(unit)


class _Answer(msgspec.Struct, frozen=True):
    """What DynamoDB says of a batch, in its own word: what it left out."""

    UnprocessedItems: dict[str, Any] = {}


def _put_all(items: list[aws.Item]) -> None:
    """Put items that nobody else writes, each by itself: no transaction, and half of its price."""
    rest: dict[str, Any] = {TABLE(): [{"PutRequest": {"Item": aws.packed(each)}} for each in items]}
    while rest:  # what a busy table leaves out is put again
        rest = msgspec.convert(aws.client("dynamodb").batch_write_item(RequestItems=rest), _Answer).UnprocessedItems


def counts_of(unit: str, row: aws.Item) -> tuple[Cell, Counts]:
    """A row of counters of a unit: its cell, and its counts."""
    return cell_of(unit, _place(row).sk), {name: by for name, by in row.items() if name not in _NAMES}


def _place(row: aws.Item) -> Place:
    return typed(Place, row, row)


def _beside[A, T](one: Callable[[A], T], asked: Sequence[A]) -> list[T]:
    """What `one` answers to each, asked beside each other where that is worth it."""
    if len(asked) <= SHARDS:
        return [one(each) for each in asked]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [each.result() for each in [pool.submit(copy_context().run, one, each) for each in asked]]
