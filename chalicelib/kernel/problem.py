"""Refusals, each with its row (HTTP status, code, the citizen's sentence), told as RFC 9457 problem+json.

A room declares its own refusals in its `refusals.py`; here are those that every room may raise.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final

MEDIA_TYPE: Final = "application/problem+json"


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field that broke one rule. `pointer` is a JSON Pointer into the body (RFC 6901)."""

    pointer: str
    rule: str
    message_vi: str
    message_en: str


@dataclass(frozen=True, slots=True)
class Row:
    """How one kind of refusal is told over HTTP."""

    status: int
    code: str
    title_vi: str
    title_en: str


class DomainError(Exception):
    """Base of every refusal that a user can meet. `facts` are safe to show; `fields` name what to mend.

    A room declares its refusals, each with its `row`.
    """

    row: ClassVar[Row]

    def __init__(self, *, fields: Sequence[FieldError] = (), **facts: Any) -> None:
        super().__init__(type(self).__name__)
        self.fields, self.facts = tuple(fields), facts


class TokenRefused(DomainError):
    """No token, or one that is forged, expired or for somebody else."""

    row = Row(401, "token_refused", "Chưa đăng nhập hoặc phiên không hợp lệ", "No valid token")


class NotAllowed(DomainError):
    """The principal's role does not include this act."""

    row = Row(403, "not_allowed", "Vai trò của bạn không được thực hiện việc này", "Your role does not include this")


class NotFound(DomainError):
    """There is no such thing for this principal; another person's thing looks the same."""

    row = Row(404, "not_found", "Không tìm thấy", "Not found")


class LevelTooLow(DomainError):
    """The procedure asks for a higher level of electronic identity (Decree 69/2024); `required` says which."""

    row = Row(
        403, "level_too_low", "Thủ tục yêu cầu mức định danh điện tử cao hơn", "A higher identity level is required"
    )


class BodyInvalid(DomainError):
    """The body is not JSON, or its fields break their rules."""

    row = Row(422, "body_invalid", "Nội dung gửi không hợp lệ", "The body is not valid")


class KeyMissing(DomainError):
    """A POST came without Idempotency-Key."""

    row = Row(400, "key_missing", "Thiếu tiêu đề Idempotency-Key", "The Idempotency-Key header is missing")


class VersionMissing(DomainError):
    """A change came without If-Match."""

    row = Row(428, "version_missing", "Thiếu tiêu đề If-Match", "The If-Match header is missing")


class KeyReused(DomainError):
    """The Idempotency-Key was used before with another body."""

    row = Row(
        409, "key_reused", "Idempotency-Key đã dùng với nội dung khác", "Idempotency-Key was used with another body"
    )


class LostUpdate(DomainError):
    """Somebody changed the thing in between; `current_version` says where it stands."""

    row = Row(412, "lost_update", "Nội dung đã được người khác sửa", "It was changed in between")


class ForbiddenStep(DomainError):
    """The dossier's state, or the order of steps the law sets, does not allow this."""

    row = Row(409, "forbidden_step", "Trạng thái hồ sơ không cho phép", "The state does not allow this")


class TryAgain(DomainError):
    """Others write to the same thing at this moment; nothing was written."""

    row = Row(503, "try_again", "Hệ thống bận, xin thử lại", "Busy, please try again")


class TypeNotSupported(DomainError):
    """The body is not of a media type that the route takes."""

    row = Row(415, "type_not_supported", "Kiểu nội dung không được hỗ trợ", "Media type not supported")


class MethodNotAllowed(DomainError):
    """The path exists, the method does not."""

    row = Row(405, "method_not_allowed", "Phương thức không được hỗ trợ", "Method not allowed")


class Broken(DomainError):
    """A fault of ours."""

    row = Row(500, "broken", "Lỗi của hệ thống", "A fault of ours")


def refusals() -> list[type[DomainError]]:
    """Every refusal that the loaded rooms declare, by its code."""
    found, waiting = set[type[DomainError]](), [DomainError]
    while waiting:
        below = waiting.pop().__subclasses__()
        found |= {kind for kind in below if "row" in vars(kind)}
        waiting += below
    return sorted(found, key=lambda kind: kind.row.code)


def problem(error: DomainError, *, language: str, request_id: str) -> tuple[int, dict[str, Any]]:
    """Status and body of a refusal in `vi` or `en`; `errors` names each field (JSON Pointer) and rule."""
    row = error.row
    body: dict[str, Any] = {
        "type": f"/docs/errors.html#{row.code}",
        "title": row.title_en if language == "en" else row.title_vi,
        "status": row.status,
        "code": row.code,
        "request_id": request_id,
        **error.facts,
    }
    if error.fields:
        body["errors"] = [
            {"pointer": f.pointer, "rule": f.rule, "message": f.message_en if language == "en" else f.message_vi}
            for f in error.fields
        ]
    return row.status, body
