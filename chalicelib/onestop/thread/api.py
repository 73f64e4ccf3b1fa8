"""Routes of a dossier's message thread."""

from chalice import Blueprint

from chalicelib.contracts.event import heard
from chalicelib.contracts.stored import typed
from chalicelib.contracts.thread import ThreadRead
from chalicelib.dossier.needs import DOSSIERS, KNOWN_FROM
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.dossier.thread import Page, Said, ThreadMessage
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.onestop import acts
from chalicelib.onestop.changes.keyed import Asked
from chalicelib.onestop.paths import dossier_in
from chalicelib.onestop.store import IDENTITY
from chalicelib.onestop.thread import wire
from chalicelib.onestop.thread.wiring import threads
from chalicelib.onestop.thread.writing import author_of, side_of
from chalicelib.sealing.door import unseal
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(DOSSIERS, KNOWN_FROM, LEDGERS, IDENTITY, *SEALING),
    known_as=lambda who: as_enrolled(who, utc_now()),
)


def _asked(call: Call) -> Asked:
    return Asked(call.principal, dossier_in(call), call.key, call.raw)


def _view(reference: str, message: ThreadMessage, who: Principal, page: Page) -> wire.ThreadEntry:
    other = page.read.get("applicant" if message.side == "agency" else "agency")
    told = heard(Said, unseal(reference, message.sealed))
    return wire.ThreadEntry(
        number=message.number,
        at=said(message.at) or "",
        side=message.side,
        author=told.name,
        text=told.text,
        is_mine=message.author == author_of(who),
        is_read=other is not None and other.until >= message.number,
    )


@api.route("GET", "/v1/dossiers/{dossier}/messages", act=acts.READ_THREAD, answer=wire.Thread, query=("cursor",))
def list_thread(call: Call) -> wire.Thread:
    """List the messages between a dossier's applicant and its agencies, the newest first."""
    dossier, page = threads().page(call.principal, dossier_in(call), call.query.get("cursor", ""))
    shown = [_view(dossier.reference, each, call.principal, page) for each in page.messages]
    return wire.Thread(messages=shown, next=page.following)


@api.route(
    "POST",
    "/v1/dossiers/{dossier}/messages",
    act=acts.WRITE_THREAD,
    body=wire.WriteMessage,
    answer=wire.ThreadEntry,
    status=201,
)
def write_thread(call: Call) -> wire.ThreadEntry:
    """Write to the other side of a dossier: its applicant, or its agency; no file, and nothing once it ended."""
    body: wire.WriteMessage = call.body
    done = threads().write(_asked(call), body.text)
    return wire.ThreadEntry(
        number=done.row.number,
        at=said(done.row.at) or "",
        side=side_of(call.principal),
        author=call.principal.name,
        text=body.text,
        is_mine=True,
        is_read=False,
    )


@api.route("POST", "/v1/dossiers/{dossier}/messages/read", act=acts.READ_THREAD, body=wire.MarkRead, answer=wire.ReadTo)
def mark_thread(call: Call) -> wire.ReadTo:
    """Say that my side read a dossier's messages up to one of them."""
    body: wire.MarkRead = call.body
    row = threads().mark_read(_asked(call), body.up_to).row
    event = typed(ThreadRead, row.data, row.stored)
    return wire.ReadTo(side=event.side, up_to=event.until)
