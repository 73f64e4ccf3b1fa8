"""Figures on the real store: rolled up, cut, opened down to dossiers, by who may."""

import json
from pathlib import Path

import pytest

from chalicelib.kernel.access import LEADER, Principal
from chalicelib.kernel.problem import BodyInvalid, NotAllowed, NotFound
from chalicelib.law.measures import indicators
from chalicelib.measures import figures
from chalicelib.measures.boards import model as boards
from chalicelib.measures.figures import WHOLE, Cut
from chalicelib.measures.periods import period_of
from chalicelib.measures.refusals import TooManyUnits
from chalicelib.measures.service import Measures
from chalicelib.measures.store import Table
from infra import opendata as open_data
from tests.support.measured import (
    OURS,
    accepted,
    begun,
    clock,
    counted,
    entry,
    goes_on,
    processed,
    published,
    rated,
    redirected,
    returned,
    submitted,
)

CITY, NEXT = "H01", "H01.10.25"
DUE = "2026-11-05 17:00"


def leader(agency=OURS):
    return Principal(subject="l", kind="OFFICER", name="L", agency=agency, roles=frozenset({LEADER}))


@pytest.fixture
def measures(tables):
    published(CITY)
    published(OURS, entry(OURS, parent=CITY))
    published(NEXT, entry(NEXT, parent=CITY))
    for number, agency in enumerate((OURS, OURS, NEXT)):
        late = number == 1
        events = [submitted("2026-11-02 08:00", agency=agency), accepted("2026-11-02 09:00", DUE)]
        events += [processed("2026-11-06 08:00" if late else "2026-11-04 08:00", DUE)]
        counted(begun(f"MC-{number}", *events, agency=agency))
    counted(begun("MC-paper", submitted("2026-07-01 00:00", channel="DIRECT", party="ORGANISATION")))
    return Measures(Table(), clock())


def shares(figures, *names):
    found = {each.indicator.id: (each.numerator, each.denominator, each.quality) for each in figures.figures}
    return [found[name] for name in names]


def test_a_unit_its_city_and_each_kind_of_period(measures):
    assert shares(measures.published(OURS, "2026-11"), "on_time_share", "online_share") == [(1, 2, "ok"), (2, 2, "ok")]
    assert shares(measures.published(CITY, "2026-11"), "on_time_share") == [(2, 3, "ok")]
    assert shares(measures.published(CITY, "2026-Q4"), "online_share") == [(3, 3, "ok")]
    assert shares(measures.published(CITY, "2026-Q3"), "online_share", "on_time_share") == [
        (0, 1, "ok"),
        (0, 0, "empty"),
    ]
    assert shares(measures.published(CITY, "2026"), "online_share") == [(3, 4, "ok")]
    assert shares(measures.published(CITY, "2026", alone=True), "online_share") == [(0, 0, "empty")]
    assert shares(measures.published(CITY, "2025"), "online_share", "paid_online_share") == [
        (0, 0, "empty"),
        (None, None, "missing"),
    ]


def rate(agency, month, satisfied, of):
    """So many ratings of an agency in a month of 2026, the first ones satisfied."""
    for number in range(of):
        events = [submitted(f"2026-{month}-02 08:00", agency=agency), accepted(f"2026-{month}-02 09:00", DUE)]
        events += [processed(f"2026-{month}-04 08:00", DUE), returned(f"2026-{month}-04 09:00")]
        given = rated(f"2026-{month}-05 08:00", satisfied=number < satisfied)
        counted(begun(f"MC-{agency}-{month}-{number}", *events, given, agency=agency))


def satisfaction(figures):
    return shares(figures, "satisfaction_share")[0]


def test_what_people_think_is_public_of_large_months_that_are_over_and_of_no_other(measures):
    rate(OURS, "08", 3, 4)
    rate(OURS, "09", 3, 5)
    rate(OURS, "11", 6, 6)
    rate(NEXT, "09", 0, 1)
    hidden = (None, None, "withheld")
    assert satisfaction(measures.published(OURS, "2026-08")) == hidden, "four would tell who was not"
    assert satisfaction(measures.published(OURS, "2026-09")) == (3, 5, "ok")
    assert satisfaction(measures.published(OURS, "2026-11")) == hidden, "it grows by one with who rates next"
    assert satisfaction(measures.published(NEXT, "2026-09")) == hidden, "one rating is a person's"
    assert satisfaction(measures.published(NEXT, "2026-07")) == hidden, "nor is said that there is none"
    for unit, period in ((OURS, "2026-Q3"), (OURS, "2026"), (CITY, "2026-09"), (CITY, "2026-Q3"), (CITY, "2026")):
        assert satisfaction(measures.published(unit, period)) == (3, 5, "ok"), "no difference of two has a small month"
    assert satisfaction(measures.published(CITY, "2026", alone=True)) == hidden
    december = Measures(Table(), clock("2026-12-01 00:00"))
    assert satisfaction(december.published(OURS, "2026-11")) == (6, 6, "ok")
    assert satisfaction(december.published(OURS, "2026")) == (9, 11, "ok")


