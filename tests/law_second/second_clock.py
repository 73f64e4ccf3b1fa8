"""A second, independent clock of administrative terms: a slow walk over days, or minutes and seconds.

Written from CONTRACT.md and law.md alone, to test another implementation against. It reads JSON lines on standard input
({"id", "received", "term", "events"?, "policy"?}) and writes JSON lines {"id", "due", "provisional"}.
All moments inside are naive datetimes in Vietnamese time, to the second. NOTES.md lists the readings taken.
"""

import calendar as months
import json
import re
import sys
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any

VIETNAM = timezone(timedelta(hours=7))
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
DEFAULTS: dict[str, Any] = {
    "cutoff": None,
    "after_cutoff": "literal",
    "working_hours": [["08:00", "12:00"], ["13:00", "17:00"]],
    "hour_end": "keep",
    "part_day": "not_counted",
    "extension_from": "due",
    "late_extension": "refused",
}


def moment(text: str) -> datetime:
    """Reads an instant into Vietnamese time; without an offset it is Vietnamese already. Fractions are dropped."""
    read = datetime.fromisoformat(text)
    if read.tzinfo is not None:
        read = read.astimezone(VIETNAM).replace(tzinfo=None)
    return read.replace(microsecond=0)


def split_term(term: str) -> tuple[int, str]:
    """Splits "3wd" into 3 and "wd"."""
    found = re.fullmatch(r"(\d+)(wd|wh|d|m|h)", term)
    if found is None:
        raise ValueError(f"not a term: {term!r}")
    return int(found[1]), found[2]


def midnight(day: date) -> datetime:
    """The moment at which a day begins."""
    return datetime.combine(day, time())


def end_of(day: date) -> datetime:
    """The moment at which a term in days ends."""
    return datetime.combine(day, time(23, 59, 59))


