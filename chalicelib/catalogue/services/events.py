"""What reading does in the background: the list that search reads, the open data."""

from collections.abc import Mapping
from typing import Any

from chalice import Blueprint

from chalicelib.catalogue.services.wiring import listing
from chalicelib.kernel.worker import Delivery, on_call, on_event

bp = Blueprint(__name__)


@on_event(bp, "catalogue_make_list")
def catalogue_make_list(delivery: Delivery) -> None:
    """A procedure changed: the list that search reads is made again, unless it was made since."""
    listing().refresh(delivery.time)


@on_call(bp, "catalogue_export")
def catalogue_export(_event: Mapping[str, Any]) -> dict[str, int]:
    """Write the whole catalogue as open data; a schedule calls it once a day."""
    return {"services": listing().export()}
