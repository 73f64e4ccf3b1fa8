"""What of the fees keeps a version back: each rule is seen to refuse, and nothing else is said."""

import pytest

from chalicelib.catalogue.procedures.facts import facts_of
from chalicelib.catalogue.procedures.given import plain
from chalicelib.catalogue.records.charges import charges_of
from chalicelib.catalogue.versions.completeness import problems_of
from tests.fakes import people
from tests.support.hall import version
from tests.unit.catalogue.records.given import method, read

OWED = {"channel": "ONLINE", "type": "FEE", "amount": 8000, "currency": "VND", "reading": "exact"}
WORDS = "Theo quy định của Hội đồng nhân dân"


def found(*fees, record=None, **more):
    facts = {**people.facts(), "fees": list(fees), **more}
    return {(p.pointer.removeprefix("/facts"), p.rule) for p in problems_of(version(facts), record)}


SHUT = {("/online/gates/fee_payable_online_or_none", "R02")}


def shut():
    """The reason that birth registration's own facts give stands for this gate too."""
    return people.facts()["online"]


@pytest.mark.parametrize(
    "fee",
    [
        OWED,
        {**OWED, "reading": "each", "per_vi": "bản"},
        {**OWED, "amount": 0, "reading": "free", "note_vi": "Miễn lệ phí"},
        {**OWED, "reading": "conditional", "condition_vi": "Trẻ em được miễn", "exempts": ["child"]},
        {**OWED, "amount": None, "currency": None, "reading": "elsewhere", "condition_vi": WORDS},
        {**OWED, "channel": None, "amount": 70, "currency": "USD"},
    ],
)
def test_a_fee_that_somebody_decided_may_be_published(fee):
    assert found(fee) == set()


@pytest.mark.parametrize(
    ("fee", "problem"),
    [
        ({"reading": None}, ("reading", "decide")),
        ({"reading": "perhaps"}, ("reading", "decide")),
        ({"amount": None}, ("amount", "complete")),
        ({"amount": 0}, ("amount", "complete")),
        ({"currency": None}, ("currency", "complete")),
        ({"currency": "đồng"}, ("currency", "currency")),
        ({"tiers": [{"words_vi": "x", "amount": 1, "currency": "đ"}], "reading": "each", "per_vi": "bản"},
         ("tiers/0/currency", "currency")),
        ({"exempts": ["child"]}, ("reading", "exact")),
        ({"tiers": [{"words_vi": "x", "amount": 1, "currency": "VND"}]}, ("reading", "exact")),
        ({"reading": "each"}, ("per_vi", "complete")),
        ({"reading": "each", "per_vi": "bản", "exempts": ["rich"]}, ("exempts", "payer")),
        ({"reading": "free", "note_vi": "Miễn"}, ("amount", "free")),
        ({"reading": "free", "amount": 0}, ("condition_vi", "complete")),
        ({"reading": "elsewhere", "condition_vi": WORDS}, ("amount", "elsewhere")),
        ({"reading": "elsewhere", "amount": None}, ("condition_vi", "complete")),
        ({"reading": "conditional"}, ("condition_vi", "complete")),
        ({"channel": "FAX"}, ("channel", "channel")),
    ],
)  # fmt: skip
def test_a_fee_that_cannot_hold_is_named(fee, problem):
    assert found({**OWED, **fee}) == {(f"/fees/0/{problem[0]}", problem[1])}


def test_two_fees_of_a_type_that_everybody_owes_are_named_and_of_two_types_not():
    assert found(OWED, {**OWED, "amount": 9000}) == {("/fees/0/reading", "twice"), ("/fees/1/reading", "twice")}
    assert found(OWED, {**OWED, "type": "SERVICE_FEE"}) == set()
    assert found(OWED, {**OWED, "channel": "DIRECT"}) == set()


@pytest.mark.rule("R02")
def test_who_claims_that_a_price_can_be_paid_here_is_refused():
    claims = {**shut(), "gates": {**shut()["gates"], "fee_payable_online_or_none": True}}
    elsewhere = {**OWED, "amount": None, "reading": "elsewhere", "condition_vi": WORDS}
    free = {**OWED, "amount": 0, "reading": "free", "note_vi": "Miễn"}
    assert found(OWED, online=claims) == SHUT
    assert found(elsewhere, online=claims) == SHUT, "what nobody knows is no ground either"
    assert found(free, online=claims) == set()
    assert found(free, online=shut()) == set()


def test_what_costs_something_is_not_said_to_be_free():
    price = {"name_vi": "Giá", "name_en": "Price", "amount_vnd": 1}
    assert found(OWED, free=True) == {("/free", "free")}
    assert ("/free", "free") in found(free=True, prices=[price])
    assert found(free=True) == set()
    assert found({**OWED, "amount": 0, "reading": "free", "note_vi": "Miễn"}, free=True) == set()


