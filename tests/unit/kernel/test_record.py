"""A log is append-only and every row carries the hash of the one before; a lost version is tried again."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.contracts.event import Event, Malformed, heard
from chalicelib.kernel import aws, record
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import TryAgain
from tests.fakes.clock import Clock

NOW = Clock()()


class Said(Event, frozen=True, kw_only=True):
    """A fact of the tests."""

    type = "vn.motcua.test.said"

    n: int = 0
    more: dict[str, Any] = {}  # noqa: RUF012 - msgspec copies it


class Thing(record.Head, frozen=True, kw_only=True):
    """A record of the tests."""

    shape = 3

    state: int = 0
    wl_pk: str | None = None


def written(change):
    """The items that a change puts, HEAD first."""
    return [aws.plain(op["Put"]["Item"]) for op in change.parts().values() if "Put" in op]


def told(change, *numbers):
    for n in numbers:
        change.tell(Said(n=n), state=n or None, actor="x" if n else "")
    return change


def a_log(length=5):
    head, *rows = written(told(record.Change("t", Thing(pk="MC-1"), NOW), *range(length)))
    return head, rows


def unbroken(rows, head):
    try:
        return record.unbroken([record.log_row(row) for row in rows], heard(Thing, head))
    except Malformed:
        return False


def test_a_record_begins_with_version_1_its_shape_and_its_facts_in_order():
    head, rows = a_log()
    assert (head["sk"], head["version"], head["seq"], head["chain"]) == ("HEAD", 1, 5, rows[-1]["hash"])
    assert (head["shape"], head["created_at"]) == (3, stamp(NOW))
    assert [row["sk"] for row in rows] == [f"EVENT#{n:06d}" for n in range(1, 6)]
    assert rows[0]["prev"] == record.GENESIS
    assert unbroken(rows, head)


def test_every_new_item_must_not_exist_yet():
    ops = told(record.Change("t", Thing(pk="MC-1"), NOW), 0, 1).parts()
    assert list(ops) == ["head", "event 000001", "event 000002"]
    assert all(op["Put"]["ConditionExpression"] == "attribute_not_exists(pk)" for op in ops.values())


def test_a_change_goes_on_where_the_log_stands_and_is_conditional_on_the_version():
    stored, rows = a_log(2)
    change = (
        told(record.Change("t", heard(Thing, stored), NOW), 2, 3).put(state=4, wl_pk=None).take_off("wl_pk", "wl_sk")
    )
    op = change.parts()["head"]["Update"]
    values, names = aws.plain(op["ExpressionAttributeValues"]), op["ExpressionAttributeNames"]
    assert op["ConditionExpression"] == "#v = :expected"
    assert (names["#v"], values[":expected"]) == ("version", 1)
    named = {names[f"#{k[1:]}"]: v for k, v in values.items() if k != ":expected"}
    new = written(change)
    assert named == {"state": 4, "version": 2, "seq": 4, "chain": new[-1]["hash"]}
    assert op["UpdateExpression"].endswith(" REMOVE #r0, #r1")
    assert (names["#r0"], names["#r1"]) == ("wl_pk", "wl_sk")
    assert unbroken([*rows, *new], {**stored, **named})


def test_a_fact_without_state_or_actor_has_no_such_field():
    _, rows = a_log(2)
    assert not {"state", "actor"} & rows[0].keys()
    assert (rows[1]["state"], rows[1]["actor"]) == (1, "x")


def test_a_part_has_a_name_of_its_own():
    change = record.Change("t", Thing(pk="MC-1"), NOW).also("task", aws.put("t", {"pk": "a", "sk": "b"}))
    for taken in ("task", "head"):
        with pytest.raises(ValueError, match=taken):
            change.also(taken, aws.put("t", {"pk": "a", "sk": "b"}))


def test_two_records_change_in_one_transaction_and_the_other_ones_parts_are_named_after_it():
    other = told(record.Change("u", Thing(pk="P-1"), NOW), 1)
    change = told(record.Change("t", Thing(pk="MC-1"), NOW), 1).join("paper", other)
    assert list(change.parts()) == ["head", "event 000001", "paper head", "paper event 000001"]


DATA = st.dictionaries(
    st.text(min_size=1, max_size=8),
    st.recursive(
        st.booleans() | st.integers(-(10**30), 10**30) | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1, max_size=4), inner, max_size=3),
        max_leaves=6,
    ),
    max_size=4,
)


@given(st.lists(DATA, min_size=1, max_size=4))
def test_a_log_is_unbroken_after_it_went_through_the_table(data):
    change = record.Change("t", Thing(pk="MC-1"), NOW)
    for each in data:
        change.tell(Said(more=each))
    head, *rows = written(change)
    assert unbroken(rows, head)
    assert [row["data"]["more"] for row in rows] == data


@given(st.integers(0, 4), st.sampled_from(["pk", "sk", "type", "at", "data", "prev", "hash"]))
def test_any_changed_field_of_any_row_is_found(place, field):
    head, rows = a_log()
    other = copy.deepcopy(rows)
    other[place][field] = {"n": 99} if field == "data" else other[place][field] + "x"
    assert not unbroken(other, head)


@pytest.mark.parametrize(("field", "other"), [("actor", "somebody else"), ("state", 9)])
def test_who_acted_and_the_state_that_was_reached_cannot_be_changed_or_taken_out(field, other):
    head, rows = a_log()
    assert field in rows[2]
    for forged in ({**rows[2], field: other}, {k: v for k, v in rows[2].items() if k != field}):
        assert not unbroken([*rows[:2], forged, *rows[3:]], head)


@given(st.integers(0, 4))
def test_a_row_with_a_new_field_or_without_one_is_found(place):
    head, rows = a_log()
    assert not unbroken([{**r, "extra": 1} if n == place else r for n, r in enumerate(rows)], head)
    cut = [{k: v for k, v in r.items() if k != "at"} if n == place else r for n, r in enumerate(rows)]
    assert not unbroken(cut, head)


@pytest.mark.parametrize("place", range(4))
def test_a_removed_row_is_found(place):
    head, rows = a_log()
    assert not unbroken(rows[:place] + rows[place + 1 :], head)


@given(st.permutations(range(5)))
def test_reordered_rows_are_found(order):
    head, rows = a_log()
    assert unbroken([rows[n] for n in order], head) == (list(order) == list(range(5)))


def test_a_changed_row_with_a_new_hash_is_found_by_the_next():
    head, rows = a_log()
    forged = {**rows[2], "data": {"n": 99}}
    forged["hash"] = record.link(forged)
    assert not unbroken([*rows[:2], forged, *rows[3:]], head)


@pytest.mark.parametrize("cut", range(5))
def test_a_log_that_lost_its_end_is_found_by_its_head(cut):
    """The last rows hold no other row's hash: only HEAD knows how long the log is and what its last hash was."""
    head, rows = a_log()
    assert unbroken(rows, head)
    assert not unbroken(rows[:cut], head)


