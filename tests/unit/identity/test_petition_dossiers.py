"""A petition that names a dossier: one of theirs that was submitted, and nobody learns of another's."""

import pytest
from msgspec import structs

from chalicelib.contracts.event import heard
from chalicelib.contracts.event import told as as_data
from chalicelib.contracts.petitions import PetitionClosed, PetitionFiled
from chalicelib.contracts.stored import written
from chalicelib.dossier.holding import CoHolder
from chalicelib.identity.joined import Alias, alias_key
from chalicelib.identity.petitions.filing import Filing, Filings
from chalicelib.identity.petitions.orders import Order
from chalicelib.identity.petitions.store import PetitionTable
from chalicelib.identity.petitions.views import petition_view
from chalicelib.identity.settings import TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.problem import BodyInvalid
from tests.fakes import people
from tests.support.hall import hall
from tests.support.stores import _stores, tables

__all__ = ["_stores", "hall", "tables"]


@pytest.fixture
def filings(hall):
    return Filings(PetitionTable(), hall.clock)


def file(filings, dossier, who=people.CITIZEN, key="file"):
    filing = Filing(kind="petition", about="other", agency=people.OFFICE["id"], words="Trễ hẹn", dossier=dossier)
    return filings.file(Order(who, key, b"{}"), filing)


def told(hall, head, kind):
    rows = hall.stores.events("Identity", head.pk)
    return [heard(kind, row["data"]) for row in rows if row["type"] == kind.type]


def test_a_petition_about_ones_own_dossier_tells_which_when_it_is_filed_and_when_it_ends(hall, filings):
    mine = hall.submitted()
    head = file(filings, mine)
    assert petition_view(head).dossier == mine
    assert [each.dossier for each in told(hall, head, PetitionFiled)] == [mine]
    filings.withdraw(Order(people.CITIZEN, "gone", b"{}"), head.id)
    assert [(each.end, each.dossier) for each in told(hall, head, PetitionClosed)] == [("withdrawn", mine)]
    assert file(filings, None, key="other").dossier is None


def test_a_dossier_of_an_earlier_number_is_theirs_too(hall, filings):
    now = structs.replace(people.CITIZEN, personal_id="001195099999")
    mine = hall.submitted()
    with pytest.raises(BodyInvalid):
        file(filings, mine, now)
    alias = Alias(person=now.holder, hashes=(now.holder, people.CITIZEN.holder), at="2026-11-25T03:00:00.000+00:00")
    for each in alias.hashes:
        pk, sk = alias_key(each)
        aws.transact({"alias": aws.put(TABLE(), {"pk": pk, "sk": sk, **written(alias)})})
    assert file(filings, mine, now).dossier == mine


def test_anothers_dossier_a_draft_and_none_are_refused_alike(hall, filings):
    mine, draft = hall.submitted(), hall.open(key="open-2")
    refused = []
    for who, dossier in ((people.NEIGHBOUR, mine), (people.CITIZEN, draft), (people.CITIZEN, "MC-0000000000000000")):
        with pytest.raises(BodyInvalid) as found:
            file(filings, dossier, who)
        refused.append([(each.pointer, each.rule, each.message_en) for each in found.value.fields])
    assert refused == [[("/dossier", "known", "One has no such dossier")]] * 3


def test_a_dossier_that_one_holds_with_others_is_theirs_too(hall, filings):
    ours = hall.submitted()
    at = "2026-11-25T00:00:00.000+00:00"
    hall.put(ours, co_holders=[as_data(CoHolder(holder=people.NEIGHBOUR.holder, sealed="-", confirmed_at=at))])
    assert file(filings, ours, people.NEIGHBOUR).dossier == ours
    assert file(filings, ours).dossier == ours, "and whoever filed it keeps it"
