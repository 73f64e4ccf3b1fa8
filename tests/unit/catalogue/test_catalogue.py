"""Procedures are published in versions that never change (Decree 137/2024 Art. 8; Decree 224/2026 Art. 14)."""

import copy

import pytest

from chalicelib.catalogue.fence import state_key
from chalicelib.catalogue.model import fingerprint, level_of, plan
from chalicelib.catalogue.service import Catalogue
from chalicelib.catalogue.store import shipped, shipped_agencies
from chalicelib.kernel.errors import NotFound, TryAgain
from chalicelib.law.codes import BadCode, procedure_code
from chalicelib.law.terms import Term
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.fakes.procedures import Procedures
from tests.fakes.rows import Rows

CODE = people.PROCEDURE
PK = f"PROCEDURE#{CODE}"


@pytest.fixture
def rows():
    return Rows()


@pytest.fixture
def catalogue(rows):
    return Catalogue(Procedures(rows), Clock())


def facts(**changes):
    return {**people.facts(), **changes}


def test_a_procedure_is_published_as_version_1_with_its_state_and_its_row(catalogue, rows):
    assert catalogue.publish(facts(), people.form_schema()) == 1
    assert catalogue.read(CODE)["facts"] == facts()
    assert rows.get(*state_key(CODE, 1))["is_published"] is True
    (row,) = catalogue.all()
    assert (row["sk"], row["version"], row["name_vi"]) == (CODE, 1, "Đăng ký khai sinh")


def test_the_same_facts_are_the_same_version(catalogue, rows):
    for _ in range(3):
        assert catalogue.publish(copy.deepcopy(facts()), people.form_schema()) == 1
    assert rows.types(PK) == ["procedure.published"]


@pytest.mark.parametrize("what", ["facts", "form"])
def test_changed_facts_or_a_changed_form_are_the_next_version_and_the_old_one_stays(catalogue, rows, what):
    catalogue.publish(facts(), people.form_schema())
    old = rows.get(PK, "VERSION#0001")
    changed = facts(name_en="Birth") if what == "facts" else facts()
    form = people.form_schema() if what == "facts" else {"type": "object"}
    assert catalogue.publish(changed, form) == 2
    assert rows.get(PK, "VERSION#0001") == old
    assert catalogue.read(CODE)["version"] == 2
    assert [row["version"] for row in catalogue.all()] == [2]


def test_two_publications_at_once_are_two_versions(catalogue, rows):
    rows.meanwhile(lambda: catalogue.publish(facts(name_en="A"), {}))
    assert catalogue.publish(facts(name_en="B"), {}) == 2


def test_two_publications_of_the_same_at_once_are_one_version(catalogue, rows):
    rows.meanwhile(lambda: catalogue.publish(facts(), {}))
    assert catalogue.publish(facts(), {}) == 1


def test_a_contended_catalogue_asks_to_try_again(catalogue, rows):
    rows.contend(100)
    with pytest.raises(TryAgain):
        catalogue.publish(facts(), {})


def test_the_publication_tells_what_a_dossier_pins(catalogue, rows):
    catalogue.publish(facts(), people.form_schema())
    (row,) = rows.events(PK)
    assert row["data"] == plan(facts(), people.form_schema(), 1)
    assert {"components", "term", "route", "min_level", "form", "result"} <= row["data"].keys()


def test_an_unknown_procedure_is_not_found(catalogue):
    with pytest.raises(NotFound):
        catalogue.read("9.999999")


def test_an_agency_is_published_once_and_again_when_it_changed(catalogue, rows):
    for _ in range(2):
        catalogue.publish_agency(dict(people.OFFICE))
    catalogue.publish_agency({**people.OFFICE, "name": "UBND"})
    assert rows.types(f"AGENCY#{people.OFFICE['id']}") == ["agency.published"] * 2


def test_an_agency_with_a_bad_identifier_is_refused(catalogue):
    with pytest.raises(BadCode):
        catalogue.publish_agency({**people.OFFICE, "id": "../x"})


def test_the_fingerprint_does_not_depend_on_the_order_of_the_facts():
    given = facts()
    assert fingerprint(given) == fingerprint(dict(reversed(given.items())))
    assert fingerprint(given) != fingerprint({**given, "min_level": 1})


# --- level of online service -----------------------------------------------------------------------------------------


def online(**record):
    base = {"offline_only": False, "full_process_in_record": False, "reason": None, "legal_basis": None}
    return {"online": {**base, "note_vi": "vì", "note_en": "because", **record}}


def test_the_three_levels_as_the_record_says():
    assert level_of(online(full_process_in_record=True)).level == "full"
    assert level_of(online()).level == "partial"
    assert level_of(online(offline_only=True, full_process_in_record=True)).level == "none"


def test_a_full_service_owes_no_notice_and_a_partial_one_does():
    full, partial = level_of(online(full_process_in_record=True)), level_of(online())
    assert (full.notice_vi, full.notice_en) == ("", "")
    assert (partial.notice_vi, partial.notice_en) == ("vì", "because")


def test_a_reason_that_the_record_does_not_give_stays_unknown():
    level = level_of(online())
    assert (level.reason, level.legal_basis) == (None, None)


# --- what is shipped -----------------------------------------------------------------------------------------------

SHIPPED = shipped()


@pytest.mark.parametrize("code", [f["code"] for f, _ in SHIPPED])
def test_a_shipped_procedure_is_whole(code):
    given, form = next((f, s) for f, s in SHIPPED if f["code"] == code)
    assert procedure_code(code)
    assert Term.parse(given["term"]["text"])
    assert given["online"].keys() >= {"offline_only", "full_process_in_record", "reason", "legal_basis"}
    assert form["$schema"].startswith("https://json-schema.org/draft/2020-12")
    assert {c["need"] for c in given["components"]} <= {"always", "case", "form", "paper"}
    assert len({c["code"] for c in given["components"]}) == len(given["components"])
    assert given["route"]
    assert all(stage for stage in given["route"])
    assert plan(given, form, 1)["procedure"] == code


def test_shipped_agencies_can_be_published(catalogue):
    agencies = shipped_agencies()
    assert len({a["id"] for a in agencies}) == len(agencies)
    for agency in agencies:
        catalogue.publish_agency(agency)
        assert agency.keys() >= {"id", "name", "one_stop", "place"}
