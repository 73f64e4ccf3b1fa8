"""What keeps anybody from filing a dossier, deciding on it, or taking a paper of it."""

from chalicelib.kernel.problem import DomainError, Row


class RepresentationEnded(DomainError):
    """Whoever files may act for the holder no more, or not yet; the holder may go on (Civil Code Art. 140(3))."""

    row = Row(
        403,
        "representation_ended",
        "Việc đại diện không có hiệu lực vào lúc này",
        "The representation does not hold now",
        remedy_vi="Người được đại diện tự nộp tiếp, hoặc hai bên xác nhận một ủy quyền mới",
        remedy_en="The represented person goes on by themselves, or both sides confirm a new mandate",
    )


class BeyondRepresentation(DomainError):
    """The representation is not for this procedure, or not for filing (Civil Code Art. 141, 143)."""

    row = Row(
        403,
        "beyond_representation",
        "Việc này vượt quá phạm vi đại diện",
        "This is beyond the representation",
        remedy_vi="Nộp thủ tục nằm trong phạm vi đại diện, hoặc hai bên xác nhận phạm vi mới",
        remedy_en="File a procedure that it covers, or have both sides confirm a wider one",
    )


class ProcedureClosed(DomainError):
    """The version of the procedure is no longer in force.

    Of a draft: `successor` is the version that is, None where the procedure ended; `renewal` the route (POST) by which
    the draft goes on under it.
    """

    row = Row(
        409,
        "procedure_closed",
        "Phiên bản thủ tục không còn hiệu lực",
        "This version of the procedure is closed",
        remedy_vi="Gửi POST đến `renewal` để giữ nội dung còn phù hợp; không có: thủ tục không còn áp dụng",
        remedy_en="POST to `renewal`: the draft keeps what fits; without one the procedure is offered no more",
    )


class OwnDossier(DomainError):
    """The officer, or somebody whom they represent or who represents them, is on the dossier.

    `officers` are colleagues who may do it, `agency_above` the agency above where there is none.
    """

    row = Row(
        403,
        "own_dossier",
        "Hồ sơ của chính ông/bà, hoặc của người ông/bà đại diện, người đại diện cho ông/bà",
        "The dossier is your own, or of whom you represent or who represents you",
        remedy_vi="Để người nêu ở `officers` giải quyết; không còn ai thì chuyển lên cơ quan cấp trên `agency_above`",
        remedy_en="Leave it to those in `officers`; where there is nobody, hand the task up to `agency_above`",
    )


class NumberUnknown(DomainError):
    """Nobody gave the officer's personal number, and from the day `known_from` on nobody decides without it."""

    row = Row(
        403,
        "number_unknown",
        "Chưa có số định danh cá nhân của ông/bà nên chưa được giải quyết hồ sơ",
        "Your personal number is not known, so you decide on no dossier",
        remedy_vi="Đề nghị quản trị viên của cơ quan khai số định danh cá nhân, hoặc đăng nhập bằng tài khoản có số đó",
        remedy_en="Ask an administrator of your agency to give it, or sign in by an account that says it",
    )


class MandateEnded(DomainError):
    """Whoever filed under this mandate takes no result and no original any more: it ended otherwise than agreed."""

    row = Row(
        409,
        "mandate_ended",
        "Ủy quyền đã chấm dứt; không bàn giao kết quả, bản chính cho người đại diện",
        "The mandate ended: neither result nor original is handed to the representative",
        remedy_vi="Bàn giao cho người đứng tên hồ sơ hoặc người mà họ cử đến",
        remedy_en="Hand it to the holder of the dossier, or to somebody whom they send",
    )
