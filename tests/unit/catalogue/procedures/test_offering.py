import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import chalicelib.catalogue
from chalicelib.catalogue.procedures import offering
from chalicelib.catalogue.procedures.facts import facts_of
from chalicelib.catalogue.procedures.given import given as given_as
from chalicelib.catalogue.procedures.parts import PlanItem
from chalicelib.law.levels import Gates, ServiceLevel

DATA = Path(chalicelib.catalogue.__file__).parent / "data"
FACTS = json.loads((Path(__file__).parents[1] / "birth_unreviewed.json").read_text(encoding="utf-8"))
FORM = json.loads((DATA / "forms" / "1.001193.json").read_text(encoding="utf-8"))["schema"]
NAMES = Gates.__struct_fields__
SERVICE = {
    "code": "1.000001",
    "kind": "public_utility",
    "provider": {"name_vi": "Công ty Cấp nước", "name_en": "Water company"},
    "prices": [{"name_vi": "Giá nước sinh hoạt", "name_en": "Price of water", "amount_vnd": 7000}],
    "online_channels": ["national_portal", "provider_portal"],
}
PLAN = {
    "service": "1.001193",
    "owner": "H01.10",
    "current": "partial",
    "target": "full",
    "quarter": "2026-Q4",
    "state": "planned",
}


def read(facts):
    return facts_of({"code": "1.000001"} | facts)


def check(facts):
    return offering.check(read(facts))


def gates_of(facts, form):
    return offering.gates_of(read(facts), form)


def level_of(facts, form, **more):
    return offering.level_of(read(facts), form, **more)


def reasons_of(facts):
    return offering.reasons_of(read(facts))


def plan_item(item, services=None):
    return offering.plan_item(given_as(PlanItem, item), services)


def told(problems):
    return [(problem.pointer, problem.rule) for problem in problems]


@pytest.mark.rule("R42")
def test_a_procedure_and_both_other_kinds_are_offered():
    assert check(FACTS) == ()
    assert check(SERVICE) == ()
    assert check(SERVICE | {"kind": "public_non_business"}) == ()
    assert told(check(SERVICE | {"kind": "private"})) == [("/kind", "R42")]


@pytest.mark.rule("R44")
@pytest.mark.parametrize("kind", ["public_non_business", "public_utility"])
@pytest.mark.parametrize(
    ("change", "pointers"),
    [
        ({"provider": None}, ["/provider/name_vi", "/provider/name_en"]),
        ({"provider": {"name_vi": "Công ty", "name_en": " "}}, ["/provider/name_en"]),
        ({"prices": []}, ["/prices"]),
        ({"prices": [{"name_vi": "Phí nước", "name_en": "x", "amount_vnd": 1}]}, ["/prices/0/name_vi"]),
        ({"prices": [{"name_vi": "Thu lệ phí nước", "name_en": "x", "amount_vnd": 1}]}, ["/prices/0/name_vi"]),
        ({"prices": [{"name_vi": "Giá", "name_en": "", "amount_vnd": 1}]}, ["/prices/0/name_vi"]),
        ({"prices": [{"name_vi": "Giá", "name_en": "Price"}]}, ["/prices/0/amount_vnd"]),
        ({"prices": [{"name_vi": "Giá", "name_en": "Price", "amount_vnd": -1}]}, ["/prices/0/amount_vnd"]),
        ({"fees": [{"type": "FEE", "amount_vnd": 1}]}, ["/fees"]),
        ({"online_channels": []}, ["/online_channels"]),
        ({"online_channels": ["fax", "national_portal"]}, ["/online_channels/0"]),
        ({"online_channels": ["national_portal", "national_portal"]}, ["/online_channels/1"]),
    ],
)
def test_the_other_kinds_need_provider_prices_and_named_channels(kind, change, pointers):
    found = check(SERVICE | {"kind": kind} | change)
    assert [problem.pointer for problem in found] == pointers
    assert {problem.rule for problem in found} == {"R44"}


