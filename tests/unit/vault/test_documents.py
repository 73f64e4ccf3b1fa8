"""What a vault knows of its documents, how they are found, and what becomes of those that are worth nothing."""

import contextlib
from datetime import date

import pytest
from msgspec import structs

from chalicelib.contracts.digitisation import AgencySignature, ComponentConverted, ConvertedPaper, Converter
from chalicelib.contracts.identity import PersonChanged
from chalicelib.contracts.messages import PaperWithdrawn
from chalicelib.contracts.vault import TakeoutAsked
from chalicelib.kernel import aws, record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.paging import merged_cursor
from chalicelib.kernel.problem import BodyInvalid, NotFound
from chalicelib.kernel.record import Change
from chalicelib.law.validity import last_day
from chalicelib.ledger.lines import stretch
from chalicelib.ledger.table import partition as ledger_of
from chalicelib.vault import fence, listing
from chalicelib.vault.arrivals import STRETCHES
from chalicelib.vault.model import GROUPS, Wanted
from chalicelib.vault.service import Vault, number_hash
from chalicelib.vault.store import Table, partition
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.support.stores import NAMES
from tests.unit.vault.test_vault import NEW, processed

OWNER = people.CITIZEN
CODE = "H01.10.24-20261125-0000001-KQ1"
KIND = "000.00.00.G15-KQ003208"
TODAY = date(2026, 11, 25)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def vault(tables, clock):
    return Vault(Table(), clock)


def withdrawn(message=CODE):
    return PaperWithdrawn(
        message=message, reference="MC-1", agency=people.OFFICE["id"], holder=OWNER.holder, by="leader",
        withdrawn_at="2026-11-26T02:00:00.000+00:00",
    )  # fmt: skip


def converted(message="SH-1", **about):
    at = "2026-11-24T20:00:00.000+00:00"
    facts = {"kind": KIND, "holder": OWNER.holder, "agency": people.OFFICE["id"], "procedure": people.PROCEDURE}
    paper = ConvertedPaper(
        message=message, title="Thông điệp dữ liệu", key=f"papers/MC-1/{message}.pdf", version_id="m2",
        sha256="b" * 64, size=1000, reference="MC-1", **facts | about,
    )  # fmt: skip
    return ComponentConverted(
        component="c1", paper=paper, conversion_id=message, direction="P2D", code=message, source_sha256="1" * 64,
        copy_sha256="2" * 64, output_sha256="b" * 64, mark_text="x", converted_at=at, system_name="Một Cửa",
        converter=Converter(kind="AGENCY", full_name="UBND", agency_code=people.OFFICE["id"], officer="A"),
        agency_signature=AgencySignature(signed_at=at, message=message),
    )  # fmt: skip


def ids(found):
    return [each.id for each in found.shown]


def paper_of(tables, kind):
    rows = [row for row in tables.events("Vaults", partition(OWNER.holder)) if row["type"] == f"vn.motcua.{kind}"]
    return [row["data"]["paper"] for row in rows]


# --- what is known of a document -------------------------------------------------------------------------------------


def test_a_result_says_its_kind_number_day_and_validity(vault):
    vault.store_result(structs.replace(processed(), kind=KIND, number="125/2026", valid_until="2031-11-25"))
    (held,) = vault.documents(OWNER).shown
    assert (held.kind, held.number, held.issued_on, held.valid_until) == (KIND, "125/2026", "2026-11-25", "2031-11-25")
    assert (held.group, held.provenance, held.state(TODAY)) == ("results", "NATIVE_ESIGNED", "valid")
    assert held.state(date(2031, 11, 25)) == "valid"
    assert held.state(date(2031, 11, 26)) == "expired"


