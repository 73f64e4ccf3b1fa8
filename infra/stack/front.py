"""The front door: how much may come in by which route and from whom, and under which name.

What a stage may choose is a parameter: throttles have a default, the firewall and a domain of its own are off.
"""

from collections.abc import Iterator
from typing import Any, Final

from infra.stack.resources import Resource, arn, ref

STAGE: Final = "api"
"""Stage of API Gateway; the stage of the installation is the parameter `Stage`."""
STAGE_ID: Final = f"RestAPI{STAGE}Stage"
"""The logical id that SAM gives it."""

BEARER: Final = r"^[Bb][Ee][Aa][Rr][Ee][Rr] [A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$"
"""What a bearer token looks like (RFC 7515, compact): of anything else the gateway asks no function."""
REMEMBERED: Final = 60
"""Seconds for which the gateway remembers what the authorizer said of a token. The key is the whole header, and the
answer allows every route of the stage, as a proved principal may ask for any: what they may do, the routes decide. A
token that ends meanwhile is good until then."""

OPENING: Final = ("POST /v1/drafts", "POST /v1/drafts/{reference}/uploads", "POST /v1/drops")
"""Routes by which things begin that stay: whoever floods them fills tables and buckets."""

FRONT: Final[dict[str, Resource]] = {
    "ThrottleRate": {"Type": "Number", "Default": 2000, "Description": "Requests a second, whole API"},
    "ThrottleBurst": {"Type": "Number", "Default": 4000, "Description": "Requests at once, whole API"},
    "PublicRate": {
        "Type": "Number",
        "Default": 500,
        "MinValue": 1,
        "Description": "Requests a second of each route that asks for no token, and as many at once",
    },
    "OpeningRate": {
        "Type": "Number",
        "Default": 500,
        "MinValue": 1,
        "Description": "Requests a second of each route by which drafts, uploads and drops begin, and as many at once",
    },
    "Firewall": {
        "Type": "String",
        "Default": "false",
        "AllowedValues": ["true", "false"],
        "Description": "Whether AWS WAF stands before the API",
    },
    "FirewallRate": {
        "Type": "Number",
        "Default": 2000,
        "MinValue": 10,
        "Description": "Requests of one address in five minutes, beyond which the firewall refuses it",
    },
    "FirewallTrusts": {
        "Type": "CommaDelimitedList",
        "Default": "",
        "AllowedPattern": r"|[0-9.]+/[0-9]{1,2}",
        "ConstraintDescription": "IPv4 addresses as CIDR blocks, such as 203.0.113.7/32",
        "Description": "Addresses of portals' servers, which may send more than one person does",
    },
    "DomainName": {
        "Type": "String",
        "Default": "",
        "AllowedPattern": r"|[a-z0-9-]+(\.[a-z0-9-]+)+",
        "Description": "The API's own name, such as api.dvc.example.vn; empty for AWS's",
    },
    "CertificateArn": {
        "Type": "String",
        "Default": "",
        "Description": "Certificate of that name in ACM, in the region of the stack",
    },
}
"""The parameters of the front door."""

CONDITIONS: Final[dict[str, Resource]] = {
    "Fronted": {"Fn::Equals": [ref("Firewall"), "true"]},
    "Trusting": {"Fn::Not": [{"Fn::Equals": [{"Fn::Join": ["", ref("FirewallTrusts")]}, ""]}]},
    "TrustingPortals": {"Fn::And": [{"Condition": "Fronted"}, {"Condition": "Trusting"}]},
    "PerPortal": {"Fn::Not": [{"Fn::Equals": [ref("PortalIds"), "none"]}]},
    "OwnName": {"Fn::Not": [{"Fn::Equals": [ref("DomainName"), ""]}]},
}


# --- throttles -----------------------------------------------------------------------------------------------


def _limited(method: str, path: str, rate: str, burst: str) -> Resource:
    """The settings of a method: those of one method take nothing over from those of all."""
    return {
        "HttpMethod": method,
        "ResourcePath": path,
        "MetricsEnabled": True,
        "DataTraceEnabled": False,
        "LoggingLevel": "ERROR",
        "ThrottlingRateLimit": ref(rate),
        "ThrottlingBurstLimit": ref(burst),
    }


def _limits(app: Any) -> Iterator[Resource]:
    for path, methods in app.routes.items():
        for method, route in methods.items():
            encoded = "/" + path.replace("/", "~1")
            if route.view_function.facts.act is None:
                yield _limited(method, encoded, "PublicRate", "PublicRate")
            elif f"{method} {path}" in OPENING:
                yield _limited(method, encoded, "OpeningRate", "OpeningRate")


