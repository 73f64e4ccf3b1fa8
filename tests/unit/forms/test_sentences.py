"""What is said of a fault: every field of every form, under every rule that it may break, in both languages."""

import pytest

from chalicelib.forms.dictionary import shipped_dictionary
from chalicelib.forms.evaluate import schema_faults
from chalicelib.forms.fields import kind, places
from chalicelib.forms.sentences import FAULTS, tell, tell_checks
from tests.unit.forms.answers import FORMS

RULES = (*FAULTS, "type", "pattern", "format", "falseSchema", "uniqueItems", "letters_unprintable", "name_letters")
LONGEST = 900
"""Characters of one message: more is not read on a phone."""


def asked(form):
    """The fields that people fill in."""
    computed = {rule.target for rule in form.rules if rule.kind == "computed"}
    return [pointer for pointer in form.ui.fields if pointer not in computed]


@pytest.mark.parametrize("code", FORMS)
def test_every_field_has_its_own_words_for_every_rule(code):
    form = FORMS[code]
    for pointer in asked(form):
        field = form.ui.fields[pointer]
        for problem in tell(form, [(pointer.replace("*", "0"), rule) for rule in RULES]):
            for said, message, label in (
                (problem.vi, problem.message_vi, field.label_vi),
                (problem.en, problem.message_en, field.label_en),
            ):
                assert said.field.startswith(label)
                assert all((said.fault, said.example, said.way_out)), (pointer, problem.rule)
                assert "{n}" not in said.fault or problem.rule in FAULTS
                assert len(message) <= LONGEST
            assert problem.vi.fault != problem.en.fault


@pytest.mark.parametrize("code", FORMS)
def test_an_example_is_a_value_that_the_field_takes(code):
    form, fields = FORMS[code], places(FORMS[code].schema).fields
    for pointer in asked(form):
        node = fields[pointer]
        (problem,) = tell(form, [(pointer.replace("*", "0"), "pattern")])
        if "enum" in node:
            assert problem.vi.example.startswith(node["enum"][0][:60])
            continue
        read = {"integer": int, "number": float, "boolean": lambda text: text.startswith("Có")}.get(kind(node), str)
        assert schema_faults({**node, "$defs": form.schema.get("$defs", {})}, read(problem.vi.example)) == [], pointer


@pytest.mark.parametrize("code", FORMS)
def test_every_check_says_what_to_do(code):
    form = FORMS[code]
    checks = [rule for rule in form.rules if rule.kind == "check"]
    for rule, problem in zip(checks, tell_checks(form, checks), strict=True):
        assert (problem.pointer, problem.rule) == (rule.target, rule.id)
        assert rule.message_vi in problem.message_vi
        assert rule.message_en in problem.message_en
        for said in (problem.vi, problem.en):
            assert all((said.field, said.example, said.way_out)), rule.id


def test_a_part_of_the_form_is_named_by_its_page_and_its_fields():
    (problem,) = tell(FORMS["1.001193"], [("/mother", "required")])
    assert (problem.vi.field, problem.en.field) == ("Mẹ", "Mother")
    assert "Năm sinh của mẹ" in problem.vi.way_out
    assert "Số định danh" not in problem.vi.way_out, "what need not be filled in is not asked for"
    assert problem.en.example == "Mother's full name: Nguyễn Thị Hoa"


def test_what_a_case_needs_is_not_said_to_be_optional():
    (needed,) = tell(FORMS["1.001612"], [("/owner/card_copied", "type")])
    (free,) = tell(FORMS["1.001612"], [("/owner/email", "format")])
    assert "có thể để trống" not in needed.vi.way_out
    assert "có thể để trống" in free.vi.way_out


@pytest.mark.parametrize("pointer", ["", "/unheard_of", "/child/unheard_of", "/child/full_name/0"])
def test_whatever_the_place_there_is_a_sentence(pointer):
    for rule in (*RULES, "answer_bytes", "unheard_of"):
        (problem,) = tell(FORMS["1.001193"], [(pointer, rule)])
        assert problem.message_vi
        assert problem.message_en


def test_the_dictionary_says_things_in_both_languages_or_not_at_all():
    for key, entry in shipped_dictionary().entries.items():
        assert bool(entry.expects_vi) == bool(entry.expects_en), key
        assert bool(entry.way_out_vi) == bool(entry.way_out_en), key
