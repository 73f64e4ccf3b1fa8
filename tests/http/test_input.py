"""What comes in wrongly: the rule that was broken is named, in the reader's language, and nothing happens."""

import json
import uuid

import pytest
import requests

from infra import story
from infra.client import Client
from tests.support.asserts import problem, rules
from tests.support.world import NOBODYS, officer_of

FORM_TYPE = "application/x-www-form-urlencoded"
VALID = {
    "drafts": {"procedure": story.PROCEDURE, "agency": story.AGENCY},
    "uploads": {"component": story.BIRTH_NOTICE, "filename": "a.jpg", "media_type": "image/jpeg", "size": 10},
    "dossiers": {"draft": NOBODYS, "declares_true": True},
    "form": {"form": {}},
    "complete": {"outcome": "accepted"},
    "signature": {"compared_with_original": True},
}


@pytest.fixture(scope="module")
def send(cloud):
    """`send(name, body, **headers)`: a body to the route of that name, by somebody whose role it is."""
    where = cloud.where()
    me, desk = story.citizen(where, **story.somebody()), officer_of(where, story.AGENCY, "reception")
    draft = story.open_draft(me).ok(201).body["reference"]
    routes = {
        "drafts": (me, "POST", "/v1/drafts"),
        "uploads": (me, "POST", f"/v1/drafts/{draft}/uploads"),
        "dossiers": (me, "POST", "/v1/dossiers"),
        "form": (me, "PUT", f"/v1/drafts/{draft}/form"),
        "complete": (desk, "POST", f"/v1/tasks/{NOBODYS}.0-commune.receive/complete"),
        "signature": (desk, "POST", f"/v1/copies/{NOBODYS}.x/signature"),
    }

    def send(name, body, **headers):
        who, method, path = routes[name]
        return who.call(method, path, body, version=0 if method == "PUT" else None, **headers)

    return send


# --- bodies ------------------------------------------------------------------------------------------------------


def test_every_body_of_the_api_is_in_this_matrix(routes):
    assert {r.path.rsplit("/", 1)[1] for r in routes if r.body} == set(VALID)


@pytest.mark.parametrize("name", VALID)
@pytest.mark.parametrize(
    "text", [b"", b"{", b'{"a": 1,}', b"\xef\xbb\xbf{}", b'{"a": "\\ud800"}', b"[" * 5000, b"nul", b"{}{}"]
)
def test_malformed_json_is_422(send, name, text):
    assert rules(send(name, text)) == {"": "json_invalid"}


@pytest.mark.parametrize("name", VALID)
@pytest.mark.parametrize("body", [[], "text", 1, None, True])
def test_json_that_is_no_object_is_422(send, name, body):
    assert set(rules(send(name, json.dumps(body).encode()))) == {""}


@pytest.mark.parametrize("name", VALID)
def test_an_unknown_field_is_named(send, name):
    assert rules(send(name, VALID[name] | {"admin": True})) == {"/admin": "extra_forbidden"}
    awkward = rules(send(name, VALID[name] | {"a/b~c": 1}))
    assert awkward == {"/a~1b~0c": "extra_forbidden"}


@pytest.mark.parametrize("name", VALID)
def test_every_required_field_is_named_when_it_is_missing(send, name):
    needed = [k for k in VALID[name] if k != "channel"]
    assert rules(send(name, {})) == {f"/{k}": "missing" for k in needed}


WRONG = [
    ("drafts", "procedure", 1001193, "string_type"),
    ("drafts", "procedure", "1001193", "string_pattern_mismatch"),
    ("drafts", "procedure", "1.001193\n", "string_pattern_mismatch"),
    ("drafts", "agency", None, "string_type"),
    ("drafts", "agency", "h01", "string_pattern_mismatch"),
    ("drafts", "agency", "H01" + ".1" * 20, "string_too_long"),
    ("drafts", "channel", "TELEPATHY", "literal_error"),
    ("uploads", "component", "x" * 61, "string_too_long"),
    ("uploads", "filename", "", "string_too_short"),
    ("uploads", "filename", "x" * 201, "string_too_long"),
    ("uploads", "filename", {"name": "a"}, "string_type"),
    ("uploads", "media_type", "x" * 101, "string_too_long"),
    ("uploads", "size", "many", "int_type"),
    ("uploads", "size", [1], "int_type"),
    ("uploads", "size", None, "int_type"),
    ("uploads", "size", 1.5, "int_type"),
    ("dossiers", "draft", "x" * 41, "string_too_long"),
    ("dossiers", "draft", 7, "string_type"),
    ("dossiers", "declares_true", False, "literal_error"),
    ("dossiers", "declares_true", "true", "literal_error"),
    ("form", "form", [], "dict_type"),
    ("form", "form", None, "dict_type"),
    ("form", "form", "{}", "dict_type"),
    ("complete", "outcome", "rejected", "literal_error"),
    ("complete", "outcome", 1, "literal_error"),
    ("complete", "note", "x" * 501, "string_too_long"),
    ("complete", "note", ["x"], "string_type"),
    ("signature", "compared_with_original", False, "literal_error"),
    ("signature", "compared_with_original", "yes", "literal_error"),
]


