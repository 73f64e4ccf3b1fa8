"""Webhooks: delivered in order, tried by the schedule, stopped at its end with a reason, and nothing is lost."""

import random
from datetime import timedelta
from types import SimpleNamespace

import pytest
from msgspec.structs import replace

from chalicelib.kernel.clock import moment
from chalicelib.kernel.problem import BodyInvalid, KeyReused, NotFound
from chalicelib.subscriptions import events, signing
from chalicelib.subscriptions.model import MOST, WAITS
from chalicelib.subscriptions.pushing import LEASE, Done, Pusher
from chalicelib.subscriptions.reading import Feed
from chalicelib.subscriptions.refusals import NotPushed, TooManySubscriptions
from chalicelib.subscriptions.service import Subscribing, order
from chalicelib.subscriptions.store import Table
from infra.stack.watch import alarms
from tests.support.followed import (
    OTHERS,
    OURS,
    Clock,
    Receiver,
    feed,
    in_order,
    portal,
    secret_key,
    started,
    system,
    tell,
)

URL = "https://nhan.example.vn/hooks"
ALL = frozenset()
INSTALLATION = "i" * 32


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def subscribing(tables, clock):
    nonces = iter(f"nonce-{n}" for n in range(100))
    return Subscribing(Table(), Table(), clock, lambda: next(nonces), lambda: INSTALLATION)


@pytest.fixture
def receiver():
    return Receiver()


@pytest.fixture
def pusher(tables, clock, receiver):
    store = Table()
    return Pusher(store, store, Feed(store, clock), receiver, clock, lambda: 0.5, lambda: INSTALLATION, at_once=1)


def opened(subscribing, who=None, key="k", types=()):
    return subscribing.open(order(who or system(), key, b"{}"), URL, types)


def grow(clock, *references, amount=1):
    for each in references:
        tell(each, amount, clock=clock)
    feed(*references, clock=clock)


def test_what_happens_is_delivered_signed_and_once(subscribing, pusher, receiver, clock):
    shown = opened(subscribing)
    started("MC-A", clock=clock)
    grow(clock, "MC-A")
    assert pusher.run().delivered == 2
    assert [each["id"] for each in receiver.events] == ["MC-A/EVENT#000001", "MC-A/EVENT#000002"]
    key = secret_key(shown.secret)
    for headers, body in receiver.taken:
        at = int(headers["webhook-timestamp"])
        assert headers["webhook-signature"] == signing.signature(key, headers["webhook-id"], at, body)
        assert at == int(clock().timestamp())
        assert len(body) < 20_000
    assert pusher.run().delivered == 0


def test_what_was_before_a_subscription_is_not_delivered(subscribing, pusher, receiver, clock):
    subscribing.open(order(system(), "first", b"{}"), None, ())
    started("MC-A", clock=clock)
    feed("MC-A", clock=clock)
    opened(subscribing)
    grow(clock, "MC-A")
    pusher.run()
    assert [each["sequence"] for each in receiver.events] == ["000002"]


def test_only_the_types_that_were_agreed_are_delivered(subscribing, pusher, receiver, clock):
    opened(subscribing, types=("vn.motcua.dossier.payment_requested",))
    started("MC-A", clock=clock)
    grow(clock, "MC-A")
    pusher.run()
    assert [each["sequence"] for each in receiver.events] == ["000002"]


def test_a_receiver_hears_of_its_own_dossiers_alone(subscribing, pusher, receiver, clock):
    opened(subscribing)
    opened(subscribing, portal())
    started("MC-A", OTHERS, clock=clock)
    started("MC-B", OTHERS, clock=clock, portal="dvc")
    feed("MC-A", "MC-B", clock=clock)
    pusher.run()
    assert [each["subject"] for each in receiver.events] == ["MC-B"]


