"""The gateway's own answers: RFC 9457 problems for what never reaches a function, as gateway responses on AWS."""

import json
from collections.abc import Mapping
from typing import Any

from werkzeug.wrappers import Response

from chalicelib.kernel import errors
from chalicelib.kernel.errors import Row
from chalicelib.kernel.problem import TABLE

SAFE = {"X-Content-Type-Options": "nosniff"}
SHARED: Mapping[int, type[errors.DomainError]] = {
    401: errors.TokenRefused,
    403: errors.NotAllowed,
    404: errors.NotFound,
    405: errors.MethodNotAllowed,
    500: errors.Broken,
}
OWN = {
    400: Row(400, "bad_request", "Yêu cầu không hợp lệ", "The request cannot be understood"),
    408: Row(408, "request_timeout", "Quá thời gian chờ yêu cầu", "The request took too long to arrive"),
    413: Row(413, "content_too_large", "Nội dung quá lớn", "The body is too large"),
    502: Row(502, "function_failed", "Hàm xử lý bị lỗi", "The function behind this route failed"),
}


def row(status: int) -> Row:
    """The row of the product's table for a status, or the gateway's own."""
    return TABLE[SHARED[status]] if status in SHARED else OWN[status]


def body(status: int, request_id: str, detail: str = "") -> dict[str, Any]:
    """The members of a problem, in both languages: a gateway answers before anyone reads Accept-Language."""
    told = row(status)
    answer = {
        "type": f"/docs/errors.html#{told.code}",
        "title": f"{told.title_vi} / {told.title_en}",
        "status": status,
        "code": told.code,
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
