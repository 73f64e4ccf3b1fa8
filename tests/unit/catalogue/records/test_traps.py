"""Each trap of the national records, on the record that shows it."""

import pytest

from chalicelib.catalogue.records.fees import sums_in
from chalicelib.catalogue.records.findings import RecordRefused
from tests.unit.catalogue.records.given import codes, fee, method, pointers, read, reading_of, record, terms

# --- papers ----------------------------------------------------------------------------------------------------------


def test_required_is_always_false_so_the_need_stays_unknown():
    reading = read("1.001193")
    needs = {(c["need"], c["group_vi"]) for c in reading.facts["components"]}
    assert needs == {("unknown", "Giấy tờ phải nộp"), ("unknown", None), ("shown", "Giấy tờ phải xuất trình")}
    assert "/components" in pointers(reading)
    assert "required_is_set" not in codes(reading)


def test_a_component_marked_required_is_told_but_not_used():
    given = record("1.003197")
    given["executionCases"][0]["profileComponents"][0]["required"] = True
    reading = reading_of(given)
    assert "required_is_set" in codes(reading)
    assert {c["need"] for c in reading.facts["components"]} == {"unknown"}


def test_a_component_of_no_copies_is_a_note():
    facts = read("1.000656").facts
    assert len(facts["components"]) == 8
    assert len(facts["notes"]) == 19
    assert all(c["originals"] or c["copies"] for c in facts["components"])
    assert facts["notes"][-1]["text_vi"].startswith("- Người có yêu cầu đăng ký khai tử")


def test_a_missing_quantity_makes_no_note_of_a_document():
    given = record("1.003197")
    for paper in given["executionCases"][0]["profileComponents"]:
        del paper["originalQty"], paper["copyQty"]
    reading = reading_of(given)
    assert len(reading.facts["components"]) == 2
    assert reading.facts["notes"] == []
    assert {"/components/0/originals", "/components/1/copies"} <= pointers(reading)
    assert "quantity_missing" in codes(reading)


def test_papers_depend_on_the_cases_that_the_groups_name():
    facts = read("1.004222").facts
    named = {c["code"]: c["name_vi"] for c in facts["cases"] if "#" in c["code"]}
    assert len(named) == 6  # the case of one's own house is written in two groups
    house = next(code for code, name in named.items() if name.endswith("thuộc quyền sở hữu của mình"))
    assert len([c for c in facts["components"] if c["cases"] == [house]]) == 4
    assert all(c["cases"] for c in facts["components"])


def test_one_paper_of_several_cases_is_one_component():
    facts = read("1.115470").facts
    (component,) = facts["components"]
    assert component["cases"] == [f"1.115470#{n}" for n in (1, 2, 3, 4, 5)]


def test_headings_are_groups_and_no_cases():
    facts = read("1.001193").facts
    assert [c["code"] for c in facts["cases"]] == ["1.001193.02", "1.001193.01"]
    assert {c["group_vi"] for c in facts["components"]} == {"Giấy tờ phải nộp", "Giấy tờ phải xuất trình", None}


@pytest.mark.parametrize(
    ("heading", "text", "need"),
    [
        ("* Giấy tờ phải xuất trình:", "- Hộ chiếu", "shown"),
        ("", "+ Xuất trình thẻ căn cước", "shown"),
        ("", "a) Giấy tờ phải xuất trình: hộ chiếu", "shown"),
        ("* Giấy tờ phải nộp và xuất trình:", "- Hộ chiếu", "unknown"),
        ("", "Xuất trình hộ chiếu và nộp bản sao", "unknown"),
        ("* Giấy tờ phải nộp:", "Bản chụp hộ chiếu sau khi đã xuất trình bản chính", "unknown"),
    ],
)
def test_a_paper_that_is_only_shown_is_told_apart(heading, text, need):
    given = record("1.003197")
    (group,) = given["executionCases"]
    paper = {**group["profileComponents"][0], "name": text}
    given["executionCases"] = [{"name": heading, "profileComponents": [paper]}, {**group, "profileComponents": []}]
    assert [c["need"] for c in reading_of(given).facts["components"]] == [need]


