"""Half `d`: boxes with their labels inside and tables whose labels head the columns; old forms typed on dots.

Drawn before half `c` and without a look at the reader; measured once, then looked at to mend the reader.
"""

from typing import Final

from infra.papers import marks
from infra.papers.contents import Content
from infra.papers.half_d_boxed import BOXED
from infra.papers.half_d_typed import TYPED
from infra.papers.rows import inline, stacked
from infra.papers.ruled import boxes, on_dots
from infra.papers.setting import Hand, Look, lay
from infra.papers.sheet import Sheet
from infra.papers.wording import Filled, filled

STYLES: Final = ("boxed", "typed")
FONTS: Final = ("liberation-serif", "dejavu-serif-condensed", "noto-sans-display", "noto-serif", "liberation-sans")


def _pink(hand: Hand) -> None:
    marks.frame(hand.sheet, (205, 120, 130), 12)
    marks.emblem(hand.sheet, hand.sheet.width / 2, hand.y + 6, 16)
    hand.y += 26


def _qr(hand: Hand) -> None:
    marks.code(hand.sheet, hand.right - 54, hand.y - 24, 52, hand.said.seed)


def _new_card(hand: Hand) -> None:
    left, top, right, bottom = 92.0, 130.0, 503.0, 392.0
    marks.guilloche(hand.sheet, (196, 222, 226), (236, 246, 247), (left, top, right, bottom))
    hand.sheet.grid((left, right), (top, bottom))
    marks.emblem(hand.sheet, left + 40, top + 38, 24)
    marks.photograph(hand.sheet, (left + 14, top + 92, left + 102, top + 206))
    marks.code(hand.sheet, right - 66, top + 70, 54, hand.said.seed)
    hand.left, hand.right, hand.y, hand.size = left + 66, right - 8, top + 22, 11.5


def _new_front(hand: Hand) -> None:
    hand.left, hand.right, hand.y, hand.size = 204, 430, 216, 11.5


def _new_back(hand: Hand) -> None:
    left, top, right, bottom = 92.0, 426.0, 503.0, 688.0
    marks.guilloche(hand.sheet, (196, 222, 226), (236, 246, 247), (left, top, right, bottom))
    hand.sheet.grid((left, right), (top, bottom))
    hand.left, hand.right, hand.y = left + 18, right - 16, top + 24


def _copied(hand: Hand) -> None:
    marks.photograph(hand.sheet, (78, 196, 176, 330))
    marks.emblem(hand.sheet, 126, 156, 26)
    hand.sheet.grid((62, 533), (110, 424))
    hand.left, hand.right, hand.y, hand.size = 176, 528, 134, 12


def _copied_front(hand: Hand) -> None:
    hand.left, hand.right, hand.y, hand.size = 196, 524, 214, 12


def _copied_back(hand: Hand) -> None:
    hand.sheet.grid((62, 533), (448, 720))
    hand.left, hand.right, hand.y, hand.size = 82, 516, 480, 12


def _after(hand: Hand) -> None:
    marks.signature(hand.sheet, 400, 610, hand.said.seed)
    marks.seal(hand.sheet, 372, 610, "BỘ CÔNG AN · CỤC CẢNH SÁT QLHC VỀ TTXH", 44)
    hand.y = 700


_BOXED: Final = Look(boxes, size=12, top=48, margins=(48, 42))
_STACKED: Final = Look(
    stacked, label="regular", value="bold", top=110, seal=False,
    marks={"card": _new_card, "front": _new_front, "back": _new_back},
)  # fmt: skip
_PROSE: Final = Look(inline, value="regular", margins=(72, 48), size=13, lead=1.45)
_LAND: Final = Look(inline, value="bold", margins=(50, 44), size=12, title_ink=marks.RED, marks={"qr": _qr})
_TYPED: Final = Look(
    on_dots, value="regular", label="italic", typed="liberation-mono", ink=(35, 35, 75), size=12, lead=1.62, top=62,
    marks={"ground": _pink},
)  # fmt: skip
_BY_HAND: Final = Look(on_dots, value="italic", typed="dejavu-serif", ink=(25, 40, 130), size=12.5, seal=False)
_COPY: Final = Look(
    inline, value="bold", size=12, lead=1.36, top=92, seal=False,
    marks={"card": _copied, "front": _copied_front, "back": _copied_back, "after": _after},
)  # fmt: skip
_OWN: Final = {
    ("boxed", "can_cuoc"): _STACKED, ("boxed", "giay_uy_quyen"): _PROSE, ("boxed", "quyet_dinh"): _PROSE,
    ("boxed", "giay_chung_nhan_dat"): _LAND, ("typed", "can_cuoc"): _COPY, ("typed", "giay_uy_quyen"): _BY_HAND,
}  # fmt: skip


def fill(paper: Content, style: str) -> Filled:
    """A paper in the words of a style. Raises KeyError for a style that is none."""
    return filled({"boxed": BOXED, "typed": TYPED}[style][paper.kind], paper)


def draw(said: Filled, style: str, font: str, dpi: int, *, bare: bool) -> Sheet:
    """A sheet with a paper on it. Raises ValueError for one that does not fit."""
    look = _OWN.get((style, said.paper.kind), _BOXED if style == "boxed" else _TYPED)
    paper = (252, 238, 240) if said.paper.kind == "giay_chung_nhan_dat" else (255, 255, 255)
    return lay(said, lambda: Sheet(font, dpi, bare, paper), look)
