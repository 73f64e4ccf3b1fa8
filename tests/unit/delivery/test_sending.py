"""A result goes to each destination once, whatever fails, dies or comes twice; its dossier waits for all of them."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from msgspec import structs

from chalicelib.contracts.delivery import DeliveryParked, DeliverySettled
from chalicelib.contracts.onestop import DossierReturned
from chalicelib.delivery import events
from chalicelib.delivery.model import LEASE, LOST, POLL, WAITS
from chalicelib.delivery.ports import Unreachable
from chalicelib.delivery.sending import TAKES
from chalicelib.delivery.service import Order
from chalicelib.delivery.store import Table
from chalicelib.dossier import lists
from chalicelib.dossier.change import Change
from chalicelib.dossier.deliveries import PARTS
from chalicelib.dossier.delivering import settle
from chalicelib.kernel import log, waiting
from infra.stack.watch import alarms
from tests.fakes import people
from tests.support.parcels import Died, Mail, Mortal, mortal

WAYS = ("app", "post", "register")
WINDOW = timedelta(days=30)


@pytest.fixture
def mail(hall):
    return Mail(hall)


@pytest.fixture
def approved(mail):
    """A dossier that is approved: its holder may say where its result is to go."""
    return mail.hall.at("receive", "verify", "approve")


def order(mail, reference, way):
    mail.ask(reference, way, people.RECEPTION if way == "register" else people.CITIZEN)


def later(mail, wait=LEASE):
    mail.hall.clock.advance(seconds=wait.total_seconds() + 1)
    mail.sending.run()


@pytest.mark.parametrize("way", WAYS)
def test_a_destination_has_the_result_once_and_the_dossier_waits_for_it(mail, approved, way):
    order(mail, approved, way)
    code = mail.signed(approved)
    assert mail.state(approved) == 9
    mail.hear(approved)
    found = mail.of(approved, way)
    assert (found.state, found.document, found.tries) == ("delivered", code, 1)
    assert [at for at, _ in mail.carrier.kept] == [way]
    assert mail.state(approved) == 10
    (returned,) = mail.hall.told(approved, DossierReturned)
    assert [(each.destination, each.document) for each in returned.delivered] == [("vault", code), (way, code)]


def test_what_goes_to_the_vault_alone_is_returned_as_before(mail, approved):
    mail.signed(approved)
    assert mail.state(approved) == 10
    assert mail.hall.draft(approved).head.awaits is None
    assert mail.hall.draft(approved).deliveries == ()
    assert not any(row["type"].startswith("vn.motcua.delivery") for row in mail.hall.rows.events(approved))


def test_a_destination_that_was_first_does_not_return_it_before_the_vault(mail, approved):
    order(mail, approved, "app")
    code = mail.signed(approved, is_kept=False)
    mail.hear(approved)
    assert mail.state(approved) == 9
    mail.keep(approved)
    (returned,) = mail.hall.told(approved, DossierReturned)
    assert {each.destination for each in returned.delivered} == {"vault", "app"}
    assert {each.document for each in returned.delivered} == {code}


def test_it_waits_for_the_last_of_several(mail, approved):
    for way in WAYS:
        order(mail, approved, way)
    mail.signed(approved)
    mail.carrier.way = "slow"
    mail.hear(approved)
    assert mail.state(approved) == 9
    assert sorted(mail.hall.draft(approved).head.awaits) == sorted(WAYS)
    mail.carrier.way = "well"
    later(mail, POLL)
    mail.hear(approved)
    assert mail.state(approved) == 10
    assert sorted(at for at, _ in mail.carrier.kept) == sorted(WAYS)


def test_whose_answer_was_lost_is_asked_and_sent_nothing_again(mail, approved):
    order(mail, approved, "app")
    mail.signed(approved)
    mail.carrier.way = "mute"
    mail.hear(approved)
    assert mail.of(approved, "app").state == "sending"
    mail.carrier.way = "well"
    later(mail, WAITS[0])
    assert mail.of(approved, "app").state == "delivered"
    assert len(mail.carrier.kept) == 1


def test_who_is_down_is_tried_by_the_schedule_and_parked_at_its_end(mail, approved):
    order(mail, approved, "register")
    mail.signed(approved)
    mail.carrier.way = "down"
    mail.hear(approved)
    for wait in WAITS:
        assert mail.of(approved, "register").state == "sending"
        mail.hall.clock.advance(seconds=wait.total_seconds() - 1)
        assert mail.sending.run().turned == 0
        mail.hall.clock.advance(seconds=2)
        assert mail.sending.run().turned == 1
    found = mail.of(approved, "register")
    assert (found.state, found.why, found.tries, found.due_at) == ("parked", "unreachable", len(WAITS) + 1, None)
    assert all(each.outcome == "unreachable" for each in found.attempts)
    assert [each.why for each in mail.hall.told(approved, DeliveryParked)] == ["unreachable"]
    later(mail, timedelta(days=30))
    assert mail.of(approved, "register").state == "parked"
    assert mail.state(approved) == 9


def test_who_refuses_is_parked_at_once(mail, approved):
    order(mail, approved, "post")
    mail.signed(approved)
    mail.carrier.way = "refuses"
    mail.hear(approved)
    found = mail.of(approved, "post")
    assert (found.state, found.why, found.tries) == ("parked", "refused", 1)


def test_an_app_that_never_takes_it_holds_the_dossier_for_its_window_alone(mail, approved):
    order(mail, approved, "app")
    mail.signed(approved)
    mail.carrier.way = "refuses"
    mail.hear(approved)
    later(mail, WINDOW - timedelta(minutes=1))
    assert (mail.of(approved, "app").state, mail.state(approved)) == ("parked", 9)
    later(mail, timedelta(minutes=1))
    mail.hear(approved)
    assert (mail.of(approved, "app").state, mail.state(approved)) == ("expired", 10)
    assert [each.outcome for each in mail.hall.told(approved, DeliverySettled)] == ["expired"]
    (returned,) = mail.hall.told(approved, DossierReturned)
    assert [each.destination for each in returned.delivered] == ["vault"]


def test_who_took_it_and_says_nothing_for_90_days_is_looked_at(mail, approved):
    order(mail, approved, "post")
    mail.signed(approved)
    mail.carrier.way = "slow"
    mail.hear(approved)
    mail.hall.clock.advance(seconds=(LOST - POLL).total_seconds())
    later(mail, timedelta())
    assert mail.of(approved, "post").state == "waiting"
    later(mail, POLL)
    assert (mail.of(approved, "post").state, mail.of(approved, "post").why) == ("parked", "silent")
    assert len(mail.carrier.kept) == 1


def test_one_that_breaks_stops_no_other(mail, approved, monkeypatch):
    order(mail, approved, "app")
    order(mail, approved, "post")
    mail.signed(approved)
    whole = mail.carrier.send
    monkeypatch.setattr(mail.carrier, "send", lambda way, parcel: whole(way, parcel) if way == "post" else 1 / 0)
    done = mail.sending.run()
    assert (done.turned, done.failed) == (1, 1)
    assert mail.of(approved, "post").state == "delivered"


def test_the_clocks_run_says_what_the_alarms_listen_to(mail, approved, monkeypatch):
    """Names of metrics stand in two places: where they are told, and where they ring."""
    said: dict[str, float] = {}
    monkeypatch.setattr(log, "measure", lambda **given: said.update(given))
    monkeypatch.setattr(events, "sending", lambda: mail.sending)
    for way in ("app", "post"):
        order(mail, approved, way)
    mail.signed(approved)
    whole, mail.carrier.way = mail.carrier.send, "refuses"
    monkeypatch.setattr(mail.carrier, "send", lambda way, parcel: whole(way, parcel) if way == "post" else 1 / 0)
    monkeypatch.setattr(events, "take_up", lambda: SimpleNamespace(run=lambda done: setattr(done, "resumed", 2)))
    assert events.delivery_sweep({}, None) == {"turned": 1, "failed": 1, "resumed": 2}
    ringing = [alarms()[name]["Properties"]["MetricName"] for name in ("ResultsParked", "ResultsBreak")]
    assert [said[each] for each in ringing] == [1, 1]


def test_a_lost_event_is_made_up_for_by_the_clock(mail, approved):
    order(mail, approved, "app")
    mail.signed(approved)
    assert mail.sending.run().turned == 1
    assert mail.of(approved, "app").state == "delivered"
    assert mail.sending.run().turned == 0


def test_two_workers_at_once_send_one(mail, approved, monkeypatch):
    order(mail, approved, "app")
    mail.signed(approved)
    whole = mail.carrier.send

    def slowly(way, parcel):
        assert not mail.sending.turn(approved, "app")
        return whole(way, parcel)

    monkeypatch.setattr(mail.carrier, "send", slowly)
    assert mail.sending.turn(approved, "app")
    assert len(mail.carrier.kept) == 1


def test_a_worker_that_comes_late_with_a_failure_undoes_nothing(mail, approved):
    order(mail, approved, "app")
    mail.signed(approved)

    def late(_way, _parcel):
        del mail.carrier.send
        mail.carrier.way = "slow"
        later(mail)
        assert mail.of(approved, "app").state == "waiting"
        raise Unreachable

    mail.carrier.send = late
    mail.sending.turn(approved, "app")
    assert mail.of(approved, "app").state == "waiting"


def test_a_worker_that_comes_late_with_a_failure_ends_no_try_of_another_worker(mail, approved):
    order(mail, approved, "app")
    mail.signed(approved)
    underway = []

    def dies(_way, _parcel):
        raise Died

    def late(_way, _parcel):
        mail.carrier.send = dies
        mail.hall.clock.advance(seconds=LEASE.total_seconds() + 1)
        with pytest.raises(Died):
            mail.sending.turn(approved, "app")
        underway.append(mail.of(approved, "app"))
        raise Unreachable

    mail.carrier.send = late
    mail.sending.turn(approved, "app")
    assert [(each.state, each.tries) for each in underway] == [("sending", 2)]
    assert mail.of(approved, "app") == underway[0], "it is the other worker who says how that try ended"


CALLS = 12
"""More calls than a turn makes: the last lives of a worker end after its work."""


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_worker_that_dies_at_any_call_leaves_one_document_and_a_whole_ledger(mail, approved, monkeypatch, way, after):
    """Acceptance 3: killed before and after each call that a turn makes, one life after the other."""
    order(mail, approved, way)
    code = mail.signed(approved)
    kept, whole, calls = mail.hall.stores.kept(), Change.write, 0
    for at in range(1, CALLS + 1):
        mail.hall.stores.put_back(kept, mail.hall.stores.writes)
        mail.carrier.kept.clear()
        now = mail.hall.clock.now
        life = Mortal(at, after=after)
        worker = mortal(monkeypatch, mail, life)
        try:
            worker.turn(approved, way)
        except Died:
            calls += 1
        monkeypatch.setattr(Change, "write", whole)
        later(mail)
        later(mail)
        mail.hear(approved)
        found = mail.of(approved, way)
        assert (found.state, found.document) == ("delivered", code), at
        assert [(to, parcel.document) for to, parcel in mail.carrier.kept] == [(way, code)], at
        assert mail.state(approved) == 10, at
        assert len(mail.hall.told(approved, DeliverySettled)) == 1, at
        assert mail.hall.rows.unbroken(approved), at
        mail.hall.clock.now = now
    assert calls >= 7


# --- what a destination took, and what its window left over --------------------------------------------------------


def taken(mail, reference, way):
    """A destination took it, and knows nothing of it afterwards."""
    order(mail, reference, way)
    mail.signed(reference)
    mail.carrier.way = "slow"
    mail.hear(reference)
    assert mail.of(reference, way).state == "waiting"
    forgotten, mail.carrier.kept = mail.carrier.kept, []
    return forgotten


def test_what_was_taken_is_never_sent_again_though_the_destination_forgot_it(mail, approved):
    taken(mail, approved, "post")
    later(mail, POLL)
    assert (mail.of(approved, "post").state, mail.carrier.kept) == ("waiting", [])
    mail.hall.clock.advance(seconds=LOST.total_seconds())
    mail.sending.run()
    assert (mail.of(approved, "post").state, mail.of(approved, "post").why) == ("parked", "silent")
    mail.deliveries.retry(Order(people.RECEPTION, approved, "retry", b""), "post")
    mail.hear(approved)
    assert (mail.of(approved, "post").state, mail.carrier.kept) == ("parked", [])


def test_who_took_it_and_is_asked_again_by_an_officer_may_have_delivered_it(mail, approved):
    mail.carrier.kept = taken(mail, approved, "post")
    mail.hall.clock.advance(seconds=LOST.total_seconds())
    mail.sending.run()
    assert mail.of(approved, "post").state == "parked"
    mail.carrier.way = "well"
    mail.deliveries.retry(Order(people.RECEPTION, approved, "retry", b""), "post")
    mail.hear(approved)
    assert (mail.of(approved, "post").state, len(mail.carrier.kept)) == ("delivered", 1)


def test_who_took_it_and_is_reached_no_more_is_looked_at_after_90_days_too(mail, approved):
    taken(mail, approved, "post")
    mail.carrier.way = "down"
    later(mail, POLL)
    assert mail.of(approved, "post").state == "waiting"
    later(mail, LOST)
    assert (mail.of(approved, "post").state, mail.of(approved, "post").why) == ("parked", "silent")
    assert [each.why for each in mail.hall.told(approved, DeliveryParked)] == ["silent"]


def test_a_window_ends_once_the_app_said_that_it_does_not_have_it(mail, approved):
    order(mail, approved, "app")
    mail.signed(approved)
    mail.carrier.way = "slow"
    mail.hear(approved)
    mail.carrier.way = "down"
    later(mail, WINDOW)
    assert mail.of(approved, "app").state == "waiting"
    mail.carrier.way = "well"
    later(mail, POLL)
    mail.hear(approved)
    assert (mail.of(approved, "app").state, mail.state(approved)) == ("delivered", 10)


@pytest.mark.parametrize("way", ["slow", "down"])
def test_a_window_ends_when_the_app_says_no_or_nothing_for_90_days(mail, approved, way):
    order(mail, approved, "app")
    mail.signed(approved)
    mail.carrier.way = "slow"
    mail.hear(approved)
    mail.carrier.way = way
    later(mail, WINDOW)
    later(mail, LOST if way == "down" else timedelta())
    assert mail.of(approved, "app").state == "expired"
    assert len(mail.carrier.kept) == 1


def test_a_paper_that_was_handed_over_meanwhile_leaves_no_attempt_open(mail, approved):
    order(mail, approved, "post")
    mail.signed(approved)

    def late(way, parcel):
        del mail.carrier.send
        found = mail.of(approved, "post")
        change = mail.sending.dossiers.change(mail.hall.draft(approved), mail.hall.clock())
        settle(change, structs.replace(found, state="delivered", due_at=None))
        change.write()
        return mail.carrier.send(way, parcel)

    mail.carrier.send = late
    mail.sending.turn(approved, "post")
    assert [each.outcome for each in mail.of(approved, "post").attempts] == ["delivered"]
    assert len(mail.hall.told(approved, DeliverySettled)) == 1


# --- the clock's run ----------------------------------------------------------------------------------------------


def test_a_run_begins_at_another_part_each_time_and_all_come_first(hall):
    now, seen = hall.clock(), []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lists.aws, "found", lambda _table, _index, _due, values: seen.append(values[":list"]) or ())
        for turn in range(PARTS):
            assert list(lists.deliveries_due(now + timedelta(seconds=turn * lists.TURN))) == []
    assert len(set(seen[::PARTS])) == len(set(seen[:PARTS])) == PARTS


class Nearly:
    """What Lambda tells a call whose time is nearly over."""

    def get_remaining_time_in_millis(self):
        return int(TAKES * 1000)


def test_a_run_begins_nothing_that_it_has_no_time_for(mail, approved):
    order(mail, approved, "app")
    order(mail, approved, "post")
    mail.signed(approved)
    with waiting.within(Nearly()):
        assert mail.sending.run().turned == 0
    assert mail.sending.run().turned == 2


def test_a_run_that_breaks_off_says_what_it_did(mail, approved, monkeypatch):
    said: dict[str, float] = {}
    monkeypatch.setattr(log, "measure", lambda **given: said.update(given))
    monkeypatch.setattr(events, "sending", lambda: mail.sending)
    order(mail, approved, "app")
    mail.signed(approved)
    rows = list(lists.deliveries_due(mail.hall.clock()))

    def broken(_self, _now):
        yield from rows
        raise Died

    monkeypatch.setattr(Table, "due", broken)
    with pytest.raises(Died):
        events.delivery_sweep({}, None)
    assert said["DeliveriesTurned"] == 1
