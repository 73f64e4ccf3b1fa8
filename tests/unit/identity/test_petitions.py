"""Petitions and complaints: filed, forwarded, answered in the law's times, seen by whom they concern, told late."""

import json
from datetime import date, timedelta
from itertools import chain

import pytest
from msgspec import structs
from msgspec.structs import replace

from chalicelib.contracts.catalogue import AgencyPublished
from chalicelib.contracts.event import heard
from chalicelib.contracts.petitions import (
    PetitionAsked,
    PetitionClosed,
    PetitionDueSoon,
    PetitionErased,
    PetitionOverdue,
    PetitionPublished,
    PetitionRetracted,
    PetitionTakenUp,
    PetitionUnsupplied,
)
from chalicelib.contracts.stored import written
from chalicelib.dossier import offered
from chalicelib.identity import events, listed
from chalicelib.identity.joined import Alias, alias_key
from chalicelib.identity.listed import heads_of
from chalicelib.identity.petitions import model
from chalicelib.identity.petitions.erasing import ListedErasures, Restored, order_of
from chalicelib.identity.petitions.erasure import Erasing
from chalicelib.identity.petitions.filing import Filing, Filings
from chalicelib.identity.petitions.handling import Handling, desks_of
from chalicelib.identity.petitions.items import DuePetition, ErasureReason
from chalicelib.identity.petitions.model import complaint_term, erase_at, look_at, petition_terms, rules_of
from chalicelib.identity.petitions.noticed import notices_of
from chalicelib.identity.petitions.orders import Order, said_of, words_of
from chalicelib.identity.petitions.refusals import PetitionAskedBefore, PetitionAskTooLate, PetitionOver
from chalicelib.identity.petitions.retracting import ListedRetractions, PublicAgain
from chalicelib.identity.petitions.store import PetitionTable, due_list, head_of, partition, public_list
from chalicelib.identity.petitions.views import notice_list, petition_list
from chalicelib.identity.petitions.watching import Told, Watch
from chalicelib.identity.settings import TABLE
from chalicelib.kernel import aws, waiting
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import moment, said, stamp
from chalicelib.kernel.problem import BodyInvalid, KeyReused, NotFound
from chalicelib.law.packs import pack_on
from chalicelib.sealing import erasures, table
from chalicelib.sealing.door import ring
from chalicelib.sealing.erasures import Erasure
from tests.fakes import people
from tests.support.hall import hall
from tests.support.stores import _stores, tables

__all__ = ["_stores", "hall", "tables"]
HERE, THERE = people.OFFICE["id"], people.OTHER_OFFICE["id"]
WORDS = "Cán bộ hướng dẫn thiếu giấy tờ"
LEADER_THERE = people.officer("leader", agency=THERE)
SECOND = people.colleague(people.LEADER, "second", name="Vũ Thị Mận")
GRANTED = ErasureReason(ground="request", basis="Quyết định 12")
KINDS = ("petition", "petition", "complaint", "petition")


@pytest.fixture
def filings(hall):
    return Filings(PetitionTable(), hall.clock)


@pytest.fixture
def desk(hall):
    return Handling(PetitionTable(), hall.clock, ListedRetractions())


@pytest.fixture
def watch(hall):
    return Watch(PetitionTable(), hall.clock)


def run(watch):
    done = Told()
    watch.run(done)
    return (done.petitions_reminded, done.petitions_overdue, done.petitions_erased, done.petitions_failed)


def order(who, key="key-1", body=b"{}"):
    return Order(who, key, body)


def file(filings, kind="petition", about="rules", key="file", who=people.CITIZEN, agency=HERE, **more):
    filing = Filing(kind=kind, about=about, agency=agency, words=WORDS, **more)
    return filings.file(order(who, key, f"{filing}".encode()), filing)


def propose(hall, desk, head, *, who=people.LEADER, key="propose"):
    """Its person asks that their data be deleted, and an officer proposes that."""
    request = head.id.replace("PK-", "DR-")
    asked = {"holder": head.holder, "kind": "delete", "agency": HERE, "state": "asked", "asked_at": head.filed_at}
    hall.stores.put("Identity", {"pk": listed.data_request(request), "sk": "HEAD"} | asked)
    why = structs.replace(GRANTED, request=request)
    return Erasing(desk, ListedErasures()).propose(order(who, key), head.id, why)


def erase(hall, desk, head):
    """A second officer confirms it; once it was proposed it is proposed no more."""
    before = desk.petitions.head(head.id)
    given = before if before.proposal else propose(hall, desk, head)
    return Erasing(desk, ListedErasures()).decide(
        order(SECOND, "erase"), head.id, said(given.proposal.at), confirms=True
    )


def log_of(hall, head):
    return hall.stores.events("Identity", head.pk)


def told(hall, head, kind):
    return [heard(kind, row["data"]) for row in log_of(hall, head) if row["type"] == kind.type]


def day(text):
    return said(text)[:10]


def at(hall, text, **more):
    hall.clock.at((moment(text) + timedelta(**more)).isoformat())


# --- the times of the law ------------------------------------------------------------------------------------------


def test_a_petition_has_2_5_15_and_2_working_days(hall, filings, desk):
    """Filed on Wednesday 25 November 2026."""
    head = file(filings)
    assert day(head.filed_at) == "2026-11-25"
    assert (head.owes, day(head.due_at)) == ("take_up", "2026-11-27")
    hall.clock.advance(days=1)
    taken = desk.take_up(order(people.RECEPTION), head.id)
    assert (taken.owes, day(taken.due_at)) == ("answer", "2026-12-16"), "15 working days from when it came"
    done = desk.answer(order(people.LEADER), head.id, "Đã chấn chỉnh", "")
    assert (done.owes, day(done.due_at)) == ("publish", "2026-11-30"), "2 working days from the answer, over a weekend"
    shown = desk.publish(order(people.LEADER, "p"), head.id, "Thiếu hướng dẫn", "Đã niêm yết đủ")
    assert (shown.owes, shown.due_at, shown.public) == (None, None, True)


def test_a_complaint_is_accepted_in_7_working_days_and_settled_in_30_days_or_45(hall, filings, desk):
    head = file(filings, "complaint")
    assert (head.owes, day(head.due_at)) == ("take_up", "2026-12-04")
    taken = desk.take_up(order(people.LEADER), head.id)
    assert day(taken.due_at) == "2026-12-25"
    longer = desk.prolong(order(people.LEADER, "longer"), head.id, "Nhiều bên liên quan")
    assert day(longer.due_at) == "2027-01-11", "45 days end on a Saturday: the next working day"
    with pytest.raises(PetitionOver):
        desk.prolong(order(people.LEADER, "again"), head.id, "Nhiều bên liên quan")
    done = desk.answer(order(people.LEADER, "answer"), head.id, "Quyết định giải quyết", "Điều 31")
    assert (done.owes, done.is_open, done.due_at) == (None, False, None), "a decision on a complaint is not published"


def test_before_decree_155_a_complaint_was_accepted_in_10_days():
    before, since = pack_on(date(2026, 6, 30)).rules, pack_on(date(2026, 7, 1)).rules

    def terms(rules):
        return [(t.take_up, t.settle, t.complex, t.remote, t.remote_complex) for t in rules.value]

    assert terms(before.complaint_terms) == [
        ("10d", "30d", "45d", "45d", "60d"),
        ("10d", "45d", "60d", "60d", "70d"),
    ]
    assert terms(since.complaint_terms) == [
        ("7wd", "30d", "45d", "45d", "60d"),
        ("7wd", "45d", "60d", "60d", "70d"),
    ]


def test_no_rule_no_times(hall, filings):
    class Empty:
        petition_terms = complaint_terms = None

    with pytest.raises(LookupError):
        petition_terms(Empty)
    with pytest.raises(LookupError):
        complaint_term(file(filings, "complaint"), Empty)


