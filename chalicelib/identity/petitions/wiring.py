"""The use cases over DynamoDB."""

from chalicelib.identity.petitions.erasing import ListedErasures, Restored
from chalicelib.identity.petitions.erasure import Erasing
from chalicelib.identity.petitions.filing import Filings
from chalicelib.identity.petitions.handling import Handling
from chalicelib.identity.petitions.retracting import ListedRetractions, PublicAgain
from chalicelib.identity.petitions.store import PetitionTable
from chalicelib.identity.petitions.watching import Watch
from chalicelib.kernel.clock import utc_now


def filings() -> Filings:
    """The use cases of who files, with the world's clock."""
    return Filings(PetitionTable(), utc_now)


def handling() -> Handling:
    """The use cases of officers, with the world's clock."""
    return Handling(PetitionTable(), utc_now, ListedRetractions())


def erasing() -> Erasing:
    """The use cases of officers who erase, with the world's clock."""
    return Erasing(handling(), ListedErasures())


def restored() -> Restored:
    """The use case of whoever restored tables."""
    return Restored(PetitionTable(), ListedErasures(), utc_now)


def public_again() -> PublicAgain:
    """The use case of whoever restored tables, of what was taken back from the public."""
    return PublicAgain(PetitionTable(), ListedRetractions(), utc_now)


def watch() -> Watch:
    """The use cases of the clock."""
    return Watch(PetitionTable(), utc_now)
