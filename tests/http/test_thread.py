"""Messages between a dossier's applicant and its agency: both write, nobody else reads, the end closes it."""

import json

import pytest

from infra.demo import story
from tests.support.asserts import problem, rules
from tests.support.world import OTHER_AGENCY, events, officer_of, partition, ready

TEXT = "Tôi mang bản chính giấy chứng sinh đến chiều nay được không?"
WHY = {"reason": "Nơi cư trú của cha mẹ không thuộc xã này", "basis": "Luật Hộ tịch 60/2014/QH13, Điều 13"}


@pytest.fixture
def me(where):
    return story.citizen(where, **story.somebody())


@pytest.fixture
def desk(where):
    return story.officer(where, "reception")


@pytest.fixture
def dossier(me, small_scan):
    """The reference of a submitted dossier."""
    reference = ready(me, small_scan)
    story.submit(me, reference).ok(201)
    return reference


def write(who, reference, text=TEXT, *, key=None):
    return who.post(f"/v1/dossiers/{reference}/messages", {"text": text}, key=key)


def thread(who, reference):
    return who.get(f"/v1/dossiers/{reference}/messages").ok().body["messages"]


def test_both_sides_write_and_see_who_read_what(where, me, desk, dossier):
    sent = write(me, dossier, key="once").ok(201).body
    assert write(me, dossier, key="once").ok(201).body == sent
    problem(write(me, dossier, "Khác", key="once"), 409, "key_reused")
    (seen,) = thread(desk, dossier)
    assert (seen["text"], seen["side"], seen["author"], seen["is_mine"], seen["is_read"]) == (
        TEXT, "applicant", story.CITIZEN["name"], False, False,
    )  # fmt: skip
    read = desk.post(f"/v1/dossiers/{dossier}/messages/read", {"up_to": seen["number"]}).ok().body
    assert read == {"side": "agency", "up_to": seen["number"]}
    assert thread(me, dossier)[0]["is_read"]
    write(desk, dossier, "Mời ông bà đến trước 16 giờ").ok(201)
    newest, oldest = thread(me, dossier)
    assert (newest["side"], newest["author"], newest["is_read"], oldest["is_mine"]) == (
        "agency", "Phan Bích Lượng", False, True,
    )  # fmt: skip
    back = desk.post(f"/v1/dossiers/{dossier}/messages/read", {"up_to": 1}).ok().body
    assert back["up_to"] == seen["number"], "what was read stays read"


def test_nobody_else_reads_or_writes_and_no_event_says_what(where, me, desk, dossier):
    write(me, dossier).ok(201)
    for other in (story.citizen(where, **story.somebody()), officer_of(where, OTHER_AGENCY, "reception")):
        problem(other.get(f"/v1/dossiers/{dossier}/messages"), 404, "not_found")
        problem(write(other, dossier), 404, "not_found")
    problem(officer_of(where, story.AGENCY, "scanning").get(f"/v1/dossiers/{dossier}/messages"), 403, "not_allowed")
    kept = json.dumps(
        [events(where, dossier), partition(where, "Dossiers", f"THREAD#{dossier}")], ensure_ascii=False, default=str
    )
    assert TEXT not in kept
    assert story.CITIZEN["name"] not in kept


def test_a_text_that_says_nothing_or_too_much_is_refused(me, dossier):
    assert rules(write(me, dossier, "  \n ")) == {"/text": "blank"}
    assert rules(write(me, dossier, "a" * 2001)) == {"/text": "string_too_long"}
    write(me, dossier, "a" * 2000).ok(201)


def test_pages_go_on_to_the_first_message(me, dossier):
    for n in range(52):
        write(me, dossier, f"Tin {n}").ok(201)
    page = me.get(f"/v1/dossiers/{dossier}/messages").ok().body
    rest = me.get(f"/v1/dossiers/{dossier}/messages?cursor={page['next']}").ok().body
    texts = [each["text"] for each in (*page["messages"], *rest["messages"])]
    assert texts == [f"Tin {n}" for n in reversed(range(52))]


def test_the_end_of_the_dossier_closes_it_for_writing_alone(me, desk, dossier):
    write(me, dossier).ok(201)
    task = story.until("the task", lambda: story.task_of(desk, dossier, "receive"))
    desk.post(f"/v1/tasks/{task}/complete", {"outcome": "refused", **WHY}).ok()
    assert problem(write(me, dossier), 409, "forbidden_step")["state"] == 3
    assert [each["text"] for each in thread(me, dossier)] == [TEXT]
