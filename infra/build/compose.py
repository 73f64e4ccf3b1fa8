"""From the resource list and the app's routes to the templates: the data stack, and what `chalice package` merges.

python -m infra.build.compose            write .chalice/ (config, policies), build/data.json, build/merge.json, and name
                                         what changed
python -m infra.build.compose --check    write nothing; fail when .chalice/ is not what the list says, or when what is
                                         given is not what is needed
"""

import argparse
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from infra.build.queues import ordered, queue_policies
from infra.stack import dashboards, front, live, policies, rights, watch
from infra.stack.data import BUCKET_NAMES, DATA, DATA_CONDITIONS, DATA_PARAMETERS, OUTPUTS
from infra.stack.functions import ARCHITECTURE, FUNCTIONS, Function
from infra.stack.grants import LOG_DELIVERY
from infra.stack.life import LOG_DAYS
from infra.stack.parameters import CONDITIONS, DEPLOYED, ENVIRONMENT, PARAMETERS
from infra.stack.resources import APP, HEARING, LEAST, Resource, arn, logical, ref, work
from infra.stack.rest_api import Clash, application, authorizers, capability, permission, rest_api

ROOT: Final = Path(__file__).parents[2]
RUNTIME: Final = "python3.13"


# --- names across the two stacks -----------------------------------------------------------------------------

_ACROSS: Final = {json.dumps(given): ref(name) for name, given in OUTPUTS.items()} | {
    json.dumps(ref(name)): given for name, given in BUCKET_NAMES.items()
}


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


# --- functions -----------------------------------------------------------------------------------------------

FOUND_IN: Final = {"ocr": {"TESSDATA_PREFIX": "/opt/tessdata"}}
"""Layer -> where the code finds its files; the fonts of `documents` are a module, so they need no name."""


def layer(name: str) -> str:
    """The logical id of a layer."""
    return f"{name.capitalize()}Layer"


def settings_of(name: str, function: Function) -> dict[str, Any]:
    """The environment of a function: what it asks for, where its layers' files are, its capability."""
    given = {key: across(_named((ENVIRONMENT | DEPLOYED)[key])) for key in function.environment}
    for used in function.layers:
        given |= FOUND_IN.get(used, {})
    return given | ({"MOTCUA_CAPABILITY": capability(name)} if capability(name) else {})


TRACED_SHARE: Final = 0.01
ASKED: Final = ("identity_authorize", *(name for name in FUNCTIONS if name.endswith("_api")))
"""Functions that only the API calls. It says which requests are traced; another function begins no trace of its own."""


def _trace_rule() -> Resource:
    """How many requests of the API are traced. X-Ray's own rule takes one a second and a twentieth of the others."""
    rule = {
        "RuleName": {"Fn::Sub": "motcua-${Stage}"},
        "Priority": 100,
        "Version": 1,
        "FixedRate": ref("TracedShare"),
        "ReservoirSize": 0,
        "ServiceName": {"Fn::Sub": "${AWS::StackName}/*"},
        "ServiceType": "AWS::ApiGateway::Stage",
        **dict.fromkeys(("Host", "HTTPMethod", "ResourceARN", "URLPath"), "*"),
    }
    return {"Type": "AWS::XRay::SamplingRule", "Condition": "TracedByUs", "Properties": {"SamplingRule": rule}}


def reserve(name: str) -> str:
    """The parameter of a function's cap; one that must run alone has none."""
    return f"Reserve{logical(name)}"


def _function(name: str, function: Function) -> Resource:
    properties: dict[str, Any] = {
        "Environment": {"Variables": settings_of(name, function)},
        "Architectures": [ARCHITECTURE],
        "KmsKeyArn": ref("DataKeyArn"),
        "LoggingConfig": {"LogGroup": ref(policies.log_group(name)), "LogFormat": "JSON", "SystemLogLevel": "WARN"},
        **live.published(name),
    }
    if name not in ASKED:
        properties["Tracing"] = "PassThrough"
    if function.layers:
        properties["Layers"] = [ref(layer(used)) for used in function.layers]
    if function.reserved:
        cap = ref(reserve(name)) if function.reserved > 1 else 1
        properties["ReservedConcurrentExecutions"] = {"Fn::If": ["Reserved", cap, ref("AWS::NoValue")]}
    return {"Properties": properties}


def _log_group() -> Resource:
    """Named by CloudFormation, not after its functions: so a role can name it, and Chalice's bug has no place.

    An app stack may be deleted and deployed again; its logs stay for their time.
    """
    return {
        "Type": "AWS::Logs::LogGroup",
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
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
                "PublishLambdaVersion": True,
                "CompatibleRuntimes": [RUNTIME],
                "CompatibleArchitectures": [ARCHITECTURE],
                "RetentionPolicy": "Delete",
            },
        }
        for name in used
    }


# --- the app stack -------------------------------------------------------------------------------------------


def _capped(resources: dict[str, Resource]) -> dict[str, Resource]:
    """No more is fetched for a heavy worker than may run of it: both are one parameter."""
    caps = {
        f"{work(name)}Mapping": {"MaximumConcurrency": ref(reserve(name))} for name in HEARING if _may_be_many(name)
    }
    return _mixed(resources, {name: {"Properties": {"ScalingConfig": cap}} for name, cap in caps.items()})


