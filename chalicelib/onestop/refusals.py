"""What keeps a task from being completed."""

from chalicelib.kernel.problem import DomainError, Row


class TaskClosed(DomainError):
    """The task was completed before, with another outcome."""

    row = Row(
        409,
        "task_closed",
        "Công việc đã hoàn thành trước đó",
        "The task was completed before",
        remedy_vi="Tải lại danh sách công việc; việc này không còn phải làm",
        remedy_en="Read the list again: nothing is left to do for this task",
    )


class SameOfficer(DomainError):
    """Who verified a dossier does not approve it; an agency of one officer says so in its record."""

    row = Row(
        403,
        "same_officer",
        "Người thẩm tra không được đồng thời phê duyệt cùng một hồ sơ",
        "Who verified a dossier may not approve it",
        remedy_vi="Giao người khác phê duyệt; cơ quan chỉ có một công chức thì ghi điều đó trong thông tin cơ quan",
        remedy_en="Let another officer approve; an agency with one officer says so in its record",
    )


class TaskNotReady(DomainError):
    """Something the task depends on is not done yet."""

    row = Row(
        409,
        "task_not_ready",
        "Chưa đủ điều kiện để làm bước này",
        "Something before this is not done yet",
        remedy_vi="Hoàn thành phần còn thiếu nêu trong câu trả lời rồi thực hiện lại",
        remedy_en="Finish what the answer names, then try again",
    )
