"""Whom a complaint is about does not deal with it, two erase it with a basis, and no public answer shows who asked."""

import re
from itertools import count

import pytest

from infra.demo import story
from infra.demo.client import Client
from tests.http.test_petitions import ALL, MINE, file, owed
from tests.http.test_staff import opened
from tests.http.test_staff import person as person_of
from tests.support.asserts import problem, rules
from tests.support.catalogue import fresh_agency
from tests.support.world import OTHER_AGENCY

ABOVE = "H01"
BASIS = "Luật 91/2025/QH15 Điều 14"
_NUMBERS = count(1)
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.fixture
def person():
    return {**story.somebody(), "name": "Trần Ngọc Bích"}


@pytest.fixture
def me(where, person):
    return story.citizen(where, **person)


def officer(where, name, *roles, agency=story.AGENCY):
    """An officer of this name, whom no other test knows."""
    sub = f"guard-{next(_NUMBERS)}"
    return Client.login(where, sub=sub, kind="OFFICER", name=name, agency=agency, roles=list(roles or ("leader",)))


@pytest.fixture
def leader(where):
    return officer(where, "Lê Hoàng Yến")


@pytest.fixture
def second(where):
    return officer(where, "Phạm Quốc Việt")


@pytest.fixture
def above(where):
    return officer(where, "Đỗ Thị Hạnh", agency=ABOVE)


def refused(who, name, reason="Không thuộc thẩm quyền"):
    return who.post(f"{ALL}/{name}/refusal", {"reason": reason, "basis": "Điều 10"})


def ended(who, me, **more):
    """A petition that was refused by somebody."""
    name = file(me, **more).ok(201).body["id"]
    refused(who, name).ok()
    return name


def deletion(me, agency=story.AGENCY, kind="delete"):
    body = {"kind": kind, "agency": agency, "words": "Xin xóa dữ liệu về tôi"}
    return me.post("/v1/me/data/requests", body).ok(201).body["id"]


def test_what_became_of_an_erased_petition_is_not_dealt_with_by_its_agency_where_it_named_an_officer(
    where, me, leader, second, above
):
    """With its words the name is gone: it may be anybody's there, so the agency above takes the answer back."""
    named, plain = (file(me, **more).ok(201).body["id"] for more in ({"officer": "Lê Hoàng Yến"}, {}))
    for name in (named, plain):
        second.post(f"{ALL}/{name}/answer", {"words": "Đã kiểm tra", "basis": "Điều 31"}).ok()
        public = {"question": "Nộp ở đâu?", "answer": "Nộp tại xã"}
        second.post(f"{ALL}/{name}/publication", public).ok()
        propose(second, name, deletion(me)).ok()
        decide(officer(where, "Ngô Thị Mai"), name).ok()
    back = {"ground": "wrong", "reason": "Trả lời sai"}
    told = problem(leader.post(f"{ALL}/{named}/retraction", back), 403, "officer_concerned")
    assert (told["why"], told["above"]) == ("erased", ABOVE)
    problem(second.post(f"{ALL}/{named}/retraction", back), 403, "officer_concerned")
    above.post(f"{ALL}/{named}/retraction", back).ok()
    leader.post(f"{ALL}/{plain}/retraction", back).ok()


def propose(who, name, request=None, ground="request", basis=BASIS):
    return who.post(f"{ALL}/{name}/erasure", {"ground": ground, "basis": basis, "request": request})


def decide(who, name, decision="confirm", at=None):
    seen = who.get(f"{ALL}/{name}")
    at = at or (seen.body.get("proposed_erasure") or {}).get("at") or "2026-01-01T00:00:00+07:00"
    return who.post(f"{ALL}/{name}/erasure/confirmation", {"proposed_at": at, "decision": decision})


