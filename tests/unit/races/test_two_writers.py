"""Two who read the same and both write: one is kept, and the second finds out; what is told late changes nothing.

Each condition of a store is met here by both: without it the second write takes the first one's place, and no test that
lets one writer alone through would see that.
"""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from chalicelib.audit import fence as anchors
from chalicelib.audit.store import Table as Anchors
from chalicelib.catalogue.services.store import SnapshotFiles
from chalicelib.dossier import integrating, legs, notifying, synchronising
from chalicelib.dossier.integrated import PREFIX, DuePaper
from chalicelib.dossier.news import newer
from chalicelib.dossier.notified import DueNotice, Queued, Sending, notices_key, queued_name
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.measures import fence as measures
from chalicelib.measures.boards.model import BoardsBegun, BoardsMade
from chalicelib.measures.boards.store import BoardTable
from chalicelib.measures.model import Unit
from chalicelib.measures.rows import TABLE as MEASURES
from chalicelib.measures.store import Table as Measures
from chalicelib.sealing import table as sealing
from chalicelib.sealing.model import DayKey, Wrapped
from chalicelib.vault.store import Table as Vaults
from tests.fakes.clock import Clock
from tests.fakes.environment import SETTINGS

DOSSIERS = SETTINGS["MOTCUA_DOSSIERS_TABLE"]
REFERENCE = "MC-0123456789ABCDEF"
NOW = Clock()()
T1, T2, T3 = (stamp(NOW + timedelta(minutes=n)) for n in range(3))
pytestmark = pytest.mark.usefixtures("tables")


def lost(op):
    """Whether somebody else's write stands there now."""
    return aws.updated(op) is None


# --- dossiers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("order", "kept"), [((1, 2), 2), ((2, 1), 2), ((2, 2), 2), ((3, 1), 3)])
def test_of_what_is_told_out_of_order_the_newest_is_kept(order, kept):
    taken = [not lost(newer(("X#1", "NEWS"), {"said": f"{at}"}, at)) for at in order]
    assert taken == [True, order[1] > order[0]]
    assert aws.get(DOSSIERS, "X#1", "NEWS")["said"] == f"{kept}"


def test_a_leg_is_the_newest_attempts_and_the_same_execution_may_say_it_twice():
    assert legs.open_leg(REFERENCE, "a", "t1", "flow-1").execution == "flow-1"
    assert legs.open_leg(REFERENCE, "a", "t2", "flow-2").execution == "flow-2"
    assert legs.open_leg(REFERENCE, "a", "t2", "flow-2").token == "t2"
    assert legs.open_leg(REFERENCE, "a", "t1", "flow-1") is None, "an older attempt comes late"
    assert legs.open_leg(REFERENCE, "a", "t3", "other-2") is None, "another one of the same number"
    assert aws.get(DOSSIERS, REFERENCE, "LEG#a")["token"] == "t2"


def test_a_leg_starts_one_child_and_none_after_its_end():
    assert not lost(legs.starting(REFERENCE, "a", "MC-1", T1))
    assert lost(legs.starting(REFERENCE, "a", "MC-2", T2))
    aws.alone(aws.put(DOSSIERS, {"pk": REFERENCE, "sk": "LEG#b", "outcome": "skipped"}))
    assert lost(legs.starting(REFERENCE, "b", "MC-3", T1))


def test_what_a_leg_missed_is_noted_of_one_that_was_opened_and_its_return_once():
    assert lost(legs.missing(REFERENCE, "a", ["x"]))
    legs.open_leg(REFERENCE, "a", "t", "flow-1")
    assert not lost(legs.starting(REFERENCE, "a", "MC-1", T1))
    assert not lost(legs.missing(REFERENCE, "a", ["x"]))
    assert not lost(legs.returning(REFERENCE, "a", T1))
    assert lost(legs.returning(REFERENCE, "a", T2))
    assert aws.get(DOSSIERS, REFERENCE, "LEG#a")["returned_at"] == T1


def sending(**changes):
    return Sending(**({"number": 1, "event": "e", "told_at": T1, "channel": "email", "receiver": "holder"} | changes))


def queued():
    found = Queued(number=1, event="e", told_at=T1, due_at=T1)
    row = {"pk": notices_key(REFERENCE), "sk": queued_name(1), "shape": 1, "number": 1, "event": "e", "told_at": T1}
    aws.alone(aws.put(DOSSIERS, row | {"due_at": T1, "wl_pk": "L", "wl_sk": "1"}))
    return found


