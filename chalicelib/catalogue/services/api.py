"""Routes of everybody: find a service, read its six facts, its papers, its form; take the whole as open data."""

from typing import Final

from chalice import Blueprint

from chalicelib.catalogue.services import owed, papers, wire
from chalicelib.catalogue.services.checklist import Asked
from chalicelib.catalogue.services.listing import EXPORT
from chalicelib.catalogue.services.paper_views import checklist_view
from chalicelib.catalogue.services.reckoned import reckoned
from chalicelib.catalogue.services.search import Facets, Filters, nameless
from chalicelib.catalogue.services.views import fee_answer, row_view, service_view
from chalicelib.catalogue.services.wiring import reader
from chalicelib.catalogue.settings import EXPORTS, TABLE
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel import log
from chalicelib.kernel.endpoint import Api, Call, Reply
from chalicelib.kernel.paging import offset_cursor, offset_of
from chalicelib.law.fees import Filing

bp = Blueprint(__name__)
api = Api(bp, identity_authorize, needs=(TABLE, EXPORTS))
PUBLIC: Final = "public, max-age=60"
FACETS: Final = ("kind", "level", "field", "subject", "life_event", "promulgator", "area")
SHOWN_FACETS: Final = 50
"""Values of a facet: fields and subjects are many, and the rare ones help nobody to choose."""


def _filters(asked: wire.ServiceQuery) -> Filters:
    offered = {"true": True, "false": False}.get(asked.offered)
    whose = {"promulgator": asked.promulgator, "area": asked.area}
    return Filters(
        asked.life_event, asked.field, asked.agency, asked.subject, asked.level, asked.kind, offered, **whose
    )


@api.route("GET", "/v1/services", act=None, answer=wire.ServiceList, query=wire.ServiceQuery, cache=PUBLIC)
def find_services(call: Call) -> Reply:
    """Find services in plain words, with or without diacritics, by what and whose they are; one name is one row."""
    asked: wire.ServiceQuery = call.asked
    offset, limit = offset_of(asked.cursor), asked.limit
    page, facets, as_of = reader().search(asked.q, _filters(asked), offset, limit, asked.province)
    nothing = bool(asked.q.strip()) and page.total == 0
    if nothing:
        note_unfound(asked.q)
    shown = {name: list(getattr(facets, name).items())[:SHOWN_FACETS] for name in FACETS}
    view = wire.ServiceList(
        total=page.total,
        services=[row_view(hit, facets.names.area) for hit in page.hits],
        nothing_fits=wire.NothingFits() if nothing else None,
        facets={name: [_facet(name, each, facets) for each in values] for name, values in shown.items()},
        next=offset_cursor(offset + limit) if offset + limit < page.total else None,
        as_of=as_of,
    )
    return Reply(view)


def _facet(name: str, counted: tuple[str, int], facets: Facets) -> wire.Facet:
    value, count = counted
    called = getattr(facets.names, name, {})
    return wire.Facet(value=value, count=count, name_vi=called.get(value))


def note_unfound(text: str) -> None:
    """Log what found nothing, for whoever keeps the word lists: some words, without the person or the request."""
    log.note("nothing fits", words=nameless(text))


SERVICE: Final = "/v1/services/{code}"


@api.route("GET", SERVICE, act=None, answer=wire.ServiceView, query=wire.PlaceQuery, cache=PUBLIC)
def read_service(call: Call) -> Reply:
    """Read the six facts of a service: papers, fee, time, level, who decides, how to appeal; and my counter."""
    asked: wire.PlaceQuery = call.asked
    service = reader().read(call.path["code"])
    return Reply(service_view(service, reader().counters(service.facts.code, asked.province, asked.agency)))


CHECKLIST: Final = "/v1/services/{code}/checklist"


@api.route("GET", CHECKLIST, act=None, answer=papers.Checklist, query=papers.ChecklistQuery, cache=PUBLIC)
def read_checklist(call: Call) -> Reply:
    """Read the papers that apply to me, by my case, my channel and my answers, and why each other one does not."""
    asked: papers.ChecklistQuery = call.asked
    code, said = call.path["code"], Asked(asked.case, asked.channel, asked.answers or {})
    return Reply(checklist_view(code, asked.case, reader().checklist(code, said)))


@api.route("GET", "/v1/services/{code}/fee", act=None, answer=owed.FeeAnswer, query=owed.FeeQuery, cache=PUBLIC)
def read_fee(call: Call) -> Reply:
    """Reckon what a filing costs: where, how and when, by whom and for how many; unknown with its reason."""
    asked: owed.FeeQuery = call.asked
    services = reader()
    service = services.read(call.path["code"], asked.on)
    filing = Filing(
        procedure=service.facts.code,
        name_vi=service.facts.name_vi,
        channel=asked.channel,
        on=services.day(asked.on),
        province=asked.province,
        payer=None if asked.payer == "none" else asked.payer,
        is_payer_said=asked.payer is not None,
        has_papers=asked.papers == "true",
        quantity=asked.quantity,
        value=asked.value,
        capital=asked.capital,
    )
    return Reply(fee_answer(service, reckoned(service.facts, filing)))


@api.route("GET", "/v1/services/{code}/form", act=None, answer=wire.FormView, cache=PUBLIC)
def read_form(call: Call) -> Reply:
    """Read the interactive form of a service: JSON Schema 2020-12, pages and labels, rules."""
    service = reader().read(call.path["code"])
    version = service.version.version if service.version else None
    return Reply(wire.FormView(code=service.facts.code, version=version, document=dict(service.form)))


@api.route("GET", "/v1/catalogue/export", act=None, answer=wire.ExportView)
def export_catalogue(_call: Call) -> Reply:
    """Take the whole catalogue as open data: JSON lines, gzip, one service a line."""
    pointer, url = reader().export(EXPORT)
    return Reply(wire.ExportView(url=url, sha256=pointer.sha256, count=pointer.count, as_of=pointer.as_of))
