"""Those who keep the catalogue, over the real stores: drafts, reviews, publications, and what is shipped."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from chalicelib.catalogue.agencies.counters import Keeping
from chalicelib.catalogue.agencies.service import Administration
from chalicelib.catalogue.agencies.store import AgencyTable
from chalicelib.catalogue.fence import state_keys
from chalicelib.catalogue.procedures.facts import Facts, facts_of
from chalicelib.catalogue.procedures.given import plain
from chalicelib.catalogue.procedures.items import Finding, VersionItem
from chalicelib.catalogue.procedures.store import ProcedureTable, shard_of
from chalicelib.catalogue.records.service import Records
from chalicelib.catalogue.restructuring.service import Reviews
from chalicelib.catalogue.restructuring.store import RunningTable
from chalicelib.catalogue.services import store as snapshots
from chalicelib.catalogue.services.listing import Listing
from chalicelib.catalogue.services.service import Services
from chalicelib.catalogue.versions.keyed import KeyedAct, keyed
from chalicelib.catalogue.versions.publishing import Shipping
from chalicelib.catalogue.versions.service import Editing
from chalicelib.contracts.submission import DossierSubmitted, SealLine
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal
from chalicelib.law.states import DossierState
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.fakes.environment import SETTINGS
from tests.support.hall import Rows
from tests.support.stores import Stores

EDITOR = people.officer("editor", name="Lê Thị Soạn")
COLLEAGUE = people.colleague(EDITOR, "officer-colleague", name="Đỗ Văn Sửa")
REVIEWER = people.officer("reviewer", name="Vũ Thị Soát")
PUBLISHER = people.officer("publisher", name="Hồ Văn Bố")
SECOND = people.colleague(PUBLISHER, "officer-second-publisher", name="Hồ Thị Hai")
STRANGER = people.officer("editor", agency="H01.10.25", name="Ngô Văn Lạ")
BIRTH = people.PROCEDURE


def act(key: str, body: str = "{}", who: Principal = EDITOR) -> KeyedAct:
    """A request under a key."""
    return keyed(who, key, body.encode())


def birth(**changes: Any) -> Facts:
    """The facts of the birth registration, some of them changed."""
    return facts_of({**people.facts(), **changes})


def unconditional() -> list[dict[str, Any]]:
    """The components of the birth registration without conditions: a plain form asks none of their questions."""
    return [{name: value for name, value in each.items() if name != "when"} for each in people.facts()["components"]]


OURS = {"code": EDITOR.agency, "name_vi": people.OFFICE["name"]}
"""As the body that promulgated a procedure: the agency of those who keep it here."""


def ours(facts: Facts) -> Facts:
    """The same facts, promulgated by the editors' own agency."""
    return facts_of({**plain(facts), "promulgated_by": OURS})


def findings(**answers: str) -> tuple[Finding, ...]:
    """What the example review found; given answers, every other criterion is met."""
    given = [Finding(**each) for each in people.review()["findings"]]
    if not answers:
        return tuple(given)
    return tuple(Finding(each.criterion, answers.get(each.criterion, "met"), "Đã xem") for each in given)  # type: ignore[arg-type]


