"""Routes of the vault: its owner's only."""

from typing import Literal

from chalice import Blueprint

from chalicelib.contracts.ledger import LineWritten, RegisterAsked
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.kernel.settings import SECRET
from chalicelib.ledger.lines import Line
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.vault import acts
from chalicelib.vault.model import VaultDocument
from chalicelib.vault.store import BUCKET, TABLE
from chalicelib.vault.wire import (
    AskedRegister,
    DocumentList,
    DocumentView,
    Ledger,
    LedgerLine,
    OpenedDocument,
    ReviewedValue,
)
from chalicelib.vault.wiring import vault

bp = Blueprint(__name__)
api = Api(bp, identity_authorize, needs=(TABLE, LEDGERS, BUCKET, SECRET))


def _view(held: VaultDocument) -> DocumentView:
    return DocumentView(
        id=held.id,
        title=held.title,
        procedure=held.procedure,
        dossier_code=held.dossier_code,
        agency=held.agency,
        provenance=held.provenance,
        sha256=held.sha256,
        size=held.size,
        stored_at=said(held.stored_at) or "",
        held_for_another=bool(held.held_for_another),
    )


def _asked(asked: RegisterAsked) -> AskedRegister:
    return AskedRegister(register_name=asked.register, purpose=asked.purpose, use=asked.use, fields=list(asked.fields))


def _act(told: LineWritten) -> Literal["stored", "read", "refused", "asked"]:
    """What was done, in a word of its own: what is kept says `read` for what releases before knew no word for."""
    if told.refused:
        return "refused"
    return "asked" if told.asked else told.act


def _line(line: Line) -> LedgerLine:
    told = line.said
    values = [ReviewedValue(field=each.field, verb=each.verb) for each in told.looked_at]
    return LedgerLine(
        at=said(line.at) or "",
        act=_act(told),
        document=told.document,
        by=told.by,
        officer=told.officer,
        portal=told.portal,
        basis=told.basis,
        route=told.route,
        reference=told.reference or None,
        asked=_asked(told.asked) if told.asked else None,
        reviewed=values[0] if len(values) == 1 else None,
        values=values,
    )


@api.route("GET", "/v1/vault/documents", act=acts.READ, answer=DocumentList)
def list_documents(call: Call) -> DocumentList:
    """List what my vault holds and my level of identity opens."""
    shown, withheld = vault().documents(call.principal)
    return DocumentList(documents=[_view(d) for d in shown], withheld=withheld)


@api.route("GET", "/v1/vault/documents/{document}", act=acts.READ, answer=OpenedDocument)
def open_document(call: Call) -> OpenedDocument:
    """Open a document of my vault; the ledger gets a line."""
    held, url = vault().open(call.principal, call.path["document"])
    return OpenedDocument(document=_view(held), url=url)


@api.route("GET", "/v1/vault/access", act=acts.READ, answer=Ledger)
def read_ledger(call: Call) -> Ledger:
    """Read who did what to my files: what was stored for me, and every link that was given."""
    shown, withheld = vault().ledger(call.principal)
    return Ledger(lines=[_line(x) for x in shown], withheld=withheld)
