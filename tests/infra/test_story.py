"""The demo's story finds what it looks for on whichever page of a list it stands."""

from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest

from infra.demo import article_eight, story
from infra.demo.client import Answer, Unexpected

PAGES = {None: (["a", "b"], "1 /="), "1 /=": (["c"], None)}


class Desk:
    """A list of three rows on two pages."""

    def __init__(self, name):
        self.name, self.asked = name, []

    def get(self, path):
        self.asked.append(path)
        (cursor,) = parse_qs(urlsplit(path).query).get("cursor", [None])
        names, following = PAGES[cursor]
        body = {self.name: [{"id": f"id-{n}", "reference": n} for n in names], "next": following}
        return SimpleNamespace(ok=lambda: SimpleNamespace(body=body))


def test_a_copy_and_a_task_are_found_on_a_later_page():
    assert story.copy_of(Desk("copies"), "c") == "id-c"
    assert story.task_of(Desk("tasks"), "c", "verify") == "id-c"
    assert story.copy_of(Desk("copies"), "d") is None


def test_no_page_is_asked_for_that_is_not_needed():
    desk = Desk("tasks")
    story.task_of(desk, "a", "verify")
    assert desk.asked == ["/v1/tasks?kind=verify&"]


class Principal:
    """Who gives a mandate, before a register that answers in this order."""

    def __init__(self, *answers):
        self.answers, self.offered = list(answers), 0

    def post(self, path, body=None):
        if path != "/v1/mandates":
            return Answer(201, {}, {})
        self.offered += 1
        return self.answers.pop(0)


class Agent:
    """Who confirms the mandate; no draft is asked of them here."""

    def post(self, path, body):
        if path == "/v1/drafts":
            raise LookupError(body["acts_for"])
        return Answer(200, {}, {})


def refused(rule):
    return Answer(422, {}, {"code": "mandate_invalid", "errors": [{"pointer": "/procedures/0", "rule": rule}]})


def paper(principal):
    return article_eight.PaperStory({}, b"", principal, {}, Agent(), agent_claims=article_eight.AGENT)


def test_a_mandate_waits_until_its_register_has_heard_of_the_service():
    """The register hears of a publication by an event: on a busy machine the demo was quicker, and died of it."""
    late = Principal(refused("procedure_unknown"), Answer(201, {}, {"id": "M1", "waiting": {"number": 1}}))
    with pytest.raises(LookupError, match="M1"):
        paper(late).file()
    assert late.offered == 2


def test_a_mandate_that_is_refused_for_another_reason_is_told_at_once():
    wrong = Principal(refused("self"), Answer(201, {}, {"id": "M1", "waiting": {"number": 1}}))
    with pytest.raises(Unexpected, match="self"):
        paper(wrong).file()
    assert wrong.offered == 1
