"""Borders of findings: the first and the last minute of a window, the second request, marks in their order."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from chalicelib.kernel.clock import stamp
from chalicelib.measures import finders
from chalicelib.measures.model import Mark, Measured
from tests.fakes.clock import Clock

NOW = Clock()()
TICK = timedelta(milliseconds=1)


def mark(what, minutes=0.0, due=None):
    at = NOW + timedelta(minutes=minutes)
    return Mark(number=1, what=what, at=stamp(at), due_at=None if due is None else stamp(NOW + timedelta(minutes=due)))


def measured(*marks, **said):
    return replace(Measured(), marks=marks, **said)


def rule(**thresholds):
    return SimpleNamespace(thresholds=SimpleNamespace(**thresholds))


def whats(found):
    return [[each.what for each in evidence] for evidence in found]


OPENS = [("asked", "answered", finders._supplement_as_processed), ("to_pay", "paid", finders._payment_as_processed)]


@pytest.mark.parametrize(("opens", "closes", "find"), OPENS)
def test_what_was_asked_for_twice_and_answered_once_before_waits_again(opens, closes, find):
    for marks, found in (
        ((opens, "processed"), [[opens, "processed"]]),
        ((opens, closes, "processed"), []),
        ((opens, closes, opens, "processed"), [[opens, "processed"]]),
        (("processed", opens), []),
        ((closes, opens, "processed"), [[opens, "processed"]]),
    ):
        assert whats(find(measured(*map(mark, marks)), None)) == found


@pytest.mark.parametrize(("count", "found"), [(0, 0), (1, 0), (2, 1), (3, 2)])
def test_each_request_beyond_those_allowed_is_one_finding(count, found):
    marks = [mark("asked", n) for n in range(count)]
    evidence = list(finders._second_supplement(measured(*marks), rule(requests=1)))
    assert [len(each) for each in evidence] == list(range(2, 2 + found))


@pytest.mark.parametrize(("minutes", "is_so"), [(0, True), (10, True), (-1, False), (10.001, False)])
def test_just_before_is_within_the_minutes_both_ends_included(minutes, is_so):
    end = mark("processed", -minutes, due=0)
    assert finders._is_just_before(end, 10) == is_so
    assert not finders._is_just_before(replace(end, due_at=None), 10)


@pytest.mark.parametrize(("days", "found"), [(0, True), (7, True), (7.001, False)])
def test_a_result_that_is_mended_soon_was_given_just_before_it_was_due(days, found):
    marks = mark("accepted", -99), mark("processed", -1, due=0), mark("corrected", -1 + days * 1440)
    evidence = list(finders._reopened(measured(*marks), rule(before_due_minutes=5, within_days=7)))
    assert bool(evidence) == found
    early = mark("processed", -60, due=0), mark("corrected", 0)
    assert list(finders._reopened(measured(*early), rule(before_due_minutes=5, within_days=7))) == []


def test_a_clock_is_reset_by_each_answer_and_the_second_is_measured_from_the_first():
    marks = [mark("accepted", 0, due=100), mark("asked", 90), mark("restarted", 95, due=195), mark("asked", 100)]
    marks += [mark("restarted", 110, due=210), mark("asked", 205), mark("restarted", 206)]
    found = list(finders._clock_reset(measured(*marks), rule(percent_of_term=80)))
    assert [(began.at, asked.at) for began, asked, _ in found] == [
        (marks[0].at, marks[1].at),
        (marks[4].at, marks[5].at),
    ]


def test_a_share_is_of_the_term_that_ran_then_and_none_without_a_due_date():
    assert finders._share(mark("accepted", 0, due=100), mark("asked", 50)) == 50
    assert finders._share(mark("accepted", 0, due=100), mark("asked", 50, due=200)) == 25
    assert finders._share(mark("accepted"), mark("asked", 50)) == 0


def finding(minutes, unit="H01", reference="MC-1"):
    return SimpleNamespace(
        unit=unit, at=stamp(NOW + timedelta(minutes=minutes)), reference=reference, rule="x", number=1
    )


@pytest.mark.parametrize(
    ("minutes", "together"),
    [
        ([0, 1, 2], [0, 1, 2]),
        ([0, 5, 10], [0, 5, 10]),
        ([0, 5, 10.001], []),
        ([0, 20, 21, 22], [20, 21, 22]),
        ([0, 1, 2, 20], [0, 1, 2]),
        ([0, 1, 8, 9, 11.5], [0, 1, 8, 9, 11.5]),
        ([0, 1], []),
    ],
)
def test_dossiers_closed_together_are_as_many_within_as_many_minutes(monkeypatch, minutes, together):
    monkeypatch.setattr(finders, "stated", lambda _: rule(within_minutes=10, least=3))
    monkeypatch.setattr(finders, "replace", lambda each, **_: each)
    found = finders._together([finding(each) for each in minutes])
    assert [each.at for each in found] == [finding(each).at for each in together]
