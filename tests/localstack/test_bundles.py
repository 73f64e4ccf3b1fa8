"""Both bundles on LocalStack: every leg's child is made by its own zip and settled, to the last result.

They live side by side: most of a life is waiting for a function of the other part of the stage.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from infra.demo import story
from tests.support.bundles import BIRTH, DEATH, birth_form, children_of, death_form, settle, start
from tests.support.world import page

LIVES = {
    "birth": (BIRTH, birth_form(wants_card=True), ("0-birth", "1-residence", "1-health_card", "2-identity_card")),
    "death": (DEATH, death_form(), ("0-death", "1-deletion", "1-stop_benefit", "2-merit")),
}


def life(where: dict, procedure: str, form: dict, legs: tuple[str, ...]) -> dict:
    """The bundle's dossier after its last result."""
    me = story.citizen(where, **story.somebody())
    parent = start(me, procedure, form, page())
    for leg in legs:
        settle(where, me, story.until(leg, lambda leg=leg: children_of(me, parent).get(leg), seconds=300))
    return story.until("the bundle", lambda: story.returned(me, parent), seconds=300)


@pytest.fixture(scope="module")
def lives(deployed) -> Iterator[dict[str, Future[dict]]]:
    """Each bundle's life, begun together."""
    with ThreadPoolExecutor(len(LIVES)) as pool:
        yield {name: pool.submit(life, deployed.where(), *of) for name, of in LIVES.items()}


@pytest.mark.parametrize("name", LIVES)
def test_a_bundle_goes_from_the_form_to_the_last_result(lives, name):
    legs = LIVES[name][2]
    ends = {each["leg"]: each["outcome"] for each in lives[name].result()["children"]}
    assert {leg: ends[leg] for leg in legs} == dict.fromkeys(legs, "done")
    assert set(ends.values()) <= {"done", "not_wanted"}
