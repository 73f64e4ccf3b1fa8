"""The applicant's word on the draft of the result, once a key."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.dossier.change import Change
from chalicelib.dossier.reading import Dossier
from chalicelib.onestop import acts
from chalicelib.onestop.changes.keyed import Acts, Asked, Done
from chalicelib.onestop.confirming.answering import CONFIRMED, READS, confirmed, corrected, open_question
from chalicelib.onestop.outcomes.signing import require_preview
from chalicelib.onestop.ports import Previews


@dataclass(frozen=True)
class Confirmations:
    """The use case of the applicant."""

    acts: Acts
    previews: Previews

    def confirm(self, asked: Asked) -> Done:
        """The draft is right: it goes to whoever approves it.

        Nobody confirms what was not drawn yet. Raises NotFound, NotAllowed, ForbiddenStep, NothingToConfirm,
        ResultNotDrawn, Unprintable, KeyReused, LevelTooLow.
        """

        def write(dossier: Dossier, change: Change) -> None:
            task = open_question(dossier)
            require_preview(self.previews, dossier)
            confirmed(change, dossier, task, CONFIRMED)

        return self.acts.once(acts.CONFIRM_PREVIEW, asked, READS, write)

    def correct(self, asked: Asked, corrections: Sequence[str]) -> Done:
        """Something in the draft is wrong: the dossier is verified again, with the applicant's words.

        Raises NotFound, NotAllowed, ForbiddenStep, NothingToConfirm, KeyReused, LevelTooLow.
        """

        def write(dossier: Dossier, change: Change) -> None:
            corrected(change, dossier, open_question(dossier), corrections)

        return self.acts.once(acts.CONFIRM_PREVIEW, asked, READS, write)
