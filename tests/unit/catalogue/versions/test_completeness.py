"""What keeps a version from being published: each thing by its place and rule, and nothing else."""

import pytest

from chalicelib.catalogue.procedures.facts import facts_of
from chalicelib.catalogue.records.starting import form_of
from chalicelib.catalogue.versions.completeness import problems_of
from chalicelib.catalogue.versions.routes import route_problems
from tests.fakes import people
from tests.support.hall import version


def told(change=None, form=None):
    facts = people.facts()
    if change:
        change(facts)
    return {(p.pointer, p.rule) for p in problems_of(version(facts, form=form or people.form_document()))}


def given(**changes):
    return lambda facts: facts.update(changes)


def test_a_whole_version_lacks_nothing():
    assert told() == set()


NOTHING = {"name_vi": "", "channels": []}


@pytest.mark.parametrize("name", ["name_vi", "performed_by", "channels", "term", "result", "route", "min_level"])
def test_what_a_dossier_cannot_do_without_is_named(name):
    assert told(given(**{name: NOTHING.get(name)})) == {(f"/facts/{name}", "complete")}


def test_a_version_without_components_online_conditions_or_anything_is_told_and_does_not_break():
    nothing = {"code": "1.001193", "name_vi": "", "kind": "administrative_procedure"}
    found = {p.pointer for p in problems_of(version(nothing))}
    assert found >= {"/facts/components", "/facts/online", "/facts/name_vi", "/facts/term", "/facts/route"}


@pytest.mark.parametrize("text", [None, "", "3 ngày", "3xx", "-1d"])
def test_a_term_that_no_clock_reads_is_named(text):
    assert told(lambda f: f["term"].update(text=text)) == {("/facts/term/text", "term")}


def test_a_result_that_no_template_makes_is_named():
    assert told(lambda f: f["result"].update(template="other")) == {("/facts/result/template", "template")}


def test_what_a_component_lacks_is_named():
    def change(facts):
        first, second, third = facts["components"][:3]
        first.update(need="unknown")
        second.update(code=first["code"])
        third.update(need="data", source=None)
        del third["when"]

    assert told(change) == {
        ("/facts/components/0/need", "need"),
        ("/facts/components/1/code", "unique"),
        ("/facts/components/2/source", "R27"),
    }


def test_a_database_that_nobody_keeps_is_named():
    def change(facts):
        facts["components"][0].update(source={"database": "of dreams", "clause": "-"})

    assert told(change) == {("/facts/components/0/source/database", "database")}


def conditional(**changes):
    """The first component's condition with some changes, None for none."""

    def change(facts):
        facts["components"][0]["when"] = {**facts["components"][0]["when"], **changes}

    return change


WHEN = "/facts/components/0/when"


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"expression": "form.case.nothing == 'x'"}, {(f"{WHEN}/expression", "expression_field")}),
        ({"expression": "form.case.parents =="}, {(f"{WHEN}/expression", "expression_syntax")}),
        ({"expression": ""}, {(f"{WHEN}/expression", "expression_syntax")}),
        ({"expression": "form.child.full_name == 'A'"}, {(f"{WHEN}/expression", "condition_choice")}),
        ({"expression": "form.case.parents == 'Khác'"}, {(f"{WHEN}/expression", "condition_constant")}),
        ({"spared_vi": " "}, {(f"{WHEN}/spared_vi", "complete")}),
        ({"spared_en": ""}, {(f"{WHEN}/spared_en", "complete")}),
    ],
)
def test_a_condition_that_the_form_cannot_ask_is_named(changes, wrong):
    assert told(conditional(**changes)) == wrong


def test_a_plain_form_asks_no_question_of_a_condition():
    plain = form_of(facts_of(people.facts()))
    found = told(form=plain)
    conditions = {f"/facts/components/{place}/when/expression" for place in range(5)}
    assert {at for at, rule in found if rule == "expression_field"} == conditions


def test_a_form_that_is_not_sound_is_told_by_its_own_place_only():
    form = people.form_document()
    form["rules"][0]["expression"] = "form.nothing"
    assert told(conditional(expression="form.case.nothing"), form) == {("/form/rules/0/expression", "expression_field")}


@pytest.mark.parametrize("need", ["form", "paper", "data"])
def test_what_is_no_paper_of_a_case_has_no_condition(need):
    assert (f"{WHEN}", "need") in told(lambda f: f["components"][0].update(need=need))


