"""What keeps an owner from putting something into their vault, or from erasing it."""

from chalicelib.kernel.problem import DomainError, Row


class VaultFull(DomainError):
    """An own upload would go beyond the quota; the facts say what is taken, the most, and what was asked for."""

    row = Row(
        409,
        "vault_full",
        "Kho không còn đủ dung lượng cho tệp tự tải lên",
        "There is no room left for own uploads",
        remedy_vi="Xóa giấy tờ tự tải lên không còn cần, hoặc chọn tệp nhỏ hơn; xem số liệu kèm theo",
        remedy_en="Erase own uploads that are not needed, or choose a smaller file; the figures are given",
    )


class UploadsAwaited(DomainError):
    """So many announced uploads did not arrive yet that no further one is announced; `most` is the figure."""

    row = Row(
        409,
        "uploads_awaited",
        "Còn quá nhiều tệp đã đăng ký mà chưa tải lên",
        "Too many announced files did not arrive yet",
        remedy_vi="Tải lên các tệp đã đăng ký, hoặc chờ hết thời hạn của chúng",
        remedy_en="Upload what was announced, or wait until it lapses",
    )


class KeptByLaw(DomainError):
    """What an agency issued or converted is not erased on its owner's wish (Law 91/2025/QH15 Art. 14(2), 19)."""

    row = Row(
        409,
        "kept_by_law",
        "Giấy tờ do cơ quan cấp hoặc số hóa không xóa được theo yêu cầu",
        "What an agency issued or converted is not erased on request",
        remedy_vi="Chỉ xóa được giấy tờ tự tải lên; nếu giấy tờ sai, đề nghị cơ quan cấp đính chính",
        remedy_en="Only own uploads can be erased; ask the agency to correct what is wrong",
    )
