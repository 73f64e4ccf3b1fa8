"""The feed: every event of one's own dossiers once, in order for each; nobody else's, and nothing personal."""

import json
import random

import msgspec
import pytest

from chalicelib.contracts.event import known_events
from chalicelib.kernel import aws
from chalicelib.kernel.problem import BodyInvalid, TryAgain
from chalicelib.subscriptions import fence
from chalicelib.subscriptions.model import SHARDS, shard_of
from chalicelib.subscriptions.outgoing import leaving
from chalicelib.subscriptions.reading import Feed
from chalicelib.subscriptions.refusals import CursorExpired, NotFollowed
from chalicelib.subscriptions.service import Subscribing, order
from chalicelib.subscriptions.store import Table
from tests.support.followed import OTHERS, OURS, SECRET_WORDS, Clock, feed, in_order, portal, started, system, tell

ALL = frozenset()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def subscribing(tables, clock):
    nonces = iter(f"nonce-{n}" for n in range(100))
    return Subscribing(Table(), Table(), clock, lambda: next(nonces), lambda: "i" * 32)


@pytest.fixture
def reader(tables, clock):
    return Feed(Table(), clock)


def follow(subscribing, who, key="k"):
    return subscribing.open(order(who, key, b"{}"), None, ()).subscription


def read_all(reader, who, after="", limit=10):
    """All pages; the events as they go over the wire, and the cursor at the end."""
    events = []
    while True:
        page = reader.page(who, after, limit, ALL)
        events += [json.loads(msgspec.json.encode(each)) for each in page.events]
        after = page.next
        if not page.more:
            return events, after


def numbers(events, reference):
    return [int(each["sequence"]) for each in events if each["subject"] == reference]


def test_events_come_once_and_in_order_and_a_cursor_goes_on(subscribing, reader, clock):
    follow(subscribing, system())
    for each in ("MC-A", "MC-B"):
        started(each, clock=clock)
        tell(each, *range(12), clock=clock)
    feed("MC-A", "MC-B", clock=clock)
    events, after = read_all(reader, system())
    assert (numbers(events, "MC-A"), numbers(events, "MC-B")) == (list(range(1, 14)), list(range(1, 14)))
    assert read_all(reader, system(), after) == ([], after)
    tell("MC-B", 99, clock=clock)
    feed("MC-B", clock=clock)
    later, _ = read_all(reader, system(), after)
    assert [(each["id"], each["data"]["amount"]) for each in later] == [("MC-B/EVENT#000014", 99)]


def test_an_event_that_leaves_is_a_cloudevent_without_anybodys_name(subscribing, reader, clock):
    follow(subscribing, system())
    started("MC-A", clock=clock)
    tell("MC-A", 5, clock=clock)
    feed("MC-A", clock=clock)
    events, _ = read_all(reader, system())
    assert events[1] == {
        "specversion": "1.0",
        "id": "MC-A/EVENT#000002",
        "source": "motcua",
        "type": "vn.motcua.dossier.payment_requested",
        "subject": "MC-A",
        "time": "2026-11-27T01:00:00.000+00:00",
        "sequence": "000002",
        "datacontenttype": "application/json",
        "data": {
            "dossier": "MC-A", "state": 6, "agency": OURS, "received_at": "", "processed_at": "", "amount": 5,
            "currency": "VND",
        },
    }  # fmt: skip
    text = json.dumps(events, ensure_ascii=False)
    assert not [each for each in (SECRET_WORDS, "s3cr3t", "f" * 32) if each in text]


PERSONAL = {
    "sealed",
    "holder",
    "handler",
    "by",
    "acted_for",
    "officer",
    "key",
    "version_id",
    "proof",
    "name",
    "keepers",
}


def test_no_contract_lets_a_person_out():
    kinds = known_events()
    assert len(leaving()) > 30
    for name, fields in leaving().items():
        declared = {each.name for each in msgspec.structs.fields(kinds[name])}
        assert set(fields) <= declared, name
        assert not PERSONAL & set(fields), name


def test_what_nobody_follows_is_kept_for_nobody(tables, reader, clock):
    started("MC-A", clock=clock)
    feed("MC-A", clock=clock)
    assert tables.everything("Subscriptions") == []
    with pytest.raises(NotFollowed):
        reader.page(system(), "", 10, ALL)


