"""Each way of flattering figures is found, with its evidence; what misses one condition of it is not."""

from datetime import datetime, timedelta

import pytest

from chalicelib.law.findings import THRESHOLDS, packaged
from chalicelib.measures.finders import CLOSED_JUST_BEFORE, found, judged, stated
from tests.support import measured as of
from tests.support.gaming import WAYS, World, said, whole

SENT = of.submitted("2026-11-02 08:00", components=(of.file_of("c" * 64),))
BARE = of.submitted("2026-11-02 08:00")
TAKEN = of.accepted("2026-11-02 09:00", "2026-11-06 09:00")
SEEN = of.verified("2026-11-02 10:00")
DUE = "2026-11-06 09:00"
DAY = "2026-11-06 23:59:59"
"""Where a term of days ends."""
SIGNED = of.processed("2026-11-04 09:00", DUE)
OWN, OTHER = "c" * 64, "b" * 64


def rules(*log):
    return sorted(each.rule for each in found("MC-1", whole(log)) if each.rule != CLOSED_JUST_BEFORE)


def one(*log):
    (finding,) = (each for each in found("MC-1", whole(log)) if each.rule != CLOSED_JUST_BEFORE)
    return finding.rule, [(mark.number, mark.what) for mark in finding.evidence]


def asked(when, due=DUE):
    return of.asked(when, due)


def came(when, *, restarted=True):
    return of.answered(when, restarted=restarted)


@pytest.mark.parametrize("seed", range(20))
def test_no_alarm_in_an_honest_world(seed):
    assert said(World(seed).found()) == set()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", range(100, 105))
def test_each_way_is_found_and_nothing_else(way, seed):
    world = World(seed, ways=(way,))
    assert world.gamed
    assert said(world.found()) == world.gamed


def test_all_ways_at_once_are_told_apart():
    world = World(7, ways=tuple(WAYS))
    assert said(world.found()) == world.gamed


def test_what_went_on_after_its_end_is_listed_with_both_events():
    assert one(SENT, TAKEN, SEEN, SIGNED, asked("2026-11-05 09:00")) == ("reopened", [(4, "processed"), (5, "went_on")])
    assert rules(SENT, TAKEN, SEEN, SIGNED, of.returned("2026-11-05 09:00")) == []
    stopped = of.stopped("2026-11-04 09:00", "refused", DUE)
    assert one(SENT, TAKEN, SEEN, stopped, SIGNED) == ("reopened", [(4, "closed"), (5, "went_on")])
    again = (asked("2026-11-05 09:00"), came("2026-11-05 10:00"))
    assert rules(SENT, TAKEN, SEEN, SIGNED, *again) == ["reopened"], "once, however long it went on"


@pytest.mark.parametrize(
    ("end", "correction", "is_found"),
    [
        ("2026-11-06 05:00", "2026-11-16 05:00", True),
        ("2026-11-06 04:59", "2026-11-07 05:00", False),
        ("2026-11-06 09:00", "2026-11-16 09:00", True),
        ("2026-11-06 09:00", "2026-11-16 09:01", False),
        ("2026-11-06 09:01", "2026-11-07 09:00", False),
    ],
)
def test_a_correction_soon_after_an_end_at_the_last_moment(end, correction, is_found):
    log = (SENT, TAKEN, SEEN, of.processed(end, DUE), of.corrected(correction))
    assert rules(*log) == (["reopened"] if is_found else [])


@pytest.mark.parametrize(("end", "is_found"), [("13:00", True), ("12:59", False), ("16:50", True), ("20:30", True)])
def test_a_term_of_days_is_nearly_over_when_the_offices_of_its_last_day_close(end, is_found):
    log = (SENT, TAKEN, SEEN, of.processed(f"2026-11-06 {end}", DAY), of.corrected("2026-11-09 09:00"))
    assert rules(*log) == (["reopened"] if is_found else [])
    began = of.accepted("2026-11-05 09:00", DAY)
    late, early = asked("2026-11-06 16:45", DAY), asked("2026-11-06 13:00", DAY)
    assert rules(SENT, began, SEEN, late, came("2026-11-10 09:00")) == ["clock_reset"]
    assert rules(SENT, began, SEEN, early, came("2026-11-10 09:00")) == []


def test_a_correction_of_what_was_never_due_or_was_not_processed_is_none():
    assert rules(SENT, TAKEN, SEEN, of.processed("2026-11-06 08:00", None), of.corrected("2026-11-07 08:00")) == []
    stopped = of.stopped("2026-11-06 08:00", "refused", DUE)
    assert rules(SENT, TAKEN, SEEN, stopped, of.corrected("2026-11-07 08:00")) == []


