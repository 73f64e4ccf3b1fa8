"""The sweep marks each overdue task once; one agency's or dossier's failure stops nothing else (lesson 6)."""

from datetime import timedelta

import pytest

from chalicelib.contracts.event import heard
from chalicelib.contracts.onestop import TaskOverdue
from chalicelib.dossier.lists import TaskRow
from chalicelib.kernel.clock import moment
from chalicelib.onestop import sweep as module
from chalicelib.onestop.model import ORDER
from chalicelib.onestop.store import Table
from chalicelib.onestop.sweep import Sweep, Swept
from tests.fakes import people
from tests.support.hall import LEG

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
    assert sweep.run() == Swept(agencies=2, overdue=1, failed=len(ORDER))
    assert "overdue_at" in hall.rows.get(other, TASK)


def test_a_run_out_of_time_is_continued_where_it_stopped_and_then_begins_anew(hall, sweep, tasks, monkeypatch):
    late(hall)
    with monkeypatch.context() as patch:
        patch.setattr(tasks, "overdue", lambda *_: hall.clock.advance(minutes=2) or [])
        assert sweep.run() == Swept(agencies=1, left=1)
    assert tasks.left_off() == THERE
    assert sweep.run() == Swept(agencies=2, overdue=1)
    assert [name.partition("#")[0] for name in tasks.read] == [THERE] * len(ORDER) + [HERE] * len(ORDER)
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
