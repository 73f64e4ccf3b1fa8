"""What the agencies of a dossier see of one another."""

from typing import Literal

from pydantic import BaseModel, Field


class LegView(BaseModel):
    """An agency's part of a dossier."""

    leg: str = Field(description="Its name inside the dossier, by the number of its stage", examples=["0-commune"])
    agency: str
    lead: bool = Field(description="Whether its approval is what is decided", examples=[False])
    status: Literal["waiting", "open", "done"] = Field(description="Whether it has begun", examples=["open"])
    due_at: str | None = Field(description="When its open task is due", examples=["2026-11-26T17:00:00+07:00"])
    outcome: str | None = Field(description="What it came to; null: it is not done", examples=["disagreed"])
    reason: str | None = Field(
        description="Why, in the agency's words; null: it gave none", examples=["Nơi cư trú chưa được xác minh"]
    )
    done_at: str | None


class LegList(BaseModel):
    """The agencies' parts of a dossier in the order of its route, and what its applicant wants corrected."""

    legs: list[LegView]
    corrections: list[str] = Field(
        description="What the applicant found wrong in the draft of the result, the last time",
        examples=[["Ngày sinh của con là 18/11/2026"]],
    )
