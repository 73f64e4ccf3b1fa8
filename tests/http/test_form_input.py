"""A form with faults: it is kept as the server reads it, and each broken field is named with its rule."""

import json

import pytest

from chalicelib.kernel.clock import ZONE, utc_now
from infra.demo import story
from tests.fakes.people import kept
from tests.support.asserts import problem


def changed(path, value):
    form = json.loads(json.dumps(story.FORM))
    *way, last = path.strip("/").split("/")
    place = form
    for part in way:
        place = place[part]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return form


FORMS = [
    ("/child/full_name", ..., "required"),
    ("/child/full_name", "", "minLength"),
    ("/child/full_name", "x" * 101, "maxLength"),
    ("/child/full_name", "R2-D2", "pattern"),
    ("/child/full_name", "王小明", "pattern"),
    ("/child/place_of_birth", "Bệnh viện 🏥", "pattern"),
    ("/child/sex", "khác", "enum"),
    ("/child/born_on", "18/11/2026", "pattern"),
    ("/child/born_on", "2026-02-30", "format"),
    ("/child/nickname", "Bi", "additionalProperties"),
    ("/mother", ..., "required"),
    ("/mother", "Nguyễn", "type"),
    ("/mother/year_of_birth", "1995", "type"),
    ("/mother/year_of_birth", 1899, "minimum"),
    ("/mother/year_of_birth", 2101, "maximum"),
    ("/mother/personal_id", "00119501234", "pattern"),
    ("/father/religion", "x", "additionalProperties"),
    ("/requester/phone", "0912 345 678", "pattern"),
    ("/admin", True, "additionalProperties"),
]


@pytest.mark.parametrize(("path", "value", "rule"), FORMS)
def test_a_form_that_breaks_a_rule_is_kept_and_the_field_named(citizen, draft, path, value, rule):
    form = changed(path, value)
    saved = citizen.call("PUT", f"/v1/drafts/{draft}/form", {"form": form}, version=0, Accept_Language="en").ok().body
    assert saved["form"] == kept(form, utc_now().astimezone(ZONE).date())
    named = {(e["pointer"], e["rule"]): e["message"] for e in saved["form_errors"]}
    assert (path, rule) in named
    read = citizen.get(f"/v1/drafts/{draft}").ok().body["form_errors"]
    vietnamese = {(e["pointer"], e["rule"]): e["message"] for e in read}
    assert vietnamese.keys() == named.keys()
    assert all(sentence != named[key] for key, sentence in vietnamese.items())


def test_a_form_without_a_fault_has_no_errors(citizen, draft):
    assert story.fill(citizen, draft).ok().body["form_errors"] == []


def test_an_empty_form_names_what_it_needs(citizen, draft):
    saved = story.fill(citizen, draft, {}).ok().body
    assert {e["pointer"]: e["rule"] for e in saved["form_errors"]} == dict.fromkeys(
        ("/child", "/mother", "/requester"), "required"
    )


@pytest.mark.parametrize("value", [10**400, -(10**30), 1e308, 0.1])
def test_a_strange_number_breaks_nothing(citizen, draft, value):
    saved = story.fill(citizen, draft, {"mother": {"year_of_birth": value}}).ok().body
    assert any(e["pointer"] == "/mother/year_of_birth" for e in saved["form_errors"])
    assert citizen.get(f"/v1/drafts/{draft}").ok().body["form"] == {"mother": {"year_of_birth": value}}


def test_a_form_with_many_faults_names_at_most_fifty(citizen, draft):
    saved = story.fill(citizen, draft, {f"x{i}": i for i in range(500)} | {"child": {}}).ok().body
    assert 0 < len(saved["form_errors"]) <= 50


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ("Ꝏꞛꭓ Văn Ả", "letters_unprintable"),
        ("   ", "blank"),
        ("A" + "\u0301" * 90, "marks_stacked"),
        ("- . -", "name_letters"),
    ],
)
def test_a_name_that_no_paper_could_print_keeps_the_dossier_from_being_submitted(citizen, draft, value, rule):
    form = changed("/child/full_name", value)
    saved = citizen.call("PUT", f"/v1/drafts/{draft}/form", {"form": form}, version=0).ok().body
    assert ("/child/full_name", rule) in {(e["pointer"], e["rule"]) for e in saved["form_errors"]}


@pytest.mark.parametrize(
    ("name", "rule", "letters"),
    [
        ("Nguyễn 🏥 An", "letters_unprintable", "🏥"),
        (" \u200b ", "blank", ""),
        ("Anx\u0301\u0301\u0301", "marks_stacked", ""),
    ],
)
def test_a_token_whose_name_no_paper_could_print_opens_no_draft(where, name, rule, letters):
    person = story.citizen(where, **{**story.somebody(), "name": name})
    told = problem(story.open_draft(person), 422, "name_unusable")
    assert (told["claim"], told["rule"], told["letters"]) == ("name", rule, letters)
    assert person.get("/v1/dossiers").ok().body["dossiers"] == []
