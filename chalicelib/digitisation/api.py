"""Routes of the scanning desk."""

from typing import TYPE_CHECKING

from chalice import Blueprint

from chalicelib.digitisation import (
    acts,
    refusals,  # noqa: F401 - pages are made of the refusals that the application loads
    wire,
)
from chalicelib.digitisation.drops import Drop
from chalicelib.digitisation.fence import without_hand
from chalicelib.digitisation.model import Limits
from chalicelib.digitisation.paper import Paper
from chalicelib.digitisation.settings import INTAKE_BUCKET, MESSAGES_BUCKET, MESSAGES_TABLE
from chalicelib.digitisation.wiring import desk, scanning, triage
from chalicelib.dossier.needs import DOSSIERS, KNOWN_FROM
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.sealing.table import SEALING

if TYPE_CHECKING:
    from chalicelib.digitisation.desk import Signed
    from chalicelib.digitisation.ports import PostForm

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(DOSSIERS, KNOWN_FROM, MESSAGES_TABLE, MESSAGES_BUCKET, INTAKE_BUCKET, LEDGERS, *SEALING),
    known_as=lambda who: as_enrolled(who, utc_now()),
)


def _copy(call: Call) -> str:
    """What the path calls the copy."""
    return call.path["copy"]


@api.route("GET", "/v1/copies", act=acts.LIST, answer=wire.CopyList, query=("cursor",))
def list_copies(call: Call) -> wire.CopyList:
    """List my agency's copies that wait for an officer's personal signature."""
    copies, following = desk().waiting(call.principal, call.query.get("cursor", ""))
    return wire.CopyList(copies=[_view(c, call.language) for c in copies], next=following)


@api.route("POST", "/v1/copies/{copy}/signature", act=acts.SIGN, body=wire.SignCopy, answer=wire.CopyView, status=202)
def sign_copy(call: Call) -> wire.CopyView:
    """Sign a copy with my own personal signature, before anything is read from it."""
    return _view(desk().sign_copy(call.principal, _copy(call), call.key), call.language)


@api.route("POST", "/v1/copies/signatures", act=acts.SIGN, body=wire.SignCopies, answer=wire.CopyVerdicts, status=202)
def sign_copies(call: Call) -> wire.CopyVerdicts:
    """Sign each of some copies with my own personal signature; one that cannot be signed stops no other."""
    body: wire.SignCopies = call.body
    found = [_verdict(each, call.language) for each in desk().sign_copies(call.principal, body.copies, call.key)]
    done = sum(each.done for each in found)
    return wire.CopyVerdicts(done=done, refused=len(found) - done, verdicts=found)


@api.route("GET", "/v1/copies/{copy}", act=acts.READ, answer=wire.CopyDetail)
def read_copy(call: Call) -> wire.CopyDetail:
    """Read one paper of my agency's desk: what it is, how far it is, and what was read of it."""
    paper, found = triage().look(call.principal, _copy(call))
    fields = (
        [wire.ReadField(name=f.name, label=f.label, value=f.value, needs_review=f.needs_review) for f in found.fields]
        if found
        else None
    )
    return wire.CopyDetail(
        **_view(paper, call.language).model_dump(),
        code=paper.code,
        filename=paper.scan.filename,
        media_type=paper.scan.media_type,
        pages=paper.scan.pages,
        sha256=paper.scan.sha256,
        fields=fields,
    )


@api.route("GET", "/v1/copies/{copy}/file", act=acts.READ, answer=wire.CopyFileLink)
def read_copy_file(call: Call) -> wire.CopyFileLink:
    """Get a link to the copy that waits to be signed: look at it before you say that it is whole and exact."""
    return wire.CopyFileLink(url=triage().file(call.principal, _copy(call), "copy"))


@api.route("GET", "/v1/copies/{copy}/original", act=acts.READ, answer=wire.CopyFileLink)
def read_copy_original(call: Call) -> wire.CopyFileLink:
    """Get a link to the scan as it was dropped."""
    return wire.CopyFileLink(url=triage().file(call.principal, _copy(call), "original"))


