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
    """Every hour: tell of requests about personal data whose time of the law passed."""
    done = Told()
    try:
        data_requests().tell_overdue(done)
    finally:
        log.measure(DataRequestsOverdue=done.overdue, DataRequestFailures=done.failed)
    return asdict(done)
