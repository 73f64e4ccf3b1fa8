"""The service index from our own counters: in the portal's shape, of a unit and those right below it."""

import pytest
from msgspec import structs

from chalicelib.kernel.problem import BodyInvalid, NotFound
from chalicelib.law.index_measured import BadMeasuredCounts, measured_counts, measured_counts_of
from chalicelib.measures.refusals import TooManyUnits
from chalicelib.measures.scores import service
from chalicelib.measures.scores.deltas import delta
from chalicelib.measures.scores.service import Scoring
from chalicelib.measures.store import Table
from tests.support.measured import OURS, accepted, begun, clock, counted, entry, processed, published, submitted

CITY, NEXT = "H01", "H01.10.25"
PORTAL = "qd766-portal-2026"


@pytest.fixture
def index(tables):
    published(CITY)
    published(OURS, entry(OURS, parent=CITY))
    published(NEXT, entry(NEXT, parent=CITY))
    for number, (agency, month, channel) in enumerate(
        [
            (OURS, "10", "ONLINE"),
            (OURS, "10", "DIRECT"),
            (OURS, "10", "DIRECT"),
            (OURS, "10", "DIRECT"),
            (OURS, "11", "ONLINE"),
            (OURS, "11", "DIRECT"),
            (OURS, "11", "DIRECT"),
            (NEXT, "11", "DIRECT"),
        ]
    ):
        events = [submitted(f"2026-{month}-02 08:00", agency=agency, channel=channel)]
        events += [accepted(f"2026-{month}-02 09:00", f"2026-{month}-05 17:00")]
        events += [processed(f"2026-{month}-04 08:00", f"2026-{month}-05 17:00")]
        counted(begun(f"MC-{number}", *events, agency=agency))
    return Scoring(Table(), clock())


def component(scored, name):
    return next(each for group in scored.groups for each in group.components if each.id == name)


def test_a_unit_and_those_below_it_are_scored_from_summed_counts(index):
    found = index.scores(CITY, "2026-11", PORTAL)
    online = component(found.parent.now, "3.3")
    assert (online.numerator, online.denominator, online.ratio, online.score) == (1, 4, 25.0, 3.0)
    assert [each.now.unit for each in found.children] == [OURS, NEXT]
    assert [component(each.now, "3.3").score for each in found.children] == [4.0, 0.0]
    assert component(found.parent.now, "4.1").score == 6.0


def test_what_nobody_counts_has_no_score_and_neither_has_its_group(index):
    now = index.scores(CITY, "2026-11", PORTAL).parent.now
    progress = component(now, "2.1")
    assert (progress.score, progress.numerator, progress.data_quality_status) == (None, None, "missing")
    assert {group.score for group in now.groups} == {None}
    assert (now.total, now.scored, now.of) == (None, 0, 0)


def test_a_period_without_dossiers_is_empty_and_not_missing(index):
    assert component(index.scores(NEXT, "2026-10", PORTAL).parent.now, "3.3").data_quality_status == "empty"


def test_a_difference_needs_something_to_compare_in_both_periods(index):
    ours, new = index.scores(OURS, "2026-11", PORTAL).parent, index.scores(NEXT, "2026-11", PORTAL).parent
    assert delta(component(ours.now, "3.3"), component(ours.before, "3.3")) == 1.0
    online, none = component(new.now, "3.3"), component(new.before, "3.3")
    assert (online.data_quality_status, none.data_quality_status, none.score) == ("ok", "empty", 0.0)
    assert delta(online, none) is delta(none, online) is delta(online, None) is None
    full = component(ours.now, "4.6")
    assert (full.data_quality_status, delta(full, full)) == ("assumed", 0.0)
    group = next(each for each in ours.now.groups if each.id == "online")
    known = structs.replace(group, score=3.0, components=(full, component(ours.now, "3.3")))
    assert delta(known, structs.replace(known, score=2.0)) == 1.0
    assert delta(known, structs.replace(known, components=(full, none))) is None


def test_the_period_before_is_of_the_same_kind_and_over_the_year(index):
    found = index.scores(OURS, "2026-11", PORTAL)
    assert (found.parent.before.period, component(found.parent.before, "3.3").score) == ("2026-10", 3.0)
    assert index.scores(OURS, "2026-Q4", PORTAL).parent.before.period == "Q3 2026"
    assert index.scores(OURS, "2026", PORTAL).parent.before is None, "the formula did not hold in 2025"
    assert index.scores(OURS, "2026-01", PORTAL).parent.before is None


def test_those_that_stand_right_below_are_children_and_no_others(index):
    published("H01.10.25.1", entry("H01.10.25.1", parent=NEXT))
    assert [each.now.unit for each in index.scores(CITY, "2026-11", PORTAL).children] == [OURS, NEXT]


