"""Search: what words find, what filters leave, and what strange input does."""

import copy
import gzip
import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.catalogue.services.search import (
    LONGEST_QUERY,
    CodeTwice,
    Entry,
    Filters,
    Hit,
    Page,
    QueryTooLong,
    SnapshotBroken,
    SnapshotFormatUnknown,
    SnapshotRefused,
    SnapshotWrongCount,
    build,
    decode,
    encode,
    nameless,
)
from chalicelib.catalogue.services.search.typos import Spelling
from chalicelib.kernel.problem import DomainError
from tests.support.work import at_most

BIRTH = Entry(
    "1.001193",
    "Thủ tục đăng ký khai sinh",
    "Registration of birth",
    fields=("Hộ tịch",),
    subjects=("Công dân Việt Nam", "Người nước ngoài"),
    agencies=("H01",),
    level="commune",
    life_events=("birth",),
    offered=True,
)
AGAIN = Entry("1.004884", "Thủ tục đăng ký lại khai sinh", fields=("Hộ tịch",), level="commune")
DEATH = Entry("1.000656", "Thủ tục đăng ký khai tử", fields=("Hộ tịch",), level="commune", life_events=("death",))
LICENCE = Entry("3.000347", "Đổi giấy phép lái xe", fields=("Sát hạch",), level="province", kind="service")
LICENCE_NEW = Entry("3.000346", "Cấp giấy phép lái xe", fields=("Sát hạch",), level="province")
LICENCE_LOST = Entry("3.000348", "Cấp lại giấy phép lái xe", fields=("Sát hạch",), level="province")
INSURANCE = Entry("1.014137", "Thủ tục cấp thẻ bảo hiểm y tế", subjects=("Công dân Việt Nam",))
FLOOD = Entry("1.000001", "Hủy tài khoản điện tử")
ENTRIES = (BIRTH, AGAIN, DEATH, LICENCE, LICENCE_NEW, LICENCE_LOST, INSURANCE, FLOOD)


@pytest.fixture(scope="module")
def index():
    return build(ENTRIES)


def first(index, text, **filters):
    hits = index.search(text, filters=Filters(**filters)).hits
    return hits[0].entry if hits else None


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("đăng ký khai sinh", BIRTH),
        ("ĐĂNG KÝ KHAI SINH", BIRTH),
        ("dang ky khai sinh", BIRTH),
        (unicodedata.normalize("NFD", "đăng ký khai sinh"), BIRTH),
        ("khai sinh đăng ký", BIRTH),
        ("đăng ký khai sihn", BIRTH),
        ("đăng kys khai sinh", BIRTH),
        ("đăng kí khai sinh", BIRTH),
        ("khai si", BIRTH),
        ("ph", LICENCE_NEW),
        ("làm giấy khai sinh cho con ở đâu", BIRTH),
        ("lam giay khai sinh", BIRTH),
        ("sihn", BIRTH),
        ("khair", BIRTH),
        ("baor hieem", INSURANCE),
        ("xái xe", LICENCE_NEW),
        ("birth registration", BIRTH),
        ("1.001193", BIRTH),
        ("đăng ký lại khai sinh", AGAIN),
        ("dang ky khai tu", DEATH),
        ("đổi bằng lái", LICENCE),
        ("doi bang lai xe", LICENCE),
        ("đổi GPLX", LICENCE),
        ("cấp giấy phép lái xe", LICENCE_NEW),
        ("mất bằng lái xe", LICENCE_LOST),
        ("thẻ BHYT", INSURANCE),
        ("the bhyt", INSURANCE),
        ("huỷ tài khoản", FLOOD),
        ("xyzzy", None),
    ],
)
def test_words_find_their_entry(index, text, entry):
    assert first(index, text) == entry


def test_the_very_name_scores_1_and_comes_before_longer_names(index):
    hits = index.search("đăng ký khai sinh").hits
    assert (hits[0].entry, hits[0].score) == (BIRTH, 1.0)
    assert {hit.entry for hit in hits[1:]} == {AGAIN, DEATH}
    assert all(0 < hit.score < 1 for hit in hits[1:])


