"""The task that follows one in the same leg."""

from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Task, TaskKind
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel.clock import stamp


def following(task: Task, kind: TaskKind, dossier: Dossier, change: Change, *, due_at: str, code: str | None) -> Task:
    """The next task of a leg, open on the same agency's list from now on; `due_at` is a stored stamp."""
    return Task(
        leg=task.leg,
        kind=kind,
        agency=task.agency,
        opened_at=stamp(change.now),
        due_at=due_at,
        reference=dossier.reference,
        procedure=dossier.head.procedure,
        dossier_code=code,
        round=dossier.rounds(task.leg, kind) + 1,
    )
