import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.law.codes import (
    AGENCY_MAX,
    SCHEMES,
    BadCode,
    PersonalId,
    SerialOverflow,
    agency_id,
    dossier_code,
    is_identity,
    legacy_agency_id,
    parse_dossier_code,
    procedure_code,
    result_code,
)

DAY = date(2026, 11, 25)


@pytest.mark.rule("R34", "accepted")
@pytest.mark.parametrize("text", ["H01.10.24", "G09", "A00.1", "Y99.ABC.0Z", "H01." + "1" * 31])
def test_an_agency_identifier_of_decision_20_is_accepted(text):
    assert agency_id(text) == text


@pytest.mark.rule("R34", "other_body", "too_long", "lower_case")
@pytest.mark.parametrize(
    "text", ["", "Z01", "Z01.10", "h01.10.24", "H01.", "H01..2", "H1", "H01.1-2", "H01\n", "H01." + "1" * 32]
)
def test_other_texts_are_no_agency(text):
    with pytest.raises(BadCode) as refusal:
        agency_id(text)
    assert refusal.value.kind == "agency"
    assert refusal.value.rule in str(refusal.value)


@pytest.mark.parametrize("text", ["1.005129", "2.000635", "1.012753.H19"])
def test_a_procedure_code_is_digit_stop_six_digits(text):
    assert procedure_code(text) == text


@pytest.mark.parametrize("text", ["1.00512", "1.0051290", "x.005129", "1.001193.02", "１.005129"])
def test_other_texts_are_no_procedure(text):
    with pytest.raises(BadCode):
        procedure_code(text)


@pytest.mark.parametrize(
    ("agency", "serial", "scheme", "expected"),
    [
        ("000.00.00.G22", 7, "legacy-2018", "000.00.00.G22-261125-0007"),
        ("H01.10.24", 9999, "qd20", "H01.10.24-261125-9999"),
        ("H01.123.45", 10001, "centralised-2026", "H01.123.45-261125-010001"),
        ("G09.20", 92637, "observed-2026", "G09.20-20261125-0092637"),
    ],
)
def test_each_scheme_writes_a_code_that_reads_back(agency, serial, scheme, expected):
    code = dossier_code(agency, DAY, serial, scheme=scheme)
    assert code == expected
    parsed = parse_dossier_code(code)
    assert (parsed.agency, parsed.day, int(parsed.serial), parsed.scheme) == (agency, DAY, serial, scheme)


@pytest.mark.parametrize(
    ("agency", "serial", "scheme"),
    [
        ("000.00.00.G22", 10_000, "legacy-2018"),
        ("H01.10.24", 10_000, "qd20"),
        ("H01.123.45", 1_000_000, "centralised-2026"),
        ("G09.20", 10_000_000, "observed-2026"),
    ],
)
def test_the_serial_after_the_last_of_the_day_fails_loudly(agency, serial, scheme):
    dossier_code(agency, DAY, serial - 1, scheme=scheme)
    with pytest.raises(SerialOverflow) as overflow:
        dossier_code(agency, DAY, serial, scheme=scheme)
    assert (overflow.value.agency, overflow.value.serial) == (agency, serial)


@pytest.mark.parametrize(
    ("agency", "serial", "scheme", "kind"),
    [
        ("H01.10.24", 1, "guess", "scheme"),
        ("H01.10.24", 0, "qd20", "serial"),
        ("H01.10.24", 1, "legacy-2018", "agency"),
        ("H01.10.24", 1, "centralised-2026", "agency"),
        ("000.00.00.G22", 1, "qd20", "agency"),
    ],
)
def test_a_code_is_not_made_from_parts_of_another_scheme(agency, serial, scheme, kind):
    with pytest.raises(BadCode) as refusal:
        dossier_code(agency, DAY, serial, scheme=scheme)
    assert refusal.value.kind == kind


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("000.00.00.G22-180901-0001", "legacy-2018"),
        ("H01.10.24-261125-0001", "qd20"),
        ("H01.10.24-261125-00123", "qd20"),
        ("H01.123.45-260125-010001", "centralised-2026"),
        ("H01.123.45-260125-0001", "qd20"),
        ("G09.20-20260609-0092637", "observed-2026"),
    ],
)
def test_all_four_grammars_are_read(text, scheme):
    assert parse_dossier_code(text).scheme == scheme


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H01.10.24",
        "H01.10.24-261125",
        "H01.10.24-261125-001",
        "H01.10.24-261131-0001",
        "H01.10.24-20261125-0001",
        "Z01-261125-0001",
        "H01..24-261125-0001",
        "H01.10.24-261125-0001-KQ1",
        "H01.10.24-261125-0001\n",
        "0.0.0.G22-261125-0001",
        "H01." + "1" * 90 + "-261125-0001",
    ],
)
def test_other_texts_are_no_dossier_code(text):
    with pytest.raises(BadCode):
        parse_dossier_code(text)