# --- whom it is about ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["Lê Hoàng Yến", "ba le hoang  YEN, pho chu tich", "Bà Yến"])
def test_a_leader_who_is_named_does_nothing_with_it_but_send_it_up(where, me, leader, second, said):
    name = file(me, "complaint", "conduct", officer=said).ok(201).body["id"]
    for what, body in {
        "acceptance": {},
        "refusal": {"reason": "Trùng nội dung", "basis": "Điều 10"},
        "answer": {"words": "x"},
        "question": {"words": "x"},
        "prolongation": {"reason": "Trùng nội dung"},
        "publication": {"question": "x", "answer": "y"},
        "withholding": {"reason": "Trùng nội dung"},
        "erasure": {"ground": "retention", "basis": "Điều 10"},
        "erasure/confirmation": {"proposed_at": "2026-01-01T00:00:00+07:00", "decision": "confirm"},
        "forwarding": {"to": OTHER_AGENCY},
    }.items():
        told = problem(leader.post(f"{ALL}/{name}/{what}", body), 403, "officer_concerned")
        assert (told["why"], told["above"]) == ("named", ABOVE), what
    assert name in owed(leader), "the lists are those of the role"
    assert name in owed(second)
    assert second.get(f"{ALL}/{name}").ok().body["officer"] == said
    assert second.post(f"{ALL}/{name}/acceptance", {}).ok().body["progress"] == "taken_up"
    assert me.get(f"{MINE}/{name}").ok().body["progress"] == "taken_up"


def test_where_everybody_is_named_the_agency_above_has_it_on_its_list_and_deals_with_it(me, leader, second, above):
    name = file(me, "complaint", "conduct", officer="Lê Hoàng Yến và Phạm Quốc Việt").ok(201).body["id"]
    for each in (leader, second):
        problem(refused(each, name), 403, "officer_concerned")
    assert name in owed(above)
    assert above.get(f"{ALL}/{name}").ok().body["agency"] == story.AGENCY
    above.post(f"{ALL}/{name}/acceptance", {}).ok()
    assert name not in owed(above), "it was taken up"
    above.post(f"{ALL}/{name}/answer", {"words": "Đã kiểm tra", "basis": "Điều 31"}).ok()
    told = me.get(f"{MINE}/{name}/notices").ok().body["notices"]
    assert [(each["about"], each["agency"], each["handler"]) for each in told[1:]] == [
        ("taken_up", ABOVE, "Đỗ Thị Hạnh"),
        ("answered", ABOVE, "Đỗ Thị Hạnh"),
    ]


def test_who_is_named_may_send_it_up_and_it_is_a_task_there(me, leader, above):
    name = file(me, "complaint", "conduct", officer="Lê Hoàng Yến").ok(201).body["id"]
    assert leader.post(f"{ALL}/{name}/forwarding", {"to": ABOVE}).ok().body["to"] == ABOVE
    assert name in owed(above)
    problem(leader.get(f"{ALL}/{name}"), 404, "not_found")
    assert above.post(f"{ALL}/{name}/acceptance", {}).ok().body["agency"] == ABOVE


def test_what_names_nobody_is_on_no_list_above_and_nobody_there_reads_it(me, above):
    name = file(me, "complaint", "conduct").ok(201).body["id"]
    assert name not in owed(above)
    problem(above.get(f"{ALL}/{name}"), 404, "not_found")
    problem(refused(above, name), 404, "not_found")


def test_an_ordinary_petition_whose_words_tell_of_somebody_is_on_no_list_above(me, leader, second, above):
    """Where all of an agency work on it, one of them is there whom it does not tell of."""
    words = "Bà Nguyễn Thị Lan hàng xóm lấn đường đi, ông Nghĩa đã hứa trả lời"
    name = file(me, words=words).ok(201).body["id"]
    asked = file(me).ok(201).body["id"]
    leader.post(f"{ALL}/{asked}/question", {"words": "Ai đã hứa?"}).ok()
    me.post(f"{MINE}/{asked}/supply", {"words": words}).ok()
    for each in (name, asked):
        assert each not in owed(above)
        problem(above.get(f"{ALL}/{each}"), 404, "not_found")
        assert each in owed(second)
    led = file(me, "complaint", words=words).ok(201).body["id"]
    assert led in owed(above), "the same words, of what is for whoever leads"
    assert second.post(f"{ALL}/{name}/acceptance", {}).status == 200


