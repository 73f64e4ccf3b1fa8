"""The newest event of a change says what each row is that was written with it: the audit holds the row against it."""

from typing import Any

import msgspec
import pytest

from chalicelib.contracts.event import Event
from chalicelib.contracts.stored import Stored, read
from chalicelib.contracts.stored import written as item_of
from chalicelib.dossier.table import TABLE as DOSSIERS
from chalicelib.kernel import aws, record, traces
from tests.fakes.clock import Clock

NOW, PK = Clock()(), "MC-traced"


class Said(Event, frozen=True, kw_only=True):
    """A fact of the tests."""

    type = "vn.motcua.test.traced"


class Paper(Stored, frozen=True, kw_only=True):
    """A row of the tests."""

    shape = 1

    name: str
    verdict: str | None = None
    more: dict[str, Any] = {}  # noqa: RUF012 - msgspec copies it
    as_read: str | None = None


class TracedRow(record.Head, frozen=True, kw_only=True):
    """A record of the tests."""

    shape = 1


@pytest.fixture
def table(tables):
    return DOSSIERS()


def head(table):
    return read(TracedRow, aws.get(table, PK, "HEAD") or {"pk": PK})


def change(table):
    return record.Change(table, head(table), NOW).tell(Said())


def row(sk, **more):
    return {"pk": PK, "sk": sk, **item_of(Paper(name="a", **more))}


def last(table):
    return record.log_row(aws.query(table, PK, "EVENT#")[-1]).rows


def stored(table, sk):
    return aws.get(table, PK, sk)


def paper(table, sk):
    return read(Paper, stored(table, sk))


def verdict(table, sk, said):
    return aws.update(table, (PK, sk), put={"verdict": said}, remove=("more",), condition="attribute_exists(pk)")


def test_a_row_is_traced_as_it_is_read_back_and_the_first_change_says_that_all_are(table):
    change(table).also("a", aws.put_new(table, row("A", more={"n": [1, None, {"ü": True}]}))).write()
    assert last(table) == {traces.MADE: traces.WITH_LEGS, "A": traces.digest(stored(table, "A"))}
    change(table).also("a", aws.put(table, row("A", verdict="good"))).write()
    assert last(table) == {"A": traces.digest(stored(table, "A"))}


def test_a_change_of_head_alone_says_so(table):
    change(table).write()
    change(table).write()
    assert last(table) == {}


def test_of_several_events_the_last_one_has_the_traces(table):
    change(table).tell(Said()).also("a", aws.put_new(table, row("A"))).write()
    first, second = (record.log_row(each) for each in aws.query(table, PK, "EVENT#"))
    assert first.rows is None
    assert set(second.rows) == {"A", traces.MADE}


def test_a_row_that_is_deleted_is_told_as_gone(table):
    change(table).also("a", aws.put_new(table, row("A"))).write()
    change(table).also("gone", aws.delete(table, (PK, "A"))).write()
    assert last(table) == {"A": traces.GONE}


def test_an_update_of_a_row_that_was_read_is_traced_as_it_leaves_it(table):
    change(table).also("a", aws.put_new(table, row("A", more={"x": 1}))).write()
    change(table).also("a", verdict(table, "A", "good"), paper(table, "A")).write()
    assert stored(table, "A").keys() == {"pk", "sk", "name", "verdict", "shape"}
    assert last(table) == {"A": traces.digest(stored(table, "A"))}


def test_an_update_of_a_row_that_nobody_read_is_told_as_such(table):
    change(table).also("a", aws.put_new(table, row("A"))).write()
    change(table).also("a", verdict(table, "A", "good")).write()
    assert last(table) == {"A": traces.UNREAD}
    change(table).also("a", verdict(table, "A", "bad"), Paper(name="made up")).write()
    assert last(table) == {"A": traces.UNREAD}


