"""National records are kept once, seen when they change, and never disturb what is offered."""

import json

import pytest
from msgspec import structs

from chalicelib.catalogue.procedures.given import plain
from chalicelib.catalogue.procedures.model import fingerprint
from chalicelib.catalogue.records.findings import Finding
from chalicelib.catalogue.versions.views import versions_view
from tests.support.keepers import BIRTH, EDITOR
from tests.unit.catalogue.records.given import CODES, read

FINDINGS = (Finding("fee_in_text", "warning", "/x", "a", "b"),)


def test_every_sample_is_imported_once(hall):
    readings = [read(code) for code in CODES]
    for expected in ("imported", "unchanged"):
        done = [hall.records.keep(r.typed, r.findings) for r in readings]
        assert done == [expected] * len(CODES)
    assert hall.rows.writes == len(CODES) == len(hall.procedures.rows())


def test_a_record_is_kept_whole_with_its_findings_and_its_event(hall):
    said, _, facts = read(BIRTH)
    hall.records.keep(facts, FINDINGS)
    kept = hall.procedures.national(BIRTH)
    assert (kept.facts, plain(kept.facts), kept.fingerprint) == (facts, said, fingerprint(facts))
    assert json.loads(kept.findings_text) == [
        {"code": "fee_in_text", "severity": "warning", "pointer": "/x", "message_vi": "a", "message_en": "b"}
    ]
    assert hall.log() == ["procedure.recorded"]
    assert hall.told() == {"procedure": BIRTH, "fingerprint": fingerprint(facts)}
    assert hall.procedures.head(BIRTH).current == 0


def test_a_record_that_says_something_else_is_changed(hall):
    facts = read(BIRTH).typed
    hall.records.keep(facts, ())
    assert hall.records.keep(structs.replace(facts, name_vi="Khác"), ()) == "changed"
    assert hall.listed()["name_vi"] == "Khác"
    assert hall.rows.unbroken(f"PROCEDURE#{BIRTH}")


def test_a_record_with_the_same_facts_and_other_findings_is_unchanged(hall):
    hall.records.keep(read(BIRTH).typed, ())
    assert hall.records.keep(read(BIRTH).typed, FINDINGS) == "unchanged"


@pytest.mark.rule("R41")
def test_a_record_changes_nothing_of_what_is_offered(hall):
    hall.ship()
    row = hall.listed()
    assert hall.records.keep(read(BIRTH).typed, ()) == "imported"
    assert hall.listed() == row
    assert hall.services.read(BIRTH).version.version == 1
    assert hall.procedures.head(BIRTH).current == 1


def test_a_record_beside_a_draft_is_listed_as_not_offered(hall):
    hall.started()
    hall.records.keep(read(BIRTH).typed, ())
    assert (hall.listed()["windows"], hall.listed()["recorded"]) == ([], True)
    assert hall.procedures.head(BIRTH).latest == 1


def test_two_imports_at_once_keep_one_record(hall):
    facts = read(BIRTH).typed
    hall.rows.meanwhile(lambda: hall.records.keep(facts, ()))
    assert hall.records.keep(facts, ()) == "unchanged"
    assert hall.log() == ["procedure.recorded"]


def test_a_variant_of_an_agency_is_a_procedure_of_its_own(hall):
    code = f"{BIRTH}.H19"
    hall.records.keep(read(BIRTH).typed, ())
    variant = read(BIRTH, code=code).typed
    assert hall.records.keep(variant, ()) == "imported"
    assert (hall.procedures.national(code).facts.variant_of, len(hall.procedures.rows())) == (BIRTH, 2)


def changes_of(hall):
    kept = hall.editing.versions(EDITOR, BIRTH)
    return kept.former and kept.former.imported_at, [(c.pointer, c.before, c.after) for c in kept.changes]


def test_what_the_last_import_changed_is_told_per_record(hall):
    facts = read(BIRTH).typed
    hall.records.keep(facts, ())
    first = hall.procedures.national(BIRTH).imported_at
    assert changes_of(hall) == (None, []), "nothing was there before"
    hall.clock.advance(days=30)
    hall.records.keep(structs.replace(facts, name_vi="Khác"), ())
    assert changes_of(hall) == (first, [("/name_vi", facts.name_vi, "Khác")])
    hall.clock.advance(days=30)
    assert hall.records.keep(structs.replace(facts, name_vi="Khác"), ()) == "unchanged"
    assert changes_of(hall) == (first, [("/name_vi", facts.name_vi, "Khác")]), "an import that says the same"
    second = hall.procedures.national(BIRTH).imported_at
    hall.records.keep(structs.replace(facts, name_vi="Khác nữa", channels=()), ())
    since, told = changes_of(hall)
    assert since == second
    assert ("/name_vi", "Khác", "Khác nữa") in told
    assert {pointer.split("/")[1] for pointer, _, _ in told} == {"name_vi", "channels"}


def test_a_record_that_an_earlier_release_changed_says_that_nothing_before_it_was_kept(hall):
    facts = read(BIRTH).typed
    for name in ("Một", "Hai"):
        hall.records.keep(structs.replace(facts, name_vi=name), ())
    (row,) = [r for r in hall.rows.partition(f"PROCEDURE#{BIRTH}", "RECORD") if r["sk"] == "RECORD"]
    hall.rows.put({name: value for name, value in row.items() if name != "again"})
    assert changes_of(hall) == (None, [])
    assert versions_view(BIRTH, hall.editing.versions(EDITOR, BIRTH)).imported.before is None