def test_children_add_up_to_their_parent_over_a_merger(index):
    """Until October OURS has its own, and what stood below it; from November all of it is NEXT's."""
    other, inner, late = "H02", "H01.10.24.1", "H01.10.26"
    published(other)
    published(OURS, entry(OURS, parent=CITY, valid_to="2026-11-01", successors=(NEXT,)), number=2)
    published(inner, entry(inner, parent=OURS))
    published(late, entry(late, parent=CITY), entry(late, "2026-11-01", parent=other))
    for place, (agency, month) in enumerate([(inner, "10"), (inner, "11"), (late, "10"), (late, "11"), (CITY, "10")]):
        counted(begun(f"MC-1{place}", submitted(f"2026-{month}-02 08:00", agency=agency), agency=agency))
    found = index.scores(CITY, "2026-Q4", PORTAL)

    def received(scored):
        return component(scored.now, "3.3").denominator

    assert {each.now.unit: received(each) for each in found.children} == {OURS: 5, NEXT: 5, late: 1}
    assert received(found.parent) == 12 == sum(map(received, found.children)) + 1, "the city has one alone"
    after = index.scores(CITY, "2026-11", PORTAL)
    assert [each.now.unit for each in after.children] == [NEXT], "what went over is nobody's child"
    assert received(after.parent) == received(after.children[0]) == 5
    assert [each.now.unit for each in index.scores(NEXT, "2026-11", PORTAL).children] == [inner]


def test_who_will_stand_below_it_later_is_no_child_yet(index):
    published("H01.10.27", entry("H01.10.27", "2026-12-01", parent=CITY))
    assert [each.now.unit for each in index.scores(CITY, "2026-Q4", PORTAL).children] == [OURS, NEXT]


@pytest.mark.parametrize(
    ("unit", "period", "formula", "error"),
    [
        (CITY, "2026-11", "qd766", BodyInvalid),
        (CITY, "2025-11", PORTAL, BodyInvalid),
        (CITY, "2026-13", PORTAL, BodyInvalid),
        ("H99", "2026-11", PORTAL, NotFound),
    ],
)
def test_what_cannot_be_scored_is_refused(index, unit, period, formula, error):
    with pytest.raises(error):
        index.scores(unit, period, formula)


def test_too_many_units_are_refused(index, monkeypatch):
    monkeypatch.setattr(service, "MOST_UNITS", 2)
    with pytest.raises(TooManyUnits):
        index.scores(CITY, "2026-11", PORTAL)


def test_a_long_period_of_many_units_is_refused_and_a_short_one_is_not(index, monkeypatch):
    monkeypatch.setattr(service, "MOST_SUMS", 24 * 2)
    with pytest.raises(TooManyUnits) as refused:
        index.scores(CITY, "2026", PORTAL)
    assert refused.value.facts == {"most": 2}
    assert index.scores(CITY, "2026-11", PORTAL).children


def test_the_table_of_counts_names_what_there_is():
    assert measured_counts().of({"online": 2, "received": 3})["online.channelTotalSum"] == 3
    text = '{"id":"x","effective_from":"2026-01-01","citation":"c","note":"n","counts":{%s}}'
    for bad in ('"online.nothing":["online"]', '"online.channelTotalSum":["recieved"]', '"a":1'):
        with pytest.raises(BadMeasuredCounts):
            measured_counts_of((text % bad).encode())


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ('"lacking":{"online.nothing":["x"]}', r"nobody counts online\.nothing$"),
        ('"people":{"online.nothing":["online"]}', r"online\.nothing: nobody counts who said it"),
        ('"people":{"online.channelTotalSum":["recieved"]}', "channelTotalSum: nobody counts who said it"),
    ],
)
def test_the_table_of_counts_says_what_lacks_and_who_spoke_of_its_own_counts_only(more, why):
    text = '{"id":"x","effective_from":"2026-01-01","citation":"c","note":"n",%s}'
    counts = '"counts":{"online.channelTotalSum":["online"]},'
    good = more.replace("online.nothing", "online.channelTotalSum").replace("recieved", "received")
    assert measured_counts_of((text % (counts + good)).encode()).counts
    with pytest.raises(BadMeasuredCounts, match=why):
        measured_counts_of((text % (counts + more)).encode())


def test_a_difference_has_two_decimals(index):
    ours = index.scores(OURS, "2026-11", PORTAL).parent
    known = component(ours.now, "3.3")
    assert delta(structs.replace(known, score=3.14), structs.replace(known, score=3.0)) == 0.14
    assert delta(structs.replace(known, score=3.0), structs.replace(known, score=3.126)) == -0.13
