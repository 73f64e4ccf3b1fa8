"""A form with faults: it is kept as the server reads it, and each broken field is named with its rule."""

import json
import unicodedata

import pytest

from chalicelib.kernel.clock import ZONE, utc_now
from infra.demo import story
from tests.fakes.people import kept
from tests.support.asserts import problem
from tests.support.names import LEGAL, NO_NAMES


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
    ("/child/full_name", "", "required"),
    ("/child/full_name", "x" * 101, "maxLength"),
    ("/child/full_name", "R2-D2", "pattern"),
    ("/child/full_name", "王小明", "pattern"),
    ("/child/place_of_birth", "Bệnh viện 🏥", "pattern"),
    ("/child/sex", "khác", "enum"),
    ("/child/born_on", "18/11/2026", "format"),
    ("/child/born_on", "2026-02-30", "format"),
    ("/child/nickname", "Bi", "additionalProperties"),
    ("/mother", ..., "required"),
    ("/mother", "Nguyễn", "type"),
    ("/mother/year_of_birth", "năm 1995", "type"),
    ("/mother/year_of_birth", 1899, "minimum"),
    ("/mother/year_of_birth", 2101, "maximum"),
    ("/mother/personal_id", "00119501234", "pattern"),
    ("/father/religion", "x", "additionalProperties"),
    ("/requester/phone", "0912 345", "pattern"),
    ("/admin", True, "additionalProperties"),
]


@pytest.mark.parametrize(("path", "value", "rule"), FORMS)
def test_a_form_that_breaks_a_rule_is_kept_and_the_field_named(citizen, draft, path, value, rule):
    form = changed(path, value)
    saved = citizen.call("PUT", f"/v1/drafts/{draft}/form", {"form": form}, version=0, Accept_Language="en").ok().body
    assert saved["form"] == kept(form, utc_now().astimezone(ZONE).date())
    named = {(e["pointer"], e["rule"]): e["message"] for e in saved["form_errors"]}
    assert [key for key in named if key[0] == path] == [(path, rule)]
    read = citizen.get(f"/v1/drafts/{draft}").ok().body["form_errors"]
    vietnamese = {(e["pointer"], e["rule"]): e["message"] for e in read}
    assert vietnamese.keys() == named.keys()
    assert all(sentence != named[key] for key, sentence in vietnamese.items())


def test_a_form_without_a_fault_has_no_errors(citizen, draft):
    assert story.fill(citizen, draft).ok().body["form_errors"] == []


def test_an_empty_form_names_what_it_needs(citizen, draft):
    saved = story.fill(citizen, draft, {}).ok().body
    assert {e["pointer"]: e["rule"] for e in saved["form_errors"]} == dict.fromkeys(
        ("/birth_proof", "/case", "/child", "/mother", "/requester"), "required"
    )


@pytest.mark.parametrize("value", [10**400, -(10**30), 1e308, 0.1])
def test_a_strange_number_breaks_nothing(citizen, draft, value):
    saved = story.fill(citizen, draft, {"mother": {"year_of_birth": value}}).ok().body
    assert any(e["pointer"] == "/mother/year_of_birth" for e in saved["form_errors"])
    assert citizen.get(f"/v1/drafts/{draft}").ok().body["form"] == {"mother": {"year_of_birth": value}}


def test_a_form_with_many_faults_names_at_most_fifty(citizen, draft):
    saved = story.fill(citizen, draft, {f"x{i}": i for i in range(500)} | {"child": {}}).ok().body
    assert 0 < len(saved["form_errors"]) <= 50


def saved_with(citizen, draft, name):
    """What the form answers when child and mother have this name."""
    form = changed("/child/full_name", name)
    form["mother"]["full_name"] = name
    saved = citizen.call("PUT", f"/v1/drafts/{draft}/form", {"form": form}, version=0, Accept_Language="en").ok().body
    read = citizen.get(f"/v1/drafts/{draft}").ok().body["form"]
    meant = unicodedata.normalize("NFC", name).replace("\u00a0", " ").replace("\u3000", " ").strip() or None
    assert [read[who].get("full_name") for who in ("child", "mother")] == [meant] * 2, "kept as it was meant"
    return saved["form_errors"]


@pytest.mark.parametrize("name", LEGAL, ids=ascii)
def test_a_name_that_people_bear_is_taken(citizen, draft, name):
    assert saved_with(citizen, draft, name) == []


@pytest.mark.parametrize(("name", "rule"), NO_NAMES, ids=lambda text: ascii(text)[:40])
def test_what_is_no_name_is_told_with_its_rule_and_keeps_the_dossier_from_being_submitted(citizen, draft, name, rule):
    told = saved_with(citizen, draft, name)
    both = {"/child/full_name", "/mother/full_name"}
    assert {e["pointer"] for e in told} == both
    assert {e["rule"] for e in told} == {rule if name.strip() else "required"}
    assert all(e["message"].strip() and (len(name.strip()) < 4 or name not in e["message"]) for e in told)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/child/place_of_birth", "Trạm y tế xã Ea H’leo – buôn “Cư M'gar”"),
        ("/child/home_town", "Đắk RʼLấp"),
        ("/child/ethnicity", "H’Mông"),
    ],
)
def test_places_and_peoples_have_apostrophes_too(citizen, draft, path, value):
    saved = citizen.call("PUT", f"/v1/drafts/{draft}/form", {"form": changed(path, value)}, version=0).ok().body
    assert path not in {e["pointer"] for e in saved["form_errors"]}


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


WRONG = [
    ("/child/born_on", "2062-11-18", "born_by_today", "Date of birth"),
    ("/child/born_on", "1/13/2026", "format", "Date of birth"),
    ("/mother/year_of_birth", 2020, "mother_older", "Mother's year of birth"),
    ("/mother/year_of_birth", 1906, "mother_older", "Mother's year of birth"),
    ("/mother/personal_id", "001195012", "pattern", "Mother's personal identification number"),
    ("/requester/phone", "không có", "pattern", "Telephone"),
]


@pytest.mark.parametrize(("path", "value", "rule", "label"), WRONG)
def test_what_people_get_wrong_is_told_once_with_an_example_and_the_way_out(citizen, draft, path, value, rule, label):
    body = {"form": changed(path, value)}
    (told,) = (
        citizen.call("PUT", f"/v1/drafts/{draft}/form", body, version=0, Accept_Language="en").ok().body["form_errors"]
    )
    assert (told["pointer"], told["rule"], told["field"]) == (path, rule, label)
    assert all(told[part] and told[part] in told["message"] for part in ("field", "example", "way_out"))
    (vietnamese,) = citizen.get(f"/v1/drafts/{draft}").ok().body["form_errors"]
    assert all(vietnamese[part] and vietnamese[part] in vietnamese["message"] for part in ("field", "way_out"))
    assert vietnamese["way_out"] != told["way_out"]


def test_a_number_that_is_parted_to_be_read_is_taken_and_kept_whole(citizen, draft):
    form = changed("/requester/phone", "+84 912 345 678")
    form["mother"]["personal_id"] = "001.195.012.345"
    form["father"]["personal_id"] = ""
    saved = story.fill(citizen, draft, form).ok().body
    assert saved["form_errors"] == []
    assert saved["form"]["requester"]["phone"] == "0912345678"
    assert saved["form"]["mother"]["personal_id"] == "001195012345"
    assert "personal_id" not in saved["form"]["father"]
