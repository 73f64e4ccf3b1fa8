"""Each indicator by hand: what a few dossiers add to which month, and the figure that comes of it."""

import json
from pathlib import Path

import msgspec
import pytest

from chalicelib.contracts.submission import FiledFee
from chalicelib.law.measures import COUNTS, PETITION_COUNTS, BadIndicators, figure, indicators, indicators_of
from chalicelib.measures.cells import Cell, added, counted, moves
from chalicelib.measures.model import Measured
from tests.support.measured import (
    BIRTH,
    OURS,
    accepted,
    answered,
    asked,
    extended,
    processed,
    rated,
    redirected,
    referred,
    refused,
    returned,
    stopped,
    submitted,
    to_pay,
    whole,
)


def cell(month, unit=OURS, channel="ONLINE", party="CITIZEN"):
    return Cell(unit, month, BIRTH, channel, party)


def figures(*dossiers, month):
    """Each indicator of a month: numerator, denominator, ratio, quality."""
    counts = {}
    for each in dossiers:
        for at, more in counted(each).items():
            if at.month == month:
                added(counts, more)
    found = [figure(each, counts) for each in indicators().indicators]
    return {each.indicator.id: (each.numerator, each.denominator, each.ratio, each.quality) for each in found}


GOOD = (submitted("2026-11-02 08:00"), accepted("2026-11-02 09:00", "2026-11-05 17:00"))
EARLY = whole(*GOOD, processed("2026-11-04 16:00", "2026-11-05 17:00"), returned("2026-11-04 16:01"))
ON_TIME = whole(
    referred(),
    submitted("2026-11-02 08:00", channel="DIRECT", party="ORGANISATION"),
    accepted("2026-11-02 09:00", "2026-11-05 17:00"),
    processed("2026-11-05 17:00", "2026-11-05 17:00"),
    returned("2026-11-05 17:01", "vault", "counter"),
)
LATE = whole(
    submitted("2026-11-02 08:00"),
    accepted("2026-11-02 09:00", "2026-11-05 17:00"),
    asked("2026-11-03 09:00"),
    answered("2026-11-04 09:00"),
    asked("2026-11-05 09:00"),
    answered("2026-11-05 10:00"),
    extended("2026-11-05 11:00", "2026-11-09 17:00"),
    processed("2026-11-09 17:01", "2026-11-09 17:00"),
)


def test_a_month_of_three_dossiers_by_hand():
    assert figures(EARLY, ON_TIME, LATE, month="2026-11") == {
        "online_share": (2, 3, 6667, "ok"),
        "end_to_end_share": (1, 3, 3333, "ok"),
        "on_time_share": (2, 3, 6667, "ok"),
        "early_share": (1, 3, 3333, "ok"),
        # 2 days 7 h, 3 days 8 h, 7 days 8 h 1 min less 25 h: 198,000 + 288,000 + 543,660 seconds
        "processing_seconds": (1_029_660, 3, 34_322_000, "ok"),
        "reuse_share": (1, 3, 3333, "ok"),
        "electronic_result_share": (3, 3, 10_000, "ok"),
        "paid_online_share": (None, None, None, "missing"),
        "satisfaction_share": (0, 0, None, "empty"),
        "supplemented_share": (1, 3, 3333, "ok"),
        "supplemented_again_share": (1, 3, 3333, "ok"),
        "extended_share": (1, 3, 3333, "ok"),
        "withdrawn_share": (0, 3, 0, "ok"),
        "petition_on_time_share": (0, 0, None, "empty"),
        "complaint_on_time_share": (0, 0, None, "empty"),
    }


def test_a_month_without_dossiers_has_no_figure_and_that_is_not_0():
    found = figures(EARLY, month="2026-10")
    assert {told for name, told in found.items() if told[3] == "empty"} == {(0, 0, None, "empty")}
    assert {name for name, told in found.items() if told[3] != "empty"} == {"paid_online_share"}


def test_more_than_the_whole_is_impossible_and_no_figure():
    share = indicators().indicators[0]
    assert figure(share, {"online": 2, "received": 1}).quality == "impossible"
    assert figure(share, {"online": 2, "received": 1}).ratio is None
    assert figure(share, {"online": -1, "received": 1}).quality == "impossible"


