import functools
import hashlib
import shutil
import subprocess
from copy import replace
from datetime import UTC, datetime
from io import BytesIO

import numpy as np
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from pikepdf import pdfa
from PIL import Image

from chalicelib.archive.pdfa import carries_data
from chalicelib.digitisation.conversion import DATA, DESCRIPTION, convert
from chalicelib.digitisation.model import PageText, Refused
from chalicelib.digitisation.pages import skew
from infra.demo.scans import character_error_rate, make_scan
from tests.unit.digitisation.support import MARK, READER, page, render, scan

QR = zxingcpp.BarcodeFormat.QRCode
"""Of every other kind the reader finds one now and then in a page that has none."""

KINDS = ("giay_chung_sinh", "xac_nhan_cu_tru")


@functools.cache
def converted():
    return convert([scan(kind).jpeg for kind in KINDS], [page(kind) for kind in KINDS], MARK)


def texts(data):
    with pypdfium2.PdfDocument(data) as document:
        return [document[number].get_textpage().get_text_range() for number in range(len(document))]


def band_text(mark):
    blank = Image.new("L", (1654, 400), 255)
    out = BytesIO()
    blank.save(out, "PNG", dpi=(200, 200))
    return texts(convert([out.getvalue()], [PageText("", (), 0.0, 200, blank.size)], mark).pdf)[0]


def test_the_data_message_is_archivable_and_hashed():
    message = converted()
    assert pdfa.validate_written(BytesIO(message.pdf), "2b").passed
    assert message.sha256 == hashlib.sha256(message.pdf).hexdigest()
    with pikepdf.open(BytesIO(message.pdf)) as pdf:
        metadata = pdf.open_metadata()
        assert str(pdf.Root.Lang) == "vi"
        assert MARK.code in metadata["dc:title"]
        assert list(metadata["dc:language"]) == ["vi"]
        inside = [bytes(image.read_raw_bytes()) for sheet in pdf.pages for image in sheet.get_images().values()]
    assert inside == [scan(kind).jpeg for kind in KINDS]


def test_a_retry_gives_the_same_hash():
    again = convert([scan(kind).jpeg for kind in KINDS], [page(kind) for kind in KINDS], MARK)
    assert again == converted()


def test_the_text_is_found_where_it_is_read():
    for number, text in enumerate(texts(converted().pdf)):
        truth = scan(KINDS[number]).text
        start = text.index(truth.split("\n", 1)[0])
        assert character_error_rate(truth, text[start:]) < 0.005


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_another_extractor_reads_the_same(tmp_path):
    (tmp_path / "message.pdf").write_bytes(converted().pdf)
    command = ["pdftotext", "-raw", str(tmp_path / "message.pdf"), "-"]
    raw = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for kind, text in zip(KINDS, raw.split("\f"), strict=False):
        truth = scan(kind).text
        assert character_error_rate(truth, text[text.index(truth.split("\n", 1)[0]) :]) < 0.005


def unsure(read):
    """The same page, whose words may be noise."""
    return replace(read, words=tuple(replace(word, confidence=0.3) for word in read.words))


@pytest.mark.parametrize("known", [lambda read: read, unsure], ids=["straightened", "as copied"])
def test_invisible_letters_lie_on_their_ink(known):
    data = convert([scan(kind).jpeg for kind in KINDS], [known(page(kind)) for kind in KINDS], MARK).pdf
    for number in range(len(KINDS)):
        shown = render(data, number, dpi=100).min(axis=2)
        inked, total = on_ink(data, number, shown, 100 / 72)
        assert total > 500
        assert inked / total > 0.97


def on_ink(data, number, shown, scale):
    """How many letters of the text layer have something dark under them, of how many."""
    inked = total = 0
    with pypdfium2.PdfDocument(data) as document:
        sheet, height = document[number].get_textpage(), document[number].get_height()
        for index in range(sheet.count_chars()):
            if not sheet.get_text_range(index, 1).strip():
                continue
            left, bottom, right, top = sheet.get_charbox(index, loose=True)
            rows = slice(int((height - top) * scale), int((height - bottom) * scale) + 1)
            letter = shown[rows, int(left * scale) : int(right * scale) + 1]
            total += 1
            inked += bool(letter.size and letter.min() < 140)
    return inked, total


CORNERS = ("red", "lime", "blue", "magenta")
A4 = (210 / 25.4 * 72, 297 / 25.4 * 72)
PAPERS = {"A4": (210, 297), "A3 across": (420, 297), "A5": (148, 210), "card": (85.6, 54)}


