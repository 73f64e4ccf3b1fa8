"""Reading without signing in: a service and its level, its papers by case and channel, the export."""

from datetime import date

import pytest
from msgspec import structs

from chalicelib.catalogue.procedures.facts import facts_of
from chalicelib.catalogue.services.checklist import Asked, checklist
from chalicelib.catalogue.services.search import LONGEST_QUERY, Filters, QueryTooLong
from chalicelib.catalogue.versions.pinned import level_of_version
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.problem import NotFound
from tests.fakes import people
from tests.support.keepers import BIRTH, OURS, birth
from tests.unit.catalogue.records.given import read

TODAY = date(2026, 11, 26)


def component(code, need, *cases):
    return {"code": code, "name_vi": code, "need": need, "cases": list(cases)}


FACTS = facts_of(
    {
        "code": "1.000001",
        "cases": [{"code": "a", "name_vi": "A"}, {"code": "b", "name_vi": "B"}],
        "components": [
            component("all", "always"),
            component("form", "form"),
            component("paper", "paper"),
            component("data", "data"),
            component("open", "unknown"),
            component("only a", "case", "a"),
            component("only b", "case", "b"),
        ],
    }
)


@pytest.mark.parametrize(
    ("case", "channel", "wanted"),
    [
        (None, "ONLINE", "all,form,open,only a,only b"),
        ("a", "ONLINE", "all,form,open,only a"),
        ("b", "ONLINE", "all,form,open,only b"),
        ("a", "DIRECT", "all,paper,open,only a"),
        ("a", "POSTAL", "all,paper,open,only a"),
    ],
)
def test_the_papers_that_apply_to_me(case, channel, wanted):
    found = checklist(FACTS, {}, Asked(case, channel), TODAY)
    assert [p.code for p in found.papers] == wanted.split(",")
    assert len(found.papers) + len(found.spared) == len(FACTS.components)
    assert all(all(each.why) for each in found.spared)


def test_what_a_database_answers_is_never_on_my_list():
    for channel in ("ONLINE", "POSTAL", "DIRECT"):
        assert "data" not in {p.code for p in checklist(FACTS, {}, Asked(None, channel), TODAY).papers}


def test_a_case_that_is_not_told_apart_is_not_found():
    with pytest.raises(NotFound) as refused:
        checklist(FACTS, {}, Asked("c", "ONLINE"), TODAY)
    assert refused.value.facts == {"what": "case"}


def test_the_case_is_asked_only_where_it_changes_the_list():
    assert [each.code for each in checklist(FACTS, {}, Asked(), TODAY).cases] == ["a", "b"]
    assert checklist(FACTS, {}, Asked("a"), TODAY).cases == ()
    tied_to_none = structs.replace(FACTS, components=FACTS.components[:5])
    assert checklist(tied_to_none, {}, Asked(), TODAY).cases == ()


def test_a_service_that_is_offered_is_read_as_it_was_published(hall):
    hall.ship()
    service = hall.services.read(BIRTH)
    assert (service.is_offered, service.facts, service.form) == (
        True,
        birth(promulgated_by=OURS),
        people.form_document(),
    )


@pytest.mark.rule("R03")
def test_who_is_not_signed_in_sees_the_level_and_the_reasons(hall):
    hall.ship()
    found = level_of_version(hall.services.read(BIRTH).version)
    assert found.level.key == "partial"
    assert found.reasons
    assert all(reason.legal_basis in found.notice_vi for reason in found.reasons)
    assert all(reason.legal_basis in found.notice_en for reason in found.reasons)


def test_a_procedure_that_is_not_offered_is_read_from_its_record_with_a_plain_form(hall):
    facts = read("1.003197").typed
    hall.records.keep(facts, ())
    service = hall.services.read("1.003197")
    assert (service.is_offered, service.facts.name_vi) == (False, facts.name_vi)
    assert service.facts.methods == facts.methods
    assert [each.why_en for each in service.facts.unknown] == [each.why_en for each in facts.unknown]
    assert service.form["id"] == "1.003197-plain"


@pytest.fixture
def asked(hall, monkeypatch):
    """Which items are read one by one."""
    keys, stock = [], aws.get
    monkeypatch.setattr(aws, "get", lambda table, pk, sk: keys.append(sk) or stock(table, pk, sk))
    return keys


def test_a_version_is_read_once_and_anew_as_soon_as_its_procedure_changed(hall, asked):
    hall.published("2026-11-25")
    asked.clear()
    assert [hall.services.read(BIRTH).version.effective_to for _ in range(3)] == [None] * 3
    assert asked == ["HEAD", "VERSION#0001", "HEAD", "HEAD"]
    hall.published("2026-12-10", "2", name_en="Another name")
    asked.clear()
    assert [hall.services.read(BIRTH).version.effective_to for _ in range(2)] == ["2026-12-10"] * 2
    assert asked == ["HEAD", "VERSION#0001", "HEAD"]
    hall.clock.at("2026-12-10T00:00:00")
    assert hall.services.read(BIRTH).facts.name_en == "Another name"


def test_a_national_record_is_read_once_and_anew_as_soon_as_it_changed(hall, asked):
    facts = read("1.003197").typed
    hall.records.keep(facts, ())
    asked.clear()
    for _ in range(2):
        assert hall.services.read("1.003197").facts.name_vi == facts.name_vi
    assert asked == ["HEAD", "RECORD", "HEAD"]
    hall.records.keep(structs.replace(facts, name_vi="Tên khác"), ())
    assert hall.services.read("1.003197").facts.name_vi == "Tên khác"


def test_what_nobody_knows_is_not_found(hall):
    with pytest.raises(NotFound) as refused:
        hall.services.read("9.999999")
    assert refused.value.facts == {"what": "procedure"}


def test_the_words_have_a_length(hall):
    hall.ship()
    hall.listing.refresh(stamp(hall.clock()))
    assert hall.services.search("x" * LONGEST_QUERY, Filters(), 0, 1)[0].total == 0
    with pytest.raises(QueryTooLong):
        hall.services.search("x" * (LONGEST_QUERY + 1), Filters(), 0, 1)


def test_an_export_is_found_when_it_was_made(hall):
    with pytest.raises(NotFound) as refused:
        hall.services.export("EXPORT")
    assert refused.value.facts == {"what": "export"}
    hall.ship()
    hall.listing.export()
    pointer, link = hall.services.export("EXPORT")
    assert pointer.count == 1
    assert pointer.key in link
