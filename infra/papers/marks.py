"""What stands on a paper and is said by nobody: seals, signatures, printed grounds, frames, photographs, codes.

Places are in points. On a bare sheet nothing is drawn.
"""

import math
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import update_wrapper
from typing import Concatenate

from PIL import Image, ImageDraw

from infra.papers.sheet import Sheet, face

type Colour = tuple[int, int, int]
type Room = tuple[float, float, float, float]

RED: Colour = (205, 25, 35)
_PEN: Colour = (30, 50, 150)


def _inked[**P](draw: Callable[Concatenate[Sheet, P], None]) -> Callable[Concatenate[Sheet, P], None]:
    """A mark that is left out on a bare sheet."""

    def drawn(sheet: Sheet, /, *args: P.args, **kwargs: P.kwargs) -> None:
        if not sheet.bare:
            draw(sheet, *args, **kwargs)

    update_wrapper(drawn, draw)
    return drawn


@contextmanager
def _layer(sheet: Sheet, room: Room) -> Iterator[tuple[Image.Image, ImageDraw.ImageDraw]]:
    """A clear layer over a room of the sheet, laid down at the end."""
    left, top, right, bottom = (round(sheet.px(each)) for each in room)
    layer = Image.new("RGBA", (right - left, bottom - top), (0, 0, 0, 0))
    yield layer, ImageDraw.Draw(layer)
    sheet.image.paste(layer, (left, top), layer)


@_inked
def seal(sheet: Sheet, x: float, y: float, words: str, radius: float = 50) -> None:
    """A red round seal with words along its rim and a star, pressed over whatever is there."""
    ink = (*RED, 150)
    with _layer(sheet, (x - radius - 3, y - radius - 3, x + radius + 3, y + radius + 3)) as (layer, pen):
        middle = layer.width / 2
        for share, weight in ((1.0, 2.2), (0.93, 0.6), (0.6, 0.8)):
            reach = sheet.px(radius * share)
            box = (middle - reach, middle - reach, middle + reach, middle + reach)
            pen.ellipse(box, outline=ink, width=max(1, round(sheet.px(weight))))
        _star(pen, middle, middle, sheet.px(radius * 0.3), ink)
        font = face("liberation-sans", "bold", round(sheet.px(min(9.5, 9.5 * 26 / max(26, len(words))))))
        turn, size = math.radians(290) / max(1, len(words) - 1), font.size * 2
        for number, letter in enumerate(words):
            angle = math.radians(-90 - 145 + x % 30 - 15) + number * turn
            glyph = Image.new("RGBA", (round(size), round(size)), (0, 0, 0, 0))
            ImageDraw.Draw(glyph).text((size / 2, size / 2), letter, font=font, fill=ink, anchor="mm")
            glyph = glyph.rotate(-math.degrees(angle) - 90, Image.Resampling.BICUBIC)
            reach = sheet.px(radius * 0.77)
            across, down = middle + reach * math.cos(angle), middle + reach * math.sin(angle)
            layer.alpha_composite(glyph, (round(across - size / 2), round(down - size / 2)))


def _star(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, fill: tuple[int, int, int, int]) -> None:
    corners = []
    for number in range(10):
        reach, angle = radius * (0.4 if number % 2 else 1), math.radians(-90 + 36 * number)
        corners.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    pen.polygon(corners, fill=fill)


@_inked
def signature(sheet: Sheet, x: float, y: float, seed: int) -> None:
    """A name written by hand in blue: loops that lean to the right."""
    drawn = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    high, steps, loops = drawn.uniform(9, 15), 90, drawn.uniform(3, 6)
    with _layer(sheet, (x - 45, y - 30, x + 65, y + 30)) as (_, pen):
        places = []
        for number in range(steps):
            share = number / steps
            swing = share * loops * 2 * math.pi
            across = 12 + share * 72 + 9 * math.sin(swing)
            down = 30 - high * (1 - share * 0.6) * math.cos(swing * 1.1) + 4 * math.sin(share * 5)
            places.append((sheet.px(across), sheet.px(down)))
        pen.line(places, fill=(*_PEN, 215), width=max(1, round(sheet.px(1.1))), joint="curve")


@_inked
def guilloche(sheet: Sheet, tint: Colour, ground: Colour, room: Room | None = None) -> None:
    """A printed ground of fine waves that cross, as on certificates; lay it before the text."""
    left, top, right, bottom = room or (22, 22, sheet.width - 22, sheet.height - 22)
    with _layer(sheet, (left, top, right, bottom)) as (layer, pen):
        layer.paste((*ground, 255), (0, 0, layer.width, layer.height))
        step, size = sheet.px(4), sheet.px(1)
        for number in range(-8, round(layer.height / step) + 8):
            for side in (1, -1):
                wave = [
                    (x, number * step + side * size * 15 * math.sin(x / size / 34 + number * 0.13 * side))
                    for x in range(0, layer.width, max(2, round(size * 3)))
                ]
                pen.line(wave, fill=(*tint, 255), width=max(1, round(size * 0.4)))


