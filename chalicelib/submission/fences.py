"""What a submission's own transaction asks of other rooms, and what is told where it was lost."""

from chalicelib.dossier.filing import ENDED
from chalicelib.dossier.offered import OfferedPlan
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.refusals import ProcedureClosed, RepresentationEnded
from chalicelib.kernel import aws
from chalicelib.submission.model import fallen_away
from chalicelib.submission.refusals import DocumentNotReusable


def require_standing(draft: Dossier, lost: aws.Lost) -> None:
    """Raise DocumentNotReusable, RepresentationEnded for a fence that was lost."""
    if gone := fallen_away(draft, lost.parts):
        raise DocumentNotReusable(document=gone[0], documents=gone) from None
    if lost.parts & ENDED and draft.head.acting:
        raise RepresentationEnded(representation=draft.head.acting.under) from None


def closed(draft: Dossier, offer: OfferedPlan | None) -> ProcedureClosed:
    """The draft's version is closed; `offer` is what is in force, if anything is."""
    plan = draft.plan
    successor = offer.plan.version if offer and offer.plan.version != plan.version else None
    renewal = f"/v1/drafts/{draft.reference}/renewal" if successor else None
    return ProcedureClosed(procedure=plan.procedure, version=plan.version, successor=successor, renewal=renewal)
