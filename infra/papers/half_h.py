"""Half `h`: fields filled in on screens, stripes, merged cells; and hanging values, dashes, certificates, old deeds.

Drawn after the others, by another hand and without a look at the reader; to be opened for a last measurement only.
Its lists are a quarter's figures and the children of a health station; some sheets were marked by hand, or copied off
dirty glass.
"""

from dataclasses import replace
from functools import partial
from typing import Final

from infra.papers import marks
from infra.papers.arranged import centred, closed, dashed, fielded, hanging, merged, striped
from infra.papers.contents import Content
from infra.papers.half_h_fielded import FIELDED
from infra.papers.half_h_hanging import HANGING
from infra.papers.mixed import MixedPool
from infra.papers.setting import Hand, Look, lay
from infra.papers.sheet import Sheet
from infra.papers.wording import Filled, filled

STYLES: Final = ("fielded", "hanging")
FONTS: Final = ("liberation-serif", "noto-sans-display", "dejavu-serif-condensed", "liberation-serif", "noto-serif")
_BLUE: Final = (30, 50, 130)
_VIOLET: Final = (92, 40, 130)


def _streak(hand: Hand) -> None:
    for number in (3, 7):
        marks.streaked(hand.sheet, hand.sheet.width * number / 11 + hand.said.seed % 40, hand.said.seed + number)


def _worn(hand: Hand) -> None:
    """Paper that became yellow in a drawer, folded in four."""
    marks.shade(hand.sheet, (0, 0, hand.sheet.width, hand.sheet.height), (248, 243, 228))
    marks.folded(hand.sheet, hand.sheet.height * 0.49)
    marks.edge(hand.sheet, 9)


def _fold(hand: Hand) -> None:
    marks.folded(hand.sheet, hand.sheet.height * 0.52)
    marks.stapled(hand.sheet)


def _barcode(hand: Hand) -> None:
    marks.barcode(hand.sheet, (hand.right - 128, 16, hand.right, 34), hand.said.seed)


def _pattern(hand: Hand) -> None:
    marks.guilloche(hand.sheet, (236, 216, 222), (254, 249, 250), (28, 28, hand.sheet.width - 28, 814))
    marks.code(hand.sheet, 40, hand.sheet.height - 96, 54, hand.said.seed)


def _rose(hand: Hand) -> None:
    marks.guilloche(hand.sheet, (244, 204, 200), (255, 246, 243), (38, 38, hand.sheet.width - 38, 804))
    marks.rosette(hand.sheet, hand.sheet.width / 2, 410, 150, (246, 218, 212))
    marks.frame(hand.sheet, (196, 36, 44), 28)


def _ornate(hand: Hand) -> None:
    marks.guilloche(hand.sheet, (240, 208, 214), (254, 246, 247))
    marks.rosette(hand.sheet, hand.sheet.width / 2, 480, 120, (242, 216, 220))
    marks.emblem(hand.sheet, hand.left + 24, hand.y + 8, 18)


def _deed(hand: Hand) -> None:
    """A red deed of the nineties: yellowish paper, a red border, the emblem above the title."""
    marks.shade(hand.sheet, (0, 0, hand.sheet.width, hand.sheet.height), (252, 246, 226))
    marks.frame(hand.sheet, marks.RED, 32)
    marks.emblem(hand.sheet, hand.sheet.width / 2, hand.y + 4, 24)
    hand.y += 42


def _over(hand: Hand) -> None:
    hand.size *= 0.78
    marks.tick(hand.sheet, hand.right - 22, hand.y + 6, (40, 150, 60))
    hand.sheet.rule(hand.left, hand.y - hand.size * 1.3, hand.right, hand.y - hand.size * 1.3, 0.8)


def _under(hand: Hand) -> None:
    hand.sheet.rule(hand.left, hand.y - hand.size, hand.right, hand.y - hand.size, 0.8)
    hand.y += hand.size * 0.6


def _quick(hand: Hand) -> None:
    marks.code(hand.sheet, hand.sheet.width - 104, hand.sheet.height - 116, 60, hand.said.seed + 1)


def _copied(hand: Hand) -> None:
    words = ("SAO Y BẢN CHÍNH", f"Số: {hand.said.seed % 600 + 17}/SY", f"Ngày {hand.said.seed % 28 + 1:02d}/10/2026")
    marks.stamp(hand.sheet, hand.left + 84, min(hand.y + 14, hand.sheet.height - 54), words, 4, _VIOLET)


