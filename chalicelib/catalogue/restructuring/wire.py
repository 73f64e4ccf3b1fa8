"""What is read of a restructuring review."""

from typing import Literal

from pydantic import BaseModel, Field

from chalicelib.catalogue.procedures.wire import BlockerView


class ReplacementView(BaseModel):
    """A row of the table of papers that data replaces (Resolution 66.7/2025/NQ-CP)."""

    row: int
    databases: list[str]
    owners: list[str]
    instrument: str
    clause: str
    quality: str


class Verdict(BaseModel):
    """What the restructuring review says of a component; `possible` counts for nothing until a person confirms."""

    code: str
    name_vi: str
    decision: Literal["keep", "replace_by_data", "never_used", "note"]
    replacement: ReplacementView | None
    possible: list[ReplacementView]
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
    possible: int
    never_used: int
    verdicts: list[Verdict]
    level_now: str
    level_after: str
    blockers_after: list[BlockerView]
    came_by: list[ChannelCount] = Field(
        description="Dossiers by channel; those of releases that did not ask are in none"
    )
