"""Both bundles on LocalStack: every leg's child is made by its own zip and settled, to the last result."""

import pytest

from infra.demo import story
from tests.support.bundles import BIRTH, DEATH, birth_form, children_of, death_form, settle, start
from tests.support.world import page

LIVES = {
    "birth": (BIRTH, birth_form(wants_card=True), ("0-birth", "1-residence", "1-health_card", "2-identity_card")),
    "death": (DEATH, death_form(), ("0-death", "1-deletion", "1-stop_benefit", "2-merit")),
}


@pytest.mark.parametrize(("procedure", "form", "legs"), LIVES.values(), ids=LIVES)
def test_a_bundle_goes_from_the_form_to_the_last_result(deployed, procedure, form, legs):
    where = deployed.where()
    me = story.citizen(where, **story.somebody())
    parent = start(me, procedure, form, page())
    for leg in legs:
        settle(where, me, story.until(leg, lambda leg=leg: children_of(me, parent).get(leg), seconds=300))
    done = story.until("the bundle", lambda: story.returned(me, parent), seconds=300)
    ends = {each["leg"]: each["outcome"] for each in done["children"]}
    assert {leg: ends[leg] for leg in legs} == dict.fromkeys(legs, "done")
    assert set(ends.values()) <= {"done", "not_wanted"}
