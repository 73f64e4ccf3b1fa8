from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.law.calendars import national
from chalicelib.law.outages import (
    Outage,
    OutageReadings,
    check,
    latest_notice,
    repair_limit,
    suspended_terms,
    suspends,
    suspension,
)
from chalicelib.law.packs import Rule, RulePack, pack
from chalicelib.law.policy import ZONE, NaiveTime


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


# Monday 14 December 2026; the seventh working day before it is Thursday 3 December.
PLANNED = Outage(at("2026-12-14T20:00"), at("2026-12-03T17:30"), at("2026-12-15T06:00"))
NOW = pack("vn-2026-09-01")


def pointers(outage, **given):
    return [(problem.pointer, problem.rule) for problem in check(outage, **given)]


@pytest.mark.rule("R39")
def test_a_planned_outage_is_announced_seven_working_days_before():
    assert latest_notice(PLANNED.starts_at) == date(2026, 12, 3)
    assert check(PLANNED) == ()
    late = replace(PLANNED, announced_at=at("2026-12-04T00:00"))
    assert pointers(late) == [("/announced_at", "R39")]
    assert "03/12/2026" in check(late)[0].vi
    assert "7 working days" in check(late)[0].en
    assert pointers(replace(PLANNED, announced_at=None)) == [("/announced_at", "R39")]


@pytest.mark.rule("R39")
def test_days_off_do_not_count():
    # 24 November is a holiday from 2026 on; 21 and 22 November are a weekend.
    assert latest_notice(at("2026-11-30T08:00")) == date(2026, 11, 18)


@pytest.mark.rule("R39")
@given(day=st.dates(date(2026, 7, 15), date(2026, 12, 31)), hour=st.times(), early=st.integers(0, 40))
def test_the_duty_is_exactly_seven_working_days(day, hour, early):
    starts_at = datetime.combine(day, hour, ZONE)
    announced = starts_at - timedelta(days=early)
    outage = Outage(starts_at, announced, starts_at + timedelta(hours=1))
    days = [announced.date() + timedelta(days=n) for n in range(early)]
    in_time = sum(national().is_working(day) for day in days) >= 7
    assert (check(outage) == ()) == in_time


@pytest.mark.rule("R39")
def test_seven_whole_days_between_is_another_reading_that_a_pack_may_hold():
    strict = RulePack(
        NOW.id,
        NOW.effective_from,
        None,
        {**NOW.rules, "outage.notice_reading": Rule("whole_days", "x", "policy", "x")},
    )
    assert latest_notice(PLANNED.starts_at, pack=strict) == date(2026, 12, 2)


@pytest.mark.rule("R39")
def test_force_majeure_lifts_the_early_notice_but_needs_its_reason():
    sudden = replace(PLANNED, announced_at=at("2026-12-14T19:00"), force_majeure=True)
    assert pointers(sudden) == [("/force_majeure_reason", "R39")]
    assert check(replace(sudden, force_majeure_reason="Bão số 12 làm đứt cáp")) == ()


@pytest.mark.rule("R39")
def test_the_notice_gives_the_expected_recovery():
    assert pointers(replace(PLANNED, expected_back_at=None)) == [("/expected_back_at", "R39")]
    assert pointers(replace(PLANNED, expected_back_at=PLANNED.starts_at)) == [("/expected_back_at", "R39")]
    assert pointers(replace(PLANNED, recovered_at=at("2026-12-14T19:00"))) == [("/recovered_at", "R39")]


def test_a_fault_nobody_foresaw_owes_no_early_notice():
    fault = replace(PLANNED, planned=False, announced_at=at("2026-12-14T20:10"))
    assert check(fault) == ()


def test_before_the_decree_no_notice_was_owed():
    old = pack("vn-2026-01-25")
    assert check(replace(PLANNED, announced_at=None, expected_back_at=None), pack=old) == ()
    assert repair_limit(PLANNED, pack=old) is None


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(NaiveTime):
        check(replace(PLANNED, starts_at=datetime.fromisoformat("2026-12-14T20:00")))


@pytest.mark.rule("R39")
def test_an_announced_outage_suspends_from_its_start_until_it_is_over():
    assert not suspends(PLANNED, at("2026-12-14T19:59"))
    assert suspends(PLANNED, at("2026-12-14T20:00"))
    assert suspends(PLANNED, at("2026-12-15T05:59"))
    assert not suspends(PLANNED, at("2026-12-15T06:00"))
    back_early = replace(PLANNED, recovered_at=at("2026-12-14T22:00"))
    assert not suspends(back_early, at("2026-12-14T22:00"))


def test_an_outage_suspends_nothing_before_it_is_announced():
    fault = replace(PLANNED, planned=False, announced_at=at("2026-12-14T21:00"))
    assert not suspends(fault, at("2026-12-14T20:30"))
    assert suspends(fault, at("2026-12-14T21:00"))
    assert suspension(replace(fault, announced_at=None)) is None
    assert suspension(replace(fault, expected_back_at=None)) is None
    assert suspension(replace(fault, announced_at=at("2026-12-16T00:00"))) is None


def test_by_law_an_outage_suspends_bundles_and_other_terms_only_by_configuration():
    (bundle,) = suspended_terms()
    assert (bundle.kind, bundle.by_law) == ("bundle", True)
    assert "301/2026" in bundle.citation
    assert suspended_terms(pack("vn-2026-07-01")) == ()
    more = suspended_terms(NOW, OutageReadings(also_suspends=frozenset({"settlement", "bundle"})))
    assert [(term.kind, term.by_law) for term in more] == [("bundle", True), ("settlement", False)]


def test_repair_ends_within_the_day_and_a_body_may_end_the_suspension_with_it():
    long = replace(PLANNED, recovered_at=at("2026-12-17T00:00"))
    assert repair_limit(long) == at("2026-12-15T20:00")
    late = at("2026-12-16T00:00")
    assert suspends(long, late)
    assert not suspends(long, late, readings=OutageReadings(cap_at_repair=True))
