"""Half A, for tuning: four layouts for each kind of paper."""

from collections.abc import Mapping
from typing import Final

from infra.papers.contents import Content
from infra.papers.sheet import Sheet

STYLES: Final = ("leaders", "table", "boxes", "columns")
_LEFT: Final = 68.0
_RIGHT: Final = 532.0

_CALLED: Final[Mapping[str, str]] = {
    "so": "Số", "ho_ten": "Họ và tên", "ngay_sinh": "Ngày, tháng, năm sinh", "gioi_tinh": "Giới tính",
    "dan_toc": "Dân tộc", "quoc_tich": "Quốc tịch", "noi_sinh": "Nơi sinh", "que_quan": "Quê quán",
    "so_dinh_danh": "Số định danh cá nhân", "noi_dang_ky": "Nơi đăng ký", "ngay_dang_ky": "Ngày, tháng, năm đăng ký",
    "noi_cu_tru": "Nơi cư trú", "so_giay_to": "Giấy tờ tùy thân", "nam_sinh": "Năm sinh",
    "muc_dich": "Mục đích sử dụng",
    "thoi_han": "Thời hạn sử dụng",
}  # fmt: skip
_OWN: Final[Mapping[str, Mapping[str, str]]] = {
    "giay_khai_sinh": {
        "ho_ten": "Họ, chữ đệm, tên", "ho_ten_me": "Họ, chữ đệm, tên người mẹ", "nam_sinh_me": "Năm sinh",
        "noi_cu_tru_me": "Nơi cư trú", "ho_ten_cha": "Họ, chữ đệm, tên người cha", "nam_sinh_cha": "Năm sinh",
        "noi_cu_tru_cha": "Nơi cư trú", "noi_dang_ky": "Nơi đăng ký khai sinh",
    },
    "giay_chung_sinh": {
        "ho_ten_me": "Họ và tên mẹ/Người nuôi dưỡng", "nam_sinh_me": "Năm sinh",
        "so_dinh_danh_me": "Số định danh cá nhân", "dan_toc_me": "Dân tộc", "noi_cu_tru_me": "Nơi cư trú",
        "thoi_gian_sinh": "Đã sinh con vào lúc", "so_lan_sinh": "Số lần sinh", "so_con": "Số con trong lần sinh này",
        "gioi_tinh_con": "Giới tính của con", "can_nang": "Cân nặng", "tinh_trang_con": "Tình trạng của con",
        "ten_du_dinh": "Dự định đặt tên con là", "nguoi_do_de": "Họ và tên người đỡ đẻ",
    },
    "giay_chung_nhan_ket_hon": {
        "ho_ten_vo": "Họ, chữ đệm, tên vợ", "ngay_sinh_vo": "Ngày, tháng, năm sinh", "dan_toc_vo": "Dân tộc",
        "noi_cu_tru_vo": "Nơi cư trú", "so_giay_to_vo": "Giấy tờ tùy thân",
        "ho_ten_chong": "Họ, chữ đệm, tên chồng", "ngay_sinh_chong": "Ngày, tháng, năm sinh",
        "dan_toc_chong": "Dân tộc", "noi_cu_tru_chong": "Nơi cư trú", "so_giay_to_chong": "Giấy tờ tùy thân",
        "noi_dang_ky": "Nơi đăng ký kết hôn",
    },
    "trich_luc_khai_tu": {
        "ho_ten": "Họ, chữ đệm, tên", "thoi_gian_chet": "Đã chết vào lúc", "noi_chet": "Nơi chết",
        "nguyen_nhan": "Nguyên nhân chết", "nguoi_yeu_cau": "Họ, chữ đệm, tên người yêu cầu",
        "noi_dang_ky": "Nơi đăng ký khai tử",
    },
    "xac_nhan_cu_tru": {
        "ho_ten": "Họ, chữ đệm và tên", "noi_thuong_tru": "Nơi thường trú", "noi_tam_tru": "Nơi tạm trú",
        "noi_o_hien_tai": "Nơi ở hiện tại", "ho_ten_chu_ho": "Họ, chữ đệm và tên chủ hộ",
        "quan_he_chu_ho": "Quan hệ với chủ hộ", "so_dinh_danh_chu_ho": "Số định danh cá nhân của chủ hộ",
    },
    "xac_nhan_hon_nhan": {
        "ho_ten": "Họ, chữ đệm, tên", "tinh_trang": "Tình trạng hôn nhân", "muc_dich": "Mục đích sử dụng",
    },
    "quyet_dinh": {"ngay_ban_hanh": "Ngày ban hành", "ve_viec": "V/v", "ho_ten": "Họ và tên"},
    "giay_chung_nhan_dat": {
        "so_phat_hanh": "Số phát hành", "ho_ten": "Ông/bà", "thua_dat": "Thửa đất số", "to_ban_do": "Tờ bản đồ số",
        "dia_chi_thua_dat": "Địa chỉ thửa đất", "dien_tich": "Diện tích", "hinh_thuc": "Hình thức sử dụng",
        "nguon_goc": "Nguồn gốc sử dụng", "noi_cu_tru": "Địa chỉ thường trú",
    },
    "giay_uy_quyen": {
        "ho_ten_uy_quyen": "Bên ủy quyền", "ngay_sinh_uy_quyen": "Ngày sinh",
        "so_giay_to_uy_quyen": "Số định danh cá nhân",
        "noi_cu_tru_uy_quyen": "Nơi cư trú", "ho_ten_duoc_uy_quyen": "Bên được ủy quyền",
        "ngay_sinh_duoc_uy_quyen": "Ngày sinh", "so_giay_to_duoc_uy_quyen": "Số định danh cá nhân",
        "noi_cu_tru_duoc_uy_quyen": "Nơi cư trú", "noi_dung": "Nội dung ủy quyền", "thoi_han": "Thời hạn ủy quyền",
    },
    "can_cuoc": {
        "so_dinh_danh": "Số/No.", "ho_ten": "Họ và tên/Full name", "ngay_sinh": "Ngày sinh/Date of birth",
        "gioi_tinh": "Giới tính/Sex", "quoc_tich": "Quốc tịch/Nationality", "que_quan": "Quê quán/Place of origin",
        "noi_thuong_tru": "Nơi thường trú/Place of residence", "co_gia_tri_den": "Có giá trị đến/Date of expiry",
    },
}  # fmt: skip


