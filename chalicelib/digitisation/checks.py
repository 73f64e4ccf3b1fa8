"""The gate of digitisation: what an upload is, judged from its bytes alone, before anything else touches it.

The name and the declared type are claims. Whatever is not plainly one JPEG, PNG, TIFF, quiet PDF or office file is
refused.
"""

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Final, Protocol

from chalicelib.digitisation.converter import printed
from chalicelib.digitisation.model import JPEG, OFFICE, PDF, PNG, TIFF, Inspection, Limits, PageFacts, Refused
from chalicelib.digitisation.office import COMPOUND, ZIP, office_kind
from chalicelib.digitisation.pages import assumed_dpi
from chalicelib.digitisation.pdfs import pdf_pages
from chalicelib.digitisation.pictures import image_page, tiff_pages
from chalicelib.digitisation.reasons import heic_not_read, malware, other_type, too_large, wrong_type

_MAGIC: Final = (
    (JPEG, b"\xff\xd8\xff"),
    (PNG, b"\x89PNG\r\n\x1a\n"),
    (PDF, b"%PDF-"),
    (TIFF, b"II*\0"),
    (TIFF, b"MM\0*"),
)
_ALIASES: Final = {
    "image/jpg": JPEG,
    "image/pjpeg": JPEG,
    "application/x-pdf": PDF,
    "image/tif": TIFF,
    "image/x-tiff": TIFF,
}
_UNTYPED: Final = ("application/octet-stream", "binary/octet-stream")
_BOXES: Final = b"ftyp"
_OTHERS: Final = (
    ("GIF", b"GIF8"),
    ("BMP", b"BM"),
    ("JPEG XL", b"\xff\x0a"),
    ("JPEG XL", b"\0\0\0\x0cJXL "),
    ("JPEG 2000", b"\0\0\0\x0cjP  "),
    ("RTF", b"{\\rtf"),
    ("RAR", b"Rar!"),
    ("7z", b"7z\xbc\xaf\x27\x1c"),
    ("gzip", b"\x1f\x8b"),
    ("HTML", b"<!DOCTYPE html"),
    ("HTML", b"<html"),
    ("XML", b"<?xml"),
    ("SVG", b"<svg"),
    ("PostScript", b"%!PS"),
    ("DjVu", b"AT&TFORM"),
    ("EXE", b"MZ"),
)
"""Files that people send and that are not taken, by how they begin."""
_HEIC: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_PDF_HEADER_WINDOW: Final = 1024  # readers look for %PDF this far into a file


class Scanner(Protocol):
    """The port to a malware scanner: ClamAV in a container, a managed scan in the cloud, or signatures here."""

    def scan(self, data: bytes) -> str | None:
        """Return the name of what was found, or None."""
        ...


class SignatureScanner:
    """A scanner of fixed byte strings; it knows EICAR, the string the industry agreed to test scanners with."""

    # In two halves, or a scanner would quarantine this source file.
    EICAR: Final = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

    def __init__(self, signatures: Mapping[str, bytes] | None = None) -> None:
        self._signatures = {"Eicar-Test-Signature": self.EICAR, **(signatures or {})}

    def scan(self, data: bytes) -> str | None:
        """Return the first signature whose bytes occur anywhere in `data`."""
        return next((name for name, mark in self._signatures.items() if mark in data), None)


def inspect(
    data: bytes, limits: Limits | None = None, declared_type: str | None = None, *, scanner: Scanner | None = None
) -> Inspection:
    """Say what `data` is, page by page, or refuse it.

    Args:
        data: the whole file.
        limits: what is accepted; the defaults of `Limits`.
        declared_type: media type the sender claims; a claim that differs from the content is refused.
        scanner: asked before any parser sees the bytes.

    Raises:
        Refused: empty, too_large, malware, wrong_type, truncated, too_many_pixels, active_content, encrypted,
            heic_not_read, macros, no_converter, page_count, too_heavy.
    """
    limits = limits or Limits()
    _check_size(data, limits)
    if scanner is not None and (found := scanner.scan(data)):
        raise malware(found)
    media_type = _sniff(data, limits, declared_type)
    pages = _pages(data, media_type, limits)
    sha256 = hashlib.sha256(data).hexdigest()
    return Inspection(media_type, len(data), sha256, pages, tuple(_resolution_warnings(pages, limits)))


def _pages(data: bytes, media_type: str, limits: Limits) -> tuple[PageFacts, ...]:
    if media_type in OFFICE:
        return pdf_pages(printed(data, media_type), limits)
    if media_type == PDF:
        return pdf_pages(data, limits)
    return tiff_pages(data, limits) if media_type == TIFF else (image_page(data, media_type, limits),)


def _check_size(data: bytes, limits: Limits) -> None:
    if not data:
        raise Refused("empty", "Tệp rỗng; hãy chọn lại tệp.", "no bytes")
    if len(data) > limits.max_bytes:
        raise too_large(limits.max_bytes)


def _sniff(data: bytes, limits: Limits, declared_type: str | None) -> str:
    media_type = next((name for name, magic in _MAGIC if data.startswith(magic)), None)
    if data[4:8] == _BOXES and data[8:12] in _HEIC:
        raise heic_not_read()
    if media_type is None and data.startswith((ZIP, COMPOUND)):
        media_type = office_kind(data)
    if media_type is None or media_type not in limits.accepted:
        raise other_type(_name_of(data))
    if media_type != PDF and b"%PDF-" in data[:_PDF_HEADER_WINDOW]:
        raise wrong_type(f"{media_type} that is also a PDF")
    if media_type not in OFFICE and zipfile.is_zipfile(BytesIO(data)):
        raise wrong_type(f"{media_type} that is also a ZIP")
    claim = (declared_type or "").partition(";")[0].strip().lower()
    if claim and claim not in _UNTYPED and _ALIASES.get(claim, claim) != media_type:
        raise wrong_type(f"declared {claim}, content is {media_type}")
    return media_type


def _name_of(data: bytes) -> str:
    """What people call a file that is not taken, by its first bytes; empty where they say nothing."""
    if data[:4] == b"RIFF":
        return {b"WEBP": "WebP", b"AVI ": "AVI", b"WAVE": "WAV"}.get(data[8:12], "")
    if data[4:8] == _BOXES:
        return "AVIF" if data[8:12] in {b"avif", b"avis"} else "MP4"
    return next((name for name, magic in _OTHERS if data.startswith(magic)), "")


def _resolution_warnings(pages: tuple[PageFacts, ...], limits: Limits) -> Iterator[str]:
    for number, page in enumerate(pages, 1):
        dpi = page.dpi or assumed_dpi(page.width, page.height)
        if dpi < limits.min_dpi:
            about = "" if page.dpi else "khoảng "
            yield (
                f"low_dpi: Trang {number} có độ phân giải {about}{dpi} dpi, thấp hơn {limits.min_dpi} dpi;"
                f" nên quét lại ({limits.dpi_rule})."
            )
