"""Nobody acts on their own dossier, nor on one of whom they represent or who represents them; as applicant they do."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
import segno
from PIL import Image

from chalicelib.kernel.access import ACTS as GRANTS
from chalicelib.kernel.access import OFFICERS as OFFICER_ROLES
from infra.demo import story
from infra.demo.client import Answer, Client
from infra.local.issuer import number_of
from infra.local.officers import OFFICERS
from tests.http.test_petitions import file as file_petition
from tests.support import mandated
from tests.support.asserts import problem
from tests.support.counter import NOTICE, holder_of, paper, take_in
from tests.support.recall import DECISION, leader_of
from tests.support.world import OTHER_AGENCY, partition, ready

WHY = {"reason": "Hồ sơ thuộc trường hợp phải xác minh thêm", "basis": "Luật Hộ tịch 60/2014/QH13, Điều 13"}
ASKED = {
    "target": story.BIRTH_NOTICE,
    "reason": "MISSING",
    "basis": "Luật Hộ tịch 60/2014/QH13, Điều 16",
    "remedy": "Nộp bản chính giấy chứng sinh",
}


@dataclass(frozen=True)
class Case:
    """A dossier, the number of somebody who stands on it, and its applicant."""

    where: Mapping[str, str]
    number: str
    me: Client
    reference: str

    def officer(self, role: str) -> Client:
        """An officer of the demo whose token says that they have this number."""
        return owner(self.where, role, self.number)

    def task(self, kind: str) -> str:
        """The id of a task of its one leg."""
        return f"{self.reference}.0-commune.{kind}"

    def complete(self, role: str, kind: str, outcome: str, **given: object) -> Answer:
        """That officer completes a task."""
        body = {"outcome": outcome, **given}
        return self.officer(role).post(f"/v1/tasks/{self.task(kind)}/complete", body)

    def act(self, role: str, act: str, body: Mapping[str, object]) -> Answer:
        """That officer acts on the dossier."""
        return self.officer(role).post(f"/v1/dossiers/{self.reference}/{act}", body)


def owner(where, role, number):
    return Client.login(where, kind="OFFICER", agency=story.AGENCY, **OFFICERS[role] | {"personal_id": number})


JPEG = {"filename": "KQ003785.jpg", "media_type": "image/jpeg"}
REFUSED = "/v1/drops?verdict=refused&"


def coded(reference):
    """A page that has the code of a dossier."""
    page, code, kept = Image.new("RGB", (800, 1000), "white"), io.BytesIO(), io.BytesIO()
    segno.make(reference, error="m").save(code, kind="png", scale=5)
    page.paste(Image.open(code), (50, 50))
    page.save(kept, "JPEG", dpi=(200, 200))
    return kept.getvalue()


def put(ticket, data):
    """A file is posted by its form; answers the end of its key."""
    form = ticket.body["post"]
    requests.post(form["url"], data=form["fields"], files={"file": data}, timeout=60).raise_for_status()
    return ticket.body["key"].rpartition("/")[2]


def filed(where, scan):
    """An applicant with a dossier that waits for reception."""
    claims = story.somebody()
    me = story.citizen(where, **claims)
    reference = ready(me, scan)
    story.submit(me, reference).ok(201)
    return Case(where, claims["personal_id"], me, reference)


def answer_at_the_counter(case):
    return case.officer("reception").call(
        "POST", f"/v1/dossiers/{case.reference}/supplement", {"fields": {}}, version=1
    )


def drop(case, **more):
    body = {"dossier": case.reference, "filename": "KQ003785.jpg", "media_type": "image/jpeg", **more}
    return case.officer("reception").post("/v1/drops", body)


def assign(case):
    body = {"officer": "0" * 32, "name": "Lý Oanh"}
    return case.officer("leader").post(f"/v1/tasks/{case.task('receive')}/assign", body)


def ask_opinion(case):
    body = {"agency": OTHER_AGENCY, "content": "Xin ý kiến về nơi cư trú của cha mẹ", "deadline": "2wd"}
    return case.officer("processing").post(f"/v1/tasks/{case.task('verify')}/consultations", body)


def release(case):
    story.officer(case.where, "reception").post(f"/v1/tasks/{case.task('receive')}/claim", {})
    return case.officer("leader").post(f"/v1/tasks/{case.task('receive')}/release", {})


PAPERS_TEST = "test_nobody_signs_sorts_or_rejects_a_copy_of_their_own_paper_nor_looks_its_values_over"
ACTS: Mapping[str, Callable[[Case], Answer]] = {
    "accept": lambda case: case.complete("reception", "receive", "accepted"),
    "refuse": lambda case: case.complete("reception", "receive", "refused", **WHY),
    "ask for a supplement": lambda case: case.complete(
        "reception", "receive", "supplement", supplement={"items": [ASKED]}
    ),
    "claim": lambda case: case.officer("reception").post(f"/v1/tasks/{case.task('receive')}/claim", {}),
    "assign": assign,
    "ask for a payment": lambda case: case.act(
        "processing", "payment/request", {"amount": 50_000, "reason": WHY["reason"]}
    ),
    "record a payment": lambda case: case.act("reception", "payment", {"proof": "BL-2026-0018"}),
    "extend": lambda case: case.act("leader", "extension", {"term": "2wd", "reason": WHY["reason"]}),
    "correct": lambda case: case.act("processing", "correction", {"reason": WHY["reason"]}),
    "send upstream": lambda case: case.act("processing", "upstream", {"leg": "birth", "reason": WHY["reason"]}),
    "ask an opinion": ask_opinion,
    "write as the agency": lambda case: case.act("reception", "messages", {"text": "Mời ông/bà đến nhận"}),
    "answer a supplement at the counter": answer_at_the_counter,
    "hand on an original": lambda case: case.act("reception", "originals/1/handover", {"name": "Lý Oanh"}),
    "give an original back": lambda case: case.act(
        "reception", "originals/1/return", {"to": "applicant", "proof": "signature"}
    ),
    "confirm a payment": lambda case: case.act("reception", "payment/confirmation", {}),
    "have the result brought": lambda case: case.act("reception", "deliveries", {"destination": "counter"}),
    "hand over the result": lambda case: case.act(
        "reception",
        "deliveries/counter/handover",
        {"to": "applicant", "proof": "identity_document", "paper": "print"},
    ),
    "send a delivery again": lambda case: case.act("leader", "deliveries/post/retry", {}),
    "send a notice again": lambda case: case.act("reception", "notices/sendings/none/retry", {}),
    "tell the portal again": lambda case: case.act("leader", "synchronisation/redelivery", {}),
    "print the slip": lambda case: case.act("processing", "slips", {}),
    "release what a colleague has": release,
    "drop a scan": drop,
    "drop a result": lambda case: drop(case, result=True),
}


@pytest.fixture(scope="module")
def case(where, small_scan):
    return filed(where, small_scan)


@pytest.fixture(scope="module")
def theirs(where, small_scan):
    """A dossier with officers whose number is another one."""
    case = filed(where, small_scan)
    return Case(where, story.somebody()["personal_id"], case.me, case.reference)


def test_an_officer_neither_receives_nor_verifies_nor_approves_what_is_their_own(where, small_scan):
    case = filed(where, small_scan)
    for kind, role, outcome in story.STEPS:
        if kind == "approve":
            story.confirm(case.me, case.reference)
        told = problem(story.complete(case.officer(role), case.task(kind), outcome), 403, "own_dossier")
        assert case.number not in str(told)
        story.complete(story.officer(where, role), case.task(kind), outcome).ok()
    assert story.until("the result", lambda: story.returned(case.me, case.reference))


@pytest.mark.parametrize("act", ACTS)
def test_nobody_does_anything_as_an_officer_in_their_own_dossier(case, act):
    told = problem(ACTS[act](case), 403, "own_dossier")
    assert (told["officers"], told["agency_above"]) == ([], "H01"), "nobody here knows whom the agency employs"


@pytest.mark.parametrize("act", ACTS)
def test_in_the_dossier_of_somebody_else_no_act_is_refused_for_that(theirs, act):
    told = ACTS[act](theirs)
    assert told.status in (200, 201, 202, 403, 404, 409, 412, 422)
    assert told.body.get("code") not in ("own_dossier", "number_unknown")


@pytest.mark.parametrize("way", ["draft", "saved again", "counter", "supplement"])
def test_nobody_decides_on_a_dossier_whose_form_names_them(where, small_scan, way):
    """The father of the child whose birth the mother registers is no stranger to it."""
    number = story.somebody()["personal_id"]
    form = {**story.FORM, "father": {**story.FORM["father"], "personal_id": number}}
    reference, me = named_in(where, small_scan, form, way)
    case = Case(where, number, me, reference)
    task = story.task_of(story.officer(where, "reception"), reference, "receive")
    told = problem(story.complete(case.officer("reception"), task, "accepted"), 403, "own_dossier")
    assert number not in str(told)
    (head,) = (row for row in partition(where, "Dossiers", reference) if row["sk"] == "HEAD")
    assert number not in str(head)
    story.complete(owner(where, "reception", story.somebody()["personal_id"]), task, "accepted").ok()


def named_in(where, scan, form, way):
    """A dossier that waits for reception, whose form names the father, and its applicant."""
    if way == "counter":
        body = paper(form=form)
        return take_in(story.officer(where, "reception"), body).ok(201).body["reference"], holder_of(where, body)
    me = story.citizen(where, **story.somebody())
    reference = ready(me, scan)
    if way in ("draft", "saved again"):
        story.fill(me, reference, form, version=1).ok()
    if way == "saved again":
        story.fill(me, reference, {**form, "requester": {**form["requester"], "phone": "0912345679"}}, version=2).ok()
    story.submit(me, reference).ok(201)
    if way == "supplement":
        desk, task = story.officer(where, "reception"), f"{reference}.0-commune.receive"
        asked = {"items": [ASKED | {"target": "/father/personal_id"}]}
        desk.post(f"/v1/tasks/{task}/complete", {"outcome": "supplement", "supplement": asked}).ok()
        version = int(me.get(f"/v1/dossiers/{reference}/supplement").ok().headers["ETag"].strip('"'))
        fields = {"fields": {"/father/personal_id": form["father"]["personal_id"]}}
        me.call("POST", f"/v1/dossiers/{reference}/supplement", fields, version=version).ok()
    return reference, me


@pytest.mark.parametrize("side", ["giver", "receiver"])
def test_nobody_decides_on_the_dossier_of_who_gave_them_a_mandate_on_or_got_one_from_them(
    cloud, where, small_scan, side
):
    principal, giver, receiver = (mandated.person(where, name) for name in ("Lê Mai", "Trần Văn Xuân", "Lê Thị Yến"))
    first = mandated.mandated(cloud, principal, giver, allows_sub_mandates=True)
    other = {"kind": "CITIZEN", "identity": receiver.number, "name": receiver.name}
    body = {"other": other, "procedures": [story.PROCEDURE], "storage": "BOTH"}
    given = giver.client.post(f"/v1/mandates/{first}/submandates", body).ok(201).body["id"]
    receiver.client.post(f"/v1/mandates/{given}/confirmation", {"terms": 1}).ok()
    cloud.wait_idle()
    officer, me = (giver, receiver) if side == "giver" else (receiver, giver)
    reference = ready(me.client, small_scan)
    story.submit(me.client, reference).ok(201)
    case = Case(where, officer.number, me.client, reference)
    problem(case.complete("reception", "receive", "accepted"), 403, "own_dossier")
    for each in (giver, receiver):
        seen = reference_of(principal, small_scan)
        problem(Case(where, each.number, principal.client, seen).complete("reception", "receive", "accepted"), 403)
    giver.client.post(f"/v1/mandates/{given}/revocation", {"reason": "Xong việc"}).ok()
    cloud.wait_idle()
    story.complete(owner(where, "reception", story.somebody()["personal_id"]), case.task("receive"), "accepted").ok()


def reference_of(who, scan):
    """A dossier that somebody submitted."""
    reference = ready(who.client, scan)
    story.submit(who.client, reference).ok(201)
    return reference


def test_who_is_named_in_the_form_no_more_is_a_stranger_again(where, small_scan):
    number = story.somebody()["personal_id"]
    form = {**story.FORM, "father": {**story.FORM["father"], "personal_id": number}}
    me = story.citizen(where, **story.somebody())
    reference = ready(me, small_scan)
    story.fill(me, reference, form, version=1).ok()
    story.fill(me, reference, story.FORM, version=2).ok()
    story.submit(me, reference).ok(201)
    Case(where, number, me, reference).complete("reception", "receive", "accepted").ok()


def test_what_an_officer_reads_of_their_own_dossier_stays_open(case):
    desk = case.officer("reception")
    for path in (f"/v1/dossiers/{case.reference}", f"/v1/tasks/{case.task('receive')}", "/v1/tasks", "/v1/copies"):
        assert desk.get(path).status == 200


def test_as_an_applicant_everybody_files_supplements_and_withdraws(where, small_scan):
    number = number_of(OFFICERS["leader"]["sub"])
    me = story.citizen(where, sub="citizen-leader", personal_id=number)
    reference = ready(me, small_scan)
    story.submit(me, reference).ok(201)
    case = Case(where, number, me, reference)
    desk = story.officer(where, "reception")
    asked = {"items": [ASKED | {"target": "/child/full_name"}]}
    desk.post(f"/v1/tasks/{case.task('receive')}/complete", {"outcome": "supplement", "supplement": asked}).ok()
    version = int(me.get(f"/v1/dossiers/{reference}/supplement").ok().headers["ETag"].strip('"'))
    fields = {"fields": {"/child/full_name": "Lê Nguyễn Gia Khánh"}}
    me.call("POST", f"/v1/dossiers/{reference}/supplement", fields, version=version).ok()
    me.post(f"/v1/dossiers/{reference}/messages", {"text": "Tôi đã nộp bổ sung"}).ok(201)
    me.post(f"/v1/dossiers/{reference}/withdrawal", {"reason": "Tôi nộp lại ở nơi khác"}).ok()
    problem(story.complete(story.officer(where, "leader"), case.task("withdrawal"), "stopped"), 403, "not_allowed")
    told = case.complete("reception", "withdrawal", "stopped")
    problem(told, 403, "own_dossier")
    desk.post(f"/v1/tasks/{case.task('withdrawal')}/complete", {"outcome": "stopped"}).ok()


@pytest.mark.parametrize("of", ["reception", "leader"])
def test_where_only_the_provider_knows_whom_an_agency_employs_its_leaders_hand_up_and_no_more_than_the_task(
    where, small_scan, of
):
    """Reception hands nothing up over the leader's head, and the leader may where reception's own dossier it is."""
    case = filed(where, small_scan)
    path = f"/v1/tasks/{case.task('receive')}/elevation"
    told = problem(case.officer("reception").post(path, {}), 409, "not_for_above")
    assert (told["officers"], told["agency_above"]) == ([], None), (
        "a leader of the agency says that nobody else is there"
    )
    leader = case.officer("leader") if of == "leader" else story.officer(where, "leader")
    assert leader.post(path, {}).ok().body["above"] == "H01"
    (row,) = (row for row in partition(where, "Dossiers", case.reference) if row["sk"] == "HEAD")
    assert [each["kinds"] for each in row["above"]] == [["receive"]], "the leader's own tasks stay the leader's"


def test_a_leader_hands_up_no_approval_of_a_strangers_dossier(where, small_scan):
    case = filed(where, small_scan)
    for kind, role, outcome in story.STEPS[:-1]:
        story.complete(story.officer(where, role), case.task(kind), outcome).ok()
    story.confirm(case.me, case.reference)
    path = f"/v1/tasks/{case.task('approve')}/elevation"
    problem(story.officer(where, "leader").post(path, {}), 409, "not_for_above")
    assert case.officer("leader").post(path, {}).ok().body["above"] == "H01"


# --- every act ------------------------------------------------------------------------------------------------------

TRIED = {
    "/v1/dossiers/{dossier}/correction": "correct",
    "/v1/dossiers/{dossier}/deliveries": "have the result brought",
    "/v1/dossiers/{dossier}/deliveries/{destination}/handover": "hand over the result",
    "/v1/dossiers/{dossier}/deliveries/{destination}/retry": "send a delivery again",
    "/v1/dossiers/{dossier}/extension": "extend",
    "/v1/dossiers/{dossier}/messages": "write as the agency",
    "/v1/dossiers/{dossier}/notices/sendings/{sending}/retry": "send a notice again",
    "/v1/dossiers/{dossier}/originals/{original}/handover": "hand on an original",
    "/v1/dossiers/{dossier}/originals/{original}/return": "give an original back",
    "/v1/dossiers/{dossier}/payment": "record a payment",
    "/v1/dossiers/{dossier}/payment/confirmation": "confirm a payment",
    "/v1/dossiers/{dossier}/payment/request": "ask for a payment",
    "/v1/dossiers/{dossier}/slips": "print the slip",
    "/v1/dossiers/{dossier}/supplement": "answer a supplement at the counter",
    "/v1/dossiers/{dossier}/synchronisation/redelivery": "tell the portal again",
    "/v1/dossiers/{dossier}/upstream": "send upstream",
    "/v1/drops": "drop a scan",
    "/v1/tasks/{task}/assign": "assign",
    "/v1/tasks/{task}/claim": "claim",
    "/v1/tasks/{task}/complete": "accept",
    "/v1/tasks/{task}/consultations": "ask an opinion",
    "/v1/tasks/{task}/release": "release what a colleague has",
}
"""Each route by which an officer acts on a dossier, and what above tries it."""
HERE = Path(__file__).parent
APP_TEST = "test_what_the_app_refuses_is_put_right_by_the_leader_of_its_agency"
ELSEWHERE = {
    "/v1/receptions": "test_nobody_takes_in_at_the_counter_what_is_their_own_or_what_they_bring",
    "/v1/copies/signatures": PAPERS_TEST,
    "/v1/copies/{copy}/rejection": PAPERS_TEST,
    "/v1/copies/{copy}/rejection/decline": PAPERS_TEST,
    "/v1/copies/{copy}/signature": PAPERS_TEST,
    "/v1/copies/{copy}/sorting": PAPERS_TEST,
    "/v1/reviews/{review}/answers": PAPERS_TEST,
    "/v1/reviews/{review}/claim": PAPERS_TEST,
    "/v1/reviews/{review}/fields/{field}/answer": PAPERS_TEST,
    "/v1/reviews/{review}/rejection": PAPERS_TEST,
    "/v1/reviews/{review}/release": PAPERS_TEST,
    "/v1/messages/{message}/withdrawal": "test_nobody_withdraws_their_own_result",
    "/v1/messages/{message}/withdrawal/confirmation": "test_nobody_withdraws_their_own_result",
    "/v1/app/papers/{paper}/hand": APP_TEST,
    "/v1/app/papers/{paper}/retry": APP_TEST,
}
"""What needs more than a dossier, and the test that tries it."""
FREE = {
    "/v1/dossiers/{dossier}/messages/read": "reading stays open, and what was read is no decision",
    "/v1/messages/{message}/prints": "whoever may read a document prints it, as its owner does",
    "/v1/tasks/{task}/elevation": "it takes the task away from whoever has an interest",
    "/v1/drops/{drop}/acknowledgement": "what was refused is no paper of any dossier, and stays refused",
    "/v1/archives": "a lot of many people's papers: each is looked at by its owner's number when it is reviewed",
    "/v1/messages/registers": "a list of all dossiers of some days",
    "/v1/measures/{unit}/reports": "figures",
    "/v1/received/links": "what somebody shares with the officer's agency is read",
}
"""What an officer does in their own dossier as in another, with the reason."""
OTHER_GUARDS = ("/v1/petitions/", "/v1/data/requests/")
"""No dossiers: who may not handle these is said where they are (`petitions/concerns.py`, `requests/service.py`)."""


def test_every_act_of_an_officer_is_refused_on_what_is_their_own_or_is_free_with_a_reason(routes):
    acts = {
        route.path
        for route in routes
        if route.method != "GET" and route.act and any(grant.role in OFFICER_ROLES for grant in GRANTS[route.act])
    }
    acts = {path for path in acts if not path.startswith(OTHER_GUARDS)}
    assert acts == TRIED.keys() | ELSEWHERE.keys() | FREE.keys()
    assert not TRIED.keys() & FREE.keys()
    assert set(TRIED.values()) <= ACTS.keys()
    files = "".join((HERE / name).read_text("utf-8") for name in ("test_own_dossiers.py", "test_id_app.py"))
    assert [name for name in ELSEWHERE.values() if f"def {name}(" not in files] == []


def test_nobody_withdraws_their_own_result(where, small_scan):
    case = filed(where, small_scan)
    for kind, role, outcome in story.STEPS:
        if kind == "approve":
            story.confirm(case.me, case.reference)
        story.complete(story.officer(where, role), case.task(kind), outcome).ok()
    story.until("the result", lambda: story.returned(case.me, case.reference))
    document = case.me.get(f"/v1/dossiers/{case.reference}").ok().body["results"][-1]
    path = f"/v1/messages/{document}/withdrawal"
    problem(case.officer("leader").post(path, DECISION), 403, "own_dossier")
    waits = leader_of(where).post(path, DECISION).ok().body
    for verdict in ("confirm", "decline"):
        body = {"proposal": waits["proposal"], "verdict": verdict}
        problem(case.officer("leader").post(f"{path}/confirmation", body), 403, "own_dossier")


# --- at the counter -------------------------------------------------------------------------------------------------


def test_nobody_takes_in_at_the_counter_what_is_their_own_or_what_they_bring(where):
    body = paper()
    mine = owner(where, "reception", body["applicant"]["number"])
    problem(take_in(mine, body), 403, "own_dossier")
    bringer = story.somebody()["personal_id"]
    brought = paper(brought_by={"number": bringer, "name": "Trần Văn Thưởng"})
    problem(take_in(owner(where, "reception", bringer), brought), 403, "own_dossier")
    taken = take_in(story.officer(where, "reception"), brought).ok(201).body
    case = Case(where, bringer, holder_of(where, brought), taken["reference"])
    problem(case.complete("reception", "receive", "accepted"), 403, "own_dossier")
    problem(case.act("reception", "originals/1/return", {"to": "applicant", "proof": "signature"}), 403, "own_dossier")
    assert NOTICE["component"] in str(taken["papers"])


def test_nobody_takes_in_at_the_counter_what_names_them_or_is_of_whom_they_represent(cloud, where):
    """The form names them as the father; the applicant gave them a mandate of which the body says nothing."""
    number = story.somebody()["personal_id"]
    form = {**story.FORM, "father": {**story.FORM["father"], "personal_id": number}}
    problem(take_in(owner(where, "reception", number), paper(form=form)), 403, "own_dossier")
    take_in(story.officer(where, "reception"), paper(form=form)).ok(201)

    giver, agent = mandated.person(where, "Lê Thị An"), mandated.person(where, "Phan Bích Lượng")
    desk = owner(where, "reception", agent.number)
    take_in(desk).ok(201)  # and so this process knows that they are tied to nobody
    mandated.mandated(cloud, giver, agent)
    body = paper()
    body["applicant"] |= {"number": giver.number, "name": giver.name}
    problem(take_in(desk, body), 403, "own_dossier")
    take_in(story.officer(where, "reception"), body).ok(201)


# --- papers ---------------------------------------------------------------------------------------------------------


def test_nobody_drops_a_paper_into_their_own_dossier_by_its_code(cloud, where, small_scan):
    """Named, it is refused; without a name, the code on the page led to it, and nobody was asked whose it is."""
    case = filed(where, small_scan)
    desk, mine = story.officer(where, "reception"), case.officer("reception")
    before = {each["id"] for each in story.dossier(case.me, case.reference)["components"]}
    sheet = coded(case.reference)
    problem(mine.post("/v1/drops", {"dossier": case.reference, **JPEG}), 403, "own_dossier")
    place = put(mine.post("/v1/drops", JPEG).ok(201), sheet)
    told = story.until("the verdict", lambda: [x for x in story.listed(mine, REFUSED, "drops") if place in x["key"]])
    assert [each["reason_code"] for each in told] == ["own_dossier"]
    cloud.wait_idle()
    assert {each["id"] for each in story.dossier(case.me, case.reference)["components"]} == before
    put(desk.post("/v1/drops", JPEG).ok(201), sheet)
    story.until("a colleague's", lambda: len(story.dossier(case.me, case.reference)["components"]) > len(before))


def test_nobody_signs_sorts_or_rejects_a_copy_of_their_own_paper_nor_looks_its_values_over(
    where, birth_scan, small_scan
):
    case = filed(where, small_scan)
    desk, mine = story.officer(where, "reception"), case.officer("reception")
    story.scanned(desk, case.reference, birth_scan, "KQ004389.jpg")
    copy = story.until("the copy", lambda: story.copy_of(desk, case.reference))
    problem(story.sign_copy(mine, copy), 403, "own_dossier")
    many = {"copies": [copy], "compared_with_original": True}
    assert [each["refusal"] for each in mine.post("/v1/copies/signatures", many).body["verdicts"]] == ["own_dossier"]
    problem(mine.post(f"/v1/copies/{copy}/sorting", {"component": story.RESIDENCE}), 403, "own_dossier")
    gone = {"reason": "unreadable", "note": "Ảnh mờ"}
    problem(mine.post(f"/v1/copies/{copy}/rejection", gone), 403, "own_dossier")
    problem(mine.post(f"/v1/copies/{copy}/rejection/decline", {}), 403, "own_dossier")
    story.sign_copy(desk, copy).ok(202)
    story.until("the review", lambda: desk.get(f"/v1/reviews/{copy}").status == 200 or None)
    seen = mine.get(f"/v1/reviews/{copy}").ok()
    version = int(seen.headers["ETag"].strip('"'))
    problem(mine.post(f"/v1/reviews/{copy}/claim", {}), 403, "own_dossier")
    story.second(where).post(f"/v1/reviews/{copy}/claim", {}).ok()
    problem(mine.post(f"/v1/reviews/{copy}/release", {}), 403, "own_dossier")
    story.second(where).post(f"/v1/reviews/{copy}/release", {}).ok()
    problem(mine.post(f"/v1/reviews/{copy}/rejection", gone), 403, "own_dossier")
    said = {"field": seen.body["next"]["name"], "verb": "confirm"}
    problem(mine.post(f"/v1/reviews/{copy}/answers", {"answers": [said]}, version=version), 403, "own_dossier")
    one = f"/v1/reviews/{copy}/fields/{said['field']}/answer"
    problem(mine.call("POST", one, {"verb": "confirm"}, version=version), 403, "own_dossier")
    story.look_over(copy, desk, story.second(where))
    assert story.until("the data message", lambda: story.settled(desk, case.reference))


# --- who represents whom --------------------------------------------------------------------------------------------


def test_whom_they_represent_and_who_represents_them_are_as_they_themselves(cloud, where, small_scan):
    principal, agent = mandated.person(where, "Lê Văn Ủy"), mandated.person(where, "Đỗ Thị Quyền")
    made = mandated.mandated(cloud, principal, agent)
    body = {"procedure": story.PROCEDURE, "agency": story.AGENCY, "acts_for": made}
    draft = agent.client.post("/v1/drafts", body).ok(201).body["reference"]
    story.fill(agent.client, draft).ok()
    assert story.checked(agent.client, draft, story.upload(agent.client, draft, small_scan))["status"] == "accepted"
    story.submit(agent.client, draft).ok(201)
    for person in (principal, agent):
        case = Case(where, person.number, agent.client, draft)
        problem(case.complete("reception", "receive", "accepted"), 403, "own_dossier")


@pytest.mark.parametrize("side", ["represented", "representative"])
def test_a_mandate_that_this_dossier_does_not_use_counts_as_well_and_also_when_it_was_just_ended(
    cloud, where, small_scan, side
):
    case = filed(where, small_scan)
    applicant = mandated.Person({**story.CITIZEN, "personal_id": case.number, "name": story.CITIZEN["name"]}, case.me)
    tied, left = mandated.person(where, "Đỗ Thị Quyền"), mandated.person(where, "Lý Thị Từng")
    for other, procedure in ((tied, "1.004222"), (left, "1.000894")):
        sides = (other, applicant) if side == "represented" else (applicant, other)
        made = mandated.mandated(cloud, *sides, procedures=[procedure])
        if other is left:
            sides[0].client.post(f"/v1/mandates/{made}/revocation", {"reason": "Không còn cần"}).ok()
            cloud.wait_idle()
    for other in (tied, left):
        told = Case(where, other.number, case.me, case.reference).complete("reception", "receive", "accepted")
        problem(told, 403, "own_dossier")
    stranger = story.somebody()["personal_id"]
    Case(where, stranger, case.me, case.reference).complete("reception", "receive", "accepted").ok()


def test_who_acts_for_an_organisation_decides_on_nothing_of_it(where, small_scan):
    acting = story.somebody()["personal_id"]
    claims = {
        "kind": "ORGANISATION",
        "organisation": "0109999991",
        "organisation_name": "Công ty Bình Minh",
        "level": 2,
    }
    me = Client.login(where, sub=f"org-{acting}", name="Đỗ Minh Anh", personal_id=acting, **claims)
    reference = ready(me, small_scan)
    story.submit(me, reference).ok(201)
    case = Case(where, acting, me, reference)
    problem(case.complete("reception", "receive", "accepted"), 403, "own_dossier")
    Case(where, story.somebody()["personal_id"], me, reference).complete("reception", "receive", "accepted").ok()


def _offers(me):
    side = {"kind": "CITIZEN", "identity": story.somebody()["personal_id"], "name": "Lý Văn Nam"}
    terms = {"procedures": [story.PROCEDURE], "storage": "BOTH"}
    me.post("/v1/mandates", {"role": "represented", "other": side} | terms).ok(201)


OTHER_WAYS = {
    "petition": lambda me: file_petition(me).ok(201),
    "data request": lambda me: me.post(
        "/v1/me/data/requests", {"kind": "delete", "agency": story.AGENCY, "words": "Xin xóa dữ liệu"}
    ).ok(201),
    "mandate": _offers,
}
"""What else somebody does by an organisation's account."""


