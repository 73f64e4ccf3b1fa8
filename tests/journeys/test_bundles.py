"""A child is born, and somebody dies: one e-form each, several agencies, every result as soon as it is there."""

from types import SimpleNamespace

import pytest

from infra.demo import story
from tests.support.bundles import BIRTH, birth_form, children_of, settle, start

POLICE, CARDS, INSURANCE = "H01.10.24.01", "H01.60.01", "H01.60.02"


@pytest.fixture(scope="module")
def birth(cloud, small_scan):
    """A birth from the e-form to the last result, with an identity card."""
    where = cloud.where()
    me = story.citizen(where, **story.somebody())
    parent = start(me, BIRTH, birth_form(wants_card=True), small_scan)
    steps = []
    for leg in ("0-birth", "1-residence", "1-health_card", "2-identity_card"):
        child = story.until(leg, lambda leg=leg: children_of(me, parent).get(leg))
        steps.append((leg, {name: each["outcome"] for name, each in children_of(me, parent).items()}))
        settle(where, me, child)
    done = story.until("the bundle", lambda: story.returned(me, parent))
    cloud.wait_idle()
    return SimpleNamespace(where=where, me=me, parent=parent, done=done, steps=steps)


def test_a_birth_goes_from_the_form_to_the_last_result(birth):
    assert birth.done["state"]["code"] == 10
    assert {leg: each["outcome"] for leg, each in children_of(birth.me, birth.parent).items()} == dict.fromkeys(
        ("0-birth", "1-residence", "1-health_card", "2-identity_card"), "done"
    )