def test_the_same_paper_of_two_cases_keeps_the_blank_forms_of_both():
    given = record("1.003197")
    (group,) = given["executionCases"]
    files = [
        {"fileName": f"Mẫu {n}.doc", "filePath": f"x/Mẫu  {n}.doc", "bucketName": "dvc", "id": f"{n}"} for n in "ab"
    ]
    rows = [
        {**group["profileComponents"][0], "attachments": [file, {"fileName": " ", "filePath": 3}]} for file in files
    ]
    given["executionCases"] = [{"name": f"Trường hợp {n}", "profileComponents": [row]} for n, row in enumerate(rows)]
    (paper,) = reading_of(given).facts["components"]
    assert [(b["name"], b["path"], b["store"], b["url"]) for b in paper["blanks"]] == [
        ("Mẫu a.doc", "x/Mẫu  a.doc", "dvc", None), ("Mẫu b.doc", "x/Mẫu  b.doc", "dvc", None),
    ]  # fmt: skip


def test_agencies_in_words_are_those_that_the_record_names_or_stay_words():
    given = record("1.115695")
    assert [a["name_vi"] for a in reading_of(given).facts["delegated_to"]] == ["UBND tỉnh Lạng Sơn"]
    given["delegatedAgencies"] = "UBND tỉnh Lạng Sơn, Sở Nội vụ"
    assert reading_of(given).facts["delegated_to"] == [{"code": None, "name_vi": "UBND tỉnh Lạng Sơn, Sở Nội vụ"}]
    given["departmentsAuthorized"] = [{"code": "H37.1", "name": "Sở Nội vụ"}]
    assert [a["code"] for a in reading_of(given).facts["delegated_to"]] == ["H37.1", None]


def test_a_group_that_stands_alone_and_states_no_condition_is_no_case():
    facts = read("1.115403").facts
    assert facts["cases"] == []
    assert {bool(c["group_vi"]) for c in facts["components"]} == {True}


def test_a_record_without_papers_says_so():
    reading = read("1.115563")
    assert reading.facts["components"] == []
    why = next(e for e in reading.facts["unknown"] if e["pointer"] == "/components")
    assert why["why_en"] == "The record lists no document."


def test_papers_of_a_coded_case_carry_its_code():
    given = record("1.003197")
    (group,) = given["executionCases"]
    given["executionCases"], given["cases"][0]["profileComponents"] = [], group["profileComponents"]
    assert {tuple(c["cases"]) for c in reading_of(given).facts["components"]} == {("1.003197.01",)}


def test_one_component_code_with_two_contents_is_told_and_both_are_kept():
    given = record("1.003197")
    first, second = given["executionCases"][0]["profileComponents"]
    second["code"] = first["code"]
    reading = reading_of(given)
    assert len(reading.facts["components"]) == 2
    assert "component_conflict" in codes(reading)


# --- terms -----------------------------------------------------------------------------------------------------------


def test_one_other_is_no_term():
    reading = read("1.001193")
    assert terms(reading) == [None] * 3
    assert reading.facts["methods"][0]["term"] == {"text": None, "record": "1 OTHER", "text_vi": None}
    assert "/methods/0/term/text" in pointers(reading)


@pytest.mark.parametrize("code", ["2.002189", "2.000635"])
def test_other_numbers_of_other_are_no_terms_either(code):
    assert set(terms(read(code))) == {None}


def test_a_term_that_says_see_below_keeps_its_words():
    term = read("1.115669").facts["methods"][0]["term"]
    assert term == {"text": None, "record": "OTHER", "text_vi": "Theo mô tả"}


def test_a_term_in_words_with_several_lengths_keeps_them_unparsed():
    reading = read("1.115718")
    term = reading.facts["methods"][0]["term"]
    assert term["text"] is None
    assert term["text_vi"].startswith("a) Không quá 05 ngày làm việc")
    assert "term_free_text" in codes(reading)


def test_a_term_in_words_with_one_unconditional_length_is_read():
    term = read("1.115695").facts["methods"][0]["term"]
    assert term["text"] == "30d"
    assert term["text_vi"].startswith("Không quá 30 ngày kể từ ngày nhận đủ hồ sơ hợp lệ")


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("Không quá 05 ngày làm việc kể từ ngày nhận đủ hồ sơ", "5wd"),
        ("03 (ba) ngày làm việc", "3wd"),
        ("trong thời hạn 8 giờ làm việc", "8wh"),
        ("Ngay trong ngày", "0wd"),
        ("12", None),
        ("Trong ngày; nhận sau 15 giờ thì trả ngày hôm sau", None),
        ("05 ngày làm việc đối với trường hợp thông thường", None),
        ("Không quá 05 ngày, kéo dài không quá 10 ngày", None),
        ("16,5 ngày làm việc", None),
        ("từ ngày 01 tháng 8 năm 2024", None),
    ],
)
def test_words_are_a_term_only_without_doubt(words, term):
    assert terms(method(processingTime=words, processingTimeUnit="OTHER")) == [term]


