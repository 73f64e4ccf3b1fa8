"""However a petition names an officer, in its field or in its words alone, that one does nothing with it; others do."""

import pytest

from infra.demo import story
from tests.http.test_petition_guards import ABOVE, decide, deletion, officer, propose, refused
from tests.http.test_petitions import ALL, MINE, file, owed
from tests.support.asserts import problem

NAME = "Đặng Trọng Nghĩa"
ACTS = {
    "acceptance": {},
    "refusal": {"reason": "Không thuộc thẩm quyền", "basis": "Điều 10"},
    "answer": {"words": "Đã kiểm tra", "basis": "Điều 31"},
    "erasure": {"ground": "retention", "basis": "Điều 14"},
    "erasure/confirmation": {"proposed_at": "2026-01-01T00:00:00+07:00", "decision": "confirm"},
}


@pytest.fixture
def me(where):
    return story.citizen(where, **{**story.somebody(), "name": "Trần Ngọc Bích"})


@pytest.fixture
def leader(where):
    """A leader of an agency that keeps no list of its officers here."""
    return officer(where, NAME)


@pytest.fixture
def second(where):
    return officer(where, "Phạm Quốc Việt")


@pytest.fixture
def above(where):
    return officer(where, "Đỗ Thị Hạnh", agency=ABOVE)


def require_shut_out(who, name):
    for what, body in ACTS.items():
        told = problem(who.post(f"{ALL}/{name}/{what}", body), 403, "officer_concerned")
        assert (told["why"], told["above"]) == ("named", ABOVE), what


@pytest.mark.parametrize(
    ("said", "matched"),
    [
        ("ÐẶNG TRỌNG NGHĨA", "dang trong nghia"),
        ("N g h ĩ a", "nghia"),
        ("đ/c Nghĩa", "nghia"),
        ("chủ tịch Nghĩa", "nghia"),
        ("Đ.T. Nghĩa", "nghia"),
        ("Bà Đặng Thị Nghĩa", "nghia"),
        ("ông Lê Văn Nghĩa hay ông Nghĩa nào đó", "nghia"),
        ("LÊ VĂN NGHĨA", "nghia"),
    ],
)
def test_an_officer_who_is_named_in_another_spelling_neither_handles_nor_refuses_nor_erases(
    me, leader, second, said, matched
):
    name = file(me, "complaint", "conduct", officer=said).ok(201).body["id"]
    require_shut_out(leader, name)
    assert problem(refused(leader, name), 403, "officer_concerned")["matched"] == matched
    assert refused(second, name).status == 200


@pytest.mark.parametrize(
    "said",
    ["Lê Văn Nghĩa", "ông Lê Nghĩa Hiệp ở phòng tư pháp", "Nguyễn Trọng Hoàng", "người tên Phạm Nghi", "chủ tịch"],
)
def test_a_namesake_with_another_family_name_and_who_is_not_meant_still_handle_it(me, leader, said):
    said = f"cán bộ {said}"
    name = file(me, "complaint", "conduct", officer=said).ok(201).body["id"]
    assert refused(leader, name).status == 200


@pytest.mark.parametrize(
    "words",
    [
        "Hôm qua Đặng Trọng Nghĩa mắng tôi",
        "Hom qua dang trong nghia mang toi",
        "Hôm qua ÐẶNG TRỌNG NGHĨA đòi tiền tôi",
        "Tôi bị chủ tịch Nghĩa mắng",
        "Tôi bị đ/c Nghĩa đòi tiền",
        "Tôi bị anh N g h ĩ a đòi tiền",
        "Tôi bị phó chủ tịch Đ.T. Nghĩa đòi tiền",
        "toi bi co nghia duoi ve",
    ],
)
@pytest.mark.parametrize(("kind", "about"), [("complaint", "conduct"), ("petition", "other")])
def test_an_officer_who_is_named_in_the_words_alone_is_shut_out_and_a_colleague_deals_with_it(
    me, leader, second, words, kind, about
):
    name = file(me, kind, about, words=words).ok(201).body["id"]
    require_shut_out(leader, name)
    assert leader.get(f"{ALL}/{name}").status == 200, "they are heard in the matter"
    assert second.post(f"{ALL}/{name}/acceptance", {}).status == 200
    problem(refused(leader, name), 403, "officer_concerned")
    assert refused(second, name).status == 200


