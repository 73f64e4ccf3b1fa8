"""Whose name no paper can say is told so when a draft begins; an organisation's name may have digits and signs."""

from copy import replace

import pytest

from chalicelib.submission.refusals import NameUnusable
from tests.fakes import people
from tests.support.acting import COMPANY


@pytest.mark.parametrize("name", ["Công ty CP 3F & B (Việt Nam)", "A" * 200, "Hợp tác xã 19/5"])
def test_an_organisation_is_called_as_it_is_registered(hall, name):
    reference = hall.open(replace(COMPANY, organisation_name=name))
    assert hall.draft(reference).head.holder == COMPANY.holder


@pytest.mark.parametrize(
    ("who", "claim", "rule"),
    [
        (replace(COMPANY, organisation_name="A" * 201), "organisation_name", "maxLength"),
        (replace(COMPANY, organisation_name=" "), "organisation_name", "blank"),
        (replace(COMPANY, organisation_name="\u1000"), "organisation_name", "letters_unprintable"),
        (replace(COMPANY, name="3F"), "name", "name_letters"),
        (replace(people.CITIZEN, name="A" * 300), "name", "maxLength"),
    ],
)
def test_a_name_that_no_paper_has_room_for_is_told_by_the_claim_it_came_from(hall, who, claim, rule):
    with pytest.raises(NameUnusable) as refused:
        hall.open(who)
    assert (refused.value.facts["claim"], refused.value.facts["rule"]) == (claim, rule)