def remember(hall, agency, **entry):
    one = {"id": agency, "name": "X", "level": "commune", "valid_from": "2020-01-01", **entry}
    told = heard(AgencyPublished, {"id": agency, "name": "X", "entries": [one]})
    hall.clock.advance(seconds=1)
    offered.remember_agency(told, stamp(hall.clock()))


def test_a_remote_area_has_longer_for_complaints(hall, filings, desk):
    remember(hall, HERE, areas=["mountain"])
    assert file(filings, "complaint", key="a").remote is False
    remember(hall, HERE, areas=["remote"])
    head = file(filings, "complaint")
    assert day(desk.take_up(order(people.LEADER), head.id).due_at) == "2027-01-11"
    assert day(desk.prolong(order(people.LEADER, "2"), head.id, "x").due_at) == "2027-01-25", "60 days, a Sunday"


def test_an_agency_that_there_is_not_any_more_gets_nothing(hall, filings, desk):
    head = file(filings)
    remember(hall, THERE, valid_to="2026-11-25")
    for agency in (THERE, "H99.99"):
        with pytest.raises(BodyInvalid):
            file(filings, key=agency, agency=agency)
        with pytest.raises(BodyInvalid):
            desk.forward(order(people.LEADER, agency), head.id, agency)


def test_what_was_asked_for_begins_the_time_anew_and_waits_meanwhile(hall, filings, desk, watch):
    head = file(filings)
    asked = desk.ask(order(people.RECEPTION), head.id, "Ngày nào?")
    assert (asked.state, asked.owes, asked.due_at, asked.is_open) == ("asked", None, None, True)
    assert [each.id for each in desk.owed(people.LEADER, "")[0]] == [head.id], "it stays on the list"
    hall.clock.advance(days=8)
    assert run(watch) == (0, 0, 0, 0)
    with pytest.raises(PetitionOver):
        desk.answer(order(people.LEADER, "early"), head.id, "x", "")
    with pytest.raises(NotFound):
        filings.supply(order(people.NEIGHBOUR), head.id, "x")
    back = filings.supply(order(people.CITIZEN, "s"), head.id, "Ngày 20")
    assert (back.owes, day(back.due_at)) == ("answer", "2026-12-24"), "15 working days from then"
    assert not back.is_late(hall.clock())
    with pytest.raises(PetitionOver):
        filings.supply(order(people.CITIZEN, "s2"), head.id, "Ngày 20")
    with pytest.raises(PetitionAskedBefore):
        desk.ask(order(people.LEADER, "again"), head.id, "x")


def test_a_question_that_nobody_answers_stops_the_clock_for_15_working_days_and_not_for_ever(
    hall, filings, desk, watch
):
    head = file(filings)
    asked = desk.ask(order(people.RECEPTION), head.id, "Ngày nào?")
    assert day(asked.asked_until) == "2026-12-16"
    at(hall, asked.asked_until, seconds=-1)
    assert run(watch) == (0, 0, 0, 0)
    at(hall, asked.asked_until, hours=3)
    assert [run(watch) for _ in range(2)] == [(0, 0, 0, 0)] * 2
    on = filings.read(people.CITIZEN, head.id)
    assert (on.state, on.owes, day(on.due_at)) == ("taken_up", "answer", "2027-01-07"), "from the end of the window"
    assert [each.due_at for each in told(hall, head, PetitionUnsupplied)] == [on.due_at]
    assert told(hall, head, PetitionTakenUp) == [], "nobody took it up"
    notice = filings.notices(people.CITIZEN, head.id)[-1]
    assert (notice.about, notice.handler, notice.due_at) == ("unsupplied", "", on.due_at)
    with pytest.raises(PetitionOver):
        filings.supply(order(people.CITIZEN, "s"), head.id, "Ngày 20")
    at(hall, on.due_at, seconds=1)
    assert run(watch) == (0, 1, 0, 0), "it is late as any other"
    done = desk.refuse(order(people.LEADER, "r"), head.id, "Thiếu thông tin", "Điều 10")
    at(hall, erase_at(done, rules_of(done, hall.clock())), seconds=1)
    assert run(watch) == (0, 0, 1, 0)


@pytest.mark.parametrize("step", ["take_up", "ask"])
@pytest.mark.parametrize("late", [False, True])
def test_a_petition_is_refused_in_2_working_days_also_after_it_was_taken_up(hall, filings, desk, step, late):
    head = file(filings)
    first = order(people.LEADER, "first")
    desk.ask(first, head.id, "x") if step == "ask" else desk.take_up(first, head.id)
    at(hall, head.due_at, seconds=1 if late else 0)
    done = desk.refuse(order(people.LEADER, "r"), head.id, "x", "y")
    assert done.missed == (("take_up",) if late else ())
    assert [each.is_late for each in told(hall, head, PetitionClosed)] == [late]


def test_a_complaint_is_refused_in_its_own_time(hall, filings, desk):
    head = file(filings, "complaint")
    desk.take_up(order(people.LEADER), head.id)
    at(hall, head.due_at, seconds=1)
    assert desk.refuse(order(people.LEADER, "r"), head.id, "x", "y").missed == ()


def test_what_is_late_already_is_not_prolonged_and_a_longer_term_is_watched_anew(hall, filings, desk, watch):
    head, late = file(filings, "complaint"), file(filings, "complaint", key="2")
    due, _ = (desk.take_up(order(people.LEADER, each.id), each.id).due_at for each in (head, late))
    at(hall, due)
    assert run(watch) == (2, 0, 0, 0)
    longer = desk.prolong(order(people.LEADER, "p"), head.id, "x")
    assert (longer.reminded, longer.told) == ((), ())
    at(hall, due, seconds=1)
    with pytest.raises(PetitionOver):
        desk.prolong(order(people.LEADER, "q"), late.id, "x")
    desk.refuse(order(people.LEADER, "r"), late.id, "x", "y")
    at(hall, longer.due_at, hours=-1)
    assert run(watch) == (1, 0, 0, 0), "reminded of the new time"
    at(hall, longer.due_at, seconds=1)
    assert run(watch) == (0, 1, 0, 0)


def test_what_nobody_publishes_is_erased_as_any_other(hall, filings, desk, watch):
    head = file(filings)
    done = desk.answer(order(people.LEADER), head.id, "x", "")
    at(hall, done.due_at, seconds=1)
    assert [run(watch) for _ in range(2)] == [(0, 1, 0, 0), (0, 0, 0, 0)]
    at(hall, erase_at(done, rules_of(done, hall.clock())), seconds=1)
    assert [run(watch) for _ in range(2)] == [(0, 0, 1, 0), (0, 0, 0, 0)]
    gone = filings.read(people.CITIZEN, head.id)
    assert (gone.sealed, gone.said, gone.owes, gone.is_open) == ("", None, None, False)
    assert desk.owed(people.LEADER, "")[0] == []


def test_late_publishing_keeps_no_words_longer(hall, filings, desk):
    head = file(filings)
    done = desk.answer(order(people.LEADER), head.id, "x", "")
    hall.clock.advance(days=300)
    shown = desk.publish(order(people.LEADER, "p"), head.id, "x", "y")
    rules = rules_of(shown, hall.clock())
    assert erase_at(shown, rules) == erase_at(done, rules)


