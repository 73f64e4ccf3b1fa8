"""Answers that people really give to the seven forms: one message for each fault, and none for what only looks unusual.

The rows were written before the messages: what somebody typed where, and the field and rule that they are to be told.
"""

import copy
import unicodedata

import pytest
from msgspec.structs import replace

from chalicelib.forms.evaluate import evaluate
from chalicelib.forms.fields import places
from tests.unit.forms.answers import COMPLETE, FORMS, TODAY, changed, residence

PASTED = "Chỗ này dán nhầm cả văn bản. " * 345
HTML = "<b>Hoa</b><script>alert(1)</script>"
BIRTH, MARRIAGE, RESIDENCE, BUSINESS, WATER = "1.001193", "1.000894", "1.004222", "1.001612", "U.000001"
BIRTH_BUNDLE, DEATH_BUNDLE = "2.002621", "2.002622"
CHILD, MOTHER = "/child/full_name", "/mother/year_of_birth"
WRONG = {
    BIRTH: [
        (CHILD, "", "required"),
        (CHILD, " \u00a0 ", "required"),
        (CHILD, ..., "required"),
        (CHILD, None, "required"),
        (CHILD, "Lê Gia Khánh 2", "pattern"),
        (CHILD, "Bé Bi 👶", "pattern"),
        (CHILD, HTML, "pattern"),
        (CHILD, PASTED, "maxLength"),
        (CHILD, "\u200b", "pattern"),
        ("/child/born_on", "1/13/2026", "format"),
        ("/child/born_on", "13/1/2026", "format"),
        ("/child/born_on", "26-11-18", "format"),
        ("/child/born_on", "2026-02-30", "format"),
        ("/child/born_on", "hôm qua", "format"),
        ("/child/born_on", "2026-11-26", "born_by_today"),
        ("/child/born_on", "2062-11-18", "born_by_today"),
        ("/child/born_on", "1826-11-18", "born_within_120_years"),
        ("/child/sex", "nam", "enum"),
        ("/mother", ..., "required"),
        (MOTHER, 95, "minimum"),
        (MOTHER, "năm 1995", "type"),
        (MOTHER, "95", "minimum"),
        (MOTHER, 2020, "mother_older"),
        (MOTHER, 1906, "mother_older"),
        ("/mother/personal_id", "001195012", "pattern"),
        ("/mother/personal_id", "00119501234", "pattern"),
        ("/mother/personal_id", "0011950123456", "maxLength"),
        ("/mother/personal_id", "không có", "pattern"),
        ("/father/personal_id", "001195012345", "parents_differ"),
        ("/requester/phone", "912345678", "pattern"),
        ("/requester/phone", "0912345678 hoặc 0987654321", "maxLength"),
        ("/marriage/registered_on", "2027-01-01", "married_by_today"),
        ("/copies", "hai", "type"),
        ("/copies", -1, "minimum"),
        ("/ghi_chu", "xin làm nhanh", "additionalProperties"),
    ],
    MARRIAGE: [
        ("/man/full_name", "", "required"),
        ("/man/full_name", "Ông Nam (1995)", "pattern"),
        ("/man/full_name", PASTED, "maxLength"),
        ("/man/born_on", "5/6/1995", "format"),
        ("/man/born_on", "95-06-05", "format"),
        ("/man/born_on", "2027-01-01", "man_born"),
        ("/man/born_on", "1895-05-06", "man_age_possible"),
        ("/woman/born_on", "2020-05-06", "woman_age_possible"),
        ("/woman/personal_id", "001095012345", "two_people"),
        ("/man/personal_id", "095012345", "pattern"),
        ("/man/personal_id", 1095012345, "type"),
        ("/woman/nationality", "🇻🇳", "pattern"),
        ("/woman/residence", "", "required"),
        ("/woman/marital_status", "độc thân", "enum"),
        ("/contact/phone", "+1 415 555 0100", "maxLength"),
        ("/contact/email", "hòa@example.vn", "format"),
        ("/contact/email", "hoa.example.vn", "format"),
        ("/contact", ..., "required"),
    ],
    RESIDENCE: [
        ("/case", ..., "required"),
        ("/case", "Thuê nhà", "enum"),
        ("/address", " ", "required"),
        ("/address", HTML, "pattern"),
        ("/address", PASTED, "maxLength"),
        ("/declarant/full_name", "Hoa123", "pattern"),
        ("/declarant/personal_id", "180012345", "pattern"),
        ("/declarant/born_on", "1980/02/29", "format"),
        ("/declarant/born_on", "1981-02-29", "format"),
        ("/declarant/born_on", "2980-02-28", "declarant_born"),
        ("/declarant/born_on", "1880-02-29", "declarant_within_120_years"),
        ("/declarant/phone", "", "required"),
        ("/declarant/email", "hoa @example.vn", "format"),
        ("/members/0/full_name", "Bé 😀", "pattern"),
        ("/members/0/personal_id", "chưa có", "pattern"),
        ("/rented/contract", ..., "required"),
        ("/rented/is_certified", "có rồi", "type"),
        ("/rented/is_certified", False, "contract_certified"),
        ("/rented/floor_area", 0, "minimum"),
        ("/rented/floor_area", "20m2", "type"),
        ("/head/relationship", "C", "minLength"),
    ],
    BUSINESS: [
        ("/owner/full_name", None, "required"),
        ("/owner/full_name", "Tran Thi Hoa; DROP TABLE", "pattern"),
        ("/owner/personal_id", "00118001234", "pattern"),
        ("/owner/born_on", "29.02.1980", "format"),
        ("/owner/born_on", "2027-01-01", "owner_born"),
        ("/owner/born_on", "2020-02-29", "owner_age_possible"),
        ("/owner/address", "😀😀", "pattern"),
        ("/owner/phone", "098", "pattern"),
        ("/owner/email", "Hoa@", "format"),
        ("/owner/has_account", "chưa rõ", "type"),
        ("/owner/card_copied", False, "card_attached"),
        ("/business/name", "", "required"),
        ("/business/capital_vnd", "50 triệu", "type"),
        ("/business/capital_vnd", 50.5, "type"),
        ("/business/capital_vnd", -5, "minimum"),
        ("/business/lines", [], "minItems"),
        ("/business/lines", [{"name": "Bán hoa"}, {"name": "Bán hoa"}], "uniqueItems"),
        ("/business/lines", "Bán hoa", "type"),
        ("/business/lines/0/name", "x" * 301, "maxLength"),
        ("/founder", "Gia đình", "enum"),
        ("/members/0/personal_id", "", "required"),
        ("/agent/document", " ", "required"),
        ("/agent/has_letter", False, "letter_attached"),
    ],
    WATER: [
        ("/customer", "", "required"),
        ("/customer", "cá nhân", "enum"),
        ("/person", ..., "required"),
        ("/person/full_name", "Hoa 7", "pattern"),
        ("/person/full_name", PASTED, "maxLength"),
        ("/person/personal_id", "001180012", "pattern"),
        ("/contact/phone", "không có", "pattern"),
        ("/contact/email", "hoa@ví dụ.vn", "format"),
        ("/premises/address", "", "required"),
        ("/premises/address", "<i>12</i>", "pattern"),
        ("/premises/right", "Chính chủ", "enum"),
        ("/premises/owner_consents", ..., "required"),
        ("/purpose", ..., "required"),
        ("/people", 0, "minimum"),
        ("/people", 4000, "maximum"),
        ("/people", "bốn", "type"),
        ("/wanted_on", "tháng sau", "format"),
        ("/wanted_on", "1/12/26", "format"),
        ("/terms_read", "rồi", "type"),
    ],
    BIRTH_BUNDLE: [
        (CHILD, "Bé Bi 👶", "pattern"),
        ("/child/born_on", "2026-11-26", "born_by_today"),
        (MOTHER, 2020, "mother_older"),
        ("/father/personal_id", "001195012345", "parents_differ"),
        ("/bundle", ..., "required"),
        ("/bundle/declarant", " ", "required"),
        ("/bundle/declarant", "Sen 95", "pattern"),
        ("/bundle/declarant", PASTED, "maxLength"),
        ("/bundle/declarant_id", "195012345", "pattern"),
        ("/bundle/declarant_id", "0011950123456", "maxLength"),
        ("/bundle/declarant_born_on", "12/4/1995", "format"),
        ("/bundle/declarant_born_on", "1995-02-30", "format"),
        ("/bundle/declarant_born_on", "2995-04-12", "declarant_born"),
        ("/bundle/declarant_born_on", "1895-04-12", "declarant_within_120_years"),
        ("/bundle/phone", ..., "required"),
        ("/bundle/phone", "912345678", "pattern"),
        ("/bundle/address", HTML, "pattern"),
        ("/bundle/address", "X", "minLength"),
        ("/bundle/owner_consents", "chưa hỏi", "type"),
        ("/bundle/owner_consents", False, "owner_consents"),
        ("/bundle/wants_card", ..., "required"),
        ("/bundle/the_can_cuoc", "có", "additionalProperties"),
    ],
    DEATH_BUNDLE: [
        ("/death", ..., "required"),
        ("/death/full_name", "", "required"),
        ("/death/full_name", "Cụ Thuận (81)", "pattern"),
        ("/death/full_name", PASTED, "maxLength"),
        ("/death/personal_id", "không nhớ", "pattern"),
        ("/death/personal_id", "0860450012345", "maxLength"),
        ("/death/died_on", ..., "required"),
        ("/death/died_on", "20/11/2026", "format"),
        ("/death/died_on", "2026-11-31", "format"),
        ("/death/died_on", "2026-11-26", "died_by_today"),
        ("/death/allowance", "Tử tuất", "enum"),
        ("/death/ends_benefit", "không rõ", "type"),
        ("/applicant", ..., "required"),
        ("/applicant/full_name", " ", "required"),
        ("/applicant/full_name", "Liễu (con gái) 09", "pattern"),
        ("/applicant/personal_id", "180012345", "pattern"),
        ("/applicant/born_on", "29.02.1980", "format"),
        ("/applicant/born_on", "2980-02-28", "born_by_today"),
        ("/applicant/born_on", "1880-02-29", "born_within_120_years"),
        ("/applicant/address", PASTED, "maxLength"),
        ("/contact/phone", "+1 415 555 0100", "maxLength"),
        ("/contact/email", "hoa.example.vn", "format"),
        ("/request", "", "required"),
    ],
}
ROWS = [(code, *row) for code, rows in WRONG.items() for row in rows]
NOBODYS = {"additionalProperties"}
"""Rules about what the form does not ask: there is no right value to show."""


