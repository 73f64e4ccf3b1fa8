"""Routes of the acts that change a dossier's course."""

import msgspec
from chalice import Blueprint

from chalicelib.contracts.stored import typed
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.onestop import acts
from chalicelib.onestop.api import state_view
from chalicelib.onestop.changes import wire
from chalicelib.onestop.changes.keyed import Asked, Done
from chalicelib.onestop.changes.wiring import withdrawals
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(DOSSIERS, *SEALING),
    known_as=lambda who: as_enrolled(who, utc_now()),
)


class _Facts(msgspec.Struct, frozen=True):
    """What an answer says of an event."""

    due_at: str | None = None
    waits_for: int = 0


def _asked(call: Call) -> Asked:
    return Asked(call.principal, call.path["dossier"], call.key, call.raw)


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
    )


@api.route("POST", "/v1/dossiers/{dossier}/withdrawal", act=acts.WITHDRAW, body=wire.Withdraw, answer=wire.ActDone)
def withdraw(call: Call) -> wire.ActDone:
    """Ask to withdraw a dossier: the receiving unit stops it, unless a decision exists already."""
    body: wire.Withdraw = call.body
    return _answer(withdrawals().ask(_asked(call), body.reason))