def test_the_person_is_asked_within_5_working_days_alone_and_of_a_complaint_never(hall, filings, desk):
    head, late, complaint = file(filings), file(filings, key="b"), file(filings, "complaint", key="c")
    desk.take_up(order(people.LEADER), head.id)
    desk.take_up(order(people.LEADER), late.id)
    with pytest.raises(PetitionOver):
        desk.ask(order(people.LEADER, "c"), complaint.id, "x")
    at(hall, "2026-12-02T16:59:00.000+00:00")  # 23:59 of the fifth working day
    assert desk.ask(order(people.LEADER, "a"), head.id, "Ngày nào?").state == "asked"
    at(hall, "2026-12-02T17:00:00.000+00:00")
    with pytest.raises(PetitionAskTooLate):
        desk.ask(order(people.LEADER, "b"), late.id, "Ngày nào?")


# --- the way of one ------------------------------------------------------------------------------------------------


def test_one_goes_to_the_agency_that_is_competent_and_is_answered_there(hall, filings, desk):
    head = file(filings)
    assert words_of(head) == words_of(filings.read(people.CITIZEN, head.id))
    assert (words_of(head).name, words_of(head).words) == (people.CITIZEN.name, WORDS)
    hall.clock.advance(days=1)
    moved = desk.forward(order(people.RECEPTION), head.id, THERE)
    assert (moved.agency, moved.state, day(moved.due_at)) == (THERE, "received", "2026-11-30"), "its time begins there"
    assert [(each.agency, each.came_at) for each in moved.before] == [(HERE, head.came_at)]
    assert desk.forward(order(people.RECEPTION), head.id, THERE) == filings.read(people.CITIZEN, head.id)
    assert desk.owed(people.LEADER, "")[0] == []
    with pytest.raises(NotFound):
        desk.requested(people.LEADER, head.id)
    assert [each.id for each in desk.owed(LEADER_THERE, "")[0]] == [head.id]
    desk.take_up(order(LEADER_THERE), head.id)
    done = desk.answer(order(LEADER_THERE, "2"), head.id, "Đã chấn chỉnh", "Điều 5")
    assert (said_of(done, done.said).words, said_of(done, done.said).basis) == ("Đã chấn chỉnh", "Điều 5")
    ends = [(each.agency, each.end, each.is_late, each.to) for each in told(hall, head, PetitionClosed)]
    assert ends == [(HERE, "forwarded", False, THERE), (THERE, "answered", False, None)]
    assert hall.stores.unbroken("Identity", head.pk)
    stored = json.dumps([log_of(hall, head), hall.stores.partition("Identity", head.pk)], default=str)
    for word in (people.CITIZEN.name, people.CITIZEN.personal_id, WORDS, "chấn chỉnh"):
        assert word not in stored


def test_nothing_is_sent_to_oneself_nor_back_nor_once_it_is_taken_up(filings, desk):
    head = file(filings)
    with pytest.raises(BodyInvalid):
        desk.forward(order(people.LEADER), head.id, HERE)
    desk.forward(order(people.LEADER, "go"), head.id, THERE)
    with pytest.raises(BodyInvalid) as refused:
        desk.forward(order(LEADER_THERE), head.id, HERE)
    assert [each.rule for each in refused.value.fields] == ["not_back"]
    desk.take_up(order(LEADER_THERE, "up"), head.id)
    with pytest.raises(PetitionOver):
        desk.forward(order(LEADER_THERE, "2"), head.id, HERE)


def test_each_step_is_done_as_far_as_it_is(filings, desk):
    head, complaint = file(filings), file(filings, "complaint", key="c")
    with pytest.raises(PetitionOver):
        desk.answer(order(people.LEADER, "0"), complaint.id, "x", "")
    with pytest.raises(PetitionOver):
        desk.prolong(order(people.LEADER, "0"), complaint.id, "x")
    with pytest.raises(PetitionOver):
        desk.publish(order(people.LEADER, "0"), head.id, "x", "y")
    desk.take_up(order(people.LEADER, "1"), head.id)
    with pytest.raises(PetitionOver):
        desk.take_up(order(people.LEADER, "2"), head.id)
    with pytest.raises(PetitionOver):
        desk.prolong(order(people.LEADER, "3"), head.id, "x")
    refused = desk.refuse(order(people.LEADER, "4"), head.id, "Trùng nội dung", "Điều 10")
    assert (refused.state, refused.owes, refused.is_open) == ("refused", None, False)
    for act in (
        lambda: desk.answer(order(people.LEADER, "5"), head.id, "x", ""),
        lambda: desk.refuse(order(people.LEADER, "6"), head.id, "x", "y"),
        lambda: desk.ask(order(people.LEADER, "7"), head.id, "x"),
        lambda: desk.withhold(order(people.LEADER, "8"), head.id, "x"),
        lambda: filings.withdraw(order(people.CITIZEN, "9"), head.id),
    ):
        with pytest.raises(PetitionOver):
            act()


def test_who_filed_it_withdraws_it_while_it_is_open(hall, filings, desk):
    head = file(filings)
    with pytest.raises(NotFound):
        filings.withdraw(order(people.NEIGHBOUR), head.id)
    gone = filings.withdraw(order(people.CITIZEN), head.id)
    assert (gone.state, gone.is_open) == ("withdrawn", False)
    assert desk.owed(people.LEADER, "")[0] == []
    assert [each.end for each in told(hall, head, PetitionClosed)] == ["withdrawn"]


def test_a_second_complaint_follows_ones_own_first_that_ended_or_is_late(hall, filings, desk):
    first, other = file(filings, "complaint"), file(filings, "complaint", who=people.NEIGHBOUR, key="n")
    plain = file(filings, key="plain")
    desk.refuse(order(people.LEADER, "n"), other.id, "x", "y")
    desk.refuse(order(people.LEADER, "p"), plain.id, "x", "y")
    for earlier in (first.id, other.id, plain.id, "PK-0000000000000000"):
        with pytest.raises(BodyInvalid):
            file(filings, "complaint", key=f"2 {earlier}", earlier=earlier)
    desk.take_up(order(people.LEADER, "up"), first.id)
    at(hall, filings.read(people.CITIZEN, first.id).due_at)
    with pytest.raises(BodyInvalid):
        file(filings, "complaint", key="it runs", agency=THERE, earlier=first.id)
    hall.clock.advance(seconds=1)
    with pytest.raises(BodyInvalid) as refused:
        file(filings, "complaint", key="same", earlier=first.id)
    assert [(each.pointer, each.rule) for each in refused.value.fields] == [("/agency", "other_agency")]
    second = file(filings, "complaint", key="second", agency=THERE, earlier=first.id)
    assert second.instance == 2
    taken = desk.take_up(order(LEADER_THERE, "s"), second.id)
    assert moment(taken.due_at) - moment(taken.taken_up_at) > timedelta(days=44), "45 days"
    desk.refuse(order(LEADER_THERE, "t"), second.id, "x", "y")
    with pytest.raises(BodyInvalid):
        file(filings, "complaint", key="third", earlier=second.id)
    with pytest.raises(BodyInvalid):
        file(filings, "petition", key="no complaint", earlier=first.id)


def test_a_first_complaint_that_nobody_accepts_runs_for_both_terms(hall, filings):
    first = file(filings, "complaint")
    at(hall, first.due_at, days=29)
    with pytest.raises(BodyInvalid):
        file(filings, "complaint", key="2", agency=THERE, earlier=first.id)
    hall.clock.advance(days=5)
    assert file(filings, "complaint", key="3", agency=THERE, earlier=first.id).instance == 2


def test_the_same_request_again_changes_nothing_and_another_under_its_key_is_refused(filings, desk):
    head = file(filings)
    assert file(filings) == filings.read(people.CITIZEN, head.id)
    with pytest.raises(KeyReused):
        file(filings, "complaint")
    first = desk.take_up(order(people.LEADER), head.id)
    assert desk.take_up(order(people.LEADER), head.id).version == first.version + 1 == 2
    with pytest.raises(KeyReused):
        desk.take_up(order(people.LEADER, body=b"other"), head.id)


