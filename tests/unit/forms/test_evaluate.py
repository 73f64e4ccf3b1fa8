"""Evaluation: any JSON value, forged values, and each rule of the seven forms with one example that breaks it."""

import math
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.forms.evaluate import evaluate
from chalicelib.forms.rules import Nothing, Scope
from tests.unit.forms.answers import COMPLETE, FORMS, GROUNDS, MAN, TODAY, changed, form_with, residence

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters())
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@st.composite
def near_answers(draw):
    """A complete answer with up to three places replaced by anything."""
    code = draw(st.sampled_from(sorted(FORMS)))
    answer = changed(COMPLETE[code])
    for _ in range(draw(st.integers(0, 3))):
        holder = answer
        name = draw(st.sampled_from(sorted(holder)))
        while isinstance(holder[name], dict) and holder[name] and draw(st.booleans()):
            holder = holder[name]
            name = draw(st.sampled_from(sorted(holder)))
        holder[name] = draw(JSON)
    return code, answer


@settings(max_examples=500)
@given(st.tuples(st.sampled_from(sorted(FORMS)), JSON) | near_answers())
def test_no_json_value_makes_evaluation_raise(case):
    code, values = case
    outcome = evaluate(FORMS[code], values, TODAY)
    assert isinstance(outcome.values, dict)
    assert len(outcome.errors) <= 50
    assert all(problem.message_vi and problem.message_en for problem in [*outcome.errors, *outcome.warnings])


@pytest.mark.parametrize("code", FORMS)
def test_a_complete_answer_has_no_errors_and_no_warnings(code):
    outcome = evaluate(FORMS[code], COMPLETE[code], TODAY)
    assert (outcome.errors, outcome.warnings) == ([], [])
    again = evaluate(FORMS[code], outcome.values, TODAY)
    assert again == outcome


@pytest.mark.parametrize("case", GROUNDS)
def test_each_case_of_residence_asks_for_its_own_papers_only(case):
    outcome = evaluate(FORMS["1.004222"], residence(case), TODAY)
    assert (outcome.errors, outcome.warnings) == ([], [])
    own = next(iter(GROUNDS[case]))
    assert outcome.values[own] == GROUNDS[case][own]
    without = evaluate(FORMS["1.004222"], changed(residence(case), (f"/{own}", ...)), TODAY)
    told = [(problem.pointer, problem.rule) for problem in without.errors]
    assert told == ([] if own == "own" else [(f"/{own}", "required")]), "nothing of one's own home has to be filled in"


def test_the_seven_cases_are_all_there():
    assert set(FORMS["1.004222"].schema["properties"]["case"]["enum"]) == set(GROUNDS)


