"""Refusals, each with its row (HTTP status, code, the citizen's sentences), told as RFC 9457 problem+json.

A room declares its own refusals in its `refusals.py`; here are those that every room may raise.
"""

from collections.abc import Sequence
from typing import Any, ClassVar, Final

import msgspec

from chalicelib.kernel.settings import PUBLIC_URL

MEDIA_TYPE: Final = "application/problem+json"


class FieldError(msgspec.Struct, frozen=True):
    """One field that broke one rule. `pointer` is a JSON Pointer into the body (RFC 6901)."""

    pointer: str
    rule: str
    message_vi: str
    message_en: str


class Row(msgspec.Struct, frozen=True):
    """How one kind of refusal is told over HTTP: what it is, and what to do now."""

    status: int
    code: str
    title_vi: str
    title_en: str
    remedy_vi: str = ""
    remedy_en: str = ""
    wait: int = 0
    """Seconds after which asking again may help (`Retry-After`); 0: it will not."""


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

    row = Row(
        401,
        "token_refused",
        "Chưa đăng nhập hoặc phiên không hợp lệ",
        "No valid token",
        remedy_vi="Đăng nhập lại rồi gửi lại yêu cầu",
        remedy_en="Log in again, then repeat the request",
    )


class NotAllowed(DomainError):
    """The principal's role does not include this act."""

    row = Row(
        403,
        "not_allowed",
        "Vai trò của bạn không được thực hiện việc này",
        "Your role does not include this",
        remedy_vi="Dùng tài khoản có vai trò được thực hiện việc này",
        remedy_en="Use an account whose role includes it",
    )

    def __init__(self, act: str = "", **facts: Any) -> None:
        super().__init__(**facts)
        self.act = act
        self.facts |= {"act": act} if act else {}


class SecondUnknown(DomainError):
    """Two people are asked for, and nobody knows the number of one: `whose` (first, second), `officer` their record."""

    row = Row(
        403,
        "second_unknown",
        "Việc này cần hai người, mà số định danh cá nhân của một người chưa được biết",
        "Two people are asked for, and the personal number of one is not known",
        remedy_vi="Quản trị viên của cơ quan khai số của người nêu ở `whose`, `officer` vào danh sách công chức, hoặc"
        " người đó đăng nhập bằng tài khoản có số định danh; số của người thứ nhất (`first`) chưa biết thì người đó làm"
        " lại việc của mình, hoặc người khác làm lại việc đó",
        remedy_en="Let an administrator give the number of `whose`, `officer` on the staff list, or let them sign in by"
        " an account that says it; a `first` one without a number does their part again, or somebody else does it",
    )


class ClientNotOwn(DomainError):
    """A person's token was issued to a client that is not the stage's; `client` is empty where it names none."""

    row = Row(
        403,
        "client_not_own",
        "Phiên đăng nhập này không thuộc ứng dụng của chính dịch vụ",
        "This token was not issued to a client of this service itself",
        remedy_vi="Kho, việc chia sẻ, lấy bản sao kho và đánh giá: đăng nhập tại ứng dụng của chính dịch vụ."
        " Cổng khác đổi phiên này tại POST /v1/token, rồi làm thay người dân những việc mà cổng được làm",
        remedy_en="For the vault, what is shared of it, take-outs and ratings sign in at this service's own app."
        " Another portal exchanges this token at POST /v1/token, and may then do for the person what portals may",
    )


class NotFound(DomainError):
    """There is no such thing for this principal; another person's thing looks the same."""

    row = Row(
        404,
        "not_found",
        "Không tìm thấy",
        "Not found",
        remedy_vi="Kiểm tra lại mã; hồ sơ hoặc giấy tờ của người khác cũng được trả lời như vậy",
        remedy_en="Check the code; what belongs to somebody else looks the same",
    )


class LevelTooLow(DomainError):
    """The procedure asks for a higher level of electronic identity (Decree 69/2024); `required` says which."""

    row = Row(
        403,
        "level_too_low",
        "Thủ tục yêu cầu mức định danh điện tử cao hơn",
        "A higher identity level is required",
        remedy_vi="Đăng nhập bằng tài khoản định danh điện tử mức độ 2",
        remedy_en="Log in with an identity of level 2",
    )


