"""Routes of the vault: its owner's only."""

from collections.abc import Mapping
from typing import Any

from chalice import Blueprint

from chalicelib.identity.authorizer import bearer
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.vault.service import Vault
from chalicelib.vault.store import Table
from chalicelib.vault.wire import DocumentList, DocumentView, Ledger, LedgerLine, OpenedDocument

bp = Blueprint(__name__)
api = Api(bp, bearer)


def vault() -> Vault:
    """The use cases over DynamoDB and S3."""
    return Vault(Table(), utc_now)


def _view(doc: Mapping[str, Any]) -> DocumentView:
    given = {k: doc[k] for k in DocumentView.model_fields if k != "stored_at"}
    return DocumentView(stored_at=said(doc["stored_at"]) or "", **given)


def _line(line: Mapping[str, Any]) -> LedgerLine:
    return LedgerLine(at=said(line["at"]) or "", **{k: line[k] for k in ("act", "document", "by", "basis")})


@api.route("GET", "/v1/vault/documents", act="vault.read", answer=DocumentList)
def list_documents(call: Call) -> DocumentList:
    """List what my vault holds."""
    return DocumentList(documents=[_view(d) for d in vault().documents(call.principal)])


@api.route("GET", "/v1/vault/documents/{document}", act="vault.read", answer=OpenedDocument)
def open_document(call: Call) -> OpenedDocument:
    """Open a document of my vault; the ledger gets a line."""
    doc, url = vault().open(call.principal, call.path["document"])
    return OpenedDocument(document=_view(doc), url=url)


@api.route("GET", "/v1/vault/access", act="vault.read", answer=Ledger)
def read_ledger(call: Call) -> Ledger:
    """Read who did what to my documents."""
    return Ledger(lines=[_line(x) for x in vault().ledger(call.principal)])
