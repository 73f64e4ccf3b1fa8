"""Counters: the fee, hours and address of a service at one agency, which its publisher keeps and everybody reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from msgspec import structs

from chalicelib.catalogue.agencies import proposals
from chalicelib.catalogue.agencies.items import CounterHead, ListedCounterChange, Proposal
from chalicelib.catalogue.agencies.local import fee_problems, problems_of
from chalicelib.catalogue.agencies.model import expires_at
from chalicelib.catalogue.agencies.ports import Counters
from chalicelib.catalogue.procedures.items import ProcedureHead
from chalicelib.catalogue.procedures.model import is_public
from chalicelib.catalogue.procedures.ports import Procedures
from chalicelib.catalogue.refusals import SecondPublisherNeeded, refused
from chalicelib.contracts.catalogue import Counter, CounterEntry
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.aws import Item
from chalicelib.kernel.clock import ZONE, Clock
from chalicelib.kernel.problem import LostUpdate, NotFound
from chalicelib.law import packs
from chalicelib.law.fees import Filing
from chalicelib.law.problems import Problem
from chalicelib.law.validity import in_force


class KeptCounter(NamedTuple):
    """A counter as it is kept, its version, and what of it waits for a second publisher."""

    counter: Counter
    version: int
    waits: ListedCounterChange | None = None


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

    def changes(self, who: Principal, start: Item | None, limit: int) -> tuple[list[ListedCounterChange], Item | None]:
        """A page of what waits of the counters of one's own agency and those below it, and where the next one starts.

        What nobody confirmed in time is not on it.
        """
        found, last = self.agencies.counter_changes(who.agency, start, limit)
        return [each for each in found if expires_at(each.at) > self.clock()], last

    def keep(
        self, who: Principal, agency: str, code: str, entries: Sequence[CounterEntry], version: int
    ) -> KeptCounter:
        """Keep what an agency says of a service that everybody can read, whole; `version` is what was read, 0 for new.

        It waits until another publisher keeps the same, which is checked anew then. Another one, and what is in force,
        end what waits, and so does its time. Raises NotFound for an agency or procedure that is not there, LostUpdate,
        SecondPublisherNeeded, SecondUnknown; VersionInvalid by place, also of a fee in another currency than the
        procedure's, or above what its version can ask (`fee_problems`).
        """
        if wrong := problems_of(entries):
            raise refused(wrong)
        wanted = tuple(entries)

        def once() -> KeptCounter:
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
            kept, now = Counter(agency=agency, procedure=code, name=known.name, entries=wanted), self.clock()
            if head.counter is None or head.counter.entries != wanted:
                waits = proposals.standing(head.proposal, now)
                if waits is None or waits.entries != wanted:
                    return self._proposed(who, head, kept, now)
                proposals.require_confirmer(who, waits, SecondPublisherNeeded())
            self.agencies.keep_counter(head, kept, who.subject, now)
            return KeptCounter(kept, head.version + 1)

        return record.settled(once)

    def _proposed(self, who: Principal, head: CounterHead, wanted: Counter, now: datetime) -> KeptCounter:
        """The counter as it stays, and what a publisher would have it say, in the place of what waited before."""
        made = proposals.proposed(who, wanted.entries, head.version, now)
        listed = _listed(wanted, made, head.version + 1)
        self.agencies.propose_counter(head, made, listed, who.subject, now)
        return KeptCounter(head.counter or structs.replace(wanted, entries=()), head.version + 1, listed)

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


def _listed(wanted: Counter, made: Proposal[CounterEntry], version: int) -> ListedCounterChange:
    return ListedCounterChange(
        agency=wanted.agency,
        procedure=wanted.procedure,
        name=wanted.name,
        entries=made.entries,
        by=made.by,
        at=made.at,
        by_agency=made.agency,
        version=version,
    )
