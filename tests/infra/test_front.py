"""The front door, as packaged: what is throttled, what the gateway remembers and refuses, what a stage may add."""

import json
import re
from fnmatch import fnmatchcase

import pytest
from chalice import AuthResponse
from chalice.app import AuthRequest

from infra.build import compose
from infra.build.package import Artefact, app_template
from infra.build.parts import PARTS
from infra.stack import front, rest_api
from infra.stack.resources import ref
from tests.support.templates import references

NOT_CACHED = {
    "/v1/catalogue/export": "it leads to a file by a link that ends",
    "/v1/verifications/{lookup}": "whether a paper is valid is asked anew each time",
}


@pytest.fixture(scope="module")
def app():
    return rest_api.application()


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    made = {name: Artefact(name, "", f"{name}.zip", 0, 0, "", ()) for name in PARTS}
    return app_template("test", made, tmp_path_factory.mktemp("chalice") / "project")


@pytest.fixture(scope="module")
def api(template):
    return template["Resources"]["RestAPI"]["Properties"]


def operations(app):
    return {(m, path): r.view_function.facts for path, methods in app.routes.items() for m, r in methods.items()}


# --- throttles -----------------------------------------------------------------------------------------------


def test_who_asks_without_a_token_cannot_take_the_api_from_those_who_submit(api, app, template):
    limits = {(s["HttpMethod"], s["ResourcePath"]): s for s in api["MethodSettings"]}
    assert len(limits) == len(api["MethodSettings"]), "a route has one limit"
    for (method, path), facts in operations(app).items():
        given = limits.pop((method, "/" + path.replace("/", "~1")), None)
        if facts.act is None:
            assert given["ThrottlingRateLimit"] == given["ThrottlingBurstLimit"] == ref("PublicRate"), path
        elif f"{method} {path}" in front.OPENING:
            assert given["ThrottlingRateLimit"] == ref("OpeningRate"), path
        else:
            assert given is None, f"{method} {path} has the API's own limit"
    (every,) = limits.items()
    assert every[0] == ("*", "/*")
    assert every[1]["ThrottlingRateLimit"] == ref("ThrottleRate")
    defaults = {name: template["Parameters"][name]["Default"] for name in ("ThrottleRate", "PublicRate", "OpeningRate")}
    assert defaults["PublicRate"] + defaults["OpeningRate"] < defaults["ThrottleRate"]


def test_every_limit_says_what_the_api_logs_and_counts(api):
    """Settings of one method take nothing over: one with a limit only would be counted nowhere."""
    for given in api["MethodSettings"]:
        said = {k: given[k] for k in ("MetricsEnabled", "DataTraceEnabled", "LoggingLevel")}
        assert said == {"MetricsEnabled": True, "DataTraceEnabled": False, "LoggingLevel": "ERROR"}


def test_a_route_that_opens_something_is_there(app):
    assert set(front.OPENING) <= {f"{method} {path}" for method, path in operations(app)}


def test_a_portal_is_counted_by_what_the_authorizer_says_of_its_token(api, app, template):
    body = api["DefinitionBody"]
    assert body["x-amazon-apigateway-api-key-source"] == "AUTHORIZER", (
        "nobody sends a key, and one that is sent is void"
    )
    assert template["Parameters"]["PortalIds"]["Default"] == "none"
    for (method, path), facts in operations(app).items():
        security = body["paths"][path][method.lower()].get("security")
        if facts.act is None:
            assert security is None, path
        else:
            condition, counted, uncounted = security["Fn::If"]
            assert condition == "PerPortal"
            assert counted == [{"identity_authorize": [], "api_key": []}], "both, not either"
            assert uncounted == [{"identity_authorize": []}]


# --- the authorizer ------------------------------------------------------------------------------------------


def given_to(api):
    return api["DefinitionBody"]["securityDefinitions"]["identity_authorize"]["x-amazon-apigateway-authorizer"]


@pytest.mark.parametrize(
    ("header", "asked"),
    [
        ("Bearer eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl-_", True),
        ("bearer a.b.c", True),
        ("Bearer a.b", False),
        ("Bearer a.b.c.d.e", False),
        ("Bearer  a.b.c", False),
        ("Bearer a.b.c\n", False),
        ("Basic dXNlcjpwYXNz", False),
        ("a.b.c", False),
        ("Bearer ", False),
        ("Bearer a.b.c=", False),
    ],
)
def test_of_what_is_no_token_no_function_is_asked(api, header, asked):
    assert bool(re.fullmatch(given_to(api)["identityValidationExpression"].removesuffix("$"), header)) is asked


