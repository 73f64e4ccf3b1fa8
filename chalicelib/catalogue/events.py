"""What a deployment calls: what comes with the project is published, and the lists are made."""

from collections.abc import Mapping
from typing import Any

from chalice import Blueprint

from chalicelib.catalogue.agencies.wiring import administration
from chalicelib.catalogue.procedures.model import SHIPPED
from chalicelib.catalogue.services.wiring import listing
from chalicelib.catalogue.shipped import shipped, shipped_agencies
from chalicelib.catalogue.versions.wiring import shipping
from chalicelib.kernel.worker import on_call

bp = Blueprint(__name__)


@on_call(bp, "catalogue_load")
def catalogue_load(_event: Mapping[str, Any]) -> dict[str, int]:
    """Publish every shipped agency and service whose facts are new; answers code -> version."""
    keeping, publishing = administration(), shipping()
    for agency in shipped_agencies():
        keeping.keep(SHIPPED, agency["id"], agency["entries"], None)
    loaded = {each[0]["code"]: publishing.publish(*each) for each in shipped()}
    listing().export()
    return loaded
