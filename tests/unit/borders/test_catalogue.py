"""Borders of the catalogue: versions and agencies that follow each other, overlap by a day, or have no end."""

from datetime import date
from types import SimpleNamespace

import pytest

from chalicelib.catalogue.agencies.model import _overlaps, in_force
from chalicelib.catalogue.procedures.items import VersionState
from chalicelib.catalogue.versions.model import _date_problems, _overlap, _predecessor
from chalicelib.contracts.catalogue import AgencyEntry
from chalicelib.measures.model import UnitEntry
from chalicelib.measures.tree import _entry, _heir

A, B, C, D = (date(2026, month, 1) for month in range(1, 5))


def version(number, begins, ends=None):
    return SimpleNamespace(
        number=number, effective_from=begins, effective_to=ends, code="1", state=VersionState.PUBLISHED
    )


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ((A, B), (B, C), False),
        ((A, C), (B, D), True),
        ((A, None), (B, C), True),
        ((A, None), (B, None), True),
        ((B, None), (A, B), False),
        ((A, D), (B, C), True),
    ],
)
def test_versions_overlap_to_the_last_day_not_included(one, other, overlap):
    first, second = version(1, *one), version(2, *other)
    assert _overlap(first, second) == _overlap(second, first) == overlap


def test_the_predecessor_is_the_open_one_that_began_before_wherever_it_stands():
    closed, opened, later = version(1, A, B), version(2, B), version(3, D)
    for order in ([closed, opened, later], [later, opened, closed]):
        assert _predecessor(version(4, C), order) is opened
    assert _predecessor(version(4, B), [opened]) is None
    assert _predecessor(version(4, None), [opened]) is None


@pytest.mark.parametrize(
    ("new", "known", "places"),
    [
        ((B, None), [], []),
        ((A, None), [], ["/effective_from"]),
        ((B, B), [], ["/effective_to"]),
        ((B, C), [], []),
        ((C, None), [(B, None)], []),
        ((C, None), [(A, B), (B, None)], []),
        ((C, None), [(B, None), (D, None)], ["/effective_from"]),
        ((C, D), [(B, None), (D, None)], []),
        ((B, None), [(B, None)], ["/effective_from"]),
        ((None, None), [], ["/effective_from"]),
    ],
)
def test_a_version_begins_today_at_the_earliest_and_overlaps_none_but_its_predecessor(new, known, places):
    published = [version(number, *each) for number, each in enumerate(known, 1)]
    assert [each.pointer for each in _date_problems(version(9, *new), B, published)] == places


def agency(first, until=None, name="n", **said):
    return AgencyEntry(id="H01.1", name=name, level="commune", valid_from=first, valid_to=until, **said)


@pytest.mark.parametrize(("day", "name"), [(A, None), (B, "b"), (C, "c"), (D, "c")])
def test_an_agency_is_there_from_its_first_day_and_has_its_name_of_the_day(day, name):
    known = [agency("2026-02-01", "2026-03-01", "b"), agency("2026-03-01", None, "c")]
    assert (found := in_force(known, day).get("H01.1")) is None or found.name == name
    assert (found is None) == (name is None)


@pytest.mark.parametrize(
    ("times", "wrong"),
    [
        ([("2026-01-01", "2026-02-01"), ("2026-02-01", None)], []),
        ([("2026-02-01", None), ("2026-01-01", "2026-02-01")], []),
        ([("2026-01-01", None), ("2026-02-01", None)], [1]),
        ([("2026-01-01", "2026-02-02"), ("2026-02-01", None)], [1]),
        ([("2026-02-01", None), ("2026-01-01", "2026-02-02")], [0]),
        ([("2026-01-01", "2026-02-01"), ("2026-02-01", "2026-04-01"), ("2026-03-01", None)], [2]),
    ],
)
def test_times_of_one_agency_follow_each_other(times, wrong):
    found = _overlaps([(place, agency(*each)) for place, each in enumerate(times)])
    assert [each.pointer for each in found] == [f"/{place}/valid_from" for place in wrong]


def unit(first, until=None, *heirs, parent=None):
    return UnitEntry(valid_from=first, valid_to=until, successors=heirs, parent=parent)


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("month", "first"),
    [("2026-01", None), ("2026-02", "2026-02-28"), ("2026-03", "2026-03-31"), ("2026-04", "2026-03-31")],
)
def test_the_entry_of_a_month_is_the_latest_that_began_before_it_was_over(month, first, order):
    found = _entry([unit("2026-02-28"), unit("2026-03-31")][::order], month)
    assert (found and found.valid_from) == first


@pytest.mark.parametrize(
    ("until", "month", "heir"),
    [
        ("2026-03-01", "2026-03", "X"),
        ("2026-03-02", "2026-03", None),
        ("2026-03-01", "2026-02", None),
        (None, "2026-03", None),
    ],
)
def test_the_work_of_an_agency_that_ended_is_its_one_heirs_from_the_first_whole_month(until, month, heir):
    assert _heir(unit("2026-01-01", until, "X"), month) == heir
    assert _heir(unit("2026-01-01", until, "X", "Y"), month) is None
    assert _heir(unit("2026-01-01", until), month) is None
