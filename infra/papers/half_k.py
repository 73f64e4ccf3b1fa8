"""Half `k`: forms in force, what programs print, sheets in two languages, and what lies in cabinets.

Drawn blind, after the reader and all other halves, by somebody who had opened neither the reader nor a figure of it; to
be opened for a last measurement only. Who issues a decision is the style's business, so the style writes its number and
matter too. Two sheets are written on a typewriter from head to foot, whatever the font.
"""

from dataclasses import replace
from functools import partial
from typing import Final

from infra.papers import marks
from infra.papers.clerical import celled, mid_dotted, trailing
from infra.papers.contents import Content
from infra.papers.gridded import between_periods
from infra.papers.half_k_enacted import ENACTED
from infra.papers.half_k_interfaced import INTERFACED
from infra.papers.half_k_kept import KEPT
from infra.papers.half_k_published import PUBLISHED
from infra.papers.inscribed import beneath, carded, dotted_to_colons, glossed, lined, topped, windowed, wobbling
from infra.papers.motley import MotleyPool
from infra.papers.rows import inline, stacked, tabbed
from infra.papers.ruled import on_dots
from infra.papers.setting import Hand, Look, lay
from infra.papers.sheet import Sheet
from infra.papers.stationery import coloned
from infra.papers.typeset import flowing
from infra.papers.wording import Filled, filled

STYLES: Final = ("enacted", "interfaced", "published", "kept")
FONTS: Final = (
    "liberation-serif", "noto-sans", "liberation-serif", "liberation-sans", "dejavu-serif-condensed",
    "liberation-serif", "noto-sans-display",
)  # fmt: skip
_WORDS: Final = {"enacted": ENACTED, "interfaced": INTERFACED, "published": PUBLISHED, "kept": KEPT}
_TYPED: Final = "liberation-mono"
_PRINTER: Final = "noto-sans-mono"
_BLUE: Final = (26, 44, 128)
_RIBBON: Final = (52, 116, 132)
_ACROSS: Final = {("published", "giay_chung_nhan_ket_hon"), ("published", "bang_ke")}
"""What lies on its long side."""
_THROUGHOUT: Final = {("kept", "trich_luc_khai_tu"): _TYPED, ("kept", "quyet_dinh"): _PRINTER}
"""What is typed from head to foot, and in which font."""
_ISSUES: Final = {
    "interfaced": ("QĐ-BHXH", ("hưởng trợ cấp mai táng", "hưởng bảo hiểm xã hội một lần", "hưởng chế độ hưu trí",
                               "điều chỉnh thông tin người hưởng", "tạm dừng hưởng trợ cấp tuất")),
    "published": ("QĐ-ĐHSP", ("công nhận tốt nghiệp", "cho thôi học theo nguyện vọng",
                              "tiếp nhận sinh viên chuyển trường",
                              "miễn, giảm học phí", "cấp học bổng khuyến khích học tập")),
    "kept": ("QĐ-TCLĐ", ("nâng bậc lương thường xuyên", "chấm dứt hợp đồng lao động", "điều động cán bộ",
                         "cử đi học lớp an toàn lao động", "kéo dài thời hạn nâng lương")),
}  # fmt: skip
"""How offices that are no commune end the number of a decision, and what they decide."""


def _ground(hand: Hand, tint: marks.Colour, paper: marks.Colour, inset: float) -> None:
    wide, high = hand.sheet.width, hand.sheet.height
    marks.guilloche(hand.sheet, tint, paper, (inset, inset, wide - inset, high - inset))


def _tinted(hand: Hand, tint: marks.Colour) -> None:
    marks.shade(hand.sheet, (0, 0, hand.sheet.width, hand.sheet.height), tint)


def _cream(hand: Hand) -> None:
    _ground(hand, (244, 232, 202), (254, 251, 242), 26)


def _pink(hand: Hand) -> None:
    _ground(hand, (250, 222, 228), (255, 248, 250), 28)
    marks.frame(hand.sheet, (178, 60, 86), 20)


def _pale(hand: Hand) -> None:
    _ground(hand, (250, 226, 222), (255, 250, 249), 18)
    marks.emblem(hand.sheet, hand.left + 14, hand.y + 8, 16)


def _wavy(hand: Hand) -> None:
    _ground(hand, (214, 230, 240), (249, 252, 254), 24)
    marks.frame(hand.sheet, (64, 108, 146), 18)


