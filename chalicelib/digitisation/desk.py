"""Use cases of the scanning desk: papers that wait for a signature, and the order that makes one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from msgspec import structs

from chalicelib.digitisation.change import PaperChange
from chalicelib.digitisation.orders import NothingToSign, agency_order, officer_order
from chalicelib.digitisation.paper import Paper
from chalicelib.digitisation.ports import Papers, Signers
from chalicelib.digitisation.refusals import SecretProposed
from chalicelib.dossier.hands import counted
from chalicelib.dossier.interests import SCAN, Work, require_other
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.ids import digest
from chalicelib.kernel.problem import DomainError, ForbiddenStep, NoSigningCertificate, NotFound


class Signed(NamedTuple):
    """What became of one copy of several: the paper whose signature is ordered, or why none is."""

    copy: str
    paper: Paper | None
    refusal: DomainError | None


@dataclass(frozen=True)
class Desk:
    """The scanning desk of an officer's agency."""

    papers: Papers
    signers: Signers
    clock: Clock

    def waiting(self, who: Principal, after: str) -> tuple[list[Paper], str | None]:
        """A page of the copies that wait for a signature, and where the list goes on."""
        return self.papers.waiting(who.agencies, after)

    def sign_copy(self, who: Principal, copy_id: str, key: str) -> Paper:
        """The officer orders their own personal signature on the copy, before anything is read (Art. 8(1)).

        Of a paper that came back because the agency's signature failed, that one is ordered again.

        Raises NotFound, OwnDossier, NumberUnknown, ForbiddenStep, SecretProposed, NoSigningCertificate; of a result
        SecondUnknown.
        """
        reference, _, component = copy_id.partition(".")
        return record.settled(lambda: self._sign_copy(who, reference, component, digest(who.subject, key)))

    def sign_copies(self, who: Principal, copies: Sequence[str], key: str) -> list[Signed]:
        """Each of some copies as if it were signed alone, in order and once; none stops another.

        Every one is its own write, so what broke off is sent again under the same key.
        """
        found = []
        for each in dict.fromkeys(copies):
            try:
                found.append(Signed(each, self.sign_copy(who, each, key), None))
            except DomainError as refusal:
                found.append(Signed(each, None, refusal))
        return found

    def _sign_copy(self, who: Principal, reference: str, component: str, signed_with: str) -> Paper:
        paper = self.papers.paper(reference, component)
        if paper is None or paper.agency not in who.agencies:
            raise NotFound(what="copy")
        if paper.signed_with == signed_with:  # told the first time; when it came back since, with the reason
            return paper if paper.is_on_desk else structs.replace(paper, step="signature_ordered")
        require_other(who, paper.people, Work(paper.agency, SCAN), self.clock())
        if not paper.is_on_desk:
            raise ForbiddenStep(step=paper.step)
        if paper.secrecy:
            raise SecretProposed
        return (
            self._ordered_again(paper, who, signed_with)
            if paper.step == "stored"
            else self._ordered(paper, who, signed_with)
        )

    def _ordered(self, paper: Paper, who: Principal, signed_with: str) -> Paper:
        if not self.signers.has_officer(who.subject) or not (who.post is None or who.post.signs):
            raise NoSigningCertificate(signer="officer")
        by = counted(who) if paper.result else None  # a result is approved by another person
        change = PaperChange(paper, self.clock()).ordered(who.name, signed_with, by)
        change.order(officer_order(paper, who), actor=who.subject).write()
        return structs.replace(paper, step="signature_ordered")

    def _ordered_again(self, paper: Paper, who: Principal, signed_with: str) -> Paper:
        try:
            order = agency_order(paper)
        except NothingToSign:
            raise ForbiddenStep(step=paper.step) from None
        PaperChange(paper, self.clock()).ordered_again(signed_with).order(order, actor=who.subject).write()
        return structs.replace(paper, step="signature_ordered")
