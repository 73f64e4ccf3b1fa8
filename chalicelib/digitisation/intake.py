"""From an object in the intake bucket to a component of its dossier, or to a refusal with its reason.

Exemptions from digitisation: Circular 03/2025/TT-VPCP Art. 5, Circular 01/2023/TT-VPCP Art. 4-5.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from chalicelib.contracts.digitisation import ComponentReceived, UploadRefused
from chalicelib.contracts.plan import PlannedComponent
from chalicelib.digitisation.arrivals import ASKED_FOR, PARTS, Arrival, arrival_of, component_named
from chalicelib.digitisation.drops import followed, record_of, refused, taken, told_of
from chalicelib.digitisation.exemptions import FILED_ONLINE, SECRET_BY_LAW, SIGNED, digitisation_of
from chalicelib.digitisation.lots import (
    LOTS,
    MANIFESTS,
    Line,
    is_waiting,
    lines_of,
    lot_of,
    name_of,
    require_all,
    waiting,
)
from chalicelib.digitisation.malware import Malware, ScanStatus, require_clean
from chalicelib.digitisation.model import Inspection, Limits, Refused
from chalicelib.digitisation.ports import Drops, Files, Opener
from chalicelib.digitisation.reasons import (
    NO_DOSSIER,
    ONLY_A_SHEET,
    SEVERAL_DOSSIERS,
    bad_manifest,
    manifest_incomplete,
    signature_broken,
    truncated,
)
from chalicelib.digitisation.sheets import NAMES, Named, named_by, pieces_of
from chalicelib.digitisation.signatures import may_be_signed
from chalicelib.dossier import reading
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Component, Head, Upload
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel import aws, log, record
from chalicelib.kernel.clock import ZONE, Clock, stamp
from chalicelib.kernel.ids import digest
from chalicelib.law.states import DossierState

LIMITS: Final = Limits()
UNKNOWN_COMPONENT: Final = "UNCLASSIFIED"
SUPPLEMENT_REQUESTED: Final = DossierState.SUPPLEMENT_REQUESTED
OPEN: Final = frozenset({1, 2, 4, 5, 6})  # states in which a paper may still be added

AFTER_SUBMISSION: Final = Refused("after_submission", "Hồ sơ đã nộp", "the dossier was submitted")
SECRET: Final = Refused(SECRET_BY_LAW, "Giấy tờ mật không được số hóa", "a paper secret under law is not digitised")

type Verdict = Inspection | Refused


@dataclass(frozen=True)
class Checked:
    """What was found out of an object: its size, unless it was gone, and the verdict on its bytes."""

    size: int | None
    verdict: Verdict

    @property
    def named(self) -> tuple[Named, ...]:
        """The dossiers that codes on its first page name."""
        return () if isinstance(self.verdict, Refused) else named_by(self.verdict.codes)


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

    @property
    def exemption(self) -> str | None:
        """Why it need not be digitised."""
        return FILED_ONLINE if self.upload else self.planned.exemption if self.planned else None


@dataclass(frozen=True)
class Intake:
    """Checks what arrives."""

    drops: Drops
    files: Files
    opener: Opener
    clock: Clock
    malware: Malware

    def take_in(self, key: str, version: str, scan: ScanStatus | None = None) -> None:
        """An object arrived: checked, it is a component; else the reason is told, and its agency lists it.

        Where the scanner's verdict comes later (`scan`), nothing happens before it. What stands under no agency and in
        no draft is counted: an alarm hears it.
        """
        arrival = arrival_of(key, version)
        if arrival is None:
            if not key.startswith(ASKED_FOR) and PARTS not in key.split("/"):
                log.measure(ObjectsUnclaimed=1)
            return
        if scan is None and self.malware.tells_later:
            return  # it stays in quarantine until the verdict brings it here again
        lot = lot_of(arrival) or ""
        if arrival.origin == "drop" and (known := self.drops.drop(record_of(arrival))):  # delivered twice
            if known.reason_code == SECRET_BY_LAW:
                self.files.remove(arrival.key, arrival.version)  # the delivery before may have ended before this
            if lot and is_waiting(known.reason_code):
                record.settled(lambda: self._complete(arrival.agency, lot))
            return
        if lot and arrival.name.rpartition("/")[2] in MANIFESTS:
            record.settled(lambda: self._complete(arrival.agency, lot))
            return
        checked = self._checked(arrival, scan)
        record.settled(lambda: self._take_in(arrival, checked))

    def _checked(self, arrival: Arrival, scan: ScanStatus | None) -> Checked:
        size = None
        with_codes = arrival.origin == "drop" and not NAMES.fullmatch(arrival.batch) and lot_of(arrival) is None
        try:
            size = self.files.size(arrival.key, arrival.version)
            if size > LIMITS.max_bytes:  # S3 keeps the form's limit; an emulator may not, and a drop may have no form
                raise Refused("too_large", f"Tối đa {LIMITS.max_bytes} byte", f"at most {LIMITS.max_bytes} bytes")
            require_clean(scan)
            data = self.files.scan(arrival.key, arrival.version)
            self.malware.require_clean(data)
            roots = self.files.roots() if may_be_signed(data) else ()
            return Checked(size, self.opener.inspect(data, LIMITS, with_codes=with_codes, roots=roots))
        except Refused as refusal:
            return Checked(size, refusal)

    def _take_in(self, arrival: Arrival, checked: Checked) -> None:
        if arrival.origin == "upload":
            self._take_upload(arrival, checked)
        elif lot := lot_of(arrival):
            self._refuse_drop(arrival, _of_lot(checked), checked.size)
            self._complete(arrival.agency, lot)
        elif isinstance(checked.verdict, Refused) or checked.verdict.signatures or not checked.verdict.sheets:
            self._take_drop(arrival, checked)
        else:
            self._take_several(arrival, checked, checked.verdict)

    def _take_upload(self, arrival: Arrival, checked: Checked) -> None:
        dossier = _dossier(arrival.batch)
        if dossier and dossier.head.expired_at:
            self.files.remove(arrival.key, arrival.version)  # posted by a form that was given before it expired
            return
        upload = next((u for u in dossier.uploads if u.id == arrival.name), None) if dossier else None
        if dossier is None or upload is None or upload.status != "pending":
            return  # nobody announced it, or it was delivered twice
        planned = next((c for c in dossier.plan.components if c.code == upload.component), None)
        verdict = checked.verdict if _takes_upload(dossier.head, upload) else AFTER_SUBMISSION
        if isinstance(verdict, Refused):
            self._refuse_upload(arrival, dossier.head, upload, verdict)
        else:
            self._accept(arrival, Place(dossier, upload, planned), verdict)

    def _take_drop(self, arrival: Arrival, checked: Checked) -> None:
        place = self._place(arrival, checked)
        if place is None:
            return  # an earlier release took it in, and kept no verdict
        if isinstance(place, Refused):
            self._refuse_drop(arrival, place, checked.size)
        elif place.exemption == SECRET_BY_LAW:  # whatever the checks say of it
            self._refuse_drop(arrival, SECRET, checked.size)
            self.files.remove(arrival.key, arrival.version)  # it has no place in a bucket
        elif isinstance(checked.verdict, Refused):
            self._refuse_drop(arrival, checked.verdict, checked.size)
        elif broken := [seen.field for seen in checked.verdict.signatures if not seen.intact]:
            self._refuse_drop(arrival, signature_broken(", ".join(broken)), checked.size)
        else:
            self._accept(arrival, place, checked.verdict)

    def _take_several(self, arrival: Arrival, checked: Checked, found: Inspection) -> None:
        """A scan of several papers: all of them are taken in, each under its own dossier, or none is."""
        try:
            pieces = pieces_of(found)
            places = [self._named_place(arrival, piece.named) for piece in pieces]
            if any(place.exemption == SECRET_BY_LAW for place in places):
                raise SECRET
            scan = self.files.scan(arrival.key, arrival.version)
            bodies = self.opener.cut(scan, found.media_type, [piece.pages for piece in pieces])
            made = [self.opener.inspect(body, LIMITS) for body in bodies]
            if [len(each.pages) for each in made] != [last - first for first, last in (p.pages for p in pieces)]:
                raise truncated("pages that a part does not have")
        except Refused as why:
            self._refuse_drop(arrival, why, checked.size)
            if why is SECRET:
                self.files.remove(arrival.key, arrival.version)
            return
        for number, (piece, body, each) in enumerate(zip(pieces, bodies, made, strict=True)):
            part = PartOf(digest(arrival.key, arrival.version, str(number)), is_last=piece is pieces[-1])
            place = self._named_place(arrival, piece.named)  # as the part before has left it
            if part.component in {component.id for component in place.dossier.components}:
                continue  # a delivery before got this far
            key = arrival.part(number)
            version = self.files.keep_part(key, body, each.media_type)
            self._accept(arrival, place, each, replace(part, key=key, version=version))

    def _complete(self, agency: str, lot: str) -> None:
        """Take in the files that a lot's manifest names when all are there and good; else say of it what is missing."""
        there = {
            name_of(key): (key, version) for key, version in self.files.folder(f"drops/{agency}/{LOTS}/{lot}/").items()
        }
        named = next((name for name in MANIFESTS if name in there), None)
        manifest = arrival_of(*there[named]) if named else None
        if named is None or manifest is None:
            return  # the files wait for it
        before, size = self.drops.drop(record_of(manifest)), None
        if before and not is_waiting(before.reason_code):
            return  # it was followed, or cannot be
        try:
            size = self.files.size(manifest.key, manifest.version)
            lines = lines_of(named, self.files.scan(manifest.key, manifest.version))
            require_all(lines, there.keys())
            arrivals = [arrival_of(*there[name_of(line.file)]) for line in lines]
            ready = [self._ready(each, line) for each, line in zip(arrivals, lines, strict=True) if each]
        except Refused as why:
            if before is None:
                self._refuse_drop(manifest, why, size)
            return
        for each, line, found in ready:
            if found:
                self._accept(each, self._named_place(each, Named(line.dossier, line.component)), found)
        now = self.clock()
        self.drops.took(followed(manifest, size, stamp(now)), now).write()

    def _ready(self, each: Arrival, line: Line) -> tuple[Arrival, Line, Inspection | None]:
        """A file of a lot with what is found in it; None when it was taken in before. Raises Refused."""
        known = self.drops.drop(record_of(each))
        if known and known.kind == "taken":
            return each, line, None
        if known is None or not is_waiting(known.reason_code):
            raise manifest_incomplete([name_of(each.key)])
        place = self._named_place(each, Named(line.dossier, line.component))
        if line.component and (place.planned is None or place.planned.code != line.component):
            raise bad_manifest(f"không có thành phần {line.component}", f"no component {line.component}")
        if place.exemption == SECRET_BY_LAW:
            self.files.remove(each.key, each.version)
            raise SECRET
        found = self.opener.inspect(self.files.scan(each.key, each.version), LIMITS, roots=self.files.roots())
        if line.sha256 and line.sha256.lower() != found.sha256:
            raise bad_manifest(f"mã băm của {name_of(each.key)} khác", f"another hash of {name_of(each.key)}")
        return each, line, found

    def _named_place(self, arrival: Arrival, named: Named) -> Place:
        """Where one of several papers belongs. Raises Refused."""
        dossier = _dossier(named.dossier)
        if dossier is None or not _takes(dossier.head, arrival):
            raise NO_DOSSIER
        return Place(dossier, None, component_named(dossier.plan.components, named.component or arrival.name))

    def _place(self, arrival: Arrival, checked: Checked) -> Place | Refused | None:
        """Where a drop belongs: by its key, else by a code on its first page. Drops go to open dossiers of their own
        agency, not to a draft nor to one decided.
        """
        dossier, named = _dossier(arrival.batch), None
        if dossier is None:
            if len(checked.named) > 1:
                return SEVERAL_DOSSIERS
            if not checked.named:
                return checked.verdict if isinstance(checked.verdict, Refused) else NO_DOSSIER
            (named,) = checked.named
            dossier = _dossier(named.dossier)
        if dossier and any(component.id == arrival.component for component in dossier.components):
            return None
        if dossier is None or not _takes(dossier.head, arrival):
            return NO_DOSSIER
        planned = component_named(dossier.plan.components, (named.component if named else "") or arrival.name)
        sheets = int(named is not None and named.is_sheet)
        if sheets and not isinstance(checked.verdict, Refused) and len(checked.verdict.pages) == sheets:
            return ONLY_A_SHEET
        return Place(dossier, None, planned, sheets)

    def _accept(self, arrival: Arrival, place: Place, found: Inspection, part: PartOf | None = None) -> None:
        part = part or PartOf(arrival.component, arrival.key, arrival.version)
        now, head, upload, planned = self.clock(), place.dossier.head, place.upload, place.planned
        twin = next((c.id for c in place.dossier.components if c.sha256 == found.sha256), None)
        native = upload is None and bool(found.signatures)
        twice = (f"same_bytes: Trùng hoàn toàn với tệp {twin} của hồ sơ.",) if twin else ()
        component = Component(
            id=part.component,
            code=upload.component if upload else planned.code if planned else UNKNOWN_COMPONENT,
            filename=upload.filename if upload else arrival.name,
            key=part.key,
            version_id=part.version,
            size=found.size,
            sha256=found.sha256,
            media_type=found.media_type,
            pages=len(found.pages) - place.sheets,
            origin=arrival.origin,
            received_at=stamp(now),
            digitisation=SIGNED if native else digitisation_of(place.exemption, now.astimezone(ZONE).date()),
            warnings=(*found.warnings, *_doubts(found), *twice),
            sheets=place.sheets,
            signatures=found.signatures,
        )
        change = Change(head, now).add_component(component)
        change.tell(_received(component, head, planned.reading if planned else ""))
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

    def _refuse_upload(self, arrival: Arrival, head: Head, upload: Upload, why: Refused) -> None:
        told = UploadRefused(upload=upload.id, component=upload.component, reason_code=why.code)
        reason = {"reason_code": why.code, "reason_vi": why.message_vi, "reason_en": why.message_en}
        change = Change(head, self.clock()).tell(told)
        change.judge(upload, "refused", version_id=arrival.version, reason=reason).write()

    def _refuse_drop(self, arrival: Arrival, why: Refused, size: int | None) -> None:
        now = self.clock()
        self.drops.refuse(refused(arrival, why, size, stamp(now)), told_of(arrival, why), now)


