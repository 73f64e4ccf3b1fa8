"""Everybody reads the catalogue: find, six facts, papers that apply, the form, all of it as open data."""

import gzip
import hashlib
import json
from urllib.parse import quote

import pytest
import requests

from infra.demo import story
from infra.demo.client import Client, fetch
from tests.support.asserts import problem, rules
from tests.support.catalogue import Desk, free_of_charge, fresh_code, imported, shown
from tests.support.world import whole_list

CACHED = "public, max-age=60"


@pytest.fixture(scope="module")
def anyone(cloud):
    return Client(cloud.where())


@pytest.fixture(scope="module")
def national(cloud, anyone):
    """A national record that nobody offers."""
    code = fresh_code()
    told = imported(cloud, code)
    assert (told["code"], told["status"]) == (code, "imported")
    shown(anyone, code, lambda row: not row["offered"])
    return code


def services(answer):
    """How many services the rows of an answer stand for."""
    return sum(1 + len(row["variants"]) for row in answer.ok().body["services"])


def codes(answer):
    return [row["code"] for row in answer.ok().body["services"]]


# --- find ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["đăng ký khai sinh", "dang ky khai sinh", "KHAI SINH", "khai sinh", "1.001193"])
def test_a_service_is_found_in_plain_words(anyone, words):
    found = anyone.get(f"/v1/services?q={quote(words)}").ok()
    assert codes(found)[0] == story.PROCEDURE
    first = found.body["services"][0]
    assert (first["name_vi"], first["level"], first["offered"]) == ("Đăng ký khai sinh", "partial", True)
    assert "birth" in first["life_events"]


def listed(rows):
    """The row of each code: what has one name stands in one row, whichever of them another test put out first."""
    return {each["code"]: row for row in rows for each in (row, *row["variants"])}


@pytest.mark.rule("R42", "filter")
@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("kind=public_utility", {"U.000001"}),
        ("kind=public_non_business", {"S.000001"}),
        ("level=partial&offered=true", {"S.000001", "U.000001"}),
        ("offered=true&life_event=birth", {story.PROCEDURE}),
    ],
)
def test_filters_narrow_the_list_and_its_facets(anyone, query, holds):
    answer = anyone.get(f"/v1/services?limit=100&{query}").ok()
    assert holds <= listed(answer.body["services"]).keys()
    name, _, value = query.partition("&")[0].partition("=")
    rows = whole_list(anyone, f"/v1/services?{query}", "services")
    if name in ("kind", "level"):
        assert {row[name] for row in rows} == {value}
        assert answer.body["facets"][name] == [
            {"value": value, "name_vi": None, "count": len(listed(answer.body["services"]))}
        ]
    assert len(rows) == answer.body["total"]


def test_words_and_a_filter_that_nothing_meets_find_nothing(anyone):
    answer = anyone.get("/v1/services?q=khai+sinh&kind=public_utility").ok()
    assert (answer.body["total"], answer.body["services"], answer.body["next"]) == (0, [], None)


def test_the_list_is_read_to_its_end_without_a_gap(cloud, anyone, national):
    for _ in range(7):
        last = fresh_code()
        imported(cloud, last)
    cloud.wait_idle()
    whole = whole_list(anyone, "/v1/services?limit=100", "services")
    stepped = whole_list(anyone, "/v1/services?limit=3", "services")
    assert [r["code"] for r in stepped] == [r["code"] for r in whole] == sorted({r["code"] for r in whole})
    listed = {code for r in whole for code in (r["code"], *(v["code"] for v in r["variants"]))}
    assert {national, last, story.PROCEDURE, "S.000001", "U.000001"} <= listed
    assert len(whole) == anyone.get("/v1/services").ok().body["total"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("cursor=x", {"/cursor": "cursor"}),
        ("cursor=eyJvZmZzZXQiOi0xfQ==", {"/cursor": "cursor"}),
        ("cursor=" + "e" * 2001, {"/cursor": "string_too_long"}),
        ("limit=0", {"/limit": "greater_than_equal"}),
        ("limit=101", {"/limit": "less_than_equal"}),
        ("limit=many", {"/limit": "int_parsing"}),
        ("kind=procedure", {"/kind": "literal_error"}),
        ("level=4", {"/level": "literal_error"}),
        ("offered=yes", {"/offered": "literal_error"}),
        ("q=" + "x" * 201, {"/q": "string_too_long"}),
        ("field=" + "x" * 301, {"/field": "string_too_long"}),
        ("province=Lai+Châu", {"/province": "string_pattern_mismatch"}),
        ("province=G15", {"/province": "string_pattern_mismatch"}),
        ("limit=0&kind=x", {"/limit": "greater_than_equal", "/kind": "literal_error"}),
    ],
)
def test_a_query_that_breaks_a_rule_is_422_and_names_it(anyone, query, expected):
    assert rules(anyone.get(f"/v1/services?{query}")) == expected


