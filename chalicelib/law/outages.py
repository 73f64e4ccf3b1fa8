"""Outages of an online service: how early a planned one is announced, why, how its end moves, what it suspends."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

import msgspec

from chalicelib.law.calendars import Calendar, national
from chalicelib.law.packs import RulePack, all_packs, newest
from chalicelib.law.policy import local
from chalicelib.law.problems import Problem
from chalicelib.law.rules import Coded, NoticeReading, Rules

_RULE: Final = "R39"

type _Time = tuple[datetime, datetime]


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
    fallback: str = ""
    """What people do meanwhile."""


class SuspendedTerm(NamedTuple):
    """A kind of term that an announced outage suspends, and where that is written; `by_law` false: configuration."""

    kind: str
    citation: str
    by_law: bool


def check(outage: Outage, *, pack: RulePack | None = None, calendar: Calendar | None = None) -> tuple[Problem, ...]:
    """What is wrong with an outage's notice, by field: Decree 224/2026 Art. 13.

    A pack older than that decree asks for no notice. How far in the past it may begin, how soon after its notice one
    that nobody foresaw begins, and how long it may last is policy (`outage.begun_hours`, `outage.ahead_minutes`,
    `outage.longest_days`). Raises NaiveTime for a time without a zone.
    """
    pack = pack or newest()
    rules = pack.rules
    found = [*_times(outage, rules), *_bounds(outage, pack), *_excuse(outage), *_meanwhile(outage, rules)]
    if outage.planned and not outage.force_majeure:
        found += _early_enough(outage, rules, calendar or national())
    return tuple(found)


def check_move(
    outage: Outage, ends_at: datetime, now: datetime, *, pack: RulePack | None = None, calendar: Calendar | None = None
) -> tuple[Problem, ...]:
    """What is wrong with another end of an announced outage that is not over, by field, as `check` names them.

    No text that was read speaks of it: that the end is still to come, and that a planned outage which becomes longer
    before it begins owes its early notice anew (`outage.extension_notice`), is policy; so is how long one lasts at most
    (`outage.longest_days`). Raises NaiveTime.
    """
    pack = pack or newest()
    rules, before = pack.rules, outage.expected_back_at
    longer = msgspec.structs.replace(outage, expected_back_at=ends_at, announced_at=now)
    found = [*_times(longer, rules), *_longest(longer, pack), *_excuse(outage)]
    if local(ends_at) <= local(now):
        vi, en = "Thời gian khôi phục phải sau thời điểm hiện tại", "The recovery is still to come"
        found.append(Problem("/expected_back_at", "outage_end_past", vi, en))
    if ends_at == before:
        vi, en = "Thời gian khôi phục không thay đổi", "The recovery is announced for that very time"
        found.append(Problem("/expected_back_at", "outage_end_unchanged", vi, en))
    owed = rules.outage_extension_notice
    foreseen = outage.planned and not outage.force_majeure and local(now) < local(outage.starts_at)
    if foreseen and owed and owed.value == "owed_until_begun" and (before is None or ends_at > before):
        found += _early_enough(longer, rules, calendar or national())
    return tuple(found)


def window(pack: RulePack | None = None) -> timedelta:
    """The time before and after an outage in which others count together with it (`outage.window_days`, policy)."""
    rule = (pack or newest()).rules.outage_window_days
    return timedelta(days=rule.value if rule else 0)


def check_sum(outage: Outage, others: Iterable[Outage], *, pack: RulePack | None = None) -> tuple[Problem, ...]:
    """The problem of an outage that lasts too long together with others of the same, whoever foresaw them.

    What lies within another one counts once. It is policy (`outage.longest_days` in `outage.window_days`); of a pack
    that lacks either, there is no bound.
    """
    pack = pack or newest()
    longest, within = pack.rules.outage_longest_days, pack.rules.outage_window_days
    if longest is None or within is None:
        return ()
    own, *times = [(each.starts_at, each.expected_back_at or each.starts_at) for each in (outage, *others)]
    if _most_down(own, times, window(pack)) <= timedelta(days=longest.value):
        return ()
    said = f"(outage.window_days, {pack.id}"
    vi = (
        f"Các lần gián đoạn của cùng dịch vụ, cùng cơ quan cộng lại tối đa {longest.value} ngày trong {within.value} "
        f"ngày bất kỳ; lâu hơn thì quản trị viên cơ quan cấp trên thông báo {said}: chính sách, không phải luật)"
    )
    en = (
        f"Outages of the same service and agency last {longest.value} days together at most in any {within.value} "
        f"days; an administrator of an agency above announces what lasts longer {said}: policy, no law)"
    )
    return (Problem("/expected_back_at", "outage_together", vi, en),)


def reasons(pack: RulePack | None = None) -> tuple[Coded, ...]:
    """The reasons that an outage may be announced for: no text that was read lists any, so they are policy."""
    rule = (pack or newest()).rules.outage_reasons
    return rule.value if rule else ()


def check_reason(code: str, pack: RulePack | None = None) -> tuple[Problem, ...]:
    """The problem of a code that is not on the list of reasons; none where a pack has no list."""
    codes = [reason.code for reason in reasons(pack)]
    if not codes or code in codes:
        return ()
    told = ", ".join(codes)
    vi, en = f"Chọn một lý do trong danh sách: {told}", f"Choose a reason of the list: {told}"
    return (Problem("/reason", "outage_reason", vi, en),)


def reason_of(code: str) -> Coded | None:
    """What a reason says, by the latest pack that lists it: an announced one keeps its words when the list changes."""
    lists = (reasons(pack) for pack in reversed(all_packs()))
    return next((reason for each in lists for reason in each if reason.code == code), None)


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


def _excuse(outage: Outage) -> list[Problem]:
    if not outage.force_majeure or outage.force_majeure_reason.strip():
        return []
    vi, en = "Nêu rõ sự kiện bất khả kháng", "Say what the force majeure is"
    return [Problem("/force_majeure_reason", _RULE, vi, en)]


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


def _bounds(outage: Outage, pack: RulePack) -> list[Problem]:
    """How far from its notice it began, and how long it lasts, at most; of a pack that says neither, no bound."""
    found, begun = _longest(outage, pack), pack.rules.outage_begun_hours
    if begun and outage.announced_at and outage.starts_at < outage.announced_at - timedelta(hours=begun.value):
        said = f"(outage.begun_hours, {pack.id}"
        vi = f"Bắt đầu sớm nhất {begun.value} giờ trước khi thông báo {said}: chính sách, không phải luật)"
        en = f"It began {begun.value} hours before its notice at the earliest {said}: policy, no law)"
        found.append(Problem("/starts_at", "outage_begun", vi, en))
    return found + _ahead(outage, pack)


def _ahead(outage: Outage, pack: RulePack) -> list[Problem]:
    """What begins well after its notice was foreseen, by whatever force: no fault, but a planned outage."""
    ahead, told = pack.rules.outage_ahead_minutes, outage.announced_at
    if outage.planned or not (ahead and told) or outage.starts_at <= told + timedelta(minutes=ahead.value):
        return []
    said = f"(outage.ahead_minutes, {pack.id}"
    vi = f"Sự cố không lường trước bắt đầu chậm nhất {ahead.value} phút sau khi thông báo {said}: chính sách, không "
    vi += "phải luật): nếu biết trước thì chọn gián đoạn theo kế hoạch"
    en = f"What nobody foresaw begins {ahead.value} minutes after its notice at the latest {said}: policy, no law): "
    en += "what is foreseen is a planned outage"
    return [Problem("/starts_at", "outage_ahead", vi, en)]


def _most_down(own: _Time, others: Sequence[_Time], window: timedelta) -> timedelta:
    """The most time that is down in any window which has some of its own outage.

    The most is in a window that begins as an outage begins, or ends as one ends.
    """
    times = sorted([own, *others])
    windows = [(begin, begin + window) for begin, _ in times] + [(end - window, end) for _, end in times]
    return max(_down(times, each) for each in windows if each[0] < own[1] and own[0] < each[1])


def _down(times: Iterable[_Time], window: _Time) -> timedelta:
    """How long a window is down, by times in the order of their beginning."""
    down, seen = timedelta(), window[0]
    for begin, end in times:
        begins, ends = max(begin, seen), min(end, window[1])
        if begins < ends:
            down, seen = down + (ends - begins), ends
    return down


def _longest(outage: Outage, pack: RulePack) -> list[Problem]:
    longest, back = pack.rules.outage_longest_days, outage.expected_back_at
    if longest is None or back is None or back - outage.starts_at <= timedelta(days=longest.value):
        return []
    said = f"(outage.longest_days, {pack.id}"
    vi = f"Một lần gián đoạn tối đa {longest.value} ngày {said}: chính sách, không phải luật)"
    en = f"An outage lasts {longest.value} days at most {said}: policy, no law)"
    return [Problem("/expected_back_at", "outage_longest", vi, en)]


def _meanwhile(outage: Outage, rules: Rules) -> list[Problem]:
    owed = rules.outage_fallback_required
    if not outage.planned or outage.fallback.strip() or owed is None or not owed.value:
        return []
    vi = "Thông báo phải nêu phương án dự phòng: trong thời gian gián đoạn người dân làm thế nào"
    en = "The notice gives the fallback: what people do meanwhile, in both languages"
    return [Problem("/fallback", _RULE, vi, en)]


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
