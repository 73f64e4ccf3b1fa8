"""What a person looks at in CloudWatch: two pages of graphs, beside the alarms."""

import json
from typing import Any

from infra.stack.functions import FUNCTIONS
from infra.stack.resources import APP, HEARING, Resource, logical, work
from infra.stack.watch import is_parked


def _executions(machine: str) -> list[Any]:
    """What becomes of a machine's executions."""
    counts = ("ExecutionsStarted", "ExecutionsSucceeded", "ExecutionsFailed")
    return [["AWS/States", what, "StateMachineArn", f"${{{machine}}}"] for what in counts]


type Page = tuple[str, str, list[Any]]
"""A graph: its title, how its numbers are told, and of what."""


def dashboards() -> dict[str, Resource]:
    """Two pages: what runs (the API, the functions, the outbox, the flow), and what waits (work and what is parked)."""
    return {"Dashboard": _dashboard(_running()), "Queues": _dashboard(_waiting())}


def _running() -> list[Page]:
    functions = [logical(name) for name in FUNCTIONS]
    api = ["ApiName", "${Installation}", "Stage", "api"]

    def per_function(metric: str) -> list[Any]:
        return [["AWS/Lambda", metric, "FunctionName", f"${{{name}}}"] for name in functions]

    return [
        ("API", "Sum", [["AWS/ApiGateway", name, *api] for name in ("Count", "4XXError", "5XXError")]),
        ("API, slowest hundredth", "p99", [["AWS/ApiGateway", "Latency", *api]]),
        ("Errors", "Sum", per_function("Errors")),
        ("Throttles", "Sum", per_function("Throttles")),
        ("Duration, slowest hundredth", "p99", per_function("Duration")),
        (
            "Outbox: age of the oldest event",
            "Maximum",
            [["AWS/Lambda", "IteratorAge", "FunctionName", "${OutboxPublish}"]],
        ),
        ("One-stop flow", "Sum", _executions("OneStop")),
        ("Scanned papers", "Sum", _executions("Digitisation")),
        ("Results beside the vault", "Sum", _executions("Delivery")),
    ]


def _waiting() -> list[Page]:
    def per_queue(metric: str, queues: list[str]) -> list[Any]:
        return [["AWS/SQS", metric, "QueueName", f"${{{name}.QueueName}}"] for name in queues]

    parked = [name for name in APP if is_parked(name)]
    return [
        ("Parked", "Maximum", per_queue("ApproximateNumberOfMessagesVisible", parked)),
        (
            "Work: age of the oldest",
            "Maximum",
            per_queue("ApproximateAgeOfOldestMessage", [work(name) for name in HEARING]),
        ),
    ]


def _dashboard(pages: list[Page]) -> Resource:
    widgets = [
        {
            "type": "metric",
            "x": 12 * (place % 2),
            "y": 6 * (place // 2),
            "width": 12,
            "height": 6,
            "properties": {"title": title, "stat": how, "period": 300, "region": "${AWS::Region}", "metrics": metrics},
        }
        for place, (title, how, metrics) in enumerate(pages)
    ]
    body = {"Fn::Sub": json.dumps({"widgets": widgets}, separators=(",", ":"))}
    return {"Type": "AWS::CloudWatch::Dashboard", "Properties": {"DashboardBody": body}}
