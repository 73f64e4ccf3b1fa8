"""What a template may not be: everything that would widen a right, lose a failure, or send a route astray.

`python -m infra.build.package` refuses a template with a fault; `tests/infra/test_compose.py` breaks good ones on
purpose.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from infra.build.compose import ASKED, policy, settings_of
from infra.stack import policies
from infra.stack.front import guarded
from infra.stack.functions import FUNCTIONS
from infra.stack.grants import LOG_DELIVERY
from infra.stack.live import waited_for
from infra.stack.resources import ALIAS, LEAST, alias, arn, logical, ref, rule_arn
from infra.stack.rest_api import capability, owner, uri
from infra.stack.stores import HIDDEN


class Unsafe(ValueError):
    """A template that must not be deployed; its text names everything that is wrong."""


def _of(template: Mapping[str, Any], *kinds: str) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((name, r.get("Properties", {})) for name, r in template["Resources"].items() if r.get("Type") in kinds)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def wide(statement: Mapping[str, Any], unscoped: frozenset[str] = policies.UNSCOPED) -> list[str]:
    """What an Allow statement gives too much of."""
    if statement.get("Effect") != "Allow":
        return []
    actions, found = _listed(statement.get("Action", "*")), []
    found += [f"the action {action}" for action in actions if "*" in action]
    if "NotAction" in statement or "NotResource" in statement:
        found.append("everything but something")
    if "*" in _listed(statement.get("Resource", "*")):
        found += [f"{action} on everything" for action in actions if action not in unscoped and "*" not in action]
    return found


def _policy_faults(template: Mapping[str, Any]) -> Iterator[str]:
    machines = frozenset({*policies.TRACES, *LOG_DELIVERY})
    for name, given in _of(template, "AWS::IAM::Role"):
        for inline in given.get("Policies", []):
            for statement in inline["PolicyDocument"]["Statement"]:
                yield from (f"{name} may do {what}" for what in wide(statement))
        if given.get("ManagedPolicyArns"):
            yield f"{name} has a managed policy"
    for name in FUNCTIONS:
        role = template["Resources"].get(f"{logical(name)}Role", {}).get("Properties", {})
        if [p["PolicyDocument"] for p in role.get("Policies", [])] != [policy(name)]:
            yield f"{name} may do something else than the list says"
    for name, given in _of(template, "AWS::IAM::Policy"):
        for statement in given["PolicyDocument"]["Statement"]:
            yield from (f"{name} may do {what}" for what in wide(statement, machines))


def _is_queue(template: Mapping[str, Any], given: Any) -> bool:
    name = given["Fn::GetAtt"][0] if isinstance(given, dict) and "Fn::GetAtt" in given else ""
    return bool(template["Resources"].get(name, {}).get("Type") == "AWS::SQS::Queue")


def _parks(template: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    return _is_queue(template, given.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination"))


def _redriven(template: Mapping[str, Any], queue: str) -> bool:
    redrive = template["Resources"].get(queue, {}).get("Properties", {}).get("RedrivePolicy", {})
    return _is_queue(template, redrive.get("deadLetterTargetArn")) and redrive.get("maxReceiveCount", 0) > 1


def _may_send(template: Mapping[str, Any], queue: str, rule: str) -> bool:
    statements = [
        s
        for _, given in _of(template, "AWS::SQS::QueuePolicy")
        if ref(queue) in given["Queues"]
        for s in given["PolicyDocument"]["Statement"]
        if s["Effect"] == "Allow"
    ]
    sender = rule_arn(rule, template["Resources"][rule])
    return any(sender in s["Condition"]["ArnEquals"]["aws:SourceArn"] for s in statements)


_BEHIND: Final = {alias(name): logical(name) for name in FUNCTIONS}


def _behind(called: Any) -> str:
    """The function behind an alias; nothing for what is none."""
    return _BEHIND.get(called.get("Ref", ""), "") if isinstance(called, dict) else ""


def _alias_faults(template: Mapping[str, Any]) -> Iterator[str]:
    """Whoever calls a function past its alias calls what nobody tried, and goes on when it goes back."""
    calls = [(name, given["FunctionName"]) for name, given in _of(template, "AWS::Lambda::EventSourceMapping")]
    calls += [(name, given["FunctionName"]) for name, given in _of(template, "AWS::Lambda::Permission")]
    for name, given in _of(template, "AWS::Serverless::StateMachine"):
        calls += [(name, function) for function in given["DefinitionSubstitutions"].values()]
    for name, given in _of(template, "AWS::Events::Rule"):
        calls += [(name, t["Arn"]) for t in given["Targets"] if "EventPattern" not in given]
    yield from (f"{name} calls a function past its alias" for name, called in calls if not _behind(called))
    for name, given in _of(template, "AWS::Lambda::EventInvokeConfig"):
        function = given["FunctionName"]["Ref"]
        if given.get("Qualifier") != ALIAS or _BEHIND.get(template["Resources"][name].get("DependsOn", "")) != function:
            yield f"{name} parks nothing of the alias"
    functions = dict(_of(template, "AWS::Serverless::Function"))
    for name, given in ((name, functions.get(logical(name), {})) for name in FUNCTIONS):
        if given.get("AutoPublishAlias") != ALIAS or not given.get("AutoPublishAliasAllProperties"):
            yield f"{name} has no version of each change"
        if waited_for(name) and not given.get("DeploymentPreference", {}).get("Alarms"):
            yield f"a version of {name} that breaks stays"
    for name, given in _of(template, "AWS::Serverless::LayerVersion"):
        if not given.get("PublishLambdaVersion"):
            yield f"{name} changes and no function has a version of it"


def _rule_faults(template: Mapping[str, Any]) -> Iterator[str]:
    worked = {json.dumps(given["EventSourceArn"]) for _, given in _of(template, "AWS::Lambda::EventSourceMapping")}
    invoked = {json.dumps(given["FunctionName"]): given for _, given in _of(template, "AWS::Lambda::EventInvokeConfig")}
    for name, given in _of(template, "AWS::Events::Rule"):
        for target in given["Targets"]:
            if not _is_queue(template, target.get("DeadLetterConfig", {}).get("Arn")):
                yield f"{name} has no dead-letter queue"
            if not target.get("RetryPolicy", {}).get("MaximumRetryAttempts"):
                yield f"{name} does not try again"
            if "EventPattern" in given:
                to = target["Arn"].get("Fn::GetAtt", [""])[0]
                if not _is_queue(template, target["Arn"]) or json.dumps(target["Arn"]) not in worked:
                    yield f"{name} leads to no queue that a function works on"
                elif not _may_send(template, to, name):
                    yield f"{name} may not send to {to}"
                elif template["Resources"][name].get("DependsOn") != f"{to}Policy":
                    yield f"{name} may be there before it may send to {to}"
                continue
            function = json.dumps(ref(_behind(target["Arn"])))
            if not _parks(template, invoked.get(function, {})):
                yield f"{name} calls a function whose failures are lost"


def _stream_faults(template: Mapping[str, Any]) -> Iterator[str]:
    for name, given in _of(template, "AWS::Lambda::EventSourceMapping"):
        if _is_queue(template, given["EventSourceArn"]):
            continue
        if given.get("DestinationConfig", {}).get("OnFailure", {}).get("Destination") != ref("LettersBucketArn"):
            yield f"{name} keeps no rows of what it gives up"
        if not given.get("BisectBatchOnFunctionError") or not given.get("MaximumRetryAttempts"):
            yield f"{name} can be stopped for ever by one record"


def _least(template: Mapping[str, Any], given: Any) -> int:
    """The least that a number may be, itself or by its parameter."""
    return int(template["Parameters"][given["Ref"]].get("MinValue", 0) if isinstance(given, dict) else given)


def _redrive_faults(template: Mapping[str, Any]) -> Iterator[str]:
    """What is parked goes back by the clock, and what fails for good tells why: both for every worker of a queue."""
    told = json.dumps([t.get("Input", "") for _, given in _of(template, "AWS::Events::Rule") for t in given["Targets"]])
    invoked = {given["FunctionName"]["Ref"]: given for _, given in _of(template, "AWS::Lambda::EventInvokeConfig")}
    for name, given in _of(template, "AWS::Lambda::EventSourceMapping"):
        queue = given["EventSourceArn"].get("Fn::GetAtt", [""])[0]
        if not _is_queue(template, given["EventSourceArn"]) or not _redriven(template, queue):
            continue
        parks = template["Resources"][queue]["Properties"]["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]
        for told_of in (given["FunctionName"], arn(queue, "QueueName"), arn(parks, "QueueName")):
            if json.dumps(told_of) not in told:
                yield f"nothing brings back what {parks} has: {name}"
                break
        if not _parks(template, invoked.get(_behind(given["FunctionName"]), {})):
            yield f"what {parks} has for good tells no reason"


def _work_faults(template: Mapping[str, Any]) -> Iterator[str]:
    functions = dict(_of(template, "AWS::Serverless::Function"))
    for name, given in _of(template, "AWS::Lambda::EventSourceMapping"):
        if not _is_queue(template, given["EventSourceArn"]):
            continue
        queue = given["EventSourceArn"]["Fn::GetAtt"][0]
        if not _redriven(template, queue):
            yield f"{queue} has no redrive: what fails in it is tried until it is lost"
        hidden = template["Resources"][queue]["Properties"].get("VisibilityTimeout", 0)
        if hidden < HIDDEN * functions.get(_behind(given["FunctionName"]), {}).get("Timeout", 0):
            yield f"{queue} brings a message again while it is worked on"
        if _least(template, given.get("ScalingConfig", {}).get("MaximumConcurrency", 0)) < LEAST:
            yield f"{name} works on fewer than {LEAST} messages at once, or on any number"
        if given.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]:
            yield f"{name} does not say which message failed"


def _queue_faults(template: Mapping[str, Any]) -> Iterator[str]:
    alarmed = json.dumps([given.get("Dimensions") for _, given in _of(template, "AWS::CloudWatch::Alarm")])
    for name, _ in _of(template, "AWS::SQS::Queue"):
        if json.dumps(arn(name, "QueueName")) not in alarmed:
            yield f"nobody hears when something waits in {name}"


def _function_faults(template: Mapping[str, Any]) -> Iterator[str]:
    roles: dict[str, str] = {}
    for name, given in _of(template, "AWS::Serverless::Function"):
        role = json.dumps(given.get("Role"))
        if role in roles:
            yield f"{name} shares the role of {roles[role]}"
        roles[role] = name
        if given.get("Tracing") != ("Active" if name in map(logical, ASKED) else "PassThrough"):
            yield f"{name} is not traced"
        if not given.get("LoggingConfig", {}).get("LogGroup"):
            yield f"{name} has no log of ours"
    expected = {logical(name): name for name in FUNCTIONS}
    for other in expected.keys() ^ set(roles.values()):
        yield f"{other} is only in one of list and template"
    for name, given in _of(template, "AWS::Serverless::Function"):
        if name in expected:
            variables = given.get("Environment", {}).get("Variables", {})
            wanted = settings_of(expected[name], FUNCTIONS[expected[name]])
            if variables.keys() != wanted.keys():
                yield f"{name}: settings differ: {sorted(variables.keys() ^ wanted.keys())}"
            if variables.get("MOTCUA_CAPABILITY", "") != capability(expected[name]):
                yield f"{name} would serve another capability"


def _route_faults(template: Mapping[str, Any], app: Any) -> Iterator[str]:
    body = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]
    told = {
        (path, method.upper()): operation
        for path, operations in body["paths"].items()
        for method, operation in operations.items()
        if operation["x-amazon-apigateway-integration"].get("type") != "mock"  # pre-flights, pages about problems
    }
    known = {(path, method): route for path, methods in app.routes.items() for method, route in methods.items()}
    for route in known.keys() ^ told.keys():
        yield f"{route[1]} {route[0]} is only in one of app and template"
    may = {json.dumps(given["FunctionName"]) for _, given in _of(template, "AWS::Lambda::Permission")}
    for route in known.keys() & told.keys():
        function = owner(known[route].view_function)
        if told[route]["x-amazon-apigateway-integration"]["uri"] != uri(function):
            yield f"{route[1]} {route[0]} does not lead to {function}"
        if json.dumps(ref(alias(function))) not in may:
            yield f"{function} may not be called by the API"
        public = known[route].view_function.facts.act is None
        if told[route].get("security") != (None if public else guarded(known[route].authorizer.name)):
            yield f"{route[1]} {route[0]} is {'guarded' if public else 'open'}, and should not be"
    if "APIHandler" in json.dumps(body):
        yield "the API still calls Chalice's own function"


def app_faults(template: Mapping[str, Any], app: Any) -> list[str]:
    """Everything that is wrong with a packaged app template."""
    return [
        *_policy_faults(template),
        *_rule_faults(template),
        *_alias_faults(template),
        *_stream_faults(template),
        *_work_faults(template),
        *_redrive_faults(template),
        *_queue_faults(template),
        *_function_faults(template),
        *_route_faults(template, app),
        *_log_faults(template),
        *(f"{name} says null, which CloudFormation takes nowhere" for name in _saying_null(template)),
    ]


def _saying_null(template: Mapping[str, Any]) -> list[str]:
    return [name for name, given in template["Resources"].items() if _has_null(given)]


def _has_null(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_has_null(each) for each in value.values())
    return any(_has_null(each) for each in value) if isinstance(value, list) else value is None


def _log_faults(template: Mapping[str, Any]) -> Iterator[str]:
    """A log that goes with its stack, or before the law's time, is none (rule `logs.kept_months`)."""
    for name, given in template["Resources"].items():
        if given["Type"] == "AWS::Logs::LogGroup":
            if not given.get("DeletionPolicy") == given.get("UpdateReplacePolicy") == "Retain":
                yield f"{name} is deleted with the stack"
            if given["Properties"].get("RetentionInDays") != ref("LogDays"):
                yield f"{name} is not kept for LogDays"


