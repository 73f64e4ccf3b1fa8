"""Many people at the door at once: nobody is lost, nobody gets another's number, a retry is no second dossier."""

import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.submission.model import MAX_UPLOADS
from infra.demo import story
from tests.support.world import OTHER_AGENCY, officer_of, parked, ready, tables, whole_list

WORKERS = 16
MANY = 100
"""Clients of the long run: more than the gateway works at and lets wait, so that some are told to come again."""
AT_ONCE = 8
WRITERS = 50


@pytest.fixture
def pool():
    with ThreadPoolExecutor(WORKERS) as pool:
        yield pool


def all_at_once(pool, jobs):
    """Run the jobs, the first ones from the same moment on."""
    gate = threading.Barrier(min(len(jobs), pool._max_workers))

    def run(number, job):
        if number < gate.parties:
            gate.wait(120)
        begin = time.perf_counter()
        return job(), time.perf_counter() - begin

    return list(pool.map(run, range(len(jobs)), jobs))


def submitted_and_accepted(cloud, where, pool, scan, count):
    """Of one procedure and one agency, all at the same time: twice `count` submissions, and `count` acceptances.

    Half of the submissions is one draft's under one key. What is accepted was submitted before.
    """
    people = [story.citizen(where, **story.somebody()) for _ in range(2 * count + 1)]
    drafts = list(pool.map(lambda who: ready(who, scan, agency=OTHER_AGENCY), people))
    earlier, new, shared = drafts[:count], drafts[count:-1], drafts[-1]
    list(pool.map(lambda who, draft: story.submit(who, draft).ok(201), people[:count], earlier))
    desk, key = officer_of(where, OTHER_AGENCY, "reception"), uuid.uuid4().hex
    listed = receptions(desk)
    assert set(earlier) <= set(listed), "each is on the desk's list in the moment of its submission"

    submits = [lambda w=w, d=d: story.submit(w, d) for w, d in zip(people[count:-1], new, strict=True)]
    submits += [lambda: story.submit(people[-1], shared, key=key)] * count
    accepts = [lambda d=d: story.complete(desk, listed[d], "accepted") for d in earlier]
    mixed = [(kind, job) for kind, jobs in (("submit", submits), ("accept", accepts)) for job in jobs]
    mixed = mixed[::3] + mixed[1::3] + mixed[2::3]
    answers = list(zip([kind for kind, _ in mixed], all_at_once(pool, [job for _, job in mixed]), strict=True))
    told = Counter((kind, a.status) for kind, (a, _) in answers)
    bad = [a.body for _, (a, _) in answers if a.status not in (200, 201)]
    assert told == {("submit", 201): 2 * count, ("accept", 200): count}, bad

    references = Counter(a.body["reference"] for kind, (a, _) in answers if kind == "submit")
    assert references == Counter(dict.fromkeys(new, 1) | {shared: count}), "distinct, and none lost"
    repeated = [a.body for kind, (a, _) in answers if kind == "submit" and a.body["reference"] == shared]
    assert all(body == repeated[0] for body in repeated)
    assert {*new, shared} <= set(receptions(desk))
    views = list(pool.map(story.dossier, people[:count], earlier))
    codes = [v["dossier_code"] for v in views]
    assert len(set(codes)) == count, "distinct codes"
    assert all(v["state"]["code"] == 4 for v in views)
    assert sorted(t["dossier_code"] for t in tasks_of(where, earlier)) == sorted(codes)
    cloud.wait_idle(600)
    assert parked(cloud, *drafts) == []
    receipts = [who.get(f"/v1/messages/{v['receipt']}").status for who, v in zip(people, views, strict=False)]
    assert Counter(receipts) == {200: count}, "each has its receipt"
    runs = Counter(e["input"].get("dossier") for e in cloud.executions())
    assert {runs[d] for d in drafts} == {1}
    return {kind: [s for k, (_, s) in answers if k == kind] for kind in ("submit", "accept")}


def receptions(desk):
    """The tasks of the reception by dossier."""
    return {t["reference"]: t["id"] for t in whole_list(desk, "/v1/tasks?kind=receive", "tasks")}


def tasks_of(where, references):
    desk = officer_of(where, OTHER_AGENCY, "processing")
    return [t for t in whole_list(desk, "/v1/tasks?kind=verify", "tasks") if t["reference"] in set(references)]


def test_submissions_at_once_become_one_dossier_each(cloud, where, pool, small_scan):
    submitted_and_accepted(cloud, where, pool, small_scan, AT_ONCE)


@pytest.mark.soak
def test_four_hundred_submissions_and_two_hundred_acceptances_at_once(cloud, where, small_scan):
    begin, count = time.perf_counter(), 200
    with ThreadPoolExecutor(MANY) as pool:
        took = submitted_and_accepted(cloud, where, pool, small_scan, count)

    def figures(seconds):
        ordered = sorted(seconds)
        return f"p50 {ordered[len(ordered) // 2]:.1f} s, p95 {ordered[int(len(ordered) * 0.95)]:.1f} s"

    print(
        f"\nparallel: {2 * count} submissions ({count} of one key) and {count} acceptances -> {2 * count + 1} dossiers,"
        f" none lost, no 500; submit {figures(took['submit'])}; accept {figures(took['accept'])}, with the times to"
        f" come again; {MANY} clients, {time.perf_counter() - begin:.0f} s in all"
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
    assert len([e for e in cloud.executions() if e["input"].get("dossier") == draft]) == 1


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


def test_files_announced_at_once_are_all_there(where, citizen):
    """Fifty write to one dossier: forty files, ten of them announced again; each under its key, one version a time."""
    draft = story.open_draft(citizen).ok(201).body["reference"]
    keys = [uuid.uuid4().hex for _ in range(MAX_UPLOADS)]
    jobs = [lambda k=k: story.announce(citizen, draft, b"x", key=k) for k in [*keys, *keys[: WRITERS - MAX_UPLOADS]]]
    with ThreadPoolExecutor(WRITERS) as pool:
        answers = [a for a, _ in all_at_once(pool, jobs)]
    assert Counter(a.status for a in answers) == {201: WRITERS}, [a.body for a in answers if a.status != 201]
    told = [a.body["id"] for a in answers]
    assert told[MAX_UPLOADS:] == told[: WRITERS - MAX_UPLOADS], "who comes again is told the same"
    there = [u["id"] for u in citizen.get(f"/v1/drafts/{draft}").ok().body["uploads"]]
    assert sorted(there) == sorted(set(told))
    assert len(there) == MAX_UPLOADS


def test_of_two_officers_who_accept_at_once_one_is_told_so(cloud, where, pool, citizen, small_scan):
    draft = story.submit(citizen, ready(citizen, small_scan, agency=OTHER_AGENCY)).ok(201).body["reference"]
    desks = [officer_of(where, OTHER_AGENCY, "reception", *more) for more in ((), ("scanning",), ("leader",))]
    task = next(t["id"] for t in whole_list(desks[0], "/v1/tasks?kind=receive", "tasks") if t["reference"] == draft)
    answers = [a for a, _ in all_at_once(pool, [lambda d=d: story.complete(d, task, "accepted") for d in desks])]
    assert Counter((a.status, a.body.get("code")) for a in answers) == {(200, None): 1, (409, "task_closed"): 2}
    cloud.wait_idle()
    assert len([x for x in tables(where)["Dossiers"] if '"CODE#' in x and draft in x]) == 1