@pytest.mark.rule("R44")
def test_a_price_may_be_a_text_and_may_be_free_of_charge():
    prices = [{"name_vi": "Giá vé", "name_en": "Fare", "note_vi": "theo chặng"}]
    assert check(SERVICE | {"prices": prices}) == ()
    prices = [{"name_vi": "Giá khám miễn phí", "name_en": "Free check", "amount_vnd": 0}]
    assert check(SERVICE | {"prices": prices}) == ()


@pytest.mark.rule("R42")
def test_a_procedure_has_fees_and_no_prices():
    assert told(check(FACTS | {"prices": SERVICE["prices"]})) == [("/prices", "R42")]
    assert told(check(FACTS | {"online_channels": ["telex"]})) == [("/online_channels/0", "R44")]


@pytest.mark.rule("R02")
def test_the_national_record_of_birth_registration_leaves_five_gates_unknown():
    gates = gates_of(FACTS, FORM)
    assert gates.eform_available is True
    assert gates.result_issuable_electronically_or_postal is True
    assert set(gates.unknown()) == {
        "all_components_submittable_electronically",
        "fee_payable_online_or_none",
        "no_physical_presence",
        "no_onsite_verification",
        "signing_supported",
    }, "a blank 0 is no word that nobody pays"
    finding = level_of(FACTS, FORM, reviewed=True)
    assert finding.level is ServiceLevel.PARTIAL
    assert told(finding.problems) == [("/online/reasons", "R02")]


@pytest.mark.rule("R02")
def test_nothing_said_is_nothing_known():
    assert gates_of({"online": {}}, None) == Gates(*[None] * len(NAMES))


@pytest.mark.rule("R02")
@given(values=st.fixed_dictionaries({name: st.sampled_from([True, False, None]) for name in NAMES}))
def test_what_an_officer_recorded_of_a_gate_is_believed_but_of_payment(values):
    gates = gates_of({"online": {"gates": values}}, None)
    assert {name: getattr(gates, name) for name in NAMES} == values | {"fee_payable_online_or_none": None}


@pytest.mark.rule("R02")
@pytest.mark.parametrize(
    ("gate", "facts", "expected"),
    [
        ("all_components_submittable_electronically", {"channels": ["DIRECT"]}, False),
        ("all_components_submittable_electronically", {"components": [{"need": "always", "originals": 1}]}, None),
        (
            "all_components_submittable_electronically",
            {"components": [{"need": "always", "originals": 1, "electronic": True}, {"need": "paper", "originals": 1}]},
            True,
        ),
        (
            "all_components_submittable_electronically",
            {"components": [{"need": "case", "copies": 1, "electronic": False}, {"need": "case", "copies": 1}]},
            False,
        ),
        ("all_components_submittable_electronically", {"components": [{"need": "data", "originals": 1}]}, True),
        (
            "all_components_submittable_electronically",
            {"components": [{"need": "always", "originals": 0, "copies": 0}]},
            True,
        ),
        ("all_components_submittable_electronically", {"components": [{"need": "unknown", "originals": None}]}, None),
        ("all_components_submittable_electronically", {"components": [{"need": "always", "originals": 0}]}, None),
        ("fee_payable_online_or_none", {"fees": []}, None),
        ("fee_payable_online_or_none", {"free": True}, True),
        ("fee_payable_online_or_none", {"fees": [{"amount_vnd": 0, "note_vi": "135.000 đồng"}]}, None),
        ("fee_payable_online_or_none", {"fees": [{"amount_vnd": 9000, "payable_online": True}]}, False),
        ("fee_payable_online_or_none", {"fees": [{"channel": None, "amount": 9, "currency": "USD"}]}, False),
        ("fee_payable_online_or_none", {"fees": [{"channel": "DIRECT", "amount": 9}]}, None),
        ("fee_payable_online_or_none", {"fees": [{"channel": "ONLINE", "amount": 0, "reading": "free"}]}, True),
        ("fee_payable_online_or_none", {"fees": [{"reading": "elsewhere"}, {"reading": "free"}]}, None),
        ("fee_payable_online_or_none", {"fees": [{"reading": "conditional"}], "free": True}, False),
        ("fee_payable_online_or_none", {"prices": [{"amount_vnd": 9, "payable_online": True}]}, False),
        ("fee_payable_online_or_none", {"prices": [{"note_vi": "theo chặng"}]}, False),
        ("fee_payable_online_or_none", {"prices": [{"amount_vnd": 0}]}, True),
        ("result_issuable_electronically_or_postal", {"returning": ["AT_SUBMISSION_PLACE"]}, False),
        ("result_issuable_electronically_or_postal", {"returning": ["AT_HOME"]}, True),
        ("signing_supported", {"signing": {"required": False}}, True),
        ("signing_supported", {"signing": {"required": True, "supported": False}}, False),
        ("signing_supported", {"signing": {"required": True}}, None),
        ("no_physical_presence", {"online": {"reason": "presence", "legal_basis": "x"}}, False),
        ("no_onsite_verification", {"online": {"reasons": [{"code": "on_site", "legal_basis": "x"}]}}, False),
    ],
)
def test_a_gate_says_what_the_facts_say_and_no_more(gate, facts, expected):
    assert getattr(gates_of(facts, None), gate) is expected