def test_a_converted_paper_is_kept_once_with_the_day_of_its_conversion(vault, tables):
    for _ in range(2):
        vault.store_converted(converted())
    (held,) = vault.documents(OWNER).shown
    assert (held.id, held.kind, held.provenance, held.group) == ("SH-1", KIND, "CONVERTED_SIGNED", "digitised")
    assert held.issued_on == "2026-11-25", "the day of Viet Nam"
    assert [line.said.basis for line in vault.ledger(OWNER).shown] == ["01/2023/TT-VPCP Art. 24(2)"]
    assert [paper["document"] for paper in paper_of(tables, "document.kept")] == ["SH-1"]


def test_what_a_release_before_told_of_a_conversion_puts_nothing_into_a_vault(vault):
    vault.store_converted(structs.replace(converted(), paper=None))
    assert vault.documents(OWNER).shown == []


def test_the_six_groups_are_those_of_the_circular():
    assert list(GROUPS.values()) == ["a", "b", "c", "d", "đ", "e"]


@pytest.mark.parametrize(
    ("term", "last"),
    [
        ("5 năm", "2031-11-25"), ("6 tháng", "2027-05-25"), ("90 ngày", "2027-02-23"), ("không thời hạn", None),
        (None, None), ("", None), ("Đến khi kết hôn", None), ("5 năm kể từ ngày ký", None),
    ],
)  # fmt: skip
def test_a_validity_is_reckoned_where_the_words_are_a_number_and_a_unit(term, last):
    assert last_day(term, TODAY) == last


def test_a_month_without_that_day_ends_on_its_last():
    assert last_day("1 tháng", date(2027, 1, 31)) == "2027-02-28"
    assert last_day("3 tháng", date(2026, 11, 30)) == "2027-02-28"
    assert last_day("1 tháng", date(2026, 12, 1)) == "2027-01-01"


# --- finding ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def some(vault):
    """Three documents: of two kinds, two agencies and two days."""
    first = structs.replace(
        processed("A-KQ1"), kind=KIND, number="125/2026", processed_at="2026-11-20T02:00:00.000+00:00"
    )
    vault.store_result(first)
    vault.store_result(
        structs.replace(first, code="B-KQ1", number="126/2026", processed_at="2026-11-24T02:00:00.000+00:00")
    )
    vault.store_converted(converted(kind="OTHER", agency="H01.10.25"))
    return vault


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(kind=KIND), ["B-KQ1", "A-KQ1"]),
        (Wanted(kind="KQ"), []),
        (Wanted(issuer="H01.10.25"), ["SH-1"]),
        (Wanted(number="125 / 2026"), ["A-KQ1"]),
        (Wanted(number="127/2026"), []),
        (Wanted(since="2026-11-24"), ["SH-1", "B-KQ1"]),
        (Wanted(until="2026-11-24"), ["B-KQ1", "A-KQ1"]),
        (Wanted(kind=KIND, since="2026-11-21"), ["B-KQ1"]),
        (Wanted(kind=KIND, issuer="H01.10.25"), []),
        (Wanted(number="125/2026", kind="OTHER"), []),
        (Wanted(issuer=people.OFFICE["id"], until="2026-11-20"), ["A-KQ1"]),
    ],
)
def test_documents_are_found_by_what_is_said_of_them_the_newest_first(some, wanted, found):
    assert ids(some.find(OWNER, wanted)) == found
    assert ids(some.find(people.NEIGHBOUR, wanted)) == []


def test_a_search_looks_under_all_numbers_and_withholds_what_asks_for_a_higher_level(some, clock):
    some.join(
        PersonChanged(person=NEW.holder, kind="renumbered", register="population", at="", former=(OWNER.holder,)),
        stamp(clock()),
    )
    assert ids(some.find(NEW, Wanted(kind=KIND))) == ["B-KQ1", "A-KQ1"]
    low = Principal("citizen-1", "CITIZEN", OWNER.name, 1, OWNER.personal_id)
    assert some.find(low, Wanted(kind=KIND))[:2] == ([], 2)


