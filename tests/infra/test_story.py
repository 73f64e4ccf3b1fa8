"""The demo's story finds what it looks for on whichever page of a list it stands."""

from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

from infra.demo import story

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
