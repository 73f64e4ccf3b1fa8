"""Scans of papers that never existed: two Vietnamese forms drawn, stamped, skewed and made noisy.

For the demonstration and the tests; never shipped. Every person, number and office unit is invented. The papers are
printed text only: no handwriting, no dotted leaders, no tables, so a reading error measured on them is a floor.
"""

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from rapidfuzz.distance import Levenshtein

FONTS: Final = {
    "liberation-serif": "liberation/LiberationSerif-{}.ttf",
    "liberation-sans": "liberation/LiberationSans-{}.ttf",
    "noto-serif": "noto/NotoSerif-{}.ttf",
    "dejavu-serif": "dejavu/DejaVuSerif{}.ttf",
}
KINDS: Final = ("giay_chung_sinh", "xac_nhan_cu_tru")

_FONT_ROOT: Final = "/usr/share/fonts/truetype/"
_PAGE_INCHES: Final = (8.27, 11.69)
_INK: Final = (20, 20, 25)
_STAMP_INK: Final = (200, 20, 30, 150)
_NATION: Final = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")

_BIRTH_NOTE: Final = (
    "Lưu ý: Giấy chứng sinh này dùng để làm thủ tục đăng ký khai sinh cho trẻ; cha, mẹ hoặc người thân thích kiểm"
    " tra kỹ nội dung trước khi nhận."
)
_RESIDENCE_NOTE: Final = (
    "Xác nhận này có giá trị một năm kể từ ngày cấp; khi thông tin về cư trú thay đổi và được cập nhật vào Cơ sở dữ"
    " liệu về cư trú thì xác nhận hết giá trị kể từ thời điểm thay đổi."
)

_FAMILY: Final = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Dương", "Lý", "Tạ")
_MIDDLE: Final = ("Văn", "Thị", "Hữu", "Đức", "Minh", "Ngọc", "Thanh", "Quốc", "Bích", "Hoài", "Gia", "Khánh")
_GIVEN: Final = ("Anh", "Bình", "Châu", "Dũng", "Giang", "Hằng", "Hiếu", "Khoa", "Lượng", "Nghĩa", "Oanh", "Phượng",
                 "Quỳnh", "Thảo", "Thủy", "Trường", "Uyên", "Vượng", "Yến")  # fmt: skip
_PROVINCES: Final = (
    "tỉnh Nghệ An",
    "tỉnh Quảng Ngãi",
    "tỉnh Đắk Lắk",
    "tỉnh Lâm Đồng",
    "tỉnh Vĩnh Long",
    "thành phố Huế",
)
_COMMUNES: Final = ("xã Nghĩa Thuận", "phường Phước Mỹ", "xã Quỳnh Lưu", "xã Vĩnh Phước", "phường Hương Thủy")
_PEOPLES: Final = ("Kinh", "Tày", "Thái", "Mường", "Ê Đê", "Nùng")


@dataclass(frozen=True, slots=True)
class Scan:
    """One scan and the truth about it: `text` line by line as printed, `fields` by the names of `fields.extract`."""

    jpeg: bytes
    text: str
    fields: dict[str, str]
    kind: str


@dataclass(slots=True)
class _Row:
    """One row of a form: `pair`, `title`, `fields`, `paragraph`, `right`, `columns` or `gap`."""

    style: str
    texts: Sequence[str]
    face: str = "regular"
    size: float = 13


