"""What is printed in red: lines are read, a seal is not."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from chalicelib.digitisation.greys import grey_of, widened

RED = (205, 25, 35)
FONT = "/usr/share/fonts/truetype/liberation/LiberationSerif-Bold.ttf"


def sheet(*, seal=False, title="GIẤY KHAI SINH"):
    page = Image.new("RGB", (1654, 2338), (255, 255, 255))
    pen = ImageDraw.Draw(page)
    pen.text((827, 400), title, font=ImageFont.truetype(FONT, 66), fill=RED, anchor="mm")
    if seal:
        for radius, wide in ((133, 6), (90, 3)):
            pen.ellipse((827 - radius, 400 - radius, 827 + radius, 400 + radius), outline=RED, width=wide)
    out = BytesIO()
    page.save(out, "JPEG", quality=90, dpi=(200, 200))
    return out.getvalue()


def darkest(data):
    return int(np.percentile(np.asarray(grey_of(data, 1).crop((500, 360, 1150, 440))), 1))


def test_a_title_in_red_stays_dark():
    assert darkest(sheet()) < 140


@pytest.mark.parametrize("title", ["ỦY BAN", ""])
def test_a_seal_and_what_it_says_are_bleached(title):
    assert darkest(sheet(seal=True, title=title)) > 170


def test_a_mark_that_is_no_line_is_bleached():
    assert darkest(sheet(title="◆")) > 200


def small_print(*, frame=False):
    """A sheet with two lines of fine print in red at its head, as a signature in letters; or a stamp that says so."""
    page = Image.new("RGB", (1654, 2338), (255, 255, 255))
    pen = ImageDraw.Draw(page)
    for top, text in ((100, "Người ký: Ủy ban nhân dân Phường Đông Kinh"), (130, "Thời gian ký: 03.07.2026 11:54:17")):
        pen.text((160, top), text, font=ImageFont.truetype(FONT.replace("-Bold", "-Regular"), 25), fill=(190, 60, 70))
    if frame:
        pen.rectangle((130, 80, 690, 175), outline=RED, width=4)
    out = BytesIO()
    page.save(out, "JPEG", quality=90, dpi=(200, 200))
    return out.getvalue()


@pytest.mark.parametrize("frame", [False, True])
def test_small_print_in_red_stays_dark_and_a_stamp_in_a_frame_does_not(frame):
    inside = np.asarray(grey_of(small_print(frame=frame), 1).crop((160, 100, 600, 160)))
    assert (np.percentile(inside, 2) > 170) == frame


@pytest.mark.parametrize("level", [1400, 1404])
def test_a_stamp_whose_frame_is_paler_than_its_words_is_bleached(level):
    page = Image.new("RGB", (1654, 2338), (255, 255, 255))
    stamp = Image.new("RGBA", (276, 94), (0, 0, 0, 0))
    pen, font = ImageDraw.Draw(stamp), ImageFont.truetype(FONT.replace("Serif", "Sans"), 25)
    pen.rectangle((1, 1, 273, 91), outline=(*RED, 170), width=4)
    for middle, text in ((30, "SAO Y BẢN CHÍNH"), (66, "Số chứng thực: 234")):
        pen.text((138, middle), text, font=font, fill=(*RED, 170), anchor="mm")
    stamp = stamp.rotate(2, Image.Resampling.BICUBIC, expand=True)
    page.paste(stamp, (340, level), stamp)
    out = BytesIO()
    page.save(out, "JPEG", quality=90, dpi=(200, 200))
    stamped = np.asarray(grey_of(out.getvalue(), 1).crop((335, level - 5, 630, level + 115)))
    assert np.percentile(stamped, 2) > 170


def test_a_title_beside_a_piece_of_a_red_border_stays_dark():
    with Image.open(BytesIO(sheet())) as page:
        ImageDraw.Draw(page).line((360, 300, 460, 300, 460, 1500), fill=(230, 150, 150), width=5)
        out = BytesIO()
        page.save(out, "JPEG", quality=90, dpi=(200, 200))
    assert darkest(out.getvalue()) < 140


def test_a_title_within_a_red_border_stays_dark():
    with Image.open(BytesIO(sheet())) as page:
        ImageDraw.Draw(page).rectangle((60, 60, 1594, 2278), outline=RED, width=10)
        out = BytesIO()
        page.save(out, "JPEG", quality=90, dpi=(200, 200))
    assert darkest(out.getvalue()) < 140


def test_a_title_that_is_askew_on_a_sheet_on_its_long_side_stays_dark():
    page = Image.new("RGB", (2338, 1654), (255, 255, 255))
    font = ImageFont.truetype(FONT, 66)
    ImageDraw.Draw(page).text((1169, 400), "GIẤY CHỨNG NHẬN KẾT HÔN", font=font, fill=RED, anchor="mm")
    out = BytesIO()
    page.rotate(2.8, fillcolor=(255, 255, 255), center=(1169, 400)).save(out, "JPEG", quality=90, dpi=(200, 200))
    assert int(np.percentile(np.asarray(grey_of(out.getvalue(), 1).crop((1100, 370, 1240, 430))), 1)) < 140


@pytest.mark.parametrize(("size", "reach"), [((207, 292), 2), ((40, 3), 3), ((1, 1), 2)])
def test_widening_is_what_the_filter_of_pillow_makes(size, reach):
    grey = Image.effect_noise(size, 80)
    wider = widened(grey, reach)
    inner = (reach, reach, max(reach, size[0] - reach), max(reach, size[1] - reach))
    assert wider.crop(inner).tobytes() == grey.filter(ImageFilter.MaxFilter(2 * reach + 1)).crop(inner).tobytes()


def test_a_title_with_letters_that_touch_in_the_small_copy_stays_dark():
    page = Image.new("RGB", (1654, 2338), (255, 255, 255))
    pen = ImageDraw.Draw(page)
    for number, letter in enumerate("CHUNGODO"):  # a hollow letter of that size looks as the frame of a stamp does
        pen.text((420 + 100 * number, 400), letter, font=ImageFont.truetype(FONT, 104), fill=RED, anchor="mm")
    out = BytesIO()
    page.save(out, "JPEG", quality=90, dpi=(200, 200))
    assert darkest(out.getvalue()) < 140
