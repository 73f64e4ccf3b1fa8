"""Routes of plans: what is issued is everybody's; drafts are for those who make them."""

from typing import Final

import msgspec
from chalice import Blueprint

from chalicelib.catalogue import acts
from chalicelib.catalogue.keeper import as_keeper
from chalicelib.catalogue.plans import wire
from chalicelib.catalogue.plans.published import Carried, Sought, Wanted, found
from chalicelib.catalogue.plans.service import Kept, PlanDraft
from chalicelib.catalogue.plans.views import (
    draft_view,
    plan_list,
    plan_view,
    service_detail,
    service_list,
    service_standing,
)
from chalicelib.catalogue.plans.wiring import planning, publication
from chalicelib.catalogue.settings import TABLE
from chalicelib.contracts.event import heard
from chalicelib.contracts.service_plans import PlanDecision
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.kernel.paging import offset_of
from chalicelib.kernel.settings import SECRET

bp = Blueprint(__name__)
api = Api(bp, identity_authorize, needs=(TABLE, DOSSIERS, SECRET), known_as=as_keeper)
PUBLIC: Final = "public, max-age=60"
PLAN: Final = "/v1/plans/{plan}"
DRAFTS: Final = "/v1/catalogue/plans"
DRAFT: Final = DRAFTS + "/{plan}"


@api.route(
    "GET", "/v1/plans", act=None, answer=wire.PlanList, query=wire.PlanQuery, cache=PUBLIC, sheet=wire.PlanSheet()
)
def list_plans(call: Call) -> Reply:
    """List the plans that were issued (Decree 137/2024 Art. 8(6))."""
    asked: wire.PlanQuery = call.asked
    return Reply(plan_list(publication().listed(_wanted(asked)), offset_of(asked.cursor)))


@api.route("GET", PLAN, act=None, answer=wire.PlanView, cache=PUBLIC)
def read_plan(call: Call) -> Reply:
    """Read a plan that was issued, and how many of its services are how far."""
    return Reply(plan_view(publication().read(_plan(call))))


@api.route(
    "GET",
    PLAN + "/services",
    act=None,
    answer=wire.PlannedServiceList,
    query=wire.PlannedServiceQuery,
    cache=PUBLIC,
    sheet=wire.PlannedServiceSheet(),
)
def list_planned_services(call: Call) -> Reply:
    """List the services of a plan beside what the catalogue offers today; `progress=late` lists what is overdue."""
    asked: wire.PlannedServiceQuery = call.asked
    sought = Sought(asked.progress, asked.owner, asked.quarter, asked.q)
    return Reply(service_list(publication().sought(_plan(call), sought), offset_of(asked.cursor)))


@api.route("GET", PLAN + "/services/{service}", act=None, answer=wire.PlannedServiceDetail, cache=PUBLIC)
def read_planned_service(call: Call) -> Reply:
    """Read a service of a plan with the dossiers that came of it by the three channels, in months that are over."""
    return Reply(service_detail(*publication().service(*_service(call))))


@api.route("GET", DRAFTS, act=acts.READ_PLAN, answer=wire.PlanList, query=wire.PlanQuery, sheet=wire.PlanSheet())
def list_plan_drafts(call: Call) -> Reply:
    """List the plans of my agency and those below it, issued or not."""
    asked: wire.PlanQuery = call.asked
    return Reply(plan_list(found(planning().listed(call.principal), _wanted(asked)), offset_of(asked.cursor)))


@api.route("POST", DRAFTS, act=acts.CHANGE_PLAN, body=wire.PlanBody, answer=wire.PlanDraftView, status=201)
def start_plan(call: Call) -> Reply:
    """Draft a plan, for my agency to issue or for one above it."""
    return _shown(planning().start(call.principal, _given(call.body), call.key))


@api.route("GET", DRAFT, act=acts.READ_PLAN, answer=wire.PlanDraftView)
def read_plan_draft(call: Call) -> Reply:
    """Read a plan of my agency or one below it, at any stage."""
    return _shown(planning().read(call.principal, _plan(call)))


@api.route("PUT", DRAFT, act=acts.CHANGE_PLAN, body=wire.PlanBody, answer=wire.PlanDraftView)
def save_plan(call: Call) -> Reply:
    """Keep a draft, whole; one that was reviewed is to be reviewed again."""
    return _shown(planning().save(call.principal, _plan(call), _given(call.body), call.version))


@api.route("PUT", DRAFT + "/review", act=acts.REVIEW_PLAN, body=wire.PlanReviewBody, answer=wire.PlanDraftView)
def review_plan(call: Call) -> Reply:
    """Say of a draft that it may be issued, or what is wrong with it."""
    said: wire.PlanReviewBody = call.body
    kept = planning().review(call.principal, _plan(call), said.note, call.version, accepted=said.accepted)
    return _shown(kept)


@api.route("PUT", DRAFT + "/issue", act=acts.ISSUE_PLAN, body=wire.PlanIssueBody, answer=wire.PlanDraftView)
def issue_plan(call: Call) -> Reply:
    """Issue a reviewed plan by a decision of my agency; from then on everybody reads it."""
    decision = PlanDecision(number=call.body.number, day=call.body.day.isoformat())
    return _shown(planning().issue(call.principal, _plan(call), decision, call.version))


@api.route(
    "PUT",
    DRAFT + "/services/{service}",
    act=acts.CHANGE_PLAN,
    body=wire.PlanProgressBody,
    answer=wire.PlannedServiceStanding,
)
def move_planned_service(call: Call) -> Reply:
    """Say how far a service of an issued plan is; done is what the catalogue offers, dropped has a reason."""
    plan, service = _service(call)
    kept = planning().move(call.principal, plan, service, (call.body.said, call.body.why), call.version)
    return Reply(service_standing(_carried(kept), service), version=kept.head.version)


class _Plan(msgspec.Struct, frozen=True):
    """What the path names: a plan, and a service of it."""

    plan: str
    service: str = ""


def _plan(call: Call) -> str:
    return msgspec.convert(call.path, _Plan).plan


def _service(call: Call) -> tuple[str, str]:
    named = msgspec.convert(call.path, _Plan)
    return named.plan, named.service


def _wanted(asked: wire.PlanQuery) -> Wanted:
    return Wanted(asked.issuer, asked.kind, asked.quarter, asked.status, asked.q)


def _given(body: wire.PlanBody) -> PlanDraft:
    return heard(PlanDraft, body.model_dump(mode="json"))


def _shown(kept: Kept) -> Reply:
    return Reply(draft_view(_carried(kept)), version=kept.head.version)


def _carried(kept: Kept) -> Carried:
    return publication().carried(kept.head, kept.plan)
