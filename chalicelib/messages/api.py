"""Routes of signed documents."""

from base64 import b64decode
from hashlib import sha256

from chalice import Blueprint

from chalicelib.dossier.needs import DOSSIERS, KNOWN_FROM
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import FILE, Api, Call
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.kernel.settings import SECRET
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.messages.acts import READ, REGISTER, SLIP, WITHDRAW
from chalicelib.messages.inquiry import SAID, Told, standing_of
from chalicelib.messages.model import Message
from chalicelib.messages.settings import BUCKET, TABLE
from chalicelib.messages.statement import claimed_in
from chalicelib.messages.verdict import ORIGINS
from chalicelib.messages.views import PAGE
from chalicelib.messages.wire import (
    CheckFile,
    DecideWithdrawal,
    MessageView,
    Ordered,
    OrderPrint,
    OrderRegister,
    OrderSlip,
    PageQuery,
    RecallReasonView,
    SentFile,
    SignatureView,
    Verification,
    VerificationQuery,
    WaitingWithdrawal,
    Withdraw,
    WithdrawalList,
    WithdrawalView,
)
from chalicelib.messages.wiring import orders, print_orders, reader, withdrawals

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(TABLE, DOSSIERS, KNOWN_FROM, LEDGERS, BUCKET, SECRET),
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


@api.route("POST", "/v1/messages/{message}/prints", act=READ, body=OrderPrint, answer=Ordered, status=202)
def order_print(call: Call) -> Ordered:
    """Order the print view of a document that I may read: one paper while the document stays as it is."""
    return Ordered(message=print_orders().order(call.principal, call.path["message"]))


@api.route("POST", "/v1/messages/{message}/withdrawal", act=WITHDRAW, body=Withdraw, answer=WithdrawalView)
def withdraw_message(call: Call) -> WithdrawalView:
    """Propose that a document which my agency signed be withdrawn: another leader confirms it, and it stands till then.

    A later proposal stands in the place of the one before.
    """
    body: Withdraw = call.body
    return _withdrawal(withdrawals().propose(call.principal, call.path["message"], body.decision, body.reason))


@api.route(
    "POST",
    "/v1/messages/{message}/withdrawal/confirmation",
    act=WITHDRAW,
    body=DecideWithdrawal,
    answer=WithdrawalView,
)
def decide_withdrawal(call: Call) -> WithdrawalView:
    """Confirm or decline the withdrawal of a document, as another leader of its agency or as one of the agency above.

    Its file stays, whoever asks about it is told, and so is its owner. Whoever proposed it may decline it.
    """
    body: DecideWithdrawal = call.body
    confirms = body.verdict == "confirm"
    return _withdrawal(withdrawals().decide(call.principal, call.path["message"], body.proposal, confirms=confirms))


@api.route("GET", "/v1/withdrawals", act=WITHDRAW, answer=WithdrawalList)
def list_withdrawals(call: Call) -> WithdrawalList:
    """List the withdrawals that wait for a second leader of my agency, or of mine as the agency above."""
    rows = [
        WaitingWithdrawal(
            message=each.message,
            reference=each.reference,
            agency=each.agency,
            title=each.title,
            proposal=each.number,
            proposed_at=said(each.at) or "",
            decision=each.decision,
            reason=RecallReasonView.of(each.reason),
        )
        for each in withdrawals().waiting(call.principal)
    ]
    return WithdrawalList(withdrawals=rows)


def _withdrawal(found: Message) -> WithdrawalView:
    recall = found.recall
    return WithdrawalView(
        message=found.message,
        decision=found.decision or (recall.decision if recall else ""),
        reason=RecallReasonView.of(recall.reason) if recall else None,
        proposal=recall.number if recall else None,
        proposed_at=said(recall.at) if recall else None,
        above=recall.above if recall else None,
        declined_at=said(recall.declined_at) if recall else None,
        withdrawn_at=said(found.withdrawn_at),
    )


@api.route("GET", "/v1/verifications/{lookup}", act=None, answer=Verification, query=VerificationQuery, page=PAGE)
def verify_message(call: Call) -> Verification:
    """Look up a document by the look-up code on it, or by its code and SHA-256. Nothing of what it says."""
    return _told(reader().registered(call.path["lookup"], call.asked.sha256))


@api.route(
    "POST",
    "/v1/verifications/{lookup}",
    act=None,
    body=SentFile,
    answer=Verification,
    query=PageQuery,
    takes=FILE,
    page=PAGE,
)
def compare_file(call: Call) -> Verification:
    """Compare a file with the document of a look-up code: the form of the page, for browsers without scripts."""
    sent: SentFile = call.body
    found = reader().registered(call.path["lookup"]).paper
    return _told(Told(found, standing_of(found, sha256(sent.file).hexdigest())))


@api.route("POST", "/v1/verifications", act=None, body=CheckFile, answer=Verification)
def verify_file(call: Call) -> Verification:
    """Check a file by its SHA-256, or a small file itself, which nobody opens or keeps. Nothing of what it says."""
    asked: CheckFile = call.body
    digest, claimed = _digest(asked)
    return _told(reader().checked(digest, asked.lookup or claimed))


def _digest(asked: CheckFile) -> tuple[str, str]:
    """The SHA-256 of what was sent, and the look-up code that it claims. Raises BodyInvalid."""
    if (asked.sha256 is None) == (asked.file is None):
        rule = "missing" if asked.file is None else "one_of"
        raise BodyInvalid(
            fields=[FieldError("/sha256", rule, "Gửi `sha256` hoặc `file`", "Send either `sha256` or `file`")]
        )
    if asked.file is None:
        return asked.sha256 or "", ""
    try:
        file = b64decode(asked.file, validate=True)
    except ValueError:
        raise BodyInvalid(fields=[FieldError("/file", "base64", "Không phải Base64", "Not Base64")]) from None
    claimed = claimed_in(file)
    return sha256(file).hexdigest(), claimed.lookup if claimed else ""


def _told(told: Told) -> Verification:
    paper, (vietnamese, english) = told.paper, SAID[told.standing]
    return Verification(
        standing=told.standing,
        said_vi=vietnamese,
        said_en=english,
        message=paper.message,
        title=paper.title,
        agency=paper.agency,
        agency_name=paper.agency_name,
        sha256=paper.sha256,
        size=paper.size,
        signed_at=said(paper.signed_at) or "",
        origin=(ORIGINS.get(paper.kind, "native") if paper.kind else None),
        signatures=[SignatureView(kind=each.kind, name=each.name) for each in paper.signed_by],
        data_attached=paper.attached,
        owner_compared=(paper.compared or "not_compared") if paper.kind == "conversion" else None,
        earlier=list(paper.earlier),
        withdrawn_at=said(paper.withdrawn_at),
        decision=paper.decision,
    )
