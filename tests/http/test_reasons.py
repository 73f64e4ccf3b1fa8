"""A reason and a clause that an officer gives say something: one letter is neither, in every body alike."""

import unicodedata

import pytest

from infra.demo import story
from tests.http.test_input import VALID, send
from tests.support.asserts import rules
from tests.support.world import officer_of

__all__ = ["send"]
ALL, DATA = "/v1/petitions", "/v1/data/requests"
ASKED = {"target": "/x", "reason": "INACCURATE", "basis": "Điều 16", "remedy": "Nộp bản chụp rõ"}
REASONS = {
    "petition-prolongation": "reason",
    "petition-refusal": "reason",
    "petition-withholding": "reason",
    "petition-retraction": "reason",
    "data-extension": "reason",
    "data-decision": "reason",
    "complete": "reason",
    "dossier-payment/request": "reason",
    "dossier-extension": "reason",
    "dossier-correction": "reason",
    "dossier-upstream": "reason",
    "withdrawal": "reason",
    "outage": "why",
    "outage-withdrawal": "why",
    "guidance-end": "why",
    "plan-services/{service}": "why",
}
"""Where an officer says why, by the name of the route."""
BASES = {
    "petition-refusal": "basis",
    "petition-answer": "basis",
    "petition-erasure": "basis",
    "data-decision": "basis",
    "complete": "basis",
    "guidance": "basis",
    "withdrawal-of-paper": "decision",
}
"""Where an officer says by which clause or decision."""
MAY_BE_LEFT_OUT = (
    ("complete", "reason"),
    ("complete", "basis"),
    ("guidance-end", "why"),
    ("plan-services/{service}", "why"),
    ("petition-answer", "basis"),
    ("data-decision", "basis"),
)
LEAST = {"outage": 5, "outage-withdrawal": 5, "withdrawal": 10}
"""Signs that a text of the catalogue has had before."""
NOTHING = ("", "   ", "....", "\u200b\u200b", "\u3164")
NO_REASON = (
    "x",
    "aaaaaaaaaa",
    "x x x x x x x",
    "ab ab ab ab",
    "ab ac",
    "ab\u200bcd\u200bef",
    "Khôngthuộcthẩmquyền",
    "12345 67890",
    "ERR_12 INVALID-DOC",
)
NO_BASIS = ("x", "aaaaaaaaaa", "13", "1 2", "x y", "Điều", "Điều điều", "Đi\u200bều", "--- 13 ---")
TRUE_REASONS = ("Thiếu giấy", "Hết hạn", "Sai tên mẹ", "THIẾU CHỮ KÝ.", unicodedata.normalize("NFD", "Thiếu giấy"))
TRUE_BASES = (
    "Điều 13",
    "12/QĐ-UBND",
    "Khoản 2 Điều 9",
    "45/2020 Art. 5",
    "Luật Hộ tịch",
    unicodedata.normalize("NFD", "Điều 13"),
)


def broken(send, name, field, text):
    """The rules that a field breaks with a text in it, in a body that else is in order."""
    answer = send(name, {**VALID[name], field: text})
    return rules(answer).get(f"/{field}") if answer.status == 422 else None


@pytest.mark.parametrize(("name", "field"), REASONS.items())
def test_what_an_officer_gives_as_a_reason_is_one(send, name, field):
    given = [text for text in NOTHING if text or (name, field) not in MAY_BE_LEFT_OUT]
    assert [text for text in given if broken(send, name, field, text) is None] == []
    assert {text: broken(send, name, field, text) for text in NO_REASON} == {
        text: "string_too_short" if _is_short(name, text) else "plain_words" for text in NO_REASON
    }
    assert {broken(send, name, field, text) for text in TRUE_REASONS if not _is_short(name, text)} == {None}


def _is_short(name, text):
    return len(text) < LEAST.get(name, 0)


@pytest.mark.parametrize(("name", "field"), BASES.items())
def test_what_an_officer_gives_as_a_basis_is_one(send, name, field):
    given = [text for text in NOTHING if text or (name, field) not in MAY_BE_LEFT_OUT]
    assert [text for text in given if broken(send, name, field, text) is None] == []
    allowed = {"string_pattern_mismatch", "plain_words"} if field == "decision" else {"plain_words"}
    assert {text: broken(send, name, field, text) in allowed for text in NO_BASIS} == dict.fromkeys(NO_BASIS, True)
    is_line = field == "decision"  # its pattern has no room for marks that stand by themselves
    assert {broken(send, name, field, text) for text in TRUE_BASES[: -1 if is_line else None]} == {None}


