"""From the resource list and the app's routes to the templates: the data stack, and what `chalice package` merges.

    python -m infra.compose            write .chalice/ (config, policies), build/data.json, build/merge.json
    python -m infra.compose --check    write nothing; fail when .chalice/ is not what the list says

Chalice makes one function for all routes. Here each route goes to the function of its own capability: the module of a
view names it (`chalicelib.vault.api` belongs to `vault_api`), as in the local gateway.
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from chalicelib.kernel import errors
from chalicelib.kernel.problem import TABLE, Row
from infra import policies, watch
from infra.local.problems import OWN, SHARED
from infra.resources import (
    APP,
    CALLED,
    DATA,
    DATA_CONDITIONS,
    DATA_PARAMETERS,
    ENVIRONMENT,
    FUNCTIONS,
    OUTPUTS,
    PARAMETERS,
    Function,
    Resource,
    arn,
    logical,
    parked,
    ref,
)

ROOT: Final = Path(__file__).parent.parent
STAGE: Final = "api"
"""Stage of API Gateway; the stage of the installation is the parameter `Stage`."""
RUNTIME: Final = "python3.13"


class Clash(ValueError):
    """Two things of the templates have the same logical id."""


# --- names across the two stacks -----------------------------------------------------------------------------

_ACROSS: Final = {json.dumps(given): ref(name) for name, given in OUTPUTS.items()}


def across(value: Any) -> Any:
    """A copy in which what belongs to the data stack is a parameter, and the machine is named without a reference."""
    if isinstance(value, list):
        return [across(v) for v in value]
    if not isinstance(value, dict):
        return value
    if parameter := _ACROSS.get(json.dumps(value)):
        return parameter
    return {k: across(v) for k, v in value.items()}


def _named(value: Any) -> Any:
    """For a function's role and settings: a machine refers to its functions, so they know it by its name."""
    if isinstance(value, list):
        return [_named(v) for v in value]
    if not isinstance(value, dict):
        return value
    name = value.get("Ref")
    if isinstance(name, str) and APP.get(name, {}).get("Type") == "AWS::Serverless::StateMachine":
        text = "arn:${AWS::Partition}:states:${AWS::Region}:${AWS::AccountId}:stateMachine:${AWS::StackName}-" + name
        return {"Fn::Sub": text}
    return {k: _named(v) for k, v in value.items()}


# --- the data stack ------------------------------------------------------------------------------------------


def data_template() -> dict[str, Any]:
    """Tables, buckets and their key; deploy it with termination protection, and never delete it."""
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "Mot Cua: data (tables, buckets, key). Retained.",
        "Parameters": DATA_PARAMETERS,
        "Conditions": DATA_CONDITIONS,
        "Resources": DATA,
        "Outputs": {name: {"Value": value} for name, value in OUTPUTS.items()},
    }


# --- the API -------------------------------------------------------------------------------------------------


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
    name = view.__module__.split(".")[1] + "_api"
    if name not in FUNCTIONS:
        raise Clash(f"{view.__module__}: no function {name}")
    return str(name)


def capability(function: str) -> str:
    """What an HTTP function serves; empty for a worker and the authorizer."""
    return function.removesuffix("_api") if function.endswith("_api") else ""


def uri(function: str) -> Resource:
    """Where the gateway finds a function."""
    path = "lambda:path/2015-03-31/functions/${%s.Arn}/invocations" % logical(function)  # noqa: UP031 - ${} in f-strings
    return {"Fn::Sub": f"arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:{path}"}


HEADERS_ONLY: Final = "headers"


def _operation(path: str, method: str, function: str) -> dict[str, Any]:
    """What the merge adds to one operation. A POST without Idempotency-Key is refused before any function runs."""
    merged: dict[str, Any] = {"x-amazon-apigateway-integration": {"uri": uri(function)}}
    if method == "POST":
        names = re.findall(r"{(\w+)}", path)
        merged["parameters"] = [{"name": name, "in": "path", "required": True, "type": "string"} for name in names]
        merged["parameters"].append({"name": "Idempotency-Key", "in": "header", "required": True, "type": "string"})
        merged["x-amazon-apigateway-request-validator"] = HEADERS_ONLY
    return merged


def paths(app: Any) -> dict[str, dict[str, Any]]:
    """Each route to the function of its capability."""
    return {
        path: {
            method.lower(): _operation(path, method, owner(route.view_function)) for method, route in methods.items()
        }
        for path, methods in app.routes.items()
    }


