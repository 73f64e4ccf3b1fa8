"""The fee line that a dossier keeps from its filing."""

from datetime import date

import msgspec
import pytest
from msgspec import structs

from chalicelib.catalogue.versions.pinned import plan as plan_of
from chalicelib.contracts.event import heard, told
from chalicelib.contracts.plan import (
    Plan,
    PlannedFee,
    PlannedFeeAnswer,
    PlannedGroup,
    PlannedPrice,
    PlannedScale,
    PlannedTier,
)
from chalicelib.contracts.submission import FiledGiven
from chalicelib.dossier.fees import bounds, filed
from chalicelib.dossier.filled import fee_said
from chalicelib.dossier.items import FormItem
from chalicelib.kernel.ids import canonical
from chalicelib.kernel.problem import BodyInvalid
from chalicelib.submission.fees import said_of
from chalicelib.submission.model import Beside
from tests.fakes import people
from tests.support.hall import version

DAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def plan():
    return plan_of(version(people.facts()))


def line(plan, *fees, channel="ONLINE", prices=()):
    return filed(structs.replace(plan, fees=fees, prices=prices), channel, "H01.10.24", DAY)


def owed(reading, amount=20_000, **more):
    return PlannedFee(channel="ONLINE", type="FEE", amount=amount, currency="VND", reading=reading, **more)


@pytest.mark.parametrize(
    ("fee", "amount"),
    [
        (owed("exact"), 20_000),
        (owed("free", 0), 0),
        (owed("each"), None),
        (owed("conditional", exempts=("child",)), None),
        (owed("elsewhere", None), None),
        (owed(None), None),
    ],
)
def test_what_is_not_certain_at_filing_is_not_known(plan, fee, amount):
    found = line(plan, fee)
    assert (found.amount, found.lines[0].amount, found.lines[0].taken) == (amount, amount, None)
    assert found.lines[0].why_vi != found.lines[0].why_en


def test_a_fee_of_another_channel_is_no_line_and_one_of_no_channel_is_everywhere(plan):
    direct, everywhere = structs.replace(owed("exact"), channel="DIRECT"), structs.replace(owed("exact"), channel=None)
    assert line(plan, direct) is None
    assert [line(plan, each, channel="DIRECT").amount for each in (direct, everywhere)] == [20_000, 20_000]


def test_a_price_is_known_once_somebody_counted_and_nothing_at_all_is_no_line(plan):
    prices = tuple(PlannedPrice(name_vi="Giá", amount_vnd=amount) for amount in (9_000, 0))
    assert [line(plan, prices=(each,)).amount for each in prices] == [None, 0]
    assert line(plan) is None


def test_no_preference_for_a_group_or_an_account_is_counted_in(plan):
    """1.004222 is one of the kinds that an account with the papers pays nothing for."""
    residence = structs.replace(plan, procedure="1.004222", name_vi="Đăng ký thường trú")
    assert line(residence, owed("exact")).amount == 20_000
    unread = filed(structs.replace(residence, fees=(owed("exact"),)), "ONLINE", "H24.10", DAY)
    assert unread.amount is None, "a list of Hải Phòng that was not read may hold it"


# --- what is said of the payer, the quantity, the sum ----------------------------------------------------------------

QUANTITY, PAYER = (
    PlannedFeeAnswer(gives="quantity", field="/copies"),
    PlannedFeeAnswer(
        gives="payer", field="/kind", groups=(PlannedGroup(answer=1, payer="child"), PlannedGroup(answer=True))
    ),
)


def asking(plan, *answers, **more):
    return structs.replace(plan, fee_answers=answers or None, **more)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ()),
        ({"copies": 3}, (("quantity", 3, "/copies"),)),
        ({"copies": 0, "kind": 2}, ()),
        ({"copies": True, "kind": "1"}, ()),
        ({"copies": 3, "kind": 1}, (("quantity", 3, "/copies"), ("payer", "child", "/kind"))),
        ({"kind": True}, (("payer", "none", "/kind"),)),
    ],
)
def test_an_answer_says_what_the_version_says_that_it_does(plan, values, expected):
    assert tuple(map(structs.astuple, fee_said(asking(plan, QUANTITY, PAYER), values))) == expected
    assert fee_said(plan, values) is None


def test_what_the_form_asks_is_not_said_beside_it_and_what_nobody_said_is_no_part_of_the_line(plan):
    form = FormItem(sealed="x", version=1, fee_said=(FiledGiven(name="quantity", value=3, field="/copies"),))
    both = asking(plan, QUANTITY)
    assert said_of(both, form, Beside(payer="child")) == (*form.fee_said, FiledGiven(name="payer", value="child"))
    with pytest.raises(BodyInvalid):
        said_of(both, form, Beside(quantity=3))
    assert said_of(both, structs.replace(form, fee_said=None), Beside()) == (), "saved by a release that knew none"
    assert said_of(plan, None, Beside(value=7)) == (FiledGiven(name="value", value=7),)
    assert filed(structs.replace(plan, fees=(owed("exact"),)), "ONLINE", "H01.10.24", DAY).given is None