def test_a_forged_last_row_is_found_by_the_head():
    head, rows = a_log()
    forged = {**rows[4], "data": {"n": 99}}
    forged["hash"] = record.link(forged)
    assert not unbroken([*rows[:4], forged], head)


# --- settled -------------------------------------------------------------------------------------------------------

HEAD_LOST = aws.Lost({"head"})
OTHER_HEAD_LOST = aws.Lost({"paper head", "event 000001"})
OTHER_LOST = aws.Lost({"task"})


class Attempt:
    """A change that meets these troubles first."""

    def __init__(self, *troubles):
        self.troubles, self.tried = list(troubles), 0

    def __call__(self):
        self.tried += 1
        if self.troubles:
            raise self.troubles.pop(0)
        return "done"


@pytest.mark.parametrize("times", [0, 1, 2, 20])
@pytest.mark.parametrize(
    "trouble", [HEAD_LOST, OTHER_HEAD_LOST, aws.WriteContended()], ids=["lost", "joined", "contended"]
)
def test_a_change_is_tried_again_from_its_reading_after_a_wait_each(times, trouble, waits):
    change = Attempt(*[trouble] * times)
    assert record.settled(change) == "done"
    assert change.tried == times + 1
    assert len(waits.waited) == times


def test_a_change_that_never_gets_through_asks_to_try_again():
    change = Attempt(*[HEAD_LOST, aws.WriteContended()] * 100)
    with pytest.raises(TryAgain):
        record.settled(change)
    assert 20 < change.tried < 100


def test_another_lost_condition_and_any_error_go_up_at_once():
    for trouble in (OTHER_LOST, ValueError("x")):
        change = Attempt(trouble)
        with pytest.raises(type(trouble)):
            record.settled(change)
        assert change.tried == 1


def test_a_row_of_the_log_is_typed_and_keeps_what_its_hash_is_over():
    row = {"pk": "MC-1", "sk": "EVENT#000012", "type": "x", "at": "t", "hash": "h", "prev": "p"}
    found = record.log_row(row)
    assert (found.number, found.data, found.state, found.actor) == (12, {}, None, None)
    assert found.stored == row
    assert record.log_row({**row, "data": {"a": 1}, "state": 2, "actor": "x"}).data == {"a": 1}
