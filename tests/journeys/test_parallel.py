"""Many people at the door at once: nobody is lost, nobody gets another's number, a retry is no second dossier."""

import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from infra.demo import story
from tests.support.world import OTHER_AGENCY, officer_of, parked, ready, tables, whole_list

WORKERS = 16
AT_ONCE = 12


@pytest.fixture
def pool():
    with ThreadPoolExecutor(WORKERS) as pool:
        yield pool


def all_at_once(pool, jobs):
    """Run the jobs, the first ones from the same moment on."""
    gate = threading.Barrier(min(len(jobs), WORKERS))

    def run(number, job):
        if number < gate.parties:
            gate.wait(120)
        begin = time.perf_counter()
        return job(), time.perf_counter() - begin

    return list(pool.map(run, range(len(jobs)), jobs))


def submitted_and_accepted(cloud, where, pool, scan, count):
    """`count` drafts submitted at once, with one more draft submitted `count` times under one key; then accepted."""
    people = [story.citizen(where, **story.somebody()) for _ in range(count + 1)]
    drafts = list(pool.map(lambda who: ready(who, scan, agency=OTHER_AGENCY), people))
    shared = uuid.uuid4().hex
    jobs = [lambda w=w, d=d: story.submit(w, d) for w, d in zip(people[1:], drafts[1:], strict=True)]
    jobs += [lambda: story.submit(people[0], drafts[0], key=shared)] * count
    answers = all_at_once(pool, jobs[::2] + jobs[1::2])
    assert Counter(a.status for a, _ in answers) == {201: 2 * count}, [a.body for a, _ in answers if a.status != 201]

    references = Counter(a.body["reference"] for a, _ in answers)
    assert references == Counter(dict.fromkeys(drafts[1:], 1) | {drafts[0]: count}), "distinct, and none lost"
    repeated = [a.body for a, _ in answers if a.body["reference"] == drafts[0]]
    assert all(body == repeated[0] for body in repeated)

    desk = officer_of(where, OTHER_AGENCY, "reception")
    listed = {t["reference"]: t["id"] for t in whole_list(desk, "/v1/tasks?kind=receive", "tasks")}
    assert set(drafts) <= set(listed), "each is on the desk's list in the moment of its submission"
    accepted = all_at_once(pool, [lambda d=d: story.complete(desk, listed[d], "accepted") for d in drafts])
    assert Counter(a.status for a, _ in accepted) == {200: count + 1}, [a.body for a, _ in accepted if a.status != 200]

    views = list(pool.map(story.dossier, people, drafts))
    codes = [v["dossier_code"] for v in views]
    assert len(set(codes)) == count + 1, "distinct codes"
    assert all(v["state"]["code"] == 4 for v in views)
    assert sorted(t["dossier_code"] for t in tasks_of(desk.where, drafts)) == sorted(codes)
    cloud.wait_idle(300)
    assert parked(cloud, *drafts) == []
    receipts = [who.get(f"/v1/messages/{v['receipt']}").status for who, v in zip(people, views, strict=True)]
    assert Counter(receipts) == {200: count + 1}, "each has its receipt"
    runs = Counter(e["input"]["dossier"] for e in cloud.executions())
    assert {runs[d] for d in drafts} == {1}
    return [seconds for _, seconds in answers], [seconds for _, seconds in accepted]


def tasks_of(where, references):
    desk = officer_of(where, OTHER_AGENCY, "processing")
    return [t for t in whole_list(desk, "/v1/tasks?kind=verify", "tasks") if t["reference"] in set(references)]


def test_submissions_at_once_become_one_dossier_each(cloud, where, pool, small_scan):
    submitted_and_accepted(cloud, where, pool, small_scan, AT_ONCE)


@pytest.mark.soak
def test_four_hundred_submissions_at_once_become_201_dossiers(cloud, where, pool, small_scan):
    begin, count = time.perf_counter(), 200
    submits, accepts = submitted_and_accepted(cloud, where, pool, small_scan, count)

    def figures(seconds):
        ordered = sorted(seconds)
        return f"p50 {ordered[len(ordered) // 2] * 1000:.0f} ms, p95 {ordered[int(len(ordered) * 0.95)] * 1000:.0f} ms"

    print(
        f"\nparallel: {2 * count} submissions ({count} of one key) -> {count + 1} dossiers and codes, none lost;"
        f" submit {figures(submits)}; accept {figures(accepts)}; {WORKERS} clients,"
        f" {time.perf_counter() - begin:.0f} s in all"
    )


