"""Pages that have to be scanned again, each by its name; and the back sides that are no fault."""

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from chalicelib.digitisation import jobs
from chalicelib.digitisation.flaws import insist
from chalicelib.digitisation.inside import answered
from chalicelib.digitisation.legible import picture_flaw, reading_flaw
from chalicelib.digitisation.model import Refused, Word
from tests.unit.digitisation.support import READER, scan

FACE = "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf"
ENGLISH = (
    "This is to certify that the above named person was born in the city of London",
    "and that the particulars given are a true copy of an entry in the register",
)


def sheet(*lines, paper="white", size=(1240, 1754), noise=0):
    image = Image.new("RGB", size, paper)
    pen = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        pen.text((100, 150 + 60 * number), line, fill="black", font=ImageFont.truetype(FACE, 30))
    if noise:
        grain = np.sin(np.arange(size[0] * size[1]) * 12.9898).reshape(size[1], size[0], 1) * noise
        image = Image.fromarray((np.asarray(image, float) + grain).clip(0, 255).astype(np.uint8))
    out = io.BytesIO()
    image.save(out, "JPEG", dpi=(150, 150), quality=85)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "flaw"),
    [
        (sheet(), "blank"),
        (sheet(noise=4), "blank"),
        (sheet(paper=(225, 215, 190)), "blank"),
        (sheet(paper=(18, 18, 22)), "black"),
        (sheet("Số: 7", size=(240, 340)), "thumbnail"),
        (sheet("Số: 7"), ""),
    ],
)
def test_a_picture_is_named_at_a_glance(data, flaw):
    assert picture_flaw(data) == flaw


def test_a_scan_is_no_flaw():
    data = scan("giay_chung_sinh").jpeg
    assert picture_flaw(data) == ""
    assert READER.read(data).flaw == ""


def test_print_in_another_language_is_named():
    assert READER.read(sheet(*ENGLISH)).flaw == "foreign"


def words(*texts, height=40, confidence=0.95):
    return [Word(text, (0, 0, 50, height), confidence, (0, 0, 900, height)) for text in texts]


def test_print_that_is_too_small_is_a_thumbnail_when_it_was_not_read_well():
    grey = Image.new("L", (800, 1100), 255)
    assert reading_flaw(words("Họ", "tên", height=9, confidence=0.6), grey) == "thumbnail"
    assert reading_flaw(words("Họ", "tên", height=9), grey) == ""
    assert reading_flaw(words("Họ", "tên", confidence=0.6), grey) == ""


UNMARKED = "CONG HOA XA HOI CHU NGHIA VIET NAM Doc lap Tu do Hanh phuc To khai dang ky khai sinh"
MALAY = "Dengan ini kami menerangkan bahwa yang bersangkutan adalah warga negara yang lahir di kota pada tanggal tiga"


@pytest.mark.parametrize(
    ("text", "flaw"), [(UNMARKED, ""), (MALAY, "foreign"), (" ".join(ENGLISH), "foreign")], ids=["vi", "ms", "en"]
)
def test_vietnamese_that_is_printed_without_its_marks_is_known_by_its_syllables(text, flaw):
    assert reading_flaw(words(*text.split()), Image.new("L", (800, 1100), 255)) == flaw


def test_few_words_tell_no_language():
    assert reading_flaw(words("GIAY", "SO"), Image.new("L", (800, 1100), 255)) == ""


@pytest.mark.parametrize(
    ("flaws", "code"),
    [
        (["blank"], "blank_page"),
        (["blank", "blank"], "blank_page"),
        (["foreign", "blank"], "not_vietnamese"),
        (["", "black"], "black_page"),
        (["", "thumbnail"], "thumbnail"),
    ],
)
def test_a_paper_is_refused_with_a_sentence_that_asks_for_a_new_scan(flaws, code):
    with pytest.raises(Refused) as refused:
        insist(flaws)
    assert refused.value.code == code
    assert "lại" in refused.value.message_vi
    assert "again" in refused.value.message_en or "scan" in refused.value.message_en


@pytest.mark.parametrize("flaws", [[""], ["", "blank"], ["blank", ""], ["", "foreign"]])
def test_a_blank_back_side_and_an_original_beside_its_translation_are_no_fault(flaws):
    insist(flaws)


def test_no_copy_is_made_for_an_officer_to_sign_of_what_cannot_be_read():
    told = answered(jobs.Copy((sheet(paper="black"),), "-", 1))
    assert isinstance(told, jobs.Declined)
    assert told.code == "black_page"
    assert isinstance(answered(jobs.Copy((sheet("Số: 7"), sheet()), "-", 2)), jobs.Done)