def test_an_agency_that_is_not_above_sees_nothing_of_it(where, me):
    name = file(me, "complaint", "conduct", officer="Lê Hoàng Yến").ok(201).body["id"]
    beside = officer(where, "Lê Văn Tám", agency=OTHER_AGENCY)
    problem(beside.get(f"{ALL}/{name}"), 404, "not_found")
    reception_above = officer(where, "Lê Văn Chín", "reception", agency=ABOVE)
    problem(reception_above.get(f"{ALL}/{name}"), 404, "not_found")


def test_who_acted_on_the_dossier_does_not_deal_with_what_is_said_of_it(where, me, second, small_scan):
    reference = story.submit(me, story.ready_draft(me, small_scan)).ok(201).body["reference"]
    actor = officer(where, "Ngô Gia Tự", "reception", "leader")
    story.until("its first task", lambda: actor.get(f"/v1/tasks/{reference}.0-commune.receive").status == 200)
    story.complete(actor, f"{reference}.0-commune.receive", "accepted").ok()
    name = file(me, about="conduct", dossier=reference).ok(201).body["id"]
    for what in ("acceptance", "refusal"):
        body = {} if what == "acceptance" else {"reason": "Trùng nội dung", "basis": "Điều 10"}
        told = problem(actor.post(f"{ALL}/{name}/{what}", body), 403, "officer_concerned")
        assert told["why"] == "acted"
    assert second.post(f"{ALL}/{name}/acceptance", {}).status == 200


@pytest.fixture
def received(where, me, small_scan):
    """A dossier of the petitioner with its code, and who received it, who leads there too."""
    submitted = story.submit(me, story.ready_draft(me, small_scan)).ok(201).body
    reference, actor = submitted["reference"], officer(where, "Ngô Gia Tự", "reception", "leader")
    task = f"{reference}.0-commune.receive"
    story.until("its first task", lambda: actor.get(f"/v1/tasks/{task}").status == 200)
    story.complete(actor, task, "accepted").ok()
    code = me.get(f"/v1/dossiers/{reference}").ok().body["dossier_code"]
    return {"reference": reference, "code": code, "actor": actor}


SAID = {
    "its code": lambda it: f"Hồ sơ {it['code']} của tôi bị cán bộ tiếp nhận làm khó",
    "its code in small letters with gaps": lambda it: f"hồ sơ {it['code'].lower().replace('-', ' – ')}, bị làm khó",
    "its reference": lambda it: f"Hồ sơ ({it['reference']}) bị làm khó",
    "its reference as people read it out": lambda it: f"hồ sơ mc {it['reference'][3:7]} {it['reference'][7:]}".lower(),
    "its code in letters of another script": lambda it: f"Hồ sơ {it['code']}".replace("H01", "\u041d01"),
}


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
def test_a_dossier_that_the_words_name_counts_as_one_in_its_field(received, me, second, above, said):
    actor, words = received["actor"], said(received)
    for kind, about in (("complaint", "conduct"), ("petition", "other")):
        name = file(me, kind, about, words=words).ok(201).body["id"]
        assert name in owed(above), "it is on the list above as one with the field is"
        assert problem(refused(actor, name), 403, "officer_concerned")["why"] == "acted"
        assert refused(second, name).status == 200


def test_a_dossier_that_is_named_in_what_was_supplied_counts_from_then(received, me, second, above):
    name = file(me).ok(201).body["id"]
    second.post(f"{ALL}/{name}/question", {"words": "Hồ sơ nào?"}).ok()
    assert name not in owed(above)
    me.post(f"{MINE}/{name}/supply", {"words": received["code"]}).ok()
    assert above.get(f"{ALL}/{name}").status == 200
    answer = {"words": "Đã xem xét"}
    told = problem(received["actor"].post(f"{ALL}/{name}/answer", answer), 403, "officer_concerned")
    assert told["why"] == "acted"


def test_a_number_that_is_no_dossiers_shuts_nobody_out(received, me):
    words = "Hồ sơ H01.10.24-20200101-9999999 và MC-0000000000000000, ngày 20261202, điện thoại 0912345678"
    name = file(me, "complaint", "conduct", words=words).ok(201).body["id"]
    assert refused(received["actor"], name).status == 200


