"""Requests about personal data over HTTP: a person asks, an agency answers and ends; what the system can, it does."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chalicelib.kernel import aws
from chalicelib.kernel.clock import moment, stamp, utc_now
from infra.command.ops import ops_app
from infra.demo import story
from infra.local.cloud import LocalCloud
from tests.support.asserts import problem, rules
from tests.support.own_files import put_in
from tests.support.world import OTHER_AGENCY, officer_of

MINE = "/v1/me/data/requests"


@pytest.fixture
def me(where):
    return story.citizen(where, **story.somebody())


@pytest.fixture
def leader(where):
    return officer_of(where, story.AGENCY, "leader")


def ask(who, kind="view", key=None, **more):
    body = {"kind": kind, "agency": story.AGENCY, "words": "Xin xem dữ liệu về tôi", **more}
    return who.post(MINE, body, key=key)


def test_a_deletion_is_asked_for_by_a_client_of_the_stage_and_by_no_portal(where):
    """A portal that holds a person's token, their own or an exchanged one, has nothing deleted; it may ask to see."""
    claims = story.somebody()
    for client in ({"client_id": "cong-tinh"}, {"client_id": None}):
        elsewhere = story.citizen(where, **claims, **client)
        told = problem(ask(elsewhere, "delete"), 403, "client_not_own")
        assert told["act"] == "data_request.ask_deletion"
        problem(ask(elsewhere, "delete", own_files=True), 403, "client_not_own")
        ask(elsewhere).ok(201)
    person = story.citizen(where, **claims)
    assert [each["kind"] for each in person.get(MINE).ok().body["requests"]] == ["view", "view"]
    ask(person, "delete").ok(201)


def decide(who, request, outcome="done", key=None, **more):
    body = {"outcome": outcome, "reason": "Đã thực hiện", **more}
    return who.post(f"/v1/data/requests/{request}/decision", body, key=key)


def test_a_request_is_acknowledged_with_the_laws_times_answered_and_ended(where, me, leader):
    asked = ask(me).ok(201).body
    assert (asked["progress"], asked["overdue"]) == ("asked", False)
    assert asked["asked_at"] < asked["answer_by"] < asked["act_by"]
    assert "/v1/vault/history" in asked["see"]
    owed = leader.get("/v1/data/requests").ok().body["requests"]
    assert asked["id"] in [each["id"] for each in owed]
    leader.post(f"/v1/data/requests/{asked['id']}/answer", {}).ok()
    longer = leader.post(f"/v1/data/requests/{asked['id']}/extension", {"reason": "Nhiều hồ sơ"}).ok().body
    assert longer["act_by"] > asked["act_by"]
    problem(
        leader.post(f"/v1/data/requests/{asked['id']}/extension", {"reason": "Nhiều hồ sơ"}), 409, "extended_before"
    )
    assert rules(decide(leader, asked["id"], "refused")) == {"/basis": "basis_of_refusal"}
    decide(leader, asked["id"], "refused", basis="Luật 91/2025/QH15 Điều 14(2)").ok()
    seen = me.get(f"{MINE}/{asked['id']}").ok().body
    assert (seen["progress"], seen["basis"]) == ("refused", "Luật 91/2025/QH15 Điều 14(2)")
    assert seen["extended_by"] == seen["ended_by"] == "Lý Thanh Oanh", "who decided is told to who asked"
    assert [each["id"] for each in me.get(MINE).ok().body["requests"]] == [asked["id"]]
    problem(decide(leader, asked["id"]), 409, "data_request_over")


def notices(who, request):
    return who.get(f"{MINE}/{request}/notices").ok().body["notices"]


def test_who_asked_is_told_by_a_notice_of_each_act_with_the_officer_the_reason_and_the_clause(where, me, leader):
    asked, why, clause = ask(me).ok(201).body, "Nhiều hồ sơ phải tìm", "Luật 91/2025/QH15 Điều 14(2)"
    one = f"/v1/data/requests/{asked['id']}"
    leader.post(f"{one}/answer", {}).ok()
    longer = leader.post(f"{one}/extension", {"reason": why}).ok().body["act_by"]
    decide(leader, asked["id"], "refused", reason="Cơ quan phải lưu giữ", basis=clause).ok()
    found = notices(me, asked["id"])
    assert [each["about"] for each in found] == ["asked", "answered", "extended", "refused"]
    assert [each["handler"] for each in found] == ["", *["Lý Thanh Oanh"] * 3]
    assert [each["agency"] for each in found] == [story.AGENCY] * 4
    assert [each["due_at"] for each in found] == [asked["answer_by"], asked["act_by"], longer, None]
    assert [(each["reason"], each["basis"]) for each in found] == [
        (None, None),
        (None, None),
        (why, None),
        ("Cơ quan phải lưu giữ", clause),
    ]
    for vi, en in [(each["told_vi"], each["told_en"]) for each in found[2:]]:
        assert "Lý Thanh Oanh" in vi
        assert "Lý Thanh Oanh" in en
    assert "gia hạn" in found[2]["told_vi"]
    assert why in found[2]["told_vi"]
    assert "extended" in found[2]["told_en"]
    assert why in found[2]["told_en"]
    assert "từ chối" in found[3]["told_vi"]
    assert clause in found[3]["told_vi"]
    assert "refused" in found[3]["told_en"]
    assert clause in found[3]["told_en"]