class BodyInvalid(DomainError):
    """The body is not JSON, or its fields break their rules."""

    row = Row(
        422,
        "body_invalid",
        "Nội dung gửi không hợp lệ",
        "The body is not valid",
        remedy_vi="Sửa từng chỗ nêu trong `errors` rồi gửi lại",
        remedy_en="Mend each place that `errors` names, then send it again",
    )


class KeyMissing(DomainError):
    """A POST came without Idempotency-Key."""

    row = Row(
        400,
        "key_missing",
        "Thiếu tiêu đề Idempotency-Key",
        "The Idempotency-Key header is missing",
        remedy_vi="Gửi kèm Idempotency-Key: một chuỗi ngẫu nhiên, không quá độ dài cho phép",
        remedy_en="Send an Idempotency-Key: a random text of no more than the allowed length",
    )


class AccountLocked(DomainError):
    """The account of the organisation that acts is locked, suspended or ended (Decree 69/2024 Art. 15(2)(b))."""

    row = Row(
        403,
        "account_locked",
        "Tài khoản của tổ chức đã bị khóa hoặc chấm dứt",
        "The organisation's account is locked or ended",
        remedy_vi="Đề nghị cơ quan đăng ký mở lại tài khoản; chưa có gì được thay đổi",
        remedy_en="Have the register reopen the account; nothing was changed",
    )


class VersionMissing(DomainError):
    """A change came without If-Match."""

    row = Row(
        428,
        "version_missing",
        "Thiếu tiêu đề If-Match",
        "The If-Match header is missing",
        remedy_vi="Gửi kèm If-Match với ETag của nội dung đã đọc",
        remedy_en="Send If-Match with the ETag of what you read",
    )


class KeyReused(DomainError):
    """The Idempotency-Key was used before with another body."""

    row = Row(
        409,
        "key_reused",
        "Idempotency-Key đã dùng với nội dung khác",
        "Idempotency-Key was used with another body",
        remedy_vi="Dùng khóa mới cho yêu cầu mới",
        remedy_en="Use a new key for a new request",
    )


class DayLimitReached(DomainError):
    """The person did this act (`act`) as often today as they may (`limit`); it opens again at `opens_at`."""

    row = Row(
        429,
        "day_limit_reached",
        "Hôm nay bạn đã làm việc này đủ số lần cho phép",
        "You did this as often today as one person may",
        remedy_vi="Làm lại từ thời điểm nêu trong `opens_at`; việc gấp thì đến Bộ phận Một cửa",
        remedy_en="Do it again from `opens_at` on; what is urgent can be handed in at the one-stop counter",
    )


class LostUpdate(DomainError):
    """Somebody changed the thing in between; `current_version` says where it stands."""

    row = Row(
        412,
        "lost_update",
        "Nội dung đã được người khác sửa",
        "It was changed in between",
        remedy_vi="Đọc lại nội dung mới nhất, sửa trên đó rồi gửi lại",
        remedy_en="Read it again, make your change on that, send it again",
    )


class ForbiddenStep(DomainError):
    """The dossier's state, or the order of steps the law sets, does not allow this."""

    row = Row(
        409,
        "forbidden_step",
        "Trạng thái hồ sơ không cho phép",
        "The state does not allow this",
        remedy_vi="Đọc lại hồ sơ để biết trạng thái hiện tại",
        remedy_en="Read it again: its state says what may be done",
    )


class NoSigningCertificate(DomainError):
    """Nobody could sign what this step orders: the register has no certificate of the `signer` (officer, agency)."""

    row = Row(
        409,
        "no_signing_certificate",
        "Chưa đăng ký chứng thư chữ ký số",
        "No certificate for signing is registered",
        remedy_vi="Đề nghị đơn vị vận hành đăng ký chứng thư và khóa ký; chưa có gì được yêu cầu ký",
        remedy_en="Have the operator register the certificate and its key; nothing was ordered",
    )


class TryAgain(DomainError):
    """Others write to the same thing at this moment, or what we stand on has too much to do or does not answer."""

    row = Row(
        503,
        "try_again",
        "Hệ thống bận, xin thử lại",
        "Busy, please try again",
        remedy_vi="Chờ số giây nêu trong Retry-After rồi gửi lại với cùng Idempotency-Key: việc chỉ được ghi một lần",
        remedy_en="Wait for the seconds of Retry-After, repeat with the same Idempotency-Key: it is done once",
        wait=1,
    )


