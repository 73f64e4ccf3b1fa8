"""What the feed and its subscriptions take and answer."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

LONGEST_CURSOR = 4_000
Kind = Annotated[str, StringConstraints(max_length=100)]


class EventQuery(BaseModel):
    """Where to read on, and how much."""

    model_config = ConfigDict(extra="forbid")
    after: str = Field(default="", max_length=LONGEST_CURSOR, description="`next` of the page before; from the oldest")
    limit: int = Field(default=50, ge=10, le=100, description="Events of a page, at most")
    type: str = Field(default="", max_length=100, description="Only events of this type")


class CloudEvent(BaseModel):
    """An event as CloudEvents 1.0, without personal data; `sequence` orders those of one dossier."""

    specversion: Literal["1.0"] = "1.0"
    id: str = Field(description="The same however often it comes")
    source: str
    type: str
    subject: str = Field(description="The dossier's reference")
    time: str = Field(json_schema_extra={"format": "date-time"})
    datacontenttype: str
    sequence: str
    data: dict[str, str | int | bool]


class EventPage(BaseModel):
    """Events of my dossiers, in order for each of them."""

    events: list[CloudEvent]
    next: str = Field(description="Send it as `after`; it is valid for 180 days")
    more: bool = Field(description="Whether there is more already; else ask again later")


class OpenSubscription(BaseModel):
    """Whoever subscribes follows all their dossiers; with `url` each event is posted there, else they ask for them."""

    model_config = ConfigDict(extra="forbid", strict=True)
    url: str | None = Field(default=None, max_length=1_000, description="https, port 443, a public domain name")
    types: list[Kind] = Field(default_factory=list, max_length=60, description="None named: all that leave")


class RotateSecret(BaseModel):
    """Make a new secret; the one before stays valid for 24 hours."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Redeliver(BaseModel):
    """Deliver at once: what follows a cursor, or what came since a time; neither: from where deliveries stand."""

    model_config = ConfigDict(extra="forbid")
    after: str | None = Field(default=None, max_length=LONGEST_CURSOR, description="Cursor of GET /v1/events")
    since: AwareDatetime | None = None


class EndSubscription(BaseModel):
    """End it; the feed stays."""

    model_config = ConfigDict(extra="forbid", strict=True)


class SubscriptionView(BaseModel):
    """A subscription of my agency or portal."""

    id: str
    url: str | None
    types: list[str]
    delivery: Literal["active", "stopped"]
    why: Literal["schedule_ended", "gone", "forgotten"] | None = Field(default=None, description="Why it stopped")
    why_vi: str | None = None
    why_en: str | None = None
    stopped_at: str | None = None
    opened_at: str
    failing_since: str | None = Field(default=None, description="Since when attempts fail")
    attempts: int = Field(default=0, description="How many failed in a row, where most did")
    next_attempt_at: str | None = None
    last_status: int | None = Field(default=None, description="What the receiver answered last; 0: nothing")
    secrets_until: list[str | None] = Field(description="Until when each secret signs; null: the present one")
    version: int = Field(description="The ETag")


class OpenedSubscription(SubscriptionView):
    """A subscription with its secret, which is shown this once."""

    secret: str | None = Field(default=None, description="Of Standard Webhooks 1.0, shown this once")


class SubscriptionList(BaseModel):
    """All subscriptions of my agency or portal."""

    subscriptions: list[SubscriptionView]
