"""The papers that each must bring to register a birth, by hand from the national record 1.001193, and nothing by code.

What the record says, by the last four digits of its components:
3204 declaration, on paper channels; 3967 the electronic form, online; 4389 birth notice, else a witness's statement,
else one's own declaration; 4365 who has an electronic birth notice hands in none on paper; 3208 a record of the
abandoned child, and "similarly" (steps, notes) where neither parent is known; 1123 of record 2.000986: it stands for
the birth notice; 3303 surrogacy; 3159 an authorisation, 3223 none of relatives; 3785 residence where no database
tells it; 4946 identity at the counter; 1475 by post a certified copy of it. Of a child registered late it names no
other paper.
"""

import json
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest

from infra.demo import story
from infra.demo.client import Client
from tests.support.asserts import problem, rules

COMMON = {
    "/case/parents": "Có cha và mẹ",
    "/case/surrogacy": False,
    "/case/residence_known": True,
    "/birth_proof": "Giấy chứng sinh",
    "/requester/relationship": "Mẹ",
}
FORM_PAPER, DECLARATION, PREFIX = "3967", "3204", "000.00.00.G15-KQ00"
ABANDONED = {"/case/parents": "Trẻ bị bỏ rơi", "/requester/relationship": "Cá nhân, tổ chức đang nuôi dưỡng trẻ"}
NEITHER = {**ABANDONED, "/case/parents": "Chưa xác định được cả cha và mẹ"}
NO_SUCH_QUESTION = ("/case/surrogacy", "/birth_proof")


@pytest.fixture(scope="module")
def anyone(cloud):
    return Client(cloud.where())


class Profile(NamedTuple):
    """Who files how, with which answers beside the common ones; the papers by hand; when the child was born."""

    papers: str
    answers: dict[str, Any]
    channel: str = "ONLINE"
    born_on: str = "2026-11-18"


PROFILES = {
    "a couple, born in hospital, online": Profile("4389", {}),
    "the same by post": Profile("4389 4946", {}, "POSTAL"),
    "the same at the counter": Profile("4389 4946", {}, "DIRECT"),
    "born at home before a witness, the father files": Profile(
        "4389", {"/birth_proof": "Văn bản của người làm chứng", "/requester/relationship": "Cha"}
    ),
    "no witness, and no database knows where they live": Profile(
        "4389 3785", {"/birth_proof": "Giấy cam đoan về việc sinh", "/case/residence_known": False}
    ),
    "an electronic birth notice": Profile("", {"/birth_proof": "Giấy chứng sinh điện tử"}),
    "an abandoned child": Profile("3208", ABANDONED),
    "neither parent is known, by post": Profile("3208 4946", NEITHER, "POSTAL"),
    "born by surrogacy": Profile("4389 3303", {"/case/surrogacy": True}),
    "the mother is away, somebody is authorised": Profile(
        "4389 3159", {"/requester/relationship": "Người được ủy quyền"}
    ),
    "the mother is away, the grandmother files": Profile("4389", {"/requester/relationship": "Bà"}),
    "the mother is not known, the father recognises the child": Profile(
        "4389", {"/case/parents": "Chưa xác định được mẹ", "/requester/relationship": "Cha"}
    ),
    "late, with no residence in a database": Profile(
        "4389 3785", {"/case/residence_known": False}, born_on="2026-01-05"
    ),
}
ONLINE = {name: each for name, each in PROFILES.items() if each.channel == "ONLINE"}


def said(profile):
    """All the answers of a profile: what is not asked of a child without parents is left out."""
    asked = {**COMMON, **profile.answers}
    without = profile.answers.get("/case/parents") in {ABANDONED["/case/parents"], NEITHER["/case/parents"]}
    return {field: value for field, value in asked.items() if not (without and field in NO_SUCH_QUESTION)}


def digits(papers):
    """The last four digits of each component's code."""
    return {each["code"][-4:] for each in papers}


def checklist(anyone, answers=None, channel="ONLINE"):
    """The list for some answers."""
    query = f"?channel={channel}" + (f"&answers={quote(json.dumps(answers))}" if answers is not None else "")
    return anyone.get(f"/v1/services/{story.PROCEDURE}/checklist{query}")


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_each_must_bring_what_the_record_says(anyone, profile):
    body = checklist(anyone, said(profile), profile.channel).ok().body
    own = FORM_PAPER if profile.channel == "ONLINE" else DECLARATION
    assert digits(body["papers"]) == {own, *profile.papers.split()}
    assert (body["undecided"], body["questions"]) == ([], [])
    everything = anyone.get(f"/v1/services/{story.PROCEDURE}").ok().body["papers"]
    assert digits(body["not_needed"]) == digits(everything) - digits(body["papers"]), "nothing disappears"
    for spared in body["not_needed"]:
        assert spared["why_vi"] != spared["why_en"]
        by_answers = spared["code"][-4:] not in {FORM_PAPER, DECLARATION, "4946"}
        assert bool(spared["answers"]) is bool(spared["cites"]) is by_answers
        assert {each["field"]: each["value"] for each in spared["answers"]}.items() <= said(profile).items()