@_inked
def rosette(sheet: Sheet, x: float, y: float, radius: float, tint: Colour) -> None:
    """Rings of petals in the middle of a ground, as on a bronze drum."""
    with _layer(sheet, (x - radius, y - radius, x + radius, y + radius)) as (layer, pen):
        middle = layer.width / 2
        for ring in range(3, 11):
            reach = middle * ring / 11
            around = [
                (
                    middle + (reach + middle * 0.05 * math.sin(angle * 14)) * math.cos(angle + ring),
                    middle + (reach + middle * 0.05 * math.sin(angle * 14)) * math.sin(angle + ring),
                )
                for angle in (2 * math.pi * each / 420 for each in range(421))
            ]
            pen.line(around, fill=(*tint, 255), width=max(1, round(sheet.px(0.8))))
        _star(pen, middle, middle, middle * 0.24, (*tint, 255))


@_inked
def emblem(sheet: Sheet, x: float, y: float, radius: float = 20) -> None:
    """A red disc with a yellow star, where the national emblem stands."""
    with _layer(sheet, (x - radius, y - radius, x + radius, y + radius)) as (layer, pen):
        pen.ellipse((0, 0, layer.width - 1, layer.height - 1), fill=(215, 40, 35, 255), outline=(225, 180, 40, 255),
                    width=max(1, round(sheet.px(2.5))))  # fmt: skip
        _star(pen, layer.width / 2, layer.height / 2, layer.width * 0.3, (245, 215, 60, 255))


@_inked
def frame(sheet: Sheet, colour: Colour, inset: float = 24) -> None:
    """A double border around the page with knots in its corners."""
    with _layer(sheet, (0, 0, sheet.width, sheet.height)) as (_, pen):
        for away, weight in ((inset, 2.4), (inset + 5, 0.7)):
            box = (sheet.px(away), sheet.px(away), sheet.px(sheet.width - away), sheet.px(sheet.height - away))
            pen.rectangle(box, outline=(*colour, 255), width=max(1, round(sheet.px(weight))))
        for x in (inset + 2, sheet.width - inset - 2):
            for y in (inset + 2, sheet.height - inset - 2):
                for reach in (7, 4):
                    box = (sheet.px(x - reach), sheet.px(y - reach), sheet.px(x + reach), sheet.px(y + reach))
                    pen.ellipse(box, outline=(*colour, 255), width=max(1, round(sheet.px(1))))


@_inked
def photograph(sheet: Sheet, room: Room) -> None:
    """A grey portrait without a face."""
    with _layer(sheet, room) as (layer, pen):
        wide, high = layer.size
        pen.rectangle((0, 0, wide - 1, high - 1), fill=(196, 206, 214, 255), outline=(120, 120, 125, 255))
        pen.ellipse((wide * 0.28, high * 0.16, wide * 0.72, high * 0.62), fill=(140, 128, 122, 255))
        pen.pieslice((wide * 0.06, high * 0.6, wide * 0.94, high * 1.5), 180, 360, fill=(88, 96, 112, 255))


@_inked
def code(sheet: Sheet, x: float, y: float, side: float, seed: int) -> None:
    """A square of black and white fields that looks like a QR code and says nothing."""
    drawn, count = random.Random(seed), 25  # noqa: S311 - a drawing, not a secret
    with _layer(sheet, (x, y, x + side, y + side)) as (layer, pen):
        each = layer.width / count
        for row in range(count):
            for column in range(count):
                if drawn.random() < 0.5:  # noqa: PLR2004 - as many black as white
                    pen.rectangle(
                        (column * each, row * each, (column + 1) * each, (row + 1) * each), fill=(0, 0, 0, 255)
                    )
        for left, top in ((0, 0), (count - 7, 0), (0, count - 7)):
            for inset, fill in ((0, 0), (1, 255), (2, 0)):
                box = ((left + inset) * each, (top + inset) * each, (left + 7 - inset) * each, (top + 7 - inset) * each)
                pen.rectangle(box, fill=(fill, fill, fill, 255))


@_inked
def shade(sheet: Sheet, room: Room, tint: Colour) -> None:
    """A room of one colour; lay it before the text."""
    with _layer(sheet, room) as (layer, _):
        layer.paste((*tint, 255), (0, 0, layer.width, layer.height))