class Catalogue:
    """Everything that keeps and reads the catalogue, and short ways to where a test begins."""

    def __init__(self, stores: Stores) -> None:
        self.rows, self.clock = Rows(stores, "Catalogue"), Clock()
        self.procedures, self.agencies = ProcedureTable(), AgencyTable()
        self.snapshots, self.running = snapshots.SnapshotFiles(), RunningTable()
        self.records = Records(self.procedures, self.clock)
        self.reviews = Reviews(self.procedures, self.running, self.clock)
        self.editing = Editing(self.procedures, self.running, self.reviews, self.clock)
        self.shipping = Shipping(self.procedures, self.clock)
        self.listing = Listing(self.procedures, self.snapshots, self.clock)
        self.services = Services(self.procedures, self.snapshots, self.agencies, self.clock)
        self.administration = Administration(self.agencies, self.procedures, self.clock)
        self.counters = Keeping(self.agencies, self.procedures, self.clock)

    def ship(self, **changes: Any) -> int:
        """Publish the shipped birth registration, promulgated by the editors' own agency, some facts changed."""
        return self.shipping.publish(birth(**{"promulgated_by": OURS, **changes}), people.form_document(), findings())

    def started(self, key: str = "start-1", **changes: Any) -> VersionItem:
        """A draft of the birth registration's facts, some of them changed."""
        return self.editing.start(EDITOR, BIRTH, birth(**changes), "facts", act(key))

    def save(
        self, item: VersionItem, *, who: Principal = EDITOR, form: Any = None, edit: int = 0, **changes: Any
    ) -> VersionItem:
        """Save a draft with some facts changed."""
        facts = facts_of({**plain(item.facts), **changes})
        return self.editing.save(who, item.code, item.version, facts, form, edit or item.edit)

    def reviewed(self, key: str = "1", *, found: Sequence[Finding] = (), **changes: Any) -> VersionItem:
        """A version with a review, ready to be published; its form is the one that is shipped."""
        item = self.save(self.started(f"start-{key}", **changes), form=people.form_document())
        self.editing.submit(EDITOR, item.code, item.version, act(f"submit-{key}"))
        return self.editing.review(
            REVIEWER, item.code, item.version, found or findings(), act(f"review-{key}"), accepted=True
        )

    def published(self, day: str, key: str = "1", **changes: Any) -> VersionItem:
        """A version in force from a day on."""
        return self.publish(self.reviewed(key, **changes), day, f"publish-{key}")

    def publish(self, item: VersionItem, day: str, key: str = "publish-1") -> VersionItem:
        """Publish a version from a day on."""
        return self.editing.publish(PUBLISHER, item.code, item.version, date.fromisoformat(day), act(key, day))

    def withdraw(self, item: VersionItem, key: str = "withdraw-1") -> VersionItem:
        """Take a version back; what was published by two publishers."""
        why = "Căn cứ đã hết hiệu lực"
        told = self.editing.withdraw(PUBLISHER, item.code, item.version, why, act(key))
        return (
            self.editing.withdraw(SECOND, item.code, item.version, why, act(f"{key}-second")) if item.is_out else told
        )

    def runs(
        self,
        reference: str,
        version: int,
        state: int = 1,
        agency: str = EDITOR.agency,
        papers: Sequence[str] = (),
        channel: str | None = None,
    ) -> None:
        """A dossier of the birth registration was submitted with its papers, and is at a state."""
        lines = [SealLine(id=c, code=c, key=c, version_id="v", size=1, sha256="", media_type="") for c in papers]
        told = DossierSubmitted(
            reference=reference,
            procedure=BIRTH,
            procedure_version=version,
            agency=agency,
            channel="ONLINE",
            service_channel=channel,
            received_at="2026-11-25T02:00:00.000+00:00",
            components=tuple(lines),
            seal_sha256="",
            stages=(),
        )
        self.running.submitted(told)
        if state != DossierState.REGISTERED:
            self.running.moved(BIRTH, reference, DossierState(state))

    def log(self, code: str = BIRTH) -> list[str]:
        """What the log of a procedure says."""
        return self.rows.types(f"PROCEDURE#{code}")

    def told(self, code: str = BIRTH, place: int = -1) -> dict[str, Any]:
        """The data of an event of a procedure, the last one unless another is asked for."""
        data: dict[str, Any] = self.rows.events(f"PROCEDURE#{code}")[place]["data"]
        return data

    def listed(self, code: str = BIRTH) -> dict[str, Any] | None:
        """The row of a procedure in the list."""
        return self.rows.get(shard_of(code), code)

    def kept(self, number: int = 1) -> VersionItem:
        """A version of the birth registration as it is kept now."""
        found = self.procedures.version(BIRTH, number)
        assert found is not None
        return found

    def gate(self, version: int, code: str = BIRTH) -> Mapping[str, Any]:
        """What every copy of a version's fence says."""
        says = [self.rows.get(*key) or {} for key in state_keys(code, version)]
        kept = [{k: v for k, v in each.items() if k not in ("pk", "sk", "shape")} for each in says]
        assert all(each == kept[0] for each in kept)
        return kept[0]

    def file(self, kind: str) -> bytes:
        """The newest file of the list or of the open data."""
        pointer = self.snapshots.pointer(kind)
        assert pointer is not None
        bucket = SETTINGS["MOTCUA_EXPORTS_BUCKET"]
        body: bytes = aws.client("s3").get_object(Bucket=bucket, Key=pointer.key)["Body"].read()
        return body
