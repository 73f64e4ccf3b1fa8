"""Dead letters: what was given up, read from the queues without taking it away.

Three services write them, each in its own shape: Lambda's on-failure destination (the function raised until its
attempts were used up), EventBridge (the event never reached the function), an event source mapping (pointers only).
"""

import contextlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from chalicelib.contracts.event import Malformed
from chalicelib.contracts.stored import Unreadable
from chalicelib.kernel import aws
from infra.command.place import Place
from infra.stack.functions import FORMER, FUNCTIONS
from infra.stack.resources import RULES, logical, parked

HOLD = 300  # seconds a letter is hidden from others while somebody looks at it; it is given back at once
PAGE = 10
LONGEST_CAUSE = 120
OUR_WORDS = frozenset({Malformed.__name__, Unreadable.__name__})
"""Errors whose text names kind, field and rule, and no value."""


@dataclass(frozen=True)
class Letter:
    """One dead letter. `event` is what the function was to get, or `batch` points into a table's stream."""

    id: str
    queue: str
    receipt: str
    function: str = "?"
    cause: str = "a letter of no known shape"
    since: str = ""
    event: Mapping[str, Any] = field(default_factory=dict)
    batch: Mapping[str, Any] = field(default_factory=dict)

    @property
    def table(self) -> str:
        """The table of a stream's letter."""
        return str(self.batch["streamArn"]).rpartition(":table/")[2].partition("/")[0]

    @property
    def subject(self) -> str:
        """The dossier it is about; else the record, the object, or the table with its number of records."""
        if self.batch:
            return f"{self.table}: {self.batch['batchSize']} records"
        detail = self.event.get("detail", {})
        if self.event.get("source") == "aws.s3":
            return f"{detail['bucket']['name']}/{detail['object']['key']}"
        data = detail.get("data", {})
        return str(data.get("reference") or detail.get("subject") or "?")

    def delete(self) -> None:
        """Take it from its queue for good."""
        aws.client("sqs").delete_message(QueueUrl=self.queue, ReceiptHandle=self.receipt)


def owner(function: str) -> str:
    """The capability that a function belongs to."""
    declared = FUNCTIONS.get(function)
    return declared.handler.split(".")[1] if declared and declared.handler.startswith("chalicelib.") else "?"


def function_of(name: str) -> str:
    """The declared function behind an ARN or physical name, by its name of today; what is not ours stays as it is."""
    short = name.rpartition(":function:")[2].partition(":")[0]
    parts = f"-{short.lower().replace('_', '-')}-"
    known = {**dict.fromkeys(FUNCTIONS), **FORMER}
    fitting = [f for f in known for n in (f.replace("_", "-"), logical(f).lower()) if f"-{n}-" in parts]
    found = max(fitting, key=len, default=short)
    return known.get(found) or found


def listener(event: Mapping[str, Any], queue: str) -> str:
    """The function that the rules send such an event to; of several, the one whose queue this is."""
    kinds = [r["Properties"] for r in RULES.values() if r["Type"] == "AWS::Events::Rule"]
    heard = {
        p["Targets"][0]["Arn"]["Fn::GetAtt"][0]
        for p in kinds
        if event.get("detail-type") in p["EventPattern"]["detail-type"]
    }
    found = [f for f in FUNCTIONS if logical(f) in heard]
    if len(found) > 1:
        name = re.sub(r"[^a-z]", "", queue.lower())
        found = [f for f in found if parked(f).lower() in name]
    return found[0] if len(found) == 1 else "?"


def _iso(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(UTC).isoformat(timespec="seconds")


def letter_of(message: Mapping[str, Any], queue: str) -> Letter:
    """The letter in a message of SQS."""
    sent = datetime.fromtimestamp(int(message["Attributes"]["SentTimestamp"]) / 1000, UTC)
    plain = Letter(message["MessageId"], queue, message["ReceiptHandle"], since=sent.isoformat(timespec="seconds"))
    try:
        body = json.loads(message["Body"])
        return _shaped(plain, body, {k: v["StringValue"] for k, v in message.get("MessageAttributes", {}).items()})
    except (ValueError, KeyError, TypeError, AttributeError):
        return plain


def _shaped(plain: Letter, body: dict[str, Any], told: Mapping[str, str]) -> Letter:
    if "requestContext" in body:
        context = body["requestContext"]
        plain = replace(plain, since=_iso(body["timestamp"]), function=function_of(context["functionArn"]))
        times = f"{context['condition']} after {context['approximateInvokeCount']}"
        if "DDBStreamBatchInfo" in body:
            return replace(plain, cause=times, batch=body["DDBStreamBatchInfo"])
        cause = said_of(body.get("responsePayload", {}))
        return replace(plain, cause=f"{cause} ({times})", event=body["requestPayload"])
    if "TARGET_ARN" in told:
        cause = f"{_word(told.get('ERROR_CODE', '?'))} (rule {told.get('RULE_ARN', '?').rpartition('/')[2]})"
        return replace(plain, function=function_of(told["TARGET_ARN"]), cause=cause, event=body)
    if "detail-type" in body:  # a function's own dead-letter queue
        cause = f"code {told.get('ErrorCode', '?')}"
        return replace(plain, function=listener(body, plain.queue), cause=cause, event=body)
    return plain


def said_of(error: Mapping[str, Any]) -> str:
    """What Lambda tells of an error: its type. Texts may repeat what a person wrote; our contracts' own never do."""
    kind = str(error.get("errorType", "?"))
    return _word(f"{kind}: {error.get('errorMessage', '')}" if kind in OUR_WORDS else kind)


def _word(text: str) -> str:
    return re.sub(r"[^\w.:-]+", " ", text)[:LONGEST_CAUSE]


@contextlib.contextmanager
def held(place: Place) -> Iterator[list[Letter]]:
    """Every letter, hidden from others meanwhile; those that are not deleted are in their queue again afterwards."""
    letters: list[Letter] = []
    try:
        for queue in place.queues():
            letters += _taken(queue, wait=0 if place.is_local else 2)
        yield sorted(letters, key=lambda x: (x.since, x.id))
    finally:
        for letter in letters:
            _give_back(letter)


def _taken(queue: str, wait: int) -> list[Letter]:
    """Receive until a receive finds none; on AWS a receive that waits asks all servers."""
    found: list[Letter] = []
    while True:
        answer = aws.client("sqs").receive_message(
            QueueUrl=queue,
            MaxNumberOfMessages=PAGE,
            VisibilityTimeout=HOLD,
            WaitTimeSeconds=wait,
            AttributeNames=["SentTimestamp"],
            MessageAttributeNames=["All"],
        )
        messages = answer.get("Messages", [])
        if not messages:
            return found
        found += [letter_of(m, queue) for m in messages]


def _give_back(letter: Letter) -> None:
    from botocore.exceptions import ClientError

    with contextlib.suppress(ClientError):  # deleted meanwhile; else it comes back by itself after HOLD seconds
        aws.client("sqs").change_message_visibility(
            QueueUrl=letter.queue, ReceiptHandle=letter.receipt, VisibilityTimeout=0
        )
