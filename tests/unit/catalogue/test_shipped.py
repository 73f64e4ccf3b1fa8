"""What comes with the project may be published by its own rules, by an editor too."""

import pytest

from chalicelib.catalogue.shipped import shipped, shipped_agencies
from chalicelib.catalogue.versions.completeness import problems_of
from chalicelib.catalogue.versions.pinned import level_of_version
from chalicelib.catalogue.versions.wire.facts import FactsBody
from chalicelib.forms.dictionary import shipped_dictionary
from chalicelib.forms.document import check_form
from tests.fakes.catalogue import Catalogue

SHIPPED = {facts["code"]: (facts, form, review) for facts, form, review in shipped()}
every = pytest.mark.parametrize("code", SHIPPED)
BY = {"by": "motcua", "at": "2026-11-01T00:00:00.000+00:00"}
LEVELS = {
    "1.000894": "partial", "1.001193": "partial", "1.001612": "partial", "1.004222": "partial", "S.000001": "full",
    "U.000001": "full",
}  # fmt: skip


def item(code):
    facts, form, review = SHIPPED[code]
    author = {**BY, "by": "author"}
    return {
        "code": code, "version": 1, "state": "review", "author": author, "facts": facts, "form": form,
        "review": {**BY, **review},
    }  # fmt: skip


def test_six_services_are_shipped():
    assert sorted(SHIPPED) == sorted(LEVELS)


@every
def test_nothing_keeps_a_shipped_service_from_being_published(code):
    assert problems_of(item(code)) == ()


@every
def test_an_editor_may_send_a_shipped_service(code):
    facts = SHIPPED[code][0]
    body = FactsBody.model_validate(facts).model_dump()
    assert {name: body[name] for name in ("code", "name_vi", "route", "prices")} == {
        name: facts.get(name, []) for name in ("code", "name_vi", "route", "prices")
    }
    assert problems_of({**item(code), "facts": body}) == ()


@every
def test_a_shipped_form_may_be_published(code):
    assert check_form(SHIPPED[code][1], shipped_dictionary()) == []


@pytest.mark.rule("R02")
@every
def test_a_shipped_service_has_the_level_that_its_facts_allow(code):
    found = level_of_version(item(code))
    assert found.level.key == LEVELS[code]
    assert bool(found.notice_vi) == bool(found.notice_en) == (LEVELS[code] == "partial")


@pytest.mark.rule("R42")
def test_all_three_kinds_are_shipped():
    kinds = {facts["kind"] for facts, _, _ in SHIPPED.values()}
    assert kinds == {"administrative_procedure", "public_non_business", "public_utility"}


def test_all_of_it_is_loaded_twice_and_published_once():
    hall = Catalogue()
    for _ in range(2):
        for agency in shipped_agencies():
            hall.administration.keep("motcua", agency["id"], agency["entries"], None)
        loaded = {code: hall.shipping.publish(*each) for code, each in SHIPPED.items()}
        assert loaded == dict.fromkeys(SHIPPED, 1)
    assert hall.rows.writes == len(SHIPPED) + len(shipped_agencies())
    hall.listing.export()
    assert hall.snapshots.pointers["EXPORT"]["count"] == len(SHIPPED)
