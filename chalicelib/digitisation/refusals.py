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


HINDERED: Final[dict["Hindrance", DomainError]] = {
    "result_not_awaited": ResultNotAwaited(),
    "result_twice": ResultTwice(),
}
"""The refusal of each hindrance."""