# --- whom it concerns ----------------------------------------------------------------------------------------------


def test_complaints_and_what_is_about_conduct_are_for_whoever_leads_alone(filings, desk):
    open_, conduct = file(filings, about="other"), file(filings, about="conduct", key="2")
    complaint = file(filings, "complaint", key="3")
    assert [each.id for each in desk.owed(people.RECEPTION, "")[0]] == [open_.id]
    assert {each.id for each in desk.owed(people.LEADER, "")[0]} == {open_.id, conduct.id, complaint.id}
    assert desk.requested(people.RECEPTION, open_.id).id == open_.id
    for head in (conduct, complaint):
        assert desk.requested(people.LEADER, head.id).id == head.id
        for act in (
            lambda head=head: desk.requested(people.RECEPTION, head.id),
            lambda head=head: desk.take_up(order(people.RECEPTION), head.id),
            lambda head=head: desk.forward(order(people.RECEPTION), head.id, THERE),
            lambda head=head: desk.ask(order(people.RECEPTION), head.id, "x"),
        ):
            with pytest.raises(NotFound):
                act()


def test_whose_it_is_not_sees_and_does_nothing(filings, desk):
    head = file(filings)
    for act in (
        lambda: desk.requested(LEADER_THERE, head.id),
        lambda: desk.take_up(order(LEADER_THERE), head.id),
        lambda: desk.forward(order(LEADER_THERE), head.id, THERE),
        lambda: desk.answer(order(LEADER_THERE), head.id, "x", ""),
        lambda: desk.refuse(order(LEADER_THERE), head.id, "x", "y"),
        lambda: filings.read(people.NEIGHBOUR, head.id),
        lambda: filings.read(people.CITIZEN, "PK-0000000000000000"),
        lambda: desk.requested(people.LEADER, "PK-0000000000000000"),
    ):
        with pytest.raises(NotFound):
            act()
    assert desk.owed(LEADER_THERE, "")[0] == []
    assert filings.mine(people.NEIGHBOUR, "")[0] == []


def test_a_list_says_nothing_of_what_moved_on_though_the_index_is_behind(filings, desk, monkeypatch):
    head = file(filings)
    page = aws.page(TABLE(), "listed", "list_pk", f"PETITIONED#{HERE}#open", limit=50)
    desk.forward(order(people.LEADER), head.id, THERE)
    monkeypatch.setattr(aws, "page", lambda *_, **__: page)
    assert desk.owed(people.LEADER, "")[0] == []


def test_what_is_late_is_a_list_and_whoever_stands_above_sees_it(hall, filings, desk):
    late = file(filings)
    hall.clock.advance(days=4)
    fresh = file(filings, key="2")
    assert [each.id for each in desk.owed(people.LEADER, "")[0]] == [late.id, fresh.id], "those due first"
    assert [each.id for each in desk.owed(people.LEADER, "", late=True)[0]] == [late.id]
    assert [each.id for each in desk.late_below(people.LEADER, HERE, "")[0]] == [late.id]
    above = people.officer("leader", agency="H01")
    with pytest.raises(NotFound):
        desk.late_below(above, HERE, "")
    remember(hall, HERE, parent="H01.10")
    remember(hall, "H01.10", parent="H01")
    assert [each.id for each in desk.late_below(above, HERE, "")[0]] == [late.id]
    with pytest.raises(NotFound):
        desk.late_below(LEADER_THERE, HERE, "")
    remember(hall, "H01.10", parent=HERE)
    with pytest.raises(NotFound):
        desk.late_below(above, HERE, "")


def test_whoever_had_another_number_has_those_of_both_the_newest_first(hall, filings):
    old, now = people.NEIGHBOUR, people.CITIZEN
    first = file(filings, who=old, key="first")
    hall.clock.advance(seconds=1)
    second = file(filings, who=now, key="second")
    with pytest.raises(NotFound):
        filings.read(now, first.id)
    alias = Alias(person=now.holder, hashes=(now.holder, old.holder), at="2026-11-25T03:00:00.000+00:00")
    for each in alias.hashes:
        pk, sk = alias_key(each)
        aws.transact({"alias": aws.put(TABLE(), {"pk": pk, "sk": sk, **written(alias)})})
    assert [each.id for each in filings.mine(now, "")[0]] == [second.id, first.id]
    assert filings.read(now, first.id).id == first.id


def read_on(read):
    """The petitions of each page, to the last."""
    pages, after = list[list[str]](), ""
    while after is not None:
        heads, after = read(after)
        pages.append([each.id for each in heads])
    return pages


def test_of_several_lists_the_one_that_ended_is_not_begun_again(filings, monkeypatch):
    short = file(filings, key="short").id
    long = {file(filings, key=f"k{n}", who=people.NEIGHBOUR, agency=THERE).id for n in range(3)}
    monkeypatch.setattr(listed, "PAGE", 2)
    numbers, agencies = [people.CITIZEN.holder, people.NEIGHBOUR.holder], [HERE, THERE]
    desks = desks_of(people.LEADER)
    for read in (
        lambda after: filings.petitions.mine(numbers, after),
        lambda after: filings.petitions.owed(agencies, desks, after),
    ):
        first, second = read_on(read)
        assert short in first
        assert (len(first), len(second)) == (3, 1)
        assert {*first, *second} == {short, *long}


def test_pages_go_on_where_they_ended(filings, desk, monkeypatch):
    made = {file(filings, key=f"k{n}").id for n in range(5)}
    monkeypatch.setattr(listed, "PAGE", 2)
    for read in (lambda after: desk.owed(people.LEADER, after), lambda after: filings.mine(people.CITIZEN, after)):
        pages = read_on(read)
        assert sorted(chain(*pages)) == sorted(made)
        assert [len(page) for page in pages] == [2, 2, 1]
    monkeypatch.setattr(aws, "MOST_AT_ONCE", 2)
    twice = [partition(each) for each in (*sorted(made), min(made))]
    assert [each.id for each in heads_of(twice, head_of)] == sorted(made)


# --- published -----------------------------------------------------------------------------------------------------


def test_everybody_reads_what_the_agency_publishes_and_nothing_else(hall, filings, desk):
    ids = []
    for number in range(3):
        head = file(filings, key=f"k{number}")
        desk.answer(order(people.LEADER, f"a{number}"), head.id, "Đã trả lời riêng", "")
        ids.append(head.id)
        hall.clock.advance(seconds=1)
    for number in (0, 1):
        desk.publish(order(people.LEADER, f"p{number}"), ids[number], f"Câu hỏi {number}", "Trả lời chung")
        hall.clock.advance(seconds=1)
    kept = desk.withhold(order(people.LEADER, "w"), ids[2], "Lộ danh tính người gửi")
    assert (kept.public, said_of(kept, kept.withheld).words) == (False, "Lộ danh tính người gửi")
    shown, following = filings.published(HERE, "")
    assert ([each.question for each in shown], following) == (["Câu hỏi 1", "Câu hỏi 0"], None)
    text = repr(shown)
    assert not any(word in text for word in (*ids, WORDS, people.CITIZEN.name, "riêng", people.CITIZEN.holder))
    assert filings.published(THERE, "")[0] == []
    assert [each.is_public for each in told(hall, filings.read(people.CITIZEN, ids[2]), PetitionPublished)] == [False]
    with pytest.raises(PetitionOver):
        desk.publish(order(people.LEADER, "x"), ids[2], "x", "y")


# --- the clock -----------------------------------------------------------------------------------------------------


