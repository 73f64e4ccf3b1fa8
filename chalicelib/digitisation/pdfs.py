"""What a PDF is, judged from its objects: whatever acts, carries or hides is refused, reachable or not."""

import hashlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final

import pikepdf

from chalicelib.digitisation.model import PDF, Limits, PageFacts
from chalicelib.digitisation.pages import RENDER_DPI
from chalicelib.digitisation.reasons import (
    active,
    check_pixels,
    check_sides,
    encrypted,
    too_many_pages,
    truncated,
    wrong_type,
)
from chalicelib.digitisation.weight import check_drawn, check_weight

_PDF_TAIL: Final = 1024  # readers look for %%EOF this near to the end
_ACTIONS: Final = frozenset({
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/GoToR", "/GoToE", "/Rendition", "/Movie",
    "/Sound", "/Hide", "/Named", "/SetOCGState", "/GoTo3DView", "/RichMediaExecute", "/Thread",
})  # fmt: skip
_ANNOTATIONS: Final = frozenset({"/PS", "/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/3D", "/Sound"})
_ELSEWHERE: Final = frozenset({"/F", "/Ref", "/PS", "/Level1"})
"""Of a stream: its bytes are a file of the reader's machine, or a program."""
_ACTIVE_KEYS: Final = frozenset({"/JavaScript", "/XFA", "/EmbeddedFiles", "/EF", "/RichMediaContent"})
_POINTS: Final = 72
_MAX_OBJECTS: Final = 100_000
_MAX_NESTING: Final = 60


def pdf_pages(data: bytes, limits: Limits) -> tuple[PageFacts, ...]:
    """The pages of a PDF. Raises Refused."""
    if b"%%EOF" not in data[-_PDF_TAIL:]:
        raise truncated("PDF without its end mark")
    try:
        # Without recovery: a file that must be guessed at is not the file its sender saw.
        with pikepdf.open(BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            _check_quiet(pdf)
            if not 0 < len(pdf.pages) <= limits.max_pages:
                raise too_many_pages(len(pdf.pages), limits.max_pages)
            check_weight(pdf, limits)
            pages = tuple(_pdf_page(page, limits) for page in pdf.pages)
            check_drawn(sum(_drawn(page) for page in pdf.pages), limits)
            return pages
    except pikepdf.PasswordError as error:
        raise encrypted("a password is asked for") from error
    except (pikepdf.PdfError, ValueError, TypeError, RecursionError) as error:
        raise truncated(f"PDF does not parse: {error}") from error


def _check_quiet(pdf: pikepdf.Pdf) -> None:
    """Refuse whatever acts, carries or hides: every object is looked at, reachable or not."""
    if pdf.is_encrypted:
        raise encrypted("it is locked, with an empty password")
    if len(pdf.objects) > _MAX_OBJECTS:
        raise wrong_type(f"{len(pdf.objects)} objects")
    action = pdf.Root.get("/OpenAction")
    if isinstance(action, pikepdf.Dictionary) and action.get("/S") != "/GoTo":  # an array only says where to open
        raise active("OpenAction")
    for item in pdf.objects:
        for entry in _dictionaries(item, 0):
            _check_dictionary(entry)


def _dictionaries(item: pikepdf.Object, depth: int) -> Iterator[pikepdf.Object]:
    """Yield the dictionaries directly inside one object; references are objects of their own."""
    if depth > _MAX_NESTING:
        raise wrong_type("PDF objects nested too deep")
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


def _check_dictionary(entry: pikepdf.Object) -> None:
    if found := _ACTIVE_KEYS.intersection(entry.keys()):
        raise active(f"PDF with {min(found)}")
    if "/JS" in entry and not isinstance(entry["/JS"], pikepdf.Dictionary):  # a font may be called JS
        raise active("PDF with /JS")
    subtype, action = str(entry.get("/Subtype")), str(entry.get("/S"))
    if isinstance(entry, pikepdf.Stream) and _ELSEWHERE.intersection(entry.keys()):
        raise active("PDF with contents in another file")
    if subtype in _ANNOTATIONS or action in _ACTIONS:
        raise active(f"PDF with {action if action in _ACTIONS else subtype}")


def _inches(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = (float(side) for side in page.mediabox)
    unit = float(page.obj.get("/UserUnit", 1))
    return abs(right - left) * unit / _POINTS, abs(top - bottom) * unit / _POINTS


def _drawn(page: pikepdf.Page) -> int:
    """Pixels of a page as `pages.page_images` draws it."""
    width, height = _inches(page)
    return round(width * RENDER_DPI) * round(height * RENDER_DPI)


def _pdf_page(page: pikepdf.Page, limits: Limits) -> PageFacts:
    width, height = _inches(page)
    check_sides(width * _POINTS, height * _POINTS)
    check_pixels(_drawn(page), limits.max_pixels)
    if int(page.obj.get("/Rotate", 0)) % 180:
        width, height = height, width
    images = sorted(page.get_images().items())
    widest = max((max(int(image.Width), int(image.Height)) for _, image in images), default=0)
    dpi = round(widest / max(width, height, 0.01))
    pixels = tuple(max(1, round(side * (dpi or RENDER_DPI))) for side in (width, height))
    check_pixels(pixels[0] * pixels[1], limits.max_pixels)
    page.contents_coalesce()  # in memory only
    digest = hashlib.sha256(page.obj.Contents.read_raw_bytes() if "/Contents" in page.obj else b"")
    for _, image in images:
        digest.update(image.read_raw_bytes())
    return PageFacts(pixels[0], pixels[1], dpi, PDF, digest.hexdigest())
