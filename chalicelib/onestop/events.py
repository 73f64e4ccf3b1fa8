"""What the one-stop flow hears from the bus, and from the clock."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from chalice import Blueprint

from chalicelib.kernel import log
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.worker import Delivery, on_call, on_event
from chalicelib.onestop.steps import one_stop
from chalicelib.onestop.store import Table
from chalicelib.onestop.sweep import Sweep

bp = Blueprint(__name__)


@on_event(bp, "onestop_report_leg")
def onestop_report_leg(delivery: Delivery) -> None:
    """A leg is done: its driver is told, by the outbox and never by the request."""
    one_stop().report_leg(delivery.subject, delivery.data["leg"])


@on_event(bp, "onestop_record_result")
def onestop_record_result(delivery: Delivery) -> None:
    """A result was signed."""
    one_stop().result_signed(delivery.data)


@on_event(bp, "onestop_record_delivery")
def onestop_record_delivery(delivery: Delivery) -> None:
    """A result reached the vault."""
    one_stop().result_stored(delivery.data)


@on_call(bp, "onestop_sweep")
def onestop_sweep(_event: Mapping[str, Any]) -> dict[str, int]:
    """The schedule: every few minutes, whatever is overdue is marked. An alarm hears when no run says that it ran."""
    done = asdict(Sweep(Table(), utc_now).run())
    log.measure(
        SweepRan=1,
        TasksOverdue=done["overdue"],
        SweepFailures=done["failed"],
        AgenciesSwept=done["agencies"],
        AgenciesLeft=done["left"],
    )
    return done
