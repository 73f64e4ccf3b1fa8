"""What a deployment calls: the lists are made, what comes with the project is a draft, on a local stage published."""

from chalice import Blueprint
from msgspec import Struct

from chalicelib.catalogue.agencies.wiring import administration
from chalicelib.catalogue.procedures.model import SHIPPED, promulgator_of
from chalicelib.catalogue.services.wiring import listing
from chalicelib.catalogue.settings import EXPORTS, TABLE
from chalicelib.catalogue.shipped import examples, shipped, shipped_agencies
from chalicelib.catalogue.versions.wiring import shipping
from chalicelib.kernel.settings import LOCAL, STAGE
from chalicelib.kernel.worker import called

bp = Blueprint(__name__)


class Load(Struct, frozen=True):
    """A deployment says nothing with its call."""


@called(bp, "catalogue_load", Load, needs=(TABLE, EXPORTS))
def catalogue_load(_given: Load) -> dict[str, int]:
    """Make the lists, and load what comes with the project. Answers code -> version.

    A deployed stage gets drafts, of the procedures that name the body which promulgated them: its officers review and
    publish. A local one gets examples, published: agencies, providers, prices and reviews are invented, and no citizen
    is to find them.
    """
    loaded = _examples() if STAGE() == LOCAL else _drafts()
    listing().export()
    return loaded


def _drafts() -> dict[str, int]:
    publishing = shipping()
    return {each.facts.code: publishing.draft(*each) for each in shipped() if promulgator_of(each.facts)}


def _examples() -> dict[str, int]:
    keeping, publishing = administration(), shipping()
    for agency in shipped_agencies():
        keeping.ship(SHIPPED, agency.id, agency.entries)
    return {each.facts.code: publishing.publish(*each) for each in examples()}
