"""How far the portal was told, and dossiers, over the dossier's own room."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from chalicelib.delivery import store
from chalicelib.dossier import fed, synchronising
from chalicelib.dossier.change import Change
from chalicelib.dossier.items import Head
from chalicelib.dossier.synchronised import DueDossier, Synchronisation


class Table(store.Table):
    """Dossiers in DynamoDB, with what stands beside them of the national portal."""

    def waiting(self, now: datetime) -> Iterator[DueDossier]:
        """Dossiers for which something is to be told by now."""
        return synchronising.due(now)

    def one(self, reference: str) -> Synchronisation | None:
        """How far the portal was told of a dossier."""
        return synchronising.one(reference)

    def kept(self, reference: str, was: Synchronisation, now: Synchronisation) -> bool:
        """It is so now; False when somebody else changed it meanwhile."""
        return synchronising.kept(reference, was, now)

    def parked(self, agency: str, limit: int, start: Any) -> tuple[list[DueDossier], Any]:
        """A page of what the portal did not take of an agency."""
        return synchronising.parked(agency, limit, start)

    def heads(self, references: list[str]) -> dict[str, Head]:
        """Dossiers as they are now."""
        return fed.heads_of(references)

    def redeliver(self, change: Change, was: Synchronisation, now: Synchronisation) -> None:
        """It begins again with this change of its dossier; `synchronisation head` is lost when a worker was faster."""
        change.also("synchronisation head", synchronising.replaced(change.head.pk, was, now))
