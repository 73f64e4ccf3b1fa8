"""Routes of the acts that change a dossier's course."""

from datetime import date, timedelta

import msgspec
from chalice import Blueprint

from chalicelib.contracts.stored import typed
from chalicelib.dossier.needs import DOSSIERS, KNOWN_FROM
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import ZONE, said, stamp, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.law import clock, packs
from chalicelib.law.policy import day_end
from chalicelib.onestop import acts
from chalicelib.onestop.changes import wire
from chalicelib.onestop.changes.keyed import Asked, Done
from chalicelib.onestop.changes.limits import Owed
from chalicelib.onestop.changes.payment import Paid
from chalicelib.onestop.changes.wiring import corrections, extensions, payments, upstream, withdrawals
from chalicelib.onestop.plain import require_reason, term_in
from chalicelib.onestop.related import state_view
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(DOSSIERS, KNOWN_FROM, *SEALING),
    known_as=lambda who: as_enrolled(who, utc_now()),
)


class _Facts(msgspec.Struct, frozen=True):
    """What an answer says of an event."""

    due_at: str | None = None
    waits_for: int = 0
    correction: str | None = None


def _asked(call: Call) -> Asked:
    (dossier,) = call.path.values()  # each of these paths names a dossier and nothing else
    return Asked(call.principal, dossier, call.key, call.raw)


def _answer(done: Done) -> wire.ActDone:
    row = done.row
    facts = typed(_Facts, row.data, row.stored)
    return wire.ActDone(
        reference=done.reference,
        number=row.number,
        at=said(row.at) or "",
        state=state_view(row.state) if row.state else None,
        due_at=said(facts.due_at),
        waits_for=facts.waits_for,
        correction=facts.correction,
    )


@api.route("POST", "/v1/dossiers/{dossier}/withdrawal", act=acts.WITHDRAW, body=wire.Withdraw, answer=wire.ActDone)
def withdraw(call: Call) -> wire.ActDone:
    """Ask to withdraw a dossier: the receiving unit stops it, unless a decision exists already."""
    body: wire.Withdraw = call.body
    return _answer(withdrawals().ask(_asked(call), body.reason))


@api.route(
    "POST",
    "/v1/dossiers/{dossier}/payment/request",
    act=acts.ASK_PAYMENT,
    body=wire.AskPayment,
    answer=wire.ActDone,
)
def ask_payment(call: Call) -> wire.ActDone:
    """Ask the applicant for a payment: the dossier waits, and its clock only where a law of the sector says so."""
    body: wire.AskPayment = call.body
    require_reason(body.reason)
    owed = Owed(body.amount, body.currency, body.reason, _end_of(body.pay_by) if body.pay_by else None)
    return _answer(payments().ask(_asked(call), owed))


@api.route(
    "POST", "/v1/dossiers/{dossier}/payment", act=acts.RECORD_PAYMENT, body=wire.RecordPayment, answer=wire.ActDone
)
def record_payment(call: Call) -> wire.ActDone:
    """Record that the applicant paid: the dossier goes on."""
    body: wire.RecordPayment = call.body
    return _answer(payments().record(_asked(call), Paid(body.proof, body.paid_by, body.transaction)))


@api.route(
    "POST",
    "/v1/dossiers/{dossier}/payment/confirmation",
    act=acts.CONFIRM_PAYMENT,
    body=wire.ConfirmPayment,
    answer=wire.ActDone,
)
def confirm_payment(call: Call) -> wire.ActDone:
    """Confirm, as a second officer, a payment that one alone asked for and recorded: the task `reconcile` ends."""
    return _answer(payments().confirm(_asked(call)))


@api.route("POST", "/v1/dossiers/{dossier}/extension", act=acts.EXTEND, body=wire.Extend, answer=wire.ActDone)
def extend(call: Call) -> wire.ActDone:
    """Apologise and give a dossier its one new date, at the latest one calendar day before it is due."""
    body: wire.Extend = call.body
    return _answer(
        extensions().extend(
            _asked(call), term_in(body.term, "/term", "Thời gian gia hạn", "How much longer"), body.reason
        )
    )


@api.route("POST", "/v1/dossiers/{dossier}/correction", act=acts.CORRECT, body=wire.Correct, answer=wire.ActDone)
def correct(call: Call) -> wire.ActDone:
    """Open a linked dossier that mends an officer's error in a returned result, at the agency's cost."""
    body: wire.Correct = call.body
    return _answer(corrections().open(_asked(call), body.reason))


@api.route(
    "POST", "/v1/dossiers/{dossier}/upstream", act=acts.SEND_UPSTREAM, body=wire.SendUpstream, answer=wire.ActDone
)
def send_upstream(call: Call) -> wire.ActDone:
    """Send a bundle's case back to the agency whose result is wrong: it is corrected there, and this dossier waits."""
    body: wire.SendUpstream = call.body
    return _answer(upstream().send(_asked(call), body.leg, body.reason))


def _end_of(day: date) -> str:
    """The end of a day that is not over, as that of a term, as a stored stamp. Raises BodyInvalid.

    Nor may it be farther away than the pack says (`payment.pay_by_days`: policy).
    """
    now = utc_now()
    today = now.astimezone(ZONE).date()
    rules = packs.pack_on(today).rules
    if day - today > timedelta(days=rules.payment_pay_by_days.value):
        vi, en = "Hạn nộp quá xa", "The last day to pay is too far away"
        raise BodyInvalid(fields=[FieldError("/pay_by", "payment.pay_by_days", vi, en)])
    end = clock.end_of(day.toordinal(), day_end(rules.term_day_end.value))
    if end < now:
        vi, en = "Hạn nộp phải từ hôm nay trở đi", "The last day to pay is today or later"
        raise BodyInvalid(fields=[FieldError("/pay_by", "past", vi, en)])
    return stamp(end)
