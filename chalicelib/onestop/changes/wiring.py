"""The use cases that change a dossier's course, over DynamoDB."""

from chalicelib.kernel.clock import utc_now
from chalicelib.onestop.changes.keyed import Acts
from chalicelib.onestop.changes.withdrawal import Withdrawals
from chalicelib.onestop.store import Table
from chalicelib.onestop.views import Views


def acts() -> Acts:
    """What every act shares, with the world's clock."""
    return Acts(Table(), Views(Table(), utc_now), utc_now)


def withdrawals() -> Withdrawals:
    """The use case of the applicant who withdraws."""
    return Withdrawals(acts())
