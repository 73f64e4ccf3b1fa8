"""Counters: the fee, hours and address of a service at one agency, which its publisher keeps and everybody reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.catalogue.agencies.local import problems_of
from chalicelib.catalogue.agencies.ports import Counters
from chalicelib.catalogue.procedures.model import is_public
from chalicelib.catalogue.procedures.ports import Procedures
from chalicelib.catalogue.refusals import refused
from chalicelib.contracts.catalogue import Counter, CounterEntry
from chalicelib.kernel import record
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.problem import LostUpdate, NotFound


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

        Raises NotFound for an agency or procedure that is not there, LostUpdate, VersionInvalid by place.
        """
        if wrong := problems_of(entries):
            raise refused(wrong)

        def once() -> tuple[Counter, int]:
            known = self.agencies.head(agency).agency
            if known is None:
                raise NotFound(what="agency")
            if not is_public(self.procedures.head(code)):
                raise NotFound(what="procedure")
            head = self.agencies.counter(agency, code)
            if version != head.version:
                raise LostUpdate(current_version=head.version)
            kept = Counter(agency=agency, procedure=code, name=known.name, entries=tuple(entries))
            self.agencies.keep_counter(head, kept, actor, self.clock())
            return kept, head.version + 1

        return record.settled(once)
