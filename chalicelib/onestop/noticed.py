"""Why a notice comes, in words."""

from typing import Final

import msgspec

from chalicelib.contracts.delivery import AddressEntered, CounterEntered, ResultTaken
from chalicelib.contracts.event import heard
from chalicelib.contracts.lifecycle import (
    CorrectionOpened,
    DossierPaperWithdrawn,
    DossierRefused,
    DossierStopped,
    ObjectionAnswered,
    PaymentRequested,
    SupplementRequested,
    TermExtended,
    WithdrawalAsked,
    WithdrawalRefused,
)
from chalicelib.contracts.onestop import BroughtByAnother, HandedIn, ScanAdded
from chalicelib.contracts.originals import OriginalTaken
from chalicelib.contracts.stored import typed
from chalicelib.dossier import items
from chalicelib.dossier.noticed import NoticeFacts
from chalicelib.dossier.recall_reasons import recall_words
from chalicelib.kernel.record import LogRow
from chalicelib.sealing.door import unseal


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
        ObjectionAnswered,
        AddressEntered,
        CounterEntered,
        ResultTaken,
        BroughtByAnother,
        HandedIn,
        ScanAdded,
        OriginalTaken,
    )
)
"""Events whose private part has a reason that the applicant is told with the notice."""


def why(event: LogRow, facts: NoticeFacts, head: items.Head) -> str | None:
    """The reason of an event in words; None where it gives none, or the dossier was erased."""
    if event.type == DossierPaperWithdrawn.type:
        told = typed(DossierPaperWithdrawn, event.data, event.stored)
        return recall_words(told.reason, told.decision)
    if event.type not in SAYS_WHY or not facts.sealed or head.erased_at:
        return None
    return heard(_Said, unseal(head.pk, facts.sealed)).reason or None
