"""Borders of rounds and schedules: one that breaks, then two more; the last attempt; the line of a day in Viet Nam."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.kernel import waiting
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.paging import cursor, cursor_of, merged_cursor, offset_cursor, offset_of, starts_of
from chalicelib.kernel.problem import BodyInvalid, NotFound
from chalicelib.kernel.rounds import Round, go_round
from chalicelib.ledger import door
from chalicelib.ledger.lines import stretch
from chalicelib.subscriptions import model
from chalicelib.subscriptions.model import OVERLAP, WAITS, Line, Secret, Subscription
from tests.fakes.clock import Clock

NOW = Clock()()
TICK = timedelta(milliseconds=1)


def test_what_breaks_for_the_first_and_the_third_stops_no_other():
    done, broke, did = Round(), [], []

    def go_on(row):
        if row % 2:
            raise ValueError(row)
        did.append(row)

    go_round([1, 2, 3, 4], go_on, done, broken=lambda row, error: broke.append((row, type(error))))
    assert (did, broke, done.failed) == ([2, 4], [(1, ValueError), (3, ValueError)], 2)


def test_a_round_ends_when_it_is_full_or_without_time_or_with_what_ends_it(monkeypatch):
    did = []
    go_round(range(9), did.append, Round(), broken=print, is_full=lambda: len(did) >= 2)
    assert did == [0, 1]
    monkeypatch.setattr(waiting, "left", lambda: 30.0 if len(did) < 4 else 29.9)
    go_round(range(9), did.append, Round(), broken=print, takes=30.0)
    assert len(did) == 4

    def go_on(row):
        did.append(row)
        raise KeyError

    done = Round()
    go_round(range(9), go_on, done, broken=print, ends=(KeyError,))
    assert (len(did), done.failed) == (5, 0)


def test_each_failed_delivery_has_its_wait_and_after_the_last_there_is_none():
    line = Line(shard=0)
    for number, wait in enumerate(WAITS, 1):
        line = model.failed(line, 500 + number, NOW + timedelta(days=number), 0.0)
        assert (line.attempts, line.due_at) == (number, stamp(NOW + timedelta(days=number) + wait))
    assert (line.failing_since, line.status) == (stamp(NOW + timedelta(days=1)), 500 + len(WAITS))
    assert model.failed(line, 500, NOW, 0.0) is None
    assert model.moved(line, position=3) == Line(shard=0, position=3)
    assert model.moved(line, done=2) == Line(shard=0, done=2)
    assert (model.anew(line).attempts, model.anew(line).due_at) == (0, "")


@pytest.mark.parametrize(("beside", "is_due"), [(-TICK, False), (timedelta(), True), (TICK, True)])
def test_a_delivery_is_due_from_its_moment_on(beside, is_due):
    assert model.is_due(Line(shard=0, due_at=stamp(NOW)), NOW + beside) == is_due
    assert model.is_due(Line(shard=0), NOW)


def test_of_three_secrets_those_are_valid_whose_time_is_not_over_the_present_one_first():
    secrets = (Secret(nonce="a", key="k"),)
    for number, nonce in enumerate("bc", 1):
        secrets = model.rotated(secrets, Secret(nonce=nonce, key="k"), NOW + timedelta(hours=number))
    assert [(each.nonce, each.until) for each in secrets] == [
        ("c", None),
        ("b", stamp(NOW + timedelta(hours=2) + OVERLAP)),
    ]
    sub = Subscription(id="s", subscriber="a", key="k", body="b", opened_at="x", secrets=secrets)
    end = NOW + timedelta(hours=2) + OVERLAP
    assert [[each.nonce for each in sub.valid(at)] for at in (end - TICK, end)] == [["c", "b"], ["c"]]


def test_the_line_of_a_portal_that_tried_is_one_a_day_of_viet_nam(tables):
    for at in ("25T16:59:58", "25T16:59:59", "25T17:00:00", "26T16:59:59", "26T17:00:00"):
        door.turn_away("o" * 32, "dvc", "why", datetime.fromisoformat(f"2026-11-{at}").replace(tzinfo=UTC))
    lines = [line.at for _, line in stretch("o" * 32, 0, 10)]
    assert [each[8:19] for each in lines] == ["25T16:59:58", "25T17:00:00", "26T17:00:00"]
    door.turn_away("o" * 32, "other", "why", datetime(2026, 11, 26, 17, tzinfo=UTC))
    assert len(stretch("o" * 32, 0, 10)) == 4


def test_a_cursor_goes_on_in_its_own_list_and_the_second_of_a_merged_one_too():
    keys, one, two = ("pk", "sk"), {"pk": "a", "sk": "1"}, {"pk": "b", "sk": "2"}
    assert cursor_of(cursor(one), keys, "a") == one
    with pytest.raises(NotFound):
        cursor_of(cursor(two), keys, "a")
    both = merged_cursor({"a": one, "b": two})
    assert starts_of(both, keys, ["b", "a"]) == {"a": one, "b": two}
    for lists in (["a"], ["b"]):
        with pytest.raises(NotFound):
            starts_of(both, keys, lists)
    broken = merged_cursor({"a": one, "b": {"pk": "b"}})
    with pytest.raises(BodyInvalid):
        starts_of(broken, keys, ["a", "b"])
    assert (cursor(None), starts_of("", keys, []), cursor_of("", keys, "a")) == (None, {}, None)


@pytest.mark.parametrize(("offset", "good"), [(0, True), (999_999, True), (1_000_000, False), (-1, False)])
def test_a_list_in_memory_goes_on_within_its_length(offset, good):
    if good:
        assert offset_of(offset_cursor(offset)) == offset
    else:
        with pytest.raises(BodyInvalid):
            offset_of(offset_cursor(offset))
