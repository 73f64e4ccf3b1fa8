"""The gateway's own answers: RFC 9457 problems for what never reaches a function, as gateway responses on AWS."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from werkzeug.wrappers import Response

SAFE = {"X-Content-Type-Options": "nosniff"}
CODES = {
    400: "bad_request",
    401: "unauthorized",
    403: "forbidden",
    404: "not_found",
    405: "method_not_allowed",
    408: "request_timeout",
    413: "content_too_large",
    500: "gateway_error",
    502: "function_failed",
}


def body(status: int, request_id: str, detail: str = "") -> dict[str, Any]:
    """The members of a problem; `type` is a relative reference that names the code."""
    code = CODES.get(status, "error")
    answer = {
        "type": f"/problems/{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "request_id": request_id,
    }
    return answer | ({"detail": detail} if detail else {})


def problem(status: int, request_id: str, *, detail: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """A problem as a response."""
    text = json.dumps(body(status, request_id, detail), ensure_ascii=False)
    return Response(text, status, {**SAFE, **(headers or {})}, content_type="application/problem+json")


def reply(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return Response(text, status, {**SAFE, **(headers or {})}, content_type="application/json")