class _Pool:
    """Invented values from one seed."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)

    def pick(self, items: Sequence[str]) -> str:
        return items[int(self._random.integers(len(items)))]

    def number(self, low: int, high: int) -> int:
        return int(self._random.integers(low, high + 1))

    def person(self) -> str:
        return f"{self.pick(_FAMILY)} {self.pick(_MIDDLE)} {self.pick(_GIVEN)}"

    def personal_number(self) -> str:
        return "0" + "".join(str(self.number(0, 9)) for _ in range(11))

    def address(self) -> str:
        return f"Thôn {self.number(1, 9)}, {self.pick(_COMMUNES)}, {self.pick(_PROVINCES)}"


def make_scan(
    kind: str,
    *,
    seed: int,
    font: str = "liberation-serif",
    dpi: int = 200,
    skew: float = -1.5,
    noise: float = 6,
    stamp: bool = True,
    quality: int = 75,
    values: Mapping[str, str] | None = None,
) -> Scan:
    """Draw one paper and scan it.

    Args:
        kind: one of `KINDS`.
        seed: chooses every value and the noise; the same seed gives the same bytes.
        font: one of `FONTS`.
        dpi: resolution of the scan.
        skew: degrees counter-clockwise.
        noise: standard deviation in grey levels.
        stamp: whether a red round stamp lies over the signature row.
        quality: JPEG quality.
        values: fields that replace the invented ones.

    Raises:
        KeyError: an unknown kind, font or field.
    """
    form = {"giay_chung_sinh": _birth, "xac_nhan_cu_tru": _residence}[kind]
    fields, rows, office = form(_Pool(seed), dict(values or {}))
    sheet = _Sheet(font, dpi)
    for row in rows:
        sheet.draw(row)
    if stamp:
        sheet.stamp(office)
    jpeg = _scan(sheet.image, dpi, skew=skew, noise=noise, quality=quality, seed=seed)
    return Scan(jpeg, "\n".join(sheet.truth), fields, kind)


type _Form = tuple[dict[str, str], list[_Row], str]


def _settled(invented: dict[str, str], given: dict[str, str]) -> dict[str, str]:
    if unknown := given.keys() - invented.keys():
        raise KeyError(*sorted(unknown))
    return invented | given


def _birth(pool: _Pool, given: dict[str, str]) -> _Form:
    """Giấy chứng sinh: what a hospital gives the parents, and the registrar asks for."""
    date = f"ngày {pool.number(1, 28):02d} tháng {pool.number(1, 10):02d} năm 2026"
    f = _settled(
        {
            "so": f"{pool.number(1, 400)}/GCS",
            "ho_ten_me": pool.person(),
            "nam_sinh_me": str(pool.number(1985, 2004)),
            "so_dinh_danh_me": pool.personal_number(),
            "dan_toc_me": pool.pick(_PEOPLES),
            "noi_cu_tru_me": pool.address(),
            "thoi_gian_sinh": f"{pool.number(0, 23):02d} giờ {pool.number(0, 59):02d} phút, {date}",
            "noi_sinh": f"Bệnh viện Đa khoa {pool.pick(_PROVINCES)}",
            "so_lan_sinh": str(pool.number(1, 3)),
            "so_con_hien_song": str(pool.number(1, 3)),
            "so_con": "1",
            "gioi_tinh_con": pool.pick(("Nam", "Nữ")),
            "can_nang": f"{pool.number(26, 39) * 100} gam",
            "tinh_trang_con": "Khỏe mạnh",
            "ten_du_dinh": pool.person(),
            "nguoi_do_de": pool.person(),
        },
        given,
    )
    hospital = f["noi_sinh"].upper()
    issued = f["thoi_gian_sinh"].rpartition("phút, ")[2].capitalize()  # on the day of the birth
    rows = [
        _Row("pair", ("SỞ Y TẾ", _NATION[0]), "bold", 12),
        _Row("pair", (hospital, _NATION[1]), "bold", 12),
        _Row("pair", (f"Số: {f['so']}", ""), size=12),
        _Row("title", ("GIẤY CHỨNG SINH",)),
        _Row("fields", (f"Họ và tên mẹ/Người nuôi dưỡng: {f['ho_ten_me']}",)),
        _Row("fields", (f"Năm sinh: {f['nam_sinh_me']}", f"Dân tộc: {f['dan_toc_me']}")),
        _Row("fields", (f"Số định danh cá nhân: {f['so_dinh_danh_me']}",)),
        _Row("fields", (f"Nơi cư trú: {f['noi_cu_tru_me']}",)),
        _Row("fields", (f"Đã sinh con vào lúc: {f['thoi_gian_sinh']}",)),
        _Row("fields", (f"Nơi sinh: {f['noi_sinh']}",)),
        _Row("fields", (f"Số lần sinh: {f['so_lan_sinh']}", f"Số con hiện sống: {f['so_con_hien_song']}")),
        _Row("fields", (f"Số con trong lần sinh này: {f['so_con']}",)),
        _Row("fields", (f"Giới tính của con: {f['gioi_tinh_con']}", f"Cân nặng: {f['can_nang']}")),
        _Row("fields", (f"Tình trạng của con: {f['tinh_trang_con']}",)),
        _Row("fields", (f"Dự định đặt tên con là: {f['ten_du_dinh']}",)),
        _Row("fields", (f"Họ và tên người đỡ đẻ: {f['nguoi_do_de']}",)),
        _Row("paragraph", (_BIRTH_NOTE,)),
        _Row("right", (issued,), "italic"),
        _Row("columns", ("NGƯỜI ĐỠ ĐẺ", "THỦ TRƯỞNG CƠ SỞ"), "bold", 12),
        _Row("columns", ("(Ký, ghi rõ họ tên)", "(Ký tên, đóng dấu)"), "italic", 12),
        _Row("gap", (), size=60),
        _Row("columns", (f["nguoi_do_de"], pool.person()), "bold"),
    ]  # fmt: skip
    return f, rows, hospital


def _residence(pool: _Pool, given: dict[str, str]) -> _Form:
    """Xác nhận thông tin về cư trú: what the commune police confirm of a household."""
    commune, province, birth_year = pool.pick(_COMMUNES), pool.pick(_PROVINCES), pool.number(1950, 2004)
    home = pool.address()
    f = _settled(
        {
            "so": f"{pool.number(1, 900)}/XN",
            "ho_ten": pool.person(),
            "ngay_sinh": f"{pool.number(1, 28):02d}/{pool.number(1, 12):02d}/{birth_year}",
            "gioi_tinh": pool.pick(("Nam", "Nữ")),
            "so_dinh_danh": pool.personal_number(),
            "dan_toc": pool.pick(_PEOPLES),
            "quoc_tich": "Việt Nam",
            "que_quan": pool.address(),
            "noi_thuong_tru": home,
            "noi_tam_tru": "Không",
            "noi_o_hien_tai": home,
            "ho_ten_chu_ho": pool.person(),
            "quan_he_chu_ho": pool.pick(("Con", "Vợ", "Chồng", "Cháu")),
            "so_dinh_danh_chu_ho": pool.personal_number(),
        },
        given,
    )
    police = f"CÔNG AN {commune.upper()}"
    issued = f"Ngày {pool.number(1, 28):02d} tháng {pool.number(1, 10):02d} năm 2026"
    rows = [
        _Row("pair", (f"CÔNG AN {province.upper()}", _NATION[0]), "bold", 12),
        _Row("pair", (police, _NATION[1]), "bold", 12),
        _Row("pair", (f"Số: {f['so']}", issued), size=12),
        _Row("title", ("XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ",)),
        _Row("fields", (f"1. Họ, chữ đệm và tên: {f['ho_ten']}",)),
        _Row("fields", (f"2. Ngày, tháng, năm sinh: {f['ngay_sinh']}", f"3. Giới tính: {f['gioi_tinh']}")),
        _Row("fields", (f"4. Số định danh cá nhân: {f['so_dinh_danh']}",)),
        _Row("fields", (f"5. Dân tộc: {f['dan_toc']}", f"6. Quốc tịch: {f['quoc_tich']}")),
        _Row("fields", (f"7. Quê quán: {f['que_quan']}",)),
        _Row("fields", (f"8. Nơi thường trú: {f['noi_thuong_tru']}",)),
        _Row("fields", (f"9. Nơi tạm trú: {f['noi_tam_tru']}",)),
        _Row("fields", (f"10. Nơi ở hiện tại: {f['noi_o_hien_tai']}",)),
        _Row("fields", (f"11. Họ, chữ đệm và tên chủ hộ: {f['ho_ten_chu_ho']}",)),
        _Row("fields", (f"12. Quan hệ với chủ hộ: {f['quan_he_chu_ho']}",)),
        _Row("fields", (f"13. Số định danh cá nhân của chủ hộ: {f['so_dinh_danh_chu_ho']}",)),
        _Row("paragraph", (_RESIDENCE_NOTE,)),
        _Row("gap", (), size=8),
        _Row("columns", ("CÁN BỘ ĐĂNG KÝ", "TRƯỞNG CÔNG AN"), "bold", 12),
        _Row("columns", ("(Ký, ghi rõ họ tên)", "(Ký tên, đóng dấu)"), "italic", 12),
        _Row("gap", (), size=60),
        _Row("columns", (pool.person(), pool.person()), "bold"),
    ]  # fmt: skip
    return f, rows, police


@dataclass
class _Sheet:
    """A sheet of A4 that rows are drawn on, top to bottom, and that remembers what it says."""

    font: str
    dpi: int
    truth: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.size = (round(_PAGE_INCHES[0] * self.dpi), round(_PAGE_INCHES[1] * self.dpi))
        self.image = Image.new("RGB", self.size, "white")
        self._pen = ImageDraw.Draw(self.image)
        self._margin, self._top = round(self.dpi * 0.9), round(self.dpi * 0.8)

    def draw(self, row: _Row) -> None:
        """Draw one row and move down."""
        if row.style == "gap":
            self._top += self._points(row.size)
            return
        getattr(self, f"_draw_{row.style}")(row, _face(self.font, row.face, self._points(row.size)))
        if self._top > self.size[1]:
            raise ValueError("the form does not fit its page")

    def _points(self, points: float) -> int:
        return round(points * self.dpi / 72)

    def _line(self, texts: Sequence[str], lefts: Sequence[float], font: ImageFont.FreeTypeFont) -> None:
        for text, left in zip(texts, lefts, strict=True):
            self._pen.text((left, self._top + font.size), text, font=font, fill=_INK, anchor="ls")
        self.truth.append(" ".join(text for text in texts if text))
        self._top += round(font.size * 1.55)

    def _centred(self, row: _Row, centres: Sequence[float], font: ImageFont.FreeTypeFont) -> None:
        inner = self.size[0] - 2 * self._margin
        lefts = [
            self._margin + inner * centre - font.getlength(text) / 2
            for text, centre in zip(row.texts, centres, strict=True)
        ]
        self._line(row.texts, lefts, font)

    def _draw_pair(self, row: _Row, font: ImageFont.FreeTypeFont) -> None:
        inner = self.size[0] - 2 * self._margin
        for text, centre, room in zip(row.texts, (0.20, 0.72), (0.40, 0.56), strict=True):
            narrow = min(1, inner * room / max(1, font.getlength(text)))  # a long office is set smaller
            face = _face(self.font, row.face, int(font.size * narrow))
            place = (self._margin + inner * centre, self._top + font.size)
            self._pen.text(place, text, font=face, fill=_INK, anchor="ms")
        self.truth.append(" ".join(text for text in row.texts if text))
        self._top += round(font.size * 1.55)
        if row.texts[1] == _NATION[1]:
            middle, half = self._margin + inner * 0.72, inner * 0.14
            self._pen.line(
                (middle - half, self._top, middle + half, self._top), fill=_INK, width=max(1, self.dpi // 150)
            )
            self._top += self._points(5)

    def _draw_title(self, row: _Row, _: ImageFont.FreeTypeFont) -> None:
        self._top += self._points(14)
        self._centred(row, (0.5,), _face(self.font, "bold", self._points(17)))
        self._top += self._points(8)

    def _draw_right(self, row: _Row, font: ImageFont.FreeTypeFont) -> None:
        self._centred(row, (0.76,), font)

    def _draw_columns(self, row: _Row, font: ImageFont.FreeTypeFont) -> None:
        self._centred(row, (0.22, 0.76), font)

    def _draw_fields(self, row: _Row, font: ImageFont.FreeTypeFont) -> None:
        inner = self.size[0] - 2 * self._margin
        if len(row.texts) > 1 and max(font.getlength(text) for text in row.texts) < inner / 2:
            self._line(row.texts, [self._margin + inner * i / len(row.texts) for i in range(len(row.texts))], font)
            return
        for text in row.texts:
            self._wrapped(text, 0, font)

    def _draw_paragraph(self, row: _Row, font: ImageFont.FreeTypeFont) -> None:
        self._wrapped(row.texts[0], self._points(20), font)

    def _wrapped(self, text: str, indent: int, font: ImageFont.FreeTypeFont) -> None:
        room, line = self.size[0] - 2 * self._margin, ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if font.getlength(longer) > room - indent:
                self._line([line], [self._margin + indent], font)
                line, indent = word, 0
            else:
                line = longer
        self._line([line], [self._margin + indent], font)

    def stamp(self, office: str) -> None:
        """Press a red stamp over the left third of the right-hand signature, as the rules of clerical work ask."""
        side = round(1.4 * self.dpi)
        seal = _seal(office, side)
        inner = self.size[0] - 2 * self._margin
        self.image.paste(seal, (round(self._margin + inner * 0.76 - side * 0.85), self._top - round(side * 0.85)), seal)


def _face(font: str, face: str, pixels: int) -> ImageFont.FreeTypeFont:
    style = face.capitalize()
    if font == "dejavu-serif":
        # Debian's core package has no italic of it; upright is close enough.
        style = {"bold": "-Bold"}.get(face, "")
    return ImageFont.truetype(_FONT_ROOT + FONTS[font].format(style), pixels)


def _seal(office: str, side: int) -> Image.Image:
    seal = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen, middle = ImageDraw.Draw(seal), side / 2
    for inset, width in ((0.02, side // 50), (0.24, side // 90)):
        pen.ellipse(
            (side * inset, side * inset, side * (1 - inset), side * (1 - inset)), outline=_STAMP_INK, width=width
        )
    points = []
    for i in range(10):
        radius, angle = side * (0.17 if i % 2 == 0 else 0.07), math.pi * (i / 5 - 0.5)
        points.append((middle + radius * math.cos(angle), middle + radius * math.sin(angle)))
    pen.polygon(points, fill=_STAMP_INK)
    font = ImageFont.truetype(_FONT_ROOT + FONTS["liberation-sans"].format("Bold"), round(side * 0.085))
    step = min(12.0, 300 / len(office))
    for i, letter in enumerate(office):
        layer = Image.new("RGBA", (side, side), (0, 0, 0, 0))
        ImageDraw.Draw(layer).text((middle, side * 0.13), letter, font=font, fill=_STAMP_INK, anchor="mm")
        seal.alpha_composite(layer.rotate(step * ((len(office) - 1) / 2 - i), resample=Image.Resampling.BILINEAR))
    return seal


def _scan(sheet: Image.Image, dpi: int, *, skew: float, noise: float, quality: int, seed: int) -> bytes:
    turned = sheet.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor="white") if skew else sheet
    pixels = np.asarray(turned, np.float32)
    if noise:
        random = np.random.default_rng(seed)
        pixels = pixels * np.float32(0.97) + random.standard_normal(pixels.shape, np.float32) * np.float32(noise)
    picture = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).filter(
        ImageFilter.GaussianBlur(0.6 * dpi / 300)
    )
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, dpi=(dpi, dpi))
    return out.getvalue()


def character_error_rate(truth: str, read: str) -> float:
    """Edits per character of the truth; both in NFC, runs of spaces and line ends as one space."""
    wanted, found = (" ".join(unicodedata.normalize("NFC", text).split()) for text in (truth, read))
    return float(Levenshtein.distance(wanted, found) / max(1, len(wanted)))
