"""Half `j`: circulars' forms over dots, desk software in plain tables, registers and old papers, letters in sentences.

Drawn after the others, by another hand and without a look at the reader; to be opened for a last measurement only.
It is mixed as a post bag is: most sheets are ordinary, some old and brown, a few on coloured ground.
"""

from dataclasses import replace
from functools import partial
from typing import Final

from infra.papers import marks
from infra.papers.clerical import celled, headed, mid_dotted, stopped, trailing
from infra.papers.contents import Content
from infra.papers.half_j_archived import ARCHIVED
from infra.papers.half_j_desktop import DESKTOP
from infra.papers.half_j_prosaic import PROSAIC
from infra.papers.half_j_templated import TEMPLATED
from infra.papers.rows import inline
from infra.papers.scattered import ScatteredPool
from infra.papers.setting import Hand, Look, lay
from infra.papers.sheet import INK, Sheet
from infra.papers.typeset import flowing
from infra.papers.wording import Filled, filled

STYLES: Final = ("templated", "desktop", "archived", "prosaic")
FONTS: Final = ("liberation-serif", "noto-serif", "liberation-serif", "dejavu-serif-condensed", "noto-sans")
_TYPED: Final = "liberation-mono"
_BLUE: Final = (22, 40, 120)
_WORDS: Final = {"templated": TEMPLATED, "desktop": DESKTOP, "archived": ARCHIVED, "prosaic": PROSAIC}
_ACROSS: Final = {("archived", "giay_chung_nhan_ket_hon")}
"""What lies on its long side."""


def _ground(hand: Hand, tint: marks.Colour, paper: marks.Colour, inset: float) -> None:
    wide, high = hand.sheet.width, hand.sheet.height
    marks.guilloche(hand.sheet, tint, paper, (inset, inset, wide - inset, high - inset))


def _rosy(hand: Hand) -> None:
    _ground(hand, (248, 218, 214), (255, 250, 248), 30)
    marks.frame(hand.sheet, (186, 52, 62), 22)


def _lilac(hand: Hand) -> None:
    _ground(hand, (228, 216, 240), (252, 250, 255), 24)


def _mint(hand: Hand) -> None:
    _ground(hand, (208, 234, 220), (248, 254, 250), 20)
    marks.emblem(hand.sheet, hand.left + 16, hand.y + 8, 17)


def _leaf(hand: Hand) -> None:
    _ground(hand, (246, 216, 220), (255, 249, 250), 16)
    marks.frame(hand.sheet, (196, 92, 104), 14)


def _gilded(hand: Hand) -> None:
    """An old certificate: a yellowed sheet, its border once gold."""
    marks.shade(hand.sheet, (0, 0, hand.sheet.width, hand.sheet.height), (250, 246, 232))
    marks.frame(hand.sheet, (176, 138, 48), 20)


def _bound(hand: Hand) -> None:
    """A leaf copied out of a bound book: brownish, and dark along the edge."""
    marks.shade(hand.sheet, (0, 0, hand.sheet.width, hand.sheet.height), (248, 244, 234))
    marks.edge(hand.sheet, 9)


def _creased(hand: Hand) -> None:
    marks.folded(hand.sheet, hand.sheet.height / 2)


def _received(hand: Hand) -> None:
    words = ("CÔNG VĂN ĐẾN", f"Số: {hand.said.seed % 2000 + 21}", f"Ngày {hand.said.seed % 28 + 1:02d}/9")
    marks.stamp(hand.sheet, 84, 150, words, -4, _BLUE)


def _copied(hand: Hand) -> None:
    words = ("SAO Y BẢN CHÍNH", f"Số chứng thực: {hand.said.seed % 900 + 40}")
    marks.stamp(hand.sheet, hand.left + 100, min(hand.y + 10, hand.sheet.height - 30), words, 2)


def _barred(hand: Hand) -> None:
    marks.barcode(hand.sheet, (hand.right - 120, 14, hand.right, 34), hand.said.seed)


def _squared(hand: Hand) -> None:
    marks.code(hand.sheet, hand.sheet.width - 62, 10, 34, hand.said.seed)


def _parcel(hand: Hand) -> None:
    marks.plot(hand.sheet, (hand.left + 120, hand.y - 6, hand.right - 120, hand.y + 96), hand.said.seed)
    hand.y += 122


