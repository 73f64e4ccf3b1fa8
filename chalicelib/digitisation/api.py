"""Routes of the scanning desk."""

from chalice import Blueprint

from chalicelib.digitisation import acts, wire
from chalicelib.digitisation.paper import Paper
from chalicelib.digitisation.settings import MESSAGES_BUCKET, MESSAGES_TABLE
from chalicelib.digitisation.wiring import desk
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said
from chalicelib.kernel.endpoint import Api, Call

bp = Blueprint(__name__)
api = Api(bp, identity_authorize, needs=(MESSAGES_TABLE, MESSAGES_BUCKET))


@api.route("GET", "/v1/copies", act=acts.LIST, answer=wire.CopyList, query=("cursor",))
def list_copies(call: Call) -> wire.CopyList:
    """List my agency's copies that wait for an officer's personal signature."""
    copies, following = desk().waiting(call.principal, call.query.get("cursor", ""))
    return wire.CopyList(copies=[_view(c, call.language) for c in copies], next=following)


@api.route("POST", "/v1/copies/{copy}/signature", act=acts.SIGN, body=wire.SignCopy, answer=wire.CopyView, status=202)
def sign_copy(call: Call) -> wire.CopyView:
    """Sign a copy with my own personal signature, before anything is read from it."""
    return _view(desk().sign_copy(call.principal, call.path["copy"], call.key), call.language)


@api.route("GET", "/v1/drops/refused", act=acts.LIST, answer=wire.RefusedDrops, query=("cursor",))
def list_refused_drops(call: Call) -> wire.RefusedDrops:
    """List my agency's dropped files that became no component, each with its reason."""
    drops, following = desk().refused(call.principal, call.query.get("cursor", ""))
    told = [
        wire.RefusedDrop(key=drop.key, reason_code=drop.reason_code, reason=drop.reason(call.language))
        for drop in drops
    ]
    return wire.RefusedDrops(drops=told, next=following)


def _view(copy: Paper, language: str) -> wire.CopyView:
    back = copy.taken_back if copy.is_on_desk else None
    return wire.CopyView(
        id=f"{copy.reference}.{copy.component}",
        reference=copy.reference,
        component=copy.component,
        opened_at=said(copy.opened_at) or "",
        step=copy.step,
        reason_code=back.code if back else None,
        reason=back.reason(language) if back else None,
    )
