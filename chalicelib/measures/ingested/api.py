"""Routes of figures that other systems report: send them, drop a file of them, look at what came."""

import msgspec
from chalice import Blueprint

from chalicelib.dossier.needs import DOSSIERS
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.kernel.paging import PAGE, offset_of
from chalicelib.kernel.settings import SECRET
from chalicelib.measures.ingested import acts, wire
from chalicelib.measures.ingested.dialects import LARGEST, rows_of
from chalicelib.measures.ingested.dropping import Head
from chalicelib.measures.ingested.model import Given
from chalicelib.measures.ingested.store import INTAKE_BUCKET
from chalicelib.measures.ingested.views import arrival_view, batch_view, row_view
from chalicelib.measures.ingested.wiring import dropping, ingestion
from chalicelib.measures.rows import TABLE
from chalicelib.measures.views import report_view

bp = Blueprint(__name__)
api = Api(
    bp,
    identity_authorize,
    needs=(TABLE, DOSSIERS, SECRET, INTAKE_BUCKET),
    known_as=lambda who: as_enrolled(who, utc_now()),
)
OK = 200


@api.route("POST", "/v1/figures", act=acts.SEND, body=wire.SendFigures, answer=wire.FigureBatch, status=201)
def send_figures(call: Call) -> Reply:
    """Send figures of a system of my agency, of itself and those below it: the same batch again changes nothing."""
    body: wire.SendFigures = call.body
    rows = rows_of(body.dialect, body.rows)
    given = Given(call.principal.agency, body.system, body.dialect, body.version, body.period, rows)
    taken = ingestion().take(given, "api")
    return Reply(batch_view(taken), status=0 if taken.is_new else OK)


@api.route("GET", "/v1/figures", act=acts.READ, answer=wire.ArrivalPage, query=wire.ArrivalQuery)
def list_figures(call: Call) -> wire.ArrivalPage:
    """List what became of the batches and files of my agency's systems, the newest first."""
    found, following = ingestion().arrived(call.principal, call.asked.cursor)
    return wire.ArrivalPage(arrivals=[arrival_view(each) for each in found], next=following)


@api.route("POST", "/v1/figures/drops", act=acts.SEND, body=wire.DropFigures, answer=wire.FigureTicket, status=201)
def drop_figures(call: Call) -> wire.FigureTicket:
    """Get a form by which one file of figures is put into my agency's folder."""
    body: wire.DropFigures = call.body
    head = Head(call.principal.agency, body.system, body.dialect, body.version, body.period)
    post, key = dropping().admit(call.principal, head, body.file)
    return wire.FigureTicket(post=wire.FigureForm(url=post.url, fields=post.fields), key=key, max_bytes=LARGEST)


@api.route("GET", "/v1/figures/versions", act=acts.READ, answer=wire.VersionList, query=wire.VersionQuery)
def list_versions(call: Call) -> wire.VersionList:
    """List every version of what was reported of my agency or one below it: a correction replaces, and none is lost."""
    asked: wire.VersionQuery = call.asked
    found, following = ingestion().versions(call.principal, asked.unit, asked.period, asked.cursor)
    return wire.VersionList(versions=[report_view(each) for each in found], next=following)


@api.route("GET", "/v1/figures/{batch}/rows", act=acts.READ, answer=wire.RowPage, query=wire.RowQuery)
def open_figures(call: Call) -> wire.RowPage:
    """Open reported figures down to the rows that they are made of: those alone of my agency and those below it."""
    asked: wire.RowQuery = call.asked
    found = ingestion().rows(call.principal, _batch(call), asked.unit, (offset_of(asked.cursor), PAGE))
    return row_view(found)


class _Place(msgspec.Struct, frozen=True):
    """What the path names: a batch."""

    batch: str


def _batch(call: Call) -> str:
    return msgspec.convert(call.path, _Place).batch
