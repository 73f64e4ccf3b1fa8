"""The sweep marks each overdue task once; one agency's or dossier's failure stops nothing else (lesson 6)."""

from datetime import timedelta

import pytest

from chalicelib.contracts.event import heard
from chalicelib.contracts.lifecycle import ApologyOwed
from chalicelib.contracts.onestop import TaskOverdue
from chalicelib.dossier.lists import TaskRow
from chalicelib.kernel.clock import moment
from chalicelib.onestop import sweep as module
from chalicelib.onestop.model import SWEPT
from chalicelib.onestop.store import Table
from chalicelib.onestop.sweep import Sweep, Swept
from chalicelib.onestop.tasks.claims import Claims
from tests.fakes import people
from tests.support.hall import LEG, Hall

TASK = f"TASK#{LEG}#receive"
HERE, THERE = people.OFFICE["id"], people.OTHER_OFFICE["id"]


class Watched(Table):
    """The real store; `broken` names agencies whose list fails and dossiers that cannot be read."""

    def __init__(self):
        self.broken, self.read = set(), []

    def overdue(self, agency, kind, now):
        self.read.append(f"{agency}#{kind}")
        if agency in self.broken:
            raise ConnectionError(agency)
        return super().overdue(agency, kind, now)

    def dossier(self, reference, *parts):
        if reference in self.broken:
            raise ConnectionError(reference)
        return super().dossier(reference, *parts)


@pytest.fixture
def tasks(hall):
    return Watched()


@pytest.fixture
def sweep(hall, tasks):
    return Sweep(tasks, hall.clock)


def late(hall, kind="receive", by=timedelta(seconds=1)):
    """A submitted dossier, and a clock that stands just after the due time of its task."""
    reference = hall.submitted()
    hall.clock.now = moment(hall.rows.get(reference, f"TASK#{LEG}#{kind}")["due_at"]) + by
    return reference


def another(hall, reference, name, agency=HERE):
    """A dossier like this one."""
    for row in hall.rows.partition(reference):
        moved = {"pk": name}
        if row["sk"] == TASK:
            moved |= {"wl_pk": f"{agency}#receive", "wl_sk": f"{row['due_at']}#{name}", "agency": agency}
        hall.rows.put({**row, **moved})
    return name


def test_an_overdue_task_is_told_once_in_its_dossiers_log_and_marked_on_the_list(hall, sweep):
    reference = late(hall)
    assert sweep.run() == Swept(agencies=2, overdue=1)
    task = hall.rows.get(reference, TASK)
    (told,) = hall.told(reference, TaskOverdue)
    assert told == TaskOverdue(
        reference=reference, leg=LEG, kind="receive", agency=HERE, opened_at=task["opened_at"], due_at=task["due_at"]
    )
    assert moment(task["overdue_at"]) == hall.clock.now
    assert task["status"] == "open"
    assert hall.rows.unbroken(reference)
    assert sweep.run() == Swept(agencies=2)
    assert len(hall.told(reference, TaskOverdue)) == 1


def test_a_task_is_overdue_after_its_due_time_and_not_at_it(hall, sweep):
    late(hall, by=timedelta(0))
    assert sweep.run().overdue == 0
    hall.clock.now += timedelta(milliseconds=1)
    assert sweep.run().overdue == 1


def test_the_next_task_of_the_same_dossier_is_told_by_itself(hall, sweep):
    reference = late(hall)
    sweep.run()
    hall.complete(reference, "receive")
    assert sweep.run().overdue == 0
    hall.clock.now = moment(hall.head(reference)["due_at"]) + timedelta(seconds=1)
    assert sweep.run().overdue == 1
    assert [t.kind for t in hall.told(reference, TaskOverdue)] == ["receive", "verify"]


def test_a_marked_task_can_be_completed(hall, sweep):
    reference = late(hall)
    sweep.run()
    assert hall.complete(reference, "receive").status == "done"
    assert hall.rows.unbroken(reference)


def test_a_task_that_was_done_meanwhile_is_not_marked(hall, sweep):
    reference = late(hall)
    hall.rows.meanwhile(lambda: hall.complete(reference, "receive"))
    assert sweep.run() == Swept(agencies=2)
    assert hall.told(reference, TaskOverdue) == []