def test_a_half_is_rounded_up():
    share = indicators().indicators[0]
    assert figure(share, {"online": 1, "received": 800}).ratio == 13  # 0.125 %
    assert figure(share, {"online": 1, "received": 801}).ratio == 12


@pytest.mark.parametrize(
    ("when", "month"),
    [
        ("2026-03-31 23:59", "2026-03"),
        ("2026-04-01 00:00", "2026-04"),
        ("2026-12-31 23:59", "2026-12"),
        ("2027-01-01 00:00", "2027-01"),
        ("2028-02-29 23:59", "2028-02"),
        ("2028-03-01 00:00", "2028-03"),
    ],
)
def test_a_fact_is_of_its_month_in_vietnamese_time(when, month):
    assert counted(whole(submitted(when))) == {cell(month): {"received": 1, "online": 1}}


def test_a_dossier_that_goes_over_the_border_of_a_quarter_is_counted_where_each_fact_is():
    dossier = whole(
        submitted("2026-03-31 16:59"),
        accepted("2026-03-31 17:30", "2026-04-03 17:00"),
        processed("2026-04-01 00:30", "2026-04-03 17:00"),
        returned("2026-04-01 00:31"),
    )
    assert counted(dossier) == {
        cell("2026-03"): {"received": 1, "online": 1, "accepted": 1},
        cell("2026-04"): {
            "processed": 1,
            "ended": 1,
            "early": 1,
            "electronic": 1,
            "seconds": 7 * 3600,
            "end_to_end": 1,
            "returned": 1,
        },
    }


def test_a_term_over_the_29_of_february():
    dossier = whole(
        submitted("2028-02-28 08:00"),
        accepted("2028-02-28 08:00", "2028-02-29 17:00"),
        processed("2028-03-01 08:00", "2028-02-29 17:00"),
    )
    assert counted(dossier)[cell("2028-03")]["late"] == 1
    assert counted(dossier)[cell("2028-03")]["seconds"] == 2 * 86400


def test_a_return_after_the_periods_end_moves_the_month_of_the_end():
    before = whole(*GOOD, processed("2026-11-30 16:00", "2026-11-30 17:00"))
    after = whole(*GOOD, processed("2026-11-30 16:00", "2026-11-30 17:00"), returned("2026-12-01 08:00"))
    assert moves(before, after) == {cell("2026-11"): {"end_to_end": 1}, cell("2026-12"): {"returned": 1}}


def test_what_another_agency_decides_moves_to_it_with_its_month():
    before = whole(submitted("2026-11-30 08:00"))
    after = whole(submitted("2026-11-30 08:00"), redirected("2026-12-01 08:00", "H01.10.25"))
    assert moves(before, after) == {
        cell("2026-11"): {"received": -1, "online": -1},
        cell("2026-11", "H01.10.25"): {"received": 1, "online": 1},
    }
    assert moves(after, after) == {}


@pytest.mark.parametrize(
    ("ends", "counts"),
    [
        ([processed("2026-11-05 23:00", "2026-11-05 17:00")], {"late": 1, "processed": 1}),
        ([processed("2026-11-04 23:59", "2026-11-05 17:00")], {"early": 1}),
        ([processed("2026-11-05 00:00", "2026-11-05 17:00")], {"on_time": 1}),
        ([processed("2026-11-05 00:00", None)], {"undated": 1}),
        ([stopped("2026-11-03 08:00", "withdrawn", "2026-11-05 17:00")], {"withdrawn": 1, "early": 1, "ended": 1}),
        ([stopped("2026-11-03 08:00", "supplement_lapsed", "2026-11-05 17:00")], {"lapsed": 1, "ended": 1}),
        ([stopped("2026-11-06 08:00", "refused", "2026-11-05 17:00")], {"stopped": 1, "late": 1}),
        ([stopped("2026-11-06 08:00", "upstream", "2026-11-05 17:00")], {"stopped": 1}),
    ],
)
def test_how_it_ended(ends, counts):
    found = counted(whole(*GOOD, *ends))[cell("2026-11")]
    assert counts.items() <= found.items()
    assert sum(found.get(name, 0) for name in ("early", "on_time", "late", "undated")) == found["ended"] == 1


def test_what_was_never_accepted_has_no_time_limit():
    for event, name in ((refused("2026-11-03 08:00"), "refused"), (lapsed(), "lapsed")):
        found = counted(whole(submitted("2026-11-02 08:00"), event))[cell("2026-11")]
        assert found == {"received": 1, "online": 1, name: 1}