def test_two_questions_of_one_text_and_choices_without_english_are_named():
    form = people.form_document()
    shown = form["ui"]["fields"]
    shown["/case/surrogacy"]["label_en"] = shown["/case/parents"]["label_en"].upper() + " "
    del shown["/requester/relationship"]["choices_en"]
    assert told(form=form) == {
        ("/form/ui/fields/~1case~1surrogacy/label_en", "question_same"),
        ("/form/ui/fields/~1requester~1relationship/choices_en", "choices_english"),
    }


def test_a_channel_that_the_procedure_has_not_is_named():
    assert told(lambda f: f["components"][0].update(channels=["ONLINE", "FAX"])) == {
        ("/facts/components/0/channels", "channel")
    }


def test_two_cases_of_one_name_are_named_where_they_change_the_list():
    def tied(facts):
        for case in facts["cases"]:
            facts["components"][0]["cases"].append(case["code"])

    assert told(tied) == {("/facts/cases/1/name_vi", "unique")}


ONE = {"leg": "commune", "agency": "@receiving"}
LEG = {**ONE, "deadline": "1wd"}
AT_LAST = ("/facts/route/0/1/lead", "last_stage")
POLICE = {"leg": "police", "agency": "H01.10.25", "deadline": "8wh"}
LEADS = {**POLICE, "lead": True}


@pytest.mark.rule("R34")
@pytest.mark.parametrize(
    ("route", "wrong"),
    [
        ([[{"leg": "", "agency": "@receiving"}]], {("/facts/route/0/0/leg", "complete")}),
        ([[LEG], [{**LEG, "leg": "tax", "agency": "nowhere"}]], {("/facts/route/1/0/agency", "R34")}),
        ([[]], {("/facts/route/0", "complete")}),
        ([[LEG], []], {("/facts/route/1", "complete")}),
        ([[LEG, {**LEG, "agency": "H01.10.25"}]], {("/facts/route/0/1/leg", "unique")}),
        ([[LEG], [{**LEG, "agency": "H01.10.25"}]], set()),
        ([[{**LEG, "leg": "com.mune"}]], {("/facts/route/0/0/leg", "name")}),
        ([[ONE]], set()),
        ([[ONE], [POLICE]], {("/facts/route/0/0/deadline", "R14")}),
        ([[{**ONE, "deadline": "soon"}]], {("/facts/route/0/0/deadline", "term")}),
        ([[LEG, POLICE], [{**LEG, "leg": "health"}]], set()),
        ([[LEG, LEADS], [{**LEADS, "leg": "health"}]], {("/facts/route/1/0/lead", "unique"), AT_LAST}),
        ([[LEG, LEADS], [{**LEG, "leg": "health"}]], {AT_LAST}),
        ([[LEG], [{**LEADS, "steps": ["verify"]}]], {("/facts/route/1/0/steps", "approve")}),
        ([[LEG], [{**POLICE, "steps": ["verify"]}]], {("/facts/route/1/0/steps", "approve")}),
        ([[{**LEG, "steps": ["verify"]}], [POLICE]], set()),
        ([[LEG], [{**POLICE, "steps": ["approve", "verify"]}]], {("/facts/route/1/0/steps", "known")}),
        ([[LEG], [{**POLICE, "steps": ["consult", "approve"]}]], {("/facts/route/1/0/steps", "known")}),
        ([[LEG], [{**POLICE, "medium": "stone"}]], {("/facts/route/1/0/medium", "known")}),
        ([[LEG], [{**POLICE, "medium": "paper", "vertical": True}]], set()),
    ],
)
def test_a_route_that_nobody_can_follow_is_named(route, wrong):
    assert told(given(route=route)) == wrong


def test_an_agency_that_the_catalogue_does_not_know_is_named():
    facts = facts_of({**people.facts(), "route": [[LEG, POLICE]]})
    known = {"/facts/route/0/1/agency"}
    assert {p.pointer for p in route_problems(facts, lambda _: False)} == known
    assert set(route_problems(facts, lambda agency: agency == "H01.10.25")) == set()


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"silence": "waits", "confirm_within": "1d"}, set()),
        ({"silence": "goes_on"}, set()),
        ({"silence": "sleeps"}, {("/facts/silence", "known")}),
        ({"confirm_within": "soon"}, {("/facts/confirm_within", "term")}),
    ],
)
def test_what_follows_a_silence_is_one_of_what_the_flow_knows(changes, wrong):
    assert told(given(**changes)) == wrong


