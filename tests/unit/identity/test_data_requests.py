"""Requests about personal data: acknowledged with the law's times, answered, extended once, ended, told when late."""

import json
from datetime import date, timedelta

import pytest

from chalicelib.contracts.data_requests import (
    DataRequestAnswered,
    DataRequestDueSoon,
    DataRequestEnded,
    DataRequestErased,
    DataRequestExtended,
    DataRequestOverdue,
)
from chalicelib.contracts.event import heard
from chalicelib.contracts.stored import written
from chalicelib.identity import events
from chalicelib.identity.joined import Alias, alias_key
from chalicelib.identity.listed import heads_of
from chalicelib.identity.requests.model import Said, erase_at, look_at, reminder_at, rules_of, times
from chalicelib.identity.requests.notices import notices_of
from chalicelib.identity.requests.refusals import DataRequestOver, ExtendedBefore
from chalicelib.identity.requests.service import DataRequests, Order, said_of, words_of
from chalicelib.identity.requests.store import RequestTable, head_of, partition
from chalicelib.identity.settings import TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.clock import moment, said, stamp
from chalicelib.kernel.problem import BodyInvalid, KeyReused, NotFound
from chalicelib.kernel.record import LogRow
from chalicelib.law.packs import pack_on
from tests.fakes import people
from tests.support.hall import hall
from tests.support.stores import _stores, tables

__all__ = ["_stores", "hall", "tables"]
AGENCY = people.OFFICE["id"]
PETITIONS = [f"petitions_{each}" for each in ("reminded", "overdue", "erased", "unsupplied", "failed")]


@pytest.fixture
def requests(hall):
    return DataRequests(RequestTable(), hall.clock)


def order(who, key="key-1", body=b"{}"):
    return Order(who, key, body)


def ask(requests, kind="view", key="ask", who=people.CITIZEN, agency=AGENCY):
    return requests.ask(order(who, key, f"{kind} {agency}".encode()), kind, agency, "Xin xem dữ liệu về tôi")


def log_of(hall, head):
    return hall.stores.events("Identity", head.pk)


def told(hall, head, kind):
    return [heard(kind, row["data"]) for row in log_of(hall, head) if row["type"] == kind.type]


@pytest.mark.parametrize(
    ("kind", "act_by", "further"),
    [
        ("view", "2026-12-05", "2026-12-15"),
        ("correct", "2026-12-05", "2026-12-15"),
        ("provide", "2026-12-05", "2026-12-15"),
        ("withdraw_consent", "2026-12-10", "2026-12-25"),
        ("restrict", "2026-12-10", "2026-12-25"),
        ("object", "2026-12-10", "2026-12-25"),
        ("delete", "2026-12-15", "2027-01-04"),
    ],
)
def test_each_kind_has_its_times_from_the_rule_pack_of_the_day(hall, requests, kind, act_by, further):
    head = ask(requests, kind)
    begun = date.fromisoformat(said(head.asked_at)[:10])
    assert begun == date(2026, 11, 25)
    assert said(head.answer_by)[:10] == "2026-11-27"
    acted = date.fromisoformat(said(head.act_by)[:10])
    assert (acted - begun).days in range(10, 24)
    assert acted >= date.fromisoformat(act_by)
    after = requests.extend(order(people.LEADER), head.id, "Nhiều hồ sơ phải tìm")
    assert date.fromisoformat(said(after.act_by)[:10]) >= date.fromisoformat(further)


def test_before_the_law_there_are_no_times(hall):
    with pytest.raises(LookupError):
        times("view", hall.clock(), pack_on(date(2025, 12, 31)).rules)
    assert pack_on(date(2026, 1, 1)).rules.data_request_terms is not None


