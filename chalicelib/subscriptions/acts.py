"""What may be done with the feed and its subscriptions, and by whom."""

from typing import Final

from chalicelib.kernel.access import ADMINISTRATOR, INTEGRATION, OFFICERS, PORTAL, Relation, Stage, act, of

SENT: Final = (Stage.OPEN, Stage.ENDED)
READ: Final = act(
    "event.read",
    *of((*OFFICERS, INTEGRATION), Relation.AGENCY, Relation.PARTICIPANT, at=SENT),
    *of((PORTAL,), Relation.PORTAL, at=SENT),
)
"""As a dossier is read by its agencies; a portal hears of what it filed."""
KEEP: Final = act(
    "subscription.keep",
    *of((ADMINISTRATOR, INTEGRATION), Relation.KEEPER),
    *of((PORTAL,), Relation.PORTAL),
)
