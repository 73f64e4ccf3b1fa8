"""The review of a procedure's restructuring, with what we counted of the papers that came."""

import pytest
from tests.fakes.catalogue import BIRTH, EDITOR, Catalogue

from chalicelib.kernel.errors import NotFound
from tests.fakes import people


@pytest.fixture
def hall():
    return Catalogue()


def test_a_restructuring_counts_what_came_with_running_dossiers(hall):
    hall.published("2026-11-25")
    assert {v.use for v in hall.reviews.read(EDITOR, BIRTH)[1].verdicts} == {None}
    hall.running.counts = (200, {people.BIRTH_NOTICE: 150})
    _, found = hall.reviews.read(EDITOR, BIRTH)
    uses = {v.code: tuple(v.use) for v in found.verdicts if v.use}
    assert uses[people.BIRTH_NOTICE] == (200, 150)
    assert {use for code, use in uses.items() if code != people.BIRTH_NOTICE} == {(200, 0)}
    assert found.proposed
    assert people.BIRTH_NOTICE not in found.proposed


def test_nothing_is_restructured_where_nothing_is_known(hall):
    with pytest.raises(NotFound):
        hall.reviews.read(EDITOR, BIRTH)
    with pytest.raises(NotFound):
        hall.reviews.analysed(BIRTH)


def test_everything_with_a_version_or_a_record_can_be_reviewed(hall):
    hall.started()
    assert hall.reviews.codes() == []
    hall.published("2026-11-25", "2")
    assert hall.reviews.codes() == [BIRTH]
