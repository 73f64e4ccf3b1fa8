"""What others must know of a published version: how far online, and what a dossier pins."""

from typing import Final, Literal

import msgspec

from chalicelib.catalogue.procedures.children import Starts, Supplement
from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.fees import FeeAnswer
from chalicelib.catalogue.procedures.given import plain
from chalicelib.catalogue.procedures.items import VersionItem
from chalicelib.catalogue.procedures.offering import is_barred, level_of
from chalicelib.catalogue.procedures.parts import Component, Condition, Leg, Result, Term, TermStop
from chalicelib.catalogue.procedures.terms import TermLine
from chalicelib.catalogue.versions.model import meets_quality
from chalicelib.catalogue.versions.stored import version_of
from chalicelib.contracts.plan import (
    LegStep,
    Medium,
    Plan,
    PlannedAnswer,
    PlannedComponent,
    PlannedCondition,
    PlannedFeeAnswer,
    PlannedGroup,
    PlannedLeg,
    PlannedLine,
    PlannedPaper,
    PlannedResult,
    PlannedStart,
    PlannedStop,
    PlannedSupplement,
    PlannedTake,
    PlannedTerm,
    PlannedTimer,
    Silence,
)
from chalicelib.law.levels import LevelFinding

LAPSES: Final[tuple[Literal["not_accepted", "stopped"], ...]] = ("not_accepted", "stopped")
CLOCKS: Final[tuple[Literal["restart", "suspend"], ...]] = ("restart", "suspend")
"""What a lapsed supplement may lead to, and what an answered one may do to the term."""


SILENCES: Final[tuple[Silence, ...]] = ("goes_on", "waits")
STEPS: Final[tuple[LegStep, ...]] = ("verify", "approve")
MEDIA: Final[tuple[Medium, ...]] = ("electronic", "paper")
WITHDRAWALS: Final[tuple[Literal["any", "all"], ...]] = ("any", "all")
"""Who of several holders may withdraw a dossier."""
STOPS: Final[tuple[Literal["payment", "outage"], ...]] = ("payment", "outage")
"""What a law of a sector may let stop a term."""


def is_reviewed(version: VersionItem) -> bool:
    """Whether the version carries a review in which no criterion is unmet (Decree 137/2024 Art. 8(2))."""
    return meets_quality(version_of(version))


def level_of_version(version: VersionItem) -> LevelFinding:
    """The level of online service of a version, with its notices (Decree 224/2026 Art. 14)."""
    return level_of(version.facts, version.schema, reviewed=is_reviewed(version))


def plan(version: VersionItem) -> Plan:
    """What a dossier must know of its procedure, pinned when its draft is opened; the form is kept apart by version.

    The version is one that may be published: term, result, route and level of identification are there.
    """
    facts, level = version.facts, level_of_version(version)
    return Plan(
        procedure=facts.code,
        version=version.version,
        kind=facts.kind,
        name_vi=facts.name_vi,
        name_en=facts.name_en or facts.name_vi,
        term=_term(facts.term or Term()),
        supplement=_supplement(facts.supplement) if facts.supplement else None,
        components=tuple(component_plan(each) for each in facts.components),
        result=_result(facts.result or Result()),
        route=_route(facts),
        min_level=facts.min_level or 0,
        channels=facts.channels,
        online_channels=facts.online_channels,
        prices=tuple(each.planned() for each in facts.prices),
        fees=tuple(each.planned() for each in facts.fees),
        fee_answers=tuple(_fee_answer(each) for each in facts.fee_answers) or None,
        level=level.level.key,
        notice_vi=level.short_vi,
        notice_en=level.short_en,
        barred_by=facts.online.legal_basis if is_barred(facts) else None,
        performed_by=facts.performed_by,
        withdrawal=next((each for each in WITHDRAWALS if each == facts.withdrawal), None),
        silence=next((each for each in SILENCES if each == facts.silence), None),
        confirm_within=facts.confirm_within,
        free=facts.free or None,
    )


