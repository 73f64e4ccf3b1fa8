"""A result reaches its holder's vault once; who opens it leaves a line (Decree 45/2020 Art. 5, 14(3))."""

import time
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from msgspec import structs

from chalicelib.contracts.archives import ArchivedConverted
from chalicelib.contracts.identity import PersonChanged
from chalicelib.contracts.ledger import LineWritten
from chalicelib.contracts.onestop import DossierProcessed
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal
from chalicelib.kernel.aws import Lost
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import LevelTooLow, NotFound, TryAgain
from chalicelib.kernel.record import Change
from chalicelib.ledger.lines import change as ledger_change
from chalicelib.ledger.table import partition as ledger_of
from chalicelib.vault.model import ON_CONVERSION
from chalicelib.vault.service import Vault
from chalicelib.vault.store import TABLE, Table, partition
from tests.fakes import people
from tests.fakes.clock import Clock

OWNER = people.CITIZEN


@pytest.fixture(autouse=True)
def place(tables):
    """Where the owner's vault stands."""
    return partition(OWNER.holder)


@pytest.fixture
def kept(tables):
    """Where the owner's ledger stands."""
    return ledger_of(OWNER.holder)


def acts(vault):
    return [line.said.act for line in vault.ledger(OWNER)[0]]


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def vault(tables, clock):
    return Vault(Table(), clock)


def processed(code="H01.10.24-20261125-0000001-KQ1", who=OWNER):
    at = "2026-11-25T02:00:00.000+00:00"
    return DossierProcessed(
        code=code, message=code, key=f"results/MC-1/{code}.pdf", version_id="m1", sha256="a" * 64, size=79395,
        title="Giấy khai sinh", reference="MC-1", holder=who.holder, agency=people.OFFICE["id"], handler="Một Cửa",
        dossier_code=code.rpartition("-")[0], procedure=people.PROCEDURE, received_at=at, processed_at=at, due_at=at,
    )  # fmt: skip


def test_a_result_is_held_with_its_key_version_and_hash(vault, clock):
    vault.store_result(processed())
    (held,) = vault.documents(OWNER)[0]
    given = processed()
    for name in ("code", "key", "version_id", "sha256", "size", "title", "procedure", "reference", "dossier_code"):
        assert getattr(held, name) == getattr(given, name)
    assert (held.agency, held.provenance, held.stored_at) == (given.agency, "NATIVE_ESIGNED", stamp(clock()))


def test_what_is_stored_says_its_shape(vault, tables, place):
    vault.store_result(processed())
    shapes = {item["sk"].split("#")[0]: item.get("shape") for item in tables.partition("Vaults", place)}
    assert shapes == {"HEAD": 1, "DOC": 1, "EVENT": None}


def test_what_an_older_release_stored_without_a_shape_is_read(vault, tables, place):
    vault.store_result(processed())
    items = tables.partition("Vaults", place)
    tables.put("Vaults", *({k: v for k, v in item.items() if k != "shape"} for item in items))
    held, _ = vault.open(OWNER, processed().code)
    assert held.code == processed().code


def test_lines_that_an_older_release_kept_in_the_vault_come_first(vault, tables, clock, place):
    earlier = {"act": "read", "document": "X-KQ1", "by": "owner", "basis": "45/2020 Art. 5", "at": stamp(clock())}
    tables.put("Vaults", {"pk": place, "sk": "ACCESS#000001", **earlier})
    vault.store_result(processed())
    first, second = vault.ledger(OWNER).shown
    assert (first.at, first.said.act, first.said.document, first.said.by) == (stamp(clock()), "read", "X-KQ1", "owner")
    assert (second.said.act, second.said.document) == ("stored", processed().code)


