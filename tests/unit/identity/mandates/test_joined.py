"""Whoever had another number before has the mandates of all of them, and is one person (Decree 70/2024 Art. 11-12)."""

import pytest

from chalicelib.contracts.stored import written
from chalicelib.identity.joined import Alias, alias_key
from chalicelib.identity.refusals import MandateInvalid
from chalicelib.identity.settings import TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.problem import NotFound
from tests.unit.identity.mandates.conftest import AGENT

OLD = type(AGENT)("citizen-2", "CITIZEN", AGENT.name, 2, "001193054321")


def joined(sides, who=AGENT, former=OLD):
    """A register says that a former number is somebody's."""
    alias = Alias(person=who.holder, hashes=(who.holder, former.holder), at="2026-11-25T03:00:00.000+00:00")
    for each in alias.hashes:
        pk, sk = alias_key(each)
        aws.transact({"alias": aws.put(TABLE(), {"pk": pk, "sk": sk, **written(alias)})})


def test_whoever_had_another_number_has_the_mandates_of_both_in_one_order(sides, monkeypatch):
    monkeypatch.setattr("chalicelib.identity.mandates.service.PAGE", 2)
    made = []
    for other in (OLD, AGENT, OLD, AGENT, OLD):
        made.append(sides.offer(other=other).id)
        sides.clock.advance(seconds=1)
    assert len(sides.listed(AGENT)[0]) == 2
    with pytest.raises(NotFound):
        sides.confirm(sides.store.mandate(made[0]), AGENT)
    joined(sides)
    found, starts = [], {}
    for _ in range(3):
        page, _, starts = sides.listed(AGENT, starts)
        found += page
    assert (found, starts) == (made[::-1], {})
    assert sides.confirm(sides.store.mandate(made[0]), AGENT).state == "active"
    assert sides.settling.end_of(AGENT.holder, "died") == 5
    assert {sides.store.mandate(name).state for name in made} == {"ended", "declined"}


def test_a_former_number_shows_nothing_of_the_new_one(sides):
    head = sides.offer()
    joined(sides)
    assert sides.listed(OLD) == ([], 0, {})
    with pytest.raises(NotFound):
        sides.settling.read(OLD, head.id)


def test_nobody_mandates_himself_by_another_number_of_his(sides):
    head = sides.offer(OLD, AGENT)
    joined(sides)
    with pytest.raises(MandateInvalid) as refused:
        sides.confirm(head, AGENT)
    assert [each.rule for each in refused.value.fields] == ["with_oneself"]
    with pytest.raises(MandateInvalid):
        sides.offer(AGENT, OLD)
