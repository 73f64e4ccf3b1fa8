"""Numbers in boxes of one figure each."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from chalicelib.digitisation import figures
from chalicelib.digitisation.figures import figures_apart, moved_together
from chalicelib.digitisation.ink import ink_of, marks_of
from chalicelib.digitisation.lines import lines_on

FONT = ImageFont.truetype("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf", 36)


def strip(label="", step=48, number="023732181667"):
    image = Image.new("L", (1100, 90), 250)
    pen = ImageDraw.Draw(image)
    pen.text((20, 60), label, font=FONT, fill=20, anchor="ls")
    for at, figure in enumerate(number):
        pen.text((400 + step * at, 60), figure, font=FONT, fill=20, anchor="ms")
    return image


def test_a_number_in_boxes_is_a_line_apart_from_its_label():
    lines = lines_on(marks_of(ink_of(strip("Số định danh cá nhân:"), 200)), 200)
    assert len(lines) == 2
    assert lines[0][2] < 390 or lines[1][2] < 390


def test_a_number_that_is_set_as_text_stays_with_its_label():
    image = strip("Số định danh cá nhân:", step=18)
    marks = marks_of(ink_of(image, 200))
    letters = np.flatnonzero(marks.height > 15).tolist()
    assert figures_apart(marks, letters) == [letters]


def test_figures_that_stand_apart_are_moved_together():
    apart = strip()
    close = moved_together(apart.crop((380, 20, 960, 80)))
    assert close is not None
    assert close.width < 0.6 * 580
    assert ink_of(close, 200).sum() == pytest.approx(ink_of(apart, 200).sum(), rel=0.05)


@pytest.mark.parametrize("image", [strip("Số định danh cá nhân:"), strip(step=18), strip(number="1234567")])
def test_any_other_line_is_read_as_it_lies(image):
    assert moved_together(image.crop((0, 20, 1100, 80))) is None


def test_a_line_that_stands_close_is_known_before_its_letters_are_measured(monkeypatch):
    def measured(values, share=0.5):
        raise AssertionError("most lines of a page are told at once")

    monkeypatch.setattr(figures, "ranked", measured)
    assert moved_together(strip("Số định danh cá nhân của", step=18).crop((0, 20, 1100, 80))) is None
    with pytest.raises(AssertionError, match="at once"):
        moved_together(strip().crop((380, 20, 960, 80)))


def test_the_edges_of_the_boxes_are_no_figures():
    image = strip()
    pen = ImageDraw.Draw(image)
    for at in range(13):
        pen.line((376 + 48 * at, 26, 376 + 48 * at, 68), fill=120, width=2)
    assert moved_together(image.crop((370, 20, 960, 80))) is not None