CASES = {group: case for case, groups in GROUNDS.items() for group in groups}
DIVORCED = {"marital_status": "Đã ly hôn hoặc hủy kết hôn", "ended_abroad": True, "end_noted": False}
BREAKS = {
    "1.001193": {
        "follows_mother": [("/father", ...), ("/child/ethnicity", "Tày")],
        "born_by_today": [("/child/born_on", "2026-11-26")],
        "born_within_120_years": [("/child/born_on", "1905-11-25")],
        "mother_older": [("/mother/year_of_birth", 2020)],
        "father_older": [("/father/year_of_birth", 2020)],
        "mother_age_usual": [("/mother/year_of_birth", 2011)],
        "father_age_usual": [("/father/year_of_birth", 1945)],
        "mother_commune": [("/mother/residence", "12 phố Huế")],
        "father_commune": [("/father/residence", "12 phố Huế")],
        "parents_differ": [("/father/personal_id", "001195012345")],
        "ethnicity_of_a_parent": [("/child/ethnicity", "Tày")],
        "married_by_today": [("/marriage/registered_on", "2027-01-01")],
    },
    "1.000894": {
        "man_noted": [("/man", MAN | DIVORCED)],
        "woman_noted": [("/woman", MAN | DIVORCED | {"personal_id": "001197012345"})],
        "man_born": [("/man/born_on", "2027-01-01")],
        "woman_born": [("/woman/born_on", "2027-01-01")],
        "man_age_possible": [("/man/born_on", "2020-11-26")],
        "woman_age_possible": [("/woman/born_on", "1905-11-25")],
        "man_commune": [("/man/residence", "12 phố Huế")],
        "woman_commune": [("/woman/residence", "12 phố Huế")],
        "man_of_age": [("/man/born_on", "2006-11-26")],
        "woman_of_age": [("/woman/born_on", "2008-11-26")],
        "two_people": [("/woman/personal_id", "001095012345")],
    },
    "1.004222": {
        "contract_certified": [("/rented/is_certified", False)],
        "mooring_confirmed": ["vehicle", ("/vehicle/commune_confirms", False)],
        "owner_consents": ["relative", ("/relative/owner_consents", False)],
        "religious_confirmed": ["religious", ("/religious/commune_confirms", False)],
        "care_confirmed": ["care", ("/care/has_confirmation", False)],
        "care_requested": ["care", ("/care/has_request", False)],
        "unit_letter": ["barracks", ("/barracks/has_letter", False)],
        "members_are_others": [("/members/0/personal_id", "001180012345")],
        "declarant_born": [("/declarant/born_on", "2027-01-01")],
        "declarant_within_120_years": [("/declarant/born_on", "1905-11-25")],
        "address_commune": [("/address", "12 phố Huế")],
    },
    "1.001612": {
        "authorisation_certified": [("/members_authorise", False)],
        "contract_attached": [("/agent/has_contract", False)],
        "letter_attached": [("/agent/has_letter", False)],
        "card_attached": [("/owner/card_copied", False)],
        "owner_born": [("/owner/born_on", "2027-01-01")],
        "owner_age_possible": [("/owner/born_on", "2020-11-26")],
        "owner_commune": [("/owner/address", "12 phố Huế")],
        "business_commune": [("/business/address", "12 phố Huế")],
        "members_are_others": [("/members/0/personal_id", "001180012345")],
        "agent_is_other": [("/agent/personal_id", "001180012345")],
        "has_capital": [("/business/capital_vnd", 0)],
    },
    "U.000001": {
        "premises_commune": [("/premises/address", "12 phố Huế")],
        "wanted_from_today": [("/wanted_on", "2026-11-24")],
        "terms_read": [("/terms_read", False)],
        "consent_given": [("/premises/owner_consents", False)],
    },
    "2.002622": {
        "born_by_today": [("/applicant/born_on", "2026-11-26")],
        "born_within_120_years": [("/applicant/born_on", "1905-11-25")],
        "died_by_today": [("/death/died_on", "2026-11-26")],
    },
}
BREAKS["2.002621"] = BREAKS["1.001193"] | {
    "declarant_born": [("/bundle/declarant_born_on", "2026-11-26")],
    "declarant_within_120_years": [("/bundle/declarant_born_on", "1905-11-25")],
    "owner_consents": [("/bundle/owner_consents", False)],
}
CHECKS = [(code, rule) for code, form in FORMS.items() for rule in form.rules if rule.kind == "check"]


@pytest.mark.parametrize(("code", "rule"), CHECKS, ids=lambda given: given if isinstance(given, str) else given.id)
def test_each_check_is_told_and_only_what_cites_the_law_or_cannot_be_refuses(code, rule):
    changes = BREAKS[code][rule.id]
    start = COMPLETE[code]
    if isinstance(changes[0], str):
        start, changes = residence(CASES[changes[0]]), changes[1:]
    outcome = evaluate(FORMS[code], changed(start, *changes), TODAY)
    refuses = rule.cites is not None or rule.refuses
    told, silent = (outcome.errors, outcome.warnings) if refuses else (outcome.warnings, outcome.errors)
    assert [(problem.pointer, problem.rule) for problem in told] == [(rule.target, rule.id)], "one fault, one message"
    assert silent == []
    if not refuses:
        assert rule.message_vi.startswith("Hãy kiểm tra lại:")
        assert rule.message_en.startswith("Please check:")


