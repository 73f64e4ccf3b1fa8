"""The REST API of the app stack: each route to its function, the gateway's own answers, its limits.

The registry says which function serves the module of a view, here and in the local gateway.
"""

import json
import os
import re
from collections.abc import Mapping
from typing import Any, Final

from chalicelib.kernel import problem as errors
from chalicelib.kernel.endpoint import PORTALS
from chalicelib.kernel.problem import Row
from chalicelib.registry import served_by
from infra.stack import front
from infra.stack.functions import FUNCTIONS
from infra.stack.refusals import OWN, PAGE_HEADERS, SHARED, known_template, page_path, page_template, told
from infra.stack.resources import Resource, alias, arn, logical, ref


class Clash(ValueError):
    """Two things of the templates have the same logical id, or a route has no function."""


def application() -> Any:
    """The Chalice app with every route, whatever the environment says."""
    before = os.environ.get("AWS_CHALICE_CLI_MODE")
    os.environ["AWS_CHALICE_CLI_MODE"] = "true"
    try:
        from app import app
    finally:
        if before is None:
            del os.environ["AWS_CHALICE_CLI_MODE"]
        else:
            os.environ["AWS_CHALICE_CLI_MODE"] = before
    return app


def owner(view: Any) -> str:
    """The function that owns a view. Raises Clash when there is none."""
    name = served_by(view.__module__)
    if name not in FUNCTIONS:
        raise Clash(f"{view.__module__}: no function {name}")
    return name


def capability(function: str) -> str:
    """What an HTTP function serves; empty for a worker and the authorizer."""
    return function.removesuffix("_api") if function.endswith("_api") else ""


def uri(function: str) -> Resource:
    """Where the gateway finds a function."""
    path = f"lambda:path/2015-03-31/functions/${{{alias(function)}}}/invocations"
    return {"Fn::Sub": f"arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:{path}"}


HEADERS_ONLY: Final = "headers"


def _operation(path: str, route: Any) -> dict[str, Any]:
    """What the merge adds to one operation. Where a route asks for Idempotency-Key, no function runs without it."""
    merged: dict[str, Any] = {"x-amazon-apigateway-integration": {"uri": uri(owner(route.view_function))}}
    if route.authorizer is not None:
        merged["security"] = front.guarded(route.authorizer.name)
    if route.view_function.facts.keyed:
        names = re.findall(r"{(\w+)}", path)
        merged["parameters"] = [{"name": name, "in": "path", "required": True, "type": "string"} for name in names]
        merged["parameters"].append({"name": "Idempotency-Key", "in": "header", "required": True, "type": "string"})
        merged["x-amazon-apigateway-request-validator"] = HEADERS_ONLY
    return merged


def paths(app: Any) -> dict[str, dict[str, Any]]:
    """Each route to its function."""
    return {
        path: {method.lower(): _operation(path, route) for method, route in methods.items()}
        for path, methods in app.routes.items()
    }


_GATEWAY_HEADERS: Final = {
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    **PORTALS.get_access_control_headers(),
}
_REFUSALS: Final[dict[str, tuple[int, Row]]] = {
    "UNAUTHORIZED": (401, errors.TokenRefused.row),
    "ACCESS_DENIED": (403, errors.NotAllowed.row),
    "EXPIRED_TOKEN": (401, errors.TokenRefused.row),
    "INVALID_SIGNATURE": (401, errors.TokenRefused.row),
    "INVALID_API_KEY": (403, errors.NotAllowed.row),
    "WAF_FILTERED": (403, errors.NotAllowed.row),
    "MISSING_AUTHENTICATION_TOKEN": (404, errors.NotFound.row),  # so AWS calls a path or method that is not there
    "RESOURCE_NOT_FOUND": (404, errors.NotFound.row),
    "BAD_REQUEST_PARAMETERS": (400, errors.KeyMissing.row),  # the one header that a validator asks for
    "BAD_REQUEST_BODY": (400, OWN[400]),
    "REQUEST_TOO_LARGE": (413, OWN[413]),
    "UNSUPPORTED_MEDIA_TYPE": (415, errors.TypeNotSupported.row),
    "THROTTLED": (429, errors.TryAgain.row),
    "QUOTA_EXCEEDED": (429, errors.TryAgain.row),
    "INTEGRATION_FAILURE": (502, OWN[502]),
    "INTEGRATION_TIMEOUT": (502, OWN[502]),
    "API_CONFIGURATION_ERROR": (500, SHARED[500].row),
    "AUTHORIZER_CONFIGURATION_ERROR": (500, SHARED[500].row),
    "AUTHORIZER_FAILURE": (500, SHARED[500].row),
    "DEFAULT_4XX": (400, OWN[400]),
    "DEFAULT_5XX": (500, SHARED[500].row),
}