def test_officers_read_the_ratings_of_their_own_however_few(measures):
    rate(NEXT, "09", 0, 1)
    assert satisfaction(measures.read(leader(NEXT), NEXT, "2026-09", WHOLE)) == (0, 1, "ok")


def test_from_how_many_is_the_same_everywhere():
    (told,) = [each for each in indicators().indicators if each.least is not None]
    policy = Path(open_data.__file__).parent / "policy.json"
    assert (told.id, told.least) == ("satisfaction_share", json.loads(policy.read_bytes())["least"])
    assert told.least == boards.least()


def test_what_is_not_published_is_for_officers(measures):
    assert "extended_share" not in {each.indicator.id for each in measures.published(OURS, "2026-11").figures}
    assert "extended_share" in {each.indicator.id for each in measures.read(leader(), OURS, "2026-11", WHOLE).figures}


def test_a_cut_has_what_was_counted_under_it_alone(measures):
    read = measures.read(leader(), OURS, "2026", Cut(party="ORGANISATION"))
    assert read.counts == {"received": 1}
    assert measures.read(leader(), OURS, "2026", Cut(channel="ONLINE")).counts["received"] == 2
    assert measures.read(leader(), OURS, "2026", Cut(procedure="9.999999")).counts == {}


def test_officers_read_their_agency_and_those_below_it(measures):
    assert measures.read(leader(CITY), OURS, "2026", WHOLE).counts["received"] == 3
    for unit in (CITY, NEXT):
        with pytest.raises(NotAllowed):
            measures.read(leader(OURS), unit, "2026", WHOLE)
        with pytest.raises(NotAllowed):
            measures.behind(leader(OURS), unit, "2026", WHOLE, "received", (0, 50))
    with pytest.raises(NotFound):
        measures.read(leader(OURS), "H99", "2026", WHOLE)
    with pytest.raises(NotFound):
        measures.published("H99", "2026")


def test_a_figure_opens_down_to_its_dossiers(measures):
    late = measures.behind(leader(), OURS, "2026-11", WHOLE, "late", (0, 50))
    assert ([each.reference for each in late.dossiers], late.withheld, late.next) == (["MC-1"], 0, None)
    received = measures.behind(leader(), OURS, "2026", WHOLE, "received", (0, 50))
    assert sum(sum(each.counts.values()) for each in received.dossiers) == 3
    paper = measures.behind(leader(), OURS, "2026", Cut(channel="DIRECT"), "received", (0, 50))
    assert [each.reference for each in paper.dossiers] == ["MC-paper"]


def test_pages_go_on_until_the_end(measures):
    found, at = [], 0
    while at is not None:
        page = measures.behind(leader(), OURS, "2026", WHOLE, "received", (at, 2))
        found += [each.reference for each in page.dossiers]
        at = page.next
    assert sorted(found) == ["MC-0", "MC-1", "MC-paper"]


def test_who_may_not_read_a_dossier_sees_that_there_is_one(measures):
    """The city's officers have figures of their wards, and no right to the wards' dossiers."""
    late = measures.behind(leader(CITY), OURS, "2026-11", WHOLE, "late", (0, 50))
    assert (late.dossiers, late.withheld) == ([], 1)


def test_a_merged_units_dossiers_open_for_its_heir(measures):
    published(NEXT, entry(NEXT, parent=CITY, valid_to="2026-11-10", successors=(OURS,)), number=2)
    goes_on("MC-2", redirected("2026-12-02 08:00", NEXT))
    later = Measures(Table(), clock("2026-12-30 08:00"))
    assert later.published(OURS, "2026-11", alone=True).units == 1
    assert later.published(OURS, "2026-12", alone=True).units == 2
    assert shares(later.published(CITY, "2026"), "online_share") == [(3, 4, "ok")], "nobody is lost, or added twice"


@pytest.mark.parametrize("text", ["2026-13", "2026-Q5", "1999", "2026-Q4 ", "x", "", "2027", "2026-12"])
def test_what_is_no_period_or_has_not_begun_is_refused(text):
    with pytest.raises(BodyInvalid):
        period_of(text, clock()())


def test_a_period_begins_at_midnight_in_vietnam():
    assert period_of("2026-12", clock("2026-12-01 00:00")()).months == ("2026-12",)
    with pytest.raises(BodyInvalid):
        period_of("2026-12", clock("2026-11-30 23:59")())


def test_an_unknown_count_and_too_many_units_are_refused(measures, monkeypatch):
    with pytest.raises(BodyInvalid):
        measures.behind(leader(), OURS, "2026", WHOLE, "recieved", (0, 50))
    monkeypatch.setattr(figures, "MOST_UNITS", 2)
    with pytest.raises(TooManyUnits):
        measures.published(CITY, "2026")