@pytest.mark.parametrize(
    "words",
    [
        "Điều này không có ý nghĩa gì với tôi",
        "Như vậy có nghĩa là tôi phải về",
        "Ông Lê Văn Nghĩa và bà Trọng đuổi tôi về",
        "Bà ấy nói nghĩa vụ của tôi là chờ",
        "Tôi nộp ở phố Trọng Nghĩa, gặp ông Nghị",
    ],
)
def test_a_word_that_is_like_a_given_name_or_a_namesake_in_the_words_shuts_nobody_out(me, leader, words):
    name = file(me, "complaint", "conduct", words=words).ok(201).body["id"]
    assert leader.post(f"{ALL}/{name}/acceptance", {}).status == 200


def test_what_is_supplied_later_names_an_officer_too(me, leader, second, above):
    name = file(me, about="conduct").ok(201).body["id"]
    leader.post(f"{ALL}/{name}/question", {"words": "Ai đã mắng?"}).ok()
    problem(above.get(f"{ALL}/{name}"), 404, "not_found")
    me.post(f"{MINE}/{name}/supply", {"words": "Chính ông Nghĩa"}).ok()
    assert problem(refused(leader, name), 403, "officer_concerned")["why"] == "named"
    assert above.get(f"{ALL}/{name}").status == 200
    assert refused(second, name).status == 200


def test_where_the_only_officer_is_named_in_the_words_the_agency_above_has_it_and_deals_with_it(me, leader, above):
    name = file(me, "complaint", "conduct", words="Tôi bị chủ tịch Nghĩa mắng").ok(201).body["id"]
    problem(refused(leader, name), 403, "officer_concerned")
    assert name in owed(above)
    assert above.post(f"{ALL}/{name}/acceptance", {}).ok().body["agency"] == story.AGENCY
    assert name not in owed(above)
    assert refused(above, name).status == 200


@pytest.mark.parametrize("words", ["hom qua dang trong nghia mang toi", "Hôm qua Đặng Trọng Nghĩa mắng tôi"])
def test_who_is_named_in_the_words_may_send_it_up_also_where_nothing_shows_that_they_tell_of_anybody(
    me, leader, above, words
):
    name = file(me, words=words).ok(201).body["id"]
    assert leader.post(f"{ALL}/{name}/forwarding", {"to": ABOVE}).ok().body["to"] == ABOVE
    assert name in owed(above)
    assert above.post(f"{ALL}/{name}/acceptance", {}).status == 200


@pytest.mark.parametrize(
    "words",
    [
        "Tôi là Trần Ngọc Bích, hồ sơ bị trả lại không nêu lý do",
        "Kính gửi ông Chủ tịch Ủy ban nhân dân xã: cán bộ trả lại hồ sơ",
        "Chị Bích tôi đây, cán bộ trả lại hồ sơ",
    ],
)
def test_what_tells_of_nobody_but_who_filed_it_is_on_no_list_above(me, above, words):
    name = file(me, "complaint", "conduct", words=words).ok(201).body["id"]
    assert name not in owed(above)
    problem(above.get(f"{ALL}/{name}"), 404, "not_found")


def test_of_what_told_of_an_officer_and_was_erased_the_agency_above_takes_the_answer_back(
    where, me, leader, second, above
):
    name = file(me, about="conduct", words="Ông Nghĩa đuổi tôi về").ok(201).body["id"]
    second.post(f"{ALL}/{name}/answer", {"words": "Đã kiểm tra", "basis": "Điều 31"}).ok()
    second.post(f"{ALL}/{name}/publication", {"question": "Nộp ở đâu?", "answer": "Nộp tại xã"}).ok()
    propose(second, name, deletion(me)).ok()
    problem(decide(leader, name), 403, "officer_concerned")
    decide(officer(where, "Ngô Thị Mai"), name).ok()
    back = {"ground": "wrong", "reason": "Trả lời sai"}
    assert problem(leader.post(f"{ALL}/{name}/retraction", back), 403, "officer_concerned")["why"] == "erased"
    assert above.post(f"{ALL}/{name}/retraction", back).status == 200
