import json
from datetime import date, datetime, time

import msgspec
import pytest

from chalicelib.law.calendars import CULTURE_DAY, LABOUR_CODE, national
from chalicelib.law.clock import ZONE, ClockPolicy, Term, due
from chalicelib.law.explain import Step

DEEMED = ClockPolicy(cutoff=time(15), after_cutoff="deemed")


def explained(received, term, policy=None, language="en"):
    moment = datetime.fromisoformat(received).replace(tzinfo=ZONE)
    answer = due(moment, Term.parse(term), calendar=national(), policy=policy or ClockPolicy(cutoff=time(15)))
    return json.loads(msgspec.json.encode(answer.explain(language)))


def days(said):
    return {day["day"][5:]: (day["counted"], day["text"]) for day in said["days"]}


def test_every_day_from_reception_to_due_is_counted_or_says_why_not():
    said = explained("2026-02-12T10:00", "3wd", language="vi")
    assert said["due_at"] == "2026-02-24T23:59:59+07:00"
    assert (said["term"], said["term_text"], said["provisional"]) == ("3wd", "3 ngày làm việc", False)
    assert said["readings"] == []
    told = days(said)
    assert told["02-12"] == (False, "ngày tiếp nhận, không tính")
    assert told["02-13"] == (True, "tính")
    assert told["02-14"] == (False, "ngày nghỉ hằng tuần: Thứ Bảy")
    assert told["02-17"] == (False, "ngày lễ, tết: mùng 1")
    assert [day["number"] for day in said["days"] if day["counted"]] == [1, 2, 3]
    assert any("Civil Code 2015" in citation for citation in said["citations"])
    assert any("12729/VPCP-KGVX" in citation for citation in said["citations"])


@pytest.mark.parametrize(
    ("received", "term", "policy", "names"),
    [
        ("2026-11-20T15:30", "1wd", None, ["after_cutoff:literal"]),
        ("2026-11-20T15:00", "1wd", None, ["at_cutoff:same_day"]),
        ("2026-11-21T15:00", "1wd", None, ["day_off:literal"]),
        ("2026-11-20T15:30", "1wd", DEEMED, ["after_cutoff:deemed"]),
        ("2026-11-21T10:00", "1wd", DEEMED, ["day_off:deemed"]),
        (
            "2026-11-20T15:00",
            "1wd",
            ClockPolicy(cutoff=time(15), at_cutoff="after"),
            ["after_cutoff:literal", "at_cutoff:after"],
        ),
        ("2026-11-20T15:30", "24h", None, ["cutoff:not_for_this_unit", "hour_end:keep"]),
        ("2026-11-20T10:00", "24h", ClockPolicy(hour_end="roll"), ["hour_end:roll"]),
        ("2026-11-19T10:00", "24h", None, []),
        ("2026-11-22T00:30", "24h", ClockPolicy(hour_end="roll"), ["hour_end:roll"]),
        ("2026-11-20T15:30", "1wd", ClockPolicy(cutoff=time(15), day_off="deemed"), ["after_cutoff:literal"]),
        ("2026-11-21T15:30", "1wd", ClockPolicy(cutoff=time(15), day_off="deemed"), ["day_off:deemed"]),
        ("2026-11-20T10:00", "2wh", None, ["working_hours"]),
        ("2026-12-31T10:00", "1wd", None, ["provisional"]),
    ],
)
def test_a_reading_is_named_only_when_it_was_used(received, term, policy, names):
    for language in ("vi", "en"):
        said = explained(received, term, policy, language)
        assert [reading["name"] for reading in said["readings"]] == names
        assert all(reading["text"] and "{" not in reading["text"] for reading in said["readings"])


def test_a_deemed_day_of_reception_is_shown_as_one():
    told = days(explained("2026-08-29T10:00", "1wd", DEEMED))
    assert told["08-29"] == (False, "day of reception, not counted")
    assert told["08-31"] == (False, "day off by swap: hoán đổi")
    assert told["09-03"] == (False, "deemed the day of reception, not counted")
    assert told["09-04"] == (True, "counted")


def test_a_day_term_shows_the_days_off_it_runs_through_and_where_it_moves():
    told = days(explained("2026-04-23T10:00", "3d"))
    assert told["04-25"] == (True, "counted: Thứ Bảy")
    assert told["04-26"] == (True, "counted: Giỗ Tổ (10/3 âm, Chủ nhật)")
    assert told["04-27"] == (False, "substitute day off: nghỉ bù Giỗ Tổ")
    assert told["04-28"] == (False, "the last day was off, the term ends here")