@pytest.mark.parametrize("way", ["before", "since", "counter", *OTHER_WAYS])
def test_who_filed_for_an_organisation_decides_on_nothing_that_a_colleague_files_for_it(where, small_scan, way):
    """They filed another dossier of it by its account, before this one or since, or brought one on paper.

    Or a petition, a request about its data, or a mandate.
    """
    mine, theirs = (story.somebody()["personal_id"] for _ in range(2))
    code = f"01{mine[-8:]}"

    def of(number):
        claims = {"kind": "ORGANISATION", "organisation": code, "organisation_name": "Công ty Sao Mai", "level": 2}
        return Client.login(where, sub=f"org-{number}", name="Đỗ Minh Anh", personal_id=number, **claims)

    def files(me):
        reference = ready(me, small_scan)
        story.submit(me, reference).ok(201)
        return reference

    first = files(of(mine)) if way == "before" else None
    colleague = of(theirs)
    reference = files(colleague)
    if way == "since":
        first = files(of(mine))
    elif way == "counter":
        applicant = {**paper()["applicant"], "number": code, "name": "Công ty Sao Mai", "kind": "ORGANISATION"}
        body = paper(applicant=applicant, brought_by={"number": mine, "name": "Đỗ Minh Anh"})
        first = take_in(story.officer(where, "reception"), body).ok(201).body["reference"]
    elif way in OTHER_WAYS:
        OTHER_WAYS[way](of(mine))
    assert first != reference
    case = Case(where, mine, colleague, reference)
    problem(case.complete("reception", "receive", "accepted"), 403, "own_dossier")
    Case(where, story.somebody()["personal_id"], colleague, reference).complete("reception", "receive", "accepted").ok()