@pytest.mark.parametrize(
    ("misspelt", "known", "meant"),
    [
        ("keets", ["ket", "keo"], ["ket"]),
        ("tuwr", ["tu", "an"], ["tu"]),
        ("thieen", ["thien", "thieu"], ["thien"]),
        ("nghiepj", ["nghiep"], ["nghiep"]),
        ("chu", ["tru", "an"], ["tru"]),
        ("doah", ["doan", "doanh", "an"], ["doan", "doanh"]),
        ("sihn", ["sinh", "anh"], ["sinh"]),
        ("xw", ["xe", "an"], []),
        ("zzzz", ["sinh", "tu"], []),
    ],
)
def test_a_slip_is_read_as_the_known_syllables_that_it_may_have_been(misspelt, known, meant):
    assert list(Spelling(dict.fromkeys(known, 1)).slips(misspelt)) == meant


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Làm hộ chiếu cho Nguyễn Văn An 079123456789", ["chiếu", "cho", "hộ", "làm"]),
        ("ghi chú kết hôn", ["chú", "ghi", "hôn", "kết"]),
        ("NGUYEN VAN AN", []),
        ("12 34", []),
        (" ".join("abcdefghijklmnopq"), list("abcdefghijkl")),
    ],
)
def test_what_is_kept_of_a_query_that_found_nothing_names_nobody(text, kept):
    assert nameless(text) == kept


def test_a_catalogue_of_few_entries_finds_them_by_what_people_call_them():
    lost = Entry("1.000001", "Trình báo mất hộ chiếu phổ thông (thực hiện tại cấp xã)")
    assert first(build([lost]), "rơi mất passport") == lost
    assert first(build([lost]), "report lost passport") == lost
    assert build([lost]).search("xem bói tuổi Mùi") == Page(0, ())


def test_a_name_that_shares_only_a_common_word_is_no_answer(index):
    assert {hit.entry for hit in index.search("cấp giấy phép lái xe").hits} == {LICENCE_NEW, LICENCE_LOST, LICENCE}


def test_a_query_with_accents_prefers_the_name_with_the_same_accents():
    silk, four = Entry("1", "Cấp lụa"), Entry("2", "Cấp lúa")
    index = build([silk, four])
    assert first(index, "lúa") == four
    assert first(index, "lụa") == silk
    assert {hit.entry for hit in index.search("lua").hits} == {silk, four}


def test_among_equals_what_is_offered_comes_first_then_the_code():
    here = Entry("3", "Tách hộ", offered=True)
    index = build([Entry("1", "Tách hộ"), Entry("2", "Tách hộ"), here])
    assert [hit.entry.code for hit in index.search("tách hộ").hits] == ["3", "1", "2"]


@pytest.mark.parametrize(
    ("filters", "codes"),
    [
        ({}, [entry.code for entry in sorted(ENTRIES, key=lambda entry: entry.code)]),
        ({"field": "Hộ tịch"}, ["1.000656", "1.001193", "1.004884"]),
        ({"field": unicodedata.normalize("NFD", "Hộ tịch")}, ["1.000656", "1.001193", "1.004884"]),
        ({"life_event": "death"}, ["1.000656"]),
        ({"agency": "H01"}, ["1.001193"]),
        ({"subject": "Công dân Việt Nam"}, ["1.001193", "1.014137"]),
        ({"level": "province"}, ["3.000346", "3.000347", "3.000348"]),
        ({"kind": "service"}, ["3.000347"]),
        ({"offered": True}, ["1.001193"]),
        ({"offered": False, "field": "Hộ tịch"}, ["1.000656", "1.004884"]),
        ({"field": "Hộ tịch", "level": "province"}, []),
        ({"field": "ch"}, []),
    ],
)
def test_filters_leave_the_entries_that_have_all_they_ask(index, filters, codes):
    page = index.search("", filters=Filters(**filters))
    assert (page.total, [hit.entry.code for hit in page.hits]) == (len(codes), codes)
    assert sum(index.facets(Filters(**filters)).kind.values()) == len(codes)
    named = index.search("đăng ký giấy phép lái xe khai sinh khai tử bảo hiểm tài khoản", filters=Filters(**filters))
    assert {hit.entry.code for hit in named.hits} <= set(codes)