def test_the_schedule_is_that_of_standard_webhooks_and_ends_with_a_reason(subscribing, pusher, receiver, clock):
    shown = opened(subscribing)
    started("MC-A", clock=clock)
    feed("MC-A", clock=clock)
    receiver.otherwise = 500
    waits = []
    while pusher.run().stopped == 0:
        line = next(each for each in subscribing.one(system(), shown.subscription.id).pushing.lines if each.attempts)
        wait = moment(line.due_at) - clock()
        waits.append(wait)
        tries = receiver.tries
        clock.on(seconds=wait.total_seconds() - 0.001)
        pusher.run()
        assert receiver.tries == tries == len(waits)
        clock.on(seconds=0.001)
    assert receiver.tries == 10
    assert waits == [timedelta(milliseconds=round(1.05 * each.total_seconds() * 1000)) for each in WAITS]
    assert sum(WAITS, timedelta()) == timedelta(hours=75, minutes=35, seconds=5)
    found = subscribing.one(system(), shown.subscription.id).subscription
    assert (found.state, found.why, found.stopped_at is not None) == ("stopped", "schedule_ended", True)


def test_a_wait_is_drawn_within_its_tenth():
    from chalicelib.subscriptions.model import Line, failed
    from tests.support.followed import Clock

    now = Clock()()
    due = {draw: failed(Line(shard=0), 500, now, draw).due_at for draw in (0, 0.999)}
    assert due[0] == "2026-11-27T01:00:05.000+00:00"
    assert "2026-11-27T01:00:05.400" < due[0.999] < "2026-11-27T01:00:05.500+00:00"


@pytest.mark.parametrize("status", [0, 301, 302, 307, 308, 400, 404, 429, 500, 502, 503, 504])
def test_whatever_is_no_2xx_is_tried_again(subscribing, pusher, receiver, clock, status):
    opened(subscribing)
    started("MC-A", clock=clock)
    feed("MC-A", clock=clock)
    receiver.answers = [status]
    assert pusher.run().refused == 1
    clock.on(seconds=4)
    assert pusher.run().delivered == 0
    clock.on(seconds=2)
    assert pusher.run().delivered == 1


def test_a_receiver_that_is_gone_is_not_called_again(subscribing, pusher, receiver, clock):
    shown = opened(subscribing)
    started("MC-A", clock=clock)
    feed("MC-A", clock=clock)
    receiver.answers = [410]
    assert pusher.run().stopped == 1
    clock.on(days=9)
    pusher.run()
    assert receiver.tries == 1
    assert subscribing.one(system(), shown.subscription.id).subscription.why == "gone"


def test_one_that_fails_holds_back_no_other(subscribing, pusher, receiver, clock, monkeypatch):
    opened(subscribing)
    opened(subscribing, system(OTHERS))
    started("MC-A", clock=clock)
    started("MC-B", OTHERS, clock=clock)
    feed("MC-A", "MC-B", clock=clock)
    one = Table.one
    monkeypatch.setattr(Table, "one", lambda self, who, name: 1 / 0 if OURS in who else one(self, who, name))
    done = pusher.run()
    assert (done.broke, done.delivered) == (1, 1)
    assert [each["subject"] for each in receiver.events] == ["MC-B"]


def test_two_runs_at_once_deliver_once(subscribing, pusher, receiver, clock):
    opened(subscribing)
    started("MC-A", clock=clock)
    feed("MC-A", clock=clock)
    taken = receiver.post

    def post(url, headers, body):
        receiver.post = taken
        assert pusher.run().delivered == 0
        return taken(url, headers, body)

    receiver.post = post
    assert pusher.run().delivered == 1


def test_a_run_that_died_is_taken_over_when_its_time_is_over(subscribing, pusher, receiver, clock):
    opened(subscribing)
    started("MC-A", clock=clock)
    grow(clock, "MC-A")
    taken, dead = receiver.post, []

    def post(url, headers, body):
        if dead:
            raise SystemExit
        dead.append(1)
        return taken(url, headers, body)

    receiver.post = post
    with pytest.raises(SystemExit):
        pusher.run()
    receiver.post = taken
    assert pusher.run().delivered == 0
    clock.on(minutes=3)
    assert pusher.run().delivered == 2
    assert [each["sequence"] for each in receiver.events] == ["000001", "000001", "000002"]


