"""From data to paper: typst templates compiled to PDF/A-2b, with fonts from named folders and no network.

The data cross as JSON in `sys.inputs` and are inserted as strings; no template evaluates them, so what a person typed
is printed as typed. Only the files of `templates/` can be read by a template.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from chalicelib.archive.pdfa import archived
from chalicelib.forms.letters import printed, unprintable
from chalicelib.messages.model import Printed, Published, UnknownTemplate, local

if TYPE_CHECKING:
    import typst

type Ink = Literal["red", "blue", "black"]
type Rect = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points from the bottom left of a page."""
type Place = tuple[int, Rect]
"""A page by its index, and a rectangle on it."""

TEMPLATES_DIR = Path(__file__).parent / "templates"
_DEBIAN_FONT_DIRS = ("/usr/share/fonts/truetype/liberation", "/usr/share/fonts/truetype/dejavu")
_LAYER = find_spec("motcua_fonts")  # in a deployed stage the fonts are a module of a layer
DEFAULT_FONT_DIRS = tuple((_LAYER and _LAYER.submodule_search_locations) or _DEBIAN_FONT_DIRS)

_MAIN_FAMILY = "Liberation Serif"
_STRICT = frozenset({"birth_certificate", "decision"})  # a result must say exactly what the register says
_A4, _A5 = 841.89, 595.28  # page heights, points


class _Box(NamedTuple):
    """A box on a page, in points from the top left: what the template lays out and the signature fills."""

    page: int
    x: float
    y: float
    w: float
    h: float
    page_height: float


_BOXES = {  # where the competent person's signature goes on a result: between position and name
    "receipt_2018": _Box(page=0, x=203, y=466, w=180, h=51, page_height=_A5),
    "birth_certificate": _Box(page=0, x=300, y=665, w=226, h=62, page_height=_A4),
    "decision": _Box(page=0, x=308, y=679, w=226, h=66, page_height=_A4),
}
_FLOWING = frozenset(
    f"{name}{layout}" for name in ("supplement", "refusal", "apology", "stop") for layout in ("", "_2018")
) | {"receipt", "slip", "slip_2018", "register", "report", "print_view"}
"""Papers whose signature stands below their last line, on whichever page that is: `placed` asks the template."""
_COVERED = 1 / 3
"""How much of a person's signature the seal covers, on its left (Decree 30/2020/ND-CP, appendix I, part I, II.8)."""
_LARGEST = 170.0  # points, 60 mm: a picture that says it is larger does not say how large a seal is


class Look(NamedTuple):
    """What is seen of a signature: its lines in a frame, or the picture (PNG) of a signature or seal.

    Black lines have no frame: they inform where appendix I of Decree 30/2020/ND-CP shows no picture. `span` is the
    part of the width that the lines may take, in shares: elsewhere another signature lies over this one.
    """

    lines: Sequence[str] = ()
    ink: Ink = "red"
    span: tuple[float, float] = (0.0, 1.0)
    picture: bytes = b""


type Seen = tuple[Place, Look]
"""A visible signature."""


class UnprintableText(ValueError):
    """A result holds letters no font here has; it must not be issued with a blank in their place."""


class TemplateBroken(RuntimeError):
    """The template cannot be set with these texts."""


class FontsMissing(RuntimeError):
    """The font folders do not hold Liberation Serif."""


def render(paper: Published, *, fonts: Sequence[str] = DEFAULT_FONT_DIRS) -> bytes:
    """The unsigned PDF/A-2b of one official document.

    Its `published_at` becomes the file's creation time. Equal input gives equal bytes. Letters without a glyph print as
    a white square, except in a result, where they raise `UnprintableText`. Raises `UnknownTemplate`, `TemplateBroken`,
    `FontsMissing`, `NotArchivable`. Decree 45/2020/ND-CP Art. 14(3), 18(2); Circular 01/2023/TT-VPCP Art. 26.
    """
    box = None if paper.template in _FLOWING else _box(paper.template)
    return _compile(paper.template, _inputs(paper, box), tuple(fonts), at=local(paper.published_at))


def _inputs(paper: Published, box: _Box | None) -> dict[str, str]:
    """What a template is given; a box where it has one of its own, and not where its text ends."""
    printable = _printable(paper.fields(), strict=paper.template in _STRICT)
    return {
        "data": json.dumps(printable, ensure_ascii=False),
        "box": json.dumps(box and {"x": box.x, "y": box.y, "w": box.w, "h": box.h}),
        "qr": qr_svg(paper.qr),
    }


def render_stamp(
    look: Look, width: float, height: float, *, at: datetime, fonts: Sequence[str] = DEFAULT_FONT_DIRS
) -> bytes:
    """A one-page PDF of `width` x `height` points with what is seen of a signature, lines as large as they fit."""
    printable = _printable({"lines": list(look.lines), "ink": look.ink}, strict=False)
    inputs = {
        "data": json.dumps(printable, ensure_ascii=False),
        "box": json.dumps({"w": width, "h": height, "span": look.span}),
        "picture": json.dumps(list(look.picture)),
    }
    return _compile("stamp", inputs, tuple(fonts), at=at)


def signature_box(template: str) -> Place:
    """Where the visible signature of a document goes."""
    return _place(_box(template))


def _place(box: _Box) -> Place:
    top = box.page_height - box.y
    return box.page, (box.x, round(top - box.h, 2), box.x + box.w, round(top, 2))