@pytest.mark.parametrize("sifted", [3, 7, 1000])
def test_a_search_by_kind_comes_in_pages_that_have_each_document_once_the_newest_first(
    some, clock, monkeypatch, sifted
):
    monkeypatch.setattr(listing, "SIFTED", sifted)
    owners = (OWNER, NEW)
    for n in range(30):
        kind, day = KIND if n % 4 == 0 else "RARE" if n == 17 else "OTHER", f"2025-01-{n + 1:02d}T02:00:00.000+00:00"
        told = structs.replace(processed(f"P{n:02d}-KQ1"), kind=kind, processed_at=day, holder=owners[n % 3 % 2].holder)
        some.store_result(told)
    some.join(
        PersonChanged(person=NEW.holder, kind="renumbered", register="population", at="", former=(OWNER.holder,)),
        stamp(clock()),
    )
    for kind, wanted in (
        (KIND, ["B-KQ1", "A-KQ1", *(f"P{n:02d}-KQ1" for n in range(28, -1, -4))]),
        ("RARE", ["P17-KQ1"]),
    ):
        found, cursor = [], ""
        while cursor is not None:
            page = some.find(NEW, Wanted(kind=kind), cursor)
            found, cursor = [*found, *ids(page)], page.following
        assert found == wanted


def test_no_number_stands_in_a_key_in_clear(some, tables):
    rows = [row for row in tables.partition("Vaults", partition(OWNER.holder)) if row["sk"].startswith("DOC#")]
    assert [row for row in rows if row.get("by_number")]
    for row in rows:
        assert "125" not in str(row.get("by_number")) + row["pk"]


@pytest.mark.parametrize("cursor", ["x", "eyJwayI6IDF9", "bnVsbA==", "W3sicGsiOiAxfV0="], ids=repr)
def test_a_cursor_of_nobody_is_refused_by_name(some, cursor):
    for look in (some.documents, some.ledger, lambda who, at: some.find(who, Wanted(kind=KIND), at)):
        with pytest.raises(BodyInvalid):
            look(OWNER, cursor)


def test_a_cursor_of_another_owner_finds_nothing(vault, clock):
    for n in range(60):
        clock.advance(minutes=1)
        vault.store_result(structs.replace(processed(f"D{n:02d}-KQ1"), kind=KIND))
    for look in (vault.documents, vault.ledger, lambda who, at="": vault.find(who, Wanted(kind=KIND), at)):
        cursor = look(OWNER).following
        assert cursor
        with pytest.raises(NotFound):
            look(people.NEIGHBOUR, cursor)
        assert len(look(OWNER, cursor).shown) + len(look(OWNER).shown) == 60


@pytest.mark.parametrize(
    "wanted", [Wanted(kind=KIND, since="2024-06-01", until="2024-12-31"), Wanted(number="125/2026")]
)
@pytest.mark.parametrize("where", [{"sk": ""}, {"at": "0"}, {"at": "\U0010ffff"}], ids=["no place", "before", "after"])
def test_a_cursor_outside_of_what_is_looked_for_is_refused(some, wanted, where):
    """DynamoDB refuses such a key, and a client would be told that we are broken."""
    name = "by_number" if wanted.number else "issued_on"
    at = number_hash(wanted.number) if wanted.number else "2024-07-01"
    start = {"pk": partition(OWNER.holder), "sk": where.get("sk", f"DOC#{CODE}"), name: where.get("at", at)}
    with pytest.raises(BodyInvalid):
        some.find(OWNER, wanted, merged_cursor({"x": start}))
    assert some.find(OWNER, wanted, merged_cursor({"x": {**start, "sk": "DOC#A", name: at}})) is not None


# --- what is worth nothing any more ----------------------------------------------------------------------------------


def test_a_withdrawn_document_is_kept_and_flagged_once(vault, tables):
    vault.store_result(processed())
    for _ in range(2):
        vault.withdraw(withdrawn())
    (held,) = vault.documents(OWNER).shown
    assert (held.withdrawn_at, held.state(TODAY)) == (withdrawn().withdrawn_at, "withdrawn")
    assert vault.open(OWNER, CODE)
    (told,) = paper_of(tables, "document.flagged")
    assert told["withdrawn_at"] == withdrawn().withdrawn_at


