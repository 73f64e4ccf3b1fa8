import json
from datetime import datetime, time

import msgspec
import pytest

from chalicelib.law.calendars import national
from chalicelib.law.clock import ZONE, ClockPolicy, Term, due

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
