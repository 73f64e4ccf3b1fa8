"""Reading the catalogue: find a service, its six facts, the papers that apply to me, its form, all of it as data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from msgspec import structs

from chalicelib.catalogue.agencies.local import on_day
from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.items import VersionItem
from chalicelib.catalogue.procedures.ports import Procedures
from chalicelib.catalogue.records.starting import draft_of, form_of
from chalicelib.catalogue.services.checklist import Asked, Checklist, checklist
from chalicelib.catalogue.services.listing import SEARCH, index_of
from chalicelib.catalogue.services.ports import Outages, Snapshots
from chalicelib.catalogue.services.search import Facets, Filters, Page
from chalicelib.catalogue.services.snapshots import Snapshot
from chalicelib.contracts.catalogue import Counter, CounterEntry, Outage
from chalicelib.kernel.clock import ZONE, Clock
from chalicelib.kernel.problem import NotFound
from chalicelib.law.validity import in_force


@dataclass(frozen=True)
class Service:
    """What is published of a procedure, or what its national record says when it is not offered here."""

    facts: Facts
    form: Mapping[str, object]
    version: VersionItem | None
    outages: Sequence[Outage]

    @property
    def is_offered(self) -> bool:
        """Whether a draft can be opened here."""
        return self.version is not None


@dataclass(frozen=True)
class Services:
    """Use cases of everybody: no sign-in (Decree 137/2024 Art. 8(3))."""

    procedures: Procedures
    snapshots: Snapshots
    outages: Outages
    clock: Clock

    def checklist(self, code: str, asked: Asked) -> Checklist:
        """The papers of a service for what was said. Raises NotFound, BodyInvalid."""
        service = self.read(code)
        return checklist(service.facts, service.form, asked, self.day())

    def day(self, asked: date | None = None) -> date:
        """The day that was asked for; else today in Viet Nam."""
        return asked or self.clock().astimezone(ZONE).date()

    def search(
        self, text: str, filters: Filters, offset: int, limit: int, province: str | None = None
    ) -> tuple[Page, Facets, str | None]:
        """A page of services, variants of a name together, the facets of all that pass, and when the list was made.

        One read of the pointer, whatever the size of the catalogue; the list itself is read when it changed. Raises
        QueryTooLong.
        """
        pointer = self.snapshots.pointer(SEARCH)
        index = self.snapshots.held(pointer, index_of) if pointer else index_of(b"")
        page = index.variants(text, filters=filters, province=province, offset=offset, limit=limit)
        return page, index.facets(filters), pointer.as_of if pointer else None

    def read(self, code: str, on: date | None = None) -> Service:
        """A service by its code: the version in force on a day (today), else the national record. Raises NotFound."""
        head = self.procedures.head(code)
        number = in_force(head.windows, self.day(on))
        version = self.procedures.version_at(head, code, number) if number else None
        outages = [o for o in self.outages.outages(self.clock()) if not o.services or code in o.services]
        if version is not None:
            return Service(version.facts, version.form, version, outages)
        national = self.procedures.national_at(head, code)
        if national is None:
            raise NotFound(what="procedure")
        facts = begun(national.facts)
        return Service(facts, form_of(facts), None, outages)

    def counters(self, code: str, province: str | None, agency: str | None) -> list[tuple[Counter, CounterEntry]]:
        """What holds today at the counters of an agency and those above it, or of a province; one read, or none."""
        if agency:
            found = self.outages.counters_at(code, agency)
        else:
            found = self.outages.counters_of(code, province) if province else []
        today = self.day()
        return [(each, entry) for each in found if (entry := on_day(each.entries, today))]

    def export(self, kind: str) -> tuple[Snapshot, str]:
        """The newest file of open data and a link to it. Raises NotFound before the first was made."""
        pointer = self.snapshots.pointer(kind)
        if pointer is None:
            raise NotFound(what="export")
        return pointer, self.snapshots.link(pointer)


def begun(record: Facts) -> Facts:
    """What a record says beside what a draft from it would say: its results and its methods with their own terms."""
    return structs.replace(draft_of(record), results=record.results, methods=record.methods, term=None)
