"""Half `i`: outlines of screens, bars, halves, headings white on dark; and justified paragraphs, ruled books, slips.

Drawn after the others, by another hand and without a look at the reader; to be opened for a last measurement only.
Some of its sheets lie on their long side: a certificate of marriage, and the list that people sign for their pensions.
"""

from dataclasses import replace
from functools import partial
from typing import Final

from infra.papers import marks
from infra.papers.contents import Content
from infra.papers.diverse import DiversePool
from infra.papers.half_i_justified import JUSTIFIED
from infra.papers.half_i_notched import NOTCHED
from infra.papers.rows import inline
from infra.papers.setting import Hand, Look, lay
from infra.papers.sheet import INK, Sheet
from infra.papers.typeset import barred, flowing, halved, lineated, notched
from infra.papers.wording import Filled, filled

STYLES: Final = ("notched", "justified")
FONTS: Final = ("liberation-serif", "noto-sans", "noto-serif", "liberation-serif", "dejavu-sans-condensed")
_TYPED: Final = "noto-mono"
_BLUE: Final = (28, 48, 128)
_DARK: Final = (38, 70, 118)
_WHITE: Final = (255, 255, 255)
_ACROSS: Final = {("justified", "giay_chung_nhan_ket_hon"), ("justified", "bang_ke")}
"""What lies on its long side."""


def _aged(hand: Hand) -> None:
    """A leaf of a book that became brownish, with the holes of its binding."""
    marks.shade(hand.sheet, (0, 0, hand.sheet.width, hand.sheet.height), (246, 240, 226))
    marks.punched(hand.sheet)


def _slip(hand: Hand) -> None:
    """A slip half as high as the sheet that it was copied on."""
    marks.back(hand.sheet, hand.said.seed, (244, 243, 241))
    hand.size *= 0.94


def _cut(hand: Hand) -> None:
    """The line that the slip is cut off at."""
    x, y = 14.0, hand.y + 10
    while x < hand.sheet.width - 14:
        hand.sheet.rule(x, y, x + 7, y, 0.7)
        x += 12


def _laurel(hand: Hand) -> None:
    wide, high = hand.sheet.width, hand.sheet.height
    marks.guilloche(hand.sheet, (246, 214, 206), (255, 248, 245), (34, 34, wide - 34, high - 34))
    marks.rosette(hand.sheet, wide / 2, high * 0.52, 130, (247, 222, 216))
    marks.frame(hand.sheet, (178, 40, 60), 24)
    marks.emblem(hand.sheet, 92, 84, 22)


def _parchment(hand: Hand) -> None:
    marks.guilloche(hand.sheet, (246, 216, 220), (255, 249, 249), (20, 20, hand.sheet.width - 20, 822))
    marks.frame(hand.sheet, (190, 60, 70), 18)
    marks.emblem(hand.sheet, hand.sheet.width / 2, hand.y - 14, 19)
    hand.y += 18


def _compared(hand: Hand) -> None:
    words = ("ĐÃ ĐỐI CHIẾU BẢN CHÍNH", f"Ngày {hand.said.seed % 28 + 1:02d}/10/2026")
    marks.stamp(hand.sheet, hand.left + 96, min(hand.y + 12, hand.sheet.height - 40), words, -3, _BLUE)


def _cup(hand: Hand) -> None:
    marks.ringed(hand.sheet, hand.left + 120, min(hand.y - 20, 770), hand.said.seed)


def _arrived(hand: Hand) -> None:
    words = ("ĐẾN", f"Số: {hand.said.seed % 900 + 11}", f"Ngày {hand.said.seed % 28 + 1:02d}/10")
    marks.stamp(hand.sheet, hand.left + 24, 138, words, -6)


def _paid(hand: Hand) -> None:
    words = ("ĐÃ THU LỆ PHÍ", f"BL số {hand.said.seed % 9000 + 137:05d}")
    marks.stamp(hand.sheet, hand.left + 84, min(hand.y + 8, hand.sheet.height - 40), words, 5, _BLUE)


def _urgent(hand: Hand) -> None:
    marks.stamp(hand.sheet, hand.left + 34, 128, ("HỎA TỐC",), 2)
    marks.stapled(hand.sheet)


