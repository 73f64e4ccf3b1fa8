"""Why a file is not taken: one sentence a reason, for whoever sent it, and what was seen, for the log."""

import re
from collections.abc import Sequence
from typing import Final

from chalicelib.digitisation.model import Refused
from chalicelib.dossier.handed_in import Hindrance

SIDES: Final = (3.0, 14_400.0)
"""Points that a side of a page of PDF may have (ISO 32000-1, Annex C)."""
LONG: Final = 100
MOST_DETAIL: Final = 300
"""Letters of what a library said."""


def wrong_type(detail: str) -> Refused:
    """It is not plainly one picture or one document of a kind that is taken."""
    return Refused(
        "wrong_type", "Chỉ nhận tệp ảnh JPEG, PNG, TIFF, tệp PDF nguyên bản hoặc tệp docx, xlsx, odt.", detail
    )


def other_type(name: str) -> Refused:
    """It is a file of another kind; `name` is what people call it, empty where its bytes say nothing."""
    vi, en = (
        (f"Tệp là {name}", f"The file is {name}") if name else ("Không rõ loại tệp", "The file's kind is not known")
    )
    return Refused(
        "wrong_type",
        f"{vi}; chỉ nhận ảnh JPEG, PNG, TIFF, tệp PDF hoặc docx, xlsx, odt. Hãy lưu lại thành một trong các loại đó.",
        f"{en}; JPEG, PNG, TIFF, PDF, docx, xlsx and odt are taken. Save it as one of these.",
    )


def too_large(most: int) -> Refused:
    """It has more bytes than are taken; people are told in megabytes."""
    size = f"{most / 1024 / 1024:g} MB"
    return Refused(
        "too_large",
        f"Tệp lớn hơn {size}; hãy giảm dung lượng rồi gửi lại.",
        f"The file is larger than {size}; make it smaller and send it again.",
    )


SIGNED_ALREADY: Final = Refused(
    "signed_electronically",
    "Văn bản điện tử đã ký số không phải giấy cần chuyển đổi",
    "a signed electronic document is no paper that would be converted",
)

_PLACE: Final = re.compile(r" <[^<>]* object at 0x[0-9a-f]+>")
"""Where a library's sentence names an object of this process: that tells a person nothing."""


def truncated(detail: str) -> Refused:
    """It is damaged or breaks off."""
    detail = _PLACE.sub("", detail)
    return Refused("truncated", "Tệp bị hỏng hoặc thiếu dữ liệu; hãy quét hoặc tải lại.", detail)


def check_sides(width: float, height: float) -> None:
    """Raises Refused for a page, in points, that PDF does not know, or that is no sheet of paper but a line."""
    short, long = sorted((width, height))
    if short < SIDES[0] or long > min(SIDES[1], LONG * short):
        raise wrong_type(f"a page of {width:g} x {height:g} points")


def too_heavy(detail: str) -> Refused:
    """Opening it would cost far more than a paper is worth."""
    return Refused("too_heavy", "Tệp quá nặng khi mở ra; hãy quét lại hoặc in ra tệp PDF thường rồi tải lại.", detail)


def not_archivable(detail: str) -> Refused:
    """No copy that lasts can be bound of it: a colour profile of another kind of picture, say."""
    return Refused(
        "not_archivable",
        "Không lập được bản sao lưu trữ (PDF/A) từ tệp này; hãy quét lại hoặc lưu thành ảnh JPEG thường rồi gửi lại.",
        f"no PDF/A copy: {_short(detail)}",
    )


def unreadable(detail: str) -> Refused:
    """Its print cannot be read, though it can be drawn."""
    return Refused("unreadable", "Bản quét không đọc được, cần quét lại.", f"does not read: {_short(detail)}")


def blank_page(page: int) -> Refused:
    """Nothing is on it, and the paper has no page with print."""
    return Refused(
        "blank_page",
        f"Trang {page} để trắng; hãy kiểm tra mặt giấy đã đặt đúng chưa và quét lại.",
        f"Page {page} is blank; check which side of the paper was scanned, and scan it again.",
    )


def black_page(page: int) -> Refused:
    """It is dark all over."""
    return Refused(
        "black_page",
        f"Trang {page} bị đen, không thấy chữ; hãy đậy nắp máy quét hoặc chụp nơi đủ sáng rồi gửi lại.",
        f"Page {page} is black; close the scanner's lid or take the photo in better light, and send it again.",
    )


def dark_screen(page: int) -> Refused:
    """It is a picture of a screen whose print is light on a dark ground."""
    return Refused(
        "dark_screen",
        f"Trang {page} là ảnh chụp màn hình nền tối; hãy chuyển màn hình sang nền sáng rồi chụp lại, hoặc gửi tệp gốc.",
        f"Page {page} is a screenshot with a dark background; switch to the light one and take it again, or send the"
        " file itself.",
    )


def thumbnail(page: int) -> Refused:
    """It has too few pixels for its print."""
    return Refused(
        "thumbnail",
        f"Trang {page} là ảnh thu nhỏ, chữ quá ít điểm ảnh để đọc; hãy quét lại ở 200 đến 300 dpi.",
        f"Page {page} has too few pixels for its print, as a thumbnail has; scan it again at 200 to 300 dpi.",
    )


def not_vietnamese(page: int) -> Refused:
    """Its print is in another language, and no page of the paper is in Vietnamese."""
    return Refused(
        "not_vietnamese",
        f"Không thấy chữ tiếng Việt trên trang {page}; hãy quét lại đúng giấy tờ, hoặc quét kèm bản dịch tiếng Việt.",
        f"No Vietnamese print on page {page}; scan the right paper, or its Vietnamese translation with it.",
    )


