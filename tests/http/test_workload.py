"""What a supervisor sees of the work of their agency: by kind, by officer, how old, how late; nobody else sees it."""

import pytest

from infra.demo import story
from tests.support.asserts import problem
from tests.support.counter import take_in
from tests.support.world import officer_of, ready

PLACE = "H77.88.99"


@pytest.fixture
def filed(cloud, where, small_scan):
    """Two submitted dossiers, whose tasks are open, and no other moves: their references."""
    found = []
    for _ in range(2):
        me = story.citizen(where, **story.somebody())
        found.append(ready(me, small_scan))
        story.submit(me, found[-1]).ok(201)
    cloud.wait_idle()
    return found


def workload(who):
    return who.get("/v1/workload").ok().body


def load(body, kind):
    return next(each for each in body["kinds"] if each["kind"] == kind)


def test_what_a_leader_gave_to_somebody_whom_nobody_ever_saw_is_taken_by_a_colleague(where, filed):
    """In an agency that keeps no staff here nobody knows whether there is such an officer: they lock nobody out."""
    leader, desk = officer_of(where, story.AGENCY, "leader"), officer_of(where, story.AGENCY, "reception")
    given = {"officer": "0" * 32, "name": "Không Có Ai"}
    first, second = (story.until("the task", lambda r=each: story.task_of(desk, r, "receive")) for each in filed)
    assert leader.post(f"/v1/tasks/{first}/assign", given).ok().body["claim"]["name"] == "Không Có Ai"
    leader.post(f"/v1/tasks/{second}/assign", given).ok()
    assert desk.post(f"/v1/tasks/{first}/claim", {}).ok().body["claim"]["assigned_by"] is None
    other = story.officer(where, "reception")
    problem(other.post(f"/v1/tasks/{first}/claim", {}), 409, "task_claimed")
    story.complete(other, second, "accepted").ok()


def test_a_claim_and_a_completion_move_the_numbers(where, filed):
    leader, desk = officer_of(where, story.AGENCY, "leader"), officer_of(where, story.AGENCY, "reception")
    before = workload(leader)
    receive = load(before, "receive")
    assert receive["open"] >= 2
    assert sum(receive["ages"].values()) == receive["open"]
    task = story.until("the task", lambda: story.task_of(desk, filed[0], "receive"))
    desk.post(f"/v1/tasks/{task}/claim", {}).ok()
    after = workload(leader)
    assert (load(after, "receive")["open"], load(after, "receive")["unclaimed"]) == (
        receive["open"],
        receive["unclaimed"] - 1,
    )
    mine = next(each for each in after["officers"] if each["name"] == "Lý Thanh Oanh")
    had = next((each["open"] for each in before["officers"] if each["officer"] == mine["officer"]), 0)
    assert (mine["open"], mine["kinds"]["receive"] >= 1) == (had + 1, True)
    story.complete(desk, task, "accepted").ok()
    done = workload(leader)
    assert load(done, "receive")["open"] == receive["open"] - 1
    assert load(done, "verify")["open"] == load(before, "verify")["open"] + 1


def test_what_is_taken_in_at_the_counter_is_its_officers_load_at_once(cloud, where):
    cloud.wait_idle()
    leader, desk = story.officer(where, "leader"), story.officer(where, "reception")
    before = load(workload(leader), "receive")
    take_in(desk).ok(201)
    after = load(workload(leader), "receive")
    assert (after["open"], after["unclaimed"]) == (before["open"] + 1, before["unclaimed"])


def test_it_is_for_supervisors_of_the_agency_alone(where, filed):
    for role in ("reception", "processing", "scanning"):
        problem(officer_of(where, story.AGENCY, role).get("/v1/workload"), 403, "not_allowed")
    problem(story.citizen(where, **story.somebody()).get("/v1/workload"), 403, "not_allowed")
    elsewhere = workload(officer_of(where, PLACE, "leader"))
    assert all(each["open"] == 0 for each in elsewhere["kinds"])
    assert (elsewhere["officers"], elsewhere["bottleneck"]) == ([], None)
