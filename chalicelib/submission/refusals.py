"""What keeps a draft from being opened, filled or submitted."""

from chalicelib.kernel.problem import DomainError, Row


class ComponentMissing(DomainError):
    """A component that the procedure asks for is not there (Decree 61/2018 Art. 17, Decree 45/2020 Art. 11(1))."""

    row = Row(
        409,
        "component_missing",
        "Hồ sơ còn thiếu thành phần",
        "A component is missing",
        remedy_vi="Bổ sung các thành phần nêu trong `components` rồi nộp lại",
        remedy_en="Add the components that are named, then submit again",
    )


class ComponentUnchecked(DomainError):
    """An upload is still being checked."""

    row = Row(
        409,
        "component_unchecked",
        "Tệp đang được kiểm tra",
        "An upload is still being checked",
        remedy_vi="Chờ tệp kiểm tra xong rồi nộp lại",
        remedy_en="Wait until the file is checked, then submit again",
    )


class AlreadySubmitted(DomainError):
    """The draft was submitted; a dossier is changed by its own acts only."""

    row = Row(
        409,
        "already_submitted",
        "Hồ sơ đã được nộp",
        "The draft was submitted",
        remedy_vi="Xem hồ sơ dưới cùng mã tham chiếu",
        remedy_en="Read the dossier under the same reference",
    )


class HoldersUnconfirmed(DomainError):
    """Somebody who holds the dossier too did not confirm it, or the form was changed since they did."""

    row = Row(
        409,
        "holders_unconfirmed",
        "Còn người cùng đứng tên chưa xác nhận",
        "Not everybody who holds it has confirmed",
        remedy_vi="Mỗi người cùng đứng tên xác nhận bằng tài khoản của mình, sau lần sửa tờ khai cuối cùng",
        remedy_en="Everybody who holds it confirms with their own identity, after the form was changed last",
    )


class DraftGone(DomainError):
    """Nobody changed or submitted the draft in time, and what it held is deleted; `expired_at` says when."""

    row = Row(
        410,
        "draft_expired",
        "Hồ sơ nháp đã hết hạn lưu và đã bị xóa",
        "The draft expired and what it held was deleted",
        remedy_vi="Tạo hồ sơ mới; hồ sơ nháp được giữ đến `expires_at`, mỗi lần sửa lại được giữ thêm",
        remedy_en="Open a new draft; it is kept until its `expires_at`, which each change moves",
    )


class ElectronicBarred(DomainError):
    """A law keeps the procedure from electronic means; `legal_basis` names it (Decree 137/2024 Art. 8(1))."""

    row = Row(
        409,
        "electronic_barred",
        "Pháp luật không cho phép thực hiện thủ tục này trực tuyến",
        "A law keeps this procedure from electronic means",
        remedy_vi="Nộp trực tiếp hoặc qua bưu chính",
        remedy_en="Hand the dossier in at the agency or by post",
    )


class FormInvalid(DomainError):
    """The form of the draft breaks rules of the procedure's form."""

    row = Row(
        422,
        "form_invalid",
        "Biểu mẫu chưa hợp lệ",
        "The form is not valid",
        remedy_vi="Sửa từng trường nêu trong `errors`, lưu biểu mẫu rồi nộp lại",
        remedy_en="Mend each field that `errors` names, save the form, submit again",
    )


class UploadRefused(DomainError):
    """The announced file is of a type or size that is not accepted."""

    row = Row(
        422,
        "upload_refused",
        "Tệp không được chấp nhận",
        "The file is not accepted",
        remedy_vi="Chọn tệp JPEG, PNG hoặc PDF trong giới hạn dung lượng, cho một thành phần của thủ tục này",
        remedy_en="Choose a JPEG, PNG or PDF within the limit of size, for a component of this procedure",
    )


class DocumentNotReusable(DomainError):
    """A document of the vault is withdrawn, replaced or expired (Decree 45/2020 Art. 14); `why` says which."""

    row = Row(
        409,
        "document_not_reusable",
        "Giấy tờ trong Kho không còn giá trị để sử dụng lại",
        "The document of the store can be reused no more",
        remedy_vi="Dùng giấy tờ thay thế nêu trong `replaced_by`, hoặc tải tệp khác lên cho thành phần này",
        remedy_en="Use the document that `replaced_by` names, or upload another file for the component",
    )


class DocumentOfAnotherKind(DomainError):
    """A document of the vault is another paper than the component asks for; `kind` is its own code."""

    row = Row(
        409,
        "document_of_another_kind",
        "Giấy tờ trong Kho không phải là thành phần được yêu cầu",
        "The document of the store is another paper than the component",
        remedy_vi="Tìm trong Kho theo mã giấy tờ của thành phần (`kind`)",
        remedy_en="Look in the store by the code of the component (`kind`)",
    )


class NationalStoreUnavailable(DomainError):
    """The national e-data store gives no file now: `reason` is down, slow, refused or unreadable."""

    row = Row(
        503,
        "national_store_unavailable",
        "Kho dữ liệu điện tử quốc gia chưa trả lời",
        "The national e-data store gives no answer now",
        remedy_vi="Tải tệp lên như thường lệ, hoặc thử lại sau; hồ sơ không phải chờ",
        remedy_en="Upload the file as usual, or try later: the dossier waits for nothing",
        wait=60,
    )


class NationalStoreUnusable(DomainError):
    """No file comes from the national e-data store, however often it is asked: `reason` is off or no_number."""

    row = Row(
        409,
        "national_store_unusable",
        "Không lấy được giấy tờ từ Kho dữ liệu điện tử quốc gia",
        "No paper can be taken from the national e-data store",
        remedy_vi="Tải tệp lên như thường lệ: hệ thống chưa kết nối Kho, hoặc tài khoản không có số định danh cá nhân",
        remedy_en="Upload the file as usual: no store is connected, or the identity has no personal number",
    )


class NameUnusable(DomainError):
    """The name that the person's token gives cannot stand on a paper; `rule` says why, `claim` where it came from."""

    row = Row(
        422,
        "name_unusable",
        "Họ tên trong tài khoản định danh không in được trên giấy tờ",
        "The name of the electronic identity cannot be printed on papers",
        remedy_vi="Đề nghị sửa họ tên tại nơi quản lý tài khoản định danh, rồi đăng nhập lại",
        remedy_en="Have the name corrected where the electronic identity is kept, then sign in again",
    )
