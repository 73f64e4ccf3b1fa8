"""What keeps an owner from taking something away now."""

from chalicelib.kernel.problem import DomainError, Row


class TakeoutUnderWay(DomainError):
    """An archive of the vault is being made; `takeout` names it."""

    row = Row(
        409,
        "takeout_under_way",
        "Đang tạo một bộ tải về khác từ Kho",
        "Another archive of the vault is being made",
        remedy_vi="Chờ bộ tải về nêu trong `takeout`, rồi yêu cầu lại",
        remedy_en="Wait for the one that `takeout` names, and ask again",
    )
