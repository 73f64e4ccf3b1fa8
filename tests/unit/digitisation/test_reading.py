import threading
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image, ImageDraw, ImageFont

from chalicelib.digitisation.fields import extract
from chalicelib.digitisation.labels import known
from chalicelib.digitisation.model import Word
from chalicelib.digitisation.reading import Reader, is_print, tessdata_path
from infra.demo.scans import KINDS, character_error_rate, make_scan
from tests.unit.digitisation.support import READER, page, scan, values

SERIF = "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf"
NAMES = {"ho_ten_me", "ten_du_dinh", "nguoi_do_de", "ho_ten", "ho_ten_chu_ho"}
PAGES = [(kind, font, seed) for kind in KINDS for font, seed in (("liberation-serif", 1), ("noto-serif", 2))]


@pytest.mark.parametrize(("kind", "font", "seed"), PAGES)
def test_print_is_read(kind, font, seed):
    assert character_error_rate(scan(kind, seed, font).text, page(kind, seed, font).text) < 0.005


@pytest.mark.parametrize(("kind", "font", "seed"), PAGES)
def test_fields_are_exact(kind, font, seed):
    """Every value letter by letter; of names, whose tone marks are what reading gets wrong, nine in ten."""
    truth, fields = scan(kind, seed, font).fields, extract(kind, [page(kind, seed, font)])
    assert [field.name for field in fields] == list(truth)
    assert {f.name: f.value for f in fields if f.name not in NAMES} == {
        k: v for k, v in truth.items() if k not in NAMES
    }
    wrong = [field for field in fields if field.value != truth[field.name]]
    assert len(wrong) <= 1
    assert all(field.needs_review for field in wrong)


@pytest.mark.parametrize("kind", KINDS)
def test_names_go_to_review_and_the_rest_says_why(kind):
    for field in extract(kind, [page(kind)]):
        assert field.label
        assert 0 <= field.confidence <= 1
        assert field.needs_review == bool(field.reason)
        if field.name in NAMES:
            assert field.reason == "personal_name"
        elif field.needs_review:
            assert field.reason == ("low_confidence" if field.confidence < known(kind).review_below else "doubtful")
            assert field.reason != "doubtful" or len(field.value) == 1


def test_a_wrapped_address_is_one_value():
    address = "Tổ dân phố số 12, đường Nguyễn Trãi kéo dài về phía nam, phường Hương Thủy, thành phố Huế"
    long = make_scan("giay_chung_sinh", seed=4, values={"noi_cu_tru_me": address})
    assert address not in long.text
    found = values("giay_chung_sinh", READER.read(long.jpeg))
    assert found["noi_cu_tru_me"] == address
    assert found["thoi_gian_sinh"] == long.fields["thoi_gian_sinh"]


@pytest.mark.parametrize("font", ["liberation-sans", "dejavu-serif"])
def test_other_fonts_are_read(font):
    assert character_error_rate(scan("giay_chung_sinh", 3, font).text, page("giay_chung_sinh", 3, font).text) < 0.005


def test_a_page_says_where_its_words_are():
    read = page("giay_chung_sinh")
    assert (read.angle, read.dpi, read.size) == (pytest.approx(-1.5, abs=0.2), 200, (1654, 2338))
    assert [word.text for word in read.words] == read.text.split()
    for word in read.words:
        left, top, right, bottom = word.box
        assert 0 <= left < right <= 1654
        assert word.line_box[1] <= top < bottom <= word.line_box[3]
        assert 0 <= word.confidence <= 1
    for word, after in pairwise(read.words):
        assert word.line_box != after.line_box or word.box[2] < after.box[0]


def cropped(kind="giay_chung_sinh"):
    out = BytesIO()
    Image.open(BytesIO(scan(kind).jpeg)).crop((0, 300, 1654, 900)).save(out, "PNG", dpi=(200, 200))
    return out.getvalue()