HIDDEN_AT_BIRTH = [
    ("/case/surrogacy", [("/case/parents", "Trẻ bị bỏ rơi")]),
    ("/birth_proof", [("/case/parents", "Chưa xác định được cả cha và mẹ")]),
    ("/mother", [("/case/parents", "Chưa xác định được mẹ")]),
    ("/father", [("/case/parents", "Trẻ bị bỏ rơi")]),
    ("/requester/full_name", [("/requester/relationship", "Mẹ")]),
    ("/requester/personal_id", [("/requester/relationship", "Cha")]),
    ("/marriage/certificate_number", [("/marriage/is_registered", False)]),
    ("/marriage/registered_on", [("/marriage/is_registered", False)]),
    ("/marriage/registered_at", [("/marriage/is_registered", False)]),
]
HIDDEN = [
    *((code, *row) for code in ("1.001193", "2.002621") for row in HIDDEN_AT_BIRTH),
    ("1.000894", "/man/ended_abroad", [("/man/marital_status", "Chưa kết hôn")]),
    ("1.000894", "/man/end_noted", [("/man/marital_status", "Chưa kết hôn")]),
    ("1.000894", "/woman/ended_abroad", [("/woman/ended_abroad", True)]),
    ("1.000894", "/woman/end_noted", [("/woman/end_noted", True)]),
    *(("1.004222", f"/{next(iter(ground))}", [(f"/{next(iter(ground))}", ground[next(iter(ground))]), ("/case", other)])
      for case, ground in GROUNDS.items() for other in [next(name for name in GROUNDS if name != case)]),
    ("1.004222", "/vehicle/commune_confirms", ["vehicle", ("/vehicle/stands_where_registered", True)]),
    ("1.004222", "/care/has_request", ["care", ("/care/kind", "Hộ gia đình")]),
    ("1.001612", "/members", [("/founder", "Cá nhân")]),
    ("1.001612", "/members_authorise", [("/founder", "Cá nhân")]),
    ("1.001612", "/agent", [("/filing", "Chủ hộ kinh doanh tự nộp")]),
    ("1.001612", "/agent/has_contract", [("/filing", "Ủy quyền cho cá nhân")]),
    ("1.001612", "/agent/has_letter", [("/filing", "Ủy quyền cho cá nhân")]),
    ("1.001612", "/owner/card_copied", [("/owner/has_account", True)]),
    ("U.000001", "/person", [("/customer", "Tổ chức")]),
    ("U.000001", "/organisation", [("/organisation", {"name": "Công ty", "tax_code": "0100109106"})]),
    ("U.000001", "/premises/owner_consents", [("/premises/right", "Chủ sở hữu")]),
    ("U.000001", "/people", [("/purpose", "Sản xuất")]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "pointer", "changes"), HIDDEN)
def test_what_is_hidden_does_not_survive(code, pointer, changes):
    start = COMPLETE[code]
    if isinstance(changes[0], str):
        start, changes = residence(CASES[changes[0]]), changes[1:]
    sent = changed(start, *changes)
    outcome = evaluate(FORMS[code], sent, TODAY)
    place, there = outcome.values, sent
    *way, last = pointer.strip("/").split("/")
    for name in way:
        place, there = place.get(name, {}), there[name]
    assert last in there
    assert last not in place
    assert pointer in outcome.hidden
    assert not [problem for problem in outcome.errors if problem.pointer.startswith(pointer)]


def test_every_rule_of_sight_has_an_example():
    ruled = {(code, rule.target) for code, form in FORMS.items() for rule in form.rules if rule.kind == "visible"}
    assert ruled == {(code, pointer) for code, pointer, _ in HIDDEN}


FORGED = [
    ("1.001193", "/days_after_birth", 7),
    ("1.001193", "/is_late", False),
    ("2.002621", "/days_after_birth", 7),
    ("2.002621", "/is_late", False),
    ("1.000894", "/man/age", 31),
    ("1.000894", "/woman/age", 29),
    ("1.004222", "/people", 2),
    ("1.001612", "/people", 2),
    ("U.000001", "/needs_survey", False),
]


@pytest.mark.parametrize(("code", "pointer", "right"), FORGED)
@pytest.mark.parametrize("forged", [12345, True, "forged", None, {"x": 1}])
def test_a_computed_value_from_the_browser_is_overwritten(code, pointer, right, forged):
    outcome = evaluate(FORMS[code], changed(COMPLETE[code], (pointer, forged)), TODAY)
    place = outcome.values
    for name in pointer.strip("/").split("/"):
        place = place[name]
    assert place is right or (place == right and type(place) is type(right))
    assert outcome.errors == []


def test_a_computed_value_without_its_inputs_is_taken_away():
    outcome = evaluate(FORMS["1.001193"], {"days_after_birth": 1, "is_late": False}, TODAY)
    assert outcome.values == {}
    assert {problem.pointer: problem.rule for problem in outcome.errors} == dict.fromkeys(
        ("/birth_proof", "/case", "/child", "/mother", "/requester"), "required"
    )


@pytest.mark.parametrize(("born", "late"), [("2026-09-26", False), ("2026-09-25", True)])
def test_the_sixtieth_day_is_not_late(born, late):
    answer = changed(COMPLETE["1.001193"], ("/child/born_on", born))
    outcome = evaluate(FORMS["1.001193"], answer, TODAY)
    assert outcome.values["is_late"] is late
    assert outcome.errors == []


def test_a_child_without_a_father_may_follow_the_mother():
    answer = changed(COMPLETE["1.001193"], ("/father", ...))
    assert evaluate(FORMS["1.001193"], answer, TODAY).errors == []