def test_every_fee_of_the_record_is_kept_in_its_words():
    record = read("1.004194").typed
    kept = [plain(each) | {"reading": "conditional"} for each in charges_of(record)]
    channels = {"channels": ["ONLINE", "DIRECT"]}
    assert ("/fees", "record_words") not in found(*kept, record=record, **channels)
    for left in range(len(kept)):
        less = [each for place, each in enumerate(kept) if place != left]
        assert ("/fees", "record_words") in found(*less, record=record, **channels)
    changed = [{**kept[0], "condition_vi": "7.000 đồng"}, *kept[1:]]
    assert ("/fees", "record_words") in found(*changed, record=record, **channels)


@pytest.mark.parametrize(
    ("rows", "readings"),
    [
        ([{"type": "FEE", "value": 8000, "currencyName": "VND", "description": "8.000 đồng/lần"}], ["exact"]),
        ([{"type": "FEE", "value": 8000, "currencyName": "VND", "description": "9.000 đồng/lần"}], [None]),
        ([{"type": "FEE", "value": 70, "currencyName": "USD"}], ["exact"]),
        ([{"type": "FEE", "value": 70, "currencyName": "VND"}], [None]),
        ([{"type": "FEE", "value": 70, "currencyName": "Bảng Anh"}], [None]),
        ([{"type": "FEE", "value": 70}], [None]),
        ([{"type": "FEE", "value": 0}], [None]),
        ([{"type": "FEE", "value": 0, "description": "Miễn lệ phí."}], ["free"]),
        ([{"type": "FEE", "value": 0, "description": "Miễn lệ phí. Phí cấp bản sao theo quy định"}], [None]),
        ([{"type": "FEE", "value": 8000, "currencyName": "VND", "description": "Trẻ em được miễn"}], [None]),
        ([{"type": "FEE", "value": 8000, "currencyName": "VND", "description": "Đối với cá nhân"}], [None]),
        ([{"type": "FEE", "value": 8000, "currencyName": "VND", "description": "8.000 đồng/người"}], [None]),
        ([{"type": "FEE", "value": 8000, "currencyName": "VND"}, {"type": "FEE", "value": 9000, "currencyName": "VND"}],
         [None, None]),
        ([{"type": "FEE", "value": 8000, "currencyName": "VND"}] * 2, ["exact"]),
        ([{"type": "FEE", "value": 8000, "currencyName": "VND"},
          {"type": "SERVICE_FEE", "value": 5000, "currencyName": "VND"}], ["exact", "exact"]),
        ([{"type": "FEE", "value": 8000, "currencyName": "VND"},
          {"type": "SERVICE_FEE", "value": 0, "description": "Miễn lệ phí đối với trẻ em"}], [None, None]),
    ],
)  # fmt: skip
def test_what_of_a_record_is_read_without_an_officer(rows, readings):
    assert [each.reading for each in charges_of(method(fees=rows, description="").typed)] == readings


def test_a_fee_that_not_every_way_of_a_channel_has_is_not_everybodys():
    facts = method(fees=[{"type": "FEE", "value": 8000, "currencyName": "VND"}], description="").facts
    (one,) = facts["methods"]
    both = facts_of({**facts, "methods": [one, {**one, "fees": [], "note_vi": "Nộp tại xã"}]})
    assert [each.reading for each in charges_of(both)] == [None]
    other = facts_of({**facts, "methods": [one, {**one, "fees": [], "channel": "POSTAL"}]})
    assert [each.reading for each in charges_of(other)] == ["exact"]


def test_a_fee_that_a_description_names_otherwise_has_each_sum_in_its_sentence():
    words = "2.000 đồng/trang; từ trang thứ 3 trở lên thu 1.000 đồng/trang, tối đa không quá 200.000 đồng/bản."
    row = {"type": "FEE", "value": 2000, "currencyName": "VND", "description": "/trang"}
    (fee,) = charges_of(method(fees=[row], description=words).typed)
    assert [(t.amount, t.currency, t.per_vi) for t in fee.tiers] == [
        (2000, "VND", "trang"), (1000, "VND", "trang"), (200_000, "VND", "bản"),
    ]  # fmt: skip
    assert fee.tiers[1].words_vi == "từ trang thứ 3 trở lên thu 1.000 đồng/trang, tối đa không quá 200.000 đồng/bản."
    assert (fee.amount, fee.reading, fee.condition_vi) == (2000, None, f"/trang\n{words}")
    long = "; ".join(f"{n}.000 đồng/bản {'x' * 900}" for n in range(1, 40))
    (fee,) = charges_of(method(fees=[row], description=long).typed)
    assert (fee.tiers, long in fee.words_vi) == ((), True), "each tier repeats its sentence"
    many = "; ".join(f"{n}.000 đồng/bản" for n in range(1, 99))
    (fee,) = charges_of(method(fees=[row], description=many).typed)
    assert (fee.tiers, many in fee.words_vi) == ((), True)