def throttles(app: Any) -> list[Resource]:
    """The limit of the whole API, and of each route that could take it from those who submit."""
    return [_limited("*", "/*", "ThrottleRate", "ThrottleBurst"), *_limits(app)]


# --- portals -------------------------------------------------------------------------------------------------

API_KEY: Final = "api_key"
API_KEYS: Final[Resource] = {API_KEY: {"type": "apiKey", "name": "x-api-key", "in": "header"}}
KEY_SOURCE: Final = "AUTHORIZER"
"""Who says the key of a caller: the authorizer, from the token, so no portal sends a second secret."""


def guarded(authorizer: str) -> Resource:
    """What an operation asks for: a token, and where portals have limits the key that the authorizer says of it."""
    return {"Fn::If": ["PerPortal", [{authorizer: [], API_KEY: []}], [{authorizer: []}]]}


# --- the firewall --------------------------------------------------------------------------------------------


def _rule(name: str, place: int, statement: Resource, **what: Resource) -> Resource:
    seen = {"CloudWatchMetricsEnabled": True, "MetricName": name, "SampledRequestsEnabled": False}
    return {"Name": name, "Priority": place, "Statement": statement, "VisibilityConfig": seen, **what}


def _managed(name: str, place: int) -> Resource:
    statement = {"ManagedRuleGroupStatement": {"VendorName": "AWS", "Name": f"AWSManagedRules{name}"}}
    return _rule(name, place, statement, OverrideAction={"None": {}})


def firewall() -> dict[str, Resource]:
    """AWS WAF: an address that sends too much, addresses of ill repute, requests that are known attacks.

    The common rules of AWS are not among them: they refuse a body over 8 KB, and forms are longer.
    """
    stranger = {"NotStatement": {"Statement": {"IPSetReferenceStatement": {"Arn": arn("TrustedPortals")}}}}
    only = {"ScopeDownStatement": {"Fn::If": ["TrustingPortals", stranger, ref("AWS::NoValue")]}}
    rate = {"RateBasedStatement": {"Limit": ref("FirewallRate"), "AggregateKeyType": "IP", **only}}
    seen = {"CloudWatchMetricsEnabled": True, "MetricName": "Firewall", "SampledRequestsEnabled": False}
    of = f"arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}::/restapis/${{RestAPI}}/stages/{STAGE}"
    return {
        "TrustedPortals": {
            "Type": "AWS::WAFv2::IPSet",
            "Condition": "TrustingPortals",
            "Properties": {"Scope": "REGIONAL", "IPAddressVersion": "IPV4", "Addresses": ref("FirewallTrusts")},
        },
        "WebFirewall": {
            "Type": "AWS::WAFv2::WebACL",
            "Condition": "Fronted",
            "Properties": {
                "Scope": "REGIONAL",
                "DefaultAction": {"Allow": {}},
                "VisibilityConfig": seen,
                "Rules": [
                    _rule("TooMany", 0, rate, Action={"Block": {}}),
                    _managed("AmazonIpReputationList", 1),
                    _managed("KnownBadInputsRuleSet", 2),
                ],
            },
        },
        "WebFirewallBefore": {
            "Type": "AWS::WAFv2::WebACLAssociation",
            "Condition": "Fronted",
            "DependsOn": STAGE_ID,
            "Properties": {"ResourceArn": {"Fn::Sub": of}, "WebACLArn": arn("WebFirewall")},
        },
    }


# --- the name ------------------------------------------------------------------------------------------------


def domain() -> dict[str, Resource]:
    """The API under a name of its own."""
    return {
        "ApiDomain": {
            "Type": "AWS::ApiGateway::DomainName",
            "Condition": "OwnName",
            "Properties": {
                "DomainName": ref("DomainName"),
                "RegionalCertificateArn": ref("CertificateArn"),
                "EndpointConfiguration": {"Types": ["REGIONAL"]},
                "SecurityPolicy": "TLS_1_2",
            },
        },
        "ApiDomainLeads": {
            "Type": "AWS::ApiGateway::BasePathMapping",
            "Condition": "OwnName",
            "DependsOn": STAGE_ID,
            "Properties": {"DomainName": ref("ApiDomain"), "RestApiId": ref("RestAPI"), "Stage": STAGE},
        },
    }


DOMAIN_TARGET: Final[Resource] = {
    "Condition": "OwnName",
    "Description": "Where the name has to lead (CNAME)",
    "Value": arn("ApiDomain", "RegionalDomainName"),
}
ENDPOINT: Final[Resource] = {"disableExecuteApiEndpoint": {"Fn::If": ["OwnName", True, False]}}
"""With a name of its own, the API answers under no other."""
