"""What is printed in red: lines are read, a seal is not."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from chalicelib.digitisation.greys import grey_of

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
