"""The table from refusals to HTTP: status, code and the citizen's sentence, as RFC 9457 problem+json."""

from typing import Any

from chalicelib.kernel import errors as e
from chalicelib.kernel.errors import Row

MEDIA_TYPE = "application/problem+json"


TABLE: dict[type[e.DomainError], Row] = {
    e.TokenRefused: Row(401, "token_refused", "Chưa đăng nhập hoặc phiên không hợp lệ", "No valid token"),
    e.NotAllowed: Row(
        403, "not_allowed", "Vai trò của bạn không được thực hiện việc này", "Your role does not include this"
    ),
    e.LevelTooLow: Row(
        403, "level_too_low", "Thủ tục yêu cầu mức định danh điện tử cao hơn", "A higher identity level is required"
    ),
    e.NotFound: Row(404, "not_found", "Không tìm thấy", "Not found"),
    e.MethodNotAllowed: Row(405, "method_not_allowed", "Phương thức không được hỗ trợ", "Method not allowed"),
    e.KeyReused: Row(
        409, "key_reused", "Idempotency-Key đã dùng với nội dung khác", "Idempotency-Key was used with another body"
    ),
    e.ComponentMissing: Row(409, "component_missing", "Hồ sơ còn thiếu thành phần", "A component is missing"),
    e.ComponentUnchecked: Row(409, "component_unchecked", "Tệp đang được kiểm tra", "An upload is still being checked"),
    e.AlreadySubmitted: Row(409, "already_submitted", "Hồ sơ đã được nộp", "The draft was submitted"),
    e.ProcedureClosed: Row(
        409, "procedure_closed", "Phiên bản thủ tục không còn hiệu lực", "This version of the procedure is closed"
    ),
    e.ElectronicBarred: Row(
        409,
        "electronic_barred",
        "Pháp luật không cho phép thực hiện thủ tục này trực tuyến",
        "A law keeps this procedure from electronic means",
    ),
    e.TaskClosed: Row(409, "task_closed", "Công việc đã hoàn thành trước đó", "The task was completed before"),
    e.TaskNotReady: Row(
        409, "task_not_ready", "Chưa đủ điều kiện để làm bước này", "Something before this is not done yet"
    ),
    e.ForbiddenStep: Row(409, "forbidden_step", "Trạng thái hồ sơ không cho phép", "The state does not allow this"),
    e.LostUpdate: Row(412, "lost_update", "Nội dung đã được người khác sửa", "It was changed in between"),
    e.TypeNotSupported: Row(415, "type_not_supported", "Kiểu nội dung không được hỗ trợ", "Media type not supported"),
    e.BodyInvalid: Row(422, "body_invalid", "Nội dung gửi không hợp lệ", "The body is not valid"),
    e.FormInvalid: Row(422, "form_invalid", "Biểu mẫu chưa hợp lệ", "The form is not valid"),
    e.UploadRefused: Row(422, "upload_refused", "Tệp không được chấp nhận", "The file is not accepted"),
    e.KeyMissing: Row(400, "key_missing", "Thiếu tiêu đề Idempotency-Key", "The Idempotency-Key header is missing"),
    e.VersionMissing: Row(428, "version_missing", "Thiếu tiêu đề If-Match", "The If-Match header is missing"),
    e.TryAgain: Row(503, "try_again", "Hệ thống bận, xin thử lại", "Busy, please try again"),
    e.Broken: Row(500, "broken", "Lỗi của hệ thống", "A fault of ours"),
}


def row_of(error: e.DomainError) -> Row:
    """The table's row for a refusal, by its nearest class that has one."""
    return getattr(error, "row", None) or next(TABLE[kind] for kind in type(error).__mro__ if kind in TABLE)


def problem(error: e.DomainError, *, language: str, request_id: str) -> tuple[int, dict[str, Any]]:
    """Status and body of a refusal in `vi` or `en`; `errors` names each field (JSON Pointer) and rule."""
    row = row_of(error)
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
