"""What the gateway itself refuses, by status, and the page of each code: the same on the local cloud and on AWS."""

from collections.abc import Mapping
from html import escape
from typing import Any

from chalicelib.kernel import problem as errors
from chalicelib.kernel.problem import Row

SHARED: Mapping[int, type[errors.DomainError]] = {
    401: errors.TokenRefused,
    403: errors.NotAllowed,
    404: errors.NotFound,
    405: errors.MethodNotAllowed,
    500: errors.Broken,
    503: errors.TryAgain,
}
OWN = {
    400: Row(
        400,
        "bad_request",
        "Yêu cầu không hợp lệ",
        "The request cannot be understood",
        remedy_vi="Kiểm tra lại địa chỉ, tiêu đề và nội dung rồi gửi lại",
        remedy_en="Mend the address, the headers or the body, then send it again",
    ),
    408: Row(
        408,
        "request_timeout",
        "Quá thời gian chờ yêu cầu",
        "The request took too long to arrive",
        remedy_vi="Gửi lại yêu cầu",
        remedy_en="Send the request again",
    ),
    413: Row(
        413,
        "content_too_large",
        "Nội dung quá lớn",
        "The body is too large",
        remedy_vi="Gửi tệp lên kho lưu trữ bằng biểu mẫu đã ký, không gửi trong nội dung",
        remedy_en="Post files to storage with the presigned form, never in a body",
    ),
    502: Row(
        502,
        "function_failed",
        "Hàm xử lý bị lỗi",
        "The function behind this route failed",
        remedy_vi="Gửi lại với cùng Idempotency-Key; nếu vẫn lỗi, báo `request_id` cho đơn vị vận hành",
        remedy_en="Repeat with the same Idempotency-Key; if it stays, report the `request_id`",
    ),
}


def row(status: int) -> Row:
    """The row of the product's table for a status, or the gateway's own."""
    return SHARED[status].row if status in SHARED else OWN[status]


def told(row: Row, url: str, request_id: str) -> dict[str, Any]:
    """The members of a gateway's problem, in both languages: it answers before anyone reads Accept-Language."""
    return {
        "type": f"{url}{page_path(row.code)}",
        "title": f"{row.title_vi} / {row.title_en}",
        "status": row.status,
        "detail": f"{row.remedy_vi} / {row.remedy_en}",
        "instance": f"urn:uuid:{request_id}",
        "code": row.code,
        "request_id": request_id,
    }


# --- pages ---------------------------------------------------------------------------------------------------

PAGE_HEADERS: Mapping[str, str] = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "public, max-age=3600",
    "Content-Security-Policy": "sandbox",  # a directive without quotes: a header of API Gateway cannot have any
    "X-Content-Type-Options": "nosniff",
}


def rows() -> dict[str, Row]:
    """Every row that a client may meet, by its code; the rooms have to be loaded."""
    kinds = (kind.row for kind in errors.refusals() if kind.__module__.startswith("chalicelib."))
    return {row.code: row for row in (*kinds, *OWN.values())}


def page_path(code: str) -> str:
    """Where the page about a code stands; a problem's `type` is this under the public address."""
    return f"/problems/{code}"


def page(row: Row) -> str:
    """What a problem's `type` opens, for people: what it is and what to do now."""
    return _begun(row.code) + _body(row) + _ended(row.code, str(row.status))


def _begun(code: str) -> str:
    return f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{code}</title>'


def _body(row: Row) -> str:
    vi = f"<h1>{escape(row.title_vi)}</h1><p>{escape(row.remedy_vi)}.</p>"
    return f'{vi}<section lang="en"><h2>{escape(row.title_en)}</h2><p>{escape(row.remedy_en)}.</p></section>'


def _ended(code: str, status: str) -> str:
    return f"<p><code>{code}</code>, HTTP {status}</p></html>"


def known_template() -> str:
    """What the gateway makes of a request for a page: 200 for a code that there is, else 404. In its own language."""
    known = ",".join(f"'{code}'" for code in sorted(rows()))
    found, other = '{"statusCode": 200}', '{"statusCode": 404}'
    return f"#set($known=[{known}])#if($known.contains($input.params('code'))){found}#else{other}#end"


def page_template() -> str:
    """The page about each code in the gateway's own language: texts in single quotes, in which it looks for nothing."""
    texts = ",".join(f"'{code}':'{_body(row)}'" for code, row in sorted(rows().items()))
    statuses = ",".join(f"'{code}':'{row.status}'" for code, row in sorted(rows().items()))
    given = f"#set($code=$input.params('code'))#set($texts={{{texts}}})#set($statuses={{{statuses}}})"
    return given + _begun("$code") + "$texts.get($code)" + _ended("$code", "$statuses.get($code)")