def _term(term: Term) -> PlannedTerm:
    return PlannedTerm(
        text=term.text or "",
        record=term.record,
        note_vi=term.note_vi,
        cutoff=term.cutoff,
        after_cutoff="deemed" if term.after_cutoff == "deemed" else "literal",
        citation=term.citation,
        lines=tuple(_line(each) for each in term.lines),
        stops=tuple(_stop(each) for each in term.stops) or None,
    )


def _supplement(rule: Supplement) -> PlannedSupplement:
    return PlannedSupplement(
        window_working_days=rule.window_working_days,
        lapses_to=next((each for each in LAPSES if each == rule.lapses_to), None),
        clock=next((each for each in CLOCKS if each == rule.clock), None),
        appraisal_working_days=rule.appraisal_working_days,
        citation=rule.citation,
    )


def _stop(stop: TermStop) -> PlannedStop:
    """A version whose term stops for another reason is not published."""
    return PlannedStop(reason="outage" if stop.reason == "outage" else "payment", citation=stop.citation or "")


def _line(line: TermLine) -> PlannedLine:
    return PlannedLine(
        text=line.text or "",
        channels=line.channels,
        case=line.case,
        areas=line.areas,
        when=tuple(PlannedAnswer(field=each.field, value=each.value) for each in line.when),
        condition_vi=line.condition_vi,
        record=line.record,
        not_counted_vi=line.not_counted_vi,
    )


def _fee_answer(answer: FeeAnswer) -> PlannedFeeAnswer:
    groups = tuple(PlannedGroup(answer=g.answer, payer=g.payer) for g in answer.groups if g.answer is not None)
    return PlannedFeeAnswer(gives=answer.gives, field=answer.field, groups=groups)


def _result(result: Result) -> PlannedResult:
    return PlannedResult(
        template=result.template or "",
        name_vi=result.name_vi,
        name_en=result.name_en or "",
        code=result.code or "",
        validity=result.validity or "",
    )


def _route(facts: Facts) -> tuple[tuple[PlannedLeg, ...], ...]:
    return tuple(tuple(_leg(leg) for leg in stage) for stage in facts.route or ())


def _leg(leg: Leg) -> PlannedLeg:
    return PlannedLeg(
        leg=leg.leg,
        agency=leg.agency,
        deadline=leg.deadline,
        steps=tuple(each for each in STEPS if each in leg.steps) or None,
        lead=leg.lead or None,
        medium=next((each for each in MEDIA if each == leg.medium), None),
        vertical=leg.vertical or None,
        starts=_start(leg.starts) if leg.starts else None,
    )


def _start(starts: Starts) -> PlannedStart:
    """A version whose legs say something else of a child is not published."""
    return PlannedStart(
        procedure=starts.procedure,
        needs=starts.needs,
        when=starts.when,
        takes=tuple(msgspec.convert(plain(each), PlannedTake) for each in starts.takes),
        papers=tuple(msgspec.convert(plain(each), PlannedPaper) for each in starts.papers),
        defects=starts.defects,
        supplement=_supplement(starts.supplement) if starts.supplement else None,
        timers=tuple(msgspec.convert(plain(each), PlannedTimer) for each in starts.timers),
        citation=starts.citation or "",
    )


def component_plan(component: Component) -> PlannedComponent:
    """What a draft must know of a component."""
    return PlannedComponent(
        code=component.code or "",
        name_vi=component.name_vi,
        name_en=component.name_en or component.name_vi,
        originals=component.originals,
        copies=component.copies,
        need=component.need,
        reading=component.reading or "",
        exemption=component.exemption,
        group=component.heading,
        channels=component.channels,
        when=_condition(component.when) if component.when else None,
    )


def _condition(condition: Condition) -> PlannedCondition:
    return PlannedCondition(
        expression=condition.expression,
        spared_vi=condition.spared_vi,
        spared_en=condition.spared_en,
        cites=condition.cites,
    )
