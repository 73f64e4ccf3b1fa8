"""Fees with their money: what a record leaves open is decided before anybody publishes, and no price is end to end."""

from datetime import date

import pytest

from infra.demo import story
from tests.support.asserts import problem, rules
from tests.support.catalogue import (
    PLAIN,
    Desk,
    completed,
    facts_of,
    free_of_charge,
    fresh_code,
    imported,
    in_days,
    opened,
    today,
)

CLAIM = "/facts/online/gates/fee_payable_online_or_none"


def refused(desk, facts):
    """What keeps these facts from publication: told with the draft that is begun, and refused to its publisher."""
    started = desk.start("facts", facts).ok(201).body
    desk.hand_over(started["version"]).ok()
    desk.review(started["version"]).ok()
    told = rules(desk.publish(started["version"]))
    assert told == {p["pointer"]: p["rule"] for p in started["problems"] if p["pointer"] in told}
    assert desk.read(started["version"]).ok().body["status"] == "review"
    return told


@pytest.mark.rule("R02")
def test_a_priced_service_that_says_it_is_end_to_end_is_refused(where, citizen):
    desk = Desk(where, fresh_code())
    facts = facts_of(desk.code)
    priced = {**facts, "online": {**facts["online"], "reasons": []}}
    assert refused(desk, priced) == {"/facts/online/reasons": "R02"}
    claims = {**priced["online"], "gates": {**priced["online"]["gates"], "fee_payable_online_or_none": True}}
    assert refused(desk, {**priced, "online": claims}) == {CLAIM: "R02"}
    assert refused(desk, {**priced, "online": claims, "free": True}) == {CLAIM: "R02", "/facts/free": "free"}
    old = [{**each, "payable_online": True} for each in facts["prices"]]
    unknown = rules(desk.start("facts", {**priced, "prices": old}))
    assert unknown == {f"/facts/prices/{n}/payable_online": "extra_forbidden" for n in range(len(old))}
    desk.put_out({**facts, "online": {**facts["online"], "reasons": facts["online"]["reasons"]}})
    assert citizen.get(f"/v1/services/{desk.code}").ok().body["online"]["level"] == "partial"
    free = Desk(where, fresh_code())
    free.put_out(free_of_charge(free.code))
    assert citizen.get(f"/v1/services/{free.code}").ok().body["online"]["level"] == "full"


def test_a_fee_in_dollars_stays_in_dollars_from_the_record_to_the_version(cloud, where, citizen):
    desk = Desk(where, fresh_code())
    imported(cloud, desk.code, like="2.000689")
    public = citizen.get(f"/v1/services/{desk.code}").ok().body
    dollars = (10, "USD", "exact", True)
    assert [(f["amount"], f["currency"], f["reading"], f["certain"]) for f in public["fees"]] == [dollars]
    started = desk.start("record").ok(201).body["facts"]
    (fee,) = started["fees"]
    assert (fee["amount"], fee["currency"], fee["reading"]) == (10, "USD", "exact")
    facts = completed({**started, "fees": []})
    desk.put_out({**facts, "fees": [fee], "free": None, "online": {**facts["online"], "electronic_barred": False,
                  "reasons": [{"code": "technical_other", "legal_basis": started["source"]["decision"]}]}})  # fmt: skip
    shown = citizen.get(f"/v1/services/{desk.code}").ok().body
    assert [(f["amount"], f["currency"], f["reading"], f["certain"]) for f in shown["fees"]] == [dollars]
    assert shown["online"]["level"] == "partial"


