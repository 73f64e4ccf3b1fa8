"""Names that cannot be guessed; hashes that only our secret makes (Decree 13/2023 on personal data)."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel.ids import (
    ALPHABET,
    REFERENCE_LENGTH,
    canonical,
    digest,
    keyed_hash,
    new_reference,
)
from chalicelib.kernel.settings import UnsafeSetting

NUMBER = "001195012345"
OTHER_SECRET = "another-0123456789abcdef0123456789abcdef"
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


def test_a_reference_is_readable_at_a_desk_and_never_the_same():
    made = {new_reference() for _ in range(500)}
    assert len(made) == 500
    for reference in made:
        prefix, _, text = reference.partition("-")
        assert (prefix, len(text)) == ("MC", REFERENCE_LENGTH)
        assert set(text) <= set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET), "letters that are misread"
    assert len(ALPHABET) == 32
    assert new_reference("X").startswith("X-")


def test_every_letter_of_the_alphabet_is_used():
    assert {letter for _ in range(200) for letter in new_reference()[3:]} == set(ALPHABET)


def test_the_same_fact_has_the_same_name_and_its_parts_do_not_run_together():
    assert digest("a", "b") == digest("a", "b")
    assert len({digest("a", "b"), digest("ab"), digest("b", "a"), digest("a", "b", "")}) == 4
    assert len(digest("x")) == 16


def test_a_keyed_hash_differs_by_purpose_by_value_and_by_secret(stage):
    holder, other, neighbour = keyed_hash("holder", NUMBER), keyed_hash("other", NUMBER), keyed_hash("holder", "0")
    stage.setenv("MOTCUA_SECRET", OTHER_SECRET)
    assert len({holder, other, neighbour, keyed_hash("holder", NUMBER)}) == 4
    assert NUMBER not in holder
    assert len(holder) == 32


def test_a_short_secret_hashes_nothing(stage):
    stage.setenv("MOTCUA_SECRET", "short")
    with pytest.raises(UnsafeSetting):
        keyed_hash("holder", NUMBER)


@given(VALUES)
def test_equal_values_have_one_text_whatever_their_order(value):
    def turned(v):
        if isinstance(v, dict):
            return {k: turned(x) for k, x in reversed(v.items())}
        return [turned(x) for x in v] if isinstance(v, list) else v

    assert canonical(turned(value)) == canonical(value)
    assert json.loads(canonical(value)) == value
