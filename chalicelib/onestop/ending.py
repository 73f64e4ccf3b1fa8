"""A dossier ends before its result: its open tasks and legs come to nothing, and whoever drives it is told."""

from collections.abc import Callable

from chalicelib.dossier.change import Change
from chalicelib.dossier.items import ASIDE, Leg, Task
from chalicelib.dossier.reading import Dossier
from chalicelib.onestop.model import leg_names
from chalicelib.onestop.ports import Driver

type LegOf = Callable[[str, str], Leg | None]
"""A leg of a dossier by its name, as it is stored; None before it was opened."""


def end_all(dossier: Dossier, change: Change, leg_of: LegOf, outcome: str, *, but: Task | None = None) -> None:
    """Open tasks are off their lists and open legs come to `outcome`; `but` is the task that the change closes itself.

    The confirmation of a payment stays, and an objection: they are looked at whatever became of the dossier.

    The dossier was read with its tasks, and its plan unless it is a draft. Lost are "task <leg> <kind>", "leg <leg>".
    """
    for task in dossier.tasks:
        if task.is_open and task is not but and task.kind not in ASIDE:
            change.drop_task(task, outcome)
    for leg in () if dossier.head.is_draft else leg_names(dossier.plan):
        found = leg_of(dossier.reference, leg)
        if found is None or found.outcome is None:
            change.end_leg(leg, outcome)


def release(dossier: Dossier, leg_of: LegOf, driver: Driver) -> None:
    """Whoever drives a dossier that ended is told, and ends: a token is good once."""
    if dossier.head.is_draft or dossier.head.decided_at:
        return
    for name in leg_names(dossier.plan):
        leg = leg_of(dossier.reference, name)
        if leg and leg.token and leg.outcome:
            driver.succeed(leg.token, leg.outcome)
