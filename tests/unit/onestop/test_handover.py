"""An officer with forty claimed tasks leaves: a colleague has them in order, nothing is lost; an agency merges."""

import pytest

from chalicelib.contracts.tasks import TaskAssigned, TaskReleased
from chalicelib.dossier import leaving, lists
from chalicelib.dossier.items import Task, task_id, worklist_keys
from chalicelib.identity.staff.author import officer_hash
from chalicelib.onestop import refusals
from chalicelib.onestop.store import Table
from chalicelib.onestop.tasks import handover as module
from chalicelib.onestop.tasks.claims import Claims
from chalicelib.onestop.tasks.handover import HandedOver, HandOver
from chalicelib.onestop.tasks.store import Leaving, Lists
from chalicelib.onestop.tasks.worklist import Wanted, Worklist
from tests.support.hall import LEG
from tests.support.office import AGENCY, Office
from tests.unit.identity.staff.test_work import HEIR, merge

FORTY, LEFT = 40, "2026-11-26"


@pytest.fixture
def office(hall):
    made = Office(hall).open()
    for subject in ("di", "nhan", "nua"):
        made.enrol(subject, "reception")
    return made


@pytest.fixture
def hand_over(hall):
    return HandOver(Leaving(), Table(), hall.clock)


def copies(hall, count):
    """The ids of open receptions of so many dossiers, the first one due last."""
    reference, found = hall.submitted(), []
    rows = hall.rows.partition(reference)
    for n in range(count):
        name = f"MC-LEAVES{n:010d}"
        for row in rows:
            moved = {"pk": name}
            if row["sk"].startswith("TASK#"):
                due = (
                    f"2026-12-{count - n:02d}T03:00:00.000+00:00"
                    if n < 31
                    else f"2027-01-{count - n:02d}T03:00:00.000+00:00"
                )
                task = Task(
                    leg=LEG, kind="receive", agency=AGENCY, opened_at=due, due_at=due, procedure=row["procedure"]
                )
                moved |= {"due_at": due, **worklist_keys(task, name)}
            hall.rows.put({**row, **moved})
        found.append(task_id(name, LEG, "receive"))
    return found


def has(subject):
    """The tasks that an officer has, in the order of their list."""
    return [row.sk for row in lists.claimed(officer_hash(subject))]


def log_of(hall, task, kind):
    return hall.told(task.split(".")[0], kind)


def taken(hall, who, tasks):
    claims = Claims(hall.dossiers, hall.clock)
    for task in tasks:
        claims.claim(who, task, f"k-{task}")


def test_forty_claimed_tasks_go_to_the_colleague_in_order_and_nothing_is_lost(hall, office, hand_over):
    tasks = copies(hall, FORTY)
    taken(hall, office.post("di"), tasks)
    before = has("di")
    assert len(before) == FORTY
    office.leave("di", LEFT, "nhan")
    assert hand_over.run() == HandedOver(), "the day has not come"
    hall.clock.at(f"{LEFT}T00:00:00")
    assert hand_over.run() == HandedOver(tasks=FORTY)
    assert (has("di"), has("nhan")) == ([], before)
    dues = [row.due_at for row in lists.claimed(officer_hash("nhan"))]
    assert dues == sorted(dues)
    for task in tasks:
        (event,) = log_of(hall, task, TaskAssigned)
        assert (event.officer, event.before, event.by) == (officer_hash("nhan"), officer_hash("di"), None)
    rows, _ = Worklist(Lists(), hall.clock).page(office.post("nhan"), Wanted(claimed="me"))
    assert len(rows) == FORTY
    assert hand_over.run() == HandedOver()
    assert list(leaving.gone("2099-01-01")) == []


def test_a_run_that_broke_off_is_gone_on_with_and_no_task_is_handed_over_twice(hall, office, hand_over, monkeypatch):
    tasks = copies(hall, 3)
    taken(hall, office.post("di"), tasks)
    office.leave("di", LEFT, "nhan")
    hall.clock.at(f"{LEFT}T00:00:00")
    monkeypatch.setattr(module, "MOST", 1)
    assert [hand_over.run().tasks for _ in range(5)] == [1, 1, 1, 0, 0]
    assert [len(log_of(hall, task, TaskAssigned)) for task in tasks] == [1, 1, 1]


