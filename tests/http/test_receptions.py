"""Reception takes in what comes on paper: at the counter, by post; it goes on to its result like any other."""

import pytest

from chalicelib.dossier.noticed import SYSTEM
from chalicelib.kernel.clock import moment
from chalicelib.onestop.dates import forwarding_due, reception_due
from infra.demo import story
from infra.demo.client import Client
from tests.http.test_hands import told
from tests.http.test_mandates import Side, made
from tests.http.test_own_dossiers import WHY
from tests.http.test_supplement import (
    OTHER_CHILD,
    answer,
    ask,
    at_counter,
    dropped_slip,
    supplement,
    supplemented,
    told_at,
)
from tests.support.asserts import problem, rules
from tests.support.catalogue import fresh_receipt
from tests.support.counter import NOTICE, holder_of, paper, scan, take_in
from tests.support.recall import leader_of
from tests.support.world import OTHER_AGENCY, officer_of, ready, tables


@pytest.fixture
def desk(where):
    return story.officer(where, "reception")


def accepted(desk, taken, channel):
    """Reception accepts it; what came by post with the scan of its envelope."""
    scanned = {"authorisation": dropped_slip(desk, taken["reference"])} if channel == "POSTAL" else {}
    return desk.post(f"/v1/tasks/{taken['task']}/complete", {"outcome": "accepted", **scanned})


def missing(answer):
    return [each["code"] for each in answer.body["missing"]]


@pytest.mark.parametrize("channel", ["DIRECT", "POSTAL"])
def test_a_dossier_on_paper_is_the_officers_at_once_and_goes_to_its_result(where, desk, small_scan, channel):
    body = paper(channel=channel)
    taken = take_in(desk, body, key=(key := f"counter-{body['applicant']['number']}")).ok(201)
    reference = taken.body["reference"]
    assert taken.headers["Location"] == f"/v1/dossiers/{reference}"
    assert (missing(taken), taken.body["form_errors"]) == ([], [])
    assert [(each["status"], each["originals"]) for each in taken.body["papers"]] == [("awaited", 1)]
    assert take_in(desk, body, key=key).ok(201).body == taken.body
    problem(take_in(desk, paper(), key=key), 409, "key_reused")

    task = desk.get(f"/v1/tasks/{taken.body['task']}").ok().body
    assert task["claim"]["name"] == "Phan Bích Lượng"
    me = holder_of(where, body)
    seen = story.dossier(me, reference)
    assert (seen["channel"], seen["state"]["code"], seen["papers"]) == (channel, 1, taken.body["papers"])

    accepted(desk, taken.body, channel).ok()
    due = story.dossier(me, reference)
    assert all((due["dossier_code"], due["due_at"]))
    receipt = story.until("the receipt", lambda: me.get(f"/v1/messages/{due['receipt']}").body.get("url"))
    assert receipt
    seen = story.dossier(me, reference)
    is_direct = channel == "DIRECT"
    assert (seen["state"]["code"], seen["holding"]["task"]) == ((2, "forward") if is_direct else (4, "verify"))
    between = (("forward", "reception", "forwarded"),) if is_direct else ()
    for kind, role, outcome in (*between, *story.STEPS[1:]):
        officer = story.officer(where, role)
        name = story.until(kind, lambda kind=kind, officer=officer: story.task_of(officer, reference, kind))
        if kind == "approve":
            early = problem(story.complete(officer, name, outcome), 409, "task_not_ready")
            assert story.BIRTH_NOTICE in early["components"]
            assert len(early["components"]) == (1 if is_direct else 2), "and the envelope"
            if not is_direct:
                copy = story.until("the envelope's copy", lambda: story.copy_of(desk, reference))
                story.sign_copy(desk, copy).ok(202)
                story.look_over(copy, desk)
            scan(desk, reference, small_scan)
        story.complete(officer, name, outcome).ok()
    done = story.until("the result", lambda: story.returned(me, reference))
    assert done["vault_document"]
    assert done["papers"][0]["status"] == "arrived"
    notices = me.get(f"/v1/dossiers/{reference}/notices").ok().body["notices"]
    assert [each["state"]["code"] for each in notices if each["about"] == "state"] == [1, 2, 4, 9, 10]
    beside = [each["about"] for each in notices if each["about"] != "state"]
    assert beside == (["brought"] if is_direct else ["brought", "scan"]), "the envelope is on no slip"


