"""The applicant objects to what an officer entered for them at the counter: a task of whoever leads the agency."""

from dataclasses import dataclass
from typing import Final

from msgspec import structs

from chalicelib.contracts.lifecycle import DossierSupplemented, SupplementObjected
from chalicelib.contracts.stored import typed
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Task
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.clock import ZONE, moment, stamp
from chalicelib.law import packs
from chalicelib.onestop import acts
from chalicelib.onestop.changes.keyed import Acts, Asked, Done
from chalicelib.onestop.changes.refusals import NothingToObject
from chalicelib.onestop.model import leg_names
from chalicelib.onestop.supplement.rules import end_of, rules_of
from chalicelib.sealing.door import seal

READS: Final = (Part.EVENTS, Part.PLAN, Part.TASKS)


@dataclass(frozen=True)
class Objections:
    """The use case of the applicant."""

    acts: Acts

    def make(self, asked: Asked, reason: str) -> Done:
        """An objection, once for what was entered last; the dossier goes on, and its clock runs.

        Raises NotFound, NotAllowed, NothingToObject, KeyReused, TryAgain, ContentErased.
        """

        def write(dossier: Dossier, change: Change) -> None:
            until = _open_until(dossier)
            if until is None or moment(until) < change.now:
                raise NothingToObject
            task = _task(dossier, change)
            event = SupplementObjected(
                reference=dossier.reference,
                agency=task.agency,
                sealed=seal(dossier.reference, {"reason": reason}),
                due_at=task.due_at,
            )
            change.tell(event, actor="applicant").open_task(task)

        return self.acts.once(acts.OBJECT, asked, READS, write)


def _open_until(dossier: Dossier) -> str | None:
    """Until when what was entered last may be objected to; None where nothing was, or it was objected to since."""
    for row in reversed(dossier.events):
        if row.type == SupplementObjected.type:
            return None
        if row.type == DossierSupplemented.type:
            return typed(DossierSupplemented, row.data, row.stored).object_by
    return None


def _task(dossier: Dossier, change: Change) -> Task:
    """As many days to answer as there are to object: our policy, too."""
    head, leg = dossier.head, leg_names(dossier.plan)[0]
    days = packs.pack_on(change.now.astimezone(ZONE).date()).rules.supplement_objection_working_days.value
    opened = Task(
        leg=leg,
        kind="objection",
        agency=dossier.plan.office.id,
        opened_at=stamp(change.now),
        due_at=stamp(end_of(change.now, days, rules_of(dossier.plan, head, change.now))),
        reference=dossier.reference,
        procedure=head.procedure,
        dossier_code=head.dossier_code,
    )
    return structs.replace(opened, round=dossier.rounds(leg, "objection") + 1)
