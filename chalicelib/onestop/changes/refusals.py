"""Refusals of payments and of objections, in words for people."""

from chalicelib.kernel.problem import DomainError, Row


class SameCashier(DomainError):
    """Who asked for a payment records it alone only where nobody else is there, and never confirms it."""

    row = Row(
        403,
        "same_cashier",
        "Người yêu cầu nộp tiền không được tự ghi nhận hoặc tự xác nhận khoản tiền đó",
        "Who asked for a payment may not record or confirm it as well",
        remedy_vi="Đề nghị một công chức khác của cơ quan ghi nhận hoặc xác nhận khoản tiền",
        remedy_en="Let another officer of the agency record or confirm it",
    )


class ReceiptUsed(DomainError):
    """The number was recorded for another payment: `field` says which one, the receipt's or the platform's."""

    row = Row(
        409,
        "receipt_used",
        "Số biên lai hoặc mã giao dịch đã được ghi nhận cho khoản tiền khác",
        "The number of the receipt or the transaction was recorded for another payment",
        remedy_vi="Kiểm tra lại số trên biên lai; mỗi số chỉ dùng cho một lần nộp tiền",
        remedy_en="Check the number on the receipt: each serves one payment",
    )


class NoPaymentToConfirm(DomainError):
    """No payment of this dossier waits for a second officer."""

    row = Row(
        409,
        "no_payment_to_confirm",
        "Hồ sơ không có khoản tiền nào chờ xác nhận",
        "No payment of the dossier waits to be confirmed",
        remedy_vi="Không phải làm gì thêm",
        remedy_en="Nothing is left to do",
    )


class NothingToObject(DomainError):
    """No officer entered anything for the applicant that may be objected to now, or it was objected to already."""

    row = Row(
        409,
        "nothing_to_object",
        "Không có nội dung nào do cán bộ nhập thay còn được phản đối",
        "Nothing that an officer entered for you may be objected to now",
        remedy_vi="Xem thông báo: nội dung đã nhập và hạn phản đối; sau hạn, nhắn cơ quan trong hồ sơ",
        remedy_en="See the notices: what was entered, and until when; after that, write in the dossier's thread",
    )


class CorrectionOpen(DomainError):
    """The result is being corrected already: `correction` is the dossier that mends it."""

    row = Row(
        409,
        "correction_open",
        "Kết quả đang được sửa sai ở một hồ sơ khác",
        "The result is being corrected by another dossier already",
        remedy_vi="Giải quyết hồ sơ sửa sai nêu trong `correction`; khi hồ sơ đó kết thúc mới mở được hồ sơ khác",
        remedy_en="Settle the dossier that `correction` names; another one can be opened when that has ended",
    )