@pytest.mark.parametrize("attempt", range(4))
def test_a_submission_sent_again_before_it_was_answered_is_told_the_same(where, pool, small_scan, attempt):
    """The browser retries while the first try is still being written: it must not hear `already submitted`."""
    me = story.citizen(where, **story.somebody())
    draft, key = ready(me, small_scan, agency=OTHER_AGENCY), uuid.uuid4().hex
    answers = [a for a, _ in all_at_once(pool, [lambda: story.submit(me, draft, key=key)] * 8)]
    assert Counter(a.status for a in answers) == {201: 8}, [a.body for a in answers if a.status != 201]
    assert all(a.body == answers[0].body for a in answers)


def test_one_draft_submitted_at_once_with_other_keys_is_one_dossier(cloud, where, pool, citizen, small_scan):
    draft = ready(citizen, small_scan, agency=OTHER_AGENCY)
    answers = [a for a, _ in all_at_once(pool, [lambda: story.submit(citizen, draft)] * 8)]
    assert Counter((a.status, a.body.get("code")) for a in answers) == {(201, None): 1, (409, "already_submitted"): 7}
    cloud.wait_idle()
    assert len([e for e in cloud.executions() if e["input"]["dossier"] == draft]) == 1


def test_one_key_opens_one_draft_at_once(where, pool, citizen):
    key = uuid.uuid4().hex
    answers = [a for a, _ in all_at_once(pool, [lambda: story.open_draft(citizen, key=key)] * 8)]
    assert Counter(a.status for a in answers) == {201: 8}
    assert len({a.body["reference"] for a in answers}) == 1
    assert len(citizen.get("/v1/dossiers").ok().body["dossiers"]) == 1


def test_of_two_forms_saved_at_once_on_one_version_one_is_told_so(pool, citizen):
    draft = story.open_draft(citizen).ok(201).body["reference"]
    forms = [{"requester": {"relationship": x}} for x in ("Mẹ", "Cha", "Ông", "Bà")]
    answers = [a for a, _ in all_at_once(pool, [lambda f=f: story.fill(citizen, draft, f) for f in forms])]
    assert Counter(a.status for a in answers) == {200: 1, 412: 3}
    kept = citizen.get(f"/v1/drafts/{draft}").ok().body
    winner = next(a for a in answers if a.status == 200)
    assert (kept["form"], kept["form_version"]) == (winner.body["form"], 1)
    assert {a.body["current_version"] for a in answers if a.status == 412} == {1}


def test_files_announced_at_once_are_all_there(pool, citizen):
    draft = story.open_draft(citizen).ok(201).body["reference"]
    answers = [a for a, _ in all_at_once(pool, [lambda: story.announce(citizen, draft, b"x")] * 6)]
    assert {a.status for a in answers} <= {201, 503}, [a.body for a in answers]
    there = {u["id"] for u in citizen.get(f"/v1/drafts/{draft}").ok().body["uploads"]}
    assert there == {a.body["id"] for a in answers if a.status == 201}


def test_of_two_officers_who_accept_at_once_one_is_told_so(cloud, where, pool, citizen, small_scan):
    draft = story.submit(citizen, ready(citizen, small_scan, agency=OTHER_AGENCY)).ok(201).body["reference"]
    desks = [officer_of(where, OTHER_AGENCY, "reception", *more) for more in ((), ("scanning",), ("leader",))]
    task = next(t["id"] for t in whole_list(desks[0], "/v1/tasks?kind=receive", "tasks") if t["reference"] == draft)
    answers = [a for a, _ in all_at_once(pool, [lambda d=d: story.complete(d, task, "accepted") for d in desks])]
    assert Counter((a.status, a.body.get("code")) for a in answers) == {(200, None): 1, (409, "task_closed"): 2}
    cloud.wait_idle()
    assert len([x for x in tables(where)["Dossiers"] if '"CODE#' in x and draft in x]) == 1
