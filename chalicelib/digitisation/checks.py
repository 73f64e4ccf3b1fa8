"""The gate of digitisation: what an upload is, judged from its bytes alone, before anything else touches it.

The name and the declared type are claims. Whatever is not plainly one JPEG, one PNG or one quiet PDF is refused.
"""

import hashlib
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Final, Protocol

import pikepdf
from PIL import Image

from chalicelib.digitisation.model import JPEG, PDF, PNG, Inspection, Limits, PageFacts, Refused
from chalicelib.digitisation.pages import RENDER_DPI, assumed_dpi, stated_dpi, upright_size

_MAGIC: Final = ((JPEG, b"\xff\xd8\xff"), (PNG, b"\x89PNG\r\n\x1a\n"), (PDF, b"%PDF-"))
_ALIASES: Final = {"image/jpg": JPEG, "image/pjpeg": JPEG, "application/x-pdf": PDF}
_UNTYPED: Final = ("application/octet-stream", "binary/octet-stream")

_JPEG_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_SCAN_END: Final = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_MAX_JPEG_SCANS: Final = 64  # a progressive picture has about ten; thousands of empty ones only burn time

_PDF_HEADER_WINDOW: Final = 1024  # readers look for %PDF this far into a file
_PDF_TAIL: Final = 1024  # and for %%EOF this near to its end