def test_a_blank_zero_and_a_fee_that_nobody_read_keep_a_version_back(cloud, where, citizen):
    desk = Desk(where, fresh_code())
    imported(cloud, desk.code, like="1.004845")
    public = citizen.get(f"/v1/services/{desk.code}").ok().body
    assert [(f["amount"], f["certain"], f["record"]) for f in public["fees"]] == [
        (None, False, None), (None, False, "0"), (None, False, None),
    ]  # fmt: skip
    assert {f"/fees/{n}/amount" for n in range(3)} <= {u["pointer"] for u in public["unknown"]}
    facts = {**completed(desk.start("record").ok(201).body["facts"]), "term": {"text": "1wd"}}
    undecided = [{**each, "reading": None} for each in facts["fees"]]
    told = refused(desk, {**facts, "fees": undecided})
    assert told == {f"/facts/fees/{n}/reading": "decide" for n in range(3)}
    assert refused(desk, {**facts, "fees": facts["fees"][:2]}) == {"/facts/fees": "record_words"}
    desk.put_out(facts)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"amount": -1}, {"/facts/fees/0/amount": "greater_than_equal"}),
        ({"amount": 10**12 + 1}, {"/facts/fees/0/amount": "less_than_equal"}),
        ({"currency": "đồng"}, {"/facts/fees/0/currency": "string_too_long"}),
        ({"currency": "vnd"}, {"/facts/fees/0/currency": "string_pattern_mismatch"}),
        ({"reading": "perhaps"}, {"/facts/fees/0/reading": "literal_error"}),
        ({"exempts": ["rich"]}, {"/facts/fees/0/exempts/0": "literal_error"}),
        ({"amount_vnd": 8000}, {"/facts/fees/0/amount_vnd": "extra_forbidden"}),
        (
            {"tiers": [{"words_vi": "x", "percent": "1e3"}]},
            {"/facts/fees/0/tiers/0/percent": "string_pattern_mismatch"},
        ),
        ({"scale": {"by": "weight"}}, {"/facts/fees/0/scale/by": "literal_error"}),
        ({"tiers": [{"amount": 1}]}, {"/facts/fees/0/tiers/0/words_vi": "missing"}),
    ],
)
def test_a_fee_that_breaks_a_rule_is_422_and_names_it(where, change, expected):
    desk = Desk(where, fresh_code())
    fee = {"channel": "ONLINE", "type": "FEE", "amount": 8000, "currency": "VND", "reading": "exact"}
    assert rules(desk.start("facts", {**facts_of(desk.code), "fees": [{**fee, **change}]})) == expected


# --- what a filing costs ---------------------------------------------------------------------------------------------


def asked(who, code, **query):
    said = "&".join(f"{name}={value}" for name, value in {"channel": "ONLINE", "province": "H01", **query}.items())
    return who.get(f"/v1/services/{code}/fee?{said}")


def test_a_filing_is_reckoned_from_what_it_depends_on_and_says_why(where, citizen):
    desk = Desk(where, fresh_code())
    facts = facts_of(desk.code, like="1.004222")
    online, direct = facts["fees"]
    fees = [
        {**online, "reading": "each", "amount": 10_000, "per_vi": "bản"},
        {**direct, "reading": "conditional", "exempts": ["child"]},
    ]
    desk.put_out({**facts, "fees": fees, "promulgated_by": None})
    answer = asked(citizen, desk.code, quantity=3, on=today().isoformat()).ok().body
    assert (answer["amount"], answer["currency"], answer["version"]) == (30_000, "VND", 1)
    assert answer["on"] == asked(citizen, desk.code).ok().body["on"] == today().isoformat()
    (line,) = answer["lines"]
    assert (line["before"], line["taken"], line["why_en"]) == (30_000, None, "For each: 10000 × 3")
    assert {each["id"]: each["outcome"] for each in line["considered"]} == {
        "vneid-2026": "not", "vneid-2026-registration": "not", "law-97-2015-art-10": "not", "hai-phong-23-2026": "not",
    }  # fmt: skip
    child = asked(citizen, desk.code, channel="DIRECT", payer="child").ok().body
    assert (child["amount"], child["lines"][0]["taken"]) == (0, "fee-exempts")
    other = asked(citizen, desk.code, channel="DIRECT").ok().body
    assert (other["amount"], other["currency"], other["lines"][0]["amount"]) == (None, None, None)
    assert other["lines"][0]["words_vi"] == direct["condition_vi"]
    assert all(each["why_vi"] != each["why_en"] for each in (other, other["lines"][0]))
    nobody = asked(citizen, desk.code, on="2020-01-01")
    assert nobody.status == 404, "no version was in force on that day, and there is no record"


