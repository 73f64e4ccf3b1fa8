"""A bundle is received by the portal itself: it is split, and each child has the reception of its own agency."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.dossier.bundled import started_legs
from chalicelib.dossier.items import Task
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.law.states import DossierState
from chalicelib.onestop.given import Given
from chalicelib.onestop.model import BY_FLOW, SYSTEM
from chalicelib.onestop.outcomes.receive import Receive
from chalicelib.onestop.ports import Dossiers

PORTAL: Final = Principal(subject=BY_FLOW, kind="SERVICE", name=SYSTEM)


@dataclass(frozen=True)
class BundleReception:
    """The use case of the portal that receives a bundle."""

    dossiers: Dossiers
    reception: Receive
    drive: Callable[[DossierSubmitted], None]
    clock: Clock

    def receive(self, submitted: DossierSubmitted) -> None:
        """Code, due date and receipt at once (states 2 and 4), then its driver starts. It may be told twice.

        Raises NoSigningCertificate, TermOpen.
        """

        def once() -> None:
            dossier, now = self.dossiers.dossier(submitted.reference, *self.reception.reads), self.clock()
            if dossier is None or dossier.head.state != DossierState.REGISTERED:
                return
            change = self.dossiers.change(dossier, now)
            self.reception.take(change, dossier, _of_reception(dossier, now), PORTAL, Given(outcome="accepted"))
            change.write()

        record.settled(once)
        self.drive(submitted)


def _of_reception(dossier: Dossier, now: datetime) -> Task:
    """The reception that no officer does: it stands on no list."""
    return Task(
        leg=next(started_legs(dossier.plan)).name,
        kind="receive",
        agency=dossier.head.agency,
        opened_at=stamp(now),
        due_at=stamp(now),
        reference=dossier.reference,
        procedure=dossier.head.procedure,
    )
