"""What the submission hears: the catalogue's publications become what may be filed; the clock ends drafts."""

from dataclasses import asdict

from chalice import Blueprint

from chalicelib.contracts.catalogue import AgencyPublished, ProcedurePublished, ProcedureWithdrawn
from chalicelib.contracts.identity import OfficerKept, PersonChanged, RepresentationKept
from chalicelib.dossier import acting, joined, offered, staffed
from chalicelib.dossier.needs import DOSSIERS
from chalicelib.kernel import log
from chalicelib.kernel.worker import Heard, Tick, called, hears
from chalicelib.submission.store import BUCKET, KEYS
from chalicelib.submission.wiring import expiry

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


@hears(bp, "submission_hear_people", RepresentationKept, PersonChanged, OfficerKept, needs=(DOSSIERS,))
def submission_hear_people(heard: Heard[RepresentationKept | PersonChanged | OfficerKept]) -> None:
    """Keep who may act for whom, whose numbers are one's, whom an agency enrolled; what is late changes nothing."""
    match heard.event:
        case OfficerKept() as officer:
            staffed.remember_officer(officer)
        case RepresentationKept() as representation:
            acting.remember_representation(representation, heard.time)
        case changed:
            joined.remember_joined(changed, heard.time)


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
