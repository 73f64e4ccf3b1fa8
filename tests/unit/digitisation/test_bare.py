"""What a phone writes beside a photo (where and when it was taken, by what) is in no paper that leaves the house."""

import struct
from io import BytesIO

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageOps

from chalicelib.digitisation.checks import inspect
from chalicelib.digitisation.conversion import convert
from chalicelib.digitisation.copying import make_copy
from chalicelib.digitisation.model import PDF
from chalicelib.digitisation.pages import bare, page_images, stated_dpi
from tests.unit.digitisation.support import MARK, page, scan

CANARIES = (b"Canary Phone", b"2026:11:26", b"canary remark", b"canary-xmp", b"canary-iptc", b"GPS canary")


def part(code, body):
    """A part of a JPEG for programs."""
    return b"\xff" + bytes([code]) + struct.pack(">H", len(body) + 2) + body


def photo(jpeg, orientation=1):
    """The same pixels as a phone would send them, a second picture behind the first among it."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x0110], exif[0x0132] = "Canary Phone", "2026:11:26 10:00:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (10.0, 15.0, 30.5), 3: "E", 4: (105.0, 58.0, 1.0), 27: "GPS canary"})
    beside = b"".join(
        (
            part(0xE1, b"Exif\0\0" + exif.tobytes().removeprefix(b"Exif\0\0")),
            part(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x>canary-xmp</x>"),
            part(0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x0bcanary-iptc"),
            part(0xFE, b"canary remark"),
        )
    )
    return jpeg[:2] + beside + jpeg[2:] + jpeg[:2] + beside + jpeg[2:]


def everything_in(pdf):
    """The bytes of a PDF and of every stream in it, unpacked as far as it can be."""
    found = [pdf]
    with pikepdf.open(BytesIO(pdf)) as opened:
        for item in opened.objects:
            if isinstance(item, pikepdf.Stream):
                found.append(bytes(item.read_raw_bytes()))
                if item.get("/Filter") == "/FlateDecode":
                    found.append(bytes(item.read_bytes()))
    return b"\n".join(found)


def pixels(data):
    with Image.open(BytesIO(data)) as image:
        return np.asarray(ImageOps.exif_transpose(image))


@pytest.fixture(scope="module")
def jpeg():
    return scan("giay_chung_sinh").jpeg


def test_the_photo_of_these_tests_is_one_that_passes_the_gate_and_says_where_it_was_taken(jpeg):
    data = photo(jpeg)
    assert inspect(data).pages[0].width
    with Image.open(BytesIO(data)) as image:
        assert image.getexif().get_ifd(0x8825)[2] == (10.0, 15.0, 30.5)
    assert all(canary in data for canary in CANARIES)


def test_neither_copy_nor_data_message_has_anything_that_the_camera_wrote(jpeg):
    data = photo(jpeg)
    for pdf in (make_copy([data], title="Ảnh").pdf, convert([data], [page("giay_chung_sinh")], MARK).pdf):
        inside = everything_in(pdf)
        assert [canary for canary in (*CANARIES, b"Exif\0") if canary in inside] == []


def test_a_photo_inside_a_pdf_loses_it_too(jpeg):
    bound = make_copy([jpeg], title="A").pdf
    with pikepdf.open(BytesIO(bound)) as pdf:
        (picture,) = pdf.pages[0].get_images().values()
        picture.write(photo(jpeg), filter=pikepdf.Name.DCTDecode)
        pdf.pages[0].obj.Resources.XObject = pikepdf.Dictionary(Im0=picture)
        pdf.pages[0].obj.MediaBox = pikepdf.Array([0, 0, 595, 842])
        pdf.pages[0].obj.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q")
        pdf.save(out := BytesIO())
    inside = everything_in(make_copy(page_images(out.getvalue(), PDF), title="A").pdf)
    assert [canary for canary in CANARIES if canary in inside] == []


@pytest.mark.parametrize("turn", range(1, 9))
def test_pixels_resolution_and_turn_stay_as_they_were(jpeg, turn):
    data = photo(jpeg, turn)
    stripped = bare(data)
    assert np.array_equal(np.asarray(Image.open(BytesIO(stripped))), np.asarray(Image.open(BytesIO(jpeg))))
    with Image.open(BytesIO(stripped)) as image, Image.open(BytesIO(jpeg)) as original:
        assert stated_dpi(image) == stated_dpi(original)
    with pikepdf.open(BytesIO(make_copy([data], title="A").pdf)) as pdf:
        width, height = (float(side) for side in pdf.pages[0].mediabox[2:])
    assert (width > height) == (pixels(data).shape[1] > pixels(data).shape[0])


@pytest.mark.parametrize("options", [{"progressive": True}, {"quality": 30}, {"restart_marker_rows": 1}], ids=str)
def test_a_clean_jpeg_stays_byte_for_byte(options):
    out = BytesIO()
    Image.linear_gradient("L").resize((640, 480)).convert("RGB").save(out, "JPEG", dpi=(200, 200), **options)
    assert bare(out.getvalue()) == out.getvalue()


def test_colours_stay_what_they_are():
    out, profile = BytesIO(), b"0" * 128
    Image.new("RGB", (64, 64), "red").save(out, "JPEG", icc_profile=profile, keep_rgb=True)
    data = out.getvalue()
    assert b"Adobe" in data
    stripped = bare(photo(data))
    assert Image.open(BytesIO(stripped)).info["icc_profile"] == profile
    assert np.array_equal(pixels(stripped), pixels(data))


def test_what_is_no_jpeg_is_passed_on_and_what_does_not_add_up_is_said():
    assert bare(b"\x89PNG...") == b"\x89PNG..."
    with pytest.raises(ValueError, match="not the parts"):
        bare(b"\xff\xd8\xff\xe1\x00\x01")