@pytest.mark.parametrize(("name", "field", "value", "rule"), WRONG)
def test_a_value_that_breaks_a_rule_is_named_with_it(send, name, field, value, rule):
    assert rules(send(name, VALID[name] | {field: value})) == {f"/{field}": rule}


@pytest.mark.parametrize("value", ["412345", "10", True])
def test_a_size_is_a_whole_number_as_the_description_says(send, value):
    assert set(rules(send("uploads", VALID["uploads"] | {"size": value}))) == {"/size"}


def test_several_broken_fields_are_named_at_once(send):
    assert rules(send("uploads", {"component": 1, "filename": "", "size": "x", "more": 1})) == {
        "/component": "string_type",
        "/filename": "string_too_short",
        "/media_type": "missing",
        "/size": "int_type",
        "/more": "extra_forbidden",
    }


def told(answer):
    body = problem(answer, answer.status)
    return {"": body["title"]} | {e["pointer"]: e["message"] for e in body.get("errors", [])}


@pytest.mark.parametrize(("name", "field", "value", "rule"), [*WRONG, ("form", "more", 1, "extra_forbidden")])
def test_each_rule_is_told_in_vietnamese_and_in_english(send, name, field, value, rule):
    body = VALID[name] | {field: value}
    vi, en = (send(name, body, Accept_Language=language) for language in ("vi", "en"))
    assert (vi.headers["Content-Language"], en.headers["Content-Language"]) == ("vi", "en")
    assert told(vi).keys() == told(en).keys()
    for pointer, sentence in told(vi).items():
        assert sentence != told(en)[pointer]
        assert rule not in sentence, "a rule's name is no sentence"
        assert told(en)[pointer].isascii()


@pytest.mark.parametrize(
    ("header", "language"),
    [("en-GB,en;q=0.9", "en"), ("EN", "en"), ("vi-VN", "vi"), ("fr", "vi"), ("", "vi"), ("*", "vi"), ("x" * 300, "vi")],
)
def test_vietnamese_unless_english_is_asked_for(send, header, language):
    answer = send("drafts", {}, Accept_Language=header)
    assert answer.headers["Content-Language"] == language


def test_what_was_typed_is_never_repeated(send):
    secret = "Nguyễn Thị Bí Mật 001195099999"
    for name, valid in VALID.items():
        for body in ({secret: 1}, {field: [secret] for field in valid}, secret, [secret]):
            answer = send(name, json.dumps(body).encode())
            shown = json.dumps([e["message"] for e in answer.body["errors"]], ensure_ascii=False)
            assert "Bí Mật" not in shown
            assert "001195099999" not in shown


# --- sizes, types, methods, paths -------------------------------------------------------------------------------


def test_a_body_over_the_limit_is_refused(send):
    assert rules(send("form", {"form": {"child": {"full_name": "x" * 200_001}}})) == {"": "max_bytes"}
    problem(send("form", b" " * (10 * 1024 * 1024 + 1)), 413)


def test_a_body_of_another_type_is_415(send):
    for kind in ("text/plain", "application/xml", "multipart/form-data; boundary=x", FORM_TYPE, "application/jsonx"):
        for name, valid in VALID.items():
            problem(send(name, valid, Content_Type=kind), 415, "type_not_supported")


def test_json_with_a_charset_is_json(send):
    assert send("drafts", VALID["drafts"], Content_Type="application/json; charset=utf-8").status == 201


