import hashlib
import struct
import zlib
from io import BytesIO

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from chalicelib.digitisation.checks import SignatureScanner, inspect
from chalicelib.digitisation.model import Limits, Refused
from chalicelib.digitisation.reasons import truncated
from tests.support.office_files import packed


def jpeg(width=900, height=1200, dpi=(300, 300), **options):
    out = BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "JPEG", **({"dpi": dpi} if dpi else {}), **options)
    return out.getvalue()


def png(width=400, height=500, mode="RGB", **options):
    out = BytesIO()
    Image.new(mode, (width, height)).save(out, "PNG", dpi=(300, 300), **options)
    return out.getvalue()


def png_bomb(width, height):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 9000)) + chunk(b"IEND", b"")


def jpeg_bomb():
    data = bytearray(jpeg(8, 8))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", 60_000, 60_000)
    return bytes(data)


def pdf(change=lambda document: None, pages=1, **save):
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(595, 842))
    change(document)
    out = BytesIO()
    document.save(out, **save)
    return out.getvalue()


def action(name, **extra):
    return Dictionary(S=Name(f"/{name}"), **extra)


def annotate(document, **entries):
    annotation = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **entries)
    document.pages[0].obj.Annots = Array([document.make_indirect(annotation)])


def refusal(data, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        inspect(data, *args, **kwargs)
    assert refused.value.message_vi
    assert refused.value.message_en
    return refused.value.code


def test_a_jpeg_is_described():
    data = jpeg()
    found = inspect(data, declared_type="image/jpeg")
    assert (found.media_type, found.size, found.warnings) == ("image/jpeg", len(data), ())
    assert found.sha256 == hashlib.sha256(data).hexdigest()
    (page,) = found.pages
    assert (page.width, page.height, page.dpi, page.sha256) == (900, 1200, 300, found.sha256)


def test_sizes_are_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    page = inspect(jpeg(900, 1200, exif=exif)).pages[0]
    assert (page.width, page.height) == (1200, 900)


@pytest.mark.parametrize("mode", ["RGB", "L", "1", "P", "RGBA"])
def test_a_png_is_described(mode):
    page = inspect(png(mode=mode)).pages[0]
    assert (page.width, page.height, page.dpi) == (400, 500, 300)


def test_a_pdf_is_described_page_by_page():
    found = inspect(pdf(pages=3), declared_type="application/pdf")
    assert [(page.width, page.height, page.dpi) for page in found.pages] == [(1653, 2339, 0)] * 3


def test_empty():
    assert refusal(b"") == "empty"


def test_too_large():
    data = jpeg()
    assert refusal(data, Limits(max_bytes=len(data) - 1)) == "too_large"
    assert inspect(data, Limits(max_bytes=len(data)))


@pytest.mark.parametrize(
    "data",
    [
        b"hello",
        b"GIF89a" + pdf(),
        b"<html>%PDF-1.7",
        b"\n" + pdf(),
        packed({"a.txt": "a"}),
        b"MZ" + b"\0" * 100,
        jpeg(comment=b"%PDF-1.7 1 0 obj"),
        jpeg() + b"PK\x03\x04rest",
        jpeg() + b"<script>alert(1)</script>",
        png() + b"%PDF-1.4",
        png(save_all=True, append_images=[Image.new("RGB", (400, 500), "red")]),
    ],
    ids=["text", "gif+pdf", "html+pdf", "shifted pdf", "zip", "exe", "jpeg+pdf", "jpeg+zip", "jpeg+html", "png+pdf",
         "animated"],
)  # fmt: skip
def test_wrong_type(data):
    assert refusal(data) == "wrong_type"


def test_a_zip_that_does_not_unpack_may_be_the_rest_of_an_office_file():
    assert refusal(b"PK\x03\x04" + b"\0" * 40) == "truncated"


def test_a_pdf_that_is_also_a_zip_is_refused():
    end = b"PK\x05\x06" + b"\0" * 18
    assert refusal(pdf() + end) == "wrong_type"


def test_a_picture_in_inks_is_taken():
    out = BytesIO()
    Image.new("CMYK", (300, 300)).save(out, "JPEG")
    assert inspect(out.getvalue()).media_type == "image/jpeg"


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"hevc"])
def test_a_photo_in_heic_is_refused_by_name(brand):
    assert refusal(b"\0\0\0\x18ftyp" + brand + bytes(100)) == "heic_not_read"
    assert refusal(b"\0\0\0\x18ftypisom" + bytes(100)) == "wrong_type"


