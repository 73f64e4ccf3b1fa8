"""The competent person approves: an agency's part is done."""

from dataclasses import dataclass

from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Task
from chalicelib.dossier.on_paper import awaited
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import NoSigningCertificate
from chalicelib.law.clock import ZONE
from chalicelib.law.states import DossierState
from chalicelib.onestop.consulting.waiting import require_answered
from chalicelib.onestop.given import Given
from chalicelib.onestop.legs.finishing import Finishing, require_outcome
from chalicelib.onestop.model import has_verified, require_state, unsettled
from chalicelib.onestop.outcomes.paper_result import require_another
from chalicelib.onestop.outcomes.signing import require_agency, require_preview
from chalicelib.onestop.ports import Dossiers, Previews, Signers
from chalicelib.onestop.refusals import SameOfficer, TaskNotReady
from chalicelib.sealing.door import seal


@dataclass(frozen=True)
class Approve:
    """The competent person approves; nothing is decided while a paper waits for its digitisation.

    Nor before the result was drawn, unsigned: what no paper can say is told here, and not when everybody waits for it.
    A result that was signed by hand needs neither that nor the person's certificate: it is a data message before.
    Another person than who verified: our policy, as the law that we read asks for the two steps and not for two people.
    """

    dossiers: Dossiers
    signers: Signers
    previews: Previews
    finishing: Finishing
    reads: tuple[Part, ...] = (Part.COMPONENTS, Part.LEGS, Part.PAPERS, Part.PLAN, Part.TASKS)
    receiver: str = "Bộ phận trả kết quả"

    def take(self, change: Change, dossier: Dossier, task: Task, who: Principal, given: Given) -> None:
        """The leg is done.

        Raises ForbiddenStep, BodyInvalid for an agency that does not lead, SameOfficer, TaskNotReady,
        ResultBySelf, SecondUnknown, NoSigningCertificate, ResultNotDrawn, Unprintable.
        """
        require_state(dossier.head, DossierState.PROCESSING)
        require_outcome(dossier, task, given.outcome)
        require_answered(dossier, task)
        day = change.now.astimezone(ZONE).date()
        if has_verified(dossier.tasks, who) and not self.dossiers.has_one_officer(task.agency, day):
            raise SameOfficer
        if waiting := [*unsettled(dossier.components), *awaited(dossier.papers, dossier.components)]:
            raise TaskNotReady(components=waiting)
        require_agency(self.signers, dossier)
        by_hand = dossier.head.paper_result is not None
        if by_hand:
            require_another(self.dossiers, dossier, task, who, change.now)
        may_sign = who.post is None or who.post.signs
        if not may_sign or not (by_hand or self.signers.has_officer(who.subject)):
            raise NoSigningCertificate(signer="officer")
        if dossier.head.waits_for_preview and not by_hand:
            require_preview(self.previews, dossier)
        change.move(approved_at=stamp(change.now))
        approver = seal(dossier.reference, {"name": who.name, "id": who.subject})
        self.finishing.finish(change, dossier, task, who, given.outcome, approver=approver)