# --- whose number nobody knows --------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ACTS)
def test_whose_number_nobody_knows_decides_nothing_after_the_day_that_the_stage_names(where, case, act):
    nameless = Case(where, None, case.me, case.reference)
    told = problem(ACTS[act](nameless), 403, "number_unknown")
    assert told["known_from"] == "2026-01-01"


def test_whom_the_form_names_later_sees_to_no_paper_that_came_before(cloud, where, small_scan, birth_scan):
    """An officer whom a supplement named as the father signed the copy of a scan that was made before it."""
    number, case, desk = story.somebody()["personal_id"], filed(where, small_scan), story.officer(where, "reception")
    story.scanned(desk, case.reference, birth_scan, "KQ004389.jpg")
    copy = story.until("the copy", lambda: story.copy_of(desk, case.reference))
    asked = {"items": [ASKED | {"target": "/father/personal_id"}]}
    desk.post(f"/v1/tasks/{case.task('receive')}/complete", {"outcome": "supplement", "supplement": asked}).ok()
    path = f"/v1/dossiers/{case.reference}/supplement"
    version = int(case.me.get(path).ok().headers["ETag"].strip('"'))
    case.me.call("POST", path, {"fields": {"/father/personal_id": number}}, version=version).ok()
    cloud.wait_idle()
    problem(story.sign_copy(owner(where, "reception", number), copy), 403, "own_dossier")
    story.sign_copy(desk, copy).ok(202)
