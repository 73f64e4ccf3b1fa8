"""A notice leaves the portal once for each receiver and channel, whatever fails, dies, comes twice or late."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec import structs

from chalicelib.contracts.delivery import NoticeAskedAgain
from chalicelib.delivery.notices import events, model
from chalicelib.delivery.notices.model import ASKS, LEASE, WAITS, Report
from chalicelib.delivery.notices.sending import TAKES
from chalicelib.delivery.notices.service import Renewing
from chalicelib.delivery.notices.store import Orders
from chalicelib.delivery.refusals import NoticeNotGivenUp
from chalicelib.delivery.service import Order
from chalicelib.dossier import fed, notifying
from chalicelib.dossier.channels import Channels, Quiet
from chalicelib.dossier.noticed import BESIDE
from chalicelib.dossier.notified import PARTS
from chalicelib.kernel import log, waiting
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import KeyReused, NotAllowed, NotFound
from infra.stack.watch import alarms
from tests.fakes import people
from tests.support.parcels import Died, Mortal
from tests.support.posted import MAIL, ON, Post, mortal, on

__all__ = ["on"]
pytestmark = pytest.mark.usefixtures("on")
SMS = structs.replace(ON, email=(), app=())
CHANNELS = ("email", "sms", "app")


@pytest.fixture
def post(hall):
    return Post(hall)


@pytest.fixture
def submitted(post):
    """A dossier of somebody who said how they are reached."""
    reference = post.hall.submitted()
    post.reached(reference)
    return reference


def only_sms(post):
    post.channels = SMS
    post.worker = post.worker_over(post.worker.notices, (post.first, post.second))


@pytest.fixture
def sms(post, submitted):
    """The same, where notices leave by SMS alone, and one is queued."""
    only_sms(post)
    post.queue(submitted)
    return submitted


def one(post, reference):
    (found,) = post.of(reference)
    return found


def test_a_transition_goes_once_to_each_channel_with_its_facts(post, submitted):
    post.queue(submitted)
    assert post.run().turned == 3
    sent = dict(post.first.kept)
    assert len(post.first.kept) == 3
    assert {channel: message.to for channel, message in sent.items()} == {
        "email": MAIL, "sms": "0912345678", "app": people.CITIZEN.personal_id,
    }  # fmt: skip
    assert [each.status for each in post.of(submitted)] == ["delivered"] * 3
    for word in ("Mới đăng ký", "Registered", people.OFFICE["id"], "Hẹn trả", "Due"):
        assert word in sent["email"].text
    assert sent["email"].text == sent["app"].text
    assert submitted in sent["sms"].text
    assert sent["sms"].text.isascii()
    assert len(sent["sms"].text) <= 160
    assert post.run(timedelta(days=1)).turned == 0


def test_before_its_acceptance_what_is_due_is_receptions_answer_and_after_it_the_result(post, submitted):
    post.hall.complete(submitted, "receive")
    post.queue(submitted)
    post.run()
    letters = [message.text for channel, message in post.first.kept if channel == "email"]
    answers = [text for text in letters if "Hẹn trả lời tiếp nhận: 26/11/2026 09:20" in text]
    results = [text for text in letters if "Hẹn trả: 26/11/2026 23:59" in text]
    assert (len(answers), len(results)) == (1, len(letters) - 1)
    assert "Due (reception answers): 26/11/2026 09:20" in answers[0]
    short = [message.text for channel, message in post.first.kept if channel == "sms"]
    assert sum("Hen tra loi tiep nhan: 26/11/2026 09:20." in text for text in short) == 1
    assert all(len(text) <= 160 for text in short)


def test_each_transition_gives_one_and_what_moves_nothing_gives_none(post, submitted):
    post.hall.complete(submitted, "receive")
    post.hall.complete(submitted, "verify")
    only_sms(post)
    post.queue(submitted)
    post.run()
    rows = fed.events_of(submitted, 1, 999)
    giving = [row.number for row in rows if row.state or row.type in BESIDE]
    assert [each.number for each in post.of(submitted)] == giving
    assert len(giving) < len(rows)
    assert len(post.first.kept) == len(giving)


def test_a_stage_without_channels_queues_and_reads_nothing(post, submitted, monkeypatch):
    monkeypatch.setenv("MOTCUA_NOTICES", "none")
    before = post.hall.stores.writes, post.hall.rows.everything()
    rows = fed.events_of(submitted, 1, 9)
    assert notifying.queue({0: (submitted, rows[-1])}, post.hall.clock()) == {}
    assert (post.hall.stores.writes, post.hall.rows.everything()) == before
    monkeypatch.setattr("chalicelib.kernel.aws.found", lambda *_, **__: pytest.fail("read"))
    assert events.delivery_notify({}, None) == {"turned": 0, "given_up": 0, "failed": 0}


def test_what_is_no_dossier_is_queued_for_nobody(post, submitted):
    row = fed.events_of(submitted, 1, 99)[-1]
    notifying.queue({0: ("OWNER#1", changed_state(row))}, post.hall.clock())
    assert not post.hall.rows.partition("NOTICES#OWNER#1")


def changed_state(row):
    return structs.replace(row, state=4)


def test_a_row_that_cannot_be_queued_is_told_by_its_place(post, submitted, monkeypatch):
    rows = fed.events_of(submitted, 1, 99)
    place = next(n for n, row in enumerate(rows) if row.state)
    monkeypatch.setattr("chalicelib.kernel.aws.alone", lambda _: 1 / 0)
    failed = notifying.queue(dict(enumerate((submitted, row) for row in rows)), post.hall.clock())
    assert isinstance(failed[place], ZeroDivisionError)


# --- providers -------------------------------------------------------------------------------------------------------


def test_whose_answer_was_lost_is_asked_and_sent_nothing_again(post, sms):
    post.first.way = "mute"
    post.run()
    assert one(post, sms).status == "queued"
    post.first.way = "well"
    post.run(WAITS[0])
    assert one(post, sms).status == "delivered"
    assert len(post.first.kept) == 1


def test_after_the_first_provider_refused_the_second_is_asked_at_once(post, sms):
    post.first.way = "refuses"
    post.run()
    found = one(post, sms)
    assert (found.status, found.provider) == ("delivered", 1)
    assert [(each.provider, each.outcome) for each in found.attempts] == [(0, "refused"), (1, "accepted")]
    assert (post.first.kept, len(post.second.kept)) == ([], 1)


def test_who_is_refused_by_all_is_given_up(post, sms):
    post.first.way = post.second.way = "refuses"
    assert post.run().given_up == 1
    found = one(post, sms)
    assert (found.status, found.why, found.due_at) == ("given_up", "refused", None)
    assert post.run(timedelta(days=9)).turned == 0


def test_who_is_down_is_tried_by_the_schedule_and_given_up_at_its_end(post, sms):
    post.first.way = "down"
    post.run()
    for wait in WAITS:
        assert one(post, sms).status == "queued"
        assert post.run(wait - timedelta(seconds=2)).turned == 0
        assert post.run(timedelta(seconds=1)).turned == 1
    found = one(post, sms)
    assert (found.status, found.why, found.tries) == ("given_up", "unreachable", len(WAITS) + 1)
    assert post.second.kept == [], "what may have come is not sent by another one"


def test_a_bounce_is_told_and_tried_no_more(post, sms):
    post.first.way = "bounces"
    post.run()
    assert one(post, sms).status == "bounced"
    assert post.run(timedelta(days=9)).turned == 0


def test_what_was_sent_is_asked_for_until_it_came(post, sms):
    post.first.way = "slow"
    post.run()
    assert one(post, sms).status == "sent"
    post.run(ASKS[0])
    post.first.way = "well"
    post.run(ASKS[1])
    assert one(post, sms).status == "delivered"
    assert len(post.first.kept) == 1


def test_who_never_says_whether_it_came_is_left_alone_after_a_while(post, sms):
    post.first.way = "slow"
    post.run()
    for wait in ASKS:
        post.first.way = "down" if wait is ASKS[1] else "slow"
        assert post.run(wait).turned == 1
    assert (one(post, sms).status, one(post, sms).due_at) == ("sent", None)
    assert len(post.first.kept) == 1


def at(minute):
    return stamp(datetime(2026, 11, 25, 3, minute, tzinfo=UTC))


@pytest.mark.parametrize(
    ("reports", "status"),
    [
        ([{"sent_at": at(1)}, {"delivered_at": at(2)}, {"sent_at": at(1)}], "delivered"),
        ([{"bounced_at": at(3)}, {"delivered_at": at(2)}], "bounced"),
        ([{"delivered_at": at(2)}, {"bounced_at": at(3)}], "bounced"),
        ([{"bounced_at": at(1)}, {"delivered_at": at(2)}], "delivered"),
        ([{"delivered_at": at(2)}, {"bounced_at": at(1)}], "delivered"),
    ],
)
def test_reports_in_any_order_come_to_one_end(post, sms, reports, status):
    post.first.way = "slow"
    post.run()
    found = one(post, sms)
    for report in reports:
        found = model.reported(found, Report(state="accepted", **report), 2, post.hall.clock())
    assert found.status == status


def test_a_late_report_moves_nothing_back(post, sms):
    post.first.way = "slow"
    post.run()
    came = stamp(post.hall.clock())
    post.first.told_of = lambda _: Report(state="accepted", sent_at=came, delivered_at=came)
    post.run(ASKS[0])
    found = one(post, sms)
    assert (found.status, found.due_at) == ("delivered", None)


# --- hours, workers, erasure -----------------------------------------------------------------------------------------


def quiet(post, **more):
    post.channels = structs.replace(SMS, quiet=Quiet(since="21:00", until="07:00", **more))
    post.worker = post.worker_over(post.worker.notices, (post.first, post.second))


NIGHT = datetime(2026, 11, 25, 16, 30, tzinfo=UTC)
"""23:30 in Viet Nam."""


def test_in_quiet_hours_an_sms_waits_for_the_morning(post, sms):
    quiet(post)
    post.hall.clock.now = NIGHT
    assert post.run().turned == 0
    assert one(post, sms).due_at == stamp(datetime(2026, 11, 26, 0, 0, tzinfo=UTC))
    assert post.run(timedelta(hours=7, minutes=29)).turned == 0
    assert post.run(timedelta(minutes=1)).turned == 1
    assert len(post.first.kept) == 1


def test_what_cannot_wait_goes_in_quiet_hours_and_so_does_another_channel(post, sms):
    quiet(post, but=(fed.events_of(sms, 1, 99)[-1].type, "vn.motcua.dossier.submitted"))
    post.hall.clock.now = NIGHT
    assert post.run().turned == 1
    assert Channels(quiet=Quiet(since="21:00", until="07:00")).waits_until("email", "x", NIGHT) is None


def test_a_retry_wakes_nobody_either(post, sms):
    quiet(post)
    post.hall.clock.now = NIGHT - timedelta(hours=3)
    post.first.way = "down"
    post.run()
    post.hall.clock.now = NIGHT
    post.first.way = "well"
    assert post.run().turned == 0
    assert post.first.kept == []


def test_one_that_breaks_stops_no_other(post, submitted):
    post.queue(submitted)
    whole = post.first.send
    post.first.send = lambda channel, message: whole(channel, message) if channel == "app" else 1 / 0
    done = post.run()
    assert done.failed >= 1
    post.run()
    assert [each.status for each in post.of(submitted, "app")] == ["delivered"]


def test_what_breaks_before_its_attempt_comes_later_and_takes_no_time_from_others(post, sms, monkeypatch):
    whole = post.worker.notices.dossier
    monkeypatch.setattr(post.worker.notices, "dossier", lambda *_: 1 / 0)
    assert post.run().failed == 1
    assert list(notifying.due(post.hall.clock())) == []
    monkeypatch.setattr(post.worker.notices, "dossier", whole)
    post.run(LEASE)
    assert one(post, sms).status == "delivered"


def test_what_somebody_went_on_with_is_not_put_off(post, sms):
    (row,) = notifying.due(post.hall.clock())
    post.run()
    notifying.put_off(row, post.hall.clock())
    assert list(notifying.due(post.hall.clock())) == []


@pytest.mark.parametrize(
    ("late", "why"), [(timedelta(days=6, hours=23), None), (timedelta(days=7, hours=1), "too_late")]
)
def test_what_waited_too_long_is_old_news(post, sms, late, why):
    post.run(late)
    assert (one(post, sms).why, len(post.first.kept)) == (why, 0 if why else 1)


def test_two_workers_at_once_send_one(post, sms):
    whole = post.first.send

    def slowly(channel, message):
        assert post.worker.run().turned == 0
        return whole(channel, message)

    post.first.send = slowly
    assert post.run().turned == 1
    assert len(post.first.kept) == 1


def test_of_an_erased_dossier_nothing_is_told(post, sms):
    post.hall.put(sms, erased_at=stamp(post.hall.clock()))
    post.run()
    assert (post.of(sms), post.first.kept) == ([], [])
    assert list(notifying.due(post.hall.clock())) == []


def test_what_is_erased_while_it_waits_is_given_up(post, sms):
    post.first.way = "down"
    post.run()
    post.hall.put(sms, erased_at=stamp(post.hall.clock()))
    post.first.way = "well"
    post.run(WAITS[0])
    assert (one(post, sms).why, post.first.kept) == ("erased", [])


def test_the_clocks_run_says_what_the_alarms_listen_to(post, submitted, monkeypatch):
    """Names of metrics stand in two places: where they are told, and where they ring."""
    said: dict[str, float] = {}
    monkeypatch.setattr(log, "measure", lambda **given: said.update(given))
    monkeypatch.setattr(events, "notifying", lambda: post.worker)
    post.queue(submitted)
    post.first.way = post.second.way = "refuses"
    whole = post.first.send
    post.first.send = lambda channel, message: whole(channel, message) if channel == "email" else 1 / 0
    post.hall.clock.advance(seconds=1)
    events.delivery_notify({}, None)
    post.hall.clock.advance(seconds=1)
    ringing = [alarms()[name]["Properties"]["MetricName"] for name in ("NoticesGivenUp", "NoticesBreak")]
    assert [said[each] for each in ringing] == [1, 1]


def test_a_run_begins_nothing_that_it_has_no_time_for(post, sms, monkeypatch):
    monkeypatch.setattr(waiting, "left", lambda: TAKES - 1)
    assert post.run().turned == 0
    monkeypatch.setattr(waiting, "left", lambda: TAKES)
    assert post.run().turned == 1


def test_each_part_of_the_list_is_once_the_first(post, sms, monkeypatch):
    asked = []
    monkeypatch.setattr("chalicelib.kernel.aws.found", lambda *given, **_: asked.append(given[3][":list"]) or iter(()))
    now = post.hall.clock()
    for turn in range(PARTS):
        list(notifying.due(now + timedelta(seconds=turn * notifying.TURN)))
    assert len(set(asked[::PARTS])) == PARTS


CALLS = 24
"""More calls than a turn makes: the last lives of a worker end after its work."""


@pytest.mark.parametrize("way", ["well", "refuses"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_a_worker_that_dies_at_any_call_sends_one_message(post, sms, way, after):
    """Killed before and after each call that a turn makes, one life after the other; with the second provider too."""
    kept, died, start = post.hall.stores.kept(), 0, post.hall.clock()
    for place in range(1, CALLS + 1):
        post.hall.stores.put_back(kept, post.hall.stores.writes)
        post.hall.clock.now = start + timedelta(seconds=1)
        post.first.kept.clear()
        post.second.kept.clear()
        post.first.way = way
        try:
            mortal(post, Mortal(place, after=after)).run()
        except Died:
            died += 1
        for _ in range(4):
            post.later()
        assert one(post, sms).status == "delivered", place
        assert len(post.first.kept) + len(post.second.kept) == 1, place
    assert died > 6


@pytest.mark.parametrize("is_old", [False, True])
def test_where_another_provider_stands_now_what_may_have_been_sent_is_not_sent_again(post, sms, is_old):
    """The stage's list changed while nobody knew; tries of earlier releases say no name, and are read as before."""
    post.first.way = "mute"
    post.run()
    found = one(post, sms)
    assert [(each.provider, each.named) for each in found.attempts] == [(0, "first")]
    if is_old:
        (tried,) = found.attempts
        old = structs.replace(found, version=found.version + 1, attempts=(structs.replace(tried, named=None),))
        assert notifying.kept(sms, found, old)
    post.worker = post.worker_over(post.worker.notices, (post.second, post.first))
    post.run(WAITS[0])
    found = one(post, sms)
    if is_old:
        assert (found.status, len(post.second.kept)) == ("delivered", 1)
        return
    assert (found.status, found.why, post.second.kept) == ("given_up", "in_doubt", [])


