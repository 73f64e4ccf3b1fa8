"""A fee by tiers, and by who pays: what an officer read, the calculator reckons and a dossier keeps, the same sum."""

import copy

import pytest

from infra.demo import story
from tests.support.asserts import problem, rules
from tests.support.catalogue import PLAIN, Desk, facts_of, fresh_code, opened

PAGES = [
    {"words_vi": "Trang 1 và 2: 2.000 đồng/trang", "amount": 2_000, "currency": "VND", "above": 0, "up_to": 2,
     "charged": "each", "step": 1},
    {"words_vi": "Từ trang thứ 3: 1.000 đồng/trang", "amount": 1_000, "currency": "VND", "above": 2,
     "charged": "each", "step": 1},
]  # fmt: skip
SCALE = {"by": "quantity", "way": "marginal", "most": 200_000}
FEE = {"channel": "ONLINE", "type": "FEE", "currency": "VND", "per_vi": "trang", "reading": "tiered",
       "tiers": PAGES, "scale": SCALE, "exempts": ["child"]}  # fmt: skip
ANSWERS = [
    {"gives": "quantity", "field": "/copies"},
    {"gives": "payer", "field": "/kind", "groups": [{"answer": "a", "payer": "child"}, {"answer": "b"}]},
]


def procedure(code, *fees, answers=()):
    return facts_of(code, kind="administrative_procedure", prices=[], provider=None, components=[], fees=list(fees),
                    fee_answers=list(answers))  # fmt: skip


def asking(form):
    """The plain form with two questions more: how many, and of which group."""
    asked = copy.deepcopy(form)
    asked["schema"]["properties"] |= {"copies": {"type": "integer", "minimum": 0, "maximum": 500},
                                      "kind": {"enum": ["a", "b"]}}  # fmt: skip
    because = {"source": None, "asked_because_vi": "Quyết định mức phí", "asked_because_en": "Decides the fee"}
    asked["ui"]["fields"] |= {
        "/copies": {"label_vi": "Số trang", "label_en": "Pages", "key": "certificate.copies", **because},
        "/kind": {"label_vi": "Nhóm", "label_en": "Group", "key": "residence.case", **because},
    }
    asked["ui"]["pages"][-1]["fields"] += ["/copies", "/kind"]
    return asked


def begun(desk, facts):
    """A draft with the form that asks; whatever keeps it back, by place."""
    started = desk.start("facts", facts).ok(201).body
    saved = desk.save(started["version"], facts, 1, asking(started["form"])).ok().body
    return started["version"], {p["pointer"]: p["rule"] for p in saved["problems"]}


def refused(desk, facts):
    """What a publisher is told of it."""
    number, told = begun(desk, facts)
    desk.hand_over(number).ok()
    desk.review(number).ok()
    found = rules(desk.publish(number))
    assert found.items() <= told.items(), "the draft says so too"
    assert desk.read(number).ok().body["status"] == "review"
    return found


def put_out(desk, facts):
    number, told = begun(desk, facts)
    assert not told
    desk.hand_over(number).ok()
    desk.review(number).ok()
    desk.publish(number).ok()


def asked(who, code, **query):
    said = "".join(f"&{name}={value}" for name, value in query.items())
    return who.get(f"/v1/services/{code}/fee?channel=ONLINE&province=H01{said}")


def filed(who, code, form=PLAIN, **beside):
    reference = opened(who, code)
    story.fill(who, reference, form).ok()
    body = {"draft": reference, "declares_true": True, **beside}
    who.post("/v1/dossiers", body, key=f"file-{reference}").ok(201)
    return who.get(f"/v1/dossiers/{reference}/fee").ok().body["fee"]


def same(one, other):
    """Whether the calculator and the dossier say the same."""
    names = ("amount", "currency", "why_vi", "why_en")
    lines = ("type", "before", "amount", "currency", "taken", "why_vi", "why_en")
    return [one[n] for n in names] == [other[n] for n in names] and [
        [line[n] for n in lines] for line in one["lines"]
    ] == [[line[n] for n in lines] for line in other["lines"]]


