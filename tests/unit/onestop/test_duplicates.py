"""Reception sees what else of the same matter is open, by the same policy as a dossier is read."""

import pytest

from chalicelib.dossier.lists import Mine
from chalicelib.kernel.problem import NotFound
from chalicelib.onestop import duplicates as module
from chalicelib.onestop.duplicates import Duplicates
from tests.fakes import people


def submitted(hall, key, who=people.CITIZEN, agency=people.OFFICE["id"]):
    reference = hall.open(who, key=f"open-{key}", agency=agency)
    hall.submissions.save_form(who, reference, people.form(), 0)
    hall.add(reference)
    hall.submit(reference, who, key=f"submit-{key}")
    hall.clock.advance(minutes=1)
    return reference


def same(hall, reference, who=people.RECEPTION):
    return [head.pk for head in Duplicates(hall.dossiers, hall.views).of(who, reference)]


def test_other_open_dossiers_of_the_same_holder_and_procedure_are_shown_the_newest_first(hall):
    mine, second, third = (submitted(hall, name) for name in "123")
    hall.open(key="a draft")
    submitted(hall, "another's", people.NEIGHBOUR)
    assert same(hall, mine) == [third, second]
    assert same(hall, second) == [third, mine]
    hall.put(third, state=3)
    hall.put(second, procedure="1.000894")
    assert same(hall, mine) == []


def test_what_another_agency_handles_is_not_named_nor_the_dossier_to_who_may_not_read_it(hall):
    mine = submitted(hall, "1")
    submitted(hall, "2", agency=people.OTHER_OFFICE["id"])
    assert same(hall, mine) == []
    with pytest.raises(NotFound):
        same(hall, mine, people.officer("reception", agency=people.OTHER_OFFICE["id"]))


def test_a_long_list_is_looked_at_page_by_page_as_far_as_some(hall, monkeypatch):
    mine = submitted(hall, "1")
    asked = []

    def page(holder, after):
        asked.append(after)
        return Mine([], str(len(asked)), ())

    monkeypatch.setattr(hall.dossiers, "mine", page)
    assert same(hall, mine) == []
    assert asked == ["", "1", "2", "3"][: module.PAGES]