# --- providers that know no message again -----------------------------------------------------------------------------


def forgetful(post):
    """Both providers are such as Amazon's: they find no message by its name."""
    post.first.remembers = post.second.remembers = False


def test_what_a_forgetful_provider_took_is_sent_and_nothing_is_asked(post, sms):
    forgetful(post)
    post.first.way = "slow"
    assert post.run().turned == 1
    assert (one(post, sms).status, one(post, sms).due_at) == ("sent", None)
    assert post.run(timedelta(days=3)).turned == 0
    assert (post.first.asked, len(post.first.kept)) == (0, 1)


def test_of_a_forgetful_provider_the_next_one_is_asked_when_it_refused(post, sms):
    forgetful(post)
    post.first.way = "refuses"
    post.run()
    assert (one(post, sms).status, one(post, sms).provider) == ("delivered", 1)
    assert (len(post.first.kept), len(post.second.kept)) == (0, 1)


def test_what_surely_was_not_sent_goes_later_to_the_same_one(post, sms):
    forgetful(post)
    post.first.way = "busy"
    post.run()
    assert [each.outcome for each in one(post, sms).attempts] == ["unsent"]
    post.first.way = "well"
    post.run(WAITS[0])
    assert one(post, sms).status == "delivered"
    assert (len(post.first.kept), len(post.second.kept)) == (1, 0)


