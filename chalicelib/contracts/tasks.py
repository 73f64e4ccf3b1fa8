"""What the tasks of persons tell: who took a task, who gave it to whom. Officers are keyed hashes here."""

from typing import Literal

from chalicelib.contracts.event import Event
from chalicelib.contracts.onestop import Notice

WhyReleased = Literal["released", "left", "merged"]
"""By its officer or a supervisor; because they left and nobody takes over; because their agency ended."""


class TaskOf(Event, frozen=True, kw_only=True):
    """A task of a dossier by its leg, kind and round, on the list of an agency. `officer` is a keyed hash."""

    reference: str
    leg: str
    kind: str
    agency: str
    round: int = 1


class TaskUnheld(Notice, frozen=True, kw_only=True):
    """Nobody took an open task for `hours` working hours, or who has it did nothing: told to applicant and supervisor.

    It is told once of each who has it: `held_by` is that officer (keyed hash), None: nobody took it.
    """

    type = "vn.motcua.task.unheld"

    reference: str
    leg: str
    kind: str
    opened_at: str
    hours: int
    round: int = 1
    held_by: str | None = None


class TaskClaimed(TaskOf, frozen=True, kw_only=True):
    """An officer took an open task: nobody else completes it meanwhile. `before` had it and is absent."""

    type = "vn.motcua.task.claimed"

    officer: str
    before: str | None = None


class TaskReleased(TaskOf, frozen=True, kw_only=True):
    """A claimed task is anybody's again; `officer` had it, `by` is the supervisor who took it from them."""

    type = "vn.motcua.task.released"

    officer: str
    by: str | None = None
    why: WhyReleased = "released"


class TaskAssigned(TaskOf, frozen=True, kw_only=True):
    """A supervisor gave an open task to an officer, or a hand-over did: then `by` is empty and `before` left."""

    type = "vn.motcua.task.assigned"

    officer: str
    by: str | None = None
    before: str | None = None


class TaskHandedUp(TaskOf, frozen=True, kw_only=True):
    """All officers of the agency who do such tasks have an interest in the dossier: the agency above, `to`, does it.

    `by` is the officer who handed it up; nobody where the sweep found it. `before` had claimed it.
    """

    type = "vn.motcua.task.handed_up"

    to: str
    by: str | None = None
    before: str | None = None
