"""TIFF at the gate: pages counted and drawn, the same pixels where nothing was lost, and what is no scan is refused."""

import struct
from io import BytesIO

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageCms, TiffImagePlugin

from chalicelib.digitisation.checks import inspect
from chalicelib.digitisation.copying import make_copy
from chalicelib.digitisation.model import Limits, Refused
from chalicelib.digitisation.pages import bare, first_page, page_images
from chalicelib.digitisation.press import inks

SIZE = (60, 80)


def page(mode="RGB", size=SIZE):
    """A white page with a dark square."""
    if mode == "I;16":
        levels = np.full(size[::-1], 65_000, np.uint16)
        levels[10:20, 10:20] = 300
        return Image.fromarray(levels)
    made = Image.new(mode, size, 0 if mode == "CMYK" else "white")
    made.paste((0, 0, 0, 255) if mode == "CMYK" else 0 if mode in {"1", "L"} else (0, 0, 0), (10, 10, 20, 20))
    return made


def tiff(*modes, orientation=None, **options):
    out, told = BytesIO(), TiffImagePlugin.ImageFileDirectory_v2()
    if orientation:
        told[274] = orientation
    first, *rest = (page(mode) for mode in modes or ("RGB",))
    first.save(out, "TIFF", save_all=True, append_images=rest, tiffinfo=told, **({"dpi": (200, 200)} | options))
    return out.getvalue()


def pictures(data):
    return [Image.open(BytesIO(each)) for each in page_images(data, "image/tiff")]


def entry(data, tag):
    """Where the entry of a tag of the first directory stands."""
    at = struct.unpack_from("<I", data, 4)[0]
    (count,) = struct.unpack_from("<H", data, at)
    return next(at + 2 + 12 * n for n in range(count) if struct.unpack_from("<H", data, at + 2 + 12 * n)[0] == tag)


def changed(tag, value, data=None):
    """The same file, whose first directory says something else."""
    made = bytearray(data or tiff())
    struct.pack_into("<I", made, entry(made, tag) + 8, value)
    return bytes(made)


def refusal(data, **limits):
    with pytest.raises(Refused) as refused:
        inspect(data, Limits(**limits))
    return refused.value.code


@pytest.mark.parametrize("packing", ["raw", "tiff_lzw", "tiff_deflate", "packbits"])
@pytest.mark.parametrize("mode", ["1", "L", "RGB", "I;16"])
def test_what_was_packed_without_loss_is_the_same_pixels(mode, packing):
    data = tiff(mode, compression=packing)
    assert [(p.width, p.height, p.dpi) for p in inspect(data).pages] == [(*SIZE, 200)]
    (made,) = pictures(data)
    assert (made.format, made.mode) == ("PNG", mode)
    assert np.array_equal(np.asarray(made), np.asarray(page(mode)))


@pytest.mark.parametrize("packing", ["group3", "group4"])
def test_a_fax_of_several_pages_is_as_many_pictures(packing):
    data = tiff("1", "1", "1", compression=packing)
    assert len({p.sha256 for p in inspect(data).pages}) >= 1
    assert [(p.mode, p.size) for p in pictures(data)] == [("1", SIZE)] * 3
    assert make_copy(page_images(data, "image/tiff"), title="A", expected_pages=3).pages == 3


def test_pages_of_several_kinds_and_sizes_are_in_their_order():
    data = tiff("1", "RGB", "L")
    assert [p.mode for p in pictures(data)] == ["1", "RGB", "L"]
    assert first_page(data, "image/tiff") == page_images(data, "image/tiff")[0]


def test_what_was_packed_as_jpeg_becomes_one():
    (made,) = pictures(tiff("RGB", compression="jpeg"))
    assert (made.format, made.size) == ("JPEG", SIZE)


def test_inks_are_shown_as_light():
    (made,) = pictures(tiff("CMYK", compression="tiff_lzw"))
    assert (made.mode, made.getpixel((0, 0)), made.getpixel((15, 15))) == ("RGB", (255, 255, 255), (0, 0, 0))