def _browned(hand: Hand) -> None:
    _tinted(hand, (247, 241, 226))
    marks.folded(hand.sheet, hand.sheet.height * 0.48)


def _holes(hand: Hand) -> None:
    _tinted(hand, (250, 248, 240))
    marks.punched(hand.sheet)


def _ribbon(hand: Hand) -> None:
    """A band of one colour along the head, and a thinner one along the foot."""
    wide, high = hand.sheet.width, hand.sheet.height
    marks.shade(hand.sheet, (0, 0, wide, 14), _RIBBON)
    marks.shade(hand.sheet, (0, high - 8, wide, high), _RIBBON)


def _margined(hand: Hand) -> None:
    marks.shade(hand.sheet, (22, 0, 27, hand.sheet.height), (150, 40, 48))


def _letterhead(hand: Hand) -> None:
    """A mark of the house, and a line below the head of the sheet."""
    marks.emblem(hand.sheet, 40, hand.y + 4, 13)
    marks.shade(hand.sheet, (hand.left, 24, hand.right, 26), _RIBBON)


def _portal(hand: Hand) -> None:
    marks.watermark(hand.sheet, "DỊCH VỤ CÔNG", (240, 242, 245))


def _arrived(hand: Hand) -> None:
    words = ("CÔNG VĂN ĐẾN", f"Số: {hand.said.seed % 1700 + 35}")
    marks.stamp(hand.sheet, hand.left + 60, hand.sheet.height - 84, words, 5, _BLUE)


def _certified(hand: Hand) -> None:
    words = ("CHỨNG THỰC BẢN SAO", f"Số: {hand.said.seed % 800 + 30} SCT/BS")
    marks.stamp(hand.sheet, hand.left + 110, min(hand.y + 8, hand.sheet.height - 30), words, -3)


def _squared(hand: Hand) -> None:
    marks.code(hand.sheet, 14, hand.sheet.height - 60, 40, hand.said.seed)


def _barred(hand: Hand) -> None:
    marks.barcode(hand.sheet, (hand.left, 12, hand.left + 130, 30), hand.said.seed)


def _parcel(hand: Hand) -> None:
    marks.plot(hand.sheet, (hand.left + 90, hand.y - 8, hand.right - 150, hand.y + 84), hand.said.seed)
    hand.y += 104


def _outline(hand: Hand) -> None:
    marks.plot(hand.sheet, (hand.left, hand.y - 8, hand.right, hand.y + 110), hand.said.seed)
    hand.y += 124


def _thumb(hand: Hand) -> None:
    marks.fingerprint(hand.sheet, hand.left + 66, hand.y - 70, hand.said.seed)


def _prints(hand: Hand) -> None:
    for x in (hand.left + 42, hand.right - 70):
        marks.fingerprint(hand.sheet, x, hand.y - 66, hand.said.seed)


def _face(hand: Hand) -> None:
    marks.photograph(hand.sheet, (hand.left, hand.y - 6, hand.left + 96, hand.y + 122))
    hand.left += 114


def _full(hand: Hand) -> None:
    hand.left -= 114
    hand.y += 18


def _card(hand: Hand) -> None:
    """The face of a card, copied about twice as large as it is."""
    room = (60, 46, hand.sheet.width - 60, 352)
    marks.guilloche(hand.sheet, (222, 222, 240), (249, 249, 254), room)
    hand.sheet.grid((room[0], room[2]), (room[1], room[3]))
    marks.emblem(hand.sheet, 98, 88, 22)
    hand.left, hand.right, hand.y = 136, 520, 76


def _beside(hand: Hand) -> None:
    marks.photograph(hand.sheet, (76, 154, 172, 282))
    hand.left, hand.right, hand.y, hand.size = 190, 524, 172, 12


def _reverse(hand: Hand) -> None:
    """The back of the card, below its face."""
    hand.sheet.grid((60, hand.sheet.width - 60), (386, 640))
    hand.left, hand.right, hand.y, hand.size = 80, 516, 416, 12.5


