"""Two who read the same of a room's own item and both write: what the second read is not written over what came first.

As `test_two_writers.py`, for officers, subscriptions, the catalogue, vaults, figures and the audit.
"""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from chalicelib.audit import fence as notes
from chalicelib.audit.model import Anchor, Note
from chalicelib.audit.store import Table as Anchors
from chalicelib.catalogue.procedures import guided
from chalicelib.catalogue.procedures.guided import GuidedProcedure, OpenGuidance
from chalicelib.dossier import receipts
from chalicelib.identity.fence import State, account_open, active, switched
from chalicelib.identity.staff.model import Officer, OfficerHead, Roster
from chalicelib.identity.staff.ports import Administration, Kept
from chalicelib.identity.staff.store import RegisterTable
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.measures.model import Measured, Petitioned
from chalicelib.measures.rows import changed
from tests.fakes import people
from tests.fakes.clock import Clock
from tests.fakes.environment import SETTINGS

NOW = Clock()()
DAY, NEXT_DAY = "2026-11-25", "2026-11-26"
T1, T2, T3 = (stamp(NOW + timedelta(minutes=n)) for n in range(3))
AGENCY = people.OFFICE["id"]
pytestmark = pytest.mark.usefixtures("tables")


def is_written(**parts):
    try:
        aws.transact(parts)
    except aws.Lost:
        return False
    return True


# --- officers --------------------------------------------------------------------------------------------------------


def keep(*officers, before=None, after=None, now=NOW):
    """Officers of one change: an officer's name, with what differs from their record."""
    store, changes = RegisterTable(), []
    for name, fields in officers:
        head = store.head(AGENCY, name)
        known = head.officer or Officer(agency=AGENCY, officer=name)
        changes.append(Kept(head, replace(known, **fields), "changed" if head.version else "enrolled"))
    store.keep(changes, Administration(before or Roster(), after or Roster(), "operator"), now)


def holds(*numbers):
    found = [aws.get(SETTINGS["MOTCUA_IDENTITY_TABLE"], f"NUMBERS#{AGENCY}", each) for each in numbers]
    return [row and (row["officer"], row.get("left_on")) for row in found]


def test_a_number_is_one_officers_until_the_day_on_which_they_left():
    keep(("a", {"person": "p"}))
    with pytest.raises(aws.Lost):
        keep(("b", {"person": "p"}))
    keep(("a", {"left_on": NEXT_DAY}))
    with pytest.raises(aws.Lost):
        keep(("b", {"person": "p"}))
    assert holds("p") == [("a", NEXT_DAY)]
    keep(("b", {"person": "p"}), now=NOW + timedelta(days=1))
    assert holds("p") == [("b", None)], "the day on which a former one left is no end of another's"
    with pytest.raises(aws.Lost):
        keep(("c", {"person": "p"}), now=NOW + timedelta(days=9))


def test_the_day_on_which_a_number_is_free_begins_at_midnight_of_viet_nam():
    keep(("a", {"person": "p", "left_on": NEXT_DAY}))
    evening = Clock(f"{DAY}T23:59:59")()
    with pytest.raises(aws.Lost):
        keep(("b", {"person": "p"}), now=evening)
    keep(("b", {"person": "p"}), now=evening + timedelta(seconds=1))
    assert holds("p") == [("b", None)]


@pytest.mark.parametrize("begun", [0, 1])
def test_of_two_who_read_the_same_one_changes_who_administers(begun):
    """Each changes another officer, so that only what both read of the agency can tell them of each other."""
    for version in range(begun):
        keep(("z", {"position": "z"}), before=Roster(version=version), after=Roster(version=version + 1))
    read = Roster(version=begun)
    keep(("a", {"position": "a"}), before=read, after=Roster(version=begun + 1, kept_since=DAY))
    with pytest.raises(aws.Lost) as lost:
        keep(("b", {"position": "b"}), before=read, after=Roster(version=begun + 1, kept_since=NEXT_DAY))
    assert lost.value.parts == {"roster head"}
    assert RegisterTable().roster(AGENCY).kept_since == DAY
    assert RegisterTable().head(AGENCY, "b") == OfficerHead(pk=f"OFFICER#{AGENCY}#b")


