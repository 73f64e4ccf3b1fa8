"""Parked messages as an operator finds them on AWS: in the function's own queue, in the shapes SQS and Lambda write.

The journal's rows are the truth: they are put into moto's queues when they are parked and after each start, and a
message that is deleted from its queue is deleted from the journal.
"""

import json
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

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
        self._streams = {(m.table, m.function) for m in mappings}
        self._rows: dict[str, int] = {}
        self._queues: Any = models.sqs_backends[ACCOUNT][REGION].queues
        for queue in self._queues.values():
            self._watch(queue)
        for message, error in journal.parked():
            self.put(message, error)

    def put(self, message: Message, error: str) -> None:
        """Show a message that was parked."""
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
        stream = (message.source, message.target) in self._streams
        return json.dumps(self._stream(message) if stream else _event(message, error))

    @staticmethod
    def _stream(message: Message) -> dict[str, Any]:
        """What an event source mapping sends on failure: pointers into the stream, no record."""
        record = json.loads(message.body)
        at = _iso(record["dynamodb"]["ApproximateCreationDateTime"])
        batch = {
            "shardId": "shardId-local",
            "startSequenceNumber": str(message.id),
            "endSequenceNumber": str(message.id),
            "approximateArrivalOfFirstRecord": at,
            "approximateArrivalOfLastRecord": at,
            "batchSize": 1,
            "streamArn": record["eventSourceARN"],
        }
        return {**_envelope(message, "RetryAttemptsExhausted"), "DDBStreamBatchInfo": batch}


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
