"""Two officers erase the words of a petition: one proposes it, another who has no part in it confirms or declines."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chalicelib.contracts.petitions import (
    PetitionErasureDeclined,
    PetitionErasureProposed,
)
from chalicelib.dossier.second_person import doer_of, judge, require_other
from chalicelib.identity.petitions import model
from chalicelib.identity.petitions.erasing import gone, order_of
from chalicelib.identity.petitions.handling import Handling
from chalicelib.identity.petitions.items import OWNER, SYSTEM, ErasureProposal, ErasureReason, PetitionHead
from chalicelib.identity.petitions.orders import Changed, Order
from chalicelib.identity.petitions.ports import ErasureList
from chalicelib.identity.petitions.refusals import PetitionOver, SecondOfficerNeeded
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import ZONE, moment, said, stamp
from chalicelib.kernel.ids import keyed_hash
from chalicelib.kernel.problem import BodyInvalid, FieldError

_BY_THEMSELVES: Final = frozenset({PetitionErasureDeclined.type})
"""What somebody may have done to a petition and still confirm its erasure."""


@dataclass(frozen=True)
class Erasing:
    """Use cases of officers who erase."""

    handling: Handling
    erasures: ErasureList

    def propose(self, order: Order, petition: str, reason: ErasureReason) -> PetitionHead:
        """Propose that the words of what ended be erased; a later proposal stands in the place of the one before.

        Raises NotFound, OfficerConcerned, PetitionOver, KeyReused; BodyInvalid for a request that is not a deletion of
        theirs, and for a time that is not over.
        """
        by = keyed_hash("officer", order.who.subject)

        def change(head: PetitionHead, now: datetime) -> Changed:
            self._require_founded(order.who, head, reason, now)
            above = self.handling.petitions.above(head.agency, now.astimezone(ZONE).date().isoformat())
            proposal = ErasureProposal(
                ground=reason.ground,
                basis=reason.basis,
                request=reason.request,
                by=by,
                at=stamp(now),
                numbers=tuple(sorted(order.who.numbers)),
            )
            event = PetitionErasureProposed(
                petition=head.id,
                agency=head.agency,
                ground=reason.ground,
                basis=reason.basis,
                request=reason.request,
            )
            return Changed(model.proposed(head, proposal, above), event)

        return self.handling.done_once(order, petition, "erase", change)

    def decide(self, order: Order, petition: str, proposed_at: str, *, confirms: bool) -> PetitionHead:
        """Confirm or decline it, as it was read. The order goes on the list of erasures before the record says so.

        Raises NotFound, OfficerConcerned, SecondOfficerNeeded, PetitionOver, KeyReused; BodyInvalid for another
        proposal than the one that was read, and as `propose` where its reason is none any more.
        """
        by = keyed_hash("officer", order.who.subject)

        def change(head: PetitionHead, now: datetime) -> Changed:
            proposal = head.proposal
            if proposal is None or head.erased_at:
                raise PetitionOver(progress=head.state)
            if said(proposal.at) != proposed_at:
                vi, en = "Đề nghị xóa đã thay đổi: hãy đọc lại", "Another erasure is proposed since: read it again"
                raise BodyInvalid(fields=[FieldError("/proposed_at", "other_proposal", vi, en)])
            self._require_second(head, proposal, order.who, confirms=confirms)
            if not confirms:
                event = PetitionErasureDeclined(
                    petition=head.id, agency=head.agency, ground=proposal.ground, basis=proposal.basis
                )
                return Changed(model.declined(head), event)
            why = ErasureReason(ground=proposal.ground, basis=proposal.basis, request=proposal.request)
            self._require_founded(order.who, head, why, now)
            self.erasures.enter(order_of(head, why, by, now))
            after = model.erased(head, why, now)
            return Changed(after, gone(head, after))

        return self.handling.done_once(order, petition, "confirm_erasure", change)

    def _require_second(self, head: PetitionHead, proposal: ErasureProposal, who: Principal, *, confirms: bool) -> None:
        """Whoever has no part in it. What somebody without a number did is declined, and not confirmed."""
        agencies = {head.agency, who.agency, *(each.agency for each in head.before), head.above or ""}
        listed, rows = self.handling.petitions.numbers_on_lists(agencies), self.handling.petitions.log(head)
        actors = {row.actor or "" for row in rows if row.type not in _BY_THEMSELVES} - {OWNER, SYSTEM}
        proposed = judge(doer_of(who), {proposal.by}, proposal.numbers, listed)
        handled = judge(doer_of(who), actors, head.handled, listed)
        for judged, why in ((proposed, "proposed"), (handled, "handled")):
            if confirms or judged.said == "same":
                require_other(judged, SecondOfficerNeeded(why=why, above=head.above))

    def _require_founded(self, who: Principal, head: PetitionHead, why: ErasureReason, now: datetime) -> None:
        """Raises PetitionOver for what is open or erased; BodyInvalid where its ground is none."""
        if head.is_open or head.erased_at:
            raise PetitionOver(progress=head.state)
        if why.ground == "request":
            self._require_request(who, head, why.request)
        elif why.request is not None:
            _refuse(
                "/request", "with_request", "Chỉ nêu yêu cầu khi xóa theo yêu cầu", "Only with the ground `request`"
            )
        else:
            ends = model.erase_at(head, model.rules_of(head, now))
            if ends is None or moment(ends) > now:
                until = said(ends) or "-"
                vi, en = f"Chưa hết thời hạn lưu: đến {until}", f"It is kept until {until}"
                _refuse("/ground", "kept_until", vi, en)

    def _require_request(self, who: Principal, head: PetitionHead, request: str | None) -> None:
        """Of who filed it, asked for since, before an agency that had it or that acts, and not refused."""
        petitions = self.handling.petitions
        found = petitions.deletion(request) if request else None
        agencies = {head.agency, *(each.agency for each in head.before), *who.agencies}
        if (
            found is None
            or found.kind != "delete"
            or found.state == "refused"
            or found.asked_at < head.filed_at
            or found.agency not in agencies
            or found.holder not in {head.holder, *petitions.numbers(head.holder)}
        ):
            vi = "Không có yêu cầu xóa dữ liệu nào như vậy của người gửi từ khi gửi, hoặc yêu cầu đã bị từ chối"
            en = "Who filed it made no such request for deletion to the agency since, or it was refused"
            _refuse("/request", "deletion_request", vi, en)


def _refuse(pointer: str, rule: str, vi: str, en: str) -> None:
    raise BodyInvalid(fields=[FieldError(pointer, rule, vi, en)])
