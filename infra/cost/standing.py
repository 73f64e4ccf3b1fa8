"""What the templates say of money: what stands there every month, how often the clock calls, what a log line has."""

import json
import re
from collections.abc import Collection
from typing import Any, Final

from infra.build.compose import merge_template
from infra.stack.data import DATA
from infra.stack.rest_api import ACCESS, application
from infra.stack.watch import OURS

MONTH_MIN: Final = 30 * 24 * 60

PAID: Final = {
    "AWS::CloudWatch::Alarm": "cloudwatch.alarms",
    "AWS::CloudWatch::Dashboard": "cloudwatch.dashboards",
    "AWS::KMS::Key": "kms.keys",
    "AWS::SecretsManager::Secret": "secrets.secrets",
}
"""Types of resources that are paid for by the month, and their line of the bill."""
BY_USE: Final = frozenset(
    f"AWS::{name}"
    for name in (
        "ApiGateway::Account",
        "ApiGateway::RestApi",
        "DynamoDB::Table",
        "Events::EventBus",
        "Events::Rule",
        "IAM::Policy",
        "IAM::Role",
        "Lambda::EventInvokeConfig",
        "Lambda::EventSourceMapping",
        "Lambda::Permission",
        "Logs::LogGroup",
        "S3::Bucket",
        "S3::BucketPolicy",
        "SNS::Topic",
        "SQS::Queue",
        "SQS::QueuePolicy",
        "XRay::SamplingRule",
        "Serverless::Api",
        "Serverless::Function",
        "Serverless::LayerVersion",
        "Serverless::StateMachine",
    )
)
"""Types that cost nothing while nobody uses them: what they are used for is counted."""


class Unpaid(LookupError):
    """A template has a kind of resource of which nobody said what it costs; the text names it."""


def fixed(written: Collection[str], resources: dict[str, Any] | None = None) -> dict[str, int]:
    """What stands there every month, by line of the bill; `written` names metrics that no alarm asks for.

    Raises Unpaid.
    """
    every = DATA | merge_template(application())["Resources"] if resources is None else resources
    found: dict[str, int] = {}
    metrics = set(written)
    for name, resource in every.items():
        if "Condition" in resource:  # an option that a stage takes or leaves
            continue
        kind = resource.get("Type")  # what only adds to Chalice's own resources has none
        if kind in PAID:
            found[PAID[kind]] = found.get(PAID[kind], 0) + 1
        elif kind is not None and kind not in BY_USE:
            raise Unpaid(f"{name} is a {kind}: say in infra/cost/standing.py what it costs")
        if resource.get("Properties", {}).get("Namespace") == OURS:
            metrics.add(str(resource["Properties"]["MetricName"]))
    return dict(sorted((found | {"cloudwatch.metrics": len(metrics)}).items()))


def system_lines() -> bool:
    """Whether Lambda writes its own lines of every invocation: it does unless the level is above INFO."""
    functions = [r for r in merge_template(application())["Resources"].values() if "LoggingConfig" in _properties(r)]
    return any(_properties(f)["LoggingConfig"].get("SystemLogLevel", "INFO") != "WARN" for f in functions)


def _properties(resource: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = resource.get("Properties", {})
    return found


def per_month(expression: str) -> int:
    """How often `rate(5 minutes)`, or `cron(0/5 11-22 * * ? *)`, comes in a month of 30 days.

    Raises ValueError for any other expression.
    """
    if hours := re.fullmatch(r"cron\(0/(\d+) (\d+)-(\d+) \* \* \? \*\)", expression):
        minutes, first, last = map(int, hours.groups())
        return 60 // minutes * (last - first + 1) * 30
    found = re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", expression)
    if found is None:
        raise ValueError(expression)
    number, unit = found.groups()
    return MONTH_MIN // (int(number) * {"minute": 1, "hour": 60, "day": 1440}[unit])


_TRACE: Final = "Root=1-62e900b2-710d76f009d6e7785905449a"
_ID: Final = "6d68ca91-49c9-448d-89b8-7ca3e6dc66aa"


def access_line(event: Any, answer: Any) -> int:
    """Bytes of a request's line in the API's log, as the template has it."""
    given = {
        "$context.requestId": _ID,
        "$context.requestTimeEpoch": "1764072000123",
        "$context.httpMethod": event["httpMethod"],
        "$context.resourcePath": event["resource"],
        "$context.status": str(answer["statusCode"]),
        "$context.responseLatency": "123",
        "$context.integrationLatency": "120",
        "$context.responseLength": str(len(answer.get("body") or "")),
        "$context.error.responseType": "-",
        "$context.xrayTraceId": _TRACE,
    }
    return len(json.dumps({name: given[what] for name, what in ACCESS.items()}))


def system_bytes() -> int:
    """Bytes of Lambda's own lines of one invocation (start and report), in the shape that AWS documents, traced."""
    tracing = {
        "spanId": "54565fb41ac79632",
        "type": "X-Amzn-Trace-Id",
        "value": f"{_TRACE};Parent=0efbd19962d95b05;Sampled=1",
    }
    arn = "arn:aws:lambda:ap-southeast-1:123456789012:function:motcua-prod-dev-digitisation_read_copy"
    measured = {"durationMs": 123.456, "billedDurationMs": 124, "memorySizeMB": 512, "maxMemoryUsedMB": 128}
    told = (
        ("platform.start", {"requestId": _ID, "version": "$LATEST", "functionArn": arn, "tracing": tracing}),
        ("platform.report", {"requestId": _ID, "metrics": measured, "tracing": tracing, "status": "success"}),
    )
    lines = ({"time": "2026-11-26T10:00:00.123Z", "type": kind, "record": record} for kind, record in told)
    return sum(len(json.dumps(line, separators=(",", ":"))) for line in lines)


SYSTEM_LINES: Final = 2
"""Lines of `system_bytes`."""