@pytest.mark.parametrize("method", ["DELETE", "PATCH", "PUT", "POST", "GET", "HEAD", "TRACE", "LINK"])
def test_a_method_that_a_path_does_not_have_is_405(where, citizen, routes, method):
    has = {}
    for route in routes:
        has.setdefault(route.path, set()).add(route.method)
    for path, methods in has.items():
        if method in methods:
            continue
        answer = citizen.call(method, path.replace("{", "").replace("}", ""), {} if method == "POST" else None)
        assert answer.status == 405
        assert set(answer.headers["Allow"].split(", ")) >= methods
        if method != "HEAD":
            problem(answer, 405, "method_not_allowed")


@pytest.mark.parametrize(
    "path",
    ["/v1/", "/v1/nothing", "/v1/drafts/x/y/z", "/v2/drafts", "/v1//dossiers", "/nothing", "/v1/%00"],
)
def test_an_unknown_path_is_404(citizen, path):
    problem(citizen.get(path), 404, "not_found")


@pytest.mark.parametrize(
    "name", ["x" * 3000, "%2e%2e%2f", "a%00b", "%C3%A9", "%FF", "MC-%23", "%20", "MC-", "CODE%23x"]
)
def test_a_strange_name_in_a_path_is_404_and_breaks_nothing(where, citizen, routes, name):
    desk = officer_of(where, story.AGENCY, "reception", "processing", "leader", "scanning")
    for route in routes:
        if "{" not in route.path:
            continue
        path = "/".join(name if part.startswith("{") else part for part in route.path.split("/"))
        body = VALID[path.rsplit("/", 1)[1]] if route.body else None
        for who in (citizen, desk):
            answer = who.call(route.method, path, body, version=0)
            assert answer.status in (403, 404), (answer.status, route.path, answer.body)


def test_what_is_no_utf8_is_400(send):
    problem(send("drafts", b'{"procedure": "\xff\xfe"}'), 400)


# --- keys and versions -------------------------------------------------------------------------------------------


def test_every_post_needs_an_idempotency_key(send, routes):
    keyed = [r.path.rsplit("/", 1)[1] for r in routes if r.method == "POST"]
    assert len(keyed) >= 5
    for name in keyed:
        problem(send(name, VALID[name], key=""), 400, "key_missing")


def test_a_key_has_a_longest_length(send):
    assert problem(send("drafts", VALID["drafts"], key="k" * 201), 400, "key_missing")["limit"] == 200
    assert send("drafts", VALID["drafts"], key="k" * 200).status == 201


def test_a_change_without_the_version_it_was_made_on_is_428(citizen, draft):
    problem(citizen.call("PUT", f"/v1/drafts/{draft}/form", {"form": {}}), 428, "version_missing")


@pytest.mark.parametrize("text", ['"x"', "*", "-1", "1.0", "\u00b2", "9" * 5000, '"0", "1"', "W/0"])
def test_a_version_that_is_none_is_412(citizen, draft, text):
    answer = citizen.call("PUT", f"/v1/drafts/{draft}/form", {"form": {}}, If_Match=text)
    problem(answer, 412, "lost_update")


def test_a_change_on_a_stale_version_is_412_and_says_the_current_one(citizen, draft):
    story.fill(citizen, draft, {"requester": {"relationship": "Mẹ"}}, 0).ok()
    lost = problem(story.fill(citizen, draft, {}, 0), 412, "lost_update")
    assert lost["current_version"] == 1
    kept = citizen.get(f"/v1/drafts/{draft}").ok()
    assert (kept.body["form"], kept.headers["ETag"]) == ({"requester": {"relationship": "Mẹ"}}, '"1"')
    assert story.fill(citizen, draft, {}, lost["current_version"]).ok().body["form_version"] == 2


def test_the_same_key_opens_one_draft(citizen):
    key = uuid.uuid4().hex
    one, two = (story.open_draft(citizen, key=key).ok(201) for _ in range(2))
    assert one.body == two.body
    problem(story.open_draft(citizen, key=key, agency="H01.10.25"), 409, "key_reused")
    assert len(citizen.get("/v1/dossiers").ok().body["dossiers"]) == 1


def test_a_key_belongs_to_its_person(where, citizen):
    other, key = story.citizen(where, **story.somebody()), uuid.uuid4().hex
    one, two = (story.open_draft(who, key=key).ok(201).body["reference"] for who in (citizen, other))
    assert one != two


