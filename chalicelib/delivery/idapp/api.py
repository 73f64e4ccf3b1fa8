"""Routes of papers in the national ID app: of their owner, and of the agency that has to put one right."""

from typing import Final

import msgspec
from chalice import Blueprint

from chalicelib.delivery import acts
from chalicelib.delivery.idapp import wire
from chalicelib.delivery.idapp.integrating import times_of
from chalicelib.delivery.idapp.model import due_by, is_late
from chalicelib.delivery.idapp.service import Wish
from chalicelib.delivery.idapp.wiring import showing
from chalicelib.delivery.store import IDENTITY
from chalicelib.dossier.integrated import AppPaper
from chalicelib.dossier.integrating import ID_APP
from chalicelib.dossier.needs import DOSSIERS, KNOWN_FROM
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said, stamp, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.kernel.settings import SECRET

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(DOSSIERS, KNOWN_FROM, IDENTITY, ID_APP, SECRET),
    known_as=lambda who: as_enrolled(who, utc_now()),
)
MINE: Final = "/v1/me/app/papers"
ALL: Final = "/v1/app/papers"


class Place(msgspec.Struct, frozen=True):
    """What the path names: a document of one's own, or a paper by its name at the app."""

    document: str = ""
    paper: str = ""


def _place(call: Call) -> Place:
    return msgspec.convert(call.path, Place)


def _view(paper: AppPaper) -> wire.AppPaperView:
    held, times = paper.paper, times_of(paper)
    end = due_by(paper, times)
    return wire.AppPaperView(
        id=paper.id,
        document=held.document,
        title=held.title,
        kind=held.kind,
        agency=held.agency,
        progress=paper.progress,
        showing=paper.shown,
        revision=paper.revision,
        told_revision=paper.told,
        integrate_by=said(stamp(end)) if end else None,
        overdue=is_late(paper, times, utc_now()),
        integrated_at=said(paper.integrated_at),
        by_hand=paper.by_hand_at is not None,
        next_at=said(paper.due_at),
        parked_at=said(paper.parked_at),
        why=paper.why,
        attempts=[
            wire.AppTryView(
                begun_at=said(each.begun_at) or "",
                revision=each.revision,
                ended_at=said(each.ended_at),
                outcome=each.outcome,
            )
            for each in paper.attempts
        ],
    )


def _wish(call: Call) -> Wish:
    return Wish(call.principal, call.key, call.raw)


@api.route("GET", MINE, act=acts.READ_APP, answer=wire.MyAppPapers, query=wire.AppPapersQuery)
def list_app_papers(call: Call) -> wire.MyAppPapers:
    """List my papers that the national ID app is told of, and how far each is."""
    found = showing().mine(call.principal, call.asked.cursor)
    return wire.MyAppPapers(papers=[_view(each) for each in found.shown], withheld=found.withheld, next=found.following)


@api.route("POST", f"{MINE}/{{document}}/showing", act=acts.SHOW, body=wire.ShowPaper, answer=wire.AppPaperView)
def show_paper(call: Call) -> wire.AppPaperView:
    """Have a paper of my vault shown in the national ID app."""
    return _view(showing().show(_wish(call), _place(call).document))


@api.route("POST", f"{MINE}/{{document}}/withdrawal", act=acts.SHOW, body=wire.HidePaper, answer=wire.AppPaperView)
def hide_paper(call: Call) -> wire.AppPaperView:
    """Have a paper of my vault shown in the national ID app no more."""
    return _view(showing().hide(_wish(call), _place(call).document))


@api.route("GET", ALL, act=acts.UNINTEGRATED, answer=wire.TroubledAppPapers, query=wire.AppPapersQuery)
def list_unintegrated(call: Call) -> wire.TroubledAppPapers:
    """List papers of my agencies that the national ID app should have and has not: late, or parked."""
    found, following = showing().troubled(call.principal, call.asked.cursor)
    return wire.TroubledAppPapers(papers=[_view(each) for each in found], next=following)


@api.route("POST", f"{ALL}/{{paper}}/retry", act=acts.UNINTEGRATED, body=wire.IntegrateAgain, answer=wire.AppPaperView)
def integrate_again(call: Call) -> wire.AppPaperView:
    """Have the national ID app told again of a paper that was parked."""
    return _view(showing().again(_wish(call), _place(call).paper))


@api.route("POST", f"{ALL}/{{paper}}/hand", act=acts.UNINTEGRATED, body=wire.IntegratedByHand, answer=wire.AppPaperView)
def integrate_by_hand(call: Call) -> wire.AppPaperView:
    """Note that a parked paper was put into the national ID app by hand."""
    return _view(showing().by_hand(_wish(call), _place(call).paper))
