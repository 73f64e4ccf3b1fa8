"""What the one-stop flow hears from the bus, and from the clock."""

from dataclasses import asdict

from chalice import Blueprint

from chalicelib.contracts.bundles import ChildMoved
from chalicelib.contracts.delivery import DeliverySettled
from chalicelib.contracts.event import Event
from chalicelib.contracts.lifecycle import DossierRefused, DossierStopped, PaymentRecorded, WithdrawalRefused
from chalicelib.contracts.messages import PaperWithdrawalProposed, PaperWithdrawn, ResultSigned, ResultUnprintable
from chalicelib.contracts.onestop import LegCompleted
from chalicelib.contracts.submission import DossierSubmitted
from chalicelib.contracts.vault import VaultStored
from chalicelib.dossier.needs import DOSSIERS, KNOWN_FROM
from chalicelib.kernel import log
from chalicelib.kernel.worker import Heard, Tick, called, hears
from chalicelib.onestop.store import MACHINE, MESSAGES_BUCKET
from chalicelib.onestop.tasks.wiring import hand_over
from chalicelib.onestop.wiring import bundle_reception, flow, following, reaching, recall_notice, sweep, take_up
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)


@hears(
    bp,
    "onestop_report_leg",
    LegCompleted,
    WithdrawalRefused,
    DossierRefused,
    PaymentRecorded,
    DossierStopped,
    needs=(DOSSIERS, *SEALING),
)
def onestop_report_leg(heard: Heard[Event]) -> None:
    """A leg is done, or came to nothing as the dossier ended, or the dossier goes on: its driver is told.

    By the outbox and never by the request; a driver that is gone is done without. A bundle's end reaches its children.
    """
    match heard.event:
        case LegCompleted() as event:
            flow().report_leg(heard.subject, event.leg)
        case DossierRefused() | DossierStopped():
            if (ended := flow().release(heard.subject)) and ended.plan.is_bundle:
                reaching().stop(ended)
        case WithdrawalRefused():
            reaching().go_on(heard.subject)
            flow().go_on(heard.subject)
        case PaymentRecorded():
            flow().go_on(heard.subject)


@hears(bp, "onestop_drive_bundle", DossierSubmitted, ChildMoved, needs=(DOSSIERS, MACHINE, MESSAGES_BUCKET, *SEALING))
def onestop_drive_bundle(heard: Heard[DossierSubmitted | ChildMoved]) -> None:
    """The portal receives a bundle, and its driver starts; or a child came to a state that its parent waits for.

    The rule brings no other dossier.
    """
    match heard.event:
        case ChildMoved() as moved:
            following().follow(moved)
        case submitted if submitted.is_bundle:
            bundle_reception().receive(submitted)


@hears(
    bp,
    "onestop_record_result",
    ResultSigned,
    ResultUnprintable,
    PaperWithdrawn,
    PaperWithdrawalProposed,
    needs=(DOSSIERS,),
)
def onestop_record_result(heard: Heard[Event]) -> None:
    """A result was signed, or cannot even be printed; or its agency withdrew a paper of the dossier."""
    match heard.event:
        case ResultSigned() as signed:
            flow().record_result(signed)
        case ResultUnprintable() as told:
            flow().hold(told)
        case PaperWithdrawn() as withdrawn:
            recall_notice().tell(withdrawn)
        case PaperWithdrawalProposed() as proposed:
            recall_notice().note(proposed)


@hears(bp, "onestop_record_delivery", VaultStored, DeliverySettled, needs=(DOSSIERS,))
def onestop_record_delivery(heard: Heard[VaultStored | DeliverySettled]) -> None:
    """A result reached the vault, or another destination."""
    match heard.event:
        case VaultStored() as stored:
            flow().record_delivery(stored)
        case DeliverySettled() as settled:
            flow().record_settled(settled)


@called(bp, "onestop_sweep", Tick, needs=(DOSSIERS, KNOWN_FROM, MACHINE, *SEALING))
def onestop_sweep(_: Tick) -> dict[str, int]:
    """Every few minutes what is overdue is marked, what lapsed ends, what somebody left is handed over, flows go on.

    No news of it is an alarm.
    """
    done, handed, flows = sweep().run(), hand_over().run(), take_up().run()
    log.measure(
        SweepRan=1,
        TasksOverdue=done.overdue,
        ApologiesOwed=done.apologies,
        ReceptionsOverdue=done.receptions,
        SupplementsLapsed=done.lapsed,
        SweepNotices=done.told,
        BundleTimesMissed=done.missed,
        SweepFailures=done.failed,
        AgenciesSwept=done.agencies,
        AgenciesLeft=done.left,
        FlowsResumed=flows.resumed,
        FlowsLeft=flows.left,
        FlowFailures=flows.failed,
        TasksHandedOver=handed.tasks,
        HandOverFailures=handed.failed,
    )
    return asdict(done) | {"resumed": flows.resumed, "handed_over": handed.tasks}
