"""What the subscriptions hear from the clock."""

from dataclasses import asdict
from typing import Final

from chalice import Blueprint

from chalicelib.dossier.needs import DOSSIERS
from chalicelib.kernel import log
from chalicelib.kernel.settings import SECRET
from chalicelib.kernel.worker import Tick, called
from chalicelib.subscriptions.fence import TABLE
from chalicelib.subscriptions.wiring import pusher

bp = Blueprint(__name__)
NEEDS: Final = (TABLE, DOSSIERS, SECRET)


@called(bp, "subscriptions_push", Tick, needs=NEEDS)
def subscriptions_push(_: Tick) -> dict[str, int]:
    """Every minute: deliver what is due to receivers of webhooks."""
    done = pusher().run()
    log.measure(
        WebhooksDelivered=done.delivered,
        WebhooksRefused=done.refused,
        SubscriptionsStopped=done.stopped,
        DeliveriesBroke=done.broke,
    )
    return asdict(done)
