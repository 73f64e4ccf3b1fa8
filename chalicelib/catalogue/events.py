"""Loads the shipped procedures at deployment and at the start of the local cloud."""

from collections.abc import Mapping
from typing import Any

from chalice import Blueprint

from chalicelib.catalogue.service import Catalogue
from chalicelib.catalogue.store import Table, shipped, shipped_agencies
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.worker import on_call

bp = Blueprint(__name__)


@on_call(bp, "catalogue_load")
def catalogue_load(_event: Mapping[str, Any]) -> dict[str, int]:
    """Publish every shipped agency and procedure whose facts are new; answers code -> version."""
    catalogue = Catalogue(Table(), utc_now)
    for agency in shipped_agencies():
        catalogue.publish_agency(agency)
    return {facts["code"]: catalogue.publish(facts, form) for facts, form in shipped()}
