"""Half `e`: templates with values typed into their periods, and printouts of registers: grids, cells, labels on top.

Drawn after the others without a look at the reader; to be opened for a last measurement only.
Besides the ten kinds it has lists that are nothing but a table, which have no fields.
"""

from dataclasses import replace
from functools import partial
from typing import Final

from infra.papers import marks
from infra.papers.contents import Content
from infra.papers.fresh import FreshPool
from infra.papers.gridded import between_periods, hairlined, on_a_rule, paired
from infra.papers.half_e_printout import PRINTOUT
from infra.papers.half_e_template import TEMPLATE
from infra.papers.rows import inline
from infra.papers.setting import Hand, Look, lay
from infra.papers.sheet import INK, Sheet
from infra.papers.wording import Filled, filled

STYLES: Final = ("template", "printout")
FONTS: Final = ("liberation-serif", "noto-serif", "dejavu-sans", "liberation-serif", "liberation-sans")
_VIOLET: Final = (90, 50, 140)
_BLUE: Final = (30, 60, 150)


def _seal_of(hand: Hand) -> str:
    return f"ỦY BAN NHÂN DÂN {hand.said.paper.office}"


def _border(hand: Hand) -> None:
    marks.guilloche(hand.sheet, (244, 214, 200), (255, 252, 246), (44, 44, hand.sheet.width - 44, 798))
    marks.frame(hand.sheet, (200, 70, 60), 36)
    marks.emblem(hand.sheet, hand.left + 26, hand.y + 4, 20)


def _copied(hand: Hand) -> None:
    marks.stamp(hand.sheet, hand.left + 84, hand.y - 34, ("ĐÃ ĐỐI CHIẾU", "VỚI BẢN CHÍNH"), 4, _VIOLET)


def _incoming(hand: Hand) -> None:
    words = ("CÔNG VĂN ĐẾN", f"Số: {hand.said.seed % 900 + 20}", "Chuyển: ...............")
    marks.stamp(hand.sheet, hand.left + 74, hand.y - 30, words, -3)


def _pressed(hand: Hand) -> None:
    """A seal beside the last signature on the right."""
    marks.seal(hand.sheet, hand.right - hand.room * 0.27 - 50, hand.y - hand.lead - 34, _seal_of(hand), 46)


def _certified(hand: Hand) -> None:
    marks.stamp(hand.sheet, 250, 716, ("CHỨNG THỰC BẢN SAO", "ĐÚNG VỚI BẢN CHÍNH"), 2)
    marks.seal(hand.sheet, 400, 726, _seal_of(hand), 42)
    marks.signature(hand.sheet, 420, 730, hand.said.seed)


def _ground(hand: Hand) -> None:
    marks.guilloche(hand.sheet, (240, 196, 190), (255, 240, 236))
    marks.rosette(hand.sheet, hand.sheet.width / 2, 420, 120, (238, 186, 176))


def _drum(hand: Hand) -> None:
    marks.guilloche(hand.sheet, (240, 205, 214), (253, 244, 246))
    marks.rosette(hand.sheet, hand.sheet.width / 2, 400, 150, (240, 206, 206))
    marks.emblem(hand.sheet, hand.sheet.width / 2, hand.y - 18, 18)
    marks.code(hand.sheet, hand.right - 58, hand.y - 26, 56, hand.said.seed)
    hand.y += 16


def _sketch(hand: Hand) -> None:
    marks.plot(hand.sheet, (hand.left, hand.y - 8, hand.right, hand.y + 120), hand.said.seed)
    hand.y += 136


def _qr(hand: Hand) -> None:
    marks.code(hand.sheet, hand.left, hand.sheet.height - 96, 54, hand.said.seed)


def _signed(hand: Hand) -> None:
    """Who signed by electronic means and when, small and red in the corner on the left."""
    seed, ink = hand.said.seed, hand.sheet.ink
    hand.sheet.ink = marks.RED
    lines = (
        f"Người ký: Ủy ban nhân dân {hand.said.paper.office.title()}",
        f"Thời gian ký: {seed % 28 + 1:02d}.{seed % 12 + 1:02d}.2026 {seed % 9 + 8:02d}:{seed % 60:02d}:17 +07:00",
    )
    for number, line in enumerate(lines):
        hand.sheet.text(hand.left, 22 + number * 10, line, 7.5)
    hand.sheet.ink = ink


def _copy(hand: Hand) -> None:
    marks.stamp(hand.sheet, hand.right - 44, hand.y - 12, ("ĐÃ SỐ HÓA",), 5, _BLUE)


def _card(hand: Hand) -> None:
    box = (80.0, 92.0, 520.0, 372.0)
    marks.guilloche(hand.sheet, (190, 224, 214), (238, 247, 244), box)
    hand.sheet.grid((box[0], box[2]), (box[1], box[3]))
    marks.emblem(hand.sheet, 118, 132, 26)
    marks.code(hand.sheet, 454, 184, 52, hand.said.seed)
    marks.photograph(hand.sheet, (94, 186, 184, 296))
    hand.left, hand.right, hand.y, hand.size = 150, 512, 110, 10


def _card_front(hand: Hand) -> None:
    hand.left, hand.right, hand.y, hand.size = 198, 446, 206, 11


def _card_foot(hand: Hand) -> None:
    hand.left, hand.right, hand.y = 198, 512, max(hand.y, 276)


