"""`motcua clock`: many due dates line by line, each fault with its field, and a reckoning explained."""

import io
import json

import pytest
from typer.testing import CliRunner

from infra.command.cli import app
from infra.command.clock_lines import LONGEST_LINE, MOST_EVENTS, Answer, Refusal, answer, answers

OK, USAGE, NOT_FOUND, FINDINGS = 0, 2, 3, 7
LINE = {"id": "a", "received": "2026-02-12T10:00", "term": "3wd"}
STOP = {"type": "stop", "at": "2026-02-13T10:00", "reason": "supplement"}
RESUME = {**STOP, "type": "resume", "at": "2026-02-23T10:00"}
BY = "civil_code_2015:147-148 decree_118_2025:17(3)"
DAYS = f"{BY} labour_code_2019:111(3),112"


def motcua(*arguments, given=None):
    result = CliRunner().invoke(app, ["clock", *map(str, arguments)], input=given)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def answered(**changes):
    return answer(json.dumps({**LINE, **changes}).encode())


def due(**changes):
    found = answered(**changes)
    assert isinstance(found, Answer), found
    return found.due[:19] if found.due else None


def fault(**changes):
    found = answered(**changes)
    assert isinstance(found, Refusal), found
    assert found.error.message_vi != found.error.message_en
    assert all((found.error.message_vi, found.error.message_en))
    return found.error.field, found.error.rule


def test_a_line_is_answered_with_its_id_its_date_and_the_rules():
    assert answered() == Answer("a", "2026-02-24T23:59:59+07:00", f"term:wd | {DAYS}", provisional=False)
    assert answered(id=7).id == 7
    assert answered(received="2026-12-31T10:00").provisional
    assert due(received="2026-02-12T03:00:00+00:00", term="24h") == "2026-02-13T10:00:00"
    assert due(received="2026-02-12T10:00:00.999999", term="24h") == "2026-02-13T10:00:00"


@pytest.mark.parametrize(
    ("quantity", "unit", "expected"),
    [
        (3, "WORKING_DAY", "2026-02-24T23:59:59"),
        (3, "working_day", "2026-02-24T23:59:59"),
        (3, "DAY", "2026-02-23T23:59:59"),
        (3, "HOUR", "2026-02-12T13:00:00"),
        (3, "WORKING_HOUR", "2026-02-12T14:00:00"),
        (1, "MONTH", "2026-03-12T23:59:59"),
        (0, "WORKING_DAY", "2026-02-12T23:59:59"),
    ],
)
def test_a_term_is_read_as_the_records_write_it(quantity, unit, expected):
    assert due(term={"quantity": quantity, "unit": unit}) == expected


def test_what_is_left_out_or_null_is_the_default():
    assert due(events=None, policy=None, calendar=None) == due(events=[], policy={}, calendar="national") == due()
    assert answered(calendar="2026") == answered()


READINGS = [
    ({"cutoff": "15:00"}, {"received": "2026-02-13T15:30"}, "02-25"),
    ({"cutoff": "15:00", "after_cutoff": "deemed"}, {"received": "2026-02-13T15:30"}, "02-26"),
    ({"day_off": "deemed"}, {"received": "2026-02-14T10:00"}, "02-26"),
    ({"after_cutoff": "deemed"}, {"received": "2026-02-14T10:00"}, "02-26"),
    ({"cutoff": "15:00", "after_cutoff": "deemed", "at_cutoff": "after"}, {"received": "2026-02-13T15:00"}, "02-26"),
    ({"cutoff": "15:00", "after_cutoff": "deemed", "applies_to": ["d"]}, {"received": "2026-02-13T15:30"}, "02-25"),
    ({"cutoff": "15:00", "after_cutoff": "deemed", "applies_to": []}, {"received": "2026-02-13T15:30"}, "02-25"),
    ({"hour_end": "roll"}, {"received": "2026-02-13T10:00", "term": "24h"}, "02-23"),
    ({"working_hours": [["07:00", "11:00"]]}, {"term": "6wh"}, "02-23"),
    ({"part_day": "counted"}, {"events": [STOP, RESUME]}, "02-24"),
    ({"part_day": "not_counted"}, {"events": [STOP, RESUME]}, "02-26"),
    ({"extension_from": "notice"}, {"events": [{"type": "extend", "at": "2026-02-12T11:00", "term": "4wd"}]}, "02-25"),
    ({"extension_from": "due"}, {"events": [{"type": "extend", "at": "2026-02-12T11:00", "term": "4wd"}]}, "03-02"),
    ({"late_extension": "counted"}, {"events": [{"type": "extend", "at": "2026-02-24T00:00", "term": "1d"}]}, "02-25"),
    ({"late_extension": "refused"}, {"events": [{"type": "extend", "at": "2026-02-24T00:00", "term": "1d"}]}, "02-24"),
]


