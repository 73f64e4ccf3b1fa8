"""What keeps an agency from handing in a result that was signed by hand."""

from typing import TYPE_CHECKING, Final

from chalicelib.kernel.problem import DomainError, Row

if TYPE_CHECKING:
    from chalicelib.dossier.handed_in import Hindrance


class ResultNotAwaited(DomainError):
    """A result on paper is handed in while the competent person is to approve, and neither before nor after that."""

    row = Row(
        409,
        "result_not_awaited",
        "Hồ sơ chưa đến bước ký kết quả, hoặc đã có quyết định",
        "The dossier does not wait for its result",
        remedy_vi="Nộp kết quả giấy khi hồ sơ đang chờ phê duyệt, trước khi bấm phê duyệt",
        remedy_en="Hand in the paper while the dossier waits for its approval, before it is approved",
    )


class ResultTwice(DomainError):
    """A paper was handed in as the result of this dossier before; another one only after that one was rejected."""

    row = Row(
        409,
        "result_twice",
        "Hồ sơ đã có một kết quả giấy",
        "A paper result was handed in before",
        remedy_vi="Nếu bản trước sai, hãy từ chối bản đó ở danh sách bản sao chụp rồi nộp lại",
        remedy_en="If the one before is wrong, reject it on the list of copies, then hand in again",
    )


class SecondForSecret(DomainError):
    """Who said that a paper is secret under law does not confirm it: what it was made of would go for good."""

    row = Row(
        403,
        "secret_second_officer",
        "Người đã báo giấy tờ mật không tự xác nhận: tệp sẽ bị xóa vĩnh viễn",
        "Who said that the paper is secret does not confirm it: its files go for good",
        remedy_vi="Đề nghị người thứ hai của bàn số hóa từ chối giấy tờ với cùng lý do `secret`, hoặc bác đề nghị",
        remedy_en="Let a second officer of the desk reject it for the same reason, `secret`, or decline it",
    )


class SecretProposed(DomainError):
    """An officer takes the paper for one secret under law: nobody signs or reviews it before that is decided."""

    row = Row(
        409,
        "secret_proposed",
        "Giấy tờ đang được báo là mật nên chưa được ký, chưa được kiểm tra",
        "An officer says that the paper is secret: it is not signed and not reviewed before that is decided",
        remedy_vi="Người thứ hai từ chối giấy tờ với lý do `secret`, hoặc bác đề nghị"
        " (`POST /v1/copies/{copy}/rejection/decline`)",
        remedy_en="A second officer rejects it for the reason `secret`, or declines"
        " (`POST /v1/copies/{copy}/rejection/decline`)",
    )


HINDERED: Final[dict["Hindrance", DomainError]] = {
    "result_not_awaited": ResultNotAwaited(),
    "result_twice": ResultTwice(),
}
"""The refusal of each hindrance."""
