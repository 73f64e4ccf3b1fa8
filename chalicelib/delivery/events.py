"""What delivery hears from the bus, and from the clock."""

from dataclasses import asdict
from typing import Final

from chalice import Blueprint

from chalicelib.contracts.delivery import DeliveriesDue
from chalicelib.delivery.sending import Swept
from chalicelib.delivery.settings import BUCKET, KEY, URL
from chalicelib.delivery.wiring import sending
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.kernel import log
from chalicelib.kernel.worker import Heard, Tick, called, hears
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
NEEDS: Final = (DOSSIERS, LEDGERS, BUCKET, URL, KEY, *SEALING)


@hears(bp, "delivery_send", DeliveriesDue, needs=NEEDS)
def delivery_send(heard: Heard[DeliveriesDue]) -> None:
    """A result is there: it goes where it is wanted."""
    for destination in heard.event.destinations:
        sending().turn(heard.event.reference, destination)


@called(bp, "delivery_sweep", Tick, needs=NEEDS)
def delivery_sweep(_: Tick) -> dict[str, int]:
    """Every few minutes: deliver what is due again, ask what became of what was taken, end what expired."""
    done = Swept()
    try:
        sending().run(done)
    finally:
        log.measure(DeliveriesTurned=done.turned, DeliveryFailures=done.failed)
    return asdict(done)
