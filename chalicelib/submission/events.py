"""What the submission hears: the catalogue's publications become what may be filed; the clock ends drafts."""

from chalice import Blueprint
from msgspec.structs import asdict

from chalicelib.contracts.catalogue import AgencyPublished, ProcedurePublished, ProcedureWithdrawn
from chalicelib.contracts.data_requests import (
    DataRequestAnswered,
    DataRequestDueSoon,
    DataRequestEnded,
    DataRequestExtended,
    DataRequestOverdue,
)
from chalicelib.contracts.event import Event
from chalicelib.contracts.identity import OfficerKept, PersonChanged, RepresentationKept
from chalicelib.contracts.vault import DocumentFlagged, DocumentKept, VaultStored
from chalicelib.dossier import acting, data_due, joined, kept, offered, staffed
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.kernel import log
from chalicelib.kernel.worker import Heard, Tick, called, hears
from chalicelib.submission.store import BUCKET, KEYS
from chalicelib.submission.wiring import expiry, reuses

bp = Blueprint(__name__)
type Published = AgencyPublished | ProcedurePublished | ProcedureWithdrawn


@hears(bp, "submission_hear_catalogue", AgencyPublished, ProcedurePublished, ProcedureWithdrawn, needs=(DOSSIERS,))
def submission_hear_catalogue(heard: Heard[Published]) -> None:
    """Keep the published procedure or agency; an older publication that comes late changes nothing."""
    match heard.event:
        case AgencyPublished() as agency:
            offered.remember_agency(agency, heard.time)
        case procedure:
            offered.remember_procedure(procedure, heard.time)


@hears(
    bp,
    "submission_hear_people",
    RepresentationKept,
    PersonChanged,
    OfficerKept,
    VaultStored,
    DocumentKept,
    DocumentFlagged,
    DataRequestDueSoon,
    DataRequestOverdue,
    DataRequestAnswered,
    DataRequestExtended,
    DataRequestEnded,
    needs=(DOSSIERS,),
)
def submission_hear_people(heard: Heard[Event]) -> None:
    """Keep who may act for whom, whose numbers are one's, whom an agency enrolled, what a person's vault holds.

    And of which request about personal data an agency has to see to. What is late changes nothing.
    """
    match heard.event:
        case VaultStored(paper=paper) | DocumentKept(paper=paper) | DocumentFlagged(paper=paper):
            if paper:  # a release before did not say it
                kept.remember_kept(paper, heard.time)
            if isinstance(heard.event, DocumentFlagged):
                reuses().fall_away(heard.event)
        case OfficerKept() as officer:
            staffed.remember_officer(officer)
        case RepresentationKept() as representation:
            acting.remember_representation(representation, heard.time)
        case PersonChanged() as changed:
            joined.remember_joined(changed, heard.time)
        case (
            DataRequestDueSoon()
            | DataRequestOverdue()
            | DataRequestAnswered()
            | DataRequestExtended()
            | DataRequestEnded() as told
        ):
            data_due.remember_data_request(told, heard.time)


@called(bp, "submission_sweep_drafts", Tick, needs=(DOSSIERS, BUCKET, KEYS))
def submission_sweep_drafts(_: Tick) -> dict[str, int]:
    """Every hour drafts end whose time is over. No news of it is an alarm."""
    done = expiry().run()
    log.measure(
        DraftSweepRan=1,
        DraftsExpired=done.expired,
        DraftFilesDeleted=done.files,
        DraftSweepFailures=done.failed,
        DraftSweepUnfinished=done.unfinished,
    )
    return asdict(done)
