"""The times of a bundle's legs, by hand: when each begins, what ends it, and what is left once it was told. Pure."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from chalicelib.contracts.plan import PlannedStart, PlannedTimer
from chalicelib.dossier.items import Leg
from chalicelib.kernel.clock import ZONE, stamp
from chalicelib.law.states import DossierState
from chalicelib.onestop.bundles.times import Time, first_look, next_look, open_times, passed

OPENED, MADE, ACCEPTED = (datetime(2026, 11, 25, 9, minute, tzinfo=ZONE) for minute in (0, 10, 20))
LEG = Leg(opened_at=stamp(OPENED), child="MC-2")


def timer(begins="opened", ends="ended", name="t", term="30min", fix=None):
    told = {"text_vi": "x", "text_en": "x", "citation": "c"}
    return PlannedTimer(name=name, term=term, begins=begins, ends=ends, fix=fix, **told)


def start(*timers):
    return PlannedStart(procedure="1.001193", timers=timers)


def task(kind, *, is_open=True, claim=None, outcome=None):
    return SimpleNamespace(kind=kind, is_open=is_open, claim=claim, outcome=outcome)


def child(*tasks, state=DossierState.PROCESSING, submitted=MADE, accepted=None):
    head = SimpleNamespace(
        state=state,
        submitted_at=stamp(submitted) if submitted else None,
        accepted_at=stamp(accepted) if accepted else None,
    )
    return SimpleNamespace(head=head, tasks=tasks)


def left(one, its_child, leg=LEG):
    """Minutes of the clock at which the times that run pass."""
    return [(each.name, each.due_at.minute) for each in open_times(start(one), leg, its_child)]


@pytest.mark.parametrize(
    ("begins", "its_child", "found"),
    [
        ("opened", None, [("t", 30)]),
        ("opened", child(), [("t", 30)]),
        ("made", None, []),
        ("made", child(submitted=None), []),
        ("made", child(), [("t", 40)]),
        ("accepted", child(), []),
        ("accepted", child(accepted=ACCEPTED), [("t", 50)]),
    ],
)
def test_a_time_runs_from_what_it_begins_with(begins, its_child, found):
    assert left(timer(begins), its_child) == found


def test_a_leg_that_was_not_opened_has_no_time_from_there():
    assert left(timer(), None, Leg()) == []


@pytest.mark.parametrize(
    ("ends", "its_child", "is_met"),
    [
        ("made", None, False),
        ("made", child(), True),
        ("acknowledged", child(), False),
        ("acknowledged", child(task("receive")), False),
        ("acknowledged", child(task("receive", claim="c")), True),
        ("acknowledged", child(task("receive", is_open=False)), True),
        ("acknowledged", child(task("verify", claim="c"), task("verify", is_open=False)), False),
        ("accepted", child(), False),
        ("accepted", child(accepted=ACCEPTED), True),
        ("verified", child(task("verify", is_open=False, outcome="verified")), True),
        ("verified", child(task("verify", is_open=False, outcome="returned")), False),
        ("verified", child(task("approve", is_open=False, outcome="verified")), False),
        ("ended", child(accepted=ACCEPTED), False),
        *(
            (ends, child(state=state), True)
            for ends in ("acknowledged", "accepted", "verified", "ended")
            for state in (
                DossierState.NOT_ACCEPTED,
                DossierState.STOPPED,
                DossierState.PROCESSED,
                DossierState.RESULT_RETURNED,
            )
        ),
    ],
)
def test_a_time_ends_with_what_it_is_for_and_with_the_end_of_the_child(ends, its_child, is_met):
    assert left(timer(ends=ends), its_child) == ([] if is_met else [("t", 30)])


@pytest.mark.parametrize(
    ("fix", "missed", "found"),
    [
        ("15min", (), [("t", 30)]),
        ("15min", ("t",), [("t.fix", 45)]),
        ("15min", ("t", "t.fix"), []),
        (None, ("t",), []),
        ("15min", ("other",), [("t", 30)]),
    ],
)
def test_what_was_told_has_a_time_to_mend_it_and_then_none(fix, missed, found):
    leg = Leg(opened_at=stamp(OPENED), missed=missed)
    assert left(timer(fix=fix), None, leg) == found
    assert [each.is_fix for each in open_times(start(timer(fix=fix)), leg, None)] == [
        name.endswith(".fix") for name, _ in found
    ]


def test_each_time_stands_for_itself():
    some = start(
        timer("accepted", name="a"), timer("opened", "made", name="b"), timer(name="c"), timer("made", name="d")
    )
    assert [(each.name, each.timer.name) for each in open_times(some, LEG, child())] == [("c", "c"), ("d", "d")]


def test_a_time_has_passed_once_it_is_over_and_not_at_its_moment():
    times = [Time("a", OPENED, timer()), Time("b", MADE, timer()), Time("c", ACCEPTED, timer())]
    assert [each.name for each in passed(times, MADE)] == ["a"]
    assert list(passed(times, OPENED)) == []


def test_a_leg_is_looked_at_when_its_first_time_passes_and_at_the_end_of_the_day_at_the_latest():
    evening = next_look(OPENED)
    assert evening.astimezone(ZONE).date() == OPENED.date()
    assert evening > ACCEPTED
    assert first_look(start(), OPENED) == evening
    assert first_look(start(timer("made"), timer(term="3wd")), OPENED) == evening
    soon = start(timer(term="45min"), timer(), timer("accepted", term="1min"))
    assert first_look(soon, OPENED) == OPENED.replace(minute=30)
    assert next_look(evening) >= evening
    assert next_look(datetime(2026, 11, 28, 9, tzinfo=ZONE)).astimezone(ZONE).weekday() == 0, "of a Saturday: Monday's"
