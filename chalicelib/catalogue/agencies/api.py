"""Routes of agencies and outages: everybody reads, an administrator keeps."""

from typing import Any

from chalice import Blueprint

from chalicelib.catalogue.agencies import wire
from chalicelib.catalogue.agencies.model import is_within
from chalicelib.catalogue.agencies.wiring import administration
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import said
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.kernel.paging import PAGE, cursor, cursor_of
from chalicelib.kernel.problem import NotAllowed
from chalicelib.law.codes import BadCode, agency_id

bp = Blueprint(__name__)
api = Api(bp, identity_authorize)
PUBLIC = "public, max-age=60"
LIST = "AGENCIES"


@api.route("GET", "/v1/agencies", act=None, answer=wire.AgencyList, query=wire.AgencyQuery, cache=PUBLIC)
def list_agencies(call: Call) -> Reply:
    """List the agencies by identifier."""
    found, last = administration().page(cursor_of(call.asked.cursor, ("pk", "sk"), LIST), PAGE)
    shown = [wire.AgencyRow(id=a["id"], name=a["name"], place=a["place"]) for a in found]
    return Reply(wire.AgencyList(agencies=shown, next=cursor(last)))


@api.route("GET", "/v1/agencies/{agency}", act=None, answer=wire.AgencyView, cache=PUBLIC)
def read_agency(call: Call) -> Reply:
    """Read an agency: its name of today, its names over time, what it decides."""
    agency, version = administration().read(call.path["agency"])
    return Reply(wire.AgencyView(**agency), version=version)


def require_below(who: Principal, agency: str) -> None:
    """Raise NotAllowed for an agency that is neither the administrator's own nor below it."""
    try:
        known = agency_id(agency)
    except BadCode:
        return  # no agency at all: the rules of identifiers answer
    if not is_within(known, who.agency):
        raise NotAllowed(act="agency.change")


@api.route("PUT", "/v1/agencies/{agency}", act="agency.change", body=wire.AgencyBody, answer=wire.AgencyView)
def keep_agency(call: Call) -> Reply:
    """Keep an agency, whole; a new one has version 0. The tree is checked: parent, cycle, overlap, identifier."""
    require_below(call.principal, call.path["agency"])
    entries = [entry.model_dump() for entry in call.body.entries]
    agency, version, warnings = administration().keep(
        call.principal.subject, call.path["agency"], entries, call.version
    )
    told = [w.en if call.language == "en" else w.vi for w in warnings]
    return Reply(wire.AgencyView(**agency, warnings=told), version=version)


def _outage(outage: dict[str, Any]) -> wire.OutageView:
    times = {name: said(outage[name]) for name in ("starts_at", "ends_at", "announced_at")}
    return wire.OutageView(**{**outage, **times})


@api.route("GET", "/v1/outages", act=None, answer=wire.OutageList, cache=PUBLIC)
def list_outages(_call: Call) -> Reply:
    """List the outages that are not over."""
    return Reply(wire.OutageList(outages=[_outage(dict(o)) for o in administration().outages()]))


@api.route("POST", "/v1/outages", act="outage.announce", body=wire.OutageBody, answer=wire.OutageView, status=201)
def announce_outage(call: Call) -> Reply:
    """Announce an outage: a planned one seven working days ahead (Decree 224/2026 Art. 13)."""
    outage = administration().announce(call.principal, call.body.model_dump(mode="json"), call.key)
    return Reply(_outage(outage))
