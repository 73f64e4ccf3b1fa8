"""Dead letters: what was given up, read from the queues, and from the bucket of streams, without taking it away.

Four services write them, each in its own shape: SQS (the message as it was, at which a worker failed for hours),
Lambda's on-failure destination (a schedule's call; before there were queues of work, every event), EventBridge (the
event never reached its queue), an event source mapping of a stream (an object with the rows).
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
from chalicelib.outbox.letters import lying, read
from chalicelib.outbox.redrive import ROUNDS
from infra.command.place import Place
from infra.stack.former import FORMER
from infra.stack.functions import FUNCTIONS
from infra.stack.resources import RULES, logical, parked, reached, work

HOLD = 300  # seconds a letter is hidden from others while somebody looks at it; it is given back at once
PAGE = 10
UUID = 36
"""Characters in which the key of a stream's letter ends, and which no other one has."""
LONGEST_CAUSE = 120
UNSAID = "failed whenever its queue brought it; the function's log says why"
OUR_WORDS = frozenset({Malformed.__name__, Unreadable.__name__})
"""Errors whose text names kind, field and rule, and no value."""


@dataclass(frozen=True)
class Letter:
    """One dead letter. `event` is what the function was to get, without its rounds, which are counted anew.

    Of a stream's letter, `bucket` and `key` are where it lies.
    """

    id: str
    queue: str
    receipt: str
    function: str = "?"
    cause: str = "a letter of no known shape"
    since: str = ""
    event: Mapping[str, Any] = field(default_factory=dict)
    bucket: str = ""
    key: str = ""
    rows: str = ""

    @property
    def subject(self) -> str:
        """The dossier it is about; else the record, the object, or the table with its number of rows."""
        if self.key:
            return self.rows
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
    """The declared function behind an ARN or physical name, its own or that of one of its queues; else the name itself.

    It is told by its name of today.
    """
    short = name.rpartition(":function:")[2].partition(":")[0]
    if ":sqs:" in name or "/" in name:
        short = name.replace("/", ":").rpartition(":")[2]
    parts = f"-{short.lower().replace('_', '-')}-"
    known = {**dict.fromkeys(FUNCTIONS), **FORMER}
    fitting = [f for f in known for n in _names(f) if f"-{n.lower()}-" in parts]
    found = max(fitting, key=len, default=short)
    return known.get(found) or found


def _names(function: str) -> tuple[str, ...]:
    return function.replace("_", "-"), logical(function), work(function), parked(function)


def listener(event: Mapping[str, Any], queue: str) -> str:
    """The function whose queue this is; else the only one that the rules bring such an event to."""
    if (owner := function_of(queue)) in FUNCTIONS:
        return owner
    kinds = [r["Properties"] for r in RULES.values() if r["Type"] == "AWS::Events::Rule"]
    heard = {reached(p["Targets"][0]) for p in kinds if event.get("detail-type") in p["EventPattern"]["detail-type"]}
    found = [f for f in FUNCTIONS if logical(f) in heard]
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
        cause = said_of(body.get("responsePayload", {}))
        event = body["requestPayload"]
        if isinstance(event, dict) and (rounds := event.pop("redriven", 0)):
            times += f", {rounds} rounds of its queue before"
        return replace(plain, cause=f"{cause} ({times})", event=event)
    if "TARGET_ARN" in told:
        cause = f"{_word(told.get('ERROR_CODE', '?'))} (rule {told.get('RULE_ARN', '?').rpartition('/')[2]})"
        return replace(plain, function=function_of(told["TARGET_ARN"]), cause=cause, event=body)
    if "detail-type" in body:
        rounds = body.pop("redriven", 0)
        letter = replace(plain, function=listener(body, plain.queue), event=body)
        if code := told.get("ErrorCode"):  # a function's own dead-letter queue
            return replace(letter, cause=f"code {_word(code)}")
        since = _iso(body["time"]) if "time" in body else plain.since
        return replace(letter, cause=_unsaid(body, rounds), since=since)
    return plain


def _unsaid(event: Mapping[str, Any], rounds: int) -> str:
    """Of what a queue parks nobody says why: the function's log does, by the id of the event.

    By the clock it goes back, and Lambda says why when it fails at last.
    """
    name = re.sub(r"[^\w.#/-]+", " ", str(event["detail"].get("id", "")))[:LONGEST_CAUSE]
    goes_on = f"; by itself it goes back each hour, {rounds} of {ROUNDS} times so far"
    return UNSAID + (f", under event_id {name}" if name else "") + goes_on


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
        yield sorted((*letters, *_of_streams(place)), key=lambda x: (x.since, x.id))
    finally:
        for letter in letters:
            _give_back(letter)


def _of_streams(place: Place) -> Iterator[Letter]:
    """What streams gave up: nobody hides an object, so two who replay it at once publish its rows twice."""
    bucket = place.name("LettersBucket")
    for key in lying(bucket):
        plain = Letter(key[-UUID:], "", "", bucket=bucket, key=key, rows=key)
        try:
            told = read(bucket, key)
            yield replace(
                plain,
                function=function_of(told.tried.function),
                cause=_word(f"{told.tried.condition} after {told.tried.times}"),
                since=_iso(told.at),
                rows=f"{told.batch.table}: {len(told.records)} records",
            )
        except (Malformed, ValueError):
            yield plain


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