_PAUSE: Final = {"Retry-After": "1"}
_GATEWAY_HEADERS: Final = {
    "Content-Type": "application/problem+json",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Headers": "Authorization,Content-Type,Idempotency-Key,If-Match,"
    "X-Amz-Date,X-Amz-Security-Token,X-Api-Key",
}
_REFUSALS: Final[dict[str, tuple[int, Row]]] = {
    "UNAUTHORIZED": (401, TABLE[errors.TokenRefused]),
    "ACCESS_DENIED": (403, TABLE[errors.NotAllowed]),
    "EXPIRED_TOKEN": (401, TABLE[errors.TokenRefused]),
    "INVALID_SIGNATURE": (401, TABLE[errors.TokenRefused]),
    "INVALID_API_KEY": (403, TABLE[errors.NotAllowed]),
    "WAF_FILTERED": (403, TABLE[errors.NotAllowed]),
    "MISSING_AUTHENTICATION_TOKEN": (404, TABLE[errors.NotFound]),  # so AWS calls a path or method that is not there
    "RESOURCE_NOT_FOUND": (404, TABLE[errors.NotFound]),
    "BAD_REQUEST_PARAMETERS": (400, TABLE[errors.KeyMissing]),  # the one header that a validator asks for
    "BAD_REQUEST_BODY": (400, OWN[400]),
    "REQUEST_TOO_LARGE": (413, OWN[413]),
    "UNSUPPORTED_MEDIA_TYPE": (415, TABLE[errors.TypeNotSupported]),
    "THROTTLED": (429, TABLE[errors.TryAgain]),
    "QUOTA_EXCEEDED": (429, TABLE[errors.TryAgain]),
    "INTEGRATION_FAILURE": (502, OWN[502]),
    "INTEGRATION_TIMEOUT": (502, OWN[502]),
    "API_CONFIGURATION_ERROR": (500, TABLE[SHARED[500]]),
    "AUTHORIZER_CONFIGURATION_ERROR": (500, TABLE[SHARED[500]]),
    "AUTHORIZER_FAILURE": (500, TABLE[SHARED[500]]),
    "DEFAULT_4XX": (400, OWN[400]),
    "DEFAULT_5XX": (500, TABLE[SHARED[500]]),
}


def gateway_responses() -> dict[str, Any]:
    """The gateway's own refusals, as problems in both languages: what `infra/local/problems.py` is on AWS."""
    answers = {}
    for kind, (status, row) in _REFUSALS.items():
        headers = _GATEWAY_HEADERS | (_PAUSE if status == 429 else {})  # noqa: PLR2004 - too many requests
        headers |= {"WWW-Authenticate": "Bearer"} if status == 401 else {}  # noqa: PLR2004 - not authenticated
        body = {
            "type": f"/docs/errors.html#{row.code}",
            "title": f"{row.title_vi} / {row.title_en}",
            "status": status,
            "code": row.code,
            "request_id": "$context.requestId",
        }
        answers[kind] = {
            "statusCode": str(status),
            "responseParameters": {f"gatewayresponse.header.{k}": f"'{v}'" for k, v in headers.items()},
            "responseTemplates": {"application/json": json.dumps(body)},
        }
    return answers


