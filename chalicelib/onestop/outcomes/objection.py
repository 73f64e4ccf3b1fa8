"""Whoever leads the agency answers an objection to what an officer entered; the one who entered it does not."""

from dataclasses import dataclass

from chalicelib.contracts.lifecycle import ObjectionAnswered
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Task
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.access import Principal
from chalicelib.onestop.given import Given
from chalicelib.onestop.model import officer_hash
from chalicelib.onestop.papered import notice
from chalicelib.onestop.plain import require_reason
from chalicelib.onestop.refusals import EnteredBySelf
from chalicelib.sealing.door import seal

UPHELD, DISMISSED = "upheld", "dismissed"


@dataclass(frozen=True)
class AnswerObjection:
    """It is upheld or dismissed, with a reason that the applicant reads; what has to be mended is asked for as ever."""

    reads: tuple[Part, ...] = (Part.TASKS,)
    receiver: str = "Người nộp hồ sơ"

    def take(self, change: Change, dossier: Dossier, task: Task, who: Principal, given: Given) -> None:
        """The answer is told to the applicant; no state moves. Raises EnteredBySelf, BodyInvalid without a reason."""
        if any(each.kind == "supplement" and each.officer == officer_hash(who) for each in dossier.tasks):
            raise EnteredBySelf
        require_reason(given.reason)
        event = ObjectionAnswered(
            **notice(change, dossier, who, kind=task.kind),
            reference=dossier.reference,
            upheld=given.outcome == UPHELD,
            sealed=seal(dossier.reference, {"reason": given.reason}),
        )
        change.tell(event, actor=who.subject)