def sheet_of(size, dpi=100):
    """A grey paper of so many millimetres, each corner in a colour of its own."""
    width, height = (round(side * dpi / 25.4) for side in size)
    image = Image.new("RGB", (width, height), (230, 230, 230))
    spot = min(width, height) // 8
    for colour, (x, y) in zip(CORNERS, ((0, 0), (1, 0), (0, 1), (1, 1)), strict=True):
        image.paste(colour, (x * (width - spot), y * (height - spot), x * width or spot, y * height or spot))
    out = BytesIO()
    image.save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue(), image.size


@pytest.mark.parametrize(("name", "turn"), [("A4", 4.0), ("A3 across", 0.0), ("card", 0.0)])
def test_every_page_is_a4_and_shows_the_whole_paper(name, turn):
    size = PAPERS[name]
    data, pixels = sheet_of(size)
    words = tuple(replace(page(KINDS[0]).words[0], confidence=0.9) for _ in range(20))
    read = PageText("", words if turn else (), turn, 100, pixels)
    message = convert([data, data], [read, read], MARK).pdf
    for number in (0, 1):
        with pypdfium2.PdfDocument(message) as document:
            assert sorted(document[number].get_size()) == pytest.approx(A4, abs=0.01)
        shown = render(message, number, dpi=100).astype(int)
        for colour in CORNERS:
            seen = np.abs(shown - np.array(Image.new("RGB", (1, 1), colour).getpixel((0, 0)))).sum(axis=2) < 60
            spot = min(pixels) // 8
            assert seen.sum() > 0.4 * spot * spot * min(1, 297 / max(size) * 0.6) ** 2, colour


@pytest.mark.parametrize("name", ["A5", "card"])
def test_a_smaller_paper_keeps_its_size(name):
    data, pixels = sheet_of(PAPERS[name])
    shown = render(convert([data, data], [PageText("", (), 0.0, 100, pixels)] * 2, MARK).pdf, number=1, dpi=100)
    rows, columns = (shown != 255).any(axis=2).nonzero()
    assert np.ptp(columns) + 1 == pytest.approx(pixels[0], abs=2)
    assert np.ptp(rows) + 1 == pytest.approx(pixels[1], abs=2)


@pytest.mark.parametrize("angle", [-3.0, 2.0])
def test_a_scan_that_lies_askew_is_shown_straight_and_kept_as_it_came(angle):
    askew = make_scan(KINDS[1], seed=3, skew=angle)
    message = convert([askew.jpeg] * 2, [READER.read(askew.jpeg)] * 2, MARK).pdf
    with Image.open(BytesIO(askew.jpeg)) as image:
        assert abs(skew(image.convert("L"))) > 1.5
    shown = Image.fromarray(render(message, number=1, dpi=100)).convert("L")
    assert abs(skew(shown)) < 0.3
    with pikepdf.open(BytesIO(message)) as pdf:
        inside = {bytes(image.read_raw_bytes()) for sheet in pdf.pages for image in sheet.get_images().values()}
    assert inside == {askew.jpeg}


def test_what_is_not_surely_print_is_not_turned():
    turned = render(convert([scan(KINDS[0]).jpeg], [page(KINDS[0])], MARK).pdf)
    as_copied = render(convert([scan(KINDS[0]).jpeg], [unsure(page(KINDS[0]))], MARK).pdf)
    assert abs(skew(Image.fromarray(as_copied[250:]).convert("L"))) > 1
    assert abs(skew(Image.fromarray(turned[250:]).convert("L"))) < 0.3


def test_the_text_is_invisible():
    kind, blank = KINDS[1], replace(page(KINDS[1]), words=())
    without = convert([scan(kind).jpeg], [blank], MARK).pdf
    with_text = convert([scan(kind).jpeg], [unsure(page(kind))], MARK).pdf
    assert (render(without, dpi=50) == render(with_text, dpi=50)).all()


def test_the_mark_says_what_the_law_asks():
    said = " ".join(band_text(MARK).split())
    for item in (MARK.text, "25/11/2026 09:20:00 +07:00", MARK.converter_name, MARK.agency_name, MARK.agency_code,
                 MARK.code, MARK.lookup_url):  # fmt: skip
        assert item in said


def test_the_time_is_vietnamese_whatever_the_clock():
    assert "25/11/2026 09:20:00 +07:00" in band_text(
        replace(MARK, converted_at=datetime(2026, 11, 25, 2, 20, tzinfo=UTC))
    )


def test_nothing_of_a_long_mark_is_lost():
    long = replace(
        MARK,
        agency_name="Trung tâm Phục vụ hành chính công xã Vĩnh Phước, bộ phận tiếp nhận và trả kết quả số 2, " * 2,
        lookup_url="https://motcua.example.vn/" + "/".join(["tra-cuu"] * 12),
    )
    said = "".join(band_text(long).split())
    assert "".join(long.agency_name.split()) in said
    assert long.code in said


