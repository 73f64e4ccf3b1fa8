"""What the local gateway leans on in stock Chalice 1.34.0, one thing a test: `chalice.local` is promised to nobody.

A failure here names what a new Chalice changed: mend `infra/local/routing.py`, then its pin.
"""

import ast
import inspect
import threading
from pathlib import Path

import chalice
import pytest
from chalice import AuthResponse, Chalice, CORSConfig
from chalice.local import (
    ForbiddenError,
    LambdaContext,
    LambdaEventConverter,
    LocalChalice,
    LocalGateway,
    LocalGatewayAuthorizer,
    NotAuthorizedError,
    RouteMatcher,
)

from infra.local import routing

ROOT = Path(__file__).parents[2]
ROUTES = ("/v1/things", "/v1/things/{thing}", "/v1/things/all", "/v1/{one}/{two}/end")
HEADERS = {"content-type": "application/json", "authorization": "Bearer ok"}


def made(*, cors=True):
    """An app with an authorizer, a binary type and two methods on one route."""
    app = Chalice("probe", configure_logs=False)
    app.api.cors = cors
    app.api.binary_types.append("application/pdf")

    @app.authorizer()
    def bearer(auth):
        if auth.token == "broken":
            raise Exception("Unauthorized")  # noqa: TRY002 - the way of API Gateway
        return AuthResponse(["*"] if auth.token == "ok" else [], "p", {"kind": "CITIZEN", "method": auth.method_arn})

    @app.route("/v1/things/{thing}", methods=["GET"], authorizer=bearer)
    def read(thing):
        return {"thing": thing, "who": app.current_request.context["authorizer"]["principalId"]}

    @app.route("/v1/things/{thing}", methods=["PUT"])
    def write(thing):
        """Nothing."""

    return app


@pytest.fixture
def app():
    return made()


@pytest.fixture
def event(app):
    """The proxy event of a request, by stock Chalice."""

    def convert(method, path, headers=None, body=None):
        converter = LambdaEventConverter(RouteMatcher(list(app.routes)), app.api.binary_types)
        return converter.create_lambda_event(method, path, dict(headers or {}), body)

    return convert


# --- the pin ----------------------------------------------------------------------------------------------------------


def test_another_version_of_chalice_is_refused_by_name(app, monkeypatch):
    monkeypatch.setattr(chalice, "__version__", "1.35.0")
    with pytest.raises(routing.WrongChalice, match=r"made for chalice 1\.34\.0, found 1\.35\.0"):
        routing.Routing(app)


def test_the_version_that_is_installed_is_the_one_that_is_pinned():
    assert chalice.__version__ == routing.CHALICE
    assert f'"chalice=={routing.CHALICE}"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_only_routing_takes_from_chalices_local_side_and_only_public_names():
    for path in sorted((ROOT / "infra").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("chalice."):
                taken = {alias.name for alias in node.names}
                assert node.module == "chalice.app" or path.name == "routing.py", path
                assert not any(name.startswith("_") for name in taken), path
                assert node.module != "chalice.local" or taken <= globals().keys(), f"{taken} is not asked for here"


# --- RouteMatcher -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "route", "captured"),
    [
        ("/v1/things", "/v1/things", {}),
        ("/v1/things/", "/v1/things", {}),
        ("/v1/things/all?x=1", "/v1/things/all", {}),
        ("/v1/things/h%E1%BB%93", "/v1/things/{thing}", {"thing": "h%E1%BB%93"}),
        ("/v1/a/b/end", "/v1/{one}/{two}/end", {"one": "a", "two": "b"}),
    ],
)
def test_route_matcher_prefers_fixed_paths_and_decodes_nothing(raw, route, captured):
    found = RouteMatcher(list(ROUTES)).match_route(raw)
    assert (found.route, found.captured) == (route, captured)


@pytest.mark.parametrize("raw", ["/v1/nothing/", "/v1/things/a/b", "/", "//v1/things", "/v1/a/b/End"])
def test_route_matcher_says_by_value_error_that_there_is_no_route(raw):
    with pytest.raises(ValueError, match="No matching route"):
        RouteMatcher(list(ROUTES)).match_route(raw)


# --- LambdaEventConverter ---------------------------------------------------------------------------------------------


def test_event_converter_makes_exactly_these_members(event):
    assert event("PUT", "/v1/things/a%20b?n=1&n=2&e=", HEADERS, b"{}") == {
        "requestContext": {
            "httpMethod": "PUT",
            "resourcePath": "/v1/things/{thing}",
            "identity": {"sourceIp": "127.0.0.1"},
            "path": "/v1/things/a%20b",
        },
        "headers": HEADERS,
        "pathParameters": {"thing": "a%20b"},
        "stageVariables": {},
        "multiValueQueryStringParameters": {"n": ["1", "2"], "e": [""]},
        "body": b"{}",
    }


