"""Half `f`: plain sheets that clerks type, colons at a tab; and bought forms printed over, banded cells, two languages.

Drawn last, again without a look at the reader; to be opened for a last measurement only.
It has lists that are nothing but a table too, and sheets that were punched, folded, stapled and ticked.
"""

from dataclasses import replace
from functools import partial
from typing import Final

from infra.papers import marks
from infra.papers.contents import Content
from infra.papers.half_f_aligned import ALIGNED
from infra.papers.half_f_overprint import OVERPRINT
from infra.papers.setting import Hand, Look, lay
from infra.papers.sheet import Sheet
from infra.papers.stationery import banded, bilingual, coloned, overprinted
from infra.papers.sundry import SundryPool
from infra.papers.wording import Filled, filled

STYLES: Final = ("aligned", "overprint")
FONTS: Final = ("liberation-serif", "noto-serif", "liberation-sans", "dejavu-serif-condensed", "noto-sans-display")
_BLUE: Final = (25, 45, 140)
_BROWN: Final = (120, 66, 30)


def _stapled(hand: Hand) -> None:
    marks.stapled(hand.sheet)


def _punched(hand: Hand) -> None:
    marks.punched(hand.sheet)


def _folded(hand: Hand) -> None:
    for share in (1, 2):
        marks.folded(hand.sheet, hand.sheet.height * share / 3)


def _edge(hand: Hand) -> None:
    marks.edge(hand.sheet, 12 + hand.said.seed % 8)
    marks.folded(hand.sheet, hand.sheet.height / 2)


def _barcode(hand: Hand) -> None:
    marks.barcode(hand.sheet, (hand.right - 150, 20, hand.right, 40), hand.said.seed)
    hand.y += 12


def _copied(hand: Hand) -> None:
    """A stamp with the date beside whoever signs, on the left."""
    words = ("SAO Y BẢN CHÍNH", f"Ngày {hand.said.seed % 28 + 1:02d}/{hand.said.seed % 9 + 1:02d}/2026")
    marks.stamp(hand.sheet, hand.left + 82, min(hand.y + 36, hand.sheet.height - 60), words, 6, _BLUE)


def _arrived(hand: Hand) -> None:
    words = ("ĐẾN", f"Số: {hand.said.seed % 700 + 11}", f"Ngày: {hand.said.seed % 28 + 1}/11")
    marks.stamp(hand.sheet, hand.left + 44, 122, words, -5)


def _ticked(hand: Hand) -> None:
    for number in range(3):
        marks.tick(hand.sheet, hand.right + 10, hand.y - 60 - number * 42 - hand.said.seed % 17)


def _face(hand: Hand) -> None:
    marks.photograph(hand.sheet, (hand.left, hand.y - 8, hand.left + 64, hand.y + 78))
    hand.left, hand.y = hand.left + 80, hand.y + 8


def _paper(hand: Hand) -> None:
    marks.guilloche(hand.sheet, (240, 190, 180), (255, 243, 238))
    marks.frame(hand.sheet, (190, 60, 60), 12)
    marks.emblem(hand.sheet, hand.sheet.width / 2, hand.y - 6, 18)
    hand.y += 28


def _red(hand: Hand) -> None:
    marks.guilloche(hand.sheet, (246, 208, 190), (255, 248, 240), (34, 34, hand.sheet.width - 34, 808))
    marks.frame(hand.sheet, marks.RED, 26)
    marks.rosette(hand.sheet, hand.sheet.width / 2, 400, 110, (246, 214, 196))


def _pink(hand: Hand) -> None:
    marks.shade(hand.sheet, (0, 0, hand.sheet.width, hand.sheet.height), (252, 226, 230))
    marks.barcode(
        hand.sheet, (hand.left, hand.sheet.height - 40, hand.left + 120, hand.sheet.height - 22), hand.said.seed
    )


def _tinted(hand: Hand) -> None:
    marks.shade(hand.sheet, (0, 0, hand.sheet.width, hand.sheet.height), (246, 240, 220))
    marks.folded(hand.sheet, hand.sheet.height / 2)


def _lotus(hand: Hand) -> None:
    marks.guilloche(hand.sheet, (244, 212, 208), (255, 248, 244), (20, 20, hand.sheet.width - 20, 822))
    marks.rosette(hand.sheet, hand.sheet.width - 150, 640, 90, (244, 214, 206))
    marks.code(hand.sheet, hand.left, hand.sheet.height - 100, 62, hand.said.seed)


def _pressed(hand: Hand) -> None:
    """A seal over the last signature on the right."""
    words = f"ỦY BAN NHÂN DÂN {hand.said.paper.office}"
    marks.seal(hand.sheet, hand.right - hand.room * 0.27 - 44, hand.y - hand.lead - 30, words, 44)


def _card(hand: Hand) -> None:
    for top in (70.0, 362.0):
        marks.guilloche(hand.sheet, (204, 222, 240), (242, 247, 252), (76, top, 520, top + 276))
        hand.sheet.grid((76, 520), (top, top + 276))
    marks.emblem(hand.sheet, 108, 104, 22)
    marks.photograph(hand.sheet, (90, 158, 184, 280))
    marks.code(hand.sheet, 462, 80, 46, hand.said.seed)
    hand.left, hand.right, hand.y, hand.size = 140, 456, 90, 10.5