def test_what_is_due_soon_and_what_passed_is_told_once_for_each_step(hall, filings, desk, watch):
    head = file(filings)
    assert run(watch) == (0, 0, 0, 0)
    at(hall, head.due_at, hours=-25)
    assert run(watch) == (0, 0, 0, 0)
    at(hall, head.due_at, hours=-23)
    assert [run(watch) for _ in range(2)] == [(1, 0, 0, 0), (0, 0, 0, 0)]
    at(hall, head.due_at, seconds=1)
    assert [run(watch) for _ in range(2)] == [(0, 1, 0, 0), (0, 0, 0, 0)]
    taken = desk.take_up(order(people.LEADER), head.id)
    assert taken.missed == ("take_up",)
    assert (taken.is_past(hall.clock()), taken.is_late(hall.clock())) == (False, True), "late stays late"
    assert [each.is_late for each in told(hall, head, PetitionTakenUp)] == [True]
    at(hall, taken.due_at, seconds=1)
    assert [run(watch) for _ in range(2)] == [(0, 1, 0, 0), (0, 0, 0, 0)], "a run that is late reminds no more"
    assert [each.owes for each in told(hall, head, PetitionOverdue)] == ["take_up", "answer"]
    assert [each.owes for each in told(hall, head, PetitionDueSoon)] == ["take_up"]
    done = desk.answer(order(people.LEADER, "2"), head.id, "x", "")
    assert done.missed == ("take_up", "answer")
    assert [each.is_late for each in told(hall, head, PetitionClosed)] == [True]


@pytest.mark.parametrize("late", [False, True])
def test_what_was_late_stays_late_of_the_agency_that_was_and_of_no_other(hall, filings, desk, late):
    head = file(filings)
    at(hall, head.due_at, seconds=1 if late else 0)
    assert head.is_late(hall.clock()) is late
    moved = desk.forward(order(people.LEADER), head.id, THERE)
    assert (moved.missed, moved.is_late(hall.clock())) == ((), False)
    desk.answer(order(LEADER_THERE, "2"), head.id, "x", "")
    assert [(each.agency, each.is_late) for each in told(hall, head, PetitionClosed)] == [(HERE, late), (THERE, False)]


def test_what_the_clock_noted_against_one_agency_does_not_count_against_the_one_to_which_it_went(
    hall, filings, desk, watch
):
    head = file(filings)
    at(hall, head.due_at, seconds=1)
    assert run(watch) == (0, 1, 0, 0)
    assert filings.petitions.head(head.id).missed == ("take_up",)
    moved = desk.forward(order(people.LEADER), head.id, THERE)
    assert (moved.missed, moved.told, moved.is_late(hall.clock())) == ((), (), False)
    done = desk.answer(order(LEADER_THERE, "2"), head.id, "x", "")
    assert (done.missed, done.is_late(hall.clock())) == ((), False)
    assert [(each.agency, each.is_late) for each in told(hall, head, PetitionClosed)] == [(HERE, True), (THERE, False)]


def counts(hall, head):
    """As what each event counted, in the order of the log."""
    kinds = {each.type: each for each in (PetitionOverdue, PetitionClosed, PetitionPublished, PetitionErased)}
    rows = [row for row in log_of(hall, head) if row["type"] in kinds]
    return [heard(kinds[row["type"]], row["data"]).counts for row in rows]


def test_one_counts_as_late_once_as_long_as_an_agency_has_it(hall, filings, desk, watch):
    head = file(filings)
    at(hall, head.due_at, seconds=1)
    run(watch)
    at(hall, desk.take_up(order(people.LEADER), head.id).due_at, seconds=1)
    run(watch)
    assert counts(hall, head) == ["late", "nothing"], "also when nobody ever answers"
    done = desk.answer(order(people.LEADER, "a"), head.id, "x", "")
    at(hall, done.due_at, seconds=1)
    run(watch)
    desk.publish(order(people.LEADER, "p"), head.id, "x", "y")
    assert counts(hall, head) == ["late", "nothing", "nothing", "nothing", "nothing"]


@pytest.mark.parametrize(("late", "told"), [((), ["nothing", "on_time"]), (("a",), ["late", "nothing"])])
def test_an_answer_is_on_time_when_it_was_published_too(hall, filings, desk, late, told):
    head = file(filings)
    at(hall, head.due_at, seconds=1 if "a" in late else 0)
    desk.answer(order(people.LEADER, "a"), head.id, "x", "")
    desk.withhold(order(people.LEADER, "p"), head.id, "x")
    assert counts(hall, head) == told


@pytest.mark.parametrize(("looks", "told"), [(True, ["nothing", "late", "nothing"]), (False, ["nothing", "late"])])
def test_what_is_published_late_is_late(hall, filings, desk, watch, looks, told):
    head = file(filings)
    done = desk.answer(order(people.LEADER, "a"), head.id, "x", "")
    at(hall, done.due_at, seconds=1)
    if looks:
        run(watch)
    desk.publish(order(people.LEADER, "p"), head.id, "x", "y")
    assert counts(hall, head) == told


def test_what_went_on_or_was_refused_counts_at_once_and_what_was_withdrawn_never(hall, filings, desk, watch):
    moved, refused, settled, gone = (file(filings, kind, key=kind + str(n)) for n, kind in enumerate(KINDS))
    desk.forward(order(people.LEADER, "f"), moved.id, THERE)
    desk.refuse(order(people.LEADER, "r"), refused.id, "x", "y")
    desk.take_up(order(people.LEADER, "t"), settled.id)
    desk.answer(order(people.LEADER, "a"), settled.id, "x", "")
    hall.clock.advance(days=9)
    filings.withdraw(order(people.CITIZEN, "w"), gone.id)
    assert [counts(hall, each) for each in (moved, refused, settled, gone)] == [["on_time"]] * 3 + [["nothing"]]
    run(watch)
    assert counts(hall, moved) == ["on_time", "late"], "the agency that has it now is late by itself"


def test_one_that_cannot_be_looked_at_holds_back_no_other(hall, filings, watch, monkeypatch):
    first, second = file(filings), file(filings, key="2")
    hall.clock.advance(days=4)
    head = PetitionTable.head
    monkeypatch.setattr(PetitionTable, "head", lambda self, name: 1 / 0 if name == first.id else head(self, name))
    assert run(watch) == (0, 1, 0, 1)
    assert told(hall, second, PetitionOverdue)


def test_words_go_24_months_after_the_end_and_the_rest_stays(hall, filings, desk, watch):
    head = file(filings)
    desk.ask(order(people.LEADER, "a"), head.id, "Ngày nào?")
    filings.supply(order(people.CITIZEN, "s"), head.id, "Ngày 20")
    desk.answer(order(people.LEADER), head.id, "Đã trả lời", "")
    done = desk.withhold(order(people.LEADER, "w"), head.id, "Riêng tư")
    at_ = erase_at(done, rules_of(done, hall.clock()))
    assert said(at_)[:7] == "2028-11"
    at(hall, at_, seconds=-1)
    assert run(watch) == (0, 0, 0, 0)
    at(hall, at_, seconds=1)
    assert [run(watch) for _ in range(2)] == [(0, 0, 1, 0), (0, 0, 0, 0)]
    gone = filings.read(people.CITIZEN, head.id)
    assert (gone.sealed, gone.question, gone.supplied, gone.said, gone.withheld) == ("", None, None, None, None)
    assert (gone.state, gone.agency, bool(gone.erased_at), words_of(gone).words) == ("answered", HERE, True, "")
    assert len(told(hall, head, PetitionErased)) == 1
    assert look_at(gone, rules_of(gone, hall.clock())) is None
    assert hall.stores.unbroken("Identity", head.pk)