def test_of_a_code_with_and_without_a_blank_the_clean_one_is_found():
    clean = Entry("1.014325", "Tách hộ")
    assert first(build([clean, Entry(" 1.014325", "Tách hộ")]), " 1.014325 ") == clean


def test_a_code_that_a_filter_excludes_is_not_found(index):
    assert index.search("1.001193", filters=Filters(level="province")) == Page(0, ())


LAND = "Cấp đổi Giấy chứng nhận"
MINISTRY = Entry("1.000010", LAND, promulgator="G13", promulgator_vi="Bộ Nông nghiệp và Môi trường")
LAI_CHAU = Entry("1.000020", LAND, promulgator="H35", promulgator_vi="UBND tỉnh Lai Châu", area="H35")
LAO_CAI = Entry("1.000005", f"Thủ tục {LAND}", promulgator="H38", promulgator_vi="UBND tỉnh Lào Cai", area="H38")
OTHER = Entry("1.000015", "Cấp lại Giấy chứng nhận do bị mất", promulgator="H38", area="H38")
WHOSE = (MINISTRY, LAI_CHAU, LAO_CAI, OTHER)


def told(text="", province=None, **filters):
    """Of each row its code, and after it those of its variants."""
    page = build(WHOSE).variants(text, province=province, filters=Filters(**filters))
    assert page.total == len(page.hits)
    return [[hit.entry.code[-2:], *(each.code[-2:] for each in hit.variants)] for hit in page.hits]


@pytest.mark.parametrize(
    ("text", "province", "first"),
    [
        ("cấp đổi giấy chứng nhận", None, ["10", "05", "20"]),
        ("cấp đổi giấy chứng nhận", "H35", ["20", "10", "05"]),
        ("cấp đổi giấy chứng nhận", "H38", ["05", "10", "20"]),
        ("cấp đổi giấy chứng nhận", "H01", ["10", "05", "20"]),
        ("cap doi giay chung nhan lai chau", None, ["20", "10", "05"]),
        ("Cấp đổi giấy chứng nhận ở tỉnh Lai Châu", None, ["20", "10", "05"]),
        ("UBND tỉnh Lào Cai cấp đổi giấy chứng nhận", None, ["05", "10", "20"]),
        ("cấp đổi giấy chứng nhận lào cai", "H35", ["05", "10", "20"]),
        ("cấp đổi giấy chứng nhận bộ nông nghiệp và môi trường", "H35", ["10", "05", "20"]),
        ("1.000005", "H35", ["05", "20", "10"]),
    ],
)
def test_of_variants_of_a_name_my_provinces_comes_first_then_the_ministrys(text, province, first):
    assert told(text, province)[0] == first


def test_variants_are_one_row_in_the_list_and_each_passes_the_filters():
    assert told() == [["10", "05", "20"], ["15"]]
    assert told(province="H38") == [["05", "10", "20"], ["15"]]
    assert told(area="H38") == [["05"], ["15"]]
    assert told(promulgator="G13") == [["10"]]
    assert told("lai châu") == [["20"]], "nothing but whose: all that is theirs"
    assert told("lãi chậu") == [], "who writes with accents is held to them"


def test_what_is_offered_heads_its_variants_where_nobody_says_where_he_lives():
    here = copy.replace(LAI_CHAU, offered=True)
    heads = [build([MINISTRY, here]).variants("", province=each).hits[0].entry for each in (None, "H38", "H35")]
    assert heads == [here, MINISTRY, here]


def test_pages_of_variants_put_together_are_the_whole_answer():
    index = build([*WHOSE, *ENTRIES])
    whole = index.variants("", limit=100)
    paged = [hit for at in range(whole.total) for hit in index.variants("", offset=at, limit=1).hits]
    assert tuple(paged) == whole.hits
    assert [hit.entry.code for hit in whole.hits] == sorted(hit.entry.code for hit in whole.hits)