def _table_faults(template: Mapping[str, Any]) -> Iterator[str]:
    for name, given in _of(template, "AWS::DynamoDB::Table"):
        if not given.get("PointInTimeRecoverySpecification", {}).get("PointInTimeRecoveryEnabled"):
            yield f"{name} cannot be restored to a point in time"
        if not given.get("SSESpecification", {}).get("KMSMasterKeyId"):
            yield f"{name} is not encrypted with our key"
        if not given.get("DeletionProtectionEnabled"):
            yield f"{name} can be deleted"


def _bucket_faults(template: Mapping[str, Any]) -> Iterator[str]:
    with_tls = [given["Bucket"] for _, given in _of(template, "AWS::S3::BucketPolicy") if _denies_plain(given)]
    for name, given in _of(template, "AWS::S3::Bucket"):
        block = given.get("PublicAccessBlockConfiguration", {})
        if not block or not all(block.values()):
            yield f"{name} may become public"
        if given.get("VersioningConfiguration", {}).get("Status") != "Enabled":
            yield f"{name} keeps no versions"
        if "BucketEncryption" not in given:
            yield f"{name} is not encrypted with our key"
        if ref(name) not in with_tls:
            yield f"{name} may be used without TLS"


def _denies_plain(given: Mapping[str, Any]) -> bool:
    statements = given["PolicyDocument"]["Statement"]
    return any(s["Effect"] == "Deny" and "aws:SecureTransport" in json.dumps(s.get("Condition")) for s in statements)


def data_faults(template: Mapping[str, Any]) -> list[str]:
    """Everything that is wrong with a data template."""
    lost = [
        f"{name} is not retained"
        for name, resource in template["Resources"].items()
        if resource["Type"] in ("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::KMS::Key")
        and not resource.get("DeletionPolicy") == resource.get("UpdateReplacePolicy") == "Retain"
    ]
    return [*lost, *_table_faults(template), *_bucket_faults(template)]