def test_an_agency_erases_the_words_of_what_ended_once_and_of_nothing_else(hall, filings, desk, watch):
    head, answered = file(filings), file(filings, key="2")
    with pytest.raises(PetitionOver):
        propose(hall, desk, head)
    desk.answer(order(people.LEADER, "a"), answered.id, "x", "")
    with pytest.raises(PetitionOver):
        propose(hall, desk, answered)
    desk.refuse(order(people.LEADER, "r"), head.id, "x", "y")
    gone = erase(hall, desk, head)
    assert (gone.sealed, gone.said, gone.state, bool(gone.erased_at)) == ("", None, "refused", True)
    assert len(told(hall, head, PetitionErased)) == 1
    with pytest.raises(PetitionOver):
        propose(hall, desk, head, key="again")
    with pytest.raises(NotFound):
        propose(hall, desk, head, who=LEADER_THERE, key="there")
    hall.clock.advance(days=800)
    assert run(watch)[2] == 0


def test_a_round_ends_while_there_is_time_and_the_next_goes_on(hall, filings, watch):
    head = file(filings)
    hall.clock.advance(days=4)
    with waiting.within(Left(4)):
        assert run(watch) == (0, 0, 0, 0)
    with waiting.within(Left(60)):
        assert run(watch) == (0, 1, 0, 0)
    assert told(hall, head, PetitionOverdue)


class Left:
    """So many seconds are left, as Lambda says it."""

    def __init__(self, seconds):
        self.seconds = seconds

    def get_remaining_time_in_millis(self):
        return self.seconds * 1000


def test_requests_leave_half_of_the_time_to_petitions(monkeypatch, hall):
    seen = []
    service = "chalicelib.identity.requests.service.DataRequests.watch"
    monkeypatch.setattr(service, lambda _self, _done, leave: seen.append(leave))
    for context in (Left(102), None):
        events.identity_watch_requests({}, context)
    assert 45 < seen[0] <= 50
    assert seen[1] == 0


def test_one_whose_key_went_breaks_no_list(hall, filings, desk):
    head, other = file(filings), file(filings, key="2")
    desk.refuse(order(people.LEADER, "r"), head.id, "Trùng nội dung", "Điều 10")
    table.destroy(head.id, stamp(hall.clock()))
    ring().forget(head.id)
    shown = petition_list(*filings.mine(people.CITIZEN, "")).petitions
    assert {each.id: (each.name, each.words, each.answer) for each in shown} == {
        head.id: (None, None, None),
        other.id: (people.CITIZEN.name, WORDS, None),
    }


def test_what_breaks_one_list_of_the_clock_stops_not_the_other(hall, filings, monkeypatch):
    head = file(filings)
    hall.clock.advance(days=4)
    for subject in ("petitions", "requests"):
        monkeypatch.setattr(f"chalicelib.identity.{subject}.wiring.utc_now", hall.clock)
    monkeypatch.setattr("chalicelib.identity.requests.service.DataRequests.watch", lambda *_: 1 / 0)
    with pytest.raises(ExceptionGroup):
        events.identity_watch_requests({}, None)
    assert told(hall, head, PetitionOverdue)


def test_lists_are_those_of_the_roles():
    assert desks_of(people.LEADER) == ("led", "open")
    assert desks_of(people.RECEPTION) == ("open",)


# --- a public answer that is taken back ----------------------------------------------------------------------------


def published(filings, desk, key="1"):
    head = file(filings, key=f"file-{key}")
    desk.answer(order(people.LEADER, f"answer-{key}"), head.id, "Đã chấn chỉnh", "")
    return desk.publish(order(people.LEADER, f"publish-{key}"), head.id, f"Hỏi {key}", f"Đáp {key}")


def shown(filings):
    return [each.question for each in filings.published(HERE, "")[0]]


def test_a_public_answer_is_taken_back_and_the_log_keeps_who_and_on_which_ground(hall, filings, desk):
    first, second = published(filings, desk), published(filings, desk, "2")
    back = desk.retract(order(people.LEADER, "back"), first.id, "shows_person", "Có tên người gửi")
    assert shown(filings) == ["Hỏi 2"]
    assert (back.public, said_of(back, back.retracted).words) == (False, "Có tên người gửi")
    assert desk.retract(order(people.LEADER, "back"), first.id, "shows_person", "Có tên người gửi").keys == back.keys
    with pytest.raises(PetitionOver):
        desk.retract(order(people.LEADER, "again"), first.id, "wrong", "Sai")
    (event,) = told(hall, back, PetitionRetracted)  # the same request again is one
    assert (event.ground, event.agency, event.by) == ("shows_person", HERE, HERE)
    assert log_of(hall, back)[-1]["actor"]
    assert "người gửi" not in json.dumps(hall.stores.everything("Identity"), default=str, ensure_ascii=False)
    assert back.owes is None
    assert desk.requested(people.LEADER, second.id).public


def test_what_was_erased_is_taken_back_without_words(hall, filings, desk):
    head = published(filings, desk)
    erase(hall, desk, head)
    back = desk.retract(order(people.LEADER, "back"), head.id, "outdated", "Quy định đã đổi")
    assert (shown(filings), back.retracted, back.public) == ([], None, False)


def test_an_agency_above_takes_it_back_and_no_other_does(hall, filings, desk):
    head = published(filings, desk)
    with pytest.raises(NotFound):
        desk.retract(order(LEADER_THERE, "back"), head.id, "wrong", "Sai")
    above = people.officer("leader", agency="H01")
    remember(hall, HERE, parent="H01")
    desk.retract(order(above, "back"), head.id, "wrong", "Sai")
    assert shown(filings) == []
    (event,) = told(hall, head, PetitionRetracted)
    assert (event.agency, event.by) == (HERE, "H01")
    *_, shown_by, back_by = filings.notices(people.CITIZEN, head.id)
    assert (shown_by.agency, back_by.about, back_by.agency) == (HERE, "retracted", "H01"), "told as whose act it was"


def test_what_is_not_public_has_nothing_to_take_back(filings, desk):
    head = file(filings)
    with pytest.raises(NotFound):
        desk.retract(order(people.LEADER), head.id, "wrong", "Sai")


# --- a restore of tables -------------------------------------------------------------------------------------------


def restored(hall, pk, rows):
    """All that stands under a partition is what stood there once."""
    for row in hall.stores.partition("Identity", pk):
        aws.alone(aws.delete(TABLE(), (pk, row["sk"])))
    hall.stores.put("Identity", *rows)


@pytest.mark.parametrize("open_again", [False, True])
def test_what_an_agency_erased_is_erased_again_when_tables_are_restored(hall, filings, desk, open_again):
    head = file(filings)
    was = [hall.stores.partition("Identity", head.pk)]
    desk.refuse(order(people.LEADER, "refuse"), head.id, "Trùng nội dung", "Điều 10")
    was.append(hall.stores.partition("Identity", head.pk))
    erase(hall, desk, head)
    again = Restored(PetitionTable(), ListedErasures(), hall.clock)
    assert list(again.apply()) == [], "nothing to do before a restore"
    restored(hall, head.pk, was[0 if open_again else 1])
    assert words_of(filings.petitions.head(head.id)).words == WORDS
    assert list(again.apply()) == [head.id]
    after = filings.petitions.head(head.id)
    assert (after.sealed, bool(after.erased_at), after.is_open) == ("", True, False)
    assert after.state == ("withdrawn" if open_again else "refused")
    kinds = [row.type for row in filings.petitions.log(after)]
    ended = [each.end for each in told(hall, after, PetitionClosed)]
    assert (kinds[-2:], ended) == (
        [PetitionClosed.type, PetitionErased.type],
        ["withdrawn" if open_again else "refused"],
    )
    assert list(again.apply()) == [], "once"


