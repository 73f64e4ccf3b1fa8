"""Dossiers whose logs are counted: told by the kernel's own change, counted as the outbox counts them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from chalicelib.contracts.catalogue import AgencyEntry, AgencyPublished
from chalicelib.contracts.digitisation import ComponentReceived, Digitisation, PaperResult
from chalicelib.contracts.event import Event, told
from chalicelib.contracts.lifecycle import (
    CorrectionOpened,
    DossierRefused,
    DossierStopped,
    DossierSupplemented,
    PaymentRecorded,
    PaymentRequested,
    SupplementRequested,
    TermExtended,
)
from chalicelib.contracts.onestop import (
    Destination,
    DossierAccepted,
    DossierProcessed,
    DossierRedirected,
    DossierReturned,
    DossierVerified,
    LegCompleted,
)
from chalicelib.contracts.plan import Office
from chalicelib.contracts.ratings import DossierRated
from chalicelib.contracts.submission import ComponentReferred, DossierSubmitted, SealLine
from chalicelib.dossier.fed import events_after, heads_of
from chalicelib.dossier.items import Head
from chalicelib.dossier.table import TABLE
from chalicelib.kernel.clock import ZONE, stamp
from chalicelib.kernel.record import Change
from chalicelib.measures import fence
from chalicelib.measures.facts import Told, folded
from chalicelib.measures.model import Measured

OURS, BIRTH = "H01.10.24", "1.001193"
OFFICE = Office(id=OURS, name="UBND phường", one_stop="Bộ phận Một cửa")
NOTICE = {"agency": OURS, "handler": "Lê Thị Cúc", "received_at": ""}
PAPER = {
    "reference": "MC-1",
    "procedure": BIRTH,
    "procedure_name": "Đăng ký khai sinh",
    "office": OFFICE,
    "holder": "f" * 32,
    "sealed": "sealed",
}


def at(text: str) -> str:
    """A Vietnamese time, `2026-03-31 23:59`, as it is stored."""
    return stamp(datetime.fromisoformat(text).replace(tzinfo=ZONE))


def submitted(when: str, **changes: Any) -> DossierSubmitted:
    """A birth registered online by a citizen."""
    given = {
        "reference": "MC-1",
        "procedure": BIRTH,
        "procedure_version": 1,
        "agency": OURS,
        "channel": "ONLINE",
        "received_at": at(when),
        "components": (),
        "seal_sha256": "a" * 64,
        "stages": (),
        "party": "CITIZEN",
    }
    return DossierSubmitted(**given | changes)


def referred() -> ComponentReferred:
    """A component that is in its holder's vault."""
    return ComponentReferred(component="KQ1", document="D", provenance="NATIVE_ESIGNED", issuer=OURS, agency=OURS)


def accepted(when: str, due: str, **changes: Any) -> DossierAccepted:
    """It is accepted."""
    given = NOTICE | PAPER | {"processed_at": at(when), "due_at": at(due), "dossier_code": "X-1"}
    return DossierAccepted(**given | {"term": "3 ngày", "rule_pack": "2026", "submitted_at": "", **changes})


def asked(when: str, due: str | None = None) -> SupplementRequested:
    """Something is missing."""
    return SupplementRequested(**NOTICE | PAPER, processed_at=at(when), due_at=at(due) if due else None)


def answered(when: str, **changes: Any) -> DossierSupplemented:
    """It came."""
    return DossierSupplemented(**NOTICE, processed_at=at(when), reference="MC-1", **changes)


def extended(when: str, due: str) -> TermExtended:
    """A second appointment."""
    return TermExtended(**NOTICE | PAPER, processed_at=at(when), due_at=at(due), former_due_at="", term="2 ngày")


def to_pay(when: str) -> PaymentRequested:
    """Its applicant has to pay."""
    return PaymentRequested(**NOTICE, processed_at=at(when), reference="MC-1", amount=8_000)


def paid(when: str, **changes: Any) -> PaymentRecorded:
    """An officer says that it was paid."""
    return PaymentRecorded(**NOTICE, processed_at=at(when), reference="MC-1", proof="BL-1", **changes)


def verified(when: str) -> DossierVerified:
    """Somebody verified it."""
    return DossierVerified(**NOTICE, processed_at=at(when), dossier_code="X-1")


def leg_done(when: str) -> LegCompleted:
    """An agency's part is done."""
    return LegCompleted(**NOTICE, processed_at=at(when), leg="1-commune")


def corrected(when: str) -> CorrectionOpened:
    """Another dossier mends an error in its result."""
    return CorrectionOpened(**NOTICE, processed_at=at(when), reference="MC-1", correction="MC-2", sealed="sealed")


