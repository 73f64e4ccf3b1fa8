"""What identity hears from the clock of all that agencies owe to persons by the law."""

import math
from collections.abc import Callable
from dataclasses import asdict

from chalice import Blueprint

from chalicelib.identity.petitions import watching
from chalicelib.identity.petitions.wiring import watch
from chalicelib.identity.requests import service
from chalicelib.identity.requests.wiring import data_requests
from chalicelib.identity.settings import TABLE
from chalicelib.kernel import log, waiting
from chalicelib.kernel.worker import Tick, called

bp = Blueprint(__name__)


@called(bp, "identity_watch_requests", Tick, needs=(TABLE,))
def identity_watch_requests(_: Tick) -> dict[str, int]:
    """Every hour: requests about personal data, and petitions, that are due soon, late, or kept for their time.

    What breaks one of the two stops not the other, nor does the first take more than half of the time.

    Raises ExceptionGroup of what broke.
    """
    requests, petitions = service.Told(), watching.Told()
    try:
        half = 0.0 if waiting.left() == math.inf else waiting.left() / 2
        _each(lambda: data_requests().watch(requests, leave=half), lambda: watch().run(petitions))
    finally:
        log.measure(
            DataRequestsDueSoon=requests.reminded,
            DataRequestsOverdue=requests.overdue,
            DataRequestFailures=requests.failed,
            PetitionsDueSoon=petitions.petitions_reminded,
            PetitionsOverdue=petitions.petitions_overdue,
            PetitionFailures=petitions.petitions_failed,
        )
    return asdict(requests) | asdict(petitions)


def _each(*runs: Callable[[], object]) -> None:
    broke = list[Exception]()
    for run in runs:
        try:
            run()
        except Exception as error:  # noqa: BLE001 - the other list must not wait for this one
            broke.append(error)
    if broke:
        raise ExceptionGroup("a list of what is due was not looked at", broke)
