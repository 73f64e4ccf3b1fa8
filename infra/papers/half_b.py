"""Half B, held out: four layouts for each kind of paper. Written in one sitting before the reader was touched.

Whoever tunes the reader does not open the pages that these draw.
"""

from collections.abc import Mapping
from typing import Final

from infra.papers.contents import Content
from infra.papers.sheet import Sheet

STYLES: Final = ("ledger", "numbered", "above", "tabbed")
_LEFT: Final = 62.0
_RIGHT: Final = 540.0

_CALLED: Final[Mapping[str, str]] = {
    "so": "Số", "ho_ten": "Họ, chữ đệm, tên", "ngay_sinh": "Ngày sinh", "gioi_tinh": "Giới tính", "dan_toc": "Dân tộc",
    "quoc_tich": "Quốc tịch", "noi_sinh": "Nơi sinh", "que_quan": "Quê quán", "so_dinh_danh": "Số định danh cá nhân",
    "noi_dang_ky": "Nơi đăng ký", "ngay_dang_ky": "Ngày đăng ký", "noi_cu_tru": "Địa chỉ thường trú",
    "so_giay_to": "Số CCCD", "nam_sinh": "Năm sinh", "muc_dich": "Mục đích sử dụng", "thoi_han": "Thời hạn",
}  # fmt: skip
_OWN: Final[Mapping[str, Mapping[str, str]]] = {
    "giay_khai_sinh": {
        "ho_ten_me": "Họ, chữ đệm, tên người mẹ", "nam_sinh_me": "Năm sinh", "noi_cu_tru_me": "Nơi cư trú",
        "ho_ten_cha": "Họ, chữ đệm, tên người cha", "nam_sinh_cha": "Năm sinh", "noi_cu_tru_cha": "Nơi cư trú",
        "noi_dang_ky": "Nơi đăng ký khai sinh", "ngay_dang_ky": "Ngày, tháng, năm đăng ký",
    },
    "giay_chung_sinh": {
        "ho_ten_me": "Họ và tên mẹ", "nam_sinh_me": "Năm sinh", "so_dinh_danh_me": "Số CCCD", "dan_toc_me": "Dân tộc",
        "noi_cu_tru_me": "Nơi thường trú", "thoi_gian_sinh": "Đã sinh con vào lúc", "noi_sinh": "Tại",
        "so_lan_sinh": "Số lần sinh", "so_con": "Số con trong lần sinh này", "gioi_tinh_con": "Giới tính của con",
        "can_nang": "Cân nặng", "tinh_trang_con": "Tình trạng của con", "ten_du_dinh": "Dự kiến đặt tên con",
        "nguoi_do_de": "Người đỡ đẻ",
    },
    "giay_chung_nhan_ket_hon": {
        "ho_ten_vo": "Họ, chữ đệm, tên vợ", "ngay_sinh_vo": "Ngày sinh", "dan_toc_vo": "Dân tộc",
        "noi_cu_tru_vo": "Nơi cư trú", "so_giay_to_vo": "Giấy tờ tùy thân", "ho_ten_chong": "Họ, chữ đệm, tên chồng",
        "ngay_sinh_chong": "Ngày sinh", "dan_toc_chong": "Dân tộc", "noi_cu_tru_chong": "Nơi cư trú",
        "so_giay_to_chong": "Giấy tờ tùy thân", "noi_dang_ky": "Nơi đăng ký kết hôn",
        "ngay_dang_ky": "Ngày, tháng, năm đăng ký",
    },
    "trich_luc_khai_tu": {
        "thoi_gian_chet": "Đã chết vào lúc", "noi_chet": "Nơi chết", "nguyen_nhan": "Nguyên nhân chết",
        "nguoi_yeu_cau": "Người yêu cầu cấp trích lục", "noi_dang_ky": "Đăng ký khai tử tại",
    },
    "xac_nhan_cu_tru": {
        "ho_ten": "Họ và tên", "noi_thuong_tru": "Địa chỉ thường trú", "noi_tam_tru": "Địa chỉ tạm trú",
        "noi_o_hien_tai": "Nơi ở hiện tại", "ho_ten_chu_ho": "Họ và tên chủ hộ",
        "quan_he_chu_ho": "Mối quan hệ với chủ hộ",
        "so_dinh_danh_chu_ho": "Số định danh cá nhân của chủ hộ",
    },
    "xac_nhan_hon_nhan": {
        "tinh_trang": "Tình trạng hôn nhân", "muc_dich": "Giấy này được cấp để", "noi_cu_tru": "Nơi cư trú",
        "so_giay_to": "Giấy tờ tùy thân",
    },
    "quyet_dinh": {"ngay_ban_hanh": "Ngày ban hành", "ve_viec": "Về việc", "ho_ten": "Ông (bà)"},
    "giay_chung_nhan_dat": {
        "so_phat_hanh": "Số phát hành", "ho_ten": "Người sử dụng đất", "thua_dat": "Thửa đất số",
        "to_ban_do": "Tờ bản đồ số", "dia_chi_thua_dat": "Địa chỉ thửa đất", "dien_tich": "Diện tích",
        "hinh_thuc": "Hình thức sử dụng", "thoi_han": "Thời hạn sử dụng", "nguon_goc": "Nguồn gốc sử dụng",
        "noi_cu_tru": "Địa chỉ",
    },
    "giay_uy_quyen": {
        "ho_ten_uy_quyen": "Người ủy quyền", "ngay_sinh_uy_quyen": "Ngày sinh",
        "so_giay_to_uy_quyen": "Số CCCD",
        "noi_cu_tru_uy_quyen": "Nơi cư trú", "ho_ten_duoc_uy_quyen": "Người được ủy quyền",
        "ngay_sinh_duoc_uy_quyen": "Ngày sinh", "so_giay_to_duoc_uy_quyen": "Số CCCD",
        "noi_cu_tru_duoc_uy_quyen": "Nơi cư trú", "noi_dung": "Nội dung ủy quyền", "thoi_han": "Thời hạn ủy quyền",
    },
    "can_cuoc": {
        "so_dinh_danh": "Số / No.", "ho_ten": "Họ và tên / Full name", "ngay_sinh": "Ngày sinh / Date of birth",
        "gioi_tinh": "Giới tính / Sex", "quoc_tich": "Quốc tịch / Nationality",
        "que_quan": "Quê quán / Place of origin",
        "noi_thuong_tru": "Nơi thường trú / Place of residence", "co_gia_tri_den": "Có giá trị đến / Date of expiry",
    },
}  # fmt: skip


