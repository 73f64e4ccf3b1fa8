import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from chalicelib.digitisation.ink import ink_of
from chalicelib.digitisation.leaders import clear

FONT = ImageFont.truetype("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf", 36)
DPI = 200


class Sheet:
    def __init__(self):
        self.image = Image.new("L", (1200, 300), 250)
        self.pen = ImageDraw.Draw(self.image)

    def text(self, left, text):
        self.pen.text((left, 150), text, font=FONT, fill=20, anchor="ls")
        return self

    def dots(self, left, right, middle, step=9, radius=1.5):
        for x in range(left, right, step):
            self.pen.ellipse((x - radius, middle - radius, x + radius, middle + radius), fill=20)
        return self

    def rule(self, *place):
        self.pen.line(place, fill=20, width=2)
        return self

    def left_over(self):
        return ink_of(clear(self.image, DPI).grey, DPI)


def lost(sheet, text):
    """Pixels of a text that are gone."""
    return int((ink_of(text.image, DPI) & ~sheet.left_over()).sum())


def test_a_page_without_marks_of_that_kind_is_itself():
    sheet = Sheet().text(100, "Họ, chữ đệm, tên: Ế Ẩ Ồ - ... Đ.")
    cleared = clear(sheet.image, DPI)
    assert cleared.grey is sheet.image
    assert not cleared.changed


@pytest.mark.parametrize("radius", [1.5, 2.0, 3.5], ids=["dots", "large", "run together"])
def test_a_leader_behind_a_text_goes_and_the_text_stays(radius):
    text = Sheet().text(100, "Nơi sinh: Huế")
    sheet = Sheet().text(100, "Nơi sinh: Huế").dots(350, 1100, 148, step=7, radius=radius)
    assert sheet.left_over()[:, 345:].sum() < 40
    assert lost(sheet, text) == 0


def test_a_colon_before_a_leader_stays():
    text = Sheet().text(100, "Số:")
    sheet = Sheet().text(100, "Số:").dots(165, 1100, 148)
    assert lost(sheet, text) == 0


def test_a_leader_in_two_parts_goes_on_behind_the_value():
    sheet = Sheet().dots(100, 150, 148).text(170, "Nguyễn Thị Nga").dots(450, 1100, 148)
    assert sheet.left_over()[:, :160].sum() == 0


def test_a_leader_below_a_value_leaves_its_letters():
    text = Sheet().text(150, "Lý Hằng Nga")
    sheet = Sheet().text(150, "Lý Hằng Nga").dots(100, 1100, 160)
    assert sheet.left_over()[:, 400:].sum() == 0
    assert lost(sheet, text) < 0.03 * ink_of(text.image, DPI).sum()


def test_the_rules_of_a_table_go_and_what_is_in_them_stays():
    text = Sheet().text(150, "Dân tộc").text(500, "Ê Đê")
    sheet = Sheet().text(150, "Dân tộc").text(500, "Ê Đê")
    for x in (120, 450, 1000):
        sheet.rule(x, 100, x, 170)
    for y in (100, 170):
        sheet.rule(120, y, 1000, y)
    assert lost(sheet, text) == 0
    assert (sheet.left_over() & ~ink_of(text.image, DPI)).sum() < 60


def test_a_dash_is_no_rule_and_a_rule_is_no_dash():
    dash = Sheet().rule(100, 140, 118, 140)
    assert not clear(dash.image, DPI).changed
    assert Sheet().rule(100, 140, 600, 143).left_over().sum() < 30


def test_the_given_page_is_not_written_to():
    sheet = Sheet().dots(100, 1100, 148)
    before = np.asarray(sheet.image).copy()
    assert clear(sheet.image, DPI).changed
    assert np.array_equal(before, np.asarray(sheet.image))


def framed(size):
    """A title of that many pixels within a frame about the page."""
    sheet = Sheet()
    font = ImageFont.truetype("/usr/share/fonts/truetype/liberation/LiberationSerif-Bold.ttf", size)
    sheet.pen.text((200, 180), "GIẤY CHỨNG SINH", font=font, fill=90, anchor="ls")
    title = sheet.left_over()
    return sheet.rule(10, 10, 1190, 10).rule(10, 290, 1190, 290).rule(10, 10, 10, 290).rule(1190, 10, 1190, 290), title


@pytest.mark.parametrize("size", [48, 66, 80])
def test_the_strokes_of_a_title_are_no_rules_within_a_frame(size):
    sheet, title = framed(size)
    left = sheet.left_over()
    assert not left[:, :14].any()
    assert not left[:14].any()
    assert int((title & ~left).sum()) == 0
    assert int((title & left).sum()) > 4000


def test_the_strokes_of_a_title_without_a_frame_are_no_rules():
    sheet = Sheet()
    font = ImageFont.truetype("/usr/share/fonts/truetype/liberation/LiberationSerif-Bold.ttf", 70)
    sheet.pen.text((200, 180), "HÌNH", font=font, fill=20, anchor="ls")
    assert int((ink_of(sheet.image, DPI) & ~sheet.left_over()).sum()) == 0
