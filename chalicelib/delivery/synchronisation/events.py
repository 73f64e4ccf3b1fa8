"""What the telling of the national portal hears from the clock."""

from dataclasses import asdict
from typing import Final

from chalice import Blueprint

from chalicelib.delivery.synchronisation.settings import KEY
from chalicelib.delivery.synchronisation.synchronising import Synchronised
from chalicelib.delivery.synchronisation.wiring import synchronising
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.dossier.synchronising import NATIONAL_PORTAL
from chalicelib.kernel import log
from chalicelib.kernel.worker import Tick, called
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
NEEDS: Final = (DOSSIERS, NATIONAL_PORTAL, KEY, *SEALING)


@called(bp, "delivery_synchronise", Tick, needs=NEEDS)
def delivery_synchronise(_: Tick) -> dict[str, int]:
    """Every minute: tell the national portal of the steps that wait; nothing where there is no portal."""
    done = Synchronised()
    worker = synchronising()
    if worker is None:
        return asdict(done)
    try:
        worker.run(done)
    finally:
        log.measure(
            StepsTold=done.told,
            SynchronisationsParked=done.parked,
            SynchronisationsLate=done.late,
            SynchronisationFailures=done.failed,
        )
    return asdict(done)
