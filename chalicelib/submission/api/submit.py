"""The route that submits: a function of its own, which carries nothing that drafts need (docs/adr/0012)."""

from typing import Final

from chalice import Blueprint

from chalicelib.dossier.needs import DOSSIERS
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import moment
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.kernel.settings import SECRET
from chalicelib.law.clock import ZONE
from chalicelib.submission import acts
from chalicelib.submission.model import Beside, ReceivedComponent
from chalicelib.submission.store import BUCKET, PROCEDURES, REPRESENTATIONS, VAULTS
from chalicelib.submission.wire import submit as wire
from chalicelib.submission.wiring import submissions

bp = Blueprint(__name__)
api = Api(bp, identity_authorize, needs=(DOSSIERS, PROCEDURES, REPRESENTATIONS, VAULTS, BUCKET, SECRET))
ACKNOWLEDGED: Final = {
    "vi": "Hồ sơ đã được gửi thành công lúc {at}. Mã tham chiếu: {reference}.",
    "en": "Your dossier was received at {at}. Reference: {reference}.",
}


def _line(received: ReceivedComponent) -> wire.SealLine:
    line = received.line
    return wire.SealLine(
        id=line.id,
        code=line.code,
        filename=received.filename,
        key=line.key,
        version_id=line.version_id,
        size=line.size,
        sha256=line.sha256,
        media_type=line.media_type,
    )


@api.route("POST", "/v1/dossiers", act=acts.SUBMIT, body=wire.Submit, answer=wire.Submission, status=201)
def submit(call: Call) -> Reply:
    """Submit a draft: the answer carries the official reception time and the completeness seal."""
    body: wire.Submit = call.body
    beside = Beside(body.payer, body.quantity, body.value, body.capital)
    done = submissions().submit(call.principal, body.draft, call.key, call.raw, beside)
    local = moment(done.received_at).astimezone(ZONE)
    sentence = ACKNOWLEDGED[call.language].format(at=local.strftime("%d/%m/%Y %H:%M:%S"), reference=done.reference)
    view = wire.Submission(
        reference=done.reference,
        received_at=local.isoformat(timespec="milliseconds"),
        seal=wire.Seal(components=[_line(c) for c in done.components], sha256=done.seal_sha256),
        acknowledgement=sentence,
    )
    return Reply(view, location=f"/v1/dossiers/{done.reference}")
