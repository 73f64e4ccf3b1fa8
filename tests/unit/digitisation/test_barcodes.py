"""Codes on the first page are read in the process that opens strangers' files, from pictures and from PDFs."""

import io

import img2pdf
import pytest
import segno
from PIL import Image, ImageDraw

from chalicelib.digitisation.model import Limits
from chalicelib.digitisation.sandbox import sandbox

CODE = "H01.10.24-20261126-0000001"


def page(*texts, turn=0):
    """A white page at 200 dpi with QR codes one under the other."""
    sheet = Image.new("RGB", (1000, 1400), "white")
    ImageDraw.Draw(sheet).text((500, 40), "GIẤY TỜ", fill="black", font_size=40)
    for place, text in enumerate(texts):
        out = io.BytesIO()
        segno.make(text, error="m").save(out, kind="png", scale=6)
        sheet.paste(Image.open(out), (60, 120 + 400 * place))
    out = io.BytesIO()
    sheet.rotate(turn, expand=True, fillcolor="white").save(out, "JPEG", dpi=(200, 200), quality=85)
    return out.getvalue()


def codes(data):
    return sandbox().inspect(data, Limits(), with_codes=True).codes


@pytest.mark.parametrize("turn", [0, 3, 90, 180])
def test_a_code_is_read_however_the_sheet_lay(turn):
    assert codes(page(CODE, turn=turn)) == (CODE,)


def test_only_the_first_page_of_a_pdf_is_searched():
    pdf = img2pdf.convert([page(CODE), page("MC-7K3D9M2QW8XZ4T1B")])
    assert codes(pdf) == (CODE,)


def test_all_codes_of_a_page_are_told_but_what_is_too_long_to_be_ours():
    assert set(codes(page(CODE, "another", "x" * 700))) == {CODE, "another"}


def test_codes_are_not_read_where_nobody_asks():
    assert sandbox().inspect(page(CODE), Limits()).codes == ()


def test_a_page_without_a_code_has_none():
    assert codes(page()) == ()
