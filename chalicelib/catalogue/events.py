"""What a deployment calls: what comes with the project is published, and the lists are made."""

from chalice import Blueprint
from msgspec import Struct

from chalicelib.catalogue.agencies.wiring import administration
from chalicelib.catalogue.procedures.model import SHIPPED
from chalicelib.catalogue.services.wiring import listing
from chalicelib.catalogue.settings import EXPORTS, TABLE
from chalicelib.catalogue.shipped import shipped, shipped_agencies
from chalicelib.catalogue.versions.wiring import shipping
from chalicelib.kernel.worker import called

bp = Blueprint(__name__)


class Load(Struct, frozen=True):
    """A deployment says nothing with its call."""


@called(bp, "catalogue_load", Load, needs=(TABLE, EXPORTS))
def catalogue_load(_given: Load) -> dict[str, int]:
    """Publish every shipped agency and service whose facts are new; answers code -> version."""
    keeping, publishing = administration(), shipping()
    for agency in shipped_agencies():
        keeping.keep(SHIPPED, agency.id, agency.entries, None)
    loaded = {each.facts.code: publishing.publish(*each) for each in shipped()}
    listing().export()
    return loaded