def _coded(hand: Hand) -> None:
    marks.code(hand.sheet, hand.sheet.width - 68, 10, 30, hand.said.seed)


def _strip(hand: Hand) -> None:
    y = min(hand.y + 6, hand.sheet.height - 36)
    marks.barcode(hand.sheet, (hand.left, y, hand.left + 150, y + 22), hand.said.seed)


def _waves(hand: Hand) -> None:
    marks.guilloche(hand.sheet, (208, 222, 240), (247, 250, 254), (26, 26, hand.sheet.width - 26, 816))
    marks.emblem(hand.sheet, hand.left + 20, hand.y + 6, 18)


def _lattice(hand: Hand) -> None:
    marks.guilloche(hand.sheet, (244, 220, 210), (255, 251, 248))
    marks.code(hand.sheet, hand.sheet.width - 92, 34, 48, hand.said.seed)


def _drawing(hand: Hand) -> None:
    marks.plot(hand.sheet, (hand.left + 90, hand.y - 8, hand.right - 90, hand.y + 92), hand.said.seed)
    hand.y += 116


def _pale(hand: Hand) -> None:
    marks.watermark(hand.sheet, "BẢN IN TỪ HỆ THỐNG", (240, 242, 246))


def _tape(hand: Hand) -> None:
    marks.taped(hand.sheet, hand.sheet.height * 0.47)


def _dark(hand: Hand) -> None:
    """The next heading is printed white on a dark band; on a bare sheet there is no band, and it stays dark."""
    hand.y += hand.size * 0.5
    y = hand.y + hand.size * 0.2
    marks.shade(hand.sheet, (hand.left, y - hand.size * 1.1, hand.right, y + hand.size * 0.42), _DARK)
    if not hand.sheet.bare:
        hand.sheet.ink = _WHITE
    hand.left += 6


def _light(hand: Hand) -> None:
    hand.sheet.ink = INK
    hand.left -= 6


def _plastic(hand: Hand) -> None:
    """A card copied as large as half the sheet."""
    room = (54, 48, hand.sheet.width - 54, 356)
    marks.guilloche(hand.sheet, (204, 226, 232), (243, 250, 251), room)
    hand.sheet.grid((room[0], room[2]), (room[1], room[3]))
    marks.emblem(hand.sheet, 100, 92, 26)
    marks.photograph(hand.sheet, (74, 150, 182, 294))
    hand.left, hand.right, hand.y, hand.size = 140, 532, 76, 12


def _facts(hand: Hand) -> None:
    hand.left, hand.right, hand.y, hand.size = 200, 528, 168, 12


def _margin(hand: Hand) -> None:
    hand.left, hand.right, hand.y, hand.size = 72, 540, 404, 13


def _picture(hand: Hand) -> None:
    marks.photograph(hand.sheet, (hand.right - 104, hand.y - 4, hand.right - 8, hand.y + 124))
    hand.right -= 122


def _after(hand: Hand) -> None:
    hand.right += 122
    hand.y += 10


