"""Signed PDFs at the gate: what each signature shows, offline, and nothing of it is lost or believed too soon."""

import pytest

from chalicelib.digitisation.model import Limits, Refused
from chalicelib.digitisation.sandbox import Sandbox
from chalicelib.digitisation.signatures import MARK, signatures_of
from tests.support.signed import added_to, blank, changed, root, signed


def shown(data, *roots):
    return [(s.field, s.intact, s.trusted) for s in signatures_of(data, roots)]


def test_a_signature_that_stands_is_trusted_by_its_root_alone():
    data = signed()
    assert shown(data) == [("Signature1", True, False)]
    assert shown(data, root()) == [("Signature1", True, True)]
    assert shown(data, root("Someone else")) == [("Signature1", True, False)]
    (seen,) = signatures_of(data, ())
    assert (len(seen.certificate), seen.note) == (64, "")
    assert "An" not in repr(seen)


def test_a_second_signature_leaves_the_first_as_it_was():
    data = signed(signed(), "Someone else", "Signature2")
    assert shown(data, root()) == [("Signature1", True, True), ("Signature2", True, False)]


@pytest.mark.parametrize("change", [changed, added_to])
def test_what_was_changed_or_added_does_not_stand(change):
    assert [intact for _, intact, _ in shown(change(signed()), root())] == [False]


def test_a_signature_that_is_none_is_no_reason_to_stop():
    data = signed()
    at = data.index(b"/Contents <")
    broken = data[: at + 11] + b"30820000" + data[at + 19 :]
    (seen,) = signatures_of(broken, ())
    assert not seen.intact
    assert seen.note


def test_the_child_looks_where_there_is_something_to_see():
    opener = Sandbox()
    try:
        known = opener.inspect(signed(), Limits(), roots=(root(),))
        assert [(s.intact, s.trusted) for s in known.signatures] == [(True, True)]
        assert opener.inspect(blank(), Limits()).signatures == ()
        said = blank().replace(b"%%EOF", b"%" + MARK + b"\n%%EOF")
        assert opener.inspect(said, Limits()).signatures == ()
    finally:
        opener.close()


def test_dozens_of_signatures_are_too_many(monkeypatch):
    monkeypatch.setattr("chalicelib.digitisation.signatures.MOST", 0)
    with pytest.raises(Refused, match="1 signatures"):
        signatures_of(signed(), ())
