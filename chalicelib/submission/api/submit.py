"""The route that submits: a function of its own, which carries nothing that drafts need (docs/adr/0012)."""

from chalice import Blueprint

from chalicelib.kernel.clock import moment
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.law.clock import ZONE
from chalicelib.submission.api import identity_authorize, submissions
from chalicelib.submission.wire import Seal, SealLine, Submission, Submit

bp = Blueprint(__name__)
api = Api(bp, identity_authorize)
ACKNOWLEDGED = {
    "vi": "Hồ sơ đã được gửi thành công lúc {at}. Mã tham chiếu: {reference}.",
    "en": "Your dossier was received at {at}. Reference: {reference}.",
}


@api.route("POST", "/v1/dossiers", act="dossier.submit", body=Submit, answer=Submission, status=201)
def submit(call: Call) -> Reply:
    """Submit a draft: the answer carries the official reception time and the completeness seal."""
    done = submissions().submit(call.principal, call.body.draft, call.key, call.raw)
    local = moment(done.received_at).astimezone(ZONE)
    sentence = ACKNOWLEDGED[call.language].format(at=local.strftime("%d/%m/%Y %H:%M:%S"), reference=done.reference)
    view = Submission(
        reference=done.reference,
        received_at=local.isoformat(timespec="milliseconds"),
        seal=Seal(components=[SealLine(**c) for c in done.components], sha256=done.seal_sha256),
        acknowledgement=sentence,
    )
    return Reply(view, location=f"/v1/dossiers/{done.reference}")
