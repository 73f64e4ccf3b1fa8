"""Read what was found in an agency's dossiers: a page of those that the asker may read, with rule and evidence."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock
from chalicelib.law.findings import RuleId
from chalicelib.measures.finders import judged
from chalicelib.measures.model import Finding, month_of
from chalicelib.measures.periods import period_of
from chalicelib.measures.ports import Counters
from chalicelib.measures.reach import judged_by, readable_by, require_above


class Listed(NamedTuple):
    """A page of findings; `withheld`: those of dossiers that the asker may not read; `next`: where it goes on."""

    findings: Sequence[Finding]
    withheld: int
    next: int | None


@dataclass(frozen=True, slots=True)
class Findings:
    """The use case of officers of an agency, and of those above it."""

    store: Counters
    clock: Clock

    def listed(self, who: Principal, unit: str, period: str, rule: RuleId | None, page: tuple[int, int]) -> Listed:
        """What is found in a unit's own dossiers and was complete in the period, the oldest first; by one rule, or all.

        `page`: how many went before, and how many are looked at. Raises NotAllowed, NotFound, BodyInvalid.
        """
        now = self.clock()
        asked = period_of(period, now)
        tree = require_above(who, self.store, unit, judged_by(asked, now))
        whose = {month: tree.own(unit, month) for month in asked.months}
        kept = self.store.findings(frozenset().union(*whose.values()), asked.months)
        mine = judged(each for each in kept if each.unit in whose[month_of(each.at)])
        found = [each for each in mine if rule in {None, each.rule}]
        before, limit = page
        some = found[before : before + limit]
        readable = readable_by(who, self.store, (each.reference for each in some), now)
        shown = [each for each in some if each.reference in readable]
        return Listed(shown, len(some) - len(shown), before + limit if before + limit < len(found) else None)
