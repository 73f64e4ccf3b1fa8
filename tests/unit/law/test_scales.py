"""A fee by tiers: what they say is reckoned exactly, and what they leave open is a fault by its place."""

import pytest

from chalicelib.law.fees import Charge, Filing, reckon
from chalicelib.law.scales import Scale, Tier, faults, owed, share
from tests.unit.law.test_fees import DAY

ONCE = (Tier(0, 10, "once", 100, "VND"), Tier(10, 20, "once", 150, "VND"), Tier(20, None, "once", 400, "VND"))
EACH = (Tier(0, 2, "each", 2_000, "VND", 1), Tier(2, None, "each", 1_000, "VND", 1))
CENT = (Tier(0, 1_000, "percent", percent="1"), Tier(1_000, 5_000, "percent", percent="0.5"))


def scale(*tiers, by="quantity", way="whole", **more):
    return Scale(**{"by": by, "way": way, "unit": "trang", "currency": "VND", "tiers": tiers, **more})


@pytest.mark.parametrize(
    ("tiers", "more", "measure", "amount"),
    [
        (ONCE, {}, 10, 100),
        (ONCE, {}, 11, 150),
        (ONCE, {}, 21, 400),
        (ONCE, {"way": "marginal"}, 21, 650),
        (EACH, {}, 2, 4_000),
        (EACH, {}, 3, 3_000),
        (EACH, {"way": "marginal"}, 3, 5_000),
        (EACH, {"least": 5_000, "most": 6_000}, 1, 5_000),
        (EACH, {"least": 5_000, "most": 6_000}, 9, 6_000),
        ([Tier(0, None, "each", 7, "VND", 10, "begun")], {}, 21, 21),
        ([Tier(0, None, "each", 7, "VND", 10, "complete")], {}, 29, 14),
        (CENT, {"by": "value"}, 1_000, 10),
        (CENT, {"by": "value"}, 2_000, 10),
        (CENT, {"by": "value", "way": "marginal"}, 2_000, 15),
        (CENT, {"by": "value"}, 50, None),
        (CENT, {"by": "value", "rounding": "up"}, 50, 1),
        (CENT, {"by": "value", "rounding": "down"}, 50, 0),
        (CENT, {"by": "value", "rounding": "nearest"}, 50, 1),
        (CENT, {"by": "value"}, 5_001, None),
        (CENT, {"by": "capital"}, None, None),
        (CENT, {"by": "value", "least": 100}, 50, 100),
        (EACH, {}, 0, None),
    ],
)
def test_what_the_tiers_say_is_owed_and_no_more(tiers, more, measure, amount):
    found = owed(scale(*tiers, **more), measure)
    assert found.amount == amount
    assert found.why_vi != found.why_en


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (scale(*ONCE, way=None), {"scale/way": "way"}),
        (scale(*ONCE, by=None), {"scale/by": "measure"}),
        (scale(*ONCE, unit=None), {"per_vi": "unit"}),
        (scale(*CENT, by="value", currency=None), {"currency": "currency"}),
        (scale(*ONCE, least=2, most=1), {"scale/most": "range"}),
        (scale(*ONCE, rounding="away"), {"scale/rounding": "rounding"}),
        (scale(), {"tiers": "complete"}),
        (scale(ONCE[0], ONCE[2]), {"tiers/1/above": "gap"}),
        (scale(*ONCE[1:]), {"tiers/0/above": "gap"}),
        (scale(ONCE[0], ONCE[1]._replace(above=9)), {"tiers/1/above": "overlap"}),
        (scale(ONCE[0]._replace(up_to=None), ONCE[1]), {"tiers/1/above": "overlap"}),
        (scale(ONCE[0]._replace(above=None)), {"tiers/0/above": "bound"}),
        (scale(ONCE[0]._replace(up_to=0)), {"tiers/0/up_to": "range"}),
        (scale(ONCE[0]._replace(charged=None)), {"tiers/0/charged": "charged"}),
        (scale(ONCE[0]._replace(amount=None)), {"tiers/0/amount": "complete"}),
        (scale(ONCE[0]._replace(currency="USD")), {"tiers/0/currency": "currency"}),
        (scale(EACH[0]._replace(step=None)), {"tiers/0/step": "complete"}),
        (scale(EACH[0]._replace(step=2)), {"tiers/0/part": "part"}),
        (scale(CENT[0]), {"tiers/0/percent": "measure"}),
        (scale(CENT[0]._replace(percent="1e"), by="value"), {"tiers/0/percent": "percent"}),
    ],
)
def test_what_is_left_open_is_a_fault_by_its_place_and_nothing_is_owed_that_is_known(given, expected):
    assert {each.place: each.rule for each in faults(given)} == expected
    assert owed(given, 1).amount is None


@pytest.mark.parametrize(
    "percent", [None, "", "0", "-1", "101", "NaN", "Infinity", "a", "0.000000001", "100.00000001", "٣"]
)
def test_a_percentage_is_above_0_and_up_to_100(percent):
    assert share(percent) is None


def test_a_quantity_is_of_one_unit_and_a_payer_who_was_not_said_is_of_no_group():
    filing = Filing("1.000001", "Thủ tục", "ONLINE", DAY, "H01", quantity=3)
    pages = Charge("FEE", None, "VND", "tiered", unit="trang", scale=scale(*EACH))
    people = Charge("OTHER", 10, "VND", "each", unit="người")
    assert [reckon([each], filing, known=()).amount for each in (pages, people)] == [3_000, 30]
    both = reckon([pages, people], filing, known=())
    assert [each.amount for each in both.lines] == [None, None], "3 of what?"
    spares = people._replace(exempts=("child",))
    found = [
        reckon([spares], filing._replace(payer=payer, is_payer_said=said), known=()).amount
        for payer, said in ((None, True), ("child", True), (None, False))
    ]
    assert found == [30, 0, None]
