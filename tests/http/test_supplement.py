"""A dossier lacks something: reception asks once, the applicant answers with that alone, the dossier goes on."""

import pytest
import requests

from infra.demo import story
from infra.local.issuer import number_of
from infra.local.officers import OFFICERS
from tests.support.asserts import problem, rules
from tests.support.recall import leader_of
from tests.support.world import officer_of, page, ready, whole_list

PAPER = {
    "target": story.BIRTH_NOTICE,
    "reason": "INACCURATE",
    "basis": "Luật Hộ tịch 60/2014/QH13, Điều 16",
    "remedy": "Nộp bản chụp rõ cả hai mặt giấy chứng sinh",
}
FIELD = {**PAPER, "target": "/mother/year_of_birth", "remedy": "Ghi đúng năm sinh của mẹ"}
WHY = {"reason": "Nơi cư trú của cha mẹ không thuộc xã này", "basis": "Luật Hộ tịch 60/2014/QH13, Điều 13"}


@pytest.fixture
def claims():
    """Claims of the applicant."""
    return story.somebody()


@pytest.fixture
def me(where, claims):
    return story.citizen(where, **claims)


@pytest.fixture
def desk(where):
    return story.officer(where, "reception")


@pytest.fixture
def dossier(me, small_scan):
    """The reference of a submitted dossier."""
    reference = ready(me, small_scan)
    story.submit(me, reference).ok(201)
    return reference


def task(desk, reference, kind="receive"):
    return story.until(kind, lambda: story.task_of(desk, reference, kind))


def ask(desk, reference, *items, kind="receive", **more):
    body = {"outcome": "supplement", "supplement": {"items": items or [PAPER, FIELD], **more}}
    return desk.post(f"/v1/tasks/{task(desk, reference, kind)}/complete", body)


def supplement(who, reference):
    answer = who.get(f"/v1/dossiers/{reference}/supplement").ok()
    return answer.body, int(answer.headers["ETag"].strip('"'))


def upload(me, reference, data):
    body = {"component": story.BIRTH_NOTICE, "filename": "moi.jpg", "media_type": "image/jpeg", "size": len(data)}
    ticket = me.post(f"/v1/dossiers/{reference}/uploads", body).ok(201).body
    requests.post(ticket["post"]["url"], data=ticket["post"]["fields"], files={"file": data}, timeout=60)
    story.until("the verdict", lambda: any(i["came"] for i in supplement(me, reference)[0]["items"]))


def answer(who, reference, fields, *, version=None, key=None):
    version = supplement(who, reference)[1] if version is None else version
    return who.call("POST", f"/v1/dossiers/{reference}/supplement", {"fields": fields}, version=version, key=key)


def test_a_dossier_is_supplemented_with_what_was_asked_and_goes_on_to_its_result(where, me, desk, dossier):
    assert supplement(me, dossier)[0]["number"] == 0
    ask(desk, dossier).ok()
    told, _ = supplement(me, dossier)
    assert (told["is_open"], told["number"], told["state"]["code"]) == (True, 1, 5)
    assert told["answer_by"].endswith("T23:59:59+07:00")
    assert [item["remedy"] for item in told["items"]] == [PAPER["remedy"], FIELD["remedy"]]
    assert all(item["name_vi"] != item["target"] for item in told["items"])
    holding = story.dossier(me, dossier)["holding"]
    assert (holding["task"], holding["due_at"]) == ("supplement", told["answer_by"])

    short = problem(answer(me, dossier, {}), 422, "supplement_incomplete")
    assert short["missing"] == [PAPER["target"], FIELD["target"]]
    other = {"component": "000.00.00.G15-KQ003785", "filename": "a.jpg", "media_type": "image/jpeg", "size": 1}
    assert rules(me.post(f"/v1/dossiers/{dossier}/uploads", other)) == {"/component": "not_asked"}
    upload(me, dossier, page(640, 900))
    closed = answer(me, dossier, {FIELD["target"]: 1996, "/child/full_name": "Khác"})
    assert rules(closed) == {"/fields/~1child~1full_name": "not_asked"}
    wrong = answer(me, dossier, {FIELD["target"]: "một nghìn"})
    assert problem(wrong, 422, "supplement_invalid")["errors"][0]["pointer"] == FIELD["target"]
    problem(answer(me, dossier, {FIELD["target"]: 1996}, version=1), 412, "lost_update")
    version = supplement(me, dossier)[1]
    done = answer(me, dossier, {FIELD["target"]: 1996}, version=version, key="once").ok().body
    assert (done["state"]["code"], done["due_at"]) == (1, None)
    assert answer(me, dossier, {FIELD["target"]: 1996}, version=version, key="once").ok().body == done

    found = story.dossier(me, dossier)
    assert found["form"]["mother"]["year_of_birth"] == 1996
    former, new = sorted(found["components"], key=lambda each: each["superseded_by"] is None)
    assert (former["superseded_by"], new["superseded_by"]) == (new["id"], None)
    story.through_the_desks(where, me, dossier)
    assert story.until("the result", lambda: story.returned(me, dossier))
    told = me.get(f"/v1/dossiers/{dossier}/notices").ok().body["notices"]
    assert [each["state"]["code"] for each in told if each["about"] == "state"] == [1, 5, 1, 2, 4, 9, 10]


