"""By which rules a supplement is asked: the procedure's own, else those of the rule pack. Pure."""

from datetime import datetime, time
from typing import NamedTuple

from chalicelib.contracts.plan import Plan, PlannedSupplement
from chalicelib.dossier.items import Head
from chalicelib.kernel.clock import ZONE
from chalicelib.law import calendars, clock, packs
from chalicelib.law.policy import day_end
from chalicelib.law.rules import SupplementClock, SupplementEnd


class SupplementRules(NamedTuple):
    """What holds for a supplement of a dossier: its window and verification's time to ask, in working days."""

    window: int
    lapses_to: SupplementEnd
    lapse_citation: str
    clock: SupplementClock
    appraisal: int
    appraisal_citation: str
    most: int
    most_further: int
    day_end: time


def rules_of(plan: Plan, head: Head, now: datetime) -> SupplementRules:
    """A dossier stays on the pack of its acceptance; before that the pack of the day holds."""
    day = now.astimezone(ZONE).date()
    pack = packs.pinned(head.rule_pack, day) if head.accepted_at else packs.pack_on(day)
    rules, own = pack.rules, plan.supplement or PlannedSupplement()
    ends = rules.supplement_lapses_to.value
    return SupplementRules(
        window=own.window_working_days or rules.supplement_window_working_days.value,
        lapses_to=own.lapses_to or (ends.after_acceptance if head.accepted_at else ends.before_acceptance),
        lapse_citation=(own.lapses_to and own.citation) or rules.supplement_lapses_to.citation,
        clock=own.clock or rules.supplement_clock.value,
        appraisal=own.appraisal_working_days or rules.supplement_appraisal_working_days.value,
        appraisal_citation=(own.appraisal_working_days and own.citation)
        or rules.supplement_appraisal_working_days.citation,
        most=rules.supplement_max_requests.value,
        most_further=rules.supplement_max_further.value,
        day_end=day_end(rules.term_day_end.value),
    )


def end_of(begins: datetime, working_days: int, rules: SupplementRules) -> datetime:
    """The end of so many working days; the day on which they begin is not counted (Civil Code Art. 147)."""
    term, policy = clock.Term(working_days, "wd"), clock.ClockPolicy(day_end=rules.day_end)
    return clock.due(begins, term, calendar=calendars.national(), policy=policy).due_at
