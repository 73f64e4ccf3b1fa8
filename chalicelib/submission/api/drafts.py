"""Routes of drafts: their form, their uploads, what is still missing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from chalice import Blueprint

from chalicelib.contracts.event import heard
from chalicelib.contracts.plan import PlannedComponent, PlannedCondition
from chalicelib.contracts.stored import typed
from chalicelib.contracts.submission import DraftPinnedAnew
from chalicelib.dossier.broken_rules import FieldProblem, FieldSaid
from chalicelib.dossier.demanded import demanded, missing
from chalicelib.dossier.holding import CoHolder, Named
from chalicelib.dossier.items import Upload
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.reused import Reused
from chalicelib.forms.form import plain
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.allowances import LIMITS
from chalicelib.kernel.clock import said
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.sealing.door import unseal
from chalicelib.sealing.table import SEALING
from chalicelib.submission import acts
from chalicelib.submission.model import (
    MAX_UPLOAD_BYTES,
    Announcement,
    Came,
    same_bytes,
    spared,
    undecided,
)
from chalicelib.submission.ports import PostForm
from chalicelib.submission.store import BUCKET, DRAFT_DAYS, PLANS_BY_HASH, REPRESENTATIONS, VAULTS
from chalicelib.submission.wire import drafts as wire
from chalicelib.submission.wiring import holders, renewals, reuses, submissions, supplements

if TYPE_CHECKING:
    from chalicelib.forms.prefill import Prefilled
    from chalicelib.submission.prefilling import FromPaper

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(DOSSIERS, REPRESENTATIONS, VAULTS, BUCKET, *SEALING, DRAFT_DAYS, PLANS_BY_HASH, LIMITS),
)


def broken_rules(problems: Sequence[FieldProblem], language: str) -> list[wire.FieldProblem]:
    """What is said of broken rules, in one language; an earlier release kept the messages without their parts."""
    return [_problem(problem, language) for problem in problems]


def _problem(problem: FieldProblem, language: str) -> wire.FieldProblem:
    in_english = language == "en"
    said = (problem.en if in_english else problem.vi) or FieldSaid(field="")
    return wire.FieldProblem(
        pointer=problem.pointer,
        rule=problem.rule,
        message=problem.message_en if in_english else problem.message_vi,
        field=said.field,
        example=said.example,
        way_out=said.way_out,
    )


def _upload(upload: Upload, language: str, same_as: str | None) -> wire.UploadView:
    return wire.UploadView(
        id=upload.id,
        component=upload.component,
        filename=upload.filename,
        status=upload.status,
        reason=upload.reason_en if language == "en" else upload.reason_vi,
        reason_code=upload.reason_code,
        same_as=same_as,
    )


def _referred(code: str, reused: Reused) -> wire.ReferredView:
    return wire.ReferredView(
        component=code,
        document=reused.document,
        title=reused.title,
        issuer=reused.issuer,
        provenance=reused.provenance,
    )


def _component(component: PlannedComponent) -> wire.MissingView:
    return wire.MissingView(code=component.code, name_vi=component.name_vi, name_en=component.name_en)


def _spared(component: PlannedComponent, condition: PlannedCondition) -> wire.SparedView:
    named = dict(_component(component))
    return wire.SparedView(**named, why_vi=condition.spared_vi, why_en=condition.spared_en, cites=condition.cites)


def _holder(draft: Dossier, holder: CoHolder) -> wire.HolderView:
    named = heard(Named, unseal(draft.reference, holder.sealed))
    is_current = bool(holder.confirmed_at) and holder.form_sha256 == draft.head.form_sha256
    return wire.HolderView(name=named.name, confirmed_at=said(holder.confirmed_at), is_current=is_current)


_NOT_ASKED: Final = {"vi": "Phiên bản hiện hành không hỏi mục này", "en": "The version in force does not ask for it"}
_UNFIT: Final = {
    "vi": "Phiên bản hiện hành không nhận giá trị này",
    "en": "The version in force refuses this value",
}


def _renewed(draft: Dossier, language: str) -> wire.RenewedView | None:
    """What became of the draft when it was last taken over into another version."""
    rows = [row for row in draft.events if row.type == DraftPinnedAnew.type]
    event = typed(DraftPinnedAnew, rows[-1].data, rows[-1].stored) if rows else None
    if event is None or event.former_version is None:
        return None
    values = unseal(draft.reference, event.sealed) if event.sealed else {}
    told = [
        wire.LeftOutView(
            field=each.field,
            component=each.component,
            rule=each.why,
            message=(_NOT_ASKED if each.why == "not_asked" else _UNFIT)[language],
            value=values.get(each.field) if each.field else None,
        )
        for each in event.left_out
    ]
    return wire.RenewedView(
        from_version=event.former_version,
        to_version=event.procedure_version,
        at=said(rows[-1].at) or "",
        left_out=told,
    )


def _named(call: Call) -> str:
    """The reference of the draft that the path names."""
    return call.path["reference"]


def _view(draft: Dossier, language: str) -> wire.DraftView:
    head, plan, form, twins = draft.head, draft.plan, draft.form, same_bytes(draft)
    waiting = undecided(draft)
    return wire.DraftView(
        reference=draft.reference,
        procedure=head.procedure,
        procedure_version=head.procedure_version,
        agency=head.agency,
        service_channel=plan.service_channel,
        acts_for=head.acting.under if head.acting else None,
        co_holders=[_holder(draft, each) for each in head.co_holders or ()],
        status="draft" if head.is_draft else "submitted",
        form_version=head.form_version,
        form=unseal(draft.reference, form.sealed) if form else None,
        form_errors=broken_rules(form.errors if form else (), language),
        form_warnings=broken_rules(form.warnings if form else (), language),
        hidden=list(form.hidden) if form else [],
        online=wire.LevelNotice(level=plan.level, notice_vi=plan.notice_vi, notice_en=plan.notice_en),
        uploads=[_upload(u, language, twins.get(u.id)) for u in draft.uploads],
        documents=[_referred(c.code, c.reused) for c in draft.components if c.reused],
        papers=[_component(c) for c in demanded(draft) if c not in waiting],
        undecided=[_component(c) for c in waiting],
        not_needed=[_spared(*each) for each in spared(draft)],
        missing=[_component(c) for c in missing(draft)],
        renewed=_renewed(draft, language),
        expires_at=said(submissions().expires_at(draft)),
    )


@api.route("POST", "/v1/drafts", act=acts.OPEN, body=wire.OpenDraft, answer=wire.DraftView, status=201)
def open_draft(call: Call) -> Reply:
    """Open a draft of a procedure before an agency, for oneself or by a representation."""
    body: wire.OpenDraft = call.body
    came = Came(body.channel, body.service_channel, body.acts_for)
    draft = submissions().open(call.principal, body.procedure, body.agency, came, call.key, call.raw)
    return Reply(_view(draft, call.language), version=draft.head.form_version, location=f"/v1/drafts/{draft.reference}")


@api.route("GET", "/v1/drafts/{reference}", act=acts.READ, answer=wire.DraftView)
def read_draft(call: Call) -> Reply:
    """Read a draft: the form, what is wrong in it, the uploads and what is missing."""
    draft = submissions().read(call.principal, _named(call))
    return Reply(_view(draft, call.language), version=draft.head.form_version)


@api.route("GET", "/v1/drafts/{reference}/form", act=acts.READ, answer=wire.DraftForm)
def read_draft_form(call: Call) -> Reply:
    """Read the form that the draft is filled in by, with what a database or a digitised paper of it says already."""
    known = submissions().form(call.principal, _named(call))
    prefilled = [_prefilled(each) for each in known.prefilled]
    return Reply(
        wire.DraftForm(
            document=plain(known.document), prefilled=prefilled + [_from_paper(p) for p in known.from_papers]
        )
    )


def _prefilled(known: "Prefilled") -> wire.PrefilledView:
    return wire.PrefilledView(pointer=known.pointer, value=known.value, source=known.source, clause=known.clause)


def _from_paper(known: "FromPaper") -> wire.PrefilledView:
    looked = known.looked
    read = wire.ReadOn(
        component=known.component,
        field=known.prefilled.field,
        confirmed_by=list(looked.by) if looked else [],
        confirmed_at=said(looked.at) if looked else None,
    )
    return _prefilled(known.prefilled).model_copy(update={"read_on": read})


@api.route("PUT", "/v1/drafts/{reference}/form", act=acts.CHANGE, body=wire.FormBody, answer=wire.DraftView)
def save_form(call: Call) -> Reply:
    """Save the form, complete or not; the answer names each field and rule that is still broken."""
    body: wire.FormBody = call.body
    draft = submissions().save_form(call.principal, _named(call), body.form, call.version)
    return Reply(_view(draft, call.language), version=draft.head.form_version)


@api.route(
    "POST",
    "/v1/drafts/{reference}/renewal",
    act=acts.CHANGE,
    body=wire.RenewDraft,
    answer=wire.DraftView,
)
def renew_draft(call: Call) -> Reply:
    """Take a draft whose version is closed over into the one in force: what fits stays, `renewed` names the rest."""
    draft = renewals().renew(call.principal, _named(call))
    return Reply(_view(draft, call.language), version=draft.head.form_version)


@api.route(
    "POST",
    "/v1/drafts/{reference}/holders",
    act=acts.NAME_HOLDER,
    body=wire.NameHolder,
    answer=wire.DraftView,
)
def name_holder(call: Call) -> Reply:
    """Name somebody who holds the dossier together with me; they confirm it with their own identity."""
    body: wire.NameHolder = call.body
    named = Named(name=body.name, personal_id=body.personal_id)
    draft = holders().name(call.principal, _named(call), named)
    return Reply(_view(draft, call.language), version=draft.head.form_version)


@api.route(
    "POST",
    "/v1/drafts/{reference}/holders/confirmation",
    act=acts.CONFIRM_HOLDING,
    body=wire.ConfirmHolding,
    answer=wire.Confirmed,
)
def confirm_holding(call: Call) -> wire.Confirmed:
    """Confirm that I hold the dossier too, as its form stands now."""
    holders().confirm(call.principal, _named(call))
    return wire.Confirmed(reference=_named(call), holder_name=call.principal.name)


@api.route(
    "POST",
    "/v1/drafts/{reference}/uploads",
    act=acts.CHANGE,
    body=wire.Announce,
    answer=wire.UploadTicket,
    status=201,
)
def announce_upload(call: Call) -> Reply:
    """Announce a file and get a presigned form for it; the file never passes through us."""
    body: wire.Announce = call.body
    wanted = Announcement(body.component, body.filename, body.media_type, body.size)
    return _ticket(*submissions().announce(call.principal, _named(call), wanted, call.key))


@api.route(
    "POST",
    "/v1/drafts/{reference}/documents",
    act=acts.REUSE,
    body=wire.ReferDocument,
    answer=wire.DraftView,
)
def refer_document(call: Call) -> Reply:
    """Satisfy a component by a document of my vault: nothing is uploaded that is held already."""
    body: wire.ReferDocument = call.body
    draft = reuses().refer(call.principal, _named(call), body.component, body.document)
    return Reply(_view(draft, call.language), version=draft.head.form_version)


@api.route(
    "POST",
    "/v1/dossiers/{dossier}/uploads",
    act=acts.SUPPLEMENT,
    body=wire.Announce,
    answer=wire.UploadTicket,
    status=201,
)
def announce_supplement(call: Call) -> Reply:
    """Announce a file for a supplement that was asked for, and get a presigned form for it."""
    body: wire.Announce = call.body
    wanted = Announcement(body.component, body.filename, body.media_type, body.size)
    return _ticket(*supplements().announce(call.principal, call.path["dossier"], wanted, call.key))


def _ticket(upload: str, post: PostForm) -> Reply:
    form = wire.PresignedPost(url=post.url, fields=dict(post.fields))
    return Reply(wire.UploadTicket(id=upload, post=form, max_bytes=MAX_UPLOAD_BYTES))