@_inked
def stamp(sheet: Sheet, x: float, y: float, lines: tuple[str, ...], tilt: float = 0, ink: Colour = RED) -> None:
    """A rubber stamp about a place: words in a frame, pressed not quite straight."""
    font = face("liberation-sans", "bold", round(sheet.px(9)))
    wide, high = max(font.getlength(line) for line in lines) + sheet.px(14), sheet.px(13 * len(lines) + 8)
    pressed = Image.new("RGBA", (round(wide), round(high)), (0, 0, 0, 0))
    pen = ImageDraw.Draw(pressed)
    pen.rectangle((1, 1, wide - 3, high - 3), outline=(*ink, 170), width=max(1, round(sheet.px(1.3))))
    for number, line in enumerate(lines):
        pen.text((wide / 2, sheet.px(11 + 13 * number)), line, font=font, fill=(*ink, 170), anchor="mm")
    pressed = pressed.rotate(tilt, Image.Resampling.BICUBIC, expand=True)
    corner = round(sheet.px(x) - pressed.width / 2), round(sheet.px(y) - pressed.height / 2)
    sheet.image.paste(pressed, corner, pressed)


@_inked
def plot(sheet: Sheet, room: Room, seed: int) -> None:
    """The outline of a parcel with its neighbours' edges, as the sketch on a certificate of land."""
    drawn = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    left, top, right, bottom = room
    wide, high = right - left, bottom - top
    corners = [
        (left + wide * (across + drawn.uniform(-0.06, 0.06)), top + high * (down + drawn.uniform(-0.06, 0.06)))
        for across, down in ((0.25, 0.2), (0.72, 0.26), (0.78, 0.75), (0.22, 0.8))
    ]
    for (x, y), (to_x, to_y) in zip(corners, [*corners[1:], corners[0]], strict=True):
        sheet.rule(x, y, to_x, to_y, 1.1)
        sheet.rule(x, y, x + (x - left - wide / 2) * 0.5, y + (y - top - high / 2) * 0.4, 0.4)


@_inked
def barcode(sheet: Sheet, room: Room, seed: int) -> None:
    """Upright bars of four widths that look like a code and say nothing."""
    drawn = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    with _layer(sheet, room) as (layer, pen):
        across, unit = 0.0, max(1.0, sheet.px(0.75))
        while across < layer.width - unit * 4:
            wide = unit * drawn.randint(1, 4)
            pen.rectangle((across, 0, across + wide - 1, layer.height), fill=(0, 0, 0, 255))
            across += wide + unit * drawn.randint(1, 3)


@_inked
def punched(sheet: Sheet) -> None:
    """Two holes at the left edge, as a binder wants them; the copier saw black behind them."""
    for y in (sheet.height / 2 - 113, sheet.height / 2 + 113):
        with _layer(sheet, (14, y - 8, 30, y + 8)) as (layer, pen):
            pen.ellipse((0, 0, layer.width - 1, layer.height - 1), fill=(60, 58, 56, 235))


@_inked
def folded(sheet: Sheet, y: float) -> None:
    """A fold from edge to edge: a little shadow on one side of it, a little light on the other."""
    with _layer(sheet, (0, y - 6, sheet.width, y + 6)) as (layer, pen):
        for row in range(layer.height):
            near = 1 - abs(row - layer.height / 2) / (layer.height / 2)
            tone = 120 if row < layer.height / 2 else 250
            pen.line((0, row, layer.width, row), fill=(tone, tone, tone, round(70 * near)))


@_inked
def stapled(sheet: Sheet) -> None:
    """A staple in the upper corner on the left, and its shadow."""
    for away, ink in ((1.2, (170, 170, 170)), (0, (90, 92, 96))):
        with _layer(sheet, (16, 14, 48, 40)) as (_, pen):
            places = [sheet.px(each + away) for each in (4, 18, 26, 6)]
            pen.line(places, fill=(*ink, 255), width=max(1, round(sheet.px(1.3))))


@_inked
def tick(sheet: Sheet, x: float, y: float, ink: Colour = _PEN) -> None:
    """A tick made by hand with a ball pen."""
    with _layer(sheet, (x - 4, y - 14, x + 18, y + 6)) as (_, pen):
        places = [sheet.px(each) for each in (4, 10, 8, 16, 12, 12, 19, 2)]
        pen.line(places, fill=(*ink, 220), width=max(1, round(sheet.px(1.2))), joint="curve")


@_inked
def edge(sheet: Sheet, wide: float = 10) -> None:
    """The dark strip that a copier leaves at the right where the lid stood open; it fades inwards."""
    with _layer(sheet, (sheet.width - wide, 0, sheet.width, sheet.height)) as (layer, pen):
        for column in range(layer.width):
            pen.line((column, 0, column, layer.height), fill=(50, 50, 50, round(190 * (column / layer.width) ** 2)))


