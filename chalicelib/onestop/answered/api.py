"""Routes of a supplement: what is asked until when, and the answer."""

from chalice import Blueprint

from chalicelib.contracts.event import heard
from chalicelib.contracts.lifecycle import SupplementObjected
from chalicelib.contracts.stored import typed
from chalicelib.dossier.asked import Asked, Override
from chalicelib.dossier.needs import DOSSIERS, KNOWN_FROM
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.forms import form as forms
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.law.states import DossierState
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.onestop import acts
from chalicelib.onestop.answered import wire
from chalicelib.onestop.changes.keyed import Asked as Asking
from chalicelib.onestop.changes.wiring import objections
from chalicelib.onestop.paths import dossier_in
from chalicelib.onestop.readings import reading_views
from chalicelib.onestop.related import state_view
from chalicelib.onestop.store import BUCKET
from chalicelib.onestop.supplement.answering import Given
from chalicelib.onestop.supplement.counter import Present
from chalicelib.onestop.supplement.targets import label
from chalicelib.onestop.wiring import answers
from chalicelib.sealing.door import unseal
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(DOSSIERS, KNOWN_FROM, LEDGERS, BUCKET, *SEALING),
    known_as=lambda who: as_enrolled(who, utc_now()),
)


@api.route("GET", "/v1/dossiers/{dossier}/supplement", act=acts.READ, answer=wire.SupplementView)
def read_supplement(call: Call) -> Reply:
    """Read what a dossier was asked to supplement: each thing in words, and until when."""
    dossier, asked = answers().look(call.principal, dossier_in(call))
    return Reply(_view(dossier, asked, call.principal), version=dossier.head.version)


@api.route(
    "POST",
    "/v1/dossiers/{dossier}/supplement",
    act=acts.ANSWER,
    body=wire.AnswerSupplement,
    answer=wire.AnsweredView,
    versioned=True,
)
def answer_supplement(call: Call) -> wire.AnsweredView:
    """Answer a supplement: what was asked is there, the dossier goes on; reception may take paper at the counter."""
    body: wire.AnswerSupplement = call.body
    at = body.at_counter
    present = Present(at.name, at.number, at.slip) if at else None
    given = Given(body.fields, call.key, call.raw, call.version, present)
    done = answers().answer(call.principal, dossier_in(call), given)
    return wire.AnsweredView(
        reference=done.reference,
        state=state_view(done.state),
        answered_at=said(done.answered_at) or "",
        due_at=said(done.due_at),
    )


@api.route(
    "POST", "/v1/dossiers/{dossier}/supplement/objection", act=acts.OBJECT, body=wire.Object, answer=wire.Objected
)
def object_to_supplement(call: Call) -> wire.Objected:
    """Object to what an officer entered at the counter; another officer answers, and no clock waits for it."""
    body: wire.Object = call.body
    done = objections().make(Asking(call.principal, dossier_in(call), call.key, call.raw), body.reason)
    told = typed(SupplementObjected, done.row.data, done.row.stored)
    return wire.Objected(
        reference=done.reference, objected_at=said(done.row.at) or "", answer_by=said(told.due_at) or ""
    )


def _view(dossier: Dossier, asked: Asked | None, who: Principal) -> wire.SupplementView:
    if asked is None:
        return _nothing(dossier)
    event, plan = asked.event, dossier.plan
    text = answers().dossiers.form(plan.procedure, plan.version) if asked.fields else None
    form = forms.read(text) if text else None
    came = {c.code for c in dossier.components if asked.came(c)}
    readings = reading_views(dossier, answers().dossiers.form) if asked.fields else []
    read = {each.pointer: each.read for paper in readings for each in paper.fields}
    items = []
    for each in asked.items:
        name_vi, name_en = label(each.target, plan, form)
        items.append(
            wire.AskedView(
                target=each.target,
                name_vi=name_vi,
                name_en=name_en,
                reason=each.reason,
                basis=each.basis,
                remedy=each.remedy,
                by=each.by,
                came=each.target in came,
                read=read.get(each.target),
            )
        )
    why = heard(Override, unseal(dossier.reference, event.override)) if event.override and who.agency else None
    return wire.SupplementView(
        reference=dossier.reference,
        state=state_view(dossier.head.state),
        is_open=dossier.head.state == DossierState.SUPPLEMENT_REQUESTED,
        number=event.paper,
        requested_at=said(asked.at) or "",
        requested_by=event.handler,
        agency=event.agency,
        answer_by=said(event.answer_by),
        items=items,
        override=why.reason if why else None,
    )


def _nothing(dossier: Dossier) -> wire.SupplementView:
    return wire.SupplementView(
        reference=dossier.reference,
        state=state_view(dossier.head.state),
        is_open=False,
        number=0,
        requested_at=None,
        requested_by=None,
        agency=dossier.head.agency,
        answer_by=None,
        items=[],
        override=None,
    )
