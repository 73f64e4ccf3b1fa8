"""The form's rules are checked again on the server, with a sentence in each language for every rule in use."""

import pytest

from chalicelib.catalogue.store import shipped
from chalicelib.submission.forms import MAX_ERRORS, SENTENCES, form_errors
from tests.fakes import people

ASSERTIONS = frozenset(
    {
        *("required", "additionalProperties", "type", "enum", "const", "pattern", "format", "minLength", "maxLength"),
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems"),
        *("uniqueItems", "contains", "minProperties", "maxProperties", "propertyNames", "dependentRequired"),
        *("oneOf", "anyOf", "allOf", "not", "if"),
    }
)


def keywords(schema, inside=""):
    """The keywords of a schema, not the names of its fields."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            if inside not in ("properties", "$defs", "dependentSchemas"):
                yield key
            yield from keywords(value, "" if inside in ("properties", "$defs") else key)
    elif isinstance(schema, list):
        for value in schema:
            yield from keywords(value)


@pytest.mark.parametrize("code", [facts["code"] for facts, _ in shipped()])
def test_every_rule_of_a_shipped_form_has_a_sentence_in_both_languages(code):
    form = next(form for facts, form in shipped() if facts["code"] == code)
    used = set(keywords(form)) & ASSERTIONS
    assert used <= SENTENCES.keys()
    for rule in used:
        vi, en = SENTENCES[rule]
        assert vi
        assert en
        assert vi != en


BROKEN = {
    "required": lambda f: f.pop("mother"),
    "additionalProperties": lambda f: f.update(extra=1),
    "type": lambda f: f["mother"].update(year_of_birth="1995"),
    "enum": lambda f: f["child"].update(sex="?"),
    "pattern": lambda f: f["requester"].update(phone="12"),
    "format": lambda f: f["child"].update(born_on="2026-02-30"),
    "minLength": lambda f: f["child"].update(ethnicity="K"),
    "maxLength": lambda f: f["child"].update(ethnicity="K" * 61),
    "minimum": lambda f: f["mother"].update(year_of_birth=1899),
    "maximum": lambda f: f["mother"].update(year_of_birth=2101),
}


def test_the_table_of_breaks_is_whole():
    assert BROKEN.keys() == SENTENCES.keys()


@pytest.mark.parametrize("rule", BROKEN)
def test_a_break_is_told_by_its_rule_and_its_own_sentence(rule):
    form = people.form()
    BROKEN[rule](form)
    (error,) = form_errors(people.form_schema(), form)
    assert (error.rule, error.message_vi, error.message_en) == (rule, *SENTENCES[rule])


def test_a_missing_field_is_pointed_at_itself():
    form = people.form()
    del form["child"]["full_name"]
    assert [e.pointer for e in form_errors(people.form_schema(), form)] == ["/child/full_name"]


def test_a_valid_form_has_no_errors_and_a_rule_without_sentence_still_has_words():
    assert form_errors(people.form_schema(), people.form()) == []
    (error,) = form_errors({"multipleOf": 2}, 3)
    assert (error.rule, error.message_vi, error.message_en) == ("multipleOf", "Không hợp lệ", "Not valid")


def test_values_are_never_repeated():
    form = people.form(child={"full_name": "<script>canary-7</script>", "sex": "canary-8"})
    assert "canary" not in repr(form_errors(people.form_schema(), form))


def test_a_form_of_a_thousand_errors_tells_only_so_many():
    assert len(form_errors({"items": {"type": "string"}}, list(range(1000)))) == MAX_ERRORS
    assert form_errors({"type": "object"}, [])[0].pointer == ""
