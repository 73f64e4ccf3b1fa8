"""A portal's page stands on another origin: its browser asks before it sends, and hides what it may not show."""

import requests

from infra.demo.client import TIMEOUT

ORIGIN = "https://cong.example.vn"
SAFE = {"accept", "accept-language", "content-language"}  # a browser sends these without asking


def operations(described):
    for path, methods in sorted(described["paths"].items()):
        yield from ((method.upper(), path, told) for method, told in methods.items())


def sent(told):
    """Headers that a browser sends for an operation, as the API describes it."""
    named = {p["name"].lower() for p in told.get("parameters", ()) if p["in"] == "header"}
    named |= {"authorization"} if told.get("security", True) else set()
    return (named | ({"content-type"} if "requestBody" in told else set())) - SAFE


def refused(where, method, path, wanted):
    """What a browser would not send, or not let a page send, of one operation."""
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": method}
    asked |= {"Access-Control-Request-Headers": ",".join(sorted(wanted))}
    url = where["url"] + path.replace("{", "").replace("}", "")
    answer = requests.options(url, headers=asked, timeout=TIMEOUT)
    told = {name: answer.headers.get(f"Access-Control-Allow-{name}", "") for name in ("Origin", "Methods", "Headers")}
    allowed = {name.strip().lower() for name in told["Headers"].split(",")}
    if answer.status_code != 200 or told["Origin"] not in ("*", ORIGIN):
        yield f"the pre-flight of {method} {path} was answered {answer.status_code} for {told['Origin']}"
    if method not in told["Methods"].split(","):
        yield f"{method} {path}"
    yield from (f"{method} {path}: {name}" for name in sorted(wanted - allowed))


def test_a_browser_may_send_what_each_route_asks_for(where):
    described = requests.get(where["url"] + "/openapi.json", timeout=TIMEOUT).json()
    routes = [(method, path, sent(told)) for method, path, told in operations(described) if path.startswith("/v1/")]
    assert len(routes) > 30
    assert {"authorization", "content-type", "idempotency-key", "if-match"} <= set().union(*(r[2] for r in routes))
    assert [fault for route in routes for fault in refused(where, *route)] == []


def test_a_page_may_read_what_it_needs_for_its_next_request(where, citizen, draft):
    headers = {"Origin": ORIGIN, "Authorization": f"Bearer {citizen.token}"}
    answers = [
        requests.get(f"{where['url']}/v1/drafts/{draft}", headers=headers, timeout=TIMEOUT),
        requests.get(f"{where['url']}/v1/drafts/none", headers=headers, timeout=TIMEOUT),
        requests.get(f"{where['url']}/v1/nowhere", headers=headers, timeout=TIMEOUT),
        requests.post(f"{where['url']}/v1/drafts", headers={"Origin": ORIGIN}, json={}, timeout=TIMEOUT),
    ]
    assert [answer.status_code for answer in answers] == [200, 404, 404, 401]
    for answer in answers:
        shown = {name.strip().lower() for name in answer.headers["Access-Control-Expose-Headers"].split(",")}
        assert {"etag", "location", "retry-after", "x-request-id", "www-authenticate"} <= shown
        assert answer.headers["Access-Control-Allow-Origin"] in ("*", ORIGIN)