def test_a_request_goes_from_its_person_to_its_agency_and_back(hall, requests):
    head = ask(requests)
    assert words_of(head).words == "Xin xem dữ liệu về tôi"
    assert [each.id for each in requests.owed(people.LEADER, "")[0]] == [head.id]
    assert requests.answer(order(people.LEADER), head.id).state == "answered"
    done = requests.end(order(people.LEADER, "key-2"), head.id, "refused", "Luật buộc giữ", "Luật 91/2025 Điều 14(2)")
    assert (done.state, said_of(done, done.ended).basis) == ("refused", "Luật 91/2025 Điều 14(2)")
    assert requests.owed(people.LEADER, "")[0] == []
    assert [each.state for each in requests.mine(people.CITIZEN, "")[0]] == ["refused"]
    (event,) = told(hall, head, DataRequestEnded)
    assert (event.outcome, event.owner) == ("refused", people.CITIZEN.holder)
    assert hall.stores.unbroken("Identity", head.pk)
    stored = json.dumps([log_of(hall, head), hall.stores.partition("Identity", head.pk)], default=str)
    for word in (people.CITIZEN.name, "Xin xem", "Luật buộc giữ"):
        assert word not in stored


def test_the_same_request_again_changes_nothing_and_another_under_its_key_is_refused(requests):
    head = ask(requests)
    assert ask(requests) == requests.read(people.CITIZEN, head.id)
    with pytest.raises(KeyReused):
        ask(requests, "delete")
    first = requests.answer(order(people.LEADER), head.id)
    assert requests.answer(order(people.LEADER), head.id).version == first.version + 1 == 2
    with pytest.raises(KeyReused):
        requests.answer(order(people.LEADER, body=b"other"), head.id)


def test_whose_it_is_not_sees_and_does_nothing(requests):
    head = ask(requests)
    with pytest.raises(NotFound):
        requests.read(people.NEIGHBOUR, head.id)
    stranger = people.LEADER.__class__(
        subject="x", kind="OFFICER", name="X", agency="H99.99", roles=people.LEADER.roles
    )
    for act in (
        lambda: requests.requested(stranger, head.id),
        lambda: requests.answer(order(stranger), head.id),
        lambda: requests.extend(order(stranger), head.id, "x"),
        lambda: requests.end(order(stranger), head.id, "done", "x", ""),
        lambda: requests.read(people.CITIZEN, "DR-0000000000000000"),
    ):
        with pytest.raises(NotFound):
            act()
    assert requests.owed(stranger, "")[0] == []
    assert requests.mine(people.NEIGHBOUR, "")[0] == []


def test_an_agency_that_there_is_not_is_refused(requests):
    with pytest.raises(BodyInvalid):
        ask(requests, agency="H99.99")


def test_each_step_is_done_once(requests):
    head = ask(requests)
    requests.answer(order(people.LEADER), head.id)
    with pytest.raises(DataRequestOver):
        requests.answer(order(people.LEADER, "key-2"), head.id)
    requests.extend(order(people.LEADER, "key-3"), head.id, "Nhiều hồ sơ")
    with pytest.raises(ExtendedBefore):
        requests.extend(order(people.LEADER, "key-4"), head.id, "Nhiều hồ sơ")
    requests.end(order(people.LEADER, "key-5"), head.id, "done", "Đã gửi", "")
    for act in (
        lambda: requests.extend(order(people.LEADER, "key-6"), head.id, "x"),
        lambda: requests.end(order(people.LEADER, "key-7"), head.id, "done", "x", ""),
        lambda: requests.answer(order(people.LEADER, "key-8"), head.id),
    ):
        with pytest.raises(DataRequestOver):
            act()


def test_what_is_late_is_told_once_for_each_time_of_the_law(hall, requests):
    head = ask(requests)
    assert requests.watch().overdue == 0
    hall.clock.advance(days=4)
    assert requests.read(people.CITIZEN, head.id).is_overdue(hall.clock())
    assert [requests.watch().overdue for _ in range(2)] == [1, 0]
    requests.answer(order(people.LEADER), head.id)
    assert requests.watch().overdue == 0
    hall.clock.advance(days=10)
    assert [requests.watch().overdue for _ in range(2)] == [1, 0]
    requests.extend(order(people.LEADER, "key-2"), head.id, "Nhiều hồ sơ")
    hall.clock.advance(days=14)
    assert [requests.watch().overdue for _ in range(2)] == [1, 0]
    assert [each.owes for each in told(hall, head, DataRequestOverdue)] == ["answer", "act", "act"]
    requests.end(order(people.LEADER, "key-3"), head.id, "done", "Đã gửi", "")
    hall.clock.advance(days=30)
    assert requests.watch().overdue == 0


