from io import BytesIO

import img2pdf
import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageDraw

from chalicelib.digitisation.checks import inspect
from chalicelib.digitisation.pages import flatten, page_images, prepare, sampled, skew, straightened, without_pattern
from tests.unit.digitisation.support import scan


def lines(angle=0.0):
    image = Image.new("L", (1400, 1000), 255)
    pen = ImageDraw.Draw(image)
    for top in range(100, 900, 40):
        for left in range(100, 1250, 30):
            pen.rectangle((left, top, left + 18, top + 14), fill=20)
    return image.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)


@pytest.mark.parametrize("angle", [-4.0, -1.5, 0.0, 0.7, 3.0])
def test_skew_is_measured(angle):
    assert skew(lines(angle)) == pytest.approx(angle, abs=0.2)


def test_an_empty_page_is_level():
    assert skew(Image.new("L", (500, 700), 255)) == 0.0


def test_flattening_is_for_uneven_light_only():
    even = lines()
    assert flatten(even) is even
    shade = 1 - 0.5 * np.linspace(0, 1, 1400)[None, :]
    shaded = Image.fromarray((np.asarray(even) * shade).astype(np.uint8))
    paper = np.asarray(flatten(shaded))[:80]
    assert int(paper.max()) - int(paper.min()) < 20


def test_a_red_stamp_is_not_seen_and_blue_ink_is():
    page = Image.new("RGB", (600, 400), "white")
    pen = ImageDraw.Draw(page)
    pen.ellipse((50, 50, 250, 250), fill=(220, 20, 30))
    pen.rectangle((400, 148, 500, 152), fill=(20, 30, 160))
    out = BytesIO()
    page.save(out, "PNG")
    grey = prepare(out.getvalue()).grey
    assert grey.getpixel((150, 150)) > 200
    assert grey.getpixel((450, 150)) < 60


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "I;16"])
def test_every_mode_of_picture_is_prepared(mode):
    out = BytesIO()
    Image.new(mode, (200, 100)).save(out, "PNG")
    assert prepare(out.getvalue()).grey.size == (200, 100)


def test_sixteen_bits_keep_their_greys():
    out = BytesIO()
    Image.fromarray(np.full((100, 200), 40_000, np.uint16)).save(out, "PNG")
    assert prepare(out.getvalue()).grey.getextrema() == (156, 156)


def test_print_under_a_seal_stays():
    page = Image.new("RGB", (600, 400), "white")
    pen = ImageDraw.Draw(page)
    pen.ellipse((50, 50, 250, 250), fill=(220, 90, 100))
    pen.rectangle((100, 140, 200, 160), fill=(140, 22, 30))
    out = BytesIO()
    page.save(out, "PNG")
    grey = prepare(out.getvalue()).grey
    assert grey.getpixel((150, 80)) == 255
    assert grey.getpixel((150, 150)) < 150


def test_transparent_paper_is_white():
    out = BytesIO()
    Image.new("RGBA", (200, 100), (0, 0, 0, 0)).save(out, "PNG")
    assert prepare(out.getvalue()).grey.getextrema() == (255, 255)


def test_the_pages_of_a_scanned_pdf_are_its_own_pictures():
    pictures = [scan("giay_chung_sinh").jpeg, scan("xac_nhan_cu_tru").jpeg]
    data = img2pdf.convert(pictures)
    found = inspect(data)
    assert [(page.width, page.height, page.dpi) for page in found.pages] == [(1654, 2338, 200)] * 2
    assert found.pages[0].sha256 != found.pages[1].sha256
    assert page_images(data, found.media_type) == tuple(pictures)
    assert page_images(pictures[0], "image/jpeg") == (pictures[0],)


def changed(change):
    with pikepdf.open(BytesIO(img2pdf.convert(scan("giay_chung_sinh").jpeg))) as pdf:
        change(pdf, pdf.pages[0])
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("change", "size"),
    [
        (lambda pdf, page: page.rotate(90, relative=False), (2338, 1654)),
        (lambda pdf, page: page.contents_add(pdf.make_stream(b"0 0 50 50 re f")), (1654, 2338)),
        (lambda pdf, page: page.obj.__setattr__("MediaBox", pikepdf.Array([0, 0, 300, 400])), (834, 1112)),
    ],
    ids=["rotated", "drawn upon", "smaller than its picture"],
)
def test_any_other_page_is_drawn(change, size):
    (picture,) = page_images(changed(change), "application/pdf")
    with Image.open(BytesIO(picture)) as image:
        assert image.size == pytest.approx(size, abs=2)
        assert round(image.info["dpi"][0]) == 200


