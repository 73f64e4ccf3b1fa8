"""What the catalogue has of the services of a plan, and what the register has of agencies."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from chalicelib.catalogue.agencies.model import in_force as agencies_in_force
from chalicelib.catalogue.agencies.store import AgencyTable
from chalicelib.catalogue.plans.model import Offered
from chalicelib.catalogue.procedures.items import ProcedureHead
from chalicelib.catalogue.procedures.model import is_public, keeper_of, keeps
from chalicelib.catalogue.procedures.store import ProcedureTable
from chalicelib.catalogue.restructuring.running import CameBy
from chalicelib.catalogue.restructuring.store import RunningTable
from chalicelib.catalogue.versions.pinned import level_of_version
from chalicelib.law.validity import in_force


class CatalogueServices:
    """Services as the catalogue's own tables have them."""

    def __init__(self) -> None:
        self._procedures, self._running = ProcedureTable(), RunningTable()

    def kinds(self, codes: Iterable[str], agency: str) -> Mapping[str, str]:
        """The kind of each service that everybody knows, or that an agency keeps itself; empty: nobody said it yet.

        A code that is not answered is to them as one that was never given.
        """
        found = dict[str, str]()
        for code in dict.fromkeys(codes):
            head = self._procedures.head(code)
            if is_public(head) or (head.version and self._is_kept(agency, head, code)):
                found[code] = self._kind(head, code)
        return found

    def offered(self, codes: Iterable[str], today: date) -> Mapping[str, Offered]:
        """What is in force of each service on a Vietnamese day."""
        heads = self._procedures.heads(sorted(set(codes)))
        return {code: self._offered(heads[code], code, today) for code in heads}

    def monthly(self, code: str) -> Sequence[CameBy]:
        """How many dossiers of a service came in each month by each of the three channels."""
        return self._running.monthly(code)

    def _offered(self, head: ProcedureHead, code: str, today: date) -> Offered:
        number = in_force(head.windows, today)
        version = self._procedures.version_at(head, code, number) if number else None
        if version is None:
            return Offered()
        facts = version.facts
        return Offered(facts.kind, level_of_version(version).level.key, tuple(facts.online_channels))

    def _kind(self, head: ProcedureHead, code: str) -> str:
        """As its newest version has it, which anybody may plan for though it is not out."""
        version = self._procedures.version_at(head, code, head.latest) if head.latest else None
        return version.facts.kind if version else ""

    def _is_kept(self, agency: str, head: ProcedureHead, code: str) -> bool:
        return keeps(agency, keeper_of(head, self._procedures.national_at(head, code)))


class AgencyRegister:
    """The register of agencies."""

    def level(self, agency: str, day: date) -> str:
        """The level of an agency on a Vietnamese day; empty for one that does not exist then."""
        known = AgencyTable().head(agency).agency
        entry = agencies_in_force(known.entries, day).get(agency) if known else None
        return entry.level if entry else ""
