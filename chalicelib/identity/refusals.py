"""What keeps somebody from acting for another, and an agency from keeping its staff."""

from collections.abc import Sequence
from typing import Any

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


# --- exchange of tokens: `error` is the word of OAuth for it (RFC 6749, 5.2; RFC 8693, 2.2.2) -------------------------


class GrantNotSupported(DomainError):
    """Something else than an exchange was asked for."""

    row = Row(
        400,
        "unsupported_grant",
        "Chỉ hỗ trợ trao đổi mã thông báo",
        "Tokens are exchanged here, and nothing else",
        remedy_vi="Gửi grant_type là urn:ietf:params:oauth:grant-type:token-exchange",
        remedy_en="Send urn:ietf:params:oauth:grant-type:token-exchange as the grant_type",
    )

    def __init__(self, **facts: Any) -> None:
        super().__init__(error="unsupported_grant_type", **facts)


class TargetUnknown(DomainError):
    """A token for another service was asked for."""

    row = Row(
        400,
        "target_unknown",
        "Không cấp mã thông báo cho dịch vụ khác",
        "No token for another service is given here",
        remedy_vi="Bỏ audience và resource, hoặc nêu dịch vụ này",
        remedy_en="Leave audience and resource out, or name this service",
    )

    def __init__(self, **facts: Any) -> None:
        super().__init__(error="invalid_target", **facts)


class NotSignedInHere(DomainError):
    """The person's token was issued to another client than the portal that shows it; their ledger says who tried."""

    row = Row(
        403,
        "not_signed_in_here",
        "Người này không đăng nhập tại cổng của bạn",
        "This person did not sign in at your portal",
        remedy_vi="Đề nghị người đó đăng nhập tại cổng của bạn; lần thử này đã được ghi vào nhật ký truy cập của họ",
        remedy_en="Have them sign in at your portal; this attempt stands in their access ledger",
    )

    def __init__(self, **facts: Any) -> None:
        super().__init__(error="invalid_request", **facts)
