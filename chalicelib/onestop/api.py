"""Routes of dossiers and tasks."""

import contextlib
from datetime import datetime
from typing import Literal

import msgspec
from chalice import Blueprint
from msgspec.structs import replace

from chalicelib.contracts.event import told
from chalicelib.contracts.stored import Unreadable, typed
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.dossier import items
from chalicelib.dossier.acting import still_acts
from chalicelib.dossier.claims import Claim
from chalicelib.dossier.lists import Behind, DossierRow, TaskRow, behind, claims_on
from chalicelib.dossier.needs import DOSSIERS, KNOWN_FROM
from chalicelib.dossier.noticed import BESIDE, NoticeFacts
from chalicelib.dossier.people import co_holders_of, filer_of, holder_of
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.reused import Reused
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import moment, said, utc_now
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.kernel.problem import ContentErased
from chalicelib.law.states import DossierState
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.onestop import acts, costs, wire
from chalicelib.onestop.bundles.views import children_of
from chalicelib.onestop.counter_entry import entered_view
from chalicelib.onestop.dates import reckoned, term_of
from chalicelib.onestop.given import Given, SupplementGiven
from chalicelib.onestop.model import explained_due
from chalicelib.onestop.noticed import why
from chalicelib.onestop.paths import dossier_in, task_in
from chalicelib.onestop.readings import reading_views
from chalicelib.onestop.reception.views import paper_views
from chalicelib.onestop.related import StateView, Timeline, TimelineEntry, state_view
from chalicelib.onestop.store import BUCKET, IDENTITY, MESSAGES_BUCKET
from chalicelib.onestop.tasks.views import claim_view, task_view
from chalicelib.onestop.tasks.wiring import worklist
from chalicelib.onestop.tasks.worklist import Wanted
from chalicelib.onestop.terms import by_line, explained
from chalicelib.onestop.wiring import desk, duplicates, views
from chalicelib.sealing.door import is_sound, learn, unseal
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(DOSSIERS, KNOWN_FROM, LEDGERS, BUCKET, MESSAGES_BUCKET, IDENTITY, *SEALING),
    known_as=lambda who: as_enrolled(who, utc_now()),
)


def _state(code: int | None) -> StateView | None:
    """None for a draft, which has no state yet, and for an event that moves no state."""
    return state_view(code) if code else None


_WITHOUT_TASK = {
    DossierState.RESULT_RETURNED: "returned",
    DossierState.NOT_ACCEPTED: "refused",
    DossierState.STOPPED: "stopped",
}
"""What is said of a dossier in which nobody has to do anything; of any other its result is being made."""


def _holding(dossier: Dossier) -> wire.Holding:
    """Who holds a dossier since when: in every state somebody, and a time; `dossier` was read with its events."""
    head, task = dossier.head, dossier.open_task
    known = head.returned_at or (None if head.state in _WITHOUT_TASK else head.approved_at) or dossier.events[-1].at
    return wire.Holding(
        agency=task.agency if task else head.agency,
        office=dossier.plan.office.name,
        task=task.kind if task else _WITHOUT_TASK.get(DossierState(head.state), "result"),
        since=said(task.opened_at if task else known) or "",
        due_at=said(task.due_at if task else head.due_at),
    )


def _held_by(dossier: Dossier) -> wire.HeldBy:
    task = dossier.open_task
    claim = task.claim if task else None
    return wire.HeldBy(
        by="applicant" if task and task.kind in items.APPLICANTS else "agency",
        officer=claim.name if claim else None,
        officer_since=said(claim.at) if claim else None,
    )


def _task_row(
    row: TaskRow, found: Behind | None, who: Principal, now: datetime, claim: Claim | None = None
) -> wire.DeskTask:
    return wire.DeskTask(
        id=items.task_id(row.pk, row.leg, row.kind, row.round),
        reference=row.pk,
        dossier_code=row.dossier_code,
        procedure=row.procedure,
        kind=row.kind,
        status="open",
        opened_at=said(row.opened_at) or "",
        due_at=said(row.due_at) or "",
        procedure_name=found.procedure_name if found else None,
        applicant=_applicant(found.head, who) if found else None,
        late=moment(row.due_at) < now,
        claim=claim_view(claim),
    )