def test_whose_name_is_another_is_not_shut_out(me, second):
    name = file(me, "complaint", "conduct", officer="Lê Hoàng Yến").ok(201).body["id"]
    assert refused(second, name).status == 200
    assert rules(file(me, officer="  ")) == {"/officer": "blank"}


# --- a name by words alone -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def kept(cloud, where):
    """An agency that keeps its staff here, whose list says another name than a token does."""
    found = opened(cloud, where, fresh_agency())
    for subject, name in (("lead-81", "Phạm Thị Mai"), ("other-81", "Vũ Đình Khoa")):
        found.enrol(subject, "leader", name=name)
    cloud.wait_idle()
    return found


@pytest.fixture
def lead(where, kept):
    return person_of(where, "lead-81", kept.agency)


@pytest.fixture
def other(where, kept):
    return person_of(where, "other-81", kept.agency)


@pytest.mark.parametrize(
    "said", ["Phạm Thị Mai", "Ph@m Thị Mai", "bà Mai", "Ph\u1ea1m Th\u1ecb M\u0430i", "Mai Phạm Thị"]
)
def test_whom_the_list_of_their_agency_calls_otherwise_than_their_token_is_named_too(kept, me, lead, other, said):
    filed = file(me, "complaint", "conduct", agency=kept.agency, officer=said).ok(201).body
    assert filed["officer_unmatched"] is False
    assert problem(refused(lead, filed["id"]), 403, "officer_concerned")["why"] == "named"
    assert refused(other, filed["id"]).status == 200


def test_a_name_that_is_on_no_list_may_be_anybodys_and_the_agency_above_deals_with_it(kept, me, lead, other, above):
    filed = file(me, "complaint", "conduct", agency=kept.agency, officer="ông Ba Cụt, phó chủ tịch").ok(201).body
    name = filed["id"]
    assert filed["officer_unmatched"] is True
    for each in (lead, other):
        told = problem(refused(each, name), 403, "officer_concerned")
        assert (told["why"], told["above"]) == ("unmatched", ABOVE)
        assert each.get(f"{ALL}/{name}").status == 200
    assert name in owed(above)
    assert refused(above, name).status == 200
    assert me.get(f"{MINE}/{name}").ok().body["officer_unmatched"] is True


def test_whom_their_token_alone_calls_so_is_named_and_nobody_else_of_the_agency_decides_either(kept, me, lead, other):
    name = file(me, "complaint", "conduct", agency=kept.agency, officer="Cán bộ lead-81").ok(201).body["id"]
    assert problem(refused(lead, name), 403, "officer_concerned")["why"] == "named"
    assert problem(refused(other, name), 403, "officer_concerned")["why"] == "unmatched"
    assert other.post(f"{ALL}/{name}/forwarding", {"to": ABOVE}).status == 200, "it goes up"
    assert me.get(f"{MINE}/{name}").ok().body["officer_unmatched"] is False, "that agency keeps no list here"


def test_where_there_is_no_list_or_nobody_is_named_nothing_is_held_up(kept, me, lead, second):
    plain = file(me, "complaint", "conduct", agency=kept.agency).ok(201).body
    assert plain["officer_unmatched"] is False
    assert refused(lead, plain["id"]).status == 200
    listless = file(me, "complaint", "conduct", officer="ông Ba Cụt").ok(201).body
    assert listless["officer_unmatched"] is False
    assert refused(second, listless["id"]).status == 200


# --- erasing -------------------------------------------------------------------------------------------------------


def test_nobody_erases_alone_or_without_ground_and_basis(where, me, leader, second):
    name = ended(leader, me)
    assert rules(leader.post(f"{ALL}/{name}/erasure", {})) == {"/ground": "missing", "/basis": "missing"}
    request = deletion(me)
    for basis, rule in (("", "string_too_short"), ("   ", "blank")):
        assert rules(propose(leader, name, request, basis=basis)) == {"/basis": rule}
    assert rules(propose(leader, name)) == {"/request": "deletion_request"}
    assert rules(propose(leader, name, ground="retention")) == {"/ground": "kept_until"}
    assert rules(propose(leader, name, request, ground="retention")) == {"/request": "with_request"}
    for other in (deletion(me, kind="view"), deletion(me, agency=OTHER_AGENCY), "DR-0000000000000000"):
        assert rules(propose(leader, name, other)) == {"/request": "deletion_request"}
    stranger = story.citizen(where, **story.somebody())
    assert rules(propose(leader, name, deletion(stranger))) == {"/request": "deletion_request"}
    problem(decide(second, name), 409, "petition_over")
    proposed = propose(leader, name, request).ok().body
    assert leader.get(f"{ALL}/{name}").ok().body["words"]
    assert proposed["erased_at"] is None
    assert proposed["proposed_erasure"]["basis"] == BASIS
    assert problem(decide(leader, name), 403, "second_officer_needed")["why"] == "proposed"
    assert me.get(f"{MINE}/{name}").ok().body["words"]