def _short(detail: str) -> str:
    return " ".join(detail.split())[:MOST_DETAIL]


def kills_reader(detail: str) -> Refused:
    """It ended the process that opened it."""
    return Refused(
        "file_kills_reader",
        "Hệ thống không mở được tệp này một cách an toàn; hãy quét lại hoặc in ra tệp PDF thường rồi tải lại.",
        detail,
    )


def active(detail: str) -> Refused:
    """It acts, or carries other files."""
    return Refused(
        "active_content",
        "Tệp có mã chạy, tệp đính kèm, liên kết ra ngoài hoặc biểu mẫu động; hãy in ra PDF thường rồi tải lại.",
        detail,
    )


def encrypted(detail: str) -> Refused:
    """It is locked with a password, or forbids what a reader of it may do."""
    return Refused("encrypted", "Tệp bị khóa bằng mật khẩu; hãy bỏ mật khẩu rồi tải lại.", f"encrypted: {detail}")


def macros(detail: str) -> Refused:
    """An office file that brings a program."""
    return Refused(
        "macros", "Tệp văn phòng có macro; hãy lưu lại không có macro hoặc xuất ra tệp PDF.", f"macros: {detail}"
    )


def malware(found: str) -> Refused:
    """A scanner knows it."""
    return Refused("malware", "Tệp có mã độc nên không được tiếp nhận.", f"scanner found {found}")


def not_scanned(detail: str) -> Refused:
    """No scanner could look into it: it stays in quarantine, and a person decides."""
    return Refused(
        "not_scanned",
        "Chưa quét được mã độc trong tệp nên tệp chưa được tiếp nhận; hãy gửi lại, hoặc báo cơ quan tiếp nhận.",
        f"not scanned for malware: {detail}",
    )


def bad_manifest(why_vi: str, why_en: str) -> Refused:
    """A manifest that cannot be followed; nothing of its lot is taken."""
    return Refused(
        "bad_manifest", f"Bản kê (manifest) không dùng được: {why_vi}.", f"the manifest is unusable: {why_en}"
    )


def manifest_incomplete(files: Sequence[str]) -> Refused:
    """A manifest that names what is not there, or is there and refused; it is taken up when the last good one comes."""
    names = ", ".join(files)[:MOST_DETAIL]
    return Refused(
        "manifest_incomplete", f"Bản kê nêu tệp chưa có hoặc bị từ chối: {names}.", f"not there, or refused: {names}"
    )


def signature_broken(detail: str) -> Refused:
    """A signed file that is not what was signed, or whose signature cannot be judged."""
    return Refused(
        "signature_broken",
        "Chữ ký số của tệp không còn đúng với nội dung hoặc không kiểm tra được; hãy gửi lại tệp gốc đã ký.",
        f"signature does not stand: {detail}",
    )


def no_converter() -> Refused:
    """An office file, where no program prints it."""
    return Refused(
        "no_converter",
        "Hệ thống chưa chuyển được tệp Word, Excel, OpenDocument; hãy xuất ra tệp PDF rồi gửi lại.",
        "no program here turns office files into PDF; send a PDF",
    )


def heic_not_read() -> Refused:
    """A photo of a telephone, in a packing for which no library with a licence and a size of ours was found."""
    return Refused(
        "heic_not_read",
        "Chưa đọc được ảnh HEIC/HEIF; hãy chọn định dạng JPEG trong cài đặt máy ảnh, hoặc lưu ảnh thành JPEG rồi gửi.",
        "HEIC/HEIF pictures are not read; send the photo as a JPEG",
    )


def too_many_pages(pages: int, most: int) -> Refused:
    """It has no page, or more than a file may have."""
    return Refused(
        "page_count",
        f"Tệp có {pages} trang; mỗi tệp nhận từ 1 đến {most} trang.",
        f"{pages} pages, 1 to {most} are taken",
    )


def check_pixels(pixels: int, most: int) -> None:
    """Raises Refused for a picture that is too large, or has no pixels."""
    if pixels > most:
        raise Refused("too_many_pixels", "Ảnh có kích thước quá lớn; hãy quét ở 200 đến 300 dpi.", f"{pixels} pixels")
    if pixels == 0:
        raise truncated("a side of zero pixels")


NO_DOSSIER: Final = Refused(
    "no_dossier", "Không có hồ sơ đang giải quyết này tại cơ quan", "no such open dossier of this agency"
)
OWN_DOSSIER: Final = Refused(
    "own_dossier",
    "Hồ sơ của chính người quét hoặc của người liên quan: người khác quét giấy tờ này",
    "the dossier is of who scanned it, or of somebody whom they act for: another officer scans this paper",
)
RESULT_REASONS: Final[dict[Hindrance, Refused]] = {
    "result_not_awaited": Refused(
        "result_not_awaited",
        "Hồ sơ chưa đến bước ký kết quả hoặc đã có quyết định; chỉ nộp kết quả giấy khi chờ phê duyệt",
        "the dossier does not wait for its approval: no paper result is taken",
    ),
    "result_twice": Refused(
        "result_twice", "Hồ sơ đã có một kết quả giấy", "a paper result of this dossier was handed in before"
    ),
}
RESULT_SIGNED: Final = Refused(
    "result_signed",
    "Tệp đã có chữ ký số: đây không phải kết quả ký tay trên giấy",
    "the file has a digital signature: it is no result that was signed by hand",
)
SEVERAL_DOSSIERS: Final = Refused(
    "several_dossiers", "Trang đầu có mã của nhiều hồ sơ", "the codes on the first page name several dossiers"
)
ONLY_A_SHEET: Final = Refused("only_a_sheet", "Chỉ có tờ phân cách, không có giấy tờ", "a sheet that parts, no paper")
