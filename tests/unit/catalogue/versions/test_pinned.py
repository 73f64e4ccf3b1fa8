"""What a draft pins of a version, and what becomes of it at the submission: level, bar, kind, price, version."""

import json

import pytest

from chalicelib.catalogue.shipped import shipped
from chalicelib.catalogue.versions.pinned import component_plan, is_reviewed, level_of_version, plan
from chalicelib.kernel.errors import ElectronicBarred
from tests.fakes import people
from tests.fakes.catalogue import Catalogue
from tests.support.hall import Hall, version

LAW = "Thông tư số 03/2023/TT-BTP, Điều 2"
BARRED = {"electronic_barred": True, "legal_basis": LAW, "gates": {}, "reasons": []}
UTILITY, NON_BUSINESS = "U.000001", "S.000001"


def shipped_plan(code):
    facts, form, review = next(each for each in shipped() if each[0]["code"] == code)
    by = {"by": "motcua", "at": "2026-11-01T00:00:00.000+00:00"}
    item = {**version(people.facts()), "code": code, "facts": facts, "form": form, "review": {**by, **review}}
    return plan(item), form


def opened(hall, code=people.PROCEDURE, key="open-1", who=people.CITIZEN):
    raw = json.dumps({"procedure": code}).encode()
    return hall.submissions.open(who, code, people.OFFICE["id"], "ONLINE", key, raw)


@pytest.mark.rule("R01")
def test_a_procedure_that_a_law_keeps_from_electronic_means_takes_no_draft_and_says_which_law(tables):
    hall = Hall(tables, online=BARRED)
    assert (hall.plan["barred_by"], hall.plan["level"]) == (LAW, "none")
    assert LAW in hall.plan["notice_vi"]
    with pytest.raises(ElectronicBarred) as refused:
        opened(hall)
    assert refused.value.facts == {"legal_basis": LAW}
    assert hall.rows.indexed("holder", people.CITIZEN.holder) == []


@pytest.mark.rule("R01")
@pytest.mark.parametrize("code", [each[0]["code"] for each in shipped()])
def test_every_other_procedure_takes_a_draft_whatever_its_level(code, tables):
    found, form = shipped_plan(code)
    assert found["barred_by"] is None
    hall = Hall(tables)
    hall.drafts.publish(found, people.OFFICE, form=form)
    draft = opened(hall, code, "other")
    assert (draft.plan["procedure"], draft.plan["level"]) == (code, found["level"])


@pytest.mark.rule("R42")
@pytest.mark.rule("R44")
@pytest.mark.parametrize(("code", "kind"), [(UTILITY, "public_utility"), (NON_BUSINESS, "public_non_business")])
def test_a_public_service_is_published_found_and_opened_like_a_procedure(code, kind, tables):
    catalogue = Catalogue()
    service = next(each for each in shipped() if each[0]["code"] == code)
    catalogue.shipping.publish(*service)
    catalogue.clock.advance(minutes=1)
    catalogue.listing.export()
    told = catalogue.rows.events(f"PROCEDURE#{code}")[-1]["data"]
    assert (told["kind"], told["prices"]) == (kind, service[0]["prices"])
    assert told["prices"]
    read = catalogue.services.read(code)
    assert read.facts["provider"]["name_vi"]
    assert set(read.facts["online_channels"]) <= {"national_portal", "authority_system", "provider_portal"}
    hall = Hall(tables)
    hall.drafts.publish({k: v for k, v in told.items() if k not in ("form", "windows")}, form=json.loads(told["form"]))
    draft = opened(hall, code, "other")
    assert (draft.plan["kind"], draft.plan["prices"]) == (kind, service[0]["prices"])


@pytest.mark.rule("R41")
def test_a_draft_stays_on_its_version_when_another_one_comes_into_force(tables):
    hall = Hall(tables)
    old = opened(hall)
    new = plan(version({**people.facts(), "name_en": "New"}, 2))
    hall.drafts.publish(new, people.OFFICE, form=people.form_document(), since="2026-11-26")
    assert opened(hall, key="today").plan["version"] == 1
    hall.clock.at("2026-11-26T00:00:00")
    assert opened(hall, key="tomorrow").plan["version"] == 2
    kept = hall.draft(old.reference)
    assert (kept.plan, kept.head["procedure_version"]) == (old.plan, 1)


@pytest.mark.rule("R41")
def test_a_dossier_stays_on_the_version_that_it_was_submitted_under(tables):
    hall = Hall(tables)
    reference = hall.submitted()
    hall.drafts.publish(plan(version(people.facts(), 2)), people.OFFICE, form=people.form_document())
    assert hall.draft(reference).plan["version"] == 1
    assert hall.rows.events(reference)[-1]["data"]["procedure_version"] == 1


@pytest.mark.rule("R02")
@pytest.mark.rule("R43")
def test_the_full_level_needs_a_review_without_an_unmet_criterion():
    facts, form, review = next(each for each in shipped() if each[0]["code"] == UTILITY)
    by = {"by": "motcua", "at": "2026-11-01T00:00:00.000+00:00"}
    item = {**version(people.facts()), "code": UTILITY, "facts": facts, "form": form, "review": {**by, **review}}
    assert (is_reviewed(item), level_of_version(item).level.key) == (True, "full")
    first, *rest = review["findings"]
    doubted = {**item, "review": {**by, "findings": [{**first, "answer": "not_met", "note": "Chưa đủ"}, *rest]}}
    own = {**item, "review": {**by, "by": "author", **review}}
    for other in (doubted, own, {**item, "review": None}, {**item, "review": {**by, "findings": rest}}):
        found = level_of_version(other)
        assert (is_reviewed(other), found.level.key) == (False, "partial")
        assert [b.gate for b in found.blockers] == ["review"]


def test_a_plan_has_the_level_of_identification_and_names_in_both_languages():
    found = plan(version({**people.facts(), "name_en": None}))
    assert found["min_level"] == people.facts()["min_level"]
    assert found["name_en"] == found["name_vi"]


def test_a_component_has_a_name_and_a_group_wherever_they_are_written():
    found = component_plan({"code": "c", "name_vi": "C", "need": "case", "group_vi": "Nhóm"})
    assert (found["name_en"], found["group"], found["reading"], found["originals"]) == ("C", "Nhóm", "", None)