def _front(hand: Hand) -> None:
    hand.left, hand.right, hand.y, hand.size = 198, 512, 176, 11


def _back(hand: Hand) -> None:
    hand.left, hand.right, hand.y, hand.size = 90, 510, 386, 11


def _zone(hand: Hand) -> None:
    hand.left, hand.y, hand.size = 76, 622, 11


_MARKS: Final = {
    "stapled": _stapled, "punched": _punched, "folded": _folded, "edge": _edge, "barcode": _barcode,
    "copied": _copied, "arrived": _arrived, "ticked": _ticked, "face": _face, "paper": _paper, "red": _red,
    "pink": _pink, "tinted": _tinted, "lotus": _lotus, "pressed": _pressed, "card": _card, "front": _front,
    "back": _back, "zone": _zone,
}  # fmt: skip
_look: Final = partial(Look, marks=_MARKS)
_TYPED: Final = _look(coloned, value="regular", size=13, lead=1.5, margins=(80, 48), top=60, tab=0.34, title=15)
_OVER: Final = _look(
    overprinted, value="regular", typed="liberation-mono", ink=(30, 30, 60), label="regular", size=12, lead=1.72,
    margins=(58, 48), top=58, title=18,
)  # fmt: skip
_CELLS: Final = _look(banded, value="bold", size=12, lead=1.3, margins=(52, 44), top=62, title=15)
_OWN: Final = {
    ("aligned", "giay_chung_sinh"): replace(_TYPED, value="bold", size=12.5, tab=0.3, issuer="SỞ Y TẾ · BỆNH VIỆN"),
    ("aligned", "giay_chung_nhan_ket_hon"): replace(_TYPED, value="italic", tab=0.36),
    ("aligned", "xac_nhan_cu_tru"): replace(
        _TYPED, value="bold", size=12, lead=1.44, tab=0.33, issuer="CÔNG AN {office}"
    ),
    ("aligned", "xac_nhan_hon_nhan"): replace(_TYPED, value="bold", size=13.5, lead=1.6),
    ("aligned", "quyet_dinh"): replace(_TYPED, size=13, lead=1.38, tab=0.28),
    ("aligned", "giay_chung_nhan_dat"): replace(
        _TYPED, value="bold", size=12, lead=1.46, margins=(60, 56), top=64, tab=0.29, title=19, title_ink=marks.RED,
    ),
    ("aligned", "giay_uy_quyen"): replace(
        _TYPED, value="italic", typed="noto-serif", ink=_BLUE, size=13.5, lead=1.55, tab=0.27, seal=False,
    ),
    ("aligned", "can_cuoc"): replace(_TYPED, value="bold", size=12.5, issuer="CÔNG AN {office}"),
    ("aligned", "bang_ke"): replace(_TYPED, size=11.5, lead=1.25, margins=(48, 36), issuer="TRƯỜNG TIỂU HỌC"),
    ("overprint", "giay_chung_sinh"): _look(
        bilingual, value="bold", size=11.5, lead=1.62, margins=(60, 50), top=60, tab=0.36, title=19,
        title_ink=(20, 80, 140), issuer="BỆNH VIỆN · VIỆT NAM",
    ),
    ("overprint", "giay_chung_nhan_ket_hon"): replace(
        _OVER, typed="dejavu-serif-condensed", value="italic", size=12, top=64, margins=(62, 58), title=21,
        title_ink=marks.RED, seal=False,
    ),
    ("overprint", "giay_khai_sinh"): replace(_OVER, typed="noto-sans-mono", size=11.5, lead=1.6, title=20),
    ("overprint", "xac_nhan_cu_tru"): replace(_CELLS, issuer="CÔNG AN {office}"),
    ("overprint", "xac_nhan_hon_nhan"): replace(_OVER, typed="liberation-sans", value="bold", ink=_BROWN, size=12.5),
    ("overprint", "quyet_dinh"): replace(_CELLS, size=12.5, lead=1.36, margins=(70, 44)),
    ("overprint", "giay_chung_nhan_dat"): replace(
        _CELLS, size=11.5, title=18, title_ink=marks.RED, issuer="VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI",
    ),
    ("overprint", "giay_uy_quyen"): replace(_CELLS, value="regular", size=12.5, seal=False),
    ("overprint", "can_cuoc"): _look(bilingual, value="bold", size=11, lead=1.5, tab=0.34, seal=False),
    ("overprint", "bang_ke"): replace(_OVER, typed="", size=11, lead=1.3, margins=(46, 38), title=15),
}  # fmt: skip


def fill(paper: Content, style: str) -> Filled:
    """A paper in the words of a style. Raises KeyError for a style that is none."""
    return filled({"aligned": ALIGNED, "overprint": OVERPRINT}[style][paper.kind], paper, SundryPool)


def draw(said: Filled, style: str, font: str, dpi: int, *, bare: bool) -> Sheet:
    """A sheet with a paper on it. Raises ValueError for one that does not fit."""
    look = _OWN.get((style, said.paper.kind), _TYPED if style == "aligned" else _OVER)
    return lay(said, lambda: Sheet(font, dpi, bare), look)
