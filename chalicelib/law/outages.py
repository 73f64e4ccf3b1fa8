"""Outages of an online service: how early a planned one is announced, and which terms an announced one suspends."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal, NamedTuple

from chalicelib.law.calendars import Calendar, national
from chalicelib.law.packs import RulePack, all_packs
from chalicelib.law.policy import local
from chalicelib.law.problems import Problem

type NoticeReading = Literal["notice_day_counts", "whole_days"]

_RULE: Final = "R39"


@dataclass(frozen=True, slots=True)
class Outage:
    """A time in which a service does not work: Decree 224/2026 Art. 13.

    `planned` is false for a fault nobody foresaw, which is announced when it is seen. `force_majeure` with its reason
    lifts the duty of early notice. `recovered_at` is when the service really worked again. All times carry a zone.
    """

    starts_at: datetime
    announced_at: datetime | None
    expected_back_at: datetime | None
    planned: bool = True
    force_majeure: bool = False
    force_majeure_reason: str = ""
    recovered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OutageReadings:
    """What the texts leave open and one body decides; nothing here is law.

    `also_suspends` are kinds of term that an announced outage suspends beside those that the law names. `cap_at_repair`
    ends a suspension when the time for repair is over, even when the fault goes on.
    """

    also_suspends: frozenset[str] = frozenset()
    cap_at_repair: bool = False


class SuspendedTerm(NamedTuple):
    """A kind of term that an announced outage suspends, and where that is written; `by_law` false: configuration."""

    kind: str
    citation: str
    by_law: bool


def check(outage: Outage, *, pack: RulePack | None = None, calendar: Calendar | None = None) -> tuple[Problem, ...]:
    """What is wrong with an outage's notice, by field: Decree 224/2026 Art. 13.

    A pack older than that decree asks for no notice. Raises NaiveTime for a time without a zone.
    """
    rules = pack or all_packs()[-1]
    found = list(_times(outage, rules))
    if outage.force_majeure and not outage.force_majeure_reason.strip():
        vi, en = "Nêu rõ sự kiện bất khả kháng", "Say what the force majeure is"
        found.append(Problem("/force_majeure_reason", _RULE, vi, en))
    if outage.planned and not outage.force_majeure and "outage.notice_working_days" in rules.rules:
        found += _early_enough(outage, rules, calendar or national())
    return tuple(found)


def latest_notice(starts_at: datetime, *, pack: RulePack | None = None, calendar: Calendar | None = None) -> date:
    """The last day on which a planned outage may still be announced: Decree 224/2026 Art. 13.

    The start's own day does not count. By the reading `notice_day_counts` the day of the notice does, by `whole_days`
    it does not; the pack says which, as policy. Raises UnknownRule for a pack older than the decree.
    """
    rules, days = pack or all_packs()[-1], calendar or national()
    left = int(rules.value("outage.notice_working_days"))
    day = local(starts_at).date()
    if _reading(rules) == "whole_days":
        left += 1
    while left:
        day -= timedelta(days=1)
        left -= days.is_working(day)
    return day


def suspension(
    outage: Outage, *, pack: RulePack | None = None, readings: OutageReadings | None = None
) -> tuple[datetime, datetime] | None:
    """From when until when an announced outage suspends, end excluded; None when it was never announced.

    Decree 63/2024 as amended by Decree 301/2026, Art. 4(7). It begins with the outage or its announcement, whichever
    is later, and ends with the recovery; before that is known, with the expected recovery.
    """
    if outage.announced_at is None:
        return None
    begins = max(local(outage.starts_at), local(outage.announced_at))
    until = outage.recovered_at or outage.expected_back_at
    if until is None:
        return None
    ends = local(until)
    limit = repair_limit(outage, pack=pack)
    if readings and readings.cap_at_repair and limit is not None:
        ends = min(ends, limit)
    return (begins, ends) if begins < ends else None


def suspends(
    outage: Outage, moment: datetime, *, pack: RulePack | None = None, readings: OutageReadings | None = None
) -> bool:
    """Whether the outage suspends terms at this moment: Decree 63/2024 as amended by Decree 301/2026, Art. 4(7).

    Which terms, `suspended_terms` says.
    """
    span = suspension(outage, pack=pack, readings=readings)
    return span is not None and span[0] <= local(moment) < span[1]


def suspended_terms(pack: RulePack | None = None, readings: OutageReadings | None = None) -> tuple[SuspendedTerm, ...]:
    """The kinds of term that an announced outage suspends: by law those of the pack, the rest by configuration.

    Decree 63/2024 as amended by Decree 301/2026, Art. 4(7).
    """
    rules = pack or all_packs()[-1]
    found = []
    if "outage.suspends" in rules.rules:
        rule = rules.rule("outage.suspends")
        found = [SuspendedTerm(kind, rule.citation, by_law=True) for kind in rule.value]
    named = {term.kind for term in found}
    also = readings.also_suspends if readings else frozenset()
    found += [SuspendedTerm(kind, "configuration", by_law=False) for kind in sorted(also) if kind not in named]
    return tuple(found)


def repair_limit(outage: Outage, *, pack: RulePack | None = None) -> datetime | None:
    """When an outage must be over, None without a rule: Decree 63/2024 as amended by Decree 301/2026, Art. 4(7)."""
    rules = pack or all_packs()[-1]
    if "outage.repair_hours" not in rules.rules:
        return None
    return local(outage.starts_at) + timedelta(hours=int(rules.value("outage.repair_hours")))


def _reading(rules: RulePack) -> NoticeReading:
    return "whole_days" if rules.value("outage.notice_reading") == "whole_days" else "notice_day_counts"


def _times(outage: Outage, rules: RulePack) -> list[Problem]:
    found = []
    if outage.expected_back_at is None:
        if "outage.recovery_time_required" in rules.rules:
            vi, en = "Thông báo phải nêu thời gian dự kiến khôi phục", "The notice gives the expected time of recovery"
            found.append(Problem("/expected_back_at", _RULE, vi, en))
    elif local(outage.expected_back_at) <= local(outage.starts_at):
        vi, en = "Thời gian khôi phục phải sau khi gián đoạn", "The recovery comes after the outage begins"
        found.append(Problem("/expected_back_at", _RULE, vi, en))
    if outage.recovered_at is not None and local(outage.recovered_at) < local(outage.starts_at):
        vi, en = "Không thể khôi phục trước khi gián đoạn", "The service cannot recover before the outage begins"
        found.append(Problem("/recovered_at", _RULE, vi, en))
    return found


def _early_enough(outage: Outage, rules: RulePack, calendar: Calendar) -> list[Problem]:
    last = latest_notice(outage.starts_at, pack=rules, calendar=calendar)
    if outage.announced_at is not None and local(outage.announced_at).date() <= last:
        return []
    days = rules.value("outage.notice_working_days")
    vi = f"Gián đoạn theo kế hoạch phải thông báo trước ít nhất {days} ngày làm việc, chậm nhất ngày {last:%d/%m/%Y}"
    en = f"A planned outage is announced at least {days} working days before it, by {last.isoformat()}"
    return [Problem("/announced_at", _RULE, vi, en)]
