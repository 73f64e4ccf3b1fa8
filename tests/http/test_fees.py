"""Fees with their money: what a record leaves open is decided before anybody publishes, and no price is end to end."""

import pytest

from tests.support.asserts import rules
from tests.support.catalogue import Desk, completed, facts_of, free_of_charge, fresh_code, imported

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
        ({"tiers": [{"amount": 1}]}, {"/facts/fees/0/tiers/0/words_vi": "missing"}),
    ],
)
def test_a_fee_that_breaks_a_rule_is_422_and_names_it(where, change, expected):
    desk = Desk(where, fresh_code())
    fee = {"channel": "ONLINE", "type": "FEE", "amount": 8000, "currency": "VND", "reading": "exact"}
    assert rules(desk.start("facts", {**facts_of(desk.code), "fees": [{**fee, **change}]})) == expected
