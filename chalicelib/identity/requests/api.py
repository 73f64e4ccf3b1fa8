"""Routes of requests about personal data: of who asks, and of whom they ask."""

from collections.abc import Callable, Mapping
from typing import Final

from chalice import Blueprint

from chalicelib.dossier.needs import DOSSIERS, KNOWN_FROM
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity import acts
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.identity.requests import wire
from chalicelib.identity.requests.model import Asked, DataRequestHead, rules_of
from chalicelib.identity.requests.notices import Notice
from chalicelib.identity.requests.service import Order, said_of, words_of
from chalicelib.identity.requests.wiring import data_requests
from chalicelib.identity.settings import TABLE
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.sealing.door import learn
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(TABLE, DOSSIERS, KNOWN_FROM, LEDGERS, *SEALING),
    known_as=lambda who: as_enrolled(who, utc_now()),
)
MINE: Final = "/v1/me/data/requests"
ALL: Final = "/v1/data/requests"
ONE: Final = f"{ALL}/{{request}}"
SEE: Final[Mapping[str, tuple[str, ...]]] = {
    "view": ("/v1/vault/documents", "/v1/vault/history"),
    "provide": ("/v1/vault/takeouts",),
    "withdraw_consent": ("/v1/vault/grants",),
    "delete": ("/v1/vault/uploads",),
}
"""Where a person sees, or does by themselves, what this installation can do about a request of a kind."""


def _order(call: Call) -> Order:
    return Order(call.principal, call.key, call.raw)


def _view(head: DataRequestHead, asked: Asked | None = None) -> wire.DataRequestView:
    """`asked` says who asks, in which words: none for the list of an agency and the answer to an act."""
    why, end = said_of(head, head.extended), said_of(head, head.ended)
    return wire.DataRequestView(
        id=head.id,
        kind=head.kind,
        agency=head.agency,
        progress=head.state,
        name=asked.name if asked else None,
        words=asked.words if asked else None,
        asked_at=said(head.asked_at) or "",
        answer_by=said(head.answer_by) or "",
        answered_at=said(head.answered_at),
        act_by=said(head.act_by) or "",
        extended_at=said(head.extended_at),
        extended_why=why.reason if why else None,
        extended_by=why.officer or None if why else None,
        ended_at=said(head.ended_at),
        ended_why=end.reason if end else None,
        ended_by=end.officer or None if end else None,
        basis=end.basis or None if end else None,
        due_soon=head.is_due_soon(rules_of(head, utc_now()), utc_now()),
        overdue=head.is_overdue(utc_now()),
        passed_act_by=said(head.passed_act_by),
        erased_at=said(head.erased_at),
        see=list(SEE.get(head.kind, ())),
    )


def _whole(head: DataRequestHead) -> wire.DataRequestView:
    """With who asks and their words: for themselves, and for an officer whose look stands on the ledger."""
    return _view(head, words_of(head))


def _notice(notice: Notice) -> wire.DataRequestNotice:
    vi, en = notice.told
    return wire.DataRequestNotice(
        about=notice.about,
        agency=notice.agency,
        handler=notice.handler,
        received_at=said(notice.received_at) or "",
        processed_at=said(notice.processed_at) or "",
        due_at=said(notice.due_at),
        reason=notice.reason or None,
        basis=notice.basis or None,
        told_vi=vi,
        told_en=en,
    )


def _listed(
    heads: list[DataRequestHead], following: str | None, view: Callable[[DataRequestHead], wire.DataRequestView]
) -> wire.DataRequestList:
    learn([each.id for each in heads])
    return wire.DataRequestList(requests=[view(each) for each in heads], next=following)


def _named(call: Call) -> str:
    return call.path["request"]


@api.route("POST", MINE, act=acts.ASK_DATA, body=wire.AskData, answer=wire.DataRequestView, status=201)
def ask_about_data(call: Call) -> wire.DataRequestView:
    """Ask an agency about my own data; the answer says by when it has to answer and to act."""
    body: wire.AskData = call.body
    asked = data_requests().ask(_order(call), body.kind, body.agency, body.words, own_files=body.own_files)
    return _whole(asked)


@api.route("GET", MINE, act=acts.READ_DATA, answer=wire.DataRequestList, query=("cursor",))
def list_my_data_requests(call: Call) -> wire.DataRequestList:
    """List my requests about my own data, the newest first."""
    return _listed(*data_requests().mine(call.principal, call.query.get("cursor", "")), _whole)


@api.route("GET", f"{MINE}/{{request}}", act=acts.READ_DATA, answer=wire.DataRequestView)
def read_my_data_request(call: Call) -> wire.DataRequestView:
    """Read a request of mine: how far it is, what was said."""
    return _whole(data_requests().read(call.principal, _named(call)))


@api.route("GET", f"{MINE}/{{request}}/notices", act=acts.READ_DATA, answer=wire.DataRequestNoticeList)
def read_data_request_notices(call: Call) -> wire.DataRequestNoticeList:
    """Read the notices of a request of mine: what the agency did, who, when, why, and by when what follows is due."""
    found = data_requests().notices(call.principal, _named(call))
    return wire.DataRequestNoticeList(notices=[_notice(each) for each in found])


@api.route("GET", ALL, act=acts.ANSWER_DATA, answer=wire.DataRequestList, query=("cursor",))
def list_data_requests(call: Call) -> wire.DataRequestList:
    """List the requests about personal data that my agency owes something, those due first; without who asks."""
    return _listed(*data_requests().owed(call.principal, call.query.get("cursor", "")), _view)


@api.route("GET", ONE, act=acts.ANSWER_DATA, answer=wire.DataRequestView)
def read_data_request(call: Call) -> wire.DataRequestView:
    """Read a request to my agency: the ledger of who asked says so."""
    return _whole(data_requests().read_requested(call.principal, _named(call)))


@api.route("POST", f"{ONE}/answer", act=acts.ANSWER_DATA, body=wire.AnswerData, answer=wire.DataRequestView)
def answer_data_request(call: Call) -> wire.DataRequestView:
    """Tell who asked that my agency acts on it."""
    return _view(data_requests().answer(_order(call), _named(call)))


@api.route("POST", f"{ONE}/extension", act=acts.ANSWER_DATA, body=wire.ExtendData, answer=wire.DataRequestView)
def extend_data_request(call: Call) -> wire.DataRequestView:
    """Extend the time to act on a request, once and with reasons."""
    return _view(data_requests().extend(_order(call), _named(call), call.body.reason))


@api.route("POST", f"{ONE}/decision", act=acts.ANSWER_DATA, body=wire.EndData, answer=wire.DataRequestView)
def end_data_request(call: Call) -> wire.DataRequestView:
    """Say that a request was acted on, or refuse it with a reason and its basis in law."""
    body: wire.EndData = call.body
    if body.outcome == "refused" and not body.basis.strip():
        vi, en = "Từ chối thì phải nêu căn cứ pháp lý", "A refusal names its basis in law"
        raise BodyInvalid(fields=[FieldError("/basis", "basis_of_refusal", vi, en)])
    return _view(data_requests().end(_order(call), _named(call), body.outcome, body.reason, body.basis))
