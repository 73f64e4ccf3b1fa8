"""What keeps a draft from being opened, filled or submitted."""

from chalicelib.kernel.problem import DomainError, Row


class ComponentMissing(DomainError):
    """A component that the procedure asks for is not there (Decree 61/2018 Art. 17, Decree 45/2020 Art. 11(1))."""

    row = Row(409, "component_missing", "Hồ sơ còn thiếu thành phần", "A component is missing")


class ComponentUnchecked(DomainError):
    """An upload is still being checked."""

    row = Row(409, "component_unchecked", "Tệp đang được kiểm tra", "An upload is still being checked")


class AlreadySubmitted(DomainError):
    """The draft was submitted; a dossier is changed by its own acts only."""

    row = Row(409, "already_submitted", "Hồ sơ đã được nộp", "The draft was submitted")


class ProcedureClosed(DomainError):
    """The version of the procedure is no longer published."""

    row = Row(
        409, "procedure_closed", "Phiên bản thủ tục không còn hiệu lực", "This version of the procedure is closed"
    )


class ElectronicBarred(DomainError):
    """A law keeps the procedure from electronic means; `legal_basis` names it (Decree 137/2024 Art. 8(1))."""

    row = Row(
        409,
        "electronic_barred",
        "Pháp luật không cho phép thực hiện thủ tục này trực tuyến",
        "A law keeps this procedure from electronic means",
    )


class FormInvalid(DomainError):
    """The form of the draft breaks rules of the procedure's form."""

    row = Row(422, "form_invalid", "Biểu mẫu chưa hợp lệ", "The form is not valid")


class UploadRefused(DomainError):
    """The announced file is of a type or size that is not accepted."""

    row = Row(422, "upload_refused", "Tệp không được chấp nhận", "The file is not accepted")


class NameUnusable(DomainError):
    """The name that the person's token gives cannot stand on a paper; `rule` says why, `claim` where it came from."""

    row = Row(
        422,
        "name_unusable",
        "Họ tên trong tài khoản định danh không in được trên giấy tờ",
        "The name of the electronic identity cannot be printed on papers",
    )
