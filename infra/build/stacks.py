"""The packaged templates by CloudFormation: each stack takes the outputs of those before it (`infra/build/split.py`).

Templates and artefacts come from `build/` (`make package`) as they are: what names a file beside the template is put
into a bucket and named by bucket and key, which is all that `aws cloudformation package` does.
"""

import copy
import json
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from botocore.exceptions import ClientError

from infra.local.names import REGION
from infra.stack.functions import FUNCTIONS
from infra.stack.resources import ALIAS, alias, logical

ARTEFACTS: Final = "motcua-artefacts"
SECONDS: Final = 600
KINDS: Final = {
    "AWS::DynamoDB::Table": "table",
    "AWS::Events::EventBus": "bus",
    "AWS::KMS::Key": "key",
    "AWS::Logs::LogGroup": "log",
    "AWS::S3::Bucket": "bucket",
    "AWS::SQS::Queue": "queue",
    "AWS::StepFunctions::StateMachine": "machine",
}
CODE: Final = {
    "AWS::Serverless::Function": "CodeUri",
    "AWS::Serverless::LayerVersion": "ContentUri",
    "AWS::Lambda::Function": "Code",
    "AWS::Lambda::LayerVersion": "Content",
}
_KEYS: Final = {
    "CodeUri": ("Bucket", "Key"),
    "ContentUri": ("Bucket", "Key"),
    "Code": ("S3Bucket", "S3Key"),
    "Content": ("S3Bucket", "S3Key"),
}


class DeployFailed(RuntimeError):
    """A stack did not become what was asked; the text names resources and reasons."""


@dataclass
class Stack:
    """A stack as it stands: outputs, and physical names by logical id."""

    name: str
    seconds: float
    outputs: dict[str, str]
    resources: dict[str, tuple[str, str]] = field(default_factory=dict)

    def physical(self, kind: str) -> dict[str, str]:
        """Logical id -> physical name of the resources of a type."""
        return {name: physical for name, (type_, physical) in self.resources.items() if type_ == kind}


def names_of(*stacks: Stack) -> dict[str, str]:
    """Physical names as `where.json` says them: `table.Dossiers`, `queue.Parked`, `function.onestop_sweep`.

    A function is named with its alias: a call of it is tried again and parked as any other.
    """
    things = {name: thing for stack in stacks for name, thing in stack.resources.items()}
    found = {f"{KINDS[kind]}.{name}": physical for name, (kind, physical) in things.items() if kind in KINDS}
    functions = {f: things[logical(f)][1] for f in FUNCTIONS if logical(f) in things}
    called = {f: f"{name}:{ALIAS}" if alias(f) in things else name for f, name in functions.items()}
    return found | {f"function.{f}": name for f, name in called.items()}


