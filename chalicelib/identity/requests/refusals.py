"""Why a request about personal data goes no further."""

from chalicelib.kernel.problem import DomainError, Row


class DataRequestOver(DomainError):
    """This step of the request was done before; `progress` says how far it is."""

    row = Row(
        409,
        "data_request_over",
        "Bước này của yêu cầu đã được thực hiện",
        "This step of the request was done before",
        remedy_vi="Xem `progress` của yêu cầu",
        remedy_en="The request says how far it is",
    )


class ExtendedBefore(DomainError):
    """The time to act is extended once."""

    row = Row(
        409,
        "extended_before",
        "Thời hạn thực hiện yêu cầu chỉ được gia hạn một lần",
        "The time to act on a request is extended once",
        remedy_vi="Thực hiện yêu cầu, hoặc từ chối và nêu lý do, căn cứ",
        remedy_en="Act on the request, or refuse it with a reason and its basis",
    )


class OwnDataRequest(DomainError):
    """The officer, whom they represent or who represents them asked for it: another officer answers and ends it."""

    row = Row(
        403,
        "own_data_request",
        "Yêu cầu của chính ông/bà, hoặc của người ông/bà đại diện, người đại diện cho ông/bà",
        "The request is your own, or of whom you represent or who represents you",
        remedy_vi="Để cán bộ khác của cơ quan xử lý",
        remedy_en="Let another officer of the agency deal with it",
    )