@given(st.text(max_size=60) | st.from_regex(r"[A-Z0-9.]{3,20}-[0-9]{6,8}-[0-9A-Z]{4,7}", fullmatch=True))
def test_reading_any_text_gives_its_parts_or_a_refusal(text):
    try:
        parsed = parse_dossier_code(text)
    except BadCode:
        return
    assert parsed.text == text
    assert parsed.scheme in SCHEMES


def test_a_result_code_adds_the_ordinal():
    assert result_code("H01.10.24-261125-0001", 1) == "H01.10.24-261125-0001-KQ1"
    assert result_code("H01.10.24-261125-0001", 9999) == "H01.10.24-261125-0001-KQ9999"
    with pytest.raises(BadCode):
        result_code("H01.10.24-261125", 1)


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_results_are_counted_from_one(number):
    with pytest.raises(BadCode, match="counted"):
        result_code("H01.10.24-261125-0001", number)


def test_the_old_agency_form_is_known():
    assert legacy_agency_id("000.00.00.G22") == "000.00.00.G22"


@pytest.mark.parametrize("text", ["08708400099", "0870840009999", "08708400099x", "087 084 000 999", "087084000999\n"])
def test_a_refused_personal_number_never_shows_in_the_error(text):
    with pytest.raises(BadCode) as refusal:
        PersonalId.parse(text)
    for shown in (str(refusal.value), repr(refusal.value), refusal.value.text):
        assert not re.search(r"\d{3}", shown)


def test_a_personal_number_is_masked_wherever_it_is_printed():
    person = PersonalId.parse("087084000999")
    assert person.masked == "*********999"
    assert "0870" not in f"{person} {person!r} {[getattr(person, name) for name in person.__slots__]}"


@pytest.mark.parametrize("check", [agency_id, procedure_code, parse_dossier_code, legacy_agency_id])
def test_a_personal_number_in_the_wrong_field_does_not_reach_the_error(check):
    with pytest.raises(BadCode) as refusal:
        check("087084000999")
    assert "087084000999" not in str(refusal.value) + refusal.value.text


LONG = f"at most {AGENCY_MAX} characters"
GROUPS = "A..Y and two digits, then groups of 0-9 and A-Z, each after a full stop"
JOINED = "agency, date and serial joined by hyphens, such as H01.10.24-261125-0001"
SAID = [
    (agency_id, "Z01", "agency", GROUPS),
    (agency_id, "H01." + "1" * 32, "agency", LONG),
    (legacy_agency_id, "H01", "agency", "three digits, two, two, then A..Y and two digits, such as 000.00.00.G22"),
    (procedure_code, "x", "procedure", "a digit, a full stop and six digits, such as 1.005129"),
    (parse_dossier_code, "x", "dossier", JOINED),
    (parse_dossier_code, "H01-261131-0001", "dossier", "the date in the code is no day of the calendar"),
    (lambda text: dossier_code(text, DAY, 1, scheme="centralised-2026"), "H01", "agency",
     "a centralised service's agency is written like H01.123.45"),
    (lambda text: dossier_code("H01", DAY, 1, scheme=text), "new", "scheme",
     "one of legacy-2018, qd20, centralised-2026, observed-2026"),
    (lambda text: dossier_code("H01", DAY, int(text), scheme="qd20"), "0", "serial", "the first dossier of a day is 1"),
    (lambda text: result_code("H01-261125-0001", int(text)), "0", "result", "results are counted 1..9999"),
]  # fmt: skip