def test_notices_of_a_request_are_told_to_who_asked_alone(where, me, leader):
    asked = ask(me).ok(201).body["id"]
    decide(leader, asked, reason="Đã gửi bản sao").ok()
    assert [each["about"] for each in notices(me, asked)] == ["asked", "done"]
    stranger = story.citizen(where, **story.somebody())
    problem(stranger.get(f"{MINE}/{asked}/notices"), 404, "not_found")
    problem(leader.get(f"{MINE}/{asked}/notices"), 403, "not_allowed")


def test_a_granted_copy_is_a_takeout_that_the_person_fetches(cloud, me, leader):
    asked = ask(me, "provide").ok(201).body
    assert me.get("/v1/vault/takeouts").ok().body["takeouts"] == []
    decide(leader, asked["id"]).ok()
    cloud.wait_idle()
    story.until("the take-out", lambda: me.get("/v1/vault/takeouts").ok().body["takeouts"])
    (made,) = me.get("/v1/vault/takeouts").ok().body["takeouts"]
    assert made["standing"] in ("being_made", "empty", "ready")


def test_who_it_does_not_concern_sees_and_does_nothing(where, me, leader):
    asked = ask(me, "delete").ok(201).body
    stranger = story.citizen(where, **story.somebody())
    problem(stranger.get(f"{MINE}/{asked['id']}"), 404, "not_found")
    other = officer_of(where, OTHER_AGENCY, "leader")
    problem(other.get(f"/v1/data/requests/{asked['id']}"), 404, "not_found")
    problem(decide(other, asked["id"]), 404, "not_found")
    problem(decide(officer_of(where, story.AGENCY, "reception"), asked["id"]), 403, "not_allowed")
    assert asked["id"] not in [each["id"] for each in other.get("/v1/data/requests").ok().body["requests"]]
    assert rules(ask(me, agency="H99.99.99")) == {"/agency": "known"}


def test_a_granted_deletion_takes_own_files_along_where_its_person_said_so(cloud, me, leader):
    kept = put_in(me)
    for own_files, left in ((False, 1), (True, 0)):
        asked = ask(me, "delete", own_files=own_files).ok(201).body
        decide(leader, asked["id"]).ok()
        cloud.wait_idle()
        if own_files:
            story.until("the file is gone", lambda: me.get(f"/v1/vault/documents/{kept}").status == 404)
        assert me.get("/v1/vault/documents").ok().body["quota"]["documents"] == left
    assert rules(ask(me, "view", own_files=True)) == {"/own_files": "with_delete"}


@pytest.fixture
def identity(cloud, where):
    """`identity(request, **fields)`: a request's record with other fields, which the clock does not look at."""
    if not isinstance(cloud, LocalCloud):
        pytest.skip("no test writes into a deployed stage's tables")

    def change(request, **fields):
        pk = f"DATAREQUEST#{request}"
        aws.updated(aws.update(where["table.Identity"], (pk, "HEAD"), put=fields, condition="attribute_exists(pk)"))
        aws.alone(aws.delete(where["table.Identity"], (pk, "DUE")))

    return change


def enrol(where):
    answer = CliRunner().invoke(
        ops_app, ["enrol-requests", "--where", str(Path(where["folder"], "where.json")), "--json"]
    )
    assert answer.exit_code == 0, answer.output
    return json.loads(answer.stdout)["enrolled"]


def due(leader):
    return leader.get("/v1/workload").ok().body["data_requests"]


def test_a_request_of_an_earlier_release_is_enrolled_once_and_its_agency_sees_that_it_is_due(
    cloud, where, me, leader, identity
):
    asked, before = ask(me).ok(201).body["id"], due(leader)
    soon = stamp(utc_now() + timedelta(hours=1))
    identity(asked, answer_by=soon)
    cloud.functions.call("identity_watch_requests", {})
    cloud.wait_idle()
    assert due(leader) == before, "the clock does not look at it yet"
    assert enrol(where) >= 1
    assert enrol(where) == 0, "done again it goes on"
    cloud.functions.call("identity_watch_requests", {})
    cloud.wait_idle()
    found = due(leader)
    assert (found["due_soon"], found["overdue"]) == (before["due_soon"] + 1, before["overdue"])
    assert moment(found["first_due_at"]) <= moment(soon)
    elsewhere = due(officer_of(where, OTHER_AGENCY, "leader"))
    assert elsewhere["due_soon"] == 0
    leader.post(f"/v1/data/requests/{asked}/answer", {}).ok()
    cloud.wait_idle()
    assert due(leader) == before


def test_a_request_that_a_release_before_told_is_put_on_the_list_of_its_agency(cloud, where, me, leader, identity):
    """Its row is taken away, as nobody kept one then; the clock has nothing left to tell."""
    asked = ask(me).ok(201).body["id"]
    identity(asked, answer_by=stamp(utc_now() - timedelta(hours=1)), told=["answer"], reminded=["answer"])
    cloud.wait_idle()
    before = due(leader)
    enrol(where)
    found = due(leader)
    assert (found["due_soon"], found["overdue"]) == (before["due_soon"], before["overdue"] + 1)
    enrol(where)
    assert due(leader) == found
    leader.post(f"/v1/data/requests/{asked}/answer", {}).ok()
    cloud.wait_idle()
    assert due(leader) == before


def test_a_stage_that_is_not_there_is_told_and_nothing_is_enrolled(tmp_path):
    answer = CliRunner().invoke(ops_app, ["enrol-requests", "--where", str(tmp_path / "where.json"), "--json"])
    assert answer.exit_code != 0
    assert answer.stdout == ""
