"""Routes of the notices that leave the portal."""

from typing import Final

import msgspec
from chalice import Blueprint

from chalicelib.delivery import acts
from chalicelib.delivery.api import Place
from chalicelib.delivery.notices import wire
from chalicelib.delivery.notices.wiring import renewing
from chalicelib.delivery.service import Order
from chalicelib.delivery.settings import URL
from chalicelib.delivery.store import IDENTITY
from chalicelib.delivery.wiring import deliveries
from chalicelib.dossier import notifying
from chalicelib.dossier.needs import DOSSIERS, KNOWN_FROM
from chalicelib.dossier.notified import Sending
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(DOSSIERS, KNOWN_FROM, IDENTITY, URL, *SEALING),
    known_as=lambda who: as_enrolled(who, utc_now()),
)

SENDINGS: Final = "/v1/dossiers/{dossier}/notices/sendings"


def _view(each: Sending) -> wire.SendingView:
    return wire.SendingView(
        name=each.name,
        notice_at=said(each.told_at) or "",
        channel=each.channel,
        receiver=each.receiver,
        progress=each.status,
        next_at=said(each.due_at),
        sent_at=said(each.sent_at),
        delivered_at=said(each.delivered_at),
        bounced_at=said(each.bounced_at),
        given_up_at=said(each.given_up_at),
        renewed_at=said(each.renewed_at),
        why=each.why,
        attempts=[
            wire.TryView(
                begun_at=said(a.begun_at) or "", provider=a.provider + 1, ended_at=said(a.ended_at), outcome=a.outcome
            )
            for a in each.attempts
        ],
    )


class Named(msgspec.Struct, frozen=True):
    """What the path names: a dossier, and one of its notices on their way."""

    dossier: str
    sending: str


def _listed(reference: str) -> wire.SendingList:
    return wire.SendingList(sendings=[_view(each) for each in notifying.sendings(reference)])


@api.route("GET", SENDINGS, act=acts.READ, answer=wire.SendingList)
def list_sendings(call: Call) -> wire.SendingList:
    """List how far a dossier's notices are by e-mail, SMS and app; empty where they do not leave the portal."""
    dossier = deliveries().read(call.principal, msgspec.convert(call.path, Place).dossier)
    return _listed(dossier.reference)


@api.route("POST", f"{SENDINGS}/{{sending}}/retry", act=acts.RENEW, body=wire.RenewNotice, answer=wire.SendingList)
def renew_notice(call: Call) -> wire.SendingList:
    """Begin a notice again that was given up: it goes to whom it may be told now, from the first provider on."""
    named = msgspec.convert(call.path, Named)
    order = Order(call.principal, named.dossier, call.key, call.raw)
    return _listed(renewing().renew(order, named.sending))
