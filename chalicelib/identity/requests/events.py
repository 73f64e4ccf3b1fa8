"""What requests about personal data hear from the clock."""

from dataclasses import asdict

from chalice import Blueprint

from chalicelib.identity.requests.service import Told
from chalicelib.identity.requests.wiring import data_requests
from chalicelib.identity.settings import TABLE
from chalicelib.kernel import log
from chalicelib.kernel.worker import Tick, called

bp = Blueprint(__name__)


@called(bp, "identity_watch_requests", Tick, needs=(TABLE,))
def identity_watch_requests(_: Tick) -> dict[str, int]:
    """Every hour: requests about personal data that are due soon, past their time, or kept for their time."""
    done = Told()
    try:
        data_requests().watch(done)
    finally:
        log.measure(
            DataRequestsDueSoon=done.reminded, DataRequestsOverdue=done.overdue, DataRequestFailures=done.failed
        )
    return asdict(done)