def test_the_fee_of_a_shipped_service_is_known_or_says_why_not(citizen):
    residence = asked(citizen, "1.004222", papers="true").ok().body
    holds = date(2026, 8, 15) <= today() <= date(2027, 2, 28)
    told = (residence["amount"], residence["lines"][0]["taken"])
    assert told == ((0, "vneid-2026") if holds else (None, None))
    assert asked(citizen, "1.004222").ok().body["amount"] is None, "some are spared: the words say who"
    assert asked(citizen, "1.001193").ok().body["lines"][0]["why_en"] == "Another text sets the amount"
    assert asked(citizen, "1.000894").ok().body["amount"] == 0
    prices = asked(citizen, "U.000001", quantity=2).ok().body
    assert (prices["amount"], [line["amount"] for line in prices["lines"]]) == (None, [3_000_000, 17_000])
    price = asked(citizen, "S.000001", quantity=1).ok().body
    assert (price["amount"], price["currency"], price["lines"][0]["considered"]) == (160_000, "VND", [])
    assert asked(citizen, "S.000001").ok().body["amount"] is None, "for how many was not said"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"channel": "FAX"}, {"/channel": "literal_error"}),
        ({"province": "An+Giang"}, {"/province": "string_pattern_mismatch"}),
        ({"on": "hôm+nay"}, {"/on": "date_from_datetime_parsing"}),
        ({"on": "1999-12-31"}, {"/on": "greater_than_equal"}),
        ({"payer": "rich"}, {"/payer": "literal_error"}),
        ({"papers": "yes"}, {"/papers": "literal_error"}),
        ({"value": 0}, {"/value": "greater_than_equal"}),
        ({"capital": 10**15 + 1}, {"/capital": "less_than_equal"}),
        ({"quantity": 0}, {"/quantity": "greater_than_equal"}),
        ({"quantity": 10_001}, {"/quantity": "less_than_equal"}),
    ],
)
def test_a_question_about_a_fee_that_breaks_a_rule_is_422_and_names_it(citizen, query, expected):
    assert rules(asked(citizen, "1.004222", **query)) == expected


def test_what_a_fee_depends_on_has_to_be_said(citizen):
    assert rules(citizen.get("/v1/services/1.004222/fee")) == {"/channel": "missing", "/province": "missing"}
    assert citizen.get(f"/v1/services/{fresh_code()}/fee?channel=ONLINE&province=H01").status == 404


# --- fixed at filing -------------------------------------------------------------------------------------------------


def procedure(code, *fees):
    """Facts of a procedure with these fees and the plain form."""
    return facts_of(code, kind="administrative_procedure", prices=[], provider=None, components=[], fees=list(fees))


def filed(citizen, code):
    reference = opened(citizen, code)
    story.fill(citizen, reference, PLAIN).ok()
    story.submit(citizen, reference).ok(201)
    return reference


def test_a_dossier_keeps_the_fee_line_that_it_was_filed_under(cloud, where, citizen):
    desk = Desk(where, fresh_code())
    fee = {"channel": "ONLINE", "type": "FEE", "amount": 20_000, "currency": "VND", "reading": "exact"}
    desk.put_out(procedure(desk.code, fee, {**fee, "channel": "DIRECT", "amount": 50_000}))
    reference = opened(citizen, desk.code)
    problem(citizen.get(f"/v1/dossiers/{reference}/fee"), 404, "not_found")
    story.fill(citizen, reference, PLAIN).ok()
    story.submit(citizen, reference).ok(201)
    kept = citizen.get(f"/v1/dossiers/{reference}/fee").ok().body
    (line,) = kept["fee"]["lines"]
    assert (kept["reference"], kept["fee"]["amount"], kept["fee"]["currency"]) == (reference, 20_000, "VND")
    assert (line["type"], line["before"], line["amount"], line["taken"]) == ("FEE", 20_000, 20_000, None)
    assert line["why_en"] == "The fee of this channel"
    assert kept["submitted_at"].startswith("20")
    desk.put_out(procedure(desk.code, {**fee, "amount": 90_000}), day=in_days(1))
    assert (
        citizen.get(f"/v1/services/{desk.code}/fee?channel=ONLINE&province=H01&on={in_days(1)}").ok().body["amount"]
        == 90_000
    )
    assert citizen.get(f"/v1/dossiers/{reference}/fee").ok().body == kept


def test_a_fee_that_was_not_known_at_filing_says_so_and_nothing_owed_is_null(where, citizen):
    desk = Desk(where, fresh_code())
    fee = {"channel": "ONLINE", "type": "FEE", "reading": "elsewhere", "condition_vi": "Theo quy định của tỉnh"}
    desk.put_out(procedure(desk.code, fee))
    found = citizen.get(f"/v1/dossiers/{filed(citizen, desk.code)}/fee").ok().body["fee"]
    assert (found["amount"], found["lines"][0]["why_en"]) == (None, "Another text sets the amount")
    none = Desk(where, fresh_code())
    none.put_out(procedure(none.code))
    assert citizen.get(f"/v1/dossiers/{filed(citizen, none.code)}/fee").ok().body["fee"] is None
