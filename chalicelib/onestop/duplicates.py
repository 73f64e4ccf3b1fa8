"""Other open dossiers of the same matter: of one holder, by one procedure, as far as the officer may read them."""

from dataclasses import dataclass
from typing import Final

from chalicelib.dossier.items import DRAFT, Head
from chalicelib.dossier.lists import DossierRow
from chalicelib.kernel.access import Principal
from chalicelib.law.states import TERMINAL
from chalicelib.onestop import acts
from chalicelib.onestop.ports import Dossiers
from chalicelib.onestop.views import Views

PAGES: Final = 4
"""Pages of the holder's list that are looked at, the newest first; a longer one is no person's."""


@dataclass(frozen=True)
class Duplicates:
    """Use case of reception, before it accepts."""

    dossiers: Dossiers
    views: Views

    def of(self, who: Principal, name: str) -> list[Head]:
        """Other dossiers of the holder and procedure that did not end, the newest first; a draft is none.

        What the officer may not read is not named. Raises NotFound.
        """
        mine = self.views.read(who, name).head
        same = [row.reference for row in self._rows(mine.holder) if _is_same(row, mine)]
        found = [self.dossiers.dossier(reference) for reference in same]
        return [each.head for each in found if each and self.views.may(who, acts.READ, each.head)]

    def _rows(self, holder: str) -> list[DossierRow]:
        rows, after = list[DossierRow](), ""
        for _ in range(PAGES):
            page, following, _ = self.dossiers.mine(holder, after)
            rows += page
            if following is None:
                break
            after = following
        return rows


def _is_same(row: DossierRow, mine: Head) -> bool:
    is_open = row.state != DRAFT and row.state not in TERMINAL
    return is_open and row.procedure == mine.procedure and row.reference != mine.reference