def _may_be_many(name: str) -> bool:
    return FUNCTIONS[name].reserved > 1


def _machine(name: str) -> dict[str, Resource]:
    """Tracing and a log of failures without the input: a machine's input names a dossier, never a person."""
    group = {"CloudWatchLogsLogGroup": {"LogGroupArn": arn(f"{name}Logs")}}
    may = {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": sorted(policies.TRACES), "Resource": "*"},
            {"Effect": "Allow", "Action": list(LOG_DELIVERY), "Resource": "*"},
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
        | watch.WATCHED
        | live.SHIFTING
        | front.FRONT
        | streams
        | {
            "LogDays": {
                "Type": "Number",
                "Default": LOG_DAYS[0],
                "AllowedValues": list(LOG_DAYS),
                "Description": "Days that logs are kept: twelve months at least",
            },
            "TracedShare": {
                "Type": "Number",
                "Default": TRACED_SHARE,
                "MaxValue": 1,
                "Description": "Share of the API's requests that are traced; -1 leaves it to X-Ray's own rule",
            },
            "ReserveConcurrency": {
                "Type": "String",
                "Default": "true",
                "AllowedValues": ["true", "false"],
                "Description": "false in an account whose Lambda concurrency is too small to cap the heavy workers",
            },
        }
        | {
            reserve(name): {
                "Type": "Number",
                "Default": function.reserved,
                "MinValue": LEAST,
                "Description": f"How many of {name} run at once: motcua quotas says what a rate needs",
            }
            for name, function in FUNCTIONS.items()
            if _may_be_many(name)
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
        across(live.called(APP)),
        live.shifting(),
        queue_policies(),
        _layers(),
        {policies.log_group(name): _log_group() for name in FUNCTIONS},
        {"ApiLogs": _log_group(), "Traces": _trace_rule()},
        {f"{logical(name)}May": permission(name) for name in FUNCTIONS if capability(name)},
        front.firewall(),
        front.domain(),
        watch.alarms(),
        dashboards.dashboards(),
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
    resources = _capped(ordered(resources))
    resources |= {"RestAPI": rest_api(app), **authorizers(app)}
    return {
        "Description": "Mot Cua: functions, API, rules, machine. May be deleted and deployed again.",
        "Parameters": _app_parameters(),
        "Conditions": {**CONDITIONS, **front.CONDITIONS},
        "Resources": resources,
        "Outputs": {
            "ApiUrl": {
                "Value": {
                    "Fn::Sub": f"https://${{RestAPI}}.execute-api.${{AWS::Region}}.${{AWS::URLSuffix}}/{front.STAGE}"
                }
            },
            "DomainTarget": front.DOMAIN_TARGET,
            "BusName": {"Value": ref("Bus")},
            "MachineArn": {"Value": ref("OneStop")},
            "LoaderName": {"Value": ref(logical("catalogue_load"))},
            "AlarmTopic": {"Value": ref("Alarms")},
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
        "stages": {stage: {"api_gateway_stage": front.STAGE, "lambda_functions": per}},
    }


def policy(name: str) -> dict[str, Any]:
    """The policy of a function's role, as it stands in the app stack."""
    document: dict[str, Any] = across(_named(policies.document(name)))
    return document


def chalice_files(stage: str = "dev") -> dict[str, str]:
    """Name -> text of every file of `.chalice/`."""
    found = {"config.json": chalice_config(stage)}
    for name in (policies.SPARE, *FUNCTIONS):
        found[f"policy-{name}.json"] = policy(name)
    return {name: json.dumps(value, indent=1) + "\n" for name, value in found.items()}


def drift(folder: Path = ROOT / ".chalice") -> list[str]:
    """Names of the files that are missing, different or too many."""
    wanted = chalice_files()
    found = {path.name: path.read_text("utf-8") for path in folder.glob("*.json")}
    return sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))


# --- command -------------------------------------------------------------------------------------------------


def write(build: Path, stage: str = "dev", chalice: Path = ROOT / ".chalice") -> list[Path]:
    """Write every file that is not what it should be; answers which they were. Raises Clash."""
    templates = {"data": data_template(), "merge": merge_template(application())}
    wanted = {chalice / name: text for name, text in chalice_files(stage).items()}
    wanted |= {build / f"{name}.json": json.dumps(value, indent=1) + "\n" for name, value in templates.items()}
    for folder in (chalice, build):
        folder.mkdir(parents=True, exist_ok=True)
    found = {path: path.read_text("utf-8") for path in (*chalice.glob("*.json"), *wanted) if path.is_file()}
    changed = sorted(path for path in wanted.keys() | found.keys() if wanted.get(path) != found.get(path))
    for path in changed:
        if path in wanted:
            path.write_text(wanted[path], "utf-8")
        else:
            path.unlink()
    return changed


def main() -> int:
    """The command line; 1 when something is wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m infra.build.compose", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--check", action="store_true", help="write nothing; fail when .chalice is not up to date")
    parser.add_argument("--out", type=Path, default=ROOT / "build")
    given = parser.parse_args()
    if not given.check:
        for path in write(given.out):
            print("wrote" if path.is_file() else "deleted", os.path.relpath(path))
        return 0
    merge_template(application())
    faults = [f".chalice/{name} is not what the list says: run python -m infra.build.compose" for name in drift()]
    faults += rights.faults(rights.needed(), rights.given())
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