def test_what_may_have_been_sent_is_not_sent_again_and_told_as_in_doubt(post, sms):
    forgetful(post)
    post.first.way = "mute"
    post.run()
    post.first.way = "well"
    assert post.run(WAITS[0]).given_up == 1
    found = one(post, sms)
    assert (found.status, found.why, len(post.first.kept)) == ("given_up", "in_doubt", 1)
    assert post.run(timedelta(days=5)).turned == 0


def test_one_whose_worker_died_after_it_gave_it_away_is_in_doubt_too(post, sms, monkeypatch):
    forgetful(post)
    whole = post.first.send

    def send(channel, message):
        whole(channel, message)
        raise Died

    monkeypatch.setattr(post.first, "send", send)
    with pytest.raises(Died):
        post.run()
    monkeypatch.setattr(post.first, "send", whole)
    post.run(LEASE)
    assert (one(post, sms).why, len(post.first.kept)) == ("in_doubt", 1)


def test_what_was_sent_by_another_one_is_asked_no_more_once_a_forgetful_one_stands_there(post, sms):
    post.first.way = "slow"
    post.run()
    assert one(post, sms).due_at
    forgetful(post)
    post.run(ASKS[0])
    assert (one(post, sms).status, one(post, sms).due_at, len(post.first.kept)) == ("sent", None, 1)


