"""What delivery hears from the bus, and from the clock."""

from typing import Final

from chalice import Blueprint

from chalicelib.contracts.delivery import DeliveriesDue
from chalicelib.delivery.flow.resume import TakenUp
from chalicelib.delivery.flow.settings import MACHINE
from chalicelib.delivery.flow.wiring import take_up
from chalicelib.delivery.sending import Swept
from chalicelib.delivery.settings import BUCKET, KEY, URL
from chalicelib.delivery.wiring import sending
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.kernel.rounds import measured
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


@called(bp, "delivery_sweep", Tick, needs=(*NEEDS, MACHINE))
def delivery_sweep(_: Tick) -> dict[str, int]:
    """Every few minutes: deliver what is due again, ask what became of what was taken, end what expired.

    Then executions that ended badly go on, while their destinations wait; no delivery waits for that.
    """
    done = measured(sending().run, Swept(), _metrics)
    flows = measured(take_up().run, TakenUp(), _flow_metrics)
    return done | {"resumed": flows["resumed"]}


def _metrics(done: Swept) -> dict[str, int]:
    return {"DeliveriesTurned": done.turned, "DeliveryFailures": done.failed}


def _flow_metrics(flows: TakenUp) -> dict[str, int]:
    return {"FlowsResumed": flows.resumed, "FlowsLeft": flows.left, "FlowFailures": flows.failed}
