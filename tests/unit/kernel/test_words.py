"""Words of an officer: a reason, a clause; and by which mark a field of a body is known to be one."""

import unicodedata
from typing import Annotated

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st
from msgspec import Meta, Struct
from pydantic import BaseModel

from chalicelib.kernel.words import BASIS, REASON, faults_of, is_basis, is_reason

WORDS = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxy", min_size=2, max_size=9)
type Why = Annotated[str, REASON]


class Body(BaseModel):
    reason: Annotated[str, REASON]
    why: Why | None = None
    several: list[Why] = []
    basis: Annotated[str, BASIS] = ""
    text: str = ""


class Read(Struct):
    reason: Annotated[str, REASON, Meta(max_length=9)]
    text: str = ""


@pytest.mark.parametrize(
    "text", ["Thiếu giấy", "Hết hạn", "Sai số", "Hết hạn, hết hạn!", "Ký tên: 12", "Hết\u200b hạn"]
)
def test_a_short_true_reason_is_one(text):
    assert is_reason(text)
    assert is_reason(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    "text",
    ["", "x", "....", "x y z t u", "ab ab ab", "ab ac", "Hết", "Hết hết HẾT", "12 34", "E_1 INVALID-DOC", "hế\u200bt"],
)
def test_what_tells_nobody_anything_is_no_reason(text):
    assert not is_reason(text)


@for_all(WORDS, st.integers(1, 20))
def test_a_word_is_no_reason_however_often_it_is_said(word, times):
    assert not is_reason(" ".join([word] * times))
    assert not is_basis(" ".join([word] * times))


@for_all(WORDS, st.integers(0, 999))
def test_a_word_and_its_number_are_a_basis(word, number):
    assert is_basis(f"{word} {number}")
    assert is_basis(f"{number}/{word}")


@pytest.mark.parametrize(
    ("body", "broken"),
    [
        ({"reason": "x"}, {("reason",): "plain_words"}),
        ({"reason": "..."}, {("reason",): "blank"}),
        ({"reason": ""}, {("reason",): "blank"}),
        ({"reason": "Hết\x00 hạn"}, {("reason",): "control_character"}),
        ({"reason": "Hết hạn", "why": "x"}, {("why",): "plain_words"}),
        ({"reason": "Hết hạn", "why": None, "basis": "", "text": "x"}, {}),
        ({"reason": "Hết hạn", "several": ["Thiếu giấy", "x"]}, {("several", 1): "plain_words"}),
        ({"reason": "Hết hạn", "basis": "Điều"}, {("basis",): "plain_words"}),
    ],
)
def test_a_field_is_known_by_the_mark_beside_its_type(body, broken):
    assert {path: rule[0] for path, rule in faults_of(Body, body)} == broken


def test_a_field_of_a_struct_is_known_by_it_too():
    assert {path: rule[0] for path, rule in faults_of(Read, {"reason": "x", "text": "x"})} == {
        ("reason",): "plain_words"
    }
