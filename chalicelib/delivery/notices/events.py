"""What notices hear from the clock."""

from dataclasses import asdict
from typing import Final

from chalice import Blueprint

from chalicelib.delivery.notices.sending import Notified
from chalicelib.delivery.notices.settings import KEY
from chalicelib.delivery.notices.wiring import notifying
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.dossier.notifying import NOTICES
from chalicelib.kernel.rounds import measured
from chalicelib.kernel.settings import NOBODY, PUBLIC_URL
from chalicelib.kernel.worker import Tick, called
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
NEEDS: Final = (DOSSIERS, NOTICES, KEY, PUBLIC_URL, *SEALING)


@called(bp, "delivery_notify", Tick, needs=NEEDS)
def delivery_notify(_: Tick) -> dict[str, int]:
    """Every minute: send the notices that are due, ask what became of those sent; nothing where none leaves."""
    if NOTICES() == NOBODY:
        return asdict(Notified())
    return measured(notifying().run, Notified(), _metrics)


def _metrics(done: Notified) -> dict[str, int]:
    return {"NoticesTurned": done.turned, "NoticesGivenUp": done.given_up, "NoticeFailures": done.failed}
