"""What keeps a version, an agency, an outage or a plan from being kept."""

from collections.abc import Sequence

from chalicelib.kernel.problem import DomainError, FieldError, Row
from chalicelib.law.problems import Problem


class VersionInvalid(DomainError):
    """A version of a procedure, or what goes with it, may not be published as it is; `fields` name what to mend."""

    row = Row(
        422,
        "version_invalid",
        "Phiên bản thủ tục chưa thể công bố",
        "The version cannot be published as it is",
        remedy_vi="Sửa từng chỗ nêu trong `errors` rồi gửi lại",
        remedy_en="Mend each place that `errors` names, then send it again",
    )


class NotItsKeeper(DomainError):
    """A procedure that everybody knows belongs to another agency; `owner` names it, null where a record names none."""

    row = Row(
        403,
        "not_its_keeper",
        "Thủ tục thuộc cơ quan khác",
        "The procedure belongs to another agency",
        remedy_vi="Đề nghị cơ quan quản lý thủ tục sửa đổi, hoặc chuyển giao thủ tục cho cơ quan của bạn",
        remedy_en="Ask the agency that keeps it to change it, or to offer it to your agency",
    )


class NotItsServices(DomainError):
    """An outage names services that another agency keeps; `services` are those."""

    row = Row(
        403,
        "not_its_services",
        "Thông báo cho dịch vụ của cơ quan khác",
        "The outage names services of another agency",
        remedy_vi="Chỉ nêu dịch vụ do cơ quan của bạn hoặc cơ quan trực thuộc quản lý, hoặc nêu cơ quan trong `agency`",
        remedy_en="Name services that your agency or one below keeps, or say in `agency` whose filings it concerns",
    )


class NotItsOutage(DomainError):
    """An outage that another agency announced; `announcer` names it, null where an earlier release did not say."""

    row = Row(
        403,
        "not_its_outage",
        "Thông báo do cơ quan khác đưa ra",
        "Another agency announced the outage",
        remedy_vi="Đề nghị cơ quan đã thông báo thay đổi hoặc rút thông báo",
        remedy_en="Ask the agency that announced it to change or withdraw it",
    )


class DraftOpen(DomainError):
    """A procedure has a draft that is not out yet, and many begin once only; `version` is that draft."""

    row = Row(
        409,
        "draft_open",
        "Thủ tục đã có bản thảo đang soạn hoặc chờ công bố",
        "The procedure has a draft already",
        remedy_vi="Làm tiếp bản thảo nêu trong `version`, hoặc bắt đầu riêng một bản thảo khác cho thủ tục này",
        remedy_en="Go on with the draft that `version` names, or begin another one of this procedure alone",
    )


class OutageOver(DomainError):
    """An outage that ended or was withdrawn changes no more; `since` says from when on."""

    row = Row(
        409,
        "outage_over",
        "Đợt gián đoạn đã kết thúc hoặc đã được rút",
        "The outage is over or was withdrawn",
        remedy_vi="Nếu dịch vụ lại gián đoạn, hãy đưa ra thông báo mới",
        remedy_en="If the service fails again, announce another outage",
    )


class AdministratorAboveNeeded(DomainError):
    """Who proposed that an agency ends does not confirm it, nor does who is not of an agency above; `above` is it."""

    row = Row(
        403,
        "administrator_above_needed",
        "Cần quản trị viên thứ hai của cơ quan cấp trên",
        "A second administrator, of an agency above, is needed",
        remedy_vi="Đề nghị một quản trị viên khác của cơ quan nêu trong `above` hoặc cơ quan cấp trên nữa gửi cùng nội"
        " dung; gửi lại nội dung hiện hành thì đề xuất không còn",
        remedy_en="Ask another administrator, of the agency in `above` or one above that, to send the same; who sends"
        " the entries that are in force drops the proposal",
    )


class SecondPublisherNeeded(DomainError):
    """Who proposed what a counter would say does not confirm it."""

    row = Row(
        403,
        "second_publisher_needed",
        "Cần người công bố thứ hai xác nhận",
        "A second publisher is needed",
        remedy_vi="Đề nghị một người công bố khác của cơ quan hoặc của cơ quan cấp trên gửi cùng nội dung; gửi lại nội"
        " dung hiện hành thì đề xuất không còn",
        remedy_en="Ask another publisher, of the agency or of one above it, to send the same; who sends the entries"
        " that are in force drops the proposal",
    )


class PlanInvalid(DomainError):
    """A plan of services may not be kept or issued as it is; `fields` name what to mend."""

    row = Row(
        422,
        "plan_invalid",
        "Kế hoạch chưa thể lưu hoặc ban hành",
        "The plan cannot be kept or issued as it is",
        remedy_vi="Sửa từng chỗ nêu trong `errors` rồi gửi lại",
        remedy_en="Mend each place that `errors` names, then send it again",
    )


class NotItsIssuer(DomainError):
    """Another agency issues this plan; `issuer` names it."""

    row = Row(
        403,
        "not_its_issuer",
        "Kế hoạch do cơ quan khác ban hành",
        "Another agency issues the plan",
        remedy_vi="Trình cơ quan nêu trong `issuer` ban hành kế hoạch",
        remedy_en="Hand the plan to the agency that `issuer` names",
    )


class PlanStep(DomainError):
    """Where a plan stands does not allow this; `stands` says where: draft, reviewed, issued or replaced."""

    row = Row(
        409,
        "plan_step",
        "Tình trạng kế hoạch không cho phép",
        "Where the plan stands does not allow this",
        remedy_vi="Bản thảo phải được rà soát rồi mới ban hành; kế hoạch đã ban hành chỉ thay bằng kế hoạch khác",
        remedy_en="A draft is reviewed, then issued; what is issued changes by another plan that replaces it",
    )


class GuidanceInvalid(DomainError):
    """Guidance may not be given or ended so; `fields` name what to mend."""

    row = Row(
        422,
        "guidance_invalid",
        "Hướng dẫn chưa thể lưu như vậy",
        "The guidance cannot be kept as it is",
        remedy_vi="Sửa từng chỗ nêu trong `errors` rồi gửi lại",
        remedy_en="Mend each place that `errors` names, then send it again",
    )


class GuidanceStep(DomainError):
    """Guidance ended already; `stands` says how: done or dropped."""

    row = Row(
        409,
        "guidance_step",
        "Hướng dẫn này đã kết thúc",
        "This guidance has ended already",
        remedy_vi="Ban hành hướng dẫn khác nếu cần",
        remedy_en="Give another one where that is needed",
    )


def refused(problems: Sequence[Problem]) -> VersionInvalid:
    """The refusal that names each field and rule."""
    return VersionInvalid(fields=[FieldError(p.pointer, p.rule, p.vi, p.en) for p in problems])


def plan_refused(problems: Sequence[Problem]) -> PlanInvalid:
    """The same of a plan."""
    return PlanInvalid(fields=[FieldError(p.pointer, p.rule, p.vi, p.en) for p in problems])


def guidance_refused(problems: Sequence[Problem]) -> GuidanceInvalid:
    """The same of guidance."""
    return GuidanceInvalid(fields=[FieldError(p.pointer, p.rule, p.vi, p.en) for p in problems])
