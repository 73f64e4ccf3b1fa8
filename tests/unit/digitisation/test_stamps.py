"""The frame of a stamp that was pressed on by hand."""

import math

import pytest
from PIL import Image, ImageDraw

from chalicelib.digitisation.askew import frames_askew, is_inside
from chalicelib.digitisation.ink import ink_of, marks_of
from chalicelib.digitisation.leaders import clear
from chalicelib.digitisation.lines import lines_on
from tests.unit.digitisation.test_leaders import FONT

DPI = 200


def stamped(degrees, words="BẢN SAO"):
    """A sheet with a frame that leans by so many degrees, words in it that are level, and more below."""
    image = Image.new("L", (1200, 700), 250)
    pen = ImageDraw.Draw(image)
    across, down, turn = 180, 60, math.radians(degrees)
    corners = [(-across, -down), (across, -down), (across, down), (-across, down), (-across, -down)]
    cosine, sine = math.cos(turn), math.sin(turn)
    pen.line([(500 + x * cosine - y * sine, 200 + x * sine + y * cosine) for x, y in corners], fill=70, width=4)
    pen.text((500, 200), words, font=FONT, fill=70, anchor="mm")
    pen.text((100, 500), "Nùng Trí Cao", font=FONT, fill=20, anchor="ls")
    return image


@pytest.mark.parametrize("degrees", [-4, 3, 6])
def test_a_frame_that_leans_is_a_stamps_and_what_is_in_it_no_line(degrees):
    cleared = clear(stamped(degrees), DPI)
    assert len(cleared.stamps) == 1
    boxes = lines_on(cleared.marks, DPI, cleared.bars)
    assert [box[1] > 400 for box in boxes if not is_inside(box, cleared.stamps)] == [True]


@pytest.mark.parametrize("degrees", [0, 0.6])
def test_a_frame_that_is_level_is_a_box_of_the_form(degrees):
    assert clear(stamped(degrees), DPI).stamps == ()


def test_a_signature_and_a_seal_are_no_frame():
    image = Image.new("L", (1200, 700), 250)
    pen = ImageDraw.Draw(image)
    pen.ellipse((300, 100, 560, 300), outline=70, width=4)
    pen.line([(650, 120), (700, 260), (760, 110), (820, 280), (900, 150), (980, 240)], fill=70, width=4)
    assert frames_askew(marks_of(ink_of(image, DPI)), DPI) == []