def filled(profile):
    """The form under the answers of a profile."""
    form = json.loads(json.dumps({**story.FORM, "case": {}}))
    del form["birth_proof"]
    for field, value in said(profile).items():
        *way, last = field.strip("/").split("/")
        place = form
        for name in way:
            place = place[name]
        place[last] = value
    form["child"]["born_on"] = profile.born_on
    parents = form["case"]["parents"]
    if parents != COMMON["/case/parents"]:
        del form["mother"]
    if "/case/surrogacy" not in said(profile):
        del form["father"]
    if form["requester"]["relationship"] not in {"Mẹ", "Cha"}:
        form["requester"] |= {"full_name": "Lê Văn Tư", "personal_id": "001060012345"}
    return form


@pytest.mark.parametrize("profile", ONLINE.values(), ids=ONLINE)
def test_a_draft_asks_for_these_papers_and_is_not_submitted_without_them(citizen, draft, profile):
    view = story.fill(citizen, draft, filled(profile)).ok().body
    wanted = set(profile.papers.split())
    assert (view["form_errors"], view["undecided"]) == ([], [])
    assert digits(view["papers"]) == digits(view["missing"]) == wanted
    conditional = {"3208", "3159", "3303", "4389", "3785"}
    assert digits(view["not_needed"]) == conditional - wanted
    assert view["form"].get("is_late") is (profile.born_on < "2026-06-01")
    answer = story.submit(citizen, draft)
    if wanted:
        assert digits(problem(answer, 409, "component_missing")["components"]) == wanted
    else:
        answer.ok(201)


def test_a_paper_that_the_answers_ask_for_is_brought_and_the_dossier_goes_in(citizen, draft, small_scan):
    story.fill(citizen, draft, filled(PROFILES["an abandoned child"])).ok()
    upload = story.upload(citizen, draft, small_scan, component=f"{PREFIX}3208")
    assert story.checked(citizen, draft, upload)["status"] == "accepted"
    assert citizen.get(f"/v1/drafts/{draft}").ok().body["missing"] == []
    story.submit(citizen, draft).ok(201)


def test_before_there_are_answers_nothing_is_promised(anyone, citizen, draft):
    body = checklist(anyone).ok().body
    assert digits(body["papers"]) == {FORM_PAPER}
    assert digits(body["undecided"]) == {"3208", "3159", "3303", "4389", "3785"}
    view = citizen.get(f"/v1/drafts/{draft}").ok().body
    assert digits(view["undecided"]) == digits(body["undecided"])
    assert (view["papers"], view["not_needed"]) == ([], [])


def test_the_questions_have_texts_of_their_own_in_both_languages_and_go_as_they_are_answered(anyone):
    answers: dict[str, Any] = {}
    asked = checklist(anyone).ok().body["questions"]
    assert [each["field"] for each in asked] == [
        "/case/parents", "/case/surrogacy", "/birth_proof", "/case/residence_known", "/requester/relationship",
    ]  # fmt: skip
    for language in ("text_vi", "text_en"):
        assert len({each[language] for each in asked}) == len(asked)
        for each in asked:
            assert len({choice[language] for choice in each["choices"]}) == len(each["choices"]) > 1
    assert not {each["text_vi"] for each in asked} & {each["text_en"] for each in asked}
    while asked:
        answers[asked[0]["field"]] = asked[0]["choices"][-1]["value"]
        asked = checklist(anyone, answers).ok().body["questions"]
        assert not answers.keys() & {each["field"] for each in asked}
    assert set(answers) == {"/case/parents", "/case/residence_known", "/requester/relationship"}, "the last: abandoned"


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"/case/nothing": True}, {"/answers/~1case~1nothing": "unknown"}),
        ({"/child/full_name": "Lê An"}, {"/answers/~1child~1full_name": "unknown"}),
        ({"/case/surrogacy": 1}, {"/answers/~1case~1surrogacy": "enum"}),
        ({"/case/surrogacy": "true"}, {"/answers/~1case~1surrogacy": "enum"}),
        ({"/birth_proof": "Không có"}, {"/answers/~1birth_proof": "enum"}),
        ({"": True, "/": True}, {"/answers/": "unknown", "/answers/~1": "unknown"}),
    ],
)
def test_an_answer_that_there_is_not_is_named(anyone, answers, told):
    assert rules(checklist(anyone, answers)) == told


@pytest.mark.parametrize("text", ["{", "[]", '{"a": null}', '{"a": {"b": 1}}', '{"a": 1.5}', "1", '"x"'])
def test_answers_that_cannot_be_read_are_refused(anyone, text):
    answer = anyone.get(f"/v1/services/{story.PROCEDURE}/checklist?answers={quote(text)}")
    assert {each["pointer"].split("/")[1] for each in problem(answer, 422, "body_invalid")["errors"]} == {"answers"}


def test_a_service_without_conditions_takes_no_answers(anyone):
    body = anyone.get("/v1/services/U.000001/checklist").ok().body
    assert (body["questions"], body["undecided"]) == ([], [])
    told = rules(anyone.get(f"/v1/services/U.000001/checklist?answers={quote(json.dumps(COMMON))}"))
    assert set(told.values()) == {"unknown"}