def _applicant(head: items.Head, who: Principal) -> str | None:
    """The name on a dossier, for who may see the dossier; one that is erased or cannot be read hides no other."""
    with contextlib.suppress(ContentErased, Unreadable):
        return _name_on(head) if views().may(who, acts.READ, head) else None
    return None


def _name_on(head: items.Head) -> str:
    return holder_of(head).name


def _with_sound_form(dossier: Dossier) -> Dossier:
    """The dossier, without a form that is not as it was sealed, which is named then."""
    if dossier.form is None or is_sound(dossier.reference, dossier.form.sealed):
        return dossier
    return replace(dossier, _form=None, unreadable=(*dossier.unreadable, f"{dossier.reference}/{Part.FORM}"))


def _filed_by(head: items.Head) -> wire.FiledBy | None:
    """Who files for the holder, by which representation, through which portal; None where the holder came alone."""
    filer = filer_of(head)
    if filer is None and head.portal is None:
        return None
    acting = head.acting
    return wire.FiledBy(
        name=filer.name if filer else None,
        representation=acting.under if acting else None,
        kind=acting.kind if acting else None,
        holds=still_acts(acting, utc_now()) if acting else None,
        portal=head.portal,
    )


def _dossier_row(row: DossierRow) -> wire.DossierRow:
    return wire.DossierRow(
        reference=row.pk,
        dossier_code=row.dossier_code,
        procedure=row.procedure,
        state=_state(row.state),
        due_at=said(row.due_at),
    )


def _component(item: items.Component) -> wire.ComponentView:
    digitisation = told(item.digitisation)
    if item.digitisation.converted_at:
        digitisation |= {"converted_at": said(item.digitisation.converted_at)}
    return wire.ComponentView(
        id=item.id,
        code=item.code,
        filename=item.filename,
        media_type=item.media_type,
        size=item.size,
        sha256=item.sha256,
        origin=item.origin,
        digitisation=digitisation,
        reused=_reused(item.reused) if item.reused else None,
        superseded_by=item.superseded_by,
    )


def _reused(reused: Reused) -> wire.ReusedView:
    return wire.ReusedView(
        document=reused.document,
        title=reused.title,
        issuer=reused.issuer,
        provenance=reused.provenance,
        fell_away=reused.fell_away,
    )


def _slip_row(row: items.Slip) -> wire.SlipRow:
    return wire.SlipRow(
        at=said(row.at) or "",
        due_at=said(row.due_at) or "",
        giver=row.giver,
        receiver=row.receiver,
        result=row.result,
        note=row.note,
    )


def given_of(body: wire.CompleteTask) -> Given:
    """What an officer says with an outcome."""
    asked = body.supplement
    supplement = msgspec.convert(asked.model_dump(), SupplementGiven) if asked else None
    return Given(
        outcome=body.outcome,
        note=body.note,
        supplement=supplement,
        reason=body.reason,
        basis=body.basis,
        authorisation=body.authorisation,
    )


@api.route("GET", "/v1/tasks", act=acts.LIST_TASKS, answer=wire.TaskList, query=wire.TaskQuery)
def list_tasks(call: Call) -> wire.TaskList:
    """List my agency's open tasks of every kind that my roles allow (receive, verify, approve), those due first."""
    asked: wire.TaskQuery = call.asked
    rows, following = worklist().page(call.principal, Wanted(**asked.model_dump(exclude_unset=True)))
    known, claims, now = behind({row.pk for row in rows}), claims_on(rows), utc_now()
    learn(known)
    shown = [_task_row(r, known.get(r.pk), call.principal, now, claims.get((r.pk, r.sk))) for r in rows]
    return wire.TaskList(tasks=shown, next=following)


