"""Routes of a procedure's ownership: whose it is, and its transfer by both sides."""

from typing import Final

from chalice import Blueprint

from chalicelib.catalogue import acts
from chalicelib.catalogue.keeper import as_keeper
from chalicelib.catalogue.ownership import wire
from chalicelib.catalogue.ownership.service import Standing
from chalicelib.catalogue.ownership.wiring import ownership
from chalicelib.catalogue.settings import TABLE
from chalicelib.catalogue.versions.keyed import KeyedAct, keyed
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.kernel.settings import SECRET

bp = Blueprint(__name__)
api = Api(bp, identity_authorize, needs=(TABLE, DOSSIERS, SECRET), known_as=as_keeper)
TRANSFER: Final = "/v1/catalogue/procedures/{code}/transfer"


def _code(call: Call) -> str:
    return call.path["code"]


def _act(call: Call) -> KeyedAct:
    return keyed(call.principal, call.key, call.raw)


def _view(standing: Standing) -> Reply:
    offer = standing.offer
    waiting = wire.OfferView(to=offer.to, at=said(offer.at) or "") if offer else None
    return Reply(wire.OwnerView(code=standing.code, owner=standing.owner, offer=waiting))


@api.route("GET", TRANSFER, act=acts.READ_VERSIONS, answer=wire.OwnerView)
def read_transfer(call: Call) -> Reply:
    """Read whose a procedure is, and to whom it is offered: its keeper and the receiver may."""
    return _view(ownership().read(call.principal, _code(call)))


@api.route("POST", TRANSFER, act=acts.TRANSFER_PROCEDURE, body=wire.OfferBody, answer=wire.OwnerView)
def offer_procedure(call: Call) -> Reply:
    """Offer a procedure of my agency to another one; nothing moves before that one accepts."""
    return _view(ownership().offer(call.principal, _code(call), call.body.to, _act(call)))


@api.route("POST", TRANSFER + "/acceptance", act=acts.TRANSFER_PROCEDURE, body=wire.Empty, answer=wire.OwnerView)
def accept_procedure(call: Call) -> Reply:
    """Accept a procedure that was offered to my agency; it keeps it from now on."""
    return _view(ownership().accept(call.principal, _code(call), _act(call)))


@api.route("POST", TRANSFER + "/end", act=acts.TRANSFER_PROCEDURE, body=wire.Empty, answer=wire.OwnerView)
def end_offer(call: Call) -> Reply:
    """Take an offer back, or decline one."""
    return _view(ownership().end(call.principal, _code(call), _act(call)))
