"""How far somebody sees: of which agencies they read figures, and which dossiers behind them."""

from collections.abc import Iterable
from datetime import datetime

from chalicelib.dossier.acting import relation_of, stage_of
from chalicelib.kernel.access import Principal, allowed
from chalicelib.kernel.problem import NotAllowed, NotFound
from chalicelib.law.policy import local
from chalicelib.measures import acts
from chalicelib.measures.periods import Period
from chalicelib.measures.ports import Counters
from chalicelib.measures.tree import Tree


def judged_by(asked: Period, now: datetime) -> str:
    """The month whose tree says who stands above: the period's last, and no later one than this."""
    return min(asked.months[-1], f"{local(now):%Y-%m}")


def require_above(who: Principal, store: Counters, unit: str, month: str) -> Tree:
    """The tree, when the unit is the asker's, or stands below theirs. Raises NotAllowed, NotFound."""
    tree = store.tree()
    if unit not in tree.units:
        raise NotFound(what="agency")
    if not any(tree.is_below(unit, each, month) for each in who.agencies):
        raise NotAllowed(act=acts.READ)
    return tree


def readable_by(who: Principal, store: Counters, references: Iterable[str], now: datetime) -> frozenset[str]:
    """Those of these dossiers that somebody may read, each as it is read by itself."""
    heads = store.heads(references)
    return frozenset(
        reference
        for reference, head in heads.items()
        if allowed(who, acts.OPEN, relation_of(who, head, now), stage_of(head))
    )
