"""What the log of a record says of the rows beside it, and what does not fit."""

import pytest
from msgspec import json

from chalicelib.audit.judgement import misfits
from chalicelib.audit.partition import found_in
from chalicelib.contracts.event import Event
from chalicelib.kernel import aws, record, traces
from tests.fakes.clock import Clock

NOW = Clock()()


class Said(Event, frozen=True, kw_only=True):
    """A fact of the tests."""

    type = "vn.motcua.test.rows"


class Thing(record.Head, frozen=True, kw_only=True):
    """A record of the tests."""

    shape = 1

    erased_at: str | None = None


class Log:
    """A record's partition, as a list of what was written."""

    def __init__(self):
        self.rows = {}

    @property
    def head(self):
        item = self.rows.get("HEAD")
        if item is None:
            return Thing(pk="MC-1")
        names = {name: item[name] for name in item if name in Thing.__struct_fields__}
        return Thing(**names, as_read=json.encode(item).decode())

    def write(self, *ops, told=True, **put):
        """One change: rows that it puts, sort keys that it deletes."""
        change = record.Change("t", self.head, NOW).put(**put)
        if told:
            change.tell(Said())
        for number, op in enumerate(ops):
            row = {"pk": "MC-1", **op} if isinstance(op, dict) else op
            change.also(f"{number}", aws.put("t", row) if isinstance(op, dict) else aws.delete("t", ("MC-1", row)))
        for op in change.parts().values():
            self._apply(op)
        return self

    def update(self, sk, **put):
        """One change that updates a row which nobody read."""
        change = record.Change("t", self.head, NOW).tell(Said())
        change.also("row", aws.update("t", ("MC-1", sk), put=put, condition="attribute_exists(pk)"))
        for op in change.parts().values():
            self._apply(op)
        return self

    def _apply(self, op):
        ((kind, asked),) = op.items()
        place = aws.plain(asked["Item"] if kind == "Put" else asked["Key"])
        if kind == "Delete":
            del self.rows[place["sk"]]
        else:
            self.rows[place["sk"]] = place if kind == "Put" else traces.after(op, self.rows[place["sk"]])

    def of_the_release_before(self, number):
        """An event says nothing of rows, with hashes that are right."""
        row = {name: value for name, value in self.rows[f"EVENT#{number:06d}"].items() if name != "rows"}
        self.rows[row["sk"]] = {**row, "hash": record.link(row)}
        before = self.rows[row["sk"]]["hash"]
        for sk in sorted(each for each in self.rows if each.startswith("EVENT#") and each > row["sk"]):
            after = {**self.rows[sk], "prev": before}
            self.rows[sk] = {**after, "hash": record.link(after)}
            before = self.rows[sk]["hash"]
        self.rows["HEAD"] = {**self.rows["HEAD"], "chain": before}
        return self

    def found(self, *, silent=False):
        rows = [self.rows[sk] for sk in sorted(self.rows)]
        found = found_in(rows, always_silent=silent, may_be_silent=False)
        return [(each.kind, each.where) for each in misfits(found, None, ())]


@pytest.fixture
def log():
    return Log().write({"sk": "FORM", "a": 1}).write({"sk": "TASK#1", "b": 2}, {"sk": "PLAN", "c": 3}).write("PLAN")


def test_what_the_product_wrote_fits(log):
    assert set(log.rows) >= {"FORM", "TASK#1"}
    assert log.found() == []
    assert log.write({"sk": "FORM", "a": 2}).found() == []


def test_a_row_that_was_changed_is_named(log):
    log.rows["FORM"]["a"] = 2
    assert log.found() == [("row_changed", "FORM")]


def test_a_row_as_it_was_before_its_last_change_is_named(log):
    former = log.rows["FORM"]
    log.write({"sk": "FORM", "a": 2}).rows["FORM"] = former
    assert log.found() == [("row_changed", "FORM")]


def test_a_row_that_was_deleted_is_named(log):
    del log.rows["TASK#1"]
    assert log.found() == [("row_missing", "TASK#1")]


