"""Outages of an online service: how early a planned one is announced, and which terms an announced one suspends."""

from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

import msgspec

from chalicelib.law.calendars import Calendar, national
from chalicelib.law.packs import RulePack, newest
from chalicelib.law.policy import local
from chalicelib.law.problems import Problem
from chalicelib.law.rules import NoticeReading, Rules

_RULE: Final = "R39"


class Outage(msgspec.Struct, frozen=True):
    """A time in which a service does not work: Decree 224/2026 Art. 13.

    `planned` is false for a fault nobody foresaw, which is announced when it is seen. `force_majeure` with its reason
    lifts the duty of early notice. All times carry a zone.
    """

    starts_at: datetime
    announced_at: datetime | None
    expected_back_at: datetime | None
    planned: bool = True
    force_majeure: bool = False
    force_majeure_reason: str = ""


class SuspendedTerm(NamedTuple):
    """A kind of term that an announced outage suspends, and where that is written; `by_law` false: configuration."""

    kind: str
    citation: str
    by_law: bool


def check(outage: Outage, *, pack: RulePack | None = None, calendar: Calendar | None = None) -> tuple[Problem, ...]:
    """What is wrong with an outage's notice, by field: Decree 224/2026 Art. 13.

    A pack older than that decree asks for no notice. Raises NaiveTime for a time without a zone.
    """
    rules = (pack or newest()).rules
    found = list(_times(outage, rules))
    if outage.force_majeure and not outage.force_majeure_reason.strip():
        vi, en = "Nêu rõ sự kiện bất khả kháng", "Say what the force majeure is"
        found.append(Problem("/force_majeure_reason", _RULE, vi, en))
    if outage.planned and not outage.force_majeure:
        found += _early_enough(outage, rules, calendar or national())
    return tuple(found)


def suspended_terms(pack: RulePack | None = None) -> tuple[SuspendedTerm, ...]:
    """The kinds of term that an announced outage suspends by law: Decree 63/2024 as amended by 301/2026, Art. 4(7)."""
    rule = (pack or newest()).rules.outage_suspends
    return tuple(SuspendedTerm(kind, rule.citation, by_law=True) for kind in rule.value) if rule else ()


def _latest_notice(starts_at: datetime, days: int, calendar: Calendar, reading: NoticeReading) -> date:
    """The last day on which a planned outage may still be announced.

    The start's own day does not count. By the reading `notice_day_counts` the day of the notice does, by `whole_days`
    it does not; the pack says which, as policy.
    """
    day, left = local(starts_at).date(), days + (reading == "whole_days")
    while left:
        day -= timedelta(days=1)
        left -= calendar.is_working(day)
    return day


def _times(outage: Outage, rules: Rules) -> list[Problem]:
    found = []
    if outage.expected_back_at is None:
        owed = rules.outage_recovery_time_required
        if owed is not None and owed.value:
            vi, en = "Thông báo phải nêu thời gian dự kiến khôi phục", "The notice gives the expected time of recovery"
            found.append(Problem("/expected_back_at", _RULE, vi, en))
    elif local(outage.expected_back_at) <= local(outage.starts_at):
        vi, en = "Thời gian khôi phục phải sau khi gián đoạn", "The recovery comes after the outage begins"
        found.append(Problem("/expected_back_at", _RULE, vi, en))
    return found


def _early_enough(outage: Outage, rules: Rules, calendar: Calendar) -> list[Problem]:
    owed, reading = rules.outage_notice_working_days, rules.outage_notice_reading
    if owed is None or reading is None:
        return []
    last = _latest_notice(outage.starts_at, owed.value, calendar, reading.value)
    if outage.announced_at is not None and local(outage.announced_at).date() <= last:
        return []
    days = f"{owed.value} ngày làm việc, chậm nhất ngày {last:%d/%m/%Y}"
    vi = f"Gián đoạn theo kế hoạch phải thông báo trước ít nhất {days}"
    en = f"A planned outage is announced at least {owed.value} working days before it, by {last.isoformat()}"
    return [Problem("/announced_at", _RULE, vi, en)]
