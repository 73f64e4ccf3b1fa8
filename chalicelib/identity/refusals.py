"""What keeps somebody from acting for another, and an agency from keeping its staff."""

from collections.abc import Sequence
from typing import Any

from chalicelib.kernel.problem import DomainError, FieldError, Row
from chalicelib.law.problems import Problem

# --- mandates --------------------------------------------------------------------------------------------------------


class MandateInvalid(DomainError):
    """What is asked is no mandate under the Civil Code, or lacks its clause; `fields` name each rule."""

    row = Row(
        422,
        "mandate_invalid",
        "Ủy quyền chưa hợp lệ",
        "The mandate is not valid",
        remedy_vi="Sửa từng chỗ nêu trong `errors` rồi gửi lại",
        remedy_en="Mend each place that `errors` names, then send it again",
    )


class SignedByOneSide(DomainError):
    """Somebody confirms what their own side offered: a mandate is made by both."""

    row = Row(
        409,
        "signed_by_one_side",
        "Chỉ một bên ký: bên kia phải xác nhận",
        "Signed by one side only: the other one confirms",
        remedy_vi="Đề nghị bên kia đăng nhập và xác nhận",
        remedy_en="Ask the other side to sign in and to confirm it",
    )


class TermsChanged(DomainError):
    """Other terms wait than those that were confirmed or declined; `terms` is the number of these, null: none wait."""

    row = Row(
        409,
        "terms_changed",
        "Nội dung đang chờ xác nhận đã thay đổi",
        "Other terms wait than those",
        remedy_vi="Đọc lại ủy quyền, rồi xác nhận hoặc từ chối nội dung đang chờ",
        remedy_en="Read the mandate again, then confirm or decline what waits",
    )


class MandateOver(DomainError):
    """A mandate that ended, was declined, or whose term is over changes no more; `since` and `why` say how."""

    row = Row(
        409,
        "mandate_over",
        "Ủy quyền đã chấm dứt",
        "The mandate is over",
        remedy_vi="Lập ủy quyền mới nếu vẫn cần",
        remedy_en="Make another mandate if one is still needed",
    )


class EvidenceNotHere(DomainError):
    """The file that proves the form of the terms did not come, was not checked yet, or they name none: `terms`."""

    row = Row(
        409,
        "evidence_not_here",
        "Chưa có tệp chứng minh hình thức của ủy quyền",
        "The file that proves the form of the mandate is not here",
        remedy_vi="Tải tệp lên rồi yêu cầu kiểm tra; một bên nào tải cũng được",
        remedy_en="Post the file and ask for its check; either side may",
    )


class EvidenceRefused(DomainError):
    """What came is not the file that the terms name, or none that is taken; `fields` name each rule."""

    row = Row(
        422,
        "evidence_refused",
        "Tệp tải lên không phải tệp mà ủy quyền nêu",
        "The file is not the one that the mandate names",
        remedy_vi="Tải lên đúng tệp có mã băm đã nêu, hoặc đề nghị nội dung khác",
        remedy_en="Post the very file whose hash is named, or offer other terms",
    )


class TooManyMandates(DomainError):
    """So many mandates of a person, or sub-mandates of a mandate, hold at a time; `limit` says how many may."""

    row = Row(
        409,
        "too_many_mandates",
        "Đã đủ số ủy quyền được phép có cùng lúc",
        "No more mandates may hold at a time",
        remedy_vi="Chấm dứt ủy quyền không còn cần rồi thử lại",
        remedy_en="End one that is no more needed, then try again",
    )


# --- an agency's staff ---------------------------------------------------------------------------------------------


class AlreadyEnrolled(DomainError):
    """The subject is enrolled at the agency already and did not leave; `officer` is their record."""

    row = Row(
        409,
        "already_enrolled",
        "Người này đã được đăng ký tại cơ quan",
        "The officer is enrolled at the agency already",
        remedy_vi="Sửa bản ghi nêu trong `officer` thay vì đăng ký lại",
        remedy_en="Change the record that `officer` names instead of enrolling again",
    )


class NumberTaken(DomainError):
    """The personal number is a colleague's who did not leave: one person has one account at an agency; `officer`."""

    row = Row(
        409,
        "number_taken",
        "Số định danh này là của một cán bộ khác của cơ quan",
        "The personal number is another officer's of the agency",
        remedy_vi="Dùng tài khoản nêu trong `officer`; nếu số ở đó bị ghi nhầm, hai người quản trị cùng sửa",
        remedy_en="Use the account that `officer` names; where its number is wrong, two administrators mend it there",
    )