def test_facets_count_each_variant_and_name_whose_it_is():
    facets = build(WHOSE).facets()
    assert (facets.area, facets.promulgator) == ({"H38": 2, "H35": 1}, {"H38": 2, "G13": 1, "H35": 1})
    assert facets.names.area == {"H38": "tỉnh Lào Cai", "H35": "tỉnh Lai Châu"}
    assert facets.names.promulgator["G13"] == "Bộ Nông nghiệp và Môi trường"


def test_a_snapshot_is_read_by_the_release_before_and_one_of_that_release_too():
    header, *rows = unpacked(encode(WHOSE))
    assert {len(row) for row in rows} == {10}, "the release before takes no row that is longer"
    assert decode(encode(WHOSE)) == sorted(WHOSE, key=lambda entry: entry.code)
    before = decode(packed({name: header[name] for name in ("format", "count")}, *rows))
    assert [(entry.code, entry.promulgator) for entry in before] == [(row[0], None) for row in rows]
    for by in ([0], [0, 1, 2, 9], [0, 1, 2, -1]):
        with pytest.raises(SnapshotBroken):
            decode(packed(header | {"by": by}, *rows))


def test_facets_are_counted_once_for_each_way_of_filtering(index):
    for filters in (None, Filters(level="province")):
        counted = index.facets(filters)
        with at_most(20):
            assert index.facets(filters) is counted
    assert index.facets() == index.facets(Filters())


def test_facets_count_what_the_filters_leave_the_most_frequent_first(index):
    facets = index.facets(Filters())
    assert list(facets.field.items()) == [("Hộ tịch", 3), ("Sát hạch", 3)]
    assert facets.kind == {"procedure": 7, "service": 1}
    assert facets.level == {"commune": 3, "province": 3}
    assert facets.subject == {"Công dân Việt Nam": 2, "Người nước ngoài": 1}
    assert facets.life_event == {"birth": 1, "death": 1}
    assert index.facets(Filters(level="province")).field == {"Sát hạch": 3}


def test_a_page_past_the_end_is_empty_and_knows_the_total(index):
    assert index.search("", offset=100) == Page(len(ENTRIES), ())
    assert index.search("", limit=0) == Page(len(ENTRIES), ())
    assert index.search("", offset=-5, limit=1).hits == (Hit(FLOOD, 0.0),)


def test_an_empty_catalogue_answers_with_nothing():
    index = build([])
    assert index.search("đăng ký") == index.search("") == Page(0, ())
    assert index.facets().kind == {}


def test_one_code_twice_is_refused_by_name():
    with pytest.raises(CodeTwice, match=r"1\.001193"):
        build([BIRTH, BIRTH])


def test_a_query_past_200_characters_is_refused_and_one_of_200_is_not(index):
    assert issubclass(QueryTooLong, DomainError)
    index.search("a" * LONGEST_QUERY)
    with pytest.raises(QueryTooLong) as refused:
        index.search("a" * (LONGEST_QUERY + 1))
    assert refused.value.facts == {"longest": LONGEST_QUERY}


@pytest.mark.parametrize("text", ["a" + "\u0301" * 10_000, "🎉" * 10_000, "\0" * 10_000, "đăng ký " * 5_000])
def test_a_huge_query_is_refused_at_once(index, text):
    with pytest.raises(QueryTooLong), at_most(20):
        index.search(text)


@pytest.mark.parametrize(
    "text", ["a" + "\u0301" * 199, "🎉" * 200, "\0" * 200, "\ud800" * 200, "'\"%_*():-", "\u202e" * 9]
)
def test_a_strange_query_finds_nothing_wrong(index, text):
    assert index.search(text).total <= len(ENTRIES)


@pytest.mark.parametrize("text", ["🎉", "\0", "!?", "\ud800"])
def test_a_query_without_a_single_word_finds_nothing(index, text):
    assert index.search(text) == Page(0, ())