def month_end(day: date, count: int) -> date:
    """The same day-number `count` months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    month += 1
    return date(year, month, min(day.day, months.monthrange(year, month)[1]))


@dataclass
class Clock:
    """The dossier as the events read so far have left it."""

    term: str
    start: datetime
    policy: dict[str, Any]
    calendar: dict[str, Any]
    stood: list[tuple[datetime, datetime]] = field(default_factory=list)  # the stretches over, apart from one another
    reasons: set[str] = field(default_factory=set)  # what it stands for now
    since: datetime = datetime.min  # it stands from then on, while there are reasons  # noqa: DTZ901
    extension: tuple[str, datetime] | None = None  # term and notice
    extension_used: bool = False
    provisional: bool = False

    # ---- the calendar

    def off(self, day: date) -> bool:
        """Is the day off? A year without a published calendar has weekends and the holidays of a fixed solar date."""
        key = day.isoformat()
        weekend = day.weekday() >= 5
        if day.year == self.calendar["year"]:
            if key in self.calendar["swap_work"]:
                return False
            return weekend or any(key in self.calendar[kind] for kind in ("holidays", "substitute_off", "swap_off"))
        culture_day = key[5:] == "11-24" and key >= "2026-07-01"
        return weekend or culture_day or key[5:] in ("01-01", "04-30", "05-01", "09-02")

    def next_working_day(self, day: date) -> date:
        """The first working day after a day."""
        day += DAY
        while self.off(day):
            day += DAY
        return day

    def counted_on(self, first: date, last: date) -> None:
        """Notes that the days from first to last were counted on."""
        while first <= last:
            if first.year != self.calendar["year"]:
                self.provisional = True
            first += DAY

    # ---- when the clock stood

    def stands_at(self, at: datetime) -> bool:
        """Did the clock stand in the second that begins at this moment?"""
        return any(begin <= at < end for begin, end in self.stood)

    def not_counted(self, day: date) -> bool:
        """Is a day left out because of a stop?"""
        dawn, dusk = midnight(day), midnight(day) + DAY
        standing = timedelta()
        for begin, end in self.stood:
            standing += max(timedelta(), min(end, dusk) - max(begin, dawn))
        if standing == DAY:
            return True
        return standing > timedelta() and self.policy["part_day"] == "not_counted"

    # ---- the walks

    def shifted(self, start: datetime, cutoff: str | None) -> bool:
        """Is a reception after the cutoff, or on a day off?"""
        return self.off(start.date()) or (cutoff is not None and start.time() > time.fromisoformat(cutoff))

    def working_days_end(self, start: datetime, count: int, cutoff: str | None) -> date:
        """The last day of a `wd` term."""
        day = start.date()
        if self.shifted(start, cutoff) and (count == 0 or self.policy["after_cutoff"] == "deemed"):
            day = self.next_working_day(day)
        while count > 0:
            day += DAY
            if not self.off(day) and not self.not_counted(day):
                count -= 1
        return day

    def days_end(self, start: datetime, count: int) -> date:
        """The last day of a `d` term (and of an `m` term made into days)."""
        day = start.date()
        while count > 0:
            day += DAY
            if not self.not_counted(day):
                count -= 1
        if self.off(day):
            day += DAY
            while self.off(day) or self.not_counted(day):
                day += DAY
        return day

    def in_working_hours(self, at: datetime) -> bool:
        """Does the second that begins at this moment lie in working time?"""
        if self.off(at.date()):
            return False
        return any(time.fromisoformat(a) <= at.time() < time.fromisoformat(b) for a, b in self.policy["working_hours"])

    def hours_end(self, start: datetime, hours: int, working: bool) -> datetime:
        """The moment at which so many hours have run: by minutes, by seconds in a minute that a stop cuts."""
        left = timedelta(hours=hours)
        at = start
        while left > timedelta():
            cut = any(at < edge < at + MINUTE for stretch in self.stood for edge in stretch)
            step = SECOND if at.second or left < MINUTE or cut else MINUTE
            if not self.stands_at(at) and (not working or self.in_working_hours(at)):
                left -= step
            at += step
        return at

    def term_end(self, term: str, start: datetime, cutoff: str | None) -> datetime:
        """The end of a term that begins at a reception, with the stretches in which the clock stood."""
        count, unit = split_term(term)
        if unit == "wh":
            end = self.hours_end(start, count, working=True)
        elif unit == "h":
            end = self.hours_end(start, count, working=False)
            if self.policy["hour_end"] == "roll" and self.off(end.date()):
                opening = time.fromisoformat(self.policy["working_hours"][0][0])
                end = datetime.combine(self.next_working_day(end.date()), opening)
        elif unit == "wd":
            end = end_of(self.working_days_end(start, count, cutoff))
        else:
            if unit == "m":
                count = (month_end(start.date(), count) - start.date()).days
            end = end_of(self.days_end(start, count))
        first = start.date() if unit in ("h", "wh") else min(start.date() + DAY, end.date())
        self.counted_on(first, end.date())
        return end

    def reckon(self) -> datetime | None:
        """The due moment by the events read so far; None while the clock stands."""
        self.provisional = False
        if self.reasons:
            return None
        due_moment = self.term_end(self.term, self.start, self.policy["cutoff"])
        if self.extension is not None:
            term, notice = self.extension
            if self.policy["extension_from"] == "due":
                due_moment = self.term_end(term, due_moment, None)
            else:
                due_moment = max(due_moment, self.term_end(term, notice, None))
        return due_moment

    # ---- the events

    def stop(self, at: datetime, reason: str) -> None:
        """The clock stands from then on, unless the term had ended."""
        due_moment = self.reckon()
        if due_moment is not None:
            if at >= due_moment:
                return
            self.since = at
        self.reasons.add(reason)

    def resume(self, at: datetime, reason: str) -> None:
        """A reason is over; the clock runs again when it was the last."""
        if reason in self.reasons:
            self.reasons.remove(reason)
            if not self.reasons:
                self.stood.append((self.since, at))

    def restart(self, at: datetime) -> None:
        """Everything begins anew, but for the one extension, which stays used up."""
        self.start = at
        self.stood = []
        self.reasons = set()
        self.extension = None

    def extend(self, at: datetime, term: str) -> None:
        """The one extension, told before the due day (or while the clock stands)."""
        if self.extension_used:
            return
        due_moment = self.reckon()
        late = due_moment is not None and at >= midnight(due_moment.date())
        if late and self.policy["late_extension"] == "refused":
            return
        self.extension = (term, at)
        self.extension_used = True


def due(line: dict[str, Any], calendar: dict[str, Any]) -> dict[str, Any]:
    """Answers one line of input."""
    policy = DEFAULTS | (line.get("policy") or {})
    clock = Clock(line["term"], moment(line["received"]), policy, calendar)
    for event in sorted(line.get("events") or [], key=lambda item: moment(item["at"])):
        at = moment(event["at"])
        match event["type"]:
            case "stop":
                clock.stop(at, event["reason"])
            case "resume":
                clock.resume(at, event["reason"])
            case "restart":
                clock.restart(at)
            case "extend":
                clock.extend(at, event["term"])
            case other:
                raise ValueError(f"not an event: {other!r}")
    end = clock.reckon()
    text = None if end is None else end.replace(tzinfo=VIETNAM).isoformat()
    return {"id": line["id"], "due": text, "provisional": clock.provisional}


def main() -> None:
    """Reads JSON lines on standard input, writes JSON lines; an argument names another calendar file."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent / "calendar_2026.json"
    calendar = json.loads(path.read_text(encoding="utf-8"))
    for text in sys.stdin:
        if text.strip():
            print(json.dumps(due(json.loads(text), calendar)))


if __name__ == "__main__":
    main()
