"""What a read paper says in keys of the dictionary, where an answer says something else, and what it fills in."""

import pytest

from chalicelib.digitisation.labels import known
from chalicelib.forms.dictionary import shipped_dictionary
from chalicelib.forms.papers import PaperValue, answered, compared, said_on, shipped_papers, speaking
from chalicelib.forms.prefill import Prefilled, prefill_from_paper
from tests.unit.forms.answers import COMPLETE, FORMS

FORM = FORMS["1.001193"]
BORN = {"thoi_gian_sinh": "08 giờ 25 phút, ngày 18 tháng 11 năm 2026"}


@pytest.mark.parametrize("kind", shipped_papers().kinds)
def test_every_field_of_a_paper_is_one_that_is_read_and_every_key_one_of_the_dictionary(kind):
    assert kind in shipped_dictionary().documents
    assert set(speaking(kind)) <= {rule.name for rule in known(kind).rules}
    assert [meaning.key for meaning in speaking(kind).values() if shipped_dictionary().entry(meaning.key) is None] == []
    kinds = {meaning.key: shipped_dictionary().entry(meaning.key).type for meaning in speaking(kind).values()}
    assert all((kinds[each.key] == "integer") == (each.sort == "number") for each in speaking(kind).values())


def test_a_paper_that_does_not_say_whose_it_is_says_nothing():
    assert said_on("xac_nhan_cu_tru", {"ho_ten": "Lê An"}) == []
    assert said_on("", {"ho_ten": "Lê An"}) == []


@pytest.mark.parametrize(
    ("field", "printed", "value"),
    [
        ("thoi_gian_sinh", BORN["thoi_gian_sinh"], "2026-11-18"),
        ("thoi_gian_sinh", "Ngày 1 tháng 2 năm 2026", "2026-02-01"),
        ("thoi_gian_sinh", "05/11/2026", "2026-11-05"),
        ("thoi_gian_sinh", "ngày 31 tháng 2 năm 2026", None),
        ("thoi_gian_sinh", "tháng 11 năm 2026", None),
        ("nam_sinh_me", "1995", 1995),
        ("nam_sinh_me", "199S", None),
        ("nam_sinh_me", "１９９５", None),
        ("noi_sinh", "BỆNH VIỆN ĐA KHOA", "BỆNH VIỆN ĐA KHOA"),
    ],
)
def test_what_is_printed_is_turned_into_what_a_form_has(field, printed, value):
    (said,) = said_on("giay_chung_sinh", {field: printed, "so_con": "1"})
    assert (said.field, said.printed, said.value) == (field, printed, value)


def test_what_is_empty_says_nothing():
    assert said_on("giay_chung_sinh", {"noi_sinh": ""}) == []


def found(printed, answer=None):
    said = said_on("giay_chung_sinh", printed)
    return {each.pointer: each for each in compared(FORM, COMPLETE["1.001193"] if answer is None else answer, said)}


def test_a_difference_between_the_form_and_the_paper_is_named_in_the_order_of_the_form():
    seen = found({"ho_ten_me": "NGUYỄN THỊ SEN.", "nam_sinh_me": "1994", "gioi_tinh_con": "Nữ", **BORN})
    assert {pointer: each.agreement for pointer, each in seen.items()} == {
        "/child/sex": "differs",
        "/child/born_on": "same",
        "/mother/full_name": "same",
        "/mother/year_of_birth": "differs",
    }
    assert list(seen) == [p for page in FORM.ui.pages for p in page.fields if p in seen]
    year = seen["/mother/year_of_birth"]
    assert (year.written, year.read, year.field, year.label_en) == (1995, 1994, "nam_sinh_me", "Mother's year of birth")


def test_a_letter_or_a_mark_is_a_difference():
    assert found({"ho_ten_me": "Nguyễn Thị Sên"})["/mother/full_name"].agreement == "differs"
    assert found({"noi_sinh": "Bệnh viện đa khoa"})["/child/place_of_birth"].agreement == "same"


def test_what_was_not_answered_is_no_difference():
    seen = found({"gioi_tinh_con": "Nữ", "ho_ten_me": "Lê An"}, {"child": {}, "mother": None})
    assert {each.agreement for each in seen.values()} == {"not_answered"}
    assert {each.written for each in seen.values()} == {None}


def test_a_day_that_is_none_is_shown_as_it_is_printed():
    day = found({"thoi_gian_sinh": "ngày 31 tháng 2 năm 2026"})["/child/born_on"]
    assert (day.read, day.agreement) == ("ngày 31 tháng 2 năm 2026", "differs")


def test_nothing_stands_where_there_is_no_such_place():
    assert answered({"a": [1]}, "/a/0") is None
    assert answered({"a": {"b": False}}, "/a/b") is False


def filled(printed, answer, kind="giay_chung_sinh"):
    return prefill_from_paper(FORM, answer, "c1", kind, said_on("giay_chung_sinh", printed))


def test_a_paper_fills_in_what_has_such_papers_as_its_source_and_was_not_answered():
    printed = {"gioi_tinh_con": "Nữ", "ho_ten_me": "Lê An", **BORN}
    assert filled(printed, {}) == [
        Prefilled("/child/sex", "Nữ", "component:c1", None, "gioi_tinh_con"),
        Prefilled("/child/born_on", "2026-11-18", "component:c1", None, "thoi_gian_sinh"),
    ], "the mother's name has the population register as its source"
    assert filled(printed, {"child": {"sex": "Nam"}}) == filled(BORN, {}), "what was answered stays"
    assert filled(printed, {}, kind="giay_chung_nhan_ket_hon") == []


def test_a_value_that_the_field_does_not_take_fills_in_nothing():
    assert filled({"gioi_tinh_con": "Nam giới", "thoi_gian_sinh": "31/02/2026"}, {}) == []


def test_a_paper_value_keeps_both_what_is_printed_and_what_it_means():
    assert said_on("giay_chung_sinh", {"nam_sinh_me": "1995"}) == [
        PaperValue("nam_sinh_me", "person.birth_year@mother", "1995", 1995)
    ]
