"""Whom a form names by a personal number: which fields say it, how few letters HEAD keeps, who is found by them."""

import pytest

from chalicelib.dossier.filled import named
from chalicelib.dossier.form_people import MOST, SIGNS, apart, is_among, together
from chalicelib.dossier.reading import read
from chalicelib.dossier.ties import people_of
from chalicelib.forms.form import read as form_of
from chalicelib.kernel.access import holder_of
from tests.fakes import people

FATHER, MOTHER = "086092000001", "086195000002"


def saved(hall, reference, version, **changes):
    hall.submissions.save_form(people.CITIZEN, reference, people.form(**changes), version)
    return read(reference).head


def short(number):
    return holder_of("CITIZEN", number)[:SIGNS]


def test_fields_of_personal_numbers_name_people_and_no_other_field_does(hall):
    document = form_of(hall.dossiers.form(people.PROCEDURE, hall.draft(hall.ready()).plan.version))
    values = people.form(father={"personal_id": FATHER}, mother={"residence": MOTHER, "personal_id": "0861"})
    assert list(named(document, values)) == [holder_of("CITIZEN", FATHER)]


def test_head_keeps_whom_the_form_names_now_beside_those_whose_dossier_it_is(hall):
    reference = hall.open(people.CITIZEN, key="open")
    own = people.CITIZEN.personal_id
    head = saved(hall, reference, 0, father={"personal_id": FATHER}, mother={"personal_id": own})
    assert head.named == short(FATHER)
    assert people_of(head) == {people.CITIZEN.holder, short(FATHER)}
    head = saved(hall, reference, 1, father={"personal_id": FATHER}, mother={"personal_id": MOTHER})
    assert set(apart(head.named)) == {short(FATHER), short(MOTHER)}
    assert saved(hall, reference, 2).named is None
    assert "named" not in hall.head(reference)


def test_the_first_twelve_are_kept_each_once():
    everybody = [holder_of("CITIZEN", f"0860920{n:05}") for n in range(MOST + 1)]
    kept = apart(together([everybody[0], *everybody]))
    assert kept == tuple(each[:SIGNS] for each in everybody[:MOST])
    assert (together([]), apart(None)) == (None, ())


@pytest.mark.parametrize(("people_then", "is_found"), [("short", True), ("whole", True), ("other", False)])
def test_somebody_is_found_by_the_whole_and_by_the_beginning(people_then, is_found):
    me, other = (holder_of("CITIZEN", each) for each in (FATHER, MOTHER))
    known = {"short": {me[:SIGNS]}, "whole": {me}, "other": {other, other[:SIGNS]}}[people_then]
    assert is_among([me], known) is is_found
    assert not is_among([], known)
