"""What the catalogue answers."""

from typing import Any

from pydantic import BaseModel, Field


class ProcedureRow(BaseModel):
    """A procedure in the list."""

    code: str = Field(examples=["1.001193"])
    version: int
    name_vi: str
    name_en: str


class ProcedureList(BaseModel):
    """All published procedures."""

    procedures: list[ProcedureRow]


class LevelView(BaseModel):
    """Level of online service and the notice owed when it is not end to end (Decree 224/2026 Art. 14)."""

    level: str = Field(description="full (toàn trình), partial (một phần) or none")
    reason: str | None = Field(description="From the closed list of Art. 14; null when the record does not say")
    legal_basis: str | None
    notice_vi: str
    notice_en: str


class ComponentView(BaseModel):
    """A paper of the dossier."""

    code: str
    name_vi: str
    name_en: str
    originals: int
    copies: int
    group: str
    need: str = Field(
        description="always, case (only where it applies), form (the electronic form), paper (paper channels only)"
    )


class ProcedureView(BaseModel):
    """What a person should know before starting."""

    code: str
    version: int
    name_vi: str
    name_en: str
    field: dict[str, Any]
    performed_by: str
    channels: list[str]
    online: LevelView
    term: dict[str, Any]
    fees: list[dict[str, Any]]
    components: list[ComponentView]
    result: dict[str, Any]
    min_level: int
    legal_bases: list[str]
    source: dict[str, Any]
    form: dict[str, Any] = Field(description="JSON Schema 2020-12 of the electronic form")
