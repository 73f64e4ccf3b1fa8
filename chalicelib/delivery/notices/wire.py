"""What the routes of notices on their way answer."""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class TryView(BaseModel):
    """A try at a provider; without `ended_at` it goes on, or was cut off."""

    begun_at: str
    provider: int
    ended_at: str | None = None
    outcome: Literal["accepted", "refused", "unreachable", "unsent"] | None = None


class SendingView(BaseModel):
    """A notice for one receiver on one channel, and how far it is. Whom exactly, by which address, it does not say."""

    name: str
    notice_at: str
    channel: Literal["email", "sms", "app"]
    receiver: Literal["applicant", "holder", "co-holder", "representative"]
    progress: Literal["queued", "sent", "delivered", "bounced", "given_up"]
    next_at: str | None = None
    sent_at: str | None = None
    delivered_at: str | None = None
    bounced_at: str | None = None
    given_up_at: str | None = None
    renewed_at: str | None = None
    why: str | None = None
    attempts: list[TryView] = []


class RenewNotice(BaseModel):
    """Have a notice that was given up begun again."""

    model_config = ConfigDict(extra="forbid", strict=True)


class SendingList(BaseModel):
    """Notices of a dossier that leave the portal, in the order of what they tell."""

    sendings: list[SendingView]