def test_a_notice_is_addressed_once_by_whichever_worker_comes_first():
    was = queued()
    assert notifying.addressed(REFERENCE, was, [sending()], NOW)
    assert not notifying.addressed(REFERENCE, was, [sending(channel="sms")], NOW)
    assert not notifying.addressed(REFERENCE, was, [], NOW)
    assert [each.channel for each in notifying.sendings(REFERENCE)] == ["email"]


def test_of_two_who_change_a_sending_one_is_kept():
    was = sending(due_at=T1)
    notifying.addressed(REFERENCE, queued(), [was], NOW)
    ours, theirs = (replace(was, version=2, why=each) for each in ("ours", "theirs"))
    assert notifying.kept(REFERENCE, was, ours)
    assert not notifying.kept(REFERENCE, was, theirs)
    assert notifying.sending(REFERENCE, was.name).why == "ours"


def test_what_somebody_went_on_with_is_not_put_off():
    row = {"pk": notices_key(REFERENCE), "sk": "N", "wl_pk": "L", "wl_sk": "1"}
    aws.alone(aws.put(DOSSIERS, row))
    notifying.put_off(DueNotice(pk=row["pk"], sk="N", wl_sk="0"), NOW)
    assert aws.get(DOSSIERS, row["pk"], "N") == row
    notifying.put_off(DueNotice(pk=row["pk"], sk="N", wl_sk="1"), NOW)
    assert aws.get(DOSSIERS, row["pk"], "N")["due_at"] == stamp(NOW)


def test_a_paper_that_somebody_went_on_with_is_not_put_off():
    row = {"pk": f"{PREFIX}1", "sk": "HEAD", "id": "1", "wl_sk": "1"}
    aws.alone(aws.put(DOSSIERS, row))
    for seen, is_put_off in (("0", False), ("1", True)):
        integrating.put_off(DuePaper(pk=f"{PREFIX}1", wl_sk=seen), timedelta(minutes=5), NOW)
        assert ("due_at" in aws.get(DOSSIERS, f"{PREFIX}1", "HEAD")) == is_put_off


def test_of_two_who_change_how_far_the_portal_was_told_one_is_kept():
    synchronising.note(REFERENCE, 1, NOW)
    was = synchronising.one(REFERENCE)
    assert synchronising.kept(REFERENCE, was, replace(was, told=1))
    assert not synchronising.kept(REFERENCE, was, replace(was, told=7))
    assert synchronising.one(REFERENCE).told == 1


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 3, 3)])
def test_the_newest_step_is_seen_in_whatever_order_they_come(order):
    for number in order:
        synchronising.note(REFERENCE, number, NOW)
    found = synchronising.one(REFERENCE)
    assert (found.seen, found.waits_since) == (3, stamp(NOW))


# --- keys ------------------------------------------------------------------------------------------------------------


def wrapped(number, blob):
    return Wrapped(number=number, day="2026-11-25", blob=blob, made_at=T1)


def test_a_dossier_has_the_key_of_whoever_came_first_and_none_after_it_was_erased():
    assert sealing.begin(REFERENCE, wrapped(1, "ours"))
    assert not sealing.begin(REFERENCE, wrapped(1, "theirs"))
    assert sealing.keys_of(REFERENCE).keys[0].blob == "ours"
    assert sealing.destroy(REFERENCE, T1)
    assert not sealing.destroy(REFERENCE, T2)
    assert not sealing.begin(REFERENCE, wrapped(1, "again"))
    assert (sealing.keys_of(REFERENCE).keys, sealing.keys_of(REFERENCE).erased_at) == ((), T1)


def test_keys_that_were_changed_meanwhile_or_erased_are_not_overwritten():
    sealing.begin(REFERENCE, wrapped(1, "a"))
    before = sealing.keys_of(REFERENCE)
    assert sealing.keep(REFERENCE, before, [*before.keys, wrapped(2, "b")])
    assert not sealing.keep(REFERENCE, before, [*before.keys, wrapped(2, "c")])
    assert [each.blob for each in sealing.keys_of(REFERENCE).keys] == ["a", "b"]
    last = sealing.keys_of(REFERENCE)
    sealing.destroy(REFERENCE, T1)
    assert not sealing.keep(REFERENCE, last, last.keys)
    assert sealing.keys_of(REFERENCE).keys == ()


