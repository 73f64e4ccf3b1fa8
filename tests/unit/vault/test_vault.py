"""A result reaches its holder's vault once; who opens it leaves a line (Decree 45/2020 Art. 5, 14(3))."""

import pytest

from chalicelib.kernel.clock import stamp
from chalicelib.kernel.errors import NotFound, TryAgain
from chalicelib.vault.model import HELD, READ, STORED
from chalicelib.vault.service import Vault
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.fakes.counter import signed_result
from tests.fakes.rows import Rows
from tests.fakes.vaults import Vaults, partition

OWNER = people.CITIZEN


@pytest.fixture
def rows():
    return Rows()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def vault(rows, clock):
    return Vault(Vaults(rows), clock)


def processed(code="H01.10.24-20261125-0000001-KQ1", who=OWNER):
    return {
        **signed_result("MC-1", code),
        "holder": who.holder,
        "agency": people.OFFICE["id"],
        "dossier_code": code.rpartition("-")[0],
        "procedure": people.PROCEDURE,
    }


def test_a_result_is_held_with_its_key_version_and_hash(vault, clock):
    vault.deliver(processed())
    (doc,) = vault.documents(OWNER)
    given = processed()
    assert {k: doc[k] for k in HELD} == {k: given[k] for k in HELD}
    assert doc["provenance"] == "NATIVE_ESIGNED"
    assert doc["stored_at"] == stamp(clock())


def test_a_result_that_is_delivered_twice_is_held_once(vault, rows):
    for _ in range(2):
        vault.deliver(processed())
    assert len(vault.documents(OWNER)) == 1
    assert rows.types(partition(OWNER.holder)) == ["vault.stored"]
    assert [line["act"] for line in vault.ledger(OWNER)] == [STORED]


def test_two_deliveries_at_once_hold_it_once(vault, rows):
    rows.meanwhile(lambda: vault.deliver(processed()))
    vault.deliver(processed())
    assert len(vault.documents(OWNER)) == 1


def test_the_stored_fact_says_what_the_dossier_waits_for(vault, rows, clock):
    vault.deliver(processed())
    (row,) = rows.events(partition(OWNER.holder))
    assert row["data"] == {"reference": "MC-1", "document": processed()["code"], "stored_at": stamp(clock())}


def test_every_reading_leaves_a_line_and_the_lines_are_numbered_without_gap(vault, clock):
    vault.deliver(processed())
    vault.deliver(processed("X-KQ2"))
    for document in (processed()["code"], "X-KQ2", "X-KQ2"):
        clock.advance(minutes=1)
        vault.open(OWNER, document)
    ledger = vault.ledger(OWNER)
    assert [line["sk"] for line in ledger] == [f"ACCESS#{n:06d}" for n in range(1, 6)]
    assert [(line["act"], line["document"]) for line in ledger][2:] == [
        (READ, processed()["code"]),
        (READ, "X-KQ2"),
        (READ, "X-KQ2"),
    ]
    assert all(line["by"] and line["basis"] for line in ledger)


def test_an_opened_document_links_to_the_very_version_that_was_registered(vault):
    vault.deliver(processed())
    doc, url = vault.open(OWNER, processed()["code"])
    assert doc["key"] in url
    assert url.endswith("v=m1")


def test_two_readings_at_once_are_two_lines(vault, rows):
    vault.deliver(processed())
    code = processed()["code"]
    rows.meanwhile(lambda: vault.open(OWNER, code))
    vault.open(OWNER, code)
    assert [line["act"] for line in vault.ledger(OWNER)] == [STORED, READ, READ]
    assert rows.unbroken(partition(OWNER.holder))


@pytest.mark.parametrize("stranger", [people.NEIGHBOUR, people.LEADER], ids=["another citizen", "an officer"])
def test_other_persons_documents_do_not_exist(vault, rows, stranger):
    vault.deliver(processed())
    before = rows.writes
    with pytest.raises(NotFound):
        vault.open(stranger, processed()["code"])
    assert vault.documents(stranger) == []
    assert vault.ledger(stranger) == []
    assert rows.writes == before, "the owner's ledger has no line of a refusal to somebody else's vault"


def test_a_document_that_is_not_there_is_not_found(vault):
    with pytest.raises(NotFound):
        vault.open(OWNER, "X-KQ9")
    vault.deliver(processed())
    with pytest.raises(NotFound):
        vault.open(OWNER, "X-KQ9")


def test_without_its_line_in_the_ledger_nothing_is_opened(vault, rows):
    vault.deliver(processed())
    rows.contend(100)
    with pytest.raises(TryAgain):
        vault.open(OWNER, processed()["code"])