_ACTIONS: Final = frozenset({
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/GoToR", "/GoToE", "/Rendition", "/Movie",
    "/Sound", "/Hide", "/Named", "/SetOCGState", "/GoTo3DView", "/RichMediaExecute", "/Thread",
})  # fmt: skip
_ANNOTATIONS: Final = frozenset({"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D", "/Sound"})
_ACTIVE_KEYS: Final = frozenset({"/JavaScript", "/XFA", "/EmbeddedFiles", "/EF", "/RichMediaContent"})
_POINTS: Final = 72
_MAX_OBJECTS: Final = 100_000
_MAX_NESTING: Final = 60


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
        Refused: empty, too_large, malware, wrong_type, truncated, too_many_pixels, active_content, page_count.
    """
    limits = limits or Limits()
    _check_size(data, limits)
    if scanner is not None and (found := scanner.scan(data)):
        raise Refused("malware", "Tệp có mã độc nên không được tiếp nhận.", f"scanner found {found}")
    media_type = _sniff(data, limits, declared_type)
    pages = _pdf_pages(data, limits) if media_type == PDF else (_image_page(data, media_type, limits),)
    return Inspection(media_type, len(data), _sha256(data), pages, tuple(_resolution_warnings(pages, limits)))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _check_size(data: bytes, limits: Limits) -> None:
    if not data:
        raise Refused("empty", "Tệp rỗng; hãy chọn lại tệp.", "no bytes")
    if len(data) > limits.max_bytes:
        most = limits.max_bytes / 1024 / 1024
        raise Refused("too_large", f"Tệp lớn hơn {most:g} MB; hãy giảm dung lượng.", f"{len(data)} bytes")


def _wrong_type(detail: str) -> Refused:
    return Refused("wrong_type", "Chỉ nhận tệp ảnh JPEG, PNG hoặc tệp PDF nguyên bản.", detail)


def _truncated(detail: str) -> Refused:
    return Refused("truncated", "Tệp bị hỏng hoặc thiếu dữ liệu; hãy quét hoặc tải lại.", detail)


def _active(detail: str) -> Refused:
    return Refused(
        "active_content",
        "Tệp PDF có mã chạy, tệp đính kèm, biểu mẫu động hoặc bị khóa; hãy in ra PDF thường rồi tải lại.",
        detail,
    )


def _sniff(data: bytes, limits: Limits, declared_type: str | None) -> str:
    media_type = next((name for name, magic in _MAGIC if data.startswith(magic)), None)
    if media_type is None or media_type not in limits.accepted:
        raise _wrong_type(f"content is {media_type or 'unknown'}")
    if media_type != PDF and b"%PDF-" in data[:_PDF_HEADER_WINDOW]:
        raise _wrong_type(f"{media_type} that is also a PDF")
    if zipfile.is_zipfile(BytesIO(data)):
        raise _wrong_type(f"{media_type} that is also a ZIP")
    claim = (declared_type or "").partition(";")[0].strip().lower()
    if claim and claim not in _UNTYPED and _ALIASES.get(claim, claim) != media_type:
        raise _wrong_type(f"declared {claim}, content is {media_type}")
    return media_type


def _resolution_warnings(pages: tuple[PageFacts, ...], limits: Limits) -> Iterator[str]:
    for number, page in enumerate(pages, 1):
        dpi = page.dpi or assumed_dpi(page.width, page.height)
        if dpi < limits.min_dpi:
            about = "" if page.dpi else "khoảng "
            yield (
                f"low_dpi: Trang {number} có độ phân giải {about}{dpi} dpi, thấp hơn {limits.min_dpi} dpi;"
                f" nên quét lại ({limits.dpi_rule})."
            )


def _image_page(data: bytes, media_type: str, limits: Limits) -> PageFacts:
    width, height = _png_size(data) if media_type == PNG else _jpeg_size(data)
    # Before Pillow opens it: Pillow only warns up to twice its own limit, and its limit is a global of the process.
    _check_pixels(width * height, min(limits.max_pixels, Image.MAX_IMAGE_PIXELS or limits.max_pixels))
    try:
        with Image.open(BytesIO(data), formats=("PNG",) if media_type == PNG else ("JPEG",)) as image:
            if image.size != (width, height):
                raise _wrong_type(f"two sizes: {image.size} and {(width, height)}")
            if image.mode == "CMYK":
                raise _wrong_type("CMYK picture")
            image.load()
            dpi, (width, height) = stated_dpi(image), upright_size(image)
    except (OSError, SyntaxError, ValueError, EOFError, struct.error) as error:
        raise _truncated(f"does not decode: {error}") from error
    return PageFacts(width, height, dpi, media_type, _sha256(data))


def _check_pixels(pixels: int, most: int) -> None:
    if pixels > most:
        raise Refused("too_many_pixels", "Ảnh có kích thước quá lớn; hãy quét ở 200 đến 300 dpi.", f"{pixels} pixels")
    if pixels == 0:
        raise _truncated("a side of zero pixels")


def _png_size(data: bytes) -> tuple[int, int]:
    """Walk the chunks to IEND: sums must match, and nothing may follow."""
    at, size = 8, (0, 0)
    while True:
        head = data[at : at + 8]
        if len(head) < 8:  # noqa: PLR2004 - length and type, four bytes each
            raise _truncated("PNG without IEND")
        length, kind = struct.unpack(">I4s", head)
        body, end = data[at + 8 : at + 8 + length], at + 12 + length
        if data[end - 4 : end] != struct.pack(">I", zlib.crc32(kind + body)):
            raise _truncated(f"PNG chunk {kind!r} is damaged")
        if kind == b"acTL":
            raise _wrong_type("animated PNG")
        if kind == b"IHDR":
            size = struct.unpack(">II", body[:8])
        if kind == b"IEND":
            break
        at = end
    if data[end:].strip(b"\0\r\n"):
        raise _wrong_type("data after the PNG")
    return size


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Walk the markers to the end of the picture.

    A phone may append a second JPEG (a depth or gain map); anything else behind the picture is a stowaway.
    """
    size, end = _walk_jpeg(data, 0)
    while data[end:].strip(b"\0\r\n"):
        if not data.startswith(b"\xff\xd8\xff", end):
            raise _wrong_type("data after the JPEG")
        _, end = _walk_jpeg(data, end)
    return size


def _walk_jpeg(data: bytes, start: int) -> tuple[tuple[int, int], int]:
    """Return the largest frame size and the offset behind the end marker of the JPEG at `start`."""
    at, size, scans = start + 2, (0, 0), 0
    while (marker := data[at : at + 2]) != b"\xff\xd9":
        if len(marker) < 2 or marker[0] != 0xFF:  # noqa: PLR2004 - a marker is 0xFF and a code
            raise _truncated("JPEG without its end marker")
        if marker == b"\xff\xff":  # fill byte
            at += 1
            continue
        length = int.from_bytes(data[at + 2 : at + 4])
        if marker[1] in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9].ljust(4, b"\0"))
            size = max(size, (width, height), key=lambda side: side[0] * side[1])
        at += 2 + max(length, 2)
        if marker == b"\xff\xda":
            scans += 1
            at = _scan_end(data, at, scans)
    return size, at + 2