def test_what_is_missing_is_asked_for_by_a_supplement_and_not_accepted_before(where, desk, small_scan):
    child = {k: v for k, v in story.FORM["child"].items() if k != "full_name"}
    body = paper(papers=[], form={**story.FORM, "child": child}, incomplete=True)
    taken = take_in(desk, body).ok(201)
    reference = taken.body["reference"]
    assert missing(taken) == [story.BIRTH_NOTICE]
    assert [each["pointer"] for each in taken.body["form_errors"]] == ["/child/full_name"]
    early = problem(
        desk.post(f"/v1/tasks/{taken.body['task']}/complete", {"outcome": "accepted"}), 409, "dossier_incomplete"
    )
    assert [each["code"] for each in early["components"]] == [story.BIRTH_NOTICE]
    assert [each["pointer"] for each in early["errors"]] == ["/child/full_name"]
    asked = {
        "reason": "MISSING",
        "basis": "Luật Hộ tịch 60/2014/QH13, Điều 16",
        "remedy": "Nộp bản chính giấy chứng sinh",
    }
    items = [{**asked, "target": story.BIRTH_NOTICE}, {**asked, "target": "/child/full_name"}]
    desk.post(
        f"/v1/tasks/{taken.body['task']}/complete", {"outcome": "supplement", "supplement": {"items": items}}
    ).ok()
    scan(desk, reference, small_scan)
    present = {"name": story.CITIZEN["name"], "number": body["applicant"]["number"]}
    present |= {"slip": dropped_slip(desk, reference)}
    at_counter(desk, reference, {"/child/full_name": "Lê Nguyễn Gia Khánh"}, present).ok()
    again = story.until("the task", lambda: story.task_of(desk, reference, "receive"))
    story.complete(desk, again, "accepted").ok()


@pytest.mark.parametrize("channel", ["DIRECT", "POSTAL"])
def test_no_officer_alone_answers_a_supplement_for_who_filed_on_paper(where, desk, channel):
    body = paper(channel=channel)
    taken = take_in(desk, body).ok(201).body
    reference, me = taken["reference"], holder_of(where, body)
    ask(desk, reference, OTHER_CHILD).ok()
    name = {OTHER_CHILD["target"]: "Trần Khác"}
    assert rules(answer(desk, reference, name)) == {"/at_counter": "required"}
    present = {"name": "Nguyễn Thị Bích Ngọc", "number": body["applicant"]["number"], "slip": "nothing"}
    stranger = present | {"number": story.somebody()["personal_id"]}
    assert rules(at_counter(desk, reference, name, stranger)) == {
        "/at_counter/number": "not_concerned", "/at_counter/slip": "unknown",
    }  # fmt: skip
    assert supplement(me, reference)[0]["is_open"]
    assert story.dossier(me, reference)["form"]["child"]["full_name"] == story.FORM["child"]["full_name"]
    at_counter(desk, reference, name, present | {"slip": dropped_slip(desk, reference)}).ok()

    (entered,) = supplemented(me, reference)
    (field,) = entered["fields"]
    assert (field["before"], field["after"]) == (story.FORM["child"]["full_name"], "Trần Khác")
    assert (entered["present"], len(entered["slip_sha256"])) == ("Nguyễn Thị Bích Ngọc", 64)
    assert entered["object_by"] > told_at(me, reference)
    held = story.dossier(me, reference)["holding"]
    reason = {"reason": "Tôi không đến quầy và không đổi tên con"}
    me.post(f"/v1/dossiers/{reference}/supplement/objection", reason).ok()
    assert story.dossier(me, reference)["holding"] == held, "nothing waits for an objection"
    assert story.task_of(leader_of(where), reference, "objection")