def put(answer, pointer, value):
    """The answer with a value at a place that need not be there yet."""
    way, _, last = pointer.rpartition("/")
    if value is ... or pointer.count("/") == 1 or way in {"/mother", "/father"}:
        return changed(answer, (pointer, value))
    made = changed(answer)
    holder = made
    for name in way.strip("/").split("/"):
        holder = holder[int(name) if isinstance(holder, list) else name]
    holder[last] = value
    return made


def test_each_form_has_fifteen_wrong_answers_and_more():
    assert WRONG.keys() == FORMS.keys()
    assert min(len(rows) for rows in WRONG.values()) >= 15


@pytest.mark.parametrize(("code", "pointer", "value", "rule"), ROWS, ids=lambda given: ascii(given)[:30])
def test_a_wrong_answer_is_told_once_with_field_rule_example_and_way_out(code, pointer, value, rule):
    outcome = evaluate(FORMS[code], put(COMPLETE[code], pointer, value), TODAY)
    assert [(problem.pointer, problem.rule) for problem in outcome.errors] == [(pointer, rule)]
    assert outcome.warnings == [], "the same fault is not told again as a doubt"
    (problem,) = outcome.errors
    for said, message in ((problem.vi, problem.message_vi), (problem.en, problem.message_en)):
        assert all(part in message for part in (said.field, said.fault, said.example, said.way_out))
        assert said.field
        assert said.fault
        assert said.way_out
        assert (rule in NOBODYS) == (not said.example)
    assert problem.vi.fault != problem.en.fault
    assert problem.vi.way_out != problem.en.way_out
    field = FORMS[code].ui.fields.get(places(FORMS[code].schema).general(pointer))
    if field:
        assert problem.vi.field.startswith(field.label_vi)
        assert problem.en.field.startswith(field.label_en)