_MARKS: Final = {
    "cream": _cream, "pink": _pink, "pale": _pale, "wavy": _wavy, "browned": _browned, "holes": _holes,
    "ribbon": _ribbon, "margined": _margined, "letterhead": _letterhead, "portal": _portal, "arrived": _arrived,
    "certified": _certified, "squared": _squared, "barred": _barred, "parcel": _parcel, "outline": _outline,
    "thumb": _thumb, "prints": _prints, "face": _face, "full": _full, "card": _card, "beside": _beside,
    "reverse": _reverse,
}  # fmt: skip
_look: Final = partial(Look, marks=_MARKS, ruled=True)
_DOTS: Final = _look(trailing, value="bold", size=14, lead=1.6, margins=(76, 50), top=58, title=17)
_MACHINE: Final = _look(wobbling, value="regular", typed=_TYPED, size=13, lead=1.75, margins=(70, 52), top=60, title=17)
_SCREEN: Final = _look(lined, value="regular", size=12.5, lead=1.35, margins=(54, 46), top=56, tab=0.32, title=15)
_TWO: Final = _look(glossed, value="bold", size=13.5, lead=1.5, margins=(66, 54), top=62, title=19, seal=False)
_SET: Final = _look(topped, value="bold", size=13, lead=1.3, margins=(58, 50), top=60, title=18)
_OLD: Final = _look(inline, value="regular", size=14, lead=1.55, margins=(84, 48), top=60, title=17)
_RUN: Final = _look(flowing, value="bold", size=14, lead=1.5, margins=(86, 50), top=60, title=16, justified=True)
_POLICE: Final = "CÔNG AN {office}"
_WARD: Final = "BỆNH VIỆN - SỞ Y TẾ"
_LAND: Final = "VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI"
_OWN: Final = {
    ("enacted", "giay_khai_sinh"): replace(_MACHINE, typed=_PRINTER, size=12.5),
    ("enacted", "giay_chung_sinh"): replace(_DOTS, row=on_dots, size=13.5, issuer=_WARD),
    ("enacted", "giay_chung_nhan_ket_hon"): replace(
        _DOTS, size=13.5, margins=(64, 60), top=68, title=22, title_ink=marks.RED, seal=False,
    ),
    ("enacted", "trich_luc_khai_tu"): replace(_DOTS, row=between_periods, value="regular"),
    ("enacted", "xac_nhan_cu_tru"): replace(_DOTS, row=mid_dotted, value="italic", ink=_BLUE, issuer=_POLICE),
    ("enacted", "xac_nhan_hon_nhan"): _MACHINE,
    ("enacted", "quyet_dinh"): replace(_RUN, row=inline, value="regular", listed=True, title=15),
    ("enacted", "giay_chung_nhan_dat"): replace(
        _DOTS, row=between_periods, size=13, margins=(60, 54), top=64, title=22, title_ink=marks.RED,
    ),
    ("enacted", "giay_uy_quyen"): replace(_MACHINE, typed="noto-serif", value="italic", ink=_BLUE, seal=False),
    ("enacted", "can_cuoc"): replace(_DOTS, row=on_dots, value="regular", seal=False, lead=1.75),
    ("enacted", "bang_ke"): replace(_DOTS, size=11.5, margins=(44, 40), title=14, lead=1.3),
    ("interfaced", "giay_khai_sinh"): replace(_SCREEN, seal=False),
    ("interfaced", "giay_chung_sinh"): replace(_SCREEN, size=13.5, issuer=_WARD),
    ("interfaced", "giay_chung_nhan_ket_hon"): replace(_SCREEN, row=windowed, size=13),
    ("interfaced", "trich_luc_khai_tu"): replace(_SCREEN, row=windowed, tab=0.28),
    ("interfaced", "xac_nhan_cu_tru"): replace(_SCREEN, row=carded, value="bold", issuer=_POLICE),
    ("interfaced", "xac_nhan_hon_nhan"): replace(_SCREEN, row=dotted_to_colons, size=14, lead=1.6, tab=0.4),
    ("interfaced", "quyet_dinh"): replace(
        _SCREEN, row=celled, value="bold", size=13.5, lead=1.4, margins=(80, 46), listed=True,
        issuer="BẢO HIỂM XÃ HỘI CƠ SỞ",
    ),
    ("interfaced", "giay_chung_nhan_dat"): replace(_SCREEN, value="bold", size=13, issuer=_LAND),
    ("interfaced", "giay_uy_quyen"): replace(_SCREEN, row=windowed, size=13, lead=1.35, seal=False, label="bold"),
    ("interfaced", "can_cuoc"): replace(_SCREEN, value="bold", size=14, lead=1.4, margins=(60, 60), tab=0.34),
    ("interfaced", "bang_ke"): replace(_SCREEN, size=10.5, lead=1.25, margins=(38, 34), seal=False),
    ("published", "giay_khai_sinh"): replace(_TWO, size=13, title_ink=marks.RED),
    ("published", "giay_chung_sinh"): replace(_SET, issuer=_WARD, titled="noto-sans-display"),
    ("published", "giay_chung_nhan_ket_hon"): replace(
        _TWO, row=beneath, size=12, lead=1.3, margins=(70, 70), top=56, title_ink=marks.RED,
        titled="noto-serif-display",
    ),
    ("published", "trich_luc_khai_tu"): replace(_TWO, lead=1.35, seal=True),
    ("published", "xac_nhan_cu_tru"): replace(_SET, issuer=_POLICE, value="regular", size=13.5),
    ("published", "xac_nhan_hon_nhan"): replace(_TWO, size=14, lead=1.6, value="regular", seal=True,
                                              issuer="SỞ NGOẠI VỤ"),
    ("published", "quyet_dinh"): replace(
        _SET, row=carded, size=14, lead=1.4, listed=True, margins=(76, 50), issuer="TRƯỜNG ĐẠI HỌC SƯ PHẠM", title=17,
    ),
    ("published", "giay_chung_nhan_dat"): replace(
        _SET, row=beneath, size=13, margins=(54, 50), title=19, title_ink=marks.RED, issuer=_LAND,
    ),
    ("published", "giay_uy_quyen"): replace(_TWO, value="regular", size=14, ink=_BLUE, margins=(72, 54)),
    ("published", "can_cuoc"): replace(_SET, row=stacked, size=11, title=17, title_ink=marks.RED, seal=False),
    ("published", "bang_ke"): replace(_SET, size=12, margins=(60, 56), issuer="TRƯỜNG ĐẠI HỌC SƯ PHẠM", title=16),
    ("kept", "giay_khai_sinh"): replace(_MACHINE, size=12, lead=1.6, title=20),
    ("kept", "giay_chung_sinh"): replace(_OLD, value="italic", ink=_BLUE, issuer="TRẠM Y TẾ"),
    ("kept", "giay_chung_nhan_ket_hon"): replace(_RUN, value="regular", lead=1.6, listed=True),
    ("kept", "trich_luc_khai_tu"): replace(_OLD, row=dotted_to_colons, size=11.5, tab=0.34, title=16, lead=1.9),
    ("kept", "xac_nhan_cu_tru"): replace(_OLD, value="bold", issuer=_POLICE, justified=True),
    ("kept", "xac_nhan_hon_nhan"): replace(_RUN, lead=1.6),
    ("kept", "quyet_dinh"): replace(
        _OLD, row=coloned, size=11, lead=1.6, tab=0.3, title=14, listed=True, issuer="XÍ NGHIỆP SỬA CHỮA SỐ 2",
    ),
    ("kept", "giay_chung_nhan_dat"): replace(
        _MACHINE, typed="dejavu-serif", value="italic", margins=(66, 60), top=66, title=22,
        title_ink=marks.RED,
    ),
    ("kept", "giay_uy_quyen"): replace(_RUN, value="regular", size=13.5, margins=(80, 56), issuer="VP CÔNG CHỨNG"),
    ("kept", "can_cuoc"): replace(_OLD, row=tabbed, value="bold", lead=1.4, tab=0.42, issuer=_POLICE),
    ("kept", "bang_ke"): replace(_OLD, size=12, lead=1.35, margins=(58, 42), title=16, seal=False),
}  # fmt: skip


def fill(paper: Content, style: str) -> Filled:
    """A paper in the words of a style. Raises KeyError for a style that is none."""
    if paper.kind == "quyet_dinh" and style in _ISSUES:
        paper = _issued(paper, *_ISSUES[style])
    return filled(_WORDS[style][paper.kind], paper, MotleyPool)


def _issued(paper: Content, ending: str, matters: tuple[str, ...]) -> Content:
    """A decision of an office that is no commune: of its own number, on one of its own matters."""
    number = paper.values["so"].partition("/")[0]
    matter = matters[int(number) % len(matters)]
    return replace(paper, values={**paper.values, "so": f"{number}/{ending}", "ve_viec": matter})


def draw(said: Filled, style: str, font: str, dpi: int, *, bare: bool) -> Sheet:
    """A sheet with a paper on it. Raises ValueError for one that does not fit."""
    kind = style, said.paper.kind
    used = _THROUGHOUT.get(kind, font)
    return lay(said, lambda: Sheet(used, dpi, bare, landscape=kind in _ACROSS), _OWN[kind])