def called(kind: str, name: str) -> str:
    """What this half calls a value."""
    return _OWN.get(kind, {}).get(name) or _CALLED[name]


def draw(sheet: Sheet, paper: Content, style: str) -> None:
    """Draw one paper. Raises KeyError for a style that is none."""
    y = _head(sheet, paper, style)
    body = {"ledger": _ledger, "numbered": _numbered, "above": _above, "tabbed": _tabbed}[style]
    rows = [(called(paper.kind, name), value) for name, value in paper.values.items()]
    y = body(sheet, rows, y) + 14
    for sentence in paper.sentences:
        y = sheet.wrapped(_LEFT, y + 6, sentence, _RIGHT - _LEFT, 11.5, indent=18) + 12
    _foot(sheet, paper, y + 12)


def _head(sheet: Sheet, paper: Content, style: str) -> float:
    if style == "above":  # one column, in the middle
        for y, text, size in ((52, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13), (69, "Độc lập - Tự do - Hạnh phúc", 13)):
            sheet.text(298, y, text, size, "bold", "m")
        sheet.rule(225, 75, 371, 75)
        sheet.text(298, 112, paper.title, 19, "bold", "m")
        return 140
    sheet.text(150, 54, "ỦY BAN NHÂN DÂN", 11.5, "regular", "m")
    sheet.text(150, 70, paper.office, 11.5, "bold", "m")
    sheet.text(405, 54, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11, "bold", "m")
    sheet.text(405, 70, "Độc lập - Tự do - Hạnh phúc", 12, "bold", "m")
    sheet.rule(335, 76, 475, 76)
    sheet.text(298, 116, paper.title, 17, "bold", "m")
    return 144


