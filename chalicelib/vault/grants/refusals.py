"""What keeps a document from being shared, or from being read by whom it was shared with."""

from chalicelib.kernel.problem import DomainError, Row


class GrantToSelf(DomainError):
    """Somebody shares a document with themselves, under any of their numbers."""

    row = Row(
        409,
        "grant_to_self",
        "Không thể chia sẻ giấy tờ cho chính mình",
        "A document is not shared with its owner",
        remedy_vi="Nêu người, tổ chức hoặc cơ quan khác",
        remedy_en="Name another person, organisation or agency",
    )


class GrantBeyondValidity(DomainError):
    """A document would be shared longer than it is valid; `valid_until` says how long it is."""

    row = Row(
        409,
        "grant_beyond_validity",
        "Thời hạn chia sẻ vượt quá thời hạn hiệu lực của giấy tờ",
        "The document would be shared beyond its validity",
        remedy_vi="Chọn thời hạn không quá `valid_until`",
        remedy_en="Choose a time that is not after `valid_until`",
    )


class DocumentWorthNothing(DomainError):
    """A document that was withdrawn, replaced or has expired is not shared; `state` says which."""

    row = Row(
        409,
        "document_worth_nothing",
        "Giấy tờ đã bị thu hồi, thay thế hoặc hết hạn",
        "The document was withdrawn, replaced or has expired",
        remedy_vi="Chia sẻ giấy tờ thay thế, nếu có",
        remedy_en="Share the document that stands in its place, if there is one",
    )


class PurposeNotOffered(DomainError):
    """The purpose is not offered for this kind of receiver; `offered` names those that are."""

    row = Row(
        409,
        "purpose_not_offered",
        "Mục đích chia sẻ không có trong danh mục cho đối tượng này",
        "The purpose is not offered for this kind of receiver",
        remedy_vi="Chọn một mục đích nêu trong `offered`",
        remedy_en="Choose one of the purposes in `offered`",
    )


class HeldForAnother(DomainError):
    """A representative keeps the document for whom it concerns: only these share it."""

    row = Row(
        409,
        "held_for_another",
        "Giấy tờ được giữ hộ người khác",
        "The document is kept for somebody else",
        remedy_vi="Người có giấy tờ tự chia sẻ từ Kho của mình",
        remedy_en="Whom it concerns shares it from their own store",
    )


class GrantEnded(DomainError):
    """What was shared is shared no more: withdrawn, used, over, or its document is worth nothing, as `state` says."""

    row = Row(
        410,
        "grant_ended",
        "Việc chia sẻ đã kết thúc",
        "The document is shared no more",
        remedy_vi="Đề nghị chủ giấy tờ chia sẻ lại",
        remedy_en="Ask the owner to share it again",
    )
