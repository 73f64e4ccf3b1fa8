"""Which kinds of tasks somebody does: by their roles, and by the post for which their agency enrolled them."""

import re
from typing import Final, NamedTuple

from chalicelib.dossier.items import WAITS, Task, TaskKind
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal, may, require
from chalicelib.kernel.clock import said
from chalicelib.kernel.problem import NoSigningCertificate, NotAllowed, NotFound
from chalicelib.onestop import acts
from chalicelib.onestop.model import ORDER, does, is_kept_from
from chalicelib.onestop.ports import CERTIFICATE, DEPUTY, POST
from chalicelib.onestop.refusals import TaskClaimed

_TASK_ID: Final = re.compile(r"([^.]+)\.([^.]+)\.([a-z]+)(?:\.([2-9]|[1-9][0-9]))?")
"""Reference, leg, kind and, past the first of its kind, its round."""


class NamedTask(NamedTuple):
    """What the id of a task says."""

    reference: str
    leg: str
    kind: TaskKind
    round: int


def named_task(task_id: str) -> NamedTask:
    """Reference, leg, kind and round in a task's id. Raises NotFound."""
    named = _TASK_ID.fullmatch(task_id)
    reference, leg, kind, nth = named.groups("1") if named else ("", "", "", "1")
    known = next((k for k in (*ORDER, *WAITS) if k == kind), None)
    if known is None:
        raise NotFound(what="task")
    return NamedTask(reference, leg, known, int(nth))


def refused_by(lost: aws.Lost, kind: TaskKind) -> Exception:
    """Who was enrolled a moment ago and is no more, or whose certificate ended, is refused as the next time."""
    if CERTIFICATE in lost:
        return NoSigningCertificate(signer="officer")
    return NotAllowed(act=acts.OF_TASK[kind]) if POST in lost or DEPUTY in lost else lost


def kinds_of(who: Principal) -> list[TaskKind]:
    """The kinds of tasks that somebody's roles and post allow, in the order of a dossier's way."""
    return [kind for kind in ORDER if may(who, acts.OF_TASK[kind]) and does(who, kind)]


def require_kind(who: Principal, kind: TaskKind) -> None:
    """Raise NotAllowed unless somebody's roles, and the post they were enrolled for, allow a kind of task.

    Raises NotFound for a task of the applicant: no officer does one.
    """
    if kind in WAITS:
        raise NotFound(what="task")
    require(who, acts.OF_TASK[kind])
    if not does(who, kind):
        raise NotAllowed(act=acts.OF_TASK[kind])


def require_seen(who: Principal, kind: TaskKind) -> None:
    """Raise NotAllowed unless an officer sees tasks of a kind: those that they do, and all that wait for applicants."""
    if kind not in WAITS:
        require_kind(who, kind)


def require_unclaimed(who: Principal, task: Task) -> None:
    """Raise TaskClaimed where somebody else has the task; a task that nobody claimed is anybody's."""
    if task.claim and is_kept_from(who, task):
        raise TaskClaimed(claimed_by=task.claim.name, claimed_at=said(task.claim.at))
