"""A log is append-only and every row carries the hash of the one before; a lost version is tried again."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel import aws, record
from chalicelib.kernel.errors import TryAgain
from chalicelib.kernel.events import EventType, Fact, envelope
from tests.fakes.clock import Clock

NOW = Clock()()
FACTS = [Fact(EventType.DRAFT_OPENED, {"n": n}, state=n or None, actor="x" if n else "") for n in range(5)]


def written(ops):
    """The items that a record's operations put."""
    return [aws.plain(op["Put"]["Item"]) for op in ops if "Put" in op]


def a_log(length=5):
    head, *rows = written(record.begin("t", "MC-1", FACTS[:length], {"state": 0}, NOW))
    return head, rows


def test_a_record_begins_with_version_1_and_its_facts_in_order():
    head, rows = a_log()
    assert (head["sk"], head["version"], head["seq"], head["chain"]) == ("HEAD", 1, 5, rows[-1]["hash"])
    assert [row["sk"] for row in rows] == [f"EVENT#{n:06d}" for n in range(1, 6)]
    assert rows[0]["prev"] == record.GENESIS
    assert record.unbroken(rows, head)


def test_every_new_item_must_not_exist_yet():
    ops = record.begin("t", "MC-1", FACTS, {}, NOW)
    assert all(op["Put"]["ConditionExpression"] == "attribute_not_exists(pk)" for op in ops)


def test_a_change_goes_on_where_the_log_stands_and_is_conditional_on_the_version():
    head, rows = a_log(2)
    guard, *more = record.append("t", head, FACTS[2:4], NOW, put={"state": 4})
    op = guard["Update"]
    values = aws.plain(op["ExpressionAttributeValues"])
    assert op["ConditionExpression"] == "#v = :expected"
    assert (op["ExpressionAttributeNames"]["#v"], values[":expected"]) == ("version", 1)
    named = {op["ExpressionAttributeNames"][f"#{k[1:]}"]: v for k, v in values.items() if k != ":expected"}
    new = written(more)
    assert named == {"state": 4, "version": 2, "seq": 4, "chain": new[-1]["hash"]}
    assert record.unbroken([*rows, *new], named)


def test_a_fact_without_state_or_actor_has_no_such_field():
    _, rows = a_log(2)
    assert not {"state", "actor"} & rows[0].keys()
    assert (rows[1]["state"], rows[1]["actor"]) == (1, "x")


DATA = st.dictionaries(
    st.text(min_size=1, max_size=8),
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1, max_size=4), inner, max_size=3),
        max_leaves=6,
    ),
    max_size=4,
)


@given(st.lists(DATA, min_size=1, max_size=4))
def test_a_log_is_unbroken_after_it_went_through_the_table(data):
    facts = [Fact(EventType.DRAFT_SAVED, d) for d in data]
    head, *rows = written(record.begin("t", "MC-1", facts, {}, NOW))
    assert record.unbroken(rows, head)
    assert [row["data"] for row in rows] == data


@given(st.integers(0, 4), st.sampled_from(["pk", "sk", "type", "at", "data", "prev", "hash"]))
def test_any_changed_field_of_any_row_is_found(place, field):
    head, rows = a_log()
    other = copy.deepcopy(rows)
    other[place][field] = {"n": 99} if field == "data" else other[place][field] + "x"
    assert not record.unbroken(other, head)


@pytest.mark.parametrize(("field", "other"), [("actor", "somebody else"), ("state", 9)])
def test_who_acted_and_the_state_that_was_reached_cannot_be_changed_or_taken_out(field, other):
    head, rows = a_log()
    assert field in rows[2]
    for forged in ({**rows[2], field: other}, {k: v for k, v in rows[2].items() if k != field}):
        assert not record.unbroken([*rows[:2], forged, *rows[3:]], head)


@given(st.integers(0, 4))
def test_a_row_with_a_new_field_or_without_one_is_found(place):
    head, rows = a_log()
    assert not record.unbroken([{**r, "extra": 1} if n == place else r for n, r in enumerate(rows)], head)
    cut = [{k: v for k, v in r.items() if k != "at"} if n == place else r for n, r in enumerate(rows)]
    assert not record.unbroken(cut, head)


@pytest.mark.parametrize("place", range(4))
def test_a_removed_row_is_found(place):
    head, rows = a_log()
    assert not record.unbroken(rows[:place] + rows[place + 1 :], head)


@given(st.permutations(range(5)))
def test_reordered_rows_are_found(order):
    head, rows = a_log()
    assert record.unbroken([rows[n] for n in order], head) == (list(order) == list(range(5)))


def test_a_changed_row_with_a_new_hash_is_found_by_the_next():
    head, rows = a_log()
    forged = {**rows[2], "data": {"n": 99}}
    forged["hash"] = record.link(forged)
    assert not record.unbroken([*rows[:2], forged, *rows[3:]], head)


@pytest.mark.parametrize("cut", range(5))
def test_a_log_that_lost_its_end_is_found_by_its_head(cut):
    """The last rows hold no other row's hash: only HEAD knows how long the log is and what its last hash was."""
    head, rows = a_log()
    assert record.unbroken(rows, head)
    assert not record.unbroken(rows[:cut], head)


def test_a_forged_last_row_is_found_by_the_head():
    head, rows = a_log()
    forged = {**rows[4], "data": {"n": 99}}
    forged["hash"] = record.link(forged)
    assert not record.unbroken([*rows[:4], forged], head)


def test_an_event_is_named_by_its_row_so_that_a_second_delivery_can_be_told():
    _, rows = a_log(1)
    sent = envelope(rows[0])
    assert (sent["id"], sent["subject"], sent["time"]) == ("MC-1/EVENT#000001", "MC-1", rows[0]["at"])
    assert envelope({k: v for k, v in rows[0].items() if k != "data"})["data"] == {}


# --- settled -------------------------------------------------------------------------------------------------------

HEAD_LOST = aws.WriteLost(["ConditionalCheckFailed", "None"], [None, None])
OTHER_LOST = aws.WriteLost(["None", "ConditionalCheckFailed"], [None, None])


class Change:
    """A change that meets these troubles first."""

    def __init__(self, *troubles):
        self.troubles, self.tried = list(troubles), 0

    def __call__(self):
        self.tried += 1
        if self.troubles:
            raise self.troubles.pop(0)
        return "done"


@pytest.mark.parametrize("times", range(record.ATTEMPTS))
@pytest.mark.parametrize("trouble", [HEAD_LOST, aws.WriteContended()], ids=["lost", "contended"])
def test_a_change_is_tried_again_from_its_reading(times, trouble):
    change = Change(*[trouble] * times)
    assert record.settled(change) == "done"
    assert change.tried == times + 1


def test_a_change_that_never_gets_through_asks_to_try_again():
    change = Change(*[HEAD_LOST, aws.WriteContended()] * record.ATTEMPTS)
    with pytest.raises(TryAgain):
        record.settled(change)
    assert change.tried == record.ATTEMPTS


def test_another_lost_condition_and_any_error_go_up_at_once():
    for trouble in (OTHER_LOST, ValueError("x")):
        change = Change(trouble)
        with pytest.raises(type(trouble)):
            record.settled(change)
        assert change.tried == 1