@pytest.mark.parametrize(
    ("value", "unit", "term", "finding"),
    [
        (7, "WORKING_DAY", "7wd", None),
        (7.0, "WORKING_DAY", "7wd", None),
        ("7", "WORKING_DAY", "7wd", None),
        (20, "DAY", "20d", None),
        (2, "MONTH", "2m", None),
        (1, "YEAR", None, "term_year"),
        (15, "HOUR", None, "term_hours_unclear"),
        (26.5, "WORKING_DAY", None, "term_fractional"),
        (0, "WORKING_DAY", None, "term_out_of_range"),
        (5000, "DAY", None, "term_out_of_range"),
        (5, "WEEK", None, "unit_unknown"),
        (-1, "DAY", None, "term_fractional"),
        (True, "DAY", None, "unexpected_type"),
    ],
)
def test_units(value, unit, term, finding):
    reading = method(processingTime=value, processingTimeUnit=unit, description="")
    assert terms(reading) == [term]
    assert (finding in codes(reading)) if finding else not codes(reading)


def test_fifteen_hours_were_the_hour_of_the_day():
    reading = read("2.000527")
    assert "15 giờ" in reading.facts["methods"][0]["note_vi"]
    assert terms(reading) == [None]
    assert "term_hours_unclear" in codes(reading)


def test_hours_that_the_description_calls_working_hours_are_a_term():
    assert terms(method(processingTime=8, processingTimeUnit="HOUR", description="Không quá 8 giờ làm việc.")) == [
        "8wh"
    ]


def test_half_days_are_kept_as_written():
    reading = read("1.115353")
    assert reading.facts["methods"][0]["term"]["record"] == "26.5 WORKING_DAY"
    assert terms(reading)[:4] == [None, None, None, "30wd"]


def test_days_that_the_text_calls_working_days_are_no_term():
    reading = read("2.000986")
    assert terms(reading) == [None]
    assert "term_unit_contradicted" in codes(reading)


def test_an_extension_recorded_as_a_term_is_no_term():
    reading = read("1.115568")
    assert terms(reading) == ["7wd"] * 3 + [None] * 3
    assert "term_is_extension" in codes(reading)


def test_a_term_that_the_text_does_not_have_is_kept_and_told():
    reading = read("1.115370")
    assert terms(reading)[3:] == ["17wd"] * 3
    assert "term_differs_from_note" in codes(reading)


def test_a_case_whose_term_no_method_has_is_told():
    reading = read("1.004845")
    assert (terms(reading)[0], reading.facts["cases"][0]["term"]["text"]) == ("2wd", "3wd")
    assert "case_term_differs" in codes(reading)


# --- methods ---------------------------------------------------------------------------------------------------------


def test_a_channel_twice_with_other_terms_stays_twice():
    reading = read("1.115545")
    assert [m["channel"] for m in reading.facts["methods"]].count("DIRECT") == 2
    assert reading.facts["channels"] == ["ONLINE", "POSTAL", "DIRECT"]
    assert "method_repeated" in codes(reading)


def test_a_method_repeated_word_for_word_is_kept_once():
    given = record("1.003197")
    given["executionMethods"] *= 2
    reading = reading_of(given)
    assert len(reading.facts["methods"]) == 1
    assert codes(reading) == {"method_identical"}


def test_a_new_channel_stays_unknown():
    reading = method(submissionMethod="KIOSK")
    assert reading.facts["methods"][0]["channel"] is None
    assert reading.facts["channels"] == []
    assert "/methods/0/channel" in pointers(reading)


# --- fees ------------------------------------------------------------------------------------------------------------


def test_no_fee_listed_is_not_free():
    reading = read("1.003197")
    assert reading.facts["methods"][0]["fees"] == []
    assert "/methods/0/fees" in pointers(reading)


def test_a_plain_zero_and_a_plain_waiver_are_kept_as_zero():
    assert [f["amount"] for m in read("1.001193").facts["methods"] for f in m["fees"]] == [0, 0, 0]
    assert all(f["certain"] and f["amount"] == 0 for m in read("1.000894").facts["methods"] for f in m["fees"])


def test_zero_with_the_real_amount_in_the_text_is_unknown():
    """The driving licence of 3.000347: 135,000 dong stand in the text only."""
    got, reading = fee(0, "Lệ phí cấp đổi giấy phép lái xe: 135.000 đồng/lần")
    assert (got["amount"], got["certain"]) == (None, False)
    assert "fee_only_in_text" in codes(reading)
    assert "/methods/0/fees/0/amount" in pointers(reading)


def test_zero_set_by_the_peoples_council_is_unknown():
    reading = read("1.000656")
    assert {f["amount"] for m in reading.facts["methods"] for f in m["fees"]} == {None}
    assert "fee_set_elsewhere" in codes(reading)


