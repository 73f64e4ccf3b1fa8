"""A parameter that a route does not have is told, never passed over: a filter misspelt would find everything."""

import re

import pytest
import requests

from chalicelib.kernel.endpoint import JSON
from infra.demo import story
from infra.demo.client import TIMEOUT, Client
from tests.support.asserts import problem, rules
from tests.support.world import ALL_ROLES, KEEPING_ROLES, NOBODYS, officer_of

CAPITALS = "limit", "LIMIT", "Limit"


@pytest.fixture(scope="module")
def everybody(where):
    """Somebody for each act: a citizen, officers, those who keep the catalogue, a portal, a system of an agency."""
    portal = Client.login(where, sub="dvc", kind="PORTAL", client_id="dvc")
    people = story.citizen(where, **story.somebody()), officer_of(where, story.AGENCY, *ALL_ROLES)
    system = Client.login(where, sub="figures", kind="SERVICE", name="S", agency=story.AGENCY, roles=["integration"])
    return (*people, officer_of(where, story.AGENCY, *KEEPING_ROLES), portal, system)


def asked(everybody, route, query):
    """The answers to one route, of those who may use it; names in its path name nothing."""
    path = re.sub(r"{\w+}", NOBODYS, route.path) + query
    body = {} if route.body else None
    kind = {"Content_Type": route.takes} if route.takes != JSON else {}
    answers = [who.call(route.method, path, body, version=0, **kind) for who in everybody]
    return [answer for answer in answers if answer.status != 403]


def test_a_parameter_that_a_route_does_not_have_is_named_on_every_route(everybody, routes):
    for route in routes:
        answers = asked(everybody, route, "?nothing=1&cursor=&a%2Fb=")
        assert answers, route.path
        wanted = {"/nothing": "unknown_parameter", "/a~1b": "unknown_parameter"}
        if "cursor" not in parameters(route):
            wanted["/cursor"] = "unknown_parameter"
        for answer in answers:
            assert rules(answer) == wanted, route.path


def parameters(route):
    """The names that a route declares."""
    return route.query if isinstance(route.query, tuple) else route.query.model_fields


def test_a_parameter_that_comes_twice_is_named(where, everybody):
    assert rules(everybody[0].get("/v1/services?limit=1&limit=2")) == {"/limit": "duplicate_key"}


def test_a_parameter_is_written_as_it_is_declared(everybody):
    told = {name: everybody[0].get(f"/v1/services?{name}=1").status for name in CAPITALS}
    assert told == {"limit": 200, "LIMIT": 422, "Limit": 422}


def test_the_value_of_an_unknown_parameter_is_not_repeated_and_both_languages_have_a_sentence(where):
    url = where["url"] + "/v1/services?ten=Nguy%E1%BB%85n+V%C4%83n+A"
    told = {}
    for language in ("vi", "en"):
        answer = requests.get(url, headers={"Accept-Language": language}, timeout=TIMEOUT)
        assert "Nguy" not in answer.text
        (told[language],) = (e["message"] for e in answer.json()["errors"])
    assert told["vi"] != told["en"]
    assert told["en"].isascii()


# --- HEAD ------------------------------------------------------------------------------------------------------------

OF_ONE_ANSWER = {"Date", "X-Request-Id"}


def same(one, other):
    """Whether two answers have the same headers, but for those that no two answers have in common."""
    return [{k: v for k, v in a.headers.items() if k not in OF_ONE_ANSWER and "Local" not in k} for a in (one, other)]


def test_what_can_be_read_can_be_asked_for_without_its_body(everybody, routes):
    for route in (r for r in routes if r.method == "GET"):
        path = re.sub(r"{\w+}", NOBODYS, route.path)
        for who in everybody:
            whole, head, again = who.get(path), who.call("HEAD", path), who.get(path)
            assert (head.status, head.body) == (whole.status, ""), route.path
            told, wanted = same(head, whole)
            if whole.status == 200:  # what is counted may be another number a moment later
                assert told == wanted or same(head, again)[0] == same(head, again)[1], route.path
            else:
                assert told.keys() == wanted.keys(), route.path


def test_what_is_cached_is_asked_for_by_its_etag(where):
    url = where["url"] + "/v1/services"
    etag = requests.head(url, timeout=TIMEOUT).headers["ETag"]
    again = requests.head(url, headers={"If-None-Match": etag}, timeout=TIMEOUT)
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/health", "/openapi.json", "/local/issuer/jwks"])
def test_the_pages_of_the_local_stage_too(where, path):
    whole, head = (requests.request(method, where["url"] + path, timeout=TIMEOUT) for method in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Type"] == whole.headers["Content-Type"]


def test_what_takes_no_get_takes_no_head(everybody):
    path = f"/v1/tasks/{NOBODYS}/complete"
    answer = everybody[0].call("HEAD", path)
    assert (answer.status, answer.headers["Allow"]) == (405, "POST")
    problem(everybody[0].get(path), 405, "method_not_allowed")
