from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.law.calendars import Calendar, Year, national
from chalicelib.law.outages import (
    Outage,
    check,
    check_move,
    check_reason,
    check_sum,
    reason_of,
    reasons,
    suspended_terms,
    window,
)
from chalicelib.law.packs import newest, pack_on
from chalicelib.law.policy import ZONE, NaiveTime
from chalicelib.law.rules import Rule


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


# Monday 14 December 2026; the seventh working day before it is Thursday 3 December.
DESK = "Nộp trực tiếp tại Bộ phận Một cửa"
PLANNED = Outage(at("2026-12-14T20:00"), at("2026-12-03T17:30"), at("2026-12-15T06:00"), fallback=DESK)


def pointers(outage, **given):
    return [(problem.pointer, problem.rule) for problem in check(outage, **given)]


def test_how_far_in_the_past_and_how_long_is_policy_of_the_pack():
    def fault(hours_ago, days, **given):
        begun = PLANNED.announced_at - timedelta(hours=hours_ago)
        ends = begun + timedelta(days=days)
        return pointers(Outage(begun, PLANNED.announced_at, ends, planned=False, fallback=DESK), **given)

    assert fault(72, 30) == []
    assert fault(72.01, 30) == [("/starts_at", "outage_begun")]
    assert fault(72, 30.01) == [("/expected_back_at", "outage_longest")]
    free = replace(newest(), rules=replace(newest().rules, outage_begun_hours=None, outage_longest_days=None))
    assert fault(1000, 3000, pack=free) == []
    assert [getattr(newest().rules, f"outage_{each}").kind for each in ("begun_hours", "longest_days")] == [
        "policy"
    ] * 2


def test_a_fault_begins_at_its_notice_at_the_latest_but_for_the_minutes_of_the_pack():
    def fault(minutes, **given):
        told = PLANNED.starts_at - timedelta(minutes=minutes)
        return pointers(replace(PLANNED, planned=False, announced_at=told), **given)

    assert fault(10) == fault(-60) == []
    assert fault(10.01) == [("/starts_at", "outage_ahead")]
    free = replace(newest(), rules=replace(newest().rules, outage_ahead_minutes=None))
    assert fault(9000, pack=free) == []
    assert newest().rules.outage_ahead_minutes.kind == "policy"


def over(start, days):
    """A planned outage that begins so many days after a first day, and lasts so many."""
    begins = PLANNED.starts_at + timedelta(days=start)
    return replace(PLANNED, starts_at=begins, expected_back_at=begins + timedelta(days=days))


TOGETHER = [("/expected_back_at", "outage_together")]


@pytest.mark.parametrize(
    ("own", "others", "found"),
    [
        ((0, 30), [], []),
        ((15, 15), [(0, 15)], []),
        ((15, 15.01), [(0, 15)], TOGETHER),
        ((0, 15), [(15, 15.01)], TOGETHER),
        ((30, 1), [(0, 15), (15, 15)], TOGETHER),
        ((16, 1), [(0, 15), (17, 15)], TOGETHER),
        ((10, 20), [(0, 15), (5, 20)], []),
        ((10, 5), [(0, 30)], []),
        ((60, 1), [(0, 30)], []),
        ((59.99, 1), [(0, 30)], TOGETHER),
        ((-1, 1), [(30, 30)], []),
        ((-1, 1), [(29.99, 30)], TOGETHER),
        ((100, 1), [(0, 20), (20, 20)], []),
    ],
)
def test_outages_of_the_same_last_no_longer_together_than_one_does(own, others, found):
    problems = check_sum(over(*own), [over(*each) for each in others])
    assert [(problem.pointer, problem.rule) for problem in problems] == found
    assert check_sum(over(*own), [over(*each) for each in reversed(others)]) == problems
    for lacking in ("outage_longest_days", "outage_window_days"):
        free = replace(newest(), rules=replace(newest().rules, **{lacking: None}))
        assert check_sum(over(*own), [over(*each) for each in others], pack=free) == ()


def test_the_days_that_count_together_are_policy_of_the_pack():
    assert newest().rules.outage_window_days.kind == "policy"
    assert window() == timedelta(days=60)
    assert window(pack_on(date(2026, 1, 10))) == timedelta(0)


@pytest.mark.rule("R39", "shorter")
def test_a_planned_outage_is_announced_seven_working_days_before():
    assert check(PLANNED) == ()
    late = replace(PLANNED, announced_at=at("2026-12-04T00:00"))
    assert pointers(late) == [("/announced_at", "R39")]
    assert "03/12/2026" in check(late)[0].vi
    assert "7 working days" in check(late)[0].en
    assert pointers(replace(PLANNED, announced_at=None)) == [("/announced_at", "R39")]


@pytest.mark.rule("R39")
def test_days_off_do_not_count():
    # 24 November is a holiday from 2026 on; 21 and 22 November are a weekend.
    after = Outage(at("2026-11-30T08:00"), at("2026-11-18T23:59"), at("2026-11-30T09:00"), fallback=DESK)
    assert pointers(after) == []
    assert pointers(replace(after, announced_at=at("2026-11-19T00:00"))) == [("/announced_at", "R39")]