def test_a_second_officer_erases_and_the_person_reads_what_by_which_basis_and_when(me, leader, second, above):
    name = ended(leader, me)
    request = deletion(me)
    before = me.get(f"/v1/me/data/requests/{request}").ok().body
    propose(leader, name, request).ok()
    assert name in owed(second), "a task on the list of who leads"
    assert name in owed(above), "and of the agency above, where there is no second one"
    assert rules(decide(second, name, at="2026-01-01T00:00:00+07:00")) == {"/proposed_at": "other_proposal"}
    decide(second, name).ok()
    gone = second.get(f"{ALL}/{name}").ok().body
    assert (gone["words"], gone["name"], gone["answer"]) == (None, None, None)
    seen = me.get(f"{MINE}/{name}").ok().body
    told = seen["erasure"]
    assert (told["ground"], told["basis"], told["request"], told["at"]) == (
        "request",
        BASIS,
        request,
        seen["erased_at"],
    )
    assert BASIS in told["told_vi"]
    assert told["at"][:10] in told["told_en"]
    notices = me.get(f"{MINE}/{name}/notices").ok().body["notices"]
    assert [(each["about"], each["handler"], each["basis"]) for each in notices[-2:]] == [
        ("erasure_proposed", "Lê Hoàng Yến", BASIS),
        ("erased", "Phạm Quốc Việt", BASIS),
    ]
    assert name not in owed(second)
    assert name not in owed(above)
    after = me.get(f"/v1/me/data/requests/{request}").ok().body
    assert (after["act_by"], after["progress"]) == (before["act_by"], before["progress"]), "its legal days run on"


def test_who_handled_it_confirms_nothing_and_the_agency_above_does(where, me, leader, second, above):
    name = ended(second, me)
    propose(leader, name, deletion(me)).ok()
    assert problem(decide(second, name), 403, "second_officer_needed")["why"] == "handled"
    gone = decide(above, name).ok().body
    assert gone["erasure"]["basis"] == BASIS
    problem(above.get(f"{ALL}/{name}"), 404, "not_found")


def test_what_is_declined_stays_and_is_proposed_again(where, me, leader, second, above):
    name = ended(leader, me)
    request = deletion(me)
    propose(leader, name, request).ok()
    stays = decide(second, name, "decline").ok().body
    assert (stays["erased_at"], stays["proposed_erasure"]) == (None, None)
    assert second.get(f"{ALL}/{name}").ok().body["words"]
    assert name not in owed(second)
    problem(above.get(f"{ALL}/{name}"), 404, "not_found")
    propose(leader, name, request, basis="Quyết định 12").ok()
    assert decide(second, name).ok().body["erasure"]["basis"] == "Quyết định 12"


def test_who_is_named_neither_proposes_nor_confirms(me, leader, second, above):
    name = file(me, "complaint", "conduct", officer="Lê Hoàng Yến").ok(201).body["id"]
    refused(second, name).ok()
    request = deletion(me)
    problem(propose(leader, name, request), 403, "officer_concerned")
    propose(second, name, request).ok()
    problem(decide(leader, name), 403, "officer_concerned")
    assert decide(above, name).ok().body["erased_at"]


def test_a_request_that_is_older_than_what_was_filed_erases_nothing_of_it(me, leader, second):
    """The person asked for something else to be deleted: of this they had said nothing yet."""
    earlier = deletion(me)
    name = ended(leader, me)
    assert rules(propose(leader, name, earlier)) == {"/request": "deletion_request"}
    assert me.get(f"{MINE}/{name}").ok().body["words"]
    propose(leader, name, deletion(me)).ok()
    assert decide(second, name).ok().body["erased_at"]


