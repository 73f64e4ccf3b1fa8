"""Each limit of schemas and expressions, by name, and with how little work a bomb is refused."""

import pytest

from chalicelib.forms.expressions import Refused, read
from chalicelib.forms.fields import places
from chalicelib.forms.limits import DIALECT, schema_problems
from chalicelib.forms.rules import compiled
from tests.support.work import at_most

SCHEMA_CALLS, EXPRESSION_CALLS = 20_000, 6_000
"""Calls in which what is too large is refused."""
GOOD = {"type": "string", "maxLength": 5}


def schema(field=GOOD, **more):
    return {
        "$schema": DIALECT,
        "type": "object",
        "additionalProperties": False,
        "properties": {"a": field},
        **more,
    }


def nested(depth):
    found = dict(GOOD)
    for _ in range(depth):
        found = {"allOf": [found]}
    return found


def fan_out(levels):
    """Each definition refers ten times to the next: ten to the power of the levels when unfolded."""
    names = {f"d{at}": {"allOf": [{"$ref": f"#/$defs/d{at + 1}"}] * 10} for at in range(levels)}
    return names | {f"d{levels}": GOOD}


BROKEN = {
    "schema_type": [],
    "schema_dialect": schema() | {"$schema": "http://json-schema.org/draft-07/schema#"},
    "schema_bytes": schema(GOOD | {"description": "x" * 100_001}),
    "schema_depth": schema(nested(20)),
    "schema_nodes": schema({"enum": list(range(5000))}),
    "schema_unfolded": schema({"$ref": "#/$defs/d0"}, **{"$defs": fan_out(8)}),
    "schema_invalid": schema(GOOD | {"minLength": -1}),
    "definitions": schema(**{"$defs": {f"d{at}": GOOD for at in range(101)}}),
    "reference_remote": schema({"$ref": "https://example.com/schema"}),
    "reference_missing": schema({"$ref": "#/$defs/none"}),
    "reference_circle": schema(**{"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"not": {"$ref": "#/$defs/a"}}}}),
    "dynamic_reference": schema({"$dynamicRef": "#a"}),
    "unevaluated": schema(unevaluatedProperties=False),
    "keyword_unknown": schema(patternProperties={"^a": GOOD}),
    "format_unknown": schema(GOOD | {"format": "iri"}),
    "object_open": schema({"type": "object", "properties": {}}),
    "max_items_missing": schema({"type": "array", "items": GOOD}),
    "max_length_missing": schema({"type": "string"}),
    "pattern_length": schema(GOOD | {"pattern": "a" * 301}),
    "branches": schema({"anyOf": [{"const": at} for at in range(51)]}),
    "choices": schema({"enum": list(range(301))}),
}


def test_a_sound_schema_breaks_no_limit():
    assert schema_problems(schema()) == []


@pytest.mark.parametrize("rule", BROKEN)
def test_each_limit_of_a_schema_is_refused_by_name(rule):
    with at_most(SCHEMA_CALLS):
        found = schema_problems(BROKEN[rule])
    assert rule in {problem.rule for problem in found}
    assert all(problem.message_vi and problem.message_en for problem in found)


@pytest.mark.parametrize("pattern", ["(?=a)b", "(?<!a)b", r"(a)\1", "a{1,1000}{1,1000}", "["])
def test_a_pattern_that_does_not_run_in_linear_time_is_refused(pattern):
    assert [p.rule for p in schema_problems(schema(GOOD | {"pattern": pattern}))] == ["pattern_not_linear"]


def test_bounds_of_lists_and_texts_have_a_ceiling():
    assert schema_problems(schema(GOOD | {"maxLength": 10_001}))[0].rule == "max_length_missing"
    assert schema_problems(schema({"type": "array", "maxItems": 101, "items": GOOD}))[0].rule == "max_items_missing"


PLACES = places(
    schema(
        properties={
            "a": GOOD,
            "n": {"type": "integer"},
            "l": {
                "type": "array",
                "maxItems": 9,
                "items": {"type": "object", "additionalProperties": False, "properties": {"x": GOOD}},
            },
        }
    )
)


def read_and_compiled(expression):
    """What publication does with an expression."""
    read(expression, PLACES)
    return compiled(expression)


ACCEPTED = {
    "form.a == 'b' && today > '2026-01-01'": {"/a"},
    "has(form.a) ? years(form.a, today) : 0": {"/a"},
    "form.l.all(m, m.x != form.a)": {"/l", "/l/*", "/l/*/x", "/a"},
    "form.l.filter(m, m.x == 'y').size() + form.l.size() > 1": {"/l", "/l/*", "/l/*/x"},
    "form.a in ['x', 'y'] && !form.a.startsWith('z')": {"/a"},
    "-form.n + 1.5 < 2.0": {"/n"},
}
REFUSED = {
    "expression_length": "form.a == '" + "x" * 600 + "'",
    "expression_text": "form.a == '" + "x" * 201 + "'",
    "expression_tokens": "1" + "+1" * 120,
    "expression_depth": "(" * 60 + "1" + ")" * 60,
    "expression_list": "form.n in [" + ",".join(["1"] * 80) + "]",
    "expression_macros": "form.l.all(m, true) && " * 3 + "form.l.all(m, true)",
    "expression_macro_nesting": "form.l.all(m, form.l.exists(n, n.x == m.x))",
    "expression_macro_list": "form.a.all(m, true)",
    "expression_function": "form.l.map(m, m.x)",
    "expression_name": "claims == 1",
    "expression_field": "form.b == 1",
    "expression_size": "form.a.size() > 1",
    "expression_syntax": "form.a == == 1",
}


@pytest.mark.parametrize("expression", ACCEPTED)
def test_an_expression_says_what_it_reads(expression):
    assert read(expression, PLACES).reads == ACCEPTED[expression]
    compiled(expression)


@pytest.mark.parametrize("rule", REFUSED)
def test_each_limit_of_an_expression_is_refused_by_name_at_once(rule):
    with at_most(EXPRESSION_CALLS), pytest.raises(Refused) as refused:
        read_and_compiled(REFUSED[rule])
    assert refused.value.rule == rule


BOMBS = [
    "[1,2,3,4,5,6,7,8,9].map(a,[1,2,3,4,5,6,7,8,9].map(b,[1,2,3,4,5,6,7,8,9].map(c,1)))",
    "form.l.all(a, form.l.all(b, form.l.all(c, form.l.all(d, true))))",
    "form.l.filter(a, true).filter(b, true)",
    "[1, 2].all(a, true)",
    "(" * 100_000 + "1" + ")" * 100_000,
    "[" * 400 + "]" * 400,
    "!" * 100_000 + "true",
    "-" * 499 + "1",
    "'" + "x" * 1_000_000 + "'",
    "[" + "1," * 100_000 + "1]",
    "form.a.matches('(a+)+$')",
    "form.a == '''x'''",
    "form.a == r'x'",
    "form.a == 'x\\n'",
    "form.n // comment",
    "{'a': 1}.a",
    "form['a']",
    "form.l[0]",
    "(form).a",
    "form.a.b.c",
    "today.x",
    "form.l.all(form, true)",
    "form.l.all(in, true)",
    "form.l.all(m, true",
    "m.x",
    "all(form.l, m, true)",
    "form.a == 1u",
    "",
    ")",
    "1, 2",
    "form.",
    "form.a form.a",
]


@pytest.mark.parametrize("expression", BOMBS, ids=lambda text: text[:30])
def test_what_is_outside_the_part_of_cel_is_refused_at_once(expression):
    with at_most(EXPRESSION_CALLS), pytest.raises(Refused):
        read_and_compiled(expression)
