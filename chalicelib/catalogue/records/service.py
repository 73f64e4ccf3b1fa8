"""Keeping national records: what one says is kept as it says it, beside the versions that are made here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from msgspec import to_builtins

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.given import plain
from chalicelib.catalogue.procedures.items import NationalRecord
from chalicelib.catalogue.procedures.listed import UNKNOWN, row
from chalicelib.catalogue.procedures.model import fingerprint, keeper_of
from chalicelib.catalogue.procedures.ports import Procedures
from chalicelib.catalogue.procedures.unbegun import unbegun
from chalicelib.catalogue.records.findings import Finding
from chalicelib.contracts.catalogue import ProcedureRecorded
from chalicelib.kernel import record
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.ids import canonical

type Kept = Literal["imported", "changed", "unchanged"]


@dataclass(frozen=True)
class Records:
    """Use cases of an operator."""

    procedures: Procedures
    clock: Clock

    def keep(self, facts: Facts, findings: Sequence[Finding]) -> Kept:
        """Keep what the national record says: `imported`, `changed`, or `unchanged` when it says the same."""
        print_of = fingerprint(facts)

        def once() -> Kept:
            head = self.procedures.head(facts.code)
            if head.record == print_of:
                return "unchanged"
            now = self.clock()
            former = self.procedures.national(facts.code) if head.record else None
            item = NationalRecord(
                code=facts.code,
                fingerprint=print_of,
                imported_at=stamp(now),
                facts_text=canonical(plain(facts)),
                findings_text=canonical(to_builtins(findings)),
                again=former is not None,
            )
            shown = None
            if not head.windows:
                shown = row(facts, UNKNOWN, windows=(), recorded=True)
            told = ProcedureRecorded(procedure=facts.code, fingerprint=print_of)
            keeper, was = keeper_of(head, item), keeper_of(head, former)
            ended = {was: None} if was and former else {}
            lists = {**ended, **({keeper: unbegun(facts, latest=head.latest, since=stamp(now))} if keeper else {})}
            self.procedures.keep(
                head, [told], now, national=item, former=former, row=shown, unbegun=lists, record=print_of
            )
            return "changed" if head.record else "imported"

        return record.settled(once)
