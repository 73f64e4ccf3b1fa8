"""Borders of requests about personal data and of petitions: what is late after its end, and what is owed next."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from chalicelib.identity.requests import model
from chalicelib.identity.requests.model import DataRequestHead
from chalicelib.kernel.clock import moment, stamp
from chalicelib.law import packs
from tests.fakes.clock import Clock

NOW = Clock()()
RULES = packs.pack_on(NOW.date()).rules
TICK = timedelta(milliseconds=1)
ANSWER, ACT = stamp(NOW + timedelta(days=2)), stamp(NOW + timedelta(days=10))


def head(**said):
    given = {"pk": "DATAREQUEST#1", "id": "1", "kind": "provide", "agency": "H01", "asked_at": stamp(NOW)}
    times = model.times("provide", NOW, RULES)
    given |= {"answer_by": ANSWER, "act_by": ACT, "extension": times.extension, "pack": packs.pack_on(NOW.date()).id}
    return DataRequestHead(**(given | said))


@pytest.mark.parametrize(("beside", "is_past"), [(-TICK, False), (timedelta(), False), (TICK, True)])
def test_a_time_passed_after_its_end_and_not_on_it(beside, is_past):
    for each, end in ((head(), ANSWER), (head(state="answered"), ACT)):
        assert each.is_past(moment(end) + beside) == is_past
        assert each.is_overdue(moment(end) + beside) == is_past
    assert not head(state="done").is_past(moment(ACT) + timedelta(days=99))


def test_what_is_owed_first_is_an_answer_then_the_act_then_nothing():
    assert [head(state=s).owes for s in ("asked", "answered", "done", "refused")] == ["answer", "act", None, None]
    assert [head(state=s).due_at for s in ("asked", "answered")] == [ANSWER, ACT]


@pytest.mark.parametrize("beside", [-TICK, timedelta(), TICK])
def test_an_extension_after_the_end_heals_nothing(beside):
    after = model.extended(head(state="answered", told=("answer", "act"), reminded=("act",)), "s", moment(ACT) + beside)
    assert after.passed_act_by == (ACT if beside > timedelta() else None)
    assert (after.told, after.reminded) == (("answer",), ())
    assert moment(after.act_by) > moment(ACT)
    assert after.is_overdue(moment(ACT) + beside) == (beside > timedelta())
    again = model.extended(after, "s", NOW)
    assert moment(again.act_by) > moment(after.act_by), "from its end, wherever that is"


def test_a_reminder_comes_before_its_end_each_for_its_step_and_once():
    for state, end in (("asked", ANSWER), ("answered", ACT)):
        one = head(state=state)
        at = model.reminder_at(one, RULES)
        assert at < moment(end)
        assert not one.is_due_soon(RULES, at - TICK)
        assert one.is_due_soon(RULES, at)
        assert model.look_at(one, RULES) == stamp(at)
        assert model.look_at(replace(one, reminded=(one.owes,)), RULES) == end
        assert model.look_at(replace(one, reminded=(one.owes,), told=(one.owes,)), RULES) is None
        other = "act" if one.owes == "answer" else "answer"
        assert model.look_at(replace(one, reminded=(other,)), RULES) == stamp(at)


def test_the_words_of_what_ended_go_and_those_of_what_did_not_stay():
    assert model.erase_at(head(), RULES) is None
    ended = head(state="done", ended_at=stamp(NOW))
    at = model.erase_at(ended, RULES)
    assert at > stamp(NOW)
    assert model.look_at(ended, RULES) == at
    assert model.erase_at(replace(ended, erased_at=at), RULES) is None


def test_of_a_time_that_passed_and_its_extension_the_earlier_stands_on_the_list():
    passed = head(state="answered", passed_act_by=ANSWER)
    assert model.stands_due_at(passed, NOW) == ANSWER
    assert model.stands_due_at(head(state="answered"), moment(ACT) + TICK) == ACT
    assert model.stands_due_at(head(state="answered"), NOW) is None
    assert model.stands_due_at(head(state="done", passed_act_by=ANSWER), NOW) is None


@pytest.mark.parametrize(("at", "day"), [("2026-12-31T16:59:59", 31), ("2026-12-31T17:00:00", 1)])
def test_the_law_of_a_request_is_that_of_its_day_in_viet_nam(monkeypatch, at, day):
    asked = []
    monkeypatch.setattr(packs, "pinned", lambda pack, on: asked.append(on) or packs.pack_on(on))
    model.rules_of(head(), datetime.fromisoformat(at).replace(tzinfo=UTC))
    assert [each.day for each in asked] == [day]
