"""Routes of the submission."""

from chalice import Blueprint

from chalicelib.identity.authorizer import bearer
from chalicelib.kernel.clock import moment, utc_now
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.kernel.ids import unseal
from chalicelib.law.clock import ZONE
from chalicelib.submission.model import Draft, missing
from chalicelib.submission.service import MAX_UPLOAD_BYTES, Submissions
from chalicelib.submission.store import Table
from chalicelib.submission.wire import (
    Announce,
    DraftView,
    FieldProblem,
    FormBody,
    MissingView,
    OpenDraft,
    PresignedPost,
    Seal,
    SealLine,
    Submission,
    Submit,
    UploadTicket,
    UploadView,
)

bp = Blueprint(__name__)
api = Api(bp, bearer)
ACKNOWLEDGED = {
    "vi": "Hồ sơ đã được gửi thành công lúc {at}. Mã tham chiếu: {reference}.",
    "en": "Your dossier was received at {at}. Reference: {reference}.",
}


def submissions() -> Submissions:
    """The use cases over DynamoDB and S3."""
    return Submissions(Table(), utc_now)


def _view(draft: Draft, language: str) -> DraftView:
    broken = [
        FieldProblem(pointer=e["pointer"], rule=e["rule"], message=e[f"message_{language}"])
        for e in draft.form.get("errors", [])
    ]
    return DraftView(
        reference=draft.reference,
        procedure=draft.head["procedure"],
        procedure_version=draft.head["procedure_version"],
        agency=draft.head["agency"],
        status="draft" if draft.is_open else "submitted",
        form_version=draft.head["form_version"],
        form=unseal(draft.form["sealed"]) if draft.form else None,
        form_errors=broken,
        uploads=[
            UploadView(
                id=u["id"],
                component=u["component"],
                filename=u["filename"],
                status=u["status"],
                reason=u.get(f"reason_{language}"),
                reason_code=u.get("reason_code"),
            )
            for u in draft.uploads
        ],
        missing=[MissingView(code=c["code"], name_vi=c["name_vi"], name_en=c["name_en"]) for c in missing(draft)],
        expires_at=draft.head["expires_at"],
    )


@api.route("POST", "/v1/drafts", act="draft.open", body=OpenDraft, answer=DraftView, status=201)
def open_draft(call: Call) -> Reply:
    """Open a draft of a procedure before an agency."""
    body: OpenDraft = call.body
    draft = submissions().open(call.principal, body.procedure, body.agency, body.channel, call.key, call.raw)
    return Reply(
        _view(draft, call.language), version=draft.head["form_version"], location=f"/v1/drafts/{draft.reference}"
    )


@api.route("GET", "/v1/drafts/{reference}", act="draft.read", answer=DraftView)
def read_draft(call: Call) -> Reply:
    """Read a draft: the form, what is wrong in it, the uploads and what is missing."""
    draft = submissions().read(call.principal, call.path["reference"])
    return Reply(_view(draft, call.language), version=draft.head["form_version"])


@api.route("PUT", "/v1/drafts/{reference}/form", act="draft.change", body=FormBody, answer=DraftView)
def save_form(call: Call) -> Reply:
    """Save the form, complete or not; the answer names each field and rule that is still broken."""
    draft = submissions().save_form(call.principal, call.path["reference"], call.body.form, call.version)
    return Reply(_view(draft, call.language), version=draft.head["form_version"])


@api.route("POST", "/v1/drafts/{reference}/uploads", act="draft.change", body=Announce, answer=UploadTicket, status=201)
def announce_upload(call: Call) -> Reply:
    """Announce a file and get a presigned form for it; the file never passes through us."""
    wanted: Announce = call.body
    upload, post = submissions().announce(call.principal, call.path["reference"], wanted.model_dump(), call.key)
    return Reply(UploadTicket(id=upload, post=PresignedPost(**post), max_bytes=MAX_UPLOAD_BYTES))


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
