"""Keeping national records: what one says is kept as it says it, beside the versions that are made here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from chalicelib.catalogue.procedures.listed import UNKNOWN, life_events, row
from chalicelib.catalogue.procedures.model import fingerprint
from chalicelib.catalogue.procedures.ports import Procedures
from chalicelib.kernel import record
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.events import EventType, Fact

type Kept = Literal["imported", "changed", "unchanged"]


@dataclass(frozen=True)
class Records:
    """Use cases of an operator."""

    procedures: Procedures
    clock: Clock

    def keep(self, facts: Mapping[str, Any], findings: Sequence[Mapping[str, Any]]) -> Kept:
        """Keep what the national record says: `imported`, `changed`, or `unchanged` when it says the same."""
        print_of = fingerprint(facts)

        def once() -> Kept:
            head = self.procedures.head(facts["code"])
            if head and head["record"] == print_of:
                return "unchanged"
            now = self.clock()
            item = {"code": facts["code"], "facts": dict(facts), "findings": list(findings)}
            item |= {"fingerprint": print_of, "imported_at": stamp(now)}
            shown = None
            if not (head and head["windows"]):
                shown = row(facts, UNKNOWN, life_events(facts), windows=[], recorded=True)
            fact = Fact(EventType.PROCEDURE_RECORDED, {"procedure": facts["code"], "fingerprint": print_of})
            put = {"record": print_of}
            self.procedures.keep(facts["code"], head, [fact], now, put=put, national=item, row=shown)
            return "changed" if head and head["record"] else "imported"

        return record.settled(once)