type _Rows = list[tuple[str, str]]


def _ledger(sheet: Sheet, rows: _Rows, y: float) -> float:
    """Label and value on the line, dots from the value to the margin; two short ones share a line."""
    at = 0
    while at < len(rows):
        pair = [f"{label}: {value}" for label, value in rows[at : at + 2]]
        short = len(pair) == 2 and all(sheet.width_of(text, 12.5) < 215 for text in pair)
        shown = rows[at : at + 2] if short else rows[at : at + 1]
        for place, (label, value) in enumerate(shown):
            left, right = (_LEFT, 295.0) if short and place == 0 else (305.0 if short else _LEFT, _RIGHT)
            end = sheet.text(left, y, f"{label}:", 12.5)
            if end + 5 + sheet.width_of(value, 12.5) > right:
                lines = sheet.lines(value, right - left, 12.5, indent=end + 5 - left)
                sheet.text(end + 5, y, lines[0], 12.5)
                for line in lines[1:]:
                    y += 19
                    end = sheet.text(left, y, line, 12.5)
            else:
                end = sheet.text(end + 5, y, value, 12.5)
            sheet.dots(end + 3, y, right, 12.5)
        at += len(shown)
        y += 21
    return y


def _numbered(sheet: Sheet, rows: _Rows, y: float) -> float:
    """A table: number, what, value; every edge ruled."""
    lefts, tops = (_LEFT, 92.0, 262.0, _RIGHT), [y - 6]
    sheet.text(77, y + 9, "TT", 11, "bold", "m")
    sheet.text(177, y + 9, "Nội dung", 11, "bold", "m")
    sheet.text(400, y + 9, "Thông tin", 11, "bold", "m")
    y += 16
    tops.append(y)
    for number, (label, value) in enumerate(rows, 1):
        sheet.text(77, y + 14, str(number), 11.5, "regular", "m")
        first = sheet.wrapped(97, y + 14, label, 160, 11.5, lead=1.3)
        second = sheet.wrapped(267, y + 14, value, 266, 11.5, lead=1.3)
        y = max(first, second) + 6
        tops.append(y)
    sheet.grid(lefts, tops)
    return y


def _above(sheet: Sheet, rows: _Rows, y: float) -> float:
    """Small labels in italics above their values, two columns with a rule between."""
    top = y - 12
    at = 0
    while at < len(rows):
        wide = sheet.width_of(rows[at][1], 13) > 225
        shown = rows[at : at + 1] if wide else [row for row in rows[at : at + 2] if sheet.width_of(row[1], 13) <= 225]
        for place, (label, value) in enumerate(shown):
            left = (_LEFT, 312.0)[place]
            sheet.text(left, y, label, 9.5, "italic")
            sheet.text(left, y + 16, value, 13)
        at += len(shown)
        if wide:
            if y - 12 > top:
                sheet.rule(303, top, 303, y - 12, 0.5)
            top = y + 22
        y += 36
    if y - 18 > top:
        sheet.rule(303, top, 303, y - 18, 0.5)
    return y - 10


def _tabbed(sheet: Sheet, rows: _Rows, y: float) -> float:
    """Labels in one column, values at a tab stop, underlined by a thin rule; no colons."""
    for label, value in rows:
        sheet.wrapped(_LEFT, y, label, 168, 12)
        for number, line in enumerate(sheet.lines(value, _RIGHT - 240, 12)):
            y += 18 if number else 0
            sheet.text(240, y, line, 12, "bold")
            sheet.rule(238, y + 4, _RIGHT, y + 4, 0.4)
        y += 20 if sheet.width_of(label, 12) < 168 else 34
    return y


def _foot(sheet: Sheet, paper: Content, y: float) -> None:
    sheet.text(420, y, f"{paper.place.split(' ', 1)[1].title()}, ngày 14 tháng 5 năm 2026", 11.5, "italic", "m")
    (left, first), (right, second) = paper.signers
    for x, role, name in ((150, left, first), (420, right, second)):
        sheet.text(x, y + 18, role, 11.5, "bold", "m")
        sheet.text(x, y + 88, name, 12, "bold", "m")
    sheet.seal(378, y + 70)