@pytest.mark.parametrize(
    ("when", "due", "is_found"),
    [
        ("2026-11-05 23:24", DUE, True),
        ("2026-11-05 23:23", DUE, False),
        ("2026-11-09 09:00", DUE, True),
        ("2026-11-05 23:24", "2026-11-08 09:00", False),
        ("2026-11-05 23:24", None, True),
    ],
)
def test_a_term_that_began_anew_when_it_was_nearly_over(when, due, is_found):
    log = (SENT, TAKEN, SEEN, asked(when, due), came("2026-11-10 09:00"))
    assert rules(*log) == (["clock_reset"] if is_found else [])


def test_a_term_that_only_stood_or_was_never_begun_is_no_reset():
    late, answer = asked("2026-11-06 08:00"), "2026-11-07 09:00"
    assert one(SENT, TAKEN, SEEN, late, came(answer)) == (
        "clock_reset",
        [(2, "accepted"), (4, "asked"), (5, "restarted")],
    )
    assert rules(SENT, TAKEN, SEEN, late, came(answer, restarted=False)) == []
    assert rules(SENT, late, came(answer)) == [], "no term runs before the acceptance"
    assert rules(SENT, TAKEN, SEEN, late) == [], "nothing began anew yet"
    assert rules(SENT, TAKEN, came(answer)) == [], "nobody asked"
    no_due = of.submitted("2026-11-02 08:00"), of.asked("2026-11-05 09:00")
    assert rules(*no_due, came(answer)) == []


def test_the_term_that_began_anew_is_measured_from_there():
    again = (came("2026-11-03 09:00"), asked("2026-11-06 23:30", "2026-11-07 09:00"), came("2026-11-07 09:00"))
    assert rules(SENT, TAKEN, SEEN, asked("2026-11-02 11:00"), *again) == ["clock_reset", "second_supplement"]
    early = (came("2026-11-03 09:00"), asked("2026-11-06 23:00", "2026-11-07 09:00"), came("2026-11-07 09:00"))
    assert rules(SENT, TAKEN, SEEN, asked("2026-11-02 11:00"), *early) == ["second_supplement"]


def test_each_request_too_many_is_a_finding_with_those_before_it():
    first, second, third = (asked(f"2026-11-02 1{hour}:00") for hour in range(3))
    assert rules(SENT, first) == []
    assert one(SENT, first, second) == ("second_supplement", [(2, "asked"), (3, "asked")])
    found_in = found("MC-1", whole((SENT, first, second, third)))
    assert [[mark.number for mark in each.evidence] for each in found_in] == [[2, 3], [2, 3, 4]]


def test_what_waited_and_was_told_as_processed():
    ask, pay = asked("2026-11-03 08:00"), of.to_pay("2026-11-03 08:00")
    assert one(SENT, TAKEN, SEEN, ask, SIGNED) == ("supplement_as_processed", [(4, "asked"), (5, "processed")])
    assert one(SENT, TAKEN, SEEN, pay, SIGNED) == ("payment_as_processed", [(4, "to_pay"), (5, "processed")])
    assert rules(SENT, TAKEN, SEEN, ask, came("2026-11-03 09:00", restarted=False), SIGNED) == []
    assert rules(SENT, TAKEN, SEEN, ask, came("2026-11-03 09:00"), SIGNED) == []
    assert rules(SENT, TAKEN, SEEN, pay, of.paid("2026-11-03 09:00"), SIGNED) == []
    assert rules(SENT, TAKEN, SEEN, ask, of.stopped("2026-11-04 09:00", "supplement_lapsed", DUE)) == []
    assert rules(SENT, TAKEN, SEEN, ask) == []


def test_a_result_that_nobody_worked_on_was_closed_at_reception():
    assert one(SENT, TAKEN, SIGNED) == ("closed_at_reception", [(2, "accepted"), (3, "processed")])
    assert rules(SENT, TAKEN, SEEN, SIGNED) == []
    assert rules(SENT, TAKEN, of.leg_done("2026-11-03 09:00"), SIGNED) == []
    assert rules(SENT, SIGNED) == [], "what was told before this release kept no marks says nothing"
    assert rules(SENT, TAKEN, of.stopped("2026-11-04 09:00", "refused", DUE)) == []
    assert rules(SENT, TAKEN, SIGNED, of.verified("2026-11-05 09:00")) == ["closed_at_reception"], "it comes too late"


