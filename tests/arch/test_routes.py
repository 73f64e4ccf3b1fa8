"""Every route says who may, what repeats it and what it changes; the description is made from the same facts."""

import re
import sys

import pytest
from msgspec import Struct
from openapi_spec_validator import OpenAPIV31SpecValidator

from chalicelib.kernel.access import ACTS, STAFF
from chalicelib.kernel.body import modelled
from chalicelib.kernel.endpoint import FILE, FORM, JSON
from chalicelib.kernel.words import BASIS, REASON, places_of
from chalicelib.onestop.model import ORDER
from chalicelib.registry import BLUEPRINTS, served_by
from infra.reference.openapi import TOKENS, openapi
from infra.stack.functions import FUNCTIONS
from infra.stack.rest_api import capability, owner

PUBLIC = {
    ("GET", "/v1/services"),  # Decree 137/2024 Art. 8(3)
    ("GET", "/v1/services/{code}"),
    ("GET", "/v1/services/{code}/checklist"),
    ("GET", "/v1/services/{code}/fee"),
    ("GET", "/v1/services/{code}/form"),
    ("GET", "/v1/catalogue/export"),
    ("GET", "/v1/agencies"),
    ("GET", "/v1/agencies/{agency}"),
    ("GET", "/v1/agencies/{agency}/counters/{code}"),
    ("GET", "/v1/outages"),  # Decree 224/2026 Art. 13
    ("GET", "/v1/outages/{outage}"),
    ("GET", "/v1/plans"),  # Decree 137/2024 Art. 8(6): a plan is issued for everybody
    ("GET", "/v1/plans/{plan}"),
    ("GET", "/v1/plans/{plan}/services"),
    ("GET", "/v1/plans/{plan}/services/{service}"),
    ("GET", "/v1/public/petitions"),  # Decree 20/2008 Art. 19: answers are published
    ("GET", "/v1/measures"),  # Decree 224/2026 Art. 19: what is measured is published
    ("GET", "/v1/board"),  # both, to be looked at
    ("GET", "/v1/scores"),  # Decree 118/2025 Art. 28(4): the index is published
    ("GET", "/v1/token/keys"),  # RFC 7517: who checks a token has none of its own
    ("GET", "/v1/verifications/{lookup}"),  # Decree 45/2020 Art. 18(2)
    ("POST", "/v1/verifications"),  # the same, by the file
    ("POST", "/v1/verifications/{lookup}"),  # the same, from a browser
}
BY_SERVICE = {
    *(f"task.{kind}" for kind in ORDER),  # asked for in onestop.desk, by the kind of the task
    *(f"delivery.ask_{way}" for way in ("app", "register")),  # in delivery.service, by the destination
    "data_request.ask_deletion",  # in identity.requests.service, by what is asked for
    "kept_paper.read",  # in onestop.views, of a component that lies in a vault too
}
FORMS = {
    ("POST", "/v1/token"): FORM,  # RFC 8693: its clients send a form, and know no Idempotency-Key
    ("POST", "/v1/verifications/{lookup}"): FILE,  # a browser without scripts sends nothing else
}
METHODS = {"GET", "POST", "PUT", "PATCH"}


@pytest.fixture(scope="module")
def described(app):
    return openapi(app)


def test_a_route_is_public_only_when_it_is_on_the_list(routes):
    assert {(r.method, r.path) for r in routes if r.act is None} == PUBLIC


def test_every_route_that_is_not_public_stands_behind_the_authorizer(app, routes):
    for route in routes:
        entry = app.routes[route.path][route.method]
        assert (entry.authorizer is not None) == ((route.method, route.path) not in PUBLIC), route.path
        if entry.authorizer:
            assert entry.authorizer.name == "identity_authorize"


def test_every_act_of_a_route_is_in_the_table_and_every_act_of_the_table_is_used(routes):
    used = {r.act for r in routes if r.act}
    assert used <= ACTS.keys()
    assert ACTS.keys() - used == BY_SERVICE


def door_of(view):
    """The `Api` of a view's module."""
    return vars(sys.modules[view.__module__])["api"]


def test_officers_act_as_enrolled_at_every_route_of_theirs(app, routes):
    """By their token they are told who they are, and act as nothing: ADR 0029."""
    by_token = {
        (route.method, route.path)
        for route in routes
        if route.act
        and {grant.role for grant in ACTS[route.act]} & STAFF
        and door_of(app.routes[route.path][route.method].view_function)._known_as is None
    }
    assert by_token == {("GET", "/v1/me")}


COMPLETES = {
    "/v1/dossiers/{dossier}/supplement",
    "/v1/reviews/{review}/answers",
    "/v1/reviews/{review}/fields/{field}/answer",
}
"""A POST that completes what was read: it names the version that it read."""


def test_every_post_needs_a_key_every_change_a_version_and_a_reading_neither(routes):
    for route in routes:
        assert route.method in METHODS, route.path
        assert route.keyed == (route.method == "POST" and (route.method, route.path) not in FORMS), route.path
        assert route.takes == FORMS.get((route.method, route.path), JSON), route.path
        assert route.versioned == (
            route.method in ("PUT", "PATCH") or (route.method == "POST" and route.path in COMPLETES)
        ), route.path
        assert (route.body is not None) == (route.method != "GET"), route.path


def test_every_path_has_its_version_and_plain_words(routes):
    for route in routes:
        assert re.fullmatch(r"/v1(/[a-z]+|/{[a-z]+})+", route.path), route.path