def test_threads_share_a_reader():
    texts, data = [], cropped()
    threads = [threading.Thread(target=lambda: texts.append(READER.read(data).text)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(texts) == 3
    assert len(set(texts)) == 1
    assert "GIẤY CHỨNG SINH" in texts[0]


def test_an_empty_page_has_no_words():
    out = BytesIO()
    Image.new("L", (800, 600), 255).save(out, "PNG")
    read = READER.read(out.getvalue())
    assert (read.text, read.words, read.angle) == ("", (), 0.0)


def test_a_photo_lying_on_its_side_by_exif_is_read_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    out = BytesIO()
    picture = Image.open(BytesIO(cropped())).convert("RGB").transpose(Image.Transpose.ROTATE_90)
    picture.save(out, "JPEG", quality=85, exif=exif, dpi=(200, 200))
    read = READER.read(out.getvalue())
    assert read.size == (1654, 600)
    assert "GIẤY CHỨNG SINH" in read.text


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_that_was_scanned_turned_is_read_and_says_so(degrees):
    page = Image.open(BytesIO(cropped())).convert("RGB").rotate(degrees, expand=True)
    out = BytesIO()
    page.save(out, "JPEG", quality=85, dpi=(200, 200))
    read = READER.read(out.getvalue())
    assert "GIẤY CHỨNG SINH" in read.text
    assert read.angle == pytest.approx(degrees - 1.5, abs=0.4)
    assert read.size == page.size


def test_a_shaded_photo_is_read():
    import numpy as np

    flat = np.asarray(Image.open(BytesIO(cropped("xac_nhan_cu_tru"))).convert("RGB"), np.float32)
    shade = 1 - 0.5 * np.linspace(0, 1, flat.shape[1])[None, :, None]
    out = BytesIO()
    Image.fromarray((flat * shade).astype(np.uint8)).save(out, "PNG", dpi=(200, 200))
    read = READER.read(out.getvalue()).text
    assert f"Họ, chữ đệm và tên: {scan('xac_nhan_cu_tru').fields['ho_ten']}" in read


def test_a_reader_starts_again_after_close():
    reader = Reader()
    reader.close()
    data = cropped()
    assert reader.read(data) == reader.read(data)
    reader.close()
    assert reader.read(data).text


def test_the_model_is_found_by_environment_or_default():
    assert tessdata_path({"TESSDATA_PREFIX": "/opt/tessdata"}) == "/opt/tessdata"
    assert tessdata_path({}).endswith("tessdata")


def test_a_missing_model_is_an_error():
    with pytest.raises(RuntimeError):
        Reader("/nowhere").read(cropped())


def test_without_a_stamp_and_level_nothing_changes_for_the_worse():
    clean = make_scan("xac_nhan_cu_tru", seed=5, font="liberation-sans", skew=0, noise=0, stamp=False, quality=90)
    read = READER.read(clean.jpeg)
    assert read.angle == 0.0
    assert character_error_rate(clean.text, read.text) < 0.002


@pytest.mark.parametrize(
    ("text", "confidence", "kept"), [("À", 0.9, False), ("X", 0.97, True), ("4", 0.9, True), ("Nữ", 0.9, True)]
)
def test_one_letter_alone_is_a_stroke_of_a_signature_unless_it_is_read_surely(text, confidence, kept):
    box = (0, 0, 20, 30)
    assert is_print([Word(text, box, confidence, box)]) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("IlIIll", False),
        ("|Il1|", False),
        ("III", True),
        ("1111", True),
        ("Illn", True),
        ("lIl", False),
        ("lÌ", False),
        ("II", True),
        ("11", True),
    ],
)
def test_a_row_of_strokes_is_a_bar_code_and_no_print(text, kept):
    box = (100, 100, 300, 140)
    assert is_print([Word(text, box, 0.9, box)]) == kept


@pytest.mark.parametrize(("text", "kept"), [("x", True), ("X", True), ("v", False)])
def test_a_cross_in_a_list_is_print(text, kept):
    box = (100, 100, 115, 114)
    assert is_print([Word(text, box, 0.87, box)]) == kept


def test_crosses_are_small_where_they_stand_as_low_as_small_letters_and_the_sheets_edge_is_no_line():
    sheet = Image.new("L", (1654, 800), 250)
    pen, font = ImageDraw.Draw(sheet), ImageFont.truetype(SERIF, 34)
    for top, name in ((200, "Kim Ngọc Sen"), (260, "Trần Vĩnh Biển"), (320, "Bạc Cầm Khuyên")):
        pen.text((200, top), name, font=font, fill=20, anchor="ls")
        pen.text((800, top), "x", font=font, fill=20, anchor="ls")
        pen.rectangle((1648, top - 30, 1652, top + 4), fill=60)
    out = BytesIO()
    sheet.save(out, "JPEG", quality=92, dpi=(200, 200))
    assert READER.read(out.getvalue()).text.splitlines() == [
        "Kim Ngọc Sen x", "Trần Vĩnh Biển x", "Bạc Cầm Khuyên x"
    ]  # fmt: skip
