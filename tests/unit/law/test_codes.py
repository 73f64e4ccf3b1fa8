import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.law.codes import (
    SCHEMES,
    BadCode,
    PersonalId,
    SerialOverflow,
    agency_id,
    dossier_code,
    legacy_agency_id,
    parse_dossier_code,
    procedure_code,
    result_code,
)

DAY = date(2026, 11, 25)


@pytest.mark.rule("R34")
@pytest.mark.parametrize("text", ["H01.10.24", "G09", "A00.1", "Y99.ABC.0Z", "H01." + "1" * 31])
def test_an_agency_identifier_of_decision_20_is_accepted(text):
    assert agency_id(text) == text


@pytest.mark.rule("R34")
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
