"""What keeps anybody from filing a dossier, online or at a counter."""

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
