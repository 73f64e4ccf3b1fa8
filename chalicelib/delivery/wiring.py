"""The use cases over DynamoDB, and the gateway of this stage."""

from chalicelib.delivery.carriers import NoCarrier, RemoteCarrier
from chalicelib.delivery.ports import Carrier
from chalicelib.delivery.sending import Sending
from chalicelib.delivery.service import Deliveries
from chalicelib.delivery.settings import KEY, URL
from chalicelib.delivery.store import Table
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.settings import NOBODY


def _carrier(*, sends: bool) -> Carrier:
    """The gateway of this stage, or none; who sends nothing needs no key. Raises SettingMissing."""
    url = URL().rstrip("/")
    if url == NOBODY:
        return NoCarrier()
    return RemoteCarrier(url, KEY() if sends and url.startswith("https://") else "")


def deliveries() -> Deliveries:
    """The use cases of people and officers."""
    return Deliveries(Table(), _carrier(sends=False), utc_now)


def sending() -> Sending:
    """The use cases of the workers."""
    return Sending(Table(), _carrier(sends=True), utc_now)