def test_a_secret_is_rotated_and_both_sign_for_a_day(subscribing, pusher, receiver, clock):
    former = opened(subscribing)
    name = former.subscription.id
    fresh = subscribing.rotate(order(system(), "r", b"{}"), name)
    assert fresh.secret != former.secret
    assert subscribing.rotate(order(system(), "r", b"{}"), name).secret == fresh.secret
    started("MC-A", clock=clock)
    for secrets in ([fresh.secret, former.secret], [fresh.secret]):
        grow(clock, "MC-A")
        pusher.run()
        headers, body = receiver.taken[-1]
        given = headers["webhook-signature"].split()
        keys = [secret_key(each) for each in secrets]
        at = int(headers["webhook-timestamp"])
        assert given == [signing.signature(key, headers["webhook-id"], at, body) for key in keys]
        clock.on(hours=24)


def test_a_subscriber_down_for_14_days_hears_every_event_once_and_in_order(subscribing, pusher, receiver, clock):
    """Acceptance 5 of the events: by deliveries that go on, and by the feed."""
    shown = opened(subscribing)
    seed = random.Random(14)
    dossiers = [started(f"MC-{n}", clock=clock) for n in range(12)]
    feed(*dossiers, clock=clock)
    pusher.run()
    page = Feed(Table(), clock).page(system(), "", 100, ALL)
    assert len(receiver.events) == len(page.events) == 12
    receiver.otherwise = 0
    told = {f"{each}/EVENT#000001" for each in dossiers}
    for _ in range(14):
        for each in seed.sample(dossiers, 4):
            number = tell(each, *range(seed.randint(1, 14)), clock=clock)
            feed(each, clock=clock)
            told |= {f"{each}/EVENT#{n:06d}" for n in range(1, number + 1)}
        for _ in range(4):
            clock.on(hours=6)
            pusher.run()
    assert subscribing.one(system(), shown.subscription.id).subscription.why == "schedule_ended"
    receiver.otherwise = 204
    assert pusher.run().delivered == 0
    subscribing.redeliver(system(), shown.subscription.id, None, None)
    pusher.run()
    ids = [each["id"] for each in receiver.events]
    assert len(ids) == len(set(ids))
    assert set(ids) == told
    assert in_order(receiver.events)

    reader, after, ids, last = Feed(Table(), clock), page.next, [each.id for each in page.events], {}
    while True:
        page = reader.page(system(), after, 100, ALL)
        for each in page.events:
            assert last.get(each.subject, "") < each.sequence
            last[each.subject] = each.sequence
        ids += [each.id for each in page.events]
        after = page.next
        if not page.more:
            break
    assert len(ids) == len(set(ids))
    assert set(ids) == told


def test_deliveries_go_on_from_a_time_or_a_cursor(subscribing, pusher, receiver, clock):
    name = opened(subscribing).subscription.id
    started("MC-A", clock=clock)
    feed("MC-A", clock=clock)
    at_first = Feed(Table(), clock).page(system(), "", 10, ALL).next
    clock.on(hours=1)
    then = clock()
    grow(clock, "MC-A")
    clock.on(hours=1)
    grow(clock, "MC-A")
    pusher.run()
    for given in ((None, then), (at_first, None)):
        receiver.taken.clear()
        subscribing.redeliver(system(), name, *given)
        pusher.run()
        assert [each["sequence"] for each in receiver.events] == ["000002", "000003"]
    receiver.taken.clear()
    subscribing.redeliver(system(), name, "", None)
    pusher.run()
    assert len(receiver.events) == 3
    with pytest.raises(BodyInvalid):
        subscribing.redeliver(system(), name, at_first, then)
    with pytest.raises(BodyInvalid):
        subscribing.redeliver(system(), name, "x", None)


def test_deliveries_whose_next_event_is_kept_no_more_stop_with_that_reason(subscribing, pusher, receiver, clock):
    from chalicelib.kernel import aws
    from chalicelib.subscriptions import fence
    from chalicelib.subscriptions.model import shard_of

    name = opened(subscribing).subscription.id
    started("MC-A", clock=clock)
    feed("MC-A", clock=clock)
    grow(clock, "MC-A")
    part = fence.feed_key(f"agency:{OURS}", shard_of("MC-A"))
    aws.alone(aws.delete("subscriptions", (part, fence.entry_sk(1))))
    pusher.run()
    assert subscribing.one(system(), name).subscription.why == "forgotten"
    subscribing.redeliver(system(), name, None, clock())
    pusher.run()
    assert [each["sequence"] for each in receiver.events] == ["000002"]