def test_values_are_never_repeated():
    secret = "bí mật 0987"
    for code, form in FORMS.items():
        for name in COMPLETE[code]:
            outcome = evaluate(form, changed(COMPLETE[code], (f"/{name}", secret)), TODAY)
            assert secret not in repr([*outcome.errors, *outcome.warnings])


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ([], "type"),
        ({"a": math.nan}, "not_json"),
        ({"a": "\ud800"}, "not_json"),
        ({"a": 10**2000}, "not_json"),
        ({"a": object()}, "not_json"),
        ({1: 2}, "not_json"),
        ({"a": "x" * 200_001}, "answer_bytes"),
        ({"a": [0] * 5_001}, "answer_nodes"),
    ],
)
def test_an_answer_beyond_the_limits_is_refused_whole(values, rule):
    outcome = evaluate(FORMS["1.001193"], values, TODAY)
    assert [(problem.pointer, problem.rule) for problem in outcome.errors] == [("", rule)]
    assert outcome.values == {}


def test_a_deep_answer_is_refused_whole():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    assert evaluate(FORMS["1.001193"], {"a": deep}, TODAY).errors[0].rule == "answer_depth"
    while deep:
        deep = deep.pop()


def test_a_list_beyond_the_budget_is_refused_before_a_rule_runs():
    (dear,) = (rule for rule in FORMS["1.004222"].rules if rule.id == "members_are_others")
    form = replace(FORMS["1.004222"], rules=(dear, dear))
    outcome = evaluate(form, COMPLETE["1.004222"] | {"members": [{}] * 4_900}, TODAY)
    assert [problem.rule for problem in outcome.errors] == ["evaluation_budget"]


def test_the_dearest_rules_that_fit_are_evaluated():
    """A form at the very budget, with the longest list and long texts."""
    inside = " || ".join(["m.x + m.x == form.a + form.a"] * 12)
    form = form_with(*[{"id": "dear", "expression": f"form.l.exists(m, {inside})"}] * 2)
    values = {"a": "y" * 30_000, "l": [{"x": "z" * 250}] * 100}
    assert [problem.rule for problem in evaluate(form, values, TODAY).warnings] == ["dear"] * 2


def test_a_check_that_does_not_fit_the_values_refuses_and_says_so():
    form = form_with({"expression": "form.a + 1 > 2"})
    assert [p.rule for p in evaluate(form, {"a": "x"}, TODAY).errors] == ["rule_unchecked"]


@pytest.mark.parametrize(("given", "told"), [(7, [("/a", "maximum")]), (4, [("/c", "r2")])])
def test_a_check_waits_for_an_entry_in_error_however_far_it_is_computed_from_it(given, told):
    form = form_with(
        {"kind": "computed", "target": "/b", "expression": "form.a + 1"},
        {"kind": "computed", "target": "/c", "expression": "form.b + 1"},
        {"target": "/c", "expression": "form.c > 100"},
        schema={"type": "object", "properties": {"a": {"type": "integer", "maximum": 5}}},
    )
    outcome = evaluate(form, {"a": given}, TODAY)
    assert [(problem.pointer, problem.rule) for problem in [*outcome.errors, *outcome.warnings]] == told


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("years(form.born, today)", 26),
        ("years(form.leap, '2025-02-28')", 24),
        ("years(form.leap, '2025-03-01')", 25),
        ("days(form.born, '2000-12-01')", 6),
        ("year(form.born)", 2000),
        ("form.whole + 1", 3),
        ("form.big == null", True),
        ("year(form.text) > 3", Nothing.FAILED),
        ("years(form.born) > 3", Nothing.FAILED),
        ("form.none", Nothing.ABSENT),
        ("form.whole / 0", Nothing.FAILED),
        ("9223372036854775807 + form.whole", Nothing.FAILED),
    ],
)
def test_what_the_engine_makes_of_values(expression, value, caplog, capfd):
    form = {"born": "2000-11-25", "leap": "2000-02-29", "whole": 2.0, "big": 2**70, "text": "bí mật"}
    assert Scope(form, TODAY).run(expression) == value
    assert not caplog.records
    assert capfd.readouterr() == ("", "")


def test_the_engine_comes_without_its_command_line():
    code = (
        "import sys; from chalicelib.forms.rules import compiled; compiled('1 == 1');"
        "sys.exit(bool({'typer', 'rich', 'pygments', 'prompt_toolkit', 'jsonschema_rs'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "first", ["", "import cel", "from chalicelib.forms.rules import compiled; compiled('1 == 1'); import cel"]
)
def test_the_engine_is_loaded_once_whoever_comes_first(first):
    """A second set-up of the engine panics; so would two threads that meet at the first expression."""
    code = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        f"{first}\n"
        "from chalicelib.forms.rules import compiled\n"
        "with ThreadPoolExecutor(8) as pool:\n"
        "    list(pool.map(compiled, [f'{at} == {at}' for at in range(64)]))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0
