"""The row of the list: what search and its filters need of a procedure."""

from chalicelib.catalogue.procedures.listed import agencies, row
from tests.fakes import people


def test_a_row_has_what_search_needs_and_nothing_more():
    windows = [{"version": 1, "from": "2026-11-25", "to": None}]
    found = row(people.facts(), "partial", ("birth",), windows=windows, recorded=True)
    assert found == {
        "code": people.PROCEDURE,
        "name_vi": people.facts()["name_vi"],
        "name_en": people.facts()["name_en"],
        "kind": "administrative_procedure",
        "fields": ["Hộ tịch"],
        "subjects": [s["name_vi"] for s in people.facts()["subjects"]],
        "agencies": ["G15"],
        "level": "partial",
        "life_events": ["birth"],
        "windows": windows,
        "recorded": True,
    }
    single = row({**people.facts(), "fields": [], "subjects": ["Công dân"]}, "none", (), windows=[], recorded=False)
    assert (single["fields"], single["subjects"]) == (["Hộ tịch"], ["Công dân"])


def test_an_agency_is_named_once():
    both = {"promulgated_by": {"code": "G15"}, "decided_by": [{"code": "G15"}, {"code": "G01"}, {"code": None}]}
    assert agencies(both) == ["G15", "G01"]
    assert agencies({"promulgated_by": None}) == []
