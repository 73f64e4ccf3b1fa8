"""Routes of guidance on restructuring: for those who keep procedures, and those above them."""

from typing import Final

from chalice import Blueprint

from chalicelib.catalogue import acts
from chalicelib.catalogue.guidance import wire
from chalicelib.catalogue.guidance.items import Ended
from chalicelib.catalogue.guidance.service import GuidanceDraft, Sought, Standing
from chalicelib.catalogue.guidance.wiring import guiding
from chalicelib.catalogue.keeper import as_keeper
from chalicelib.catalogue.settings import TABLE
from chalicelib.contracts.event import heard
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.kernel.settings import SECRET

bp = Blueprint(__name__)
api = Api(bp, identity_authorize, needs=(TABLE, DOSSIERS, SECRET), known_as=as_keeper)
ALL: Final = "/v1/catalogue/guidance"
ONE: Final = ALL + "/{guidance}"


@api.route("GET", ALL, act=acts.READ_GUIDANCE, answer=wire.GuidanceList, query=wire.GuidanceQuery)
def list_guidance(call: Call) -> wire.GuidanceList:
    """List the guidance to my agency and those below it; `progress=late` lists what is overdue."""
    asked: wire.GuidanceQuery = call.asked
    sought = Sought(asked.progress, asked.owner, asked.procedure)
    found, following = guiding().listed(call.principal, sought, asked.cursor)
    return wire.GuidanceList(guidance=[_view(each) for each in found], next=following)


@api.route("POST", ALL, act=acts.GIVE_GUIDANCE, body=wire.GuidanceBody, answer=wire.GuidanceView, status=201)
def give_guidance(call: Call) -> Reply:
    """Give guidance on a procedure of my agency or one below it: what is to change, until when."""
    return _shown(guiding().give(call.principal, heard(GuidanceDraft, call.body.model_dump(mode="json")), call.key))


@api.route("GET", ONE, act=acts.READ_GUIDANCE, answer=wire.GuidanceView)
def read_guidance(call: Call) -> Reply:
    """Read guidance with how far it is, who said so and when."""
    return _shown(guiding().read(call.principal, call.path["guidance"]))


@api.route("PUT", ONE + "/end", act=acts.END_GUIDANCE, body=wire.GuidanceEndBody, answer=wire.GuidanceView)
def end_guidance(call: Call) -> Reply:
    """Say that guidance is carried out by a published version that is in force, or drop it with a reason."""
    told: wire.GuidanceEndBody = call.body
    given = (told.said, told.done_by, told.why)
    return _shown(guiding().end(call.principal, call.path["guidance"], given, call.version))


def _shown(each: Standing) -> Reply:
    return Reply(_view(each), version=each.version)


def _view(each: Standing) -> wire.GuidanceView:
    given, ended = each.guidance, each.ended
    return wire.GuidanceView(
        id=given.id,
        issuer=given.issuer,
        given_to=given.owner,
        owner=each.keeper,
        procedure=given.procedure,
        component=given.component,
        text_vi=given.text_vi,
        text_en=given.text_en,
        basis=given.basis,
        due=given.due,
        given_at=said(each.given_at) or "",
        progress=each.progress.value,
        ended=_ended(ended) if ended else None,
        version=each.version,
    )


def _ended(ended: Ended) -> wire.GuidanceEndedView:
    at = said(ended.at) or ""
    return wire.GuidanceEndedView(said=ended.said, name=ended.name, at=at, done_by=ended.done_by, why=ended.why)
