"""What mandates hear: that somebody is no more, or cannot act any more; that the act is done which one was for."""

from collections.abc import Mapping
from typing import Final

from chalice import Blueprint

from chalicelib.contracts.event import Event
from chalicelib.contracts.identity import ChangeKind, PersonChanged
from chalicelib.contracts.lifecycle import DossierRefused, DossierStopped
from chalicelib.contracts.onestop import DossierReturned
from chalicelib.contracts.submission import DossierSubmitted, Represented
from chalicelib.identity.mandates.service import Fate
from chalicelib.identity.mandates.wiring import settling
from chalicelib.identity.settings import TABLE
from chalicelib.kernel.worker import Heard, hears

bp = Blueprint(__name__)
FATES: Final[Mapping[ChangeKind, Fate]] = {"died": "died", "incapacitated": "incapable", "dissolved": "ceased"}
"""What ends a mandate by itself (Civil Code Art. 140(3)); a locked account or another number ends none."""


@hears(
    bp,
    "identity_end_mandates",
    PersonChanged,
    DossierSubmitted,
    DossierReturned,
    DossierRefused,
    DossierStopped,
    needs=(TABLE,),
)
def identity_end_mandates(heard: Heard[Event]) -> None:
    """The mandates of somebody who died, lost capacity or was dissolved end, as a register said; those for one act too.

    Of dossiers the rule brings only those that were filed under a mandate.
    """
    match heard.event:
        case PersonChanged(kind=kind, person=person) if kind in FATES:
            settling().end_of(person, FATES[kind])
        case DossierSubmitted(representation=Represented() as used):
            settling().act_done(used, is_over=False)
        case (DossierReturned() | DossierRefused() | DossierStopped()) as ended if ended.representation:
            settling().act_done(ended.representation, is_over=True)
        case _:
            return
