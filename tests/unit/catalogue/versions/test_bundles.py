"""What of the children of a bundle keeps a version from being published: each by its field and rule."""

import copy

import pytest
from msgspec import structs

from chalicelib.catalogue.procedures.facts import facts_of
from chalicelib.catalogue.procedures.given import plain
from chalicelib.catalogue.shipped import examples
from chalicelib.catalogue.versions.bundles import bundle_problems
from chalicelib.catalogue.versions.pinned import plan
from tests.fakes import people
from tests.support.hall import version

SHIPPED = {each.facts.code: each for each in examples()}
BIRTH = "2.002621"
LEG = "/facts/route/1/0"


def child_of(code):
    """The version in force of a shipped service."""
    return version(people.facts()).saying(*SHIPPED[code][:2]) if code in SHIPPED else None


def problems(facts, children=child_of):
    return {(p.pointer, p.rule) for p in bundle_problems(facts_of(facts), SHIPPED[BIRTH].form, children)}


@pytest.fixture
def facts():
    """The birth bundle as plain JSON."""
    return copy.deepcopy(plain(SHIPPED[BIRTH].facts))


@pytest.mark.parametrize("code", [BIRTH, "2.002622"])
def test_nothing_keeps_a_shipped_bundle_back_when_its_children_are_in_force(code):
    assert list(bundle_problems(SHIPPED[code].facts, SHIPPED[code].form, child_of)) == []


def test_a_procedure_that_starts_nothing_has_no_such_problem(facts):
    assert list(bundle_problems(SHIPPED["1.001193"].facts, SHIPPED["1.001193"].form, child_of)) == []


def starts(**changes):
    return lambda leg: leg["starts"].update(changes)


def take(**changes):
    return lambda leg: leg["starts"]["takes"][0].update(changes)


def timer(**changes):
    return lambda leg: leg["starts"]["timers"][0].update(changes)


def paper(**changes):
    return lambda leg: leg["starts"]["papers"][0].update(changes)


BROKEN = {
    "no deadline": (lambda leg: leg.pop("deadline"), "/deadline", "deadline"),
    "a deadline that is none": (lambda leg: leg.update(deadline="soon"), "/deadline", "term"),
    "a deadline of minutes": (lambda leg: leg.update(deadline="10min"), "/deadline", "term"),
    "defects in no term": (starts(defects="2"), "/starts/defects", "term"),
    "no clause": (starts(citation=" "), "/starts/citation", "clause"),
    "an unknown child": (starts(procedure="9.999999"), "/starts/procedure", "procedure"),
    "itself": (starts(procedure=BIRTH), "/starts/procedure", "cyclic"),
    "another bundle": (starts(procedure="2.002622"), "/starts/procedure", "cyclic"),
    "a leg that is not earlier": (starts(needs=["health_card"]), "/starts/needs/0", "earlier_leg"),
    "a condition on nothing": (starts(when="form.gone"), "/starts/when", "expression_field"),
    "two sources": (take(answer="/bundle/address"), "/starts/takes/0", "one_source"),
    "no field of the child": (take(field="/gone"), "/starts/takes/0/field", "field"),
    "no field of its own": (
        lambda leg: leg["starts"]["takes"][1].update(answer="/gone"),
        "/starts/takes/1/answer",
        "field",
    ),
    "no fact of a result": (take(value=None, of="birth", result="weight"), "/starts/takes/0/result", "known"),
    "a result of no earlier leg": (
        take(value=None, of="identity_card", result="code"),
        "/starts/takes/0/of",
        "earlier_leg",
    ),
    "no component of the child": (paper(code="X"), "/starts/papers/0/code", "component"),
    "no component of its own": (paper(of=None, component="X"), "/starts/papers/0/component", "component"),
    "a paper from two places": (paper(component="000.00.00.G15-KQ004389"), "/starts/papers/0", "one_source"),
    "a time that is none": (timer(term="10 minutes"), "/starts/timers/0/term", "term"),
    "a time to mend that is none": (timer(fix="later"), "/starts/timers/0/fix", "term"),
    "a time from nowhere": (timer(begins="now"), "/starts/timers/0/begins", "known"),
    "a time until nothing": (timer(ends="then"), "/starts/timers/0/ends", "known"),
    "a time without its clause": (timer(citation=None), "/starts/timers/0/citation", "clause"),
    "two times of one name": (timer(name="acknowledge"), "/starts/timers/0/name", "unique"),
}


@pytest.mark.parametrize(("change", "where", "rule"), BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_is_named_by_its_field_and_rule(facts, change, where, rule):
    change(facts["route"][1][0])
    assert (LEG + where, rule) in problems(facts)


def test_every_leg_of_a_bundle_starts_a_child_under_a_name_of_its_own(facts):
    del facts["route"][2][0]["starts"]
    facts["route"][1][1]["leg"] = "birth"
    assert {("/facts/route/2/0/starts", "bundle"), ("/facts/route/1/1/leg", "unique")} <= problems(facts)


def test_what_a_dossier_pins_says_all_of_it():
    legs = {leg.leg: leg for stage in plan(version(people.facts()).saying(*SHIPPED[BIRTH][:2])).route for leg in stage}
    start = legs["residence"].starts
    assert (legs["residence"].deadline, start.procedure, start.needs, start.defects) == (
        "2wd",
        "1.004222",
        ("birth",),
        "1wd",
    )
    assert {timer.name for timer in start.timers} == {"sync", "acknowledge", "defects", "consent"}
    assert start.supplement.window_working_days == 7
    assert plan(version(people.facts()).saying(*SHIPPED[BIRTH][:2])).is_bundle
    assert not plan(version(people.facts()).saying(*SHIPPED["1.001193"][:2])).is_bundle


def test_a_procedure_that_starts_another_in_a_later_stage_alone_is_a_bundle():
    """As a version of an earlier release may be, whose first stage is its own agency's."""
    whole = plan(version(people.facts()).saying(*SHIPPED[BIRTH][:2]))
    own = tuple(structs.replace(leg, starts=None) for leg in whole.route[0])
    assert structs.replace(whole, route=(own, *whole.route)).is_bundle
    assert not structs.replace(whole, route=(own,)).is_bundle
