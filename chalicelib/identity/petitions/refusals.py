"""Why a petition or a complaint goes no further."""

from chalicelib.kernel.problem import DomainError, Row


class PetitionOver(DomainError):
    """This step cannot be done as far as it is; `progress` says how far."""

    row = Row(
        409,
        "petition_over",
        "Phản ánh, kiến nghị, khiếu nại không còn ở bước này",
        "The petition or complaint is not at this step",
        remedy_vi="Xem `progress`: bước đã làm rồi, hoặc chưa đến",
        remedy_en="`progress` says how far it is: the step was done before, or is not yet to be done",
    )


class PetitionAskTooLate(DomainError):
    """The time in which the agency may ask the person for more is over; `until` says when it was."""

    row = Row(
        409,
        "petition_ask_too_late",
        "Đã hết thời hạn yêu cầu người gửi bổ sung thông tin",
        "The time to ask for more is over",
        remedy_vi="Trả lời theo thông tin đã có, hoặc từ chối và nêu lý do, căn cứ",
        remedy_en="Answer by what is known, or refuse with a reason and its basis",
    )


class PetitionAskedBefore(DomainError):
    """The person is asked for more once."""

    row = Row(
        409,
        "petition_asked_before",
        "Chỉ được yêu cầu người gửi bổ sung thông tin một lần",
        "The person is asked for more once",
        remedy_vi="Trả lời theo thông tin đã có, hoặc từ chối và nêu lý do, căn cứ",
        remedy_en="Answer by what is known, or refuse with a reason and its basis",
    )


class OfficerConcerned(DomainError):
    """Who is named in it (`why` named), or acted on the dossier that it names (acted), does not deal with it.

    Nor does anybody of its agency where the name is nobody's on the list of that (unmatched), or was erased with its
    words (erased): it may be anybody's.

    `matched`: by which words it may mean an officer who is `named`. `above` is the agency above, which may, and to
    which they may send it on.
    """

    row = Row(
        403,
        "officer_concerned",
        "Người bị nêu tên, hoặc đã giải quyết hồ sơ được nêu, không xử lý đơn này",
        "Who is named in it, or acted on the dossier that it names, does not deal with it",
        remedy_vi="Để người khác của cơ quan xử lý, hoặc chuyển đến cơ quan cấp trên nêu trong `above`",
        remedy_en="Let somebody else of the agency deal with it, or send it on to the agency above, `above`",
    )


class SecondOfficerNeeded(DomainError):
    """Who proposed that words be erased (`why` proposed), or dealt with the petition (handled), does not confirm it."""

    row = Row(
        403,
        "second_officer_needed",
        "Việc xóa phải do người thứ hai, chưa từng xử lý đơn này, xác nhận",
        "A second officer, who did not deal with it, confirms that it is erased",
        remedy_vi="Đề nghị lãnh đạo khác của cơ quan, hoặc của cơ quan cấp trên nêu trong `above`, xác nhận",
        remedy_en="Let somebody else who leads the agency, or the one above it, `above`, confirm it",
    )