def test_variants_of_a_name_are_a_row_headed_by_that_of_the_place_where_i_live(cloud, anyone):
    by = {"G01": "Bộ Công an", "H35": "UBND tỉnh Lai Châu", "H38": "UBND tỉnh Lào Cai"}
    name = f"Xác nhận sống lâu năm {fresh_code().replace('.', ' ')}"
    found = {}
    for code, promulgator in by.items():
        found[code] = fresh_code()
        whose = {"departmentPromulgateCode": code, "departmentPromulgateName": promulgator}
        imported(cloud, found[code], name=name, **whose)
    cloud.wait_idle()
    shown(anyone, found["H38"], lambda row: len(row["variants"]) == len(by) - 1)

    def row(query):
        (only,) = anyone.get(f"/v1/services?q={quote(name)}{query}").ok().body["services"]
        return only

    assert row("")["code"] == found["G01"], "without a place the one that holds for the whole country"
    mine = row("&province=H38")
    assert (mine["code"], mine["area"]) == (found["H38"], {"code": "H38", "name_vi": "tỉnh Lào Cai"})
    assert [v["code"] for v in mine["variants"]] == [found["G01"], found["H35"]]
    assert mine["variants"][0]["promulgated_by"] == {"code": "G01", "name_vi": "Bộ Công an"}
    assert row("&province=H20")["code"] == found["G01"], "no record of its own: the ministry's"
    assert row(quote(" tỉnh Lai Châu"))["code"] == found["H35"]
    assert row("&area=H35")["variants"] == []
    page = anyone.get(f"/v1/services/{found['H35']}").ok().body
    assert (page["promulgated_by"], page["area"]["name_vi"]) == (mine["variants"][1]["promulgated_by"], "tỉnh Lai Châu")
    facets = anyone.get("/v1/services").ok().body["facets"]
    assert {"value": "H35", "name_vi": "tỉnh Lai Châu"}.items() <= next(
        f for f in facets["area"] if f["value"] == "H35"
    ).items()
    assert {f["value"]: f["name_vi"] for f in facets["promulgator"]}["H38"] == "UBND tỉnh Lào Cai"


def test_words_that_no_service_fits_are_told_so_in_both_languages(anyone):
    answer = anyone.get(f"/v1/services?q={quote('xem bói tình duyên tuổi Mùi')}").ok().body
    assert (answer["total"], answer["services"], answer["next"]) == (0, [], None)
    assert set(answer["nothing_fits"]) == {"text_vi", "text_en"}
    assert all(answer["nothing_fits"].values())
    for found in ("/v1/services", "/v1/services?q=khai+sinh", "/v1/services?q=++"):
        assert anyone.get(found).ok().body["nothing_fits"] is None


def test_the_longest_words_that_are_taken_are_searched(anyone):
    assert anyone.get("/v1/services?q=" + "x" * 200).ok().body["services"] == []


# --- six facts -----------------------------------------------------------------------------------------------------


@pytest.mark.rule("R01")
@pytest.mark.rule("R03")
def test_the_six_facts_of_a_service_are_there_before_one_starts(anyone):
    facts = anyone.get(f"/v1/services/{story.PROCEDURE}").ok().body
    assert facts["offered"]
    assert facts["version"] >= 1
    papers = {p["code"]: p for p in facts["papers"]}
    assert papers[story.BIRTH_NOTICE]["need"] == "always"
    assert facts["fees"] or facts["prices"] == []
    assert [t["term"] for t in facts["times"]] == ["1wd"]
    online = facts["online"]
    assert online["level"] == "partial"
    assert online["reasons"] or online["blockers"], "what is not end to end says why"
    assert all(r["legal_basis"] and r["text_vi"] and r["text_en"] for r in online["reasons"])
    assert online["notice_vi"] != online["notice_en"]
    assert "224/2026" in online["citation"]
    assert facts["performed_by"] == "Ủy ban nhân dân cấp xã"
    assert facts["appeal"]["text_vi"]
    assert facts["life_events"] == ["birth"]
    assert facts["has_form"]