def test_what_was_said_makes_the_line_by_unit_and_by_group(plan):
    three, child, none = (
        FiledGiven(name=n, value=v) for n, v in (("quantity", 3), ("payer", "child"), ("payer", "none"))
    )
    each = structs.replace(plan, fees=(owed("each", per_vi="bản", exempts=("child",)),))
    found = [
        filed(each, "ONLINE", "H01.10.24", DAY, given) for given in ((three, none), (three, child), (three,), (none,))
    ]
    assert [each.amount for each in found] == [60_000, 0, None, None]
    assert found[0].given == (three, none)


def test_what_was_given_takes_few_bytes_of_the_event_and_none_where_nothing_was(plan):
    """Write units are counted per kilobyte."""
    fee = structs.replace(plan, fees=(owed("each", per_vi="bản"),))
    given = (FiledGiven(name="quantity", value=3, field="/copies"),)
    bare, full = (told(structs.replace(filed(fee, "ONLINE", "H01.10.24", DAY, given), given=g)) for g in (None, given))
    assert "given" not in bare
    assert len(canonical(full)) - len(canonical(bare)) <= 60


def test_a_form_and_a_plan_of_an_earlier_release_are_read(plan):
    old = {name: value for name, value in told(plan).items() if name != "fee_answers"}
    assert heard(Plan, {**old, "fees": [{"channel": "ONLINE", "amount": 1, "reading": "exact"}]}).fees[0].scale is None
    assert msgspec.convert({"sealed": "x", "version": 1}, FormItem).fee_said is None


# --- the most that may be asked for ----------------------------------------------------------------------------------


def fee(amount, currency="VND", **more):
    return PlannedFee(
        **{"channel": "ONLINE", "type": "FEE", "reading": "exact", **more, "amount": amount, "currency": currency}
    )


def most_of(plan, *fees, given=(), free=None):
    return bounds(structs.replace(plan, fees=fees, prices=(), free=free), "ONLINE", "H01.10.24", DAY, given)


@pytest.mark.parametrize(
    ("fees", "given", "most"),
    [
        ((), (), {"VND": None}),
        ((fee(150, "USD"),), (), {"USD": 150}),
        ((fee(150, "USD"), fee(20_000, "VND", type="CHARGE")), (), {"USD": 150, "VND": 20_000}),
        ((fee(20_000), fee(50_000)), (), {"VND": 50_000}),
        ((fee(20_000), fee(50_000, type="CHARGE")), (), {"VND": 70_000}),
        ((fee(20_000), fee(50_000), fee(5_000, type="CHARGE")), (), {"VND": 55_000}),
        ((fee(20_000), fee(None, None, reading="elsewhere", type="CHARGE")), (), {"VND": None}),
        ((fee(20_000), fee(None, "VND", reading="elsewhere")), (), {"VND": None}),
        ((fee(10_000, reading="each"),), (), {"VND": None}),
        ((fee(10_000, reading="each"),), (FiledGiven(name="quantity", value=3),), {"VND": 30_000}),
        ((fee(0, None, reading="free"),), (), {"VND": 0}),
        ((fee(20_000, exempts=("child",)),), (), {"VND": 20_000}),
        ((fee(20_000, exempts=("child",)),), (FiledGiven(name="payer", value="child"),), {"VND": 0}),
        ((fee(20_000, channel="DIRECT"), fee(5_000)), (), {"VND": 5_000}),
    ],
)
def test_a_dossier_is_asked_for_no_more_than_its_fees_can_be(plan, fees, given, most):
    assert most_of(plan, *fees, given=given) == most


def test_what_the_version_says_is_free_is_asked_for_nothing(plan):
    assert most_of(plan, free=True) == {"VND": 0}


def test_a_fee_by_tiers_that_has_a_most_is_asked_for_no_more_than_that(plan):
    tier = PlannedTier(above=0, charged="percent", percent="0.1")
    scale = PlannedScale(by="value", way="whole", tiers=(tier,), most=7_000, rounding="up")
    tiered = fee(None, "VND", reading="tiered", scale=scale)
    assert most_of(plan, tiered) == {"VND": 7_000}
    assert most_of(plan, tiered, given=(FiledGiven(name="value", value=1_000_000),)) == {"VND": 1_000}
