"""From a received paper to a data message, in the order of the law: copy, sign, extract, code, store, convert.

Circular 01/2023/TT-VPCP Art. 7-8 (steps, and the officer's signature before extraction); Law 20/2023 Art. 12 and
Decree 137/2024 Art. 4 (the conversion). The officer's signature is ordered at the desk (`desk.py`).
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from msgspec import json, structs

from chalicelib.contracts.digitisation import (
    ComponentRead,
    ComponentReceived,
    ComponentRejected,
    CopyMade,
    CopyReturned,
)
from chalicelib.contracts.lifecycle import DossierSupplemented
from chalicelib.contracts.messages import CopySigned, MessageConverted, SignatureRefused
from chalicelib.contracts.reviews import (
    ReviewClosed,
    ReviewOpened,
)
from chalicelib.contracts.stored import read, written
from chalicelib.digitisation.change import PaperChange
from chalicelib.digitisation.driving import Driving
from chalicelib.digitisation.drops import drop_key, list_key
from chalicelib.digitisation.model import PDF, Area, ConversionMark, PageText, Refused
from chalicelib.digitisation.orders import agency_order
from chalicelib.digitisation.paper import (
    SIGN_COPY,
    SYSTEM,
    CopyFile,
    FileVersion,
    Paper,
    Reading,
    ReadPages,
    Rejection,
    Scan,
    SignedCopy,
    Step,
    TakenBack,
    conversion_of,
    copied,
    file_key,
)
from chalicelib.digitisation.ports import Drops, Files, Folder, Opener, Papers
from chalicelib.digitisation.rejections import SUPERSEDED, rejected_for
from chalicelib.digitisation.reviews.answers import with_answers
from chalicelib.digitisation.reviews.model import ReviewField, reviewed
from chalicelib.digitisation.reviews.ports import Openings
from chalicelib.dossier import reading
from chalicelib.dossier.items import Component
from chalicelib.dossier.reading import Part
from chalicelib.dossier.readings import sealed_values
from chalicelib.dossier.ties import people_of
from chalicelib.kernel import aws, record
from chalicelib.kernel.clock import ZONE, Clock, stamp
from chalicelib.kernel.ids import lookup_code
from chalicelib.kernel.problem import ForbiddenStep, NotFound
from chalicelib.law import packs, qr

GIVEN_BACK: Final = ("Người vận hành trả lại để ký lại", "Given back by the operator, to be signed again")
JSON: Final = "application/json"


@dataclass(frozen=True)
class PaperSteps:
    """The steps that workers do. `address` answers the base address that stands on papers, `folders` what the papers of
    a reference belong to.
    """

    papers: Papers
    drops: Drops
    files: Files
    opener: Opener
    clock: Clock
    address: Callable[[], str]
    reviews: Openings
    driving: Driving
    folders: Callable[[str], Folder]

    def make_copy(self, received: ComponentReceived) -> None:
        """Step 1: the copy of a dropped paper, waiting for its officer's signature; exempt papers have none.

        A paper of which no copy can be made is rejected, and its drop refused.
        """
        if received.digitisation.status == "exempt":
            return
        if known := self.papers.paper(received.reference, received.id):
            self.driving.start(known)
            return
        component = self.folders(received.reference).component(received.reference, received.id)
        if component is None:
            raise LookupError(f"{received.reference} has no component {received.id}")
        if component.digitisation.status == "rejected":
            return  # told before
        try:
            pages = self._pages(component)
            made = self.opener.copy(pages, title=component.filename, expected_pages=component.pages)
        except Refused as why:
            self._turn_down(received.reference, received.id, why)
            return
        place = file_key(received.reference, received.id, "copy-unsigned.pdf")
        kept, now = self.files.keep(place, made.pdf, PDF), self.clock()
        paper = copied(received, component, _pinned(kept, sha256(made.pdf), made.signature_box), stamp(now))
        try:
            PaperChange(paper, now).tell(CopyMade(reference=paper.reference, component=paper.component)).write()
        except aws.Lost:
            return  # made at the same time by a second delivery
        self.driving.start(paper)

    def leave_off(self, supplemented: DossierSupplemented) -> None:
        """What a supplement brought anew is not digitised any further in its former version.

        Whom its form names from now on sees to no paper of the dossier as an officer, also to none that came before.
        """
        for component in supplemented.superseded:
            self._turn_down(supplemented.reference, component, SUPERSEDED)
        if supplemented.form_sha256:
            self._learn_people(supplemented.reference)

    def _learn_people(self, reference: str) -> None:
        dossier = reading.read(reference, Part.COMPONENTS)
        if dossier is None:
            return
        people = people_of(dossier.head)

        def once(component: str) -> None:
            paper = self.papers.paper(reference, component)
            others = tuple(sorted((paper.people | people) - {paper.holder})) if paper else ()
            if paper and others != (paper.others or ()):
                PaperChange(paper, self.clock()).put(others=others).write()

        for each in dossier.components:
            record.settled(partial(once, each.id))

    def read_copy(self, signed: CopySigned) -> None:
        """Steps 2-4 on a signed copy: extract, give the code, store; then order the agency's signature.

        Before that an officer looks at what is not sure, where anything is. A paper that cannot be read is rejected,
        and its drop refused.
        """
        paper = self.papers.paper(signed.reference, signed.component)
        if paper is None or not paper.awaits_copy:
            return
        now = self.clock()
        try:
            after, asked = self._read(paper, signed, now)
        except Refused as why:
            self._turn_down(signed.reference, signed.component, why)
            return
        known = iter([paper])

        def once() -> None:
            again = next(known, None) or self.papers.paper(signed.reference, signed.component)
            if again and again.awaits_copy:  # else a second delivery was faster
                change = PaperChange(again, now)
                change.tell(ComponentRead(reference=paper.reference, component=paper.component, code=code_of(paper)))
                self._go_on(change, after, asked)

        record.settled(once)

    def _go_on(self, change: PaperChange, after: Paper, asked: Sequence[ReviewField]) -> None:
        """What was read waits for its review, or its data message for the agency's signature."""
        if left := sum(not field.closed for field in asked):
            told = ReviewOpened(reference=after.reference, component=after.component, agency=after.agency, fields=left)
            change.reviewing(after, left).tell(told)
            for field in asked:
                self.reviews.keep(change, field)
            change.write()
        else:
            change.read(after).order(agency_order(after)).write()

    def convert_reviewed(self, closed: ReviewClosed) -> None:
        """The data message of a paper whose values were all looked at, with what they were found to be."""
        known = self.papers.paper(closed.reference, closed.component)
        if known is None or known.step != "reviewed":
            return
        paper, now = known, self.clock()
        try:
            after = self._converted(paper, *self._reviewed(paper), now)
        except Refused as why:
            self._turn_down(closed.reference, closed.component, why)
            return

        def once() -> None:
            again = self.papers.paper(closed.reference, closed.component)
            if again and again.step == "reviewed":  # else a second delivery was faster
                PaperChange(again, now).read(after).order(agency_order(after)).write()

        record.settled(once)

    def _reviewed(self, paper: Paper) -> tuple[Reading, Sequence[bytes], Sequence[PageText]]:
        """What was read of a paper with the values that its officers said, and its pages."""
        if paper.reading is None or paper.pages_read is None:
            raise LookupError(f"{paper.pk} was not read")
        kept = json.decode(self.files.made(paper.reading))
        found, is_one = read(Reading, kept), paper.pages_read == paper.reading
        pages = read(ReadPages, kept if is_one else json.decode(self.files.made(paper.pages_read))).pages
        return with_answers(found, self.reviews.fields(paper)), self._pages(paper.scan), pages

    def _read(self, paper: Paper, signed: CopySigned, now: datetime) -> tuple[Paper, Sequence[ReviewField]]:
        """The paper as it was read, and the fields that an officer has to look at; without any, it is converted too.

        Raises Refused.
        """
        from chalicelib.digitisation.fields import extract
        from chalicelib.digitisation.flaws import insist

        scans = self._pages(paper.scan)
        pages = [self.opener.read(scan) for scan in scans]
        insist([page.flaw for page in pages])
        text = "\n\f".join(page.text for page in pages)
        fields = extract(paper.reads_as, pages) if paper.reads_as else ()
        found = Reading(
            code=code_of(paper),
            kind=paper.reads_as,
            text=text,
            scan_sha256=paper.scan.sha256,
            copy_sha256=signed.sha256,
            fields=(*fields, *self.folders(paper.reference).stated(paper, text, fields)),
        )
        after = structs.replace(
            paper,
            signed_copy=SignedCopy(
                key=signed.key, version_id=signed.version_id, sha256=signed.sha256, message=signed.message
            ),
            digitised_code=found.code,
            agency_name=signed.agency_name,
        )
        asked = self.reviews.opened(after, found.fields, scans, pages, now)
        if all(field.closed for field in asked):
            known = structs.replace(after, reviewed=reviewed(asked))
            return self._converted(known, with_answers(found, asked), scans, pages, now), ()
        both = json.encode(written(found) | written(ReadPages(pages=tuple(pages))))  # S3 is paid by the file
        kept = self.files.keep(paper.file("reading.json"), both, JSON)
        return structs.replace(after, reading=kept, pages_read=kept), asked

    def _converted(
        self, paper: Paper, found: Reading, scans: Sequence[bytes], pages: Sequence[PageText], now: datetime
    ) -> Paper:
        """The paper as it is when its data message waits for a signature. Raises Refused."""
        compared = self.folders(paper.reference).require(paper, found)
        found = structs.replace(found, compared=compared or "not_compared")
        data = json.encode(written(found))
        mark = self._mark(paper, found.code, now)
        unsigned = self.opener.convert(scans, pages, mark, data)
        kept = self.files.keep(paper.file("message-unsigned.pdf"), unsigned.pdf, PDF)
        return structs.replace(
            paper,
            reading=self.files.keep(paper.file("reading.json"), data, JSON),
            mark_text=mark.text,
            converted_at=stamp(now),
            compared=compared,
            read_values=sealed_values(paper.reference, found.kind, {each.name: each.value for each in found.fields}),
            unsigned=_pinned(kept, unsigned.sha256, unsigned.signature_box),
        )

    def _turn_down(self, reference: str, component: str, why: Refused) -> None:
        """By its own fault a paper that was taken cannot go on: its dossier, its record and its drop say why."""

        def once() -> None:
            folder, now = self.folders(reference), self.clock()
            found = folder.component(reference, component)
            if found is None or found.digitisation.status != "waiting":
                return  # told before
            agency = folder.agency(reference, component)
            told = ComponentRejected(reference=reference, component=component, agency=agency, reason_code=why.code)
            change = folder.rejected(told, rejected_for(why), now)
            if paper := self.papers.paper(reference, component):
                said = Rejection(code=why.code, note=why.message_en, by=SYSTEM, at=stamp(now), asked="")
                change.join("paper", PaperChange(paper, now).rejected(said).tell(told))
            if drop := self.drops.drop(drop_key(agency, component)):
                change.join("drop", self.drops.turn_down(drop, why, now).tell(told))
            change.write()

        record.settled(once)

    def take_back(self, refused: SignatureRefused) -> None:
        """A signature that was ordered will never be: the paper is on its desk again, with the reason."""
        why = TakenBack(code=refused.reason_code, vi=refused.reason_vi, en=refused.reason_en, at=stamp(self.clock()))

        def once() -> None:
            paper = self.papers.paper(refused.reference, refused.component)
            if paper is None or paper.order_event not in {None, refused.order_event}:
                return
            ordered: Step = "signature_ordered" if refused.then == CopySigned.type else "stored"
            if paper.step != ordered or paper.is_on_desk:
                return  # told before, or signed since
            self._return(paper, why)

        record.settled(once)

    def give_back(self, copy_id: str) -> Paper:
        """Whoever operates the service gives a paper back to its desk, whose ordered signature does not come.

        Raises NotFound, ForbiddenStep when no signature is awaited.
        """
        reference, _, component = copy_id.partition(".")
        why = TakenBack(code="given_back", vi=GIVEN_BACK[0], en=GIVEN_BACK[1], at=stamp(self.clock()))

        def once() -> Paper:
            paper = self.papers.paper(reference, component)
            if paper is None:
                raise NotFound(what="copy")
            if paper.is_on_desk or paper.step not in {"signature_ordered", "stored"}:
                raise ForbiddenStep(step=paper.step)
            self._return(paper, why)
            return paper

        return record.settled(once)

    def _return(self, paper: Paper, why: TakenBack) -> None:
        step: Step = "copied" if paper.step == "signature_ordered" else paper.step
        told = CopyReturned(
            reference=paper.reference, component=paper.component, agency=paper.agency, step=step, reason_code=why.code
        )
        PaperChange(paper, self.clock()).taken_back(step, why, list_key(paper.agency, SIGN_COPY)).tell(told).write()

    def settle_component(self, message: MessageConverted) -> None:
        """The conversion record links both files by hash (Law 20/2023 Art. 12), here and in what it belongs to."""

        def once() -> None:
            paper = self.papers.paper(message.reference, message.component)
            if paper is None or paper.step != "stored":
                return
            looked = paper.reviewed or reviewed(self.reviews.fields(paper))
            now, conversion = self.clock(), conversion_of(structs.replace(paper, reviewed=looked), message)
            told, change = self.folders(message.reference).converted(paper, message, conversion, now)
            # Told in both records; the vault hears what it keeps from one, or two calls would meet in it. Who looked at
            # which value stands in this one already, where an officer did.
            mine = structs.replace(told, paper=None, reviewed=paper.reviewed or None)
            change.join("paper", PaperChange(paper, now).converted().tell(mine)).write()

        record.settled(once)

    def _pages(self, scan: Scan | Component) -> tuple[bytes, ...]:
        """The pictures of a paper's pages, from the very version that was checked; a sheet before it is none."""
        return self.opener.pictures(self.files.scan(scan.key, scan.version_id), scan.media_type)[scan.sheets :]

    def _mark(self, paper: Paper, code: str, now: datetime) -> ConversionMark:
        marked, local = self.folders(paper.reference).marked(paper), now.astimezone(ZONE)
        link = f"{self.address()}/v1/verifications/{lookup_code(code)}"
        payload = qr.qr_payload(
            {
                "dossier_code": marked.dossier,
                "procedure_code": marked.procedure,
                "person_id": marked.person,
                "document_name": code,
                "system_name": SYSTEM,
                "published_at": local.isoformat(timespec="seconds"),
                "lookup_url": link,
            }
        )
        return ConversionMark(
            text=packs.pack_on(local.date()).rules.conversion_mark_text.value,
            converted_at=local,
            converter_name=paper.officer or "",
            agency_name=paper.agency_name or "",
            agency_code=paper.agency,
            code=code,
            lookup_url=link,
            qr_payload=payload,
        )


def _pinned(kept: FileVersion, digest: str, box: Area) -> CopyFile:
    return CopyFile(key=kept.key, version_id=kept.version_id, sha256=digest, box=box_text(box))


def code_of(paper: Paper) -> str:
    """The code of the digitised component (Circular 01/2023, Article 7, step 3); a result has its own."""
    if paper.result:
        return paper.result.code
    return f"SH-{paper.reference.removeprefix('MC-')}-{paper.component[:6].upper()}"


def box_text(box: Area) -> tuple[str, str, str, str]:
    """A place on a page as the table holds it: it takes no fractions."""
    left, bottom, right, top = box
    return str(left), str(bottom), str(right), str(top)


def sha256(data: bytes) -> str:
    """Hexadecimal SHA-256."""
    return hashlib.sha256(data).hexdigest()
