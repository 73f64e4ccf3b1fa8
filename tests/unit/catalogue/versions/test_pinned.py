"""What a draft pins of a version, and what becomes of it at the submission: level, bar, kind, price, version."""

import json

import pytest
from msgspec import structs, to_builtins

from chalicelib.catalogue.procedures.items import Finding, Reviewed
from chalicelib.catalogue.procedures.parts import Component
from chalicelib.catalogue.shipped import examples
from chalicelib.catalogue.versions.pinned import component_plan, is_reviewed, level_of_version, plan
from chalicelib.contracts.catalogue import ProcedurePublished
from chalicelib.contracts.event import heard, told
from chalicelib.contracts.plan import Plan
from chalicelib.submission.model import Came
from chalicelib.submission.refusals import ElectronicBarred
from tests.fakes import people
from tests.support.hall import Hall, version
from tests.support.keepers import Catalogue

LAW = "Thông tư số 03/2023/TT-BTP, Điều 2"
BARRED = {"electronic_barred": True, "legal_basis": LAW, "gates": {}, "reasons": []}
UTILITY, NON_BUSINESS = "U.000001", "S.000001"
SHIPPED = {each.facts.code: each for each in examples()}
AT = "2026-11-01T00:00:00.000+00:00"


def shipped_version(code):
    service = SHIPPED[code]
    review = Reviewed(by="motcua", at=AT, findings=service.findings)
    return structs.replace(version(people.facts()), code=code, review=review).saying(service.facts, service.form)


def opened(hall, code=people.PROCEDURE, key="open-1", who=people.CITIZEN):
    raw = json.dumps({"procedure": code}).encode()
    return hall.submissions.open(who, code, people.OFFICE["id"], Came("ONLINE", "authority_system"), key, raw)


@pytest.mark.rule("R01", "refused")
def test_a_procedure_that_a_law_keeps_from_electronic_means_takes_no_draft_and_says_which_law(tables):
    hall = Hall(tables, online=BARRED)
    assert (hall.plan.barred_by, hall.plan.level) == (LAW, "none")
    assert LAW in hall.plan.notice_vi
    writes = hall.rows.writes
    with pytest.raises(ElectronicBarred) as refused:
        opened(hall)
    assert refused.value.facts == {"legal_basis": LAW}
    assert hall.rows.writes == writes


@pytest.mark.rule("R01", "others")
@pytest.mark.parametrize("code", SHIPPED)
def test_every_other_procedure_takes_a_draft_whatever_its_level(code, tables):
    found = plan(shipped_version(code))
    assert found.barred_by is None
    hall = Hall(tables)
    hall.publish(found)
    draft = opened(hall, code, "other")
    assert (draft.plan.procedure, draft.plan.level) == (code, found.level)


@pytest.mark.rule("R42")
@pytest.mark.rule("R44")
@pytest.mark.parametrize(("code", "kind"), [(UTILITY, "public_utility"), (NON_BUSINESS, "public_non_business")])
def test_a_public_service_is_published_found_and_opened_like_a_procedure(code, kind, tables):
    catalogue = Catalogue(tables)
    catalogue.shipping.publish(*SHIPPED[code])
    catalogue.clock.advance(minutes=1)
    catalogue.listing.export()
    event = heard(ProcedurePublished, catalogue.told(code))
    assert (event.kind, [each.name_vi for each in event.prices]) == (
        kind,
        [each.name_vi for each in SHIPPED[code].facts.prices],
    )
    assert event.prices
    facts = catalogue.services.read(code).facts
    assert facts.provider.name_vi
    assert set(facts.online_channels) <= {"national_portal", "authority_system", "provider_portal"}
    hall = Hall(tables)
    hall.publish(heard(Plan, to_builtins(event)))
    draft = opened(hall, code, "other")
    assert (draft.plan.kind, draft.plan.prices) == (kind, event.prices)


@pytest.mark.rule("R41")
def test_a_draft_stays_on_its_version_when_another_one_comes_into_force(tables):
    hall = Hall(tables)
    old = opened(hall)
    hall.publish(plan(version({**people.facts(), "name_en": "New"}, 2)), since="2026-11-26")
    assert opened(hall, key="today").plan.version == 1
    hall.clock.at("2026-11-26T00:00:00")
    assert opened(hall, key="tomorrow").plan.version == 2
    kept = hall.draft(old.reference)
    assert (kept.plan, kept.head.procedure_version) == (old.plan, 1)


@pytest.mark.rule("R41")
def test_a_dossier_stays_on_the_version_that_it_was_submitted_under(tables):
    hall = Hall(tables)
    reference = hall.submitted()
    hall.publish(plan(version(people.facts(), 2)))
    assert hall.draft(reference).plan.version == 1
    assert hall.rows.events(reference)[-1]["data"]["procedure_version"] == 1


@pytest.mark.rule("R02")
@pytest.mark.rule("R43")
def test_the_full_level_needs_a_review_without_an_unmet_criterion():
    item = shipped_version(UTILITY)
    free = tuple(structs.replace(each, amount_vnd=0) for each in item.facts.prices)
    online = structs.replace(item.facts.online, reasons=())
    met = tuple(Finding(each.criterion, "met") for each in item.review.findings)
    item = item.saying(structs.replace(item.facts, prices=free, online=online), item.form)
    item = structs.replace(item, review=structs.replace(item.review, findings=met))
    assert (is_reviewed(item), level_of_version(item).level.key) == (True, "full")
    first, *rest = item.review.findings
    doubted = Reviewed(by="motcua", at=AT, findings=(Finding(first.criterion, "not_met", "Chưa đủ"), *rest))
    own, short = structs.replace(item.review, by="author"), structs.replace(item.review, findings=tuple(rest))
    for review in (doubted, own, None, short):
        other = structs.replace(item, review=review)
        found = level_of_version(other)
        assert (is_reviewed(other), found.level.key) == (False, "partial")
        assert [b.gate for b in found.blockers] == ["review"]


def test_a_plan_has_the_level_of_identification_and_names_in_both_languages():
    found = plan(version({**people.facts(), "name_en": None}))
    assert found.min_level == people.facts()["min_level"]
    assert found.name_en == found.name_vi


def test_a_component_has_a_name_and_a_group_wherever_they_are_written():
    found = component_plan(Component(code="c", name_vi="C", need="case", group_vi="Nhóm"))
    assert (found.name_en, found.group, found.reading, found.originals) == ("C", "Nhóm", "", None)


@pytest.mark.parametrize("code", SHIPPED)
def test_a_plan_is_told_and_heard_unchanged(code):
    found = plan(shipped_version(code))
    assert heard(Plan, told(found)) == found


def test_a_dossier_pins_the_procedures_own_rule_of_supplements_and_none_where_it_has_none():
    own = {"window_working_days": 10, "lapses_to": "stopped", "clock": "suspend", "citation": "Điều 5"}
    pinned = plan(version({**people.facts(), "supplement": own})).supplement
    assert told(pinned) == own
    assert plan(version(people.facts())).supplement is None


def test_a_dossier_pins_who_may_withdraw_it_and_what_stops_its_term_and_nothing_where_nothing_is_said():
    stops = [{"reason": "payment", "citation": "Luật Đất đai 2024, Điều 1"}]
    facts = people.facts()
    pinned = plan(version({**facts, "withdrawal": "all", "term": {**facts["term"], "stops": stops}}))
    assert (pinned.withdrawal, list(to_builtins(pinned.term.stops))) == ("all", stops)
    assert (plan(version(facts)).withdrawal, plan(version(facts)).term.stops) == (None, None)
