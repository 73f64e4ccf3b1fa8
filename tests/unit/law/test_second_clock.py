"""Our clock against a second one, written blind from the same contract by somebody else (`tests/law_second`).

Both are asked through the lines of the batch. Where they differ the contract was open; each such reading is named here
and in `docs/explanation/clock.md`, and nothing else may differ.
"""

import json
import random
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from chalicelib.law.calendars import national
from infra.command.clock_lines import Answer, answer

SECOND = Path(__file__).parents[2] / "law_second"
VECTORS = [json.loads(line) for line in (SECOND / "vectors.jsonl").read_text("utf-8").splitlines()]
# Its vectors on which we answer otherwise: ours, and why.
OTHERWISE = {
    "v147": ("2026-03-09T23:59:59+07:00", False, "nothing (0) of days ends when the clock runs"),
    "v148": ("2026-03-10T23:59:59+07:00", False, "nothing (0) of days ends when the clock runs"),
    "r130": ("2027-01-07T23:59:59+07:00", True, "nothing (0) of days ends when the clock runs"),
    "v064": ("2027-01-01T10:00:00+07:00", False, "no calendar moves hours that run through days off"),
    "r071": ("2027-01-06T02:12:15+07:00", False, "no calendar moves hours that run through days off"),
}
EDGES = [(0, 0, 0), (8, 0, 0), (12, 0, 0), (14, 59, 59), (15, 0, 0), (15, 0, 1), (17, 0, 0), (23, 59, 58), (23, 59, 59)]
LONGEST = {"wd": 25, "d": 40, "m": 3, "h": 100, "wh": 60}
READINGS = {
    "cutoff": [None, "15:00"],
    "after_cutoff": ["literal", "deemed"],
    "hour_end": ["keep", "roll"],
    "part_day": ["not_counted", "counted"],
    "extension_from": ["due", "notice"],
    "late_extension": ["refused", "counted"],
    "working_hours": [[["08:00", "12:00"], ["13:00", "17:00"]], [["07:30", "11:30"], ["13:30", "17:00"]]],
}
KINDS = ["stop"] * 3 + ["resume"] * 3 + ["restart", "extend"]


def second(lines):
    """What the second clock says to the same lines."""
    told = subprocess.run(
        [sys.executable, SECOND / "second_clock.py", SECOND / "calendar_2026.json"],
        input="\n".join(map(json.dumps, lines)), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [json.loads(line) for line in told.stdout.splitlines()]


def ours(line):
    found = answer(json.dumps(line).encode())
    assert isinstance(found, Answer), found
    return found.due, found.provisional


def test_both_say_the_same_of_the_second_clocks_vectors():
    assert len(VECTORS) == 300
    theirs = {told["id"]: (told["due"], told["provisional"]) for told in second(VECTORS)}
    differ = {line["id"]: ours(line) for line in VECTORS if ours(line) != theirs[line["id"]]}
    assert differ == {name: told[:2] for name, told in OTHERWISE.items()}


class Made:
    """Lines made at random, with the moments at which rules turn, in and around the one published year."""

    def __init__(self, seed):
        self.draw = random.Random(seed)

    def term(self):
        unit = self.draw.choice(["wd", "wd", "wd", "d", "d", "m", "h", "wh"])
        return f"{self.draw.choice([0, 1, 1, 2, 3, 5, self.draw.randint(0, LONGEST[unit])])}{unit}"

    def moment(self, first, days):
        day = first + timedelta(days=self.draw.randint(0, days))
        odd = (self.draw.randint(0, 23), self.draw.randint(0, 59), self.draw.randint(0, 59))
        return datetime(day.year, day.month, day.day, *(self.draw.choice(EDGES) if self.draw.random() < 0.6 else odd))  # noqa: DTZ001

    def text(self, moment):
        zone, hours = self.draw.choice([("", 0), ("", 0), ("+07:00", 0), ("Z", 7), ("-05:00", 12)])
        return (moment - timedelta(hours=hours)).isoformat() + zone

    def event(self, received):
        kind = self.draw.choice(KINDS)
        first = received - timedelta(days=self.draw.choice([0, 0, 0, 0, 2]))
        event = {"type": kind, "at": self.text(self.moment(first, self.draw.choice([2, 10, 40, 90])))}
        if kind == "extend":
            return event | {"term": self.term()}
        return event if kind == "restart" else event | {"reason": self.draw.choice(["supplement", "payment", "outage"])}

    def line(self, number):
        received = self.moment(date(2025, 12, 15), 400)
        events = [self.event(received) for _ in range(self.draw.choice([0, 1, 2, 2, 3, 4, 6, 8]))]
        policy = {name: self.draw.choice(values) for name, values in READINGS.items() if self.draw.random() < 0.5}
        return {
            "id": f"made-{number}", "received": self.text(received), "term": self.term(), "events": events,
            "policy": policy,
        }  # fmt: skip


def terms(line):
    return [line["term"], *(event["term"] for event in line["events"] if event["type"] == "extend")]


def units(line):
    return {term.lstrip("0123456789") for term in terms(line)}


def is_nothing_while_it_stood(line, mine, theirs):
    """A term or extension of nothing (0): ours ends when the clock runs, the second one's at once."""
    stops = any(event["type"] == "stop" for event in line["events"])
    nothing = any(term.startswith("0") for term in terms(line))
    return nothing and stops and theirs is not None and (mine is None or mine > theirs)


def is_rolled_night(line, mine, theirs):
    """An hour term that ends in the night after a day off: ours is rolled on with the day off, theirs stays."""
    if line["policy"].get("hour_end") != "roll" or "h" not in units(line) or None in {mine, theirs}:
        return False
    ends, opening = datetime.fromisoformat(theirs), line["policy"].get("working_hours", READINGS["working_hours"][0])
    before = ends.date() - timedelta(days=1)
    return mine == f"{theirs[:11]}{opening[0][0]}:00+07:00" and mine > theirs and not national().is_working(before)


def is_told_of_days_that_do_not_matter(line, mine, theirs):
    """Ours is provisional only where a calendar could move the answer: not by hours, nor by days before the last."""
    deemed = line["policy"].get("after_cutoff") == "deemed" and line["received"].startswith("2025-12-31")
    return deemed if mine else bool({"h", "d", "m"} & units(line))


def differences(lines):
    for line, told in zip(lines, second(lines), strict=True):
        assert line["id"] == told["id"]
        due, provisional = ours(line)
        if due != told["due"]:
            known = is_nothing_while_it_stood(line, due, told["due"]) or is_rolled_night(line, due, told["due"])
            yield line, (due, told["due"]), known
        elif provisional != told["provisional"]:
            known = is_told_of_days_that_do_not_matter(line, provisional, told["provisional"])
            yield line, (provisional, told["provisional"]), known


@pytest.mark.parametrize(("seed", "many"), [(1, 500), pytest.param(4, 5000, marks=pytest.mark.soak)])
def test_both_say_the_same_of_lines_made_at_random(seed, many):
    made = Made(seed)
    lines = [made.line(number) for number in range(many)]
    found = list(differences(lines))
    assert [(line, pair) for line, pair, known in found if not known] == []
    assert len(found) < many / 20  # else the two are not compared
