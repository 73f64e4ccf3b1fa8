"""The row of the list: what search and its filters need of a procedure."""

import pytest

from chalicelib.catalogue.procedures.facts import facts_of
from chalicelib.catalogue.procedures.listed import ListedRow, agencies, row
from chalicelib.catalogue.procedures.whose import place_of
from chalicelib.contracts.plan import Window
from chalicelib.contracts.stored import read, written
from tests.fakes import people

FACTS = people.facts()
WINDOWS = (Window(version=1, opens="2026-11-25"),)
STORED = {
    "code": people.PROCEDURE,
    "name_vi": FACTS["name_vi"],
    "name_en": FACTS["name_en"],
    "kind": "administrative_procedure",
    "fields": ["Hộ tịch"],
    "subjects": [s["name_vi"] for s in FACTS["subjects"]],
    "agencies": ["G15"],
    "level": "partial",
    "life_events": ["birth"],
    "windows": [{"version": 1, "from": "2026-11-25"}],
    "recorded": True,
    "promulgator": "G15",
    "promulgator_vi": FACTS["promulgated_by"]["name_vi"],
}


def test_a_row_has_what_search_needs_and_nothing_more():
    found = row(facts_of(FACTS), "partial", windows=WINDOWS, recorded=True)
    assert written(found) == {**STORED, "shape": 1}


def test_a_row_of_an_earlier_release_is_read():
    before = {**STORED, "windows": [{"version": 1, "from": "2026-11-25", "to": None}]}
    assert read(ListedRow, before) == row(facts_of(FACTS), "partial", windows=WINDOWS, recorded=True)
    nameless = {name: value for name, value in before.items() if name != "name_en"}  # None is not stored
    assert read(ListedRow, nameless).name_en is None


def test_a_row_of_a_release_that_did_not_say_whose_it_is_is_nobodys():
    before = {name: value for name, value in STORED.items() if not name.startswith("promulgator")}
    assert (read(ListedRow, before).promulgator, read(ListedRow, before).area) == (None, None)


@pytest.mark.parametrize(
    ("facts", "area", "place"),
    [
        ({"promulgated_by": {"code": "H35", "name_vi": "UBND tỉnh Lai Châu"}}, "H35", "tỉnh Lai Châu"),
        ({"promulgated_by": {"code": "H35", "name_vi": "Ủy ban nhân dân tỉnh Lai Châu"}}, "H35", "tỉnh Lai Châu"),
        ({"promulgated_by": {"code": "H35.12", "name_vi": "Sở Y tế"}}, "H35", None),
        ({"promulgated_by": {"code": "H35"}}, "H35", None),
        ({"promulgated_by": {"code": "G15", "name_vi": "Bộ Tư pháp"}}, None, None),
        ({"promulgated_by": {"code": "G15", "name_vi": "Bộ Tư pháp"}, "agency": "H19"}, "H19", None),
        ({"promulgated_by": {"code": "H355"}}, None, None),
        ({}, None, None),
    ],
)
def test_a_procedure_of_a_province_is_for_that_province(facts, area, place):
    found = row(facts_of({"code": "1.1", **facts}), "none", windows=(), recorded=True)
    assert found.area == area
    assert place_of(found.promulgator, found.promulgator_vi, found.area) == place


def test_a_field_that_is_named_alone_is_the_field():
    single = row(facts_of({**FACTS, "fields": [], "subjects": ["Công dân"]}), "none", windows=(), recorded=False)
    assert (single.fields, single.subjects) == (("Hộ tịch",), ("Công dân",))


def test_an_agency_is_named_once():
    both = {"promulgated_by": {"code": "G15"}, "decided_by": [{"code": "G15"}, {"code": "G01"}, {"code": None}]}
    assert agencies(facts_of({"code": "1.1", **both})) == ("G15", "G01")
    assert agencies(facts_of({"code": "1.1", "promulgated_by": None})) == ()
