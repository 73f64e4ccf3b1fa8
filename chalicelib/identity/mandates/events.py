"""What mandates hear: that somebody is no more, or cannot act any more."""

from collections.abc import Mapping
from typing import Final

from chalice import Blueprint

from chalicelib.contracts.identity import ChangeKind, PersonChanged
from chalicelib.identity.mandates.service import Fate
from chalicelib.identity.mandates.wiring import settling
from chalicelib.identity.settings import TABLE
from chalicelib.kernel.worker import Heard, hears

bp = Blueprint(__name__)
FATES: Final[Mapping[ChangeKind, Fate]] = {"died": "died", "incapacitated": "incapable", "dissolved": "ceased"}
"""What ends a mandate by itself (Civil Code Art. 140(3)); a locked account or another number ends none."""


@hears(bp, "identity_end_mandates", PersonChanged, needs=(TABLE,))
def identity_end_mandates(heard: Heard[PersonChanged]) -> None:
    """The mandates of somebody who died, lost capacity or was dissolved end, as a register said."""
    if fate := FATES.get(heard.event.kind):
        settling().end_of(heard.event.person, fate)