# --- begun again ------------------------------------------------------------------------------------------------------


def renew(post, reference, who=people.RECEPTION, name="", key="again"):
    name = name or one(post, reference).name
    return Renewing(Orders(), post.hall.clock).renew(Order(who, reference, key, b"{}"), name)


def test_what_was_given_up_begins_again_once_from_the_first_provider(post, sms):
    post.first.way = post.second.way = "refuses"
    post.run()
    assert one(post, sms).why == "refused"
    post.first.way = "well"
    for _ in range(2):
        assert renew(post, sms) == sms
    assert (one(post, sms).status, one(post, sms).provider) == ("queued", 0)
    post.run()
    assert (one(post, sms).status, len(post.first.kept)) == ("delivered", 1)
    (told,) = post.hall.told(sms, NoticeAskedAgain)
    assert (told.notice, told.why) == (one(post, sms).name, "refused")
    with pytest.raises(NoticeNotGivenUp) as refused:
        renew(post, sms, key="more")
    assert refused.value.facts["progress"] == "delivered"
    with pytest.raises(KeyReused):
        renew(post, sms, name="000001.email.applicant")


def test_in_doubt_it_goes_again_when_an_officer_says_so(post, sms):
    forgetful(post)
    post.first.way = "mute"
    post.run()
    post.run(WAITS[0])
    post.first.way = "well"
    renew(post, sms)
    post.run()
    assert (one(post, sms).status, len(post.first.kept)) == ("delivered", 2)


def test_what_was_too_late_has_its_days_once_more(post, sms):
    post.run(timedelta(days=post.channels.stale_days + 1))
    assert one(post, sms).why == "too_late"
    renew(post, sms)
    post.run()
    assert one(post, sms).status == "delivered"


@pytest.mark.parametrize("who", [people.CITIZEN, people.NEIGHBOUR])
def test_nobody_but_an_officer_of_the_agency_lets_it_begin(post, sms, who):
    post.first.way = post.second.way = "refuses"
    post.run()
    with pytest.raises(NotAllowed if who is people.CITIZEN else NotFound):
        renew(post, sms, who)
    assert one(post, sms).status == "given_up"


def test_one_that_is_not_there_is_not_found(post, sms):
    for reference, name in ((sms, "000099.sms.applicant"), ("MC-0000000000000000", "x")):
        with pytest.raises(NotFound):
            renew(post, reference, name=name)