AGAIN = {**FIELD, "remedy": "Năm sinh của mẹ vẫn không khớp dữ liệu dân cư: ghi theo giấy khai sinh"}
WHY_AGAIN = "Năm sinh vẫn không khớp dữ liệu dân cư"


def ask_again(who, reference, *items):
    """A further request, which somebody of the desk says is needed."""
    return ask(who, reference, *(items or [AGAIN]), override=WHY_AGAIN)


def test_a_second_request_needs_a_reason_that_officers_see(where, me, desk, dossier):
    ask(desk, dossier, FIELD).ok()
    answer(me, dossier, {FIELD["target"]: 1996}).ok()
    used = problem(ask(desk, dossier, FIELD), 409, "supplement_used")
    assert (used["asked"], used["allowed"]) == (1, 1)
    ask_again(leader_of(where, roles=("reception",)), dossier).ok()
    assert supplement(me, dossier)[0]["override"] is None
    assert supplement(desk, dossier)[0]["override"] == WHY_AGAIN


def test_nobody_asks_twice_and_what_was_answered_is_not_asked_as_if_it_had_not_been(where, me, desk, dossier):
    ask(desk, dossier, FIELD).ok()
    answer(me, dossier, {FIELD["target"]: 1996}).ok()
    problem(ask_again(desk, dossier), 403, "asked_by_self")
    other_account = leader_of(where, roles=("reception",), personal_id=number_of(OFFICERS["reception"]["sub"]))
    problem(ask_again(other_account, dossier), 403, "asked_by_self")
    second = leader_of(where, roles=("reception",))
    same_words = {**FIELD, "remedy": f"  {FIELD['remedy'].upper()}. "}
    assert rules(ask_again(second, dossier, same_words)) == {"/supplement/items/0/remedy": "answered"}
    assert rules(ask_again(second, dossier, {**AGAIN, "reason": "MISSING"})) == {
        "/supplement/items/0/reason": "answered"
    }
    assert supplement(me, dossier)[0]["number"] == 1
    ask_again(second, dossier).ok()
    assert supplement(me, dossier)[0]["number"] == 2


def test_a_dossier_is_asked_so_often_at_most(where, me, desk, dossier):
    ask(desk, dossier, FIELD).ok()
    asked_by = [leader_of(where, roles=("reception",)) for _ in range(3)]
    words = ("Ghi năm sinh theo giấy khai sinh", "Ghi năm sinh theo căn cước", "Ghi năm sinh theo hộ chiếu")
    for year, (second, remedy) in enumerate(zip(asked_by[:2], words, strict=False), start=1990):
        answer(me, dossier, {FIELD["target"]: year}).ok()
        problem(ask_again(desk, dossier), 403, "asked_by_self")
        ask_again(second, dossier, {**FIELD, "remedy": remedy}).ok()
        answer_again = supplement(me, dossier)[0]
        assert answer_again["is_open"]
    answer(me, dossier, {FIELD["target"]: 1996}).ok()
    spent = problem(ask_again(asked_by[2], dossier, {**FIELD, "remedy": words[2]}), 409, "supplements_spent")
    assert (spent["asked"], spent["most"]) == (3, 3)
    story.complete(desk, task(desk, dossier), "accepted").ok()


