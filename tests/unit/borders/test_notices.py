"""Borders of notices: quiet hours over midnight, the end of a schedule, reports in any order, the second provider."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from chalicelib.delivery.notices import model
from chalicelib.delivery.notices.model import ASKS, WAITS, Report
from chalicelib.dossier.channels import Channels, Quiet
from chalicelib.dossier.notified import Sending, Try
from chalicelib.kernel.clock import stamp
from tests.fakes.clock import Clock

NOW = Clock()()
DAY = timedelta(days=1)
MOMENT = timedelta(milliseconds=1)
EARLY, LATE = stamp(NOW + timedelta(minutes=1)), stamp(NOW + timedelta(minutes=2))


def sending(**said):
    given = {"number": 1, "event": "e", "told_at": stamp(NOW), "channel": "sms", "receiver": "holder"}
    return Sending(**(given | said))


def tried(provider=0, outcome=None, at=NOW, named=""):
    return Try(begun_at=stamp(at), provider=provider, named=named, outcome=outcome)


@pytest.mark.parametrize(
    ("since", "until", "at", "goes"),
    [
        ("21:00", "07:00", (25, 13, 59, 59), None),
        ("21:00", "07:00", (25, 14, 0, 0), (26, 0, 0)),
        ("21:00", "07:00", (25, 17, 0, 0), (26, 0, 0)),
        ("21:00", "07:00", (25, 16, 59, 59), (26, 0, 0)),
        ("21:00", "07:00", (25, 23, 59, 59), (26, 0, 0)),
        ("21:00", "07:00", (26, 0, 0, 0), None),
        ("12:00", "13:30", (25, 4, 59, 59), None),
        ("12:00", "13:30", (25, 5, 0, 0), (25, 6, 30)),
        ("12:00", "13:30", (25, 6, 29, 59), (25, 6, 30)),
        ("12:00", "13:30", (25, 6, 30, 0), None),
    ],
)
def test_quiet_hours_are_of_viet_nam_their_first_minute_in_and_their_last_out(since, until, at, goes):
    channels = Channels(sms=("x",), quiet=Quiet(since=since, until=until, channels=("sms",), but=("now",)))
    moment = datetime(2026, 11, *at, tzinfo=UTC)
    expected = datetime(2026, 11, *goes, tzinfo=UTC) if goes else None
    assert channels.waits_until("sms", "e", moment) == expected
    assert channels.waits_until("email", "e", moment) is None
    assert channels.waits_until("sms", "now", moment) is None


@pytest.mark.parametrize(("beside", "is_stale"), [(-MOMENT, False), (timedelta(), False), (MOMENT, True)])
def test_a_notice_is_stale_after_its_days_and_not_on_their_end(beside, is_stale):
    now = NOW + 7 * DAY + beside
    assert model.is_stale(sending(), 7, now) == is_stale
    assert not model.is_stale(sending(sent_at=EARLY), 7, now)
    assert not model.is_stale(sending(renewed_at=stamp(NOW + DAY)), 7, now)


@pytest.mark.parametrize(("due", "is_due"), [(None, False), (-MOMENT, True), (timedelta(), True), (MOMENT, False)])
def test_a_notice_is_due_from_its_moment_on(due, is_due):
    assert model.is_due(sending(due_at=due if due is None else stamp(NOW + due)), NOW) == is_due


def test_each_attempt_has_its_wait_and_after_the_last_nothing_is_tried():
    one = sending()
    for wait in WAITS:
        one = model.failed(model.begun(one, "p", NOW), NOW)
        assert (one.due_at, one.given_up_at) == (stamp(NOW + wait), None)
    one = model.failed(model.begun(one, "p", NOW), NOW)
    assert (one.due_at, one.given_up_at, one.why) == (None, stamp(NOW), "unreachable")


def test_what_was_sent_is_asked_for_by_a_schedule_that_ends():
    one = model.reported(model.begun(sending(), "p", NOW), Report(state="accepted", sent_at=EARLY), 1, NOW)
    for wait in ASKS:
        assert one.due_at == stamp(NOW + wait)
        one = model.reported(model.begun(one, "p", NOW), Report(state="accepted"), 1, NOW)
    assert one.due_at is None
    again = model.failed(replace(one, tries=len(ASKS) - 1), NOW)
    assert (again.due_at, model.failed(replace(one, tries=len(ASKS)), NOW).due_at) == (stamp(NOW + ASKS[-1]), None)


@pytest.mark.parametrize("order", [(EARLY, LATE), (LATE, EARLY), (LATE, None), (None, LATE)])
def test_of_two_reports_the_later_time_counts_whichever_came_first(order):
    one = model.begun(sending(), "p", NOW)
    for at in order:
        one = model.reported(one, Report(state="accepted", sent_at=EARLY, delivered_at=at, bounced_at=at), 1, NOW)
    assert (one.sent_at, one.delivered_at, one.bounced_at) == (EARLY, LATE, LATE)


def test_who_refuses_is_followed_by_each_further_provider_and_the_last_gives_up():
    one = model.begun(sending(), "p", NOW)
    for provider in (1, 2):
        one = model.reported(one, Report(state="refused"), 3, NOW)
        assert (one.provider, one.tries, one.due_at) == (provider, 0, stamp(NOW))
        one = model.begun(one, "p", NOW)
    one = model.reported(one, Report(state="refused"), 3, NOW)
    assert (one.provider, one.why, one.due_at) == (2, "refused", None)


def test_an_attempt_that_nobody_knows_the_end_of_counts_wherever_it_stands():
    for attempts in ((tried(), tried(outcome="refused")), (tried(outcome="refused"), tried(outcome="unreachable"))):
        assert model.may_be_there(sending(attempts=attempts))
        assert model.is_in_doubt(sending(attempts=attempts))
        assert not model.may_be_there(sending(attempts=attempts, provider=1))
    assert not model.may_be_there(sending(attempts=(tried(outcome="refused"),)))
    assert not model.is_in_doubt(sending(attempts=(tried(),), renewed_at=stamp(NOW + MOMENT)))
    assert model.is_in_doubt(sending(attempts=(tried(),), renewed_at=stamp(NOW)))


def test_a_provider_that_the_stage_changed_is_another_one():
    for attempts in ((tried(named="a"), tried(named="b")), (tried(named="b"), tried(named="a"))):
        assert model.is_elsewhere(sending(attempts=attempts), "b")
    assert not model.is_elsewhere(sending(attempts=(tried(named="b"),)), "b")
    assert not model.is_elsewhere(sending(attempts=(tried(named=""),)), "b")
    assert not model.is_elsewhere(sending(attempts=(tried(named="a", provider=1),)), "b")


def test_the_last_attempt_ends_and_one_that_ended_stays():
    one = model.failed(model.begun(model.failed(model.begun(sending(), "p", NOW), NOW), "p", NOW + DAY), NOW + DAY)
    assert [each.ended_at for each in one.attempts] == [stamp(NOW), stamp(NOW + DAY)]
    assert model.failed(one, NOW + 2 * DAY).attempts == one.attempts
    begun = sending()
    for number in range(model.SHOWN + 2):
        begun = model.begun(begun, f"{number}", NOW)
    assert [each.named for each in begun.attempts] == [f"{number}" for number in range(2, model.SHOWN + 2)]
