import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from chalicelib.digitisation.leaders import clear
from chalicelib.digitisation.negatives import righted
from infra.papers.grades import GRADES, copied
from tests.unit.digitisation.support import READER

DPI = 200
BOLD = "/usr/share/fonts/truetype/liberation/LiberationSerif-Bold.ttf"
PAPER, GROUND, INK = (248, 248, 246), (31, 61, 110), (20, 20, 20)


def sheet():
    return Image.new("RGB", (1654, 2338), PAPER)


def written(image, place, text, fill=INK, size=34):
    ImageDraw.Draw(image).text(place, text, font=ImageFont.truetype(BOLD, size), fill=fill, anchor="lm")
    return image


def barred(text="THÔNG TIN NGƯỜI MẸ", ground=GROUND, print_=(255, 255, 255), box=(150, 300, 1500, 356)):
    image = sheet()
    ImageDraw.Draw(image).rectangle(box, fill=ground)
    return written(image, (box[0] + 20, (box[1] + box[3]) // 2), text, print_)


def turned(image):
    grey = image.getchannel("R")
    return righted(grey, DPI) is not grey


@pytest.mark.parametrize("grade", ["clean", "typical", "hard", "phone"])
def test_a_heading_that_is_white_on_dark_is_read(grade):
    image = barred()
    for row in range(8):
        written(image, (150, 460 + 70 * row), "Nơi cư trú: phường Tam Hiệp, tỉnh Đồng Nai")
    assert "THÔNG TIN NGƯỜI MẸ" in READER.read(copied(image, GRADES[grade], 3)[0]).text


@pytest.mark.parametrize("ground", [(31, 61, 110), (0, 100, 60), (90, 90, 90)], ids=["blue", "green", "grey"])
def test_its_ground_becomes_paper_and_its_print_dark(ground):
    grey = barred(ground=ground).getchannel("R")
    found = np.asarray(righted(grey, DPI))[300:357, 150:1501]
    assert (found > 200).mean() > 0.85
    assert 0.01 < (found < 100).mean() < 0.15
    assert turned(barred(ground=ground))


def test_what_is_clear_is_told_of_the_page_that_was_put_right():
    grey = barred().getchannel("R")
    assert np.array_equal(np.asarray(clear(grey, DPI).grey), np.asarray(righted(grey, DPI)))


def test_a_bar_without_print_stays():
    assert not turned(barred(text=""))


def test_large_print_is_no_bar():
    image = written(sheet(), (150, 400), "GIẤY KHAI SINH", size=110)
    assert not turned(image.filter(ImageFilter.GaussianBlur(3)))


def test_an_oval_is_no_bar():
    image = sheet()
    ImageDraw.Draw(image).ellipse((300, 300, 700, 400), fill=GROUND)
    assert not turned(written(image, (400, 350), "HỘ TỊCH", (255, 255, 255)))


def test_an_icon_is_no_bar():
    assert not turned(barred(text="M", box=(150, 300, 230, 380)))


def test_nothing_is_left_of_the_edge_of_a_bar():
    grey = barred().getchannel("R").filter(ImageFilter.GaussianBlur(1.2))
    found = np.asarray(righted(grey, DPI))
    assert found[290:304, 140:1510].min() > 200
    assert found[353:366, 140:1510].min() > 200
    assert found[290:366, 140:154].min() > 200
    assert found[290:366, 1497:1510].min() > 200


def test_a_picture_is_no_bar():
    assert not turned(barred(box=(150, 300, 700, 640)))


def test_a_light_ground_stays():
    assert not turned(barred(ground=(215, 225, 235), print_=INK))


def test_the_given_page_is_not_written_to():
    grey = barred().getchannel("R")
    before = np.array(grey)
    righted(grey, DPI)
    assert np.array_equal(before, np.array(grey))
