"""The lines of a term: what a record leaves no doubt of is read, all else waits in its words."""

import pytest

from chalicelib.catalogue.records.terms import lines_of
from tests.unit.catalogue.records.given import method, read, record


def lines(note="", **changes):
    return lines_of(method(description=note, **changes).typed)


def sentences(note, **changes):
    (line,) = lines(note, **changes)
    return [(s.quantity, s.unit, s.added, s.areas, s.reading) for s in line.sentences]


def test_a_term_that_nothing_doubts_is_read():
    (line,) = lines()
    assert (line.quantity, line.unit, line.text, line.record, line.channels) == (5, "wd", "5wd", "5 WORKING_DAY", ())
    (noted,) = lines("Nộp tại trụ sở. Không quá 05 ngày làm việc.")
    assert (noted.text, noted.is_decided) == ("5wd", True)


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (
            "Đối với các xã hải đảo, vùng sâu: không quá 15 ngày làm việc.",
            (15, "wd", False, ("island", "remote"), None),
        ),
        ("Xã biên giới được tăng thêm 10 ngày.", (10, "d", True, ("border",), None)),
        ("Trường hợp phải xác minh: 5 ngày làm việc.", (5, "wd", False, (), None)),
        ("Trong 16,5 ngày làm việc.", (16.5, "wd", False, (), None)),
        ("Mười lăm (15) ngày kể từ ngày nhận đủ hồ sơ.", (15, "d", False, (), None)),
        ("Trong thời hạn hai tháng.", (None, "m", False, (), None)),
        ("Trong 02 tuần.", (2, None, False, (), None)),
        ("Trường hợp cần xác minh thì thời hạn được kéo dài.", (None, None, False, (), None)),
        ("Các xã vùng có điều kiện kinh tế - xã hội đặc biệt khó khăn.", (None, None, False, ("hardest",), None)),
    ],
)
def test_a_sentence_that_says_something_else_waits_for_an_officer(note, said):
    assert sentences(note) == [said]
    (line,) = lines(note)
    assert (line.text, line.condition_vi) == (None, note)


@pytest.mark.parametrize(
    "note", ["Cấp trước ngày 01 tháng 8 năm 2024.", "Khoản 5 Điều 12.", "Theo Nghị định số 05/2025/NĐ-CP.", "Năm 2024."]
)
def test_a_date_and_a_number_are_no_length_of_time(note):
    assert (sentences(note), lines(note)[0].text) == ([], "5wd")


def test_what_is_not_counted_is_kept_with_its_list():
    note = "Thời hạn không bao gồm thời gian sau đây:\na) cơ quan thuế;\nb) niêm yết.\nNộp trực tiếp."
    (line,) = lines(note)
    assert line.not_counted_vi == ("Thời hạn không bao gồm thời gian sau đây:\na) cơ quan thuế;\nb) niêm yết.",)


def test_several_terms_for_one_channel_are_all_open_and_those_of_two_channels_are_not():
    first = record("1.003197")["executionMethods"][0]
    longer = {**first, "processingTime": 9}
    several = lines_of(read("1.003197", executionMethods=[first, longer], cases=[]).typed)
    assert [(line.quantity, line.text) for line in several] == [(5, None), (9, None)]
    apart = lines_of(
        read("1.003197", executionMethods=[first, {**longer, "submissionMethod": "DIRECT"}], cases=[]).typed
    )
    assert [(line.channels, line.text) for line in apart] == [(("ONLINE",), "5wd"), (("DIRECT",), "9wd")]


def test_a_term_beside_one_of_the_same_number_that_waits_for_an_officer_waits_too():
    first = record("1.003197")["executionMethods"][0]
    other = {**first, "description": "Trường hợp phải xác minh: 8 ngày làm việc."}
    found = lines_of(read("1.003197", executionMethods=[first, other], cases=[]).typed)
    assert [(line.quantity, line.text) for line in found] == [(5, None), (5, None)]


def test_a_case_with_a_term_of_its_own_is_a_line():
    found = lines_of(read("1.000656").typed)
    assert [(line.case, line.quantity, line.unit) for line in found] == [
        (None, 1, None), ("1.000656.01", 5, "wd"), ("1.000656.03", 2, "d"), ("1.000656.02", 1, "d"),
    ]  # fmt: skip
    assert {line.text for line in found} == {None}


def test_a_hostile_sentence_is_told_once_and_not_with_each_of_its_numbers():
    words = "x 1 ngày " * 5_000
    (line,) = lines(words)
    (said,) = line.sentences
    assert (said.words_vi, said.quantity, line.text) == (words.strip(), None, None)
