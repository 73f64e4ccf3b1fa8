"""The file that proves the form of a mandate: a side posts it, it is held against the terms, whom it concerns opens it.

A certified mandate is proved by a file (Decree 23/2015 Art. 24(4)(d), Circular 01/2020/TT-BTP Art. 14); whether a
procedure asks for that form, a rule pack says (`mandate.forms`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from msgspec.structs import replace

from chalicelib.contracts.mandates import MandateProved, MandateSide
from chalicelib.contracts.plan import UNSAID_LEVEL
from chalicelib.dossier.acting import stage_of
from chalicelib.identity import acts
from chalicelib.identity.mandates.model import KeptEvidence, MandateHead, Terms, giving_side
from chalicelib.identity.mandates.parties import evidence_of, name_of
from chalicelib.identity.mandates.ports import Arrived, Evidences, Mandates, Opening, Step
from chalicelib.identity.mandates.standing import after, known, require_open, rules_on
from chalicelib.identity.refusals import EvidenceNotHere, EvidenceRefused, TermsChanged
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal, Relation, allowed, require_level
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.objects import Post
from chalicelib.kernel.problem import FieldError, NotAllowed, NotFound

type MediaType = Literal["application/pdf", "image/jpeg", "image/png"]
MAX_BYTES: Final = 20 * 1024 * 1024
"""As large as a paper of a dossier may be."""
FAULTS: Final = {
    "too_large": ("Tệp quá lớn", "The file is too large"),
    "wrong_type": ("Chỉ nhận PDF, JPEG hoặc PNG", "Only PDF, JPEG and PNG are taken"),
    "other_hash": ("Tệp không có mã băm SHA-256 đã nêu", "The file has not the SHA-256 that the terms name"),
}


@dataclass(frozen=True)
class Proving:
    """Use cases of both sides, and of the officers whose dossier was filed under the mandate."""

    mandates: Mandates
    evidences: Evidences
    clock: Clock

    def announce(self, who: Principal, mandate: str, number: int, media_type: MediaType, size: int) -> Post:
        """A form by which a side posts the file of some terms; again it is another form for the same place.

        Raises NotFound, LevelTooLow, NotAllowed, MandateOver, TermsChanged, EvidenceNotHere where they name no file.
        """
        head, _, _ = self._terms(who, mandate, number)
        return self.evidences.presigned(_key(head, number), media_type, size)

    def receive(self, who: Principal, mandate: str, number: int) -> MandateHead:
        """Hold what came against the terms, and keep its version with them; what is kept stays.

        Raises EvidenceNotHere, EvidenceRefused, and as `announce`.
        """

        def once() -> MandateHead:
            head, terms, side = self._terms(who, mandate, number)
            if number in head.proved:
                return head
            key, now = _key(head, number), self.clock()
            found, named = self.evidences.arrived(key, MAX_BYTES), evidence_of(head, terms)
            if found is None or named is None:
                raise EvidenceNotHere(terms=number)
            if faults := list(_faults(found, named.sha256)):
                raise EvidenceRefused(fields=faults)
            kept = KeptEvidence(
                terms=number,
                key=key,
                version_id=found.version_id,
                sha256=found.sha256,
                size=found.size,
                media_type=found.media_type or "",
                sealed=terms.sealed or "",
                at=stamp(now),
            )
            proved = replace(head, proved=(*_still(head), number), changed_at=after(head, now))
            told = MandateProved(mandate=head.id, terms=number, by=side, sha256=kept.sha256)
            self.mandates.write(Step(head, proved, told, side), now, evidence=kept)
            return replace(proved, version=head.version + 1)

        return record.settled(once)

    def open(self, who: Principal, mandate: str) -> str:
        """A link for a side to the file of the terms that hold, else of those that wait; the ledger says who opened it.

        Raises NotFound, LevelTooLow.
        """
        now = self.clock()
        head, side = known(self.mandates, who, mandate, now)
        numbers = [each.number for each in (head.terms, head.waiting) if each and each.number in head.proved]
        opening = Opening(
            owner=head.represented.holder,
            document=f"{head.id}/evidence",
            reference=head.id,
            min_level=rules_on(now).mandate_level.value,
            by_owner=side == "represented",
            ground=f"mandate {head.id}",
        )
        return self._link(head, numbers[0] if numbers else 0, opening, who)

    def open_of(self, who: Principal, name: str) -> str:
        """A link to the file of the mandate under which a dossier was filed, in the version of its submission.

        For who may act in it and the officers of its agency. Raises NotFound, LevelTooLow.
        """
        dossier, now = self.evidences.dossier(name), self.clock()
        if dossier is None or dossier.is_draft:
            raise NotFound(what="dossier")
        relation = self.evidences.relation(who, dossier, now)
        if not allowed(who, acts.READ_EVIDENCE, relation, stage_of(dossier)):
            raise NotFound(what="dossier")
        level = dossier.min_level or UNSAID_LEVEL
        require_level(who, level)
        head = self.mandates.mandate(dossier.acting.under) if dossier.acting else None
        if head is None or dossier.acting is None:  # filed by its holder, or by law
            raise NotFound(what="evidence")
        opening = Opening(
            owner=dossier.holder,
            document=f"{head.id}/evidence",
            reference=dossier.reference,
            min_level=level,
            by_owner=relation is Relation.HOLDER,
        )
        return self._link(head, dossier.acting.version, opening, who)

    def _link(self, head: MandateHead, number: int, opening: Opening, who: Principal) -> str:
        kept = self.evidences.kept(head.id, number)
        if kept is None:
            raise NotFound(what="evidence")
        return self.mandates.hand_out(kept, name_of(head, kept.sealed), opening, who, self.clock())

    def _terms(self, who: Principal, mandate: str, number: int) -> tuple[MandateHead, Terms, MandateSide]:
        """Terms that name a file, to a side that signs them."""
        now = self.clock()
        head, side = known(self.mandates, who, mandate, now)
        if side not in (giving_side(head), "representative"):
            raise NotAllowed(act=acts.OFFER_MANDATE)
        require_open(head, now)
        terms = next((each for each in (head.waiting, head.terms) if each and each.number == number), None)
        if terms is None:
            raise TermsChanged(terms=head.waiting.number if head.waiting else None)
        if not terms.has_hash:
            raise EvidenceNotHere(terms=number)
        return head, terms, side


def _key(head: MandateHead, number: int) -> str:
    return f"evidence/{head.id}/{number}"


def _still(head: MandateHead) -> list[int]:
    """The numbers of terms that hold or wait and are proved."""
    return [each.number for each in (head.terms, head.waiting) if each and each.number in head.proved]


def _faults(found: Arrived, sha256: str | None) -> Iterator[FieldError]:
    if found.size > MAX_BYTES:
        yield _fault("/size", "too_large")
        return
    if found.media_type is None:
        yield _fault("/media_type", "wrong_type")
    if found.sha256 != sha256:
        yield _fault("/sha256", "other_hash")


def _fault(pointer: str, rule: str) -> FieldError:
    return FieldError(pointer, rule, *FAULTS[rule])
