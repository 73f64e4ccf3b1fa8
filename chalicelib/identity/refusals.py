"""What keeps somebody from acting for another, and an agency from keeping its staff."""

from collections.abc import Sequence

from chalicelib.kernel.problem import DomainError, FieldError, Row
from chalicelib.law.problems import Problem

# --- mandates --------------------------------------------------------------------------------------------------------


class MandateInvalid(DomainError):
    """What is asked is no mandate under the Civil Code, or lacks its clause; `fields` name each rule."""

    row = Row(
        422,
        "mandate_invalid",
        "Ủy quyền chưa hợp lệ",
        "The mandate is not valid",
        remedy_vi="Sửa từng chỗ nêu trong `errors` rồi gửi lại",
        remedy_en="Mend each place that `errors` names, then send it again",
    )


class SignedByOneSide(DomainError):
    """Somebody confirms what their own side offered: a mandate is made by both."""

    row = Row(
        409,
        "signed_by_one_side",
        "Chỉ một bên ký: bên kia phải xác nhận",
        "Signed by one side only: the other one confirms",
        remedy_vi="Đề nghị bên kia đăng nhập và xác nhận",
        remedy_en="Ask the other side to sign in and to confirm it",
    )


class TermsChanged(DomainError):
    """Other terms wait than those that were confirmed or declined; `terms` is the number of these, null: none wait."""

    row = Row(
        409,
        "terms_changed",
        "Nội dung đang chờ xác nhận đã thay đổi",
        "Other terms wait than those",
        remedy_vi="Đọc lại ủy quyền, rồi xác nhận hoặc từ chối nội dung đang chờ",
        remedy_en="Read the mandate again, then confirm or decline what waits",
    )


class MandateOver(DomainError):
    """A mandate that ended, was declined, or whose term is over changes no more; `since` and `why` say how."""

    row = Row(
        409,
        "mandate_over",
        "Ủy quyền đã chấm dứt",
        "The mandate is over",
        remedy_vi="Lập ủy quyền mới nếu vẫn cần",
        remedy_en="Make another mandate if one is still needed",
    )


class TooManyMandates(DomainError):
    """So many mandates of a person, or sub-mandates of a mandate, hold at a time; `limit` says how many may."""

    row = Row(
        409,
        "too_many_mandates",
        "Đã đủ số ủy quyền được phép có cùng lúc",
        "No more mandates may hold at a time",
        remedy_vi="Chấm dứt ủy quyền không còn cần rồi thử lại",
        remedy_en="End one that is no more needed, then try again",
    )


def invalid(problems: Sequence[Problem]) -> MandateInvalid:
    """The refusal that names each place and rule."""
    return MandateInvalid(fields=[FieldError(p.pointer, p.rule, p.vi, p.en) for p in problems])
