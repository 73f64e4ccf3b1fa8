"""What is let through without a second look has evidence: of its letters, of whose it is, of where it ends."""

import pytest

from chalicelib.digitisation.fields import extract
from chalicelib.digitisation.model import PageText, Word


def sheet(*pieces, confidence=0.97):
    """A page with pieces of text at (left, top); each letter is 10 pixels wide, each line 20 high."""
    words = []
    for left, top, text in pieces:
        line, at = (left, top, left + 10 * len(text), top + 20), left
        for word in text.split():
            words.append(Word(word, (at, top, at + 10 * len(word), top + 20), confidence, line))
            at += 10 * len(word) + 10
    return PageText("\n".join(text for _, _, text in pieces), tuple(words), 0.0, 200, (1600, 2300))


def found(kind, *pieces):
    """The fields of a page, by name: their values, and why they are looked at."""
    return {field.name: (field.value, field.reason) for field in extract(kind, [sheet(*pieces)])}


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        ("phường Cẩm Phả, tỉnh Quảng Ninh", ""), ("phường Cấm Phả, tỉnh Quảng Ninh", "doubtful"),
        ("Tố 11, phường Ô Môn, thành phố Cần Thơ", "doubtful"), ("Tổ 11, phường Ô Môn, thành phố Cần Thơ", ""),
        ("Số 2, phố Quốc Tử Giám, tỉnh Bến Tre", ""),
    ],
)  # fmt: skip
def test_an_accent_of_a_place_that_may_be_a_hook_is_looked_at(place, reason):
    assert found("xac_nhan_cu_tru", (100, 100, f"Quê quán: {place}"))["que_quan"] == (place, reason)