def test_one_that_cannot_be_told_holds_back_no_other(hall, requests, monkeypatch):
    first, second = ask(requests), ask(requests, key="ask-2")
    hall.clock.advance(days=4)
    head = RequestTable.head
    monkeypatch.setattr(RequestTable, "head", lambda self, name: 1 / 0 if name == first.id else head(self, name))
    done = requests.watch()
    assert (done.overdue, done.failed) == (1, 1)
    assert told(hall, second, DataRequestOverdue)


def test_whoever_had_another_number_has_the_requests_of_both_the_newest_first(hall, requests):
    old, now = people.NEIGHBOUR, people.CITIZEN
    first = ask(requests, who=old, key="first")
    hall.clock.advance(seconds=1)
    second = ask(requests, who=now, key="second")
    with pytest.raises(NotFound):
        requests.read(now, first.id)
    alias = Alias(person=now.holder, hashes=(now.holder, old.holder), at="2026-11-25T03:00:00.000+00:00")
    for each in alias.hashes:
        pk, sk = alias_key(each)
        aws.transact({"alias": aws.put(TABLE(), {"pk": pk, "sk": sk, **written(alias)})})
    assert [each.id for each in requests.mine(now, "")[0]] == [second.id, first.id]
    assert requests.read(now, first.id).id == first.id


def test_lists_of_several_agencies_are_read_in_batches_and_no_request_twice(hall, requests, monkeypatch):
    made = [ask(requests, key=f"ask-{number}").id for number in range(3)]
    monkeypatch.setattr(aws, "MOST_AT_ONCE", 2)
    assert [each.id for each in heads_of([partition(each) for each in (*made, made[0])], head_of)] == made


def test_own_files_go_with_a_deletion_alone(requests):
    with pytest.raises(BodyInvalid):
        requests.ask(order(people.CITIZEN), "view", AGENCY, "Xin xem", own_files=True)


def test_an_agency_is_reminded_once_of_each_step_before_its_time(hall, requests):
    head = ask(requests)
    rules = rules_of(head, hall.clock())
    assert look_at(head, rules) == stamp(reminder_at(head, rules))
    assert reminder_at(head, rules) == moment(head.answer_by) - timedelta(hours=24)
    assert not head.is_due_soon(rules, hall.clock())
    hall.clock.advance(days=1, hours=20)
    assert head.is_due_soon(rules, hall.clock())
    assert [requests.watch().reminded for _ in range(2)] == [1, 0]
    requests.answer(order(people.LEADER), head.id)
    assert requests.watch().reminded == 0
    hall.clock.at((moment(head.act_by) - timedelta(hours=71)).isoformat())
    assert [requests.watch().reminded for _ in range(2)] == [1, 0]
    requests.extend(order(people.LEADER, "key-2"), head.id, "Nhiều hồ sơ")
    again = requests.read(people.CITIZEN, head.id)
    assert not again.is_overdue(hall.clock())
    hall.clock.at((moment(again.act_by) - timedelta(hours=71)).isoformat())
    assert [requests.watch().reminded for _ in range(2)] == [1, 0]
    assert [each.owes for each in told(hall, head, DataRequestDueSoon)] == ["answer", "act", "act"]
    hall.clock.at((moment(again.act_by) + timedelta(seconds=1)).isoformat())
    done = requests.watch()
    assert (done.reminded, done.overdue) == (0, 1)


def test_a_run_that_comes_late_tells_that_it_passed_and_reminds_no_more(hall, requests):
    head = ask(requests)
    hall.clock.advance(days=4)
    done = requests.watch()
    assert (done.reminded, done.overdue) == (0, 1)
    assert requests.watch() == type(done)()
    assert told(hall, head, DataRequestDueSoon) == []


def test_what_was_told_as_passed_is_reminded_of_no_more(hall, requests):
    """A record of a release that reminded of nothing: its time passed, and that was told."""
    head = ask(requests)
    hall.clock.advance(days=4)
    assert requests.watch().overdue == 1
    hall.stores.forget("Identity", head.pk, "reminded")
    old = requests.read(people.CITIZEN, head.id)
    assert (old.told, old.reminded) == (("answer",), ())
    assert look_at(old, rules_of(old, hall.clock())) is None