def test_what_an_older_release_stored_says_no_level_and_asks_for_the_higher_one(vault, tables, place):
    vault.store_result(structs.replace(processed(), min_level=1))
    unsure = Principal(OWNER.subject, "CITIZEN", OWNER.name, 1, OWNER.personal_id)
    assert vault.open(unsure, processed().code)
    items = tables.partition("Vaults", place)
    tables.put("Vaults", *({k: v for k, v in item.items() if k != "min_level"} for item in items))
    with pytest.raises(LevelTooLow):
        vault.open(unsure, processed().code)
    assert vault.documents(unsure)[:3] == ([], 1, None)
    earlier = {"act": "read", "document": "X-KQ1", "by": "owner", "basis": "45/2020 Art. 5", "at": "2026-11-24"}
    tables.put("Vaults", {"pk": place, "sk": "ACCESS#000001", **earlier})
    shown, withheld, *_ = vault.ledger(unsure)
    assert ([line.said.document for line in shown], withheld) == ([processed().code] * 2, 1)


def test_a_result_that_is_delivered_twice_is_held_once(vault, tables, place):
    for _ in range(2):
        vault.store_result(processed())
    assert len(vault.documents(OWNER)[0]) == 1
    assert tables.types("Vaults", place) == ["vault.stored"]
    assert acts(vault) == ["stored"]


def test_two_deliveries_at_once_hold_it_once(vault, tables, place):
    tables.meanwhile(lambda: vault.store_result(processed()))
    vault.store_result(processed())
    assert len(vault.documents(OWNER)[0]) == 1
    assert tables.types("Vaults", place) == ["vault.stored"]


def test_the_stored_fact_says_what_the_dossier_waits_for(vault, tables, clock, place):
    vault.store_result(processed())
    (row,) = tables.events("Vaults", place)
    told = {k: v for k, v in row["data"].items() if k != "paper"}
    assert told == {"reference": "MC-1", "document": processed().code, "stored_at": stamp(clock())}
    assert (row["data"]["paper"]["owner"], row["data"]["paper"]["document"]) == (OWNER.holder, processed().code)


def test_every_reading_leaves_a_line_and_the_lines_are_numbered_without_gap(vault, tables, clock, kept):
    vault.store_result(processed())
    vault.store_result(processed("X-KQ2"))
    for document in (processed().code, "X-KQ2", "X-KQ2"):
        clock.advance(minutes=1)
        vault.open(OWNER, document)
    ledger = vault.ledger(OWNER)[0]
    assert [r["sk"] for r in tables.events("Ledgers", kept)] == [f"EVENT#{n:06d}" for n in range(1, 4)]
    assert [line.said.act for line in ledger[:2]] == ["stored", "stored"], "the vault's own log says it"
    assert tables.unbroken("Ledgers", kept)
    assert [(line.said.act, line.said.document) for line in ledger][2:] == [
        ("read", processed().code),
        ("read", "X-KQ2"),
        ("read", "X-KQ2"),
    ]
    assert all(line.said.by and line.said.basis and line.said.sha256 for line in ledger)
    assert {line.said.route for line in ledger} == {None, "vault"}


def test_an_opened_document_links_for_five_minutes_to_the_very_version_that_was_registered(vault):
    vault.store_result(processed())
    held, url = vault.open(OWNER, processed().code)
    where = urlsplit(url)
    asked = parse_qs(where.query)
    assert where.path.endswith(held.key)
    assert asked["versionId"] == ["m1"]
    lives = int(asked["Expires"][0]) - time.time() if "Expires" in asked else int(asked["X-Amz-Expires"][0])
    assert 100 < lives <= 301


def test_two_readings_at_once_are_two_lines(vault, tables, kept):
    vault.store_result(processed())
    code = processed().code
    tables.meanwhile(lambda: vault.open(OWNER, code))
    vault.open(OWNER, code)
    assert acts(vault) == ["stored", "read", "read"]
    assert tables.unbroken("Ledgers", kept)


@pytest.mark.parametrize("sk", ["EVENT#000002", "DOC#X-KQ2"], ids=["line", "document"])
def test_a_line_or_document_that_stands_there_is_never_written_over(vault, tables, sk, place):
    vault.store_result(processed())
    tables.put("Vaults", {"pk": place, "sk": sk, "act": "somebody else's"})
    store, head = Table(), Table().head(OWNER.holder)
    late = Vault(type("Late", (Table,), {"document": lambda *_: None, "head": lambda *_: head})(), vault.clock)
    with pytest.raises(Lost, match="event" if sk.startswith("EVENT") else "document"):
        late.store_result(processed("X-KQ2"))
    assert store.head(OWNER.holder) == head
    assert tables.get("Vaults", place, sk)["act"] == "somebody else's"


