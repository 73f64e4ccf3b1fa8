"""What digitisation hears: objects from S3, components and signed files from the bus."""

from collections.abc import Mapping
from typing import Any

from chalice import Blueprint

from chalicelib.digitisation.intake import Intake
from chalicelib.digitisation.service import Digitisation
from chalicelib.digitisation.store import Table
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.settings import settings
from chalicelib.kernel.worker import Delivery, on_call, on_event

bp = Blueprint(__name__)


def digitisation(public_url: str = "") -> Digitisation:
    """The use cases over DynamoDB and S3."""
    return Digitisation(Table(), utc_now, public_url)


@on_call(bp, "digitisation_take_in")
def digitisation_take_in(event: Mapping[str, Any]) -> None:
    """An object was created in the intake bucket."""
    thing = event["detail"]["object"]
    Intake(Table(), utc_now).take_in(thing["key"], thing["version-id"])


@on_event(bp, "digitisation_make_copy")
def digitisation_make_copy(delivery: Delivery) -> None:
    """A component was received."""
    digitisation().make_copy(delivery.data)


@on_event(bp, "digitisation_read_copy")
def digitisation_read_copy(delivery: Delivery) -> None:
    """A copy was signed by its officer."""
    digitisation(settings().public_url).read(delivery.data)


@on_event(bp, "digitisation_settle_component")
def digitisation_settle_component(delivery: Delivery) -> None:
    """A data message was signed by the agency."""
    digitisation().converted(delivery.data)
