"""What is told of subscriptions: who of other houses hears of their dossiers, and how far that goes."""

from typing import Literal

from chalicelib.contracts.event import Event

StopReason = Literal["schedule_ended", "gone", "forgotten"]
"""Why deliveries stopped: every attempt failed, the receiver said 410, or what follows is no longer kept."""


class SubscriptionOpened(Event, frozen=True, kw_only=True):
    """An agency or a portal follows its dossiers; `pushes`: it is called, else it asks."""

    type = "vn.motcua.subscription.opened"

    subscription: str
    pushes: bool


class SubscriptionSecretRotated(Event, frozen=True, kw_only=True):
    """It has a new secret; the one before is valid until `former_until`, a stored stamp."""

    type = "vn.motcua.subscription.secret_rotated"

    subscription: str
    former_until: str


class SubscriptionStopped(Event, frozen=True, kw_only=True):
    """Deliveries stopped; what was not delivered stays in the feed. `status` is the receiver's last, 0: no answer."""

    type = "vn.motcua.subscription.stopped"

    subscription: str
    why: StopReason
    status: int


class SubscriptionResumed(Event, frozen=True, kw_only=True):
    """Its owner asked for deliveries: `anew`: from an earlier place, else from where they stopped."""

    type = "vn.motcua.subscription.resumed"

    subscription: str
    anew: bool


class SubscriptionEnded(Event, frozen=True, kw_only=True):
    """Its owner ended it; the feed of the subscriber stays."""

    type = "vn.motcua.subscription.ended"

    subscription: str