@pytest.mark.parametrize(("policy", "changes", "expected"), READINGS)
def test_each_reading_can_be_given(policy, changes, expected):
    assert due(policy=policy, **changes)[5:10] == expected


def test_an_extension_may_be_as_the_records_write_it_and_a_restart_needs_no_more():
    extend = {"type": "extend", "at": "2026-02-12T11:00", "term": {"quantity": 1, "unit": "DAY"}}
    assert due(events=[extend]) == "2026-02-25T23:59:59"
    assert due(events=[{"type": "restart", "at": "2026-02-23T11:00"}]) == "2026-02-26T23:59:59"


RULES = [
    ({"term": "24h"}, f"term:h | {BY}"),
    ({"term": "24h", "policy": {"hour_end": "roll"}}, f"term:h | {DAYS}"),
    ({"received": "2026-02-13T15:30", "policy": {"cutoff": "15:00"}}, f"term:wd after_cutoff:literal | {DAYS}"),
    ({"events": [STOP]}, f"term:wd stands:supplement | {DAYS} decree_63_2024:4(7)"),
    ({"events": [STOP, RESUME]},
     f"term:wd part_day:not_counted stop:supplement | {DAYS} decree_63_2024:4(7)"),
    ({"events": [{**STOP, "reason": "payment"}, {**RESUME, "reason": "payment"}]},
     f"term:wd part_day:not_counted stop:payment | {DAYS}"),
    ({"events": [{"type": "restart", "at": "2026-02-13T10:00"}]}, f"term:wd restart | {DAYS} decree_61_2018:19(4)"),
    ({"events": [{"type": "extend", "at": "2026-02-13T10:00", "term": "4h"}]},
     f"term:wd term:h extension_from:due extend | {DAYS} decree_61_2018:19(9)"),
    ({"events": [{"type": "extend", "at": "2026-02-24T10:00", "term": "4h"}, {**STOP, "at": "2026-03-01T10:00"}]},
     f"term:wd late_extension:refused refused:extension_late refused:after_end | {DAYS} decree_61_2018:19(9)"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "rule"), RULES)
def test_the_rules_that_decided_are_named(changes, rule):
    assert answered(**changes).rule == rule


FAULTS = [
    ({"received": "yesterday"}, "/received", "time"),
    ({"received": "2026-02-30T10:00"}, "/received", "time"),
    ({"received": "1999-12-31T10:00"}, "/received", "out_of_range"),
    ({"received": "2101-01-01T10:00"}, "/received", "out_of_range"),
    ({"received": 5}, "/received", "type"),
    ({"term": "3 weeks"}, "/term", "term"),
    ({"term": "1001wd"}, "/term", "term"),
    ({"term": {"quantity": 3, "unit": "OTHER"}}, "/term", "term"),
    ({"term": {"quantity": 3}}, "/term/unit", "required"),
    ({"term": {"quantity": 1.5, "unit": "DAY"}}, "/term/quantity", "type"),
    ({"term": {"quantity": 1, "unit": "DAY", "cut": 1}}, "/term/cut", "unknown"),
    ({"term": None}, "/term", "type"),
    ({"calendar": "2031"}, "/calendar", "calendar"),
    ({"calendar": 2026}, "/calendar", "type"),
    ({"event": []}, "/event", "unknown"),
    ({"id": None}, "/id", "type"),
    ({"id": True}, "/id", "type"),
    ({"events": [{**STOP, "type": "halt"}]}, "/events/0/type", "one_of"),
    ({"events": [STOP, {**STOP, "reason": "rain"}]}, "/events/1/reason", "event"),
    ({"events": [{"type": "stop", "at": "2026-02-13T10:00"}]}, "/events/0/reason", "event"),
    ({"events": [{"type": "stop", "reason": "payment"}]}, "/events/0/at", "required"),
    ({"events": [{**STOP, "at": "now"}]}, "/events/0/at", "time"),
    ({"events": [{**STOP, "at": "2199-02-13T10:00"}]}, "/events/0/at", "out_of_range"),
    ({"events": [{**STOP, "until": 1}]}, "/events/0/until", "unknown"),
    ({"events": [{"type": "extend", "at": "2026-02-13T10:00"}]}, "/events/0/term", "event"),
    ({"events": [{"type": "extend", "at": "2026-02-13T10:00", "term": "3x"}]}, "/events/0/term", "term"),
    ({"events": [STOP] * (MOST_EVENTS + 1)}, "/events", "too_many"),
    ({"policy": {"cutof": "15:00"}}, "/policy/cutof", "unknown"),
    ({"policy": {"cutoff": "25:00"}}, "/policy/cutoff", "time"),
    ({"policy": {"cutoff": "15:00+07:00"}}, "/policy/cutoff", "time"),
    ({"policy": {"part_day": "perhaps"}}, "/policy/part_day", "one_of"),
    ({"policy": {"applies_to": ["weeks"]}}, "/policy/applies_to", "one_of"),
    ({"policy": {"working_hours": [["08:00"]]}}, "/policy/working_hours/0", "type"),
    ({"policy": {"working_hours": [["08:00", "noon"]]}}, "/policy/working_hours", "time"),
    ({"policy": {"working_hours": []}}, "/policy", "policy"),
    ({"policy": {"after_cutoff": "deemed", "day_off": "literal"}}, "/policy", "policy"),
    ({"policy": []}, "/policy", "type"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "field", "rule"), FAULTS, ids=lambda given: str(given)[:40])
