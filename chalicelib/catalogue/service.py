"""Publish a procedure; read one; list them."""

from dataclasses import dataclass
from typing import Any

from chalicelib.catalogue.model import fingerprint, plan
from chalicelib.catalogue.ports import Procedures
from chalicelib.kernel import record
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.errors import NotFound
from chalicelib.kernel.events import EventType, Fact
from chalicelib.law.codes import agency_id


@dataclass(frozen=True)
class Catalogue:
    """Use cases of the catalogue."""

    procedures: Procedures
    clock: Clock

    def publish(self, facts: dict[str, Any], form: dict[str, Any]) -> int:
        """Publish these facts as a new version, or return the version that has them already."""
        print_of = fingerprint({"facts": facts, "form": form})

        def once() -> int:
            head = self.procedures.head(facts["code"])
            if head and head["fingerprint"] == print_of:
                return int(head["current"])
            version = (head["current"] if head else 0) + 1
            item = {"code": facts["code"], "version": version, "facts": facts, "form": form, "fingerprint": print_of}
            fact = Fact(EventType.PROCEDURE_PUBLISHED, plan(facts, form, version))
            self.procedures.add_version(head, item, fact, self.clock())
            return int(version)

        return record.settled(once)

    def publish_agency(self, agency: dict[str, Any]) -> None:
        """Publish an agency's name and place, unless exactly that is published. Raises BadCode for a bad identifier."""
        agency_id(agency["id"])

        def once() -> None:
            self.procedures.put_agency(agency, Fact(EventType.AGENCY_PUBLISHED, agency), self.clock())

        record.settled(once)

    def read(self, code: str) -> dict[str, Any]:
        """The current version of a procedure. Raises NotFound."""
        head = self.procedures.head(code)
        item = self.procedures.version(code, head["current"]) if head else None
        if item is None:
            raise NotFound(what="procedure")
        return item

    def all(self) -> list[dict[str, Any]]:
        """Every procedure's code, version and names."""
        return self.procedures.listed()