def test_event_converter_puts_only_binary_types_of_the_app_into_base64(event):
    binary = event("PUT", "/v1/things/a", {"content-type": "application/pdf"}, b"\xff")
    assert (binary["body"], binary["isBase64Encoded"]) == ("/w==", True)
    plain = event("PUT", "/v1/things/a", {"content-type": "text/plain"}, b"\xff")
    assert (plain["body"], "isBase64Encoded" in plain) == (b"\xff", False)
    assert event("GET", "/v1/things/a")["body"] is None


# --- LocalGatewayAuthorizer -------------------------------------------------------------------------------------------


def authorize(app, event, token, method="GET"):
    asked = event(method, "/v1/things/a", {"authorization": token} if token else {})
    LocalGatewayAuthorizer(app).authorize("/v1/things/a", asked, LambdaContext("f", 256, 5000))
    return asked["requestContext"].get("authorizer")


def test_authorizer_puts_what_it_says_into_the_same_event(app, event):
    said = authorize(app, event, "ok")
    assert (said["principalId"], said["kind"]) == ("p", "CITIZEN")
    assert said["method"].endswith("/GET/v1/things/a")


def test_authorizer_is_not_asked_for_an_open_method(app, event):
    assert authorize(app, event, "", "PUT") is None


@pytest.mark.parametrize(("token", "error"), [("", NotAuthorizedError), ("denied", ForbiddenError)])
def test_authorizer_refuses_by_these_errors(app, event, token, error):
    with pytest.raises(error):
        authorize(app, event, token)


def test_authorizer_lets_errors_of_ours_through_as_they_are(app, event):
    with pytest.raises(Exception, match=r"^Unauthorized$") as caught:
        authorize(app, event, "broken")
    assert type(caught.value) is Exception


def test_lambda_context_is_made_of_name_memory_and_time():
    context = LambdaContext("f", 256, 5000)
    assert (context.function_name, context.memory_limit_in_mb) == ("f", 256)
    assert context.aws_request_id


# --- the app ----------------------------------------------------------------------------------------------------------


def test_an_apps_routes_are_entries_by_path_and_method_with_their_view_and_cors(app):
    entries = app.routes["/v1/things/{thing}"]
    assert list(entries) == ["GET", "PUT"]
    assert entries["GET"].view_function.__module__ == __name__
    assert isinstance(entries["GET"].cors, CORSConfig)


@pytest.mark.parametrize("cors", [True, False, CORSConfig(allow_origin="https://portal.test", max_age=60)])
def test_a_preflight_is_answered_as_chalices_own_gateway_would(cors):
    app = made(cors=cors)
    asked = {"requestContext": {"resourcePath": "/v1/things/{thing}"}}
    stock = LocalGateway(app, None)._autogen_options_headers(asked)
    assert routing.Routing(app).preflight("/v1/things/{thing}") == stock


@pytest.mark.parametrize(
    ("cors", "origin"), [(True, "*"), (False, None), (CORSConfig("https://a.test"), "https://a.test")]
)
def test_a_refusal_has_the_cors_headers_of_the_app(cors, origin):
    assert routing.Routing(made(cors=cors)).allowed().get("Access-Control-Allow-Origin") == origin


def in_another_thread(work):
    found = []
    thread = threading.Thread(target=lambda: found.append(work()))
    thread.start()
    thread.join()
    return found[0]


def test_an_app_keeps_its_request_and_context_on_itself_and_local_chalice_only_the_request_by_thread(app, event):
    """When it keeps both by thread, `Threaded` can go."""
    assert isinstance(inspect.getattr_static(LocalChalice, "current_request"), property)
    assert not isinstance(inspect.getattr_static(LocalChalice, "lambda_context", None), property)
    context = LambdaContext("f", 256, 5000)
    app(event("PUT", "/v1/things/a", HEADERS), context)
    assert app.lambda_context is context
    assert app.current_request.uri_params == {"thing": "a"}


def test_a_threaded_app_is_the_same_object_and_keeps_both_by_thread(app):
    assert routing.threaded(app) is app
    assert routing.threaded(app).__class__ is app.__class__, "once is enough"
    app.lambda_context, app.current_request = "mine", "my request"
    assert in_another_thread(lambda: app.lambda_context) is None
    assert in_another_thread(lambda: hasattr(app, "current_request")) is False
    assert (app.lambda_context, app.current_request) == ("mine", "my request")


def test_a_threaded_app_answers_a_proxy_event(app, event):
    routing.threaded(app)
    asked = event("GET", "/v1/things/a", {"authorization": "ok"})
    LocalGatewayAuthorizer(app).authorize("/v1/things/a", asked, LambdaContext("f", 256, 5000))
    answer = app(asked, LambdaContext("f", 256, 5000))
    assert (answer["statusCode"], answer["body"]) == (200, '{"thing":"a","who":"p"}')
