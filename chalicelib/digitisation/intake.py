"""From an object in the intake bucket to a component of its dossier, or to a refusal with its reason.

Exemptions from digitisation: Circular 03/2025/TT-VPCP Art. 5, Circular 01/2023/TT-VPCP Art. 4-5.
"""

from dataclasses import dataclass, replace
from typing import Final

from chalicelib.contracts.digitisation import UploadRefused
from chalicelib.digitisation.accepting import LIMITS, SECRET, Accepting, PartOf, Place, asked_for, dossier_of, takes
from chalicelib.digitisation.archives.taking import Taking, is_archived_drop
from chalicelib.digitisation.arrivals import ASKED_FOR, PARTS, Arrival, arrival_of
from chalicelib.digitisation.drops import record_of, told_to_owner
from chalicelib.digitisation.exemptions import SECRET_BY_LAW
from chalicelib.digitisation.lots.manifests import MANIFESTS, is_waiting, lot_of, waiting
from chalicelib.digitisation.lots.taking import Lots
from chalicelib.digitisation.malware import Malware, ScanStatus, require_clean
from chalicelib.digitisation.model import Inspection, Refused
from chalicelib.digitisation.reasons import (
    NO_DOSSIER,
    ONLY_A_SHEET,
    OWN_DOSSIER,
    RESULT_REASONS,
    RESULT_SIGNED,
    SEVERAL_DOSSIERS,
    signature_broken,
    too_large,
    truncated,
)
from chalicelib.digitisation.sheets import NAMES, Named, named_by, pieces_of
from chalicelib.digitisation.signatures import may_be_signed
from chalicelib.dossier.change import Change
from chalicelib.dossier.handed_in import awaited_result, decides, hindrance
from chalicelib.dossier.items import Head, Upload
from chalicelib.dossier.reading import Part
from chalicelib.kernel import log, record
from chalicelib.kernel.ids import digest
from chalicelib.law.states import DossierState

SUPPLEMENT_REQUESTED: Final = DossierState.SUPPLEMENT_REQUESTED

AFTER_SUBMISSION: Final = Refused("after_submission", "Hồ sơ đã nộp", "the dossier was submitted")

type Verdict = Inspection | Refused


@dataclass(frozen=True)
class Checked:
    """What was found out of an object: its size, unless it was gone, and the verdict on its bytes."""

    size: int | None
    verdict: Verdict

    @property
    def sound(self) -> Verdict:
        """The verdict on a file that stands alone: a signature that is broken refuses it."""
        if isinstance(self.verdict, Refused):
            return self.verdict
        broken = [seen.field for seen in self.verdict.signatures if not seen.intact]
        return signature_broken(", ".join(broken)) if broken else self.verdict

    @property
    def named(self) -> tuple[Named, ...]:
        """The dossiers that codes on its first page name."""
        return () if isinstance(self.verdict, Refused) else named_by(self.verdict.codes)


