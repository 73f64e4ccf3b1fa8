"""The answer to an officer's act shows nothing that a person wrote, though it is told again: only a look does."""

import pytest

from infra.demo import story
from infra.demo.client import Client
from tests.http.test_looks import NAME, added
from tests.http.test_petitions import ALL, MINE, file
from tests.support.asserts import problem
from tests.support.world import OTHER_AGENCY, officer_of

WORDS = "Xin giữ kín: con tôi là con nuôi"
SILENT = (
    "name",
    "words",
    "officer",
    "question",
    "supplied",
    "complex_why",
    "answer",
    "basis",
    "withheld_why",
    "retracted_why",
)


@pytest.fixture
def me(where):
    return story.citizen(where, **story.somebody())


@pytest.fixture
def leader(where):
    return officer_of(where, story.AGENCY, "leader")


@pytest.fixture
def reception(where):
    return Client.login(where, kind="OFFICER", sub="nhin-r", name=NAME, agency=story.AGENCY, roles=["reception"])


def told(done):
    """What an answer says in anybody's words."""
    return {name: done.body[name] for name in SILENT if done.ok().body[name] is not None}


def test_a_question_asked_again_under_its_key_shows_not_what_was_supplied_to_it(me, leader, reception):
    name = file(me, about="rules", words=WORDS).ok(201).body["id"]
    one = f"{ALL}/{name}"
    assert told(reception.post(f"{one}/acceptance", {}, key="k-accept")) == {}
    asked = {"words": "Trường hợp nào?"}
    assert told(reception.post(f"{one}/question", asked, key="k-ask")) == {}
    me.post(f"{MINE}/{name}/supply", {"words": WORDS}).ok()
    leader.post(f"{one}/answer", {"words": "Trả lời riêng"}).ok()

    def again():
        assert told(reception.post(f"{one}/question", asked, key="k-ask")) == {}
        done = reception.post(f"{one}/acceptance", {}, key="k-accept")
        assert told(done) == {}
        assert done.body["progress"] == "answered", "how far it is"

    assert added(me, again) == []
    read = reception.get(one)
    assert [each[2] for each in added(me, lambda: reception.get(one).ok())] == [NAME], "who looks is on the ledger"
    assert (read.body["words"], read.body["supplied"], read.body["answer"]) == (WORDS, WORDS, "Trả lời riêng")


def test_an_act_told_again_shows_nothing_of_what_is_at_another_desk_by_then(me, leader, where):
    name = file(me, about="rules", words=WORDS).ok(201).body["id"]
    one = f"{ALL}/{name}"
    other = officer_of(where, OTHER_AGENCY, "leader")
    leader.post(f"{one}/forwarding", {"to": OTHER_AGENCY}, key="k-on").ok()
    asked = {"words": "Trường hợp nào?"}
    assert told(other.post(f"{one}/question", asked, key="k-ask")) == {}
    me.post(f"{MINE}/{name}/supply", {"words": WORDS}).ok()
    assert WORDS not in str(leader.post(f"{one}/forwarding", {"to": OTHER_AGENCY}, key="k-on").ok().body)
    problem(leader.get(one), 404, "not_found")
    assert told(other.post(f"{one}/question", asked, key="k-ask")) == {}


@pytest.mark.parametrize(
    ("kind", "acts"),
    [
        (
            "petition",
            {
                "answer": {"words": "Đã hướng dẫn lại", "basis": "Điều 15"},
                "withholding": {"reason": "Lộ danh tính"},
            },
        ),
        ("petition", {"refusal": {"reason": "Không thuộc thẩm quyền", "basis": "Điều 10"}}),
        (
            "petition",
            {"answer": {"words": "Đã trả lời"}, "publication": {"question": "Nộp ở đâu?", "answer": "Tại xã"}},
        ),
        ("complaint", {"acceptance": {}, "prolongation": {"reason": "Nhiều bên liên quan"}}),
    ],
)
def test_no_act_on_a_petition_says_who_filed_it_or_what_anybody_wrote(me, leader, kind, acts):
    one = f"{ALL}/{file(me, kind, words=WORDS, officer='Bùi Thị Vắng').ok(201).body['id']}"
    for act, body in acts.items():
        assert told(leader.post(f"{one}/{act}", body)) == {}, act
    read = leader.get(one).ok().body
    assert (read["words"], read["officer"], bool(read["name"])) == (WORDS, "Bùi Thị Vắng", True)


def test_whom_it_names_is_told_by_which_words_and_is_on_the_ledger_for_that(me, where):
    named = Client.login(where, kind="OFFICER", sub="nhin-l", name=NAME, agency=story.AGENCY, roles=["leader"])
    one = f"{ALL}/{file(me, 'complaint', 'conduct', words=f'{NAME} đã mắng tôi').ok(201).body['id']}"

    def refused():
        assert problem(named.post(f"{one}/acceptance", {}), 403, "officer_concerned")["matched"]

    assert [(each[2], each[4]) for each in added(me, refused)] == [(NAME, "read")]


def test_who_guesses_by_a_public_answer_who_filed_it_is_on_their_ledger(where):
    """A refusal says whose name or telephone a text has: a leader who never opened the petition tried names by it."""
    me = story.citizen(where, **{**story.somebody(), "name": "Trần Ngọc Bích"})
    head = Client.login(where, kind="OFFICER", sub="nhin-l", name=NAME, agency=story.AGENCY, roles=["leader"])
    name = file(me, about="rules", words=WORDS).ok(201).body["id"]
    one = f"{ALL}/{name}"
    head.post(f"{one}/answer", {"words": "Trả lời riêng"}).ok()

    def guess(who):
        return head.post(f"{one}/publication", {"question": f"{who} hỏi", "answer": "Theo Điều 12."})

    assert added(me, lambda: problem(guess("Bà Trần Ngọc Bích"), 422, "body_invalid")) != []
    assert added(me, lambda: guess("Ông Lý Văn Sáu").ok()) == [], "a text that shows nobody answers no guess"
