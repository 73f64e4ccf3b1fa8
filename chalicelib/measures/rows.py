"""Where rows of the measures stand: their keys, and how a change of counters is written. The table's setting."""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from chalicelib.contracts.stored import written
from chalicelib.kernel import aws
from chalicelib.kernel.settings import setting
from chalicelib.measures.cells import Cell, Counts, counted
from chalicelib.measures.finders import found
from chalicelib.measures.model import SHARDS, Finding, Measured, month_of, shard_of
from chalicelib.measures.petitions import PetitionCounted, PetitionEvent

TABLE: Final = setting("MOTCUA_MEASURES_TABLE", "Table of counters, and of what is counted of each dossier.")
SERVING: Final = ("SERVING", "GENERATION")
BEGUN: Final = ("SERVING", "BEGUN")
"""How many rebuilds were begun."""
UNITS: Final = "UNITS"
FIRST: Final = 1
"""The generation before anything was rebuilt."""


class Place(Struct, frozen=True):
    """Where a row stands."""

    pk: str
    sk: str


def measured_key(generation: int, reference: str) -> tuple[str, str]:
    """Where what is counted of a dossier stands."""
    return f"MEASURED#{generation}#{reference}", "MEASURED"


def counts_keys(generation: int, unit: str, year: str) -> Iterator[str]:
    """The partitions of a unit's counters of a year."""
    return (_counts(generation, unit, year, shard) for shard in range(SHARDS))


def counts_key(generation: int, cell: Cell, shard: int) -> tuple[str, str]:
    """Where the counters of a cell stand, in one of its parts."""
    sk = f"{cell.month}#{cell.procedure}#{cell.channel}#{cell.party}"
    return _counts(generation, cell.unit, cell.month[:4], shard), sk


def _counts(generation: int, unit: str, year: str, shard: int) -> str:
    return f"COUNT#{generation}#{unit}#{year}#{shard}"


def cell_of(unit: str, sk: str) -> Cell:
    """The cell whose counters stand there."""
    month, procedure, channel, party = sk.split("#")
    return Cell(unit, month, procedure, channel, party)


def behind_key(generation: int, unit: str, month: str, shard: int) -> str:
    """The partition that names the dossiers behind a unit's counters of a month."""
    return f"BEHIND#{generation}#{unit}#{month}#{shard}"


def finding_keys(generation: int, unit: str, month: str) -> Iterator[str]:
    """The partitions of what was found in a unit's dossiers, complete in that month."""
    return (_findings(generation, unit, month, shard) for shard in range(SHARDS))


def finding_key(generation: int, each: Finding) -> tuple[str, str]:
    """Where a finding stands: each rule finds once for an event of a dossier."""
    pk = _findings(generation, each.unit, month_of(each.at), shard_of(each.reference))
    return pk, f"{each.rule}#{each.reference}#{each.number:06d}"


def _findings(generation: int, unit: str, month: str, shard: int) -> str:
    return f"FINDING#{generation}#{unit}#{month}#{shard}"


def petition_mark(generation: int, event: PetitionEvent) -> aws.Item:
    """That an event of a petition was counted."""
    return {"pk": f"PETITION#{generation}#{event.petition}", "sk": f"{event.number:06d}"}


def petition_keys(generation: int, unit: str, month: str) -> Iterator[str]:
    """The partitions of what petitions added to a unit's counters of a month."""
    return (_petitions(generation, unit, month, shard) for shard in range(SHARDS))


def petition_row(generation: int, event: PetitionEvent, each: PetitionCounted) -> aws.Item:
    """What opens a count of petitions down: what an event added to a unit."""
    pk = _petitions(generation, each.unit, each.cell.month, shard_of(event.petition))
    return {"pk": pk, "sk": f"{event.petition}#{event.number:06d}", **written(each)}


def _petitions(generation: int, unit: str, month: str, shard: int) -> str:
    return f"PETITIONS#{generation}#{unit}#{month}#{shard}"


def petition_parts(generation: int, event: PetitionEvent) -> dict[str, aws.Op]:
    """An event of a petition with all counters that it moves, as one transaction; `mark` is lost where it counted."""
    parts = {"mark": aws.put_new(TABLE(), petition_mark(generation, event))}
    for each in event.added:
        at = counts_key(generation, each.cell, shard_of(event.petition))
        parts[f"counts {len(parts)}"] = aws.count(TABLE(), at, each.counts)
        parts[f"row {len(parts)}"] = aws.put(TABLE(), petition_row(generation, event, each))
    return parts


def changed(
    generation: int, reference: str, was: Measured, now: Measured, by: Mapping[Cell, Counts]
) -> dict[str, aws.Op]:
    """What is counted of a dossier with all counters that it moves, and what is found in it, as one transaction.

    `measured` is lost when somebody else counted meanwhile, of its log or of a petition: so each event counts once.
    """
    key, shard = measured_key(generation, reference), shard_of(reference)
    item = {"pk": key[0], "sk": key[1], **written(now)}
    parts = {
        "measured": aws.put(TABLE(), item, **_still(was)) if was != Measured() else aws.put_new(TABLE(), item),
    }
    for cell, counts in by.items():
        parts[f"counts {len(parts)}"] = aws.count(TABLE(), counts_key(generation, cell, shard), counts)
    before, after = _places(was), _places(now)
    for unit, month in sorted(after - before):
        row = {"pk": behind_key(generation, unit, month, shard), "sk": reference}
        parts[f"behind {len(parts)}"] = aws.put(TABLE(), row)
    for unit, month in sorted(before - after):
        gone = behind_key(generation, unit, month, shard), reference
        parts[f"behind {len(parts)}"] = aws.delete(TABLE(), gone)
    old = {finding_key(generation, each): each for each in found(reference, was)}
    new = {finding_key(generation, each): each for each in found(reference, now)}
    for at, each in new.items():
        if old.get(at) != each:
            parts[f"finding {len(parts)}"] = aws.put(TABLE(), {"pk": at[0], "sk": at[1], **written(each)})
    for at in sorted(old.keys() - new.keys()):
        parts[f"finding {len(parts)}"] = aws.delete(TABLE(), at)
    return parts


def _still(was: Measured) -> aws.Op:
    """That its log and its petitions are counted as far as they were: both only grow, what is empty is not written."""
    number = "#n = :n" if was.number else "attribute_not_exists(#n)"
    petitions = "size(#p) = :p" if was.petitions else "attribute_not_exists(#p)"
    counted_so_far = {":n": was.number, ":p": len(was.petitions)}
    return {
        "ConditionExpression": f"{number} AND {petitions}",
        "ExpressionAttributeNames": {"#n": "number", "#p": "petitions"},
        "ExpressionAttributeValues": aws.packed({name: by for name, by in counted_so_far.items() if by}),
    }


def _places(measured: Measured) -> set[tuple[str, str]]:
    return {(cell.unit, cell.month) for cell in counted(measured)}
