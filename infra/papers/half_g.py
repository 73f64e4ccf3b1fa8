"""Half `g`: numbered rows of grids, slips and tables of two persons; and labels at a gutter, above dots, running prose.

Drawn after the others, by another hand and without a look at the reader; to be opened for a last measurement only.
Its lists are a list of voters and the sheet that follows a dossier; some sheets show their back or a pale word.
"""

from dataclasses import replace
from functools import partial
from typing import Final

from infra.papers import marks
from infra.papers.assorted import AssortedPool
from infra.papers.columned import guttered, hung, itemised, led, underlined
from infra.papers.contents import Content
from infra.papers.half_g_flush import FLUSH
from infra.papers.half_g_itemised import ITEMISED
from infra.papers.setting import Hand, Look, lay
from infra.papers.sheet import Sheet
from infra.papers.wording import Filled, filled

STYLES: Final = ("itemised", "flush")
FONTS: Final = ("liberation-serif", "dejavu-sans-condensed", "liberation-serif", "noto-serif", "noto-sans")
_GREEN: Final = (20, 95, 70)
_BLUE: Final = (28, 44, 128)
_VIOLET: Final = (84, 40, 120)


def _copy(hand: Hand) -> None:
    marks.watermark(hand.sheet, "BẢN ĐIỆN TỬ" if hand.said.seed % 2 else "BẢN SAO")
    marks.code(hand.sheet, hand.right - 50, hand.sheet.height - 92, 50, hand.said.seed)


def _through(hand: Hand) -> None:
    marks.back(hand.sheet, hand.said.seed)
    marks.folded(hand.sheet, hand.sheet.height * 0.5)


def _narrow(hand: Hand) -> None:
    """A strip of paper on the glass of the copier: what is beside it is a little darker."""
    for left, right in ((0.0, hand.left - 22), (hand.right + 22, hand.sheet.width)):
        marks.shade(hand.sheet, (left, 0, right, hand.sheet.height), (226, 226, 224))


def _faced(hand: Hand) -> None:
    marks.photograph(hand.sheet, (hand.left, hand.y - 12, hand.left + 72, hand.y + 84))
    hand.left += 88


def _below(hand: Hand) -> None:
    hand.left -= 88
    hand.y = max(hand.y, 254)


def _ground(hand: Hand) -> None:
    marks.shade(hand.sheet, (0, 0, hand.sheet.width, hand.sheet.height), (250, 246, 236))
    marks.rosette(hand.sheet, hand.sheet.width / 2, 470, 130, (240, 224, 200))


def _border(hand: Hand) -> None:
    marks.guilloche(hand.sheet, (206, 226, 214), (248, 252, 248), (44, 44, hand.sheet.width - 44, 798))
    marks.frame(hand.sheet, _GREEN, 36)


def _silk(hand: Hand) -> None:
    marks.guilloche(hand.sheet, (240, 206, 214), (254, 247, 248), (40, 40, hand.sheet.width - 40, 802))
    marks.frame(hand.sheet, (170, 40, 80), 30)
    marks.emblem(hand.sheet, hand.left + 22, hand.y + 6, 19)


def _land(hand: Hand) -> None:
    marks.guilloche(hand.sheet, (244, 206, 202), (255, 241, 238))


def _drum(hand: Hand) -> None:
    marks.guilloche(hand.sheet, (238, 214, 190), (254, 249, 241))
    marks.rosette(hand.sheet, hand.sheet.width / 2, 430, 140, (240, 216, 190))
    marks.code(hand.sheet, hand.left - 8, hand.y - 8, 48, hand.said.seed)


def _sheet(hand: Hand) -> None:
    marks.shade(hand.sheet, (0, 0, hand.sheet.width, hand.sheet.height), (243, 244, 238))
    marks.stapled(hand.sheet)


def _plot(hand: Hand) -> None:
    marks.plot(hand.sheet, (hand.left + 60, hand.y - 10, hand.right - 60, hand.y + 86), hand.said.seed)
    hand.y += 100


def _yes(hand: Hand) -> None:
    marks.choice(hand.sheet, hand.left + 8, hand.y, ticked=True)


def _no(hand: Hand) -> None:
    marks.choice(hand.sheet, hand.left + 8, hand.y)


def _coded(hand: Hand) -> None:
    marks.barcode(
        hand.sheet, (hand.left, hand.sheet.height - 46, hand.left + 130, hand.sheet.height - 24), hand.said.seed
    )
    marks.punched(hand.sheet)


def _copied(hand: Hand) -> None:
    words = ("BẢN SAO", f"Số: {hand.said.seed % 800 + 31}/SCT")
    marks.stamp(hand.sheet, hand.left + 80, hand.y - 40, words, -4, _VIOLET)


def _initialled(hand: Hand) -> None:
    """Whoever drafted the paper signs small behind its last line; a seal lies over the last signature on the right."""
    marks.signature(hand.sheet, hand.left + 130, min(hand.y - 18, hand.sheet.height - 40), hand.said.seed + 5)
    _pressed(hand)


def _pressed(hand: Hand) -> None:
    words = f"ỦY BAN NHÂN DÂN {hand.said.paper.office}"
    marks.seal(hand.sheet, hand.right - hand.room * 0.27 - 48, hand.y - hand.lead - 32, words, 45)


def _certified(hand: Hand) -> None:
    x, y = hand.right - 90, min(hand.y + 16, hand.sheet.height - 60)
    marks.stamp(hand.sheet, hand.left + 96, y, ("CHỨNG THỰC CHỮ KÝ",), 3, _BLUE)
    marks.seal(hand.sheet, x, y, f"ỦY BAN NHÂN DÂN {hand.said.paper.office}", 42)
    marks.signature(hand.sheet, x + 12, y, hand.said.seed)


