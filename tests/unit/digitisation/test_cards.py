"""The QR code of an identity card, read and held against what was read on the card."""

import io

import pytest
import segno
from PIL import Image, ImageDraw, ImageFont

from chalicelib.digitisation.cards import checked, is_card, said_by
from chalicelib.digitisation.fields import extract
from chalicelib.digitisation.model import Field, PageText
from tests.unit.digitisation.support import READER

CODE = "046197000123||Lò Thị Mai|05031997|Nữ|Bản Nà Lốc, xã Quỳnh Lưu|"
FACE = "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"


def field(name, value, *, needs_review=True):
    reason = "personal_name" if needs_review else ""
    return Field(name=name, label=name, value=value, confidence=0.9, needs_review=needs_review, reason=reason)


def card(code=CODE):
    text = "Số: 046197000123\nHọ và tên: LÒ THỊ MAI\nNgày sinh: 05/03/1997\nGiới tính: Nữ"
    return PageText(text, (), 0.0, 200, (1, 1), codes=(code,))


def test_the_code_says_seven_parts_and_some_are_empty():
    assert said_by([CODE]) == {
        "so_dinh_danh": "046197000123", "ho_ten": "Lò Thị Mai", "ngay_sinh": "05/03/1997", "gioi_tinh": "Nữ",
        "noi_thuong_tru": "Bản Nà Lốc, xã Quỳnh Lưu",
    }  # fmt: skip
    assert said_by([CODE, CODE.replace("Mai", "Mại")]) == {}
    assert not is_card("https://example.vn/046197000123")
    assert not is_card("046197000123|a")


def test_a_name_goes_through_when_the_code_says_the_very_same():
    (name,) = checked([field("ho_ten", "LÒ THỊ MAI")], {"ho_ten": "Lò Thị Mai"})
    assert (name.needs_review, name.reason) == (False, "")


@pytest.mark.parametrize("printed", ["LÔ THỊ MAI", "LÒ THỊ MAY", "LÒ MAI"])
def test_what_differs_goes_to_review_with_both(printed):
    (name,) = checked([field("ho_ten", printed, needs_review=False)], {"ho_ten": "Lò Thị Mai"})
    assert (name.needs_review, name.reason, name.alternatives) == (True, "differs_from_code", ("Lò Thị Mai",))


def test_what_the_code_leaves_empty_stays_as_it_was_read():
    given = [field("ho_ten", "LÒ THỊ MAI"), field("gioi_tinh", "Nữ", needs_review=False)]
    assert checked(given, {}) == tuple(given)


def test_only_a_card_is_held_against_a_code():
    found = {each.name: each for each in extract("can_cuoc", [card()])}
    assert not found["ho_ten"].needs_review
    other = extract("xac_nhan_cu_tru", [card()])
    assert next(each for each in other if each.name == "ho_ten").needs_review


def test_the_code_of_a_card_is_found_on_its_page():
    page = Image.new("RGB", (1240, 1754), "white")
    pen = ImageDraw.Draw(page)
    pen.text((100, 120), "CĂN CƯỚC CÔNG DÂN", fill="black", font=ImageFont.truetype(FACE, 34))
    pen.text((100, 300), "Họ và tên: LÒ THỊ MAI", fill="black", font=ImageFont.truetype(FACE, 30))
    out = io.BytesIO()
    segno.make(CODE, error="m").save(out, kind="png", scale=4)
    page.paste(Image.open(out), (800, 100))
    out = io.BytesIO()
    page.save(out, "JPEG", quality=80, dpi=(200, 200))
    assert READER.read(out.getvalue()).codes == (CODE,)