@pytest.mark.rule("R02")
def test_a_service_that_is_end_to_end_has_no_blocker_and_no_reason(cloud, where, anyone):
    desk = Desk(where, fresh_code())
    desk.put_out(free_of_charge(desk.code))
    online = anyone.get(f"/v1/services/{desk.code}").ok().body["online"]
    assert (online["level"], online["blockers"], online["reasons"]) == ("full", [], [])
    cloud.wait_idle()
    assert desk.code in listed(whole_list(anyone, "/v1/services?level=full&offered=true", "services"))


@pytest.mark.rule("R02")
def test_no_service_that_is_offered_is_end_to_end_with_a_price(anyone):
    rows = whole_list(anyone, "/v1/services?offered=true", "services")
    found = listed(rows)
    assert {"S.000001", "U.000001", "1.004222", story.PROCEDURE} <= found.keys()
    for code, row in found.items():
        service = anyone.get(f"/v1/services/{code}").ok().body
        owed = [each for each in service["fees"] if each["reading"] != "free"]
        owed += [each for each in service["prices"] if each["amount"] != 0]
        assert not owed or service["online"]["level"] != "full", code
        assert not owed or row["code"] != code or row["level"] != "full", code


@pytest.mark.rule("R44")
@pytest.mark.parametrize("code", ["S.000001", "U.000001"])
def test_a_service_that_is_no_procedure_has_a_provider_a_price_list_and_its_channels(anyone, code):
    facts = anyone.get(f"/v1/services/{code}").ok().body
    assert facts["kind"] != "administrative_procedure"
    assert facts["provider"]["name_vi"]
    assert facts["fees"] == []
    assert all(p["amount"] > 0 and p["currency"] == "VND" and p["name_en"] for p in facts["prices"])
    assert set(facts["service_channels"]) == {"national_portal", "authority_system", "provider_portal"}


def test_a_national_record_that_nobody_offers_is_readable_with_what_it_does_not_say(anyone, national):
    facts = anyone.get(f"/v1/services/{national}").ok().body
    assert (facts["version"], facts["offered"], facts["online"]["level"]) == (None, False, "unknown")
    assert {p["need"] for p in facts["papers"]} == {"unknown"}
    assert facts["min_level"] is None
    pointers = [each["pointer"] for each in facts["unknown"]]
    assert pointers == ["/fees", "/papers", "/name_en", "/papers/1/blank_forms/0/url"]
    for unknown in facts["unknown"]:
        assert unknown["pointer"].startswith("/")
        assert unknown["why_vi"] != unknown["why_en"]


def test_no_draft_is_opened_of_a_record_that_nobody_offers(citizen, national):
    unknown = problem(citizen.post("/v1/drafts", {"procedure": national, "agency": story.AGENCY}), 404, "not_found")
    assert unknown["what"] == "procedure"


@pytest.mark.parametrize("what", ["", "/checklist", "/form"])
def test_a_code_that_there_is_not_is_404(anyone, what):
    problem(anyone.get(f"/v1/services/{fresh_code()}{what}"), 404, "not_found")


# --- papers and form -------------------------------------------------------------------------------------------------


def papers(anyone, query=""):
    body = anyone.get(f"/v1/services/{story.PROCEDURE}/checklist{query}").ok().body
    return {p["need"] for p in body["papers"]}, {p["need"] for p in body["not_needed"]}, body


def test_the_papers_that_apply_depend_on_the_channel(anyone):
    wanted, spared, _ = papers(anyone)
    assert wanted == {"form"}
    assert spared == {"paper", "case"}, "who files online shows no identity at the counter"
    wanted, spared, _ = papers(anyone, "?channel=DIRECT")
    assert wanted == {"case", "paper"}
    assert spared == {"form"}


def test_the_papers_that_apply_depend_on_the_case(anyone):
    def listed(query=""):
        body = anyone.get(f"/v1/services/1.004222/checklist{query}").ok().body
        return body, {p["code"] for p in body["papers"]}

    body, everything = listed()
    (question,) = body["questions"]
    assert question["field"] is None
    for language in ("text_vi", "text_en"):
        assert len({each[language] for each in question["choices"]}) == len(question["choices"]) > 1
    lists = {}
    for choice in question["choices"]:
        mine, lists[choice["value"]] = listed(f"?case={quote(choice['value'])}")
        assert (mine["case"], mine["questions"]) == (choice["value"], [])
        assert all(choice["value"] in p["cases"] or not p["cases"] for p in mine["papers"])
    assert set().union(*lists.values()) == everything
    assert len({frozenset(each) for each in lists.values()}) > 1