@api.route("GET", "/v1/tasks/{task}", act=acts.LIST_TASKS, answer=wire.DeskTask)
def read_task(call: Call) -> wire.DeskTask:
    """Read one task of my agency, open or done, of a kind that my roles allow."""
    dossier, task = desk().task(call.principal, task_in(call))
    ended = moment(task.done_at) if task.done_at else utc_now()
    return wire.DeskTask(
        **task_view(dossier.reference, task).model_dump(),
        procedure_name=dossier.plan.name_vi,
        applicant=_applicant(dossier.head, call.principal) if task.is_open else None,
        late=moment(task.due_at) < ended,
    )


@api.route("POST", "/v1/tasks/{task}/complete", act=acts.LIST_TASKS, body=wire.CompleteTask, answer=wire.TaskView)
def complete_task(call: Call) -> wire.TaskView:
    """Complete a task: accept at reception, verify, approve; ask for a supplement; refuse with a reason."""
    body: wire.CompleteTask = call.body
    given = given_of(body)
    done = desk().complete(call.principal, task_in(call), given, call.key, call.raw)
    return task_view(done.reference, done.task)


@api.route("GET", "/v1/dossiers", act=acts.LIST, answer=wire.DossierList, query=("cursor",))
def list_dossiers(call: Call) -> wire.DossierList:
    """List my drafts and dossiers, the newest first: those that my level of identity opens."""
    rows, withheld, following = views().mine(call.principal, call.query.get("cursor", ""))
    return wire.DossierList(dossiers=[_dossier_row(r) for r in rows], withheld=withheld, next=following)


@api.route("GET", "/v1/dossiers/{dossier}", act=acts.READ, answer=wire.DossierView)
def read_dossier(call: Call) -> Reply:
    """Read a dossier by its reference or code: its state, who holds it until when, what was received."""
    dossier = _with_sound_form(views().view(call.principal, dossier_in(call)))
    head, form = dossier.head, dossier.form
    view = wire.DossierView(
        reference=dossier.reference,
        dossier_code=head.dossier_code,
        procedure=head.procedure,
        procedure_version=head.procedure_version,
        procedure_name=dossier.plan.name_vi,
        holder_name=_name_on(head),
        filed_by=_filed_by(head),
        co_holders=list(co_holders_of(head) or ()),
        service_channel=dossier.plan.service_channel,
        channel=head.channel,
        state=state_view(head.state),
        holding=_holding(dossier),
        held_by=_held_by(dossier),
        submitted_at=said(head.submitted_at) or "",
        accepted_at=said(head.accepted_at),
        due_at=said(head.due_at),
        form=unseal(head.pk, form.sealed) if form else {},
        components=[_component(c) for c in dossier.components],
        papers=paper_views(dossier),
        readings=reading_views(dossier, views().dossiers.form),
        receipt=f"RECEIPT.{head.dossier_code}" if head.dossier_code else None,
        results=[r.code for r in dossier.results],
        vault_document=head.vault_document,
        corrects=head.corrects,
        corrected_by=list(head.corrected_by or ()),
        parent=head.parent,
        leg=head.leg,
        waits_for=head.waits_for,
        children=children_of(views().dossiers, dossier),
        version=head.version,
        unreadable=list(dossier.unreadable),
    )
    return Reply(view, version=head.version)


@api.route("GET", "/v1/dossiers/{dossier}/components/{component}", act=acts.READ, answer=wire.FileLink)
def read_component(call: Call) -> wire.FileLink:
    """Get a link to a component's file, in the version that was checked and submitted."""
    found, url = views().file(call.principal, dossier_in(call), call.path["component"])
    return wire.FileLink(url=url, sha256=found.sha256, size=found.size, media_type=found.media_type)


@api.route("GET", "/v1/dossiers/{dossier}/duplicates", act=acts.DUPLICATES, answer=wire.DuplicateList)
def read_duplicates(call: Call) -> wire.DuplicateList:
    """List other open dossiers of the same holder and procedure, before reception accepts one more."""
    found = duplicates().of(call.principal, dossier_in(call))
    return wire.DuplicateList(
        dossiers=[
            wire.Duplicate(
                reference=head.pk,
                dossier_code=head.dossier_code,
                state=state_view(head.state),
                submitted_at=said(head.submitted_at) or "",
                due_at=said(head.due_at),
            )
            for head in found
        ]
    )


