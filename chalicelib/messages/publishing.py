"""Print and sign the papers of a dossier: its receipt, its result, and the forms of what becomes of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace

from chalicelib.contracts.event import heard
from chalicelib.contracts.lifecycle import Papered, PaperPrivate
from chalicelib.contracts.messages import FormSigned, PaperOrdered, PaperSigned, ReceiptSigned, ResultSigned
from chalicelib.contracts.onestop import DossierAccepted, DossierDecided, ReceiptPrivate, ResultPrivate
from chalicelib.kernel.clock import stamp
from chalicelib.messages import form_papers, papers
from chalicelib.messages.forms import FormData
from chalicelib.messages.model import NeverSigned, local, retained_until
from chalicelib.messages.ports import KeptYears
from chalicelib.messages.service import Competent, Signatures, Work, look_of
from chalicelib.sealing.door import unseal

if TYPE_CHECKING:
    from chalicelib.messages.keys import SigningIdentity
    from chalicelib.messages.rendering import Seen


@dataclass(frozen=True)
class Publisher:
    """Print and sign the papers of a dossier, each once."""

    signatures: Signatures
    public_url: str
    kept_years: KeptYears

    def issue_receipt(self, event: DossierAccepted) -> None:
        """The receipt (form 01) of an accepted dossier."""
        paper = papers.receipt(event, heard(ReceiptPrivate, unseal(event.reference, event.sealed)), self.public_url)
        self.issue(event, paper, ReceiptSigned)

    def issue_result(self, event: DossierDecided) -> None:
        """The result of a decided dossier."""
        private = heard(ResultPrivate, unseal(event.reference, event.sealed))
        person = self.signatures.keys.officer(private.approver_id) if private.approver_id else None
        if person:  # the register of signers knows their name, a token only what it was told
            private = replace(private, approver=person.display_name)
        self.issue(event, papers.result(event, private, self.public_url), ResultSigned, person)

    def issue_form(self, event: Papered) -> None:
        """The form of an event of the dossier's life, signed by those of its rule pack who have a certificate."""
        private = heard(PaperPrivate, unseal(event.reference, event.sealed))
        late = self.signatures.agency_name(event.agency)
        paper = form_papers.form(event, private, self.public_url, late)
        person = self._person(paper.signer)
        order = next(o for o in paper.orders if person or "person" not in o)
        self.issue(event, paper, FormSigned, person if "person" in order else None, by_person="agency" not in order)

    def _person(self, signer: str) -> "SigningIdentity | None":
        """Who signs by themselves; None for who has no certificate that holds now."""
        if not signer:
            return None
        try:
            found = self.signatures.keys.officer(signer)
            found.require_current(self.signatures.clock())
        except NeverSigned:
            return None
        return found

    def issue(
        self,
        event: DossierAccepted | DossierDecided | Papered | PaperOrdered,
        paper: papers.Paper,
        told: type[PaperSigned],
        person: "SigningIdentity | None" = None,
        *,
        by_person: bool = False,
    ) -> None:
        """Print a paper, have it signed and registered: once, by its name among the messages."""
        if self.signatures.messages.message(paper.message):
            return
        from chalicelib.messages.keys import TRIAL
        from chalicelib.messages.rendering import render

        now, keys = self.signatures.clock(), self.signatures.keys
        closes = person if person and by_person else keys.agency(event.agency)
        data = replace(paper.data, trial=TRIAL if closes.is_for_tests else "")
        if person and isinstance(data, FormData):  # the register of signers knows their name
            data = replace(data, signer=person.display_name)
        paper = replace(paper, data=data)
        unsigned = render(data)
        before, seen = _seen(paper, now, person=person, agency=None if by_person else closes)
        work = Work(
            message=paper.message,
            kind=paper.kind,
            title=paper.title,
            target=paper.target,
            signer=closes,
            reason=paper.reason,
            seen=seen,
            certify=True,
            told=told,
            by_person=by_person,
            holder_name=paper.holder,
            before=before,
            retain_until=self._retain_until(now),
            sheet=paper.sheet,
        )
        self.signatures.carry_out(work, unsigned, event, now)

    def _retain_until(self, now: datetime) -> str | None:
        years = self.kept_years(local(now).date())
        return stamp(retained_until(now, years)) if years else None


def _seen(
    paper: papers.Paper, now: datetime, *, person: "SigningIdentity | None", agency: "SigningIdentity | None"
) -> "tuple[Competent | None, Seen]":
    """Who signs before the last one and how that shows, and how the last signature shows, over it or alone."""
    from chalicelib.messages.rendering import alone, both, placed

    place = placed(paper.data)
    signed = look_of(person, now, "blue")._replace(picture=person.picture()) if person else None
    if agency is None:
        assert signed
        return None, alone(place, signed)
    if person is None or signed is None:
        return None, (place, look_of(agency, now, "red", paper.lines))
    first, closing = both(place, signed, look_of(agency, now, "red")._replace(picture=agency.picture()))
    return Competent(signer=person, seen=first), closing