@pytest.mark.parametrize("sk", ["SLIP#1", "PLAN"])
def test_a_row_that_nobody_wrote_or_that_was_deleted_is_named(log, sk):
    log.rows[sk] = {"pk": "MC-1", "sk": sk, "c": 3}
    assert log.found() == [("row_added", sk)]


@pytest.mark.parametrize("sk", ["LEG#1", "DRIVER", "ALSO", "DUE"])
def test_a_row_that_comes_without_head_is_not_missed(log, sk):
    log.rows[sk] = {"pk": "MC-1", "sk": sk}
    assert log.found() == []


def test_a_row_of_a_name_that_begins_like_one_that_moves_is_named(log):
    log.rows["ALSO#QUOTA"] = {"pk": "MC-1", "sk": "ALSO#QUOTA"}
    assert log.found() == [("row_added", "ALSO#QUOTA")]


def test_of_a_row_that_was_changed_unread_it_is_known_that_it_is_there(log):
    log.update("FORM", a=5)
    assert log.found() == []
    log.rows["FORM"]["a"] = 6
    assert log.found() == []
    del log.rows["FORM"]
    assert log.found() == [("row_missing", "FORM")]


def test_a_row_that_is_put_whole_again_is_known_again(log):
    log.update("FORM", a=5).write({"sk": "FORM", "a": 7})
    assert log.found() == []
    log.rows["FORM"]["a"] = 6
    assert log.found() == [("row_changed", "FORM")]


def test_of_a_destination_what_changes_without_an_event_wrote_is_told_by_the_next_event(log):
    """A destination that does not answer is asked every few hours: no fact, and no tampering."""
    place = {"sk": "DELIVERY#post", "tries": 0}
    log.write(place).write({**place, "tries": 1}, told=False)
    assert log.rows["HEAD"]["untold"].keys() == {"DELIVERY#post"}
    assert log.found() == []
    log.rows["DELIVERY#post"]["tries"] = 5
    assert log.found() == [("row_changed", "DELIVERY#post")]
    log.rows["DELIVERY#post"]["tries"] = 1
    log.write(told=False).write()
    assert "untold" not in log.rows["HEAD"]
    assert log.found() == []
    log.rows["DELIVERY#post"]["tries"] = 5
    assert log.found() == [("row_changed", "DELIVERY#post")]


def test_a_head_that_says_what_no_event_told_where_none_was_missing_is_named(log):
    log.rows["HEAD"]["untold"] = {"FORM": "x"}
    assert log.found() == [("head_changed", "HEAD")]


def test_what_a_head_says_of_other_rows_than_destinations_is_believed_by_nobody(log):
    place = {"sk": "DELIVERY#post", "tries": 0}
    log.write(place).write({**place, "tries": 1}, told=False)
    log.rows["FORM"]["a"] = 2
    log.rows["HEAD"]["untold"]["FORM"] = traces.digest(log.rows["FORM"])
    assert log.found() == [("row_changed", "FORM")]
    assert log.write().found() == [("row_changed", "FORM")]


def test_of_rows_of_the_release_before_nothing_is_said(log):
    """It wrote when this one had written: after a rollback, and while both are there."""
    log.of_the_release_before(1)
    log.rows["FORM"]["a"], log.rows["SLIP#1"] = 2, {"pk": "MC-1", "sk": "SLIP#1"}
    assert log.found() == []
    log.rows["TASK#1"]["b"] = 4
    assert log.found() == [("row_changed", "TASK#1")]


def test_what_the_release_before_wrote_after_this_one_makes_nothing_false(log):
    log.write({"sk": "TASK#1", "b": 5}).of_the_release_before(4)
    log.rows["TASK#1"]["b"] = 6
    assert log.found() == []


def test_a_log_that_is_broken_says_nothing_of_rows_before(log):
    log.rows["EVENT#000002"]["at"] = "2020-01-01T00:00:00.000+00:00"
    log.rows["TASK#1"]["b"] = 4
    assert log.found() == [("row_changed", "EVENT#000002")]
    log.write({"sk": "FORM", "a": 3}).rows["FORM"]["a"] = 4
    assert ("row_changed", "FORM") in log.found()


