"""Routes of the draft of a result: look at it, confirm it or correct it."""

import msgspec
from chalice import Blueprint

from chalicelib.contracts.stored import typed
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.kernel.words import is_reason
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.onestop import acts
from chalicelib.onestop.changes.keyed import Asked
from chalicelib.onestop.changes.wire import ActDone
from chalicelib.onestop.paths import dossier_in
from chalicelib.onestop.previewing import wire
from chalicelib.onestop.previewing.wiring import confirmations, preview_links
from chalicelib.onestop.store import IDENTITY, MESSAGES_BUCKET
from chalicelib.onestop.wire import FileLink
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(DOSSIERS, LEDGERS, MESSAGES_BUCKET, IDENTITY, *SEALING),
    known_as=lambda who: as_enrolled(who, utc_now()),
)


class _Due(msgspec.Struct, frozen=True):
    due_at: str | None = None


@api.route("GET", "/v1/dossiers/{dossier}/preview", act=acts.READ, answer=FileLink)
def read_preview(call: Call) -> FileLink:
    """Get a link to the draft of the result: unsigned, and it says so across its page."""
    draft, url = preview_links().link(call.principal, dossier_in(call))
    return FileLink(url=url, sha256=draft.sha256, size=draft.size, media_type="application/pdf")


@api.route(
    "POST", "/v1/dossiers/{dossier}/confirmation", act=acts.CONFIRM_PREVIEW, body=wire.ConfirmPreview, answer=ActDone
)
def confirm_preview(call: Call) -> ActDone:
    """Confirm the draft of the result, or say what is wrong in it: then the dossier is verified again."""
    body: wire.ConfirmPreview = call.body
    asked = Asked(call.principal, dossier_in(call), call.key, call.raw)
    _require_one(body)
    done = confirmations().confirm(asked) if body.confirmed else confirmations().correct(asked, body.corrections)
    facts = typed(_Due, done.row.data, done.row.stored)
    return ActDone(
        reference=done.reference,
        number=done.row.number,
        at=said(done.row.at) or "",
        state=None,
        due_at=said(facts.due_at),
    )


def _require_one(body: wire.ConfirmPreview) -> None:
    """Raise BodyInvalid unless the draft is confirmed or corrected, and each correction is in words."""
    if body.confirmed == bool(body.corrections):
        vi, en = "Xác nhận, hoặc nêu nội dung cần sửa", "Confirm it, or say what is to be corrected"
        raise BodyInvalid(fields=[FieldError("/confirmed", "one_of", vi, en)])
    vi, en = "Ghi rõ bằng lời nội dung cần sửa", "Say in words what is to be corrected"
    unclear = [n for n, each in enumerate(body.corrections) if not is_reason(each)]
    if unclear:
        raise BodyInvalid(fields=[FieldError(f"/corrections/{n}", "plain_words", vi, en) for n in unclear])
