"""From a received paper to a data message, in the order of the law: copy, sign, extract, code, store, convert.

Circular 01/2023/TT-VPCP Art. 7-8 (steps, and the officer's signature before extraction); Law 20/2023 Art. 12 and
Decree 137/2024 Art. 4 (the conversion). The officer's signature is ordered at the desk (`desk.py`).
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from msgspec import Struct, json

from chalicelib.contracts.digitisation import (
    ComponentConverted,
    ComponentRead,
    ComponentReceived,
    CopyMade,
    Digitisation,
    SignatureOrdered,
    Signer,
)
from chalicelib.contracts.event import heard
from chalicelib.contracts.messages import CopySigned, MessageConverted, PinnedFile
from chalicelib.contracts.stored import written
from chalicelib.digitisation.change import PaperChange
from chalicelib.digitisation.model import PDF, Area, ConversionMark
from chalicelib.digitisation.paper import (
    SYSTEM,
    CopyFile,
    FileVersion,
    Paper,
    Reading,
    Scan,
    SignedCopy,
    conversion_of,
    copied,
    file_key,
)
from chalicelib.digitisation.ports import Files, Opener, Papers
from chalicelib.dossier import reading
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Component, Head
from chalicelib.kernel import aws, record
from chalicelib.kernel.clock import ZONE, Clock, stamp
from chalicelib.kernel.ids import unseal
from chalicelib.law import packs, qr
from chalicelib.law.codes import PersonalId

TITLE: Final = "Thông điệp dữ liệu chuyển đổi từ văn bản giấy"
JSON: Final = "application/json"


class _Applicant(Struct, frozen=True):
    """What is needed of the person whose name HEAD of the dossier has sealed."""

    personal_id: str


@dataclass(frozen=True)
class PaperSteps:
    """The steps that workers do. `address` answers the base address that stands on papers."""

    papers: Papers
    files: Files
    opener: Opener
    clock: Clock
    address: Callable[[], str]

    def make_copy(self, received: ComponentReceived) -> None:
        """Step 1: the copy of a dropped paper, waiting for its officer's signature; exempt papers have none."""
        if received.digitisation.status == "exempt" or self.papers.paper(received.reference, received.id):
            return
        component = reading.read_component(received.reference, received.id)
        if component is None:
            raise LookupError(f"{received.reference} has no component {received.id}")
        pages = self._pages(component)
        made = self.opener.copy(pages, title=component.filename, expected_pages=component.pages)
        place = file_key(received.reference, received.id, "copy-unsigned.pdf")
        kept, now = self.files.keep(place, made.pdf, PDF), self.clock()
        box = box_text(made.signature_box)
        copy = CopyFile(key=kept.key, version_id=kept.version_id, sha256=sha256(made.pdf), box=box)
        paper = copied(received, component, copy, stamp(now))
        try:
            PaperChange(paper, now).tell(CopyMade(reference=paper.reference, component=paper.component)).write()
        except aws.Lost:
            return  # made at the same time by a second delivery

    def read_copy(self, signed: CopySigned) -> None:
        """Steps 2-4 on a signed copy: extract, give the code, store; then order the agency's signature."""
        paper = self.papers.paper(signed.reference, signed.component)
        if paper is None or paper.step != "signature_ordered":
            return
        from chalicelib.digitisation.fields import extract

        scans, now = self._pages(paper.scan), self.clock()
        pages = [self.opener.read(scan) for scan in scans]
        found = Reading(
            code=code_of(paper),
            kind=paper.reads_as,
            text="\n\f".join(page.text for page in pages),
            scan_sha256=paper.scan.sha256,
            copy_sha256=signed.sha256,
            fields=extract(paper.reads_as, pages) if paper.reads_as else (),
        )
        stored = self.files.keep(paper.file("reading.json"), json.encode(written(found)), JSON)
        mark = self._mark(paper, signed, found.code, now)
        unsigned = self.opener.convert(scans, pages, mark)
        kept = self.files.keep(paper.file("message-unsigned.pdf"), unsigned.pdf, PDF)
        source = PinnedFile(key=kept.key, version_id=kept.version_id, sha256=unsigned.sha256)
        order = _message_order(paper, signed.agency_name, mark, source, unsigned.signature_box)
        known = iter([paper])

        def once() -> None:
            again = next(known, None) or self.papers.paper(signed.reference, signed.component)
            if again and again.step == "signature_ordered":  # else a second delivery was faster
                self._go_on(again, signed, stored, mark, order, now)

        record.settled(once)

    def _go_on(
        self,
        paper: Paper,
        signed: CopySigned,
        stored: FileVersion,
        mark: ConversionMark,
        order: SignatureOrdered,
        now: datetime,
    ) -> None:
        copy = SignedCopy(key=signed.key, version_id=signed.version_id, sha256=signed.sha256, message=signed.message)
        change = PaperChange(paper, now).read(copy, stored, mark.code, mark.text, stamp(now))
        change.tell(ComponentRead(reference=paper.reference, component=paper.component, code=mark.code))
        change.tell(order).write()

    def settle_component(self, message: MessageConverted) -> None:
        """The conversion record links both files by hash (Law 20/2023 Art. 12), here and in the dossier."""

        def once() -> None:
            paper = self.papers.paper(message.reference, message.component)
            if paper is None or paper.step != "stored":
                return
            now, conversion = self.clock(), conversion_of(paper, message)
            told = ComponentConverted.of(paper.component, conversion)
            change = Change(_head(message.reference), now).tell(told)
            change.settle_component(paper.component, Digitisation.converted(conversion))
            change.join("paper", PaperChange(paper, now).converted(conversion).tell(told)).write()

        record.settled(once)

    def _pages(self, scan: Scan | Component) -> tuple[bytes, ...]:
        """The pictures of a file's pages, from the very version that was checked."""
        return self.opener.pictures(self.files.scan(scan.key, scan.version_id), scan.media_type)

    def _mark(self, paper: Paper, signed: CopySigned, code: str, now: datetime) -> ConversionMark:
        head, local = _head(paper.reference), now.astimezone(ZONE)
        applicant = heard(_Applicant, unseal(head.sealed))
        payload = qr.qr_payload(
            {
                "dossier_code": head.dossier_code or paper.reference,  # before acceptance there is no code
                "procedure_code": paper.procedure,
                "person_id": PersonalId.parse(applicant.personal_id).masked,
                "document_name": code,
                "system_name": SYSTEM,
                "published_at": local.isoformat(timespec="seconds"),
            }
        )
        return ConversionMark(
            text=packs.pack_on(local.date()).rules.conversion_mark_text.value,
            converted_at=local,
            converter_name=paper.officer or "",
            agency_name=signed.agency_name,
            agency_code=paper.agency,
            code=code,
            lookup_url=f"{self.address()}/v1/verifications/{code}",
            qr_payload=payload,
        )


