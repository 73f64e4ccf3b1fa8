"""Routes of agencies that work on one dossier: their parts, and the opinions that they ask for."""

from chalice import Blueprint

from chalicelib.dossier.items import task_id
from chalicelib.dossier.needs import DOSSIERS, KNOWN_FROM
from chalicelib.dossier.reading import Part
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.onestop import acts
from chalicelib.onestop.coordination import wire
from chalicelib.onestop.coordination.asking import Question
from chalicelib.onestop.coordination.consultations import Consultation, consultations
from chalicelib.onestop.coordination.views import legs_view
from chalicelib.onestop.coordination.wiring import asking, reading
from chalicelib.onestop.paths import dossier_in, task_in
from chalicelib.onestop.store import IDENTITY
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(DOSSIERS, KNOWN_FROM, LEDGERS, IDENTITY, *SEALING),
    known_as=lambda who: as_enrolled(who, utc_now()),
)


def _view(reference: str, found: Consultation) -> wire.ConsultationView:
    return wire.ConsultationView(
        task=task_id(reference, found.leg, "consult", found.round),
        leg=found.leg,
        asks=found.asks,
        agency=found.agency,
        content=found.content,
        asked_at=said(found.asked_at) or "",
        due_at=said(found.due_at) or "",
        outcome=found.outcome,
        opinion=found.opinion,
        answered_at=said(found.answered_at),
    )


@api.route(
    "POST",
    "/v1/tasks/{task}/consultations",
    act=acts.CONSULT,
    body=wire.AskOpinion,
    answer=wire.ConsultationView,
    status=201,
)
def ask_opinion(call: Call) -> wire.ConsultationView:
    """Ask an agency for its opinion on a dossier that I verify or approve: content and deadline."""
    body: wire.AskOpinion = call.body
    question = Question(body.agency, body.content, body.deadline)
    done = asking().ask(call.principal, task_in(call), question, call.key, call.raw)
    dossier = reading(call.principal, done.reference, "consultations", Part.EVENTS)
    return _view(done.reference, next(c for c in consultations(dossier) if c.asked_at == done.row.at))


@api.route("GET", "/v1/dossiers/{dossier}/consultations", act=acts.READ_LEGS, answer=wire.ConsultationList)
def list_consultations(call: Call) -> wire.ConsultationList:
    """List what agencies were asked about a dossier and what they answered; for its agencies alone."""
    dossier = reading(call.principal, dossier_in(call), "consultations", Part.EVENTS)
    return wire.ConsultationList(consultations=[_view(dossier.reference, each) for each in consultations(dossier)])


@api.route("GET", "/v1/dossiers/{dossier}/legs", act=acts.READ_LEGS, answer=wire.LegList)
def list_legs(call: Call) -> wire.LegList:
    """List the agencies' parts of a dossier: who leads, how far each is, what it answered and why."""
    dossier = reading(call.principal, dossier_in(call), "legs", Part.EVENTS, Part.LEGS, Part.PLAN, Part.TASKS)
    return legs_view(dossier)
