"""The review of a procedure's restructuring, with what we counted of the papers that came."""

import pytest

from chalicelib.catalogue.restructuring.api import restructuring_view
from chalicelib.catalogue.restructuring.running import Used
from chalicelib.catalogue.versions.pinned import level_of_version
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import BodyInvalid, LostUpdate, NotFound
from tests.fakes import people
from tests.support.keepers import BIRTH, EDITOR, REVIEWER, STRANGER, ours
from tests.unit.catalogue.records.given import read


def test_a_restructuring_counts_what_came_with_running_dossiers(hall):
    hall.published("2026-11-25")
    assert {v.use for v in hall.reviews.read(EDITOR, BIRTH).found.verdicts} == {None}
    for number in range(4):
        hall.runs(f"MC-{number}", 1, papers=[people.BIRTH_NOTICE] if number else [])
    uses = {v.code: tuple(v.use) for v in hall.reviews.read(EDITOR, BIRTH).found.verdicts if v.use}
    assert uses[people.BIRTH_NOTICE] == (4, 3)
    assert {use for code, use in uses.items() if code != people.BIRTH_NOTICE} == {(4, 0)}


def came_by(hall):
    reading = hall.reviews.read(EDITOR, BIRTH)
    shown = restructuring_view(reading.found, reading.confirmed).came_by
    return [(each.service_channel, each.dossiers) for each in shown]


@pytest.mark.rule("R44", "counted")
def test_who_keeps_a_service_reads_how_many_dossiers_came_by_each_channel(hall):
    hall.published("2026-11-25")
    assert came_by(hall) == []
    for number, channel in enumerate(("national_portal", "provider_portal", "national_portal")):
        hall.runs(f"MC-{number}", 1, channel=channel)
    assert came_by(hall) == [("national_portal", 2), ("provider_portal", 1)]


def test_what_nobody_handed_in_with_enough_dossiers_could_go(hall, monkeypatch):
    hall.published("2026-11-25")
    monkeypatch.setattr(hall.running, "used", lambda _code: Used(200, {people.BIRTH_NOTICE: 150}, {}))
    proposed = {v.code for v in hall.reviews.read(EDITOR, BIRTH).found.verdicts if v.decision == "never_used"}
    assert proposed
    assert people.BIRTH_NOTICE not in proposed


def test_another_agencys_procedure_looks_like_none(hall):
    hall.published("2026-11-25")
    with pytest.raises(NotFound):
        hall.reviews.read(STRANGER, BIRTH)
    assert hall.reviews.analysed(BIRTH).procedure == BIRTH, "an operator sees every procedure"


def test_what_is_not_offered_is_reviewed_by_its_record(hall):
    hall.records.keep(read(BIRTH).typed, ())
    found = hall.reviews.read(EDITOR, BIRTH).found
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


IDENTITY, ROW = "000.00.00.G15-KQ004946", 427


def recorded(hall):
    """The national record of the birth registration, promulgated by the tests' agency; the version of its record."""
    hall.records.keep(ours(read(BIRTH).typed), ())
    return hall.reviews.read(REVIEWER, BIRTH).version


def verdict(reading, code=IDENTITY):
    return next(each for each in reading.found.verdicts if each.code == code)


def test_what_an_officer_confirms_is_kept_with_name_and_time_and_begins_the_next_draft(hall):
    version = recorded(hall)
    before = verdict(hall.reviews.read(REVIEWER, BIRTH))
    assert (before.decision, before.match.replacement.row) == ("replace_alternatives", ROW)
    writes = hall.rows.writes
    done = hall.reviews.confirm(REVIEWER, BIRTH, IDENTITY, ROW, version)
    assert hall.rows.writes == writes + 1, "the record and its event in one write"
    assert (verdict(done).decision, verdict(done).match.quality) == ("replace_by_data", "confirmed")
    said = done.confirmed[IDENTITY]
    assert (said.row, said.name, said.by, said.at) == (ROW, REVIEWER.name, REVIEWER.subject, stamp(hall.clock()))
    event = hall.rows.events(f"PROCEDURE#{BIRTH}")[-1]
    assert (event["type"], event["actor"]) == ("vn.motcua.procedure.replacement_confirmed", REVIEWER.subject)
    assert event["data"] == {"procedure": BIRTH, "component": IDENTITY, "row": ROW}
    (component,) = [c for c in hall.reviews.draft(BIRTH, None).components if c.code == IDENTITY]
    assert (component.need, component.source.database, component.when) == ("data", "population", None)


def test_a_confirmation_is_taken_back(hall):
    version = hall.reviews.confirm(REVIEWER, BIRTH, IDENTITY, ROW, recorded(hall)).version
    again = hall.reviews.confirm(REVIEWER, BIRTH, IDENTITY, ROW, version)
    back = hall.reviews.confirm(REVIEWER, BIRTH, IDENTITY, None, again.version)
    assert back.confirmed == {}
    assert verdict(back).decision == "replace_alternatives"


def test_a_confirmation_stands_on_the_version_that_was_seen(hall):
    version = recorded(hall)
    hall.reviews.confirm(REVIEWER, BIRTH, IDENTITY, ROW, version)
    lost = hall.reviews.confirm(REVIEWER, BIRTH, IDENTITY, ROW, version)
    assert lost.version == version + 1, "its answer was lost, and it is told the same"
    with pytest.raises(LostUpdate) as refused:
        hall.reviews.confirm(REVIEWER, BIRTH, IDENTITY, None, version)
    assert refused.value.facts == {"current_version": version + 1}
    with pytest.raises(LostUpdate):
        hall.reviews.confirm(REVIEWER, BIRTH, IDENTITY, ROW, version - 1)


def test_only_a_row_that_is_proposed_for_a_paper_is_confirmed(hall):
    version, writes = recorded(hall), hall.rows.writes
    for component, row in ((IDENTITY, ROW + 1), (people.BIRTH_NOTICE, ROW), (IDENTITY, 1)):
        with pytest.raises(BodyInvalid) as refused:
            hall.reviews.confirm(REVIEWER, BIRTH, component, row, version)
        assert [(f.pointer, f.rule) for f in refused.value.fields] == [("/row", "row")]
    with pytest.raises(NotFound) as unknown:
        hall.reviews.confirm(REVIEWER, BIRTH, "x", ROW, version)
    assert unknown.value.facts == {"what": "component"}
    with pytest.raises(NotFound) as foreign:
        hall.reviews.confirm(STRANGER, BIRTH, IDENTITY, ROW, version)
    assert foreign.value.facts == {"what": "procedure"}
    assert hall.rows.writes == writes


def test_the_record_of_an_earlier_release_has_nothing_confirmed(hall):
    recorded(hall)
    row = hall.rows.get(f"PROCEDURE#{BIRTH}", "HEAD")
    hall.rows.put({name: value for name, value in row.items() if name != "confirmed"})
    assert hall.reviews.read(REVIEWER, BIRTH).confirmed == {}


def test_the_level_now_is_the_one_that_everybody_reads(hall):
    recorded(hall)
    assert hall.reviews.read(EDITOR, BIRTH).found.level_now == "unknown", "not offered"
    hall.published("2026-11-25")
    current = hall.services.read(BIRTH).version
    assert hall.reviews.read(EDITOR, BIRTH).found.level_now == level_of_version(current).level.key
