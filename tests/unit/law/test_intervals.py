"""A reckoning told: each interval with its rule and clause, each reading, each event that was refused."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given

from chalicelib.law.calendars import LABOUR_CODE, national
from chalicelib.law.clock import ClockPolicy
from chalicelib.law.explain import CIVIL_CODE
from chalicelib.law.reckoning import reckon
from chalicelib.law.reckoning_words import BEGUN_ANEW, EXTENSION, NO_CLAUSE, NOT_COUNTED, readings
from tests.unit.law.test_reckoning import CUTOFF, DEEMED, FROM_NOTICE, LATE, LITERAL, PART_DAY, ROLL, at, cases, told


def listed(*case):
    return [
        f"{each.begins_at:%m-%dT%H:%M:%S} {each.ends_at:%m-%dT%H:%M:%S} {'+' if each.counted else '-'} {each.rule}"
        f"{' ' + ' '.join(each.reasons) if each.reasons else ''}{f' {each.days}' if each.days else ''}"
        if each.ends_at
        else f"{each.begins_at:%m-%dT%H:%M:%S} ... - {each.rule} {' '.join(each.reasons)}"
        for each in told(*case).intervals
    ]


def test_days_are_told_in_runs_of_one_rule():
    assert listed(
        "11-16T10:00", "4wd", "stop 11-17T10:00, resume 11-18T11:00, stop 11-19T00:00, resume 11-20T00:00"
    ) == [
        "11-16T10:00:00 11-17T00:00:00 - received",
        "11-17T00:00:00 11-19T00:00:00 - part_day:not_counted supplement",
        "11-19T00:00:00 11-20T00:00:00 - stood supplement",
        "11-20T00:00:00 11-21T00:00:00 + counted 1",
        "11-21T00:00:00 11-22T00:00:00 - weekend",
        "11-22T00:00:00 11-23T00:00:00 - weekend",
        "11-23T00:00:00 11-24T00:00:00 + counted 1",
        "11-24T00:00:00 11-25T00:00:00 - holiday",
        "11-25T00:00:00 11-26T23:59:59 + counted 2",
    ]
    assert listed("11-16T10:00", "2wd", "stop 11-17T10:00, resume 11-17T11:00", PART_DAY) == [
        "11-16T10:00:00 11-17T00:00:00 - received",
        "11-17T00:00:00 11-18T00:00:00 + part_day:counted supplement 1",
        "11-18T00:00:00 11-18T23:59:59 + counted 1",
    ]


def test_a_day_that_does_not_count_anyway_says_so_first():
    assert listed("11-20T16:00", "1wd", "stop 11-20T17:00, resume 11-22T10:00", DEEMED) == [
        "11-20T16:00:00 11-21T00:00:00 - received",
        "11-21T00:00:00 11-22T00:00:00 - weekend",
        "11-22T00:00:00 11-23T00:00:00 - weekend",
        "11-23T00:00:00 11-24T00:00:00 - deemed",
        "11-24T00:00:00 11-25T00:00:00 - holiday",
        "11-25T00:00:00 11-25T23:59:59 + counted 1",
    ]
    assert listed("11-16T10:00", "5d", "stop 11-22T10:00, resume 11-23T11:00")[2:] == [
        "11-22T00:00:00 11-23T00:00:00 - weekend",
        "11-23T00:00:00 11-24T00:00:00 - part_day:not_counted supplement",
        "11-24T00:00:00 11-25T00:00:00 - holiday",
        "11-25T00:00:00 11-25T23:59:59 - rolled",
    ]


def test_a_same_day_term_tells_the_day_on_which_it_stood():
    assert listed("11-16T10:00", "0wd", "stop 11-16T11:00, resume 11-17T11:00") == [
        "11-16T10:00:00 11-18T00:00:00 - part_day:not_counted supplement",
        "11-18T00:00:00 11-18T23:59:59 + same_day",
    ]


def test_hours_are_cut_where_the_clock_stood():
    assert listed("11-16T10:00", "8wh", "stop 11-16T11:00, stop 11-16T11:30 outage, resume 11-16T13:30, "
                  "resume 11-16T14:00 outage") == [
        "11-16T10:00:00 11-16T11:00:00 + counted",
        "11-16T11:00:00 11-16T12:00:00 - stood supplement outage",
        "11-16T12:00:00 11-16T13:00:00 - no_hours",
        "11-16T13:00:00 11-16T14:00:00 - stood supplement outage",
        "11-16T14:00:00 11-16T17:00:00 + counted",
        "11-16T17:00:00 11-17T08:00:00 - no_hours",
        "11-17T08:00:00 11-17T12:00:00 + counted",
    ]  # fmt: skip
    assert listed("11-20T10:00", "24h", "stop 11-20T09:00, resume 11-20T11:00, stop 11-20T12:00, resume 11-20T13:00",
                  ROLL) == [
        "11-20T10:00:00 11-20T11:00:00 - stood supplement",
        "11-20T11:00:00 11-20T12:00:00 + counted",
        "11-20T12:00:00 11-20T13:00:00 - stood supplement",
        "11-20T13:00:00 11-21T12:00:00 + counted",
        "11-21T12:00:00 11-23T08:00:00 - rolled",
    ]  # fmt: skip
    shifted = ClockPolicy(cutoff=CUTOFF.cutoff, applies_to=frozenset({"wh", "h"}))
    assert listed("11-20T16:00", "1wh", "resume 11-20T16:00", shifted) == [
        "11-20T16:00:00 11-23T08:00:00 - no_hours",
        "11-23T08:00:00 11-23T09:00:00 + counted",
    ]
    assert listed("11-20T16:00", "1h", "resume 11-20T16:00", shifted)[0] == "11-20T16:00:00 11-23T08:00:00 - no_hours"


def test_where_the_clock_stands_there_is_no_end():
    assert listed("11-16T10:00", "3wd", "stop 11-18T10:00 payment") == [
        "11-16T10:00:00 11-17T00:00:00 - received",
        "11-17T00:00:00 11-18T00:00:00 + counted 1",
        "11-18T00:00:00 11-18T10:00:00 - part_day:not_counted payment",
        "11-18T10:00:00 ... - stood payment",
    ]
    assert listed("11-16T10:00", "3wd", "stop 11-18T10:00 payment", PART_DAY)[-2:] == [
        "11-18T00:00:00 11-18T10:00:00 + part_day:counted payment 1",
        "11-18T10:00:00 ... - stood payment",
    ]
    assert listed("11-16T10:00", "8wh", "stop 11-16T14:00") == [
        "11-16T10:00:00 11-16T12:00:00 + counted",
        "11-16T12:00:00 11-16T13:00:00 - no_hours",
        "11-16T13:00:00 11-16T14:00:00 + counted",
        "11-16T14:00:00 ... - stood supplement",
    ]
    assert listed("11-16T10:00", "1wd", "stop 11-15T14:00") == ["11-15T14:00:00 ... - stood supplement"]


def test_an_extension_goes_on_from_the_due_date_or_its_notice():
    assert listed("11-16T10:00", "1wd", "extend 11-16T11:00 2wd")[1:] == [
        "11-17T00:00:00 11-17T23:59:59 + counted 1",
        "11-17T23:59:59 11-18T00:00:00 - extended",
        "11-18T00:00:00 11-19T23:59:59 + counted 2",
    ]
    assert listed("11-16T10:00", "2wd", "extend 11-17T11:00 3wd", FROM_NOTICE)[1:4] == [
        "11-17T00:00:00 11-17T11:00:00 + counted 1",
        "11-17T11:00:00 11-18T00:00:00 - extended",
        "11-18T00:00:00 11-20T23:59:59 + counted 3",
    ]
    # one that ends no later than the term did adds nothing
    assert listed("11-16T10:00", "2wd", "extend 11-16T11:00 1wd", FROM_NOTICE) == listed("11-16T10:00", "2wd")
    late = ClockPolicy(extension_from="notice", late_extension="counted")
    assert listed("11-16T10:00", "1wd", "extend 11-18T11:00 1wd", late)[1:4] == [
        "11-17T00:00:00 11-17T23:59:59 + counted 1",
        "11-17T23:59:59 11-18T11:00:00 - after_due",
        "11-18T11:00:00 11-19T00:00:00 - extended",
    ]
    assert listed("11-16T10:00", "1wd", "extend 11-16T11:00 2wd, stop 11-18T09:00")[-2:] == [
        "11-18T00:00:00 11-18T09:00:00 - part_day:not_counted supplement",
        "11-18T09:00:00 ... - stood supplement",
    ]
    standing = "stop 11-16T12:00, extend 11-16T13:00 2wd"
    assert listed("11-16T10:00", "1wd", standing) == [
        "11-16T10:00:00 11-16T12:00:00 - received",
        "11-16T12:00:00 ... - stood supplement",
    ]


def test_what_was_before_a_restart_is_told_as_such():
    assert listed("11-16T10:00", "1wd", "stop 11-17T10:00, restart 11-18T10:00, restart 11-18T10:00") == [
        "11-16T10:00:00 11-18T10:00:00 - restarted",
        "11-18T10:00:00 11-19T00:00:00 - received",
        "11-19T00:00:00 11-19T23:59:59 + counted 1",
    ]


@given(cases(kinds=("stop", "resume", "restart")))
def test_intervals_cover_the_time_and_add_up_to_the_term(case):
    received, term, events, policy = case
    found = reckon(received, term, events, calendar=national(), policy=policy)
    listed_ones = found.intervals
    for one, following in pairwise(listed_ones):
        assert one.begins_at < one.ends_at == following.begins_at
        same = (one.counted, one.rule, one.name, one.reasons) == (
            following.counted, following.rule, following.name, following.reasons
        )  # fmt: skip
        assert not same or following.ends_at is None
    if listed_ones:
        assert listed_ones[-1].ends_at == found.due_at
    if found.due_at is None:
        assert listed_ones
    elif term.unit in {"wd", "d"}:
        assert sum(each.days for each in listed_ones) == term.amount
    elif term.unit != "m":
        run = sum((each.ends_at - each.begins_at for each in listed_ones if each.counted), timedelta())
        assert run == timedelta(hours=term.amount)


NAMED = [
    ("11-16T10:00", "3wd", "resume 11-17T10:00", LITERAL, []),
    ("11-16T10:00", "3wd", "stop 11-17T10:00, resume 11-17T11:00", LITERAL, ["part_day:not_counted"]),
    ("11-16T10:00", "3wd", "stop 11-17T10:00, resume 11-17T11:00", PART_DAY, ["part_day:counted"]),
    ("11-16T10:00", "3wd", "stop 11-17T00:00, resume 11-18T00:00", LITERAL, []),
    ("11-16T10:00", "8wh", "stop 11-16T10:00, resume 11-16T11:00", LITERAL, ["working_hours"]),
    ("11-16T10:00", "3wd", "extend 11-17T10:00 1wd", LITERAL, ["extension_from:due"]),
    ("11-16T10:00", "3wd", "extend 11-17T10:00 4wh", FROM_NOTICE, ["working_hours", "extension_from:notice"]),
    ("11-16T10:00", "16wh", "extend 11-16T11:00 4wh", LITERAL, ["working_hours", "extension_from:due"]),
    ("11-16T10:00", "3wd", "extend 11-19T10:00 1wd", LITERAL, ["late_extension:refused"]),
    ("11-16T10:00", "3wd", "extend 11-19T10:00 1wd", LATE, ["extension_from:due", "late_extension:counted"]),
    ("11-16T10:00", "3wd", "extend 11-17T10:00 1wd, extend 11-17T11:00 1wd", LATE, ["extension_from:due"]),
    ("11-16T16:00", "3wd", "extend 11-17T16:00 1wd", DEEMED, ["after_cutoff:deemed", "extension_from:due"]),
    ("12-30T10:00", "3wd", "extend 12-30T11:00 1wd", LITERAL, ["extension_from:due", "provisional"]),
]


@pytest.mark.parametrize(("received", "term", "events", "policy", "names"), NAMED)
def test_a_reading_is_named_once_where_it_was_used(received, term, events, policy, names):
    found = told(received, term, events, policy)
    assert list(readings(found)) == names
    for language in ("vi", "en"):
        said = found.explain(language)
        assert [each.name for each in said.readings] == names
        assert all(each.text and "{" not in each.text for each in said.readings)


WORDS = [
    ("part_day:not_counted", NAMED[1], "đồng hồ dừng một phần của ngày: không tính ngày này",
     "the clock stood for a part of the day: the day is not counted"),
    ("part_day:counted", NAMED[2], "đồng hồ dừng một phần của ngày: vẫn tính ngày này",
     "the clock stood for a part of the day: the day is counted all the same"),
    ("extension_from:due", NAMED[5], "thời gian gia hạn tính từ ngày hẹn trả",
     "the extension is counted from the due date"),
    ("extension_from:notice", NAMED[6],
     "thời gian gia hạn tính từ lúc thông báo, không sớm hơn ngày hẹn trả trước đó",
     "the extension is counted from its notice, and ends no earlier than the due date was"),
    ("late_extension:refused", NAMED[8], "gia hạn được thông báo từ ngày hẹn trả trở đi: không tính",
     "an extension told on the due day or later: not counted"),
    ("late_extension:counted", NAMED[9], "gia hạn được thông báo từ ngày hẹn trả trở đi: vẫn tính",
     "an extension told on the due day or later: counted all the same"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "case", "vietnamese", "english"), WORDS, ids=lambda given: str(given)[:24])
def test_each_reading_of_events_is_said_in_both_languages(name, case, vietnamese, english):
    found = told(*case[:4])
    for language, words in (("vi", vietnamese), ("en", english)):
        assert {each.name: each.text for each in found.explain(language).readings}[name] == words


RULES = [
    ("received", "11-16T10:00", "1wd", "restart 11-16T10:00", CIVIL_CODE["wd"],
     "ngày tiếp nhận, không tính", "day of reception, not counted"),
    ("holiday", "11-23T10:00", "1wd", "restart 11-23T10:00", LABOUR_CODE,
     "ngày lễ, tết: Ngày Văn hóa Việt Nam (NQ 28/2026/QH16, từ 01/7/2026)",
     "public holiday: Ngày Văn hóa Việt Nam (NQ 28/2026/QH16, từ 01/7/2026)"),
    ("no_hours", "11-16T16:00", "4wh", "restart 11-16T16:00", CIVIL_CODE["wh"],
     "ngoài giờ làm việc, không tính", "outside of the working hours, not counted"),
    ("restarted", "11-16T10:00", "1wd", "restart 11-17T10:00", BEGUN_ANEW,
     "trước khi có hồ sơ đầy đủ, thời hạn tính lại từ đầu",
     "before the full dossier came, from which the term begins anew"),
    ("extended", "11-16T10:00", "1wd", "extend 11-16T11:00 1wd", EXTENSION,
     "ngày bắt đầu gia hạn, không tính", "the day from which the extension is counted, not counted"),
    ("part_day:not_counted", "11-16T10:00", "1wd", "stop 11-17T10:00, resume 11-17T11:00", NOT_COUNTED,
     "đồng hồ dừng một phần của ngày: không tính ngày này: chờ bổ sung hồ sơ",
     "the clock stood for a part of the day: the day is not counted: waiting for the supplement"),
    ("stood", "11-16T10:00", "1wd", "stop 11-16T11:00 payment", NO_CLAUSE,
     "đồng hồ dừng, không tính: chờ nộp tiền", "the clock stood, not counted: waiting for the payment"),
    ("stood", "11-16T10:00", "1wd", "stop 11-16T11:00 consent", NO_CLAUSE,
     "đồng hồ dừng, không tính: chờ người khác đồng ý", "the clock stood, not counted: waiting for another's consent"),
    ("stood", "11-16T10:00", "1wd", "stop 11-16T11:00 confirmation", NOT_COUNTED,
     "đồng hồ dừng, không tính: chờ xác nhận trên VNeID",
     "the clock stood, not counted: waiting for the confirmation on VNeID"),
    ("stood", "11-16T10:00", "1wd", "stop 11-16T11:00 outage, stop 11-16T11:00 payment", f"{NOT_COUNTED}; {NO_CLAUSE}",
     "đồng hồ dừng, không tính: hệ thống gián đoạn đã thông báo, chờ nộp tiền",
     "the clock stood, not counted: announced outage of the system, waiting for the payment"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "received", "term", "events", "clause", "vietnamese", "english"), RULES, ids=lambda given: str(given)[:24]
)
def test_each_interval_says_its_rule_and_its_clause_in_both_languages(
    rule, received, term, events, clause, vietnamese, english
):
    for language, words in (("vi", vietnamese), ("en", english)):
        said = [each for each in told(received, term, events).explain(language).intervals if each.rule == rule]
        assert {(each.text, each.clause) for each in said} == {(words, clause)}


def test_time_after_a_missed_due_date_is_told_in_both_languages():
    late = ClockPolicy(extension_from="notice", late_extension="counted")
    found = told("11-16T10:00", "1wd", "extend 11-18T11:00 1wd", late)
    for language, words in (
        ("vi", "sau hạn, trước thông báo gia hạn"),
        ("en", "after the due moment, before the notice of the extension"),
    ):
        assert {i.rule: (i.text, i.clause) for i in found.explain(language).intervals}["after_due"] == (
            words, EXTENSION
        )  # fmt: skip
    counted = told("11-16T10:00", "1wd", "stop 11-17T10:00, resume 11-17T11:00", PART_DAY).explain("vi").intervals[1]
    assert (counted.text, counted.days) == (
        "đồng hồ dừng một phần của ngày: vẫn tính ngày này: chờ bổ sung hồ sơ", 1
    )  # fmt: skip


REFUSALS = [
    ("after_end", "stop 11-18T10:00", "thời hạn đã hết, đồng hồ không còn dừng",
     "the term had ended, the clock does not stop any more"),
    ("stands_already", "stop 11-17T10:00, stop 11-17T11:00", "đồng hồ đã dừng vì lý do này",
     "the clock stood for this reason already"),
    ("stands_not", "resume 11-17T10:00", "đồng hồ không dừng vì lý do này",
     "the clock did not stand for this reason"),
    ("extension_late", "extend 11-17T00:00 1wd", "gia hạn phải được thông báo chậm nhất 01 ngày trước ngày hẹn trả",
     "an extension is told at the latest one day before the due date"),
    ("extension_second", "extend 11-16T11:00 1wd, extend 11-16T12:00 1wd", "chỉ được gia hạn một lần",
     "there is one extension at most"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "events", "vietnamese", "english"), REFUSALS)
def test_each_refusal_is_said_in_both_languages(why, events, vietnamese, english):
    found = told("11-16T10:00", "1wd", events)
    for language, words in (("vi", vietnamese), ("en", english)):
        (said,) = found.explain(language).refused
        assert (said.why, said.text, said.type) == (why, words, found.refused[0].event.type)
        assert said.at == found.refused[0].event.at.isoformat()


START = "Decree 118/2025/ND-CP Art. 17(3), amended by Decree 309/2026/ND-CP"


@pytest.mark.parametrize(
    ("term", "events", "more"),
    [
        ("1wd", "restart 11-16T10:00", [BEGUN_ANEW]),
        ("1wd", "stop 11-17T10:00 payment, resume 11-17T11:00 payment", []),
        ("1wd", "stop 11-17T10:00 outage, resume 11-17T11:00 outage", [NOT_COUNTED]),
        ("1wd", "extend 11-16T11:00 4wh", [CIVIL_CODE["wh"], EXTENSION]),
        ("1wd", "extend 11-17T11:00 4wh", [EXTENSION]),
        ("1wd", "stop 11-19T10:00", []),
    ],
)
def test_what_was_applied_is_cited_once(term, events, more):
    found = told("11-16T10:00", term, events).explain()
    assert sorted(found.citations) == sorted([CIVIL_CODE["wd"], START, *national().citations, *more])


def test_a_reckoning_says_what_it_explains():
    found = told("11-16T10:00", "3wd", "restart 11-17T10:00, stop 11-18T10:00 payment")
    said = found.explain("en")
    assert (said.received_at, said.due_at, said.term, said.term_text) == (
        "2026-11-17T10:00:00+07:00", None, "3wd", "3 working days"
    )  # fmt: skip
    assert (said.provisional, said.stands_for) == (False, ("payment",))
    assert found.explain().term_text == "3 ngày làm việc"
    assert told("11-16T10:00", "3wd").explain().due_at == "2026-11-19T23:59:59+07:00"
    assert said.intervals[-1].ends_at is None
    assert said.intervals[0].begins_at == at("11-16T10:00").isoformat()
    far = told("12-30T10:00", "3wd", "restart 12-30T10:00").explain()
    assert far.provisional
    assert LABOUR_CODE in far.citations