@api.route("GET", "/v1/dossiers/{dossier}/timeline", act=acts.READ, answer=Timeline)
def read_timeline(call: Call) -> Timeline:
    """Read a dossier's log, hash by hash."""
    dossier = views().read(call.principal, dossier_in(call), Part.EVENTS, as_far=True)
    entries = [
        TimelineEntry(number=e.number, type=e.type, at=said(e.at) or "", state=_state(e.state), hash=e.hash)
        for e in dossier.events
    ]
    return Timeline(
        reference=dossier.reference,
        unbroken=record.unbroken(dossier.events, dossier.head),
        events=entries,
        unreadable=list(dossier.unreadable),
    )


@api.route("GET", "/v1/dossiers/{dossier}/notices", act=acts.READ, answer=wire.NoticeList)
def read_notices(call: Call) -> wire.NoticeList:
    """Read the notices of a dossier: one a transition (Decree 224/2026 Art. 15(1)(g)), and what else moved."""
    dossier = views().page(call.principal, dossier_in(call), "notices", Part.EVENTS)
    found, state = list[wire.NoticeView](), int(DossierState.REGISTERED)
    for event in dossier.events:
        state = event.state or state
        if event.state is None and event.type not in BESIDE:
            continue
        facts = typed(NoticeFacts, event.data, event.stored)
        found.append(
            wire.NoticeView(
                at=said(event.at) or "",
                about="state" if event.state else BESIDE[event.type],
                state=state_view(state),
                agency=facts.agency or dossier.head.agency,
                handler=facts.handler,
                received_at=said(facts.received_at) or "",
                processed_at=said(facts.processed_at or event.at) or "",
                due_at=said(facts.due_at),
                reason=why(event, facts, dossier.head),
                entered=entered_view(dossier, event),
            )
        )
    is_there = dossier.head.erased_at is None
    return wire.NoticeList(
        holder_name=_name_on(dossier.head) if is_there else None,
        filed_by=_filed_by(dossier.head) if is_there else None,
        notices=found,
        unreadable=list(dossier.unreadable),
    )


@api.route("GET", "/v1/dossiers/{dossier}/slip", act=acts.READ, answer=wire.Slip)
def read_slip(call: Call) -> wire.Slip:
    """Read the control slip (form 06): who gave it to whom, and whether in time."""
    dossier = views().read(call.principal, dossier_in(call), Part.SLIPS, as_far=True)
    return wire.Slip(rows=[_slip_row(s) for s in dossier.slips])


@api.route("GET", "/v1/dossiers/{dossier}/fee", act=acts.READ, answer=costs.DossierFee)
def read_fee(call: Call) -> costs.DossierFee:
    """Read what a dossier costs: the fee line that it was filed under, and why; null where it names none."""
    dossier = views().read(call.principal, dossier_in(call), Part.EVENTS, as_far=True)
    submitted = dossier.first(DossierSubmitted)
    fee = submitted.fee if submitted else None
    return costs.DossierFee(
        reference=dossier.reference,
        submitted_at=said(dossier.head.submitted_at) or "",
        fee=costs.FiledFee.model_validate(msgspec.to_builtins(fee)) if fee else None,
    )


@api.route("GET", "/v1/dossiers/{dossier}/due", act=acts.READ, answer=wire.DueView)
def read_due(call: Call) -> wire.DueView:
    """Explain the due date: each day and interval that counted or did not, the readings taken, the clauses."""
    dossier = views().read(call.principal, dossier_in(call), Part.CLOCK, Part.PLAN, as_far=True)
    head, term, line = dossier.head, dossier.plan.term, dossier.head.term_line
    language: Literal["vi", "en"] = "en" if call.language == "en" else "vi"
    return wire.DueView(
        due_at=said(head.due_at) or "",
        erased_at=said(head.erased_at),
        rule_pack=head.rule_pack or "",
        explanation=msgspec.to_builtins(explained_due(head, by_line(term, line), dossier.clock).explain(language)),
        line=msgspec.to_builtins(explained(term, line, language)),
        clock=msgspec.to_builtins(reckoned(head, term_of(dossier), dossier.clock).explain(language)),
    )
