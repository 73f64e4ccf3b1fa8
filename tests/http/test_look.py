"""The page that the code on a paper opens: in a browser, with scripts or without; machines read JSON at the address."""

import base64
import hashlib
import os
import re
import secrets
from html.parser import HTMLParser

import pytest
import requests

from chalicelib.messages.inquiry import SAID
from chalicelib.messages.views import PAGE, WORDS
from infra.demo import story
from infra.demo.client import TIMEOUT

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
VOID = {"meta", "input", "link", "br"}


class Tree(HTMLParser):
    """The elements of a page that is well formed: each that begins ends."""

    def __init__(self, text):
        super().__init__()
        self.open, self.found, self.texts = [], [], {}
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("id")))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if self.open:
            name = self.open[-1][1] or self.open[-1][0]
            self.texts[name] = self.texts.get(name, "") + data

    def of(self, name):
        return next(attrs for _, attrs in self.found if attrs.get("id") == name)


@pytest.fixture(scope="module")
def paper(where, finished):
    """The message, its look-up code and its bytes of the result of a finished dossier."""
    return papers_of(where, finished)[-1]


def papers_of(where, finished):
    me = story.citizen(where, **finished.claims)
    found = []
    for name in finished.messages:
        view = me.get(f"/v1/messages/{name}").ok().body
        found.append((view, requests.get(view["url"], timeout=TIMEOUT).content))
    return found


def shown(where, code, *, accept=BROWSER, **query):
    return requests.get(
        f"{where['url']}/v1/verifications/{code}", headers={"Accept": accept}, params=query, timeout=TIMEOUT
    )


def compared(where, code, data, name="file", kind="application/pdf", **query):
    return requests.post(
        f"{where['url']}/v1/verifications/{code}",
        headers={"Accept": BROWSER},
        files=[(name, ("giay.pdf", data, kind))],
        params=query,
        timeout=TIMEOUT,
    )


def test_a_browser_is_shown_what_a_machine_reads(where, paper):
    view, _ = paper
    page, told = shown(where, view["lookup"]), shown(where, view["lookup"], accept="*/*").json()
    assert page.status_code == 200
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    tree = Tree(page.text)
    assert tree.texts["title"] == told["title"]
    assert told["agency_name"] in tree.texts["dd"]
    assert told["sha256"] in tree.texts["dd"]
    assert all(each["name"] in tree.texts["dd"] for each in told["signatures"])
    assert SAID["registered"][0] in tree.texts["standing"]
    assert tree.of("check")["data-sha256"] == told["sha256"]


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html, application/json;q=0.1", ""])
def test_who_asks_for_json_gets_json(where, paper, accept):
    assert shown(where, paper[0]["lookup"], accept=accept).headers["Content-Type"] == "application/json"


def test_it_speaks_two_languages_and_leads_from_one_to_the_other(where, paper):
    vietnamese = Tree(shown(where, paper[0]["lookup"]).text)
    english = Tree(shown(where, paper[0]["lookup"] + vietnamese.of("other")["href"]).text)
    for tree, language, place in ((vietnamese, "vi", 0), (english, "en", 1)):
        assert tree.found[0] == ("html", {"lang": language})
        for word in ("door", "ask", "label", "send", "limit", "foot"):
            assert tree.texts[word] == WORDS[word][place]
    assert english.of("other")["href"] == "?language=vi"


def test_the_page_runs_its_own_script_and_loads_nothing(where, paper):
    answer = shown(where, paper[0]["lookup"])
    policy = answer.headers["Content-Security-Policy"]
    assert policy == PAGE.policy
    assert policy.startswith("default-src 'none'")
    for tag in ("script", "style"):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", answer.text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    tree = Tree(answer.text)
    assert not [attrs for _, attrs in tree.found if {"src", "onclick", "style"} & attrs.keys()]
    assert [attrs["href"] for _, attrs in tree.found if "href" in attrs] == ["?language=en"]


def test_without_scripts_a_file_is_compared_by_the_form_of_the_page(where, paper):
    view, data = paper
    code = view["lookup"]
    same, other = compared(where, code, data), compared(where, code, data + b" ")
    assert same.status_code == other.status_code == 200
    assert SAID["unchanged"][0] in Tree(same.text).texts["standing"]
    assert SAID["changed"][0] in Tree(other.text).texts["standing"]
    assert Tree(other.text).of("standing")["class"] == "standing bad"
    assert SAID["unchanged"][1] in Tree(compared(where, code, data, language="en").text).texts["standing"]


def test_a_code_that_leads_nowhere_is_told_on_a_page(where):
    answer = shown(where, "0000-0000-0000-0000", language="en")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    tree = Tree(answer.text)
    assert tree.texts["title"] == WORDS["unknown"][1]
    assert "check" not in [attrs.get("id") for _, attrs in tree.found]


@pytest.mark.parametrize(
    ("name", "data", "rule"), [("file", b"", "missing"), ("other", b"x", "missing"), ("file", b"x" * 4_000_001, "long")]
)
def test_what_cannot_be_compared_is_refused_with_its_reason(where, paper, name, data, rule):
    answer = compared(where, paper[0]["lookup"], data, name)
    assert answer.status_code == 422
    said = Tree(answer.text).texts["standing"]
    assert ("tối đa" in said) == (rule == "long")


def test_a_machine_that_sends_a_form_is_answered_as_a_machine(where, paper):
    view, data = paper
    address = f"{where['url']}/v1/verifications/{view['lookup']}"
    told = requests.post(address, files={"file": data}, timeout=TIMEOUT).json()
    assert told["standing"] == "unchanged"
    twice = requests.post(address, files=[("file", data), ("file", data)], timeout=TIMEOUT)
    assert (twice.status_code, twice.json()["errors"][0]["rule"]) == (422, "duplicate_key")
    plain = requests.post(address, json={"file": "eA=="}, timeout=TIMEOUT)
    assert plain.status_code == 415


def test_the_bytes_of_a_file_arrive_as_they_were_sent(where, paper):
    odd = b"\r\n--\r\n" + os.urandom(70_000) + b"\r\n"
    told = requests.post(
        f"{where['url']}/v1/verifications", json={"sha256": hashlib.sha256(odd).hexdigest()}, timeout=TIMEOUT
    )
    assert told.status_code in (400, 404), "nobody knows it"
    assert SAID["changed"][0] in Tree(compared(where, paper[0]["lookup"], odd).text).texts["standing"]


def test_guesses_find_nothing_and_are_told_apart_by_nothing(where, paper):
    """The same refusal for a code that never was and one that is off by a letter; the soak guesses ten thousand."""
    code = paper[0]["lookup"]
    letter = "A" if code[-1] != "A" else "B"
    said = {shown(where, guess).text for guess in (code[:-1] + letter, code[::-1], "X" * len(code))}
    assert len(said) == 1


@pytest.mark.parametrize("name", ["x" * 3000, "%2e%2e%2f", "a%00b", "%C3%A9", "%FF", "MC-%23", "%20", "MC-"])
def test_a_strange_code_is_404_by_the_form_too(where, name):
    assert compared(where, name, b"x").status_code == 404


@pytest.mark.soak
def test_ten_thousand_guesses_find_nothing(where, paper):
    letters = sorted(set(paper[0]["lookup"]) | set("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
    with requests.Session() as session:
        for _ in range(10_000):
            guess = "".join(secrets.choice(letters) for _ in paper[0]["lookup"])
            assert session.get(f"{where['url']}/v1/verifications/{guess}", timeout=TIMEOUT).status_code == 404
