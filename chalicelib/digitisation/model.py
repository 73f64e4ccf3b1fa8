"""The values of digitisation: what an upload is, what was read on it, what is marked on the data message.

No image library: whoever names these types does not load one.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.contracts.digitisation import SignatureSeen
from chalicelib.contracts.plan import Part

JPEG = "image/jpeg"
PNG = "image/png"
PDF = "application/pdf"
TIFF = "image/tiff"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
OFFICE = (DOCX, XLSX, ODT)

type Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; the origin is the top-left corner of the page."""

type Area = tuple[float, float, float, float]
"""Left, bottom, right, top in PDF points; the origin is the bottom-left corner of the page."""

VIETNAM_OFFSET = timedelta(hours=7)


class Refused(Exception):
    """An upload that digitisation does not take.

    `code` is stable and meant for programs: empty, too_large, wrong_type, truncated, too_many_pixels, active_content,
    malware, page_count, too_heavy, file_kills_reader, encrypted, heic_not_read, blank_page, black_page, dark_screen,
    thumbnail, not_vietnamese. `message_vi` is for the citizen and says what to do; `message_en` is for the log.
    """

    def __init__(self, code: str, message_vi: str, message_en: str) -> None:
        super().__init__(f"{code}: {message_en}")
        self.code = code
        self.message_vi = message_vi
        self.message_en = message_en

    def __reduce__(self) -> tuple[type["Refused"], tuple[str, str, str]]:
        """Pickle with the three arguments, so that a refusal survives a process pool."""
        return type(self), (self.code, self.message_vi, self.message_en)


@dataclass(frozen=True, slots=True)
class Limits:
    """What is accepted.

    These are policy of the system, not law: the technical figures of Decree 30/2020 (Appendix I) could not be
    verified, so a low resolution is a warning that names `dpi_rule` and never a refusal.

    Attributes:
        max_bytes: largest file, in bytes.
        max_pixels: largest page, in pixels after decoding: what the reader can take in its memory.
        max_pages: most pages of one file.
        max_drawn: pixels of all pages of a PDF together, as they are drawn for reading.
        accepted: media types, judged from content.
        min_dpi: resolution under which a warning is given, in dots per inch.
        dpi_rule: name of the rule the warning cites.
    """

    max_bytes: int = 20 * 1024 * 1024
    max_pixels: int = 40_000_000
    max_pages: int = 100
    max_drawn: int = 800_000_000
    accepted: tuple[str, ...] = (JPEG, PNG, PDF, TIFF, *OFFICE)
    min_dpi: int = 200
    dpi_rule: str = "policy:scan-resolution"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One page of an upload.

    Attributes:
        width: pixels at `dpi`, upright (after EXIF rotation).
        height: pixels at `dpi`, upright.
        dpi: dots per inch; 0 when the file states none. For a PDF page: of its largest image, or 0.
        media_type: type of the file the page came from.
        sha256: hex digest of the page's own bytes: the image file, or the page's content and images in a PDF.
    """

    width: int
    height: int
    dpi: int
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Inspection:
    """The verdict on an accepted upload; `warnings` are sentences in Vietnamese, each opened by a stable code.

    `codes` are the texts of QR codes and bar codes on the first page, where they were asked for. `signatures` are those
    of a PDF, in the order in which they were put. `sheets` are the pages after the first, counted from 0, that carry
    the code of a sheet which parts papers, with its text.
    """

    media_type: str
    size: int
    sha256: str
    pages: tuple[PageFacts, ...]
    warnings: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    signatures: tuple[SignatureSeen, ...] = ()
    sheets: tuple[tuple[int, str], ...] = ()


type Flaw = Literal["", "blank", "black", "screen", "thumbnail", "foreign"]
"""Why a page cannot be read, by name; nothing where it can."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word as read; `box` and `line_box` are pixels of the straightened page, `confidence` is 0..1.

    `other` is what a second reading of its line has in its place, the same or not; empty where it was read once.
    """

    text: str
    box: Box
    confidence: float
    line_box: Box
    other: str = ""


@dataclass(frozen=True, slots=True)
class PageText:
    """What was read on one page.

    Attributes:
        text: lines in reading order, NFC.
        words: the same words with their places; empty when only the text is known.
        angle: degrees the scan is turned counter-clockwise against the straightened page.
        dpi: resolution the page was read at.
        size: width and height of the upright page in pixels; straightening keeps it.
        flaw: why the page has to be scanned again; `legible.insist` says whether its paper has.
        codes: texts of the QR codes on it that could be an identity card's.
        leaders: where dotted leaders were, for values to be written on; `touched` those whose dots letters touched.
    """

    text: str
    words: tuple[Word, ...]
    angle: float
    dpi: int
    size: tuple[int, int]
    flaw: Flaw = ""
    codes: tuple[str, ...] = ()
    leaders: tuple[Box, ...] = ()
    touched: tuple[Box, ...] = ()


class Field(Part, frozen=True, kw_only=True):
    """One extracted value (step 2 of Circular 01/2023, Article 7), as it is stored with what was read.

    Attributes:
        name: stable key.
        label: what the form calls it.
        value: text in NFC; empty when not found.
        confidence: 0..1, of the weakest word of the value.
        needs_review: whether an officer must look before the value is used.
        reason: why: not_found, bad_format, personal_name, low_confidence, doubtful (seldom printed so, however sure the
            reading is), differs_from_code (the card's QR code says otherwise), two_pages (side by side in one
            picture), not_on_paper (the sheet of an archive alone says it), for_a_vault (two persons say it before a
            vault has the paper); empty when no review is needed.
        alternatives: other values that were read in its place, the likelier first.
        page: number of its page, from 0.
        box: where the value stands on the upright page, in pixels; None when it was not found, or only as text.
    """

    name: str
    label: str
    value: str
    confidence: float
    needs_review: bool
    reason: str
    alternatives: tuple[str, ...] = ()
    page: int = 0
    box: Box | None = None


class Place(Part, frozen=True, kw_only=True):
    """Where something stands on an upright page, in its pixels; without a box it is the page as a whole."""

    angle: float
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class CopyPdf:
    """The unsigned copy.

    Attributes:
        pdf: PDF/A-2b.
        pages: number of pages, one per picture.
        signature_box: where the officer's visible signature goes: points, page 0, top left (Article 8(1)).
    """

    pdf: bytes
    pages: int
    signature_box: Area


@dataclass(frozen=True, slots=True)
class ConvertedPdf:
    """The unsigned data message.

    Attributes:
        pdf: PDF/A-2b; 3b when extracted data are in it.
        sha256: hex digest of `pdf`.
        signature_box: where the agency's visible signature goes: points, page 0, top right.
    """

    pdf: bytes
    sha256: str
    signature_box: Area


@dataclass(frozen=True, slots=True)
class ConversionMark:
    """What the data message says of its conversion (Law 20/2023, Article 12; Decree 137/2024, Article 4).

    The law asks for the symbol in letters, the time and the full name of the converter; a mark that lacks one of
    them cannot be made.

    Raises:
        ValueError: a blank text, name or agency, or a time without an offset.
    """

    text: str
    converted_at: datetime
    converter_name: str
    agency_name: str
    agency_code: str
    code: str
    lookup_url: str
    qr_payload: str

    def __post_init__(self) -> None:
        """Refuse a mark the law would call incomplete."""
        for name in ("text", "converter_name", "agency_name", "code", "qr_payload"):
            if not getattr(self, name).strip():
                raise ValueError(f"conversion mark without {name}")
        if self.converted_at.utcoffset() is None:
            raise ValueError("conversion mark with a time that has no offset")
