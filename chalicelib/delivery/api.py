"""Routes of the deliveries of a result."""

from typing import Final

import msgspec
from chalice import Blueprint

from chalicelib.contracts.event import heard
from chalicelib.contracts.onestop import DossierProcessed
from chalicelib.delivery import acts, wire
from chalicelib.delivery.addresses import Present
from chalicelib.delivery.ports import Address
from chalicelib.delivery.service import Order
from chalicelib.delivery.settings import URL
from chalicelib.delivery.store import IDENTITY
from chalicelib.delivery.takers import Handing, Took
from chalicelib.delivery.wiring import deliveries
from chalicelib.dossier.deliveries import Delivery, DeliveryState, HandedOver
from chalicelib.dossier.needs import DOSSIERS, KNOWN_FROM
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import ZONE, said, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.law import packs
from chalicelib.sealing.door import unseal
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(DOSSIERS, KNOWN_FROM, IDENTITY, URL, *SEALING),
    known_as=lambda who: as_enrolled(who, utc_now()),
)
DELIVERIES: Final = "/v1/dossiers/{dossier}/deliveries"
ONE: Final = f"{DELIVERIES}/{{destination}}"


class Place(msgspec.Struct, frozen=True):
    """What the path names: a dossier, by its reference or code, and one of its destinations."""

    dossier: str
    destination: str = ""


def _place(call: Call) -> Place:
    return msgspec.convert(call.path, Place)


def _order(call: Call) -> Order:
    """The act, and the dossier that the path names."""
    return Order(call.principal, _place(call).dossier, call.key, call.raw)


def _handed(dossier: Dossier, handed: HandedOver) -> wire.HandedOverView:
    is_there = dossier.head.erased_at is None
    return wire.HandedOverView(
        at=said(handed.at) or "",
        by=handed.by_name,
        to=heard(Took, unseal(dossier.reference, handed.sealed)).name if is_there else None,
        proof=handed.proof,
        proof_number=handed.number if handed.proof == "postal_receipt" else None,
        paper=handed.paper,
        conversion=handed.conversion,
        authorisation=handed.authorisation,
    )


def _view(dossier: Dossier, each: Delivery) -> wire.DeliveryView:
    return wire.DeliveryView(
        destination=each.destination,
        progress=each.state,
        document=each.document,
        asked_at=said(each.asked_at),
        settled_at=said(each.settled_at),
        expires_at=said(each.expires_at),
        next_at=said(each.due_at),
        receipt=each.receipt,
        parked_at=said(each.parked_at),
        why=each.why,
        attempts=[
            wire.AttemptView(begun_at=said(a.begun_at) or "", ended_at=said(a.ended_at), outcome=a.outcome)
            for a in each.attempts
        ],
        handed_over=_handed(dossier, each.handed) if each.handed else None,
    )


def _kept(dossier: Dossier, result: DossierProcessed | None) -> wire.DeliveryView:
    """The vault, always; the authority's own copy where nobody is to keep it."""
    head = dossier.head
    if result is not None and result.keepers == ():
        return wire.DeliveryView(
            destination="authority", progress="delivered", document=result.code, settled_at=said(result.processed_at)
        )
    state: DeliveryState = "delivered" if head.vault_document else "waiting" if result else "asked"
    return wire.DeliveryView(destination="vault", progress=state, document=head.vault_document)


def _routing(dossier: Dossier, result: DossierProcessed | None) -> wire.RoutingView | None:
    if result is None or result.routing is None:
        return None
    rules = packs.pinned(dossier.head.rule_pack, utc_now().astimezone(ZONE).date()).rules
    found = next(each for each in rules.mandate_routing.value if each.code == result.routing)
    return wire.RoutingView(
        code=found.code, text_vi=found.text_vi, text_en=found.text_en, tells_officer=found.tells_officer
    )


def _listed(call: Call, name: str) -> wire.DeliveryList:
    dossier = deliveries().read(call.principal, name)
    told = dossier.last(DossierProcessed)
    result = told[0] if told else None
    return wire.DeliveryList(
        reference=dossier.reference,
        waits=bool(dossier.head.awaits),
        routing=_routing(dossier, result),
        deliveries=[_kept(dossier, result), *(_view(dossier, each) for each in dossier.deliveries)],
    )


@api.route("GET", DELIVERIES, act=acts.READ, answer=wire.DeliveryList)
def list_deliveries(call: Call) -> wire.DeliveryList:
    """List where a dossier's result goes: how far each destination is, its attempts, who took it."""
    return _listed(call, _place(call).dossier)


@api.route("POST", DELIVERIES, act=acts.ASK, body=wire.AskDelivery, answer=wire.DeliveryList, status=201)
def ask_delivery(call: Call) -> wire.DeliveryList:
    """Have the result brought to a destination beside the vault: the app, by post, the counter, a register."""
    body: wire.AskDelivery = call.body
    if (body.destination == "post") is not (body.address is not None):
        vi, en = (
            "Địa chỉ cần cho bưu chính, và chỉ cho bưu chính",
            "An address is needed for the post, and for it alone",
        )
        raise BodyInvalid(fields=[FieldError("/address", "address_of_post", vi, en)])
    address = msgspec.convert(body.address.model_dump(), Address) if body.address else None
    at = body.at_counter
    present = Present(at.name, at.number, at.slip) if at else None
    return _listed(call, deliveries().ask(_order(call), body.destination, address, present))


@api.route("POST", f"{ONE}/handover", act=acts.HAND_OVER, body=wire.HandOver, answer=wire.DeliveryList)
def hand_over_result(call: Call) -> wire.DeliveryList:
    """Note who took a paper result, at the counter or from the post, and what proves it."""
    handing = msgspec.convert(call.body.model_dump(), Handing)
    return _listed(call, deliveries().hand_over(_order(call), _place(call).destination, handing))


@api.route("POST", f"{ONE}/withdrawal", act=acts.WITHDRAW, body=wire.WithdrawDelivery, answer=wire.DeliveryList)
def withdraw_delivery(call: Call) -> wire.DeliveryList:
    """Take back the wish for a destination, as long as nothing was sent there."""
    return _listed(call, deliveries().withdraw(_order(call), _place(call).destination))


@api.route("POST", f"{ONE}/retry", act=acts.RETRY, body=wire.RetryDelivery, answer=wire.DeliveryList)
def retry_delivery(call: Call) -> wire.DeliveryList:
    """Begin a parked delivery again; a destination that has the document already gets no second one."""
    return _listed(call, deliveries().retry(_order(call), _place(call).destination))
