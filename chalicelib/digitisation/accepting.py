"""What every way in does with a checked file: it becomes a component of its dossier, or its agency lists why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from msgspec import structs

from chalicelib.contracts.digitisation import PaperResult
from chalicelib.contracts.plan import PlannedComponent
from chalicelib.digitisation.arrivals import Arrival, component_named
from chalicelib.digitisation.drops import refusal_of, refused, taken
from chalicelib.digitisation.exemptions import FILED_ONLINE, SECRET_BY_LAW, SIGNED, digitisation_of
from chalicelib.digitisation.model import Inspection, Limits, Refused
from chalicelib.digitisation.ports import Drops, Files, Opener
from chalicelib.digitisation.reasons import NO_DOSSIER, OWN_DOSSIER
from chalicelib.digitisation.receptions import Receiving, names_of, received, scan_added
from chalicelib.digitisation.sheets import Named
from chalicelib.dossier import reading, references
from chalicelib.dossier.change import Change
from chalicelib.dossier.handed_in import component_code, decides
from chalicelib.dossier.interests import has_interest
from chalicelib.dossier.items import Component, Head, Upload
from chalicelib.dossier.noticed import SYSTEM
from chalicelib.dossier.on_paper import OVER, was_handed_in
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.ties import people_of
from chalicelib.kernel import aws
from chalicelib.kernel.clock import ZONE, Clock, stamp
from chalicelib.law.states import DossierState

LIMITS: Final = Limits()
_HELD: Final = (Part.PLAN, Part.UPLOADS, Part.COMPONENTS, Part.PAPERS)  # papers lie between HEAD and uploads
UNKNOWN_COMPONENT: Final = "UNCLASSIFIED"
OPEN: Final = frozenset({1, 2, 4, 5, 6})  # states in which a paper may still be added
BY_HAND: Final = frozenset({"counter", "post"})  # destinations to which a person brings a result

SECRET: Final = Refused(SECRET_BY_LAW, "Giấy tờ mật không được số hóa", "a paper secret under law is not digitised")


@dataclass(frozen=True)
class PartOf:
    """The file of a component: what arrived, or one of several papers that a scan held."""

    component: str
    key: str = ""
    version: str = ""
    is_last: bool = True


@dataclass(frozen=True)
class Place:
    """Where an arrival belongs: its dossier, its upload when it is one, and what the procedure says of it."""

    dossier: Dossier
    upload: Upload | None
    planned: PlannedComponent | None
    sheets: int = 0
    result: PaperResult | None = None
    """What it becomes where it is the dossier's result, signed by hand."""

    @property
    def exemption(self) -> str | None:
        """Why it need not be digitised."""
        return FILED_ONLINE if self.upload else self.planned.exemption if self.planned else None

    @property
    def code(self) -> str:
        """Which component of its dossier it is."""
        if self.result:
            return component_code(self.dossier)
        return self.upload.component if self.upload else self.planned.code if self.planned else UNKNOWN_COMPONENT

    @property
    def receiving(self) -> Receiving:
        """The dossier as the agency has it to which the file belongs: that of a result decides."""
        head = self.dossier.head
        return structs.replace(head, agency=decides(head)) if self.result else head