def _card(hand: Hand) -> None:
    """A card copied about twice as large as it is."""
    room = (70, 60, hand.sheet.width - 70, 384)
    marks.guilloche(hand.sheet, (206, 228, 226), (244, 251, 250), room)
    hand.sheet.grid((room[0], room[2]), (room[1], room[3]))
    marks.emblem(hand.sheet, 112, 104, 24)
    hand.left, hand.right, hand.y = 150, 516, 88


def _beside(hand: Hand) -> None:
    marks.photograph(hand.sheet, (86, 166, 190, 300))
    hand.left, hand.right, hand.y, hand.size = 206, 516, 182, 11.5


def _below(hand: Hand) -> None:
    hand.left, hand.right, hand.y, hand.size = 78, 530, 430, 13


def _thumb(hand: Hand) -> None:
    marks.fingerprint(hand.sheet, hand.right - 60, hand.y - 74, hand.said.seed)


_MARKS: Final = {
    "rosy": _rosy, "lilac": _lilac, "mint": _mint, "leaf": _leaf, "gilded": _gilded, "bound": _bound,
    "creased": _creased, "received": _received, "copied": _copied, "barred": _barred, "squared": _squared,
    "parcel": _parcel, "card": _card, "beside": _beside, "below": _below, "thumb": _thumb,
}  # fmt: skip
_look: Final = partial(Look, marks=_MARKS, ruled=True)
_DOTS: Final = _look(trailing, value="regular", size=13, lead=1.5, margins=(74, 52), top=58, title=16)
_MIDDLES: Final = replace(_DOTS, row=mid_dotted, lead=1.62, typed="noto-serif", ink=_BLUE)
_CELLS: Final = _look(celled, value="regular", size=12.5, lead=1.3, margins=(62, 48), top=56, tab=0.34, title=16)
_STOPS: Final = _look(stopped, value="bold", size=13, lead=1.55, margins=(70, 48), top=60, title=16)
_HEADS: Final = _look(headed, value="regular", label="bold", size=12, lead=1.3, margins=(50, 44), top=56, title=16)
_OLD: Final = _look(inline, value="regular", size=13, lead=1.6, margins=(80, 50), top=62, title=18)
_PROSE: Final = _look(
    flowing, value="regular", size=13.5, lead=1.45, margins=(84, 48), top=60, title=15, listed=True, justified=True,
)  # fmt: skip
_OWN: Final = {
    ("templated", "giay_khai_sinh"): replace(_MIDDLES, title=21, title_ink=marks.RED, margins=(66, 60), top=66),
    ("templated", "giay_chung_sinh"): replace(_DOTS, value="bold", issuer="BỆNH VIỆN - SỞ Y TẾ"),
    ("templated", "giay_chung_nhan_ket_hon"): replace(
        _DOTS, row=trailing, value="bold", size=12, margins=(60, 56), title=22, title_ink=marks.RED, top=72,
    ),
    ("templated", "trich_luc_khai_tu"): _DOTS,
    ("templated", "xac_nhan_cu_tru"): replace(_DOTS, value="bold", size=12.5, issuer="CÔNG AN {office}"),
    ("templated", "xac_nhan_hon_nhan"): replace(_MIDDLES, ink=INK, typed=_TYPED),
    ("templated", "quyet_dinh"): replace(_DOTS, value="bold", listed=True, title=15, justified=True),
    ("templated", "giay_chung_nhan_dat"): replace(
        _DOTS, value="bold", size=12, margins=(56, 52), top=66, title=15, title_ink=marks.RED,
    ),
    ("templated", "giay_uy_quyen"): replace(_MIDDLES, value="italic", seal=False),
    ("templated", "can_cuoc"): replace(_DOTS, value="bold", issuer="CÔNG AN {office}"),
    ("templated", "bang_ke"): replace(_DOTS, size=11.5, margins=(46, 40), title=15, seal=False, lead=1.3),
    ("desktop", "giay_khai_sinh"): _CELLS,
    ("desktop", "giay_chung_sinh"): replace(_CELLS, value="bold", lead=1.35, issuer="BỆNH VIỆN - SỞ Y TẾ"),
    ("desktop", "giay_chung_nhan_ket_hon"): replace(_STOPS, title=19, title_ink=marks.RED, top=64, lead=1.4),
    ("desktop", "trich_luc_khai_tu"): replace(_STOPS, value="regular"),
    ("desktop", "xac_nhan_cu_tru"): replace(_HEADS, issuer="CÔNG AN {office}"),
    ("desktop", "xac_nhan_hon_nhan"): replace(_CELLS, value="bold", tab=0.3, lead=1.4),
    ("desktop", "quyet_dinh"): replace(_STOPS, listed=True, lead=1.42, margins=(82, 46), title=15),
    ("desktop", "giay_chung_nhan_dat"): replace(
        _HEADS, label="regular", value="bold", size=11.5, title=18, title_ink=marks.RED,
        issuer="VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI",
    ),
    ("desktop", "giay_uy_quyen"): replace(_STOPS, value="regular", seal=False, lead=1.42),
    ("desktop", "can_cuoc"): replace(_STOPS, title=17, title_ink=marks.RED, lead=1.35, seal=False),
    ("desktop", "bang_ke"): replace(_STOPS, value="regular", size=11.5, margins=(44, 40), lead=1.3, title=15),
    ("archived", "giay_khai_sinh"): replace(_OLD, typed=_TYPED, size=12, title=20),
    ("archived", "giay_chung_sinh"): replace(_MIDDLES, typed="", value="italic", lead=1.7, issuer="TRẠM Y TẾ"),
    ("archived", "giay_chung_nhan_ket_hon"): replace(
        _OLD, row=mid_dotted, value="bold italic", ink=_BLUE, size=12.5, lead=1.5, margins=(90, 84), top=60, title=24,
        title_ink=marks.RED, titled="noto-serif-display",
    ),
    ("archived", "trich_luc_khai_tu"): replace(_OLD, lead=1.4, typed=_TYPED, size=12.5),
    ("archived", "xac_nhan_cu_tru"): replace(_OLD, value="bold", size=12.5, lead=1.5, issuer="CÔNG AN {office}"),
    ("archived", "xac_nhan_hon_nhan"): replace(_OLD, typed=_TYPED, size=12.5),
    ("archived", "quyet_dinh"): replace(_OLD, lead=1.45, listed=True, title=16),
    ("archived", "giay_chung_nhan_dat"): replace(
        _OLD, value="bold", size=12.5, lead=1.55, margins=(64, 58), top=70, title=20, title_ink=marks.RED,
    ),
    ("archived", "giay_uy_quyen"): replace(_OLD, value="italic", ink=_BLUE, seal=False),
    ("archived", "can_cuoc"): replace(_OLD, row=trailing, value="bold", typed=_TYPED, size=12, issuer="CÔNG AN"),
    ("archived", "bang_ke"): replace(_OLD, size=12, lead=1.35, margins=(56, 44), title=16),
    ("prosaic", "giay_khai_sinh"): _PROSE,
    ("prosaic", "giay_chung_sinh"): replace(_PROSE, row=inline, value="bold", issuer="BỆNH VIỆN - SỞ Y TẾ"),
    ("prosaic", "giay_chung_nhan_ket_hon"): replace(
        _PROSE, value="bold", size=13, margins=(72, 66), top=74, title=20, title_ink=marks.RED,
    ),
    ("prosaic", "trich_luc_khai_tu"): replace(_PROSE, value="bold"),
    ("prosaic", "xac_nhan_cu_tru"): replace(_PROSE, row=inline, issuer="CÔNG AN {office}"),
    ("prosaic", "xac_nhan_hon_nhan"): replace(_PROSE, size=14, lead=1.5),
    ("prosaic", "quyet_dinh"): replace(_PROSE, size=13.5, lead=1.38),
    ("prosaic", "giay_chung_nhan_dat"): replace(
        _PROSE, row=inline, size=12, margins=(56, 52), top=66, issuer="VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI",
    ),
    ("prosaic", "giay_uy_quyen"): replace(_PROSE, value="bold", seal=False, listed=False),
    ("prosaic", "can_cuoc"): replace(_PROSE, row=inline, value="bold", issuer="CÔNG AN {office}"),
    ("prosaic", "bang_ke"): replace(_PROSE, size=12, lead=1.35, margins=(58, 44), seal=False),
}  # fmt: skip


def fill(paper: Content, style: str) -> Filled:
    """A paper in the words of a style. Raises KeyError for a style that is none."""
    return filled(_WORDS[style][paper.kind], paper, ScatteredPool)


def draw(said: Filled, style: str, font: str, dpi: int, *, bare: bool) -> Sheet:
    """A sheet with a paper on it. Raises ValueError for one that does not fit."""
    across = (style, said.paper.kind) in _ACROSS
    return lay(said, lambda: Sheet(font, dpi, bare, landscape=across), _OWN[style, said.paper.kind])
