"""Half `c`: the numbered forms in force, at a tab or in line; certificates on a printed ground with captions.

Drawn without a look at the reader or at another half.
"""

from typing import Final

from infra.papers import marks
from infra.papers.contents import Content
from infra.papers.half_c_captions import CAPTIONS
from infra.papers.half_c_sections import SECTIONS
from infra.papers.rows import captioned, inline, stacked, tabbed
from infra.papers.setting import Hand, Look, lay
from infra.papers.sheet import Sheet
from infra.papers.wording import Filled, filled

STYLES: Final = ("sections", "captions")
FONTS: Final = ("noto-serif", "liberation-serif", "dejavu-sans-condensed", "dejavu-serif", "noto-sans")

_TINTS: Final = {
    "giay_khai_sinh": ((240, 208, 150), (255, 250, 236), (232, 190, 120)),
    "giay_chung_nhan_ket_hon": ((244, 196, 206), (255, 244, 246), (236, 170, 184)),
    "giay_chung_nhan_dat": ((240, 186, 196), (254, 236, 240), (230, 160, 174)),
    "xac_nhan_hon_nhan": ((190, 214, 190), (244, 250, 243), (168, 200, 168)),
}
"""Waves, ground and rosette of the certificates."""


def _ground(hand: Hand) -> None:
    waves, ground, drum = _TINTS[hand.said.paper.kind]
    marks.guilloche(hand.sheet, waves, ground)
    marks.rosette(hand.sheet, hand.sheet.width / 2, hand.sheet.height / 2, 150, drum)
    marks.frame(hand.sheet, (176, 92, 60), 22)
    marks.emblem(hand.sheet, hand.sheet.width / 2, hand.y + 4, 20)
    hand.y += 40


def _plain(hand: Hand) -> None:
    hand.sheet.grid((30, hand.sheet.width - 30), (36, hand.sheet.height - 36))
    hand.y += 10


def _card(hand: Hand) -> None:
    left, top, right, bottom = 54.0, 96.0, 541.0, 446.0
    marks.guilloche(hand.sheet, (206, 226, 206), (243, 250, 240), (left, top, right, bottom))
    marks.rosette(hand.sheet, 320, 262, 90, (196, 218, 196))
    hand.sheet.grid((left, right), (top, bottom))
    marks.photograph(hand.sheet, (left + 16, top + 118, left + 122, top + 262))
    marks.emblem(hand.sheet, left + 68, top + 60, 30)
    hand.left, hand.right, hand.y = left + 140, right - 14, top + 34


def _front(hand: Hand) -> None:
    hand.left, hand.right, hand.y, hand.size = 190, 530, 202, 11.5


def _chip(hand: Hand) -> None:
    left, top, right, bottom = 70.0, 150.0, 525.0, 474.0
    marks.guilloche(hand.sheet, (186, 220, 232), (234, 246, 250), (left, top, right, bottom))
    hand.sheet.grid((left, right), (top, bottom))
    marks.emblem(hand.sheet, left + 42, top + 40, 25)
    marks.photograph(hand.sheet, (left + 14, top + 112, left + 108, top + 236))
    marks.code(hand.sheet, right - 60, top + 14, 50, hand.said.seed)
    hand.left, hand.right, hand.y, hand.size = left + 74, right - 66, top + 22, 11


def _face(hand: Hand) -> None:
    hand.left, hand.right, hand.y, hand.size = 190, 519, 262, 11.5


def _expiry(hand: Hand) -> None:
    hand.left, hand.y, hand.size = 80, 410, 9.5


_CERTIFICATE: Final = Look(
    captioned, value="bold", label="italic", size=13, lead=1.4, title=24, title_ink=marks.RED, margins=(58, 58), top=58,
    marks={"ground": _ground, "plain": _plain},
)  # fmt: skip
_IN_LINE: Final = Look(inline, value="bold", size=12.5, margins=(68, 46))
_ITALIC: Final = Look(inline, value="italic", size=13, margins=(76, 46))
_TABBED: Final = Look(tabbed, value="regular", size=12.5, margins=(60, 44))
_PLAIN: Final = Look(inline, value="regular", size=13, lead=1.42, margins=(80, 44))
_OWN: Final = {
    ("sections", "giay_chung_sinh"): _TABBED, ("sections", "trich_luc_khai_tu"): _TABBED,
    ("sections", "giay_uy_quyen"): Look(tabbed, value="italic", size=12.5, seal=False),
    ("sections", "quyet_dinh"): _PLAIN, ("sections", "xac_nhan_hon_nhan"): _ITALIC,
    ("sections", "giay_chung_nhan_dat"): Look(inline, value="regular", size=12, margins=(56, 52), top=64),
    ("sections", "can_cuoc"): Look(
        tabbed, value="bold", size=12, lead=1.4, title=17, tab=0.29, title_ink=marks.RED, seal=False,
        marks={"card": _card, "front": _front},
    ),
    ("captions", "quyet_dinh"): Look(tabbed, value="bold", size=13, margins=(70, 50)),
    ("captions", "giay_uy_quyen"): _PLAIN,
    ("captions", "can_cuoc"): Look(
        stacked, value="bold", size=12, lead=1.3, title=14, title_ink=marks.RED, seal=False,
        marks={"chip": _chip, "face": _face, "expiry": _expiry},
    ),
}  # fmt: skip


def fill(paper: Content, style: str) -> Filled:
    """A paper in the words of a style. Raises KeyError for a style that is none."""
    return filled({"sections": SECTIONS, "captions": CAPTIONS}[style][paper.kind], paper)


def draw(said: Filled, style: str, font: str, dpi: int, *, bare: bool) -> Sheet:
    """A sheet with a paper on it. Raises ValueError for one that does not fit."""
    look = _OWN.get((style, said.paper.kind), _IN_LINE if style == "sections" else _CERTIFICATE)
    return lay(said, lambda: Sheet(font, dpi, bare), look)