def test_who_filed_on_paper_answers_online_by_themselves(where, desk):
    body = paper()
    reference = take_in(desk, body).ok(201).body["reference"]
    me = holder_of(where, body)
    ask(desk, reference, OTHER_CHILD).ok()
    answer(me, reference, {OTHER_CHILD["target"]: "Lê Nguyễn Gia Hân"}).ok()
    assert supplemented(me, reference) == []
    assert story.dossier(me, reference)["form"]["child"]["full_name"] == "Lê Nguyễn Gia Hân"


def test_an_intake_without_what_the_version_asks_for_is_refused_by_name_and_nothing_is_written(cloud, where, desk):
    cloud.wait_idle()
    before = tables(where)["Dossiers"]
    nothing = problem(take_in(desk, paper(papers=[], form={})), 422, "intake_incomplete")
    assert nothing["components"] == [], "whether it is asked for, an answer decides"
    assert {each["pointer"]: each["rule"] for each in nothing["errors"]}.items() >= {"/form/child": "required"}.items()
    unpapered = problem(take_in(desk, paper(papers=[])), 422, "intake_incomplete")
    assert [each["code"] for each in unpapered["components"]] == [story.BIRTH_NOTICE]
    assert not unpapered.get("errors")
    child = {k: v for k, v in story.FORM["child"].items() if k != "full_name"}
    unformed = problem(take_in(desk, paper(form={**story.FORM, "child": child})), 422, "intake_incomplete")
    assert unformed["components"] == []
    assert [(each["pointer"], each["rule"]) for each in unformed["errors"]] == [("/form/child/full_name", "required")]
    for channel in ("DIRECT", "POSTAL"):
        bare = take_in(desk, paper(channel=channel, papers=[], form={}, incomplete=True))
        assert rules(bare) == {"/papers": "required"}, "nothing came at all"
    assert tables(where)["Dossiers"] == before


def test_what_reception_takes_in_as_incomplete_is_taken_and_a_whole_one_needs_no_word(desk):
    assert missing(take_in(desk, paper(papers=[], incomplete=True)).ok(201)) == [story.BIRTH_NOTICE]
    assert take_in(desk, paper(form={}, incomplete=True)).ok(201).body["form_errors"]
    assert missing(take_in(desk, paper()).ok(201)) == []


def test_what_is_wrong_is_named_by_its_place_and_nothing_is_written(cloud, where, desk):
    number = story.somebody()["personal_id"]
    wrong = paper(
        applicant={"kind": "ORGANISATION", "number": number, "name": "Công ty 甲"},
        papers=[{"component": "KQ000000", "originals": 1}, {**NOTICE, "originals": 0}, NOTICE, NOTICE],
    )
    cloud.wait_idle()
    before = tables(where)["Dossiers"]
    assert rules(take_in(desk, wrong)) == {
        "/applicant/number": "pattern",
        "/applicant/name": "letters_unprintable",
        "/brought_by": "required",
        "/papers/0/component": "unknown",
        "/papers/1": "counted",
        "/papers/2/component": "twice",
        "/papers/3/component": "twice",
    }
    many = [{**NOTICE, "component": c, "originals": 50} for c in (story.BIRTH_NOTICE, story.RESIDENCE, "x")]
    assert rules(take_in(desk, paper(papers=many)))["/papers"] == "most"
    problem(take_in(desk, paper(procedure="9.999999")), 404, "not_found")
    problem(take_in(desk, paper(representation="MD-0000000000000000")), 404, "not_found")
    assert rules(take_in(desk, paper(channel="ONLINE"))) == {"/channel": "literal_error"}
    assert tables(where)["Dossiers"] == before