# --- who may act -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("says", "holds_at"),
    [
        ({}, {T1: True, T2: True, T3: True}),
        ({"is_active": False}, {T1: False}),
        ({"version": 3}, {T1: False}),
        ({"version": 1}, {T1: False}),
        ({"opens": T2}, {T1: False, T2: True, T3: True}),
        ({"closes": T2}, {T1: True, T2: False, T3: False}),
    ],
)
def test_a_representation_holds_in_its_version_from_its_beginning_to_its_end(says, holds_at):
    aws.transact({"state": switched("R", State(**({"is_active": True, "version": 2, "opens": T1} | says)))})
    assert {at: is_written(check=active("R", 2, at)) for at in holds_at} == holds_at
    assert not is_written(check=active("other", 2, T1)), "nobody gave that one"


@pytest.mark.parametrize("said", ["locked", "suspended", "dissolved", "unlocked", None])
def test_an_account_is_shut_by_each_word_of_its_register_and_by_no_other(said):
    table = SETTINGS["MOTCUA_IDENTITY_TABLE"]
    if said:
        aws.transact({"said": aws.put(table, {"pk": "PERSON#o", "sk": "HEAD", "change": said})})
    assert is_written(check=account_open("o")) == (said in {"unlocked", None})


# --- the catalogue ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", [GuidedProcedure(), GuidedProcedure(changes=1)])
def test_of_two_who_open_guidance_on_one_procedure_neither_hides_the_others(before):
    for changes in range(before.changes):
        aws.transact({"begun": guided.changed("1.001193", GuidedProcedure(changes=changes), ())})
    ours, theirs = ((OpenGuidance(id=each, due=DAY),) for each in ("ours", "theirs"))
    assert is_written(open=guided.changed("1.001193", before, ours))
    assert not is_written(open=guided.changed("1.001193", before, theirs))
    assert guided.open_on("1.001193").open == ours


# --- payments --------------------------------------------------------------------------------------------------------


def test_a_number_of_a_payment_serves_one_payment():
    for key in (receipts.transaction_key("VN-77"), receipts.transaction_key("VN-78")):
        assert is_written(unused=receipts.unused(key))
        assert is_written(used=receipts.used(key, "MC-1", T1))
        assert not is_written(used=receipts.used(key, "MC-2", T2))
        assert not is_written(unused=receipts.unused(key))


# --- figures ---------------------------------------------------------------------------------------------------------


def filed(*petitions):
    return tuple(Petitioned(petition=each, kind="complaint", what="filed", at=T1) for each in petitions)


@pytest.mark.parametrize(
    ("was", "ours", "theirs"),
    [
        (Measured(number=1), Measured(number=2), Measured(number=2)),
        (Measured(number=1), Measured(number=1, petitions=filed("p")), Measured(number=1, petitions=filed("q"))),
        (Measured(number=1), Measured(number=1, petitions=filed("p")), Measured(number=2)),
        (Measured(petitions=filed("o")), Measured(number=1, petitions=filed("o")), Measured(petitions=filed("o", "q"))),
        (Measured(petitions=filed("o")), Measured(petitions=filed("o", "p")), Measured(petitions=filed("o", "q"))),
        (Measured(), Measured(number=1), Measured(petitions=filed("p"))),
    ],
)
def test_of_two_who_count_one_dossier_one_counts_by_its_log_and_by_its_petitions(was, ours, theirs):
    if was != Measured():
        aws.transact(changed(1, "MC-1", Measured(), was, {}))
    aws.transact(changed(1, "MC-1", was, ours, {}))
    with pytest.raises(aws.Lost) as lost:
        aws.transact(changed(1, "MC-1", was, theirs, {}))
    assert lost.value.parts == {"measured"}


# --- the audit -------------------------------------------------------------------------------------------------------


def test_a_record_that_grew_while_it_was_looked_at_is_looked_at_again():
    store = Anchors()
    anchor = Anchor(table="T", record="R", version=1, seq=2, chain="c", marks=(), anchored_on=DAY, due_on=NEXT_DAY)
    seen = Note(table="T", record="R", number=2, digest="d")
    for number, is_left in ((3, True), (2, False)):
        aws.updated(notes.noted("T", "R", number, "d"))
        store.settle(anchor, seen if number == 3 else replace(seen, number=3), [])
        found = [each for part in range(store.parts()) for each in store.notes(part)]
        assert bool(found) == is_left


def test_what_grew_in_one_batch_is_noted_once_and_another_batch_beside_it():
    first, second = [notes.Grew("R", 1, "d1")], [notes.Grew("R", 2, "d2")]
    assert [aws.updated(notes.noted_together("T", each)) is not None for each in (first, first, second)] == [
        True,
        False,
        True,
    ]
    store = Anchors()
    found = [each.number for part in range(store.parts()) for each in store.notes(part)]
    assert sorted(found) == [1, 2]