class OfficerGone(DomainError):
    """The officer left on the day `left_on`: nothing of them changes any more until they are enrolled again."""

    row = Row(
        409,
        "officer_gone",
        "Người này đã thôi làm việc tại cơ quan",
        "The officer has left the agency",
        remedy_vi="Nếu người này trở lại làm việc, hãy đăng ký lại",
        remedy_en="If the officer comes back, enrol them again",
    )


class LastAdministrator(DomainError):
    """Nobody who is there would administer the agency's staff from the day `since` on."""

    row = Row(
        409,
        "last_administrator",
        "Cơ quan phải luôn còn ít nhất một người quản trị có mặt",
        "The agency would have no administrator who is there",
        remedy_vi="Giao vai trò cho người khác, hoặc cử người thay được người quản trị thứ hai xác nhận",
        remedy_en="Give another officer the role, or have a deputy confirmed by a second administrator",
    )


class SamePerson(DomainError):
    """Who proposed a role, or would hold it, does not confirm it."""

    row = Row(
        403,
        "same_person",
        "Người đề xuất hoặc người được giao không được tự xác nhận",
        "Who proposed it or would hold it may not confirm it",
        remedy_vi="Đề nghị một người quản trị khác xác nhận",
        remedy_en="Let another administrator confirm it",
    )


class NothingToConfirm(DomainError):
    """Nothing of this officer waits for a second administrator."""

    row = Row(
        409,
        "nothing_to_confirm",
        "Không có gì chờ xác nhận",
        "Nothing waits for confirmation",
        remedy_vi="Tải lại bản ghi; việc này đã được xác nhận hoặc đã rút",
        remedy_en="Read the record again: it was confirmed, or withdrawn",
    )


class NotFirst(DomainError):
    """Two administer the agency today already: they enrol the others, and not who operates the service."""

    row = Row(
        409,
        "not_first",
        "Cơ quan đã có người quản trị",
        "The agency has administrators already",
        remedy_vi="Người quản trị của cơ quan đăng ký và xác nhận người khác",
        remedy_en="The administrators of the agency enrol and confirm others",
    )


def invalid(problems: Sequence[Problem]) -> MandateInvalid:
    """The refusal that names each place and rule."""
    return MandateInvalid(fields=[FieldError(p.pointer, p.rule, p.vi, p.en) for p in problems])


# --- exchange of tokens: `error` is the word of OAuth for it (RFC 6749, 5.2; RFC 8693, 2.2.2) -------------------------


class GrantNotSupported(DomainError):
    """Something else than an exchange was asked for."""

    row = Row(
        400,
        "unsupported_grant",
        "Chỉ hỗ trợ trao đổi mã thông báo",
        "Tokens are exchanged here, and nothing else",
        remedy_vi="Gửi grant_type là urn:ietf:params:oauth:grant-type:token-exchange",
        remedy_en="Send urn:ietf:params:oauth:grant-type:token-exchange as the grant_type",
    )

    def __init__(self, **facts: Any) -> None:
        super().__init__(error="unsupported_grant_type", **facts)


class TargetUnknown(DomainError):
    """A token for another service was asked for."""

    row = Row(
        400,
        "target_unknown",
        "Không cấp mã thông báo cho dịch vụ khác",
        "No token for another service is given here",
        remedy_vi="Bỏ audience và resource, hoặc nêu dịch vụ này",
        remedy_en="Leave audience and resource out, or name this service",
    )

    def __init__(self, **facts: Any) -> None:
        super().__init__(error="invalid_target", **facts)


class NotSignedInHere(DomainError):
    """The person's token was issued to another client than the portal that shows it; their ledger says who tried."""

    row = Row(
        403,
        "not_signed_in_here",
        "Người này không đăng nhập tại cổng của bạn",
        "This person did not sign in at your portal",
        remedy_vi="Đề nghị người đó đăng nhập tại cổng của bạn; lần thử này đã được ghi vào nhật ký truy cập của họ",
        remedy_en="Have them sign in at your portal; this attempt stands in their access ledger",
    )

    def __init__(self, **facts: Any) -> None:
        super().__init__(error="invalid_request", **facts)


# --- registers, and representation by law --------------------------------------------------------------------------


class RegisterUnavailable(DomainError):
    """A register gives no answer: `register` names it, `reason` is down, slow or unreadable. Nothing was kept."""

    row = Row(
        503,
        "register_unavailable",
        "Cơ sở dữ liệu chưa trả lời, xin thử lại sau",
        "The register gives no answer now",
        remedy_vi="Thử lại sau; chưa có gì được ghi",
        remedy_en="Try later: nothing was kept",
        wait=60,
    )