def placed(paper: Published) -> Place:
    """Where the visible signature of a paper goes: in the box of its template, or where its text ends.

    Raises what `render` raises.
    """
    if paper.template in _BOXES:
        return signature_box(paper.template)
    compiler = _compiler(paper.template, DEFAULT_FONT_DIRS, _inputs(paper, None))
    try:
        found = msgspec.json.decode(compiler.query("<signature-place>", field="value", one=True), type=_Box)
    except RuntimeError as error:  # what typst says of a template that cannot be set
        raise TemplateBroken(paper.template) from error
    return _place(found)


def alone(place: Place, person: Look) -> Seen:
    """Where a person's signature goes that no seal covers: the middle of its room, a picture in its real size."""
    page, room = place
    size = _picture_size(person.picture)
    return (page, _within(room, size)) if size else place, person if size else person._replace(picture=b"")


def both(place: Place, person: Look, seal: Look) -> tuple[Seen, Seen]:
    """Where a person's signature and the agency's seal go in the room that a paper has, and how they look there.

    The person's stands between position and name; the seal covers a third of it, on its left, a picture in its real
    size (Decree 30/2020/ND-CP, appendix I, part I, II.7-8). Lines stand where the other one is not. A picture that
    cannot be shown so is left out, and its lines stand in its place.
    """
    page, room = place
    signed, sealed = _picture_size(person.picture), _picture_size(seal.picture)
    x0, y0, x1, y1 = _within(room, signed) if signed else room
    width, height = sealed or (room[2] - room[0], room[3] - room[1])
    covered, middle = (x1 - x0) * _COVERED, (y0 + y1) / 2
    right = x0 + covered
    seal_rect = (right - width, middle - height / 2, right, middle + height / 2)
    return (
        ((page, (x0, y0, x1, y1)), person._replace(span=(_COVERED, 1.0), picture=person.picture if signed else b"")),
        ((page, seal_rect), seal._replace(span=(0.0, 1 - covered / width), picture=seal.picture if sealed else b"")),
    )


def _within(room: Rect, size: tuple[float, float]) -> Rect:
    """The middle of a room for something of a size, smaller if need be."""
    x0, y0, x1, y1 = room
    scale = min(1.0, (x1 - x0) / size[0], (y1 - y0) / size[1])
    across, up = size[0] * scale / 2, size[1] * scale / 2
    return (x0 + x1) / 2 - across, (y0 + y1) / 2 - up, (x0 + x1) / 2 + across, (y0 + y1) / 2 + up


def _picture_size(picture: bytes) -> tuple[float, float] | None:
    """Width and height of a picture by its own resolution, in points; None for what is none, or as large as no seal."""
    if not picture:
        return None
    compiler = _compiler("picture", DEFAULT_FONT_DIRS, {"picture": json.dumps(list(picture))})
    try:
        width, height = json.loads(compiler.query("<size>", field="value", one=True))
    except RuntimeError:  # what typst says of bytes that it cannot draw
        return None
    return (width, height) if max(width, height) <= _LARGEST else None


def qr_svg(payload: str) -> str:
    """The QR symbol of `payload` (UTF-8) as SVG, quiet zone included, at the strongest correction its size allows.

    Circular 01/2023/TT-VPCP Art. 26 (ISO/IEC 18004). A payload too long for one symbol raises `ValueError`.
    """
    import segno

    symbol = segno.make_qr(payload, error="l", encoding="utf-8", boost_error=True)
    return str(symbol.svg_inline(border=2, scale=4, dark="#000", light="#fff"))


def _box(template: str) -> _Box:
    try:
        return _BOXES[template]
    except KeyError:
        raise UnknownTemplate(template) from None


def _compile(template: str, inputs: dict[str, str], fonts: tuple[str, ...], *, at: datetime) -> bytes:
    import pikepdf
    import typst

    stamp = int(at.timestamp())
    try:
        pdf = _compiler(template, fonts, inputs).compile(format="pdf", pdf_standards="a-2b", timestamp=stamp)
    except typst.TypstError as error:
        raise TemplateBroken(template) from error
    assert isinstance(pdf, bytes)
    with pikepdf.open(BytesIO(pdf)) as document:
        return archived(document, at=at)


def _compiler(template: str, fonts: tuple[str, ...], inputs: dict[str, str]) -> "typst.Compiler":
    import typst

    return typst.Compiler(
        input=TEMPLATES_DIR / f"{template}.typ",
        root=TEMPLATES_DIR,
        font_paths=_fonts(fonts),
        ignore_system_fonts=True,
        sys_inputs=inputs,
        package_path=TEMPLATES_DIR / "packages",  # no such folder: a template that asks for a package fails
        package_cache_path=TEMPLATES_DIR / "packages",
    )


@lru_cache(maxsize=8)
def _fonts(folders: tuple[str, ...]) -> "typst.Fonts":
    import typst

    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders))
    if _MAIN_FAMILY not in found.families():
        raise FontsMissing(f"{_MAIN_FAMILY} is not in {', '.join(folders)}")
    return found


def _printable(fields: Printed, *, strict: bool) -> Printed:
    """The fields with every text composed (NFC), free of control and direction marks, and printable by the fonts."""
    absent: set[str] = set()

    def walk(value: Printed) -> Printed:
        if isinstance(value, str):
            absent.update(unprintable(value))
            return printed(value)
        if isinstance(value, Mapping):
            return {key: walk(item) for key, item in value.items()}
        return [walk(item) for item in value]

    clean = walk(fields)
    if absent and strict:
        raise UnprintableText(f"no glyph for {', '.join(sorted(f'U+{ord(letter):04X}' for letter in absent))}")
    return clean
