"""What keeps a paper from the national ID app."""

from chalicelib.kernel.problem import DomainError, Row


class NoAppLevels(DomainError):
    """Accounts of this kind (`account`) have no levels in the ID app: papers are shown to citizens alone."""

    row = Row(
        409,
        "no_app_levels",
        "Tài khoản định danh của tổ chức, người nước ngoài không có mức độ; không tích hợp giấy tờ",
        "Identity accounts of organisations and foreigners have no levels: no paper is integrated into them",
        remedy_vi="Xuất trình giấy tờ từ Kho quản lý dữ liệu điện tử, hoặc chia sẻ giấy tờ cho người nhận",
        remedy_en="Present the paper from the electronic store, or share it with whoever asks",
    )


class KindNotConnected(DomainError):
    """Papers of this `kind` are not connected to the ID app; `connected` are those that are."""

    row = Row(
        409,
        "kind_not_connected",
        "Loại giấy tờ này chưa được kết nối với ứng dụng định danh quốc gia",
        "Papers of this kind are not connected to the national ID app",
        remedy_vi="Chỉ hiển thị được loại giấy tờ nêu trong `connected`",
        remedy_en="Only kinds named in `connected` can be shown",
    )


class PaperNotShowable(DomainError):
    """A paper that is worth nothing any more is not shown; `why` says what became of it."""

    row = Row(
        409,
        "paper_not_showable",
        "Giấy tờ đã bị thu hồi, thay thế hoặc hết hạn, không hiển thị được",
        "The paper was withdrawn, replaced or has expired, and cannot be shown",
        remedy_vi="Chọn giấy tờ còn giá trị; `replaced_by` nêu giấy tờ thay thế",
        remedy_en="Choose a paper that is valid; `replaced_by` names the one in its place",
    )


class NotInTrouble(DomainError):
    """Only a paper that was parked is put right by a person; `progress` says how far this one is."""

    row = Row(
        409,
        "not_in_trouble",
        "Việc tích hợp giấy tờ này không bị dừng",
        "The integration of this paper did not stop",
        remedy_vi="Chờ hệ thống tự gửi; chỉ xử lý khi `progress` là `parked`",
        remedy_en="Let it go on; put right only what is `parked`",
    )