@dataclass(frozen=True)
class Accepting:
    """Takes in, and refuses, what was checked; each way in is one of these."""

    drops: Drops
    files: Files
    opener: Opener
    clock: Clock

    def named_place(self, arrival: Arrival, named: Named) -> Place:
        """Where one of several papers belongs. Raises Refused."""
        dossier = dossier_of(named.dossier)
        if dossier is None or not takes(dossier, arrival):
            raise NO_DOSSIER
        if self.is_own(arrival, dossier):
            raise OWN_DOSSIER
        return Place(dossier, None, asked_for(dossier, named.component or arrival.name))

    def is_own(self, arrival: Arrival, dossier: Dossier) -> bool:
        """Whether a paper that its own code leads to a dossier was dropped by who has an interest in that.

        What is dropped for a dossier by its name was judged when the form was asked for.
        """
        head, numbers = dossier.head, arrival.by.numbers if arrival.by else ()
        return has_interest(numbers, people_of(head), self.clock(), filed=head.submitted_at)

    def accept(self, arrival: Arrival, place: Place, found: Inspection, part: PartOf | None = None) -> None:
        """A component of its dossier, and with it the verdict on the drop or the upload. Raises aws.Lost."""
        part = part or PartOf(arrival.component, arrival.key, arrival.version)
        now, head, upload, planned = self.clock(), place.dossier.head, place.upload, place.planned
        twin = next((c.id for c in place.dossier.components if c.sha256 == found.sha256), None)
        native = upload is None and bool(found.signatures)
        twice = (f"same_bytes: Trùng hoàn toàn với tệp {twin} của hồ sơ.",) if twin else ()
        component = Component(
            id=part.component,
            code=place.code,
            filename=upload.filename if upload else arrival.name,
            key=part.key,
            version_id=part.version,
            size=found.size,
            sha256=found.sha256,
            media_type=found.media_type,
            pages=len(found.pages) - place.sheets,
            origin="upload" if upload else "drop",
            received_at=stamp(now),
            digitisation=SIGNED if native else digitisation_of(place.exemption, now.astimezone(ZONE).date()),
            warnings=(*found.warnings, *_doubts(found), *twice),
            sheets=place.sheets,
            signatures=found.signatures,
        )
        change = Change(head, now).add_component(component)
        level = reading.level_of(head.min_level, head.pk)
        reads_as, people = planned.reading if planned else "", people_of(head)
        told = received(component, place.receiving, level, reads_as, people)
        change.tell(structs.replace(told, result=place.result))
        if place.result:
            change.move(paper_result=component.id)
            if arrival.by:
                change.move(paper_dropped_by=arrival.by)
            change.tell(scan_added(component.id, (place.result.title, place.result.title), head, SYSTEM, now))
        elif not upload and not was_handed_in(place.dossier.papers, place.dossier.components, place.code):
            change.tell(scan_added(component.id, names_of(place.planned), head, SYSTEM, now))
        if upload:
            change.judge(upload, "accepted", version_id=arrival.version)
        elif part.is_last:
            drop = taken(arrival, component.id, head.reference, found.size, twin, stamp(now))
            change.join("drop", self.drops.took(drop, now))
        try:
            change.write()
        except aws.Lost as lost:
            if "component" not in lost:
                raise
            # delivered twice: the component is there

    def refuse_drop(self, arrival: Arrival, why: Refused, size: int | None) -> None:
        """It is no component, and stands on its agency's list with the reason."""
        now = self.clock()
        self.drops.refuse(refused(arrival, why, size, stamp(now)), refusal_of(arrival, why), now)


def dossier_of(name: str, *more: Part) -> Dossier | None:
    """A draft or dossier by its reference or code, with what an arrival is held against."""
    reference = references.keyed(name) if name else ""
    return reading.read(reference, *_HELD, *more) if reference else None


def takes(dossier: Dossier, arrival: Arrival) -> bool:
    """Whether a drop may still be added to this dossier: while it is open, and while its result is to be handed over.

    So may one while originals of an ended dossier are to be returned. Then whoever comes for it brings a paper by which
    they may, and it is none that the procedure asks for.
    """
    head = dossier.head
    if head.agency != arrival.agency:
        return False
    return (head.state in OPEN and head.approved_at is None) or _has_originals(head) or _is_to_be_handed_over(head)


def asked_for(dossier: Dossier, name: str) -> PlannedComponent | None:
    """What the procedure asks for under a name; nothing of a dossier that was decided."""
    return component_named(dossier.plan.components, name) if dossier.head.state in OPEN else None


def _has_originals(head: Head) -> bool:
    """Whether it is over and its agency has originals of it still."""
    return bool(head.has_originals) and head.state in OVER and head.erased_at is None


def _is_to_be_handed_over(head: Head) -> bool:
    """Whether a person brings its result, or somebody fetches it; one read of what was returned already."""
    if head.state == DossierState.PROCESSED:
        return not BY_HAND.isdisjoint(head.awaits or ())
    found = reading.read(head.pk, Part.DELIVERIES) if head.state == DossierState.RESULT_RETURNED else None
    return found is not None and any(each.destination in BY_HAND and not each.is_settled for each in found.deliveries)


def _doubts(found: Inspection) -> Iterator[str]:
    """What an officer is told of the signatures of a file."""
    for seen in found.signatures:
        if not seen.intact:
            yield f"signature_broken: Chữ ký số {seen.field} không còn đúng với nội dung hoặc không kiểm tra được."
        elif not seen.trusted:
            yield f"signature_untrusted: Chứng thư của chữ ký số {seen.field} không thuộc danh sách tin cậy."
