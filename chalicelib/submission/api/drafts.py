"""Routes of drafts: their form, their uploads, what is still missing."""

from collections.abc import Mapping, Sequence

from chalice import Blueprint

from chalicelib.forms.form import plain
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.kernel.ids import unseal
from chalicelib.submission.api import identity_authorize, submissions
from chalicelib.submission.model import Draft, missing
from chalicelib.submission.service import MAX_UPLOAD_BYTES
from chalicelib.submission.wire import (
    Announce,
    DraftForm,
    DraftView,
    FieldProblem,
    FormBody,
    LevelNotice,
    MissingView,
    OpenDraft,
    PrefilledView,
    PresignedPost,
    UploadTicket,
    UploadView,
)

bp = Blueprint(__name__)
api = Api(bp, identity_authorize)


def _told(problems: Sequence[Mapping[str, str]], language: str) -> list[FieldProblem]:
    return [FieldProblem(pointer=p["pointer"], rule=p["rule"], message=p[f"message_{language}"]) for p in problems]


def _view(draft: Draft, language: str) -> DraftView:
    return DraftView(
        reference=draft.reference,
        procedure=draft.head["procedure"],
        procedure_version=draft.head["procedure_version"],
        agency=draft.head["agency"],
        status="draft" if draft.is_open else "submitted",
        form_version=draft.head["form_version"],
        form=unseal(draft.form["sealed"]) if draft.form else None,
        form_errors=_told(draft.form.get("errors", ()), language),
        form_warnings=_told(draft.form.get("warnings", ()), language),
        hidden=draft.form.get("hidden", []),
        online=LevelNotice(**{k: draft.plan[k] for k in ("level", "notice_vi", "notice_en")}),
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


@api.route("GET", "/v1/drafts/{reference}/form", act="draft.read", answer=DraftForm)
def read_draft_form(call: Call) -> Reply:
    """Read the form that the draft is filled in by, with what a database or the vault holds already."""
    form, known = submissions().form(call.principal, call.path["reference"])
    prefilled = [PrefilledView(pointer=p.pointer, value=p.value, source=p.source, clause=p.clause) for p in known]
    return Reply(DraftForm(document=plain(form), prefilled=prefilled))


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
