"""What a review refuses."""

from chalicelib.kernel.problem import DomainError, Row


class ReviewTaken(DomainError):
    """Another officer takes care of the review: `claimed_by` and `claimed_at` say who, and since when."""

    row = Row(
        409,
        "review_claimed",
        "Việc kiểm tra giấy tờ này đã có người khác nhận",
        "Another officer has taken the review of this paper",
        remedy_vi="Chọn giấy tờ khác; sau 30 phút không ai làm tiếp, người khác có thể nhận",
        remedy_en="Choose another paper; after 30 minutes without an answer somebody else may take it",
    )


class SameReviewer(DomainError):
    """A field that was answered, or that a second person has to answer; `field` names it."""

    row = Row(
        409,
        "same_reviewer",
        "Giá trị này phải do người khác xác nhận, hoặc đã được xác nhận xong",
        "This value has to be confirmed by somebody else, or is closed already",
        remedy_vi="Để người thứ hai xác nhận; muốn nhập lại thì gửi `retype`",
        remedy_en="Let a second person confirm it; send `retype` to begin it again",
    )


class OwnPaper(DomainError):
    """A paper of an archive that would go into the vault of the very officer who looks at it."""

    row = Row(
        403,
        "own_paper",
        "Không ai tự xác nhận giấy tờ lưu trữ là của chính mình",
        "Nobody confirms that a paper of an archive is their own",
        remedy_vi="Để hai cán bộ khác xác nhận; người trùng họ tên cũng nhường người khác",
        remedy_en="Let two other officers confirm it; whoever has the same name leaves it to a colleague, too",
    )


class NothingRead(DomainError):
    """Nothing was read in the `field`, so there is nothing that could be confirmed."""

    row = Row(
        409,
        "nothing_read",
        "Trường này chưa có giá trị nào để xác nhận",
        "Nothing was read in this field that could be confirmed",
        remedy_vi="Nhập giá trị (`correct`), hoặc báo không đọc được (`cannot_read`)",
        remedy_en="Type the value (`correct`), or say that it cannot be read (`cannot_read`)",
    )