def gateway_responses() -> dict[str, Any]:
    """The gateway's own refusals, as problems in both languages: what `infra/local/problems.py` is on AWS."""
    answers = {}
    for kind, (status, row) in _REFUSALS.items():
        headers = _GATEWAY_HEADERS | ({"Retry-After": str(row.wait)} if row.wait else {})
        headers |= {"WWW-Authenticate": "Bearer"} if status == 401 else {}  # noqa: PLR2004 - not authenticated
        body = told(row, "${PublicUrl}", "$context.requestId") | {"status": status}
        answers[kind] = {
            "statusCode": str(status),
            "responseParameters": {f"gatewayresponse.header.{k}": f"'{v}'" for k, v in headers.items()},
            "responseTemplates": {"application/json": {"Fn::Sub": json.dumps(body)}},
        }
    return answers


PRESSED: Final = 1024
"""Bytes of an answer from which on it is compressed: what leaves AWS is paid by the byte."""

ACCESS: Final = {
    "request_id": "$context.requestId",
    "at": "$context.requestTimeEpoch",
    "method": "$context.httpMethod",
    "route": "$context.resourcePath",
    "status": "$context.status",
    "milliseconds": "$context.responseLatency",
    "function_milliseconds": "$context.integrationLatency",
    "bytes": "$context.responseLength",
    "refused": "$context.error.responseType",
    "trace": "$context.xrayTraceId",
}
"""The access log: no address and no name, like every log of ours; the path is the route's, without its parameters."""


def _page(sent: Mapping[str, str] = PAGE_HEADERS) -> Resource:
    """An operation that the gateway answers by itself, with the page about the code that is asked for, or its 404."""
    missing = told(errors.NotFound.row, "${PublicUrl}", "$context.requestId")
    refused = {name: _GATEWAY_HEADERS[name] for name in ("Content-Type", "Cache-Control", "X-Content-Type-Options")}
    return {
        "produces": ["text/html"],
        "parameters": [{"name": "code", "in": "path", "required": True, "type": "string"}],
        "responses": {"200": _declared(sent), "404": _declared(refused)},
        "x-amazon-apigateway-integration": {
            "type": "mock",
            "requestTemplates": {"application/json": known_template()},
            "responses": {
                "default": _sent("200", sent, page_template()),
                "404": _sent("404", refused, {"Fn::Sub": json.dumps(missing)}),
            },
        },
    }


def _declared(sent: Mapping[str, str]) -> Resource:
    return {"description": "", "headers": {name: {"type": "string"} for name in sent}}


def _sent(status: str, sent: Mapping[str, str], text: str | Resource) -> Resource:
    headers = {f"method.response.header.{name}": f"'{value}'" for name, value in sent.items()}
    return {"statusCode": status, "responseParameters": headers, "responseTemplates": {"text/html": text}}


def pages() -> dict[str, dict[str, Any]]:
    """What the `type` of each problem opens: one path for all of them, and no function runs."""
    head = {name: PAGE_HEADERS[name] for name in ("Content-Type", "Cache-Control")}  # what guards a body has none here
    return {page_path("{code}"): {"get": _page(), "head": _page(head)}}


def _authorizer(name: str) -> Resource:
    """What the merge adds to an authorizer of Chalice."""
    asked = {"identityValidationExpression": front.BEARER, "authorizerResultTtlInSeconds": front.REMEMBERED}
    return {"x-amazon-apigateway-authorizer": {"authorizerUri": uri(name), **asked}}


def authorizers(app: Any) -> dict[str, Resource]:
    """The permissions that Chalice gives its API on authorizers, on their aliases."""
    return {
        f"{logical(each.name)}InvokePermission": {"Properties": {"FunctionName": ref(alias(each.name))}}
        for each in app.builtin_auth_handlers
    }


def rest_api(app: Any) -> Resource:
    """What the merge adds to Chalice's API."""
    body = {
        "paths": paths(app) | pages(),
        "securityDefinitions": front.API_KEYS
        | {each.name: _authorizer(each.name) for each in app.builtin_auth_handlers},
        "x-amazon-apigateway-api-key-source": front.KEY_SOURCE,
        "x-amazon-apigateway-gateway-responses": gateway_responses(),
        "x-amazon-apigateway-endpoint-configuration": front.ENDPOINT,
        "x-amazon-apigateway-request-validators": {
            HEADERS_ONLY: {"validateRequestBody": False, "validateRequestParameters": True}
        },
    }
    return {
        "Properties": {
            "Name": ref("Installation"),
            "DefinitionBody": body,
            "MinimumCompressionSize": PRESSED,
            "TracingEnabled": True,
            "AccessLogSetting": {"DestinationArn": arn("ApiLogs"), "Format": json.dumps(ACCESS)},
            "MethodSettings": front.throttles(app),
        }
    }


def permission(function: str) -> Resource:
    """The API may call a function."""
    source = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${RestAPI}/*"
    return {
        "Type": "AWS::Lambda::Permission",
        "Properties": {
            "FunctionName": ref(alias(function)),
            "Action": "lambda:InvokeFunction",
            "Principal": "apigateway.amazonaws.com",
            "SourceArn": {"Fn::Sub": source},
        },
    }
