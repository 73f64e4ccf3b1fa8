"""What every answer owes."""

import re

from infra.demo.client import Answer

MEMBERS = {"type", "title", "status", "detail", "instance", "code", "request_id"}


def problem(answer: Answer, status: int, code: str | None = None) -> dict:
    """The body of a refusal, once it has the one shape that all refusals have."""
    assert answer.status == status, (answer.status, answer.body)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    body = answer.body
    assert isinstance(body, dict)
    assert body.keys() >= MEMBERS, body
    assert body["status"] == status
    assert re.fullmatch(r"https?://[^/]+/problems/" + body["code"], body["type"])
    assert body["title"].strip()
    assert body["detail"].strip()
    assert body["instance"] == f"urn:uuid:{body['request_id']}"
    assert body["request_id"] == request_id(answer)
    assert code is None or body["code"] == code, body
    return body


def request_id(answer: Answer) -> str:
    """The embedded cloud's name for it, or API Gateway's."""
    return answer.headers.get("X-Request-Id") or answer.headers["x-amzn-RequestId"]


def rules(answer: Answer, status: int = 422) -> dict[str, str]:
    """Pointer -> rule of a refusal that names fields; each has a sentence of its own."""
    errors = problem(answer, status)["errors"]
    assert all(e.keys() == {"pointer", "rule", "message"} and e["message"].strip() for e in errors)
    return {e["pointer"]: e["rule"] for e in errors}


def same_shape(one: Answer, other: Answer, status: int = 404, code: str = "not_found") -> None:
    """Two refusals that nobody can tell apart: a thing of another person and a name that never was."""
    own = {"request_id", "instance"}
    bodies = [{k: v for k, v in problem(a, status, code).items() if k not in own} for a in (one, other)]
    assert bodies[0] == bodies[1]
    headers = [{k: v for k, v in a.headers.items() if k not in SPOKEN} for a in (one, other)]
    assert headers[0].keys() == headers[1].keys()


SPOKEN = {"Date", "X-Request-Id", "Content-Length"}
