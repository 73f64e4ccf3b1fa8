"""A procedure goes from one agency to another: the giving side offers it, the receiving side accepts it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from chalicelib.catalogue.acts import TRANSFER_PROCEDURE
from chalicelib.catalogue.procedures.items import Offer, ProcedureHead
from chalicelib.catalogue.procedures.model import keeper_of, keeps
from chalicelib.catalogue.procedures.ports import Procedures
from chalicelib.catalogue.refusals import refused
from chalicelib.catalogue.versions.keyed import KeyedAct
from chalicelib.contracts.catalogue import ProcedureOffered, ProcedureOfferEnded, ProcedureTransferred
from chalicelib.dossier.second_person import doer_of, require_second
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.problem import NotAllowed, NotFound
from chalicelib.law.codes import BadCode, agency_id
from chalicelib.law.problems import Problem


class Standing(NamedTuple):
    """Whose a procedure is, and the offer that waits; None when none does."""

    code: str
    owner: str
    offer: Offer | None


@dataclass(frozen=True)
class Ownership:
    """Use cases of both sides. To whoever is neither, the procedure is none."""

    procedures: Procedures
    clock: Clock

    def read(self, who: Principal, code: str) -> Standing:
        """Whose a procedure is, for its keeper and for whom it is offered to. Raises NotFound."""
        return self._known(who, code)[1]

    def offer(self, who: Principal, code: str, to: str, act: KeyedAct) -> Standing:
        """The keeper offers a procedure; a new offer takes the place of one that waits.

        Raises NotFound, VersionInvalid for a receiver that is no agency or keeps it already, KeyReused.
        """

        def change(head: ProcedureHead, standing: Standing, now: datetime) -> None:
            if not keeps(who.agency, standing.owner):
                raise NotFound(what="procedure")
            _require_receiver(to, standing.owner)
            numbers = tuple(sorted(who.numbers))
            made = Offer(to=to, keeper=standing.owner, by=who.subject, at=stamp(now), numbers=numbers)
            told = ProcedureOffered(procedure=code, owner=standing.owner, to=to)
            keys = act.among(head.keys)
            self.procedures.keep(head, [told], now, actor=who.subject, offer=made, keys=keys)

        return self._once(who, code, act, change)

    def accept(self, who: Principal, code: str, act: KeyedAct) -> Standing:
        """The receiving side accepts, by another person than who offered: the procedure is its own from now on.

        Raises NotFound, NotAllowed, KeyReused.
        """

        def change(head: ProcedureHead, standing: Standing, now: datetime) -> None:
            offer = standing.offer
            if offer is None or not keeps(who.agency, offer.to):
                raise NotFound(what="offer")
            require_second(doer_of(who), {offer.by}, offer.numbers, NotAllowed(act=TRANSFER_PROCEDURE))
            told = ProcedureTransferred(procedure=code, former=standing.owner, owner=offer.to, ground="accepted")
            keys = act.among(head.keys)
            row = self.procedures.unbegun(standing.owner, code)
            lists = {standing.owner: None, offer.to: row} if row else {}
            self.procedures.keep(
                head, [told], now, actor=who.subject, unbegun=lists,
                owner=offer.to, handed=True, offer=Offer(), keys=keys,
            )  # fmt: skip

        return self._once(who, code, act, change)

    def end(self, who: Principal, code: str, act: KeyedAct) -> Standing:
        """The giving side takes an offer back, or the receiving side declines it. Raises NotFound, KeyReused."""

        def change(head: ProcedureHead, standing: Standing, now: datetime) -> None:
            if standing.offer is None:
                raise NotFound(what="offer")
            told = ProcedureOfferEnded(procedure=code, to=standing.offer.to, by=who.agency)
            self.procedures.keep(head, [told], now, actor=who.subject, offer=Offer(), keys=act.among(head.keys))

        return self._once(who, code, act, change)

    def _once(
        self, who: Principal, code: str, act: KeyedAct, change: Callable[[ProcedureHead, Standing, datetime], None]
    ) -> Standing:
        def once() -> Standing:
            head = self.procedures.head(code)
            if not act.is_in(head):
                change(*self._known(who, code), self.clock())
            return self._standing(code, self.procedures.head(code))

        return record.settled(once)

    def _known(self, who: Principal, code: str) -> tuple[ProcedureHead, Standing]:
        head = self.procedures.head(code)
        standing = self._standing(code, head)
        receiver = standing.offer.to if standing.offer else ""
        if not (keeps(who.agency, standing.owner) or keeps(who.agency, receiver)):
            raise NotFound(what="procedure")
        return head, standing

    def _standing(self, code: str, head: ProcedureHead) -> Standing:
        """An offer of somebody who keeps it no more is none."""
        owner = keeper_of(head, self.procedures.national(code))
        return Standing(code, owner, head.offer if head.offer.to and head.offer.keeper == owner else None)


def _require_receiver(to: str, owner: str) -> None:
    try:
        agency_id(to)
    except BadCode as bad:
        vi, en = f"Mã cơ quan không đúng: {bad.rule}", f"No agency identifier: {bad.rule}"
        raise refused([Problem("/to", "R34", vi, en)]) from None
    if to == owner:
        vi, en = "Cơ quan này đang giữ thủ tục", "This agency keeps the procedure already"
        raise refused([Problem("/to", "owner", vi, en)])
