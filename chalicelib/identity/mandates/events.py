"""What mandates hear: that somebody is no more, or cannot act any more; that the act is done which one was for."""

from collections.abc import Mapping
from typing import Final

from chalice import Blueprint

from chalicelib.contracts.identity import ChangeKind, PersonChanged
from chalicelib.contracts.onestop import DossierReturned
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.identity.mandates.service import Fate
from chalicelib.identity.mandates.wiring import settling
from chalicelib.identity.settings import TABLE
from chalicelib.kernel.worker import Heard, hears

bp = Blueprint(__name__)
FATES: Final[Mapping[ChangeKind, Fate]] = {"died": "died", "incapacitated": "incapable", "dissolved": "ceased"}
"""What ends a mandate by itself (Civil Code Art. 140(3)); a locked account or another number ends none."""


@hears(bp, "identity_end_mandates", PersonChanged, DossierSubmitted, DossierReturned, needs=(TABLE,))
def identity_end_mandates(heard: Heard[PersonChanged | DossierSubmitted | DossierReturned]) -> None:
    """The mandates of somebody who died, lost capacity or was dissolved end, as a register said; those for one act too.

    Of dossiers the rule brings only those that were filed under a mandate.
    """
    event = heard.event
    if isinstance(event, PersonChanged):
        if fate := FATES.get(event.kind):
            settling().end_of(event.person, fate)
    elif event.representation:
        settling().act_done(event.representation, is_over=isinstance(event, DossierReturned))