def test_zero_for_some_people_is_not_zero_for_all():
    reading = read("1.004845")
    direct = next(m for m in reading.facts["methods"] if m["channel"] == "DIRECT")
    assert direct["fees"][0]["amount"] is None
    assert "fee_zero_explained" in codes(reading)


def test_an_empty_amount_is_unknown():
    reading = read("1.115695")
    fees = [f for m in reading.facts["methods"] for f in m["fees"]]
    assert {(f["amount"], f["currency"], f["certain"]) for f in fees} == {(None, "VND", False)}


def test_tiers_keep_their_words():
    """Certified copies, 2.000815."""
    words = "2.000 đồng/trang; từ trang thứ 3 trở lên thu 1.000 đồng/trang, tối đa thu không quá 200.000 đồng/bản."
    got, reading = fee(2000, "/trang", note=words)
    assert (got["amount"], got["tiers_vi"], got["certain"]) == (2000, words, False)
    assert {"fee_tiers", "fee_per_unit"} <= codes(reading)
    assert fee(0, words)[0]["tiers_vi"] == words
    assert fee(0, words)[0]["amount"] is None


def test_tiers_of_a_real_record():
    reading = read("1.115784")
    assert {f["amount"] for m in reading.facts["methods"] for f in m["fees"]} == {None}
    assert all(f["tiers_vi"] for m in reading.facts["methods"] for f in m["fees"])


@pytest.mark.parametrize(("code", "amount"), [("2.000689", 10), ("2.000616", 15), ("1.115403", 100)])
def test_consular_fees_are_in_dollars(code, amount):
    (got,) = read(code).facts["methods"][0]["fees"]
    assert (got["amount"], got["currency"], got["certain"]) == (amount, "USD", True)


def test_ten_dong_are_doubtful():
    got, reading = fee(10, "/bản", currency="VNĐ")
    assert (got["amount"], got["currency"], got["certain"]) == (10, "VND", False)
    assert "fee_currency_doubtful" in codes(reading)


def test_a_fee_without_a_currency_is_not_taken_for_dong():
    reading = read("2.000635")
    got = reading.facts["methods"][0]["fees"][0]
    assert (got["amount"], got["currency"], got["certain"]) == (8000, None, False)
    assert "/methods/0/fees/0/currency" in pointers(reading)


def test_the_text_may_name_the_currency_of_the_same_amount():
    got, _ = fee(8000, "8.000 đồng/lần", currency=None)
    assert (got["currency"], got["certain"]) == ("VND", True)
    assert fee(8000, "9.000 đồng/lần", currency=None)[0]["currency"] is None


def test_several_fees_of_one_kind_are_alternatives():
    reading = read("1.004194")
    online = reading.facts["methods"][0]["fees"]
    assert [f["amount"] for f in online] == [7000, 5000, None]
    assert not any(f["certain"] for f in online)
    assert "fee_alternatives" in codes(reading)


def test_a_fee_that_exempts_some_is_not_certain():
    reading = read("1.004222")
    assert [m["fees"][0]["certain"] for m in reading.facts["methods"]] == [True, False]
    assert "fee_exemption_in_text" in codes(reading)


@pytest.mark.parametrize("value", [-1, 10.5, "free", True, 2**60])
def test_an_amount_that_is_no_amount_is_unknown(value):
    got, reading = fee(value)
    assert got["amount"] is None
    assert "fee_amount_invalid" in codes(reading)


@pytest.mark.parametrize("value", [75.5, "1.200.000"])
def test_an_amount_that_is_no_whole_number_is_told_in_its_words(value):
    got, _ = fee(value)
    assert (got["amount"], got["tiers_vi"], got["certain"]) == (None, f"{value} Việt Nam Đồng", False)


def test_a_fee_for_each_is_not_owed_by_everybody():
    got, reading = fee(25_000, "Mỗi người")
    assert (got["amount"], got["certain"]) == (25_000, False)
    assert "fee_per_unit" in codes(reading)


def test_half_of_a_sum_is_no_sum():
    assert [each.amount for each in sums_in("Thu 75,5 USD hoặc 1,5 đồng; 20 USD.")] == [20]


# --- codes and names -------------------------------------------------------------------------------------------------


def test_a_code_with_a_leading_blank_is_mended_and_told():
    reading = read("1.001193", code=" 1.014325")
    assert reading.facts["code"] == "1.014325"
    assert "code_blank" in codes(reading)


