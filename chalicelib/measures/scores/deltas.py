"""Points more than in the period before, where both periods have something to compare. Pure."""

from typing import Final

from chalicelib.law.index_scores import ScoredComponent, ScoredGroup

JUDGED: Final = frozenset({"ok", "assumed", "partial"})
"""Only such a score says how well something was done: an empty denominator gives points for nothing, or none.

What is `partial` lacks the same in both periods."""


def delta[S: (ScoredComponent, ScoredGroup)](now: S, former: S | None) -> float | None:
    """Points with two decimals; None where one of the two has no score, or a component of it was not judged."""
    if former is None or now.score is None or former.score is None:
        return None
    if not (_is_judged(now) and _is_judged(former)):
        return None
    return round(now.score - former.score, 2)


def _is_judged(some: ScoredComponent | ScoredGroup) -> bool:
    components = some.components if isinstance(some, ScoredGroup) else (some,)
    return all(each.data_quality_status in JUDGED for each in components)