def test_every_fault_of_an_answer_is_told_at_once_and_each_once():
    wrong = [(CHILD, "7"), ("/child/born_on", "1/13/2026"), (MOTHER, 95), ("/mother/personal_id", "1")]
    told = evaluate(FORMS[BIRTH], changed(COMPLETE[BIRTH], *wrong), TODAY).errors
    assert {problem.pointer for problem in told} == {pointer for pointer, _ in wrong}
    assert len(told) == len(wrong)


def test_a_member_of_a_list_is_named_by_its_place():
    answer = changed(COMPLETE[RESIDENCE])
    answer["members"].append({"full_name": "Trần Văn Tí", "personal_id": "1", "relationship": "Con"})
    (told,) = evaluate(FORMS[RESIDENCE], answer, TODAY).errors
    assert told.pointer == "/members/1/personal_id"
    assert told.vi.field.endswith("(mục 2)")
    assert told.en.field.endswith("(entry 2)")


UNUSUAL = [
    (BIRTH, CHILD, unicodedata.normalize("NFD", "Lê Gia Khánh"), "Lê Gia Khánh"),
    (BIRTH, CHILD, "  Lê Gia\u00a0Khánh \n", "Lê Gia Khánh"),
    (BIRTH, CHILD, "LÊ GIA KHÁNH", "LÊ GIA KHÁNH"),
    (BIRTH, "/requester/relationship", unicodedata.normalize("NFD", "Người thân thích"), "Người thân thích"),
    (BIRTH, "/requester/phone", "0912 345 678", "0912345678"),
    (BIRTH, "/requester/phone", "0912.345.678", "0912345678"),
    (BIRTH, "/requester/phone", "+84 912 345 678", "0912345678"),
    (BIRTH, "/requester/phone", "(+84) 912-345-678", "0912345678"),
    (BIRTH, "/requester/phone", "0084912345678", "0912345678"),
    (BIRTH, "/requester/phone", "(0270) 3822 345", "02703822345"),
    (BIRTH, "/requester/phone", "", ...),
    (BIRTH, "/mother/personal_id", " 001 195 012 345 ", "001195012345"),
    (BIRTH, "/mother/personal_id", "001.195.012.345", "001195012345"),
    (BIRTH, "/mother/personal_id", "", ...),
    (BIRTH, "/child/place_of_birth", " Trạm y tế xã Ea H’leo ", "Trạm y tế xã Ea H’leo"),
    (MARRIAGE, "/man/personal_id", "001-095-012-345", "001095012345"),
    (MARRIAGE, "/contact/email", " nam@example.vn ", "nam@example.vn"),
    (MARRIAGE, "/contact/email", None, ...),
    (RESIDENCE, "/address", " 12 phố Huế,  phường Hai Bà Trưng ", "12 phố Huế,  phường Hai Bà Trưng"),
    (RESIDENCE, "/declarant/phone", "0912\u00a0345\u00a0678", "0912345678"),
    (RESIDENCE, "/members", [{"full_name": "", "personal_id": " "}], ...),
    (BUSINESS, "/owner/full_name", "Trần Thị Hoa ", "Trần Thị Hoa"),
    (BUSINESS, "/agent/personal_id", "001 185 012 345", "001185012345"),
    (WATER, "/wanted_on", "", ...),
    (BIRTH, MOTHER, " 1995 ", 1995),
    (BIRTH, "/copies", "3", 3),
    (BUSINESS, "/business/capital_vnd", "50.000.000", 50_000_000),
    (BUSINESS, "/owner/has_account", "Không", False),
    (RESIDENCE, "/rented/is_certified", "có", True),
    (RESIDENCE, "/rented/floor_area", "20,5", 20.5),
    (WATER, "/terms_read", "true", True),
    (WATER, "/person/full_name", unicodedata.normalize("NFD", "Trần Thị Hoa"), "Trần Thị Hoa"),
]


