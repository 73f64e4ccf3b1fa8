"""One rating a dossier: after its result, by whoever filed it, and never changed."""

from dataclasses import dataclass

from chalicelib.contracts.ratings import DossierRated
from chalicelib.dossier.change import Change
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import ForbiddenStep
from chalicelib.law.states import DossierState
from chalicelib.onestop import acts
from chalicelib.onestop.changes.keyed import Acts, Asked, Done
from chalicelib.onestop.refusals import AlreadyRated


@dataclass(frozen=True)
class Ratings:
    """Use cases of whoever filed a dossier; everybody who reads the dossier reads its rating."""

    acts: Acts

    def give(self, asked: Asked, *, satisfied: bool) -> Done:
        """Say whether one is satisfied (Decision 766/QD-TTg: satisfied or not).

        Raises NotFound, NotAllowed for whoever did not file it, ForbiddenStep before the result is returned,
        AlreadyRated, KeyReused.
        """

        def write(dossier: Dossier, change: Change) -> None:
            head = dossier.head
            if head.state != DossierState.RESULT_RETURNED:
                raise ForbiddenStep(state=head.state)
            if known := dossier.last(DossierRated):
                raise AlreadyRated(satisfied=known[0].satisfied)
            rated_at = stamp(change.now)
            told = DossierRated(reference=head.pk, agency=head.agency, satisfied=satisfied, rated_at=rated_at)
            change.tell(told, actor="applicant")

        return self.acts.once(acts.RATE, asked, (Part.EVENTS,), write)

    def read(self, who: Principal, name: str) -> DossierRated | None:
        """The rating of a dossier; None while nobody rated it. Raises NotFound."""
        known = self.acts.views.read(who, name, Part.EVENTS).last(DossierRated)
        return known[0] if known else None