def test_what_an_older_release_wrote_into_log_and_ledger_is_shown_once(vault, tables, clock):
    """Its events name no actor, and its ledger has the line."""
    vault.store_result(processed())

    def as_before(head, owner, document, event, now, instead):
        line = LineWritten(act="stored", document=document.id, by="x", basis="x", reference="MC-0", sha256="a" * 64)
        Change(TABLE(), head, now).tell(event).join("ledger", ledger_change(owner, line, now)).write()

    late = Vault(type("Before", (Table,), {"put_in": staticmethod(as_before)})(), vault.clock)
    clock.advance(minutes=1)
    late.store_result(processed("X-KQ2"))
    clock.advance(minutes=1)
    vault.store_result(processed("X-KQ3"))
    for newest in (False, True):
        shown = [line.said.document for line in vault.ledger(OWNER, newest=newest)[0]]
        assert shown[:: -1 if newest else 1] == [processed().code, "X-KQ2", "X-KQ3"]


@pytest.mark.parametrize("stranger", [people.NEIGHBOUR, people.LEADER], ids=["another citizen", "an officer"])
def test_other_persons_documents_do_not_exist(vault, tables, stranger):
    vault.store_result(processed())
    before = tables.writes
    with pytest.raises(NotFound):
        vault.open(stranger, processed().code)
    assert vault.documents(stranger)[0] == []
    assert vault.ledger(stranger)[0] == []
    assert tables.writes == before, "the owner's ledger has no line of a refusal to somebody else's vault"


def test_a_document_that_is_not_there_is_not_found(vault):
    with pytest.raises(NotFound):
        vault.open(OWNER, "X-KQ9")
    vault.store_result(processed())
    with pytest.raises(NotFound):
        vault.open(OWNER, "X-KQ9")


def test_without_its_line_in_the_ledger_nothing_is_opened(vault, tables):
    vault.store_result(processed())
    tables.contend(100)
    with pytest.raises(TryAgain):
        vault.open(OWNER, processed().code)


# --- numbers of one person ------------------------------------------------------------------------------------------

NEW = Principal("citizen-1", "CITIZEN", OWNER.name, 2, "086195000001", own=True)


def joined(*former, person=NEW, kind="renumbered"):
    formers = tuple(each.holder for each in former)
    return PersonChanged(person=person.holder, kind=kind, register="population", at="", former=formers)


def ids(vault, who):
    return [held.id for held in vault.documents(who)[0]]


def test_vaults_and_ledgers_of_all_numbers_are_read_as_one(vault, clock, tables, kept):
    vault.store_result(processed("B-KQ1"))
    clock.advance(minutes=1)
    vault.store_result(processed("A-KQ1", NEW))
    clock.advance(minutes=1)
    vault.store_result(processed("C-KQ1"))
    assert ids(vault, NEW) == ["A-KQ1"]
    vault.join(joined(OWNER), stamp(clock()))
    assert ids(vault, NEW) == ["A-KQ1", "B-KQ1", "C-KQ1"]
    assert [line.said.document for line in vault.ledger(NEW)[0]] == ["B-KQ1", "A-KQ1", "C-KQ1"]
    held, url = vault.open(NEW, "B-KQ1")
    assert (held.id, "versionId=m1" in url) == ("B-KQ1", True)
    line = vault.ledger(NEW)[0][-1].said
    assert (line.act, line.document, line.by, line.officer) == ("read", "B-KQ1", "owner", None)
    assert [row["data"]["document"] for row in tables.events("Ledgers", kept)] == ["B-KQ1"]
    assert tables.unbroken("Ledgers", kept)


