"""What a supervisor is told of unusual reads."""

from typing import Literal

from pydantic import BaseModel, Field


class AnomalyQuery(BaseModel):
    """From where on."""

    cursor: str = Field(default="", max_length=2000, description="`next` of the page before")


class AnomalyView(BaseModel):
    """Reads of an officer of my agency that their work does not explain by itself; of whom they read is not told."""

    id: str
    kind: Literal["many_subjects", "no_open_dossier"] = Field(
        description="Files of many persons within a short time; or of dossiers that are not open"
    )
    officer: str = Field(description="Who read")
    count: int = Field(description="Of how many persons, or dossiers, when it was told")
    since: str = Field(description="The first of these reads")
    found_at: str


class AnomalyList(BaseModel):
    """A page of unusual reads in my agency, the newest first."""

    anomalies: list[AnomalyView]
    next: str | None = Field(default=None, description="Cursor of the next page; null at the end")
