"""The fee line that a dossier keeps from its filing."""

from datetime import date

import pytest
from msgspec import structs

from chalicelib.catalogue.versions.pinned import plan as plan_of
from chalicelib.contracts.plan import PlannedFee, PlannedPrice
from chalicelib.submission.fees import filed
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