class RegisterOff(DomainError):
    """This installation is connected to no register: however often it is asked, `register` gives no answer."""

    row = Row(
        409,
        "register_off",
        "Hệ thống này chưa kết nối cơ sở dữ liệu đó",
        "This installation is not connected to that register",
        remedy_vi="Chờ không có ích: đề nghị người vận hành kết nối; đến lúc đó xuất trình giấy tờ như thường lệ",
        remedy_en="Waiting is of no use: the operator connects it; until then show papers as usual",
    )


class NotRegistered(DomainError):
    """Nobody registered for this use what was to be asked; `names` are those that are not."""

    row = Row(
        403,
        "field_not_registered",
        "Trường thông tin chưa được đăng ký khai thác cho thủ tục này",
        "What was to be asked is not registered for this procedure",
        remedy_vi="Chỉ hỏi các trường đã đăng ký cho thủ tục; chưa có gì được gửi đi",
        remedy_en="Ask only for what is registered for the procedure; nothing was sent",
    )


class GroundInsufficient(DomainError):
    """The register finds the purpose or legal basis of a question insufficient (Circular 136/2026/TT-BCA)."""

    row = Row(
        409,
        "ground_insufficient",
        "Cơ sở dữ liệu trả lời: không đủ căn cứ khai thác",
        "The register finds the ground insufficient",
        remedy_vi="Không cần làm gì; đơn vị vận hành kiểm tra căn cứ đã đăng ký",
        remedy_en="There is nothing to do; the operator looks into what was registered",
    )


class RegisterSaysOtherwise(DomainError):
    """What was said is not what the register says, and the procedure refuses that; `differences` are the fields."""

    row = Row(
        409,
        "register_says_otherwise",
        "Thông tin khai khác với cơ sở dữ liệu",
        "The register says otherwise",
        remedy_vi="Kiểm tra lại các trường nêu trong `differences`, hoặc đề nghị cơ quan quản lý dữ liệu điều chỉnh",
        remedy_en="Check what `differences` names, or have the register corrected by who keeps it",
    )


class NumberNeeded(DomainError):
    """The population register is asked by a personal number, which this account does not have."""

    row = Row(
        403,
        "number_needed",
        "Cần tài khoản của người có số định danh cá nhân",
        "It needs the account of a person with a personal number",
        remedy_vi="Đăng nhập bằng tài khoản định danh điện tử của công dân, không thay mặt tổ chức",
        remedy_en="Log in as a citizen, not for an organisation",
    )


class OrganisationNeeded(DomainError):
    """Only who acts for an organisation asks what the business register says of it."""

    row = Row(
        403,
        "organisation_needed",
        "Cần tài khoản của tổ chức",
        "It needs the account of an organisation",
        remedy_vi="Đăng nhập bằng tài khoản định danh điện tử của tổ chức",
        remedy_en="Log in for an organisation",
    )


class NotItsRepresentative(DomainError):
    """The register does not say that this person is parent or guardian of the one named, for whatever reason.

    It is the same refusal whether or not there is such a person.
    """

    row = Row(
        409,
        "not_its_representative",
        "Chưa xác nhận được quan hệ đại diện theo pháp luật",
        "The register does not confirm the representation",
        remedy_vi="Kiểm tra họ tên, ngày sinh và số định danh của người được đại diện; hoặc nộp giấy tờ tại cơ quan",
        remedy_en="Check name, birth date and number of the person, or bring the papers to an agency",
    )


class CameOfAge(DomainError):
    """By the birth date that was given the person is of age: no parent stands for them (Civil Code Art. 140(4))."""

    row = Row(
        409,
        "came_of_age",
        "Người được đại diện đã đủ mười tám tuổi",
        "The person is of age",
        remedy_vi="Người đủ mười tám tuổi tự thực hiện, hoặc ủy quyền cho bạn",
        remedy_en="Who is of age acts by themselves, or gives you a mandate",
    )


class RepresentationStands(DomainError):
    """It is kept already, and active; `representation` names it."""

    row = Row(
        409,
        "representation_stands",
        "Quan hệ đại diện này đã được ghi nhận",
        "The representation stands already",
        remedy_vi="Dùng quan hệ đại diện đã ghi nhận, nêu trong `representation`",
        remedy_en="Use the one that `representation` names",
    )


class NumbersContested(DomainError):
    """The register gives one number to two persons: nothing was joined."""

    row = Row(
        409,
        "numbers_contested",
        "Cơ sở dữ liệu gán một số cho hai người; chưa có gì được gộp",
        "The register gives one number to two persons; nothing was joined",
        remedy_vi="Không cần làm gì; đơn vị vận hành chuyển cho cơ quan quản lý dữ liệu",
        remedy_en="There is nothing to do; the operator takes it to who keeps the register",
    )