_ACCESS: Final = {
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


def _rest_api(app: Any) -> Resource:
    body = {
        "paths": paths(app),
        "x-amazon-apigateway-gateway-responses": gateway_responses(),
        "x-amazon-apigateway-request-validators": {
            HEADERS_ONLY: {"validateRequestBody": False, "validateRequestParameters": True}
        },
    }
    return {
        "Properties": {
            "Name": ref("AWS::StackName"),
            "DefinitionBody": body,
            "TracingEnabled": True,
            "AccessLogSetting": {"DestinationArn": arn("ApiLogs"), "Format": json.dumps(_ACCESS)},
            "MethodSettings": [
                {
                    "HttpMethod": "*",
                    "ResourcePath": "/*",
                    "MetricsEnabled": True,
                    "DataTraceEnabled": False,
                    "LoggingLevel": "ERROR",
                    "ThrottlingRateLimit": ref("ThrottleRate"),
                    "ThrottlingBurstLimit": ref("ThrottleBurst"),
                }
            ],
        }
    }


def _permission(function: str) -> Resource:
    source = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${RestAPI}/*"
    return {
        "Type": "AWS::Lambda::Permission",
        "Properties": {
            "FunctionName": ref(logical(function)),
            "Action": "lambda:InvokeFunction",
            "Principal": "apigateway.amazonaws.com",
            "SourceArn": {"Fn::Sub": source},
        },
    }


# --- functions -----------------------------------------------------------------------------------------------

FOUND_IN: Final = {"ocr": {"TESSDATA_PREFIX": "/opt/tessdata"}, "documents": {"MOTCUA_FONTS": "/opt/fonts"}}
"""Layer -> where the code finds its files."""


def layer(name: str) -> str:
    """The logical id of a layer."""
    return f"{name.capitalize()}Layer"


def settings_of(name: str, function: Function) -> dict[str, Any]:
    """The environment of a function: what it asks for, where its layers' files are, its capability."""
    given = {key: across(_named(ENVIRONMENT[key])) for key in function.environment}
    for used in function.layers:
        given |= FOUND_IN.get(used, {})
    return given | ({"MOTCUA_CAPABILITY": capability(name)} if capability(name) else {})


def _function(name: str, function: Function) -> Resource:
    properties: dict[str, Any] = {
        "Environment": {"Variables": settings_of(name, function)},
        "KmsKeyArn": ref("DataKeyArn"),
        "LoggingConfig": {"LogGroup": ref(policies.log_group(name)), "LogFormat": "JSON"},
    }
    if function.layers:
        properties["Layers"] = [ref(layer(used)) for used in function.layers]
    if function.reserved:
        properties["ReservedConcurrentExecutions"] = {"Fn::If": ["Reserved", function.reserved, ref("AWS::NoValue")]}
    return {"Properties": properties}


def _log_group() -> Resource:
    """Named by CloudFormation, not after the function: so a role can name its log, and Chalice's bug has no place."""
    return {
        "Type": "AWS::Logs::LogGroup",
        "Properties": {"RetentionInDays": ref("LogDays"), "KmsKeyId": ref("DataKeyArn")},
    }


def _layers() -> dict[str, Resource]:
    used = sorted({used for function in FUNCTIONS.values() for used in function.layers})
    return {
        layer(name): {
            "Type": "AWS::Serverless::LayerVersion",
            "Properties": {
                "Description": f"Mot Cua: {name}",
                "ContentUri": f"./layer-{name}.zip",
                "CompatibleRuntimes": [RUNTIME],
                "CompatibleArchitectures": ["x86_64"],
                "RetentionPolicy": "Delete",
            },
        }
        for name in used
    }


# --- the app stack -------------------------------------------------------------------------------------------


def _queue_policies() -> dict[str, Resource]:
    """The bus may park; nobody may do anything without TLS."""
    queues = [name for name, r in APP.items() if r["Type"] == "AWS::SQS::Queue"]
    rules = [arn(name) for name, r in APP.items() if r["Type"] == "AWS::Events::Rule"]
    bus = {
        "Sid": "Bus",
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": arn("Parked"),
        "Condition": {"ArnEquals": {"aws:SourceArn": rules}},
    }
    found = {}
    for name in queues:
        tls = {
            "Sid": "OnlyTls",
            "Effect": "Deny",
            "Principal": "*",
            "Action": "sqs:*",
            "Resource": arn(name),
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }
        document = {"Version": "2012-10-17", "Statement": [tls, *([bus] if name == "Parked" else [])]}
        found[f"{name}Policy"] = {
            "Type": "AWS::SQS::QueuePolicy",
            "Properties": {"Queues": [ref(name)], "PolicyDocument": document},
        }
    return found


def _machine(name: str) -> dict[str, Resource]:
    """Tracing and a log of failures without the input: a machine's input names a dossier, never a person."""
    group = {"CloudWatchLogsLogGroup": {"LogGroupArn": arn(f"{name}Logs")}}
    may = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": sorted(policies.UNSCOPED), "Resource": "*"},
            {"Effect": "Allow", "Action": list(policies.LOG_DELIVERY), "Resource": "*"},
        ],
    }
    return {
        f"{name}Logs": _log_group(),
        f"{name}Tells": {
            "Type": "AWS::IAM::Policy",
            "Properties": {"PolicyName": "tell", "PolicyDocument": may, "Roles": [ref(f"{name}Role")]},
        },
        name: {
            "DependsOn": f"{name}Tells",
            "Properties": {
                "Tracing": {"Enabled": True},
                "Logging": {"Level": "ERROR", "IncludeExecutionData": False, "Destinations": [group]},
            },
        },
    }


def _app_parameters() -> dict[str, Resource]:
    streams = {name: {"Type": "String", "Description": "Output of the data stack"} for name in OUTPUTS}
    return (
        PARAMETERS
        | streams
        | {
            "ThrottleRate": {"Type": "Number", "Default": 2000, "Description": "Requests a second, whole API"},
            "ThrottleBurst": {"Type": "Number", "Default": 4000, "Description": "Requests at once, whole API"},
            "LogDays": {"Type": "Number", "Default": 365, "Description": "Days that logs are kept"},
            "ReserveConcurrency": {
                "Type": "String",
                "Default": "true",
                "AllowedValues": ["true", "false"],
                "Description": "false in an account whose Lambda concurrency is too small to cap the heavy workers",
            },
        }
    )


def _mixed(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """As Chalice merges: dictionaries deeply, everything else replaced."""
    found = dict(base)
    for key, value in over.items():
        old = found.get(key)
        found[key] = _mixed(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return found


def merge_template(app: Any) -> dict[str, Any]:
    """What `chalice package --merge-template` adds. Raises Clash when two things have the same logical id."""
    parts: list[dict[str, Resource]] = [
        across(APP),
        _queue_policies(),
        _layers(),
        {policies.log_group(name): _log_group() for name in (*FUNCTIONS, policies.SPARE)},
        {"ApiLogs": _log_group()},
        {f"{logical(name)}May": _permission(name) for name in FUNCTIONS if capability(name)},
        watch.alarms(),
        watch.dashboard(),
    ]
    functions = {logical(name): _function(name, function) for name, function in FUNCTIONS.items()}
    seen = {"RestAPI", "APIHandler", *functions, *(f"{name}Role" for name in functions)}
    resources: dict[str, Resource] = {}
    for part in parts:
        if clash := seen & part.keys():
            raise Clash(f"the same logical id twice: {sorted(clash)}")
        seen |= part.keys()
        resources |= part
    resources |= functions
    for name, given in APP.items():
        if given["Type"] == "AWS::Serverless::StateMachine":
            resources = _mixed(resources, _machine(name))
    resources["RestAPI"] = _rest_api(app)
    return {
        "Description": "Mot Cua: functions, API, rules, machine. May be deleted and deployed again.",
        "Parameters": _app_parameters(),
        "Conditions": {"Reserved": {"Fn::Equals": [ref("ReserveConcurrency"), "true"]}},
        "Resources": resources,
        "Outputs": {
            "ApiUrl": {
                "Value": {"Fn::Sub": f"https://${{RestAPI}}.execute-api.${{AWS::Region}}.${{AWS::URLSuffix}}/{STAGE}"}
            },
            "BusName": {"Value": ref("Bus")},
            "MachineArn": {"Value": ref("OneStop")},
            "LoaderName": {"Value": ref(logical("catalogue_load"))},
            "AlarmTopic": {"Value": ref("Alarms")},
            "ParkedUrl": {"Value": ref("Parked")},
            **{f"{parked(name)}Url": {"Value": ref(parked(name))} for name in ("outbox", *CALLED)},
        },
    }


# --- .chalice ------------------------------------------------------------------------------------------------


def chalice_config(stage: str = "dev") -> dict[str, Any]:
    """Chalice's own configuration. The capability is never set for a stage: Chalice would package only that one."""
    per: dict[str, dict[str, Any]] = {policies.SPARE: {"iam_policy_file": f"policy-{policies.SPARE}.json"}}
    for name, function in FUNCTIONS.items():
        per[name] = {
            "iam_policy_file": f"policy-{name}.json",
            "lambda_memory_size": function.memory,
            "lambda_timeout": function.timeout,
        }
        if capability(name):
            per[name]["environment_variables"] = {"MOTCUA_CAPABILITY": capability(name)}
    return {
        "version": "2.0",
        "app_name": "motcua",
        "autogen_policy": False,
        "api_gateway_endpoint_type": "REGIONAL",
        "xray": True,
        "stages": {stage: {"api_gateway_stage": STAGE, "lambda_functions": per}},
    }


def chalice_files(stage: str = "dev") -> dict[str, str]:
    """Name -> text of every file of `.chalice/`."""
    found = {"config.json": chalice_config(stage)}
    for name in (policies.SPARE, *FUNCTIONS):
        found[f"policy-{name}.json"] = across(_named(policies.document(name)))
    return {name: json.dumps(value, indent=1) + "\n" for name, value in found.items()}


def drift(folder: Path = ROOT / ".chalice") -> list[str]:
    """Names of the files that are missing, different or too many."""
    wanted = chalice_files()
    found = {path.name: path.read_text("utf-8") for path in folder.glob("*.json")}
    return sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))


# --- command -------------------------------------------------------------------------------------------------


def write(build: Path, stage: str = "dev", chalice: Path = ROOT / ".chalice") -> None:
    """Write every file. Raises Clash."""
    chalice.mkdir(exist_ok=True)
    wanted = chalice_files(stage)
    for path in chalice.glob("*.json"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (chalice / name).write_text(text, "utf-8")
    build.mkdir(parents=True, exist_ok=True)
    for name, value in (("data", data_template()), ("merge", merge_template(application()))):
        (build / f"{name}.json").write_text(json.dumps(value, indent=1) + "\n", "utf-8")


def main() -> int:
    """The command line; 1 when something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m infra.compose", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail when .chalice is not up to date")
    parser.add_argument("--out", type=Path, default=ROOT / "build")
    given = parser.parse_args()
    if not given.check:
        write(given.out)
        return 0
    merge_template(application())
    faults = [f".chalice/{name} is not what the list says: run python -m infra.compose" for name in drift()]
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