def test_a_same_day_term_shows_its_day():
    assert days(explained("2026-11-20T10:00", "0wd")) == {"11-20": (True, "settled within this working day")}
    told = days(explained("2026-11-20T16:00", "0wd"))
    assert told["11-20"] == (False, "day of reception, not counted")
    assert told["11-23"] == (True, "settled within this working day")


def test_an_hour_term_shows_the_minutes_of_each_day():
    said = explained("2026-11-20T16:00", "8wh")
    assert [(day["day"][5:], day["minutes"]) for day in said["days"]] == [
        ("11-20", 60),
        ("11-21", 0),
        ("11-22", 0),
        ("11-23", 420),
    ]
    assert said["readings"][-1]["text"] == "working hours: 08:00-12:00, 13:00-17:00"
    after_closing = explained("2026-11-20T18:00", "1wh")["days"][0]
    assert after_closing == {"day": "2026-11-20", "counted": False, "minutes": 0, "text": "no hour of this day counts"}
    rolled = explained("2026-11-20T16:00", "24h", ClockPolicy(hour_end="roll"))["days"]
    assert [(day["minutes"], day["text"]) for day in rolled] == [
        (480, "counted"),
        (960, "counted"),
        (0, "no hour of this day counts"),
        (0, "the last day was off, the term ends here"),
    ]


