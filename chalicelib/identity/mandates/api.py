"""Routes of mandates: either side offers, the other confirms, either ends."""

from typing import Final

from chalice import Blueprint

from chalicelib.contracts.event import heard
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity import acts
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.identity.mandates import wire
from chalicelib.identity.mandates.evidence import MAX_BYTES
from chalicelib.identity.mandates.model import MandateHead
from chalicelib.identity.mandates.offers import request
from chalicelib.identity.mandates.parties import Named, Wanted
from chalicelib.identity.mandates.store import list_of
from chalicelib.identity.mandates.views import view
from chalicelib.identity.mandates.wiring import offers, proving, settling
from chalicelib.identity.settings import BUCKET, TABLE
from chalicelib.kernel.allowances import LIMITS
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.kernel.paging import merged_cursor, starts_of
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.sealing.door import learn
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(TABLE, DOSSIERS, LEDGERS, BUCKET, LIMITS, *SEALING),
    known_as=lambda who: as_enrolled(who, utc_now()),
)
MANDATE: Final = "/v1/mandates/{mandate}"


def _mandate(call: Call) -> str:
    return call.path["mandate"]


def _reply(call: Call, head: MandateHead, status: int = 0) -> Reply:
    location = f"/v1/mandates/{head.id}" if status else ""
    side = settling().side(call.principal, head)
    assert side is not None
    return Reply(view(head, side, utc_now()), status, head.version, location)


def _wanted(body: wire.TermsBody) -> Wanted:
    said = body.model_dump(mode="json", exclude={"role", "other", "allows_sub_mandates"})
    return heard(Wanted, said | {"allows_sub": body.allows_sub_mandates})


def _other(body: wire.OtherBody) -> Named:
    return Named(name=body.name, personal_id=body.identity, kind=body.kind)


@api.route("POST", "/v1/mandates", act=acts.OFFER_MANDATE, body=wire.OfferBody, answer=wire.MandateView, status=201)
def offer_mandate(call: Call) -> Reply:
    """Offer a mandate to the other side, which is named and not looked up; nothing holds before it confirms."""
    body: wire.OfferBody = call.body
    asking = request(call.principal, call.key, call.raw)
    return _reply(call, offers().offer(call.principal, body.role, _other(body.other), _wanted(body), asking), 201)


@api.route("GET", "/v1/mandates", act=acts.READ_MANDATES, answer=wire.MandateList, query=("cursor",))
def list_mandates(call: Call) -> wire.MandateList:
    """List my mandates under all of my numbers, whichever side I am, the newest first."""
    numbers = settling().numbers(call.principal)
    starts = starts_of(call.query.get("cursor", ""), ("pk", "sk"), [list_of(each) for each in numbers])
    found, withheld, following = settling().listed(call.principal, numbers, starts)
    learn([head.id for head, _ in found])
    now = utc_now()
    mandates = [view(head, side, now) for head, side in found]
    return wire.MandateList(mandates=mandates, withheld=withheld, next=merged_cursor(following) if following else None)


@api.route("GET", MANDATE, act=acts.READ_MANDATES, answer=wire.MandateView)
def read_mandate(call: Call) -> Reply:
    """Read a mandate of mine: what holds, what waits for a confirmation, and what nobody here can know."""
    head, _ = settling().read(call.principal, _mandate(call))
    return _reply(call, head)


@api.route("PUT", MANDATE, act=acts.OFFER_MANDATE, body=wire.TermsBody, answer=wire.MandateView)
def change_mandate(call: Call) -> Reply:
    """Offer other terms; those that hold go on until the other side confirms."""
    wanted = _wanted(call.body)
    return _reply(call, offers().change(call.principal, _mandate(call), wanted, call.version, call.raw))


@api.route("POST", MANDATE + "/confirmation", act=acts.CONFIRM_MANDATE, body=wire.NumberBody, answer=wire.MandateView)
def confirm_mandate(call: Call) -> Reply:
    """Confirm the terms that the other side offered, by their number."""
    asking = request(call.principal, call.key, call.raw)
    return _reply(call, settling().confirm(call.principal, _mandate(call), call.body.terms, asking))


@api.route("POST", MANDATE + "/refusal", act=acts.CONFIRM_MANDATE, body=wire.NumberBody, answer=wire.MandateView)
def refuse_mandate(call: Call) -> Reply:
    """Decline the terms that wait, or take one's own back; what holds goes on."""
    asking = request(call.principal, call.key, call.raw)
    return _reply(call, settling().decline(call.principal, _mandate(call), call.body.terms, asking))


@api.route("POST", MANDATE + "/revocation", act=acts.END_MANDATE, body=wire.RevocationBody, answer=wire.MandateView)
def revoke_mandate(call: Call) -> Reply:
    """End a mandate at once, from either side, with a reason."""
    asking = request(call.principal, call.key, call.raw)
    return _reply(call, settling().revoke(call.principal, _mandate(call), call.body.reason, asking))


@api.route(
    "POST",
    MANDATE + "/evidence",
    act=acts.OFFER_MANDATE,
    body=wire.EvidenceUploadBody,
    answer=wire.EvidenceTicket,
    status=201,
)
def announce_evidence(call: Call) -> Reply:
    """Get a presigned form for the file that proves the form of some terms; the file never passes through us."""
    body: wire.EvidenceUploadBody = call.body
    post = proving().announce(call.principal, _mandate(call), body.terms, body.media_type, body.size)
    form = wire.EvidencePost(url=post.url, fields=post.fields)
    return Reply(wire.EvidenceTicket(post=form, max_bytes=MAX_BYTES))


@api.route("POST", MANDATE + "/evidence/check", act=acts.OFFER_MANDATE, body=wire.NumberBody, answer=wire.MandateView)
def check_evidence(call: Call) -> Reply:
    """Hold the file that came against the hash that the terms name, and keep that version with them."""
    return _reply(call, proving().receive(call.principal, _mandate(call), call.body.terms))


@api.route("GET", MANDATE + "/evidence", act=acts.READ_MANDATES, answer=wire.EvidenceLink)
def open_evidence(call: Call) -> wire.EvidenceLink:
    """Get a link to the file that proves a mandate of mine; the ledger of the represented says who opened it."""
    return wire.EvidenceLink(url=proving().open(call.principal, _mandate(call)))


@api.route("GET", "/v1/dossiers/{dossier}/evidence", act=acts.READ_EVIDENCE, answer=wire.EvidenceLink)
def open_evidence_of_dossier(call: Call) -> wire.EvidenceLink:
    """Get a link to the file that proves the mandate under which a dossier was filed, as of its submission."""
    (dossier,) = call.path.values()
    return wire.EvidenceLink(url=proving().open_of(call.principal, dossier))


@api.route(
    "POST",
    MANDATE + "/submandates",
    act=acts.OFFER_MANDATE,
    body=wire.SubOfferBody,
    answer=wire.MandateView,
    status=201,
)
def offer_sub_mandate(call: Call) -> Reply:
    """Offer a mandate out of one by which I represent, when it allows that."""
    body: wire.SubOfferBody = call.body
    who, asking = call.principal, request(call.principal, call.key, call.raw)
    head = offers().offer_sub(who, _mandate(call), _other(body.other), _wanted(body), asking)
    return _reply(call, head, 201)
