"""What is read of a restructuring review."""

from typing import Literal

from pydantic import BaseModel, Field

from chalicelib.catalogue.procedures.wire import BlockerView, Strict


class ConfirmationBody(Strict):
    """By which row of the table data replaces a paper."""

    row: int | None = Field(ge=1, le=100_000, description="One that is proposed for it; null takes it back")


class ConfirmedView(BaseModel):
    """That a row replaces a paper, as an officer said."""

    row: int
    name: str = Field(description="Who said it")
    at: str


class ReplacementView(BaseModel):
    """A row of the table of papers that data replaces (Resolution 66.7/2025/NQ-CP)."""

    row: int
    databases: list[str]
    owners: list[str]
    instrument: str
    clause: str
    quality: str = Field(
        description="exact, same_papers, confirmed (by an officer), alternative (certain of `alternatives`), possible"
    )
    alternatives: list[str] = Field(
        description="Of a paper that may be one of several, those that data replaces", examples=[["Thẻ căn cước"]]
    )


class Verdict(BaseModel):
    """What the restructuring review says of a component; `possible` counts for nothing until a person confirms."""

    code: str
    name_vi: str
    decision: Literal["keep", "replace_by_data", "replace_alternatives", "never_used", "note"]
    replacement: ReplacementView | None
    possible: list[ReplacementView]
    confirmed: ConfirmedView | None = Field(description="What an officer said of it; null: nobody did")
    why_vi: str
    why_en: str
    dossiers: int | None
    supplied: int | None


class ChannelCount(BaseModel):
    """How many dossiers came by one of the three channels of Decree 137/2024 Art. 8(5)."""

    service_channel: str
    dossiers: int


class RestructuringView(BaseModel):
    """The review of a procedure: what could go, the level reachable after it, what still stands in the way."""

    code: str
    score: float = Field(description="0..100, for a ranking")
    papers: int
    replaceable: int
    alternatives: int = Field(description="Papers for some of whose alternatives data stands")
    possible: int
    never_used: int
    dossiers: int = Field(description="Dossiers of ours that were counted")
    spared: int = Field(description="How often in them papers were handed in that data replaces")
    verdicts: list[Verdict]
    level_now: str = Field(description="As the public page says it; unknown: not offered here")
    level_after: str
    blockers_after: list[BlockerView]
    came_by: list[ChannelCount] = Field(
        description="Dossiers by channel; those of releases that did not ask are in none"
    )
