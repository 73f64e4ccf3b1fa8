"""What comes with the project may be published by its own rules, by an editor too."""

import pytest
from msgspec import structs

from chalicelib.catalogue.procedures.facts import facts_of
from chalicelib.catalogue.procedures.given import plain
from chalicelib.catalogue.procedures.items import Reviewed
from chalicelib.catalogue.procedures.offering import GATES, is_price
from chalicelib.catalogue.records.reading import read_record
from chalicelib.catalogue.shipped import examples, shipped, shipped_agencies
from chalicelib.catalogue.versions.charges import fees_left_out
from chalicelib.catalogue.versions.completeness import problems_of
from chalicelib.catalogue.versions.pinned import level_of_version
from chalicelib.catalogue.versions.wire.facts import FactsBody
from chalicelib.forms.dictionary import shipped_dictionary
from chalicelib.forms.document import check_form
from tests.fakes import people
from tests.support.hall import version
from tests.unit.catalogue.records.given import CODES, record

SHIPPED = {each.facts.code: each for each in examples()}
every = pytest.mark.parametrize("code", SHIPPED)
OPEN = dict.fromkeys(GATES, True)
LEVELS = {
    "1.000656": "partial", "1.000894": "partial", "1.001193": "partial", "1.001612": "partial", "1.001731": "partial",
    "1.003197": "partial", "1.004222": "partial", "1.010824": "partial", "1.014137": "partial", "1.014177": "partial",
    "2.000200": "partial", "2.002621": "partial", "2.002622": "partial", "S.000001": "partial",
    "U.000001": "partial",
}  # fmt: skip


def item(code):
    service = SHIPPED[code]
    review = Reviewed(by="example-reviewer", at="2026-11-01T00:00:00.000+00:00", findings=service.findings)
    author = version(people.facts())
    return structs.replace(author, code=code, review=review).saying(service.facts, service.form)


def test_these_services_are_shipped():
    assert sorted(SHIPPED) == sorted(LEVELS)


@every
def test_nothing_keeps_a_shipped_service_from_being_published(code):
    assert problems_of(item(code)) == ()


@every
def test_an_editor_may_send_a_shipped_service(code):
    service = SHIPPED[code]
    facts = plain(service.facts)
    body = FactsBody.model_validate(facts).model_dump()
    assert {name: body[name] for name in ("code", "name_vi", "prices")} == {
        name: facts.get(name, []) for name in ("code", "name_vi", "prices")
    }
    legs = [(leg.leg, leg.agency) for stage in facts_of(body).route for leg in stage]
    assert legs == [(leg.leg, leg.agency) for stage in service.facts.route for leg in stage]
    assert problems_of(item(code).saying(facts_of(body), service.form)) == ()


@every
def test_a_shipped_form_may_be_published(code):
    assert check_form(SHIPPED[code].form, shipped_dictionary()) == []


@pytest.mark.rule("R02")
@every
def test_a_shipped_service_has_the_level_that_its_facts_allow(code):
    found = level_of_version(item(code))
    assert found.level.key == LEVELS[code]
    assert bool(found.notice_vi) == bool(found.notice_en) == (LEVELS[code] == "partial")


@pytest.mark.rule("R02")
@every
def test_no_shipped_service_is_end_to_end_with_a_price(code):
    facts = SHIPPED[code].facts
    is_unsaid = not facts.fees and not facts.prices and facts.free is None
    costs = (
        any(fee.reading != "free" for fee in facts.fees) or any(is_price(each) for each in facts.prices) or is_unsaid
    )
    level = level_of_version(item(code))
    assert (costs and level.level.key == "full") is False
    assert costs is ("fee_payable_online_or_none" in {each.gate for each in level.blockers})
    planted = structs.replace(facts.online, reasons=(), gates=structs.replace(facts.online.gates, **OPEN))
    claims = problems_of(item(code).saying(structs.replace(facts, online=planted), SHIPPED[code].form))
    assert costs is ("/facts/online/gates/fee_payable_online_or_none" in {each.pointer for each in claims})


@pytest.mark.parametrize("code", sorted(set(SHIPPED) & set(CODES)))
def test_a_shipped_service_has_every_fee_of_its_record_in_the_records_words(code):
    assert list(fees_left_out(SHIPPED[code].facts, read_record(record(code)).facts)) == []


def test_what_is_shipped_was_reviewed_by_nobody():
    assert {each.facts.code: each for each in shipped()} == {code: each[:2] for code, each in SHIPPED.items()}


@pytest.mark.rule("R42")
def test_all_three_kinds_are_shipped():
    kinds = {each.facts.kind for each in SHIPPED.values()}
    assert kinds == {"administrative_procedure", "public_non_business", "public_utility"}


def test_all_of_it_is_loaded_twice_and_published_once(hall):
    for _ in range(2):
        for agency in shipped_agencies():
            hall.administration.ship("motcua", agency.id, agency.entries)
        loaded = {code: hall.shipping.publish(*each) for code, each in SHIPPED.items()}
        assert loaded == dict.fromkeys(SHIPPED, 1)
    assert hall.rows.writes == len(SHIPPED) + len(shipped_agencies())
    hall.listing.export()
    assert hall.snapshots.pointer("EXPORT").count == len(SHIPPED)