def test_reception_takes_in_for_its_own_agency_alone(where, desk):
    problem(take_in(desk, paper(agency=OTHER_AGENCY)), 403, "not_allowed")
    problem(take_in(officer_of(where, OTHER_AGENCY, "reception")), 403, "not_allowed")
    for role in ("processing", "leader", "scanning"):
        problem(take_in(officer_of(where, story.AGENCY, role)), 403, "not_allowed")
    problem(take_in(story.citizen(where, **story.somebody())), 403, "not_allowed")


def test_who_came_instead_is_on_the_receipt_and_gets_no_access(where, desk):
    agent = story.somebody()["personal_id"]
    body = paper(brought_by={"name": "Trần Văn Thưởng", "number": agent})
    reference = take_in(desk, body).ok(201).body["reference"]
    stranger = story.citizen(where, sub="agent", personal_id=agent, name="Trần Văn Thưởng")
    problem(stranger.get(f"/v1/dossiers/{reference}"), 404, "not_found")
    assert story.dossier(holder_of(where, body), reference)["holder_name"] == story.CITIZEN["name"]


def test_what_a_stranger_brought_for_who_is_absent_is_accepted_by_a_scan_of_their_authorisation(where, desk):
    agent = {"name": "Trần Văn Thưởng", "number": story.somebody()["personal_id"]}
    body = paper(brought_by=agent)
    taken = take_in(desk, body).ok(201).body
    reference, me = taken["reference"], holder_of(where, body)
    (why,) = told(me, reference, "brought")
    assert agent["name"] in why, "the absent person is told at once who brought it"
    for said in ("Giấy chứng sinh", "Đăng ký khai sinh", "rút hồ sơ", "withdraw"):
        assert said in why, "what it is, and what they may do against it"
    assert "bưu chính" not in why
    assert agent["number"] not in why
    assert rules(story.complete(desk, taken["task"], "accepted")) == {"/authorisation": "required"}
    naming = {"outcome": "accepted", "authorisation": "nothing"}
    assert rules(desk.post(f"/v1/tasks/{taken['task']}/complete", naming)) == {"/authorisation": "unknown"}
    assert story.dossier(me, reference)["state"]["code"] == 1
    slip = dropped_slip(desk, reference)
    desk.post(f"/v1/tasks/{taken['task']}/complete", {**naming, "authorisation": slip}).ok()
    assert story.dossier(me, reference)["state"]["code"] == 2


@pytest.mark.parametrize("by", ["nobody", "agent", "applicant", "organisation"])
def test_what_came_by_post_is_told_to_whose_name_it_is_in_and_accepted_by_a_scan_of_how_it_came(where, desk, by):
    """One officer alone filed anything in anybody's name by post: nobody came, and nobody was told."""
    body = paper(channel="POSTAL")
    agent = {"name": "Trần Văn Thưởng", "number": story.somebody()["personal_id"]}
    if by == "organisation":
        number = f"01{body['applicant']['number'][-8:]}"
        body["applicant"] = {**body["applicant"], "kind": "ORGANISATION", "number": number, "name": "Sao Mai"}
    if by == "applicant":
        body["brought_by"] = {"name": body["applicant"]["name"], "number": body["applicant"]["number"]}
    elif by != "nobody":
        body["brought_by"] = agent
    taken = take_in(desk, body).ok(201).body
    reference = taken["reference"]
    if by == "organisation":
        number = body["applicant"]["number"]
        company = {"kind": "ORGANISATION", "organisation": number, "organisation_name": "Sao Mai"}
        me = Client.login(where, **{**story.CITIZEN, **story.somebody(), **company, "sub": f"org-{number}"})
    else:
        me = holder_of(where, body)
    (why,) = told(me, reference, "brought")
    assert (agent["name"] in why) is (by in ("agent", "organisation"))
    assert agent["number"] not in why
    for said in ("bưu chính", "by post", "Đăng ký khai sinh", "Giấy chứng sinh", "rút hồ sơ", "withdraw"):
        assert said in why, why
    assert rules(story.complete(desk, taken["task"], "accepted")) == {"/authorisation": "required"}
    naming = {"outcome": "accepted", "authorisation": "nothing"}
    assert rules(desk.post(f"/v1/tasks/{taken['task']}/complete", naming)) == {"/authorisation": "unknown"}
    assert story.dossier(me, reference)["state"]["code"] == 1
    accepted(desk, taken, "POSTAL").ok()
    assert story.dossier(me, reference)["state"]["code"] == 4