def lapsed():
    return refused("2026-11-03 08:00", why="supplement_lapsed")


FEE = FiledFee(amount=8_000, currency="VND", why_vi="x", why_en="x")
END = (processed("2026-11-04 16:00", "2026-11-05 17:00"),)


@pytest.mark.parametrize(
    "events",
    [
        (submitted("2026-11-02 08:00", fee=FEE), *GOOD[1:], *END, returned("2026-11-04 16:01")),
        (*GOOD, to_pay("2026-11-03 08:00"), *END, returned("2026-11-04 16:01")),
        (submitted("2026-11-02 08:00", channel="POSTAL"), *GOOD[1:], *END, returned("2026-11-04 16:01")),
        (*GOOD, *END),
        (*GOOD, *END, returned("2026-11-04 16:01", "vault", "counter")),
        (
            *GOOD,
            asked("2026-11-03 08:00"),
            answered("2026-11-03 09:00", by_officer=True),
            *END,
            returned("2026-11-04 16:01"),
        ),
        (*GOOD, stopped("2026-11-03 08:00", "withdrawn", "2026-11-05 17:00")),
    ],
    ids=["a fee", "to pay", "by post", "not returned", "at the counter", "paper at the counter", "withdrawn"],
)
def test_each_condition_of_end_to_end_is_needed(events):
    assert "end_to_end" not in counted(whole(*events))[cell("2026-11", channel=events[0].channel)]
    free = submitted("2026-11-02 08:00", fee=msgspec.structs.replace(FEE, amount=0))
    good = counted(whole(free, *GOOD[1:], *END, returned("2026-11-04 16:01")))[cell("2026-11")]
    assert good["end_to_end"] == 1
    good = counted(whole(*GOOD, *END, returned("2026-11-04 16:01", "vault", "post")))[cell("2026-11")]
    assert good["end_to_end"] == 1, "an extra paper by post takes nothing away"


def test_what_comes_again_or_late_is_folded_once():
    assert whole(*GOOD) == whole(*GOOD)
    once = whole(*GOOD)
    from chalicelib.contracts.event import told
    from chalicelib.measures.facts import Told, folded

    again = [Told(2, GOOD[1].type, told(GOOD[1])), Told(1, GOOD[0].type, told(GOOD[0]))]
    assert folded(once, again) == once
    assert folded(Measured(), ()) == Measured()
    assert counted(Measured()) == {}


def test_a_rating_counts_in_the_month_in_which_it_was_given_and_the_first_one_stays():
    back = returned("2026-11-30 16:01")
    ended = (*GOOD, processed("2026-11-30 16:00", "2026-11-30 17:00"), back)
    good, bad = rated("2026-12-31 23:59", satisfied=True), rated("2027-01-01 00:01", satisfied=False)
    assert moves(whole(*ended), whole(*ended, good)) == {
        cell("2026-12"): {"rated": 1, "satisfied": 1},
        cell("2026-11"): {"ended_rated": 1},
    }
    assert moves(whole(*ended), whole(*ended, bad)) == {
        cell("2027-01"): {"rated": 1},
        cell("2026-11"): {"ended_rated": 1, "ended_displeased": 1},
    }
    assert counted(whole(*ended, good, bad)) == counted(whole(*ended, good))
    found = figures(whole(*ended, good), whole(*ended, rated("2026-12-01 00:00", satisfied=False)), month="2026-12")
    assert found["satisfaction_share"] == (1, 2, 5000, "ok")


def test_a_set_of_indicators_that_contradicts_itself_is_refused():
    path = Path(indicators.__wrapped__.__code__.co_filename).parent / "data" / "measures" / "monitoring-2026.json"
    good = json.loads(path.read_bytes())
    one = good["indicators"][0]
    for broken in (
        [one, one],
        [one | {"numerator": ["recieved"]}],
        [one | {"denominator": []}],
        [one | {"formula": "x"}],
    ):
        with pytest.raises(BadIndicators):
            indicators_of(json.dumps(good | {"indicators": broken}).encode())
    named = {name for each in indicators().indicators for name in (*each.numerator, *each.denominator)}
    assert named - {"paid_online", "owing"} <= {*COUNTS, *PETITION_COUNTS}
