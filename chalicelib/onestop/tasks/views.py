"""A task as the routes show it."""

from chalicelib.dossier import items
from chalicelib.dossier.claims import Claim
from chalicelib.kernel.clock import said
from chalicelib.onestop import wire


def task_view(reference: str, task: items.Task) -> wire.TaskView:
    """A task, open or done."""
    return wire.TaskView(
        id=items.task_id(reference, task.leg, task.kind, task.round),
        reference=reference,
        dossier_code=task.dossier_code,
        procedure=task.procedure,
        kind=task.kind,
        status=task.status,
        opened_at=said(task.opened_at) or "",
        due_at=said(task.due_at) or "",
        outcome=task.outcome,
        acted_for=task.acted_for,
        done_at=said(task.done_at),
        claim=claim_view(task.claim),
        above=task.above,
    )


def claim_view(claim: Claim | None) -> wire.ClaimView | None:
    """Who has a task; None: nobody."""
    if claim is None:
        return None
    return wire.ClaimView(
        officer=claim.officer, name=claim.name, at=said(claim.at) or "", assigned_by=claim.assigned_by
    )