def test_who_disowns_what_came_by_post_in_their_name_withdraws_it(where, desk):
    """What the notice says is open to them: it is theirs, so nobody else does it."""
    body = paper(channel="POSTAL")
    reference = take_in(desk, body).ok(201).body["reference"]
    me = holder_of(where, body)
    me.post(f"/v1/dossiers/{reference}/withdrawal", {"reason": "Tôi không nộp hồ sơ này"}).ok()
    name = story.until("the stop", lambda: story.task_of(desk, reference, "withdrawal"))
    story.complete(desk, name, "stopped").ok()
    assert story.dossier(me, reference)["state"]["code"] == 8


def test_what_is_refused_of_what_came_by_post_needs_no_scan(desk):
    taken = take_in(desk, paper(channel="POSTAL")).ok(201).body
    desk.post(f"/v1/tasks/{taken['task']}/complete", {"outcome": "refused", **WHY}).ok()


@pytest.mark.parametrize("way", ["themselves", "organisation", "refused"])
def test_no_authorisation_is_asked_for_where_nobody_stands_for_an_absent_person(where, desk, way):
    body = paper()
    person, other = body["applicant"], {"name": "Trần Văn Thưởng", "number": story.somebody()["personal_id"]}
    by = {"name": person["name"], "number": person["number"]} if way == "themselves" else other
    if way == "organisation":
        body["applicant"] = {
            **person,
            "number": f"01{person['number'][-8:]}",
            "name": "Sao Mai",
            "kind": "ORGANISATION",
        }
    taken = take_in(desk, {**body, "brought_by": by}).ok(201).body
    if way == "refused":
        desk.post(f"/v1/tasks/{taken['task']}/complete", {"outcome": "refused", **WHY}).ok()
    else:
        story.complete(desk, taken["task"], "accepted").ok()
    if way == "themselves":
        (why,) = told(holder_of(where, body), taken["reference"], "brought")
        assert other["name"] not in why


def test_who_was_at_the_counter_as_one_officer_says_is_told_what_came_in_their_name(where, desk):
    """One officer filed in anybody's name by leaving out who came, and the person was told of states alone."""
    body = paper()
    taken = take_in(desk, body).ok(201).body
    (why,) = told(holder_of(where, body), taken["reference"], "brought")
    said_to = ("gửi đến: 0912000111", "goes to 0912000111")  # a desk typed its own, and all news went there
    for said in (
        *("người nộp có mặt", "by yourself", "Đăng ký khai sinh", "Giấy chứng sinh", "rút hồ sơ", "withdraw"),
        *said_to,
    ):
        assert said in why, why
    assert "bưu chính" not in why


def test_who_filed_online_is_told_of_each_scan_that_an_agency_puts_into_their_dossier(where, desk, small_scan):
    """One scanning officer put a paper into it, and it went to the vault with the rest: nobody was told."""
    me = story.citizen(where, **story.somebody())
    reference = ready(me, small_scan)
    story.submit(me, reference).ok(201)
    assert told(me, reference, "scan") == []
    for name in ("KQ003785 xác nhận cư trú.jpg", "gì đó.jpg"):
        story.scanned(desk, reference, small_scan, name)
    known, other = story.until("both scans", lambda: scans if len(scans := told(me, reference, "scan")) > 1 else None)
    assert "thông tin về cư trú" in known, known
    for said in (known, other):
        assert "khiếu nại" in said
        assert "complaint" in said
    assert "giấy tờ khác" in other


