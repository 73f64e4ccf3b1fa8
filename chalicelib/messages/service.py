"""The only place that signs: files that others order to be signed, and what the publisher prints."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from chalicelib.contracts.digitisation import SignatureOrdered
from chalicelib.contracts.lifecycle import Papered
from chalicelib.contracts.messages import (
    CopySigned,
    MessageConverted,
    PaperOrdered,
    PaperSigned,
    PinnedFile,
    SignedBy,
)
from chalicelib.contracts.onestop import DossierAccepted, DossierDecided
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.ids import lookup_code
from chalicelib.messages.model import (
    NeverSigned,
    refusal,
    short_time,
)
from chalicelib.messages.ports import AgencyNames, Keys, Messages
from chalicelib.messages.statement import Statement, initials

if TYPE_CHECKING:
    from chalicelib.contracts.provenance import Compared
    from chalicelib.messages.keys import SigningIdentity
    from chalicelib.messages.rendering import Ink, Look, Seen

ORDERED: Final[dict[str, type[PaperSigned]]] = {kind.type: kind for kind in (CopySigned, MessageConverted)}
"""What may be told of an ordered signature, by the name that the order gives."""


PERSON: Final = "OfficerSignature"
AGENCY: Final = "AgencySignature"

type Cause = DossierAccepted | DossierDecided | Papered | PaperOrdered | SignatureOrdered


@dataclass(frozen=True, kw_only=True)
class Work:
    """A file that is to be signed: its name among the messages, where it will be kept, and how its signature shows.

    `told` is the event when it is done. `by_person`: whoever closes it is a person, and no agency.
    """

    message: str
    kind: str
    title: str
    target: str
    signer: "SigningIdentity"
    reason: str
    seen: "Seen"
    certify: bool
    told: type[PaperSigned]
    by_person: bool = False
    component: str | None = None
    holder_name: str = ""
    before: "Competent | None" = None
    retain_until: str | None = None
    sheet: bytes = b""
    compared: "Compared | None" = None


@dataclass(frozen=True, kw_only=True)
class Competent:
    """The person who signs a result first."""

    signer: "SigningIdentity"
    seen: "Seen"


@dataclass(frozen=True)
class Signatures:
    """Put a signature on a file and register it: each order once, however often it is told."""

    messages: Messages
    keys: Keys
    agency_name: AgencyNames
    clock: Clock

    def sign(self, order: SignatureOrdered, order_event: str) -> None:
        """Sign a file as ordered: an officer's own signature, or the agency's that closes the file.

        What will never be signed is told with its reason; `order_event` names the event that gave the order.
        """
        if self.messages.message(order.order):
            return
        try:
            self._sign(order)
        except NeverSigned as why:
            self.messages.refuse(refusal(order, order_event, why), self.clock())

    def _sign(self, order: SignatureOrdered) -> None:
        unsigned, now = self.messages.source(order.source), self.clock()
        is_officer = order.signer.kind == "officer"
        signer = self.keys.officer(order.signer.id) if is_officer else self.keys.agency(order.signer.id)
        x0, y0, x1, y1 = map(float, order.box)
        # An order of the release before says a name or a time after its heading; the certificate and the clock do.
        heading = order.lines[:1] if is_officer else ()
        work = Work(
            message=order.order,
            kind=order.kind,
            title=order.title,
            target=order.target,
            signer=signer,
            reason=order.reason,
            seen=((0, (x0, y0, x1, y1)), look_of(signer, now, "black", heading)),
            certify=order.certify,
            told=ORDERED[order.then],
            component=order.component,
            compared=order.compared,
        )
        self.carry_out(work, unsigned, order, now)

    def carry_out(self, work: Work, unsigned: bytes, cause: Cause, now: datetime) -> None:
        """Sign, keep, register. When another delivery was faster, its file is the registered one; nobody names ours."""
        for signer in (work.before.signer, work.signer) if work.before else (work.signer,):
            signer.require_current(now)
        agency_name = self.agency_name(cause.agency)
        statement = Statement(
            kind=work.kind,
            code=work.message,
            title=work.title,
            agency=cause.agency,
            agency_name=agency_name,
            holder=initials(work.holder_name),
            lookup=lookup_code(work.message),
        )
        from chalicelib.archive.pdfa import carries_data

        signed = self._signed(work, unsigned, statement, now)
        told = work.told(
            message=work.message,
            code=work.message,
            kind=work.kind,
            title=work.title,
            key=work.target,
            version_id=self.messages.keep(work.target, signed, work.retain_until),
            size=len(signed),
            sha256=hashlib.sha256(signed).hexdigest(),
            unsigned_sha256=hashlib.sha256(unsigned).hexdigest(),
            signed_at=stamp(now),
            agency=cause.agency,
            agency_name=agency_name,
            holder=cause.holder,
            procedure=cause.procedure,
            min_level=cause.min_level,
            reference=cause.reference,
            component=work.component,
            lookup=statement.lookup,
            retain_until=work.retain_until,
            sheet=self._sheet(work),
            signed_by=tuple(signed_by(work)),
            attached=carries_data(unsigned),
            compared=work.compared,
            stamp_ends_at=self._stamp_ends(signed, now),
        )
        self.messages.register(told, now)

    def _stamp_ends(self, signed: bytes, now: datetime) -> str | None:
        """Until when the last timestamp holds, in a stage whose signatures are to be proved for ever."""
        from chalicelib.messages.stamps import last_ends

        ends = last_ends(signed) if self.keys.evidence(now).is_embedded else None
        return stamp(ends) if ends else None

    def _sheet(self, work: Work) -> PinnedFile | None:
        """The table beside the paper, kept as long as the paper."""
        if not work.sheet:
            return None
        key = work.target.removesuffix(".pdf") + ".csv"
        version = self.messages.keep_sheet(key, work.sheet, work.retain_until)
        return PinnedFile(key=key, version_id=version, sha256=hashlib.sha256(work.sheet).hexdigest())

    def _signed(self, work: Work, pdf: bytes, statement: Statement, now: datetime) -> bytes:
        """The file with its signature, or with two: the person's leaves room for the agency's, which locks the file.

        Raises WrongIncrement when that added to a file that was proved to be PDF/A what is no part of a signature.
        """
        from chalicelib.archive.increments import WrongIncrement, only_signatures_added
        from chalicelib.messages.signing import Room, sign

        stamper, evidence, unsigned, certify = self.keys.timestamper(now), self.keys.evidence(now), pdf, work.certify
        if first := work.before:
            pdf = sign(
                pdf,
                first.signer,
                field_name=PERSON,
                reason=work.reason,
                at=now,
                seen=first.seen,
                certify=Room(AGENCY, *work.seen[0]),
                timestamper=stamper,
                statement=statement,
                evidence=evidence,
            )
            certify = False
        signed = sign(
            pdf,
            work.signer,
            field_name=AGENCY if work.certify and not work.by_person else PERSON,
            reason=work.reason,
            at=now,
            seen=work.seen,
            certify=certify,
            timestamper=stamper,
            statement=statement,
            evidence=evidence,
        )
        if not only_signatures_added(unsigned, signed):
            raise WrongIncrement(work.message)
        return signed


def signed_by(work: Work) -> Iterator[SignedBy]:
    """Whose signatures a paper gets, in their order."""
    if work.before:
        yield SignedBy(kind="person", name=work.before.signer.display_name)
    is_person = work.by_person or not work.certify
    yield SignedBy(kind="person" if is_person else "agency", name=work.signer.display_name)


def look_of(signer: "SigningIdentity", now: datetime, ink: "Ink", heading: tuple[str, ...] = ()) -> "Look":
    """The subject of the certificate and the time; a test key says that it is worth nothing."""
    from chalicelib.messages.keys import TRIAL
    from chalicelib.messages.rendering import Look

    lines = (*heading, signer.display_name, short_time(now))
    return Look((*lines, TRIAL) if signer.is_for_tests else lines, ink)
