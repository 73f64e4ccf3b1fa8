"""Where an operator works: the names of one stage, as its cloud or its deployment wrote them to `where.json`."""

import contextlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from chalicelib.kernel import aws
from chalicelib.kernel.settings import NOBODY
from infra.local import folder as data_folder
from infra.local.names import ARN, physical
from infra.stack.parameters import ENVIRONMENT, PARAMETERS
from infra.stack.resources import ANCHOR_KEY, HEARING, RESOURCES, SEALING_KEY, TABLES, parked, work

KINDS = {
    "AWS::DynamoDB::Table": "table",
    "AWS::S3::Bucket": "bucket",
    "AWS::Events::EventBus": "bus",
    "AWS::SQS::Queue": "queue",
    "AWS::Serverless::StateMachine": "machine",
}


class NotNamed(LookupError):
    """The stage's where.json does not name a resource that is asked for."""


@dataclass(frozen=True)
class Place:
    """A stage. `names` has `<kind>.<logical id>` (table, bucket, key, queue, machine ...), region, endpoint."""

    names: Mapping[str, str]

    @property
    def is_local(self) -> bool:
        """Whether an endpoint is named: the embedded cloud or LocalStack."""
        return "endpoint" in self.names

    def name(self, logical: str) -> str:
        """Physical name (a machine: its ARN) of a resource of the list. Raises NotNamed."""
        kind = KINDS[RESOURCES[logical]["Type"]]
        if found := self.names.get(f"{kind}.{logical}"):
            return found
        if not self.is_local:
            raise NotNamed(f"{kind}.{logical}")
        arn = ARN.format(service="states", resource=f"stateMachine:{logical}")
        return arn if kind == "machine" else physical(logical)

    @property
    def tables(self) -> list[str]:
        """The tables that have a log."""
        return [self.name(logical) for logical in TABLES]

    def queues(self) -> list[str]:
        """Addresses of every queue in which work is parked; a local stage may leave them unnamed."""
        ends = parked("")
        named = [v for k, v in self.names.items() if k.startswith("queue.") and k.endswith(ends)]
        if not named and self.is_local:
            found = aws.client("sqs").list_queues(QueueNamePrefix=physical("")).get("QueueUrls", [])
            return sorted(url for url in found if url.endswith("parked"))
        named = named or [self.name("Parked")]  # before anybody is asked: what is not named is asked of nobody
        return [_address(name) for name in named]

    def work(self, function: str) -> str:
        """The address of the queue that a function works on; empty when it has none. Raises NotNamed."""
        return _address(self.name(work(function))) if function in HEARING else ""

    def _beside_machines(self, service: str, resource: str) -> str:
        """The ARN of a resource in the account of this stage: a machine's name is an ARN. Raises NotNamed."""
        machine = next((name for kind, name in self.names.items() if kind.startswith("machine.")), "")
        if not machine.startswith("arn:"):
            raise NotNamed("machine")
        _, partition, _, region, account, *_ = machine.split(":")
        return f"arn:{partition}:{service}:{region}:{account}:{resource}"

    def _environment(self) -> dict[str, str]:
        """What boto3 and the product's own code read: an operator runs the same code as the functions."""
        found = {}
        for setting, value in ENVIRONMENT.items():
            logical = value["Ref"]
            if logical in RESOURCES:
                with contextlib.suppress(NotNamed):
                    found[setting] = self.name(logical)
        if wrapping := self.names.get(f"key.{SEALING_KEY}"):
            found |= {"MOTCUA_SEALING_KEY": wrapping, "MOTCUA_SEALING_SECONDS": "0"}  # an operator holds no key
        if anchoring := self.names.get(f"key.{ANCHOR_KEY}"):
            found["MOTCUA_ANCHOR_KEY"] = anchoring
        elif folder := self.names.get("folder"):
            found["MOTCUA_ANCHOR_KEY"] = str(data_folder.anchor_key(Path(folder)))
        # A where.json says nothing of SweepDays: who reads heads of the longest that a stage may say misses none.
        found["MOTCUA_SWEEP_DAYS"] = str(PARAMETERS["SweepDays"]["MaxValue"])
        if region := self.names.get("region"):
            found |= {"AWS_REGION": region, "AWS_DEFAULT_REGION": region}
        if self.is_local:
            keys = {k: os.environ.get(k, "test") for k in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")}
            found |= {"AWS_ENDPOINT_URL": self.names["endpoint"], **keys}
        return found

    @contextlib.contextmanager
    def entered(self) -> Iterator["Place"]:
        """Work with this stage's names and addresses; what the environment said before comes back."""
        # A where.json says nothing of channels, national portal or ID app: who replays says them in these settings.
        beside = ("MOTCUA_NOTICES", "MOTCUA_NATIONAL_PORTAL", "MOTCUA_ID_APP")
        ours = {**{name: os.environ.get(name, NOBODY) for name in beside}, **self._environment()}
        before = {name: os.environ.get(name) for name in ours}
        os.environ.update(ours)
        try:
            yield self
        finally:
            for name, value in before.items():
                if value is None:
                    del os.environ[name]
                else:
                    os.environ[name] = value


def _address(name: str) -> str:
    return name if "://" in name else str(aws.client("sqs").get_queue_url(QueueName=name)["QueueUrl"])


def place_of(file: Path) -> Place:
    """The stage of a `where.json`. Raises OSError, ValueError."""
    names = json.loads(file.read_text("utf-8"))
    if not isinstance(names, dict):
        raise ValueError("not an object")  # noqa: TRY004 - the text of the file is wrong, not a type of ours
    return Place({str(k): str(v) for k, v in names.items()})
