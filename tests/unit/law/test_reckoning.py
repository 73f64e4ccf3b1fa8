"""The clock of a dossier that stops, begins anew or is extended: vectors, refusals, and what never happens."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.law.calendars import Calendar, national
from chalicelib.law.clock import LITERAL, ZONE, ClockPolicy, NaiveTime, Term, due
from chalicelib.law.clock_events import BadEvent, ClockEvent
from chalicelib.law.reckoning import Reckoning, reckon, recompute

CALENDAR = national()
CUTOFF = ClockPolicy(cutoff=time(15))
DEEMED = ClockPolicy(cutoff=time(15), after_cutoff="deemed")
PART_DAY = ClockPolicy(part_day="counted")
ROLL = ClockPolicy(hour_end="roll")
FROM_NOTICE = ClockPolicy(extension_from="notice")
LATE = ClockPolicy(late_extension="counted")
NIGHT = "stop 11-17T00:00"
ANY_EVENT = ("stop", "resume", "restart", "extend")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text if text.startswith("20") else f"2026-{text}").replace(tzinfo=ZONE)


def event(text: str) -> ClockEvent:
    """`stop 11-20T10:00 payment`, `restart 11-20T10:00`, `extend 11-20T10:00 3wd`; a reason left out is supplement."""
    kind, moment, *rest = text.split()
    if kind == "extend":
        return ClockEvent(type="extend", at=at(moment), term=Term.counted(rest[0]))
    if kind == "restart":
        return ClockEvent(type="restart", at=at(moment))
    return ClockEvent(type=kind, at=at(moment), reason=rest[0] if rest else "supplement")


def told(received: str, term: str, events: str = "", policy: ClockPolicy = LITERAL) -> Reckoning:
    each = [event(line) for line in events.split(", ") if line]
    return reckon(at(received), Term.counted(term), each, calendar=CALENDAR, policy=policy)


def ends(*case: object) -> str | None:
    found = told(*case)
    return found.due_at.isoformat()[5:19] if found.due_at else None


def day(*case: object) -> str | None:
    found = ends(*case)
    return found and (found[:5] if found.endswith("T23:59:59") else found)


def whys(*case: object) -> list[str]:
    return [refused.why for refused in told(*case).refused]


SECTION_6 = [
    ("2026-02-12T10:00", "3wd", "02-24", "02-24"),
    ("2026-02-13T15:30", "3wd", "02-25", "02-26"),
    ("2026-02-13T10:00", "1wd", "02-23", "02-23"),
    ("2026-04-24T09:00", "5wd", "05-06", "05-06"),
    ("2026-04-24T15:01", "1wd", "04-28", "04-29"),
    ("2026-04-29T14:59", "2wd", "05-05", "05-05"),
    ("2026-08-21T09:00", "1wd", "08-22", "08-22"),
    ("2026-08-21T15:30", "1wd", "08-22", "08-24"),  # deemed received on the worked Saturday
    ("2026-08-28T10:00", "3wd", "09-07", "09-07"),
    ("2026-08-28T15:00", "1wd", "09-03", "09-03"),
    ("2026-08-28T15:01", "1wd", "09-03", "09-04"),
    ("2026-08-29T10:00", "1wd", "09-03", "09-04"),
    ("2026-09-03T09:00", "3wd", "09-08", "09-08"),
    ("2026-11-20T16:00", "5wd", "11-30", "12-01"),
    ("2026-11-23T08:00", "1wd", "11-25", "11-25"),
]


@pytest.mark.parametrize(("received", "term", "literal", "deemed"), SECTION_6)
def test_without_events_the_vectors_of_the_law_come_out_in_both_readings(received, term, literal, deemed):
    assert day(received, term, "", CUTOFF) == literal
    assert day(received, term, "", DEEMED) == deemed
    # begun anew at that moment it is the same, whenever the first reception was
    for policy, expected in ((CUTOFF, literal), (DEEMED, deemed)):
        assert day("2026-01-05T16:00", term, f"restart {received}", policy) == expected


def test_without_events_it_is_what_due_says():
    for received, term, policy in (("11-20T16:00", "3wd", DEEMED), ("11-20T16:00", "8wh", LITERAL)):
        found = due(at(received), Term.parse(term), calendar=CALENDAR, policy=policy)
        reckoned = told(received, term, "", policy)
        assert (reckoned.due_at, reckoned.provisional, reckoned.stages) == (
            found.due_at, found.provisional, (found.basis,)
        )  # fmt: skip
        assert (reckoned.stands_for, reckoned.stands_since, reckoned.refused) == ((), None, ())


@pytest.mark.parametrize(
    ("received", "term", "events", "expected", "counted_in_part"),
    [
        # Monday 16 November: days 1-3 are 17-19
        ("11-16T10:00", "3wd", "stop 11-17T10:00, resume 11-17T11:00", "11-20", "11-19"),
        ("11-16T10:00", "3wd", "stop 11-17T10:00, resume 11-19T11:00", "11-25", "11-20"),
        ("11-16T10:00", "3wd", "stop 11-17T00:00, resume 11-18T00:00", "11-20", "11-20"),
        ("11-16T10:00", "3wd", "stop 11-16T11:00, resume 11-16T12:00", "11-19", "11-19"),  # day of reception
        ("11-16T10:00", "3wd", "stop 11-16T11:00, resume 11-17T00:00", "11-19", "11-19"),
        ("11-16T10:00", "3wd", "stop 11-19T23:59:58, resume 11-20T00:00", "11-20", "11-19"),
        ("11-16T10:00", "3wd", "stop 11-19T10:00, resume 12-01T10:00", "12-02", "11-19"),
        ("11-16T10:00", "3wd", "stop 11-21T00:00, resume 11-23T00:00", "11-19", "11-19"),  # after the end
        ("11-19T10:00", "2wd", "stop 11-21T00:00, resume 11-23T00:00", "11-23", "11-23"),  # on days off
        # twice in a day is one day; one day by two reasons in turn is a whole day
        ("11-16T10:00", "3wd", "stop 11-17T10:00, resume 11-17T11:00, stop 11-17T12:00, resume 11-17T13:00",
         "11-20", "11-19"),
        ("11-16T10:00", "3wd", f"{NIGHT}, stop 11-17T09:00 payment, resume 11-17T10:00, resume 11-18T00:00 payment",
         "11-20", "11-20"),
        ("11-16T10:00", "3wd", f"{NIGHT}, resume 11-17T10:00, stop 11-17T10:00 payment, resume 11-18T00:00 payment",
         "11-20", "11-20"),
        # days: weekends count, the last day moves off days off and off those on which it stood
        ("11-16T10:00", "3d", "stop 11-17T10:00, resume 11-17T11:00", "11-20", "11-19"),
        ("11-16T10:00", "3d", "stop 11-17T10:00, resume 11-18T11:00", "11-23", "11-19"),
        ("11-16T10:00", "5d", "stop 11-22T10:00, resume 11-23T11:00", "11-25", "11-23"),  # ends on Saturday
        ("11-16T10:00", "5d", "stop 11-22T10:00, resume 11-24T00:00", "11-25", "11-25"),
        # months: the month end first, then its days
        ("10-20T10:00", "1m", "stop 11-10T00:00, resume 11-11T00:00", "11-23", "11-23"),
        ("01-30T10:00", "1m", "stop 02-02T09:00, resume 02-03T10:00", "03-02", "03-02"),
        ("01-30T10:00", "1m", "stop 02-02T09:00, resume 02-05T10:00", "03-04", "03-02"),
        # the same day
        ("11-16T10:00", "0wd", "stop 11-16T11:00, resume 11-18T11:00", "11-19", "11-16"),
        ("11-16T10:00", "0d", "stop 11-16T11:00, resume 11-16T12:00", "11-17", "11-16"),
        ("11-21T10:00", "0wd", "stop 11-23T00:00, resume 11-24T00:00", "11-25", "11-25"),
    ],
)  # fmt: skip
def test_a_day_on_which_the_clock_stood_is_not_counted(received, term, events, expected, counted_in_part):
    assert day(received, term, events) == expected
    assert day(received, term, events, PART_DAY) == counted_in_part


@pytest.mark.parametrize(
    ("received", "term", "events", "policy", "expected"),
    [
        ("11-16T10:00", "24h", "stop 11-16T12:00:00, resume 11-16T14:30:15", LITERAL, "11-17T12:30:15"),
        ("11-16T10:00", "24h", "stop 11-16T09:00, resume 11-16T10:30", LITERAL, "11-17T10:30:00"),
        ("11-16T10:00", "24h", "stop 11-16T09:00, resume 11-16T09:30", LITERAL, "11-17T10:00:00"),
        ("11-16T10:00", "24h", "stop 11-17T10:00, resume 11-17T12:00", LITERAL, "11-17T10:00:00"),
        ("11-16T10:00", "24h", "stop 11-17T09:59:59, resume 11-17T12:00", LITERAL, "11-17T12:00:01"),
        # ends on Saturday 10:00, rolled to Monday 08:00: a stop on Sunday does not touch it
        ("11-20T10:00", "24h", "stop 11-22T10:00, resume 11-25T10:00", ROLL, "11-23T08:00:00"),
        ("11-20T10:00", "24h", "stop 11-20T12:00, resume 11-20T13:00", ROLL, "11-23T08:00:00"),
        ("11-20T10:00", "24h", "stop 11-20T12:00, resume 11-23T13:00", ROLL, "11-25T08:00:00"),
        ("11-16T10:00", "8wh", "stop 11-16T11:00, resume 11-16T14:00", LITERAL, "11-17T12:00:00"),
        ("11-16T10:00", "8wh", "stop 11-16T12:00, resume 11-16T13:00", LITERAL, "11-17T10:00:00"),
        ("11-16T10:00", "8wh", "stop 11-16T17:30, resume 11-17T07:30", LITERAL, "11-17T10:00:00"),
        ("11-16T10:00", "8wh", "stop 11-16T16:00, resume 11-18T09:00", LITERAL, "11-18T12:00:00"),
        ("11-20T16:00", "2wh", "stop 11-21T09:00, resume 11-25T09:30", LITERAL, "11-25T10:30:00"),
        ("11-20T16:00", "2wh", "stop 11-20T09:00, resume 11-20T16:30", LITERAL, "11-23T09:30:00"),
        ("11-20T16:00", "2wh", "stop 11-23T09:00, resume 11-23T09:30", LITERAL, "11-23T09:00:00"),
        ("11-20T16:00", "0h", "stop 11-20T15:00, resume 11-20T16:30", LITERAL, "11-20T16:30:00"),
    ],
)
def test_hours_in_which_the_clock_stood_do_not_run(received, term, events, policy, expected):
    assert ends(received, term, events, policy) == expected


def test_while_any_reason_stands_there_is_no_due_date():
    events = "stop 11-17T10:00, stop 11-17T12:00 outage, resume 11-17T13:00"
    found = told("11-16T10:00", "3wd", events)
    assert (found.due_at, found.provisional, found.stands_for) == (None, False, ("outage",))
    assert found.stands_since == at("11-17T10:00")
    assert told("11-16T10:00", "3wd", "stop 11-17T10:00 payment, stop 11-17T11:00").stands_for == (
        "payment", "supplement"
    )  # fmt: skip
    assert not told("2026-12-30T10:00", "3wd", "stop 12-31T10:00").provisional
    whole = told("11-16T10:00", "3wd", f"{events}, resume 11-18T09:00 outage")
    assert (whole.stands_for, whole.stands_since, whole.due_at) == ((), None, at("11-23T23:59:59"))


def test_a_dossier_without_an_end_of_its_year_is_provisional_by_its_stages():
    assert told("12-29T10:00", "2wd", "stop 12-30T10:00, resume 12-30T11:00").provisional
    assert told("12-29T10:00", "2wd", "extend 12-29T11:00 1wd").provisional
    assert not told("12-28T10:00", "1wd", "extend 12-28T11:00 1wd").provisional


@pytest.mark.parametrize(
    ("received", "term", "events", "policy", "expected", "refused"),
    [
        ("11-16T10:00", "3wd", "stop 11-20T00:00, resume 11-20T09:00", LITERAL, "11-19", ["after_end", "stands_not"]),
        ("11-16T10:00", "3wd", "stop 11-19T23:59:59, resume 11-20T09:00", LITERAL, "11-19",
         ["after_end", "stands_not"]),
        ("11-16T10:00", "3wd", "stop 11-17T09:00, stop 11-17T10:00, resume 11-17T11:00", LITERAL, "11-20",
         ["stands_already"]),
        ("11-16T10:00", "3wd", "resume 11-17T09:00", LITERAL, "11-19", ["stands_not"]),
        ("11-16T10:00", "3wd", "stop 11-17T09:00, resume 11-17T10:00 payment, resume 11-17T11:00", LITERAL, "11-20",
         ["stands_not"]),
        ("11-16T10:00", "3wd", "extend 11-18T23:59:59 2wd", LITERAL, "11-23", []),
        ("11-16T10:00", "3wd", "extend 11-19T00:00 2wd", LITERAL, "11-19", ["extension_late"]),
        ("11-16T10:00", "3wd", "extend 11-19T00:00 2wd", LATE, "11-23", []),
        ("11-16T10:00", "3wd", "extend 11-30T00:00 2wd", LATE, "11-23", []),
        ("11-16T10:00", "3wd", "extend 11-17T00:00 2wd, extend 11-18T00:00 9wd", LITERAL, "11-23",
         ["extension_second"]),
        # one that was refused as late is no extension
        ("11-16T10:00", "3wd", "extend 11-19T00:00 9wd, stop 11-19T09:00, extend 11-20T10:00 2wd, resume 11-20T11:00",
         LITERAL, "11-26", ["extension_late"]),
        ("11-16T10:00", "3wd", "restart 11-13T10:00", LITERAL, "11-18", []),
        ("11-16T10:00", "3wd", "restart 11-16T10:00", LITERAL, "11-19", []),
        ("11-16T10:00", "24h", "extend 11-16T23:00 2h", LITERAL, "11-17T12:00:00", []),
        ("11-16T10:00", "24h", "extend 11-17T00:00 2h", LITERAL, "11-17T10:00:00", ["extension_late"]),
    ],
)  # fmt: skip
def test_what_changes_nothing_is_told_with_its_reason(received, term, events, policy, expected, refused):
    assert day(received, term, events, policy) == expected
    assert whys(received, term, events, policy) == refused


@pytest.mark.parametrize(
    ("received", "term", "events", "from_due", "from_notice"),
    [
        ("11-16T10:00", "3wd", "extend 11-17T10:00 3wd", "11-25", "11-20"),
        ("11-16T10:00", "3wd", "extend 11-17T10:00 1wd", "11-20", "11-19"),  # never earlier than it was
        ("11-16T10:00", "3wd", "extend 11-17T10:00 3d", "11-23", "11-20"),
        ("11-16T10:00", "3wd", "extend 11-17T10:00 24h", "11-20", "11-19"),
        ("11-16T10:00", "3wd", "extend 11-17T10:00 4wh", "11-20T12:00:00", "11-19"),
        ("11-16T10:00", "24h", "extend 11-16T11:00 4h", "11-17T14:00:00", "11-17T10:00:00"),
        ("11-16T10:00", "24h", "extend 11-16T11:00 0wd", "11-17", "11-17T10:00:00"),
        ("11-16T10:00", "3wd", "extend 11-17T10:00 1m", "12-21", "12-17"),
        # stops before, across and after the old due date
        ("11-16T10:00", "3wd", "extend 11-17T10:00 3wd, stop 11-18T10:00, resume 11-18T11:00", "11-26", "11-23"),
        ("11-16T10:00", "3wd", "extend 11-17T10:00 3wd, stop 11-20T10:00, resume 11-20T11:00", "11-26", "11-23"),
        ("11-16T10:00", "3wd", "extend 11-17T10:00 4wd, stop 11-19T23:59:59, resume 11-20T00:00", "11-26", "11-25"),
        ("11-16T10:00", "3wd", "stop 11-17T09:00, extend 11-17T10:00 3wd, resume 11-18T11:00", "11-27", "11-23"),
        # told while it stands, after the day that was due
        ("11-16T10:00", "3wd", "stop 11-17T09:00, extend 11-27T10:00 3wd, resume 11-27T11:00", "12-07", "12-02"),
    ],
)
def test_an_extension_is_counted_from_the_due_date_or_from_its_notice(received, term, events, from_due, from_notice):
    assert day(received, term, events) == from_due
    assert day(received, term, events, FROM_NOTICE) == from_notice


def test_an_extension_has_no_cutoff_but_reads_days_off_as_a_reception_does():
    policy = ClockPolicy(cutoff=time(15), after_cutoff="deemed", extension_from="notice")
    # told after 15:00 on Wednesday: Thursday is day 1
    assert day("11-16T10:00", "3wd", "extend 11-18T16:00 3wd", policy) == "11-23"
    # told on a Saturday: deemed on Monday, so Wednesday is day 1
    assert day("11-16T10:00", "9wd", "extend 11-21T10:00 6wd", policy) == "12-02"
    assert day("11-16T10:00", "9wd", "extend 11-21T10:00 6wd", FROM_NOTICE) == "12-01"


def test_a_late_extension_from_its_notice_begins_there():
    policy = ClockPolicy(extension_from="notice", late_extension="counted")
    assert day("11-16T10:00", "1wd", "extend 11-18T10:00 2wd", policy) == "11-20"


def test_a_restart_begins_everything_anew_but_the_one_extension():
    assert day("11-16T10:00", "3wd", "stop 11-17T09:00, restart 11-20T16:00") == "11-26"
    assert day("11-16T10:00", "3wd", "stop 11-17T09:00, restart 11-20T16:00", DEEMED) == "11-27"
    assert day("11-16T10:00", "3wd", "stop 11-17T09:00, restart 11-20T16:00, resume 11-25T09:00") == "11-26"
    assert whys("11-16T10:00", "3wd", "stop 11-17T09:00, restart 11-20T16:00, resume 11-25T09:00") == ["stands_not"]
    assert day("11-16T10:00", "3wd", "extend 11-17T09:00 9wd, restart 11-20T16:00") == "11-26"
    again = "extend 11-17T09:00 9wd, restart 11-20T16:00, extend 11-23T09:00 9wd"
    assert (day("11-16T10:00", "3wd", again), whys("11-16T10:00", "3wd", again)) == ("11-26", ["extension_second"])
    late = "extend 11-19T09:00 9wd, restart 11-20T16:00, extend 11-23T09:00 2wd"
    assert (day("11-16T10:00", "3wd", late), whys("11-16T10:00", "3wd", late)) == ("11-30", ["extension_late"])
    assert day("11-16T10:00", "3wd", "restart 11-30T09:00") == "12-03"  # after the due date too


def test_events_of_one_moment_hold_in_the_order_given_and_others_by_time():
    assert told("11-16T10:00", "3wd", "resume 11-17T10:00, stop 11-17T10:00").stands_for == ("supplement",)
    assert day("11-16T10:00", "3wd", "stop 11-17T10:00, resume 11-17T10:00") == "11-19"
    assert day("11-16T10:00", "3wd", "resume 11-17T11:00, stop 11-17T10:00") == "11-20"
    utc = [
        ClockEvent(type="stop", at=datetime(2026, 11, 16, 17, 0, tzinfo=UTC), reason="outage"),  # 17th, 00:00
        ClockEvent(type="resume", at=datetime(2026, 11, 17, 17, 0, tzinfo=UTC), reason="outage"),
    ]
    found = reckon(at("11-16T10:00"), Term(3, "wd"), utc, calendar=CALENDAR, policy=PART_DAY)
    assert found.due_at == at("11-20T23:59:59")


def test_a_time_without_a_zone_is_refused():
    naive = datetime.fromisoformat("2026-11-17T10:00")
    with pytest.raises(NaiveTime):
        reckon(naive, Term(3, "wd"), [event("restart 11-17T10:00")], calendar=CALENDAR)
    with pytest.raises(NaiveTime):
        reckon(at("11-16T10:00"), Term(3, "wd"), [ClockEvent(type="restart", at=naive)], calendar=CALENDAR)
    with pytest.raises(NaiveTime):
        recompute(naive, at("11-16T10:00"), Term(3, "wd"), calendar=CALENDAR)


@pytest.mark.parametrize(
    ("given", "field", "rule"),
    [
        ({"type": "pause"}, "type", "one of stop, resume, restart, extend"),
        ({"type": "stop"}, "reason", "one of supplement, payment, consent, confirmation, outage, upstream"),
        (
            {"type": "resume", "reason": "rain"},
            "reason",
            "one of supplement, payment, consent, confirmation, outage, upstream",
        ),
        ({"type": "extend"}, "term", "an extension says how long it is"),
    ],
)
def test_an_event_says_what_it_is(given, field, rule):
    with pytest.raises(BadEvent) as refusal:
        ClockEvent(at=at("11-17T10:00"), **given)
    assert (refusal.value.field, refusal.value.rule) == (field, rule)
    assert str(refusal.value) == f"not an event of the clock: {field}: {rule}"


def test_a_due_date_is_reckoned_again_when_a_calendar_is_published():
    before = Calendar.of()
    received, term, events = at("02-12T10:00"), Term(3, "wd"), [event("stop 02-13T10:00"), event("resume 02-13T11:00")]
    first = reckon(received, term, events, calendar=before)
    assert (first.due_at, first.provisional) == (at("02-18T23:59:59"), True)
    again = recompute(first.due_at, received, term, events, calendar=CALENDAR)
    assert (again.due_at, again.provisional, again.moved) == (at("02-25T23:59:59"), False, True)
    same = recompute(again.due_at.astimezone(UTC), received, term, events, calendar=CALENDAR)
    assert (same.due_at, same.moved) == (again.due_at, False)
    standing = recompute(None, received, term, events[:1], calendar=CALENDAR)
    assert (standing.due_at, standing.moved) == (None, False)
    assert recompute(None, received, term, events, calendar=CALENDAR).moved
    assert recompute(at("02-25T23:59:59"), received, term, events[:1], calendar=CALENDAR).moved
    deemed = recompute(None, at("02-13T15:30"), term, calendar=CALENDAR, policy=DEEMED)
    assert deemed.due_at == at("02-26T23:59:59")


def test_many_stops_cost_no_walk_through_the_years():
    events = []
    for number in range(200):
        moment = at("01-05T10:00") + timedelta(days=number)
        events += [
            ClockEvent(type="stop", at=moment, reason="outage"),
            ClockEvent(type="resume", at=moment + timedelta(hours=1), reason="outage"),
        ]
    found = reckon(at("01-05T09:00"), Term(5, "wd"), events, calendar=CALENDAR)
    assert (found.due_at, found.refused) == (at("07-30T23:59:59"), ())


MOMENTS = st.datetimes(
    datetime.fromisoformat("2025-12-01"), datetime.fromisoformat("2027-02-01"), timezones=st.just(ZONE)
)
TERMS = st.builds(Term, st.integers(0, 40), st.sampled_from(["wd", "d", "wh", "h"])) | st.builds(
    Term, st.integers(0, 2), st.just("m")
)
POLICIES = st.builds(
    ClockPolicy,
    cutoff=st.sampled_from([None, time(15)]),
    after_cutoff=st.sampled_from(["literal", "deemed"]),
    hour_end=st.sampled_from(["keep", "roll"]),
    part_day=st.sampled_from(["not_counted", "counted"]),
    extension_from=st.sampled_from(["due", "notice"]),
    late_extension=st.sampled_from(["refused", "counted"]),
)
AFTER = st.integers(0, 60 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes)) | st.integers(0, 60).map(
    lambda days: timedelta(days=days)
)
REASONS = st.sampled_from(["supplement", "payment", "outage"])


@st.composite
def cases(draw, kinds=ANY_EVENT, most=6):
    """A reception at an hour or a minute, and events after it; no more than one extension (see `clock.md`)."""
    received = draw(MOMENTS)
    received = draw(st.sampled_from([received, received.replace(hour=0, minute=0, second=0, microsecond=0)]))
    events, extended = [], False
    for _ in range(draw(st.integers(0, most))):
        kind = draw(st.sampled_from([each for each in kinds if each != "extend" or not extended]))
        extended = extended or kind == "extend"
        term = draw(TERMS) if kind == "extend" else None
        reason = draw(REASONS) if kind in {"stop", "resume"} else None
        events.append(ClockEvent(type=kind, at=received + draw(AFTER), reason=reason, term=term))
    return received, draw(TERMS), events, draw(POLICIES)


def end(received, term, events, policy):
    """The due moment; while the clock stands it is later than any."""
    found = reckon(received, term, events, calendar=CALENDAR, policy=policy)
    return found.due_at or datetime.max.replace(tzinfo=ZONE)


@given(cases(), AFTER)
def test_a_later_reception_is_never_due_earlier_whatever_happens(case, later):
    received, term, events, policy = case
    assert end(received, term, events, policy) <= end(received + later, term, events, policy)


@given(cases(), AFTER, AFTER, REASONS)
@example(
    (at("11-16T10:00"), Term(3, "wd"), [event("extend 11-19T00:00 2wd")], LITERAL), *[timedelta(days=1)] * 2, "payment"
)
def test_a_stop_that_is_over_never_makes_it_earlier(case, after, length, reason):
    received, term, events, policy = case
    begins = received + after
    # a reason of its own, so that it neither ends another stop nor is ended by one
    more = [
        ClockEvent(type="stop", at=begins, reason="consent"),
        ClockEvent(type="resume", at=begins + length, reason="consent"),
    ]
    assert end(received, term, events, policy) <= end(received, term, [*events, *more], policy)


@given(cases())
def test_without_one_resume_it_is_never_earlier_and_without_one_stop_never_later(case):
    received, term, events, policy = case
    whole = end(received, term, events, policy)
    for place, each in enumerate(events):
        without = end(received, term, events[:place] + events[place + 1 :], policy)
        if each.type == "resume":
            assert without >= whole
        elif each.type == "stop":
            assert without <= whole


@given(cases(kinds=("stop", "resume", "restart")))
def test_an_extension_never_makes_it_earlier(case):
    received, term, events, policy = case
    for after in (timedelta(0), timedelta(days=1), timedelta(days=9)):
        more = ClockEvent(type="extend", at=received + after, term=Term(2, "wd"))
        assert end(received, term, events, policy) <= end(received, term, [*events, more], policy)


@given(cases())
def test_what_was_refused_could_as_well_not_have_been_told(case):
    received, term, events, policy = case
    found = reckon(received, term, events, calendar=CALENDAR, policy=policy)
    refused = [each.event for each in found.refused]
    kept = [each for each in events if not any(each is other for other in refused)]
    assert len(kept) == len(events) - len(refused)
    again = reckon(received, term, kept, calendar=CALENDAR, policy=policy)
    assert (again.due_at, again.provisional, again.stands_for, again.refused) == (
        found.due_at, found.provisional, found.stands_for, ()
    )  # fmt: skip
