"""Which events of a dossier's log are told to its person, and the five facts that each of these notices has."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal, TypedDict

import msgspec

from chalicelib.contracts.bundles import GoesOn, SentUpstream
from chalicelib.contracts.confirming import ConfirmationAsked, PreviewConfirmed
from chalicelib.contracts.consulting import ConsultationTold
from chalicelib.contracts.delivery import AddressEntered, CounterEntered, RegisterEntered, ResultTaken
from chalicelib.contracts.digitisation import ComponentRejected
from chalicelib.contracts.lifecycle import (
    CorrectionOpened,
    DossierPaperWithdrawn,
    DueMoved,
    ObjectionAnswered,
    TermExtended,
)
from chalicelib.contracts.onestop import BroughtByAnother, DossierErased, DossierRedirected, HandedIn, ScanAdded
from chalicelib.contracts.originals import OriginalMoved, OriginalsOwed, OriginalTaken
from chalicelib.contracts.submission import ReliedPaperFlagged
from chalicelib.contracts.tasks import TaskUnheld
from chalicelib.dossier.items import Head
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.record import LogRow

SYSTEM: Final = "Hệ thống Một Cửa"
Beside = Literal[
    "due_date",
    "correction",
    "agency",
    "originals",
    "unheld",
    "paper",
    "objection",
    "delivery",
    "handover",
    "withdrawn",
    "preview",
    "brought",
    "scan",
    "rejection",
    "original",
    "custody",
    "opinion",
    "resumption",
    "erasure",
]
BESIDE: Final[Mapping[str, Beside]] = {
    TermExtended.type: "due_date",
    DueMoved.type: "due_date",
    CorrectionOpened.type: "correction",
    DossierRedirected.type: "agency",
    OriginalsOwed.type: "originals",
    TaskUnheld.type: "unheld",
    ReliedPaperFlagged.type: "paper",
    ObjectionAnswered.type: "objection",
    AddressEntered.type: "delivery",
    CounterEntered.type: "delivery",
    RegisterEntered.type: "delivery",
    ResultTaken.type: "handover",
    DossierPaperWithdrawn.type: "withdrawn",
    ConfirmationAsked.type: "preview",
    PreviewConfirmed.type: "preview",
    BroughtByAnother.type: "brought",
    HandedIn.type: "brought",
    ScanAdded.type: "scan",
    ComponentRejected.type: "rejection",
    SentUpstream.type: "correction",
    GoesOn.type: "resumption",
    OriginalTaken.type: "original",
    OriginalMoved.type: "custody",
    ConsultationTold.type: "opinion",
    DossierErased.type: "erasure",
}
"""Events that move no state and are told to the person as well, by what they are about."""


class NoticeFacts(msgspec.Struct, frozen=True):
    """What a notice says, of a transition by a person or by the system (Decree 224/2026 Art. 15(1)(g)).

    `agency` is empty in what an earlier release said of an erasure: the dossier's own.
    """

    agency: str = ""
    received_at: str = ""
    handler: str = SYSTEM
    processed_at: str | None = None
    due_at: str | None = None
    sealed: str | None = None


class Told(TypedDict):
    """The five facts of a notice, and its dossier, as the fields of an event."""

    agency: str
    handler: str
    received_at: str
    processed_at: str
    due_at: str | None
    reference: str


def told_of(head: Head, handler: str, now: datetime, *, due_at: str | None = None) -> Told:
    """What an event that moves no state tells of its dossier; `handler` names who did it, `due_at` is a new date."""
    return Told(
        agency=head.agency,
        handler=handler,
        received_at=head.accepted_at or head.submitted_at or "",
        processed_at=stamp(now),
        due_at=due_at or head.due_at,
        reference=head.pk,
    )


def gives_notice(row: LogRow) -> bool:
    """Whether an event is told to the person: it moves the state, or is one of those beside."""
    return bool(row.state) or row.type in BESIDE
