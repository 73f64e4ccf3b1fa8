"""The use cases that change a dossier's course, over DynamoDB."""

from chalicelib.kernel.clock import utc_now
from chalicelib.onestop.changes.correction import Corrections
from chalicelib.onestop.changes.extension import Extensions
from chalicelib.onestop.changes.keyed import Acts
from chalicelib.onestop.changes.objection import Objections
from chalicelib.onestop.changes.payment import Payments
from chalicelib.onestop.changes.recount import Recounts
from chalicelib.onestop.changes.upstream import Upstream
from chalicelib.onestop.changes.withdrawal import Withdrawals
from chalicelib.onestop.store import Table
from chalicelib.onestop.views import Views


def acts() -> Acts:
    """What every act shares, with the world's clock."""
    return Acts(Table(), Views(Table(), utc_now), utc_now)


def payments() -> Payments:
    """The use cases of officers who ask for payments."""
    return Payments(acts())


def corrections() -> Corrections:
    """The use case of the agency that erred."""
    return Corrections(acts())


def extensions() -> Extensions:
    """The use case of the leader who apologises."""
    return Extensions(acts())


def upstream() -> Upstream:
    """The use case of the agency that cannot rest on an earlier result."""
    return Upstream(acts())


def recounts() -> Recounts:
    """The use cases of whoever operates the service, for due dates."""
    return Recounts(Table(), utc_now)


def objections() -> Objections:
    """The use case of the applicant who objects."""
    return Objections(acts())


def withdrawals() -> Withdrawals:
    """The use case of the applicant who withdraws."""
    return Withdrawals(acts())
