"""Borders of days in dossiers: midnight of Viet Nam, the last of several entries, open ends, the stroke of a cutoff."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from chalicelib.dossier.offered import areas_of, has_one_officer, office_on, unheld_hours_of
from chalicelib.identity import fence
from chalicelib.identity.fence import MOST_SPANS, Span
from chalicelib.identity.mandates import standing
from chalicelib.kernel import aws
from chalicelib.kernel.clock import moment, stamp
from chalicelib.law import calendars
from chalicelib.onestop import dates
from chalicelib.submission.model import kept_until

EVENING = datetime(2026, 11, 25, 16, 59, 59, tzinfo=UTC)
NIGHT = datetime(2026, 11, 25, 17, 0, 0, tzinfo=UTC)


def test_a_draft_is_kept_for_whole_days_of_viet_nam():
    assert kept_until(EVENING, 30).astimezone(UTC) == datetime(2026, 12, 25, 17, tzinfo=UTC)
    assert kept_until(NIGHT, 30).astimezone(UTC) == datetime(2026, 12, 26, 17, tzinfo=UTC)


def test_a_mandate_is_judged_on_the_day_of_viet_nam_and_its_changes_follow_each_other():
    assert (standing.today(EVENING), standing.today(NIGHT)) == (date(2026, 11, 25), date(2026, 11, 26))
    for changed, at in (("", stamp(NIGHT)), (stamp(EVENING), stamp(NIGHT))):
        assert standing.after(SimpleNamespace(changed_at=changed), NIGHT) == at
    for earlier in (NIGHT, EVENING):
        assert standing.after(SimpleNamespace(changed_at=stamp(NIGHT)), earlier) == stamp(NIGHT + standing.TICK)


def entry(first, until, **said):
    given = {"valid_from": first, "valid_to": until, "name": first, "one_stop": "", "place": "x", "areas": (first,)}
    return SimpleNamespace(
        **(given | {"one_officer": False, "one_officer_by": "", "unheld_working_hours": None} | said)
    )


def agency(*entries):
    return SimpleNamespace(id="H01", entries=entries, name="bare", one_stop="", place="x")


ONE, TWO, OPEN = entry("2026-01-01", "2026-06-01"), entry("2026-06-01", "2026-12-01"), entry("2026-12-01", None)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2025-12-31", None),
        ("2026-01-01", "2026-01-01"),
        ("2026-05-31", "2026-01-01"),
        ("2026-06-01", "2026-06-01"),
        ("2026-11-30", "2026-06-01"),
        ("2026-12-01", "2026-12-01"),
        ("2099-01-01", "2026-12-01"),
    ],
)
def test_an_agency_has_the_name_and_the_areas_of_the_day(day, name):
    found = office_on(agency(ONE, TWO, OPEN), date.fromisoformat(day))
    assert (found and found.name) == name
    assert areas_of(agency(ONE, TWO, OPEN), date.fromisoformat(day)) == (name and (name,))


def test_of_two_entries_of_one_day_the_later_counts_and_without_any_the_agency_itself():
    later = entry("2026-01-02", None, unheld_working_hours=7)
    both = agency(entry("2026-01-01", None, unheld_working_hours=3), later)
    day = date(2026, 6, 1)
    assert office_on(both, day).name == "2026-01-02"
    assert (unheld_hours_of(both, day), areas_of(both, day)) == (7, ("2026-01-02",))
    assert office_on(agency(), day).name == "bare"
    assert (areas_of(agency(), day), unheld_hours_of(None, day)) == (None, None)
    for order in ((True, False), (False, True)):
        said = [entry("2026-01-01", None, one_officer=each, one_officer_by="H" if each else "") for each in order]
        assert has_one_officer(agency(*said), day)
    ended = entry("2026-01-01", "2026-06-01", one_officer=True, one_officer_by="H")
    assert has_one_officer(agency(ended), date(2026, 5, 31))
    assert not has_one_officer(agency(ended), day)
    assert not has_one_officer(agency(entry("2026-01-01", None, one_officer=True)), day), "nobody confirmed it"
    assert not has_one_officer(agency(entry("2026-01-01", None)), day)
    assert not has_one_officer(None, day)


@pytest.mark.parametrize("place", [0, 1, MOST_SPANS - 1])
@pytest.mark.parametrize(
    ("opens", "closes", "acts"),
    [
        ("2026-11-26", "2026-11-27", True),
        ("2026-11-25", "2026-11-26", False),
        ("2026-11-27", "9999-12-31", False),
        ("0000-01-01", "9999-12-31", True),
    ],
)
def test_an_officer_acts_on_the_days_of_any_of_their_times_counted_in_viet_nam(tables, place, opens, closes, acts):
    spans = [Span(opens="2020-01-01", closes="2020-01-02", by="d")] * place + [Span(opens=opens, closes=closes, by="d")]
    aws.transact({"standing": fence.stands("H01", "o", "leader", spans)})
    aws.transact({"standing": fence.stands("H01", "o", fence.by_deputy("leader"), spans)})
    for op in (
        fence.officer_active("H01", "o", "leader", stamp(NIGHT)),
        fence.deputy_active("H01", "o", "d", "leader", stamp(NIGHT)),
    ):
        assert is_met(op) == acts
    assert not is_met(fence.deputy_active("H01", "o", "other", "leader", stamp(NIGHT)))
    assert is_met(fence.officer_active("H01", "o", "leader", stamp(EVENING))) == (opens <= "2026-11-25" < closes)


def is_met(op):
    try:
        aws.transact({"check": op})
    except aws.Lost:
        return False
    return True


@pytest.mark.parametrize(
    ("due", "last"),
    [
        ("2026-11-26T10:00:00+00:00", date(2026, 11, 25)),
        ("2026-11-25T17:00:00+00:00", date(2026, 11, 25)),
        ("2026-11-25T16:59:59+00:00", date(2026, 11, 23)),
        ("2026-11-23T10:00:00+00:00", date(2026, 11, 20)),  # 24/11 is a day off, and so is a week-end
    ],
)
def test_an_apology_is_in_time_to_the_working_day_before_the_due_day_of_viet_nam(due, last):
    assert dates.last_day_to_apologise(datetime.fromisoformat(due), calendars.national()) == last


def test_the_horizon_of_a_day_is_the_end_of_the_next_working_day_of_viet_nam():
    friday = datetime(2026, 11, 27, 16, 59, tzinfo=UTC)
    assert dates.horizon(friday, calendars.national()).date() == date(2026, 11, 30)
    assert dates.horizon(friday + timedelta(minutes=1), calendars.national()).date() == date(2026, 11, 30)
    assert dates.horizon(datetime(2026, 11, 25, 16, 59, tzinfo=UTC), calendars.national()).date() == date(2026, 11, 26)
    assert dates.horizon(datetime(2026, 11, 25, 17, tzinfo=UTC), calendars.national()).date() == date(2026, 11, 27)


def test_what_came_on_the_stroke_of_the_cutoff_goes_on_the_same_day_and_what_came_after_the_next():
    stroke = datetime.fromisoformat("2026-11-25T15:00:00+07:00")
    same, later = dates.forwarding_due(stroke), dates.forwarding_due(stroke + timedelta(seconds=1))
    assert moment(same).astimezone(UTC).date() == date(2026, 11, 25)
    assert moment(later) > moment(same)
    assert moment(later).astimezone(UTC).date() == date(2026, 11, 26)
