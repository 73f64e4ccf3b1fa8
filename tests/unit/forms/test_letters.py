"""What a paper can say of a name and of any text, against the fonts and against 95 names that a stranger thought of."""

import json
import unicodedata

import pytest

from chalicelib.forms import letters
from chalicelib.forms.limits import validator
from chalicelib.forms.problems import parted
from infra.reference.letters import LETTERS, as_ranges, letters_of_fonts
from tests.fakes import people
from tests.support.hostile import NAMES
from tests.support.names import LEGAL, LONGEST, NO_NAMES

OTHERWISE = {"Nguyễn Ꝏăn": ""}
"""Judged otherwise by who made the list: a Latin letter that the second font of our papers has."""


def test_every_letter_of_the_list_can_be_printed():
    printed = letters_of_fonts()
    missing = [code for code in range(0x110000) if letters.is_printable(chr(code)) and code not in printed]
    assert missing == []
    assert all(letters.is_printable(letter) for letter in "Nguyễn Thị Ưng Đặng ỹ Ỵ ₫ – … “”")
    assert not any(map(letters.is_printable, "ꞛꭓ🏥漢"))


def test_the_list_is_as_short_as_its_ranges(tmp_path):
    assert as_ranges({0x41, 0x42, 0x43, 0x61}) == "0041-0043\n0061\n"
    assert LETTERS.read_text("ascii") == as_ranges(c for c in range(0x110000) if letters.is_printable(chr(c)))


@pytest.mark.parametrize(("name", "is_legal"), NAMES)
def test_a_name_is_judged_before_it_is_kept(name, is_legal):
    fault = letters.name_fault(name)
    assert fault == OTHERWISE[name] if name in OTHERWISE else (not fault) == is_legal, fault


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("", "blank"),
        (" \u00a0", "blank"),
        ("\u200b\u200c", "blank"),
        ("\u2800\u2800", "blank"),
        ("Ꝏꞛꭓ Văn Ả", "letters_unprintable"),
        ("An 🏥", "letters_unprintable"),
        ("An 😀", "name_letters"),  # the third font has it, and it is no letter
        ("a" + "\u0301" * 90, "marks_stacked"),
        ("\u0301An", "name_letters"),
        (" \u0301An", "name_letters"),
        ("Nguyễn\u202eVăn", "name_letters"),
        ("Nguyễn\nVăn", "name_letters"),
        ("Nguy\u0435n", "name_letters"),  # Cyrillic: it looks the same
        ("An \u271d", "name_letters"),  # a Latin cross is no letter
        ("Kaʻiulani", ""),
        ("Gal·la", ""),
        ("’ʼʻ", "name_letters"),
        ("---", "name_letters"),
        ("12345", "name_letters"),
        ("A" * 101, "maxLength"),
        ("A" * 100, ""),
        ("Y Thuyê\u0306n", ""),
        ("Ng\u0323\u0302\u0301\u0306", "marks_stacked"),
    ],
)
def test_the_rule_that_a_name_breaks_is_named(name, rule):
    assert letters.name_fault(name) == rule


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", ""),
        ("Số 417, đường Hoa Gạo (ngõ 2)\nxã Tân Lộc Đông", ""),
        ("đề nghị \ufeffcấp lại", ""),  # pasted from elsewhere: printed without it
        ("   ", "blank"),
        ("\u0301", "blank"),
        ("Bệnh viện 🏥", "letters_unprintable"),
        ("ba\u0301\u0301\u0301\u0301", "marks_stacked"),
    ],
)
def test_any_text_that_no_paper_could_say_is_refused(text, rule):
    assert letters.text_fault(text) == rule


def test_letters_without_a_glyph_are_named_once():
    assert letters.unprintable("🏥 An 🏥 漢\u200d") == "🏥漢"


# --- the shipped forms -----------------------------------------------------------------------------------------------

FORMS = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted((people.DATA / "forms").glob("*.json"))}


def schemas_of_names(form):
    """The schema of each field of a form that holds a name of a person, its references followed."""
    schema = form["schema"]
    for pointer, field in form["ui"]["fields"].items():
        if field["key"].partition("@")[0] == letters.FULL_NAME:
            place = schema
            for part in parted(pointer):
                place = place["items"] if part == "*" else place["properties"][part]
                place = schema["$defs"][place["$ref"].rpartition("/")[2]] if "$ref" in place else place
            yield place


@pytest.fixture(scope="module")
def of_names():
    """Every letter and sign that may stand in a name."""
    printed = [x for x in map(chr, range(0x110000)) if letters.is_printable(x) and unicodedata.normalize("NFC", x) == x]
    return [letter for letter in printed if not letters.name_fault(f"a{letter}")]


@pytest.mark.parametrize("code", FORMS)
def test_no_form_is_narrower_than_what_a_name_may_be(of_names, code):
    assert set(of_names) > letters.JOINTS
    found = list(schemas_of_names(FORMS[code]))
    assert found
    for schema in found:
        own = validator(schema)
        assert [name for name in LEGAL if not own.is_valid(name)] == []
        assert [letter for letter in of_names if not own.is_valid(f"a{letter}")] == []


def test_every_legal_name_is_none_of_the_others_and_can_be_printed():
    assert len(LEGAL) >= 25
    assert len(NO_NAMES) >= 25
    assert {name: letters.name_fault(name) for name in LEGAL} == dict.fromkeys(LEGAL, "")
    assert [name for name, _ in NO_NAMES if not letters.name_fault(name)] == []
    assert len(unicodedata.normalize("NFC", LONGEST)) == letters.LONGEST_NAME


def test_a_text_is_printed_as_far_as_there_are_letters():
    assert letters.printed("Nguye\u0302\u0303n\u202e\x00An\u2028🏥\ud800") == "Nguyễn An □□"
