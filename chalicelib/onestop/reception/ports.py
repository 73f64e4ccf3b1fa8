"""What reception asks of the world beside dossiers; `store.py` answers."""

from datetime import date
from typing import Protocol

from chalicelib.contracts.catalogue import Agency
from chalicelib.contracts.identity import RepresentationKept
from chalicelib.contracts.plan import Office
from chalicelib.dossier.acting import Representation
from chalicelib.dossier.holding import Acting
from chalicelib.dossier.offered import OfferedPlan
from chalicelib.dossier.plans import PlanItem
from chalicelib.kernel import aws


class Offers(Protocol):
    """What may be filed, before whom, by whom for whom; and what must hold still when it is written."""

    def procedure(self, code: str, day: date) -> OfferedPlan | None: ...
    def pinned(self, offer: OfferedPlan, office: Office) -> PlanItem: ...
    def agency(self, agency: str) -> Agency | None: ...
    def representation(self, representation: str) -> Representation | None: ...
    def is_used_up(self, said: RepresentationKept) -> bool: ...
    def in_force(self, offer: OfferedPlan, reference: str, now: str) -> aws.Op: ...
    def active(self, acting: Acting, now: str) -> aws.Op: ...