@given(text=st.text(max_size=LONGEST_QUERY))
@settings(max_examples=30)
def test_any_text_is_answered_the_same_twice_and_within_the_catalogue(text):
    index = build(ENTRIES)
    page = index.search(text, limit=100)
    assert page == build(reversed(ENTRIES)).search(text, limit=100)
    assert page.total == len(page.hits) <= len(ENTRIES)
    assert all(0 <= hit.score <= 1 for hit in page.hits)


@given(
    words=st.lists(
        st.sampled_from(["cấp", "lại", "giấy", "phép", "lái", "xe", "đăng", "ký", "khai", "sinh"]), max_size=8
    ),
    size=st.integers(1, 9),
    many=st.integers(0, 60),
)
@settings(max_examples=20)
def test_pages_put_together_are_the_whole_answer(words, size, many):
    names = [entry.name_vi for entry in ENTRIES]
    index = build([Entry(f"1.{at:06}", names[at % len(names)]) for at in range(many)])
    text = " ".join(words)
    whole = index.search(text, limit=many + 1)
    paged = [hit for at in range(0, whole.total, size) for hit in index.search(text, offset=at, limit=size).hits]
    assert tuple(paged) == whole.hits
    assert len({hit.entry.code for hit in paged}) == whole.total


words_of_people = st.text(max_size=20).filter(lambda text: not any(0xD800 <= ord(letter) < 0xE000 for letter in text))
several = st.lists(words_of_people, max_size=3).map(tuple)
some_entries = st.lists(
    st.builds(
        Entry,
        code=words_of_people,
        name_vi=words_of_people,
        name_en=st.none() | words_of_people,
        kind=words_of_people,
        fields=several,
        subjects=several,
        agencies=several,
        level=st.none() | words_of_people,
        life_events=several,
        offered=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda entry: entry.code,
)


@given(entries=some_entries)
@settings(max_examples=100)
def test_a_snapshot_gives_back_what_it_was_given_and_its_order_does_not_matter(entries):
    data = encode(entries)
    assert data == encode(reversed(entries))
    assert data[4:8] == bytes(4), "the time of packing makes two equal snapshots differ"
    assert decode(data) == sorted(entries, key=lambda entry: entry.code)


def packed(*lines):
    return gzip.compress("\n".join(json.dumps(line) for line in lines).encode(), mtime=0)


def unpacked(data):
    return [json.loads(line) for line in gzip.decompress(data).decode().split("\n")]


def test_a_snapshot_of_another_format_or_with_a_line_too_few_is_refused_by_name():
    header, *rows = unpacked(encode(ENTRIES))
    with pytest.raises(SnapshotFormatUnknown):
        decode(packed(header | {"format": "motcua-catalogue-search/0"}, *rows))
    with pytest.raises(SnapshotFormatUnknown):
        decode(packed(["no header"], *rows))
    with pytest.raises(SnapshotWrongCount, match="8 announced, 7 found"):
        decode(packed(header, *rows[1:]))
    with pytest.raises(SnapshotWrongCount):
        decode(packed({"format": header["format"]}))


@pytest.mark.parametrize(
    "row", [["1.001193"], {"code": "1.001193"}, ["1", "a", None, "k", None, [], [], None, [], False]]
)
def test_a_snapshot_with_a_line_that_is_no_entry_is_refused(row):
    header, *_ = unpacked(encode([BIRTH]))
    with pytest.raises(SnapshotBroken):
        decode(packed(header, row))


BROKEN = {
    "nothing": b"",
    "not packed": b"{}",
    "without its end": encode(ENTRIES)[:-9],
    "only its begin": encode(ENTRIES)[:40],
    "no text": gzip.compress(b"\xff"),
    "no JSON": gzip.compress(b"{"),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_bytes_that_are_no_whole_snapshot_are_refused(data):
    with pytest.raises(SnapshotBroken) as refused:
        decode(data)
    assert isinstance(refused.value, SnapshotRefused)
    assert isinstance(refused.value, ValueError)
