"""Several papers in one scan: where a sheet parts them, and a file for each. Runs where strangers' files are opened.

The pixels of a part are those of its scan: pages of a PDF are carried over as they are, those of a TIFF packed again
without loss.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Final

import pikepdf
import zxingcpp

from chalicelib.digitisation.model import TIFF, Limits
from chalicelib.digitisation.pages import small_pages
from chalicelib.digitisation.sheets import SHEET
from chalicelib.digitisation.tiffs import frames_of, pages_of

type Pages = tuple[int, int]
"""First page, and the one behind the last; counted from 0."""

_PACKING: Final = "tiff_deflate"
_QR: Final = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def sheets_on(data: bytes, media_type: str) -> tuple[tuple[int, str], ...]:
    """The pages after the first that carry the code of a sheet, with its text."""
    found = []
    for number, page in enumerate(small_pages(data, media_type)):
        codes = zxingcpp.read_barcodes(page, formats=_QR) if number else ()
        if text := next((code.text for code in codes if code.text.startswith(SHEET)), ""):
            found.append((number, text))
    return tuple(found)


def cut(data: bytes, media_type: str, parts: Sequence[Pages]) -> tuple[bytes, ...]:
    """A file of the same kind for each part of an inspected PDF or TIFF; the same pages give the same bytes."""
    if media_type == TIFF:
        return tuple(_of_tiff(data, part) for part in parts)
    with pikepdf.open(BytesIO(data)) as scan:
        return tuple(_of_pdf(scan, part) for part in parts)


def _of_pdf(scan: pikepdf.Pdf, part: Pages) -> bytes:
    out = BytesIO()
    with pikepdf.new() as made:
        made.pages.extend(scan.pages[slice(*part)])
        made.remove_unreferenced_resources()
        made.save(out, deterministic_id=True)
    return out.getvalue()


def _of_tiff(data: bytes, part: Pages) -> bytes:
    frames, out = frames_of(data, Limits())[slice(*part)], BytesIO()
    first, *rest = (page for _, page in pages_of(data, frames))
    dots = {"dpi": first.info["dpi"]} if "dpi" in first.info else {}
    first.save(out, "TIFF", save_all=True, append_images=rest, compression=_PACKING, **dots)
    return out.getvalue()