def test_one_dossier_that_cannot_be_read_holds_up_no_other_and_is_tried_again(hall, office, hand_over):
    first, second = copies(hall, 2)
    taken(hall, office.post("di"), (first, second))
    office.leave("di", LEFT, "nhan")
    hall.clock.at(f"{LEFT}T00:00:00")
    broken = first.split(".")[0]
    head = hall.rows.get(broken, "HEAD")
    hall.rows.put({**head, "state": "broken"})
    assert hand_over.run() == HandedOver(tasks=1, failed=1)
    hall.rows.put(head)
    assert hand_over.run() == HandedOver(tasks=1)
    assert has("nhan") == [second, first]


def test_who_was_named_and_left_too_is_followed_and_who_does_no_such_tasks_gets_none(hall, office, hand_over):
    office.enrol("quet", "scanning")
    (task,) = copies(hall, 1)
    taken(hall, office.post("di"), [task])
    office.leave("di", LEFT, "nua")
    office.leave("nua", LEFT, "nhan")
    hall.clock.at(f"{LEFT}T00:00:00")
    assert hand_over.run() == HandedOver(tasks=1)
    assert has("nhan") == [task]
    office.leave("nhan", "2026-11-27", "quet")
    hall.clock.at("2026-11-27T00:00:00")
    assert hand_over.run() == HandedOver(tasks=1)
    (event,) = log_of(hall, task, TaskReleased)
    assert (event.officer, event.why, event.by) == (officer_hash("nhan"), "left", None)
    assert [row.claimed_by for row in lists.tasks([AGENCY], ["receive"], "")[0] if row.pk in task] == [None]


def test_who_comes_again_before_the_sweep_keeps_what_they_had(hall, office, hand_over):
    (task,) = copies(hall, 1)
    taken(hall, office.post("di"), [task])
    office.leave("di", LEFT, "nhan")
    hall.clock.at(f"{LEFT}T00:00:00")
    office.enrol("di", "reception", valid_from=LEFT)
    assert hand_over.run() == HandedOver()
    assert has("di") == [task]


def test_what_officers_of_an_agency_had_that_merged_is_its_successors(hall, office, hand_over):
    heirs = Office(hall, HEIR).open()
    heirs.enrol("moi", "reception")
    tasks = copies(hall, 2)
    taken(hall, office.post("di"), tasks)
    merge(hall, AGENCY, LEFT, HEIR)
    assert hand_over.run() == HandedOver()
    hall.clock.at(f"{LEFT}T00:00:00")
    new = heirs.post("moi")
    claims = Claims(hall.dossiers, hall.clock)
    assert claims.claim(new, tasks[0], "k").task.claim.agency == HEIR, "not even for the five minutes until the sweep"
    assert hand_over.run() == HandedOver(tasks=1)
    assert log_of(hall, tasks[1], TaskReleased)[0].why == "merged"
    assert (has("di"), has("moi")) == ([], [tasks[0]])
    rows, _ = Worklist(Lists(), hall.clock).page(new, Wanted(claimed="nobody", kind="receive"))
    assert tasks[1].split(".")[0] in {row.pk for row in rows}
    assert hand_over.run() == HandedOver()


def test_a_supervisor_gives_nothing_to_who_left_is_absent_or_does_no_such_tasks(hall, office):
    office.enrol("ky", "leader")
    office.enrol("quet", "scanning")
    (task,) = copies(hall, 1)
    claims, chief = Claims(hall.dossiers, hall.clock), office.post("ky")
    office.away("nua", "2026-11-20", "2026-12-20")
    office.leave("di", "2026-11-25", "nhan")
    for nobody in ("di", "nua", "quet", "la"):
        with pytest.raises(refusals.OfficerUnfit):
            claims.assign(chief, task, officer_hash(nobody), "", f"k-{nobody}")
    assert claims.assign(chief, task, officer_hash("nhan"), "", "k").task.claim.officer == officer_hash("nhan")
