"""From an object in the intake bucket to a component of its dossier, or to a refusal with its reason.

Exemptions from digitisation: Circular 03/2025/TT-VPCP Art. 5, Circular 01/2023/TT-VPCP Art. 4-5.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from chalicelib.contracts.digitisation import ComponentReceived, UploadRefused
from chalicelib.contracts.plan import PlannedComponent
from chalicelib.digitisation.arrivals import Arrival, arrival_of, component_named
from chalicelib.digitisation.exemptions import FILED_ONLINE, SECRET_BY_LAW, digitisation_of
from chalicelib.digitisation.model import Inspection, Limits, Refused
from chalicelib.digitisation.paper import REFUSED, RefusedDrop, drop_key, list_key
from chalicelib.digitisation.ports import Files, Opener, Papers
from chalicelib.dossier import reading
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Component, Head, Upload
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel import aws, record
from chalicelib.kernel.clock import ZONE, Clock, stamp

LIMITS: Final = Limits()
UNKNOWN_COMPONENT: Final = "UNCLASSIFIED"
OPEN: Final = frozenset({1, 2, 4, 5, 6})  # states in which a paper may still be added

NO_DOSSIER: Final = Refused(
    "no_dossier", "Không có hồ sơ đang giải quyết này tại cơ quan", "no such open dossier of this agency"
)
AFTER_SUBMISSION: Final = Refused("after_submission", "Hồ sơ đã nộp", "the dossier was submitted")
SECRET: Final = Refused(SECRET_BY_LAW, "Giấy tờ mật không được số hóa", "a paper secret under law is not digitised")

type Verdict = Inspection | Refused


@dataclass(frozen=True)
class Intake:
    """Checks what arrives."""

    papers: Papers
    files: Files
    opener: Opener
    clock: Clock

    def take_in(self, key: str, version: str) -> None:
        """An object arrived: checked, it is a component; refused, the reason is told and nothing is stored."""
        arrival = arrival_of(key, version)
        if arrival is None:
            return
        verdict = self._inspected(arrival)
        record.settled(lambda: self._take_in(arrival, verdict))

    def _inspected(self, arrival: Arrival) -> Verdict:
        try:
            size = self.files.size(arrival.key, arrival.version)
            if size > LIMITS.max_bytes:  # S3 keeps the form's limit; an emulator may not, and a drop has no form
                raise Refused("too_large", f"Tối đa {LIMITS.max_bytes} byte", f"at most {LIMITS.max_bytes} bytes")
            data = self.files.scan(arrival.key, arrival.version)
            return self.opener.inspect(data, LIMITS)
        except Refused as refusal:
            return refusal

    def _take_in(self, arrival: Arrival, verdict: Verdict) -> None:
        reference = reading.keyed(arrival.batch)
        dossier = reading.read(reference, Part.PLAN, Part.UPLOADS) if reference else None
        upload = _announced(dossier, arrival)
        if upload and upload.status != "pending":
            return  # delivered twice
        if dossier is None or not _belongs(arrival, dossier.head, upload):
            if arrival.origin == "drop" and not _is_component(dossier, arrival):
                self._refuse_drop(arrival, NO_DOSSIER)
            return
        planned = _planned(dossier.plan.components, arrival, upload)
        exemption = FILED_ONLINE if upload else planned.exemption if planned else None
        if upload and not dossier.head.is_draft:
            verdict = AFTER_SUBMISSION
        if exemption == SECRET_BY_LAW:  # whatever the checks say of it
            self._remove_secret(arrival)
        elif not isinstance(verdict, Refused):
            self._accept(arrival, dossier.head, upload, planned, verdict, exemption)
        elif upload:
            self._refuse_upload(arrival, dossier.head, upload, verdict)
        else:
            self._refuse_drop(arrival, verdict)

    def _accept(
        self,
        arrival: Arrival,
        head: Head,
        upload: Upload | None,
        planned: PlannedComponent | None,
        found: Inspection,
        exemption: str | None,
    ) -> None:
        now = self.clock()
        component = Component(
            id=arrival.component,
            code=upload.component if upload else planned.code if planned else UNKNOWN_COMPONENT,
            filename=upload.filename if upload else arrival.name,
            key=arrival.key,
            version_id=arrival.version,
            size=found.size,
            sha256=found.sha256,
            media_type=found.media_type,
            pages=len(found.pages),
            origin=arrival.origin,
            received_at=stamp(now),
            digitisation=digitisation_of(exemption, now.astimezone(ZONE).date()),
            warnings=found.warnings,
        )
        change = Change(head, now).add_component(component)
        change.tell(_received(component, head, planned.reading if planned else ""))
        if upload:
            change.judge(upload, "accepted", version_id=arrival.version)
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

    def _refuse_drop(self, arrival: Arrival, why: Refused) -> None:
        """It stays where it is, and stands on its agency's list of refused drops."""
        now = self.clock()
        drop = RefusedDrop(
            pk=drop_key(arrival.agency, arrival.key, arrival.version),
            key=arrival.key,
            reason_code=why.code,
            reason_vi=why.message_vi,
            reason_en=why.message_en,
            wl_pk=list_key(arrival.agency, REFUSED),
            wl_sk=stamp(now),
        )
        told = UploadRefused(
            agency=arrival.agency,
            version_id=arrival.version,
            reason_code=why.code,
            reason_vi=why.message_vi,
            reason_en=why.message_en,
        )
        self.papers.refuse(drop, told, now)

    def _remove_secret(self, arrival: Arrival) -> None:
        """A paper secret under law has no place in a bucket: it is told as refused, and its file is gone."""
        self._refuse_drop(arrival, SECRET)
        self.files.remove(arrival.key, arrival.version)


def _announced(dossier: Dossier | None, arrival: Arrival) -> Upload | None:
    """The upload behind an arrival; a drop has none, whatever its name."""
    if dossier is None or arrival.origin != "upload":
        return None
    return next((upload for upload in dossier.uploads if upload.id == arrival.name), None)


def _belongs(arrival: Arrival, head: Head, upload: Upload | None) -> bool:
    """Uploads were announced; drops go to an open dossier of their own agency, not to a draft nor to one decided."""
    if arrival.origin == "upload":
        return upload is not None
    return head.agency == arrival.agency and head.state in OPEN and head.approved_at is None


def _is_component(dossier: Dossier | None, arrival: Arrival) -> bool:
    """Whether the drop was taken in before, when its dossier was still open."""
    return dossier is not None and reading.read_component(dossier.reference, arrival.component) is not None


def _planned(
    components: Iterable[PlannedComponent], arrival: Arrival, upload: Upload | None
) -> PlannedComponent | None:
    """What the procedure says of the component: by the code that was announced, or by the name of the drop."""
    if upload is None:
        return component_named(components, arrival.name)
    return next((each for each in components if each.code == upload.component), None)


def _received(component: Component, head: Head, reads_as: str) -> ComponentReceived:
    return ComponentReceived(
        id=component.id,
        code=component.code,
        version_id=component.version_id,
        size=component.size,
        sha256=component.sha256,
        media_type=component.media_type,
        pages=component.pages,
        origin=component.origin,
        received_at=component.received_at,
        digitisation=component.digitisation,
        warnings=component.warnings,
        reference=head.reference,
        agency=head.agency,
        holder=head.holder,
        procedure=head.procedure,
        min_level=reading.level_of(head.min_level, head.pk),
        reads_as=reads_as,
    )
