"""A dossier ended and originals of it are still at the agency: both sides are told once."""

from dataclasses import dataclass
from typing import Final

from msgspec import structs

from chalicelib.contracts.originals import OriginalsOwed
from chalicelib.dossier.lists import TaskRow
from chalicelib.dossier.reading import Part
from chalicelib.kernel import record
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.law.states import TERMINAL
from chalicelib.onestop.model import SYSTEM
from chalicelib.onestop.ports import Owing

ACTOR: Final = "sweep"


@dataclass(frozen=True)
class Unreturned:
    """What the sweep does with a dossier of that list; it may be asked twice."""

    dossiers: Owing
    clock: Clock

    def tell(self, row: TaskRow) -> bool:
        """Whether it was told now: not where all were returned, or it was told, since the list was written."""

        def once() -> bool:
            dossier, now = self.dossiers.dossier(row.pk, Part.PAPERS), self.clock()
            papers = dossier.papers if dossier else None
            if dossier is None or papers is None or dossier.head.erased_at or papers.told_at or not papers.kept:
                return False
            if dossier.head.state not in TERMINAL:
                return False
            head, at = dossier.head, stamp(now)
            event = OriginalsOwed(
                agency=head.agency,
                handler=SYSTEM,
                received_at=head.accepted_at or head.submitted_at or "",
                processed_at=at,
                due_at=head.due_at,
                reference=dossier.reference,
                originals=len(papers.kept),
            )
            change = self.dossiers.change(dossier, now).tell(event, actor=ACTOR)
            change.keep_papers(structs.replace(papers, told_at=at)).write()
            return True

        return record.settled(once)
