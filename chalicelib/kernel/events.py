"""Names of our events and their CloudEvents 1.0 envelope."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from chalicelib.contracts.event import Event, told

SOURCE = "motcua"


class EventType(StrEnum):
    """Every fact that we record. Consumers must accept each of them twice and out of order."""

    PROCEDURE_PUBLISHED = "vn.motcua.procedure.published"
    PROCEDURE_WITHDRAWN = "vn.motcua.procedure.withdrawn"
    PROCEDURE_RECORDED = "vn.motcua.procedure.recorded"
    VERSION_STARTED = "vn.motcua.version.started"
    VERSION_SAVED = "vn.motcua.version.saved"
    VERSION_MOVED = "vn.motcua.version.moved"
    VERSION_REVIEWED = "vn.motcua.version.reviewed"
    OUTAGE_ANNOUNCED = "vn.motcua.outage.announced"
    AGENCY_PUBLISHED = "vn.motcua.agency.published"
    DRAFT_OPENED = "vn.motcua.draft.opened"
    DRAFT_SAVED = "vn.motcua.draft.saved"
    UPLOAD_ANNOUNCED = "vn.motcua.upload.announced"
    UPLOAD_REFUSED = "vn.motcua.upload.refused"
    COMPONENT_RECEIVED = "vn.motcua.component.received"
    DOSSIER_SUBMITTED = "vn.motcua.dossier.submitted"
    DOSSIER_ACCEPTED = "vn.motcua.dossier.accepted"
    DOSSIER_FORWARDED = "vn.motcua.dossier.forwarded"
    DOSSIER_VERIFIED = "vn.motcua.dossier.verified"
    LEG_COMPLETED = "vn.motcua.leg.completed"
    TASK_OVERDUE = "vn.motcua.task.overdue"
    DOSSIER_RESUMED = "vn.motcua.dossier.resumed"
    DOSSIER_DECIDED = "vn.motcua.dossier.decided"
    DOSSIER_PROCESSED = "vn.motcua.dossier.processed"
    DOSSIER_RETURNED = "vn.motcua.dossier.returned"
    COPY_MADE = "vn.motcua.copy.made"
    SIGNATURE_ORDERED = "vn.motcua.signature.ordered"
    COPY_SIGNED = "vn.motcua.copy.signed"
    COMPONENT_READ = "vn.motcua.component.read"
    MESSAGE_CONVERTED = "vn.motcua.message.converted"
    COMPONENT_CONVERTED = "vn.motcua.component.converted"
    RECEIPT_SIGNED = "vn.motcua.receipt.signed"
    RESULT_SIGNED = "vn.motcua.result.signed"
    VAULT_STORED = "vn.motcua.vault.stored"
    VAULT_READ = "vn.motcua.vault.read"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, before it has a number in its record.

    `data` names officers, who act in office; an applicant's data is in it sealed only.
    """

    type: EventType | Event
    data: Mapping[str, Any] = field(default_factory=dict)
    state: int | None = None
    actor: str = ""

    @property
    def name(self) -> str:
        """The event's name on the bus."""
        return self.type.type if isinstance(self.type, Event) else self.type.value

    def plain(self) -> dict[str, Any]:
        """The event's data as a row holds it."""
        return told(self.type) if isinstance(self.type, Event) else dict(self.data)


def envelope(row: Mapping[str, Any]) -> dict[str, Any]:
    """CloudEvents envelope of a stored EVENT# row; its id names the row, so a second delivery can be told."""
    return {
        "specversion": "1.0",
        "id": f"{row['pk']}/{row['sk']}",
        "source": SOURCE,
        "type": row["type"],
        "subject": row["pk"],
        "time": row["at"],
        "datacontenttype": "application/json",
        "data": row.get("data", {}),
    }
