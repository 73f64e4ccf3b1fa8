"""What the routes of a rating take and answer."""

from pydantic import BaseModel, ConfigDict, Field


class RateDossier(BaseModel):
    """Whether one is satisfied with how the dossier was dealt with."""

    model_config = ConfigDict(extra="forbid", strict=True)
    satisfied: bool = Field(description="Satisfied, or not (Decision 766/QD-TTg)", examples=[True])


class Rating(BaseModel):
    """How a dossier was rated."""

    rated_at: str | None
    satisfied: bool | None = Field(description="Satisfied, or not; null: nobody rated it", examples=[True])