def _scan_end(data: bytes, at: int, scans: int) -> int:
    if scans > _MAX_JPEG_SCANS:
        raise _wrong_type(f"more than {_MAX_JPEG_SCANS} scans in one JPEG")
    found = _JPEG_SCAN_END.search(data, at)
    if found is None:
        raise _truncated("JPEG breaks off inside a scan")
    return found.start()


def _pdf_pages(data: bytes, limits: Limits) -> tuple[PageFacts, ...]:
    if b"%%EOF" not in data[-_PDF_TAIL:]:
        raise _truncated("PDF without its end mark")
    try:
        # Without recovery: a file that must be guessed at is not the file its sender saw.
        with pikepdf.open(BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            _check_quiet(pdf, limits)
            if not 0 < len(pdf.pages) <= limits.max_pages:
                raise Refused(
                    "page_count",
                    f"Tệp có {len(pdf.pages)} trang; mỗi tệp nhận từ 1 đến {limits.max_pages} trang.",
                    f"{len(pdf.pages)} pages",
                )
            return tuple(_pdf_page(page, limits) for page in pdf.pages)
    except pikepdf.PasswordError as error:
        raise _active("encrypted") from error
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError) as error:
        raise _truncated(f"PDF does not parse: {error}") from error


def _check_quiet(pdf: pikepdf.Pdf, limits: Limits) -> None:
    """Refuse whatever acts, carries or hides: every object is looked at, reachable or not."""
    if pdf.is_encrypted:
        raise _active("encrypted")
    if len(pdf.objects) > _MAX_OBJECTS:
        raise _wrong_type(f"{len(pdf.objects)} objects")
    action = pdf.Root.get("/OpenAction")
    if isinstance(action, pikepdf.Dictionary) and action.get("/S") != "/GoTo":  # an array only says where to open
        raise _active("OpenAction")
    for item in pdf.objects:
        for entry in _dictionaries(item, 0):
            _check_dictionary(entry, limits)


def _dictionaries(item: pikepdf.Object, depth: int) -> Iterator[pikepdf.Object]:
    """Yield the dictionaries directly inside one object; references are objects of their own."""
    if depth > _MAX_NESTING:
        raise _wrong_type("PDF objects nested too deep")
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        yield item
        children = [value for _, value in item.items()]
    elif isinstance(item, pikepdf.Array):
        children = list(item)
    else:
        return
    for child in children:
        if not getattr(child, "is_indirect", True):  # numbers and booleans arrive as Python values
            yield from _dictionaries(child, depth + 1)


def _check_dictionary(entry: pikepdf.Object, limits: Limits) -> None:
    if found := _ACTIVE_KEYS.intersection(entry.keys()):
        raise _active(f"PDF with {min(found)}")
    if "/JS" in entry and not isinstance(entry["/JS"], pikepdf.Dictionary):  # a font may be called JS
        raise _active("PDF with /JS")
    subtype, action = str(entry.get("/Subtype")), str(entry.get("/S"))
    if subtype in _ANNOTATIONS or action in _ACTIONS:
        raise _active(f"PDF with {action if action in _ACTIONS else subtype}")
    if subtype == "/Image":
        _check_pixels(int(entry.get("/Width", 0)) * int(entry.get("/Height", 0)), limits.max_pixels)


def _pdf_page(page: pikepdf.Page, limits: Limits) -> PageFacts:
    left, bottom, right, top = (float(side) for side in page.mediabox)
    unit = float(page.obj.get("/UserUnit", 1))
    width, height = abs(right - left) * unit / _POINTS, abs(top - bottom) * unit / _POINTS
    if int(page.obj.get("/Rotate", 0)) % 180:
        width, height = height, width
    images = sorted(page.get_images().items())
    widest = max((max(int(image.Width), int(image.Height)) for _, image in images), default=0)
    dpi = round(widest / max(width, height, 0.01))
    pixels = tuple(max(1, round(side * (dpi or RENDER_DPI))) for side in (width, height))
    _check_pixels(pixels[0] * pixels[1], limits.max_pixels)
    page.contents_coalesce()  # in memory only
    digest = hashlib.sha256(page.obj.Contents.read_raw_bytes() if "/Contents" in page.obj else b"")
    for _, image in images:
        digest.update(image.read_raw_bytes())
    return PageFacts(pixels[0], pixels[1], dpi, PDF, digest.hexdigest())