def test_the_same_key_announces_one_upload(citizen, draft):
    key = uuid.uuid4().hex
    one, two = (story.announce(citizen, draft, b"x", key=key).ok(201).body["id"] for _ in range(2))
    assert one == two
    problem(story.announce(citizen, draft, b"xy", key=key), 409, "key_reused")
    assert len(citizen.get(f"/v1/drafts/{draft}").ok().body["uploads"]) == 1


# --- procedures, agencies, announcements ------------------------------------------------------------------------


def test_an_unknown_procedure_or_agency_is_404(citizen):
    unknown = {"procedure": "9.999999", "agency": story.AGENCY}
    assert problem(citizen.post("/v1/drafts", unknown), 404, "not_found")["what"] == "procedure"
    assert problem(story.open_draft(citizen, agency="H99.99.99"), 404, "not_found")["what"] == "agency"
    problem(citizen.get("/v1/procedures/9.999999"), 404, "not_found")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"media_type": "text/plain"}, {"/media_type": "accepted_types"}),
        ({"media_type": "image/svg+xml"}, {"/media_type": "accepted_types"}),
        ({"media_type": ""}, {"/media_type": "accepted_types"}),
        ({"size": 0}, {"/size": "max_bytes"}),
        ({"size": -1}, {"/size": "max_bytes"}),
        ({"size": 20 * 1024 * 1024 + 1}, {"/size": "max_bytes"}),
        ({"size": 10**30}, {"/size": "max_bytes"}),
        ({"component": "000.00.00.G15-KQ999999"}, {"/component": "unknown"}),
        ({"component": "UNCLASSIFIED", "size": 0}, {"/component": "unknown", "/size": "max_bytes"}),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_when_it_is_announced(citizen, draft, change, expected):
    assert rules(citizen.post(f"/v1/drafts/{draft}/uploads", VALID["uploads"] | change)) == expected
    assert citizen.get(f"/v1/drafts/{draft}").ok().body["uploads"] == []


def test_a_draft_takes_forty_files(citizen, draft):
    for _ in range(40):
        story.announce(citizen, draft, b"x").ok(201)
    assert rules(story.announce(citizen, draft, b"x")) == {"": "max_uploads"}


# --- the form ----------------------------------------------------------------------------------------------------


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
    assert saved["form"] == form
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


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "01", "+1", "0x10", ".5"])
def test_what_is_no_json_number_is_refused(send, number):
    assert set(rules(send("form", f'{{"form": {{"child": {number}}}}}'.encode()))) == {""}


@pytest.mark.parametrize("value", [10**400, -(10**30), 1e308, 0.1])
def test_a_strange_number_breaks_nothing(citizen, draft, value):
    saved = story.fill(citizen, draft, {"mother": {"year_of_birth": value}}).ok().body
    assert any(e["pointer"] == "/mother/year_of_birth" for e in saved["form_errors"])
    assert citizen.get(f"/v1/drafts/{draft}").ok().body["form"] == {"mother": {"year_of_birth": value}}


def test_a_form_with_many_faults_names_at_most_fifty(citizen, draft):
    saved = story.fill(citizen, draft, {f"x{i}": i for i in range(500)} | {"child": {}}).ok().body
    assert 0 < len(saved["form_errors"]) <= 50


# --- one shape for every refusal --------------------------------------------------------------------------------


def test_every_refusal_has_the_one_shape(where, citizen, send):
    for answer in (
        Client(where).get("/v1/dossiers"),
        citizen.get("/v1/tasks"),
        citizen.get("/v1/drafts/x"),
        citizen.get("/nothing"),
        citizen.call("DELETE", "/v1/drafts"),
        send("form", {}),
        citizen.get("/v1/dossiers?cursor=x"),
        citizen.call("DELETE", "/health"),
    ):
        body = problem(answer, answer.status)
        assert len(answer.headers["X-Request-Id"]) == len(body["request_id"]) == 36


def test_two_requests_never_have_one_name(citizen):
    names = {citizen.get("/v1/drafts/x").body["request_id"] for _ in range(5)}
    assert len(names) == 5


def test_a_request_line_that_is_none_is_refused(where):
    answer = requests.get(f"{where['url']}/v1/dossiers", headers={"Authorization": "x" * 70_000}, timeout=10)
    assert 400 <= answer.status_code < 500
