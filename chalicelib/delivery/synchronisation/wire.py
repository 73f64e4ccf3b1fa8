"""What the routes of the national portal's synchronisation answer."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class PortalTryView(BaseModel):
    """A try to tell the portal; without `ended_at` it goes on, or was cut off."""

    begun_at: str
    step: int
    ended_at: str | None = None
    outcome: Literal["told", "refused", "unreachable", "broken"] | None = None


class SynchronisationView(BaseModel):
    """How far the national portal was told of a dossier. Steps are numbers of events of its timeline."""

    reference: str
    progress: Literal["none", "waiting", "synchronised", "retrying", "parked", "ended"]
    portal_code: str | None = None
    told_step: int = 0
    newest_step: int = 0
    waits_since: str | None = None
    doubtful_step: int | None = None
    next_at: str | None = None
    synchronised_at: str | None = None
    parked_at: str | None = None
    why: str | None = None
    error_code: str | None = None
    attempts: list[PortalTryView] = []


class Unsynchronised(BaseModel):
    """Dossiers that the national portal did not take, those first that wait longest; a page may be short."""

    synchronisations: list[SynchronisationView]
    next: str | None = None


class AskRedelivery(BaseModel):
    """Have the portal told again."""

    model_config = ConfigDict(extra="forbid", strict=True)

    has_step: bool | None = None
