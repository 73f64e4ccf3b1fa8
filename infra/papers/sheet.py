"""A sheet of A4 that text is set on, and what it says: every piece of text with its place, in pixels.

Leaders, rules and seals are marks: they are drawn, and said by nobody.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from PIL import Image, ImageDraw, ImageFont

INCHES: Final = (8.27, 11.69)
INK: Final = (25, 25, 30)
FONTS: Final = {
    "liberation-serif": "liberation/LiberationSerif-{}.ttf",
    "liberation-sans": "liberation/LiberationSans-{}.ttf",
    "noto-serif": "noto/NotoSerif-{}.ttf",
    "noto-sans": "noto/NotoSans-{}.ttf",
}
_OTHERS: Final = {
    "dejavu-serif-condensed": ("dejavu/DejaVuSerifCondensed{}.ttf", "", "-Bold", "-Italic", "-BoldItalic"),
    "noto-sans-display": ("noto/NotoSansDisplay{}.ttf", "-Regular", "-Bold", "-Italic", "-BoldItalic"),
    "liberation-mono": ("liberation/LiberationMono{}.ttf", "-Regular", "-Bold", "-Italic", "-BoldItalic"),
    "dejavu-serif": ("dejavu/DejaVuSerif{}.ttf", "", "-Bold", "-Italic", "-BoldItalic"),
    "noto-mono": ("noto/NotoMono{}.ttf", "-Regular", "-Regular", "-Regular", "-Regular"),
    "dejavu-sans": ("dejavu/DejaVuSans{}.ttf", "", "-Bold", "-Oblique", "-BoldOblique"),
    "noto-sans-mono": ("noto/NotoSansMono{}.ttf", "-Regular", "-Bold", "-Regular", "-Bold"),
    "noto-serif-display": ("noto/NotoSerifDisplay{}.ttf", "-Regular", "-Bold", "-Italic", "-BoldItalic"),
    "dejavu-sans-condensed": ("dejavu/DejaVuSansCondensed{}.ttf", "", "-Bold", "-Oblique", "-BoldOblique"),
}
"""Fonts that only the later halves are set in: a template, and what stands in it for regular, bold, italic and both."""
_ROOT: Final = "/usr/share/fonts/truetype/"

type Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that was set in one go: `box` is left, top, right, bottom in pixels, `baseline` too."""

    text: str
    box: Box
    baseline: float


@cache
def face(font: str, style: str, pixels: int) -> ImageFont.FreeTypeFont:
    """A font in regular, bold, italic or both, that many pixels tall. Raises KeyError for a font that is none."""
    if font in FONTS:
        return ImageFont.truetype(_ROOT + FONTS[font].format(style.title().replace(" ", "")), pixels)
    template, *names = _OTHERS[font]
    return ImageFont.truetype(
        _ROOT + template.format(names[("regular", "bold", "italic", "bold italic").index(style)]), pixels
    )


