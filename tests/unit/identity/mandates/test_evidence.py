"""A mandate whose procedure asks for a form that a file proves holds nothing before that file is here."""

import pytest
from msgspec.structs import replace

from chalicelib.identity.mandates.evidence import MAX_BYTES
from chalicelib.identity.refusals import EvidenceNotHere, EvidenceRefused
from chalicelib.kernel.problem import NotAllowed
from chalicelib.law import packs
from chalicelib.law.rules import FormDemand
from tests.unit.identity.mandates.conftest import (
    CERTIFIED,
    NOTARISED,
    OTHER_PROCEDURE,
    PRINCIPAL,
    PROCEDURE,
    THIRD,
    Came,
)


@pytest.fixture
def asking(monkeypatch):
    """The law of a day asks for a form in one procedure: the shipped packs name none."""

    def ask(form):
        pack = packs.newest()
        demands = (FormDemand(procedure=PROCEDURE, form=form, citation="a law of this test"),)
        forms = replace(pack.rules.mandate_forms, value=demands)
        given = replace(pack, rules=replace(pack.rules, mandate_forms=forms))
        monkeypatch.setattr("chalicelib.identity.mandates.standing.pack_on", lambda day: given)

    return ask


def test_it_is_confirmed_when_the_file_is_here_and_not_before(sides, asking):
    asking("certified")
    head = sides.offer(**CERTIFIED)
    with pytest.raises(EvidenceNotHere):
        sides.confirm(head)
    assert (sides.head(head).state, sides.fence(head)) == ("proposed", None)
    sides.proved(head)
    assert sides.confirm(head).state == "active"


def test_other_terms_ask_for_their_own_file(sides, asking):
    head = sides.offer(**CERTIFIED)
    sides.proved(head)
    sides.confirm(head)
    asking("certified")
    sides.change(head, **CERTIFIED)
    with pytest.raises(EvidenceNotHere):
        sides.confirm(head)
    assert sides.head(head).terms.number == 1


@pytest.mark.parametrize(
    ("form", "terms"),
    [("certified", {**CERTIFIED, "procedures": (OTHER_PROCEDURE,)}), ("notarised", NOTARISED)],
)
def test_what_no_file_has_to_prove_waits_for_none(sides, asking, form, terms):
    asking(form)
    assert sides.made(**terms).state == "active"


def test_what_is_too_large_is_refused_unread(sides):
    head = sides.offer(**CERTIFIED)
    with pytest.raises(EvidenceRefused) as refused:
        sides.proved(head, came=Came(MAX_BYTES + 1))
    assert [(f.pointer, f.rule) for f in refused.value.fields] == [("/size", "too_large")]
    assert sides.head(head).proved == ()


def test_whom_a_sub_mandate_is_given_for_posts_nothing(sides):
    first = sides.made(allows_sub=True, **CERTIFIED)
    sub = sides.sub(first, **CERTIFIED)
    with pytest.raises(NotAllowed):
        sides.proved(sub, PRINCIPAL)
    sides.proved(sub, THIRD)
    assert sides.head(sub).proved == (1,)


def test_a_file_that_is_posted_while_terms_change_is_kept_once(sides):
    head = sides.offer(**CERTIFIED)
    sides.tables.meanwhile(lambda: sides.proved(head))
    sides.proved(head)
    assert sides.head(head).proved == (1,)
    assert sides.told(head).count("mandate.proved") == 1