@pytest.mark.parametrize(
    "change",
    [{"status": "done"}, {"overdue_at": "2026-11-25T00:00:00.000+00:00"}, {"due_at": "2027-11-25T00:00:00.000+00:00"}],
    ids=["done", "marked", "extended"],
)
def test_a_list_that_is_behind_marks_nothing(hall, sweep, tasks, monkeypatch, change):
    reference = late(hall)
    row = heard(TaskRow, hall.rows.get(reference, TASK))
    hall.rows.change(reference, TASK, **change)
    monkeypatch.setattr(tasks, "overdue", lambda *_: [row])
    assert sweep.run() == Swept(agencies=2)
    assert hall.told(reference, TaskOverdue) == []


def test_a_dossier_that_is_gone_marks_nothing(hall, sweep, tasks, monkeypatch):
    late(hall)
    monkeypatch.setattr(
        tasks,
        "overdue",
        lambda *_: [TaskRow(pk="MC-NONE", sk=TASK, wl_pk="-", wl_sk="-", procedure="-", opened_at="-", due_at="-")],
    )
    assert sweep.run() == Swept(agencies=2)


def test_a_contended_dossier_is_tried_again(hall, sweep):
    late(hall)
    hall.rows.contend(2)
    assert sweep.run() == Swept(agencies=2, overdue=1)


def test_one_dossiers_failure_stops_no_other(hall, sweep, tasks):
    first = late(hall)
    second = another(hall, first, "MC-ZZZZZZZZZZZZZZZZ")
    tasks.broken = {first}
    assert sweep.run() == Swept(agencies=2, overdue=1, failed=1)
    assert "overdue_at" in hall.rows.get(second, TASK)
    tasks.broken = set()
    assert sweep.run() == Swept(agencies=2, overdue=1), "the next run takes what failed"


def test_one_agencys_failure_stops_no_other(hall, sweep, tasks):
    assert HERE < THERE
    other = another(hall, late(hall), "MC-ZZZZZZZZZZZZZZZZ", THERE)
    tasks.broken = {HERE}
    assert sweep.run() == Swept(agencies=2, overdue=1, failed=len(SWEPT))
    assert "overdue_at" in hall.rows.get(other, TASK)


def test_a_run_out_of_time_is_continued_where_it_stopped_and_then_begins_anew(hall, sweep, tasks, monkeypatch):
    late(hall)
    with monkeypatch.context() as patch:
        patch.setattr(tasks, "overdue", lambda *_: hall.clock.advance(minutes=2) or [])
        assert sweep.run() == Swept(agencies=1, left=1)
    assert tasks.left_off() == THERE
    assert sweep.run() == Swept(agencies=2, overdue=1)
    assert [name.partition("#")[0] for name in tasks.read] == [THERE] * len(SWEPT) + [HERE] * len(SWEPT)
    assert tasks.left_off() == ""


def test_a_backlog_of_one_list_is_marked_in_parts(hall, sweep, monkeypatch):
    monkeypatch.setattr(module, "MOST", 2)
    first = late(hall)
    for number in range(4):
        another(hall, first, f"MC-{number:016d}")
    assert [sweep.run().overdue for _ in range(4)] == [2, 2, 1, 0]


def test_an_agency_that_nobody_published_is_not_swept(hall, sweep, tasks):
    sweep.run()
    assert {name.partition("#")[0] for name in tasks.read} == {HERE, THERE}


@pytest.mark.rule("R06", "alarm")
def test_a_reception_whose_working_hours_are_over_is_counted_for_the_alarm_and_a_verification_is_not(hall, sweep):
    reference = late(hall)
    assert sweep.run().receptions == 1
    hall.complete(reference, "receive")
    hall.clock.now = moment(hall.head(reference)["due_at"]) + timedelta(seconds=1)
    done = sweep.run()
    assert (done.overdue, done.receptions) == (1, 0)


# --- the last day to apologise ------------------------------------------------------------------------------------


def at(text):
    return moment(f"{text}+07:00")


