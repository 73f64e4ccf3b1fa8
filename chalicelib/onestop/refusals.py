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


class TaskClaimed(DomainError):
    """Another officer has the task: `claimed_by` and `claimed_at` say who, and since when."""

    row = Row(
        409,
        "task_claimed",
        "Công việc đã có người khác nhận",
        "Another officer has taken the task",
        remedy_vi="Chọn việc khác; nếu người đó vắng, đề nghị lãnh đạo giao lại công việc",
        remedy_en="Take another task; if that officer is away, ask a supervisor to give it to somebody else",
    )


class AlreadyRated(DomainError):
    """The dossier was rated before, and a rating stays as it is: `satisfied` says how."""

    row = Row(
        409,
        "already_rated",
        "Hồ sơ đã được đánh giá",
        "The dossier was rated before",
        remedy_vi="Không phải làm gì thêm; điều chưa hài lòng xin gửi cơ quan qua trao đổi hoặc phản ánh, kiến nghị",
        remedy_en="Nothing is left to do; what is still wrong goes to the agency as a message or a petition",
    )


class OfficerUnfit(DomainError):
    """The officer to whom a task was to be given does not do such tasks here today."""

    row = Row(
        409,
        "officer_unfit",
        "Người này hôm nay không làm loại công việc đó tại cơ quan",
        "This officer does no tasks of that kind here today",
        remedy_vi="Chọn người đang làm việc, có vai trò phù hợp với loại công việc",
        remedy_en="Choose somebody who is there and has the role for tasks of this kind",
    )


class SameOfficer(DomainError):
    """Who verified a dossier does not approve it, and who asked for an opinion does not give it: another person does.

    An agency of one officer says so in its record, and may approve.
    """

    row = Row(
        403,
        "same_officer",
        "Người thẩm tra không phê duyệt cùng một hồ sơ, người lấy ý kiến không tự cho ý kiến",
        "Who verified a dossier may not approve it, nor who asked for an opinion give it",
        remedy_vi="Giao người khác làm; cơ quan chỉ có một công chức thì ghi điều đó trong thông tin cơ quan",
        remedy_en="Let another officer do it; an agency with one officer says so in its record",
    )


class ResultBySelf(DomainError):
    """A result signed by hand is not approved by who scanned it or signed its digitised copy, however small the agency.

    `rule` names it, `did` says which (dropped, signed), `officers` are colleagues who may, `agency_above` the agency
    above where there is none.
    """

    row = Row(
        403,
        "result_by_self",
        "Người quét, ký bản sao chụp của kết quả ký tay không phê duyệt kết quả đó",
        "Who scanned a result that was signed by hand, or signed its copy, does not approve it",
        remedy_vi="Để người nêu ở `officers` phê duyệt; không còn ai thì chuyển lên cơ quan cấp trên `agency_above`",
        remedy_en="Leave the approval to those in `officers`; where nobody is left, hand it up to `agency_above`",
    )


class TermOpen(DomainError):
    """Which line of the term a dossier has depends on what nobody said: `areas` are the kinds of communes asked for."""

    row = Row(
        409,
        "term_open",
        "Chưa xác định được thời hạn giải quyết của hồ sơ",
        "Which term this dossier has cannot be told",
        remedy_vi="Ghi loại xã (areas) trong thông tin cơ quan, danh sách rỗng nếu không có, rồi tiếp nhận lại",
        remedy_en="Say of which kinds the commune is (`areas`) in the agency's record, [] for none, then accept again",
    )


class DossierIncomplete(DomainError):
    """A dossier on paper lacks something: `components` names what did not come, `errors` what is wrong in its form."""

    row = Row(
        409,
        "dossier_incomplete",
        "Hồ sơ chưa đầy đủ, chưa tiếp nhận được",
        "The dossier is incomplete and cannot be accepted yet",
        remedy_vi="Yêu cầu bổ sung một lần, đầy đủ theo nội dung nêu trong câu trả lời, rồi tiếp nhận",
        remedy_en="Ask once for all that the answer names by a supplement, then accept",
    )


class IntakeIncomplete(DomainError):
    """What came on paper is not whole: `components` names what did not come, `errors` what is wrong in the form."""

    row = Row(
        422,
        "intake_incomplete",
        "Giấy tờ nộp chưa đủ hoặc tờ khai chưa đúng theo yêu cầu của thủ tục",
        "What came is not all that this version of the procedure asks for",
        remedy_vi=(
            "Nhận đủ các giấy tờ và mục nêu trong câu trả lời; hoặc nhận hồ sơ chưa đủ (`incomplete`) "
            "rồi yêu cầu bổ sung một lần, đầy đủ"
        ),
        remedy_en=(
            "Take in the papers and fields that the answer names; or take it in as incomplete (`incomplete`), "
            "then ask once for all of them by a supplement"
        ),
    )