def test_tiers_that_an_officer_read_are_reckoned_before_and_at_filing(where, citizen):
    desk = Desk(where, fresh_code())
    gap = [PAGES[0], {**PAGES[1], "above": 5}]
    assert refused(desk, procedure(desk.code, {**FEE, "tiers": gap}, answers=ANSWERS)) == {
        "/facts/fees/0/tiers/1/above": "gap"
    }
    put_out(desk, procedure(desk.code, FEE, answers=ANSWERS))
    shown = citizen.get(f"/v1/services/{desk.code}").ok().body["fees"][0]
    assert (shown["scale"]["way"], shown["tiers"][1]["above"], shown["certain"]) == ("marginal", 2, False)

    known = asked(citizen, desk.code, quantity=5, payer="none").ok().body
    assert (known["amount"], known["currency"]) == (7_000, "VND"), "2 × 2.000 and 3 × 1.000"
    kept = filed(citizen, desk.code, {**PLAIN, "copies": 5, "kind": "b"})
    assert same(known, kept)
    assert kept["given"] == [
        {"name": "quantity", "value": 5, "field": "/copies"}, {"name": "payer", "value": "none", "field": "/kind"},
    ]  # fmt: skip

    most = asked(citizen, desk.code, quantity=400, payer="none").ok().body
    assert most["amount"] == 200_000
    assert same(most, filed(citizen, desk.code, {**PLAIN, "copies": 400, "kind": "b"}))

    child = asked(citizen, desk.code, quantity=5, payer="child").ok().body
    assert (child["amount"], child["lines"][0]["taken"]) == (0, "fee-exempts")
    assert same(child, filed(citizen, desk.code, {**PLAIN, "copies": 5, "kind": "a"}))

    unsaid = asked(citizen, desk.code, payer="none").ok().body
    assert (unsaid["amount"], unsaid["lines"][0]["why_en"]) == (None, "Unknown: the quantity (trang) was not said")
    for none in ({}, {"copies": 0}):
        assert same(unsaid, filed(citizen, desk.code, {**PLAIN, **none, "kind": "b"})), "0 pages are no count"
    nobody = asked(citizen, desk.code, quantity=5).ok().body
    assert nobody["lines"][0]["why_en"] == "Unknown: of which group the payer is was not said"
    assert same(nobody, filed(citizen, desk.code, {**PLAIN, "copies": 5}))


def test_what_the_form_does_not_ask_is_said_at_the_submission_and_what_it_asks_is_not(where, citizen):
    desk = Desk(where, fresh_code())
    capital = {**FEE, "per_vi": None, "exempts": [], "scale": {"by": "capital", "way": "whole", "least": 50_000},
               "tiers": [{"words_vi": "0,1 % vốn", "above": 0, "charged": "percent", "percent": "0.1"}]}  # fmt: skip
    each = {**FEE, "type": "OTHER", "reading": "each", "amount": 3_000, "tiers": [], "scale": None}
    put_out(desk, procedure(desk.code, capital, each, answers=ANSWERS[:1]))
    known = asked(citizen, desk.code, capital=90_000_000, quantity=2, payer="none").ok().body
    assert [line["amount"] for line in known["lines"]] == [90_000, 6_000]
    kept = filed(citizen, desk.code, {**PLAIN, "copies": 2}, capital=90_000_000, payer="none")
    assert same(known, kept)
    assert kept["given"][1:] == [
        {"name": "payer", "value": "none", "field": None}, {"name": "capital", "value": 90_000_000, "field": None},
    ]  # fmt: skip
    assert asked(citizen, desk.code, capital=7, quantity=2, payer="none").ok().body["amount"] == 56_000, "the least"

    reference = opened(citizen, desk.code)
    story.fill(citizen, reference, PLAIN).ok()
    body = {"draft": reference, "declares_true": True}
    assert rules(citizen.post("/v1/dossiers", {**body, "quantity": 2}, key=reference)) == {"/quantity": "form_asks"}
    assert citizen.get(f"/v1/drafts/{reference}").ok().body["status"] == "draft"
    told = citizen.post("/v1/dossiers", {**body, "quantity": 0, "payer": "rich"}, key=reference)
    assert rules(told) == {"/quantity": "greater_than_equal", "/payer": "literal_error"}
    citizen.post("/v1/dossiers", body, key=reference).ok(201)
    problem(citizen.post("/v1/dossiers", {**body, "payer": "child"}, key=reference), 409, "key_reused")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"gives": "quantity", "field": "/nowhere"}, {"field": "field"}),
        ({"gives": "quantity", "field": "/request"}, {"field": "integer"}),
        ({"gives": "value", "field": "/copies", "groups": [{"answer": "a"}]}, {"groups": "measure"}),
        ({"gives": "payer", "field": "/copies"}, {"field": "choices"}),
        ({**ANSWERS[1], "groups": ANSWERS[1]["groups"][:1]}, {"groups": "complete"}),
        ({**ANSWERS[1], "groups": [*ANSWERS[1]["groups"], {"answer": "c"}]}, {"groups/2/answer": "answer"}),
    ],
)
def test_an_answer_that_the_form_cannot_give_keeps_a_version_back(where, answer, expected):
    desk = Desk(where, fresh_code())
    _, told = begun(desk, procedure(desk.code, FEE, answers=[answer]))
    assert told == {f"/facts/fee_answers/0/{place}": rule for place, rule in expected.items()}
    _, told = begun(desk, procedure(desk.code, FEE, answers=[ANSWERS[0], ANSWERS[0]]))
    assert told == {"/facts/fee_answers/1/gives": "unique"}