@dataclass(frozen=True)
class Intake(Accepting):
    """Checks what arrives."""

    malware: Malware
    archives: Taking

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
        if arrival.origin == "own" and self.drops.is_told(arrival):
            return  # delivered twice; its owner, or the quota, may have removed it since
        lot = lot_of(arrival) or ""
        if arrival.origin == "drop" and (known := self.drops.drop(record_of(arrival))):  # delivered twice
            if known.reason_code == SECRET_BY_LAW:
                self.files.remove(arrival.key, arrival.version)  # the delivery before may have ended before this
            if lot and is_waiting(known.reason_code):
                self._complete(arrival.agency, lot)
            return
        if lot and arrival.name.rpartition("/")[2] in MANIFESTS:
            self._complete(arrival.agency, lot)
            return
        checked = self._checked(arrival, scan)
        record.settled(lambda: self._take_in(arrival, checked))

    def _checked(self, arrival: Arrival, scan: ScanStatus | None) -> Checked:
        size = None
        has_place = NAMES.fullmatch(arrival.batch) or lot_of(arrival) or is_archived_drop(arrival)
        with_codes = arrival.origin == "drop" and not has_place
        try:
            size = self.files.size(arrival.key, arrival.version)
            if size > LIMITS.max_bytes:  # S3 keeps the form's limit; an emulator may not, and a drop may have no form
                raise too_large(LIMITS.max_bytes)
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
        elif arrival.origin == "own":
            self.drops.tell_owner(arrival, told_to_owner(arrival, checked.size, checked.sound), self.clock())
        elif lot := lot_of(arrival):
            self.refuse_drop(arrival, _of_lot(checked), checked.size)
            self._complete(arrival.agency, lot)
        elif is_archived_drop(arrival):
            self.archives.take_in(arrival, checked.size, checked.verdict)
        elif arrival.is_result:
            self._take_result(arrival, checked)
        elif isinstance(checked.verdict, Refused) or checked.verdict.signatures or not checked.verdict.sheets:
            self._take_drop(arrival, checked)
        else:
            self._take_several(arrival, checked, checked.verdict)

    def _take_upload(self, arrival: Arrival, checked: Checked) -> None:
        dossier = dossier_of(arrival.batch)
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
            self.accept(arrival, Place(dossier, upload, planned), verdict)

    def _take_drop(self, arrival: Arrival, checked: Checked) -> None:
        place = self._place(arrival, checked)
        if place is None:
            return  # an earlier release took it in, and kept no verdict
        if isinstance(place, Refused):
            self.refuse_drop(arrival, place, checked.size)
        elif place.exemption == SECRET_BY_LAW:  # whatever the checks say of it
            self.refuse_drop(arrival, SECRET, checked.size)
            self.files.remove(arrival.key, arrival.version)  # it has no place in a bucket
        elif isinstance(checked.verdict, Refused):
            self.refuse_drop(arrival, checked.verdict, checked.size)
        elif broken := [seen.field for seen in checked.verdict.signatures if not seen.intact]:
            self.refuse_drop(arrival, signature_broken(", ".join(broken)), checked.size)
        else:
            self.accept(arrival, place, checked.verdict)

    def _take_result(self, arrival: Arrival, checked: Checked) -> None:
        """The result of a dossier, signed by hand, from the agency that decides it, while its approval is awaited."""
        dossier, verdict = dossier_of(arrival.batch, Part.TASKS), checked.verdict
        if dossier and any(component.id == arrival.component for component in dossier.components):
            return  # delivered twice
        if dossier is None or dossier.head.is_draft or decides(dossier.head) != arrival.agency:
            self.refuse_drop(arrival, NO_DOSSIER, checked.size)
        elif why := hindrance(dossier):
            self.refuse_drop(arrival, RESULT_REASONS[why], checked.size)
        elif isinstance(verdict, Refused):
            self.refuse_drop(arrival, verdict, checked.size)
        elif verdict.signatures:
            self.refuse_drop(arrival, RESULT_SIGNED, checked.size)
        else:
            self.accept(arrival, Place(dossier, None, None, result=awaited_result(dossier)), verdict)

    def _take_several(self, arrival: Arrival, checked: Checked, found: Inspection) -> None:
        """A scan of several papers: all of them are taken in, each under its own dossier, or none is."""
        try:
            pieces = pieces_of(found)
            places = [self.named_place(arrival, piece.named) for piece in pieces]
            if any(place.exemption == SECRET_BY_LAW for place in places):
                raise SECRET
            scan = self.files.scan(arrival.key, arrival.version)
            bodies = self.opener.cut(scan, found.media_type, [piece.pages for piece in pieces])
            made = [self.opener.inspect(body, LIMITS) for body in bodies]
            if [len(each.pages) for each in made] != [last - first for first, last in (p.pages for p in pieces)]:
                raise truncated("pages that a part does not have")
        except Refused as why:
            self.refuse_drop(arrival, why, checked.size)
            if why is SECRET:
                self.files.remove(arrival.key, arrival.version)
            return
        for number, (piece, body, each) in enumerate(zip(pieces, bodies, made, strict=True)):
            part = PartOf(digest(arrival.key, arrival.version, str(number)), is_last=piece is pieces[-1])
            place = self.named_place(arrival, piece.named)  # as the part before has left it
            if part.component in {component.id for component in place.dossier.components}:
                continue  # a delivery before got this far
            key = arrival.part(number)
            version = self.files.keep_part(key, body, each.media_type)
            self.accept(arrival, place, each, replace(part, key=key, version=version))

    def _place(self, arrival: Arrival, checked: Checked) -> Place | Refused | None:
        """Where a drop belongs: by its key, else by a code on its first page. Drops go to open dossiers of their own
        agency, not to a draft nor to one decided.
        """
        dossier, named = dossier_of(arrival.batch), None
        if dossier is None:
            found = _only_named(checked)
            if isinstance(found, Refused):
                return found
            named, dossier = found, dossier_of(found.dossier)
        if dossier and any(component.id == arrival.component for component in dossier.components):
            return None
        if dossier is None or not takes(dossier, arrival):
            return NO_DOSSIER
        if named and self.is_own(arrival, dossier):
            return OWN_DOSSIER
        planned = asked_for(dossier, (named.component if named else "") or arrival.name)
        sheets = int(named is not None and named.is_sheet)
        if sheets and not isinstance(checked.verdict, Refused) and len(checked.verdict.pages) == sheets:
            return ONLY_A_SHEET
        return Place(dossier, None, planned, sheets)

    def _refuse_upload(self, arrival: Arrival, head: Head, upload: Upload, why: Refused) -> None:
        told = UploadRefused(upload=upload.id, component=upload.component, reason_code=why.code)
        reason = {"reason_code": why.code, "reason_vi": why.message_vi, "reason_en": why.message_en}
        change = Change(head, self.clock()).tell(told)
        change.judge(upload, "refused", version_id=arrival.version, reason=reason).write()

    def _complete(self, agency: str, lot: str) -> None:
        record.settled(lambda: Lots(self.drops, self.files, self.opener, self.clock).complete(agency, lot))


def _only_named(checked: Checked) -> Named | Refused:
    """The one dossier that codes on the first page name; else why there is none."""
    if len(checked.named) == 1:
        return checked.named[0]
    if checked.named:
        return SEVERAL_DOSSIERS
    return checked.verdict if isinstance(checked.verdict, Refused) else NO_DOSSIER


def _of_lot(checked: Checked) -> Refused:
    """What is said of a file of a lot before its manifest is followed."""
    return checked.sound if isinstance(checked.sound, Refused) else waiting()


def _takes_upload(head: Head, upload: Upload) -> bool:
    """A draft takes an upload; a dossier that waits for its supplement one that was announced for that."""
    waits = head.state == SUPPLEMENT_REQUESTED and head.submitted_at is not None
    return head.is_draft or (waits and upload.announced_at > (head.submitted_at or ""))
