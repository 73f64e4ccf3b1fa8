"""A written refusal: by reception, which does not take the dossier, or within the settlement time, which stops it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chalicelib.contracts.lifecycle import DossierRefused, DossierStopped
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Leg, Task
from chalicelib.dossier.people import filed_under
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.access import Principal
from chalicelib.kernel.problem import BodyInvalid, FieldError
from chalicelib.law.states import DossierState
from chalicelib.onestop.ending import end_all
from chalicelib.onestop.given import Given
from chalicelib.onestop.legs.finishing import require_outcome
from chalicelib.onestop.model import forbidden, require_state, transition
from chalicelib.onestop.papered import notice, paper
from chalicelib.onestop.plain import unfounded, unplain

REFUSED = "refused"
"""What the tasks and legs of a refused dossier come to."""


@dataclass(frozen=True)
class Refuse:
    """The dossier ends: 3 by reception (Decree 61/2018 Art. 17(1)(b)), 8 after verification (Art. 19(8)); form 03.

    The reason is in words that a citizen understands, with its clause (R09).
    """

    leg_of: Callable[[str, str], Leg | None]
    reads: tuple[Part, ...] = (Part.FORM, Part.PLAN, Part.TASKS)
    receiver: str = "Bộ phận trả kết quả"

    def take(self, change: Change, dossier: Dossier, task: Task, who: Principal, given: Given) -> None:
        """Nothing follows. Raises ForbiddenStep, BodyInvalid."""
        head, is_new = dossier.head, task.kind == "receive"
        require_state(head, DossierState.REGISTERED if is_new else DossierState.PROCESSING)
        if not is_new:
            require_outcome(dossier, task, given.outcome)
        if head.paper_result:  # it was signed by hand: a result exists
            raise forbidden(head.state, DossierState.STOPPED, is_decided=True)
        if broken := list(_unsaid(given)):
            raise BodyInvalid(fields=broken)
        state = transition(head.state, DossierState.NOT_ACCEPTED if is_new else DossierState.STOPPED)
        told = notice(change, dossier, who, kind=task.kind)
        facts = paper(dossier, who, told, reason=given.reason, basis=given.basis)
        under = filed_under(head)
        event = (
            DossierRefused(**facts, representation=under)
            if is_new
            else DossierStopped(**facts, why="refused", representation=under)
        )
        change.tell(event, state=state, actor=who.subject).move(state=state)
        end_all(dossier, change, self.leg_of, REFUSED, but=task)


def _unsaid(given: Given) -> Iterator[FieldError]:
    yield from unplain("/reason", given.reason)
    yield from unfounded("/basis", given.basis)
