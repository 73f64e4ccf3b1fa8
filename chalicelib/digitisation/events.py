"""What digitisation hears: objects from S3, components and signed files from the bus."""

from typing import Final

from chalice import Blueprint

from chalicelib.contracts.digitisation import (
    ComponentReceived,
    ComponentRejected,
)
from chalicelib.contracts.lifecycle import DossierSupplemented
from chalicelib.contracts.messages import CopySigned, MessageConverted, SignatureRefused
from chalicelib.contracts.reviews import (
    ReviewClosed,
)
from chalicelib.digitisation.arrivals import ObjectCreated
from chalicelib.digitisation.settings import (
    INTAKE_BUCKET,
    MACHINE,
    MALWARE_SCAN,
    MESSAGES_BUCKET,
    MESSAGES_TABLE,
    PUBLIC_URL,
)
from chalicelib.digitisation.wiring import driving, intake, paper_steps
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.kernel.worker import Heard, called, hears
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
RECORDS: Final = (DOSSIERS, MESSAGES_TABLE)
PAPERS: Final = (*RECORDS, INTAKE_BUCKET, MESSAGES_BUCKET)


@called(bp, "digitisation_take_in", ObjectCreated, needs=(*PAPERS, MALWARE_SCAN))
def digitisation_take_in(created: ObjectCreated) -> None:
    """An object was created in the intake bucket, or was scanned."""
    intake().take_in(*created.place, created.scan)


@hears(bp, "digitisation_make_copy", ComponentReceived, DossierSupplemented, needs=(*PAPERS, MACHINE))
def digitisation_make_copy(heard: Heard[ComponentReceived | DossierSupplemented]) -> None:
    """A component was received; or a supplement brought some anew, and the former ones are left off."""
    match heard.event:
        case ComponentReceived() as received:
            paper_steps().make_copy(received)
        case DossierSupplemented() as supplemented:
            paper_steps().leave_off(supplemented)


@hears(bp, "digitisation_read_copy", CopySigned, ReviewClosed, needs=(*PAPERS, *SEALING, PUBLIC_URL))
def digitisation_read_copy(heard: Heard[CopySigned | ReviewClosed]) -> None:
    """A copy was signed by its officer; or what was read on it was looked at. The machine is told before and after."""
    match heard.event:
        case CopySigned() as signed:
            driving().report(signed.reference, signed.component, signed=True)
            paper_steps().read_copy(signed)
            driving().report(signed.reference, signed.component)
        case ReviewClosed() as closed:
            driving().report(closed.reference, closed.component)
            paper_steps().convert_reviewed(closed)


@hears(bp, "digitisation_take_back", SignatureRefused, needs=(MESSAGES_TABLE,))
def digitisation_take_back(heard: Heard[SignatureRefused]) -> None:
    """A signature that was ordered will never be."""
    paper_steps().take_back(heard.event)


@hears(bp, "digitisation_settle_component", MessageConverted, ComponentRejected, needs=RECORDS)
def digitisation_settle_component(heard: Heard[MessageConverted | ComponentRejected]) -> None:
    """A data message was signed by the agency, or a paper was rejected: the machine that waits is told."""
    match heard.event:
        case MessageConverted() as message:
            paper_steps().settle_component(message)
            driving().report(message.reference, message.component)
        case ComponentRejected() as rejected:
            driving().report(rejected.reference, rejected.component)