def test_another_agency_hears_nothing_until_it_takes_part_and_then_all(subscribing, reader, clock):
    for each in (system(), system(OTHERS)):
        follow(subscribing, each)
    started("MC-A", clock=clock)
    tell("MC-A", 1, clock=clock)
    feed("MC-A", clock=clock)
    assert read_all(reader, system(OTHERS))[0] == []
    tell("MC-A", 2, clock=clock, participants=[OTHERS])
    feed("MC-A", clock=clock)
    assert numbers(read_all(reader, system(OTHERS))[0], "MC-A") == [1, 2, 3]
    assert numbers(read_all(reader, system())[0], "MC-A") == [1, 2, 3]


def test_whoever_may_not_read_the_dossier_any_more_hears_no_more_of_it(subscribing, reader, clock, tables):
    follow(subscribing, system(OTHERS))
    started("MC-A", clock=clock, participants=(OTHERS,))
    feed("MC-A", clock=clock)
    assert numbers(read_all(reader, system(OTHERS))[0], "MC-A") == [1]
    tables.forget("Dossiers", "MC-A", "participants")
    assert read_all(reader, system(OTHERS))[0] == []


def test_a_portal_hears_of_what_it_filed(subscribing, reader, clock):
    for each in (portal(), portal("other")):
        follow(subscribing, each)
    started("MC-A", clock=clock, portal="dvc")
    started("MC-B", clock=clock)
    feed("MC-A", "MC-B", clock=clock)
    assert [each["subject"] for each in read_all(reader, portal())[0]] == ["MC-A"]
    assert read_all(reader, portal("other"))[0] == []


def test_an_agency_in_two_parts_of_a_dossier_hears_each_event_once(subscribing, reader, clock):
    from copy import replace

    from chalicelib.kernel.access import Post

    both = replace(system(), post=Post(agencies=frozenset({OURS, OTHERS})))
    for each in (system(), system(OTHERS)):
        follow(subscribing, each)
    started("MC-A", clock=clock, participants=(OTHERS,))
    feed("MC-A", clock=clock)
    assert numbers(read_all(reader, both)[0], "MC-A") == [1]


def test_a_draft_is_in_no_feed(subscribing, reader, clock, tables):
    follow(subscribing, system())
    started("MC-A", clock=clock)
    tell("MC-A", 1, clock=clock, state=0)
    feed("MC-A", clock=clock)
    assert read_all(reader, system())[0] == []


def test_what_comes_twice_late_or_out_of_order_is_there_once_and_in_order(subscribing, reader, clock):
    follow(subscribing, system())
    dossiers = [started(f"MC-{n}", clock=clock) for n in range(6)]
    told = [(each, tell(each, n, clock=clock)) for each in dossiers for n in range(7)]
    shuffled = told * 2
    random.Random(7).shuffle(shuffled)
    for reference, number in shuffled:
        assert fence.feed({reference: number}, clock()) == {}
    events, _ = read_all(reader, system())
    assert {each["subject"] for each in events} == set(dossiers)
    assert len({each["id"] for each in events}) == len(events) == 6 * 8
    assert in_order(events)


def test_a_long_log_comes_whole(subscribing, reader, clock, tables):
    follow(subscribing, system())
    started("MC-A", clock=clock)
    for _ in range(3):
        tell("MC-A", *range(90), clock=clock)
    feed("MC-A", clock=clock)
    assert numbers(read_all(reader, system(), limit=100)[0], "MC-A") == list(range(1, 272))


def test_many_dossiers_of_one_batch_come_whole(subscribing, reader, clock):
    follow(subscribing, system())
    dossiers = [started(f"MC-{n}", clock=clock) for n in range(120)]
    feed(*dossiers[:60], clock=clock)
    feed(*dossiers, clock=clock)
    assert sorted(each["subject"] for each in read_all(reader, system(), limit=100)[0]) == sorted(dossiers)


def test_a_feed_that_others_write_at_the_same_time_is_tried_again(subscribing, reader, clock, tables):
    follow(subscribing, system())
    first = started("MC-A", clock=clock)
    other = next(f"MC-{n}" for n in range(99) if shard_of(f"MC-{n}") == shard_of("MC-A"))
    started(other, clock=clock)
    tables.meanwhile(lambda: feed(other, clock=clock))
    feed(first, clock=clock)
    tell(first, 1, clock=clock)
    tables.contend(2)
    feed(first, clock=clock)
    events, _ = read_all(reader, system())
    assert sorted(each["subject"] for each in events) == sorted([first, first, other])


def test_a_feed_that_cannot_be_written_is_told_by_the_dossier(subscribing, clock, tables, monkeypatch):
    follow(subscribing, system())
    started("MC-A", clock=clock)
    monkeypatch.setattr("chalicelib.subscriptions.fence.waiting.turns", lambda: iter([None, None]))
    tables.contend(2)
    failed = fence.feed({"MC-A": 1}, clock())
    assert [(each, type(error)) for each, error in failed.items()] == [("MC-A", TryAgain)]