def _of_lot(checked: Checked) -> Refused:
    """What is said of a file of a lot before its manifest is followed."""
    if isinstance(checked.verdict, Refused):
        return checked.verdict
    broken = [seen.field for seen in checked.verdict.signatures if not seen.intact]
    return signature_broken(", ".join(broken)) if broken else waiting()


def _dossier(name: str) -> Dossier | None:
    """A draft or dossier by its reference or code, with what an arrival is held against."""
    reference = reading.keyed(name) if name else ""
    return reading.read(reference, Part.PLAN, Part.UPLOADS, Part.COMPONENTS) if reference else None


def _takes_upload(head: Head, upload: Upload) -> bool:
    """A draft takes an upload; a dossier that waits for its supplement one that was announced for that."""
    waits = head.state == SUPPLEMENT_REQUESTED and head.submitted_at is not None
    return head.is_draft or (waits and upload.announced_at > (head.submitted_at or ""))


def _takes(head: Head, arrival: Arrival) -> bool:
    """Whether a drop may still be added to this dossier."""
    return head.agency == arrival.agency and head.state in OPEN and head.approved_at is None


def _doubts(found: Inspection) -> Iterator[str]:
    """What an officer is told of the signatures of a file."""
    for seen in found.signatures:
        if not seen.intact:
            yield f"signature_broken: Chữ ký số {seen.field} không còn đúng với nội dung hoặc không kiểm tra được."
        elif not seen.trusted:
            yield f"signature_untrusted: Chứng thư của chữ ký số {seen.field} không thuộc danh sách tin cậy."


def _received(component: Component, head: Head, reads_as: str) -> ComponentReceived:
    return ComponentReceived(
        id=component.id,
        code=component.code,
        version_id=component.version_id,
        size=component.size,
        sha256=component.sha256,
        media_type=component.media_type,
        pages=component.pages,
        origin="upload" if component.origin == "upload" else "drop",
        received_at=component.received_at,
        digitisation=component.digitisation,
        warnings=component.warnings,
        signatures=component.signatures,
        reference=head.reference,
        agency=head.agency,
        holder=head.holder,
        procedure=head.procedure,
        min_level=reading.level_of(head.min_level, head.pk),
        reads_as=reads_as,
    )
