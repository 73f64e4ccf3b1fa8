"""Routes of registers and of representation by law. What asks a register is a POST: it leaves a line in a ledger."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from chalice import Blueprint
from msgspec import Struct, convert

from chalicelib.dossier.needs import DOSSIERS
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity import acts
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.identity.registers import wire
from chalicelib.identity.registers.items import RepresentationHead, Side, said_of, stands
from chalicelib.identity.registers.model import Difference, Told
from chalicelib.identity.registers.representing import Named
from chalicelib.identity.registers.settings import KEY, SECONDS, URL
from chalicelib.identity.registers.wiring import changes, facts, numbers, representing
from chalicelib.identity.settings import TABLE
from chalicelib.kernel.clock import ZONE, said, stamp, utc_now
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.law.minors import not_known, who_acts
from chalicelib.law.problems import Problem
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.sealing.door import learn, unseal
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(TABLE, DOSSIERS, LEDGERS, *SEALING, URL, KEY, SECONDS),
    known_as=lambda who: as_enrolled(who, utc_now()),
)
ONE: Final = "/v1/representations/{representation}"


def _name(call: Call) -> str:
    (name,) = call.path.values()
    return name


class Sealed(Struct, frozen=True):
    """A person as they are sealed."""

    name: str
    born_on: date | None = None


class Sides(Struct, frozen=True):
    """Both sides as they are sealed."""

    represented: Sealed
    representative: Sealed


def _view(
    head: RepresentationHead, side: Side, language: str, warnings: Sequence[Problem] = ()
) -> wire.RepresentationView:
    kept, now = said_of(head), utc_now()
    sides = convert(unseal(kept.id, kept.sealed), Sides)
    today = now.astimezone(ZONE).date()
    acting = who_acts(sides.represented.born_on or today, today, "general")
    return wire.RepresentationView.model_validate(
        {
            "id": kept.id,
            "kind": kept.kind,
            "status": "active" if stands(head, now) else "ended",
            "side": side,
            "represented": sides.represented.name,
            "representative": sides.representative.name,
            "may": list(kept.may),
            "acting": acting.who,
            "acting_basis": acting.citation,
            "not_known": list(not_known(sides.represented.born_on or today, today)),
            "opens": said(kept.opens),
            "closes": said(kept.closes),
            "register_name": head.register,
            "confirmed_at": said(head.confirmed_at),
            "basis": head.basis,
            "ended_at": said(kept.ended_at),
            "ended_why": kept.ended_why,
            "warnings": [wire.Warned(rule=w.rule, message=w.en if language == "en" else w.vi) for w in warnings],
        }
    )


def _reply(call: Call, head: RepresentationHead, side: Side, warnings: Sequence[Problem] = ()) -> Reply:
    return Reply(_view(head, side, call.language, warnings), version=head.version)


@api.route(
    "POST",
    "/v1/representations",
    act=acts.REPRESENTATION_BEGIN,
    body=wire.RepresentationBody,
    answer=wire.RepresentationView,
    status=201,
)
def begin_representation(call: Call) -> Reply:
    """Say whose parent or guardian I am; the population register is asked for a yes or no."""
    body = call.body
    named = Named(name=body.name, born_on=body.born_on, number=body.personal_id, ground=body.ground)
    head, warnings = representing().begin(call.principal, named, call.key, call.raw)
    return _reply(call, head, "representative", warnings)


@api.route("GET", "/v1/representations", act=acts.REPRESENTATION_READ, answer=wire.RepresentationList)
def list_representations(call: Call) -> wire.RepresentationList:
    """List my representations by law, on either side; of two persons the newest."""
    found = representing().mine(call.principal)
    learn({said_of(head).id for head, _ in found})
    return wire.RepresentationList(representations=[_view(*each, call.language) for each in found])


@api.route("GET", ONE, act=acts.REPRESENTATION_READ, answer=wire.RepresentationView)
def read_representation(call: Call) -> Reply:
    """Read a representation by law of mine, on either side."""
    return _reply(call, *representing().read(call.principal, _name(call)))


@api.route("POST", ONE + "/end", act=acts.REPRESENTATION_END, body=wire.EndBody, answer=wire.RepresentationView)
def end_representation(call: Call) -> Reply:
    """End a representation in which I stand for somebody; one that ended stays as it is."""
    return _reply(call, representing().end(call.principal, _name(call)), "representative")


@api.route("POST", "/v1/me/register", act=acts.REGISTER_ASK, body=wire.RegisterBody, answer=wire.RegisterAnswer)
def ask_register(call: Call) -> wire.RegisterAnswer:
    """Ask the population register what it says of me for a procedure's form, each value with source and time."""
    body = call.body
    told = {each.field: each.value for each in body.said}
    known = facts().for_form(call.principal, body.procedure, body.born_on, body.fields, told)
    return wire.RegisterAnswer(
        values=[_value(each) for each in known.fields],
        differences=[_difference(each) for each in known.differences],
        basis=known.basis,
        asked_at=said(known.asked_at) or "",
    )


def _value(told: Told) -> wire.RegisterValue:
    value = list(told.value) if isinstance(told.value, tuple) else told.value
    return wire.RegisterValue(field=told.field, value=value, source="population", at=said(stamp(told.at)) or "")


def _difference(found: Difference) -> wire.RegisterDifference:
    return wire.RegisterDifference(field=found.field, outcome=found.outcome)


@api.route("POST", "/v1/me/numbers", act=acts.REGISTER_ASK, body=wire.NumbersBody, answer=wire.JoinedNumbers)
def join_numbers(call: Call) -> wire.JoinedNumbers:
    """Join what is kept under my former personal numbers, as the register knows them; no proof is asked."""
    return wire.JoinedNumbers(count=numbers().join(call.principal, call.body.born_on))


@api.route("POST", "/v1/me/organisation", act=acts.REGISTER_ASK, body=wire.StandingBody, answer=wire.StandingView)
def ask_standing(call: Call) -> wire.StandingView:
    """Ask the business register how the organisation stands for which I act."""
    found = facts().of_organisation(call.principal)
    return wire.StandingView(standing=found.standing, is_acting_person=found.is_acting_person, may_act=found.may_act)


@api.route(
    "POST",
    "/v1/registers/persons",
    act=acts.REGISTER_TELL,
    body=wire.PersonChangeBody,
    answer=wire.ChangeOutcome,
)
def tell_person_changed(call: Call) -> wire.ChangeOutcome:
    """Tell that a person died or lost capacity; the register is asked, and what ends by law ends."""
    body, who = call.body, call.principal
    done = changes().of_person(who, body.kind, body.name, body.born_on, body.personal_id)
    return wire.ChangeOutcome(is_confirmed=done.is_confirmed, ended=done.ended)


@api.route(
    "POST",
    "/v1/registers/organisations",
    act=acts.REGISTER_TELL,
    body=wire.OrganisationChangeBody,
    answer=wire.ChangeOutcome,
)
def tell_organisation_changed(call: Call) -> wire.ChangeOutcome:
    """Tell what became of an organisation or its account; the business register is asked whether it is so."""
    done = changes().of_organisation(call.principal, call.body.kind, call.body.organisation)
    return wire.ChangeOutcome(is_confirmed=done.is_confirmed, ended=done.ended)
