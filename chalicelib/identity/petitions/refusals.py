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
