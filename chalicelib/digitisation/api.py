"""Routes of the scanning desk."""

from collections.abc import Mapping
from typing import Any

from chalice import Blueprint

from chalicelib.digitisation import wire
from chalicelib.digitisation.events import digitisation
from chalicelib.digitisation.store import WORKLIST, Table
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel import record
from chalicelib.kernel.clock import said
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.kernel.paging import PAGE, cursor, cursor_of
from chalicelib.kernel.settings import settings

bp = Blueprint(__name__)
api = Api(bp, identity_authorize)


def _view(paper: Mapping[str, Any]) -> wire.CopyView:
    _, reference, component = paper["pk"].split("#")
    return wire.CopyView(
        id=f"{reference}.{component}",
        reference=reference,
        component=component,
        opened_at=said(paper["opened_at"]) or "",
        step=paper.get("step", "copied"),
    )


def _waiting(call: Call, kind: str) -> tuple[list[dict[str, Any]], str | None]:
    agency = call.principal.agency
    start = cursor_of(call.query.get("cursor", ""), WORKLIST, f"{agency}#{kind}")
    rows, last = Table().waiting(agency, kind, PAGE, start)
    return rows, cursor(last)


@api.route("GET", "/v1/copies", act="copy.list", answer=wire.CopyList, query=("cursor",))
def list_copies(call: Call) -> wire.CopyList:
    """List my agency's copies that wait for an officer's personal signature."""
    rows, following = _waiting(call, "sign_copy")
    return wire.CopyList(copies=[_view(r) for r in rows], next=following)


@api.route("POST", "/v1/copies/{copy}/signature", act="copy.sign", body=wire.SignCopy, answer=wire.CopyView, status=202)
def sign_copy(call: Call) -> wire.CopyView:
    """Sign a copy with my own personal signature, before anything is read from it."""
    return _view(digitisation().sign_copy(call.principal, call.path["copy"], call.key))


@api.route("GET", "/v1/drops/refused", act="copy.list", answer=wire.RefusedDrops, query=("cursor",))
def list_refused_drops(call: Call) -> wire.RefusedDrops:
    """List my agency's dropped files that became no component, each with its reason."""
    rows, following = _waiting(call, "refused")
    heads = (record.read_head(settings().messages_table, r["pk"]) for r in rows)
    found = [
        wire.RefusedDrop(key=h["key"], reason_code=h["reason_code"], reason=h[f"reason_{call.language}"])
        for h in heads
        if h
    ]
    return wire.RefusedDrops(drops=found, next=following)