def _received(hand: Hand) -> None:
    words = ("CÔNG VĂN ĐẾN", f"Số: {hand.said.seed % 900 + 13}", f"Ngày: {hand.said.seed % 28 + 1}/10/26")
    marks.stamp(hand.sheet, hand.left + 22, 126, words, 7, _BLUE)


def _joined(hand: Hand) -> None:
    """A seal across the sheets of one paper: half of it is on this one."""
    words = f"ỦY BAN NHÂN DÂN {hand.said.paper.office}"
    marks.seal(hand.sheet, hand.sheet.width - 4, hand.sheet.height * 0.45, words, 44)


def _pressed(hand: Hand) -> None:
    words = f"ỦY BAN NHÂN DÂN {hand.said.paper.office}"
    marks.seal(hand.sheet, hand.right - hand.room * 0.27 - 46, hand.y - hand.lead - 34, words, 44)


def _marked(hand: Hand) -> None:
    """Whoever checked the paper marked the next row."""
    room = hand.left - 4, hand.y - hand.size * 1.05, hand.left + hand.room * 0.74, hand.y + hand.size * 0.38
    marks.highlighted(hand.sheet, room)


def _finger(hand: Hand) -> None:
    marks.fingerprint(hand.sheet, hand.right - hand.room * 0.27 + 58, hand.y - hand.lead - 30, hand.said.seed)


def _certified(hand: Hand) -> None:
    x, y = hand.right - 96, min(hand.y + 18, hand.sheet.height - 58)
    marks.seal(hand.sheet, x, y, f"ỦY BAN NHÂN DÂN {hand.said.paper.office}", 42)
    marks.signature(hand.sheet, x + 16, y, hand.said.seed)


def _yes(hand: Hand) -> None:
    marks.choice(hand.sheet, hand.left + 8, hand.y, ticked=True)


def _phone(hand: Hand) -> None:
    """A telephone's screen, printed upon a sheet."""
    hand.sheet.grid((104, hand.sheet.width - 104), (48, 640))
    marks.shade(hand.sheet, (105, 49, hand.sheet.width - 105, 128), (250, 232, 232))
    hand.left, hand.right, hand.y = 122, hand.sheet.width - 122, 78


def _portrait(hand: Hand) -> None:
    marks.photograph(hand.sheet, (hand.sheet.width / 2 - 38, hand.y - 8, hand.sheet.width / 2 + 38, hand.y + 82))
    hand.y += 108


def _card(hand: Hand) -> None:
    marks.guilloche(hand.sheet, (206, 226, 220), (242, 249, 246), (70, 60, 524, 346))
    marks.guilloche(hand.sheet, (206, 226, 220), (242, 249, 246), (70, 372, 524, 500))
    for top, bottom in ((60, 346), (372, 500)):
        hand.sheet.grid((70, 524), (top, bottom))
    marks.emblem(hand.sheet, 112, 100, 22)
    marks.photograph(hand.sheet, (84, 150, 178, 276))
    hand.left, hand.right, hand.y, hand.size = 150, 510, 84, 11


def _front(hand: Hand) -> None:
    hand.left, hand.right, hand.y, hand.size = 192, 514, 162, 11


def _back(hand: Hand) -> None:
    marks.code(hand.sheet, 452, 386, 60, hand.said.seed)
    hand.left, hand.right, hand.y, hand.size = 84, 440, 398, 11


def _beneath(hand: Hand) -> None:
    hand.left, hand.right, hand.y, hand.size = 76, 530, 528, 12.5


