"""What the one-stop flow hears from the bus, and from the clock."""

from dataclasses import asdict

from chalice import Blueprint

from chalicelib.contracts.event import Event
from chalicelib.contracts.messages import ResultSigned, ResultUnprintable
from chalicelib.contracts.onestop import LegCompleted
from chalicelib.contracts.vault import VaultStored
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.kernel import log
from chalicelib.kernel.settings import SECRET
from chalicelib.kernel.worker import Heard, Tick, called, hears
from chalicelib.onestop.wiring import one_stop, sweep

bp = Blueprint(__name__)


@hears(bp, "onestop_report_leg", LegCompleted, needs=(DOSSIERS, SECRET))
def onestop_report_leg(heard: Heard[LegCompleted]) -> None:
    """A leg is done: its driver is told, by the outbox and never by the request; one that is gone is done without."""
    one_stop().report_leg(heard.subject, heard.event.leg)


@hears(bp, "onestop_record_result", ResultSigned, ResultUnprintable, needs=(DOSSIERS,))
def onestop_record_result(heard: Heard[Event]) -> None:
    """A result was signed, or cannot even be printed."""
    match heard.event:
        case ResultSigned() as signed:
            one_stop().record_result(signed)
        case ResultUnprintable() as told:
            one_stop().hold(told)


@hears(bp, "onestop_record_delivery", VaultStored, needs=(DOSSIERS,))
def onestop_record_delivery(heard: Heard[VaultStored]) -> None:
    """A result reached the vault."""
    one_stop().record_delivery(heard.event)


@called(bp, "onestop_sweep", Tick, needs=(DOSSIERS,))
def onestop_sweep(_: Tick) -> dict[str, int]:
    """The schedule: every few minutes, whatever is overdue is marked. An alarm hears when no run says that it ran."""
    done = sweep().run()
    log.measure(
        SweepRan=1,
        TasksOverdue=done.overdue,
        SweepFailures=done.failed,
        AgenciesSwept=done.agencies,
        AgenciesLeft=done.left,
    )
    return asdict(done)