class OriginalNotHere(DomainError):
    """The original was returned (`returned_at`), or another agency has it (`agency`, `since`)."""

    row = Row(
        409,
        "original_not_here",
        "Bản chính không còn ở cơ quan của ông/bà",
        "Your agency does not have this original",
        remedy_vi="Xem danh sách bản chính của hồ sơ để biết ai đang giữ",
        remedy_en="Read the list of the dossier's originals: it says who has it",
    )


class OriginalNeeded(DomainError):
    """The original is needed still: the dossier is open, and no scan of it was compared and signed."""

    row = Row(
        409,
        "original_needed",
        "Bản chính còn cần cho việc giải quyết hồ sơ",
        "The original is needed for the settlement still",
        remedy_vi="Số hóa và ký bản sao chụp, hoặc trả khi hồ sơ kết thúc",
        remedy_en="Scan it and sign the copy first, or return it when the dossier is over",
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


class ResultNotDrawn(DomainError):
    """The result of the dossier was not drawn yet: it is, a moment after the acceptance."""

    row = Row(
        409,
        "result_not_drawn",
        "Dự thảo kết quả chưa được lập",
        "The result has not been drawn yet",
        remedy_vi="Đợi ít phút rồi thực hiện lại; nếu vẫn vậy, báo người vận hành hệ thống",
        remedy_en="Wait a moment and try again; if it stays so, tell those who operate the service",
    )


class ExtensionSpent(DomainError):
    """A dossier gets as many new dates as its rule pack says (`allowed`, one today): `rule` is the clause."""

    row = Row(
        409,
        "extension_spent",
        "Hồ sơ đã hết số lần được gia hạn",
        "The dossier had every extension that it gets",
        remedy_vi="Không hẹn lại thêm lần nữa; giải quyết hồ sơ, quá hạn được ghi nhận theo quy định",
        remedy_en="There is no further appointment: settle the dossier; that it is late is recorded",
    )


class ExtensionLate(DomainError):
    """An apology comes at the latest one calendar day before the due day: `last_day`, `due_at`, `rule`."""

    row = Row(
        409,
        "extension_late",
        "Đã quá thời điểm được xin lỗi và hẹn lại",
        "It is too late for an apology and a new date",
        remedy_vi="Không hẹn lại; giải quyết hồ sơ, quá hạn được ghi nhận theo quy định",
        remedy_en="There is no new appointment any more: settle the dossier; that it is late is recorded",
    )


class WithdrawalAskedBefore(DomainError):
    """Somebody asked to withdraw the dossier before; `waits_for` is how many of its holders still have to ask."""

    row = Row(
        409,
        "withdrawal_asked_before",
        "Ông/bà đã yêu cầu rút hồ sơ này",
        "You asked to withdraw this dossier before",
        remedy_vi="Không cần gửi lại; hồ sơ dừng sau khi mọi người đứng tên cùng yêu cầu",
        remedy_en="There is nothing to send again: it stops when all who hold it have asked",
    )


class Unprintable(DomainError):
    """The result cannot be printed as the dossier stands: `reason_code`, `reason_vi` and `reason_en` say why."""

    row = Row(
        409,
        "result_unprintable",
        "Không lập được kết quả từ nội dung hồ sơ",
        "No result can be printed from what the dossier says",
        remedy_vi="Không phê duyệt; xử lý theo lý do nêu trong câu trả lời, hoặc báo người vận hành hệ thống",
        remedy_en="Do not approve; act on the reason in the answer, or tell those who operate the service",
    )


class WaitsUpstream(DomainError):
    """The dossier waits for the correction of what it rests on; `correction` is the dossier that mends it."""

    row = Row(
        409,
        "waits_upstream",
        "Hồ sơ đang chờ sửa kết quả của thủ tục trước",
        "The dossier waits for the correction of an earlier result",
        remedy_vi="Chờ hồ sơ sửa sai nêu trong `correction` có kết quả; thời hạn tạm dừng",
        remedy_en="Wait for the result of the dossier that `correction` names; the term stands meanwhile",
    )


class AlreadyHeld(DomainError):
    """A paper is asked for that the applicant's store holds; `held` names each with its document (rule R27)."""

    row = Row(
        409,
        "already_held",
        "Giấy tờ này đã có trong Kho quản lý dữ liệu điện tử của người nộp",
        "The applicant's store holds this paper already",
        remedy_vi="Dùng giấy tờ nêu trong `held`; chỉ yêu cầu nộp khi có lý do ghi trong `despite`",
        remedy_en="Use the documents that `held` names; ask for the paper only with a reason in `despite`",
    )


class SupplementLate(DomainError):
    """Verification asks for a supplement within some working days of the full dossier; `citation` is the clause."""

    row = Row(
        409,
        "supplement_late",
        "Đã quá thời gian được yêu cầu bổ sung sau thẩm tra",
        "The time to ask for a supplement after appraisal is over",
        remedy_vi="Giải quyết hồ sơ như đã nhận; căn cứ nêu trong `citation`",
        remedy_en="Settle the dossier as it was received; `citation` names the clause",
    )


class SupplementIncomplete(DomainError):
    """Something that was asked for did not come; `missing` names each by component code or place of the form."""

    row = Row(
        422,
        "supplement_incomplete",
        "Chưa bổ sung đủ nội dung được yêu cầu",
        "Not everything that was asked for is there",
        remedy_vi="Bổ sung từng nội dung nêu trong `missing` rồi gửi lại",
        remedy_en="Add each thing that `missing` names, then send it again",
    )


class SupplementUnchecked(DomainError):
    """A file of the supplement is still being checked; `components` names them."""

    row = Row(
        409,
        "supplement_unchecked",
        "Tệp bổ sung đang được kiểm tra",
        "A file of the supplement is still being checked",
        remedy_vi="Chờ tệp kiểm tra xong rồi gửi lại",
        remedy_en="Wait until the file is checked, then send it again",
    )


class SupplementInvalid(DomainError):
    """The corrected form breaks rules of the procedure's form."""

    row = Row(
        422,
        "supplement_invalid",
        "Nội dung sửa chưa hợp lệ",
        "What was corrected is not valid",
        remedy_vi="Sửa từng trường nêu trong `errors` rồi gửi lại",
        remedy_en="Mend each field that `errors` names, then send it again",
    )


class ConsultationOpen(DomainError):
    """An agency that was asked for its opinion may answer still: `agencies`, `until`."""

    row = Row(
        409,
        "consultation_open",
        "Đang chờ ý kiến của cơ quan được lấy ý kiến",
        "An agency that was asked for its opinion has not answered",
        remedy_vi="Chờ trả lời hoặc hết thời hạn trả lời nêu trong `until` rồi thực hiện lại",
        remedy_en="Wait for the answer, or for the deadline in `until`, then try again",
    )


class NotCompetent(DomainError):
    """Another agency is competent: the dossier goes to its reception, whose acceptance starts the clock (R11)."""

    row = Row(
        409,
        "not_competent",
        "Hồ sơ thuộc thẩm quyền của cơ quan khác",
        "Another agency is competent for this dossier",
        remedy_vi="Chuyển hồ sơ đến cơ quan nêu trong `agency` với kết quả `forwarded`",
        remedy_en="Forward it to the agency that `agency` names, with the outcome `forwarded`",
    )


class EnteredBySelf(DomainError):
    """Whoever entered what is objected to does not answer the objection."""

    row = Row(
        403,
        "entered_by_self",
        "Người đã nhập nội dung không được giải quyết phản đối về chính nội dung đó",
        "Who entered it does not answer the objection to it",
        remedy_vi="Giao lãnh đạo hoặc cán bộ khác trả lời",
        remedy_en="Let a leader or another officer answer",
    )


class NothingToConfirm(DomainError):
    """No draft waits for the applicant's word."""

    row = Row(
        409,
        "no_preview_to_confirm",
        "Không có dự thảo kết quả nào đang chờ xác nhận",
        "No draft of a result waits to be confirmed",
        remedy_vi="Xem trạng thái hồ sơ; dự thảo đã được xác nhận hoặc chưa đến bước này",
        remedy_en="Look at the dossier: its draft was confirmed before, or is not there yet",
    )


class NotForAbove(DomainError):
    """The task does not go to the agency above: `officers` may do it, or it stands there already (`agency_above`)."""

    row = Row(
        409,
        "not_for_above",
        "Việc này không chuyển lên cơ quan cấp trên",
        "The task does not go to the agency above",
        remedy_vi="Để người nêu ở `officers` làm; nếu không có ai giữ vai trò này, quản trị viên đăng ký thêm người",
        remedy_en="Leave it to those in `officers`; where nobody has the role, an administrator enrols somebody",
    )


class NobodyAbove(DomainError):
    """The agency has no agency above it in the catalogue."""

    row = Row(
        409,
        "nobody_above",
        "Danh mục không ghi cơ quan cấp trên của cơ quan này",
        "The catalogue names no agency above this one",
        remedy_vi="Ghi cơ quan cấp trên (`parent`) trong thông tin cơ quan, rồi chuyển lại",
        remedy_en="Say in the agency's record which is above it (`parent`), then hand it up again",
    )
