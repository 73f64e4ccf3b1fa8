"""Routes of the measures: what the law publishes, what officers see of their own, the dossiers behind a count."""

from typing import Final

import msgspec
from chalice import Blueprint

from chalicelib.dossier.needs import DOSSIERS
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel.clock import said, utc_now
from chalicelib.kernel.endpoint import Api, Call
from chalicelib.kernel.paging import PAGE, offset_cursor, offset_of
from chalicelib.kernel.settings import SECRET
from chalicelib.law.findings import Rule
from chalicelib.measures import acts, wire
from chalicelib.measures.figures import Cut
from chalicelib.measures.finders import stated
from chalicelib.measures.model import Finding
from chalicelib.measures.rows import TABLE
from chalicelib.measures.service import Behind
from chalicelib.measures.views import cut_view, figures_view
from chalicelib.measures.wiring import findings, measures

bp = Blueprint(__name__)
api = Api(bp, identity_authorize, needs=(TABLE, DOSSIERS, SECRET), known_as=lambda who: as_enrolled(who, utc_now()))
PUBLIC: Final = "public, max-age=60"


@api.route("GET", "/v1/measures", act=None, answer=wire.Measures, query=wire.MeasureQuery, cache=PUBLIC)
def read_measures(call: Call) -> wire.Measures:
    """Read what the law publishes of an agency in a period: each figure with its numerator and denominator."""
    asked: wire.MeasureQuery = call.asked
    return figures_view(measures().published(asked.unit, asked.period, alone=asked.alone == "true"))


@api.route("GET", "/v1/measures/{unit}", act=acts.READ, answer=wire.CutMeasures, query=wire.CutQuery)
def read_own_measures(call: Call) -> wire.CutMeasures:
    """Read every count of my agency or one below it, cut by procedure, channel or party."""
    asked: wire.CutQuery = call.asked
    cut = Cut(asked.procedure, asked.channel, asked.party)
    found = measures().read(call.principal, _unit(call), asked.period, cut, alone=asked.alone == "true")
    return cut_view(found)


@api.route("GET", "/v1/measures/{unit}/dossiers", act=acts.OPEN, answer=wire.BehindPage, query=wire.BehindQuery)
def open_measure(call: Call) -> wire.BehindPage:
    """Open a count of an agency's own down to its dossiers: those alone that I may read."""
    asked: wire.BehindQuery = call.asked
    cut = Cut(asked.procedure, asked.channel, asked.party)
    page = (offset_of(asked.cursor), PAGE)
    found = measures().behind(call.principal, _unit(call), asked.period, cut, asked.count, page)
    return wire.BehindPage(
        dossiers=[_behind(each) for each in found.dossiers],
        withheld=found.withheld,
        next=None if found.next is None else offset_cursor(found.next),
    )


@api.route(
    "GET",
    "/v1/measures/{unit}/petitions",
    act=acts.PETITIONS,
    answer=wire.PetitionBehindPage,
    query=wire.PetitionedQuery,
)
def open_petitions(call: Call) -> wire.PetitionBehindPage:
    """Open a count of petitions of an agency's own down to their names and times, without words."""
    asked: wire.PetitionedQuery = call.asked
    page = (offset_of(asked.cursor), PAGE)
    found = measures().petitions(call.principal, _unit(call), asked.period, asked.count, page)
    shown = [
        wire.PetitionBehind(
            petition=each.petition, kind=each.kind, about=each.about, at=said(each.at) or each.at, counts=[*each.names]
        )
        for each in found.petitions
    ]
    return wire.PetitionBehindPage(petitions=shown, next=None if found.next is None else offset_cursor(found.next))


@api.route("GET", "/v1/measures/{unit}/findings", act=acts.OPEN, answer=wire.FindingPage, query=wire.FindingQuery)
def list_findings(call: Call) -> wire.FindingPage:
    """List what flatters the figures of an agency, with its evidence: in those dossiers alone that I may read."""
    asked: wire.FindingQuery = call.asked
    page = (offset_of(asked.cursor), PAGE)
    found = findings().listed(call.principal, _unit(call), asked.period, asked.rule, page)
    return wire.FindingPage(
        findings=[_finding(each) for each in found.findings],
        withheld=found.withheld,
        next=None if found.next is None else offset_cursor(found.next),
    )


class _Place(msgspec.Struct, frozen=True):
    """What the path names: an agency."""

    unit: str


def _unit(call: Call) -> str:
    return msgspec.convert(call.path, _Place).unit


def _finding(each: Finding) -> wire.Finding:
    return wire.Finding(
        dossier=each.reference,
        rule=_rule(stated(each)),
        at=said(each.at) or each.at,
        procedure=each.procedure,
        channel=each.channel,
        party=each.party,
        evidence=[
            wire.Evidence(number=mark.number, what=mark.what, at=said(mark.at) or mark.at, due_at=said(mark.due_at))
            for mark in each.evidence
        ],
    )


def _rule(rule: Rule) -> wire.Rule:
    return wire.Rule(
        id=rule.id,
        name_vi=rule.vi,
        name_en=rule.en,
        citation=rule.citation,
        kind=rule.kind,
        thresholds=rule.thresholds.named(),
        note=rule.note,
    )


def _behind(each: Behind) -> wire.DossierBehind:
    measured = each.measured
    return wire.DossierBehind(
        dossier=each.reference,
        adds=sum(each.counts.values()),
        procedure=measured.procedure,
        channel=measured.channel,
        party=measured.party,
        received_at=said(measured.received_at),
        accepted_at=said(measured.accepted_at),
        due_at=said(measured.due_at),
        ended_at=said(measured.ended_at),
        ending=measured.ending,
    )
