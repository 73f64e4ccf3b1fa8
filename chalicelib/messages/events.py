"""What the messages hear from the bus."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from chalice import Blueprint
from msgspec.structs import asdict

from chalicelib.contracts.digitisation import SignatureOrdered
from chalicelib.contracts.event import Event
from chalicelib.contracts.lifecycle import (
    DossierRefused,
    DossierStopped,
    DossierSupplemented,
    Papered,
    SupplementRequested,
    TermExtended,
)
from chalicelib.contracts.messages import PaperOrdered
from chalicelib.contracts.onestop import DossierAccepted, DossierDecided
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.kernel import log
from chalicelib.kernel.clock import Clock, moment, utc_now
from chalicelib.kernel.settings import SECRET
from chalicelib.kernel.worker import Heard, Tick, called, hears
from chalicelib.messages.settings import (
    BUCKET,
    KEYS_FOLDER,
    LOCK_MODE,
    PUBLIC_URL,
    REMOTE,
    RETAIN_YEARS,
    SIGNATURE_LEVEL,
    STAMP_DAYS,
    TABLE,
    TIMESTAMP_URL,
)
from chalicelib.messages.wiring import previews, printer, publisher, signatures, stampings
from chalicelib.sealing.table import SEALING

bp = Blueprint(__name__)
SIGNING: Final = (TABLE, BUCKET, KEYS_FOLDER, TIMESTAMP_URL, SIGNATURE_LEVEL, *REMOTE, DOSSIERS)
ISSUING: Final = (*SIGNING, *SEALING, PUBLIC_URL, RETAIN_YEARS, LOCK_MODE)


@contextmanager
def _waits(heard: Heard[Event], now: Clock = utc_now) -> Iterator[None]:
    """A try that fails counts the seconds for which its paper has waited: whoever watches hears of the oldest."""
    try:
        yield
    except Exception:
        log.measure(SignatureWaits=int((now() - moment(heard.time)).total_seconds()))
        raise


@hears(
    bp,
    "messages_issue_paper",
    DossierAccepted,
    DossierDecided,
    DossierSupplemented,
    SupplementRequested,
    DossierRefused,
    TermExtended,
    DossierStopped,
    PaperOrdered,
    needs=ISSUING,
)
def messages_issue_paper(heard: Heard[Event]) -> None:
    """An accepted dossier has its result drawn and its receipt signed, a decided one its result, any other its form.

    A supplement may have corrected what the result says: it is drawn again.
    """
    with _waits(heard):
        match heard.event:
            case DossierAccepted() as accepted:
                previews().draw(accepted)
                publisher().issue_receipt(accepted)
            case DossierSupplemented() as supplemented:
                previews().draw(supplemented)
            case DossierDecided(paper=str()):
                pass  # it is signed
            case DossierDecided() as decided:
                publisher().issue_result(decided)
            case Papered() as told:
                publisher().issue_form(told)
            case PaperOrdered() as order:
                printer().carry_out(order)


@hears(bp, "messages_sign_copy", SignatureOrdered, needs=(*SIGNING, SECRET))
def messages_sign_copy(heard: Heard[SignatureOrdered]) -> None:
    """A signature was ordered: an officer's on a copy, or the agency's on a data message; it is made, or refused."""
    with _waits(heard):
        signatures().sign(heard.event, heard.id)


@called(
    bp,
    "messages_stamp_again",
    Tick,
    needs=(TABLE, BUCKET, KEYS_FOLDER, TIMESTAMP_URL, SIGNATURE_LEVEL, STAMP_DAYS, LOCK_MODE),
)
def messages_stamp_again(_: Tick) -> dict[str, int | None]:
    """Every day papers get a timestamp whose last one ends soon, and signers' certificates are counted down."""
    done = stampings().run()
    log.measure(PapersStamped=done.stamped, StampFailures=done.failed, StampsLeft=done.left)
    if done.signer_days is not None:
        log.measure(SignerDaysLeft=done.signer_days)
    return asdict(done)