def test_cases_that_change_no_paper_are_not_asked(anyone):
    _, _, body = papers(anyone)
    assert len(anyone.get(f"/v1/services/{story.PROCEDURE}").ok().body["cases"]) == 2
    assert None not in {each["field"] for each in body["questions"]}


def test_a_paper_that_a_database_answers_is_not_asked_for(anyone):
    body = anyone.get("/v1/services/1.004222/checklist").ok().body
    answered = [p for p in body["not_needed"] if p["need"] == "data"]
    assert answered
    assert all(p["source"]["database"] and p["source"]["clause"] for p in answered)


def test_an_unknown_case_or_channel_is_refused(anyone):
    problem(anyone.get(f"/v1/services/{story.PROCEDURE}/checklist?case=x"), 404, "not_found")
    wrong = anyone.get(f"/v1/services/{story.PROCEDURE}/checklist?channel=FAX")
    assert rules(wrong) == {"/channel": "literal_error"}


def test_the_form_is_the_one_that_drafts_are_filled_in_by(anyone, citizen, draft):
    form = anyone.get(f"/v1/services/{story.PROCEDURE}/form").ok().body
    assert citizen.get(f"/v1/drafts/{draft}/form").ok().body["document"] == form["document"]
    assert form["document"]["schema"]["$schema"].endswith("2020-12/schema")
    assert form["version"] == anyone.get(f"/v1/services/{story.PROCEDURE}").ok().body["version"]


def test_a_record_without_a_form_of_its_own_has_the_plain_one(anyone, national):
    form = anyone.get(f"/v1/services/{national}/form").ok().body
    assert (form["version"], form["document"]["id"]) == (None, f"{national}-plain")


# --- open data, caches ---------------------------------------------------------------------------------------------


def test_the_whole_catalogue_is_open_data(cloud, anyone, national):
    cloud.wait_idle()
    assert cloud.functions.call("catalogue_export", {})["services"] > 6
    told = anyone.get("/v1/catalogue/export").ok()
    data = fetch(told.body["url"])
    assert hashlib.sha256(data).hexdigest() == told.body["sha256"]
    lines = [json.loads(line) for line in gzip.decompress(data).decode().splitlines()]
    assert len(lines) == told.body["count"]
    by_code = {line["code"]: line for line in lines}
    listed = whole_list(anyone, "/v1/services", "services")
    assert len(by_code) == len(lines) == sum(1 + len(row["variants"]) for row in listed)
    assert by_code[national]["version"] is None
    assert by_code[story.PROCEDURE]["level"] == "partial"
    assert told.headers["Cache-Control"] == "no-store", "the link in it ends soon"


SERVICE = f"/v1/services/{story.PROCEDURE}"
PAGES = ["/v1/services?q=khai+sinh", SERVICE, f"{SERVICE}/checklist", f"{SERVICE}/form"]
PAGES += ["/v1/agencies", "/v1/agencies/H01", "/v1/outages"]


@pytest.mark.parametrize("page", PAGES)
def test_what_everybody_reads_may_be_kept_and_is_not_sent_twice(where, anyone, page):
    first = anyone.get(page).ok()
    assert first.headers["Cache-Control"] == CACHED
    tag = first.headers["ETag"]
    assert tag.startswith('"')
    again = requests.get(where["url"] + page, headers={"If-None-Match": f'W/"x", {tag}'}, timeout=300)
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["Cache-Control"] == CACHED
    other = requests.get(where["url"] + page, headers={"If-None-Match": '"other"'}, timeout=300)
    assert (other.status_code, other.json()) == (200, first.body)


def test_an_import_reports_each_record_for_itself(cloud):
    from tests.unit.catalogue.records import given

    code = fresh_code()
    good, broken = given.record(given.CODES[0], code=code, codeNotation=code), {"code": None}
    answer = cloud.functions.call("catalogue_import", {"records": [broken, good, good]})["records"]
    assert [each["status"] for each in answer] == ["refused", "imported", "unchanged"]
    assert answer[0]["findings"][0].keys() >= {"code", "pointer"}
    changed = {**good, "name": "Đăng ký khai tử (sửa đổi)"}
    (again,) = cloud.functions.call("catalogue_import", {"records": [changed]})["records"]
    assert (again["code"], again["status"]) == (code, "changed")
