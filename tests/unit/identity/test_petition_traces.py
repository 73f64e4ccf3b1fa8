"""What of a petitioner a text shows, and whom a petition is about: pure."""

import pytest
from msgspec.structs import replace

from chalicelib.identity.petitions.concerns import concern_of, is_named
from chalicelib.identity.petitions.items import Asked
from chalicelib.identity.petitions.traces import traces_of
from chalicelib.kernel.access import holder_of
from chalicelib.kernel.ids import keyed_hash
from tests.fakes import people

BICH = Asked(name="Trần Ngọc Bích", words="Gọi 0912 345 678, bich.tran@example.vn")
NUMBER = "001195012345"


def shown(text, asked=BICH, more="", holders=None):
    return traces_of(text, asked, more, holders or frozenset({holder_of("CITIZEN", NUMBER)}))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bà Trần Ngọc Bích hỏi", ["name"]),
        ("TRAN NGOC BICH", ["name"]),
        ("tran.ngoc_bich", ["name"]),
        ("Trần Ngọc", []),
        ("Ngọc Bích Trần", ["name"]),
        ("Bích (bà Trần Ngọc)", ["name"]),
        ("Bích Ngọc", []),
        ("Tr\u1ea7n Ng\u043ec B\u0456ch", ["name"]),
        ("\u03a4r\u1ea7n Ng\u1ecdc \u0392\u00edch", ["name"]),
        ("Trần N\u200bgọc Bí\u00adch", ["name"]),
        ("Ｔｒầｎ Ｎｇọｃ Ｂíｃｈ", ["name"]),
        ("T r a n N g o c B i c h", ["name"]),
        ("NgocBichTran", ["name"]),
        ("Tr@n Ng0c B1ch", ["name"]),
        ("Trần Ngọc Bạch", []),
        ("Trần Thị Ngọc Lan và bà Bích", []),
        (f"số {NUMBER}", ["number"]),
        ("số 001 195 012 345", ["number"]),
        ("số 001-195.012/345", ["number"]),
        ("số 20/11 001195012345", ["number"]),
        ("số 001195012346", []),
        ("số 00119501234", []),
        ("gọi +84912345678", ["phone"]),
        ("gọi (0912) 345-678", ["phone"]),
        ("gọi 0912 345 679", []),
        ("gọi 84 912 345 678", ["phone"]),
        ("gọi 0084-912-345-678", ["phone"]),
        ("gọi 912.345.678", ["phone"]),
        ("gọi ٠٩١٢٣٤٥٦٧٨", ["phone"]),
        ("gọi ０９１２３４５６７８", ["phone"]),
        ("gọi ⓪⑨①②③④⑤⑥⑦⑧", ["phone"]),
        ("gọi O912 345 678", ["phone"]),
        ("gọi 0987654321, 0912345678", ["phone"]),
        ("số ٠٠١١٩٥٠١٢٣٤٥", ["number"]),
        ("số OO1195O12345", ["number"]),
        ("gọi 912 345 67", []),
        ("BICH.TRAN @ example.vn", ["email"]),
        ("bich@example.vn", []),
        ("bich.tran (at) example.vn", ["email"]),
        ("bich [dot] tran [at] example [dot] vn", ["email"]),
        ("bich.tran a còng example chấm vn", ["email"]),
        ("b\u0456ch.tr\u0430n@example.vn", ["email"]),
        ("ｂｉｃｈ．ｔｒａｎ＠ｅｘａｍｐｌｅ．ｖｎ", ["email"]),
        ("hoi@example.vn", []),
        ("Điều 9, Nghị định 20/2008/NĐ-CP, ngày 14/02/2008", []),
    ],
)
def test_a_name_a_number_a_telephone_and_an_e_mail_are_found_however_they_are_written(text, found):
    assert shown(text) == found


def test_what_was_sent_later_is_looked_for_too():
    assert shown("gọi 0987654321", more="Số của tôi: 0987 654 321") == ["phone"]
    assert shown("gọi 0987654321") == []


def test_several_numbers_in_one_row_and_an_address_that_was_said_are_known_one_by_one():
    more = "0987 654 321 - 0977 123 098, ta (at) x [dot] vn"
    assert shown("gọi 977 123 098", more=more) == ["phone"]
    assert shown("ta@x.vn", more=more) == ["email"]
    assert shown("ta @ y.vn", more=more) == []


def test_a_short_name_is_found_as_words_of_its_own_alone():
    an = Asked(name="Lê An", words="x")
    assert shown("Ông Lê An hỏi", an) == ["name"]
    assert shown("Tỷ lệ anh chị em", an) == []


def test_of_an_organisation_its_name_and_number_and_of_a_foreigner_their_document():
    company = Asked(name="Trần Ngọc Bích", words="x", organisation="Công ty Hải Long")
    holders = frozenset({holder_of("ORGANISATION", "0312345678-001")})
    assert shown("cong ty HAI LONG", company, holders=holders) == ["name"]
    assert shown("mã số 0312345678-001", company, holders=holders) == ["number"]
    whole = frozenset({holder_of("ORGANISATION", "0312345678")})
    assert shown("mã số 0312345678", company, holders=whole) == ["number"]
    foreigner = Asked(name="John Smith", words="x", document="USA:X1234567")
    assert shown("hộ chiếu x1234567", foreigner) == ["number"]
    assert shown("hộ chiếu x1234568", foreigner) == []


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Đặng Trọng Nghĩa", True),
        ("dang trong nghia", True),
        ("ông Nghĩa", True),
        ("ông Đặng Trọng  NGHĨA, phó chủ tịch xã", True),
        ("Đặng.Trọng.Nghĩa", True),
        ("Đặng Trọng Nghị", False),
        ("bà Lượng", False),
        ("Nghĩa Đặng Trọng", True),
        ("Đ\u0430ng Tr\u043eng Nghĩ\u0430", True),
        ("D@ng Tr0ng Nghi@", True),
        ("bà Nghi@", True),
        ("Đặng Trọng Nghĩa\u200b", True),
        ("Nguyễn Trọng Hoàng", False),
        ("", False),
        ("...", False),
    ],
)
def test_an_officer_is_meant_by_their_name_or_a_part_of_it(said, meant):
    assert is_named(said, "Đặng Trọng Nghĩa") is meant


def test_who_acted_is_known_by_subject_and_by_keyed_hash():
    asked = Asked(name="x", words="x")
    other = people.colleague(people.LEADER, "other")
    assert concern_of(people.LEADER, asked, {people.LEADER.subject}) == "acted"
    assert concern_of(people.LEADER, asked, {keyed_hash("officer", people.LEADER.subject)}) == "acted"
    assert concern_of(other, asked, {people.LEADER.subject}) is None
    assert concern_of(other, replace(asked, officer=other.name), ()) == "named"