def test_who_filed_online_is_told_as_what_a_scan_of_their_dossier_is_sorted(where, desk, small_scan):
    """Of a scan without a name they were told "another paper", and it became the birth notice."""
    me = story.citizen(where, **story.somebody())
    reference = ready(me, small_scan)
    story.submit(me, reference).ok(201)
    story.scanned(desk, reference, small_scan, "gì đó.jpg")
    copy = story.until("the copy", lambda: story.copy_of(desk, reference))
    assert ["giấy tờ khác" in said for said in told(me, reference, "scan")] == [True]
    desk.post(f"/v1/copies/{copy}/sorting", {"component": story.RESIDENCE}).ok()
    _, now = told(me, reference, "scan")
    assert "thông tin về cư trú" in now, now


def test_who_filed_online_is_told_when_an_officer_takes_a_scan_out_of_their_dossier(where, desk, small_scan):
    """One scanning officer rejected a person's paper, or erased it as secret: it counted no more, and nobody knew."""
    me = story.citizen(where, **story.somebody())
    reference = ready(me, small_scan)
    story.submit(me, reference).ok(201)
    story.scanned(desk, reference, small_scan, "KQ003785 xác nhận cư trú.jpg")
    copy = story.until("the copy", lambda: story.copy_of(desk, reference))
    desk.post(f"/v1/copies/{copy}/rejection", {"reason": "not_this_dossier"}).ok()
    (notice,) = [
        each
        for each in me.get(f"/v1/dossiers/{reference}/notices").ok().body["notices"]
        if each["about"] == "rejection"
    ]
    assert notice["reason"] == "Giấy tờ không thuộc hồ sơ này / The paper does not belong to this dossier"
    assert notice["handler"] != SYSTEM
    assert all(notice[fact] for fact in ("agency", "received_at", "processed_at"))


def test_by_a_mandate_the_agent_is_at_the_counter_themselves(cloud, where, desk):
    giver, agent = Side(where, "Nguyễn Thị Bích Liễu"), Side(where, "Trần Văn Thưởng")
    mandate = made(giver, agent)
    cloud.wait_idle()
    applicant = {**paper()["applicant"], "number": giver.claims["personal_id"]}
    body = paper(applicant=applicant, representation=mandate)
    agents = {"name": agent.claims["name"], "number": agent.claims["personal_id"]}
    stranger = {**agents, "number": story.somebody()["personal_id"]}
    assert rules(take_in(desk, body)) == {"/brought_by": "agent_absent"}
    assert rules(take_in(desk, {**body, "brought_by": stranger})) == {"/brought_by": "agent_absent"}
    take_in(desk, {**body, "channel": "POSTAL"}).ok(201)
    reference = take_in(desk, {**body, "brought_by": agents}).ok(201).body["reference"]
    assert story.dossier(agent.client, reference)["filed_by"]["representation"] == mandate
    (why,) = told(giver.client, reference, "brought")
    assert agents["name"] in why
    story.complete(desk, f"{reference}.0-commune.receive", "accepted").ok()


