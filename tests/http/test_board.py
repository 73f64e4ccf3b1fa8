"""The public board over HTTP: a page for browsers, whose figures are those of the routes at that moment."""

import csv
import io

import pytest
import requests

from chalicelib.measures.boards.page import PAGE
from chalicelib.measures.boards.wiring import making
from chalicelib.measures.boards.words import WORDS
from infra.demo import story
from infra.demo.client import TIMEOUT
from tests.http.test_look import BROWSER, Tree
from tests.http.test_measures import sent
from tests.support.asserts import problem

__all__ = ["sent"]
CITY = "H01"


@pytest.fixture(scope="module")
def year(cloud, sent):
    """The year of a dossier that is counted; the boards are made anew, for those of today may be there already."""
    cloud.wait_idle()
    assert making().anew().made > 0
    return sent[1]


def shown(where, *, accept=BROWSER, language="vi", **query):
    headers = {"Accept": accept, "Accept-Language": language}
    return requests.get(f"{where['url']}/v1/board", headers=headers, params=query, timeout=TIMEOUT)


def without_time(told):
    return {name: value for name, value in told.items() if name != "as_of"}


@pytest.mark.parametrize("unit", [CITY, story.AGENCY])
def test_a_board_says_what_the_routes_answer(where, year, unit):
    anybody = story.citizen(where)
    told = anybody.get(f"/v1/board?unit={unit}&period={year}").ok().body
    routes = {name: anybody.get(f"/v1/{name}?unit={unit}&period={year}").ok().body for name in ("scores", "measures")}
    assert {name: without_time(told[name]) for name in routes} == {k: without_time(v) for k, v in routes.items()}
    assert told["scores"]["as_of"] == told["measures"]["as_of"] == told["as_of"]
    last = told["trend"][-1]
    month = anybody.get(f"/v1/measures?unit={unit}&period={last['month']}").ok().body["indicators"]
    assert last["indicators"] == [{name: each[name] for name in last["indicators"][0]} for each in month]


@pytest.mark.parametrize("accept", [BROWSER, "application/json", "text/csv"])
@pytest.mark.parametrize("period", ["", "2020"])
def test_a_board_is_at_most_two_read_calls(where, year, accept, period):
    answer = shown(where, accept=accept, unit=CITY, period=period)
    assert answer.status_code == (404 if period else 200)
    assert 1 <= int(answer.headers["X-Local-DynamoDB-Reads"]) <= 2


def test_the_page_says_it_in_two_languages_and_is_kept_by_anybody(where, year):
    for language, place in (("vi", 0), ("en", 1)):
        answer = shown(where, language=language, unit=CITY, period=year)
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["Cache-Control"].startswith("public, max-age=")
        assert answer.headers["Vary"] == "Accept, Accept-Language"
        assert answer.headers["Content-Security-Policy"] == PAGE.policy
        tree = Tree(answer.text)
        assert tree.found[0] == ("html", {"lang": language})
        assert tree.texts["null"] == WORDS["null"][place]
        assert WORDS["missing"][place] in answer.text, "null is told, and is not 0"
        assert not [attrs for _, attrs in tree.found if {"src", "onclick", "style"} & attrs.keys()]
        assert "script" not in [tag for tag, _ in tree.found]
        other = Tree(shown(where, **dict(p.split("=") for p in tree.of("other")["href"][1:].split("&"))).text)
        assert other.found[0] == ("html", {"lang": ("en", "vi")[place]})


def test_it_leads_down_to_those_below_and_to_the_same_figures(where, year):
    tree = Tree(shown(where, unit=CITY, period=year).text)
    links = [attrs["href"] for tag, attrs in tree.found if tag == "a"]
    assert f"?unit={story.AGENCY}&period={year}&language=vi" in links
    told = shown(where, accept="application/json", unit=CITY, period=year)
    at = f"{where['url']}/v1/board"
    same, table = (
        requests.get(at + next(each for each in links if each.endswith(f"format={kind}")), headers={"Accept": BROWSER})
        for kind in ("json", "csv")
    )
    assert same.json() == told.json()
    rows = list(csv.DictReader(io.StringIO(table.text.removeprefix("\ufeff"))))
    assert {each["kind"] for each in rows} == {"component", "indicator", "month"}
    own = [each for each in rows if each["kind"] == "indicator" and each["id"] == "online_share"]
    online = next(each for each in told.json()["measures"]["indicators"] if each["id"] == "online_share")
    assert [(each["numerator"], each["denominator"]) for each in own] == [
        (str(online["numerator"]), str(online["denominator"]))
    ]


def test_what_is_not_there_is_told_on_a_page_and_to_machines(where, year):
    answer = shown(where, language="en", unit="H99", period=year)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert "public" not in answer.headers["Cache-Control"]
    assert WORDS["not_yet"][1] in Tree(answer.text).texts["about"]
    problem(story.citizen(where).get(f"/v1/board?unit=H99&period={year}"), 404, "not_found")


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("unit=H01&period=2026-13", "/period"),
        ("unit=H01&period=2199", "/period"),
        ("period=2026", "/unit"),
        ("unit=H01&by=9.9", "/by"),
        ("unit=H01&format=xml", "/format"),
        ("unit=H01&language=fr", "/language"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_its_place(where, year, query, pointer):
    told = problem(story.citizen(where).get(f"/v1/board?{query}"), 422, "body_invalid")
    assert [each["pointer"] for each in told["errors"]] == [pointer]
