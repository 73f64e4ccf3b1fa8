"""The only place that signs: official documents of a dossier, and files that others order to be signed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from chalicelib.contracts.digitisation import SignatureOrdered
from chalicelib.contracts.event import heard
from chalicelib.contracts.messages import CopySigned, MessageConverted, PaperSigned, ReceiptSigned, ResultSigned
from chalicelib.contracts.onestop import DossierAccepted, DossierDecided, ReceiptPrivate, ResultPrivate
from chalicelib.kernel.access import Principal, require_level
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.ids import unseal
from chalicelib.kernel.problem import NotFound
from chalicelib.messages import papers
from chalicelib.messages.model import Message, short_time
from chalicelib.messages.ports import AgencyNames, Keys, Messages

if TYPE_CHECKING:
    from chalicelib.messages.keys import SigningIdentity
    from chalicelib.messages.rendering import Rect

ORDERED: Final[dict[str, type[PaperSigned]]] = {kind.type: kind for kind in (CopySigned, MessageConverted)}
"""What may be told of an ordered signature, by the name that the order gives."""


type Cause = DossierAccepted | DossierDecided | SignatureOrdered


@dataclass(frozen=True, kw_only=True)
class Work:
    """A file that is to be signed: its name among the messages, where it will be kept, and what its signature says.

    `box` is a page and its rectangle, where `lines` will stand; `told` is the event when it is done.
    """

    message: str
    kind: str
    title: str
    target: str
    signer: "SigningIdentity"
    reason: str
    box: "tuple[int, Rect]"
    lines: tuple[str, ...]
    certify: bool
    told: type[PaperSigned]
    component: str | None = None


@dataclass(frozen=True)
class Signatures:
    """Put a signature on a file and register it: each order once, however often it is told."""

    messages: Messages
    keys: Keys
    agency_name: AgencyNames
    clock: Clock

    def sign(self, order: SignatureOrdered) -> None:
        """Sign a file as ordered: an officer's own signature, or the agency's that closes the file."""
        if self.messages.message(order.order):
            return
        unsigned, now = self.messages.source(order.source), self.clock()
        is_officer = order.signer.kind == "officer"
        x0, y0, x1, y1 = map(float, order.box)
        work = Work(
            message=order.order,
            kind=order.kind,
            title=order.title,
            target=order.target,
            signer=self.keys.officer(order.signer.id) if is_officer else self.keys.agency(order.signer.id),
            reason=order.reason,
            box=(0, (x0, y0, x1, y1)),
            lines=(*order.lines, short_time(now)) if is_officer else order.lines,
            certify=order.certify,
            told=ORDERED[order.then],
            component=order.component,
        )
        self.carry_out(work, unsigned, order, now)

    def carry_out(self, work: Work, unsigned: bytes, cause: Cause, now: datetime) -> None:
        """Sign, keep, register. When another delivery was faster, its file is the registered one; nobody names ours."""
        signed = self._signed(work, unsigned, now)
        told = work.told(
            message=work.message,
            code=work.message,
            kind=work.kind,
            title=work.title,
            key=work.target,
            version_id=self.messages.keep(work.target, signed),
            size=len(signed),
            sha256=hashlib.sha256(signed).hexdigest(),
            unsigned_sha256=hashlib.sha256(unsigned).hexdigest(),
            signed_at=stamp(now),
            agency=cause.agency,
            agency_name=self.agency_name(cause.agency),
            holder=cause.holder,
            procedure=cause.procedure,
            min_level=cause.min_level,
            reference=cause.reference,
            component=work.component,
        )
        self.messages.register(told, now)

    def _signed(self, work: Work, pdf: bytes, now: datetime) -> bytes:
        from chalicelib.messages.signing import sign

        return sign(
            pdf,
            work.signer,
            field_name="AgencySignature" if work.certify else "OfficerSignature",
            reason=work.reason,
            location="Việt Nam",
            at=now,
            box=work.box,
            lines=work.lines,
            certify=work.certify,
            timestamper=self.keys.timestamper(now),
        )


@dataclass(frozen=True)
class Publisher:
    """Print and sign the papers of a dossier, each once."""

    signatures: Signatures
    public_url: str

    def issue_receipt(self, event: DossierAccepted) -> None:
        """The receipt (form 01) of an accepted dossier."""
        paper = papers.receipt(event, heard(ReceiptPrivate, unseal(event.sealed)), self.public_url)
        self._issue(event, paper, ReceiptSigned)

    def issue_result(self, event: DossierDecided) -> None:
        """The result of a decided dossier."""
        paper = papers.result(event, heard(ResultPrivate, unseal(event.sealed)), self.public_url)
        self._issue(event, paper, ResultSigned)

    def _issue(self, event: DossierAccepted | DossierDecided, paper: papers.Paper, told: type[PaperSigned]) -> None:
        if self.signatures.messages.message(paper.message):
            return
        from chalicelib.messages.rendering import render, signature_box

        unsigned, now = render(paper.data), self.signatures.clock()
        work = Work(
            message=paper.message,
            kind=paper.kind,
            title=paper.title,
            target=paper.target,
            signer=self.signatures.keys.agency(event.agency),
            reason=paper.reason,
            box=signature_box(paper.data.template),
            lines=(*paper.lines, short_time(now)),
            certify=True,
            told=told,
        )
        self.signatures.carry_out(work, unsigned, event, now)


@dataclass(frozen=True)
class Reader:
    """Read what was signed."""

    messages: Messages

    def read(self, who: Principal, message: str) -> tuple[Message, str]:
        """A signed document of the principal's own dossier, or of their agency's, and a link to it.

        Raises NotFound, LevelTooLow.
        """
        found = self.messages.message(message)
        if found is None or not _may_see(who, found):
            raise NotFound(what="message")
        require_level(who, found.min_level)
        return found, self.messages.file_url(found)

    def registered(self, message: str) -> Message:
        """What anyone may know of a document that carries this code. Raises NotFound (Decree 45/2020 Art. 18(2))."""
        found = self.messages.message(message)
        if found is None:
            raise NotFound(what="message")
        return found


def _may_see(who: Principal, message: Message) -> bool:
    if who.kind == "OFFICER":
        return bool(who.agency) and who.agency == message.agency
    return bool(who.holder) and who.holder == message.holder