def test_a_page_without_pictures_is_drawn():
    pdf, out = pikepdf.new(), BytesIO()
    pdf.add_blank_page(page_size=(200, 100))
    pdf.save(out)
    assert len(page_images(out.getvalue(), "application/pdf")) == 1


def drawn(mode, kind, **options):
    """A page with a bar of print, in this mode of pixels."""
    grey = Image.new("L", (600, 800), 250)
    ImageDraw.Draw(grey).rectangle((100, 200, 400, 230), fill=20)
    if mode.startswith("I;16"):
        page = Image.fromarray(np.asarray(grey, np.uint16) * options.pop("levels", 257))
    else:
        page = grey.convert("RGB").convert(mode)
    out = BytesIO()
    page.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("mode", "kind", "options"),
    [
        ("L", "JPEG", {}),
        ("RGB", "JPEG", {}),
        ("CMYK", "JPEG", {}),
        ("CMYK", "TIFF", {}),
        ("1", "TIFF", {"compression": "group4"}),
        ("1", "PNG", {}),
        ("P", "PNG", {}),
        ("RGBA", "PNG", {}),
        ("I;16", "PNG", {}),
        ("I;16", "TIFF", {"levels": 16}),
    ],
)
def test_a_picture_of_any_mode_is_black_on_white_for_the_reader(mode, kind, options):
    grey = prepare(drawn(mode, kind, **options)).grey
    assert grey.mode == "L"
    assert grey.size == (600, 800)
    assert grey.getpixel((250, 215)) < 60
    assert grey.getpixel((50, 700)) > 200


def test_lines_under_a_certificate_are_not_print():
    page = Image.new("L", (1000, 1400), 240)
    pen = ImageDraw.Draw(page)
    for row in range(0, 1400, 8):
        pen.line((0, row, 1000, row + 3), fill=205, width=2)
    pen.rectangle((100, 600, 800, 640), fill=20)
    seen = without_pattern(page)
    assert seen.getpixel((500, 620)) < 40
    assert np.percentile(np.asarray(seen.crop((0, 0, 1000, 500))), 1) == 255
    assert without_pattern(Image.new("L", (100, 100), 255)).getextrema() == (255, 255)


@pytest.mark.parametrize("width", [693, 700, 1386])
def test_how_light_a_page_is_does_not_hang_on_its_width(width):
    page = Image.fromarray(np.tile(np.arange(width, dtype=np.uint8) % 200, (77, 1)))
    some = sampled(page)
    assert some.mode == "L", "a byte a pixel, and no more"
    share, whole = (np.cumsum(each.histogram()) / (each.width * each.height) for each in (some, page))
    assert np.abs(share - whole).max() < 0.01


def test_turning_keeps_faint_lines_and_makes_no_edge_of_the_paper_about_them():
    page = Image.new("L", (1400, 1000), 190)
    pen = ImageDraw.Draw(page)
    for top in (100, 140, 700):
        for left in range(100, 1250, 30):
            pen.rectangle((left, top, left + 18, top + 14), fill=150 if top == 700 else 20)
    level, angle = straightened(page.rotate(2.0, resample=Image.Resampling.BICUBIC, fillcolor=190))
    assert angle == pytest.approx(2.0, abs=0.2)
    assert int(np.asarray(level)[690:725].min()) < 165
    assert abs(int(level.getpixel((700, 400))) - 190) <= 2


def test_the_gate_tells_a_jpeg_as_large_as_it_is():
    out = BytesIO()
    Image.new("RGB", (1654, 2338), "white").save(out, "JPEG", dpi=(200, 200))
    page = inspect(out.getvalue()).pages[0]
    assert (page.width, page.height, page.dpi) == (1654, 2338, 200)