def test_verification_asks_and_reception_takes_the_answer_at_the_counter(where, me, desk, dossier, claims):
    story.complete(desk, task(desk, dossier), "accepted").ok()
    processing = story.officer(where, "processing")
    ask(processing, dossier, FIELD, kind="verify").ok()
    problem(answer(processing, dossier, {FIELD["target"]: 1996}), 403, "not_allowed")
    stranger = officer_of(where, "H01.10.25", "reception")
    problem(stranger.get(f"/v1/dossiers/{dossier}/supplement"), 404, "not_found")
    present = {"name": "Nguyễn Thị Bích Ngọc", "number": claims["personal_id"], "slip": dropped_slip(desk, dossier)}
    done = at_counter(desk, dossier, {FIELD["target"]: 1996}, present).ok().body
    assert done["state"]["code"] == 4
    assert story.dossier(me, dossier)["due_at"] == done["due_at"]
    story.complete(processing, task(processing, dossier, "verify"), "verified").ok()


def test_a_refusal_says_why_and_ends_the_dossier(cloud, me, desk, dossier):
    name = task(desk, dossier)
    short = desk.post(f"/v1/tasks/{name}/complete", {"outcome": "refused", "reason": "ERR_12"})
    assert rules(short) == {"/reason": "plain_words"}
    unsaid = desk.post(f"/v1/tasks/{name}/complete", {"outcome": "refused"})
    assert rules(unsaid) == {"/reason": "plain_words", "/basis": "required"}
    desk.post(f"/v1/tasks/{name}/complete", {"outcome": "refused", **WHY}).ok()
    assert story.dossier(me, dossier)["state"]["code"] == 3
    assert story.task_of(desk, dossier, "receive") is None
    cloud.wait_idle()
    problem(desk.post(f"/v1/tasks/{name}/complete", {"outcome": "accepted"}), 409, "task_closed")


@pytest.mark.parametrize(
    ("item", "named"),
    [
        ({**PAPER, "target": "KQ000000"}, {"/supplement/items/0/target": "unknown"}),
        ({**PAPER, "reason": "UGLY"}, {"/supplement/items/0/reason": "literal_error"}),
        ({**PAPER, "remedy": "x"}, {"/supplement/items/0/remedy": "plain_words"}),
    ],
)
def test_what_cannot_be_asked_is_named(desk, dossier, item, named):
    assert rules(ask(desk, dossier, item)) == named


OTHER_CHILD = {"target": "/child/full_name", "reason": "INACCURATE", "basis": FIELD["basis"], "remedy": FIELD["remedy"]}


def dropped_slip(desk, reference):
    """Reception scans the slip that somebody signed at the counter; the component that it is."""
    before = {each["id"] for each in story.dossier(desk, reference)["components"]}
    body = {"dossier": reference, "filename": "phieu.jpg", "media_type": "image/jpeg"}
    ticket = desk.post("/v1/drops", body).ok(201).body
    form = ticket["post"]
    requests.post(form["url"], data=form["fields"], files={"file": page(620, 910)}, timeout=60).raise_for_status()

    def came():
        return next((c["id"] for c in story.dossier(desk, reference)["components"] if c["id"] not in before), None)

    return story.until("the slip", came)


def at_counter(desk, reference, fields, present, *, key=None):
    """Reception enters an answer at the counter for somebody who is there."""
    body = {"fields": fields, "at_counter": present}
    path = f"/v1/dossiers/{reference}/supplement"
    return desk.call("POST", path, body, version=supplement(desk, reference)[1], key=key)


def told_at(who, reference):
    """When the last notice was told."""
    return who.get(f"/v1/dossiers/{reference}/notices").ok().body["notices"][-1]["at"]


def supplemented(who, reference):
    """The last notice that says what an officer entered."""
    found = who.get(f"/v1/dossiers/{reference}/notices").ok().body["notices"]
    return [each["entered"] for each in found if each["entered"]]


