"""Whether a leg waits for an opinion. Pure."""

from chalicelib.dossier.items import Task
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel.clock import said
from chalicelib.onestop.refusals import ConsultationOpen


def require_answered(dossier: Dossier, task: Task) -> None:
    """Raise ConsultationOpen while an agency that this leg asked has time to answer, or must, as the procedure says."""
    asked = [each for each in dossier.tasks if each.is_open and each.kind == "consult" and each.leg == task.leg]
    if asked:
        until = max(each.due_at for each in asked)
        raise ConsultationOpen(agencies=[each.agency for each in asked], until=said(until))
