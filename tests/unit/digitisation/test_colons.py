"""Colons that stand by themselves between a label and its value."""

import pytest
from PIL import Image, ImageDraw, ImageFont

from chalicelib.digitisation.cells import cells_of
from chalicelib.digitisation.colons import colons_on
from chalicelib.digitisation.ink import ink_of, marks_of
from chalicelib.digitisation.labels import known
from chalicelib.digitisation.lines import lines_on
from chalicelib.digitisation.model import PageText, Word

FONTS = "/usr/share/fonts/truetype/"
SERIF, MONO, SLANTED = (
    FONTS + name for name in ("liberation/LiberationSerif-Regular.ttf", "liberation/LiberationMono-Regular.ttf",
                              "liberation/LiberationSerif-Italic.ttf")
)  # fmt: skip


def found(*texts, font=SERIF):
    """The places of the colons of a sheet on which texts stand at (left, baseline)."""
    image = Image.new("L", (1400, 300), 250)
    pen, face = ImageDraw.Draw(image), ImageFont.truetype(font, 36)
    for left, baseline, text in texts:
        pen.text((left, baseline), text, font=face, fill=20, anchor="ls")
    marks = marks_of(ink_of(image, 200))
    return [word.box for word in colons_on(marks, lines_on(marks, 200), 200)]


@pytest.mark.parametrize("font", [SERIF, MONO, SLANTED], ids=["serif", "typewriter", "italics"])
def test_a_colon_at_a_tab_is_found_beside_the_line_that_it_belongs_to(font):
    (box,) = found((100, 100, "Giới tính"), (500, 100, ":"), (540, 100, "Nam"), font=font)
    assert 500 <= box[0] < box[2] <= 530
    assert box[1] <= 80
    assert box[3] >= 98


def test_each_row_has_its_own():
    boxes = found(
        *((left, top, text) for top in (100, 148) for left, text in ((100, "Năm sinh"), (500, ":"), (540, "1983")))
    )
    assert sorted(box[3] for box in boxes) == [box[3] for box in boxes]
    assert len(boxes) == 2


def test_a_colon_within_a_line_is_read_with_it():
    assert found((100, 100, "Năm sinh: 1983")) == []


@pytest.mark.parametrize("text", [".", "-", "...", "i", "%"], ids=["stop", "dash", "dots", "letter", "sign"])
def test_what_is_no_pair_of_dots_is_no_colon(text):
    assert found((100, 100, "Năm sinh"), (300, 100, text)) == []


def test_dots_without_a_line_beside_them_are_none():
    assert found((500, 100, ":")) == []
    assert found((100, 200, "Năm sinh"), (300, 100, ":")) == []


def test_dots_far_from_every_text_of_their_row_are_dirt():
    assert found((100, 100, "Năm sinh"), (900, 100, ":")) == []


def test_specks_are_no_dots_of_a_colon():
    image = Image.new("L", (1400, 300), 250)
    pen = ImageDraw.Draw(image)
    pen.text((100, 100), "Năm sinh", font=ImageFont.truetype(SERIF, 36), fill=20, anchor="ls")
    for top in (84, 96):
        pen.rectangle((300, top, 301, top + 1), fill=20)
    marks = marks_of(ink_of(image, 200))
    assert list(colons_on(marks, lines_on(marks, 200), 200)) == []


def test_a_row_of_dots_upright_is_none():
    assert found((100, 100, "Năm sinh"), *((300, 100 - 9 * step, ".") for step in range(4))) == []


def word(text, left, right, top=100):
    box = (left, top, right, top + 30)
    return Word(text, box, 0.95, box)


def test_it_ends_the_label_before_it_however_far():
    words = (word("Số", 100, 130), word(":", 500, 506), word("042", 530, 600))
    cells = list(cells_of(PageText("", words, 0.0, 200, (1000, 1400)), known("giay_khai_sinh")))
    assert [" ".join(each.text for each in cell.words) for cell in cells] == ["Số:", "042"]


def test_one_that_begins_a_row_ends_no_label_of_the_row_above():
    words = (word("Số", 100, 130), word(":", 100, 106, top=160), word("042", 130, 200, top=160))
    cells = list(cells_of(PageText("", words, 0.0, 200, (1000, 1400)), known("giay_khai_sinh")))
    assert cells[0].words[0].text == "Số"
