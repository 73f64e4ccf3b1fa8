"""What of a petitioner a text shows, and whom a petition is about: pure."""

import unicodedata

import pytest
from msgspec.structs import replace

from chalicelib.identity.petitions.concerns import concern_of, is_named, is_unmatched, named_by
from chalicelib.identity.petitions.items import Asked
from chalicelib.identity.petitions.mentions import tells_of_anyone
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


@pytest.mark.parametrize(
    ("said", "matched"),
    [
        ("ÐẶNG TRỌNG NGHĨA", "dang trong nghia"),
        ("N g h ĩ a", "nghia"),
        ("ông N g h ĩ a", "nghia"),
        ("đ/c Nghĩa", "nghia"),
        ("Ð/C NGHĨA", "nghia"),
        ("chủ tịch Nghĩa", "nghia"),
        ("phó chủ tịch Đặng Nghĩa", "dang nghia"),
        ("Đ.T. Nghĩa", "nghia"),
        ("Đ.T.N", "dtn"),
        ("ĐTN", "dtn"),
        ("Bà Đặng Thị Nghĩa", "nghia"),
        (unicodedata.normalize("NFD", "Đặng Trọng Nghĩa"), "dang trong nghia"),
        ("ông Trọng", "trong"),
        ("Nguyễn Trọng Hoàng", ""),
        ("Phạm Thị Lượng", ""),
        ("chủ tịch", ""),
        ("ĐT", ""),
        ("", ""),
    ],
)
def test_an_officer_may_be_meant_however_somebody_is_named(said, matched):
    asked = Asked(name="x", words="x", officer=said)
    who = replace(people.LEADER, name="Đặng Trọng Nghĩa")
    assert named_by(who, asked) == matched.replace("l", "i")
    assert (concern_of(who, asked, ()) == "named") is bool(matched)


@pytest.mark.parametrize(
    ("words", "matched"),
    [
        ("Hôm qua ông Đặng Trọng Nghĩa mắng tôi", "dang trong nghia"),
        ("hom qua dang trong nghia mang toi", "dang trong nghia"),
        ("ÐẶNG TRỌNG NGHĨA đòi tiền", "dang trong nghia"),
        ("Chủ tịch Nghĩa đòi tiền", "chu tich nghia"),
        ("đ/c Nghĩa đòi tiền", "d c nghia"),
        ("anh N g h ĩ a đòi tiền", "anh nghia"),
        ("phó chủ tịch Đ.T. Nghĩa đòi tiền", "pho chu tich nghia"),
        ("Điều này không có ý nghĩa gì", ""),
        ("Ông Lê Văn Nghị và bà Trọng", ""),
        ("Như vậy có nghĩa là tôi phải về", ""),
        ("gặp cô Nghĩa", "co nghia"),
        ("gap co Nghia", "co nghia"),
        ("Ông N\u200bghĩa", "ong nghia"),
        ("Bà ấy nói nghĩa vụ của tôi", ""),
    ],
)
def test_the_words_of_a_complaint_mean_an_officer_by_the_whole_name_or_a_title_and_the_given_one(words, matched):
    who = replace(people.LEADER, name="Đặng Trọng Nghĩa")
    assert named_by(who, Asked(name="x", words=words)) == matched


def test_a_name_that_is_a_title_too_is_a_name_where_nothing_else_is_left():
    who = replace(people.LEADER, name="Lê Thị Chi")
    assert named_by(who, Asked(name="x", words="x", officer="chị Chi")) == "chi chi"
    assert named_by(who, Asked(name="x", words="Tôi gặp chị Chi hôm qua")) == "chi chi"


def test_a_likeness_shuts_out_and_makes_no_match_of_a_list():
    assert is_unmatched("Bà Đặng Thị Nghĩa", ["Đặng Trọng Nghĩa"])
    assert not is_unmatched("chủ tịch Nghĩa", ["Đặng Trọng Nghĩa"])


@pytest.mark.parametrize(
    ("words", "tells"),
    [
        ("Tôi bị chủ tịch Nghĩa mắng", True),
        ("Tôi bị đồng chí phó chủ tịch Nghĩa mắng", True),
        ("Hôm qua Đặng Trọng Nghĩa mắng tôi", True),
        ("gap co nghia o cua", True),
        ("TÔI BỊ CHỦ TỊCH NGHĨA MẮNG", True),
        ("Ông ấy mắng tôi", False),
        ("Tôi là Trần Ngọc Bích, chị Bích ở thôn Một", False),
        ("Kính gửi Ông Chủ tịch UBND xã, cán bộ Một cửa trả lại hồ sơ", False),
        ("Kính gửi ông Trưởng phòng Tư pháp", False),
        ("Hồ sơ bị trả lại không nêu lý do", False),
        ("", False),
    ],
)
def test_whether_words_tell_of_somebody_but_who_filed_them(words, tells):
    assert tells_of_anyone(words, "Trần Ngọc Bích") is tells


def test_a_number_of_an_account_is_no_given_name():
    who = replace(people.LEADER, name="Cán bộ other-81")
    assert named_by(who, Asked(name="x", words="x", officer="Cán bộ lead-81")) == ""
    assert named_by(replace(who, name="Cán bộ lead-81"), Asked(name="x", words="x", officer="lead-81")) == "iead 81"
