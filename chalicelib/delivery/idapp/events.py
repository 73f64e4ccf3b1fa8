"""What the telling of the ID app hears from the clock."""

from dataclasses import asdict
from typing import Final

from chalice import Blueprint

from chalicelib.delivery.idapp.integrating import Integrated
from chalicelib.delivery.idapp.settings import KEY
from chalicelib.delivery.idapp.wiring import integrating
from chalicelib.delivery.settings import BUCKET
from chalicelib.dossier.integrating import ID_APP
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.kernel.rounds import measured
from chalicelib.kernel.worker import Tick, called
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
NEEDS: Final = (DOSSIERS, LEDGERS, BUCKET, ID_APP, KEY, *SEALING)


@called(bp, "delivery_integrate", Tick, needs=NEEDS)
def delivery_integrate(_: Tick) -> dict[str, int]:
    """Every minute: tell the national ID app of the papers that wait; nothing where there is no app."""
    worker = integrating()
    if worker is None:
        return asdict(Integrated())
    return measured(worker.run, Integrated(), _metrics)


def _metrics(done: Integrated) -> dict[str, int]:
    return {
        "PapersIntegrated": done.told,
        "PapersNotIntegrated": done.parked,
        "IntegrationsLate": done.late,
        "IntegrationFailures": done.failed,
    }
