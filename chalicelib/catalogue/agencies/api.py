"""Routes of agencies and outages: everybody reads, an administrator keeps."""

from collections.abc import Sequence
from typing import Final

import msgspec
from chalice import Blueprint

from chalicelib.catalogue import acts
from chalicelib.catalogue.agencies import wire
from chalicelib.catalogue.agencies.items import CHANGES, COUNTER_CHANGES, LIST, ListedChange, ListedCounterChange
from chalicelib.catalogue.agencies.model import expires_at
from chalicelib.catalogue.agencies.proposals import is_others
from chalicelib.catalogue.agencies.service import Announcement, Move, is_to_confirm
from chalicelib.catalogue.agencies.wiring import administration, counters
from chalicelib.catalogue.keeper import as_keeper
from chalicelib.catalogue.settings import TABLE
from chalicelib.contracts.catalogue import Agency, AgencyEntry, Counter, CounterEntry, Outage
from chalicelib.contracts.event import heard
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import said, stamp
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.kernel.paging import PAGE, cursor, cursor_of
from chalicelib.kernel.problem import NotAllowed
from chalicelib.kernel.settings import SECRET
from chalicelib.law import outages
from chalicelib.law.codes import BadCode, agency_id, is_within

bp = Blueprint(__name__)
api = Api(bp, identity_authorize, needs=(TABLE, DOSSIERS, SECRET), known_as=as_keeper)
PUBLIC: Final = "public, max-age=60"
OUTAGE: Final = "/v1/outages/{outage}"


def _agency(call: Call) -> str:
    return call.path["agency"]


def _view(agency: Agency, warnings: Sequence[str] = (), waits: wire.AgencyChange | None = None) -> wire.AgencyView:
    confirmed = [each.valid_from for each in agency.entries if each.one_officer_by]
    told = {"warnings": list(warnings), "one_officer_confirmed": confirmed, "waits": waits}
    return wire.AgencyView.model_validate({**msgspec.to_builtins(agency), **told})


def _change(change: ListedChange, who: Principal) -> wire.AgencyChange:
    decided = said(change.decided_at) if change.decided_at else None
    told = {
        "is_in_force": decided is not None,
        "at": said(change.at),
        "decided_at": decided,
        "expires_at": None if decided else said(stamp(expires_at(change.at))),
        "yours_to_confirm": is_to_confirm(change, who),
    }
    return wire.AgencyChange.model_validate({**msgspec.to_builtins(change), **told})


@api.route("GET", "/v1/agencies", act=None, answer=wire.AgencyList, query=wire.AgencyQuery, cache=PUBLIC)
def list_agencies(call: Call) -> Reply:
    """List the agencies by identifier."""
    found, last = administration().page(cursor_of(call.asked.cursor, ("pk", "sk"), LIST), PAGE)
    shown = [wire.AgencyRow(id=a.id, name=a.name, place=a.place) for a in found]
    return Reply(wire.AgencyList(agencies=shown, next=cursor(last)))


@api.route("GET", "/v1/agencies/{agency}", act=None, answer=wire.AgencyView, cache=PUBLIC)
def read_agency(call: Call) -> Reply:
    """Read an agency: its name of today, its names over time, what it decides."""
    agency, version = administration().read(_agency(call))
    return Reply(_view(agency), version=version)


def require_below(who: Principal, agency: str, act: str = acts.CHANGE_AGENCY) -> None:
    """Raise NotAllowed for an agency that is neither the officer's own nor below it."""
    try:
        known = agency_id(agency)
    except BadCode:
        return  # no agency at all: the rules of identifiers answer
    if not is_within(known, who.agency):
        raise NotAllowed(act=act)


@api.route("PUT", "/v1/agencies/{agency}", act=acts.CHANGE_AGENCY, body=wire.AgencyBody, answer=wire.AgencyView)
def keep_agency(call: Call) -> Reply:
    """Keep an agency, whole; a new one has version 0. The tree is checked: parent, cycle, overlap, identifier.

    What ends or shortens it, or gives it other successors, another parent, or something else to decide on or receive,
    waits until a second administrator, of an agency above, sends the same.
    """
    agency, body, who = _agency(call), call.body, call.principal
    require_below(who, agency)
    entries = [heard(AgencyEntry, {**entry.model_dump(), "id": agency}) for entry in body.entries]
    kept = administration().keep(who, agency, entries, call.version)
    warnings = [w.en if call.language == "en" else w.vi for w in kept.warnings]
    waits = _change(kept.waits, who) if kept.waits else None
    return Reply(_view(kept.agency, warnings, waits), version=kept.version)


@api.route(
    "GET",
    "/v1/catalogue/agencies",
    act=acts.CHANGE_AGENCY,
    answer=wire.AgencyChanges,
    query=wire.ChangesQuery,
)
def list_agency_changes(call: Call) -> wire.AgencyChanges:
    """List the changes that end my agency or one below it, or turn work from or to one: what waits, and what is done.

    One that names my agency as a successor, a parent, or as where another one works, is among them.
    """
    asked: wire.ChangesQuery = call.asked
    found, last = administration().changes(call.principal, cursor_of(asked.cursor, ("pk", "sk"), CHANGES), PAGE)
    shown = [_change(each, call.principal) for each in found]
    wanted = [each for each in shown if asked.yours_to_confirm in (None, each.yours_to_confirm)]
    return wire.AgencyChanges(changes=wanted, next=cursor(last))


