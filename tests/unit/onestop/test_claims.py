"""Who has a task: claims, one of two officers wins, releases, what a supervisor gives (Decree 61/2018 Art. 19)."""

from copy import replace

import pytest

from chalicelib.contracts.tasks import TaskAssigned, TaskClaimed, TaskReleased
from chalicelib.dossier import lists
from chalicelib.kernel.access import Post
from chalicelib.kernel.problem import KeyReused, NotAllowed, NotFound
from chalicelib.onestop import refusals
from chalicelib.onestop.model import officer_hash
from chalicelib.onestop.tasks.claims import Claims
from tests.fakes import people
from tests.support.hall import LEG

AGENCY, HEIR = people.OFFICE["id"], people.OTHER_OFFICE["id"]
FIRST = people.officer("reception", name="Lý Thanh Oanh")
SECOND = people.colleague(FIRST, "second", name="Vũ Thị Sáu")


@pytest.fixture
def claims(hall):
    return Claims(hall.dossiers, hall.clock)


@pytest.fixture
def task(hall):
    """The id of an open task."""
    return f"{hall.submitted()}.{LEG}.receive"


def kept(hall, task):
    """The task as it is stored."""
    reference, leg, kind = task.split(".")[:3]
    return hall.draft(reference).task(leg, kind)


def on_list(claimed_by=None):
    """Places of the receptions of the agency, by who has them."""
    return [row.claimed_by for row in lists.tasks([AGENCY], ["receive"], "")[0]]


def told(hall, task, kind):
    return hall.told(task.split(".")[0], kind)


def test_a_claimed_task_says_who_has_it_since_when_and_stands_on_their_list(hall, claims, task):
    done = claims.claim(FIRST, task, "k1").task
    assert (done.claim.officer, done.claim.name, done.claim.agency) == (officer_hash(FIRST), FIRST.name, AGENCY)
    assert kept(hall, task).claim == done.claim
    assert on_list() == [officer_hash(FIRST)]
    (row,) = lists.claimed(officer_hash(FIRST))
    assert (row.sk, row.kind, row.due_at) == (task, "receive", done.due_at)
    (event,) = told(hall, task, TaskClaimed)
    assert (event.officer, event.before, event.agency) == (officer_hash(FIRST), None, AGENCY)
    assert FIRST.name not in repr(event)
    assert hall.rows.unbroken(task.split(".")[0])


def test_of_two_officers_at_once_one_wins_and_the_other_is_told_who_and_when(hall, claims, task):
    hall.stores.meanwhile(lambda: claims.claim(SECOND, task, "k2"))
    with pytest.raises(refusals.TaskClaimed) as refused:
        claims.claim(FIRST, task, "k1")
    assert refused.value.facts["claimed_by"] == SECOND.name
    assert refused.value.facts["claimed_at"].startswith("2026-11-25T")
    assert len(told(hall, task, TaskClaimed)) == 1
    assert lists.claimed(officer_hash(FIRST)) == []


def test_what_another_claimed_is_completed_by_them_alone(hall, claims, task):
    claims.claim(FIRST, task, "k1")
    before = hall.rows.everything()
    with pytest.raises(refusals.TaskClaimed):
        hall.complete(task.split(".")[0], "receive", who=SECOND)
    assert hall.rows.everything() == before
    assert hall.complete(task.split(".")[0], "receive", who=FIRST).outcome == "accepted"
    assert lists.claimed(officer_hash(FIRST)) == []
    assert on_list() == []


def test_what_nobody_claimed_is_completed_by_whoever_comes_first(hall, task):
    assert hall.complete(task.split(".")[0], "receive", who=SECOND).outcome == "accepted"


def test_a_claim_that_comes_while_another_completes_is_told_that_it_is_done(hall, claims, task):
    hall.stores.meanwhile(lambda: hall.complete(task.split(".")[0], "receive", who=SECOND))
    with pytest.raises(refusals.TaskClosed):
        claims.claim(FIRST, task, "k1")


def test_the_same_request_is_told_the_same_and_another_under_its_key_is_refused(hall, claims, task):
    done = claims.claim(FIRST, task, "k1")
    writes = hall.rows.writes
    assert claims.claim(FIRST, task, "k1").task.claim == done.task.claim
    assert claims.claim(FIRST, task, "other").task.claim == done.task.claim
    with pytest.raises(KeyReused):
        claims.release(FIRST, task, "k1")
    assert hall.rows.writes == writes


def test_what_is_given_back_is_anybodys(hall, claims, task):
    claims.claim(FIRST, task, "k1")
    with pytest.raises(refusals.TaskClaimed):
        claims.release(SECOND, task, "k2")
    assert claims.release(FIRST, task, "k3").task.claim is None
    (event,) = told(hall, task, TaskReleased)
    assert (event.officer, event.by, event.why) == (officer_hash(FIRST), None, "released")
    assert (on_list(), lists.claimed(officer_hash(FIRST))) == ([None], [])
    writes = hall.rows.writes
    assert claims.release(FIRST, task, "k3").task.claim is None
    assert claims.release(SECOND, task, "k4").task.claim is None
    assert hall.rows.writes == writes
    assert claims.claim(SECOND, task, "k5").task.claim.name == SECOND.name


