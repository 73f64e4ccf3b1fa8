"""Borders of plans and guidance: the last day of a quarter is in time, its first and last quarters are in a plan."""

from datetime import date
from types import SimpleNamespace

import pytest

from chalicelib.catalogue.guidance.model import Progress as Guided
from chalicelib.catalogue.guidance.model import given_wrong, progress
from chalicelib.catalogue.plans.items import Status
from chalicelib.catalogue.plans.model import Offered, Progress, is_reached, tracked
from chalicelib.catalogue.plans.service import _day_of, _decision_wrong
from chalicelib.contracts.service_plans import PlanDecision, PlannedService
from chalicelib.law.plans import Span, is_quarter, last_day


def service(**said):
    given = {"service": "U.1", "kind": "public_utility", "owner": "H01", "current": "none", "target": "partial"}
    given |= {"quarter": "2026-Q4", "channels": ("PORTAL", "APP"), "state": "planned"}
    names = dict.fromkeys(("name_vi", "name_en", "provider_vi", "provider_en"), "x")
    return PlannedService(**(names | given | said))


@pytest.mark.parametrize(("today", "how"), [(date(2026, 12, 31), Progress.PLANNED), (date(2027, 1, 1), Progress.LATE)])
def test_a_service_is_late_from_the_day_after_its_quarter(today, how):
    assert tracked(service(), Offered(), Status.ISSUED, today).progress == how


@pytest.mark.parametrize(
    ("offered", "reached"),
    [
        (Offered("public_utility", "partial", ("APP", "PORTAL")), True),
        (Offered("public_utility", "full", ("PORTAL", "APP", "X")), True),
        (Offered("public_utility", "none", ("PORTAL", "APP")), False),
        (Offered("public_utility", "full", ("PORTAL",)), False),
        (Offered("public_utility", "full", ("APP",)), False),
        (Offered("public_non_business", "full", ("PORTAL", "APP")), False),
    ],
)
def test_a_service_is_reached_on_each_of_its_channels_at_its_level_or_above(offered, reached):
    assert is_reached(service(), offered) == reached
    missing = tracked(service(), offered, Status.ISSUED, date(2026, 10, 1)).missing
    assert set(missing) == {"PORTAL", "APP"} - set(offered.channels)


@pytest.mark.parametrize(
    ("quarter", "day"),
    [
        ("2026-Q1", date(2026, 3, 31)),
        ("2026-Q2", date(2026, 6, 30)),
        ("2026-Q3", date(2026, 9, 30)),
        ("2026-Q4", date(2026, 12, 31)),
    ],
)
def test_the_last_day_of_a_quarter(quarter, day):
    assert last_day(quarter) == day


def test_a_span_has_its_first_and_its_last_quarter_and_goes_over_a_year():
    assert list(Span("2026-Q3", "2027-Q2").quarters) == ["2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2"]
    assert list(Span("2026-Q3", "2026-Q3").quarters) == ["2026-Q3"]
    assert list(Span("2026-Q4", "2026-Q3").quarters) == []
    assert [is_quarter(each) for each in ("2026-Q4", "2026-Q5", "2026-Q0", "26-Q1", "2026-Q1 ")] == [
        True,
        False,
        False,
        False,
        False,
    ]


GUIDED = SimpleNamespace(due="2026-11-26")


@pytest.mark.parametrize(
    ("today", "how"),
    [(date(2026, 11, 25), Guided.OPEN), (date(2026, 11, 26), Guided.OPEN), (date(2026, 11, 27), Guided.LATE)],
)
def test_guidance_is_late_from_the_day_after_it_was_due(today, how):
    assert progress(GUIDED, None, today) == how
    assert progress(GUIDED, SimpleNamespace(said="done"), today) == Guided.DONE


@pytest.mark.parametrize(
    ("due", "rules"), [(date(2026, 11, 25), ["past"]), (date(2026, 11, 26), []), (date(2026, 11, 27), [])]
)
def test_guidance_may_be_due_today(due, rules):
    assert [each.rule for each in given_wrong(due, "", None, date(2026, 11, 26))] == rules
    assert [each.rule for each in given_wrong(due, "KQ1", None, date(2026, 11, 26))] == [*rules, "not_asked"]


@pytest.mark.parametrize(
    ("drafted", "day", "rules"),
    [
        ("2026-11-25T16:59:59.000+00:00", "2026-11-25", []),
        ("2026-11-25T17:00:00.000+00:00", "2026-11-25", ["drafted"]),
        ("2026-11-25T17:00:00.000+00:00", "2026-11-26", []),
        ("2026-12-31T17:00:00.000+00:00", "2026-12-31", ["drafted"]),
        ("2026-12-31T17:00:00.000+00:00", "2027-01-01", []),
        ("2026-12-31T17:00:00.000+00:00", "2027-01-02", ["future"]),
    ],
)
def test_a_plan_is_decided_on_between_the_day_of_viet_nam_on_which_it_was_drafted_and_today(drafted, day, rules):
    wrong = _decision_wrong(PlanDecision(number="1", day=day), _day_of(drafted), date(2027, 1, 1))
    assert [each.rule for each in wrong] == rules
