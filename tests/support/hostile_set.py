"""The hostile set of the acceptance: each file with its verdict, each name with its own, at every door.

Most files are made by `hostile.py`, whose author had never seen the code; what is missing there is made here. A verdict
is `TAKEN`, or the code of a reason (docs/errors.md).
"""

import io
import struct
import zlib
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from PIL import Image, ImageCms, ImageDraw

from tests.support import hostile

TAKEN: Final = "taken"
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
    "jpeg-grey-with-profile-of-rgb.jpg": lambda: picture("JPEG", "L", icc_profile=profile()),
    "jpeg-rgb-with-profile-of-grey.jpg": lambda: picture("JPEG", icc_profile=profile(space=b"GRAY")),
    "jpeg-profile-of-a-link.jpg": lambda: picture("JPEG", icc_profile=profile(device=b"link")),
    "jpeg-profile-of-version-5.jpg": lambda: picture("JPEG", icc_profile=profile(major=5)),
    "png-grey-with-profile-of-rgb.png": lambda: picture("PNG", "L", icc_profile=profile()),
    "png-profile-of-a-name.png": lambda: picture("PNG", icc_profile=profile(device=b"nmcl")),
}
MAKERS: Final[dict[str, Callable[[], bytes]]] = {name: make for name, _, make in hostile._CASES} | HERE

NEVER_COPIED: Final = "what a citizen uploads is exempt from digitisation: no copy is ever bound of it"

VERDICTS: Final[dict[str, dict[str, str]]] = {}


def files() -> Iterator[File]:
    """The whole set, in the order of its kinds."""
    for kind, found in VERDICTS.items():
        for name, verdict in found.items():
            exempt = verdict == "not_archivable"
            yield File(name, kind, verdict, {"upload": TAKEN} if exempt else {}, NEVER_COPIED if exempt else "")


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
    Name("\u3000\u200b", TAKEN, "blank"),
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