KINDS = {
    "received": ("ngày tiếp nhận, không tính", "day of reception, not counted"),
    "deemed": ("được coi là ngày tiếp nhận, không tính", "deemed the day of reception, not counted"),
    "counted": ("tính", "counted"),
    "same_day": ("giải quyết trong ngày làm việc này", "settled within this working day"),
    "rolled": ("ngày cuối là ngày nghỉ, hạn chuyển sang ngày này", "the last day was off, the term ends here"),
    "no_hours": ("không có giờ nào được tính", "no hour of this day counts"),
    "weekend": ("ngày nghỉ hằng tuần", "weekly day off"),
    "holiday": ("ngày lễ, tết", "public holiday"),
    "substitute_off": ("nghỉ bù", "substitute day off"),
    "swap_off": ("nghỉ hoán đổi", "day off by swap"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_day_is_said_in_both_languages(kind):
    step = Step(day=date(2026, 11, 20), counted=False, kind=kind)
    assert (step.text("vi"), step.text("en")) == KINDS[kind]
    named = Step(day=date(2026, 11, 20), counted=False, kind=kind, name="Tết")
    assert (named.text("vi"), named.text("en")) == tuple(f"{words}: Tết" for words in KINDS[kind])


STRICT = ClockPolicy(cutoff=time(15), at_cutoff="after")
OFF_DEEMED = ClockPolicy(cutoff=time(15), day_off="deemed")
LATE = "received after 15:00"
READINGS = [
    ("2026-11-20T15:30", "1wd", None, "after_cutoff:literal",
     "tiếp nhận sau 15:00: tính bắt đầu từ ngày làm việc tiếp theo, ngày đó là ngày thứ nhất",
     f"{LATE}: counted starting from the next working day, which is day 1"),
    ("2026-11-20T15:30", "1wd", DEEMED, "after_cutoff:deemed",
     "tiếp nhận sau 15:00: coi như tiếp nhận vào ngày làm việc tiếp theo",
     f"{LATE}: deemed received on the next working day"),
    ("2026-11-21T10:00", "1wd", None, "day_off:literal",
     "tiếp nhận vào ngày nghỉ: ngày làm việc tiếp theo là ngày thứ nhất",
     "received on a day off: the next working day is day 1"),
    ("2026-11-21T10:00", "1wd", OFF_DEEMED, "day_off:deemed",
     "tiếp nhận vào ngày nghỉ: coi như tiếp nhận vào ngày làm việc tiếp theo",
     "received on a day off: deemed received on the next working day"),
    ("2026-11-20T15:00", "1wd", None, "at_cutoff:same_day",
     "đúng 15:00 vẫn tính là trong ngày", "15:00 sharp is still the same day"),
    ("2026-11-20T15:00", "1wd", STRICT, "at_cutoff:after",
     "đúng 15:00 tính là sau giờ", "15:00 sharp is after the cutoff"),
    ("2026-11-19T15:30", "24h", None, "cutoff:not_for_this_unit",
     "mốc 15:00 không làm thay đổi thời hạn tính bằng đơn vị này",
     "the 15:00 cutoff does not shift a term in this unit"),
    ("2026-11-20T10:00", "24h", None, "hour_end:keep",
     "thời hạn tính bằng giờ kết thúc vào ngày nghỉ: giữ nguyên", "an hour term that ends on a day off stays there"),
    ("2026-11-20T10:00", "24h", ClockPolicy(hour_end="roll"), "hour_end:roll",
     "thời hạn tính bằng giờ kết thúc vào ngày nghỉ: chuyển đến đầu giờ làm việc tiếp theo",
     "an hour term that ends on a day off moves to when work next begins"),
    ("2026-11-20T10:00", "2wh", None, "working_hours",
     "giờ làm việc: 08:00-12:00, 13:00-17:00", "working hours: 08:00-12:00, 13:00-17:00"),
    ("2026-12-31T10:00", "1wd", None, "provisional",
     "lịch nghỉ của năm chưa công bố: chỉ tính ngày nghỉ hằng tuần và ngày lễ cố định, hạn có thể thay đổi",
     "the year's calendar is not published: weekends and fixed holidays only, the date may move"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("received", "term", "policy", "name", "vi", "en"), READINGS, ids=lambda given: str(given)[:24]
)
def test_each_reading_is_said_in_both_languages(received, term, policy, name, vi, en):
    for language, words in (("vi", vi), ("en", en)):
        said = explained(received, term, policy, language)
        assert {each["name"]: each["text"] for each in said["readings"]}[name] == words


EVENT = "Civil Code 2015, Art. 147-148"
CITED = {
    "1wd": f"{EVENT} (the day of the event is not counted)",
    "1d": f"{EVENT} (end of the last day; a last day off moves to the next working day)",
    "1m": f"{EVENT} (same day-number or last day of the month; a last day off moves)",
    "1h": f"{EVENT} (hours run from the moment)",
    "1wh": f"{EVENT} (hours run from the moment)",
}


@pytest.mark.parametrize("term", CITED)
def test_what_was_applied_is_cited(term):
    said = explained("2026-11-20T10:00", term)
    start = "Decree 118/2025/ND-CP Art. 17(3), amended by Decree 309/2026/ND-CP"
    assert said["citations"] == [CITED[term], start, *national().citations]
    after = explained("2026-12-31T20:00", term)
    moves = [LABOUR_CODE, CULTURE_DAY] if after["provisional"] else []
    assert after["citations"] == [CITED[term], start, *national().citations, *moves]
    assert bool(moves) == (term != "1h")


def test_an_explanation_says_what_it_explains():
    said = explained("2026-11-20T10:00", "8wh", language="en")
    assert {name: said[name] for name in ("received_at", "due_at", "term", "term_text", "provisional")} == {
        "received_at": "2026-11-20T10:00:00+07:00",
        "due_at": "2026-11-23T10:00:00+07:00",
        "term": "8wh",
        "term_text": "8 working hours",
        "provisional": False,
    }
    assert said["days"][0] == {"day": "2026-11-20", "counted": True, "minutes": 360, "text": "counted"}
    days_of = explained("2026-11-20T10:00", "1wd")["days"]
    assert days_of[0] == {
        "day": "2026-11-20", "counted": False, "number": None, "text": "day of reception, not counted"
    }  # fmt: skip
    assert days_of[-1] == {"day": "2026-11-23", "counted": True, "number": 1, "text": "counted"}
    assert explained("2026-11-20T10:00", "1wd", language="vi")["term_text"] == "1 ngày làm việc"


def test_hours_are_shown_from_reception_by_the_clock_and_by_the_office():
    minutes = {day["day"][5:]: day["minutes"] for day in explained("2026-11-20T16:30", "24h")["days"]}
    assert minutes == {"11-20": 450, "11-21": 990}
    minutes = {day["day"][5:]: day["minutes"] for day in explained("2026-11-20T11:30", "5wh")["days"]}
    assert minutes == {"11-20": 270, "11-21": 0, "11-22": 0, "11-23": 30}
    assert Step(day=date(2026, 11, 20), counted=True, kind="counted").name is None
    seconds = explained("2026-11-20T16:30:30", "24h")["days"]
    assert [day["minutes"] for day in seconds] == [449, 990]
    early = explained("2026-11-20T06:00", "1wh")["days"]
    assert [(day["counted"], day["minutes"]) for day in early] == [(True, 60)]