def test_the_applicants_own_file_as_the_result():
    done, paper = of.processed("2026-11-04 09:00", DUE, sha256=OTHER), "2026-11-03 09:00"
    assert one(SENT, TAKEN, SEEN, of.processed("2026-11-04 09:00", DUE, sha256=OWN)) == (
        "own_file_as_result",
        [(4, "own_file"), (4, "processed")],
    )
    assert one(SENT, TAKEN, SEEN, of.received(paper, OWN, result=of.RESULT), done) == (
        "own_file_as_result",
        [(4, "own_file"), (5, "processed")],
    )
    assert rules(SENT, TAKEN, SEEN, of.received(paper, OTHER, result=of.RESULT), done) == []
    assert rules(SENT, TAKEN, SEEN, of.received(paper, OWN), done) == [], "it is no result"
    assert rules(SENT, TAKEN, SEEN, of.received(paper, OWN, result=of.RESULT)) == [], "it is none yet"
    more = of.answered("2026-11-02 11:00", components=(of.file_of(OTHER),))
    assert rules(SENT, TAKEN, SEEN, more, done) == ["own_file_as_result"]


def test_a_payment_that_an_officer_alone_calls_online():
    pay = of.to_pay("2026-11-02 11:00")
    when = "2026-11-03 09:00"
    assert one(SENT, pay, of.paid(when, paid_by="portal")) == ("cash_as_online", [(3, "paid_unproved")])
    assert rules(SENT, pay, of.paid(when, paid_by="portal", transaction="PP-1")) == []
    assert rules(SENT, pay, of.paid(when, paid_by="counter")) == []
    assert rules(SENT, pay, of.paid(when)) == []


def test_what_came_on_paper_alone_and_is_counted_as_online():
    paper = of.received("2026-11-02 08:30")
    assert one(BARE, paper, TAKEN) == ("post_as_online", [(1, "submitted"), (2, "on_paper"), (3, "accepted")])
    assert rules(SENT, paper, TAKEN) == [], "something came online"
    assert rules(of.referred(), BARE, paper, TAKEN) == [], "something was reused online"
    assert rules(of.submitted("2026-11-02 08:00", channel="POSTAL"), paper, TAKEN) == []
    assert rules(BARE, of.received("2026-11-02 08:30", origin="upload"), TAKEN) == []
    assert rules(BARE, TAKEN, of.received("2026-11-02 09:30")) == [], "once it is accepted"
    assert rules(BARE, paper) == [], "not yet"


def closing(count, seconds, *, due=DUE, left=30, unit=of.OURS):
    """So many dossiers of a unit, closed one after another in so many seconds, some minutes before they were due."""
    kept = []
    last = datetime.fromisoformat(due)
    for place in range(count):
        end = last - timedelta(minutes=left) + timedelta(seconds=seconds * place // (count - 1))
        log = (of.submitted("2026-11-02 08:00", agency=unit), TAKEN, SEEN, of.processed(str(end), due))
        kept += found(f"MC-{unit}-{place:03d}", whole(log))
    return kept


@pytest.mark.parametrize(
    ("count", "seconds", "left", "expected"),
    [(20, 600, 60, 20), (20, 601, 60, 0), (19, 60, 60, 0), (30, 660, 60, 30), (20, 60, 61, 0), (30, 300, 10, 30)],
)
def test_many_that_are_closed_at_once_just_before_they_are_due(count, seconds, left, expected):
    assert [each.rule for each in judged(closing(count, seconds, left=left))] == ["bulk_closing"] * expected


@pytest.mark.parametrize(("left", "expected"), [(7 * 60 + 15, 30), (8 * 60 + 10, 0)])
def test_many_that_are_closed_in_the_last_hour_of_the_offices_last_day(left, expected):
    assert [each.rule for each in judged(closing(30, 300, due=DAY, left=left))] == ["bulk_closing"] * expected


def test_those_of_two_agencies_are_not_added_up():
    assert judged([*closing(12, 60), *closing(12, 60, unit="H01.10.25")]) == []
    assert len(judged([*closing(20, 60), *closing(12, 60, unit="H01.10.25")])) == 20


def test_the_finding_of_many_is_each_dossiers_own_with_its_rule():
    first = judged(reversed(closing(20, 60)))[0]
    assert (first.reference, [mark.what for mark in first.evidence]) == (f"MC-{of.OURS}-000", ["accepted", "processed"])
    assert stated(first).thresholds.named() == {"before_due_minutes": 60, "least": 20, "within_minutes": 10}


def test_findings_come_in_the_order_of_time():
    times = [each.at for each in World(7, ways=tuple(WAYS)).found()]
    assert times == sorted(times)


def test_rules_hold_from_their_day_on():
    before = (
        of.submitted("2024-10-01 08:00"),
        of.accepted("2024-10-01 09:00", "2024-10-03 09:00"),
        of.processed("2024-10-02 09:00", "2024-10-03 09:00"),
    )
    assert rules(*before) == []


def test_every_rule_of_the_law_has_a_seeded_way():
    assert set(WAYS) == set(packaged()[-1].by_name)
    assert THRESHOLDS.keys() <= WAYS.keys()