def test_a_line_that_cannot_be_counted_says_where_and_by_which_rule(changes, field, rule):
    assert fault(**changes) == (field, rule)
    assert answered(**changes).id == (None if "id" in changes else "a")


@pytest.mark.parametrize("raw", [b"not json", b"[]", b'"a"', b"\xff\xfe", b'{"id": "a"', b'{"id": "\xff"}'])
def test_what_is_no_object_is_refused_without_an_id(raw):
    found = answer(raw)
    assert (found.id, found.error.field) == (None, "")
    assert found.error.rule in {"json", "type"}


def test_as_many_events_as_may_be_are_counted():
    assert due(events=[STOP, RESUME] * (MOST_EVENTS // 2)) == "2026-02-26T23:59:59"


def test_a_stream_is_answered_line_by_line_and_a_line_that_is_too_long_alone_is_refused():
    good = json.dumps(LINE).encode()
    padded = good + b" " * (LONGEST_LINE - len(good))
    stream = io.BytesIO(b"\n".join([good, b"", padded, padded + b" ", padded + padded + padded, good]))
    found = list(answers(stream))
    assert [type(each).__name__ for each in found] == ["Answer", "Answer", "Refusal", "Refusal", "Answer"]
    assert {each.error.rule for each in found if isinstance(each, Refusal)} == {"too_long"}

    taken = []

    class Endless(io.RawIOBase):
        def readline(self, limit=-1):
            taken.append(limit)
            return good + b"\n"

    first = answers(Endless())
    assert [next(first).id for _ in range(3)] == ["a"] * 3
    assert taken == [LONGEST_LINE + 1] * 3  # no line is read before it is asked for


def test_the_command_answers_a_file_or_stdin(tmp_path):
    lines = json.dumps(LINE) + "\n\n" + json.dumps({**LINE, "id": "b", "events": [STOP]}) + "\n"
    file = tmp_path / "lines.jsonl"
    file.write_text(lines, "utf-8")
    for told in (motcua("due", "--batch", file, "--json"), motcua("due", "--batch", "-", "--json", given=lines)):
        assert told.exit_code == OK
        assert [(each["id"], each["due"]) for each in map(json.loads, told.stdout.splitlines())] == [
            ("a", "2026-02-24T23:59:59+07:00"), ("b", None)
        ]  # fmt: skip
        assert told.stderr.strip() == "2 lines, 0 refused"
    plain = motcua("due", "--batch", file).stdout.splitlines()
    assert plain == [
        f"a  2026-02-24T23:59:59+07:00  term:wd | {DAYS}",
        f"b  -  term:wd stands:supplement | {DAYS} decree_63_2024:4(7)",
    ]


def test_a_bad_line_makes_the_exit_code_7_and_the_others_go_on():
    lines = "\n".join(json.dumps(each) for each in ({**LINE, "term": "3x"}, LINE, "no"))
    told = motcua("due", "--batch", "-", "--json", given=lines)
    first, second, third = map(json.loads, told.stdout.splitlines())
    assert told.exit_code == FINDINGS
    assert set(first) == {"id", "error"}
    assert set(first["error"]) == {"field", "rule", "message_vi", "message_en"}
    assert (first["id"], first["error"]["field"], first["error"]["rule"]) == ("a", "/term", "term")
    assert (list(second), third["id"]) == (["id", "due", "rule", "provisional"], None)
    assert told.stderr.strip() == "3 lines, 2 refused"
    plain = motcua("due", "--batch", "-", given=lines)
    assert plain.stdout.splitlines()[0].startswith("a  /term: Thời hạn viết như")
    assert plain.stdout.splitlines()[2].startswith("None  /: ")
    assert plain.exit_code == FINDINGS


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("due",), USAGE),
        (("due", "--received", "2026-02-12T10:00"), USAGE),
        (("due", "--batch", "-", "--received", "2026-02-12T10:00"), USAGE),
        (("due", "--batch", "-", "--term", "3wd"), USAGE),
        (("due", "--batch", "-", "--cutoff", "15:00"), USAGE),
        (("due", "--batch", "nowhere.jsonl"), NOT_FOUND),
        (("explain", "--received", "2026-02-12T10:00", "--term", "3x"), USAGE),
        (("explain", "--received", "2026-02-12T10:00", "--term", "3wd", "--events", "nowhere.json"), NOT_FOUND),
        (("explain", "--received", "2026-02-12T10:00", "--term", "3wd", "--events", "[{}]"), USAGE),
        (("explain", "--received", "2026-02-12T10:00", "--term", "3wd", "--events", "{}"), USAGE),
        (("explain", "--received", "2026-02-12T10:00", "--term", "3wd", "--policy", '{"cutof": 1}'), USAGE),
        (("explain", "--received", "2026-02-12T10:00", "--term", "3wd", "--calendar", "2031"), USAGE),
    ],
)
def test_what_the_commands_cannot_read_is_told_with_a_remedy(arguments, code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told = motcua(*arguments)
    assert (told.exit_code, told.stdout) == (code, "")
    assert told.stderr.startswith("motcua: ")
    if code == NOT_FOUND:
        assert told.stderr == f"motcua: {arguments[-1]}: no such file\n"
    else:
        assert "try: motcua clock" in told.stderr


def test_an_explanation_says_each_interval_event_and_reading(tmp_path):
    events = tmp_path / "events.json"
    events.write_text(json.dumps([STOP, RESUME, {**RESUME, "reason": "payment"}]), "utf-8")
    asked = ("explain", "--received", "2026-02-12T10:00", "--term", "3wd", "--events", events)
    plain = motcua(*asked, "--lang", "en").stdout.splitlines()
    assert plain[0] == "2026-02-26T23:59:59+07:00"
    assert plain[1].startswith("  - 2026-02-12T10:00:00  2026-02-13T00:00:00  day of reception, not counted  § Civil")
    assert "  ! 2026-02-23T10:00:00 resume: the clock did not stand for this reason [stands_not]" in plain
    assert "  * the clock stood for a part of the day: the day is not counted" in plain
    assert any(line.startswith("  + 2026-02-24T00:00:00  2026-02-26T23:59:59  counted  §") for line in plain)
    assert any(line.startswith("  § Decree 63/2024") for line in plain)
    told = json.loads(motcua(*asked, "--json", "--policy", '{"part_day": "counted"}').stdout)
    assert told["due_at"] == "2026-02-24T23:59:59+07:00"
    assert told["readings"] == [
        {"name": "part_day:counted", "text": "đồng hồ dừng một phần của ngày: vẫn tính ngày này"}
    ]
    assert told["intervals"][0]["text"] == "ngày tiếp nhận, không tính"
    assert told["refused"][0]["why"] == "stands_not"


def test_an_explanation_of_a_clock_that_stands_names_why():
    asked = ("explain", "--received", "2026-02-12T10:00", "--term", "3wd", "--events", json.dumps([STOP]))
    plain = motcua(*asked, "--lang", "en").stdout.splitlines()
    assert plain[0] == "- supplement"
    assert any(line.startswith("  - 2026-02-13T10:00:00  ...                  the clock stood") for line in plain)
    assert json.loads(motcua(*asked, "--json").stdout)["intervals"][-1]["ends_at"] is None
