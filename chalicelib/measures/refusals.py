"""What the measures refuse."""

from chalicelib.kernel.problem import DomainError, Row


class TooManyUnits(DomainError):
    """More agencies stand below a unit than are added up at once: `most`."""

    row = Row(
        422,
        "too_many_units",
        "Quá nhiều cơ quan để cộng trong một lần",
        "More agencies than are added up at once",
        remedy_vi="Hỏi từng cơ quan cấp dưới rồi cộng tử số và mẫu số",
        remedy_en="Ask for the agencies below it, and add up numerators and denominators",
    )


class VersionTaken(DomainError):
    """A source's report of this unit, period and version came before, and said something else: `unit`, `period`."""

    row = Row(
        409,
        "version_taken",
        "Phiên bản này của số liệu đã được gửi với nội dung khác",
        "This version of the report came before, and says something else",
        remedy_vi="Gửi bản sửa với số phiên bản cao hơn",
        remedy_en="Send a correction with a higher version",
    )