def test_what_is_remembered_of_a_token_fits_whatever_it_asks_next(api, app):
    """The gateway keeps the policy under the header alone: it must allow each route, and nothing of another stage."""
    begins = "arn:aws:execute-api:ap-southeast-1:123456789012:abc123/api"
    asked = {
        f"{method}{path}": AuthRequest("TOKEN", "Bearer a.b.c", f"{begins}/{method}{re.sub(r'{\w+}', 'MC-1', path)}")
        for method, path in operations(app)
    }
    policies = [AuthResponse(["*"], "x").to_dict(request)["policyDocument"] for request in asked.values()]
    assert all(policy == policies[0] for policy in policies)
    (allowed,) = policies[0]["Statement"][0]["Resource"]
    assert all(fnmatchcase(request.method_arn, allowed) for request in asked.values())
    assert not fnmatchcase(f"{begins}2/GET/v1/tasks", allowed)
    assert not fnmatchcase("arn:aws:execute-api:ap-southeast-1:123456789012:other/api/GET/v1/tasks", allowed)


def test_a_token_is_remembered_for_a_minute_and_each_header_by_itself(api):
    given = given_to(api)
    assert given["type"] == "token", "the key of what is remembered is the header"
    assert 0 < given["authorizerResultTtlInSeconds"] <= 60


# --- cached reads --------------------------------------------------------------------------------------------


def test_what_everybody_may_read_is_cached_by_others_and_nothing_else_is(app):
    for (method, path), facts in operations(app).items():
        if method in ("GET", "HEAD") and facts.act is None and path not in NOT_CACHED:
            assert re.fullmatch(r"public, max-age=[1-9]\d*", facts.cache), path
        else:
            assert not facts.cache, path


# --- options -------------------------------------------------------------------------------------------------


def test_an_option_is_off_unless_a_stage_asks_for_it(template):
    defaults = {name: p.get("Default") for name, p in template["Parameters"].items()}
    assert (defaults["Firewall"], defaults["DomainName"], defaults["FirewallTrusts"]) == ("false", "", "")
    kinds = {n: r for n, r in template["Resources"].items() if r["Type"].startswith("AWS::WAFv2") or "Domain" in n}
    assert len(kinds) == 5
    assert all(r["Condition"] in template["Conditions"] for r in kinds.values())


def test_the_firewall_refuses_an_address_that_sends_too_much_but_for_portals_that_are_known(template):
    rules = template["Resources"]["WebFirewall"]["Properties"]["Rules"]
    assert [rule["Priority"] for rule in rules] == [0, 1, 2]
    rate = rules[0]["Statement"]["RateBasedStatement"]
    assert (rate["Limit"], rate["AggregateKeyType"], rules[0]["Action"]) == (ref("FirewallRate"), "IP", {"Block": {}})
    asked, stranger, nothing = rate["ScopeDownStatement"]["Fn::If"]
    assert (asked, nothing) == ("TrustingPortals", ref("AWS::NoValue"))
    assert "TrustedPortals" in set(references(stranger["NotStatement"]))
    assert not any("CommonRuleSet" in json.dumps(rule) for rule in rules), (
        "it refuses bodies over 8 KB: forms are longer"
    )
    refused = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["x-amazon-apigateway-gateway-responses"]
    assert refused["WAF_FILTERED"]["statusCode"] == "403", "a problem like every other"


def test_the_firewall_and_the_name_wait_for_the_stage_of_the_api(template):
    for name in ("WebFirewallBefore", "ApiDomainLeads"):
        assert template["Resources"][name]["DependsOn"] == "RestAPIapiStage"


@pytest.mark.parametrize(
    ("parameter", "value", "fits"),
    [
        ("FirewallTrusts", "", True),
        ("FirewallTrusts", "203.0.113.7/32", True),
        ("FirewallTrusts", "203.0.113.7", False),
        ("FirewallTrusts", "0.0.0.0", False),
        ("DomainName", "api.dvc.example.vn", True),
        ("DomainName", "https://api.dvc.example.vn", False),
        ("DomainName", "localhost", False),
    ],
)
def test_an_option_that_cannot_be_is_refused_by_the_template(template, parameter, value, fits):
    assert bool(re.fullmatch(template["Parameters"][parameter]["AllowedPattern"], value)) is fits


def test_with_a_name_of_its_own_the_api_answers_under_no_other(template):
    body = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]
    given = body["x-amazon-apigateway-endpoint-configuration"]["disableExecuteApiEndpoint"]
    assert given == {"Fn::If": ["OwnName", True, False]}
    domain = template["Resources"]["ApiDomain"]["Properties"]
    assert domain["SecurityPolicy"] == "TLS_1_2"
    assert template["Outputs"]["DomainTarget"]["Condition"] == "OwnName"
    assert compose.merge_template(rest_api.application())["Conditions"].keys() >= front.CONDITIONS.keys()