def test_a_local_variant_names_its_national_code_and_agency():
    facts = read("1.001193", code="1.012753.H19").facts
    assert (facts["code"], facts["variant_of"], facts["agency"]) == ("1.012753.H19", "1.012753", "H19")
    facts = read("1.001193").facts
    assert (facts["variant_of"], facts["agency"]) == (None, None)


@pytest.mark.parametrize("code", ["1.0133611", "1.014955-Xoa", "2.009182739", "x", "1.00119३"])
def test_an_invalid_code_refuses_the_record(code):
    with pytest.raises(RecordRefused) as refused:
        read("1.001193", code=code)
    assert [f.code for f in refused.value.findings] == ["code_invalid"]
    assert refused.value.findings[0].severity == "refusal"


@pytest.mark.parametrize("code", [None, "", "  ", 1.001193, ["1.001193"]])
def test_a_missing_code_refuses_the_record(code):
    with pytest.raises(RecordRefused, match="code_missing"):
        read("1.001193", code=code)


@pytest.mark.parametrize(
    ("name", "reason"), [(None, "name_missing"), (" \u200e", "name_missing"), ("a" * 4001, "name_too_long")]
)
def test_a_bad_name_refuses_the_record(name, reason):
    with pytest.raises(RecordRefused, match=reason) as refused:
        read("1.001193", name=name)
    assert refused.value.code == "1.001193"


def test_an_answer_without_a_record_is_refused():
    with pytest.raises(RecordRefused, match="answer_without_record"):
        reading_of({"code": "NOT_FOUND", "data": None, "message": "Không tìm thấy"})


def test_invisible_characters_and_odd_blanks_are_cleaned():
    facts = read("1.001193", name="Đăng k\u200eý\u00a0khai  sinh\n").facts
    assert facts["name_vi"] == "Đăng ký khai sinh"
    assert read("1.001193", name="Đăng ký khai sinh").facts["name_vi"] == "Đăng ký khai sinh"


# --- the rest of the facts -------------------------------------------------------------------------------------------


def test_the_birth_record_agrees_with_our_completed_facts():
    facts = read("1.001193").facts
    assert facts["source"] == {
        "record": "Cơ sở dữ liệu quốc gia về thủ tục hành chính",
        "id": "019d2bfd-3fe0-70ac-b9d6-5e9e20d6eef7",
        "decision": "163/QĐ-BTP",
        "decided_on": "2026-01-16",
        "issued_by": "Bộ Tư pháp",
        "updated_at": 1776242191512,
    }
    assert facts["field"] == {"code": "G15-TP07", "name_vi": "Hộ tịch", "name_en": None}
    assert facts["promulgated_by"] == {"code": "G15", "name_vi": "Bộ Tư pháp"}
    assert facts["performed_by"] == "Ủy ban nhân dân cấp xã"
    assert facts["administrative_level"] == ["ward"]
    assert facts["results"] == [{"code": "KQ.G15.000031", "name_vi": "Giấy khai sinh"}]
    assert len(facts["legal_bases"]) == 15
    assert facts["flags"]["full_process"] is False


def test_groups_of_life_events_and_agencies_are_read():
    assert read("1.004222").facts["life_groups"][0] == {"name_vi": "Hộ khẩu", "type": "CITIZEN"}
    assert read("1.004222").facts["decided_by"] == [{"code": "BCA_CAX", "name_vi": "Công an cấp Xã"}]
    assert read("2.000689").facts["administrative_level"] == ["other"]


def test_what_is_missing_is_listed_and_null():
    reading = reading_of({"code": "1.001193", "name": "Đăng ký khai sinh"})
    facts = reading.facts
    assert (facts["performed_by"], facts["promulgated_by"], facts["field"], facts["requirements_vi"]) == (None,) * 4
    assert set(facts["flags"].values()) == {None}
    assert {"/methods", "/components", "/steps", "/source/decided_on", "/flags/shared"} <= pointers(reading)
    assert reading.findings == ()


def test_wrong_types_are_told_where_they_stand():
    reading = read("1.001193", resultsDetails="x", executionSteps=[1], isWard="yes", updatedAt=10**15)
    told = {(f.code, f.pointer) for f in reading.findings}
    assert {
        ("unexpected_type", "/resultsDetails"),
        ("unexpected_type", "/executionSteps/0"),
        ("unexpected_type", "/isWard"),
        ("time_invalid", "/updatedAt"),
    } <= told
    assert reading.facts["source"]["updated_at"] is None


def test_findings_are_limited_and_the_limit_is_told():
    reading = read("1.001193", executionSteps=[1] * 600)
    assert len(reading.findings) == 501
    assert reading.findings[-1].code == "findings_left_off"
