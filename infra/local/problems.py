"""The gateway's own answers: RFC 9457 problems for what never reaches a function, as gateway responses on AWS."""

import json
from collections.abc import Mapping
from typing import Any

from werkzeug.wrappers import Response

from chalicelib.kernel.settings import PUBLIC_URL
from infra.stack.refusals import row, told

SAFE = {"X-Content-Type-Options": "nosniff"}


def body(status: int, request_id: str, detail: str = "") -> dict[str, Any]:
    """The members of a problem; `detail` instead of what its row says."""
    answer = told(row(status), PUBLIC_URL(), request_id)
    return answer | ({"detail": detail} if detail else {})


def problem(status: int, request_id: str, *, detail: str = "", headers: Mapping[str, str] | None = None) -> Response:
    """A problem as a response."""
    text, wait = json.dumps(body(status, request_id, detail), ensure_ascii=False), row(status).wait
    given = {**SAFE, **({"Retry-After": str(wait)} if wait else {}), **(headers or {})}
    return Response(text, status, given, content_type="application/problem+json")


def reply(value: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON answer."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return Response(text, status, {**SAFE, **(headers or {})}, content_type="application/json")
