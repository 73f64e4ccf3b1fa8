"""Stacks in the account of the caller's credentials: every change is shown and asked for before it is made.

The artefacts have a bucket of their own, closed to everybody else, by TLS only, with versions.
"""

import hashlib
import json
import re
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from infra.build.stacks import Deployer, DeployFailed, Stack

type Ask = Callable[[str], bool]
type Say = Callable[[str], None]
Change = dict[str, Any]

NEVER_MADE: Final = ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED")
"""Of a stack whose creation failed: it takes no update, it can only be deleted."""
NOT_YET: Final = ("", "REVIEW_IN_PROGRESS")
"""Of a stack that is not there, or whose first change set nobody executed."""
UPDATABLE: Final = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE")
KEPT: Final = ("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::KMS::Key")
"""What must never be replaced by an empty one, or taken out of its stack."""
NOTHING: Final = ("didn't contain changes", "No updates are to be performed")
FUNCTION_SECONDS: Final = 330
"""The longest function that a deployment calls has 300."""


class WouldLose(DeployFailed):
    """A change would put an empty table, bucket or key in the place of one that holds data."""


class Declined(DeployFailed):
    """Whoever was asked said no; nothing of that stack was changed."""


def told(changes: Sequence[Change]) -> list[str]:
    """The changes of a change set, a line each: what is done, to what, whether it is made anew."""
    lines = []
    for given in sorted(changes, key=lambda c: (c["Action"], c["LogicalResourceId"])):
        anew = {"True": ", made anew", "Conditional": ", perhaps made anew"}.get(given.get("Replacement", ""), "")
        lost = ", with what waits in it" if _loses_work(given) else ""
        lines.append(f"  {given['Action']:<8} {given['LogicalResourceId']} ({given['ResourceType']}){anew}{lost}")
    return lines


def _gone(change: Change) -> bool:
    return change["Action"] == "Remove" or change.get("Replacement") == "True"


def _loses_work(change: Change) -> bool:
    return bool(change["ResourceType"] == "AWS::SQS::Queue" and _gone(change))