def test_a_supervisor_gives_a_task_to_somebody_and_takes_it_from_whoever_has_it(hall, claims, task):
    claims.claim(FIRST, task, "k1")
    done = claims.assign(people.LEADER, task, officer_hash(SECOND), SECOND.name, "k2").task
    assert (done.claim.officer, done.claim.assigned_by) == (officer_hash(SECOND), officer_hash(people.LEADER))
    (event,) = told(hall, task, TaskAssigned)
    assert (event.officer, event.before, event.by) == (
        officer_hash(SECOND), officer_hash(FIRST), officer_hash(people.LEADER)
    )  # fmt: skip
    assert (lists.claimed(officer_hash(FIRST)), len(lists.claimed(officer_hash(SECOND)))) == ([], 1)
    assert claims.assign(people.LEADER, task, officer_hash(SECOND), "", "k3").task.claim == done.claim
    assert claims.release(people.LEADER, task, "k4").task.claim is None
    assert told(hall, task, TaskReleased)[0].by == officer_hash(people.LEADER)


def test_only_a_supervisor_of_the_agency_gives_tasks_to_others(claims, task):
    with pytest.raises(NotAllowed):
        claims.assign(FIRST, task, officer_hash(SECOND), "", "k1")
    elsewhere = people.officer("reception", "leader", agency=HEIR)
    for act in (
        lambda: claims.assign(elsewhere, task, officer_hash(SECOND), "", "k2"),
        lambda: claims.claim(elsewhere, task, "k3"),
        lambda: claims.release(elsewhere, task, "k4"),
        lambda: claims.claim(FIRST, f"{task}.2", "k5"),
        lambda: claims.claim(FIRST, "x", "k6"),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(NotAllowed):
        claims.claim(people.PROCESSING, task, "k7")
    with pytest.raises(NotAllowed):
        claims.release(people.PROCESSING, task, "k8")


def test_what_was_given_where_no_staff_is_kept_locks_nobody_out_until_that_one_takes_it(hall, claims, task):
    claims.assign(people.LEADER, task, officer_hash(FIRST), FIRST.name, "k1")
    claims.assign(people.LEADER, task, officer_hash(FIRST), FIRST.name, "k2")
    done = claims.claim(FIRST, task, "k3").task
    assert (done.claim.officer, done.claim.assigned_by) == (officer_hash(FIRST), None)
    assert [each.before for each in told(hall, task, TaskClaimed)] == [None], "nobody else had it"
    with pytest.raises(refusals.TaskClaimed):
        claims.claim(SECOND, task, "k4")
    assert [row.sk for row in lists.claimed(officer_hash(FIRST))] == [task]
    claims.assign(people.LEADER, task, "0" * 32, "Không Có Ai", "k5")
    assert claims.claim(SECOND, task, "k6").task.claim.officer == officer_hash(SECOND)
    assert lists.claimed("0" * 32) == []


def test_what_was_given_to_an_officer_of_a_staff_list_is_theirs(claims, task, monkeypatch):
    monkeypatch.setattr(claims.dossiers, "may_be_given", lambda *_: True)
    monkeypatch.setattr(claims.dossiers, "posts", lambda *_: {})
    listed = {each: replace(each, post=enrolled(each)) for each in (FIRST, SECOND)}
    given = claims.assign(people.LEADER, task, officer_hash(FIRST), FIRST.name, "k1").task.claim
    with pytest.raises(refusals.TaskClaimed):
        claims.claim(listed[SECOND], task, "k2")
    assert claims.claim(listed[FIRST], task, "k3").task.claim == given


def enrolled(who):
    """The post of an officer whose agency keeps its staff here."""
    return Post(agencies=frozenset({AGENCY}), officer=officer_hash(who))


def deputy_of(absent):
    """An officer who stands in for somebody."""
    post = Post(agencies=frozenset({AGENCY}), stands_in={}, absent=frozenset({officer_hash(absent)}))
    return replace(SECOND, post=post)


def test_the_deputy_of_an_absent_officer_takes_or_completes_what_that_one_claimed(hall, claims, task):
    claims.claim(FIRST, task, "k1")
    deputy = deputy_of(FIRST)
    done = claims.claim(deputy, task, "k2").task
    assert done.claim.officer == officer_hash(SECOND)
    assert told(hall, task, TaskClaimed)[1].before == officer_hash(FIRST)
    claims.assign(people.LEADER, task, officer_hash(FIRST), FIRST.name, "k3")
    assert hall.complete(task.split(".")[0], "receive", who=deputy).outcome == "accepted"
    assert lists.claimed(officer_hash(FIRST)) == []


def test_what_an_officer_of_an_agency_that_merged_claimed_is_its_successors(hall, claims, task):
    claims.claim(FIRST, task, "k1")
    moved = replace(FIRST, agency=HEIR, post=Post(agencies=frozenset({AGENCY, HEIR})))
    heir, colleague = people.colleague(moved, "heir"), people.colleague(moved, "colleague")
    assert claims.claim(heir, task, "k2").task.claim.agency == HEIR
    with pytest.raises(refusals.TaskClaimed):
        claims.claim(colleague, task, "k3")


def test_who_goes_on_in_the_successor_takes_what_they_had_anew(hall, claims, task):
    claims.claim(FIRST, task, "k1")
    moved = replace(FIRST, agency=HEIR, post=Post(agencies=frozenset({AGENCY, HEIR})))
    assert claims.claim(moved, task, "k2").task.claim.agency == HEIR
    assert len(lists.claimed(officer_hash(FIRST))) == 1


def test_an_erased_dossier_leaves_no_list_behind(hall, claims, task):
    claims.claim(FIRST, task, "k1")
    reference = task.split(".")[0]
    dossier = hall.draft(reference)
    hall.dossiers.change(dossier, hall.clock()).drop_task(dossier.task(LEG, "receive")).write()
    assert (on_list(), lists.claimed(officer_hash(FIRST))) == ([], [])
