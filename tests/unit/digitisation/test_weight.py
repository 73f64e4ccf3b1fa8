"""A PDF that is small and becomes huge is refused by name, before anything opens it whole."""

import zlib
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image

from chalicelib.digitisation.checks import inspect
from chalicelib.digitisation.model import Limits, Refused


def file(change, *, size=(595, 842), pages=1):
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=size)
    change(document)
    out = BytesIO()
    document.save(out, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def packed(data, layers):
    for _ in range(layers):
        data = zlib.compress(data, 9)
    return data


def stream(document, data, packing, **entries):
    made = pikepdf.Stream(document, data)
    made.Filter = Array([Name(f"/{name}") for name in packing])
    for name, value in entries.items():
        made[f"/{name}"] = value
    return document.make_indirect(made)


def content(data, *packing):
    def change(document):
        document.pages[0].Contents = stream(document, data, packing)

    return file(change)


def picture(data, *packing, width=100, height=100, page=(595, 842)):
    def change(document):
        made = stream(
            document, data, packing, Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height,
            ColorSpace=Name.DeviceGray, BitsPerComponent=8,
        )  # fmt: skip
        document.pages[0].Resources = Dictionary(XObject=Dictionary(Im0=made))
        document.pages[0].Contents = document.make_stream(b"q 500 0 0 500 0 0 cm /Im0 Do Q")

    return file(change, size=page)


def forms(fan_out, depth):
    def change(document):
        inner = document.make_stream(b"0 0 m 1 1 l S")
        inner.Type, inner.Subtype, inner.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
        for _ in range(depth):
            outer = document.make_stream(b"/F Do " * fan_out)
            outer.Type, outer.Subtype, outer.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
            outer.Resources = Dictionary(XObject=Dictionary(F=inner))
            inner = outer
        document.pages[0].Resources = Dictionary(XObject=Dictionary(F=inner))
        document.pages[0].Contents = document.make_stream(b"/F Do")

    return file(change)


def circle(document):
    form = document.make_stream(b"/F Do")
    form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    form.Resources = Dictionary(XObject=Dictionary(F=form))
    document.pages[0].Resources = Dictionary(XObject=Dictionary(F=form))
    document.pages[0].Contents = document.make_stream(b"/F Do")


def jpeg(width, height):
    out = BytesIO()
    Image.new("L", (width, height), 255).save(out, "JPEG", quality=1)
    return out.getvalue()


BLANKS = b" " * (17 << 20)
HEAVY = {
    "a content of 17 MB in one layer": content(packed(BLANKS, 1), "FlateDecode"),
    "in two layers": content(packed(BLANKS, 2), "FlateDecode", "FlateDecode"),
    "three filters": content(packed(b"q Q", 3), "FlateDecode", "FlateDecode", "FlateDecode"),
    "an unknown way of packing": content(b"\x80" * 200_000, "LZWDecode"),
    "a picture longer than it says": picture(packed(b"\0" * (4 << 20), 1), "FlateDecode"),
    "forms: ten in ten, twelve deep": forms(10, 12),
    "forms: ten in ten, four deep": forms(10, 4),
    "one form in another, ten deep": forms(1, 10),
    "a form that draws itself": file(circle),
    "a hundred pages of 15 inches": file(lambda _: None, size=(1080, 1080), pages=100),
}
LARGE = {
    "a page of 200 inches": file(lambda _: None, size=(14_400, 14_400)),
    "the same with a picture of few pixels": picture(
        jpeg(2000, 2000), "DCTDecode", width=2000, height=2000, page=(14_400, 14_400)
    ),
    "a hundred pages of 2,700 points": file(lambda _: None, size=(2700, 2700), pages=100),
    "a JPEG of 49 million pixels that says 100": picture(jpeg(7000, 7000), "DCTDecode"),
    "the same in Flate": picture(packed(jpeg(7000, 7000), 1), "FlateDecode", "DCTDecode"),
}


@pytest.mark.parametrize("name", HEAVY)
def test_what_costs_too_much_to_open_is_too_heavy(name):
    assert len(HEAVY[name]) < 250_000
    with pytest.raises(Refused) as refused:
        inspect(HEAVY[name])
    assert refused.value.code == "too_heavy"


@pytest.mark.parametrize("name", LARGE)
def test_pixels_are_counted_as_they_will_be_drawn(name):
    with pytest.raises(Refused) as refused:
        inspect(LARGE[name])
    assert refused.value.code == "too_many_pixels"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (picture(jpeg(200, 100), "DCTDecode"), "wrong_type"),
        (picture(b"no picture", "DCTDecode"), "truncated"),
        (content(b"not packed", "FlateDecode"), "truncated"),
        (content(packed(b"not packed", 1), "FlateDecode", "FlateDecode"), "truncated"),
        (content(b"zz", "ASCIIHexDecode", "FlateDecode"), "truncated"),
        (content(b"\xff\xff~>", "ASCII85Decode", "FlateDecode"), "truncated"),
        (picture(jpeg(100, 100), "LZWDecode", "DCTDecode"), "too_heavy"),
    ],
    ids=["another size", "no header", "not Flate", "half Flate", "not hexadecimal", "not ASCII85", "packed oddly"],
)
def test_what_is_not_what_it_says_is_refused(data, code):
    with pytest.raises(Refused) as refused:
        inspect(data)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "data",
    [
        content(packed(b"q Q " * 1000, 1), "FlateDecode"),
        content(packed(b"q Q " * 1000, 2), "FlateDecode", "FlateDecode"),
        content(packed(b"q Q", 1).hex().encode() + b">", "ASCIIHexDecode", "FlateDecode"),
        content(b"<~9jqo^~>".removeprefix(b"<~"), "ASCII85Decode"),
        picture(packed(b"\xff" * 10_000, 1), "FlateDecode"),
        picture(jpeg(100, 100), "DCTDecode"),
        picture(packed(jpeg(100, 100), 1), "FlateDecode", "DCTDecode"),
        forms(3, 3),
        file(lambda _: None, pages=100),
    ],
    ids=["one layer", "two", "hexadecimal", "ASCII85", "picture", "JPEG", "packed JPEG", "letterheads", "100 pages"],
)
def test_what_is_as_large_as_it_looks_is_taken(data):
    assert inspect(data).pages


def test_the_limit_of_all_pages_is_a_setting_of_the_policy():
    two = file(lambda _: None, pages=2)
    assert len(inspect(two, Limits(max_drawn=2 * 1653 * 2339)).pages) == 2
    with pytest.raises(Refused) as refused:
        inspect(two, Limits(max_drawn=2 * 1653 * 2339 - 1))
    assert refused.value.message_en.endswith("pixels in all pages")