def test_a_subscription_that_ended_is_not_delivered(subscribing, pusher, receiver, clock):
    shown = opened(subscribing)
    subscribing.end(system(), shown.subscription.id)
    started("MC-A", clock=clock)
    feed("MC-A", clock=clock)
    assert pusher.run().delivered == 0
    with pytest.raises(NotFound):
        subscribing.one(system(), shown.subscription.id)


def test_the_same_order_again_is_the_same_subscription(subscribing, tables):
    first = opened(subscribing)
    assert opened(subscribing) == first
    with pytest.raises(KeyReused):
        subscribing.open(order(system(), "k", b"other"), URL, ())
    assert len(subscribing.all(system())) == 1


def test_others_do_not_see_a_subscription(subscribing):
    name = opened(subscribing).subscription.id
    assert subscribing.all(system(OTHERS)) == []
    for act in (
        lambda: subscribing.one(system(OTHERS), name),
        lambda: subscribing.rotate(order(system(OTHERS), "r", b"{}"), name),
        lambda: subscribing.redeliver(system(OTHERS), name, None, None),
        lambda: subscribing.end(system(OTHERS), name),
    ):
        with pytest.raises(NotFound):
            act()


def test_one_without_an_address_has_no_secret_and_no_deliveries(subscribing):
    shown = subscribing.open(order(system(), "k", b"{}"), None, ())
    assert (shown.secret, shown.pushing) == (None, None)
    with pytest.raises(NotPushed):
        subscribing.rotate(order(system(), "r", b"{}"), shown.subscription.id)
    with pytest.raises(NotPushed):
        subscribing.redeliver(system(), shown.subscription.id, None, None)


def test_there_are_at_most_so_many(subscribing):
    for n in range(MOST):
        opened(subscribing, key=str(n))
    with pytest.raises(TooManySubscriptions):
        opened(subscribing, key="more")


def test_a_target_and_a_type_are_refused_by_name(subscribing):
    with pytest.raises(BodyInvalid) as refused:
        subscribing.open(order(system(), "k", b"{}"), "https://127.0.0.1/", ("vn.motcua.draft.saved",))
    assert [(each.pointer, each.rule) for each in refused.value.fields] == [
        ("/url", "target_name"),
        ("/types/0", "unknown_type"),
    ]


def test_what_a_subscriber_did_stands_in_its_log(subscribing, pusher, receiver, clock, tables):
    name = opened(subscribing).subscription.id
    subscribing.rotate(order(system(), "r", b"{}"), name)
    started("MC-A", clock=clock)
    feed("MC-A", clock=clock)
    receiver.answers = [410]
    pusher.run()
    subscribing.redeliver(system(), name, None, None)
    subscribing.end(system(), name)
    record = f"SUBSCRIBER#agency:{OURS}"
    assert tables.types("Subscriptions", record) == [
        "subscription.opened",
        "subscription.secret_rotated",
        "subscription.stopped",
        "subscription.resumed",
        "subscription.ended",
    ]
    assert tables.unbroken("Subscriptions", record)


def test_a_receiver_that_heard_everything_costs_no_write(subscribing, pusher, receiver, clock, tables):
    opened(subscribing)
    started("MC-A", clock=clock)
    feed("MC-A", clock=clock)
    pusher.run()
    stood = tables.everything("Subscriptions")
    clock.on(minutes=1)
    assert pusher.run().delivered == 0
    assert tables.everything("Subscriptions") == stood


def test_the_clocks_run_says_what_the_alarms_listen_to(monkeypatch):
    """Names of metrics stand in two places: where they are told, and where they ring."""
    told: dict[str, float] = {}
    monkeypatch.setattr(events.log, "measure", told.update)
    monkeypatch.setattr(events, "pusher", lambda: SimpleNamespace(run=lambda: Done(stopped=1, broke=2)))
    events.subscriptions_push({}, None)
    ringing = {name: alarms()[name]["Properties"] for name in ("SubscriptionsStopped", "DeliveriesBreak")}
    assert [told[each["MetricName"]] for each in ringing.values()] == [1, 2]
    assert all(each["TreatMissingData"] == "notBreaching" and each["Threshold"] == 0 for each in ringing.values())


