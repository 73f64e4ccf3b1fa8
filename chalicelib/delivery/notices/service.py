"""What an officer does with a notice that was given up: begin it again."""

import hashlib
from dataclasses import dataclass

from chalicelib.contracts.delivery import NoticeAskedAgain
from chalicelib.delivery import acts
from chalicelib.delivery.notices import model
from chalicelib.delivery.notices.ports import Ledger
from chalicelib.delivery.refusals import NoticeNotGivenUp
from chalicelib.delivery.service import Order
from chalicelib.dossier.acting import stage_of
from chalicelib.dossier.interests import Work, require_other
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.ties import people_of
from chalicelib.kernel import aws, record, waiting
from chalicelib.kernel.access import allowed, require_level
from chalicelib.kernel.clock import Clock
from chalicelib.kernel.ids import keyed_hash
from chalicelib.kernel.problem import KeyReused, NotAllowed, NotFound, TryAgain


@dataclass(frozen=True)
class Renewing:
    """Use case of officers of the agency that handles a dossier."""

    ledger: Ledger
    clock: Clock

    def renew(self, order: Order, name: str) -> str:
        """A notice that was given up is sent after all, from its first provider on; answers the dossier's reference.

        To whom, and whether anybody may be told still, is looked at anew. Raises NotFound, NotAllowed,
        NoticeNotGivenUp, KeyReused, ContentErased.
        """
        owner = order.who.holder or keyed_hash("officer", order.who.subject)
        body = hashlib.sha256(f"renew {name}\x1f".encode() + order.raw).hexdigest()

        def turn() -> str:
            dossier, now = self._visible(order), self.clock()
            used = self.ledger.used_key(owner, order.key)
            if used and (used.body != body or used.reference != dossier.reference):
                raise KeyReused
            if used:
                return dossier.reference
            relation = self.ledger.relation(order.who, dossier.head, now)
            if not allowed(order.who, acts.RENEW, relation, stage_of(dossier.head)):
                raise NotAllowed(act=acts.RENEW)
            require_other(
                order.who,
                people_of(dossier.head),
                Work(dossier.head.agency, "receive", filed=dossier.head.submitted_at),
                now,
            )
            sending = self.ledger.sending(dossier.reference, name)
            if sending is None:
                raise NotFound(what="notice")
            if sending.status != "given_up":
                raise NoticeNotGivenUp(progress=sending.status)
            change = self.ledger.change(dossier, now)
            told = NoticeAskedAgain(reference=dossier.reference, notice=name, why=sending.why or "")
            change.tell(told, actor=order.who.subject)
            change.use_key(owner, order.key, body, event=dossier.head.seq + 1)
            self.ledger.renew(change, sending, model.renewed(sending, now))
            change.write()
            return dossier.reference

        for _ in waiting.turns():
            try:
                return record.settled(turn)
            except aws.Lost as lost:
                if "key" not in lost:
                    raise
        raise TryAgain

    def _visible(self, order: Order) -> Dossier:
        reference = self.ledger.named(order.dossier)
        dossier = self.ledger.dossier(reference) if reference else None
        if dossier is None or dossier.head.is_draft:
            raise NotFound(what="dossier")
        relation = self.ledger.relation(order.who, dossier.head, self.clock())
        if not allowed(order.who, acts.READ, relation, stage_of(dossier.head)):
            raise NotFound(what="dossier")
        require_level(order.who, self.ledger.level_of(dossier.head))
        return dossier
