"""Creates the resource list in the local cloud by boto3, and refuses a list that would fail in silence."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import boto3
from moto.events.models import EventPattern

from infra.local.delivery import Schedule
from infra.local.intrinsics import Names
from infra.local.names import ACCOUNT, REGION, physical
from infra.local.shims import Mapping as Stream
from infra.stack.functions import Function

ROLE = f"arn:aws:iam::{ACCOUNT}:role/local"


class BadResources(ValueError):
    """The resource list asks for something the local cloud does not do, or refers to a function that is not there."""


def _queue_of(arn: str) -> str:
    """The name of a queue; empty for what is none."""
    return arn.rpartition(":")[2] if ":sqs:" in arn else ""


def seconds_of(name: str, rule: Mapping[str, Any]) -> float:
    """The interval of a rule that goes by the clock. Raises: `BadResources` for one that does not run here."""
    given = rule.get("ScheduleExpression", "")
    if re.fullmatch(r"cron\(0/\d+ \d+-\d+ \* \* \? \*\)", given):
        return 86400.0  # some hours of each day: a developer's machine has none of its own for it
    found = re.fullmatch(r"rate\(([1-9]\d*) (minute|hour|day)s?\)", given)
    if found is None:
        raise BadResources(f"{name}: only rules with an EventPattern, or a rate of minutes, hours or days, run here")
    return float(int(found[1]) * {"minute": 60, "hour": 3600, "day": 86400}[found[2]])


class Bootstrap:
    """Creates tables, buckets, queues, bus, functions, machines and rules; `streams` and `works` are the mappings."""

    def __init__(self, resources: Mapping[str, Any], functions: Mapping[str, Function], names: Names) -> None:
        self._resources = resources
        self._functions = functions
        self._names = names

    def create(self) -> None:
        """Create everything. Raises: `BadResources`, `botocore.exceptions.ClientError`."""
        boto3.client("iam", region_name=REGION).create_role(RoleName="local", AssumeRolePolicyDocument="{}")
        self._create_functions()
        self._create_tables()
        self._create_stores()
        self._create_machines()
        self._create_rules()

    def streams(self) -> list[Stream]:
        """The stream mappings of the list. Raises: `BadResources`."""
        found = []
        for resolved in self._mappings():
            if _queue_of(resolved["EventSourceArn"]):
                continue
            patterns = [f["Pattern"] for f in resolved.get("FilterCriteria", {}).get("Filters", [])]
            filters = [EventPattern.load(pattern) for pattern in patterns]
            found.append(
                Stream(
                    resolved["EventSourceArn"],
                    self._known(resolved["FunctionName"]),
                    filters,
                    resolved.get("BatchSize", 100),
                    resolved["DestinationConfig"]["OnFailure"]["Destination"].rpartition(":::")[2],
                )
            )
        return found

    def works(self) -> dict[str, str]:
        """The queues of work, by name, and who works on each. Raises: `BadResources`."""
        mappings = [(_queue_of(given["EventSourceArn"]), given["FunctionName"]) for given in self._mappings()]
        return {queue: self._known(function) for queue, function in mappings if queue}

    def _mappings(self) -> Iterator[dict[str, Any]]:
        return (self._names.resolve(given) for _, given in self._of("AWS::Lambda::EventSourceMapping"))

    def schedules(self) -> list[Schedule]:
        """The rules that go by the clock; moto only keeps them. Raises: `BadResources`."""
        rules = ((name, self._names.resolve(given)) for name, given in self._of("AWS::Events::Rule"))
        return [
            Schedule(
                name, self._known(target["Arn"].rpartition(":")[2]), seconds_of(name, rule), target.get("Input", "")
            )
            for name, rule in rules
            if "EventPattern" not in rule
            for target in rule["Targets"]
        ]

    def _of(self, kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
        return ((name, r["Properties"]) for name, r in self._resources.items() if r["Type"] == kind)

    def _known(self, function: str) -> str:
        if function not in self._functions:
            raise BadResources(f"no function {function!r}")
        return function

    def _reached(self, rule: str, target: str, *, by_clock: bool) -> None:
        """Raises: `BadResources` when the target is no function of the clock, or no queue that a function works on."""
        if by_clock and ":lambda:" in target:
            self._known(target.rpartition(":")[2])
        elif by_clock or _queue_of(target) not in self.works():
            raise BadResources(f"{rule}: a target is a queue that a function works on; of a schedule, a function")

    def _create_functions(self) -> None:
        client = boto3.client("lambda", region_name=REGION)
        for name, function in self._functions.items():
            client.create_function(
                FunctionName=name,
                Runtime="python3.13",
                Role=ROLE,
                Handler=function.handler,
                Code={"ZipFile": b"-"},
                Timeout=function.timeout,
                MemorySize=function.memory,
            )

    def _create_tables(self) -> None:
        client = boto3.client("dynamodb", region_name=REGION)
        for name, given in self._of("AWS::DynamoDB::Table"):
            properties = {k: v for k, v in given.items() if k != "PointInTimeRecoverySpecification"}
            if "StreamSpecification" in properties:
                properties["StreamSpecification"] = {"StreamEnabled": True, **properties["StreamSpecification"]}
            client.create_table(TableName=physical(name), **properties)
            if recovery := given.get("PointInTimeRecoverySpecification"):
                client.update_continuous_backups(TableName=physical(name), PointInTimeRecoverySpecification=recovery)

    def _create_stores(self) -> None:
        s3 = boto3.client("s3", region_name=REGION)
        for name, given in self._of("AWS::S3::Bucket"):
            bucket = physical(name)
            s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
            if "VersioningConfiguration" in given:
                s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration=given["VersioningConfiguration"])
            if "EventBridgeConfiguration" in given.get("NotificationConfiguration", {}):
                s3.put_bucket_notification_configuration(
                    Bucket=bucket, NotificationConfiguration={"EventBridgeConfiguration": {}}
                )
        for name, _ in self._of("AWS::SQS::Queue"):
            boto3.client("sqs", region_name=REGION).create_queue(QueueName=physical(name))
        for name, _ in self._of("AWS::Events::EventBus"):
            boto3.client("events", region_name=REGION).create_event_bus(Name=physical(name))

    def _create_machines(self) -> None:
        for name, given in self._of("AWS::Serverless::StateMachine"):
            text = json.dumps(given["Definition"])
            for key, value in self._names.resolve(given.get("DefinitionSubstitutions", {})).items():
                text = text.replace("${" + key + "}", value)
            boto3.client("stepfunctions", region_name=REGION).create_state_machine(
                name=name, definition=text, roleArn=ROLE
            )

    def _create_rules(self) -> None:
        client = boto3.client("events", region_name=REGION)
        for name, given in self._of("AWS::Events::Rule"):
            rule = self._names.resolve(given)
            if "EventPattern" not in rule:
                seconds_of(name, rule)
            for target in rule["Targets"]:
                refused = {"InputTransformer", "InputPath", *(("Input",) if "EventPattern" in rule else ())}
                if target.keys() & refused:
                    raise BadResources(f"{name}: a target gets the event as it is")
                self._reached(name, target["Arn"], by_clock="EventPattern" not in rule)
            bus = rule.get("EventBusName", "default")
            when = {k: rule[k] for k in ("EventPattern", "ScheduleExpression") if k in rule}
            when |= {"EventPattern": json.dumps(when["EventPattern"])} if "EventPattern" in when else {}
            client.put_rule(Name=name, EventBusName=bus, **when)
            client.put_targets(Rule=name, EventBusName=bus, Targets=rule["Targets"])