@pytest.fixture
def five(tables):
    """A hall whose procedure takes five working days: accepted on Wednesday 2026-11-25, due on Wednesday 2026-12-02."""
    return Hall(tables, term={"text": "5wd"})


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-11-30T23:00:00", False),
        ("2026-12-01T00:00:00", True),
        ("2026-12-01T23:04:59", True),
        ("2026-12-01T23:05:00", False),  # one run of an hour looks for it
        ("2026-12-02T00:00:00", False),
    ],
)
def test_the_agency_is_told_once_on_the_last_day_to_apologise(five, now, told):
    reference = five.at("receive")
    five.clock.now = at(now)
    sweep = Sweep(Table(), five.clock)
    assert sweep.run().apologies == told
    assert sweep.run().apologies == 0
    found = five.told(reference, ApologyOwed)
    assert [(each.agency, each.last_day, each.due_at) for each in found] == (
        [(HERE, "2026-12-01", five.head(reference)["due_at"])] if told else []
    )
    assert five.rows.unbroken(reference)


def test_a_task_that_an_officer_took_is_as_late_as_any_other(five):
    reference = five.at("receive")
    Claims(five.dossiers, five.clock).claim(people.PROCESSING, f"{reference}.{LEG}.verify", "k1")
    five.clock.now = at("2026-12-01T09:00:00")
    assert Sweep(Table(), five.clock).run().apologies == 1
    assert [each.agency for each in five.told(reference, ApologyOwed)] == [HERE]


def test_the_next_task_of_a_dossier_is_no_second_occasion(five):
    reference = five.at("receive")
    five.clock.now = at("2026-12-01T09:00:00")
    sweep = Sweep(Table(), five.clock)
    assert sweep.run().apologies == 1
    five.complete(reference, "verify")
    assert sweep.run().apologies == 0


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-11-26T23:00:00", False),
        ("2026-11-27T08:00:00", True),
        ("2026-11-28T08:00:00", True),
        ("2026-11-29T23:00:00", True),
        ("2026-11-30T00:00:00", False),
    ],
)
def test_what_is_due_on_a_monday_is_told_on_friday_or_until_sunday_where_nobody_swept(tables, now, told):
    hall = Hall(tables, term={"text": "3wd"})
    reference = hall.at("receive")
    assert hall.head(reference)["due_at"].startswith("2026-11-30")
    hall.clock.now = at(now)
    assert Sweep(Table(), hall.clock).run().apologies == told


def test_a_dossier_accepted_on_its_last_day_to_apologise_is_told_when_the_days_work_is_over(hall):
    reference = hall.at("receive")  # one working day
    assert hall.head(reference)["due_at"].startswith("2026-11-26")
    for now, told in (("2026-11-25T16:00:00", 0), ("2026-11-25T17:00:00", 1)):
        hall.clock.now = at(now)
        assert Sweep(Table(), hall.clock).run().apologies == told


def test_what_is_extended_decided_or_ended_owes_no_apology(five):
    reference = five.at("receive")
    five.clock.now = at("2026-12-01T09:00:00")
    sweep = Sweep(Table(), five.clock)
    for fields in ({"decided_at": "x"}, {"state": 8}, {"state": 9}):
        before = five.head(reference)
        five.put(reference, **fields)
        assert sweep.run().apologies == 0
        five.rows.put(before)
    mark = {"type": "extend", "at": "2026-11-30T02:00:00.000+00:00", "term": "1wd"}
    five.rows.put({"pk": reference, "sk": "CLOCK", "shape": 1, "marks": [mark], "supplements": 0})
    assert sweep.run().apologies == 0


def test_one_dossiers_failure_keeps_no_other_from_being_told(five, monkeypatch):
    first = five.at("receive")
    for row in five.rows.partition(first):
        moved = {"pk": "MC-SECOND"}
        if row["sk"] == f"TASK#{LEG}#verify":
            moved |= {"wl_sk": f"{row['due_at']}#MC-SECOND"}
        five.rows.put({**row, **moved})
    five.clock.now = at("2026-12-01T09:00:00")
    watched = Watched()
    watched.broken.add(first)
    assert Sweep(watched, five.clock).run() == Swept(agencies=2, apologies=1, failed=1)