def test_a_type_not_accepted_is_refused():
    assert refusal(pdf(), Limits(accepted=("image/jpeg",))) == "wrong_type"


def test_the_declared_type_must_be_the_content():
    assert refusal(jpeg(), declared_type="application/pdf") == "wrong_type"
    assert inspect(jpeg(), declared_type="image/jpg").media_type == "image/jpeg"
    assert inspect(jpeg(), declared_type="application/octet-stream").media_type == "image/jpeg"


def test_a_second_picture_of_a_phone_is_let_through():
    assert inspect(jpeg() + jpeg(90, 120)).pages[0].width == 900


def test_padding_is_let_through():
    assert inspect(jpeg() + b"\0" * 64)


@pytest.mark.parametrize(
    "data",
    [
        jpeg()[:700],
        jpeg()[:-2],
        jpeg()[:20],
        b"\xff\xd8\xff",
        png()[:-12],
        png()[:40],
        png().replace(b"IDAT", b"IDAT\0", 1),
        pdf()[:300],
        pdf().replace(b"startxref", b"startxxxx"),
        b"%PDF-1.7\n%%EOF",
    ],
)
def test_truncated_or_damaged(data):
    assert refusal(data) == "truncated"


@pytest.mark.parametrize("data", [jpeg()[:20], png()[:40]])
def test_a_reason_names_no_object_of_our_process(data):
    with pytest.raises(Refused) as refused:
        inspect(data, Limits(), scanner=SignatureScanner())
    assert "0x" not in refused.value.message_en


def test_what_a_library_says_of_its_own_objects_is_left_out():
    said = "PIL.UnidentifiedImageError: cannot identify image file <_io.BytesIO object at 0x7f1d54f2a3b0>"
    assert truncated(said).message_en == "PIL.UnidentifiedImageError: cannot identify image file"


def test_one_flipped_bit_in_a_png_is_found():
    data = bytearray(png())
    data[data.index(b"IDAT") + 10] ^= 1
    assert refusal(bytes(data)) == "truncated"


@pytest.mark.parametrize("data", [png_bomb(9000, 9000), png_bomb(30_000, 30_000), jpeg_bomb()])
def test_decompression_bombs_are_errors_not_warnings(data):
    assert refusal(data) == "too_many_pixels"


def test_a_giant_pdf_page_or_image_is_refused():
    def giant_image(document):
        image = document.make_stream(b"", Subtype=Name.Image, Width=20_000, Height=20_000)
        document.pages[0].obj.Resources = Dictionary(XObject=Dictionary(Im0=image))

    assert refusal(pdf(giant_image)) == "too_many_pixels"
    assert refusal(pdf(lambda d: d.add_blank_page(page_size=(14_400, 14_400)))) == "too_many_pixels"


def test_too_many_scans_are_refused():
    data = jpeg(8, 8)
    start = data.index(b"\xff\xda")
    assert refusal(data[:start] + data[start:-2] * 100 + b"\xff\xd9") == "wrong_type"