@pytest.mark.parametrize(("check", "text", "kind", "rule"), SAID)
def test_a_refusal_says_which_code_what_was_given_and_the_rule(check, text, kind, rule):
    with pytest.raises(BadCode) as refusal:
        check(text)
    shown = re.sub("[0-9]{9,}", "***", text)
    assert (refusal.value.kind, refusal.value.text, refusal.value.rule) == (kind, shown, rule)
    assert str(refusal.value) == f"{kind} {shown!r}: {rule}"


def test_a_refusal_repeats_a_text_in_part_and_no_long_number():
    refusal = BadCode("agency", "a" * 81, "rule")
    assert refusal.text == "a" * 80
    assert BadCode("agency", "x12345678 123456789 1234567890", "rule").text == "x12345678 *** ***"


def test_a_refused_personal_number_says_what_one_is():
    with pytest.raises(BadCode) as refusal:
        PersonalId.parse("12345")
    assert str(refusal.value) == "personal_id '***': twelve digits"
    assert (refusal.value.kind, refusal.value.text, refusal.value.rule) == ("personal_id", "***", "twelve digits")


def test_an_overflow_says_whose_day_is_full():
    with pytest.raises(SerialOverflow) as overflow:
        dossier_code("H01", DAY, 10_000, scheme="qd20")
    assert str(overflow.value) == "H01, 2026-11-25: serial 10000 does not fit scheme qd20"
    assert (overflow.value.day, overflow.value.scheme) == (DAY, "qd20")


def test_the_first_dossier_of_a_day_is_one_and_every_digit_is_written():
    assert [dossier_code(a, DAY, 1, scheme=s).rpartition("-")[2] for a, s in (
        ("000.00.00.G22", "legacy-2018"), ("H01", "qd20"), ("H01.123.45", "centralised-2026"), ("H01", "observed-2026")
    )] == ["0001", "0001", "000001", "0000001"]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "scheme", "serial"),
    [
        ("H01.123.45-260125-00123", "centralised-2026", "00123"),
        ("H01.123.45-260125-0123", "qd20", "0123"),
        ("H01-260125-" + "A" * 16, "qd20", "A" * 16),
        ("H01-20260125-0000001", "observed-2026", "0000001"),
    ],
)
def test_a_serial_keeps_its_zeros_and_its_length_tells_the_scheme(text, scheme, serial):
    parsed = parse_dossier_code(text)
    assert (parsed.scheme, parsed.serial, parsed.text) == (scheme, serial, text)
    assert parsed.day == date(2026, 1, 25)


@pytest.mark.parametrize("serial", ["A" * 17, "abc1", "001"])
def test_a_serial_has_four_to_sixteen_signs(serial):
    with pytest.raises(BadCode):
        parse_dossier_code(f"H01-260125-{serial}")


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("CITIZEN", ["001195012345"], ["00119501234", "0011950123456", "00119501234x", "٠٠١١٩٥٠١٢٣٤٥", "USA:X1"]),
        ("FOREIGNER", ["USA:X1234567", "301234567890"], ["X1234567", "usa:X1", "USA:", "USA:" + "1" * 21]),
        ("ORGANISATION", ["0100109106", "0100109106-001", "H01.10.24"], ["010010910", "001195012345", "H1", "H01."]),
    ],
)
def test_what_names_a_person_or_organisation_is_of_its_kind(kind, good, bad):
    assert [is_identity(kind, text) for text in good] == [True] * len(good)
    assert [is_identity(kind, text) for text in (*bad, "")] == [False] * (len(bad) + 1)


def test_no_agency_is_longer_than_the_decision_lets_it_be():
    longest = "H01" + ".1234567" * 4
    assert (len(longest), is_identity("ORGANISATION", longest)) == (35, True)
    assert not is_identity("ORGANISATION", longest + "8")