def test_every_body_takes_no_field_that_is_not_its_own(routes):
    for route in routes:
        if route.body:
            model = modelled(route.body) if issubclass(route.body, Struct) else route.body
            assert model.model_config.get("extra") == "forbid", route.body


NO_WORDS_OF_AN_OFFICER = {
    ("onestop.changes.wire", "Withdraw", "reason"),  # an applicant's own, who owes none
    ("onestop.answered.wire", "Object", "reason"),  # an applicant's own
    ("identity.mandates.wire", "RevocationBody", "reason"),  # of who gave a mandate, or has it
    ("catalogue.agencies.wire", "OutageBody", "reason"),  # a code of a list
}


def test_every_reason_and_every_basis_of_an_officer_says_something(routes):
    """`x` is neither: a field of such a name has the rule of the kernel beside its type."""
    wanted = {"reason": REASON, "why": REASON, "basis": BASIS}
    found = {
        (model.__module__.removeprefix("chalicelib."), model.__name__, place.name): place.kind.sort
        for route in routes
        if route.body
        for model in bodies_in(route.body)
        for place in places_of(model)
        if place.name in wanted and place.kind.is_text
    }
    assert {place for place, sort in found.items() if not sort} == NO_WORDS_OF_AN_OFFICER
    assert {place for place, sort in found.items() if sort and sort != wanted[place[2]]} == set()


def bodies_in(model):
    """A body and the models of its fields."""
    yield model
    for place in places_of(model):
        for kind in (place.kind, place.kind.items):
            if kind and kind.model:
                yield from bodies_in(kind.model)


def test_the_description_says_what_a_reason_and_a_basis_are(described):
    """No keyword of a schema says it: the words behind the property do, and the rule by its name."""
    fields = described["components"]["schemas"]["RefusePetition"]["properties"]
    for name, sort in {"reason": REASON, "basis": BASIS}.items():
        assert fields[name]["x-rule"] == sort.rule[0]
        assert fields[name]["description"].endswith(sort.rule[2])
    assert described["components"]["schemas"]["PlanProgressBody"]["properties"]["why"]["description"].count(".") == 1
    assert "x-rule" not in described["components"]["schemas"]["Object"]["properties"]["reason"]


def test_every_route_and_every_model_says_what_it_is(routes):
    for route in routes:
        assert route.summary.endswith((".", ")")), route.path
        for model in (route.answer, route.body):
            assert model is None or (model.__doc__ or "").strip(), model


def test_every_route_belongs_to_a_function_that_has_an_entry_and_loads_its_module(app, routes):
    import app as entries

    modules = {app.routes[r.path][r.method].view_function.__module__ for r in routes}
    for module in modules:
        name = served_by(module)
        assert callable(getattr(entries, name)), module
        assert FUNCTIONS[name].handler == f"app.{name}"
        assert module in BLUEPRINTS[capability(name)]
        assert re.fullmatch(r"chalicelib\.[a-z]+(\.[a-z]+)?\.api(\.[a-z]+)?", module), "routes are in the room for them"
    assert {name for name in FUNCTIONS if name.endswith("_api")} == {served_by(module) for module in modules}


def test_the_submission_has_a_function_of_its_own_and_drafts_another(app):
    owners = {f"{m} {p}": owner(r.view_function) for p, methods in app.routes.items() for m, r in methods.items()}
    assert owners["POST /v1/dossiers"] == "submit_api"
    assert owners["GET /v1/dossiers"] == "onestop_api"
    assert {o for route, o in owners.items() if " /v1/drafts" in route} == {"submission_api"}
    assert [route for route, o in owners.items() if o == "submit_api"] == ["POST /v1/dossiers"]


def test_a_module_that_nobody_registered_goes_by_its_package():
    assert served_by("tests.infra.sample.app") == "infra_api"


# --- the description -------------------------------------------------------------------------------------------------


def test_the_description_is_valid_openapi(described):
    OpenAPIV31SpecValidator(described).validate()


def test_the_description_has_exactly_the_routes(app, described):
    told = {path: {m.upper() for m in methods} for path, methods in described["paths"].items() if path != TOKENS}
    assert told == {path: set(methods) - {"HEAD"} for path, methods in app.routes.items()}


def test_what_answers_get_answers_head_by_the_same_view_and_nothing_else_does(app):
    for path, methods in app.routes.items():
        assert ("HEAD" in methods) == ("GET" in methods), path
        if "GET" in methods:
            one, other = methods["GET"], methods["HEAD"]
            assert (one.view_function, one.authorizer) == (other.view_function, other.authorizer), path


def test_every_operation_has_a_name_of_its_own(described):
    names = [o["operationId"] for p in described["paths"].values() for o in p.values()]
    assert len(set(names)) == len(names)


def test_the_description_says_who_may_and_what_headers_it_takes(described, routes):
    for route in routes:
        operation = described["paths"][route.path][route.method.lower()]
        assert bool(operation["security"]) == ((route.method, route.path) not in PUBLIC)
        headers = {p["name"] for p in operation["parameters"] if p["in"] == "header" and p["required"]}
        wanted = ({"Idempotency-Key"} if route.keyed else set()) | ({"If-Match"} if route.versioned else set())
        assert headers == wanted
        refused = [r for code, r in operation["responses"].items() if code[0] in "45"]
        assert refused
        assert all("application/problem+json" in r["content"] for r in refused)
        in_path = {p["name"] for p in operation["parameters"] if p["in"] == "path"}
        assert in_path == set(re.findall(r"{(\w+)}", route.path))
