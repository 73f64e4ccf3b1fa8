"""Routes by which an owner puts documents of their own into their vault, and erases them."""

from chalice import Blueprint

from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.access import reaches
from chalicelib.kernel.allowances import LIMITS
from chalicelib.kernel.clock import said, stamp, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.kernel.settings import SECRET
from chalicelib.vault import acts
from chalicelib.vault.api import quota_view
from chalicelib.vault.quota import MOST_BYTES, MOST_DOCUMENTS
from chalicelib.vault.store import INTAKE, TABLE
from chalicelib.vault.uploads import wire
from chalicelib.vault.uploads.model import OwnUpload, Said
from chalicelib.vault.uploads.wiring import uploading

bp = Blueprint(__name__)
api = Api(bp, identity_authorize, needs=(TABLE, INTAKE, SECRET, MOST_BYTES, MOST_DOCUMENTS, LIMITS))


def _view(upload: OwnUpload, language: str) -> wire.OwnUploadView:
    return wire.OwnUploadView(
        id=upload.id,
        title=upload.title,
        size=upload.size,
        standing=upload.standing(stamp(utc_now())),
        announced_at=said(upload.announced_at) or "",
        until=said(upload.until) or "",
        reason_code=upload.reason_code,
        reason=upload.reason(language),
    )


@api.route(
    "POST",
    "/v1/vault/uploads",
    act=acts.UPLOAD,
    body=wire.AnnounceOwnUpload,
    answer=wire.OwnUploadTicket,
    status=201,
)
def announce_own_upload(call: Call) -> wire.OwnUploadTicket:
    """Announce a file of my own and get a presigned form for it; the file never passes through us."""
    upload, post = uploading().announce(call.principal, _wanted(call.body), call.key)
    form = wire.OwnPost(url=post.url, fields=dict(post.fields))
    return wire.OwnUploadTicket(upload=_view(upload, call.language), post=form, max_bytes=upload.size)


def _wanted(body: wire.AnnounceOwnUpload) -> Said:
    """What an owner says of a file. Raises BodyInvalid for a validity that ends before it begins."""
    if body.issued_on and body.valid_until and body.valid_until < body.issued_on:
        vi, en = "Phải từ `issued_on` trở đi", "Must not be before `issued_on`"
        raise BodyInvalid(fields=[FieldError("/valid_until", "not_before", vi, en)])
    return Said(
        title=body.title,
        media_type=body.media_type,
        size=body.size,
        kind=body.kind,
        number=body.number,
        issued_on=body.issued_on.isoformat() if body.issued_on else None,
        valid_until=body.valid_until.isoformat() if body.valid_until else None,
    )


@api.route("GET", "/v1/vault/uploads", act=acts.UPLOAD, answer=wire.OwnUploadList, query=wire.OwnUploadQuery)
def list_own_uploads(call: Call) -> wire.OwnUploadList:
    """List what I uploaded myself and what became of it, and how much room is taken."""
    asked: wire.OwnUploadQuery = call.asked
    page, used = uploading().uploads(call.principal, asked.cursor)
    shown = [each for each in page.uploads if reaches(call.principal, each.min_level)]
    return wire.OwnUploadList(
        uploads=[_view(each, call.language) for each in shown],
        withheld=len(page.uploads) - len(shown),
        next=page.following,
        quota=quota_view(used),
    )


@api.route(
    "POST",
    "/v1/vault/documents/{document}/erasure",
    act=acts.ERASE,
    body=wire.EraseDocument,
    answer=wire.ErasedDocument,
)
def erase_document(call: Call) -> wire.ErasedDocument:
    """Erase a document that I uploaded myself; its room is free at once, and the log says that it was erased."""
    (document,) = call.path.values()
    return wire.ErasedDocument(id=document, quota=quota_view(uploading().erase(call.principal, document)))