@pytest.mark.rule("R02")
def test_a_reason_rests_on_what_the_version_cites():
    def change(facts):
        facts["online"]["reasons"][0]["legal_basis"] = "Thông tư 99/2099/TT-XX"

    assert told(change) == {("/facts/online/reasons/0/legal_basis", "legal_basis")}


@pytest.mark.rule("R01")
@pytest.mark.parametrize(
    ("basis", "wrong"),
    [
        ("", {("/facts/online/legal_basis", "R01")}),
        ("Luật chưa ai viết", {("/facts/online/legal_basis", "legal_basis")}),
        ("Thông tư số 03/2023/TT-BTP, Điều 2", set()),
    ],
)
def test_a_bar_names_a_law_that_the_version_cites(basis, wrong):
    assert told(given(online={"electronic_barred": True, "legal_basis": basis, "gates": {}, "reasons": []})) == wrong


@pytest.mark.rule("R42", "plan_item")
def test_kind_price_and_plan_are_named_by_their_place_in_the_facts():
    item = {"service": "1.001193", "owner": "H01", "current": "full", "target": "partial", "quarter": "2026-Q4"}
    price = {"name_vi": "Giá", "name_en": "Price", "amount_vnd": 1}
    assert told(given(kind="other")) == {("/facts/kind", "R42")}
    assert told(given(prices=[price])) == {("/facts/prices", "R42")}
    assert told(given(plan_items=[{**item, "state": "planned"}])) == {("/facts/plan_items/0/target", "R42")}
    assert told(given(plan_items=[{**item, "service": "x", "target": "full", "state": "done"}])) == {
        ("/facts/plan_items/0/service", "R42")
    }


@pytest.mark.rule("R44")
def test_a_public_service_has_a_provider_a_price_list_and_a_channel():
    lacking = given(kind="public_utility", fees=[], online_channels=[], provider=None, prices=[])
    assert told(lacking) >= {
        ("/facts/online_channels", "R44"),
        ("/facts/provider/name_vi", "R44"),
        ("/facts/provider/name_en", "R44"),
        ("/facts/prices", "R44"),
    }


@pytest.mark.parametrize("schema", ["text", ["a"], 7, None])
def test_a_form_that_is_no_form_is_told_and_does_not_break(schema):
    found = told(form={"schema": schema})
    assert found
    assert all(pointer.startswith("/form") for pointer, _ in found)


def test_a_field_without_a_key_of_the_dictionary_is_named():
    form = people.form_document()
    pointer = next(iter(form["ui"]["fields"]))
    del form["ui"]["fields"][pointer]["key"]
    found = told(form=form)
    assert found
    assert all(at.startswith("/form/ui/fields") for at, _ in found)


RULE = {"window_working_days": 7, "lapses_to": "stopped", "clock": "suspend", "citation": "NĐ 301/2026 Điều 4(7)"}
STOPS = [{"reason": "payment", "citation": "Luật Đất đai 2024, Điều 1"}]


@pytest.mark.parametrize(
    ("own", "named"),
    [
        (RULE, set()),
        ({**RULE, "citation": " "}, {("/facts/supplement/citation", "R12")}),
        ({**RULE, "lapses_to": "returned"}, {("/facts/supplement/lapses_to", "known")}),
        ({**RULE, "clock": "pause"}, {("/facts/supplement/clock", "known")}),
        ({**RULE, "window_working_days": 0}, {("/facts/supplement/window_working_days", "working_days")}),
        ({**RULE, "appraisal_working_days": 0}, {("/facts/supplement/appraisal_working_days", "working_days")}),
    ],
)
def test_a_rule_of_supplements_is_one_that_a_dossier_can_follow_by_a_clause(own, named):
    assert told(given(supplement=own)) == named


@pytest.mark.parametrize(
    ("own", "named"),
    [
        ({"withdrawal": "all"}, set()),
        ({"withdrawal": "one"}, {("/facts/withdrawal", "known")}),
        ({"term": {"text": "3wd", "stops": STOPS}}, set()),
        (
            {"term": {"text": "3wd", "stops": [{**STOPS[0], "citation": " "}]}},
            {("/facts/term/stops/0/citation", "clause")},
        ),
        (
            {"term": {"text": "3wd", "stops": [{**STOPS[0], "reason": "rain"}]}},
            {("/facts/term/stops/0/reason", "known")},
        ),
    ],
)
def test_who_may_withdraw_is_known_and_what_stops_a_term_has_its_clause(own, named):
    assert told(given(**own)) == named
