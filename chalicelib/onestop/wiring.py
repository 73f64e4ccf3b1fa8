"""The one-stop use cases over DynamoDB and Step Functions."""

from chalicelib.dossier.owed import ORIGINALS
from chalicelib.kernel.clock import utc_now
from chalicelib.onestop.bundles.following import Following
from chalicelib.onestop.bundles.opening import Opening
from chalicelib.onestop.bundles.reaching import Reaching
from chalicelib.onestop.bundles.reception import BundleReception
from chalicelib.onestop.desk import Desk
from chalicelib.onestop.duplicates import Duplicates
from chalicelib.onestop.erasure import Erasures
from chalicelib.onestop.flow import Flow
from chalicelib.onestop.legs.opening import Opening as LegOpening
from chalicelib.onestop.outcomes.beginning import Beginning
from chalicelib.onestop.outcomes.receive import Receive
from chalicelib.onestop.recall import RecallNotice
from chalicelib.onestop.recourse import Recourse
from chalicelib.onestop.resume import Resumption, TakeUp
from chalicelib.onestop.store import Previews, SealedContent, Signers, StepFunctions, Table
from chalicelib.onestop.supplement.answering import Answers
from chalicelib.onestop.sweep import Sweep
from chalicelib.onestop.unheld import Unheld
from chalicelib.onestop.unreturned import Unreturned
from chalicelib.onestop.views import Views
from chalicelib.onestop.windows import windows


def views() -> Views:
    """The use cases of whoever reads, with the world's clock."""
    return Views(Table(), utc_now)


def desk() -> Desk:
    """The use cases of officers."""
    return Desk(Table(), views(), Signers(), Previews(), utc_now)


def duplicates() -> Duplicates:
    """The use case of reception before it accepts."""
    return Duplicates(Table(), views())


def answers() -> Answers:
    """The use cases of whoever has to supplement a dossier."""
    return Answers(Table(), views(), utc_now)


def flow() -> Flow:
    """The use cases of the flow."""
    return Flow(Table(), StepFunctions(), utc_now)


def recall_notice() -> RecallNotice:
    """The use case of whoever hears that a paper was withdrawn."""
    return RecallNotice(Table(), utc_now)


def opening() -> Opening:
    """The use case of a bundle's driver."""
    return Opening(Table(), StepFunctions(), utc_now)


def bundle_reception() -> BundleReception:
    """The use case of the portal that receives a bundle."""
    table = Table()
    return BundleReception(
        table,
        Receive(table.next_serial, table.areas_of, Signers(), Beginning(LegOpening(table.office))),
        flow().start,
        utc_now,
    )


def following() -> Following:
    """The use case of whoever hears that a child moved."""
    return Following(Table(), utc_now)


def reaching() -> Reaching:
    """The use cases of whoever hears what became of a bundle's withdrawal."""
    return Reaching(Table(), following(), opening(), utc_now)


def sweep() -> Sweep:
    """The use case of the schedule."""
    table = Table()
    unheld, recourse = Unheld(table, utc_now), Recourse(table, utc_now)
    return Sweep(table, utc_now, windows(table), {ORIGINALS: Unreturned(table, utc_now).tell}, unheld, recourse.look)


def take_up() -> TakeUp:
    """The use case of the schedule for flows that ended badly."""
    return TakeUp(resumption())


def resumption() -> Resumption:
    """The use case of whoever operates the service."""
    return Resumption(Table(), StepFunctions(), utc_now)


def erasures() -> Erasures:
    """The use case of whoever may erase, and of whoever restored tables."""
    return Erasures(Table(), SealedContent(), StepFunctions(), utc_now)
