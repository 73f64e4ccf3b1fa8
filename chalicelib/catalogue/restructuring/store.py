"""Which dossiers run on which version, and which papers they came with: our own read model of the dossiers' events."""

import hashlib
from collections import Counter
from typing import Final

from chalicelib.catalogue.restructuring.running import Began, CameBy, Moved, RunningDossier, Used
from chalicelib.catalogue.settings import TABLE
from chalicelib.contracts.stored import read, written
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.kernel import aws, record
from chalicelib.kernel.clock import ZONE, moment
from chalicelib.law.states import DossierState

SHARDS: Final = 16
"""A procedure that half the country files at once would else be one hot partition."""
_DOSSIERS, _PAPER, _CHANNEL, _MONTH = "dossiers", "paper ", "channel ", "month "


def _shard(reference: str) -> str:
    return f"{hashlib.sha256(reference.encode()).digest()[0] % SHARDS:02d}"


def _place(procedure: str, reference: str) -> tuple[str, str]:
    return f"RUNNING#{procedure}#{_shard(reference)}", f"DOSSIER#{reference}"


def _counts(procedure: str, shard: str) -> tuple[str, str]:
    """The counts of a shard, each under a partition key of its own: rows of one key share its throughput."""
    return f"USED#{procedure}#{shard}", "COUNTS"


def _began(reference: str) -> tuple[str, str]:
    return f"SEEN#{reference}", "SUBMITTED"


def _moved(reference: str) -> tuple[str, str]:
    return f"SEEN#{reference}", "STATE"


def _ended(reference: str) -> tuple[str, str]:
    return f"SEEN#{reference}", "ENDED"


def _at(place: tuple[str, str]) -> dict[str, str]:
    return {"pk": place[0], "sk": place[1]}


class RunningTable:
    """Running dossiers by procedure."""

    def submitted(self, told: DossierSubmitted) -> None:
        """Count a submitted dossier and its papers, once however often and late it is told; from then on it runs.

        That it is counted is one transaction with its mark; the row of what runs is written after it, whenever it is
        told and not there, and goes again when the end was told meanwhile.
        """
        record.settled(lambda: self._count(told))
        if self._has_ended(told.reference):
            return
        moved = aws.get(TABLE(), *_moved(told.reference))
        row = RunningDossier(
            reference=told.reference,
            version=told.procedure_version,
            agency=told.agency,
            state=read(Moved, moved).state if moved else DossierState.REGISTERED,
        )
        place = _place(told.procedure, told.reference)
        if aws.alone(aws.put_new(TABLE(), _at(place) | written(row))) and self._has_ended(told.reference):
            aws.alone(aws.delete(TABLE(), place))

    def _count(self, told: DossierSubmitted) -> None:
        used = {_DOSSIERS: 1} | {f"{_PAPER}{code}": 1 for code in sorted({each.code for each in told.components})}
        used |= _by_channel(told) if told.service_channel else {}
        began = aws.put_new(TABLE(), _at(_began(told.reference)) | written(Began(procedure=told.procedure)))
        counts = aws.count(TABLE(), _counts(told.procedure, _shard(told.reference)), used)
        try:
            aws.transact({"began": began, "counts": counts})
        except aws.Lost:
            return  # told before

    def _has_ended(self, reference: str) -> bool:
        return aws.get(TABLE(), *_ended(reference)) is not None

    def moved(self, procedure: str, reference: str, state: DossierState) -> None:
        """A running dossier reached another state; a mark keeps it until its beginning is told; ended, it stays so."""
        there = aws.update(
            TABLE(), _place(procedure, reference), put={"state": int(state)}, condition="attribute_exists(pk)"
        )
        if aws.updated(there) is None and not self._has_ended(reference):
            aws.alone(aws.put(TABLE(), _at(_moved(reference)) | written(Moved(state=state))))
            aws.updated(there)

    def ended(self, reference: str) -> None:
        """A dossier that reached its end runs no more; the mark keeps a late beginning from making it run again.

        The mark is there before the row goes: who writes the row looks for it afterwards.
        """
        aws.alone(aws.put(TABLE(), _at(_ended(reference))))
        if seen := aws.get(TABLE(), *_began(reference)):
            aws.alone(aws.delete(TABLE(), _place(read(Began, seen).procedure, reference)))

    def running(self, procedure: str, limit: int) -> list[RunningDossier]:
        """Running dossiers of a procedure, at most `limit` of each partition."""
        found: list[RunningDossier] = []
        for number in range(SHARDS):
            rows, _ = aws.page(TABLE(), "", "pk", f"RUNNING#{procedure}#{number:02d}", limit=limit)
            found += [read(RunningDossier, row) for row in rows]
        return found

    def used(self, procedure: str) -> Used:
        """How many dossiers came, with how many of them each paper came, and how many by each channel."""
        dossiers, papers, channels = 0, Counter[str](), Counter[str]()
        shards = self._shards(procedure)
        earlier = aws.query(TABLE(), f"USED#{procedure}")  # the first releases kept all shards under one key
        for row in (*shards, *earlier):
            for name, count in row.items():
                if name == _DOSSIERS:
                    dossiers += count
                elif name.startswith(_PAPER):
                    papers[name.removeprefix(_PAPER)] += count
                elif name.startswith(_CHANNEL):
                    channels[name.removeprefix(_CHANNEL)] += count
        return Used(dossiers, papers, channels)

    def monthly(self, procedure: str) -> list[CameBy]:
        """How many dossiers came by each channel in each month of Vietnam; those that earlier releases counted in none.

        The months make the row longer by some 50 bytes each.
        """
        found = Counter[tuple[str, str]]()
        for row in self._shards(procedure):
            for name, count in row.items():
                if name.startswith(_MONTH):
                    month, channel = name.removeprefix(_MONTH).split(" ", 1)
                    found[month, channel] += count
        return [CameBy(*key, count) for key, count in sorted(found.items())]

    def _shards(self, procedure: str) -> list[aws.Item]:
        return aws.many(TABLE(), [_counts(procedure, f"{number:02d}") for number in range(SHARDS)])


def _by_channel(told: DossierSubmitted) -> dict[str, int]:
    """One more by its channel, at all and in its month."""
    month = [f"{_MONTH}{moment(told.received_at).astimezone(ZONE):%Y-%m} "] if told.received_at else []
    return {f"{kind}{told.service_channel}": 1 for kind in (_CHANNEL, *month)}
