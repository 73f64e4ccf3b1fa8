"""Which line of a term is for everybody whom another one is for: `covers` is not the same both ways."""

import pytest

from chalicelib.catalogue.procedures.terms import Answered, TermLine

ALL = TermLine()
ONLINE, BOTH = TermLine(channels=("ONLINE",)), TermLine(channels=("ONLINE", "DIRECT"))
ISLAND, FAR = TermLine(areas=("island",)), TermLine(areas=("island", "border"))
YES = TermLine(when=(Answered(field="/a", value=True),))
MORE = TermLine(when=(Answered(field="/a", value=True), Answered(field="/b", value=1)))


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [(ALL, ONLINE), (ALL, ISLAND), (ALL, YES), (BOTH, ONLINE), (FAR, ISLAND), (YES, MORE), (ALL, MORE)],
)
def test_the_wider_line_covers_the_narrower_and_never_the_other_way_round(wide, narrow):
    assert wide.covers(narrow)
    assert not narrow.covers(wide)
    assert wide.covers(wide)
    assert narrow.covers(narrow)


@pytest.mark.parametrize(("one", "other"), [(ONLINE, ISLAND), (ISLAND, YES), (TermLine(channels=("DIRECT",)), ONLINE)])
def test_lines_for_different_people_cover_each_other_in_no_direction(one, other):
    assert not one.covers(other)
    assert not other.covers(one)