@pytest.mark.rule("R39")
def test_the_day_of_the_notice_is_that_of_viet_nam():
    utc = replace(PLANNED, announced_at=datetime(2026, 12, 3, 17, tzinfo=UTC))  # midnight of the 4th in Hà Nội
    assert pointers(utc) == [("/announced_at", "R39")]
    assert pointers(replace(utc, announced_at=utc.announced_at - timedelta(seconds=1))) == []


@pytest.mark.rule("R39")
@given(day=st.dates(date(2026, 7, 15), date(2026, 12, 31)), hour=st.times(), early=st.integers(0, 40))
def test_the_duty_is_exactly_seven_working_days(day, hour, early):
    starts_at = datetime.combine(day, hour, ZONE)
    announced = starts_at - timedelta(days=early)
    outage = Outage(starts_at, announced, starts_at + timedelta(hours=1), fallback=DESK)
    days = [announced.date() + timedelta(days=n) for n in range(early)]
    in_time = sum(national().is_working(day) for day in days) >= 7
    assert (check(outage) == ()) == in_time


@pytest.mark.rule("R39")
def test_seven_whole_days_between_is_another_reading_that_a_pack_may_hold():
    whole = Rule("whole_days", "x", "policy", "x")
    strict = replace(newest(), rules=replace(newest().rules, outage_notice_reading=whole))
    assert pointers(PLANNED, pack=strict) == [("/announced_at", "R39")]
    assert pointers(replace(PLANNED, announced_at=at("2026-12-02T17:30")), pack=strict) == []


@pytest.mark.rule("R39")
def test_each_problem_is_said_in_both_languages():
    nothing = Outage(PLANNED.starts_at, None, None, force_majeure=True, fallback=DESK)
    assert [problem[:4] for problem in check(nothing)] == [
        (
            "/expected_back_at",
            "R39",
            "Thông báo phải nêu thời gian dự kiến khôi phục",
            "The notice gives the expected time of recovery",
        ),
        ("/force_majeure_reason", "R39", "Nêu rõ sự kiện bất khả kháng", "Say what the force majeure is"),
    ]
    late = replace(PLANNED, expected_back_at=PLANNED.starts_at, announced_at=None)
    assert [problem[:4] for problem in check(late)] == [
        (
            "/expected_back_at",
            "R39",
            "Thời gian khôi phục phải sau khi gián đoạn",
            "The recovery comes after the outage begins",
        ),
        (
            "/announced_at",
            "R39",
            "Gián đoạn theo kế hoạch phải thông báo trước ít nhất 7 ngày làm việc, chậm nhất ngày 03/12/2026",
            "A planned outage is announced at least 7 working days before it, by 2026-12-03",
        ),
    ]


@pytest.mark.rule("R39")
def test_a_rule_that_a_pack_has_not_is_not_asked_for():
    def without(**changes):
        return replace(newest(), rules=replace(newest().rules, **changes))

    owed = replace(PLANNED, announced_at=None, expected_back_at=None)
    assert pointers(owed) == [("/expected_back_at", "R39"), ("/announced_at", "R39")]
    for name in ("outage_notice_working_days", "outage_notice_reading"):
        assert pointers(owed, pack=without(**{name: None})) == [("/expected_back_at", "R39")]
    for rule in (None, Rule(value=False, citation="x", kind="law")):
        assert pointers(owed, pack=without(outage_recovery_time_required=rule)) == [("/announced_at", "R39")]


@pytest.mark.rule("R39")
def test_a_body_counts_by_its_own_calendar():
    own = Calendar.of(Year(year=2026, holidays={date(2026, 12, 4): "Ngày hội"}))
    assert pointers(PLANNED, calendar=own) == [("/announced_at", "R39")]
    assert pointers(replace(PLANNED, announced_at=at("2026-12-02T23:59")), calendar=own) == []


@pytest.mark.rule("R39", "force_majeure")
def test_force_majeure_lifts_the_early_notice_but_needs_its_reason():
    sudden = replace(PLANNED, announced_at=at("2026-12-14T19:00"), force_majeure=True)
    assert pointers(sudden) == [("/force_majeure_reason", "R39")]
    assert check(replace(sudden, force_majeure_reason="Bão số 12 làm đứt cáp")) == ()


@pytest.mark.rule("R39", "recovery")
def test_the_notice_gives_the_expected_recovery():
    assert pointers(replace(PLANNED, expected_back_at=None)) == [("/expected_back_at", "R39")]
    assert pointers(replace(PLANNED, expected_back_at=PLANNED.starts_at)) == [("/expected_back_at", "R39")]
    assert pointers(replace(PLANNED, expected_back_at=PLANNED.starts_at + timedelta(seconds=1))) == []


