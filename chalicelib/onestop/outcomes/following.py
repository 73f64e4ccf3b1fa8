"""The task that follows one in the same leg, and what is told of a dossier that goes on."""

from chalicelib.contracts.onestop import DossierForwarded
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Task, TaskKind
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.onestop.model import stands_in_for


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


def forwarded(dossier: Dossier, task: Task, who: Principal, *, at: str, due_at: str, code: str) -> DossierForwarded:
    """The dossier goes to those who process it; times are stored stamps."""
    return DossierForwarded(
        agency=dossier.head.agency,
        handler=who.name,
        received_at=dossier.head.accepted_at or at,
        processed_at=at,
        due_at=due_at,
        acted_for=stands_in_for(who, task.kind),
        dossier_code=code,
    )
