"""What of an answer fits another version of a form, and what does not: pure."""

from copy import deepcopy
from datetime import date

import pytest

from chalicelib.catalogue.versions.pinned import plan as plan_of
from chalicelib.contracts.submission import LeftOut
from chalicelib.forms.form import form_of
from chalicelib.submission.transfer import transferred
from tests.fakes import people
from tests.support.hall import version

DAY = date(2026, 11, 25)


@pytest.fixture
def document():
    return people.form_document()


def moved(document, values, known=frozenset()):
    return transferred(plan_of(version(people.facts())), form_of(document), values, known, DAY)


def child(document):
    return document["schema"]["properties"]["child"]


def test_an_answer_that_fits_is_taken_over_whole(document):
    before = people.kept(people.form())
    found = moved(document, before)
    assert (found.answer.outcome.values, found.left_out, found.values) == (before, (), {})


def test_a_field_that_is_asked_no_more_is_left_out_with_its_value(document):
    before = people.kept(people.form())
    child(document)["properties"].pop("home_town")
    child(document)["required"].remove("home_town")
    document["ui"]["fields"].pop("/child/home_town")
    for page in document["ui"]["pages"]:
        page["fields"] = [each for each in page["fields"] if each != "/child/home_town"]
    found = moved(document, before)
    assert found.left_out == (LeftOut(field="/child/home_town", why="not_asked"),)
    assert found.values == {"/child/home_town": before["child"]["home_town"]}
    expected = deepcopy(before)
    del expected["child"]["home_town"]
    assert found.answer.outcome.values == expected


def test_two_values_that_do_not_fit_are_both_named_and_nothing_else_goes(document):
    before = people.kept(people.form())
    child(document)["properties"]["sex"]["enum"] = ["Bé trai"]
    child(document)["properties"]["ethnicity"] = {"type": "integer", "title": "Dân tộc"}
    found = moved(document, before)
    assert [(each.field, each.why) for each in found.left_out] == [("/child/ethnicity", "type"), ("/child/sex", "enum")]
    assert before["child"].keys() - found.answer.outcome.values["child"].keys() == {"ethnicity", "sex"}
    assert {p.pointer for p in found.answer.errors} >= {"/child/ethnicity", "/child/sex"}, "they are asked again"


def test_a_fault_that_the_draft_had_before_stays_for_its_person_to_mend(document):
    before = people.form(child={"sex": "x"})
    known = frozenset({("/child/sex", "enum")})
    kept = moved(document, before, known)
    assert (kept.left_out, kept.answer.outcome.values["child"]["sex"]) == ((), "x")
    dropped = moved(document, before)
    assert [(each.field, each.why) for each in dropped.left_out] == [("/child/sex", "enum")]


def test_what_was_not_filled_in_is_no_loss(document):
    before = {"child": {"full_name": "Lê Nguyễn Gia Khánh"}}
    found = moved(document, before)
    assert found.left_out == ()
    assert found.answer.outcome.values["child"] == before["child"]
