"""What is shipped are drafts for the bodies that promulgated them; only a local stage publishes examples of it."""

import pytest

from chalicelib.catalogue import events
from chalicelib.kernel import worker


class Exported:
    times = 0

    def export(self):
        self.times += 1


@pytest.fixture
def load(monkeypatch):
    published, begun, lists = [], [], Exported()

    class Keeps:
        def ship(self, _keeper, agency, *_):
            published.append(agency)

        def publish(self, facts, *_):
            published.append(facts.code)
            return 1

        def draft(self, facts, *_):
            begun.append(facts.code)
            return 1

    monkeypatch.setattr(events, "administration", Keeps)
    monkeypatch.setattr(events, "shipping", Keeps)
    monkeypatch.setattr(events, "listing", lambda: lists)

    monkeypatch.setattr(worker, "boot", lambda: None)  # it looks at the settings of every room that tests have loaded

    def on(stage):
        monkeypatch.setenv("MOTCUA_STAGE", stage)
        return events.catalogue_load({}, None), published, begun, lists.times

    return on


def test_a_local_stage_gets_the_examples(load):
    answer, published, begun, exported = load("local")
    assert (answer["1.001193"], begun) == (1, [])
    assert {*answer} < {*published}
    assert exported == 1


def test_a_deployed_stage_gets_its_lists_and_drafts_of_what_is_real(load):
    """No agency, provider, price or review is invented there; what names no promulgating body has no officers."""
    drafts = ["1.000894", "1.001193", "1.004222"]
    assert load("trial") == (dict.fromkeys(drafts, 1), [], drafts, 1)