def back_as_unpublished(hall, filings, desk, late):
    """One that was answered in time, published in time or late, and erased; then tables are of before it was public."""
    head = file(filings)
    answered = desk.answer(order(people.LEADER, "a"), head.id, "Đã chấn chỉnh", "")
    was = hall.stores.partition("Identity", head.pk)
    at(hall, answered.due_at, seconds=1 if late else 0)
    desk.publish(order(people.LEADER, "p"), head.id, "Hỏi", "Đáp")
    at(hall, answered.due_at, days=20)
    erase(hall, desk, head)
    assert counts(hall, head) == ["nothing", "late" if late else "on_time", "nothing"]
    restored(hall, head.pk, was)
    assert filings.petitions.head(head.id).owes == "publish"
    return answered


@pytest.mark.parametrize("late", [False, True])
def test_what_a_restore_brings_back_as_unpublished_counts_as_it_did(hall, filings, desk, late):
    """Its log ends with the erasure: nothing after it says whether its agency was in time."""
    answered = back_as_unpublished(hall, filings, desk, late)
    assert list(Restored(PetitionTable(), ListedErasures(), hall.clock).apply()) == [answered.id]
    assert counts(hall, answered) == ["nothing", "late" if late else "on_time"]
    (gone,) = told(hall, answered, PetitionErased)
    assert (gone.kind, gone.about) == (answered.kind, answered.about)
    assert gone.at == (answered.due_at if late else answered.ended_at), "in the month of then, and not of the restore"
    after = filings.petitions.head(answered.id)
    assert (after.missed, after.owes, after.is_late(hall.clock())) == (("publish",) if late else (), None, late)


def test_an_order_that_does_not_say_it_counts_what_the_record_says(hall, filings, desk):
    """Orders of releases that did not say it: the answer was in time, and it was published before it was erased."""
    head = file(filings)
    desk.answer(order(people.LEADER, "a"), head.id, "Đã chấn chỉnh", "")
    erasures.put(f"erasures/{head.id}.json", Erasure(reference=head.id, reason="x", basis="", by="x", at=head.filed_at))
    hall.clock.advance(days=40)
    assert list(Restored(PetitionTable(), ListedErasures(), hall.clock).apply()) == [head.id]
    assert counts(hall, head) == ["nothing", "on_time"]


def test_what_counted_before_it_was_restored_counts_no_more(hall, filings, desk, watch):
    """An answer that was late, a publication of which the clock told that it was, and a refusal."""
    answered, told_of, refused = (file(filings, key=each) for each in "123")
    desk.refuse(order(people.LEADER, "r"), refused.id, "Trùng nội dung", "Điều 10")
    done = desk.answer(order(people.LEADER, "in time"), told_of.id, "x", "")
    at(hall, done.due_at, seconds=1)
    run(watch)
    desk.answer(order(people.LEADER, "late"), answered.id, "x", "")
    for each in (answered, told_of, refused):
        ListedErasures().enter(order_of(filings.petitions.head(each.id), GRANTED, "x", hall.clock()))
    assert len(list(Restored(PetitionTable(), ListedErasures(), hall.clock).apply())) == 3
    assert counts(hall, answered) == ["late", "nothing", "nothing"]
    assert counts(hall, told_of) == ["nothing", "late", "nothing"]
    assert counts(hall, refused) == ["on_time", "nothing"]
    missed = [filings.petitions.head(each.id).missed for each in (answered, told_of, refused)]
    assert missed == [("take_up",), ("publish",), ()], "as the record had it"


def test_what_a_restore_brings_back_without_an_answer_was_late_with_no_publication(hall, filings, desk):
    """Its order says that it was late, of what is lost: it ends as withdrawn, and counts nothing."""
    head = file(filings)
    desk.ask(order(people.RECEPTION, "q"), head.id, "Ngày nào?")
    was = hall.stores.partition("Identity", head.pk)
    filings.supply(order(people.CITIZEN, "s"), head.id, "Ngày 20")
    at(hall, desk.answer(order(people.LEADER, "a"), head.id, "x", "").due_at, seconds=1)
    desk.withhold(order(people.LEADER, "w"), head.id, "x")
    erase(hall, desk, head)
    restored(hall, head.pk, was)
    assert list(Restored(PetitionTable(), ListedErasures(), hall.clock).apply()) == [head.id]
    assert counts(hall, head) == ["nothing", "nothing"]
    assert filings.petitions.head(head.id).missed == ()


def test_an_order_about_a_petition_that_a_restore_did_not_bring_back_does_nothing(hall, filings, desk):
    head = file(filings)
    desk.refuse(order(people.LEADER, "refuse"), head.id, "Trùng nội dung", "Điều 10")
    erase(hall, desk, head)
    restored(hall, head.pk, ())
    assert list(Restored(PetitionTable(), ListedErasures(), hall.clock).apply()) == []
    assert hall.stores.partition("Identity", head.pk) == []


@pytest.mark.parametrize("erased", [False, True])
def test_what_was_taken_back_is_so_again_when_tables_are_restored(hall, filings, desk, erased):
    head, public = published(filings, desk), public_list(HERE)
    if erased:
        erase(hall, desk, head)
    was = {pk: hall.stores.partition("Identity", pk) for pk in (head.pk, public)}
    hall.clock.advance(hours=1)
    back = desk.retract(order(people.LEADER, "back"), head.id, "shows_person", "Có tên người gửi")
    again = PublicAgain(PetitionTable(), ListedRetractions(), hall.clock)
    assert list(again.apply()) == [], "nothing to do before a restore"
    for pk, rows in was.items():
        restored(hall, pk, rows)
    assert shown(filings) == ["Hỏi 1"], "the restore made it public"
    hall.clock.advance(hours=1)
    assert list(again.apply()) == [head.id]
    after = filings.petitions.head(head.id)
    assert (shown(filings), after.public, after.retracted_at) == ([], False, back.retracted_at)
    (event,) = told(hall, after, PetitionRetracted)
    assert (event.ground, event.by) == ("shows_person", HERE)
    assert list(again.apply()) == [], "once"


def test_what_was_taken_back_in_the_moment_of_its_publication_is_so_again(hall, filings, desk):
    head, public = published(filings, desk), public_list(HERE)
    was = {pk: hall.stores.partition("Identity", pk) for pk in (head.pk, public)}
    back = desk.retract(order(people.LEADER, "back"), head.id, "wrong", "Sai")
    assert back.retracted_at == back.published_at
    for pk, rows in was.items():
        restored(hall, pk, rows)
    assert list(PublicAgain(PetitionTable(), ListedRetractions(), hall.clock).apply()) == [head.id]


def test_what_is_published_after_a_restore_is_another_answer(hall, filings, desk):
    head = file(filings)
    desk.answer(order(people.LEADER, "answer"), head.id, "Đã chấn chỉnh", "")
    was = hall.stores.partition("Identity", head.pk)
    desk.publish(order(people.LEADER, "first"), head.id, "Hỏi", "Đáp")
    hall.clock.advance(hours=1)
    desk.retract(order(people.LEADER, "back"), head.id, "wrong", "Sai")
    restored(hall, head.pk, was)
    hall.clock.advance(hours=1)
    desk.publish(order(people.LEADER, "again"), head.id, "Hỏi", "Đáp")
    assert list(PublicAgain(PetitionTable(), ListedRetractions(), hall.clock).apply()) == []
    assert filings.petitions.head(head.id).public


def test_taking_back_is_on_the_list_before_the_record_says_so(hall, filings, desk, monkeypatch):
    head = published(filings, desk)

    def dies(*_, **__):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(PetitionTable, "write", dies)
        with pytest.raises(RuntimeError):
            desk.retract(order(people.LEADER, "back"), head.id, "shows_person", "Có tên người gửi")
    (one,) = ListedRetractions().listed()
    assert (one.petition, one.ground, one.agency) == (head.id, "shows_person", HERE)
    assert people.LEADER.subject not in one.by
    assert list(ListedErasures().listed()) == [], "no key of it goes"
    hall.clock.advance(hours=1)
    back = desk.retract(order(people.LEADER, "back"), head.id, "shows_person", "Có tên người gửi")
    assert [each.at for each in ListedRetractions().listed()] == [back.retracted_at], "the later one counts"


