"""What a deployment calls: the lists are made, and on a local stage what comes with the project is published."""

from chalice import Blueprint
from msgspec import Struct

from chalicelib.catalogue.agencies.wiring import administration
from chalicelib.catalogue.procedures.model import SHIPPED
from chalicelib.catalogue.services.wiring import listing
from chalicelib.catalogue.settings import EXPORTS, TABLE
from chalicelib.catalogue.shipped import shipped, shipped_agencies
from chalicelib.catalogue.versions.wiring import shipping
from chalicelib.kernel.settings import LOCAL, STAGE
from chalicelib.kernel.worker import called

bp = Blueprint(__name__)


class Load(Struct, frozen=True):
    """A deployment says nothing with its call."""


@called(bp, "catalogue_load", Load, needs=(TABLE, EXPORTS))
def catalogue_load(_given: Load) -> dict[str, int]:
    """Make the lists; locally, publish each shipped agency and service whose facts are new. Answers code -> version.

    What is shipped are examples: agencies, reviews and channels are invented, and no citizen is to find them.
    """
    loaded = _examples() if STAGE() == LOCAL else {}
    listing().export()
    return loaded


def _examples() -> dict[str, int]:
    keeping, publishing = administration(), shipping()
    for agency in shipped_agencies():
        keeping.keep(SHIPPED, agency.id, agency.entries, None)
    return {each.facts.code: publishing.publish(*each) for each in shipped()}
