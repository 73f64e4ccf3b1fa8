from io import BytesIO

import numpy as np
import pikepdf
import pypdfium2
import pytest
from pikepdf import pdfa
from PIL import Image, ImageDraw, ImageOps

from chalicelib.archive.pdfa import NotArchivable
from chalicelib.digitisation.copying import bind, finished, make_copy, print_band
from chalicelib.digitisation.model import Refused
from chalicelib.digitisation.places import natural
from tests.unit.digitisation.glyphless import TARGET, build
from tests.unit.digitisation.support import render, scan


@pytest.fixture(scope="module")
def sheet():
    """A scanned page."""
    return scan("giay_chung_sinh").jpeg


def picture(size=(300, 200), dpi=100, kind="PNG", mode="RGB", **options):
    """An arrow-like pattern that looks different after every turn and flip."""
    image = Image.new(mode, size, "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, size[0] // 2, size[1] // 4), fill="black")
    pen.rectangle((0, 0, size[0] // 8, size[1] * 3 // 4), fill="black")
    out = BytesIO()
    image.save(out, kind, dpi=(dpi, dpi), **options)
    return out.getvalue()


def placed(band=0.0):
    """Every page as large as its paper, under a band."""
    return lambda width, height, _: natural(width, height, band)


def images_inside(data):
    with pikepdf.open(BytesIO(data)) as pdf:
        return [bytes(image.read_raw_bytes()) for page in pdf.pages for image in page.get_images().values()]


def test_a_copy_is_its_pictures_byte_for_byte(sheet):
    other = scan("xac_nhan_cu_tru").jpeg
    copy = make_copy([sheet, other], title="Giấy chứng sinh", expected_pages=2)
    assert copy.pages == 2
    assert images_inside(copy.pdf) == [sheet, other]
    assert pdfa.validate_written(BytesIO(copy.pdf), "2b").passed
    with pikepdf.open(BytesIO(copy.pdf)) as pdf:
        assert str(pdf.Root.Lang) == "vi"
        assert pdf.open_metadata()["dc:title"] == "Giấy chứng sinh"


def test_the_same_copy_is_the_same_bytes(sheet):
    assert make_copy([sheet], title="A").pdf == make_copy([sheet], title="A").pdf


def test_the_signature_has_the_top_left_and_covers_nothing(sheet):
    copy = make_copy([sheet, sheet], title="Giấy chứng sinh")
    with pikepdf.open(BytesIO(copy.pdf)) as pdf:
        first, second = (tuple(float(side) for side in page.mediabox) for page in pdf.pages)
    left, bottom, right, top = copy.signature_box
    assert left < first[2] * 0.1
    assert right < first[2] / 2
    assert second[3] < bottom < top < first[3]
    shown = render(copy.pdf, dpi=200)
    box = shown[round((first[3] - top) * 200 / 72) + 4 : round((first[3] - bottom) * 200 / 72) - 4,
                round(left * 200 / 72) + 4 : round(right * 200 / 72) - 4]  # fmt: skip
    assert box.min() == 255
    below, original = Image.fromarray(shown[-2338:]), Image.open(BytesIO(sheet))
    seen, given = (np.asarray(image.resize((165, 234), Image.Resampling.BOX), int) for image in (below, original))
    assert np.abs(seen - given)[1:-1, 1:-1].max() < 40


def test_pages_must_be_as_many_as_counted(sheet):
    for images, counted in (([sheet], 2), ([sheet, sheet], 1), ([], None), ([], 0)):
        with pytest.raises(Refused) as refused:
            make_copy(images, title="A", expected_pages=counted)
        assert refused.value.code == "page_count"


@pytest.mark.parametrize("turn", range(1, 9))
def test_pages_are_upright(turn):
    exif = Image.Exif()
    exif[0x0112] = turn
    data = picture(kind="JPEG", exif=exif)
    pdf, _ = bind([data], placed())
    shown = render(finished(pdf, title="A"), dpi=100)
    with Image.open(BytesIO(data)) as image:
        expected = np.asarray(ImageOps.exif_transpose(image).convert("RGB"), int)
    assert shown.shape == expected.shape
    assert np.abs(shown - expected).mean() < 4


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA"])
def test_every_mode_of_png_is_archivable(mode):
    copy = make_copy([picture((900, 600), mode=mode)], title="Ảnh")
    assert pdfa.validate_written(BytesIO(copy.pdf), "2b").passed


def test_a_small_paper_lies_in_the_middle_of_a_wider_page():
    copy = make_copy([picture((340, 215))], title="Thẻ")  # a card
    with pikepdf.open(BytesIO(copy.pdf)) as pdf:
        assert float(pdf.pages[0].mediabox[2]) == 420
    left, _, right, _ = copy.signature_box
    assert 0 < left < right < 420


def test_a_long_title_stays_in_the_band():
    title = "Giấy chứng nhận đăng ký kết hôn (bản chính) của ông Nguyễn Văn A và bà Trần Thị B, " * 2
    copy = make_copy([picture((340, 215))], title=title)
    with pypdfium2.PdfDocument(copy.pdf) as document:
        said = document[0].get_textpage().get_text_range()
    assert "".join(title.split()) in "".join(said.split())


def test_a_file_that_is_not_pdfa_is_not_handed_out():
    pdf, _ = bind([picture()], placed())
    pdf.pages[0].obj.Contents = pdf.make_stream(b"BT /Nope 12 Tf (x) Tj ET")
    with pytest.raises(NotArchivable):
        finished(pdf, title="A")


def test_a_missing_font_is_an_error(tmp_path):
    _, (sheet,) = bind([picture()], placed(64))
    inputs = dict.fromkeys(("left", "top", "box-width", "box-height", "heading", "title", "basis"), "10")
    with pytest.raises(RuntimeError, match="copy_band"):
        print_band(sheet, 64, "copy_band", inputs, folders=(str(tmp_path),))


def test_the_invisible_font_is_made_by_its_recipe():
    assert TARGET.read_bytes() == build()


def test_a_density_that_no_scanner_has_is_no_size_of_a_page():
    out = BytesIO()
    Image.new("RGB", (400, 500), "white").save(out, "JPEG", dpi=(65_535, 65_535))
    assert make_copy([out.getvalue()], title="A").pages == 1