@pytest.mark.parametrize("meanwhile", [{"name": "b"}, {"verdict": "bad"}])
def test_an_update_of_a_row_that_is_another_one_than_was_read_is_to_be_tried_again(table, meanwhile):
    """HEAD may be read after the row: what is traced has to be what stands."""
    change(table).also("a", aws.put_new(table, row("A"))).write()
    before = paper(table, "A")
    place = (PK, "A")
    assert aws.updated(aws.update(table, place, put=meanwhile, condition="attribute_exists(pk)"))
    with pytest.raises(aws.WriteContended):
        change(table).also("a", verdict(table, "A", "good"), before).write()
    change(table).also("a", verdict(table, "A", "good"), paper(table, "A")).write()
    assert last(table) == {"A": traces.digest(stored(table, "A"))}


def test_a_lost_head_and_a_condition_of_the_update_itself_go_up_by_their_names(table):
    change(table).also("a", aws.put_new(table, row("A"))).write()
    stale, before = change(table), paper(table, "A")
    change(table).also("a", verdict(table, "A", "good"), before).write()
    with pytest.raises(aws.Lost) as lost:
        stale.also("a", verdict(table, "A", "bad"), before).write()
    assert {"head", "a"} <= lost.value.parts
    op = aws.update(table, (PK, "A"), put={"verdict": "x"}, condition="attribute_not_exists(verdict)")
    with pytest.raises(aws.Lost) as lost:
        change(table).also("a", op, paper(table, "A")).write()
    assert lost.value.parts == {"a"}


def test_what_a_record_joins_is_traced_in_its_own_log(table):
    other = record.Change(table, TracedRow(pk="MC-other"), NOW).tell(Said())
    other.also("b", aws.put_new(table, {**row("B"), "pk": "MC-other"}))
    change(table).also("a", aws.put_new(table, row("A"))).join("paper", other).write()
    assert set(last(table)) == {traces.MADE, "A"}
    (theirs,) = aws.query(table, "MC-other", "EVENT#")
    assert set(record.log_row(theirs).rows) == {traces.MADE, "B"}


def test_a_joined_update_of_a_row_that_changed_is_to_be_tried_again_too(table):
    change(table).also("a", aws.put_new(table, row("A"))).write()
    before = paper(table, "A")
    aws.updated(aws.update(table, (PK, "A"), put={"name": "b"}, condition="attribute_exists(pk)"))
    outer = record.Change(table, TracedRow(pk="MC-outer"), NOW).tell(Said())
    with pytest.raises(aws.WriteContended):
        outer.join("paper", change(table).also("a", verdict(table, "A", "good"), before)).write()


def test_of_a_leg_what_its_machine_waits_with_has_no_trace_and_all_else_has_one_of_its_part(table):
    waits = {"pk": PK, "sk": "LEG#x", "token": "t", "execution": "e-1", "attempt": 1}
    change(table).also("leg", aws.put_new(table, waits)).write()
    assert last(table) == {traces.MADE: traces.WITH_LEGS}
    put = {"outcome": {"outcome": "approved"}, "approver": "a", "done_at": "1"}
    change(table).also("leg", aws.update(table, (PK, "LEG#x"), put=put, condition="attribute_exists(pk)")).write()
    assert last(table) == {"LEG#x/outcome": traces.digest(put)}


@pytest.mark.parametrize("sk", ["DRIVER", "ALSO"])
def test_rows_that_move_without_their_head_and_rows_of_others_have_no_trace(table, sk):
    made = change(table).also("moving", aws.put_new(table, row(sk)))
    made.also("list", aws.put_new(table, {**row("A"), "pk": "LIST"}))
    made.also("fence", aws.check(table, (PK, "Z"), "attribute_not_exists(pk)")).write()
    assert last(table) == {traces.MADE: traces.WITH_LEGS}


def test_what_was_read_is_never_written(table):
    change(table).also("a", aws.put_new(table, row("A"))).write()
    known = paper(table, "A")
    assert msgspec.json.decode(known.as_read) == stored(table, "A")
    assert "as_read" not in item_of(known)