def test_a_request_that_was_refused_meanwhile_erases_nothing(me, leader, second):
    name = ended(leader, me)
    request = deletion(me)
    propose(leader, name, request).ok()
    body = {"outcome": "refused", "reason": "Phải lưu", "basis": "Điều 14(2)"}
    second.post(f"/v1/data/requests/{request}/decision", body).ok()
    assert rules(decide(second, name)) == {"/request": "deletion_request"}
    assert me.get(f"{MINE}/{name}").ok().body["words"]


# --- what is public ------------------------------------------------------------------------------------------------


def test_a_public_answer_that_shows_who_asked_is_refused_by_field_and_rule(me, leader, person):
    words = "Tôi là Bích, gọi 0912 345 678 hoặc bich.tran@example.vn"
    name = file(me, words=words).ok(201).body["id"]
    leader.post(f"{ALL}/{name}/answer", {"words": "Đã trả lời"}).ok()

    def sent(question="Vì sao trả lại?", answer="Phải nêu lý do."):
        return leader.post(f"{ALL}/{name}/publication", {"question": question, "answer": answer})

    number = person["personal_id"]
    spaced = " ".join(re.findall("...", number))
    alike = (
        "Tr\u1ea7n Ng\u043ec B\u0456ch",
        "\u03a4rần Ngọc \u0392ích",
        "Bích Trần Ngọc",
        "Tr@n Ngọc B1ch",
        "Trần N\u200bgọc Bích",
    )
    plain = ("Bà TRẦN NGỌC BÍCH hỏi", "ba tran  ngoc bich hoi", "Trần-Ngọc-Bích", "T r ầ n N g ọ c B í c h")
    for text in (*plain, *alike):
        assert rules(sent(question=text)) == {"/question": "shows_name"}, text
    for text in (number, spaced, spaced.replace(" ", "."), f"CCCD{number}", number.translate(ARABIC)):
        assert rules(sent(answer=f"Người có số {text}")) == {"/answer": "shows_number"}, text
    told = ("84 912 345 678", "912.345.678", "0912345678".translate(ARABIC), "０９１２３４５６７８")
    for text in ("0912345678", "+84 912 345 678", "0912.345.678", *told):
        assert rules(sent(answer=f"Gọi {text}")) == {"/answer": "shows_phone"}, text
    for text in ("Bich.Tran@example.vn", "bich.tran (at) example.vn", "bich.tran [at] example [dot] vn"):
        assert rules(sent(answer=f"Viết cho {text}")) == {"/answer": "shows_email"}, text
    both = sent(question="Trần Ngọc Bích hỏi", answer="Gọi 0912345678")
    assert rules(both) == {"/question": "shows_name", "/answer": "shows_phone"}
    assert sent(answer="Gọi 1022, điều 12 khoản 3, ngày 20/11/2026; bà Trần Ngọc đã trả lời").status == 200


def test_a_public_answer_shows_neither_an_organisation_nor_who_acted_for_it(where, leader):
    who = story.somebody() | {"kind": "ORGANISATION", "name": "Vũ Đình Khoa", "level": 2}
    who |= {"organisation": "0312345678", "organisation_name": "Công ty TNHH Sao Mai"}
    theirs = story.citizen(where, **who)
    name = file(theirs).ok(201).body["id"]
    leader.post(f"{ALL}/{name}/answer", {"words": "Đã trả lời"}).ok()

    def sent(answer):
        return leader.post(f"{ALL}/{name}/publication", {"question": "Vì sao trả lại?", "answer": answer})

    number = who["personal_id"]
    for text in (number, " ".join(re.findall("...", number)), number.translate(ARABIC), "0312345678"):
        assert rules(sent(f"Người có số {text}")) == {"/answer": "shows_number"}, text
    for text in ("Vũ Đình Khoa", "CÔNG TY TNHH SAO MAI"):
        assert rules(sent(f"Trả lời {text}")) == {"/answer": "shows_name"}, text
    assert sent("Phải nêu lý do.").status == 200