def test_values_that_the_law_wants_emptied_are_not_missed():
    log = Log().write({"sk": "FIELD#1", "sealed": "x", "a": 1})
    log.rows["FIELD#1"]["sealed"] = "y"
    assert log.found() == [("row_changed", "FIELD#1")]
    log.rows["FIELD#1"]["sealed"] = ""
    assert log.found() == []
    del log.rows["FIELD#1"]
    assert log.found() == [("row_missing", "FIELD#1")]


def test_a_delivery_leaves_its_list_when_its_dossier_was_erased():
    log = Log().write({"sk": "DELIVERY#post", "wl_pk": "x", "due_at": "2026"})
    del log.rows["DELIVERY#post"]["due_at"]
    assert log.found() == [("row_changed", "DELIVERY#post")]
    log.write(erased_at="2026-11-25T02:00:00.000+00:00")
    assert log.found() == []


def test_of_a_record_that_changes_without_events_nothing_is_said_of_rows(log):
    log.rows["FORM"]["a"] = 2
    assert log.found(silent=True) == []


LEG = "LEG#0-commune"
DONE = {"outcome": {"outcome": "approved"}, "approver": "a", "done_at": "2026-11-25T00:00:00.000+00:00"}


@pytest.fixture
def legs(log):
    """A leg that a machine waits for, and that came to something."""
    log.rows[LEG] = {"pk": "MC-1", "sk": LEG, "token": "t", "execution": "e-1", "attempt": 1}
    return log.update(LEG, **DONE)


def test_what_a_machine_waits_with_changes_without_an_event_and_a_leg_fits(legs):
    assert legs.found() == []
    legs.rows[LEG] |= {"token": "u", "execution": "e-2", "attempt": 2}
    assert legs.found() == []


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"outcome": {"outcome": "refused"}}, "row_changed"),
        ({"approver": "b"}, "row_changed"),
        ({"done_at": "2020"}, "row_changed"),
        ({"reason": "x"}, "row_changed"),
        ({"child": "MC-2"}, "row_added"),
        ({"returned_at": "2020"}, "row_added"),
        ({"note": "x"}, "row_added"),
    ],
)
def test_a_leg_that_came_to_something_else_is_named(legs, changed, kind):
    legs.rows[LEG] |= changed
    assert legs.found() == [(kind, LEG)]


def test_a_leg_that_came_to_nothing_or_is_gone_is_named(legs):
    stood = legs.rows.pop(LEG)
    assert legs.found() == [("row_missing", LEG)]
    legs.rows[LEG] = {name: value for name, value in stood.items() if name not in DONE}
    assert legs.found() == [("row_missing", LEG)]


def test_parts_of_a_leg_are_told_each_by_its_own_change(log):
    log.rows[LEG] = {"pk": "MC-1", "sk": LEG}
    log.update(LEG, opened_at="1", child="MC-2").update(LEG, missed=["a"]).update(LEG, missed=["a", "b"])
    log.update(LEG, **DONE).update(LEG, returned_at="3")
    assert log.found() == []
    log.rows[LEG]["missed"] = ["a"]
    assert log.found() == [("row_changed", LEG)]


def test_a_record_that_the_release_before_made_says_nothing_of_what_its_legs_came_to_then(log):
    made = log.rows["EVENT#000001"]
    assert made["rows"][traces.MADE] == traces.WITH_LEGS
    made["rows"] = {**made["rows"], traces.MADE: ""}
    log.rows["EVENT#000001"]["hash"] = before = record.link(made)
    for sk in ("EVENT#000002", "EVENT#000003"):
        log.rows[sk] = {**log.rows[sk], "prev": before}
        log.rows[sk]["hash"] = before = record.link(log.rows[sk])
    log.rows["HEAD"]["chain"] = before
    log.rows[LEG] = {"pk": "MC-1", "sk": LEG, "opened_at": "1", "child": "MC-2"}
    assert log.found() == []
    log.update(LEG, **DONE)
    assert log.found() == []
    log.rows[LEG]["approver"] = "b"
    assert log.found() == [("row_changed", LEG)], "what is told since is held against it"
    log.rows["SLIP#1"] = {"pk": "MC-1", "sk": "SLIP#1"}
    assert ("row_added", "SLIP#1") in log.found(), "of other rows it said all"