class Account(Deployer):
    """Stacks in an account; what is there is updated, by change sets that `ask` agrees to."""

    seconds = 3600
    pause = 5.0

    def __init__(self, *, account: str, region: str, ask: Ask, say: Say) -> None:
        self._account, self._ask, self._say = account, ask, say
        super().__init__(artefacts=f"motcua-artefacts-{account}-{region}", region=region)

    def client(self, service: str) -> Any:
        """A boto3 client with the caller's own credentials. A function that is slow is not called twice."""
        make: Any = boto3.client  # its overloads want a literal name
        patient = Config(read_timeout=FUNCTION_SECONDS, retries={"total_max_attempts": 1})
        return make(service, region_name=self._region, config=patient if service == "lambda" else None)

    # --- stacks ----------------------------------------------------------------------------------------------

    def apply(self, name: str, template: Path, parameters: Mapping[str, str]) -> Stack:
        """Create the stack, or bring it to the template. Raises Declined, WouldLose, DeployFailed."""
        begin, status = time.monotonic(), self._status(name)
        if status in NEVER_MADE:
            self._clear(name, status)
            status = ""
        if status not in (*NOT_YET, *UPDATABLE):
            raise DeployFailed(f"{name} is {status}: {_what_to_do(status)}")
        first = status in NOT_YET
        change_set = self._propose(name, template, parameters, first=first)
        if change_set:
            self._agree(name, change_set, first=first)
            self._cloudformation.execute_change_set(StackName=name, ChangeSetName=change_set)
            self._await(name, "CREATE_COMPLETE" if first else "UPDATE_COMPLETE")
        return self.look(name, time.monotonic() - begin)

    def outputs(self, name: str) -> dict[str, str]:
        """What a stack gives; nothing when it is not there, or was never made."""
        return self.look(name).outputs if self._status(name) not in (*NOT_YET, *NEVER_MADE) else {}

    def protect(self, name: str) -> None:
        """Nobody deletes this stack by mistake."""
        self._cloudformation.update_termination_protection(StackName=name, EnableTerminationProtection=True)

    def marked(self, document: dict[str, Any], parameters: Mapping[str, str]) -> dict[str, Any]:
        """Each function's description tells its settings by a hash: SAM sees no version in a parameter's new value."""
        for resource in document["Resources"].values():
            if resource["Type"] == "AWS::Serverless::Function":
                given = resource["Properties"]
                asked = re.findall(r'"Ref": "(\w+)"|\$\{(\w+)\}', json.dumps(given))
                values = {name: parameters.get(name, "") for name in sorted({a or b for a, b in asked})}
                digest = hashlib.sha256(json.dumps(values).encode()).hexdigest()
                given["Description"] = f"settings {digest[:12]}"
        return document

    def _status(self, name: str) -> str:
        """The status of a stack; nothing when there is none. Raises DeployFailed when nobody may look."""
        try:
            return str(self._cloudformation.describe_stacks(StackName=name)["Stacks"][0]["StackStatus"])
        except ClientError as error:
            if "does not exist" in str(error):
                return ""
            raise DeployFailed(f"{name}: {error}") from error

    def _clear(self, name: str, status: str) -> None:
        """Delete a stack that was never made. Raises Declined."""
        if not self._ask(f"{name} is {status}: its creation failed. Delete what is left of it, and create it again?"):
            raise Declined(f"{name} stays as it is: {status}")
        self.delete(name)

    def _propose(self, name: str, template: Path, parameters: Mapping[str, str], *, first: bool) -> str:
        """The ARN of a change set that is ready; nothing when there is nothing to change. Raises DeployFailed."""
        asked = self._asked(name, template, parameters)
        kind = "CREATE" if first else "UPDATE"
        made = self._cloudformation.create_change_set(
            ChangeSetName=f"deploy-{uuid.uuid4().hex}", ChangeSetType=kind, **asked
        )["Id"]
        end = time.monotonic() + self.seconds
        while time.monotonic() < end:
            is_ = self._cloudformation.describe_change_set(StackName=name, ChangeSetName=made)
            if is_["Status"] == "CREATE_COMPLETE":
                return str(made)
            if is_["Status"] == "FAILED":
                reason = is_.get("StatusReason", "")
                self._discard(name, made, first=first)
                if any(text in reason for text in NOTHING):
                    self._say(f"{name}: nothing to change")
                    return ""
                raise DeployFailed(f"{name}: no change set: {reason}")
            time.sleep(self.pause)
        raise DeployFailed(f"{name}: no change set within {self.seconds} s")

    def _agree(self, name: str, change_set: str, *, first: bool) -> None:
        """Show what would change, and ask. Raises WouldLose, Declined; both leave everything as it was."""
        pages = self._cloudformation.get_paginator("describe_change_set")
        found = pages.paginate(StackName=name, ChangeSetName=change_set)
        changes = [c["ResourceChange"] for page in found for c in page["Changes"] if "ResourceChange" in c]
        self._say(f"{name}: {len(changes)} changes")
        for line in told(changes):
            self._say(line)
        lost = [c["LogicalResourceId"] for c in changes if c["ResourceType"] in KEPT and _gone(c)]
        if lost:
            self._discard(name, change_set, first=first)
            raise WouldLose(f"{name}: {', '.join(lost)} would be empty, or gone: docs/how-to/deploy.md says what to do")
        if not self._ask(f"Make these changes to {name}?"):
            self._discard(name, change_set, first=first)
            raise Declined(f"{name}: nothing was changed")

    def _discard(self, name: str, change_set: str, *, first: bool) -> None:
        self._cloudformation.delete_change_set(StackName=name, ChangeSetName=change_set)
        if first:  # CloudFormation made an empty stack to hang the change set on
            self._cloudformation.delete_stack(StackName=name)

    # --- functions -------------------------------------------------------------------------------------------

    def call(self, function: str) -> Any:
        """What a function answers to nothing. Raises DeployFailed with the type of its error."""
        out = self.client("lambda").invoke(FunctionName=function, Payload=b"{}")
        answer = json.loads(out["Payload"].read() or b"null")
        if out.get("FunctionError"):
            kind = answer.get("errorType", "") if isinstance(answer, dict) else ""
            raise DeployFailed(f"{function} failed: {kind or out['FunctionError']}; its log says where")
        return answer

    # --- artefacts -------------------------------------------------------------------------------------------

    def _put_template(self, name: str, document: dict[str, Any]) -> str:
        """CloudFormation fetches it with the caller's own rights: an address, and no link that anybody could use."""
        return super()._put_template(name, document).partition("?")[0]

    def _bucket(self) -> Any:
        """The bucket of artefacts: ours, closed, versioned. Raises DeployFailed when another account has its name."""
        s3, mine = self.client("s3"), {"Bucket": self._artefacts, "ExpectedBucketOwner": self._account}
        try:
            s3.head_bucket(**mine)
        except ClientError as error:
            if error.response["Error"]["Code"] not in ("404", "NoSuchBucket"):
                raise DeployFailed(f"{self._artefacts} is not ours: {error}") from error
            s3.create_bucket(Bucket=self._artefacts, **placed(self._region))
        shut = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
        owned = {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
        sealed = {"Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]}
        s3.put_public_access_block(**mine, PublicAccessBlockConfiguration=dict.fromkeys(shut, True))
        s3.put_bucket_ownership_controls(**mine, OwnershipControls=owned)
        s3.put_bucket_encryption(**mine, ServerSideEncryptionConfiguration=sealed)
        s3.put_bucket_versioning(**mine, VersioningConfiguration={"Status": "Enabled"})
        s3.put_bucket_policy(**mine, Policy=json.dumps(tls_only(self._artefacts, s3.meta.partition)))
        return s3


def placed(region: str) -> dict[str, Any]:
    """Where a bucket is made; AWS refuses the name of its first region."""
    return {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}


def tls_only(bucket: str, partition: str = "aws") -> dict[str, Any]:
    """The policy of a bucket that nobody reaches without TLS."""
    deny = {
        "Sid": "OnlyTls",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [f"arn:{partition}:s3:::{bucket}", f"arn:{partition}:s3:::{bucket}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return {"Version": "2012-10-17", "Statement": [deny]}


def _what_to_do(status: str) -> str:
    if status.endswith("_IN_PROGRESS"):
        return "somebody is at it; wait until it ends"
    if status == "UPDATE_ROLLBACK_FAILED":
        return "aws cloudformation continue-update-rollback, then deploy again"
    return "look at its events, mend it by hand, then deploy again"