_MARKS: Final = {
    "aged": _aged, "slip": _slip, "cut": _cut, "laurel": _laurel, "parchment": _parchment, "compared": _compared,
    "cup": _cup, "arrived": _arrived, "paid": _paid, "urgent": _urgent, "coded": _coded, "strip": _strip,
    "waves": _waves, "lattice": _lattice, "drawing": _drawing, "pale": _pale, "tape": _tape, "dark": _dark,
    "light": _light, "plastic": _plastic, "facts": _facts, "margin": _margin, "picture": _picture, "after": _after,
}  # fmt: skip
_look: Final = partial(Look, marks=_MARKS, ruled=True, listed=True)
_OUTLINES: Final = _look(notched, value="regular", size=12.5, lead=1.3, margins=(52, 48), top=60, title=16)
_BARS: Final = _look(barred, value="bold", size=12.5, lead=1.5, margins=(60, 50), top=60, tab=0.3, title=17)
_HALVES: Final = _look(halved, value="bold", size=12.5, lead=1.55, margins=(58, 46), top=58, title=17)
_PARAGRAPHS: Final = _look(
    flowing, value="regular", size=13.5, lead=1.5, margins=(82, 46), top=60, title=15, justified=True,
)  # fmt: skip
_BOOK: Final = _look(lineated, value="bold", size=13, lead=1.75, margins=(70, 48), top=66, title=20)
_OWN: Final = {
    ("notched", "giay_khai_sinh"): replace(_OUTLINES, value="bold", title=15),
    ("notched", "giay_chung_sinh"): replace(_HALVES, value="regular", typed=_TYPED, issuer="PHÒNG KẾ HOẠCH TỔNG HỢP"),
    ("notched", "giay_chung_nhan_ket_hon"): replace(_BARS, title=21, title_ink=marks.RED, titled="noto-serif-display"),
    ("notched", "trich_luc_khai_tu"): _OUTLINES,
    ("notched", "xac_nhan_cu_tru"): replace(_BARS, value="regular", size=13, issuer="CÔNG AN {office}"),
    ("notched", "xac_nhan_hon_nhan"): replace(_OUTLINES, value="bold", size=13),
    ("notched", "quyet_dinh"): replace(_HALVES, size=13, lead=1.42, margins=(84, 44), title=15, justified=True),
    ("notched", "giay_chung_nhan_dat"): replace(
        _HALVES, size=12, lead=1.45, top=70, title=15, title_ink=marks.RED, issuer="VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI",
    ),
    ("notched", "giay_uy_quyen"): replace(_OUTLINES, ink=_BLUE, seal=False),
    ("notched", "can_cuoc"): replace(_BARS, seal=False, tab=0.34, size=12, title=20),
    ("notched", "bang_ke"): replace(_HALVES, value="regular", size=12, margins=(50, 42), title=15, seal=False),
    ("justified", "giay_khai_sinh"): replace(_BOOK, typed=_TYPED, value="regular", size=12.5),
    ("justified", "giay_chung_sinh"): replace(
        _HALVES, value="italic", size=10.5, lead=1.42, margins=(46, 40), top=44, title=14, ink=_BLUE,
        typed="noto-serif", issuer="BỆNH VIỆN - SỞ Y TẾ",
    ),
    ("justified", "giay_chung_nhan_ket_hon"): replace(
        _BOOK, row=inline, value="bold italic", size=13, lead=1.6, margins=(70, 66), top=74, title=24,
        title_ink=marks.RED, titled="noto-serif-display",
    ),
    ("justified", "trich_luc_khai_tu"): replace(_PARAGRAPHS, value="bold", lead=1.55),
    ("justified", "xac_nhan_cu_tru"): replace(_PARAGRAPHS, size=12.5, lead=1.45, issuer="CÔNG AN {office}"),
    ("justified", "xac_nhan_hon_nhan"): replace(_PARAGRAPHS, value="bold", size=14, lead=1.6),
    ("justified", "quyet_dinh"): replace(_PARAGRAPHS, size=13, lead=1.42),
    ("justified", "giay_chung_nhan_dat"): replace(
        _BOOK, row=inline, size=12, lead=1.6, margins=(58, 54), top=82, title=22, title_ink=marks.RED, ruled=False,
        issuer="VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI",
    ),
    ("justified", "giay_uy_quyen"): replace(_PARAGRAPHS, value="bold italic", size=13, seal=False),
    ("justified", "can_cuoc"): replace(_BOOK, row=inline, lead=1.5, seal=False, title=15, justified=True),
    ("justified", "bang_ke"): replace(
        _PARAGRAPHS, size=11.5, lead=1.35, margins=(40, 36), title=14, top=54, issuer="ỦY BAN NHÂN DÂN {office}",
    ),
}  # fmt: skip


def fill(paper: Content, style: str) -> Filled:
    """A paper in the words of a style. Raises KeyError for a style that is none."""
    return filled({"notched": NOTCHED, "justified": JUSTIFIED}[style][paper.kind], paper, DiversePool)


def draw(said: Filled, style: str, font: str, dpi: int, *, bare: bool) -> Sheet:
    """A sheet with a paper on it. Raises ValueError for one that does not fit."""
    across = (style, said.paper.kind) in _ACROSS
    return lay(said, lambda: Sheet(font, dpi, bare, landscape=across), _OWN[style, said.paper.kind])