_MARKS: Final = {
    "streak": _streak, "worn": _worn, "fold": _fold, "barcode": _barcode, "pattern": _pattern, "rose": _rose,
    "ornate": _ornate, "deed": _deed, "over": _over, "under": _under, "quick": _quick, "copied": _copied,
    "received": _received, "joined": _joined, "pressed": _pressed, "marked": _marked, "finger": _finger,
    "certified": _certified, "yes": _yes, "phone": _phone, "portrait": _portrait, "card": _card, "front": _front,
    "back": _back, "beneath": _beneath, "closed": closed,
}  # fmt: skip
_look: Final = partial(Look, marks=_MARKS, ruled=True, listed=True)
_FIELDS: Final = _look(fielded, value="regular", size=12.5, lead=1.4, margins=(56, 46), top=60, tab=0.28, title=15)
_STRIPES: Final = _look(striped, value="bold", size=13, lead=1.45, margins=(54, 48), top=58, tab=0.32, title=16)
_MERGED: Final = _look(merged, value="bold", size=12.5, lead=1.45, margins=(56, 44), top=58, tab=0.27, title=15)
_HANGS: Final = _look(hanging, value="bold italic", size=13.5, lead=1.65, margins=(78, 46), top=58, title=15)
_DASHES: Final = _look(dashed, value="italic", size=13, lead=1.75, margins=(68, 50), top=60, title=16)
_MIDDLE: Final = _look(
    centred, value="bold", size=13.5, lead=1.6, margins=(66, 60), top=84, title=23, title_ink=marks.RED, seal=False,
    titled="noto-serif-display",
)  # fmt: skip
_OWN: Final = {
    ("fielded", "giay_khai_sinh"): _MERGED,
    ("fielded", "giay_chung_sinh"): replace(_FIELDS, typed="liberation-sans", issuer="BỆNH VIỆN - SỞ Y TẾ", tab=0.26),
    ("fielded", "giay_chung_nhan_ket_hon"): replace(_STRIPES, value="regular", tab=0.34, title=18),
    ("fielded", "trich_luc_khai_tu"): _STRIPES,
    ("fielded", "xac_nhan_cu_tru"): replace(_FIELDS, value="bold", issuer="CÔNG AN {office}"),
    ("fielded", "xac_nhan_hon_nhan"): replace(_MERGED, value="italic", size=13),
    ("fielded", "quyet_dinh"): replace(_STRIPES, value="regular", size=13, lead=1.42, margins=(80, 44), title=14),
    ("fielded", "giay_chung_nhan_dat"): replace(
        _MERGED, title_ink=marks.RED, title=14, size=12, issuer="VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI", tab=0.25, ruled=False,
    ),
    ("fielded", "giay_uy_quyen"): replace(_FIELDS, typed="noto-sans-mono", ink=_BLUE, size=11, seal=False),
    ("fielded", "can_cuoc"): replace(_STRIPES, seal=False, tab=0.4, size=11),
    ("fielded", "bang_ke"): replace(
        _STRIPES, value="regular", size=11.5, margins=(46, 40), issuer="TRUNG TÂM HÀNH CHÍNH"
    ),
    ("hanging", "giay_khai_sinh"): replace(_DASHES, value="bold", typed="liberation-mono", size=12, title=20),
    ("hanging", "giay_chung_sinh"): replace(_DASHES, issuer="BỆNH VIỆN - SỞ Y TẾ", title=19),
    ("hanging", "giay_chung_nhan_ket_hon"): _MIDDLE,
    ("hanging", "trich_luc_khai_tu"): replace(_DASHES, value="bold"),
    ("hanging", "xac_nhan_cu_tru"): replace(_HANGS, value="italic", size=13, lead=1.55, issuer="CÔNG AN {office}"),
    ("hanging", "xac_nhan_hon_nhan"): _HANGS,
    ("hanging", "quyet_dinh"): replace(_HANGS, value="bold", size=13, lead=1.4, margins=(84, 42)),
    ("hanging", "giay_chung_nhan_dat"): replace(
        _DASHES, value="bold italic", margins=(76, 66), top=64, title=19, title_ink=marks.RED, ruled=False,
        titled="noto-serif-display",
    ),
    ("hanging", "giay_uy_quyen"): replace(_DASHES, value="regular", size=13.5, lead=1.6, seal=False, margins=(84, 50)),
    ("hanging", "can_cuoc"): replace(_HANGS, value="bold", seal=False, lead=1.42),
    ("hanging", "bang_ke"): replace(
        _HANGS, value="regular", size=11.5, lead=1.5, margins=(42, 36), title=14, issuer="TRẠM Y TẾ {office}",
    ),
}  # fmt: skip


def fill(paper: Content, style: str) -> Filled:
    """A paper in the words of a style. Raises KeyError for a style that is none."""
    return filled({"fielded": FIELDED, "hanging": HANGING}[style][paper.kind], paper, MixedPool)


def draw(said: Filled, style: str, font: str, dpi: int, *, bare: bool) -> Sheet:
    """A sheet with a paper on it. Raises ValueError for one that does not fit."""
    return lay(said, lambda: Sheet(font, dpi, bare), _OWN[style, said.paper.kind])
