import pickle
from copy import replace
from datetime import UTC, datetime

import pytest

from chalicelib.digitisation.model import Refused
from tests.unit.digitisation.support import MARK


@pytest.mark.parametrize("item", ["text", "converter_name", "agency_name", "code", "qr_payload"])
def test_a_mark_that_lacks_an_item_cannot_be_made(item):
    with pytest.raises(ValueError, match=item):
        replace(MARK, **{item: " "})


def test_a_mark_needs_an_offset():
    with pytest.raises(ValueError, match="offset"):
        replace(MARK, converted_at=datetime(2026, 11, 25, 9, 20))  # noqa: DTZ001
    assert replace(MARK, converted_at=datetime(2026, 11, 25, 2, 20, tzinfo=UTC))


def test_a_refusal_survives_a_process_pool():
    refused = pickle.loads(pickle.dumps(Refused("empty", "Tệp rỗng", "no bytes")))
    assert (refused.code, refused.message_vi, refused.message_en) == ("empty", "Tệp rỗng", "no bytes")
    assert str(refused) == "empty: no bytes"