def test_a_day_has_one_key_and_of_two_who_wrap_it_anew_one_is_kept():
    ours, theirs = (DayKey(blob=each, made_at=T1) for each in ("ours", "theirs"))
    assert (sealing.begin_day("2026-11-25", ours), sealing.begin_day("2026-11-25", theirs)) == (True, False)
    anew, other = (DayKey(blob=each, made_at=T2) for each in ("anew", "other"))
    assert sealing.keep_day("2026-11-25", ours, anew)
    assert not sealing.keep_day("2026-11-25", ours, other)
    assert sealing.day_key("2026-11-25").blob == "anew"


# --- chains ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [(1, 2), (2, 1), (2, 2)])
def test_the_latest_event_of_a_record_is_noted(order):
    taken = [not lost(anchors.noted("T", "R", number, f"{place}")) for place, number in enumerate(order)]
    assert taken == [True, order[1] > order[0]]


def test_a_part_of_a_sweep_is_one_runs_until_its_time_is_over():
    store, until = Anchors(), NOW + timedelta(minutes=5)
    assert store.take(3, NOW, until)
    assert not store.take(3, NOW + timedelta(minutes=4), until)
    assert not store.take(3, until, until + timedelta(minutes=5)), "to the end, included"
    assert store.take(4, NOW, until), "another part is free"
    assert store.take(3, until + timedelta(milliseconds=1), until + timedelta(minutes=5))
    store.leave(3, date(2026, 11, 25))
    assert store.take(3, NOW, until)


# --- figures ---------------------------------------------------------------------------------------------------------


def begun(as_of, reached=""):
    return BoardsBegun(unit="H01", as_of=as_of, generation=1, content=1, periods=("2026",), reached=reached)


def test_a_run_of_boards_that_began_later_is_not_set_back():
    boards = BoardTable()
    assert boards.begin(begun(T2))
    assert not boards.begin(begun(T1))
    assert not boards.begin(begun(T2))
    assert boards.reach(begun(T2), "H01.1")
    assert not boards.reach(begun(T2), "H01.9"), "another run went on from there"
    assert boards.reach(begun(T2, "H01.1"), "H01.2")
    assert boards.begun("H01").reached == "H01.2"
    assert boards.begin(begun(T3))
    assert not boards.reach(begun(T2, "H01.2"), "H01.3")


def test_what_was_made_later_stays():
    boards, made = BoardTable(), BoardsMade(unit="H01", as_of=T2, generation=1, content=1)
    assert [boards.mark(replace(made, as_of=at)) for at in (T2, T1, T2, T3)] == [True, False, False, True]
    assert boards.made("H01").as_of == T3


def test_an_agency_stands_where_the_newest_word_of_it_says():
    for number, name in ((2, "b"), (1, "a"), (2, "c")):
        measures.keep(Unit(id="H01.1", number=number, name=name))
    assert aws.get(MEASURES(), measures.UNITS, "H01.1")["name"] == "b"


def test_of_two_rebuilds_one_is_served():
    Measures().serve(1, 0)
    with pytest.raises(aws.Lost):
        Measures().serve(3, 0)
    Measures().serve(2, 1)


# --- the catalogue, vaults -------------------------------------------------------------------------------------------


def test_a_snapshot_points_to_the_newest_and_whoever_made_an_older_one_gets_that():
    store = SnapshotFiles()
    newest = store.keep("SERVICES", b"2", 2, T2)
    for at in (T1, T2):
        assert store.keep("SERVICES", b"1", 1, at) == newest
    assert store.pointer("SERVICES") == newest
    assert store.keep("SERVICES", b"3", 3, T3).count == store.pointer("SERVICES").count == 3


def test_numbers_that_an_owner_had_before_are_those_told_last_and_a_withdrawal_is_of_the_first_time():
    store = Vaults()
    for at, formers in ((T2, ("b",)), (T1, ("a",)), (T2, ("c",))):
        store.join("owner", formers, at)
    assert store.formers("owner") == ("b",)
    for at in (T2, T1):
        store.note_withdrawn("KQ1", at)
    assert store.withdrawn_at("KQ1") == T2
