"""Count everything anew from the logs, beside what is counted meanwhile: the same numbers, or their differences.

A rebuild writes a generation of its own that nobody counts on, then lets it serve, then counts what its logs said in
between: while it runs, figures go on, and no event is lost or counted twice.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import batched, groupby
from operator import itemgetter
from typing import NamedTuple

from msgspec.structs import replace

from chalicelib.contracts.event import Malformed
from chalicelib.kernel.problem import TryAgain
from chalicelib.kernel.record import LogRow
from chalicelib.measures.cells import Cell, Counts, added, counted
from chalicelib.measures.facts import Told, folded
from chalicelib.measures.finders import found
from chalicelib.measures.model import Finding, Measured, Unit, month_of, shard_of
from chalicelib.measures.petitions import PetitionEvent, petition_event, petitioned
from chalicelib.measures.ports import Generations, Logs, Part


class Difference(NamedTuple):
    """A counter that is not what the logs say: its cell and part, its name, what stands there, what the logs say.

    A finding is one too: it stands there once, or not at all.
    """

    part: Part
    name: str
    stands: int
    logs_say: int


@dataclass
class Recount:
    """What the logs say: every counter, what is found, how many events and dossiers were read, which cannot be read."""

    totals: dict[Part, Counts] = field(default_factory=dict)
    events: int = 0
    dossiers: int = 0
    unreadable: list[str] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)
    named: dict[str, Measured] = field(default_factory=dict)
    """Dossiers that petitions name, with what these say of them: read before the dossiers."""

    def each(self, events: Iterable[tuple[str, LogRow]]) -> Iterator[tuple[str, Measured]]:
        """What is counted of each dossier, by reference; meanwhile the totals grow."""
        for reference, rows in groupby(events, key=itemgetter(0)):
            told = [Told(row.number, row.type, row.data) for _, row in rows]
            self.events += len(told)
            try:
                measured = folded(self.named.get(reference, Measured()), told)
                counts_by_cell, more = counted(measured), found(reference, measured)
            except (Malformed, ValueError):
                self.unreadable.append(reference)
                continue
            shard = shard_of(reference)
            for cell, counts in counts_by_cell.items():
                added(self.totals.setdefault((cell, shard), {}), counts)
            self.found += more
            self.dossiers += bool(counts_by_cell)
            yield reference, measured

    def petitions(self, events: Iterable[tuple[str, LogRow]]) -> Iterator[PetitionEvent]:
        """What each event of a petition adds; meanwhile the totals grow."""
        for pk, row in events:
            self.events += 1
            try:
                event = petition_event(pk, row)
            except Malformed:
                self.unreadable.append(pk)
                continue
            if event.dossier is not None and event.told is not None:
                self.named[event.dossier] = petitioned(self.named.get(event.dossier, Measured()), event.told)
            for each in event.added:
                added(self.totals.setdefault((each.cell, shard_of(event.petition)), {}), each.counts)
            yield event


@dataclass(frozen=True)
class Rebuild:
    """The use cases of an operator."""

    logs: Logs
    kept: Generations

    def compare(self) -> tuple[Recount, list[Difference]]:
        """Recompute everything, and say what stands otherwise. While dossiers move they may differ for a moment."""
        recount = Recount()
        for _ in recount.petitions(self.logs.petitions()):
            pass
        for _ in recount.each(self.logs.events()):
            pass
        return recount, self._differences(self.kept.serving(), recount)

    def rebuild(self, units: Iterable[Unit]) -> tuple[Recount, list[Difference]]:
        """Replace every counter; answers what the former ones differed by. Raises aws.Lost: another one was faster."""
        former = self.kept.serving()
        self.kept.forget(before=former)
        self.kept.keep_units(units)
        recount, new = Recount(), self.kept.begun(former)
        for event in recount.petitions(self.logs.petitions()):
            self.kept.keep_petition(new, event)
        for reference, measured in recount.each(self.logs.events()):
            if replace(measured, number=0) != Measured():
                self.kept.keep(new, reference, measured)
        self.kept.keep_totals(new, recount.totals)
        differing = self._differences(former, recount)
        self.kept.serve(new, former)
        for some in batched(self.logs.ends(), 100, strict=False):
            known = self.kept.numbers(new, (reference for reference, _ in some))
            for reference, last in some:
                if reference not in recount.unreadable and known.get(reference, 0) < last:
                    self._count(new, reference, recount)
        for pk, row in self.logs.petitions():
            if pk not in recount.unreadable:
                self.kept.count_petition(new, pk, row)
        return recount, differing

    def _differences(self, generation: int, recount: Recount) -> list[Difference]:
        """What a generation has otherwise: counters, then findings."""
        kept, logs_say = as_counts(self.kept.found(generation)), as_counts(recount.found)
        return [*differences(self.kept.totals(generation), recount.totals), *differences(kept, logs_say)]

    def _count(self, generation: int, reference: str, recount: Recount) -> None:
        """What was told meanwhile; a dossier that cannot be counted is named, and holds no other back."""
        try:
            self.kept.count(generation, reference)
        except (Malformed, ValueError, TryAgain):
            recount.unreadable.append(reference)


def as_counts(findings: Iterable[Finding]) -> dict[Part, Counts]:
    """Findings by the cell and part of their dossier, each once by rule, dossier, event and evidence."""
    told: dict[Part, Counts] = {}
    for each in findings:
        cell = Cell(each.unit, month_of(each.at), each.procedure, each.channel, each.party)
        events = ",".join(f"{mark.number} {mark.what}" for mark in each.evidence)
        added(told.setdefault((cell, shard_of(each.reference)), {}), {f"{each.rule} {each.reference} ({events})": 1})
    return told


def differences(stands: Mapping[Part, Counts], logs_say: Mapping[Part, Counts]) -> list[Difference]:
    """Every counter that is not what the logs say."""
    return [
        Difference(part, name, old.get(name, 0), new.get(name, 0))
        for part in sorted(stands.keys() | logs_say.keys())
        for old, new in ((stands.get(part, {}), logs_say.get(part, {})),)
        for name in sorted(old.keys() | new.keys())
        if old.get(name, 0) != new.get(name, 0)
    ]