@pytest.mark.rule("R39", "fallback")
@pytest.mark.parametrize("blank", ["", "  "])
def test_the_notice_of_a_planned_outage_gives_the_fallback(blank):
    lacking = replace(PLANNED, fallback=blank)
    assert pointers(lacking) == [("/fallback", "R39")]
    assert check(lacking)[0].vi != check(lacking)[0].en
    sudden = replace(lacking, force_majeure=True, force_majeure_reason="Bão số 12")
    assert pointers(sudden) == [("/fallback", "R39")], "force majeure lifts the early notice only"
    seen = replace(lacking, planned=False, announced_at=lacking.starts_at)
    assert check(seen) == (), "nobody plans for what nobody foresaw"
    assert check(lacking, pack=pack_on(date(2026, 6, 30))) == (), "no text asked for it before"
    none = replace(newest(), rules=replace(newest().rules, outage_fallback_required=None))
    assert check(lacking, pack=none) == ()


def test_a_fault_nobody_foresaw_owes_no_early_notice():
    fault = replace(PLANNED, planned=False, announced_at=at("2026-12-14T20:10"))
    assert check(fault) == ()


def test_before_the_decree_no_notice_was_owed():
    owed = replace(PLANNED, announced_at=None, expected_back_at=None)
    assert check(owed, pack=pack_on(date(2026, 6, 30))) == ()
    assert pointers(owed, pack=pack_on(date(2026, 7, 1))) == [("/expected_back_at", "R39"), ("/announced_at", "R39")]


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(NaiveTime):
        check(replace(PLANNED, starts_at=datetime.fromisoformat("2026-12-14T20:00")))


def test_by_law_an_announced_outage_suspends_the_terms_of_bundles():
    (bundle,) = suspended_terms()
    assert (bundle.kind, bundle.by_law) == ("bundle", True)
    assert "301/2026" in bundle.citation
    assert suspended_terms(pack_on(date(2026, 8, 31))) == ()
    assert suspended_terms(pack_on(date(2026, 9, 1))) == (bundle,)


# --- another end, and the reason -------------------------------------------------------------------------------------


def moves(ends_at, now, outage=PLANNED, **given):
    return [(problem.pointer, problem.rule) for problem in check_move(outage, at(ends_at), at(now), **given)]


LONGER, SHORTER = "2026-12-15T09:00", "2026-12-15T05:00"
LATE = ("/announced_at", "R39")


def test_a_planned_outage_that_becomes_longer_owes_its_notice_anew_until_it_begins():
    assert moves(LONGER, "2026-12-03T23:59") == []
    assert moves(LONGER, "2026-12-04T00:00") == moves(LONGER, "2026-12-14T19:59") == [LATE]
    assert moves(LONGER, "2026-12-14T20:00") == moves(SHORTER, "2026-12-04T00:00") == []
    assert moves(LONGER, "2026-12-04T00:00", replace(PLANNED, planned=False)) == []
    storm = replace(PLANNED, force_majeure=True, force_majeure_reason="Bão số 12")
    assert moves(LONGER, "2026-12-04T00:00", storm) == []


def test_whether_a_longer_outage_owes_its_notice_is_policy():
    rule = newest().rules.outage_extension_notice
    assert (rule.value, rule.kind) == ("owed_until_begun", "policy")
    for other in (None, Rule("not_owed", "x", "policy", "x")):
        pack = replace(newest(), rules=replace(newest().rules, outage_extension_notice=other))
        assert moves(LONGER, "2026-12-04T00:00", pack=pack) == []


def test_a_new_end_is_to_come_after_the_start_and_another_one():
    assert moves("2026-12-14T20:00", "2026-12-01T00:00") == [("/expected_back_at", "R39")]
    assert moves("2026-12-14T21:00", "2026-12-14T21:00") == [("/expected_back_at", "outage_end_past")]
    assert moves("2026-12-15T06:00", "2026-12-14T21:00") == [("/expected_back_at", "outage_end_unchanged")]
    assert moves("2026-12-14T19:00", "2026-12-14T21:00", replace(PLANNED, force_majeure=True)) == [
        ("/expected_back_at", "R39"),
        ("/force_majeure_reason", "R39"),
        ("/expected_back_at", "outage_end_past"),
    ]
    for problem in check_move(PLANNED, PLANNED.expected_back_at, at("2026-12-15T07:00")):
        assert problem.vi != problem.en


def test_the_reasons_are_a_list_of_ours_in_both_languages():
    rule = newest().rules.outage_reasons
    assert rule.kind == "policy"
    codes = [reason.code for reason in reasons()]
    assert len(set(codes)) == len(codes) > 5
    assert all(reason.text_vi and reason.text_en and reason.text_vi != reason.text_en for reason in reasons())
    assert [check_reason(code) for code in codes] == [()] * len(codes)
    (problem,) = check_reason("Bảo trì")
    assert (problem.pointer, problem.rule) == ("/reason", "outage_reason")
    assert all(code in problem.vi and code in problem.en for code in codes)
    assert reason_of("maintenance").text_en == "Maintenance of the system"
    assert reason_of("none") is None


def test_before_there_was_a_list_any_reason_was_one():
    before = pack_on(date(2026, 6, 30))
    assert (reasons(before), check_reason("", before)) == ((), ())