def test_a_former_number_opens_nothing_of_the_new_one_and_nobody_anything_of_either(vault, clock):
    vault.store_result(processed("A-KQ1", NEW))
    vault.store_result(processed("B-KQ1"))
    vault.join(joined(OWNER), stamp(clock()))
    assert ids(vault, OWNER) == ["B-KQ1"]
    for who, document in ((OWNER, "A-KQ1"), (people.NEIGHBOUR, "A-KQ1"), (people.NEIGHBOUR, "B-KQ1")):
        with pytest.raises(NotFound):
            vault.open(who, document)


def test_a_number_in_between_looks_under_no_other_any_more_and_late_news_change_nothing(vault, clock):
    newest = Principal("citizen-1", "CITIZEN", OWNER.name, 2, "086195000002", own=True)
    vault.store_result(processed("B-KQ1"))
    first = stamp(clock())
    clock.advance(minutes=1)
    for _ in range(2):
        vault.join(joined(NEW, OWNER, person=newest), stamp(clock()))
    vault.join(joined(OWNER), first)
    vault.join(joined(person=newest), first)
    vault.join(joined(person=newest, kind="locked"), stamp(clock() + timedelta(days=1)))
    assert (ids(vault, newest), ids(vault, NEW)) == (["B-KQ1"], [])


def test_who_has_one_number_pays_for_no_look(vault, monkeypatch):
    vault.store_result(processed())
    asked = []
    for name in ("get", "between", "query", "page"):
        stock = getattr(aws, name)
        monkeypatch.setattr(
            aws, name, lambda *given, n=name, f=stock, **more: asked.append((n, given[0])) or f(*given, **more)
        )
    vault.documents(OWNER)
    assert [name for name, _ in asked] == ["page"]
    asked.clear()
    vault.open(OWNER, processed().code)
    assert [name for name, table in asked if "vaults" in table.lower()] == ["get"]
    asked.clear()
    vault.ledger(OWNER)
    assert [name for name, table in asked if "vaults" in table.lower()] == ["page", "get", "between"]


def archived(**changes):
    """A paper of a former year that is a data message."""
    return ArchivedConverted(**{
        "code": "SH-LT-1-00002-ABCDEF", "message": "SH-LT-1-00002-ABCDEF", "key": "papers/LT-1-00002/a/message.pdf",
        "version_id": "v", "sha256": "b" * 64, "size": 9, "title": "Giấy khai sinh", "reference": "LT-1-00002",
        "archive": "LT-1", "agency": people.OFFICE["id"], "holder": OWNER.holder, "is_owned": True, "procedure": "",
        "converted_at": "2026-11-25T02:00:00.000+00:00", **changes,
    })  # fmt: skip


def test_a_paper_of_a_former_year_is_kept_once_as_converted(vault):
    vault.keep_archived(archived())
    vault.keep_archived(archived())
    (document,) = vault.documents(OWNER)[0]
    assert (document.id, document.provenance, document.dossier_code) == (
        "SH-LT-1-00002-ABCDEF", "CONVERTED_SIGNED", "",
    )  # fmt: skip
    assert [(line.said.act, line.said.basis) for line in vault.ledger(OWNER)[0]] == [("stored", ON_CONVERSION)]


@pytest.mark.parametrize(
    ("told", "compared"),
    [({}, "not_compared"), ({"compared": "confirmed_by_two"}, "confirmed_by_two"),
     ({"compared": "read_and_compared"}, "read_and_compared")],
    ids=["a release before", "by two", "read"],
)  # fmt: skip
def test_a_vault_says_how_it_is_known_whose_a_paper_of_a_former_year_is(vault, told, compared):
    vault.keep_archived(archived(note="Sổ bộ cũ", **told))
    (document,) = vault.documents(OWNER)[0]
    assert (document.owner_compared, document.note) == (compared, "Sổ bộ cũ")
    assert structs.replace(document, compared=None).owner_compared == "not_compared"
    assert structs.replace(document, provenance="NATIVE_ESIGNED").owner_compared is None


def test_a_paper_whose_owner_nobody_knows_is_in_no_vault(vault):
    vault.keep_archived(archived(is_owned=False))
    assert vault.documents(OWNER)[0] == []