def test_an_extension_that_comes_too_late_does_not_heal_what_passed(hall, requests):
    head = ask(requests)
    requests.answer(order(people.LEADER), head.id)
    hall.clock.at((moment(head.act_by) + timedelta(hours=1)).isoformat())
    after = requests.extend(order(people.LEADER, "key-2"), head.id, "Nhiều hồ sơ")
    assert (after.passed_act_by, after.is_past(hall.clock())) == (head.act_by, False)
    assert after.is_overdue(hall.clock())
    assert requests.watch().overdue == 0, "that the new time passed is told when it did"
    done = requests.end(order(people.LEADER, "key-3"), head.id, "done", "Đã gửi", "")
    assert not done.is_overdue(hall.clock())


def test_what_stays_late_is_told_with_everything_that_is_told_of_it(hall, requests):
    head = ask(requests)
    requests.answer(order(people.LEADER), head.id)
    hall.clock.at((moment(head.act_by) + timedelta(hours=1)).isoformat())
    after = requests.extend(order(people.LEADER, "key-2"), head.id, "Nhiều hồ sơ")
    assert [each.still_due_at for each in told(hall, head, DataRequestAnswered)] == [None]
    assert [each.still_due_at for each in told(hall, head, DataRequestExtended)] == [head.act_by]
    hall.clock.at((moment(after.act_by) - timedelta(hours=1)).isoformat())
    assert requests.watch().reminded == 1
    hall.clock.at((moment(after.act_by) + timedelta(hours=1)).isoformat())
    assert requests.watch().overdue == 1
    for kind in (DataRequestDueSoon, DataRequestOverdue):
        assert [(each.due_at, each.still_due_at) for each in told(hall, head, kind)] == [(after.act_by, head.act_by)]


def test_an_extension_of_the_act_leaves_an_answer_due_that_is_owed(hall, requests):
    early, late = ask(requests, key="ask-1"), ask(requests, key="ask-2")
    requests.extend(order(people.LEADER, "key-1"), early.id, "Nhiều hồ sơ")
    hall.clock.advance(days=4)
    requests.extend(order(people.LEADER, "key-2"), late.id, "Nhiều hồ sơ")
    said_still = [told(hall, each, DataRequestExtended)[0].still_due_at for each in (early, late)]
    assert said_still == [None, late.answer_by]
    hall.clock.at((moment(late.act_by) + timedelta(days=30)).isoformat())
    requests.answer(order(people.LEADER, "key-3"), early.id)
    acts = requests.read(people.CITIZEN, early.id).act_by
    assert [each.still_due_at for each in told(hall, early, DataRequestAnswered)] == [acts]


def test_what_is_due_of_all_requests_is_told_anew_for_lists_that_did_not_hear_it(hall, requests):
    first, ended, extended = (ask(requests, key=f"ask-{n}") for n in range(3))
    assert list(requests.due_now()) == [], "nothing is due yet"
    hall.clock.at((moment(extended.act_by) + timedelta(hours=1)).isoformat())
    requests.answer(order(people.LEADER, "key-1"), extended.id)
    requests.extend(order(people.LEADER, "key-2"), extended.id, "Nhiều hồ sơ")
    requests.end(order(people.LEADER, "key-3"), ended.id, "done", "Đã gửi", "")
    found = {each.request: (type(each), each.owes, each.still_due_at or each.due_at) for each, _ in requests.due_now()}
    assert found == {
        first.id: (DataRequestOverdue, "answer", first.answer_by),
        extended.id: (DataRequestDueSoon, "act", extended.act_by),
    }
    changed = {each.request: at for each, at in requests.due_now()}
    assert changed == {each.id: log_of(hall, each)[-1]["at"] for each in (first, extended)}


