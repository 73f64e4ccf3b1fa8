"""Parked messages as an operator finds them on AWS: in the function's own queue, in the shapes SQS and Lambda write.

The journal's rows are the truth: they are put into moto's queues when they are parked and after each start, and a
message that is deleted from its queue is deleted from the journal. What a stream gave up is an object of its bucket of
letters from then on, and no message any more.
"""

import json
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Final

import boto3
from moto.s3.models import FakeDeleteMarker, s3_backends
from moto.sqs import models

from infra.local.journal import Journal, Message
from infra.local.names import ACCOUNT, ARN, REGION, physical
from infra.local.shims import Mapping
from infra.local.worked import Works
from infra.stack.resources import parked

REST = "Parked"
"""Of functions that have no queue of their own."""


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Parked:
    """The queues of the running cloud; where the resource list has none, nothing is shown."""

    def __init__(self, journal: Journal, mappings: Iterable[Mapping], works: Works) -> None:
        self._journal = journal
        self._works = works
        self._letters = {(m.table, m.function): m.letters for m in mappings}
        self._rows: dict[str, int] = {}
        self._queues: Any = models.sqs_backends[ACCOUNT][REGION].queues
        for queue in self._queues.values():
            self._watch(queue)
        for message, error in journal.parked():
            self.put(message, error)

    def put(self, message: Message, error: str) -> None:
        """Show a message that was parked."""
        if bucket := self._letters.get((message.source, message.target)):
            _write(bucket, message)
            self._journal.delivered([message.id])
            return
        queue = self._queues.get(physical(parked(message.target))) or self._queues.get(physical(REST))
        if queue is None:
            return
        name = str(uuid.uuid5(uuid.NAMESPACE_OID, f"motcua-{message.id}"))
        shown: Any = models.Message(name, self._letter(message, error))
        shown.mark_sent()
        self._rows[shown.id] = message.id
        queue.add_message(shown)

    def _watch(self, queue: Any) -> None:
        """Let a deletion from a queue reach the journal."""
        stock = queue.delete_message

        def delete(receipt: str) -> None:
            with queue._messages_lock:  # stock moto replaces the list without it: a message put meanwhile were lost
                gone = [m.id for m in queue._messages if m.had_receipt_handle(receipt)]
                stock(receipt)
            rows = [self._rows.pop(name) for name in gone if name in self._rows]
            if rows and not self._journal.closed:
                self._journal.delivered(rows)

        queue.delete_message = delete

    def _letter(self, message: Message, error: str) -> str:
        """What stands in the queue: of a queue of work the message as it was, of all else what was tried and failed."""
        if self._works.brings(message):
            return message.body
        return json.dumps(_event(message, error))


UNDER: Final = "aws/lambda/"
"""Where a stream's letters lie in their bucket, as on AWS."""


def _write(bucket: str, message: Message) -> None:
    """What an event source mapping writes into a bucket on failure: what it tells a queue, and the rows themselves."""
    record = numbered(message)
    at = _iso(record["dynamodb"].get("ApproximateCreationDateTime", message.due))
    batch = {
        "shardId": "shardId-local",
        "startSequenceNumber": str(message.id),
        "endSequenceNumber": str(message.id),
        "approximateArrivalOfFirstRecord": at,
        "approximateArrivalOfLastRecord": at,
        "batchSize": 1,
        "streamArn": record.get("eventSourceARN", ""),
    }
    letter = {**_envelope(message, "RetryAttemptsExhausted"), "DDBStreamBatchInfo": batch}
    mapping = uuid.uuid5(uuid.NAMESPACE_OID, f"{message.source} {message.target}")
    day, second = (datetime.fromtimestamp(message.due, UTC).strftime(how) for how in ("%Y/%m/%d", "%Y-%m-%dT%H.%M.%S"))
    boto3.client("s3", region_name=REGION).put_object(
        Bucket=bucket,
        Key=f"{UNDER}{mapping}/shardId-local/{day}/{second}-{uuid.uuid5(mapping, str(message.id))}",
        Body=json.dumps({**letter, "payload": {"Records": [record]}}, ensure_ascii=False).encode(),
    )


def numbered(message: Message) -> dict[str, Any]:
    """A row of a stream with its number there."""
    record: dict[str, Any] = json.loads(message.body)
    record["eventID"] = record["dynamodb"]["SequenceNumber"] = str(message.id)
    return record


def lying(mappings: Iterable[Mapping]) -> list[dict[str, Any]]:
    """The letters of streams that lie in the running cloud, in the shape in which it tells of parked messages."""
    buckets = s3_backends[ACCOUNT]["aws"].buckets
    found = []
    for name in sorted({m.letters for m in mappings} & buckets.keys()):
        kept = [(key, each) for key, each in buckets[name].keys.items() if key.startswith(UNDER)]
        for key, each in kept:
            if isinstance(each, FakeDeleteMarker):
                continue
            told = json.loads(each.value)
            context = told["requestContext"]
            found.append(
                {
                    "id": key,
                    "source": told["DDBStreamBatchInfo"]["streamArn"].rpartition(":table/")[2].partition("/")[0],
                    "function": context["functionArn"].rpartition(":function:")[2].partition(":")[0],
                    "error": context["condition"],
                    "tries": context["approximateInvokeCount"],
                    "body": json.dumps(told["payload"], ensure_ascii=False),
                }
            )
    return found


def _event(message: Message, error: str) -> dict[str, Any]:
    """What a function's on-failure destination gets: the event, and what the function raised."""
    kind, _, text = error.partition(": ")
    return {
        **_envelope(message, "RetriesExhausted"),
        "requestPayload": json.loads(message.body),
        "responsePayload": {"errorType": kind, "errorMessage": text},
    }


def _envelope(message: Message, condition: str) -> dict[str, Any]:
    return {
        "version": "1.0",
        "timestamp": _iso(message.due),
        "requestContext": {
            "requestId": str(uuid.uuid4()),
            "functionArn": ARN.format(service="lambda", resource=f"function:{message.target}:$LATEST"),
            "condition": condition,
            "approximateInvokeCount": message.tries,
        },
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", "functionError": "Unhandled"},
    }
