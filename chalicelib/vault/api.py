"""Routes of the vault: its owner's only."""

from typing import Literal

from chalice import Blueprint

from chalicelib.contracts.ledger import LineWritten, RegisterAsked
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import ZONE, said, stamp, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.kernel.settings import SECRET
from chalicelib.ledger.lines import Line
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.vault import acts
from chalicelib.vault.model import Usage, VaultDocument, Wanted
from chalicelib.vault.quota import MOST_BYTES, MOST_DOCUMENTS, quota
from chalicelib.vault.store import BUCKET, INTAKE, TABLE
from chalicelib.vault.uses import Use, uses
from chalicelib.vault.wire import (
    AskedRegister,
    DocumentList,
    DocumentQuery,
    DocumentView,
    History,
    HistorySheet,
    Ledger,
    LedgerLine,
    LedgerQuery,
    OpenedDocument,
    QuotaView,
    ReviewedValue,
    UseView,
)
from chalicelib.vault.wiring import vault

bp = Blueprint(__name__)
api = Api(bp, identity_authorize, needs=(TABLE, LEDGERS, BUCKET, INTAKE, SECRET, MOST_BYTES, MOST_DOCUMENTS))


def _view(held: VaultDocument) -> DocumentView:
    return DocumentView(
        id=held.id,
        title=held.title,
        procedure=held.procedure,
        dossier_code=held.dossier_code,
        agency=held.agency,
        provenance=held.provenance,
        owner_compared=held.owner_compared,
        note=held.note,
        sha256=held.sha256,
        size=held.size,
        stored_at=said(held.stored_at) or "",
        held_for_another=bool(held.held_for_another),
        group=held.group,
        media_type=held.media_type or "application/pdf",
        kind=held.kind,
        number=held.number,
        issued_on=held.issued_on,
        valid_until=held.valid_until,
        standing=held.state(utc_now().astimezone(ZONE).date()),
        withdrawn_at=said(held.withdrawn_at),
        replaced_by=held.replaced_by,
    )


def _wanted(asked: DocumentQuery) -> Wanted:
    since, until = (each.isoformat() if each else "" for each in (asked.issued_from, asked.issued_to))
    if since and until and until < since:
        vi, en = "Phải từ `issued_from` trở đi", "Must not be before `issued_from`"
        raise BodyInvalid(fields=[FieldError("/issued_to", "not_before", vi, en)])
    return Wanted(kind=asked.kind, number=asked.number.strip(), issuer=asked.issuer, since=since, until=until)


def _asked(asked: RegisterAsked) -> AskedRegister:
    return AskedRegister(register_name=asked.register, purpose=asked.purpose, use=asked.use, fields=list(asked.fields))


def _act(told: LineWritten) -> Literal["stored", "read", "refused", "asked", "withdrawn"]:
    """What was done, in a word of its own: what is kept says `read` for what releases before knew no word for."""
    if told.refused:
        return "refused"
    if told.withdrawn:
        return "withdrawn"
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
        client=told.client,
        basis=told.basis,
        route=told.route,
        reference=told.reference or None,
        asked=_asked(told.asked) if told.asked else None,
        reviewed=values[0] if len(values) == 1 else None,
        values=values,
    )


@api.route("GET", "/v1/vault/documents", act=acts.READ, answer=DocumentList, query=DocumentQuery)
def list_documents(call: Call) -> DocumentList:
    """List what my vault holds and my level of identity opens, or find by kind, number, issuer and day."""
    asked: DocumentQuery = call.asked
    wanted, mine = _wanted(asked), vault()
    found = mine.find(call.principal, wanted, asked.cursor) if wanted else mine.documents(call.principal, asked.cursor)
    return DocumentList(
        documents=[_view(d) for d in found.shown],
        withheld=found.withheld,
        next=found.following,
        quota=quota_view(found.used) if found.used else None,
    )


def quota_view(used: Usage) -> QuotaView:
    """What own uploads take now, beside what they may take."""
    taken, documents = used.at(stamp(utc_now())).taken
    most = quota()
    return QuotaView(bytes=taken, most_bytes=most.bytes, documents=documents, most_documents=most.documents)


@api.route("GET", "/v1/vault/documents/{document}", act=acts.READ, answer=OpenedDocument)
def open_document(call: Call) -> OpenedDocument:
    """Open a document of my vault; the ledger gets a line."""
    held, url = vault().open(call.principal, call.path["document"])
    return OpenedDocument(document=_view(held), url=url)


@api.route("GET", "/v1/vault/access", act=acts.READ, answer=Ledger, query=LedgerQuery)
def read_ledger(call: Call) -> Ledger:
    """Read who did what to my files: what was stored for me, and every link that was given."""
    asked: LedgerQuery = call.asked
    found = vault().ledger(call.principal, asked.cursor, newest=asked.order == "newest")
    return Ledger(
        lines=[_line(x) for x in found.shown],
        withheld=found.withheld,
        next=found.following,
        unreadable=found.unreadable,
    )


@api.route("GET", "/v1/vault/history", act=acts.READ, answer=History, query=LedgerQuery, sheet=HistorySheet())
def read_history(call: Call) -> History:
    """Read how my documents were used: which, for what, how often, when and by whom; as a table with `text/csv`."""
    asked: LedgerQuery = call.asked
    found = vault().ledger(call.principal, asked.cursor, newest=asked.order == "newest")
    return History(
        uses=[_use(each) for each in uses(found.shown)],
        withheld=found.withheld,
        next=found.following,
        unreadable=found.unreadable,
    )


def _use(use: Use) -> UseView:
    return UseView(
        document=use.document,
        purpose=use.purpose,
        times=use.times,
        first_at=said(use.first_at) or "",
        last_at=said(use.last_at) or "",
        user=use.user,
        officer=use.officer or None,
        portal=use.portal or None,
        client=use.client or None,
    )