@pytest.mark.rule("R02")
def test_a_price_opens_its_gate_only_where_payments_are_taken_and_an_unknown_one_nowhere():
    priced, unknown = read({"prices": [{"amount_vnd": 9}]}), read({"fees": [{"reading": None}]})
    gates = [
        offering.gates_of(facts, None, pays_online=able).fee_payable_online_or_none
        for facts in (priced, unknown)
        for able in (True, False)
    ]
    assert gates == [True, False, None, None]


@pytest.mark.rule("R43")
def test_a_version_is_full_only_with_every_gate_and_a_review():
    facts = FACTS | {"online": {"gates": dict.fromkeys(NAMES, True)}, "fees": [], "free": True}
    assert level_of(facts, FORM, reviewed=True).level is ServiceLevel.FULL
    assert level_of(facts, FORM).level is ServiceLevel.PARTIAL
    assert level_of(facts | {"fees": FACTS["fees"]}, FORM, reviewed=True).level is ServiceLevel.PARTIAL


@pytest.mark.rule("R01")
@pytest.mark.parametrize("word", ["electronic_barred", "offline_only"])
def test_a_barred_procedure_has_level_none_with_its_law(word):
    facts = {"online": {word: True, "reason": "presence", "legal_basis": "Luật X, Điều 3"}}
    finding = level_of(facts, None)
    assert (finding.level, finding.problems) == (ServiceLevel.NONE, ())
    assert "Luật X, Điều 3" in finding.notice_vi
    facts["online"]["legal_basis"] = None
    assert told(level_of(facts, None).problems) == [("/online/legal_basis", "R01")]


@pytest.mark.rule("R02")
@pytest.mark.parametrize(
    ("form", "expected"), [(None, None), ({}, None), ({"properties": {"a": {}}}, True), ({"allOf": [{}]}, True)]
)
def test_a_form_that_asks_for_something_is_a_form(form, expected):
    assert gates_of({}, form).eform_available is expected


def test_reasons_come_as_a_list_or_as_the_records_single_one():
    assert reasons_of(FACTS) == ()
    assert reasons_of({"online": {"reason": "presence", "legal_basis": None}}) == (("presence", ""),)
    assert reasons_of({"online": {"reasons": [{"code": "on_site", "legal_basis": "L"}]}}) == (("on_site", "L"),)


@pytest.mark.rule("R42", "plan_item")
def test_a_plan_item_links_to_a_service():
    assert plan_item(PLAN, {"1.001193"}) == ()
    assert told(plan_item(PLAN, {"1.000894"})) == [("/service", "R42")]


@pytest.mark.rule("R42")
@pytest.mark.parametrize(
    ("change", "pointer", "rule"),
    [
        ({"owner": "Z01"}, "/owner", "R34"),
        ({"current": "most"}, "/current", "R42"),
        ({"current": "full", "target": "partial"}, "/target", "R42"),
        ({"quarter": "2026-Q5"}, "/quarter", "R42"),
        ({"quarter": "Q4/2026"}, "/quarter", "R42"),
        ({"state": "maybe"}, "/state", "R42"),
        ({"service": ""}, "/service", "R42"),
    ],
)
def test_a_bad_plan_item_names_its_field(change, pointer, rule):
    assert told(plan_item(PLAN | change)) == [(pointer, rule)]
