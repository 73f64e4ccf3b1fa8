"""Counters: the fee, hours and address of a service at one agency, which its publisher keeps and everybody reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from chalicelib.catalogue.agencies.local import fee_problems, problems_of
from chalicelib.catalogue.agencies.ports import Counters
from chalicelib.catalogue.procedures.items import ProcedureHead
from chalicelib.catalogue.procedures.model import is_public
from chalicelib.catalogue.procedures.ports import Procedures
from chalicelib.catalogue.refusals import refused
from chalicelib.contracts.catalogue import Counter, CounterEntry
from chalicelib.kernel import record
from chalicelib.kernel.clock import ZONE, Clock
from chalicelib.kernel.problem import LostUpdate, NotFound
from chalicelib.law import packs
from chalicelib.law.fees import Filing
from chalicelib.law.problems import Problem
from chalicelib.law.validity import in_force


@dataclass(frozen=True)
class Keeping:
    """Use cases of counters. Who may keep one is decided at the door: a publisher of the agency or of one above it."""

    agencies: Counters
    procedures: Procedures
    clock: Clock

    def read(self, agency: str, code: str) -> tuple[Counter, int]:
        """What an agency says of a service, with all its days, and its version. Raises NotFound."""
        head = self.agencies.counter(agency, code)
        if head.counter is None:
            raise NotFound(what="counter")
        return head.counter, head.version

    def keep(
        self, actor: str, agency: str, code: str, entries: Sequence[CounterEntry], version: int
    ) -> tuple[Counter, int]:
        """Keep what an agency says of a service that everybody can read, whole; `version` is what was read, 0 for new.

        Raises NotFound for an agency or procedure that is not there, LostUpdate; VersionInvalid by place,
        also of a fee in another currency than the procedure's, or above what its version can ask (`fee_problems`).
        """
        if wrong := problems_of(entries):
            raise refused(wrong)

        def once() -> tuple[Counter, int]:
            known = self.agencies.head(agency).agency
            if known is None:
                raise NotFound(what="agency")
            procedure = self.procedures.head(code)
            if not is_public(procedure):
                raise NotFound(what="procedure")
            if wrong := self._too_much(procedure, code, agency, entries):
                raise refused(wrong)
            head = self.agencies.counter(agency, code)
            if version != head.version:
                raise LostUpdate(current_version=head.version)
            kept = Counter(agency=agency, procedure=code, name=known.name, entries=tuple(entries))
            self.agencies.keep_counter(head, kept, actor, self.clock())
            return kept, head.version + 1

        return record.settled(once)

    def _too_much(self, head: ProcedureHead, code: str, agency: str, entries: Sequence[CounterEntry]) -> list[Problem]:
        """Fees that the version in force when an entry begins, or today, cannot ask."""
        found, today = list[Problem](), self.clock().astimezone(ZONE).date()
        for place, entry in enumerate(entries):
            day = max(today, date.fromisoformat(entry.valid_from))
            number = in_force(head.windows, day)
            version = self.procedures.version_at(head, code, number) if number and entry.fees else None
            facts = version.facts if version else None
            filing = Filing(code, facts.name_vi if facts else "", "", day, agency, is_payer_said=False)
            found += fee_problems(place, entry, facts, filing, packs.pack_on(day))
        return found
