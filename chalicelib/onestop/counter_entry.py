"""What an officer entered at the counter for an applicant: told to them field by field."""

from typing import Any

from msgspec.structs import asdict
from pydantic import BaseModel, Field

from chalicelib.contracts.lifecycle import DossierSupplemented
from chalicelib.contracts.stored import typed
from chalicelib.dossier.asked import entered_in
from chalicelib.dossier.reading import Dossier
from chalicelib.kernel import record
from chalicelib.kernel.clock import said


class EnteredField(BaseModel):
    """A place of the form that an officer changed."""

    target: str
    name_vi: str
    name_en: str
    before: Any | None = Field(description="What it was; null: nothing")
    after: Any | None = Field(description="What it is now; null: nothing")


class EnteredPaper(BaseModel):
    """A paper that an officer took."""

    code: str
    filename: str
    sha256: str


class EnteredView(BaseModel):
    """What an officer entered for the applicant."""

    fields: list[EnteredField]
    papers: list[EnteredPaper]
    present: str | None = Field(
        description="Who was at the counter; null: an earlier release did not ask", examples=["Nguyễn Thị Bích Ngọc"]
    )
    slip_sha256: str | None = Field(
        description="Of the scan of what they signed",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )
    object_by: str | None = Field(
        description="Until when the applicant may object (`supplement/objection`); null: an earlier release",
        examples=["2026-12-03T23:59:59+07:00"],
    )


def entered_view(dossier: Dossier, event: record.LogRow) -> EnteredView | None:
    """What an officer entered for the applicant, where the event tells that; nothing of a dossier that was erased."""
    if event.type != DossierSupplemented.type or dossier.head.erased_at:
        return None
    event_told = typed(DossierSupplemented, event.data, event.stored)
    found = entered_in(dossier.reference, event_told)
    if found is None:
        return None
    return EnteredView(
        fields=[EnteredField(**asdict(each)) for each in found.fields],
        papers=[EnteredPaper(**asdict(each)) for each in found.papers],
        present=found.present or None,
        slip_sha256=found.slip or None,
        object_by=said(event_told.object_by),
    )