def test_a_document_whose_withdrawal_came_first_comes_in_as_withdrawn(vault, tables):
    vault.withdraw(withdrawn())
    vault.store_result(processed())
    (held,) = vault.documents(OWNER).shown
    assert held.state(TODAY) == "withdrawn"
    assert [paper["withdrawn_at"] for paper in paper_of(tables, "vault.stored")] == [withdrawn().withdrawn_at]


@pytest.mark.parametrize("told", ["once", "twice"])
def test_a_document_that_is_withdrawn_while_it_comes_in_is_flagged(vault, tables, monkeypatch, told):
    """The keepers' index does not have it yet when the withdrawal looks; the storing worker may die before it looks."""
    store = type(vault.vaults)
    put_in = store.put_in

    def meanwhile(*given):
        put_in(*given)
        with monkeypatch.context() as late:
            late.setattr(store, "keepers", lambda *_: [])
            vault.withdraw(withdrawn())
        if told == "twice":
            raise InterruptedError

    monkeypatch.setattr(store, "put_in", meanwhile)
    for _ in range(2):
        with contextlib.suppress(InterruptedError):
            vault.store_result(processed())
    (held,) = vault.documents(OWNER).shown
    assert held.state(TODAY) == "withdrawn"
    assert [paper["withdrawn_at"] for paper in paper_of(tables, "document.flagged")] == [withdrawn().withdrawn_at]


def test_a_document_that_is_withdrawn_just_before_it_comes_in_is_flagged(vault, tables):
    """Nobody had withdrawn it when it was looked for, and whoever withdrew it found it nowhere."""
    tables.meanwhile(lambda: vault.withdraw(withdrawn()))
    vault.store_result(processed())
    (held,) = vault.documents(OWNER).shown
    assert (held.withdrawn_at, held.state(TODAY)) == (withdrawn().withdrawn_at, "withdrawn")
    assert [paper["withdrawn_at"] for paper in paper_of(tables, "document.flagged")] == [withdrawn().withdrawn_at]


def test_a_document_that_the_index_of_keepers_does_not_have_yet_is_flagged(vault, monkeypatch):
    vault.store_result(processed())
    monkeypatch.setattr(type(vault.vaults), "keepers", lambda *_: [])
    vault.withdraw(withdrawn())
    vault.withdraw(withdrawn("FORM.1"))
    assert vault.documents(OWNER).shown[0].state(TODAY) == "withdrawn"


def test_every_keeper_s_copy_is_flagged(vault):
    vault.store_result(structs.replace(processed(), keepers=(OWNER.holder, people.NEIGHBOUR.holder)))
    vault.withdraw(withdrawn())
    assert [vault.documents(who).shown[0].state(TODAY) for who in (OWNER, people.NEIGHBOUR)] == ["withdrawn"] * 2


def test_withdrawing_another_paper_changes_nothing(vault):
    vault.store_result(processed())
    vault.withdraw(withdrawn("FORM.1"))
    assert vault.documents(OWNER).shown[0].state(TODAY) == "valid"


def test_a_correction_s_result_replaces_the_wrong_one_in_the_same_write(vault, tables):
    vault.store_result(processed())
    vault.store_result(structs.replace(processed("Z-KQ1"), replaces=CODE))
    states = {each.id: (each.state(TODAY), each.replaced_by) for each in vault.documents(OWNER).shown}
    assert states == {CODE: ("replaced", "Z-KQ1"), "Z-KQ1": ("valid", None)}
    assert [paper["replaced_by"] for paper in paper_of(tables, "document.flagged")] == ["Z-KQ1"]
    vault.store_result(structs.replace(processed("Y-KQ1"), replaces=CODE))
    assert vault.documents(OWNER).shown[0].replaced_by == "Z-KQ1"


# --- the ledger, a page at a time ------------------------------------------------------------------------------------


