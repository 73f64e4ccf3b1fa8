"""A route is a sentence; the armour around it is the same for all of them."""

import gc
import json
from types import SimpleNamespace

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError
from chalice import Blueprint, Chalice
from pydantic import BaseModel, ConfigDict

from chalicelib.identity.authorizer import identity_authorize
from chalicelib.kernel import access, aws, record
from chalicelib.kernel import problem as errors
from chalicelib.kernel.endpoint import MAX_BODY, MAX_KEY, MAX_NAME, Api, Reply, language_of, serve

CITIZEN = {"subject": "c", "kind": "CITIZEN", "name": "N", "level": 2, "personal_id": "001195012345", "roles": []}
OFFICER = {"subject": "o", "kind": "OFFICER", "name": "N", "agency": "H01", "roles": ["leader"], "level": 1}
READ = "test.read"
LAMBDA = SimpleNamespace(aws_request_id="l-1")


class Thing(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str = "x"


bp = Blueprint(__name__)
api = Api(bp, identity_authorize)
CALLS = []


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    """The act of these routes, for these tests only."""
    monkeypatch.setitem(access.ACTS, READ, frozenset({access.Grant(access.CITIZEN)}))


@api.route("GET", "/public", act=None, answer=Thing, query=("kind",), cache="public, max-age=60")
def public(call):
    """Read what everybody may."""
    CALLS.append(call)
    return Reply(Thing(), version=7)


@api.route("GET", "/things/{thing}", act=READ, answer=Thing)
def read(call):
    """Read a thing."""
    CALLS.append(call)
    return Thing(name=call.path["thing"])


@api.route("POST", "/things", act=READ, body=Thing, answer=Thing, status=201)
def make(call):
    """Make a thing."""
    CALLS.append(call)
    return Reply(call.body, location="/things/1")


@api.route("PUT", "/things/{thing}", act=READ, body=Thing, answer=Thing)
def change(call):
    """Change a thing."""
    CALLS.append(call)
    return Reply(call.body, version=call.version + 1)


@api.route("GET", "/broken", act=None, answer=Thing)
def broken(call):
    """Break."""
    raise RuntimeError("canary-7")


@api.route("GET", "/refused", act=None, answer=Thing)
def refused(call):
    """Refuse."""
    raise errors.LostUpdate(current_version=3)


@api.route("GET", "/busy", act=None, answer=Thing)
def busy(call):
    """Find what we stand on busy."""
    raise TROUBLES[0]


@api.route("GET", "/contended", act=None, answer=Thing)
def contended(call):
    """Write to what others write to."""
    return record.settled(always_contended)


def always_contended():
    raise aws.WriteContended


TROUBLES = []
APP = Chalice("endpoint", configure_logs=False)
APP.register_blueprint(bp)


@pytest.fixture(autouse=True)
def no_calls():
    CALLS.clear()


def ask(method, path, *, route=None, body=None, who=CITIZEN, headers=None, parameters=None, query=None, called=LAMBDA):
    """Answer as API Gateway gets it; `headers` are as the client wrote them."""
    context = {"httpMethod": method, "resourcePath": route or path, "requestId": "r-1", "identity": {"sourceIp": "-"}}
    if who:
        context["authorizer"] = {"principal": json.dumps(who)}
    event = {
        "requestContext": context,
        "path": path,
        "headers": {"Content-Type": "application/json", **(headers or {})},
        "pathParameters": parameters,
        "multiValueQueryStringParameters": query,
        "stageVariables": None,
        "body": body,
        "isBase64Encoded": False,
    }
    answer = serve(APP, event, called)
    return SimpleNamespace(
        status=answer["statusCode"], headers=answer["headers"], body=json.loads(answer["body"]), text=answer["body"]
    )


def post(body='{"name": "x"}', **more):
    more.setdefault("headers", {"Idempotency-Key": "k"})
    return ask("POST", "/things", body=body, **more)


def put(headers, body="{}"):
    return ask("PUT", "/things/1", route="/things/{thing}", body=body, parameters={"thing": "1"}, headers=headers)


def refusal(answer, kind):
    row = kind.row
    assert (answer.status, answer.body["code"]) == (row.status, row.code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.body["request_id"] == "r-1"
    assert CALLS == []
    return answer.body


# --- answers -------------------------------------------------------------------------------------------------------


def test_an_answer_is_json_that_nobody_keeps():
    answer = ask("GET", "/things/a", route="/things/{thing}", parameters={"thing": "a"})
    assert (answer.status, answer.body) == (200, {"name": "a"})
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_reply_has_its_status_its_etag_its_location_and_its_cache():
    made = post()
    assert (made.status, made.headers["Location"]) == (201, "/things/1")
    read_once = ask("GET", "/public", who=None)
    assert (read_once.headers["ETag"], read_once.headers["Cache-Control"]) == ('"7"', "public, max-age=60")
    assert "ETag" not in made.headers


def test_a_name_in_a_path_is_unquoted_once():
    ask("GET", "/things/a%2Fb", route="/things/{thing}", parameters={"thing": "a%2Fb%2541"})
    assert CALLS[0].path == {"thing": "a/b%41"}


def test_a_parameter_reaches_the_view_and_an_empty_one_was_not_sent():
    ask("GET", "/public", who=None, query={"kind": ["a"]})
    ask("GET", "/public", who=None, query={"kind": [""]})
    assert [call.query for call in CALLS] == [{"kind": "a"}, {}]


def test_a_parameter_that_the_route_does_not_have_or_that_comes_twice_is_named():
    body = refusal(ask("GET", "/public", who=None, query={"kind": ["a", "a"], "~": ["x"]}), errors.BodyInvalid)
    assert {e["pointer"]: e["rule"] for e in body["errors"]} == {"/kind": "duplicate_key", "/~0": "unknown_parameter"}
    assert refusal(ask("GET", "/refused", query={"kind": [""]}), errors.BodyInvalid)["errors"][0]["pointer"] == "/kind"


def test_a_public_route_has_nobody_as_its_principal():
    ask("GET", "/public")
    assert (CALLS[0].principal.kind, CALLS[0].principal.holder) == ("PUBLIC", "")


# --- refusals --------------------------------------------------------------------------------------------------------


def test_without_the_authorizers_principal_nothing_is_done():
    for method, path in (("GET", "/things/{thing}"), ("POST", "/things"), ("PUT", "/things/{thing}")):
        refusal(ask(method, path, who=None, parameters={"thing": "a"}, body="{}"), errors.TokenRefused)


def test_another_role_than_the_act_asks_for_is_refused_first():
    answer = ask("POST", "/things", who=OFFICER, body="not json")
    assert refusal(answer, errors.NotAllowed)["act"] == "test.read"


@pytest.mark.parametrize("key", ["", "k" * (MAX_KEY + 1)])
def test_a_post_needs_a_key_of_a_length(key):
    assert refusal(post(headers={"Idempotency-Key": key}), errors.KeyMissing)["limit"] == MAX_KEY


def test_a_change_needs_the_version_it_was_made_on():
    refusal(put({}), errors.VersionMissing)
    assert put({"If-Match": '"3"'}).headers["ETag"] == '"4"'
    assert CALLS[0].version == 3


@pytest.mark.parametrize("text", ["x", "*", "-1", "1.0", 'W/"3"', "²", "9" * 5000, "3, 4"])
def test_a_version_that_we_never_gave_is_a_lost_update(text):
    refusal(put({"If-Match": text}), errors.LostUpdate)


@pytest.mark.parametrize("name", ["x" * (MAX_NAME + 1), ""])
def test_a_name_that_is_no_name_of_ours_is_not_found(name):
    refusal(ask("GET", "/things/x", route="/things/{thing}", parameters={"thing": name}), errors.NotFound)


@pytest.mark.parametrize("body", ["", "{", "null", "[]", '{"name": 7}', '{"name": "x", "more": 1}', None])
def test_a_body_that_breaks_a_rule_is_refused_by_field(body):
    told = refusal(post(body), errors.BodyInvalid)
    assert all(e["pointer"] is not None and e["rule"] and e["message"] for e in told["errors"])


def test_a_body_over_the_limit_is_not_even_read():
    told = refusal(post(json.dumps({"name": "x" * MAX_BODY})), errors.BodyInvalid)
    assert [e["rule"] for e in told["errors"]] == ["max_bytes"]


def test_a_body_is_never_repeated():
    assert "canary" not in post('{"name": {"canary-7": "canary-8"}}').text


def test_a_refusal_of_the_view_keeps_its_facts():
    answer = ask("GET", "/refused", who=None)
    assert (answer.status, answer.body["current_version"]) == (412, 3)


def test_what_breaks_in_the_view_is_ours_and_says_nothing(logged):
    answer = ask("GET", "/broken", who=None)
    assert (answer.status, answer.body["code"]) == (500, "broken")
    assert "canary" not in answer.text
    assert "canary" not in repr(logged)
    assert logged[0]["error"].startswith("RuntimeError at ")
    assert (logged[1]["status"], logged[1]["route"], logged[1]["request_id"]) == (500, "GET /broken", "r-1")


@pytest.mark.parametrize(
    "trouble",
    [
        ClientError({"Error": {"Code": "ProvisionedThroughputExceededException"}}, "Query"),
        ConnectionClosedError(endpoint_url="canary-7"),
        aws.WriteContended(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_what_passes_by_itself_is_no_fault_but_a_request_to_come_again(trouble, logged, counted):
    TROUBLES[:] = [trouble]
    answer = ask("GET", "/busy", who=None)
    assert (answer.status, answer.body["code"], answer.headers["Retry-After"]) == (503, "try_again", "1")
    assert "canary" not in answer.text + repr(logged)
    assert (logged[0]["message"], logged[0]["route"]) == ("request to be repeated", "GET /busy")
    assert counted() == []


def test_only_who_should_come_again_is_told_when():
    assert all("Retry-After" not in ask("GET", path, who=None).headers for path in ("/broken", "/refused", "/nothing"))


def test_a_write_waits_for_others_no_longer_than_its_call_has_time(waits):
    left = SimpleNamespace(aws_request_id="l-1", get_remaining_time_in_millis=lambda: 6000)
    answer = ask("GET", "/contended", who=None, called=left)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "1")
    assert 3 < sum(waits.waited) <= 4


def test_an_answer_500_is_counted_with_its_route_and_a_refusal_is_not(counted):
    ask("GET", "/refused", who=None)
    assert counted() == []
    ask("GET", "/broken", who=None)
    assert [(x["RoutesBroken"], x["route"]) for x in counted()] == [([1.0], "GET /broken")]


def test_what_breaks_in_the_framework_is_counted_and_logged_too(logged, counted):
    context = {"requestContext": {"httpMethod": "GET", "resourcePath": "/public", "requestId": "r-1"}}
    answer = serve(lambda *_: {"statusCode": 500, "headers": {}, "body": "canary-7"}, context, None)
    assert (answer["statusCode"], json.loads(answer["body"])["code"]) == (500, "broken")
    assert [(x["RoutesBroken"], x["route"]) for x in counted()] == [([1.0], "GET /public")]
    (line,) = logged
    assert (line["level"], line["route"], line["request_id"]) == ("ERROR", "GET /public", "r-1")
    assert "canary" not in repr(line)


@pytest.mark.parametrize("name", ["Accept-Language", "accept-language", "ACCEPT-LANGUAGE"])
def test_what_the_framework_refuses_is_a_problem_in_the_language_asked_for(name):
    answer = ask("DELETE", "/things", who=None, headers={name: "en"})
    assert refusal(answer, errors.MethodNotAllowed)["title"] == errors.MethodNotAllowed.row.title_en


def test_another_media_type_is_refused_as_a_problem():
    refusal(post(headers={"Idempotency-Key": "k", "Content-Type": "text/plain"}), errors.TypeNotSupported)


def test_an_event_without_a_request_id_is_named_by_lambda():
    event = {
        "requestContext": {"httpMethod": "DELETE", "resourcePath": "/things"},
        "headers": None,
        "pathParameters": {},
    }
    event |= {"multiValueQueryStringParameters": None, "stageVariables": None, "body": None, "isBase64Encoded": False}
    answer = serve(APP, event, SimpleNamespace(aws_request_id="l-1"))
    assert json.loads(answer["body"])["request_id"] == "l-1"


# --- language --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "language"),
    [("", "vi"), ("vi", "vi"), ("vi-VN,en;q=0.5", "vi"), ("en", "en"), ("EN-gb", "en"), (" en", "en"), ("fr", "vi")],
)
def test_vietnamese_unless_english_is_asked_for_first(text, language):
    assert language_of({"accept-language": text}) == language
    assert language_of({}) == "vi"


def test_a_refusal_says_its_language():
    for text in ("vi", "en"):
        answer = ask("GET", "/refused", who=None, headers={"Accept-Language": text})
        assert answer.headers["Content-Language"] == text


# --- what a route says of itself -------------------------------------------------------------------------------------


def test_posts_are_keyed_and_changes_are_versioned():
    facts = {f.method: f for f in (v.facts for v in (read, make, change))}
    assert [(facts[m].keyed, facts[m].versioned) for m in ("GET", "POST", "PUT")] == [
        (False, False),
        (True, False),
        (False, True),
    ]
    assert facts["POST"].summary == "Make a thing."


def test_the_first_answer_turns_the_collection_of_garbage_on_again_and_leaves_what_was_loaded_alone():
    gc.disable()
    try:
        ask("GET", "/public", who=None)
        assert gc.isenabled()
        assert gc.get_freeze_count() > 0
        before = gc.get_freeze_count()
        ask("GET", "/public", who=None)
        assert gc.get_freeze_count() <= before, "only once"
    finally:
        gc.enable()
        gc.unfreeze()
