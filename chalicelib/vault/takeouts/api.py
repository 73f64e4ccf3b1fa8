"""Routes by which an owner takes documents of their vault away."""

from chalice import Blueprint

from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said, stamp, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.kernel.settings import SECRET
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.vault import acts
from chalicelib.vault.store import BUCKET, TABLE
from chalicelib.vault.takeouts import wire
from chalicelib.vault.takeouts.model import Takeout
from chalicelib.vault.takeouts.wiring import taking_out

bp = Blueprint(__name__)
api = Api(bp, identity_authorize, needs=(TABLE, LEDGERS, BUCKET, SECRET))


def _view(found: Takeout) -> wire.TakeoutView:
    return wire.TakeoutView(
        id=found.id,
        dossier_code=found.dossier or None,
        standing=found.standing(stamp(utc_now())),
        asked_at=said(found.asked_at) or "",
        ends_at=said(found.ends_at),
        documents=found.documents,
        withheld=found.withheld,
        size=found.archive_size or None,
        sha256=found.archive_sha256,
        document=found.broken,
        next=found.following,
    )


@api.route("POST", "/v1/vault/takeouts", act=acts.TAKE, body=wire.AskTakeout, answer=wire.TakeoutView, status=202)
def ask_takeout(call: Call) -> wire.TakeoutView:
    """Ask for an archive of my vault, or of one dossier in it; it is made meanwhile."""
    body: wire.AskTakeout = call.body
    return _view(taking_out().ask(call.principal, body.dossier_code.strip(), body.after, call.key, call.raw))


@api.route("GET", "/v1/vault/takeouts", act=acts.TAKE, answer=wire.TakeoutList, query=("cursor",))
def list_takeouts(call: Call) -> wire.TakeoutList:
    """List the archives that I asked for."""
    found = taking_out().taken(call.principal, call.query.get("cursor", ""))
    return wire.TakeoutList(
        takeouts=[_view(each) for each in found.shown], withheld=found.withheld, next=found.following
    )


@api.route("GET", "/v1/vault/takeouts/{takeout}", act=acts.TAKE, answer=wire.OpenedTakeout)
def fetch_takeout(call: Call) -> wire.OpenedTakeout:
    """See how far an archive is, and fetch it once it is ready; the ledger gets a line."""
    found, url = taking_out().fetch(call.principal, call.path["takeout"])
    return wire.OpenedTakeout(takeout=_view(found), url=url)