def test_a_feed_that_cannot_be_read_is_told_by_all_dossiers(subscribing, clock, monkeypatch):
    follow(subscribing, system())
    monkeypatch.setattr("chalicelib.subscriptions.fence.heads_of", lambda _: 1 / 0)
    assert set(fence.feed({"MC-A": 1, "MC-B": 2}, clock())) == {"MC-A", "MC-B"}


def test_no_more_events_come_than_were_asked_for(subscribing, reader, clock):
    follow(subscribing, system())
    for n in range(9):
        started(f"MC-{n}", clock=clock)
        tell(f"MC-{n}", *range(6), clock=clock)
        feed(f"MC-{n}", clock=clock)
        clock.on(seconds=1)
    page = reader.page(system(), "", 20, ALL)
    assert (len(page.events), page.more) == (14, True)
    assert [each.subject for each in page.events] == ["MC-0"] * 7 + ["MC-1"] * 7


def test_only_the_types_that_were_asked_for_come(subscribing, reader, clock):
    follow(subscribing, system())
    started("MC-A", clock=clock)
    tell("MC-A", 1, clock=clock)
    feed("MC-A", clock=clock)
    page = reader.page(system(), "", 10, frozenset({"vn.motcua.dossier.payment_requested"}))
    assert [each.type for each in page.events] == ["vn.motcua.dossier.payment_requested"]


@pytest.mark.parametrize(
    "cursor", ["x", "bnVsbA==", "W1siYWdlbmN5OkgwMSIsMCwxXV0=", "W1siYWdlbmN5OkgwMS4xMC4yNCIsOSwxXV0=", "W1sxXV0="]
)
def test_a_cursor_that_is_none_of_theirs_is_refused(subscribing, reader, cursor):
    follow(subscribing, system())
    with pytest.raises(BodyInvalid) as refused:
        reader.page(system(), cursor, 10, ALL)
    assert refused.value.fields[0].pointer == "/after"


def test_a_cursor_older_than_what_is_kept_is_refused_and_from_the_beginning_it_goes_on(
    subscribing, reader, clock, tables
):
    follow(subscribing, system())
    started("MC-A", clock=clock)
    _, before = read_all(reader, system())
    feed("MC-A", clock=clock)
    _, at_first = read_all(reader, system())
    for n in range(3):
        tell("MC-A", n, clock=clock)
        feed("MC-A", clock=clock)
    part = fence.feed_key(f"agency:{OURS}", shard_of("MC-A"))
    aws.alone(aws.delete("subscriptions", (part, fence.entry_sk(2))))
    with pytest.raises(CursorExpired):
        reader.page(system(), at_first, 10, ALL)
    aws.alone(aws.delete("subscriptions", (part, fence.entry_sk(1))))
    assert numbers(read_all(reader, system())[0], "MC-A") == [3, 4]
    assert before


def test_what_a_list_has_not_got_yet_is_waited_for(subscribing, reader, clock, monkeypatch):
    follow(subscribing, system())
    started("MC-A", clock=clock)
    feed("MC-A", clock=clock)
    _, after = read_all(reader, system())
    for n in range(2):
        tell("MC-A", n, clock=clock)
        feed("MC-A", clock=clock)
    stale = Table.entries
    monkeypatch.setattr(Table, "entries", lambda *given: stale(*given)[1:])
    assert read_all(reader, system(), after) == ([], after)
    monkeypatch.setattr(Table, "entries", stale)
    assert numbers(read_all(reader, system(), after)[0], "MC-A") == [2, 3]


def test_the_dossiers_of_an_agency_are_spread_over_all_parts_of_its_feed(subscribing, clock, tables):
    follow(subscribing, system())
    dossiers = [started(f"MC-{n}", clock=clock) for n in range(40)]
    feed(*dossiers, clock=clock)
    for shard in range(SHARDS):
        assert 2 < len(tables.partition("Subscriptions", fence.feed_key(f"agency:{OURS}", shard))) < 20


def test_a_dossier_that_grows_costs_a_counter_a_mark_and_an_entry(subscribing, clock, tables):
    follow(subscribing, system())
    started("MC-A", clock=clock)
    feed("MC-A", clock=clock)
    before = tables.writes
    tell("MC-A", *range(10), clock=clock)
    feed("MC-A", clock=clock)
    assert tables.writes == before + 2  # the dossier's own, and one for the feed