def called(kind: str, name: str) -> str:
    """What this half calls a value."""
    return _OWN.get(kind, {}).get(name) or _CALLED[name]


def draw(sheet: Sheet, paper: Content, style: str) -> None:
    """Draw one paper. Raises KeyError for a style that is none."""
    sheet.text(152, 56, "ỦY BAN NHÂN DÂN", 11.5, "bold", "m")
    sheet.text(152, 72, paper.office, 11.5, "bold", "m")
    sheet.text(400, 56, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11, "bold", "m")
    sheet.text(400, 72, "Độc lập - Tự do - Hạnh phúc", 12, "bold", "m")
    sheet.rule(330, 78, 470, 78)
    sheet.text(298, 120, paper.title, 17, "bold", "m")
    body = {"leaders": _leaders, "table": _table, "boxes": _boxes, "columns": _columns}[style]
    rows = [(called(paper.kind, name), value) for name, value in paper.values.items()]
    y = body(sheet, rows, 150) + 12
    for sentence in paper.sentences:
        y = sheet.wrapped(_LEFT, y + 6, sentence, _RIGHT - _LEFT, 12, indent=20) + 12
    _foot(sheet, paper, y + 10)


type _Rows = list[tuple[str, str]]


def _leaders(sheet: Sheet, rows: _Rows, y: float) -> float:
    """Numbered labels with a colon and a dotted line to the margin: the value stands in it, or a little above it."""
    for number, (label, value) in enumerate(rows, 1):
        end = sheet.text(_LEFT, y, f"{number}. {label}:", 12.5) + 4
        lines = sheet.lines(value, _RIGHT - _LEFT, 12.5, indent=end - _LEFT + 22)
        for place, line in enumerate(lines):
            y += 20 if place else 0
            left = _LEFT if place else end
            if number % 3 == 0:
                sheet.dots(left, y + 3.4, _RIGHT, 12.5, 0.24)
                sheet.text(left + (0 if place else 6), y, line, 12.5)
                continue
            if not place:
                sheet.dots(left, y, left + 15, 12.5, 0.24)
            right = sheet.text(left + (0 if place else 20), y, line, 12.5)
            sheet.dots(right + 3, y, _RIGHT, 12.5, 0.24)
        y += 20.5
    return y


def _table(sheet: Sheet, rows: _Rows, y: float) -> float:
    """A table of two columns, every edge ruled; no colons."""
    tops = [y - 14]
    for label, value in rows:
        first = sheet.wrapped(_LEFT + 5, y, label, 172, 12, "bold", lead=1.3)
        second = sheet.wrapped(258, y, value, _RIGHT - 264, 12, lead=1.3)
        y = max(first, second) + 7
        tops.append(y)
        y += 15
    sheet.grid((_LEFT, 252, _RIGHT), tops)
    return y - 4


def _boxes(sheet: Sheet, rows: _Rows, y: float) -> float:
    """A box for each value with its label above the value in small print; two short boxes stand side by side."""
    at = 0
    while at < len(rows):
        short = [row for row in rows[at : at + 2] if sheet.width_of(row[1], 12.5) < 205]
        shown = short if len(short) == 2 else rows[at : at + 1]
        edges = (_LEFT, 300.0, _RIGHT) if len(shown) == 2 else (_LEFT, _RIGHT)
        for left, (label, value) in zip(edges, shown, strict=False):
            sheet.text(left + 6, y - 1, f"{label}:" if at % 3 else label, 9.5)
            sheet.text(left + 6, y + 15, value, 12.5, "bold")
        sheet.grid(edges, (y - 12, y + 21))
        at += len(shown)
        y += 33
    return y


def _columns(sheet: Sheet, rows: _Rows, y: float) -> float:
    """Two columns of labels and values with colons, a long value over the whole width; no marks."""
    at = 0
    while at < len(rows):
        pair = rows[at : at + 2]
        fits = len(pair) == 2 and all(sheet.width_of(f"{label}: {value}", 12) < 218 for label, value in pair)
        if not fits:
            label, value = rows[at]
            y = sheet.wrapped(_LEFT, y, f"{label}: {value}", _RIGHT - _LEFT, 12) + 19
            at += 1
            continue
        for left, (label, value) in zip((_LEFT, 306.0), pair, strict=True):
            sheet.text(left, y, f"{label}: {value}", 12)
        at += 2
        y += 19
    return y


def _foot(sheet: Sheet, paper: Content, y: float) -> None:
    sheet.text(410, y, f"{paper.place.split(' ', 1)[1].title()}, ngày 09 tháng 3 năm 2026", 12, "italic", "m")
    (left, first), (right, second) = paper.signers
    for x, role, name in ((150, left, first), (410, right, second)):
        sheet.text(x, y + 18, role, 11.5, "bold", "m")
        sheet.text(x, y + 84, name, 12.5, "bold", "m")
    sheet.seal(372, y + 66)
