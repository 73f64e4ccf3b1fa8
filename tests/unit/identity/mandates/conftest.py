"""Every test here runs in the local stage, on the real store; `sides` are two citizens and what they do."""

from dataclasses import dataclass, field

import pytest
from msgspec import structs

from chalicelib.contracts.stored import written
from chalicelib.dossier.offered import OfferedWindows
from chalicelib.dossier.table import TABLE
from chalicelib.identity.mandates.evidence import Proving
from chalicelib.identity.mandates.offers import Offers, request
from chalicelib.identity.mandates.parties import Evidence, Named, Wanted
from chalicelib.identity.mandates.ports import Arrived
from chalicelib.identity.mandates.service import Settling
from chalicelib.identity.mandates.store import MandateTable
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal
from tests.fakes.clock import Clock
from tests.fakes.environment import stage
from tests.support.stores import Stores, _stores, tables

__all__ = ["_stores", "stage", "tables"]

PROCEDURE, OTHER_PROCEDURE = "1.001193", "1.000894"
PRINCIPAL = Principal("citizen-1", "CITIZEN", "Nguyễn Thị Bích Liễu", 2, "001195012345")
AGENT = Principal("citizen-2", "CITIZEN", "Trần Văn Thưởng", 2, "001093054321")
THIRD = Principal("citizen-3", "CITIZEN", "Lê Thị Út", 2, "001195000777")
COMPANY = Principal(
    "company-1", "ORGANISATION", "Phạm Thu Hằng", 2, "001190777888",
    organisation="0100109106", organisation_name="Công ty TNHH Hoa Sen",
)  # fmt: skip
FOREIGNER = Principal("foreigner-1", "FOREIGNER", "John Smith", 2, document="USA:X1234567")
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


def named(who: Principal) -> Named:
    """Somebody as another names them."""
    return Named(name=who.organisation_name or who.name, personal_id=who.identity, kind=who.kind)


def wanted(**changes) -> Wanted:
    """Terms that are in order."""
    return Wanted(**{"procedures": (PROCEDURE,), "may": ("supplement",), "storage": "PRINCIPAL"} | changes)


CERTIFIED = {"form": "certified", "evidence": Evidence(kind="FILE", reference="uy-quyen.pdf", sha256=HASH)}
NOTARISED = {"form": "notarised", "evidence": Evidence(kind="NOTARIAL", reference="0123/2026")}


@dataclass
class Came:
    """A bucket in which the file of HASH stands, whatever is asked for."""

    size: int = 10

    def arrived(self, key, max_bytes):
        return Arrived("v1", self.size, HASH, "application/pdf")


def plain(head):
    """A mandate without its log's length and hash, which whoever changes it does not answer."""
    return structs.replace(head, seq=0, chain="", created_at="", as_read=None)


@dataclass
class Sides:
    """Mandates of a test, with requests that are each their own."""

    tables: Stores
    clock: Clock
    store: MandateTable = field(default_factory=MandateTable)
    asked: int = 0

    @property
    def offers(self) -> Offers:
        return Offers(self.store, self.clock)

    @property
    def settling(self) -> Settling:
        return Settling(self.store, self.clock)

    def key(self, who, body=b"{}"):
        """A request that nobody made before."""
        self.asked += 1
        return request(who, f"key-{self.asked}", body)

    def offer(self, who=PRINCIPAL, other=AGENT, role="represented", **changes):
        """Offered, and not confirmed."""
        other = other if isinstance(other, Named) else named(other)
        return self.offers.offer(who, role, other, wanted(**changes), self.key(who))

    def sub(self, head, who=AGENT, other=THIRD, **changes):
        """Offered out of another."""
        return self.offers.offer_sub(who, head.id, named(other), wanted(**changes), self.key(who))

    def change(self, head, who=PRINCIPAL, version=None, raw=b"{}", **changes):
        """Other terms, on the version that was read."""
        read = self.head(head).version if version is None else version
        return self.offers.change(who, head.id, wanted(**changes), read, raw)

    def confirm(self, head, who=AGENT, number=None):
        """Confirmed by somebody, as it waits."""
        latest = self.head(head).numbered if number is None else number
        return self.settling.confirm(who, head.id, latest, self.key(who))

    def proved(self, head, who=PRINCIPAL, came=None):
        """The file of its newest terms came, as they name it."""
        number = self.head(head).numbered
        return Proving(self.store, came or Came(), self.clock).receive(who, head.id, number)

    def decline(self, head, who=AGENT, number=1):
        return self.settling.decline(who, head.id, number, self.key(who))

    def revoke(self, head, who=PRINCIPAL, reason="Không còn cần"):
        return self.settling.revoke(who, head.id, reason, self.key(who))

    def made(self, who=PRINCIPAL, other=AGENT, **changes):
        """Offered by one side and confirmed by the other."""
        return self.confirm(self.offer(who, other, **changes), other)

    def listed(self, who, starts=None):
        """The names on a page of somebody's list, how many are withheld, and where it goes on."""
        found, withheld, following = self.settling.listed(who, self.settling.numbers(who), starts or {})
        return [head.id for head, _ in found], withheld, following

    def head(self, head):
        """As it is stored."""
        return self.store.mandate(head.id)

    def fence(self, head):
        """What a submission would find."""
        return self.tables.get("Identity", f"REPRESENTATION#{head.id}", "STATE")

    def told(self, head):
        """The names of what was told."""
        return self.tables.types("Identity", f"MANDATE#{head.id}")

    def said(self, head):
        """The data of the last thing that was told."""
        return self.tables.events("Identity", f"MANDATE#{head.id}")[-1]["data"]


@pytest.fixture
def sides(tables):
    """Two citizens, at ten in the morning; the catalogue has both procedures."""
    for code in (PROCEDURE, OTHER_PROCEDURE):
        known = written(OfferedWindows(at="2026-01-01T00:00:00.000+00:00"))
        aws.transact({"known": aws.put(TABLE(), {"pk": f"PROCEDURE#{code}", "sk": "PUBLISHED", **known})})
    return Sides(tables, Clock("2026-11-25T10:00:00"))
