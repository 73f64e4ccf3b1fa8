"""The data message made from a paper (Law 20/2023, Article 12; Decree 137/2024, Article 4), ready for its signature.

Each page is A4, with the picture as copied, its pixels byte for byte: what lies askew on it is shown straight, by its
place alone. What was read is invisible text in its place. Above the first picture stand the QR code (Circular 01/2023,
Article 26: top left), the mark of conversion and room for the agency's signature.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import timezone
from importlib import resources
from io import BytesIO
from typing import Final

import pikepdf
import segno
from pikepdf import Array, Dictionary, Name

from chalicelib.archive.pdfa import Attached
from chalicelib.digitisation.copying import Sheet, bind, finished, print_band, turned
from chalicelib.digitisation.lines import levelled
from chalicelib.digitisation.model import VIETNAM_OFFSET, Area, ConversionMark, ConvertedPdf, PageText, Refused
from chalicelib.digitisation.places import on_a4

DATA: Final = "du-lieu-trich-xuat.json"
DESCRIPTION: Final = "Dữ liệu trích xuất từ văn bản giấy / Data extracted from the paper"

_BAND_HEIGHT: Final = 104.0
_QR_LEFT: Final = 12.0
_QR_TOP: Final = 6.0
_QR_SIDE: Final = 92.0  # points, with the four modules of quiet zone that ISO/IEC 18004 asks for
_SMALLEST_MODULE: Final = 1.0  # points; two pixels at 150 dpi
_BOX_TOP: Final = 10.0
_BOX_HEIGHT: Final = 84.0
_BOX_WIDTH: Final = 158.0
_MARGIN: Final = 18.0

_SAME_SHAPE: Final = 0.01
_GLYPH_WIDTH: Final = 0.5  # em, of every glyph of data/glyphless.ttf
_LINE_TO_FONT: Final = 0.9
_FONT: Final = "F0"

_SURE: Final = 0.6
_FEWEST_WORDS: Final = 10
"""A page of fewer words, or whose words are less sure, may have been read askew: it is shown as it was copied."""


def convert(
    images: Sequence[bytes],
    pages: Sequence[PageText],
    mark: ConversionMark,
    *,
    title: str | None = None,
    data: bytes = b"",
) -> ConvertedPdf:
    """Make the data message of one paper.

    Args:
        images: JPEG or PNG, the ones of the officer's copy, in order.
        pages: what was read on each of them.
        mark: the symbol of conversion.
        title: name of the paper for the file's metadata; the mark's text and code by default.
        data: what was extracted, as JSON: it goes into the file, which then is PDF/A-3b.

    Raises:
        Refused: page_count, when pictures and readings do not pair.
        ValueError: a page was read from another picture, or the QR payload is too long to print legibly.
        NotArchivable: the result is not PDF/A-2b, or 3b.
    """
    if not images or len(images) != len(pages):
        raise Refused(
            "page_count",
            f"Số ảnh ({len(images)}) không bằng số trang đã đọc ({len(pages)}).",
            f"{len(images)} images for {len(pages)} readings",
        )
    turns = [_turn(page) for page in pages]
    pdf, sheets = bind(images, lambda across, up, n: on_a4(across, up, 0.0 if n else _BAND_HEIGHT, turns[n]))
    _write_text(pdf, sheets, pages)
    box = _print_mark(sheets[0], mark)
    attached = Attached(DATA, "application/json", DESCRIPTION, data, mark.converted_at) if data else None
    message = finished(pdf, title=title or f"{mark.text} - {mark.code}", attached=attached)
    return ConvertedPdf(message, hashlib.sha256(message).hexdigest(), box)


def _turn(page: PageText) -> float:
    """Degrees clockwise that bring the lines of a page level; none when it is not sure that they are lines."""
    sure = sum(word.confidence for word in page.words) >= _SURE * len(page.words)
    return page.angle if sure and len(page.words) >= _FEWEST_WORDS else 0.0


def _print_mark(sheet: Sheet, mark: ConversionMark) -> Area:
    """Print QR and mark above the picture; return the room left for the agency."""
    box_right = sheet.place.page_width - _MARGIN
    sizes = {
        "qr-left": _QR_LEFT, "qr-top": _QR_TOP, "qr-side": _QR_SIDE,
        "box-right": box_right, "box-top": _BOX_TOP, "box-width": _BOX_WIDTH, "box-height": _BOX_HEIGHT,
    }  # fmt: skip
    texts = {"qr": _qr(mark.qr_payload), "mark": json.dumps(_mark_words(mark), ensure_ascii=False)}
    print_band(sheet, _BAND_HEIGHT, "conversion_band", texts | {name: f"{size:.3f}" for name, size in sizes.items()})
    ceiling = sheet.place.page_height - _BOX_TOP
    return (box_right - _BOX_WIDTH, ceiling - _BOX_HEIGHT, box_right, ceiling)


def _mark_words(mark: ConversionMark) -> dict[str, object]:
    local = mark.converted_at.astimezone(timezone(VIETNAM_OFFSET))
    agency = f"{mark.agency_name} ({mark.agency_code})" if mark.agency_code else mark.agency_name
    lines = [
        ("Thời gian chuyển đổi", f"{local:%d/%m/%Y %H:%M:%S} +07:00"),
        ("Người chuyển đổi", mark.converter_name),
        ("Cơ quan", agency),
        ("Mã", mark.code),
        ("Tra cứu", mark.lookup_url),
    ]
    return {"text": mark.text, "lines": [line for line in lines if line[1]]}


def _qr(payload: str) -> str:
    """Draw the QR code as SVG at the strongest correction its room can print legibly."""
    modules = int(_QR_SIDE / _SMALLEST_MODULE)
    for level in ("m", "l"):
        try:
            code = segno.make(payload, error=level, micro=False, boost_error=False)
        except segno.DataOverflowError:
            continue
        if code.symbol_size(border=4)[0] <= modules:
            out = BytesIO()
            code.save(out, kind="svg", border=4, xmldecl=False, omitsize=False)
            return out.getvalue().decode()
    raise ValueError(f"QR payload of {len(payload.encode())} bytes is too long for {_QR_SIDE:g} points")


def _write_text(pdf: pikepdf.Pdf, sheets: Sequence[Sheet], pages: Sequence[PageText]) -> None:
    """Put the invisible text on every page; one font serves the file and knows only the letters used."""
    letters = sorted({letter for page in pages for word in page.words for letter in word.text} | {" "})
    codes = {letter: code for code, letter in enumerate(letters, 1)}
    font = _invisible_font(pdf, letters)
    for sheet, page in zip(sheets, pages, strict=True):
        if abs(sheet.place.width / sheet.place.height - page.size[0] / page.size[1]) > _SAME_SHAPE:
            raise ValueError("the page was read from another picture")
        sheet.page.obj.Resources.Font = Dictionary({f"/{_FONT}": font})
        sheet.page.contents_add(pdf.make_stream(_text_layer(page, sheet, codes)))


def _text_layer(page: PageText, sheet: Sheet, codes: dict[str, int]) -> bytes:
    """Return the text operators: every word on its baseline, turned with the picture where that is shown askew."""
    place = sheet.place
    scale, ceiling = place.width / page.size[0], place.bottom + place.height
    out = [f"q {turned(place, page.angle - place.turn)}BT 3 Tr"]  # mode 3: neither filled nor stroked
    for word in levelled(page.words):
        left, _, right, _ = word.box
        _, line_top, _, baseline = word.line_box
        size = max(4.0, (baseline - line_top) * scale * _LINE_TO_FONT)
        stretch = 100 * max(1, right - left) * scale / (len(word.text) * size * _GLYPH_WIDTH)
        # The space parts the words, and keeps pdfium from dropping a word of one letter that ends a line.
        shown = "".join(f"{codes[letter]:04x}" for letter in f"{word.text} ")
        x, y = left * scale + place.left, ceiling - baseline * scale
        out.append(f"/{_FONT} {size:.2f} Tf {stretch:.1f} Tz 1 0 0 1 {x:.2f} {y:.2f} Tm <{shown}> Tj")
    out.append("ET Q")
    return "\n".join(out).encode()


def _invisible_font(pdf: pikepdf.Pdf, letters: Sequence[str]) -> pikepdf.Object:
    """Embed the glyphless font: code n is the n-th letter, every code shows the one blank glyph."""
    program = (resources.files("chalicelib.digitisation") / "data" / "glyphless.ttf").read_bytes()
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name.GlyphLessFont, Flags=4, FontBBox=Array([0, 0, 500, 1000]),
        ItalicAngle=0, Ascent=1000, Descent=-1, CapHeight=1000, StemV=80,
        FontFile2=pdf.make_stream(program, Length1=len(program)),
    )  # fmt: skip
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.GlyphLessFont, DW=500,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        CIDToGIDMap=pdf.make_stream(b"\0\0" + b"\0\1" * len(letters)),
    )  # fmt: skip
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.GlyphLessFont, Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]), ToUnicode=pdf.make_stream(_to_unicode(letters)),
    )  # fmt: skip
    return pdf.make_indirect(font)


def _to_unicode(letters: Iterable[str]) -> bytes:
    pairs = [f"<{code:04x}> <{letter.encode('utf-16-be').hex()}>" for code, letter in enumerate(letters, 1)]
    blocks = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]  # the most one block may hold
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <ffff> endcodespacerange",
            *(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks),
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    ).encode()
