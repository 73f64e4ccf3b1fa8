"""Letters as tall as a signature, a sign in a row by itself, a colon that belongs to no label."""

import pytest

from chalicelib.digitisation.model import Word
from chalicelib.digitisation.strays import is_colon_of, is_stray, is_title


def line(text, box, confidence=0.9):
    return [Word(text, box, confidence, box)]


@pytest.mark.parametrize(
    ("text", "height", "stray"), [("ỒN", 77, True), ("Nữ", 30, False), ("Vợ", 45, False), ("GIẤY", 77, False)]
)
def test_few_letters_that_tower_over_the_page_are_a_signature(text, height, stray):
    assert is_stray(line(text, (900, 1000, 980, 1000 + height)), [], 28) == stray


@pytest.mark.parametrize(
    ("text", "confidence", "beside", "stray"),
    [("1", 0.7, False, True), ("1", 0.7, True, False), ("2", 0.95, False, False), ("12", 0.7, False, False)],
)
def test_a_sign_in_a_row_by_itself_has_to_be_sure(text, confidence, beside, stray):
    box, others = (100, 500, 110, 520), [(200, 495, 400, 522)] if beside else [(200, 400, 400, 430)]
    assert is_stray(line(text, box, confidence), [box, *others], 28) == stray


def test_a_colon_stands_in_the_row_of_a_label():
    colon = (500, 500, 504, 518)
    assert is_colon_of(colon, [(100, 495, 300, 522)])
    assert not is_colon_of(colon, [(600, 495, 800, 522), (100, 600, 300, 630)])


@pytest.mark.parametrize(
    ("text", "top", "height", "title"),
    [
        ("GIẦYKH.\\ESIXH", 290, 45, True), ("GIẦYKH.\\ESIXH", 290, 28, False), ("GIẦYKH.\\ESIXH", 1290, 45, False),
        ("Giầykh.\\esixh", 290, 45, False), ("ỒNXỜ", 290, 77, False), ("|_\\/G|Ầ/Y.K=H", 290, 45, False),
    ],
)  # fmt: skip
def test_large_capitals_high_on_the_page_are_its_title_however_unsure(text, top, height, title):
    assert is_title(line(text, (500, top, 900, top + height), 0.3), 28, 2000) == title
