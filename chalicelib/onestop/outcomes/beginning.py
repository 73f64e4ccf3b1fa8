"""The agencies' parts begin as reception forwards the dossier: at once, or later what was handed in directly."""

from dataclasses import dataclass

from chalicelib.contracts.plan import PlannedTerm
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Task
from chalicelib.dossier.reading import Dossier
from chalicelib.onestop.legs.finishing import leg_for
from chalicelib.onestop.legs.opening import Handed, Opening
from chalicelib.onestop.outcomes.following import following


@dataclass(frozen=True)
class Beginning:
    """Who settles the dossier has it from now on (Decree 61/2018 Art. 18); it was read with its plan and tasks."""

    opening: Opening

    def begin(
        self, change: Change, dossier: Dossier, task: Task, *, term: PlannedTerm, due_at: str, code: str | None
    ) -> Task:
        """The first task of reception's own leg; the other legs that begin with it are sent by the receiving unit.

        `due_at` is the dossier's, a stored stamp. Raises NotFound for a task of no leg of the route.
        """
        first = leg_for(dossier, task)
        if others := self.opening.following(dossier, begun={task.leg}, done=()):
            one_stop = dossier.plan.office.one_stop
            handed = Handed(giver=one_stop, receiving=one_stop, due_at=task.due_at)
            self.opening.open(change, dossier, others, handed, term=term, due_at=due_at, code=code)
        own = self.opening.due(change, dossier, first, term, due_at)
        return following(task, first.steps[0], dossier, change, due_at=own, code=code)
