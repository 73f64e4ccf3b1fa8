"""What people and officers do with the deliveries of a result: see them, wish for one, hand it over, begin it again."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec

from chalicelib.contracts.delivery import DeliveriesDue, DeliveryAsked, DeliveryRetried, Way
from chalicelib.contracts.event import told
from chalicelib.delivery import acts, model
from chalicelib.delivery.addresses import Present, require_signed, tell_entered, tell_ordered
from chalicelib.delivery.ports import Address, Carrier, Dossiers
from chalicelib.delivery.refusals import (
    ChildrenAsked,
    DeliveryTwice,
    DeliveryUnderWay,
    DestinationNotConnected,
    NoResultYet,
    NotHandedOver,
    NotParked,
)
from chalicelib.delivery.takers import Handing, authority_of, converted, tell_taken, took
from chalicelib.dossier.acting import stage_of
from chalicelib.dossier.bundled import child_reference, started_legs
from chalicelib.dossier.change import Change
from chalicelib.dossier.deliveries import AskedAs, Delivery, HandedOver
from chalicelib.dossier.delivering import settle
from chalicelib.dossier.interests import Work, require_other
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.refusals import MandateEnded
from chalicelib.dossier.ties import people_of
from chalicelib.kernel import aws, record, waiting
from chalicelib.kernel.access import Principal, Relation, allowed, refusal, require_level
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.ids import keyed_hash
from chalicelib.kernel.problem import KeyReused, NotAllowed, NotFound, TryAgain
from chalicelib.law.states import TERMINAL, DossierState
from chalicelib.sealing.door import seal

SHOWN: Final = (Part.DELIVERIES, Part.EVENTS)
CONNECTED: Final = ("app", "register")
"""Destinations that no person can stand in for."""
WITHOUT_RESULT: Final = TERMINAL - {DossierState.RESULT_RETURNED}


@dataclass(frozen=True, slots=True)
class Order:
    """An act as it was asked for: by whom, on which dossier (reference or code), under which key, with what body."""

    who: Principal
    dossier: str
    key: str
    raw: bytes


@dataclass(frozen=True)
class Deliveries:
    """Use cases of whoever reads and orders."""

    dossiers: Dossiers
    carrier: Carrier
    clock: Clock

    def read(self, who: Principal, name: str) -> Dossier:
        """A dossier with its deliveries and its log, by the policy of the dossier. Raises NotFound, LevelTooLow."""
        return self._visible(who, name, *SHOWN)

    def ask(self, order: Order, way: Way, address: Address | None, present: Present | None = None) -> str:
        """A result is wanted at a destination too; answers the reference. Where there is one it goes at once.

        Of an address that an officer enters `present` says who signed for it. The applicant is told of whatever an
        officer orders. Raises NotFound, NotAllowed, ChildrenAsked, DeliveryTwice, DestinationNotConnected, NoResultYet,
        BodyInvalid, KeyReused, ContentErased.
        """

        def write(dossier: Dossier, change: Change, now: datetime) -> None:
            head, relation = dossier.head, self._relation(order.who, dossier, now)
            if not allowed(order.who, acts.ASK_FOR[way], relation, stage_of(head)):
                raise refusal(order.who, acts.ASK_FOR[way])
            if dossier.plan.is_bundle:
                legs = started_legs(dossier.plan)
                raise ChildrenAsked(children=[child_reference(head.pk, each.name) for each in legs])
            if way in CONNECTED and not self.carrier.reaches(way):
                raise DestinationNotConnected(destination=way)
            found = dossier.delivery(way)
            if found and found.state != "withdrawn":
                raise DeliveryTwice(destination=way, progress=found.state)
            if head.state in WITHOUT_RESULT:
                raise NoResultYet(state=head.state)
            is_entered = address is not None and relation is Relation.AGENCY
            require_signed(dossier, present, is_entered=is_entered)
            sealed = seal(head.pk, told(address)) if address else None
            delivery = Delivery(
                destination=way,
                asked_at=stamp(now),
                asked_as=msgspec.convert(relation.value, AskedAs),
                sealed=sealed,
                due_at=stamp(now) if dossier.results else None,
            )
            change.tell(DeliveryAsked(reference=head.pk, destination=way), actor=order.who.subject)
            if is_entered and address and present:
                tell_entered(change, address, present, order.who)
            tell_ordered(change, way, relation, order.who)
            change.keep_delivery(delivery)
            if dossier.results:
                change.tell(DeliveriesDue(reference=head.pk, destinations=(way,)), actor=order.who.subject)
            if head.state not in TERMINAL:
                change.move(awaits=(*(head.awaits or ()), way))

        return self._once(acts.ASK, order, f"ask {way}", write, Part.COMPONENTS, Part.PLAN)

    def withdraw(self, order: Order, way: str) -> str:
        """Whoever wished for a destination takes the wish back, while no attempt was made; it may be wished for again.

        A representative takes back a representative's wish, the holders any but the agency's; of the post that one
        too: they are said to have signed for it. Raises NotFound, NotAllowed, DeliveryUnderWay, KeyReused,
        ContentErased.
        """

        def write(dossier: Dossier, change: Change, now: datetime) -> None:
            delivery = _named(dossier, way)
            relation = self._relation(order.who, dossier, now)
            asked_as = delivery.asked_as or "holder"
            is_agencys = asked_as == "agency" and delivery.destination != "post"
            if is_agencys or (relation == Relation.REPRESENTATIVE and asked_as != relation.value):
                raise NotAllowed(act=acts.WITHDRAW)
            by_post = delivery.destination == "post" and delivery.state == "waiting"  # a person carries it, perhaps now
            if delivery.is_settled or delivery.attempts or by_post:
                raise DeliveryUnderWay(destination=way, progress=delivery.state)
            settle(change, model.withdrawn(delivery, now), actor=order.who.subject)

        return self._once(acts.WITHDRAW, order, f"withdraw {way}", write)

    def hand_over(self, order: Order, way: str, handing: Handing) -> str:
        """Somebody takes a paper result, at the counter or from the post, against a proof (Decree 61/2018 Art. 20).

        Raises NotFound, NotAllowed, OwnDossier, NoResultYet, NotHandedOver, MandateEnded, ConversionNotValid,
        BodyInvalid, KeyReused.
        """

        def write(dossier: Dossier, change: Change, now: datetime) -> None:
            delivery = _named(dossier, way)
            if not dossier.results:
                raise NoResultYet(state=dossier.head.state)
            if delivery.destination in CONNECTED or delivery.is_settled or self._is_sent(delivery):
                raise NotHandedOver(destination=way, progress=delivery.state)
            taker = took(dossier, handing, delivery)
            authorisation = authority_of(dossier, handing, self.dossiers, order.who, now)
            handed = HandedOver(
                at=stamp(now),
                by=keyed_hash("officer", order.who.subject),
                by_name=order.who.name,
                to=handing.to,
                sealed=seal(dossier.reference, told(taker)),
                proof=handing.proof,
                number=handing.proof_number if handing.proof == "postal_receipt" else None,
                paper=handing.paper,
                conversion=converted(dossier, handing),
                authorisation=authorisation,
            )
            there = model.opened(delivery, dossier.results[-1], None, now)
            settle(change, model.handed_over(there, handed), actor=order.who.subject)
            tell_taken(change, handing, there.document or "", authorisation, order.who)

        return self._once(acts.HAND_OVER, order, f"hand over {way}", write, Part.COMPONENTS, Part.PLAN)

    def retry(self, order: Order, way: str) -> str:
        """A parked delivery begins again. Raises NotFound, NotAllowed, NotParked, KeyReused.

        MandateEnded where it would go to the address of a representative whose mandate ended: the holder says where.
        """

        def write(dossier: Dossier, change: Change, now: datetime) -> None:
            delivery = _named(dossier, way)
            if delivery.state != "parked":
                raise NotParked(destination=way, progress=delivery.state)
            if delivery.why == model.MANDATE_ENDED and delivery.sealed:
                raise MandateEnded
            change.keep_delivery(model.retried(delivery, now))
            told_of = DeliveryRetried(reference=dossier.reference, destination=delivery.destination)
            due = DeliveriesDue(reference=dossier.reference, destinations=(delivery.destination,))
            change.tell(told_of, actor=order.who.subject).tell(due, actor=order.who.subject)

        return self._once(acts.RETRY, order, f"retry {way}", write)

    def _is_sent(self, delivery: Delivery) -> bool:
        """Whether a worker sends it, or is about to: nobody hands over what may be on its way."""
        return delivery.state in ("asked", "sending") and self.carrier.reaches(delivery.destination)

    def _visible(self, who: Principal, name: str, *parts: Part) -> Dossier:
        reference = self.dossiers.named(name)
        dossier = self.dossiers.dossier(reference, *parts) if reference else None
        if dossier is None or dossier.head.is_draft:
            raise NotFound(what="dossier")
        relation = self._relation(who, dossier, self.clock())
        if not allowed(who, acts.READ, relation, stage_of(dossier.head)):
            raise NotFound(what="dossier")
        require_level(who, self.dossiers.level_of(dossier.head))
        return dossier

    def _relation(self, who: Principal, dossier: Dossier, now: datetime) -> Relation:
        return self.dossiers.relation(who, dossier.head, now)

    def _once(
        self, act: str, order: Order, what: str, write: Callable[[Dossier, Change, datetime], None], *further: Part
    ) -> str:
        """Read the dossier, let `write` fill a change, write it under the key; done before, it is only answered."""
        owner = order.who.holder or keyed_hash("officer", order.who.subject)
        body = hashlib.sha256(f"{what}\x1f".encode() + order.raw).hexdigest()

        def turn() -> str:
            dossier = self._visible(order.who, order.dossier, Part.DELIVERIES, Part.RESULTS, *further)
            used = self.dossiers.used_key(owner, order.key)
            if used and (used.body != body or used.reference != dossier.reference):
                raise KeyReused
            if used:
                return dossier.reference
            now = self.clock()
            if not allowed(order.who, act, self._relation(order.who, dossier, now), stage_of(dossier.head)):
                raise NotAllowed(act=act)
            require_other(
                order.who,
                people_of(dossier.head),
                Work(dossier.head.agency, "receive", filed=dossier.head.submitted_at),
                now,
            )
            change = self.dossiers.change(dossier, now)
            write(dossier, change, now)
            change.use_key(owner, order.key, body, event=dossier.head.seq + 1)
            self.dossiers.write(change, order.who)
            return dossier.reference

        for _ in waiting.turns():
            try:
                return record.settled(turn)
            except aws.Lost as lost:
                if "key" not in lost:
                    raise
        raise TryAgain


def _named(dossier: Dossier, way: str) -> Delivery:
    found = dossier.delivery(way)
    if found is None:
        raise NotFound(what="delivery")
    return found
