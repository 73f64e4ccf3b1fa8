"""The review of a procedure's restructuring, with what we counted of the papers that came."""

import pytest

from chalicelib.catalogue.restructuring.api import restructuring_view
from chalicelib.catalogue.restructuring.running import Used
from chalicelib.kernel.problem import NotFound
from tests.fakes import people
from tests.support.keepers import BIRTH, EDITOR, STRANGER
from tests.unit.catalogue.records.given import read


def test_a_restructuring_counts_what_came_with_running_dossiers(hall):
    hall.published("2026-11-25")
    assert {v.use for v in hall.reviews.read(EDITOR, BIRTH).verdicts} == {None}
    for number in range(4):
        hall.runs(f"MC-{number}", 1, papers=[people.BIRTH_NOTICE] if number else [])
    uses = {v.code: tuple(v.use) for v in hall.reviews.read(EDITOR, BIRTH).verdicts if v.use}
    assert uses[people.BIRTH_NOTICE] == (4, 3)
    assert {use for code, use in uses.items() if code != people.BIRTH_NOTICE} == {(4, 0)}


@pytest.mark.rule("R44", "counted")
def test_who_keeps_a_service_reads_how_many_dossiers_came_by_each_channel(hall):
    hall.published("2026-11-25")
    assert restructuring_view(hall.reviews.read(EDITOR, BIRTH)).came_by == []
    for number, channel in enumerate(("national_portal", "provider_portal", "national_portal")):
        hall.runs(f"MC-{number}", 1, channel=channel)
    shown = restructuring_view(hall.reviews.read(EDITOR, BIRTH)).came_by
    assert [(each.service_channel, each.dossiers) for each in shown] == [("national_portal", 2), ("provider_portal", 1)]


def test_what_nobody_handed_in_with_enough_dossiers_could_go(hall, monkeypatch):
    hall.published("2026-11-25")
    monkeypatch.setattr(hall.running, "used", lambda _code: Used(200, {people.BIRTH_NOTICE: 150}, {}))
    proposed = {v.code for v in hall.reviews.read(EDITOR, BIRTH).verdicts if v.decision == "never_used"}
    assert proposed
    assert people.BIRTH_NOTICE not in proposed


def test_another_agencys_procedure_looks_like_none(hall):
    hall.published("2026-11-25")
    with pytest.raises(NotFound):
        hall.reviews.read(STRANGER, BIRTH)
    assert hall.reviews.analysed(BIRTH).procedure == BIRTH, "an operator sees every procedure"


def test_what_is_not_offered_is_reviewed_by_its_record(hall):
    hall.records.keep(read(BIRTH).typed, ())
    found = hall.reviews.read(EDITOR, BIRTH)
    assert [v.code for v in found.verdicts] == [c["code"] for c in read(BIRTH).facts["components"]]
    assert hall.reviews.codes() == [BIRTH]


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