@pytest.fixture
def long(vault, clock):
    """A ledger of seventy lines, and a document that came in before them."""
    vault.store_result(processed())
    for _ in range(70):
        clock.advance(minutes=1)
        vault.open(OWNER, CODE)
    return vault


def numbers(found):
    return [number for number, _ in found]


def test_a_stretch_has_the_lines_that_were_asked_for(long):
    owner = OWNER.holder
    assert numbers(stretch(owner, 0, 3)) == [1, 2, 3]
    assert numbers(stretch(owner, 68, 5)) == [69, 70]
    assert numbers(stretch(owner, 70, 5)) == []
    assert numbers(stretch(owner, 0, 3, newest=True)) == [70, 69, 68]
    assert numbers(stretch(owner, 3, 5, newest=True)) == [2, 1]
    assert numbers(stretch(owner, 1, 5, newest=True)) == []
    assert numbers(stretch(people.NEIGHBOUR.holder, 0, 5)) == []


@pytest.mark.parametrize("newest", [False, True], ids=["oldest first", "newest first"])
def test_pages_of_a_ledger_have_every_line_once(long, newest):
    first = long.ledger(OWNER, newest=newest)
    second = long.ledger(OWNER, first.following, newest=newest)
    assert (len(first.shown), len(second.shown), second.following) == (50, 21, None)
    whole = [line.at for line in (*first.shown, *second.shown)]
    assert whole == sorted(set(whole), reverse=newest)


@pytest.mark.parametrize("newest", [False, True], ids=["oldest first", "newest first"])
def test_a_log_full_of_other_things_is_read_some_stretches_a_page_and_every_line_is_on_one(
    vault, clock, monkeypatch, newest
):
    """Take-outs and flags stand in a vault's log, too, in any number: a page does not look through all of them."""
    for code in ("A-KQ1", "B-KQ1"):
        for n in range(40):
            clock.advance(minutes=1)
            told = TakeoutAsked(takeout=f"TO-{n}", owner=OWNER.holder)
            Change(fence.TABLE(), vault.vaults.head(OWNER.holder), clock()).tell(told).write()
        vault.store_result(processed(code))
        clock.advance(minutes=1)
        vault.open(OWNER, code)
    monkeypatch.setattr(listing, "PAGE", 3)
    looks, look = list[str](), record.stretch

    def counted(table, *given, **more):
        looks.append(table)
        return look(table, *given, **more)

    monkeypatch.setattr(record, "stretch", counted)
    seen, cursor, pages = [], "", list[int]()
    while cursor is not None:
        page = vault.ledger(OWNER, cursor, newest=newest)
        pages.append(looks.count(fence.TABLE()))
        looks.clear()
        seen, cursor = [*seen, *((line.said.act, line.said.document) for line in page.shown)], page.following
    wanted = [(act, code) for code in ("A-KQ1", "B-KQ1") for act in ("stored", "read")]
    assert seen == (wanted[::-1] if newest else wanted)
    assert (max(pages), len(pages) > 3) == (STRETCHES, True)


@pytest.mark.parametrize("change", ["changed", "gone", "last gone"])
def test_a_page_proves_its_lines_and_the_end_of_the_ledger(long, tables, change):
    kept, number = ledger_of(OWNER.holder), {"changed": 3, "gone": 3, "last gone": 70}[change]
    row = tables.get("Ledgers", kept, f"EVENT#{number:06d}")
    after = "" if number == 3 else long.ledger(OWNER).following
    whole = long.ledger(OWNER, after).shown
    if change == "changed":
        tables.put("Ledgers", {**row, "at": "2020-01-01T00:00:00.000+00:00"})
    else:
        aws.client("dynamodb").delete_item(TableName=NAMES["Ledgers"], Key=aws.packed({"pk": kept, "sk": row["sk"]}))
    page = long.ledger(OWNER, after)
    assert page.unreadable == [f"LEDGER#(hash)/{row['sk']}"]
    assert (len(page.shown), [line for line in page.shown if line not in whole]) == (len(whole) - 1, [])
