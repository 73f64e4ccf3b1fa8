"""A body is read the quick way or the careful one: both take the same, and every refusal is the careful one's."""

import json
from typing import Annotated

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta, Struct
from pydantic import BaseModel, ConfigDict, Field

from chalicelib.kernel import body
from chalicelib.kernel.body import MAX_BODY, MAX_DEPTH, body_of, form_of, modelled
from chalicelib.kernel.problem import BodyInvalid
from chalicelib.submission.wire.submit import Submission, Submit


class Inner(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Part of a body."""

    name: Annotated[str, Meta(min_length=1, max_length=5, pattern="^[a-z]+$")]
    count: Annotated[int, Meta(ge=1, le=9)] = 1


class Outer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A body with lists and objects in it."""

    parts: list[Inner]
    sure: Annotated[bool, Meta(description="Whether it is sure")]


GOOD = {Submit: {"draft": "MC-1", "declares_true": True}, Outer: {"parts": [{"name": "abc"}], "sure": False}}
scalars = st.none() | st.booleans() | st.integers(-3, 12) | st.floats(allow_nan=False) | st.text(max_size=6)
values = st.recursive(scalars, lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(max_size=4), v, max_size=3))
pieces = st.sampled_from([True, False, 1, 1.0, "true", "abc", "ABCDEF", "MC:1", None, [], {}, [{"name": "a"}]])
names = st.sampled_from(["draft", "declares_true", "parts", "sure", "name", "count"])
nearly = st.dictionaries(names, pieces | values, max_size=4)


def told(model, raw):
    """What a body is read as, or the places and rules that it breaks."""
    try:
        return msgspec.to_builtins(body_of(model, raw))
    except BodyInvalid as refused:
        return {(f.pointer, f.rule) for f in refused.fields}


def carefully(model, raw):
    """The same by pydantic alone."""
    try:
        return body_of(modelled(model), raw).model_dump()
    except BodyInvalid as refused:
        return {(f.pointer, f.rule) for f in refused.fields}


@pytest.mark.parametrize("model", GOOD, ids=lambda m: m.__name__)
@given(sent=nearly | values)
def test_both_ways_take_and_refuse_the_same(model, sent):
    for each in (sent, GOOD[model] | sent if isinstance(sent, dict) else sent):
        raw = json.dumps(each).encode()
        assert told(model, raw) == carefully(model, raw), raw


ODD = [
    b"", b"{", b"null", b"7", b'"x"', b"[]", b"\xff", b'{"draft":"\\ud800","declares_true":true}', b"NaN",
    b'{"draft":"a","draft":"b","declares_true":true}', b'{"draft":"a","declares_true":true,"x":1}',
    b'{"draft":"a","declares_true":true}{}', b'{"draft":"a","declares_true":true} ', b"[" * (MAX_DEPTH + 2) + b"]" * 50,
    b"[" * 5000, b'{"draft":"' + b"x" * MAX_BODY + b'","declares_true":true}', b'{"draft":7,"declares_true":"yes"}',
    b'{"draft":"a:b","declares_true":true}', b'\xef\xbb\xbf{"draft":"a","declares_true":true}',
]  # fmt: skip


@pytest.mark.parametrize("raw", ODD, ids=lambda raw: raw[:24].decode("latin-1"))
def test_odd_bodies_are_told_alike(raw):
    assert told(Submit, raw) == carefully(Submit, raw)


def test_everything_that_is_wrong_is_named_at_once():
    assert told(Submit, b'{"draft": 7, "declares_true": false, "more": 1}') == {
        ("/draft", "string_type"),
        ("/declares_true", "literal_error"),
        ("/more", "extra_forbidden"),
    }


def test_a_body_in_order_is_read_without_pydantic(monkeypatch):
    monkeypatch.setattr(body, "_modelled", None)
    assert body_of(Submit, b'{"draft": "MC-1", "declares_true": true}') == Submit(draft="MC-1", declares_true=True)


def test_a_struct_is_described_as_its_model_would_be():
    schema = modelled(Outer).model_json_schema()
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["parts", "sure"]
    assert schema["properties"]["sure"] == {"description": "Whether it is sure", "title": "Sure", "type": "boolean"}
    inner = schema["$defs"]["Inner"]["properties"]
    assert inner["name"] == {
        "maxLength": 5,
        "minLength": 1,
        "pattern": "^[a-z]+$",
        "title": "Name",
        "type": "string",
    }
    assert inner["count"] == {"default": 1, "maximum": 9, "minimum": 1, "title": "Count", "type": "integer"}
    assert modelled(Submit).model_json_schema()["properties"]["declares_true"]["const"] is True
    assert modelled(Submission).model_json_schema()["$defs"].keys() == {"Seal", "SealLine"}


# --- forms ---------------------------------------------------------------------------------------------------------


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    grant: str = Field(max_length=5)
    more: str = ""


@pytest.mark.parametrize(
    ("raw", "values"),
    [
        (b"grant=a", ("a", "")),
        (b"grant=a&more=%C4%90%E1%BB%97+Minh", ("a", "Đỗ Minh")),
        (b"grant=a&more=", ("a", "")),  # RFC 6749, 3.2: sent empty is not sent
        (b"grant=a&other=x&other=y", ("a", "")),  # and what is not known is passed over
    ],
)
def test_a_form_is_read_as_its_model(raw, values):
    made = form_of(Asked, raw)
    assert (made.grant, made.more) == values


@pytest.mark.parametrize(
    ("raw", "place", "rule"),
    [
        (b"", "/grant", "missing"),
        (b"grant=", "/grant", "missing"),
        (b"grant=abcdef", "/grant", "string_too_long"),
        (b"grant=a&grant=a", "/grant", "duplicate_key"),
        (b"grant=a&grant=", "/grant", "duplicate_key"),
        (b"grant", "", "form_invalid"),
        (b'{"grant": "a"}', "", "form_invalid"),
        (b"grant=\xff", "", "form_invalid"),
        (b"grant=" + b"a" * MAX_BODY, "", "max_bytes"),
    ],
    ids=lambda each: repr(each)[:30],
)
def test_a_form_that_is_odd_is_named_in_the_word_of_oauth_too(raw, place, rule):
    with pytest.raises(BodyInvalid) as refused:
        form_of(Asked, raw)
    assert [(each.pointer, each.rule) for each in refused.value.fields] == [(place, rule)]
    assert refused.value.facts == {"error": "invalid_request"}