def test_the_order_stands_before_the_record_says_so(hall, filings, desk, monkeypatch):
    head = file(filings)
    desk.refuse(order(people.LEADER, "refuse"), head.id, "Trùng nội dung", "Điều 10")

    propose(hall, desk, head)

    def dies(*_, **__):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(PetitionTable, "write", dies)
        with pytest.raises(RuntimeError):
            erase(hall, desk, head)
    (one,) = ListedErasures().listed()
    assert (one.reference, one.basis) == (head.id, "Quyết định 12")
    assert people.LEADER.subject not in one.by
    hall.clock.advance(hours=1)
    assert erase(hall, desk, head).erased_at
    assert list(ListedErasures().listed()) == [one], "the first is the one that counts"


# --- notices -------------------------------------------------------------------------------------------------------


def test_each_act_of_an_agency_is_a_notice_with_its_five_facts(hall, filings, desk):
    head = file(filings)
    hall.clock.advance(hours=1)
    moved = desk.forward(order(people.RECEPTION, "move"), head.id, THERE)
    hall.clock.advance(hours=1)
    asked = desk.ask(order(LEADER_THERE, "ask"), head.id, "Ngày nào?")
    filings.supply(order(people.CITIZEN, "supply"), head.id, "Ngày 20")
    hall.clock.advance(hours=1)
    done = desk.answer(order(LEADER_THERE, "answer"), head.id, "Đã chấn chỉnh", "")
    found = filings.notices(people.CITIZEN, head.id)
    assert [(each.about, each.agency, each.handler, each.to) for each in found] == [
        ("filed", HERE, "", None),
        ("forwarded", HERE, people.RECEPTION.name, THERE),
        ("asked", THERE, LEADER_THERE.name, None),
        ("answered", THERE, LEADER_THERE.name, None),
    ]
    assert [each.received_at for each in found] == [head.came_at, head.came_at, moved.came_at, moved.came_at]
    assert [each.due_at for each in found] == [head.due_at, moved.due_at, asked.asked_until, done.due_at]
    assert None not in (asked.asked_until, done.due_at), "the person's time, and the time to publish"
    assert found[-1].processed_at == done.ended_at
    shown = notice_list(found).notices
    assert [(each.received_at, each.processed_at) for each in shown] == [
        (said(each.received_at), said(each.processed_at)) for each in found
    ]
    with pytest.raises(NotFound):
        filings.notices(Principal("citizen-9", "CITIZEN", "Lê B", 2, "001195099999"), head.id)


def test_logs_of_before_have_their_notices(hall, filings):
    """Neither by when a question or a publication is due stood there, nor a name of what the clock did."""
    head = file(filings)
    row = filings.petitions.log(filings.petitions.head(head.id))[0]
    same = {"petition": head.id, "kind": "petition", "agency": HERE}
    clock = {**same, "due_at": head.due_at, "is_late": False}
    answer = {**same, "about": "rules", "end": "answered", "came_at": "", "closed_at": "", "is_late": False}
    rows = [
        replace(row, type=kind.type, data=data, actor=actor)
        for kind, data, actor in (
            (PetitionAsked, same, "officer"),
            (PetitionTakenUp, clock, "system"),
            (PetitionTakenUp, {**clock, "handler": "Lê B"}, "officer"),
            (PetitionClosed, answer, "officer"),
        )
    ]
    assert [(each.about, each.due_at) for each in notices_of(rows)] == [
        ("asked", None),
        ("unsupplied", head.due_at),
        ("taken_up", head.due_at),
        ("answered", None),
    ]
    assert [heard(kind, data).due_at for kind, data in ((PetitionAsked, same), (PetitionClosed, answer))] == [None] * 2


# --- rows of before ------------------------------------------------------------------------------------------------


@pytest.fixture
def endless(hall, filings, desk):
    """One whose person was asked by a release that gave that no end, forty days ago."""
    head = file(filings)
    desk.ask(order(people.RECEPTION), head.id, "Ngày nào?")
    hall.stores.forget("Identity", head.pk, "asked_until")
    aws.alone(aws.delete(TABLE(), (head.pk, "DUE")))
    hall.clock.advance(days=40)
    return head


def ends_as_any_other(hall, filings, watch, head):
    """Its person is told and has their whole time from now, then its agency, with a reminder; nobody is late."""
    now = hall.clock()
    given = filings.petitions.head(head.id)
    assert (day(stamp(now)), day(given.asked_until)) == ("2027-01-04", "2027-01-25"), "15 working days from now"
    notice = filings.notices(people.CITIZEN, head.id)[-1]
    assert (notice.about, notice.due_at) == ("asked_until", given.asked_until)
    assert run(watch) == (0, 0, 0, 0)
    assert filings.petitions.head(head.id) == given
    at(hall, given.asked_until, hours=1)
    run(watch)
    after = filings.petitions.head(head.id)
    assert (after.state, after.owes, after.missed) == ("taken_up", "answer", ())
    assert not after.is_late(hall.clock())
    at(hall, after.due_at, hours=-1)
    assert run(watch) == (1, 0, 0, 0), "it is reminded of"


def test_what_was_asked_before_that_had_an_end_has_one_from_its_enrolment(hall, filings, desk, watch, endless):
    assert filings.petitions.head(endless.id).asked_until is None
    assert run(watch) == (0, 0, 0, 0)
    assert filings.petitions.head(endless.id).state == "asked", "nobody looks at it"
    assert (watch.enrol(), watch.enrol()) == (1, 0)
    ends_as_any_other(hall, filings, watch, endless)


def test_an_end_that_came_between_looking_and_giving_one_stays(hall, watch, endless, monkeypatch):
    looked_at = list(PetitionTable().kept())
    assert watch.enrol() == 1
    given = PetitionTable().head(endless.id).asked_until
    hall.clock.advance(days=1)
    monkeypatch.setattr(PetitionTable, "kept", lambda _: looked_at)
    assert watch.enrol() == 0
    assert PetitionTable().head(endless.id).asked_until == given


def test_what_an_earlier_release_had_no_clock_for_is_enrolled_and_late_as_any_other(hall, filings, watch):
    head = file(filings)
    aws.alone(aws.delete(TABLE(), (head.pk, "DUE")))
    at(hall, head.due_at, hours=1)
    assert run(watch) == (0, 0, 0, 0), "nobody looks at it"
    assert (watch.enrol(), watch.enrol()) == (1, 0)
    assert run(watch) == (0, 1, 0, 0)


def test_where_no_rule_of_its_pack_says_the_persons_time_what_was_asked_ends_now(filings, hall, monkeypatch):
    head, now = file(filings), hall.clock()
    rules = replace(model.rules_of(head, now), petition_supply=None)
    monkeypatch.setattr(model, "rules_of", lambda *_: rules)
    assert model.ending(head, now).asked_until == stamp(now)


def test_what_was_enrolled_without_an_end_gets_it_from_the_clock(hall, filings, desk, watch, endless):
    """A release reckoned the end when it read, and stored only that the clock looks."""
    at_once = {"petition": endless.id, "list_pk": due_list(0), "list_sk": f"{endless.filed_at}#{endless.id}"}
    aws.alone(aws.put(TABLE(), {"pk": endless.pk, "sk": "DUE", **written(DuePetition(**at_once))}))
    assert run(watch) == (0, 0, 0, 0)
    assert watch.enrol() == 0, "once"
    ends_as_any_other(hall, filings, watch, endless)
