"""Routes of signed documents."""

from chalice import Blueprint

from chalicelib.dossier.needs import DOSSIERS
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.kernel.settings import SECRET
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.messages.acts import READ, REGISTER, SLIP
from chalicelib.messages.settings import BUCKET, TABLE
from chalicelib.messages.wire import MessageView, Ordered, OrderRegister, OrderSlip, Verification, VerificationQuery
from chalicelib.messages.wiring import orders, reader

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(TABLE, DOSSIERS, LEDGERS, BUCKET, SECRET),
    known_as=lambda who: as_enrolled(who, utc_now()),
)


@api.route("GET", "/v1/messages/{message}", act=READ, answer=MessageView)
def read_message(call: Call) -> MessageView:
    """Get a receipt, copy, data message or result that concerns me or my agency."""
    found, url, sheet_url = reader().read(call.principal, call.path["message"])
    return MessageView(
        message=found.message,
        kind=found.kind,
        title=found.title,
        sha256=found.sha256,
        size=found.size,
        signed_at=said(found.signed_at) or "",
        url=url,
        lookup=found.lookup or None,
        retain_until=said(found.retain_until),
        sheet_url=sheet_url,
    )


@api.route("POST", "/v1/dossiers/{dossier}/slips", act=SLIP, body=OrderSlip, answer=Ordered, status=202)
def order_slip(call: Call) -> Ordered:
    """Order the control slip (form 06) of a dossier on paper, as it stands: one paper while nothing changes."""
    return Ordered(message=orders().slip(call.principal, call.path["dossier"]))


@api.route("POST", "/v1/messages/registers", act=REGISTER, body=OrderRegister, answer=Ordered, status=202)
def order_register(call: Call) -> Ordered:
    """Order a part of my agency's register of dossiers (form 07) on paper and as a table, as it stands now."""
    body: OrderRegister = call.body
    who = call.principal
    order = orders().register(who, body.agency or who.agency, body.first_day, body.last_day, body.part, call.key)
    return Ordered(message=order)


@api.route("GET", "/v1/verifications/{lookup}", act=None, answer=Verification, query=VerificationQuery)
def verify_message(call: Call) -> Verification:
    """Look up a document by the look-up code on it, or by its code and SHA-256. No personal data."""
    found = reader().registered(call.path["lookup"], call.asked.sha256)
    return Verification(
        message=found.message,
        title=found.title,
        agency=found.agency,
        agency_name=found.agency_name,
        sha256=found.sha256,
        size=found.size,
        signed_at=said(found.signed_at) or "",
    )
