"""Routes of grants: of owners, and of those with whom something is shared."""

from datetime import datetime

from chalice import Blueprint

from chalicelib.dossier.needs import DOSSIERS
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said, stamp, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.kernel.settings import SECRET
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.vault import acts
from chalicelib.vault.grants import wire
from chalicelib.vault.grants.model import Grant, Receiver, purposes
from chalicelib.vault.grants.service import Sharing
from chalicelib.vault.grants.wiring import grants
from chalicelib.vault.model import VaultDocument
from chalicelib.vault.store import BUCKET, INTAKE, TABLE

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(TABLE, LEDGERS, BUCKET, INTAKE, SECRET, DOSSIERS),
    known_as=lambda who: as_enrolled(who, utc_now()),
)


def _facts(grant: Grant) -> dict[str, object]:
    now = stamp(utc_now())
    return {
        "id": grant.id,
        "document": grant.document,
        "title": grant.title,
        "receiver_kind": grant.receiver_kind,
        "receiver": grant.shown,
        "purpose": grant.purpose,
        "given_at": said(grant.given_at),
        "until": said(grant.until),
        "standing": grant.state(now),
        "withdrawn_at": said(grant.withdrawn_at),
    }


def _shared(grant: Grant) -> wire.SharedDocument:
    return wire.SharedDocument(
        grant=grant.id,
        document=grant.document,
        title=grant.title,
        purpose=grant.purpose,
        until=said(grant.until) or "",
        standing=grant.state(stamp(utc_now())),
    )


def _opened(grant: Grant, document: VaultDocument, url: str) -> wire.OpenedShare:
    return wire.OpenedShare(
        document=_shared(grant),
        provenance=document.provenance,
        owner_compared=document.owner_compared,
        sha256=document.sha256,
        size=document.size,
        url=url,
    )


def _grant(call: Call) -> str:
    return call.path["grant"]


@api.route("GET", "/v1/vault/purposes", act=acts.LIST_GRANTS, answer=wire.PurposeList)
def list_purposes(_: Call) -> wire.PurposeList:
    """List what a document may be shared for, with which kinds of receivers, and for how long."""
    offered = purposes().values()
    found = [
        wire.PurposeView(code=p.code, vi=p.vi, en=p.en, receivers=list(p.receivers), most_days=p.most_days)
        for p in offered
    ]
    return wire.PurposeList(purposes=found)


@api.route("POST", "/v1/vault/grants", act=acts.GIVE_GRANT, body=wire.GiveGrant, answer=wire.GrantView, status=201)
def give_grant(call: Call) -> wire.GrantView:
    """Share a document of my vault with a person, an organisation or an agency, for a purpose, until a time."""
    body: wire.GiveGrant = call.body
    receiver = Receiver(kind=body.receiver.kind, identity=body.receiver.identity)
    return wire.GrantView.model_validate(_facts(_given(call, body.document, receiver, body.purpose, body.until)))


@api.route("POST", "/v1/vault/links", act=acts.GIVE_GRANT, body=wire.GiveLink, answer=wire.LinkView, status=201)
def give_link(call: Call) -> wire.LinkView:
    """Share a document of my vault with whoever has a code: it opens the document once."""
    body: wire.GiveLink = call.body
    grant = _given(call, body.document, Receiver(kind="link"), body.purpose, body.until)
    return wire.LinkView.model_validate(_facts(grant) | {"code": grants().code(grant)})


def _given(call: Call, document: str, receiver: Receiver, purpose: str, until: datetime) -> Grant:
    sharing = Sharing(document=document, receiver=receiver, purpose=purpose, until=until)
    return grants().give(call.principal, sharing, call.key, call.raw)


@api.route("GET", "/v1/vault/grants", act=acts.LIST_GRANTS, answer=wire.GrantList, query=("cursor",))
def list_grants(call: Call) -> wire.GrantList:
    """List what I share of my vault, and shared."""
    found = grants().given(call.principal, call.query.get("cursor", ""))
    views = [wire.GrantView.model_validate(_facts(each)) for each in found.shown]
    return wire.GrantList(grants=views, withheld=found.withheld, next=found.following)


@api.route(
    "POST",
    "/v1/vault/grants/{grant}/withdrawal",
    act=acts.WITHDRAW_GRANT,
    body=wire.Nothing,
    answer=wire.GrantView,
)
def withdraw_grant(call: Call) -> wire.GrantView:
    """Withdraw what I share: from now on nobody reads the document by it."""
    return wire.GrantView.model_validate(_facts(grants().withdraw(call.principal, _grant(call))))


@api.route("GET", "/v1/received/documents", act=acts.READ_SHARED, answer=wire.SharedList, query=("cursor",))
def list_shared(call: Call) -> wire.SharedList:
    """List what others share with me, or with my agency."""
    found = grants().received(call.principal, call.query.get("cursor", ""))
    views = [_shared(each) for each in found.shown]
    return wire.SharedList(documents=views, withheld=found.withheld, next=found.following)


@api.route("GET", "/v1/received/documents/{grant}", act=acts.READ_SHARED, answer=wire.OpenedShare)
def open_shared(call: Call) -> wire.OpenedShare:
    """Open what somebody shares with me, or with my agency; their ledger gets a line."""
    return _opened(*grants().read(call.principal, _grant(call)))


@api.route("POST", "/v1/received/links", act=acts.OPEN_LINK, body=wire.OpenLink, answer=wire.OpenedShare)
def open_link(call: Call) -> wire.OpenedShare:
    """Open a document by the code of a one-time link; its owner's ledger gets a line."""
    body: wire.OpenLink = call.body
    return _opened(*grants().open(call.principal, body.code, call.key))