@api.route("POST", "/v1/copies/{copy}/rejection", act=acts.REJECT, body=wire.RejectCopy, answer=wire.CopyView)
def reject_copy(call: Call) -> wire.CopyView:
    """Reject a paper that cannot stay in its dossier, with a reason; a secret one goes when a second person does."""
    body: wire.RejectCopy = call.body
    paper = triage().reject(call.principal, _copy(call), body.reason, body.note, call.key)
    return _view(paper, call.language)


@api.route(
    "POST", "/v1/copies/{copy}/rejection/decline", act=acts.REJECT, body=wire.DeclineSecrecy, answer=wire.CopyView
)
def decline_rejection(call: Call) -> wire.CopyView:
    """Say that a paper which a colleague takes for a secret one is none, or that I was wrong."""
    return _view(triage().decline(call.principal, _copy(call)), call.language)


@api.route("POST", "/v1/copies/{copy}/sorting", act=acts.SORT, body=wire.SortCopy, answer=wire.CopyView)
def sort_copy(call: Call) -> wire.CopyView:
    """Say which component of the procedure a paper is."""
    body: wire.SortCopy = call.body
    return _view(triage().sort(call.principal, _copy(call), body.component), call.language)


@api.route("POST", "/v1/drops", act=acts.DROP, body=wire.DropFile, answer=wire.DropTicket, status=201)
def drop_file(call: Call) -> wire.DropTicket:
    """Get a presigned form for one file of my agency's scanner; the file never passes through us."""
    body: wire.DropFile = call.body
    if body.archive and body.dossier:
        vi, en = "Chọn hồ sơ hoặc kho lưu trữ", "A dossier or an archive"
        raise BodyInvalid(fields=[FieldError("/archive", "one_of", vi, en)])
    if body.result and not body.dossier:
        raise BodyInvalid(fields=[FieldError("/dossier", "required", "Cần nêu hồ sơ", "Name the dossier")])
    post = _admitted(call.principal, body, call.key)
    form = wire.DropForm(url=post.url, fields=dict(post.fields))
    return wire.DropTicket(post=form, key=without_hand(post.key), max_bytes=Limits().max_bytes)


@api.route("GET", "/v1/drops", act=acts.LIST, answer=wire.Drops, query=wire.DropQuery)
def list_drops(call: Call) -> wire.Drops:
    """List my agency's dropped objects with one verdict: refused, taken, or refused and acknowledged."""
    asked: wire.DropQuery = call.asked
    drops, following = scanning().listed(call.principal, asked.verdict, asked.cursor)
    return wire.Drops(drops=[_drop(drop, call.language) for drop in drops], next=following)


@api.route(
    "POST", "/v1/drops/{drop}/acknowledgement", act=acts.ACKNOWLEDGE, body=wire.Acknowledge, answer=wire.DropView
)
def acknowledge_drop(call: Call) -> wire.DropView:
    """Say that I have seen to a refused drop: it leaves the list of those that are refused."""
    return _drop(scanning().acknowledge(call.principal, call.path["drop"]), call.language)


def _admitted(who: Principal, body: wire.DropFile, key: str) -> "PostForm":
    if body.archive:
        return scanning().admit_archived(who, body.archive, body.filename, body.media_type)
    admit = scanning().admit_result if body.result else scanning().admit
    return admit(who, body.dossier, body.filename, body.media_type, key)


def _drop(drop: Drop, language: str) -> wire.DropView:
    return wire.DropView(
        id=drop.id,
        key=without_hand(drop.key),
        verdict=drop.kind,
        at=said(drop.wl_sk) or "",
        size=drop.size,
        reason_code=drop.reason_code,
        reason=drop.reason(language),
        reference=drop.reference,
        component=drop.component,
        same_as=drop.same_as,
        acknowledged_by=drop.acknowledged_by,
    )


def _verdict(signed: "Signed", language: str) -> wire.CopyVerdict:
    row = signed.refusal.row if signed.refusal else None
    return wire.CopyVerdict(
        id=signed.copy,
        done=signed.paper is not None,
        step=signed.paper.step if signed.paper else None,
        refusal=row.code if row else None,
        title=(row.title_en if language == "en" else row.title_vi) if row else None,
    )


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
        secrecy=_secrecy(copy),
    )


def _secrecy(copy: Paper) -> wire.SecrecyView | None:
    found = copy.secrecy
    return wire.SecrecyView(by=found.by, at=said(found.at) or "", note=found.note) if found else None