def test_inks_with_a_profile_are_shown_by_it():
    (made,) = pictures(tiff("CMYK", icc_profile=inks()))
    assert (made.mode, made.getpixel((0, 0))) == ("RGB", (255, 255, 255))
    assert max(made.getpixel((15, 15))) < 10


def test_a_profile_of_light_stays_with_its_page():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    (made,) = pictures(tiff(icc_profile=profile))
    assert made.info["icc_profile"] == profile


def test_a_page_that_lies_on_its_side_is_stood_up():
    data = tiff(orientation=6)
    assert [(p.width, p.height) for p in inspect(data).pages] == [SIZE[::-1]]
    assert [p.size for p in pictures(data)] == [SIZE[::-1]]


def test_rows_further_apart_than_columns_give_square_pixels():
    data = tiff("1", compression="group3", dpi=(204, 98))
    (facts,) = inspect(data).pages
    (made,) = pictures(data)
    assert made.size == (facts.width, facts.height) == (60, round(80 * 204 / 98))
    assert facts.dpi == 204


def chain(*kinds):
    """A grey page for each kind of directory: 0 is a page, 1 a smaller picture of one, 4 a mask."""
    out = bytearray(b"II*\0" + struct.pack("<I", 8 + 60 * 80) + b"\xff" * 60 * 80)
    for number, kind in enumerate(kinds):
        tags = [(254, 4, kind), (256, 4, 60), (257, 4, 80), (258, 3, 8), (262, 3, 1), (273, 4, 8), (279, 4, 60 * 80)]
        out += struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", t, of, 1, v) for t, of, v in tags)
        out += struct.pack("<I", len(out) + 4 if number + 1 < len(kinds) else 0)
    return bytes(out)


def test_a_smaller_picture_of_a_page_is_no_page():
    data = chain(0, 1, 0, 4)
    assert len(inspect(data).pages) == len(page_images(data, "image/tiff")) == 2
    assert refusal(chain(1)) == "page_count"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"II*\0", "truncated"),
        (tiff()[:40], "truncated"),
        (changed(256, 0), "truncated"),
        (changed(256, 60_000, changed(257, 60_000)), "too_many_pixels"),
        (changed(259, 34_712), "wrong_type"),
        (changed(262, 8), "wrong_type"),
        (changed(277, 9), "wrong_type"),
        (changed(273, 1 << 30), "truncated"),
        (changed(273, 2), "truncated"),
        (b"II+\0\x08\0\0\0" + bytes(40), "wrong_type"),
    ],
    ids=range(10),
)
def test_what_is_no_scan_is_refused_by_name(data, code):
    assert refusal(data) == code


def test_a_file_has_no_more_pages_than_any_other():
    assert refusal(tiff("1", "1", "1"), max_pages=2) == "page_count"
    assert refusal(tiff("1", "1", "1"), max_drawn=10_000) == "too_heavy"
    assert refusal(tiff("1"), max_pixels=100) == "too_many_pixels"


def test_a_jpeg_in_inks_keeps_its_bytes_and_is_archived():
    out = BytesIO()
    page("CMYK", (600, 800)).save(out, "JPEG", dpi=(200, 200))
    assert inspect(out.getvalue()).pages[0].width == 600
    made = make_copy(page_images(out.getvalue(), "image/jpeg"), title="A").pdf
    with pikepdf.open(BytesIO(made)) as pdf:
        kept = [
            each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Filter") == "/DCTDecode"
        ]
        assert [each.read_raw_bytes() for each in kept] == [bare(out.getvalue())]
    shown = pypdfium2.PdfDocument(made)[0].render(scale=1).to_pil().convert("L")
    assert shown.getpixel((shown.width - 5, shown.height - 5)) > 250
    assert shown.getextrema()[0] < 40
