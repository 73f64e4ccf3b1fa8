"""A list goes on where it stopped, and only there."""

import base64
import json

import pytest

from chalicelib.kernel.paging import cursor, cursor_of
from chalicelib.kernel.problem import BodyInvalid, NotFound

KEYS = ("wl_pk", "wl_sk")
MINE = "H01.10.24#receive"
LAST = {"pk": "MC-1", "sk": "TASK#0-commune#receive", "wl_pk": MINE, "wl_sk": "2026"}


def packed(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


def test_a_cursor_leads_back_to_where_the_list_stopped():
    assert cursor_of(cursor(LAST), KEYS, MINE) == LAST
    assert cursor(None) is None
    assert cursor_of("", KEYS, MINE) is None


@pytest.mark.parametrize(
    "text",
    [
        "!!!",
        "é",
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
        *map(packed, ([1], "a", 7, None, {"wl_pk": MINE}, {**LAST, "more": "x"}, {**LAST, "wl_sk": {"d": 1}})),
        "[" * 300,
    ],
    ids=lambda text: text[:12],
)
def test_a_cursor_that_we_did_not_give_is_refused_by_field(text):
    with pytest.raises(BodyInvalid) as refused:
        cursor_of(text, KEYS, MINE)
    assert [f.pointer for f in refused.value.fields] == ["/cursor"]


def test_a_cursor_of_somebody_elses_list_leads_nowhere():
    with pytest.raises((NotFound, BodyInvalid)):
        cursor_of(cursor({**LAST, "wl_pk": "H01.10.25#receive"}), KEYS, MINE)