def _card(hand: Hand) -> None:
    marks.guilloche(hand.sheet, (196, 216, 232), (240, 246, 250), (90, 96, 506, 374))
    hand.sheet.grid((90, 506), (96, 374))
    marks.emblem(hand.sheet, 122, 134, 22)
    marks.photograph(hand.sheet, (102, 180, 186, 292))
    hand.left, hand.right, hand.y, hand.size = 150, 496, 122, 11


def _front(hand: Hand) -> None:
    hand.left, hand.right, hand.y, hand.size = 198, 498, 176, 10.5


def _beneath(hand: Hand) -> None:
    hand.left, hand.right, hand.y, hand.size = 76, 530, 430, 12.5


_MARKS: Final = {
    "copy": _copy, "through": _through, "slip": _narrow, "receipt": _narrow, "faced": _faced, "below": _below,
    "ground": _ground, "border": _border, "silk": _silk, "land": _land, "drum": _drum, "sheet": _sheet, "plot": _plot,
    "yes": _yes, "no": _no, "coded": _coded, "copied": _copied, "initialled": _initialled, "pressed": _pressed,
    "certified": _certified, "card": _card, "front": _front, "beneath": _beneath,
}  # fmt: skip
_look: Final = partial(Look, marks=_MARKS, ruled=True)
_ITEMS: Final = _look(itemised, value="bold", size=12, lead=1.36, margins=(58, 46), top=58, tab=0.33, title=15)
_SLIP: Final = _look(led, value="bold", size=11, lead=1.5, margins=(150, 150), top=60, title=14, seal=False)
_GUTTER: Final = _look(guttered, value="regular", size=12.5, lead=1.48, margins=(70, 52), top=60, tab=0.4, title=16)
_DOTS: Final = _look(hung, value="italic", size=12.5, lead=1.5, margins=(62, 50), top=58, title=16)
_RULES: Final = _look(underlined, value="bold", size=13, lead=1.58, margins=(76, 46), top=62, title=15)
_OWN: Final = {
    ("itemised", "giay_chung_sinh"): _SLIP,
    ("itemised", "giay_chung_nhan_ket_hon"): replace(_ITEMS, value="regular", size=12.5),
    ("itemised", "xac_nhan_cu_tru"): replace(_ITEMS, size=11.5, issuer="CÔNG AN {office}", tab=0.3),
    ("itemised", "xac_nhan_hon_nhan"): replace(_ITEMS, value="italic", size=13, tab=0.36),
    ("itemised", "quyet_dinh"): replace(_ITEMS, value="regular", size=12.5, lead=1.4, margins=(76, 44), tab=0.26),
    ("itemised", "giay_chung_nhan_dat"): replace(
        _ITEMS, size=11, margins=(52, 50), title_ink=marks.RED, issuer="SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", tab=0.24,
    ),
    ("itemised", "giay_uy_quyen"): replace(_ITEMS, value="regular", seal=False, tab=0.24, title=17),
    ("itemised", "can_cuoc"): replace(_SLIP, size=11.5, margins=(118, 118), ruled=False),
    ("itemised", "bang_ke"): replace(_ITEMS, value="regular", size=11, margins=(44, 38), title=14),
    ("flush", "giay_khai_sinh"): replace(
        _DOTS, value="bold", ink=_BLUE, size=12, lead=1.42, top=70, title=20, title_ink=marks.RED,
        titled="noto-serif-display", margins=(66, 62), seal=False,
    ),
    ("flush", "giay_chung_sinh"): replace(_DOTS, value="regular", issuer="SỞ Y TẾ · BỆNH VIỆN", title=18),
    ("flush", "giay_chung_nhan_ket_hon"): replace(
        _GUTTER, value="italic", top=78, tab=0.37, title=22, title_ink=(160, 30, 70), titled="noto-serif-display",
    ),
    ("flush", "trich_luc_khai_tu"): replace(_RULES, seal=False),
    ("flush", "xac_nhan_cu_tru"): replace(_DOTS, value="bold", size=12, lead=1.4, issuer="CÔNG AN {office}"),
    ("flush", "xac_nhan_hon_nhan"): replace(_RULES, value="italic", size=13.5, lead=1.62, seal=False),
    ("flush", "quyet_dinh"): replace(_GUTTER, value="bold", size=13, lead=1.36, margins=(84, 46), tab=0.3),
    ("flush", "giay_chung_nhan_dat"): replace(
        _GUTTER, value="bold", size=12, lead=1.5, top=72, title=20, title_ink=marks.RED, tab=0.36,
        issuer="VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI", titled="noto-serif-display",
    ),
    ("flush", "giay_uy_quyen"): replace(
        _RULES, value="regular", size=13.5, lead=1.5, margins=(72, 54), seal=False, title=17,
    ),
    ("flush", "can_cuoc"): _look(guttered, value="bold", size=10.5, lead=1.5, tab=0.27, seal=False, title=14),
    ("flush", "bang_ke"): replace(_RULES, value="regular", size=11.5, lead=1.4, margins=(56, 44)),
}  # fmt: skip


def fill(paper: Content, style: str) -> Filled:
    """A paper in the words of a style. Raises KeyError for a style that is none."""
    return filled({"itemised": ITEMISED, "flush": FLUSH}[style][paper.kind], paper, AssortedPool)


def draw(said: Filled, style: str, font: str, dpi: int, *, bare: bool) -> Sheet:
    """A sheet with a paper on it. Raises ValueError for one that does not fit."""
    look = _OWN.get((style, said.paper.kind), _ITEMS if style == "itemised" else _GUTTER)
    return lay(said, lambda: Sheet(font, dpi, bare), look)