def _card_expiry(hand: Hand) -> None:
    hand.left, hand.right, hand.y, hand.size = 88, 512, max(hand.y, 346), 9.5


def _card_back(hand: Hand) -> None:
    box = (80.0, 400.0, 520.0, 660.0)
    marks.guilloche(hand.sheet, (190, 224, 214), (238, 247, 244), box)
    hand.sheet.grid((box[0], box[2]), (box[1], box[3]))
    hand.left, hand.right, hand.y, hand.size = 96, 508, 430, 11


def _screen(hand: Hand) -> None:
    marks.shade(hand.sheet, (70, 70, hand.sheet.width - 70, 640), (243, 246, 250))
    hand.left, hand.right, hand.y, hand.size = 92, hand.sheet.width - 92, 104, 13


def _portrait(hand: Hand) -> None:
    marks.photograph(hand.sheet, (92, 146, 176, 258))
    hand.left, hand.y, hand.size = 196, 156, 12


def _wide(hand: Hand) -> None:
    hand.left, hand.y = 92, max(hand.y, 290)


_MARKS: Final = {
    "border": _border, "copied": _copied, "incoming": _incoming, "ground": _ground, "drum": _drum, "sketch": _sketch,
    "qr": _qr, "signed": _signed, "copy": _copy, "certified": _certified, "pressed": _pressed,
    "card": _card, "front": _card_front, "foot": _card_foot, "expiry": _card_expiry, "back": _card_back,
    "app": _screen, "portrait": _portrait, "wide": _wide,
}  # fmt: skip
_look: Final = partial(Look, marks=_MARKS)
_PERIODS: Final = _look(between_periods, value="regular", size=13.5, lead=1.62, margins=(74, 50), top=58)
_BLANK: Final = _look(
    between_periods, value="bold", typed="noto-sans-mono", ink=(40, 40, 60), size=12, lead=1.62, margins=(64, 62),
    top=66, title=19, title_ink=marks.RED,
)  # fmt: skip
_GRID: Final = _look(paired, value="regular", label="bold", size=11, lead=1.4, margins=(54, 46), top=56, title=14)
_CELLS: Final = _look(hairlined, value="bold", size=12.5, lead=1.34, margins=(60, 54), top=62, title=15)
_OWN: Final = {
    ("template", "giay_khai_sinh"): _BLANK,
    ("template", "giay_chung_sinh"): _look(
        on_a_rule, value="italic", size=12.5, margins=(60, 48), issuer="SỞ Y TẾ · BỆNH VIỆN",
    ),
    ("template", "giay_chung_nhan_ket_hon"): _look(
        between_periods, value="bold", size=12.5, lead=1.56, margins=(64, 62), top=72, title=20, title_ink=marks.RED,
        seal=False,
    ),
    ("template", "xac_nhan_cu_tru"): _look(
        between_periods, value="bold", size=12.5, lead=1.42, margins=(70, 48), issuer="CÔNG AN {office}",
    ),
    ("template", "giay_uy_quyen"): _look(
        on_a_rule, value="italic", ink=(20, 45, 140), typed="noto-serif", size=13, margins=(72, 54), seal=False,
    ),
    ("template", "giay_chung_nhan_dat"): _look(inline, value="bold", size=12.5, lead=1.46, margins=(64, 58), top=70),
    ("template", "bang_ke"): replace(_PERIODS, size=12.5, lead=1.5, margins=(60, 46)),
    ("template", "can_cuoc"): _look(inline, value="bold", size=11, lead=1.3, seal=False),
    ("printout", "giay_chung_sinh"): replace(_GRID, issuer="SỞ Y TẾ · BỆNH VIỆN"),
    ("printout", "giay_chung_nhan_ket_hon"): _GRID,
    ("printout", "quyet_dinh"): _look(
        paired, value="bold", size=12.5, lead=1.42, margins=(72, 46), issuer="SỞ NỘI VỤ · VIỆT NAM",
    ),
    ("printout", "bang_ke"): replace(_GRID, label="regular"),
    ("printout", "giay_uy_quyen"): replace(_CELLS, seal=False),
    ("printout", "xac_nhan_cu_tru"): _look(
        paired, value="bold", size=11.5, lead=1.4, margins=(56, 46), issuer="CÔNG AN {office}", title=14,
    ),
    ("printout", "giay_chung_nhan_dat"): _look(
        inline, value="bold", size=11.5, lead=1.38, margins=(44, 40), top=64, title=14, title_ink=marks.RED,
        issuer="VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI",
    ),
    ("printout", "can_cuoc"): _look(hairlined, value="bold", size=12, lead=1.35, seal=False, ink=INK),
}  # fmt: skip


def fill(paper: Content, style: str) -> Filled:
    """A paper in the words of a style. Raises KeyError for a style that is none."""
    return filled({"template": TEMPLATE, "printout": PRINTOUT}[style][paper.kind], paper, FreshPool)


def draw(said: Filled, style: str, font: str, dpi: int, *, bare: bool) -> Sheet:
    """A sheet with a paper on it. Raises ValueError for one that does not fit."""
    look = _OWN.get((style, said.paper.kind), _PERIODS if style == "template" else _CELLS)
    return lay(said, lambda: Sheet(font, dpi, bare), look)