def test_no_officer_alone_answers_for_an_online_applicant(me, desk, dossier, claims):
    ask(desk, dossier, OTHER_CHILD).ok()
    name = {"/child/full_name": "Trần Khác"}
    before = story.dossier(me, dossier)["form"]
    assert rules(answer(desk, dossier, name)) == {"/at_counter": "required"}
    number = claims["personal_id"]
    present = {"name": "Nguyễn Thị Bích Ngọc", "number": "012345678901", "slip": "nothing"}
    assert rules(at_counter(desk, dossier, name, present)) == {
        "/at_counter/number": "not_concerned", "/at_counter/slip": "unknown",
    }  # fmt: skip
    filed = story.dossier(me, dossier)["components"][0]["id"]
    assert rules(at_counter(desk, dossier, name, present | {"number": number, "slip": filed})) == {
        "/at_counter/slip": "unknown"
    }
    assert rules(at_counter(me, dossier, name, present | {"number": number})) == {"/at_counter": "forbidden"}
    assert story.dossier(me, dossier)["form"] == before
    assert supplement(me, dossier)[0]["is_open"]


def test_what_is_entered_at_the_counter_is_told_field_by_field_and_may_be_objected_to(where, me, desk, dossier, claims):
    ask(desk, dossier, FIELD, PAPER).ok()
    upload(me, dossier, page(640, 900))
    was = story.dossier(me, dossier)["form"]["mother"].get("year_of_birth")
    problem(me.post(f"/v1/dossiers/{dossier}/supplement/objection", {"reason": "Không"}), 409, "nothing_to_object")
    present = {"name": "Nguyễn Thị Bích Ngọc", "number": claims["personal_id"]}
    present |= {"slip": dropped_slip(desk, dossier)}
    version = supplement(desk, dossier)[1]
    body = {"fields": {FIELD["target"]: 1995}, "at_counter": present}
    path = f"/v1/dossiers/{dossier}/supplement"
    done = desk.call("POST", path, body, version=version, key="counter").ok().body
    assert desk.call("POST", path, body, version=version, key="counter").ok().body == done
    (told,) = supplemented(me, dossier)
    (field,) = told["fields"]
    assert (field["target"], field["before"], field["after"]) == (FIELD["target"], was, 1995)
    assert field["name_vi"] != FIELD["target"]
    assert [(paper["code"], len(paper["sha256"])) for paper in told["papers"]] == [(PAPER["target"], 64)]
    assert (told["present"], len(told["slip_sha256"])) == ("Nguyễn Thị Bích Ngọc", 64)
    assert told["object_by"] > told_at(me, dossier)

    path = f"/v1/dossiers/{dossier}/supplement/objection"
    leader, reason = story.officer(where, "leader"), "Tôi không đến quầy"
    problem(desk.post(path, {"reason": reason}), 403, "not_allowed")
    problem(story.citizen(where, **story.somebody()).post(path, {"reason": reason}), 404, "not_found")
    held = story.dossier(me, dossier)["holding"]
    made = me.post(path, {"reason": reason}, key="object").ok().body
    assert me.post(path, {"reason": reason}, key="object").ok().body == made
    problem(me.post(path, {"reason": reason}), 409, "nothing_to_object")
    assert story.dossier(me, dossier)["holding"] == held, "nothing waits for an objection"
    found = whole_list(leader, "/v1/tasks?kind=objection", "tasks")
    (waiting,) = [each for each in found if each["reference"] == dossier]
    assert waiting["due_at"] == made["answer_by"]
    problem(desk.get("/v1/tasks?kind=objection"), 403, "not_allowed")
    done = f"/v1/tasks/{waiting['id']}/complete"
    said = {"outcome": "upheld", "reason": "Cơ quan sẽ yêu cầu bổ sung lại năm sinh của mẹ"}
    problem(desk.post(done, said), 403, "not_allowed")
    assert "/reason" in rules(leader.post(done, {"outcome": "upheld"}))
    same = leader_of(where, personal_id=number_of(OFFICERS["reception"]["sub"]))
    problem(same.post(done, said), 403, "entered_by_self")
    leader.post(done, said).ok()
    *_, last = me.get(f"/v1/dossiers/{dossier}/notices").ok().body["notices"]
    assert (last["about"], last["reason"]) == ("objection", said["reason"])
    assert story.dossier(me, dossier)["holding"] == held
