"""What the outbox does for the measures: what a dossier's log says more is counted, in one transaction of its own.

The log is the source, and is read in its order from where the dossier was counted last: an event that comes twice, late
or before another one counts once, and what was missed is made up by the next one. docs/explanation/measures.md
"""

from collections.abc import Iterable
from typing import Final

from msgspec.structs import replace

from chalicelib.contracts.catalogue import AgencyPublished
from chalicelib.contracts.event import Malformed, heard
from chalicelib.contracts.stored import read, written
from chalicelib.dossier.fed import PREFIX, events_after
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.kernel import aws, log, waiting
from chalicelib.kernel.problem import TryAgain
from chalicelib.kernel.record import LogRow
from chalicelib.measures.cells import moves
from chalicelib.measures.facts import Told, folded, is_fact
from chalicelib.measures.model import Measured, Serving, Unit, unit_of
from chalicelib.measures.petitions import PREFIX as PETITIONS
from chalicelib.measures.petitions import PetitionEvent, is_counted, petition_event, petitioned
from chalicelib.measures.rows import (
    FIRST,
    SERVING,
    TABLE,
    UNITS,
    changed,
    measured_key,
    petition_mark,
    petition_parts,
)

NEEDS: Final = (TABLE, DOSSIERS)
type Rows = Iterable[tuple[str, LogRow]]


def measure(rows: Rows) -> dict[str, Exception]:
    """Count what new rows of logs say; answers what failed, by record: the same call later does the rest.

    A log that cannot be read is noted and holds nothing back: `motcua measure rebuild` names it.
    """
    rows = list(rows)
    failed = dict[str, Exception]()
    grew = dict.fromkeys(pk for pk, row in rows if pk.startswith(PREFIX) and is_fact(row.type))
    published = [(pk, row) for pk, row in rows if row.type == AgencyPublished.type]
    petitions = [(pk, row) for pk, row in rows if pk.startswith(PETITIONS) and is_counted(row.type)]
    if not (grew or published or petitions):
        return failed
    try:
        generation = serving() if grew or petitions else FIRST
    except Exception as error:  # noqa: BLE001 - whatever it is, the stream brings these rows again
        return dict.fromkeys([*grew, *(pk for pk, _ in petitions)], error)
    for reference in grew:
        try:
            count(generation, reference)
        except Exception as error:  # noqa: BLE001 - one dossier holds back no other
            failed |= _unless_unreadable(reference, error)
    for pk, row in petitions:
        try:
            count_petition(generation, pk, row)
        except Exception as error:  # noqa: BLE001 - nor does a petition
            failed |= _unless_unreadable(pk, error)
    for pk, row in published:
        try:
            keep_unit(heard(AgencyPublished, row.data), row.number)
        except Exception as error:  # noqa: BLE001 - nor does an agency
            failed |= _unless_unreadable(pk, error)
    return failed


def _unless_unreadable(record: str, error: Exception) -> dict[str, Exception]:
    if not isinstance(error, (Malformed, ValueError)):
        return {record: error}
    log.trouble("not measured", error, dossier=record)
    return {}


def serving() -> int:
    """The generation that is counted on, as it is now."""
    return served().generation


def served() -> Serving:
    """The same, with what it was made with."""
    found = aws.get(TABLE(), *SERVING)
    return read(Serving, found) if found else Serving(generation=FIRST)


def count(generation: int, reference: str) -> bool:
    """Count what a dossier's log says more; False when there was nothing. Raises TryAgain, Malformed."""
    for _ in waiting.turns():
        was = measured(generation, reference)
        rows = [Told(row.number, row.type, row.data) for row in events_after(reference, was.number)]
        now = folded(was, rows)
        if replace(now, number=was.number) == was:
            return False
        try:
            aws.transact(changed(generation, reference, was, now, moves(was, now)))
        except (aws.Lost, aws.WriteContended):
            continue
        return True
    raise TryAgain


def count_petition(generation: int, pk: str, row: LogRow) -> bool:
    """Count an event of a petition; False when it was counted before. Raises TryAgain, Malformed.

    First by the dossier that it names: what fails after that is all done again, and that once.
    """
    event = petition_event(pk, row)
    _count_dossier(generation, event)
    mark = petition_mark(generation, event)
    for _ in waiting.turns():
        if not event.added or aws.get(TABLE(), mark["pk"], mark["sk"]):
            return False
        try:
            aws.transact(petition_parts(generation, event))
        except (aws.Lost, aws.WriteContended):
            continue
        return True
    raise TryAgain


def _count_dossier(generation: int, event: PetitionEvent) -> None:
    """Count what a petition says of a dossier by that, unless it was. Raises TryAgain."""
    if event.dossier is None or event.told is None:
        return
    for _ in waiting.turns():
        was = measured(generation, event.dossier)
        now = petitioned(was, event.told)
        if now == was:
            return
        try:
            aws.transact(changed(generation, event.dossier, was, now, moves(was, now)))
        except (aws.Lost, aws.WriteContended):
            continue
        return
    raise TryAgain


def measured(generation: int, reference: str) -> Measured:
    """What is counted of a dossier; of one that was never counted, nothing."""
    found = aws.get(TABLE(), *measured_key(generation, reference))
    return read(Measured, found) if found else Measured()


def keep_unit(told: AgencyPublished, number: int) -> None:
    """Keep where an agency stands in the tree, unless we hold that or something newer."""
    keep(unit_of(told, number))


def keep(unit: Unit) -> None:
    """Keep an agency, unless we hold it or something newer."""
    newer = aws.update(
        TABLE(),
        (UNITS, unit.id),
        put=written(unit),
        condition="attribute_not_exists(pk) OR #n < :n",
        expect={"n": unit.number},
        reserved={"#n": "number"},
    )
    aws.updated(newer)
