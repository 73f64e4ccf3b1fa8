"""Routes of papers that the national e-data store holds: look them up, take one. Each look-up leaves a line."""

from chalice import Blueprint

from chalicelib.dossier.needs import DOSSIERS
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.ledger.table import TABLE as LEDGERS
from chalicelib.sealing.table import SEALING
from chalicelib.submission import acts
from chalicelib.submission.estore import wire
from chalicelib.submission.estore.model import HeldPaper, Sought
from chalicelib.submission.estore.settings import KEY, STORE
from chalicelib.submission.estore.wiring import national_papers
from chalicelib.submission.store import BUCKET, DRAFT_DAYS, PLANS_BY_HASH, REPRESENTATIONS

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(DOSSIERS, REPRESENTATIONS, BUCKET, *SEALING, DRAFT_DAYS, PLANS_BY_HASH, LEDGERS, STORE, KEY),
)


def _named(call: Call) -> str:
    """The reference of the draft that the path names."""
    (reference,) = call.path.values()
    return reference


def _view(paper: HeldPaper) -> wire.HeldPaperView:
    return wire.HeldPaperView(
        component=paper.kind,
        title=paper.title,
        number=paper.number,
        issuer=paper.issuer,
        files=[wire.HeldFileView(id=paper.name_of(each), name=each.name) for each in paper.files],
    )


@api.route(
    "POST",
    "/v1/drafts/{reference}/lookups",
    act=acts.LOOK_UP,
    body=wire.LookUpPapers,
    answer=wire.LookUpView,
)
def look_up_papers(call: Call) -> wire.LookUpView:
    """Look up which components of a draft the national e-data store holds already, before I upload them."""
    body: wire.LookUpPapers = call.body
    wanted = [Sought(each.component, each.number) for each in body.papers]
    found = national_papers().look_up(call.principal, _named(call), wanted)
    return wire.LookUpView(
        is_answered=found.reason is None,
        reason=found.reason,
        papers=[_view(each) for each in found.papers],
        asked_at=said(found.asked_at) or "",
    )


@api.route(
    "POST",
    "/v1/drafts/{reference}/lookups/files",
    act=acts.LOOK_UP,
    body=wire.TakePaper,
    answer=wire.TakenView,
    status=201,
)
def take_paper(call: Call) -> Reply:
    """Satisfy a component by a file that the national e-data store holds: nobody uploads what is held already."""
    body: wire.TakePaper = call.body
    sought = Sought(body.component, body.number)
    taken = national_papers().take(call.principal, _named(call), sought, body.file)
    return Reply(wire.TakenView(upload=taken.id, component=taken.component, status=taken.status))
