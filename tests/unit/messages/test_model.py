from datetime import UTC, date, datetime

import pytest

from chalicelib.messages.model import day_in_words, long_date, long_time, short_time, size_text


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 25), "Ngày hai mươi lăm, tháng mười một, năm hai nghìn không trăm hai mươi sáu"),
        (date(2021, 4, 1), "Ngày một, tháng tư, năm hai nghìn không trăm hai mươi mốt"),
        (date(2015, 1, 21), "Ngày hai mươi mốt, tháng một, năm hai nghìn không trăm mười lăm"),
        (date(2005, 12, 10), "Ngày mười, tháng mười hai, năm hai nghìn không trăm linh năm"),
        (date(2000, 5, 31), "Ngày ba mươi mốt, tháng năm, năm hai nghìn"),
        (date(1999, 10, 15), "Ngày mười lăm, tháng mười, năm một nghìn chín trăm chín mươi chín"),
        (date(1950, 2, 20), "Ngày hai mươi, tháng hai, năm một nghìn chín trăm năm mươi"),
        (date(1911, 6, 5), "Ngày năm, tháng sáu, năm một nghìn chín trăm mười một"),
    ],
)
def test_a_birth_date_is_written_in_words(day, words):
    assert day_in_words(day) == words


def test_times_are_printed_on_the_vietnamese_clock():
    late = datetime(2026, 2, 4, 18, 5, tzinfo=UTC)
    assert long_time(late) == "01 giờ 05 phút, ngày 05 tháng 02 năm 2026"
    assert short_time(late) == "05/02/2026 01:05:00 +07:00"
    assert long_date(date(2026, 3, 12)) == "ngày 12 tháng 3 năm 2026"


def test_a_time_without_an_offset_is_refused(make):
    with pytest.raises(ValueError, match="offset"):
        make("receipt", received_at=datetime(2026, 11, 25, 9, 0)).fields()  # noqa: DTZ001 - the point of the test


@pytest.mark.parametrize(
    ("size", "text"), [(0, "0 B"), (1023, "1023 B"), (1024, "1,0 KB"), (49_408, "48,2 KB"), (1_400_000, "1,3 MB")]
)
def test_sizes_use_the_decimal_comma(size, text):
    assert size_text(size) == text