COUNTER: Final = "/v1/agencies/{agency}/counters/{code}"


def _counter(counter: Counter, version: int, waits: wire.CounterChange | None = None) -> Reply:
    told = {**msgspec.to_builtins(counter), "waits": waits}
    return Reply(wire.CounterView.model_validate(told), version=version)


def _counter_change(change: ListedCounterChange, who: Principal) -> wire.CounterChange:
    told = {
        "at": said(change.at),
        "expires_at": said(stamp(expires_at(change.at))),
        "yours_to_confirm": is_others(change.by, who),
    }
    return wire.CounterChange.model_validate({**msgspec.to_builtins(change), **told})


@api.route("GET", COUNTER, act=None, answer=wire.CounterView, cache=PUBLIC)
def read_counter(call: Call) -> Reply:
    """Read what an agency says of a service at its own counter, with all its days."""
    return _counter(*counters().read(_agency(call), call.path["code"]))


@api.route("PUT", COUNTER, act=acts.KEEP_COUNTER, body=wire.CounterBody, answer=wire.CounterView)
def keep_counter(call: Call) -> Reply:
    """Keep the fee, hours and address of a service at a counter of my agency or one below it, whole, by date.

    It waits until a second publisher, of the agency or of one above it, sends the same.
    """
    agency, who = _agency(call), call.principal
    require_below(who, agency, acts.KEEP_COUNTER)
    entries = [heard(CounterEntry, entry.model_dump()) for entry in call.body.entries]
    kept = counters().keep(who, agency, call.path["code"], entries, call.version)
    return _counter(kept.counter, kept.version, _counter_change(kept.waits, who) if kept.waits else None)


@api.route(
    "GET",
    "/v1/catalogue/counters",
    act=acts.KEEP_COUNTER,
    answer=wire.CounterChanges,
    query=wire.ChangesQuery,
)
def list_counter_changes(call: Call) -> wire.CounterChanges:
    """List what waits for a second publisher of the counters of my agency and those below it."""
    asked: wire.ChangesQuery = call.asked
    found, last = counters().changes(call.principal, cursor_of(asked.cursor, ("pk", "sk"), COUNTER_CHANGES), PAGE)
    shown = [_counter_change(each, call.principal) for each in found]
    wanted = [each for each in shown if asked.yours_to_confirm in (None, each.yours_to_confirm)]
    return wire.CounterChanges(changes=wanted, next=cursor(last))


def _name(call: Call) -> str:
    return call.path["outage"]


def _outage(outage: Outage) -> wire.OutageView:
    told = {
        "starts_at": said(outage.starts_at),
        "ends_at": said(outage.ends_at),
        "announced_at": said(outage.announced_at),
        "changed_at": said(outage.changed_at),
        "reason": outage.reason and wire.OutageReason.of(outage.reason),
    }
    return wire.OutageView.model_validate({**msgspec.to_builtins(outage), **told})


@api.route("GET", "/v1/outages", act=None, answer=wire.OutageList, cache=PUBLIC)
def list_outages(_call: Call) -> Reply:
    """List the outages that are not over, and the reasons that one may be announced for."""
    reasons = [wire.OutageReason.of(reason.code) for reason in outages.reasons()]
    return Reply(wire.OutageList(outages=[_outage(o) for o in administration().outages()], reasons=reasons))


@api.route("GET", OUTAGE, act=None, answer=wire.OutageView, cache=PUBLIC)
def read_outage(call: Call) -> Reply:
    """Read an outage, also one that is over or was withdrawn."""
    outage, version = administration().outage(_name(call))
    return Reply(_outage(outage), version=version)


@api.route("POST", "/v1/outages", act=acts.ANNOUNCE_OUTAGE, body=wire.OutageBody, answer=wire.OutageView, status=201)
def announce_outage(call: Call) -> Reply:
    """Announce an outage: a planned one seven working days ahead (Decree 224/2026 Art. 13)."""
    given = heard(Announcement, call.body.model_dump(mode="json"))
    return Reply(_outage(administration().announce(call.principal, given, call.key)))


@api.route("PATCH", OUTAGE, act=acts.CHANGE_OUTAGE, body=wire.OutageMoveBody, answer=wire.OutageView)
def move_outage(call: Call) -> Reply:
    """Move the end of an outage that my agency announced."""
    given = heard(Move, call.body.model_dump(mode="json"))
    outage, version = administration().move(call.principal, _name(call), given, call.version)
    return Reply(_outage(outage), version=version)


@api.route(
    "POST",
    OUTAGE + "/withdrawal",
    act=acts.CHANGE_OUTAGE,
    body=wire.OutageWithdrawalBody,
    answer=wire.OutageView,
)
def withdraw_outage(call: Call) -> Reply:
    """Withdraw an outage that my agency announced: one that has begun ends now."""
    outage, version = administration().withdraw(call.principal, _name(call), call.body.why, call.key)
    return Reply(_outage(outage), version=version)