@pytest.mark.parametrize("field", ["text", "override", "basis", "remedy"])
def test_each_thing_to_supplement_is_asked_with_a_basis_and_a_remedy(send, field):
    item = {**ASKED, field: "x"} if field in ASKED else ASKED
    asked = {"items": [item], **({"override": "x"} if field == "override" else {})}
    answer = send("complete", {"outcome": "supplement", "supplement": asked})
    at = {"override": "/supplement/override", "text": ""}.get(field, f"/supplement/items/0/{field}")
    assert (rules(answer) if answer.status == 422 else {}) == ({at: "plain_words"} if at else {})


def test_the_reason_of_an_outage_that_nobody_foresaw_is_one(send):
    assert broken(send, "outages", "force_majeure", "x") == "plain_words"
    assert broken(send, "outages", "force_majeure", "Mất điện") is None


@pytest.mark.parametrize(
    ("language", "said"),
    [("vi", "ít nhất 2 từ khác nhau, 5 chữ cái"), ("en", "at least 2 different ones, 5 letters")],
)
def test_the_rule_is_said_in_the_language_of_who_asks(leader, language, said):
    answer = leader.post(
        f"{ALL}/PK-0000000000000000/refusal", {"reason": "x", "basis": "Điều 10"}, Accept_Language=language
    )
    (error,) = answer.body["errors"]
    assert (error["pointer"], error["rule"]) == ("/reason", "plain_words")
    assert said in error["message"]


# --- what stays as it was when a reason is none, and goes on when it is one ---------------------------------------


@pytest.fixture
def me(where):
    return story.citizen(where, **story.somebody())


@pytest.fixture
def leader(where):
    return officer_of(where, story.AGENCY, "leader")


def file(me, kind="petition"):
    body = {"kind": kind, "about": "other", "agency": story.AGENCY, "words": "Hồ sơ bị trả lại không nêu lý do"}
    return me.post("/v1/me/petitions", body).ok(201).body["id"]


def test_a_petition_is_refused_by_no_single_letter_and_by_a_short_true_reason(me, leader):
    name = file(me)
    before = leader.get(f"{ALL}/{name}").ok().body
    none = leader.post(f"{ALL}/{name}/refusal", {"reason": "x", "basis": "x"})
    assert rules(none) == {"/reason": "plain_words", "/basis": "plain_words"}
    assert leader.get(f"{ALL}/{name}").ok().body == before
    leader.post(f"{ALL}/{name}/refusal", {"reason": "Đơn nặc danh", "basis": "Điều 10"}).ok()
    done = leader.get(f"{ALL}/{name}").ok().body
    assert (done["progress"], done["basis"]) == ("refused", "Điều 10")


def test_an_answer_needs_no_clause(me, leader):
    leader.post(f"{ALL}/{file(me)}/answer", {"words": "Đã kiểm tra"}).ok()


def test_a_request_about_data_is_refused_by_no_single_letter(me, leader):
    asked = me.post("/v1/me/data/requests", {"kind": "view", "agency": story.AGENCY, "words": "Cho tôi xem dữ liệu"})
    at = f"{DATA}/{asked.ok(201).body['id']}/decision"
    none = leader.post(at, {"outcome": "refused", "reason": "x", "basis": "x"})
    assert rules(none) == {"/reason": "plain_words", "/basis": "plain_words"}
    leader.post(at, {"outcome": "refused", "reason": "Hết hạn", "basis": "Điều 13"}).ok()


def test_a_dossier_is_refused_by_no_single_letter_and_by_a_short_true_reason(me, where, small_scan):
    reference = story.submit(me, story.ready_draft(me, small_scan)).ok(201).body["reference"]
    desk = story.officer(where, "reception")
    task = story.until("receive", lambda: story.task_of(desk, reference, "receive"))
    none = desk.post(f"/v1/tasks/{task}/complete", {"outcome": "refused", "reason": "x", "basis": "x"})
    assert rules(none) == {"/reason": "plain_words", "/basis": "plain_words"}
    assert story.dossier(desk, reference)["state"]["code"] == 1
    desk.post(f"/v1/tasks/{task}/complete", {"outcome": "refused", "reason": "Hết hạn", "basis": "Điều 13"}).ok()
    assert story.dossier(me, reference)["state"]["code"] == 3