class LogBroken(DomainError):
    """A log is not as it was written: rows were changed, taken out or put in. Nothing of it is told as history.

    `record` names it, without what stands for a person.
    """

    row = Row(
        500,
        "log_broken",
        "Nhật ký không còn nguyên vẹn; đơn vị vận hành đã được báo",
        "The log is not as it was written; the operator was told",
        remedy_vi="Không cần làm gì; đơn vị vận hành kiểm tra nhật ký và trả lời",
        remedy_en="There is nothing to do; the operator looks into the log and answers",
    )

    def __init__(self, record: str = "?", **facts: Any) -> None:
        super().__init__(record=record, **facts)
        self.record = record


class RecordUnreadable(DomainError):
    """A record is not as any release of ours wrote it: nothing of it is told, and nothing is decided on it.

    `record` names it, without what stands for a person.
    """

    row = Row(
        500,
        "record_unreadable",
        "Bản ghi không còn như khi được ghi; đơn vị vận hành đã được báo",
        "A record is not as it was written; the operator was told",
        remedy_vi="Không cần làm gì; đơn vị vận hành kiểm tra bản ghi và trả lời",
        remedy_en="There is nothing to do; the operator looks into the record and answers",
    )


class ContentErased(DomainError):
    """What this dossier kept of a person was erased: the keys that it was sealed under are destroyed."""

    row = Row(
        410,
        "content_erased",
        "Nội dung cá nhân của hồ sơ đã bị xóa vĩnh viễn",
        "What the dossier kept of a person was erased",
        remedy_vi="Không thể khôi phục; liên hệ cơ quan tiếp nhận để biết căn cứ, hoặc nộp hồ sơ mới",
        remedy_en="It cannot be brought back; ask the agency on which ground, or submit a new dossier",
    )

    def __init__(self, dossier: str = "", **facts: Any) -> None:
        super().__init__(dossier=dossier, **facts)
        self.dossier = dossier


class TypeNotSupported(DomainError):
    """The body is not of a media type that the route takes."""

    row = Row(
        415,
        "type_not_supported",
        "Kiểu nội dung không được hỗ trợ",
        "Media type not supported",
        remedy_vi="Gửi nội dung với Content-Type: application/json",
        remedy_en="Send the body with Content-Type: application/json",
    )


class MethodNotAllowed(DomainError):
    """The path exists, the method does not."""

    row = Row(
        405,
        "method_not_allowed",
        "Phương thức không được hỗ trợ",
        "Method not allowed",
        remedy_vi="Xem tiêu đề Allow để biết phương thức dùng được",
        remedy_en="The Allow header, or the list of routes, says which methods there are",
    )


class Broken(DomainError):
    """A fault of ours."""

    row = Row(
        500,
        "broken",
        "Lỗi của hệ thống",
        "A fault of ours",
        remedy_vi="Gửi lại với cùng Idempotency-Key; nếu vẫn lỗi, báo `request_id` cho đơn vị vận hành",
        remedy_en="Repeat with the same Idempotency-Key; if it stays, report the `request_id`",
    )


def refusals() -> list[type[DomainError]]:
    """Every refusal that the loaded rooms declare, by its code."""
    found, waiting = set[type[DomainError]](), [DomainError]
    while waiting:
        below = waiting.pop().__subclasses__()
        found |= {kind for kind in below if "row" in vars(kind)}
        waiting += below
    return sorted(found, key=lambda kind: kind.row.code)


def type_of(code: str) -> str:
    """The address of the page about a code, an absolute URI that opens (RFC 9457 section 3.1.1)."""
    return f"{PUBLIC_URL()}/problems/{code}"


def problem(error: DomainError, *, language: str, request_id: str) -> tuple[int, dict[str, Any]]:
    """Status and body of a refusal in `vi` or `en`; `errors` names each field (JSON Pointer) and rule.

    `detail` says what to do now; `instance` is this very request's name, not an address.
    """
    row, english = error.row, language == "en"
    title, remedy = (row.title_en, row.remedy_en) if english else (row.title_vi, row.remedy_vi)
    body: dict[str, Any] = {
        "type": type_of(row.code),
        "title": title,
        "status": row.status,
        "detail": remedy or title,
        "instance": f"urn:uuid:{request_id}",
        "code": row.code,
        "request_id": request_id,
        **error.facts,
    }
    if error.fields:
        body["errors"] = [
            {"pointer": f.pointer, "rule": f.rule, "message": f.message_en if english else f.message_vi}
            for f in error.fields
        ]
    return row.status, body
