"""What the routes of papers in the national ID app take and answer."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Strict(BaseModel):
    """A body without unknown fields."""

    model_config = ConfigDict(extra="forbid", strict=True)


class AppPapersQuery(BaseModel):
    """From where on."""

    cursor: str = Field(default="", max_length=2000, description="`next` of the page before")


class ShowPaper(Strict):
    """Have a paper shown in the app."""


class HidePaper(Strict):
    """Have a paper shown in the app no more."""


class IntegrateAgain(Strict):
    """Have the app told again."""


class IntegratedByHand(Strict):
    """Note that a paper was put into the app by hand."""


class AppTryView(BaseModel):
    """A try to tell the app; without `ended_at` it goes on, or was cut off."""

    begun_at: str
    revision: int
    ended_at: str | None = None
    outcome: Literal["integrated", "taken", "refused", "unreachable", "broken"] | None = None


class AppPaperView(BaseModel):
    """How far the national ID app was told of a paper."""

    id: str
    document: str
    title: str
    kind: str
    agency: str
    progress: Literal["waiting", "retrying", "parked", "integrated", "ended"]
    showing: bool
    revision: int
    told_revision: int
    integrate_by: str | None = None
    overdue: bool = False
    integrated_at: str | None = None
    by_hand: bool = False
    next_at: str | None = None
    parked_at: str | None = None
    why: str | None = None
    attempts: list[AppTryView] = []


class MyAppPapers(BaseModel):
    """A page of my papers that the app is told of."""

    papers: list[AppPaperView]
    withheld: int = 0
    next: str | None = None


class TroubledAppPapers(BaseModel):
    """Papers of my agency that the app should have and has not; a page may be short."""

    papers: list[AppPaperView]
    next: str | None = None