def file_of(sha256: str) -> SealLine:
    """A component as it was submitted."""
    return SealLine(id="f", code="A", key="k", version_id="1", size=1, sha256=sha256, media_type="image/jpeg")


def received(when: str, sha256: str = "b" * 64, origin: Any = "drop", **changes: Any) -> ComponentReceived:
    """A file passed its checks: uploaded by the applicant, or scanned by the agency."""
    given = {
        "id": "f",
        "code": "A",
        "version_id": "1",
        "size": 1,
        "media_type": "image/jpeg",
        "pages": 1,
        "digitisation": Digitisation(status="waiting"),
        "reference": "MC-1",
        "agency": OURS,
        "holder": "f" * 32,
        "procedure": BIRTH,
    }
    return ComponentReceived(**given | {"received_at": at(when), "sha256": sha256, "origin": origin, **changes})


RESULT = PaperResult(code="X-1-KQ1", title="KQ")
"""What a paper that is handed in becomes, when it is the result."""


def redirected(when: str, to: str) -> DossierRedirected:
    """It goes to the agency that is competent."""
    return DossierRedirected(**NOTICE, processed_at=at(when), reference="MC-1", to=to)


def refused(when: str, **changes: Any) -> DossierRefused:
    """Reception does not take it."""
    return DossierRefused(**NOTICE | PAPER, processed_at=at(when), **changes)


def stopped(when: str, why: Any, due: str) -> DossierStopped:
    """It goes on no more."""
    return DossierStopped(**NOTICE | PAPER, processed_at=at(when), due_at=at(due), why=why)


def processed(when: str, due: str | None, **changes: Any) -> DossierProcessed:
    """Its result is signed."""
    file: dict[str, Any] = {
        "code": "X-1-KQ1",
        "key": "results/x",
        "version_id": "1",
        "sha256": "a" * 64,
        "size": 1,
        "title": "KQ",
    }
    facts = {"reference": "MC-1", "holder": "f" * 32, "dossier_code": "X-1", "procedure": BIRTH, "message": "M"}
    given = NOTICE | file | facts | changes
    return DossierProcessed(**given, processed_at=at(when), due_at=at(due) if due else None)


def returned(when: str, *where: str) -> DossierReturned:
    """Its applicant has the result."""
    delivered = tuple(Destination(destination=each, document="D", at=at(when)) for each in where or ("vault",))
    return DossierReturned(**NOTICE, processed_at=at(when), delivered=delivered)


def rated(when: str, *, satisfied: bool) -> DossierRated:
    """Whoever filed it rates it."""
    return DossierRated(reference="MC-1", agency=OURS, satisfied=satisfied, rated_at=at(when))


def whole(*events: Event) -> Measured:
    """What is counted of a dossier with these events."""
    return folded(Measured(), [Told(number, each.type, told(each)) for number, each in enumerate(events, 1)])


def begun(reference: str, *events: Event, agency: str = OURS, **more: Any) -> str:
    """A dossier with these events in its log; answers its reference."""
    head = Head(
        pk=reference,
        state=4,
        procedure=BIRTH,
        procedure_version=1,
        agency=agency,
        holder="f" * 32,
        sealed="sealed",
        channel="ONLINE",
        mine_sk="x",
        mine_pk="x",
        expires_at="9999",
        **more,
    )
    _write(head, events)
    return reference


def goes_on(reference: str, *events: Event) -> None:
    """More of its log."""
    _write(heads_of([reference])[reference], events)


def _write(head: Head, events: tuple[Event, ...]) -> None:
    change = Change(TABLE(), head, datetime.fromisoformat("2026-11-27T01:00:00+00:00"))
    for each in events:
        change.tell(each, state=4)
    change.write()


def counted(*references: str, failing: bool = False) -> None:
    """What the outbox does with all rows of dossiers."""
    failed = fence.measure((each, row) for each in references for row in events_after(each, 0))
    assert bool(failed) is failing, failed


def published(agency: str, *entries: AgencyEntry, number: int = 1) -> None:
    """The catalogue tells of an agency."""
    last = entries[-1] if entries else AgencyEntry(id=agency, name=agency, level="commune", valid_from="2020-01-01")
    event = AgencyPublished(id=agency, name=last.name, entries=entries or (last,))
    fence.keep_unit(event, number)


def entry(agency: str, valid_from: str = "2020-01-01", **more: Any) -> AgencyEntry:
    """An agency for a time."""
    return AgencyEntry(id=agency, name=f"Cơ quan {agency}", level="commune", valid_from=valid_from, **more)


def clock(text: str = "2026-11-27 08:00") -> Callable[[], datetime]:
    """A clock that stands at a Vietnamese time."""
    return lambda: datetime.fromisoformat(text).replace(tzinfo=ZONE) + timedelta()
