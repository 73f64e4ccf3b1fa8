"""Who issues plans of services, as dated data, and the quarters of a plan."""

import json
from datetime import date

import pytest

from chalicelib.law.plans import BadIssuers, Span, in_order, is_quarter, issuers_on, last_day, packaged


@pytest.mark.rule("R45", "issuer")
@pytest.mark.parametrize(
    ("agency", "level", "issues"),
    [
        ("G15", "ministry", True),
        ("H01", "province", True),
        ("H01", "commune", False),
        ("H01", "", False),
        ("H01.10", "province", False),
        ("G15", "province", False),
        ("H01", "ministry", False),
        ("A01", "ministry", False),
    ],
)
def test_level_and_identifier_both_say_who_issues(agency, level, issues):
    law = issuers_on(date(2026, 11, 28))
    assert law is not None
    assert law.has(agency, level) is issues


def test_nobody_issued_before_the_law_said_who():
    assert issuers_on(date(2024, 10, 22)) is None
    assert issuers_on(date(2024, 10, 23)) == packaged()[0]


def test_a_later_list_takes_the_place_of_one_before_and_a_broken_one_is_refused():
    one = json.loads(b'{"id": "a", "effective_from": "2024-10-23", "citation": "c", "issuers": [], "note": ""}')
    later = {**one, "id": "b", "effective_from": "2027-01-01"}
    assert [each.id for each in in_order(json.dumps(each).encode() for each in (later, one))] == ["a", "b"]
    with pytest.raises(BadIssuers):
        in_order([b'{"id": "a"}'])


def test_quarters_go_over_the_year_and_end_on_their_last_day():
    assert Span("2026-Q3", "2027-Q2").quarters == ("2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2")
    assert Span("2026-Q2", "2026-Q1").quarters == ()
    assert [last_day(f"2028-Q{n}").isoformat()[5:] for n in (1, 2, 3, 4)] == ["03-31", "06-30", "09-30", "12-31"]
    assert [is_quarter(each) for each in ("2026-Q4", "2026-Q5", "1926-Q1", "Q4/2026", "")] == [True, *[False] * 4]
    with pytest.raises(ValueError, match="2026-Q5"):
        last_day("2026-Q5")