def test_a_second_rotation_ends_the_oldest_secret_and_prolongs_none(subscribing, clock):
    name = opened(subscribing).subscription.id
    for number in range(2):
        subscribing.rotate(order(system(), f"r-{number}", b"{}"), name)
        clock.on(hours=1)
    (found,) = Table().all(f"agency:{OURS}")
    assert [(each.nonce, each.until is None) for each in found.secrets] == [("nonce-2", True), ("nonce-1", False)]


def test_of_two_runs_that_read_one_subscription_one_keeps_how_far_it_came(subscribing):
    shown, store = opened(subscribing), Table()
    was = store.pushing(shown.subscription)
    ours, theirs = (replace(was, version=was.version + 1, leased_until=each) for each in ("ours", "theirs"))
    assert (store.save(was, ours), store.save(was, theirs)) == (True, False)
    assert store.pushing(shown.subscription).leased_until == "ours"


def test_a_redelivery_that_is_asked_for_while_a_run_delivers_waits_for_the_end_of_that_run(
    subscribing, pusher, receiver, clock
):
    name = opened(subscribing).subscription.id
    started("MC-A", clock=clock)
    feed("MC-A", clock=clock)
    take = receiver.post

    def post(*given):
        receiver.post = take
        subscribing.redeliver(system(), name, None, None)
        assert pusher.run() == Done(), "the next run leaves it to this one"
        return take(*given)

    receiver.post = post
    assert pusher.run() == Done(delivered=1)
    clock.on(seconds=LEASE.total_seconds())
    assert pusher.run() == Done(delivered=1)
    assert [each["id"] for each in receiver.events] == ["MC-A/EVENT#000001"] * 2


def while_posting(receiver, act):
    """Let somebody act while an event is on its way."""
    taken = receiver.post

    def post(url, headers, body):
        receiver.post = taken
        act()
        return taken(url, headers, body)

    receiver.post = post


def test_a_secret_that_is_rotated_while_its_receiver_is_found_gone_stays_the_new_one(
    subscribing, pusher, receiver, clock
):
    name = opened(subscribing).subscription.id
    started("MC-A", clock=clock)
    feed("MC-A", clock=clock)
    while_posting(receiver, lambda: subscribing.rotate(order(system(), "r", b"{}"), name))
    receiver.answers = [410]
    assert pusher.run().stopped == 1
    (found,) = Table().all(f"agency:{OURS}")
    assert (found.state, [(each.nonce, each.until is None) for each in found.secrets]) == (
        "stopped", [("nonce-1", True), ("nonce-0", False)],
    )  # fmt: skip


def test_a_run_whose_time_was_over_stops_nothing_that_another_run_goes_on_with(subscribing, pusher, receiver, clock):
    name = opened(subscribing).subscription.id
    started("MC-A", clock=clock)
    feed("MC-A", clock=clock)
    held = Table().one(f"agency:{OURS}", name)

    def other():
        was = Table().pushing(held)
        assert Table().save(was, replace(was, version=was.version + 1, leased_until="others"))

    while_posting(receiver, other)
    receiver.answers = [410]
    assert pusher.run().broke == 1
    assert Table().pushing(held).leased_until == "others"
    assert Table().one(f"agency:{OURS}", name).state == "active"


def test_what_was_delivered_before_a_failure_is_not_delivered_again(subscribing, pusher, receiver, clock):
    """Three events stand in one entry of the feed; the second is refused at first."""
    opened(subscribing)
    started("MC-A", clock=clock)
    tell("MC-A", 1, 2, clock=clock)
    feed("MC-A", clock=clock)
    receiver.answers = [204, 500]
    assert (pusher.run().delivered, receiver.tries) == (1, 2)
    clock.on(hours=1)
    assert pusher.run().delivered == 2
    assert [each["sequence"] for each in receiver.events] == ["000001", "000002", "000003"]
