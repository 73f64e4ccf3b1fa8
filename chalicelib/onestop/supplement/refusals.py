"""Refusals of a further request for a supplement."""

from chalicelib.kernel.problem import DomainError, Row


class SupplementUsed(DomainError):
    """A supplement is asked for once, completely and exactly; a further request needs its reason (R08)."""

    row = Row(
        409,
        "supplement_used",
        "Hồ sơ đã được yêu cầu bổ sung một lần",
        "A supplement was asked for before",
        remedy_vi="Chỉ yêu cầu thêm khi thật cần: người khác yêu cầu, ghi lý do trong `supplement.override`",
        remedy_en="Only if there is no other way: another officer asks and says why in `supplement.override`",
    )


class SupplementsSpent(DomainError):
    """A dossier was asked for supplements `asked` times, which is the `most` that the rule pack has (R08, policy)."""

    row = Row(
        409,
        "supplements_spent",
        "Hồ sơ đã được yêu cầu bổ sung đủ số lần tối đa",
        "No further supplement may be asked for in this dossier",
        remedy_vi="Giải quyết hồ sơ theo nội dung đã nhận",
        remedy_en="Settle the dossier by what was received",
    )


class AskedBySelf(DomainError):
    """Whoever asked for a supplement does not ask the same dossier again: another person has to find it needed."""

    row = Row(
        403,
        "asked_by_self",
        "Người đã yêu cầu bổ sung không tự yêu cầu bổ sung thêm cùng hồ sơ",
        "Who asked for a supplement does not ask the same dossier again",
        remedy_vi="Giao người khác xem xét yêu cầu thêm, hoặc giải quyết hồ sơ theo nội dung đã nhận",
        remedy_en="Let another officer see whether it is needed, or settle the dossier by what was received",
    )