@pytest.mark.parametrize(("code", "pointer", "typed", "meant"), UNUSUAL, ids=lambda given: ascii(given)[:30])
def test_a_right_answer_in_an_unusual_dress_is_taken_and_kept_as_it_is_meant(code, pointer, typed, meant):
    outcome = evaluate(FORMS[code], put(COMPLETE[code], pointer, typed), TODAY)
    assert (outcome.errors, outcome.warnings) == ([], [])
    place = outcome.values
    *way, last = pointer.strip("/").split("/")
    for name in way:
        place = place[name]
    assert place.get(last, ...) == meant
    assert evaluate(FORMS[code], outcome.values, TODAY).values == outcome.values, "saving it again changes nothing"


def test_what_somebody_leaves_blank_of_the_father_is_as_if_it_was_not_asked():
    answer = COMPLETE[BIRTH] | {"father": dict.fromkeys(COMPLETE[BIRTH]["father"], " ")}
    outcome = evaluate(FORMS[BIRTH], answer, TODAY)
    assert outcome.errors == []
    assert "father" not in outcome.values


def test_an_empty_part_that_was_sent_is_kept_for_older_forms_ask_for_it():
    answer = residence("Chỗ ở hợp pháp thuộc quyền sở hữu của mình") | {"own": {}}
    outcome = evaluate(FORMS[RESIDENCE], answer, TODAY)
    assert outcome.errors == []
    assert outcome.values["own"] == {}