HOSTILE = {
    "javascript": lambda d: d.Root.__setattr__("OpenAction", action("JavaScript", JS=String("app.alert(1)"))),
    "open launch": lambda d: d.Root.__setattr__("OpenAction", action("Launch", F=String("cmd.exe"))),
    "unknown open action": lambda d: d.Root.__setattr__("OpenAction", action("Surprise")),
    "page javascript": lambda d: d.pages[0].obj.__setattr__("AA", Dictionary(O=action("JavaScript", JS=String("x")))),
    "nameless javascript": lambda d: annotate(d, A=Dictionary(JS=String("x"))),
    "launch link": lambda d: annotate(d, Subtype=Name.Link, A=action("Launch", F=String("cmd.exe"))),
    "chained launch": lambda d: annotate(d, A=action("URI", URI=String("x:"), Next=Array([action("Launch")]))),
    "submit": lambda d: annotate(d, Subtype=Name.Link, A=action("SubmitForm", F=String("http://x"))),
    "attachment": lambda d: d.attachments.__setitem__("x", pikepdf.AttachedFileSpec(d, b"MZ", filename="x.exe")),
    "attached note": lambda d: annotate(d, Subtype=Name.FileAttachment),
    "rich media": lambda d: annotate(d, Subtype=Name.RichMedia),
    "xfa": lambda d: d.Root.__setattr__("AcroForm", Dictionary(XFA=d.make_stream(b"<xdp/>"), Fields=Array([]))),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_active_content(name):
    assert refusal(pdf(HOSTILE[name])) == "active_content"


@pytest.mark.parametrize("user", ["", "secret"])
def test_encryption(user):
    assert refusal(pdf(encryption=pikepdf.Encryption(owner="owner", user=user))) == "encrypted"


def test_quiet_pdfs_pass():
    def links(document):
        annotate(document, Subtype=Name.Link, A=action("URI", URI=String("https://example.vn")))
        document.Root.OpenAction = Array([document.pages[0].obj, Name.Fit])

    assert inspect(pdf(links))
    assert inspect(pdf(lambda d: d.Root.__setattr__("OpenAction", action("GoTo", D=Array([d.pages[0].obj, Name.Fit])))))


def test_page_count():
    assert refusal(pdf(pages=4), Limits(max_pages=3)) == "page_count"
    assert refusal(pdf(lambda d: d.pages.__delitem__(0))) == "page_count"


def test_malware():
    scanner = SignatureScanner({"Test-Only": b"not-a-nice-string"})
    assert refusal(jpeg() + SignatureScanner.EICAR, scanner=scanner) == "malware"
    assert refusal(jpeg(comment=b"not-a-nice-string"), scanner=scanner) == "malware"
    assert inspect(jpeg(), scanner=scanner)


@pytest.mark.parametrize(("dpi", "said"), [((150, 150), "150 dpi"), (None, "khoảng 103 dpi"), ((72, 72), "dpi")])
def test_low_resolution_is_a_warning_that_names_its_rule(dpi, said):
    (warning,) = inspect(jpeg(dpi=dpi)).warnings
    assert warning.startswith("low_dpi: ")
    assert said in warning
    assert "policy:scan-resolution" in warning


def test_a_camera_that_says_72_dpi_is_not_believed():
    found = inspect(jpeg(2500, 3500, dpi=(72, 72)))
    assert (found.pages[0].dpi, found.warnings) == (0, ())


# --- what an independent set of files found -------------------------------------------------------------------------


def png_of(*parts):
    packed = [(kind, body) for kind, body in parts]
    told = [struct.pack(">I", len(b)) + k + b + struct.pack(">I", zlib.crc32(k + b)) for k, b in packed]
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)


HEADER = (b"IHDR", struct.pack(">IIBBBBB", 9, 9, 8, 3, 0, 0, 0))
PIXELS = (b"IDAT", zlib.compress(b"\0" * 90))
END = (b"IEND", b"")


def short_part(data):
    at = data.index(b"\xff\xdb")
    return data[: at + 2] + b"\0\0" + data[at + 4 :]


def elsewhere(**entries):
    def change(document):
        stream = document.make_stream(b"q Q")
        for name, value in entries.items():
            stream[f"/{name}"] = value
        document.pages[0].Contents = stream

    return change


ODD = {
    "a PNG without its palette": (png_of(HEADER, PIXELS, END), "truncated"),
    "a PNG with its palette behind the pixels": (png_of(HEADER, PIXELS, (b"PLTE", b"\0\0\0"), END), "truncated"),
    "a PNG that begins otherwise": (png_of((b"tEXt", b"a\0b"), HEADER, PIXELS, END), "truncated"),
    "a PNG with two headers": (png_of(HEADER, HEADER, PIXELS, END), "truncated"),
    "a JPEG with a part of no length": (short_part(jpeg()), "truncated"),
    "a JPEG with a false profile of colours": (jpeg(icc_profile=b"no profile"), "truncated"),
    "a line a thousand times as long as wide": (png(width=1, height=1000), "wrong_type"),
    "a page of half a point": (pdf(lambda d: setattr(d.pages[0], "mediabox", [0, 0, 0.5, 0.5])), "wrong_type"),
    "a content in another file": (pdf(elsewhere(F=String("/etc/passwd"))), "active_content"),
    "a form that refers to another file": (pdf(elsewhere(Ref=Dictionary())), "active_content"),
    "a program of PostScript": (pdf(elsewhere(Subtype=Name.PS)), "active_content"),
}


@pytest.mark.parametrize("name", ODD)
def test_what_is_odd_is_refused_before_its_dossier_waits_for_it(name):
    data, code = ODD[name]
    with pytest.raises(Refused) as refused:
        inspect(data)
    assert refused.value.code == code


def test_a_density_that_no_scanner_has_is_none():
    assert inspect(jpeg(dpi=(9000, 9000))).pages[0].dpi == 0
    assert inspect(jpeg(dpi=(1200, 1200))).pages[0].dpi == 1200
