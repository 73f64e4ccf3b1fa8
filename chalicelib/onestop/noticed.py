"""What a notice says of an event of the log: its five facts, what it is about, why in words."""

from collections.abc import Mapping
from typing import Final, Literal

import msgspec

from chalicelib.contracts.event import heard
from chalicelib.contracts.lifecycle import (
    CorrectionOpened,
    DossierRefused,
    DossierStopped,
    DueMoved,
    PaymentRequested,
    SupplementRequested,
    TermExtended,
    WithdrawalAsked,
    WithdrawalRefused,
)
from chalicelib.contracts.onestop import DossierRedirected
from chalicelib.contracts.originals import OriginalsOwed
from chalicelib.contracts.submission import ReliedPaperFlagged
from chalicelib.contracts.tasks import TaskUnheld
from chalicelib.dossier import items
from chalicelib.kernel.record import LogRow
from chalicelib.onestop.model import SYSTEM
from chalicelib.sealing.door import unseal

BESIDE: Final[Mapping[str, Literal["due_date", "correction", "agency", "originals", "unheld", "paper"]]] = {
    TermExtended.type: "due_date",
    DueMoved.type: "due_date",
    CorrectionOpened.type: "correction",
    DossierRedirected.type: "agency",
    OriginalsOwed.type: "originals",
    TaskUnheld.type: "unheld",
    ReliedPaperFlagged.type: "paper",
}
"""Events that move no state and are told to the person as well, by what they are about."""


class NoticeFacts(msgspec.Struct, frozen=True):
    """What a notice says, of a transition by a person or by the system."""

    agency: str
    received_at: str
    handler: str = SYSTEM
    processed_at: str | None = None
    due_at: str | None = None
    sealed: str | None = None


class _Said(msgspec.Struct, frozen=True):
    """Of the private part of an event, what its notice says."""

    reason: str = ""


SAYS_WHY: Final = frozenset(
    kind.type
    for kind in (
        WithdrawalAsked,
        WithdrawalRefused,
        SupplementRequested,
        DossierRefused,
        DossierStopped,
        PaymentRequested,
        TermExtended,
        CorrectionOpened,
    )
)
"""Events whose private part has a reason that the applicant is told with the notice."""


def why(event: LogRow, facts: NoticeFacts, head: items.Head) -> str | None:
    """The reason of an event in words; None where it gives none, or the dossier was erased."""
    if event.type not in SAYS_WHY or not facts.sealed or head.erased_at:
        return None
    return heard(_Said, unseal(head.pk, facts.sealed)).reason or None
