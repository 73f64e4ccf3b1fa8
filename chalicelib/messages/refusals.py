"""Why a signed document is not withdrawn."""

from chalicelib.kernel.problem import DomainError, Row


class SecondLeaderNeeded(DomainError):
    """Who proposed that a document be withdrawn does not confirm it; `above` is the agency above, which may."""

    row = Row(
        403,
        "withdrawal_second_officer",
        "Người đã đề nghị thu hồi không tự xác nhận việc thu hồi",
        "Who proposed the withdrawal does not confirm it",
        remedy_vi="Đề nghị lãnh đạo khác của cơ quan, hoặc của cơ quan cấp trên nêu trong `above`, xác nhận",
        remedy_en="Let somebody else who leads the agency, or the one above it, `above`, confirm it",
    )


class RecallNotProposed(DomainError):
    """Nobody proposed that the document be withdrawn, or it was declined since."""

    row = Row(
        409,
        "withdrawal_not_proposed",
        "Không có đề nghị thu hồi nào đang chờ xác nhận",
        "No withdrawal of it waits for a confirmation",
        remedy_vi="Đề nghị thu hồi trước, hoặc đọc lại danh sách GET /v1/withdrawals",
        remedy_en="Propose it first, or read the list GET /v1/withdrawals again",
    )
