"""The body of a board as a release wrote it: the next one reads it, or gives its own another number."""

import base64
import json
import zlib
from pathlib import Path

from chalicelib.measures.boards.model import CONTENT
from tests.support.boards import content, found

BODY = (Path(__file__).parent / "board.txt").read_text("ascii").strip()


def _said(body: str) -> object:
    return json.loads(zlib.decompress(base64.b85decode(body.partition(":")[2])))


def test_a_body_means_what_it_meant_unless_its_number_is_another():
    board = found(content(2, procedures=3)).board
    assert BODY.startswith(f"{CONTENT}:"), "keep the body of the new number here"
    assert _said(board.body) == _said(BODY), "raise CONTENT, and keep the new body here"


def test_a_body_of_a_release_is_read():
    told = content(2, procedures=3)
    board = found(told).board
    assert (
        type(board)(**{name: getattr(board, name) for name in board.__struct_fields__} | {"body": BODY}).content == told
    )
