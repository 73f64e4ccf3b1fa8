"""Prices and quotas are data with an address and a day; what has none is unknown, and says why."""

from datetime import date

import msgspec
import pytest

from infra.cost import prices, quotas
from infra.cost.assumed import assumed
from infra.cost.prices import Price, UnknownRegion

REGIONS = ("ap-southeast-1", "us-east-1")
TODAY = date(2026, 11, 26)


def entries():
    return [(region, key, price) for region, r in prices.load().regions.items() for key, price in r.prices.items()]


@pytest.mark.parametrize(("region", "key", "price"), entries(), ids=lambda v: v if isinstance(v, str) else "")
def test_each_price_has_a_source_and_a_day_or_is_unknown_with_a_reason(region, key, price):
    if price.usd is None:
        assert price.note, (region, key)
        assert (price.source, price.date) == ("", ""), "an unknown price pretends nothing"
        return
    assert price.source.startswith("https://")
    assert date(2024, 1, 1) <= date.fromisoformat(price.date) <= TODAY
    assert price.usd > 0


def test_the_regions_have_prices_of_the_same_lines():
    found = prices.load().regions
    assert set(REGIONS) <= found.keys()
    assert len({frozenset(r.prices) for r in found.values()}) == 1


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"usd": 1.0, "per": 1, "unit": "u"}, "address of its source"),
        ({"usd": 1.0, "per": 1, "unit": "u", "source": "a book", "date": "2026-01-01"}, "address of its source"),
        ({"usd": 1.0, "per": 1, "unit": "u", "source": "https://aws.amazon.com/x", "date": ""}, "isoformat"),
        ({"usd": 0.0, "per": 1, "unit": "u", "source": "https://aws.amazon.com/x", "date": "2026-01-01"}, "above zero"),
        ({"usd": None, "per": 1, "unit": "u"}, "says why"),
        ({"usd": None, "per": 1, "unit": "u", "note": "n", "sku": "x"}, "unknown field"),
    ],
    ids=["no source", "no address", "no day", "nothing", "unknown without a reason", "a field too many"],
)
def test_a_price_that_does_not_say_where_it_is_from_is_refused(given, why):
    with pytest.raises(msgspec.ValidationError, match=why):
        msgspec.convert(given, Price)


def test_a_quantity_of_an_unknown_price_has_no_dollars():
    assert Price(per=1000, unit="u", note="n").of(5) is None
    assert Price(per=1000, unit="u", usd=0.4, source="https://a.b/c", date="2026-01-01").of(5000) == pytest.approx(2.0)


@pytest.mark.parametrize("load", [prices.load, quotas.load])
def test_a_region_without_figures_is_refused_by_name(load):
    with pytest.raises(UnknownRegion, match=r"vn-hanoi-1: no .*ap-southeast-1, us-east-1"):
        load().region("vn-hanoi-1")


@pytest.mark.parametrize("region", REGIONS)
def test_each_quota_has_a_source_and_a_day(region):
    found = quotas.load().region(region).quotas
    assert found
    for name, quota in found.items():
        assert quota.source.startswith("https://docs.aws.amazon.com/"), name
        assert date.fromisoformat(quota.date) <= TODAY
        assert quota.value > 0


def test_what_is_assumed_says_why():
    given = assumed()
    figures = [
        given.full_processor_mb,
        given.arm_speed,
        given.bucket_key_share,
        given.table_key_minutes,
        given.traced_share,
    ]
    assert all(each.why and each.source.startswith("https://") for each in figures)
    assert all(each.why for each in given.call_ms.values())
    assert given.wait_ms("s3.get_object") == 100
    assert given.wait_ms("kms.sign") == given.call_ms["other"].ms