@dataclass
class Sheet:
    """Places are in points from the top left; `bare` leaves the marks out, for the ceiling of the recogniser.

    A `landscape` sheet lies on its long side.
    """

    font: str
    dpi: int = 200
    bare: bool = False
    paper: tuple[int, int, int] = (255, 255, 255)
    ink: tuple[int, int, int] = INK
    pieces: list[Piece] = field(default_factory=list)
    landscape: bool = False

    def __post_init__(self) -> None:
        inches = INCHES[::-1] if self.landscape else INCHES
        size = (round(inches[0] * self.dpi), round(inches[1] * self.dpi))
        self.image = Image.new("RGB", size, self.paper)
        self._pen = ImageDraw.Draw(self.image)
        self.width, self.height = (side * 72 for side in inches)

    def px(self, points: float) -> float:
        """Points to pixels."""
        return points * self.dpi / 72

    def width_of(self, text: str, size: float = 12, style: str = "regular") -> float:
        """The width of a text, in points."""
        return face(self.font, style, round(self.px(size))).getlength(text) * 72 / self.dpi

    def text(self, x: float, y: float, text: str, size: float = 12, style: str = "regular", align: str = "l") -> float:
        """Set a text on baseline `y`; answers where it ends, in points."""
        if not text:
            return x
        font = face(self.font, style, round(self.px(size)))
        place = (self.px(x), self.px(y))
        anchor = f"{align}s"
        self._pen.text(place, text, font=font, fill=self.ink, anchor=anchor)
        left, top, right, bottom = self._pen.textbbox(place, text, font=font, anchor=anchor)
        self.pieces.append(Piece(text, (int(left), int(top), int(right) + 1, int(bottom) + 1), place[1]))
        if place[1] > self.image.height or right > self.image.width or left < 0:
            raise ValueError(f"off the sheet: {text}")
        return right * 72 / self.dpi

    def spaced(self, x: float, y: float, text: str, size: float = 12, style: str = "regular") -> float:
        """Set a number in boxes, one character each; it is one piece. Answers where the last box ends, in points."""
        side, font = size * 1.25, face(self.font, style, round(self.px(size)))
        for number, each in enumerate(text):
            at = x + number * side
            self._pen.text((self.px(at + side / 2), self.px(y)), each, font=font, fill=self.ink, anchor="ms")
            for edge in (at, at + side):
                self.rule(edge, y - size, edge, y + size * 0.25)
        end = x + side * len(text)
        for edge in (y - size, y + size * 0.25):
            self.rule(x, edge, end, edge)
        box = (int(self.px(x)), int(self.px(y - size)), int(self.px(end)) + 1, int(self.px(y + size * 0.25)) + 1)
        self.pieces.append(Piece(text, box, self.px(y)))
        return end

    def wrapped(
        self, x: float, y: float, text: str, room: float, size: float = 12, style: str = "regular", *,
        lead: float = 1.45, indent: float = 0,
    ) -> float:  # fmt: skip
        """Set a text in lines of `room` points; answers the last baseline."""
        for number, line in enumerate(self.lines(text, room, size, style, indent)):
            y += size * lead if number else 0
            self.text(x + (0 if number else indent), y, line, size, style)
        return y

    def lines(self, text: str, room: float, size: float, style: str = "regular", indent: float = 0) -> list[str]:
        """A text as lines no wider than `room` points."""
        found: list[str] = []
        line = ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if line and self.width_of(longer, size, style) > room - (0 if found else indent):
                found.append(line)
                line = word
            else:
                line = longer
        return [*found, line]

    def dots(self, x: float, y: float, end: float, size: float = 12, step: float = 0.26) -> None:
        """A dotted leader on baseline `y`, one dot every `step` of the size."""
        if self.bare:
            return
        radius = self.px(size) * 0.045
        while x < end:
            across, down = self.px(x), self.px(y) - radius
            self._pen.ellipse((across - radius, down - radius, across + radius, down + radius), fill=INK)
            x += size * step

    def rule(self, x: float, y: float, to_x: float, to_y: float, weight: float = 0.6) -> None:
        """A straight line."""
        if not self.bare:
            places = (self.px(x), self.px(y), self.px(to_x), self.px(to_y))
            self._pen.line(places, fill=INK, width=max(1, round(self.px(weight))))

    def grid(self, lefts: Sequence[float], tops: Sequence[float]) -> None:
        """The rules of a table: all its columns' and rows' edges."""
        for x in lefts:
            self.rule(x, tops[0], x, tops[-1])
        for y in tops:
            self.rule(lefts[0], y, lefts[-1], y)

    def seal(self, x: float, y: float, radius: float = 48) -> None:
        """A red round seal about a place."""
        if self.bare:
            return
        layer = Image.new("RGBA", self.image.size, (0, 0, 0, 0))
        pen = ImageDraw.Draw(layer)
        for share, weight in ((1.0, 2.0), (0.68, 1.0)):
            reach = radius * share
            box = tuple(self.px(each) for each in (x - reach, y - reach, x + reach, y + reach))
            pen.ellipse(box, outline=(205, 25, 35, 165), width=round(self.px(weight)))
        font = face("liberation-sans", "bold", round(self.px(9)))
        pen.text((self.px(x), self.px(y)), "ỦY BAN NHÂN DÂN", font=font, fill=(205, 25, 35, 165), anchor="mm")
        self.image.paste(layer, (0, 0), layer)

    def rows(self) -> Iterator[list[Piece]]:
        """The pieces as they stand: rows from the top, each from the left."""
        row: list[Piece] = []
        for piece in sorted(self.pieces, key=lambda each: each.baseline):
            if row and piece.baseline - row[0].baseline > self.px(4):
                yield sorted(row, key=lambda each: each.box[0])
                row = []
            row.append(piece)
        if row:
            yield sorted(row, key=lambda each: each.box[0])

    def truth(self) -> str:
        """What the sheet says, row by row."""
        return "\n".join(" ".join(piece.text for piece in row) for row in self.rows())
