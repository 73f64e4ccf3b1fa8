"""Two who change one task, leg or series after they read the same: one is kept, and the second is told which part lost.

What was done meanwhile stays done, whoever comes late: an officer, the sweep, an agency above or an erasure.
"""

from datetime import timedelta

import pytest

from chalicelib.contracts.onestop import LegOutcome
from chalicelib.contracts.submission import DraftOpened
from chalicelib.dossier import items, reading, superiors, unheld
from chalicelib.dossier.awaited import Awaited, awaited, awaited_key, drop_awaited, keep_awaited
from chalicelib.dossier.change import Change
from chalicelib.dossier.claims import Claim, claimed_list
from chalicelib.dossier.reading import Part
from chalicelib.dossier.table import series_key
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.fakes.environment import SETTINGS

DOSSIERS = SETTINGS["MOTCUA_DOSSIERS_TABLE"]
REFERENCE, OTHER = "MC-0123456789ABCDEF", "MC-0123456789ABCDE0"
NOW = Clock()()
DUE, LATER = stamp(NOW + timedelta(days=1)), stamp(NOW + timedelta(days=9))
AGENCY, ABOVE = people.OFFICE["id"], "H01.10"
LEG = "0-commune"
OUTCOME = LegOutcome(outcome="approved", leg=LEG)
pytestmark = pytest.mark.usefixtures("tables")


def begun(reference=REFERENCE):
    """A dossier with an open task, as it is read."""
    head = items.Head(
        pk=reference, version=0, state=0, procedure=people.PROCEDURE, procedure_version=1, agency=AGENCY, holder="h",
        sealed="x", channel="portal", mine_pk="HOLDER#h", mine_sk=reference, expires_at="2027",
    )  # fmt: skip
    opened = DraftOpened(procedure=people.PROCEDURE, agency=AGENCY, channel="portal")
    task = items.Task(
        leg=LEG, kind="receive", agency=AGENCY, opened_at=stamp(NOW), due_at=DUE, procedure=people.PROCEDURE
    )
    Change(head, NOW).tell(opened).open_task(task).write()
    return read(reference)


def read(reference=REFERENCE):
    return reading.read(reference, Part.TASKS)


def claim(officer="a"):
    return Claim(officer=officer, name=officer, agency=AGENCY, at=stamp(NOW))


def done(change, task):
    return change.close_task(task, outcome="accepted", by="A", key="k", body="b")


def above(change, task):
    for part, op in superiors.handed_up(change.head, task, ABOVE).items():
        change.also(part, op)
    return change


def told_unheld(change, task):
    return change.also("task", unheld.marked(change.head.pk, task, NOW))


TAKES = {  # who changes a task that was read; the part that is lost
    "claim": (lambda c, t: c.claim_task(t, claim()), "task"),
    "hand up": (above, "task"),
    "drop": (lambda c, t: c.drop_task(t), f"task {LEG} receive"),
    "put off": (lambda c, t: c.put_off(t, LATER), f"task {LEG} receive"),
    "unheld": (told_unheld, "task"),
    "done": (done, "task"),
}
BY_VERSION = ("claim", "hand up", "drop", "unheld", "done")


@pytest.mark.parametrize("late", TAKES)
def test_a_task_that_was_done_meanwhile_stays_as_it_was_done(late):
    before = begun()
    done(Change(before.head, NOW), before.tasks[0]).write()
    stood = aws.query(DOSSIERS, REFERENCE, "TASK#")
    change, part = TAKES[late]
    with pytest.raises(aws.Lost) as lost:
        change(Change(read().head, NOW), items_read_again(before.tasks[0])).write()
    assert part in lost.value
    assert aws.query(DOSSIERS, REFERENCE, "TASK#") == stood


def items_read_again(task):
    """The same task, as somebody has it who knows its version and not that it is done: only its status tells them."""
    (stands,) = read().tasks
    return type(task)(
        **{f: getattr(task, f) for f in task.__struct_fields__ if f != "as_read"} | {"version": stands.version}
    )


@pytest.mark.parametrize("late", BY_VERSION)
def test_a_task_that_was_claimed_meanwhile_is_whose_it_is(late):
    before = begun()
    Change(before.head, NOW).claim_task(before.tasks[0], claim("first")).write()
    stood = aws.query(DOSSIERS, REFERENCE, "TASK#")
    change, part = TAKES[late]
    plain = type(before.tasks[0])(
        **{f: getattr(before.tasks[0], f) for f in before.tasks[0].__struct_fields__ if f != "as_read"}
    )
    with pytest.raises(aws.Lost) as lost:
        change(Change(read().head, NOW), plain).write()
    assert part in lost.value
    assert aws.query(DOSSIERS, REFERENCE, "TASK#") == stood


def test_that_nobody_has_a_task_is_not_told_of_one_that_somebody_has():
    """Though its version is known: it was read after it was claimed."""
    before = begun()
    Change(before.head, NOW).claim_task(before.tasks[0], claim()).write()
    with pytest.raises(aws.Lost):
        told_unheld(Change(read().head, NOW), items_read_again(before.tasks[0])).write()
    assert read().tasks[0].unheld_at is None


def test_who_claims_from_another_takes_it_off_the_others_list_and_the_same_one_keeps_it():
    before = begun()
    Change(before.head, NOW).claim_task(before.tasks[0], claim("a")).write()
    for officer, lists in (("a", (1, 0)), ("b", (0, 1))):
        found = read()
        Change(found.head, NOW).claim_task(found.tasks[0], claim(officer)).write()
        assert tuple(len(aws.query(DOSSIERS, claimed_list(each))) for each in "ab") == lists


def test_what_a_leg_came_to_is_not_undone_by_an_erasure():
    found = begun()
    Change(found.head, NOW).complete_leg(LEG, OUTCOME).write()
    with pytest.raises(aws.Lost) as lost:
        Change(read().head, NOW).end_leg(LEG).write()
    assert lost.value.parts == {f"leg {LEG}"}
    assert reading.read_leg(REFERENCE, LEG).outcome == OUTCOME


def test_of_two_who_take_the_number_after_the_last_one_gets_it():
    heads = [begun(each).head for each in (REFERENCE, OTHER)]
    for last in (0, 1):
        first, second = (Change(read(each.pk).head, NOW).take_number(AGENCY, 2026, last) for each in heads)
        first.write()
        with pytest.raises(aws.Lost) as lost:
            second.write()
        assert "series head" in lost.value
        assert aws.get(DOSSIERS, *series_key(AGENCY, 2026))["last"] == last + 1


def waits(execution, token):
    return Awaited(pk=awaited_key(REFERENCE), sk="counter", execution=execution, token=token)


def test_of_two_executions_that_read_the_same_one_waits():
    first, second, third = waits("e1", "t1"), waits("e2", "t2"), waits("e3", "t3")
    assert keep_awaited(first, None)
    assert not keep_awaited(second, None)
    assert keep_awaited(second, first)
    assert not keep_awaited(third, first)
    assert awaited(REFERENCE, "counter").token == "t2"


def test_who_has_its_end_drops_nobody_who_came_meanwhile():
    first, second = waits("e1", "t1"), waits("e2", "t2")
    keep_awaited(second, None)
    drop_awaited(first)
    assert awaited(REFERENCE, "counter").token == "t2"
    drop_awaited(second)
    assert awaited(REFERENCE, "counter") is None