class Deployer(ABC):
    """Creates, updates and deletes stacks of a cloud; the files they name go into a bucket of artefacts."""

    seconds: int = SECONDS
    """How long a stack may take."""
    pause: float = 0.3
    """Seconds between two looks at it."""

    def __init__(self, *, artefacts: str = ARTEFACTS, region: str = REGION) -> None:
        self._artefacts, self._region = artefacts, region
        self._cloudformation = self.client("cloudformation")
        self._uploaded: dict[Path, str] = {}

    @abstractmethod
    def client(self, service: str) -> Any:
        """A client of the cloud that it deploys to."""

    def create(self, name: str, template: Path, parameters: Mapping[str, str]) -> Stack:
        """Create a stack of a template file; parameters it does not declare are left out. Raises: `DeployFailed`."""
        begin = time.monotonic()
        self._cloudformation.create_stack(**self._asked(name, template, parameters))
        self._await(name, "CREATE_COMPLETE")
        return self.look(name, time.monotonic() - begin)

    def update(self, name: str, template: Path, parameters: Mapping[str, str]) -> Stack:
        """Bring a stack to a template file; nothing to change is no failure. Raises: `DeployFailed`."""
        begin = time.monotonic()
        try:
            self._cloudformation.update_stack(**self._asked(name, template, parameters))
        except ClientError as error:
            if "No updates are to be performed" not in str(error):
                raise DeployFailed(f"{name}: {error}") from error
        else:
            self._await(name, "UPDATE_COMPLETE")
        return self.look(name, time.monotonic() - begin)

    def _asked(self, name: str, template: Path, parameters: Mapping[str, str]) -> dict[str, Any]:
        document = self.marked(self.packaged(template), parameters)
        declared = document.get("Parameters", {})
        missing = [k for k, p in declared.items() if k not in parameters and "Default" not in p]
        if missing:
            raise DeployFailed(f"{template.name}: nobody gives {', '.join(missing)}")
        return {
            "StackName": name,
            "TemplateURL": self._put_template(name, document),
            "Parameters": [{"ParameterKey": k, "ParameterValue": v} for k, v in parameters.items() if k in declared],
            "Capabilities": ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
        }

    def marked(self, document: dict[str, Any], _parameters: Mapping[str, str]) -> dict[str, Any]:
        """The template as it is sent with these parameters; here as it is."""
        return document

    def delete(self, name: str) -> None:
        """Delete a stack and wait until it is gone. Raises: `DeployFailed`."""
        arn = self._cloudformation.describe_stacks(StackName=name)["Stacks"][0]["StackId"]
        self._cloudformation.delete_stack(StackName=name)
        self._await(arn, "DELETE_COMPLETE")

    def look(self, name: str, seconds: float = 0.0) -> Stack:
        """A stack that is there."""
        told = self._cloudformation.describe_stacks(StackName=name)["Stacks"][0]
        pages = self._cloudformation.get_paginator("list_stack_resources").paginate(StackName=name)
        resources = {
            r["LogicalResourceId"]: (r["ResourceType"], r.get("PhysicalResourceId", ""))
            for page in pages
            for r in page["StackResourceSummaries"]
        }
        outputs = {o["OutputKey"]: o["OutputValue"] for o in told.get("Outputs", [])}
        return Stack(name, round(seconds, 1), outputs, resources)

    # --- artefacts -------------------------------------------------------------------------------------------

    def packaged(self, template: Path) -> dict[str, Any]:
        """The template with its files uploaded."""
        document: dict[str, Any] = copy.deepcopy(json.loads(template.read_text("utf-8")))
        for resource in document["Resources"].values():
            name = CODE.get(resource["Type"])
            value = resource.get("Properties", {}).get(name) if name else None
            if name and isinstance(value, str) and not value.startswith("s3://"):
                bucket, key = _KEYS[name]
                resource["Properties"][name] = {bucket: self._artefacts, key: self._upload(template.parent / value)}
        return document

    def _upload(self, file: Path) -> str:
        file = file.resolve()
        if file not in self._uploaded:
            self._bucket().upload_file(str(file), self._artefacts, file.name)
            self._uploaded[file] = file.name
        return self._uploaded[file]

    def _put_template(self, name: str, document: dict[str, Any]) -> str:
        s3, key = self._bucket(), f"{name}.json"
        s3.put_object(Bucket=self._artefacts, Key=key, Body=json.dumps(document))
        return str(s3.generate_presigned_url("get_object", Params={"Bucket": self._artefacts, "Key": key}))

    def _bucket(self) -> Any:
        s3 = self.client("s3")
        if self._artefacts not in [b["Name"] for b in s3.list_buckets()["Buckets"]]:
            place: Any = {"LocationConstraint": self._region}
            s3.create_bucket(Bucket=self._artefacts, CreateBucketConfiguration=place)
        return s3

    # --- waiting ---------------------------------------------------------------------------------------------

    def _await(self, name: str, wanted: str) -> None:
        end = time.monotonic() + self.seconds
        while time.monotonic() < end:
            told = self._cloudformation.describe_stacks(StackName=name)["Stacks"][0]
            if told["StackStatus"] == wanted:
                return
            if not told["StackStatus"].endswith("_IN_PROGRESS"):
                reasons = "\n".join(self._reasons(name)) or told.get("StackStatusReason", "")
                raise DeployFailed(f"{name}: {told['StackStatus']}\n{reasons}")
            time.sleep(self.pause)
        raise DeployFailed(f"{name}: not {wanted} within {self.seconds} s")

    def _reasons(self, name: str) -> Iterator[str]:
        for event in self._cloudformation.describe_stack_events(StackName=name)["StackEvents"]:
            if "FAILED" in event["ResourceStatus"]:
                reason = event.get("ResourceStatusReason", "")
                yield f"{event['LogicalResourceId']} ({event['ResourceType']}): {reason}"