def test_what_was_handed_in_is_forwarded_by_a_row_of_the_slip_within_its_own_deadline(where, desk):
    taken = take_in(desk).ok(201).body
    story.complete(desk, taken["task"], "accepted").ok()
    reference = taken["reference"]
    due = story.dossier(desk, reference)["due_at"]
    name = story.until("forward", lambda: story.task_of(desk, reference, "forward"))
    task = desk.get(f"/v1/tasks/{name}").ok().body
    accepted = moment(story.dossier(desk, reference)["accepted_at"])
    assert moment(task["due_at"]) == moment(forwarding_due(accepted))
    problem(
        story.officer(where, "processing").post(f"/v1/tasks/{name}/complete", {"outcome": "forwarded"}),
        403,
        "not_allowed",
    )
    assert rules(desk.post(f"/v1/tasks/{name}/complete", {"outcome": "accepted"})) == {"/outcome": "enum"}
    desk.post(f"/v1/tasks/{name}/complete", {"outcome": "forwarded", "note": "Kèm 1 bản chính"}).ok()
    rows = desk.get(f"/v1/dossiers/{reference}/slip").ok().body["rows"]
    assert [each["receiver"] for each in rows] == ["Bộ phận tiếp nhận", "Bộ phận thẩm tra"]
    assert rows[-1]["note"] == "Kèm 1 bản chính"
    after = story.dossier(desk, reference)
    assert (after["state"]["code"], after["due_at"]) == (4, due), "the settlement clock does not move"


def test_a_payment_before_the_forwarding_keeps_nothing_from_it(where, desk):
    taken = take_in(desk).ok(201).body
    reference = taken["reference"]
    story.complete(desk, taken["task"], "accepted").ok()
    owed = {"amount": 50_000, "reason": "Lệ phí cấp giấy phép"}
    desk.post(f"/v1/dossiers/{reference}/payment/request", owed).ok()
    story.officer(where, "processing").post(f"/v1/dossiers/{reference}/payment", {"proof": fresh_receipt()}).ok()
    name = story.until("forward", lambda: story.task_of(desk, reference, "forward"))
    desk.post(f"/v1/tasks/{name}/complete", {"outcome": "forwarded"}).ok()
    assert story.dossier(desk, reference)["holding"]["task"] == "verify"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "lieu@example.vn\nBcc: ke@example.vn"),
        ("email", "lieu@example.vn, ke@example.vn"),
        ("email", '"lieu@example.vn, ke"@example.vn'),
        ("email", "Liễu <lieu@example.vn>"),
        ("email", "lieu\u0000@example.vn"),
        ("email", "lieu"),
        ("phone", "0912000\n0912111"),
        ("phone", "0912\u0000"),
        ("email", ".a@b.vn"),
        ("email", "a..b@b.vn"),
        ("email", "a%0d%0a@b.vn"),
        ("phone", "++++"),
        ("phone", "()"),
        ("phone", "0912 000"),
        ("phone", "0912-+000111"),
        ("phone", "++84912000111"),
        ("phone", "0912000111 0987000111"),
        ("phone", "09120001110987000111"),
        ("phone", "٠٩١٢٣٤٥٦٧٨"),
        ("address", "x\u0000"),
        ("address", "Thôn 3\nxã Vĩnh Phước"),
        ("name", "Nguyễn\nLiễu"),
    ],
)
def test_an_address_that_is_none_or_two_is_refused_by_name(desk, field, value):
    body = paper()
    given = {**body, "applicant": {**body["applicant"], field: value}}
    assert rules(take_in(desk, given)) == {f"/applicant/{field}": "string_pattern_mismatch"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", ""),
        ("email", "a.b+c@x-y.example.vn"),
        ("phone", "+84 (0)912-000.111"),
        ("phone", "(024) 3825 1234"),
        ("phone", "(+84) 912000111"),
        ("phone", ""),
        ("address", ""),
    ],
)
def test_an_address_as_people_have_it_is_taken(desk, field, value):
    body = paper()
    take_in(desk, {**body, "applicant": {**body["applicant"], field: value}}).ok(201)


@pytest.mark.parametrize("channel", ["DIRECT", "POSTAL"])
def test_the_clock_of_reception_is_that_of_the_online_dossier(desk, channel):
    """No text was found with another number for paper: the pack's policy says so."""
    taken = take_in(desk, paper(channel=channel)).ok(201).body
    assert moment(taken["due_at"]) == moment(reception_due(moment(taken["received_at"])))