def _head(reference: str) -> Head:
    dossier = reading.read(reference)
    if dossier is None:
        raise LookupError(f"there is no dossier {reference}")
    return dossier.head


def _message_order(
    paper: Paper, agency_name: str, mark: ConversionMark, source: PinnedFile, box: Area
) -> SignatureOrdered:
    return SignatureOrdered(
        order=mark.code,
        kind="conversion",
        title=TITLE,
        source=source,
        target=paper.file("message.pdf"),
        signer=Signer(kind="agency", id=paper.agency),
        reason=mark.text,
        box=box_text(box),
        lines=(agency_name, f"{mark.converted_at:%d/%m/%Y %H:%M:%S %z}"),
        certify=True,
        then="vn.motcua.message.converted",
        reference=paper.reference,
        component=paper.component,
        agency=paper.agency,
        holder=paper.holder,
        procedure=paper.procedure,
        min_level=paper.min_level,
    )


def code_of(paper: Paper) -> str:
    """The code of the digitised component (Circular 01/2023, Article 7, step 3)."""
    return f"SH-{paper.reference.removeprefix('MC-')}-{paper.component[:6].upper()}"


def box_text(box: Area) -> tuple[str, str, str, str]:
    """A place on a page as the table holds it: it takes no fractions."""
    left, bottom, right, top = box
    return str(left), str(bottom), str(right), str(top)


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()
