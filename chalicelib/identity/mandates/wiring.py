"""Use cases of mandates over their store."""

from chalicelib.identity.mandates.evidence import Proving
from chalicelib.identity.mandates.files import EvidenceFiles
from chalicelib.identity.mandates.offers import Offers
from chalicelib.identity.mandates.service import Settling
from chalicelib.identity.mandates.store import MandateTable
from chalicelib.kernel.clock import utc_now


def offers() -> Offers:
    """The use cases of the side that offers."""
    return Offers(MandateTable(), utc_now)


def proving() -> Proving:
    """The use cases of the file that proves a form."""
    return Proving(MandateTable(), EvidenceFiles(), utc_now)


def settling() -> Settling:
    """The use cases of both sides."""
    return Settling(MandateTable(), utc_now)