def test_the_words_of_a_request_go_when_they_were_kept_for_their_time(hall, requests):
    head = ask(requests)
    requests.extend(order(people.LEADER), head.id, "Nhiều hồ sơ")
    done = requests.end(order(people.LEADER, "key-2"), head.id, "refused", "Luật buộc giữ", "Điều 14(2)")
    at = erase_at(done, rules_of(done, hall.clock()))
    assert said(at)[:7] == "2028-11"
    hall.clock.at((moment(at) - timedelta(seconds=1)).isoformat())
    assert requests.watch().erased == 0
    hall.clock.at((moment(at) + timedelta(seconds=1)).isoformat())
    assert [requests.watch().erased for _ in range(2)] == [1, 0]
    gone = requests.read(people.CITIZEN, head.id)
    assert (gone.sealed, gone.extended, gone.ended, gone.state) == ("", None, None, "refused")
    assert (words_of(gone).words, said_of(gone, gone.ended)) == ("", None)
    assert gone.erased_at
    assert len(told(hall, head, DataRequestErased)) == 1
    assert hall.stores.unbroken("Identity", head.pk)
    assert look_at(gone, rules_of(gone, hall.clock())) is None


def test_the_notices_of_a_request_stay_when_the_reasons_go_and_say_nothing_of_what_the_clock_tells(hall, requests):
    head = ask(requests)
    hall.clock.advance(days=3)
    requests.watch()
    end = order(people.LEADER, "end")
    requests.end(end, head.id, "refused", "Phải lưu giữ", "Luật 91/2025/QH15 Điều 14(2)")
    refused = requests.notices(people.CITIZEN, head.id)[-1]
    assert (refused.reason, refused.basis) == ("Phải lưu giữ", "Luật 91/2025/QH15 Điều 14(2)")
    hall.clock.advance(days=800)
    requests.watch()
    found = requests.notices(people.CITIZEN, head.id)
    assert [each.about for each in found] == ["asked", "refused", "erased"]
    assert [each.handler for each in found] == ["", people.LEADER.name, ""]
    assert {each.reason + each.basis for each in found} == {""}
    assert found[1].told == (
        f"{people.LEADER.name}, {AGENCY} từ chối yêu cầu",
        f"{people.LEADER.name}, {AGENCY} refused the request",
    )


def test_a_notice_of_an_earlier_release_has_the_officer_of_the_record():
    data = {"agency": AGENCY, "outcome": "done"}
    row = LogRow(sk="EVENT#000002", type=DataRequestEnded.type, at="2026-03-02", hash="", prev="", data=data)
    (found,) = notices_of([row], None, Said(reason="Đã gửi", officer="Lê Thị Bé"))
    assert (found.about, found.handler, found.reason) == ("done", "Lê Thị Bé", "Đã gửi")


def test_requests_of_earlier_releases_are_enrolled_once_and_their_words_go(hall, requests):
    """They had no row of what is due: those that ended are in no list at all."""
    ended, opened, known = (ask(requests, key=f"ask-{n}") for n in range(3))
    requests.end(order(people.LEADER), ended.id, "done", "Đã gửi", "")
    for head in (ended, opened):
        aws.transact({"due": aws.delete(TABLE(), (head.pk, "DUE"))})
    changed = requests.read(people.CITIZEN, opened.id)
    stale = changed.__class__(**{f: getattr(changed, f) for f in changed.__struct_fields__} | {"version": 9})
    assert requests.requests.enrol(stale, hall.clock()) is False
    assert [requests.enrol() for _ in range(2)] == [2, 0]
    hall.clock.advance(days=4)
    assert requests.watch().overdue == 2, "the open one, and the one that had its row"
    hall.clock.advance(days=800)
    assert requests.watch().erased == 1
    assert requests.read(people.CITIZEN, ended.id).sealed == ""
    assert requests.read(people.CITIZEN, known.id).sealed


def test_before_there_was_a_rule_nothing_is_reminded_or_erased(hall, requests):
    head, rules = ask(requests), pack_on(date(2025, 12, 31)).rules
    assert (reminder_at(head, rules), head.is_due_soon(rules, hall.clock())) == (None, False)
    assert look_at(head, rules) == head.answer_by
    done = requests.end(order(people.LEADER), head.id, "done", "Đã gửi", "")
    assert look_at(done, rules) is None


def test_the_clock_counts_what_it_did(hall, monkeypatch):
    for subject in ("petitions", "requests"):
        monkeypatch.setattr(f"chalicelib.identity.{subject}.wiring.utc_now", hall.clock)
    assert events.identity_watch_requests({}, None) == {
        "reminded": 0,
        "overdue": 0,
        "erased": 0,
        "failed": 0,
    } | dict.fromkeys(PETITIONS, 0)