@pytest.mark.parametrize("text", ["1.5", "1,5", "1e3", "50.00", "50 triệu", "٣", "9" * 16])
def test_a_number_that_may_be_read_in_two_ways_is_not_guessed(text):
    outcome = evaluate(FORMS[BUSINESS], put(COMPLETE[BUSINESS], "/business/capital_vnd", text), TODAY)
    assert outcome.values["business"]["capital_vnd"] == text
    assert [problem.rule for problem in outcome.errors] == ["type"]


@pytest.mark.parametrize("filing", [..., "Gửi qua bưu điện"])
def test_what_a_case_asks_is_not_told_before_the_case_is_known(filing):
    """The form asks for the agent of whoever does not file in person: of nobody who did not say how they file."""
    answer = changed(COMPLETE[BUSINESS], ("/agent", ...), ("/filing", filing), ("/owner/phone", ...))
    told = {problem.pointer for problem in evaluate(FORMS[BUSINESS], answer, TODAY).errors}
    assert told == {"/filing", "/owner/phone"}


def test_what_is_hidden_is_never_missing():
    """A form that hides what its own schema asks for would stop everybody."""
    form = FORMS[WATER]
    hides = replace(form.rules[0], id="hides", target="/wanted_on", expression="form.purpose == 'Sản xuất'")
    needed = {**form.schema, "required": [*form.schema["required"], "wanted_on"]}
    outcome = evaluate(replace(form, schema=needed, rules=(hides, *form.rules[1:])), COMPLETE[WATER], TODAY)
    assert "/wanted_on" in outcome.hidden
    assert outcome.errors == []


def test_a_wrong_choice_elsewhere_does_not_keep_back_what_a_case_needs():
    answer = changed(COMPLETE[BUSINESS], ("/agent", ...), ("/business/capital_vnd", "nhiều"))
    told = {problem.pointer for problem in evaluate(FORMS[BUSINESS], answer, TODAY).errors}
    assert told == {"/agent", "/business/capital_vnd"}


@pytest.mark.parametrize("text", ["5/6/1995", "hai ba", "09-12-AB", "+1 415", "٠٩١٢٣٤٥٦٧٨"])
def test_what_is_doubtful_stays_as_it_was_typed(text):
    answer = put(COMPLETE[BIRTH], "/requester/phone", text)
    assert evaluate(FORMS[BIRTH], answer, TODAY).values["requester"]["phone"] == text


def test_answers_to_another_case_are_dropped_and_named():
    rented = COMPLETE[RESIDENCE]["rented"]
    own = residence("Chỗ ở hợp pháp thuộc quyền sở hữu của mình") | {"rented": rented}
    outcome = evaluate(FORMS[RESIDENCE], own, TODAY)
    assert outcome.errors == []
    assert "rented" not in outcome.values
    assert "/rented" in outcome.hidden


@pytest.mark.parametrize(
    ("code", "pointer", "rule"),
    [
        (BIRTH, "/mother/residence", "mother_commune"),
        (MARRIAGE, "/man/residence", "man_commune"),
        (RESIDENCE, "/address", "address_commune"),
        (BUSINESS, "/business/address", "business_commune"),
        (WATER, "/premises/address", "premises_commune"),
    ],
)
def test_an_address_without_a_commune_is_doubted_and_not_refused(code, pointer, rule):
    outcome = evaluate(FORMS[code], put(COMPLETE[code], pointer, "12 phố Huế"), TODAY)
    assert outcome.errors == []
    (told,) = outcome.warnings
    assert (told.pointer, told.rule) == (pointer, rule)
    assert told.vi.example
    assert told.vi.way_out


def test_nobody_changes_the_answer_that_was_handed_in():
    given = put(COMPLETE[BIRTH], CHILD, "  Lê Gia Khánh ")
    before = copy.deepcopy(given)
    evaluate(FORMS[BIRTH], given, TODAY)
    assert given == before
