"""What the telling of the national portal hears from the clock."""

from dataclasses import asdict
from typing import Final

from chalice import Blueprint

from chalicelib.delivery.synchronisation.settings import KEY
from chalicelib.delivery.synchronisation.synchronising import Synchronised
from chalicelib.delivery.synchronisation.wiring import synchronising
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.dossier.synchronising import NATIONAL_PORTAL
from chalicelib.kernel.rounds import measured
from chalicelib.kernel.worker import Tick, called
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
NEEDS: Final = (DOSSIERS, NATIONAL_PORTAL, KEY, *SEALING)


@called(bp, "delivery_synchronise", Tick, needs=NEEDS)
def delivery_synchronise(_: Tick) -> dict[str, int]:
    """Every minute: tell the national portal of the steps that wait; nothing where there is no portal."""
    worker = synchronising()
    if worker is None:
        return asdict(Synchronised())
    return measured(worker.run, Synchronised(), _metrics)


def _metrics(done: Synchronised) -> dict[str, int]:
    return {
        "StepsTold": done.told,
        "SynchronisationsParked": done.parked,
        "SynchronisationsLate": done.late,
        "SynchronisationFailures": done.failed,
    }