def test_the_qr_code_is_read_back_from_the_top_left():
    shown = render(converted().pdf, dpi=150)
    (code,) = zxingcpp.read_barcodes(shown, QR)
    assert code.text == MARK.qr_payload
    assert code.format == zxingcpp.BarcodeFormat.QRCode
    assert code.position.bottom_right.x < shown.shape[1] * 0.25
    assert code.position.bottom_right.y < 104 * 150 / 72


def test_a_full_qr_code_is_read_back_and_an_overfull_one_is_an_error():
    long = MARK.qr_payload + "|" + "x" * 250
    data = convert([scan(KINDS[0]).jpeg], [page(KINDS[0])], replace(MARK, qr_payload=long)).pdf
    (code,) = zxingcpp.read_barcodes(render(data, dpi=150), QR)
    assert code.text == long
    with pytest.raises(ValueError, match="too long"):
        convert([scan(KINDS[0]).jpeg], [page(KINDS[0])], replace(MARK, qr_payload="x" * 3000))


def test_the_agency_has_the_top_right_and_covers_nothing():
    message = converted()
    left, bottom, right, top = message.signature_box
    shown = render(message.pdf, dpi=72)
    assert shown.shape[1] / 2 < left < right < shown.shape[1]
    assert shown.shape[0] > top > bottom > shown.shape[0] - 104
    inside = shown[shown.shape[0] - int(top) + 3 : shown.shape[0] - int(bottom) - 3, int(left) + 3 : int(right) - 3]
    assert inside.min() == 255


def test_a_card_is_marked_too():
    out = BytesIO()
    Image.open(BytesIO(scan(KINDS[0]).jpeg)).crop((0, 400, 680, 830)).save(out, "JPEG", dpi=(200, 200))
    message = convert([out.getvalue()], [READER.read(out.getvalue())], MARK)
    (code,) = zxingcpp.read_barcodes(render(message.pdf, dpi=150), QR)
    assert code.text == MARK.qr_payload
    assert "Người chuyển đổi: Phan Bích Lượng" in texts(message.pdf)[0]


def test_pictures_and_readings_must_pair():
    one = scan(KINDS[0]).jpeg
    for images, pages in (([], []), ([one], []), ([one, one], [page(KINDS[0])])):
        with pytest.raises(Refused) as refused:
            convert(images, pages, MARK)
        assert refused.value.code == "page_count"
    with pytest.raises(ValueError, match="another picture"):
        convert([one], [replace(page(KINDS[0]), size=(2338, 1654))], MARK)


@pytest.mark.parametrize("degrees", [90, 180])
def test_a_scan_that_lies_on_its_side_or_its_head_is_shown_upright(degrees):
    with Image.open(BytesIO(scan(KINDS[1]).jpeg)) as image:
        out = BytesIO()
        image.rotate(degrees, expand=True).save(out, "JPEG", quality=85, dpi=(200, 200))
    read = READER.read(out.getvalue())
    message = convert([out.getvalue()], [read], MARK).pdf
    assert character_error_rate(scan(KINDS[1]).text, texts(message)[0].partition("CÔNG AN")[2]) < 0.05
    with pypdfium2.PdfDocument(message) as document:
        width, height = document[0].get_size()
        found = document[0].get_textpage().search("XÁC NHẬN THÔNG TIN").get_next()
        left, baseline, right, _ = document[0].get_textpage().get_charbox(found[0])
    assert width < height
    foot = int(height - baseline)
    assert render(message, dpi=72)[foot - 10 : foot, int(left) : int(right)].min() < 120  # a letter on its own ink


DATA_JSON = '{"code":"SH-1","fields":[{"name":"ho_ten","value":"Nguyễn Thị Bích Liễu"}]}'.encode()


def test_extracted_data_are_in_the_message_which_then_is_pdfa_3b():
    message = convert([scan(KINDS[0]).jpeg], [page(KINDS[0])], MARK, data=DATA_JSON)
    assert pdfa.validate_written(BytesIO(message.pdf), "3b").passed
    assert not pdfa.validate_written(BytesIO(message.pdf), "2b").passed
    with pikepdf.open(BytesIO(message.pdf)) as pdf:
        (spec,) = pdf.Root.AF
        assert spec.AFRelationship == "/Data"
        assert str(spec.Desc) == DESCRIPTION
        assert spec.EF.F.Subtype == "/application/json"
        attached = pdf.attachments[DATA]
        assert attached.get_file().read_bytes() == DATA_JSON
        assert attached.get_file().mime_type == "application/json"
    again = convert([scan(KINDS[0]).jpeg], [page(KINDS[0])], MARK, data=DATA_JSON)
    assert message == again, "a retry gives the same hash"
    assert carries_data(message.pdf)
    assert not carries_data(converted().pdf)
