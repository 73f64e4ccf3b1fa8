"""The draft of the result as a file that is handed out by the one door."""

from dataclasses import dataclass

from chalicelib.dossier.reading import Dossier, Part
from chalicelib.kernel.access import Principal, Relation
from chalicelib.kernel.clock import Clock
from chalicelib.onestop.ports import Dossiers, PreviewFile, PreviewFiles
from chalicelib.onestop.refusals import ResultNotDrawn
from chalicelib.onestop.views import Views


@dataclass(frozen=True)
class PreviewLinks:
    """The use case of whoever may see the draft: the applicant, and the agencies of the dossier."""

    dossiers: Dossiers
    views: Views
    drafts: PreviewFiles
    clock: Clock

    def link(self, who: Principal, name: str) -> tuple[PreviewFile, str]:
        """The drawn result and a link to it, after the line in the holder's ledger.

        Raises NotFound, ResultNotDrawn, LevelTooLow, and what keeps the line from being written.
        """
        dossier: Dossier = self.views.read(who, name, Part.PLAN, Part.TASKS)
        draft = self.drafts.find(dossier)
        if draft is None:
            raise ResultNotDrawn
        now = self.clock()
        is_owner = self.dossiers.relation(who, dossier.head, now) is Relation.HOLDER
        return draft, self.drafts.hand_out(dossier.head, draft, who, now, is_owner=is_owner)
