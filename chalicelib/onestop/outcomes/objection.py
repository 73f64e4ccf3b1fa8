"""Whoever leads the agency answers an objection to what an officer entered; the one who entered it does not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from chalicelib.contracts.lifecycle import ObjectionAnswered
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Task
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.dossier.second_person import Lookup, doer_of, require_second
from chalicelib.kernel.access import Principal
from chalicelib.onestop.given import Given
from chalicelib.onestop.papered import notice
from chalicelib.onestop.plain import require_reason
from chalicelib.onestop.refusals import EnteredBySelf
from chalicelib.sealing.door import seal

UPHELD, DISMISSED = "upheld", "dismissed"


@dataclass(frozen=True)
class AnswerObjection:
    """It is upheld or dismissed, with a reason that the applicant reads; what has to be mended is asked for as ever."""

    numbers_on_lists: Callable[[Iterable[str]], Lookup]
    reads: tuple[Part, ...] = (Part.TASKS,)
    receiver: str = "Người nộp hồ sơ"

    def take(self, change: Change, dossier: Dossier, task: Task, who: Principal, given: Given) -> None:
        """The answer is told to the applicant; no state moves.

        Raises EnteredBySelf, SecondUnknown where nobody knows whether they are two, BodyInvalid without a reason.
        """
        listed = self.numbers_on_lists({each.agency for each in (task, *dossier.tasks)} | {who.agency})
        for entry in (each for each in dossier.tasks if each.kind == "supplement" and each.officer):
            require_second(doer_of(who), {entry.officer}, entry.numbers, EnteredBySelf(), listed)
        require_reason(given.reason)
        event = ObjectionAnswered(
            **notice(change, dossier, who, kind=task.kind),
            reference=dossier.reference,
            upheld=given.outcome == UPHELD,
            sealed=seal(dossier.reference, {"reason": given.reason}),
        )
        change.tell(event, actor=who.subject)