@_inked
def watermark(sheet: Sheet, words: str, tint: Colour = (232, 234, 238)) -> None:
    """Large pale words from corner to corner, as a portal prints them; lay it before the text."""
    font = face("liberation-sans", "bold", round(sheet.px(min(92, 900 / len(words)))))
    printed = Image.new("L", (round(font.getlength(words)) + 8, round(font.size * 1.5)), 0)
    ImageDraw.Draw(printed).text((printed.width / 2, printed.height / 2), words, font=font, fill=255, anchor="mm")
    printed = printed.rotate(52, Image.Resampling.BICUBIC, expand=True)
    corner = (sheet.image.width - printed.width) // 2, (sheet.image.height - printed.height) // 2
    sheet.image.paste(tint, corner, printed)


@_inked
def back(sheet: Sheet, seed: int, tint: Colour = (228, 227, 224)) -> None:
    """What is printed on the other side of thin paper: lines of letters, mirrored and pale; lay it before the text."""
    drawn = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    font = face("liberation-serif", "regular", round(sheet.px(12)))
    printed = Image.new("L", sheet.image.size, 0)
    pen = ImageDraw.Draw(printed)
    for row in range(drawn.randint(14, 24)):
        words = ("".join(drawn.choices("aăâcdđêghiklmnoôơpqrstuưvxy", k=drawn.randint(2, 6))) for _ in range(12))
        pen.text((sheet.px(70), sheet.px(120 + row * 24)), " ".join(words), font=font, fill=255)
    mirrored = printed.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    sheet.image.paste(tint, (0, 0), mirrored)


@_inked
def choice(sheet: Sheet, x: float, y: float, side: float = 9, *, ticked: bool = False) -> None:
    """A square to tick, its foot on a baseline."""
    sheet.grid((x, x + side), (y - side, y))
    if ticked:
        sheet.rule(x + 1.5, y - side + 1.5, x + side - 1.5, y - 1.5, 1.1)
        sheet.rule(x + side - 1.5, y - side + 1.5, x + 1.5, y - 1.5, 1.1)


@_inked
def highlighted(sheet: Sheet, room: Room, ink: Colour = (250, 236, 90)) -> None:
    """A stroke of a text marker, its ends not quite upright; lay it before the text."""
    left, top, right, bottom = room
    with _layer(sheet, (left, top, right, bottom)) as (layer, pen):
        lean = layer.height * 0.3
        corners = [(lean, 0), (layer.width, 0), (layer.width - lean, layer.height), (0, layer.height)]
        pen.polygon(corners, fill=(*ink, 150))


@_inked
def ringed(sheet: Sheet, x: float, y: float, seed: int) -> None:
    """The brown ring that a cup of coffee left, thicker on one side, with a gap."""
    drawn = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    with _layer(sheet, (x - 44, y - 44, x + 44, y + 44)) as (layer, pen):
        begin = drawn.randint(0, 360)
        for inset, weight, share in ((2, 2.6, 300), (4, 1.2, 350), (1, 4.5, 110)):
            reach = sheet.px(inset)
            box = (reach, reach, layer.width - reach, layer.height - reach)
            pen.arc(box, begin, begin + share, fill=(150, 110, 62, 80), width=max(1, round(sheet.px(weight))))


@_inked
def taped(sheet: Sheet, y: float) -> None:
    """A strip of yellowed tape that holds a tear together, from edge to edge."""
    with _layer(sheet, (0, y - 11, sheet.width, y + 11)) as (layer, pen):
        layer.paste((226, 212, 160, 70), (0, 0, layer.width, layer.height))
        for row in (0, layer.height - 1):
            pen.line((0, row, layer.width, row), fill=(170, 156, 110, 120), width=1)


@_inked
def streaked(sheet: Sheet, x: float, seed: int) -> None:
    """A thin line from top to bottom that dust on the glass leaves, here and there interrupted."""
    drawn, y = random.Random(seed), 0.0  # noqa: S311 - a drawing, not a secret
    with _layer(sheet, (x - 1, 0, x + 1, sheet.height)) as (layer, pen):
        while y < layer.height:
            long = sheet.px(drawn.uniform(40, 220))
            pen.line((layer.width / 2, y, layer.width / 2, y + long), fill=(150, 150, 152, 190), width=1)
            y += long + sheet.px(drawn.uniform(2, 30))


@_inked
def fingerprint(sheet: Sheet, x: float, y: float, seed: int) -> None:
    """The print of a forefinger in red ink: ridges one within the other, worn in places."""
    drawn = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    with _layer(sheet, (x - 17, y - 22, x + 17, y + 22)) as (layer, pen):
        middle, high = layer.width / 2, layer.height / 2
        for ridge in range(1, 9):
            share, begin = ridge / 8.5, drawn.randint(0, 360)
            box = (middle * (1 - share), high * (1 - share), middle * (1 + share), high * (1 + share))
            pen.arc(box, begin, begin + drawn.randint(210, 340), fill=(*RED, 165), width=max(1, round(sheet.px(1))))
