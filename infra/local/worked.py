"""A message of a queue of work in the shape in which Lambda brings it to its function, and the answer to it."""

from collections.abc import Mapping
from typing import Any

from infra.local.functions import Functions
from infra.local.journal import INVOKED, Message
from infra.local.names import ARN, REGION


class Reported(Exception):
    """The function named the message among those that failed; why, its log says."""


class Works:
    """The queues of work, by name, and who works on each; a message comes alone, as the mappings of the stack say."""

    def __init__(self, works: Mapping[str, str]) -> None:
        self._queues = {function: queue for queue, function in works.items()}

    def brings(self, message: Message) -> bool:
        """Whether a message comes by a queue: not what calls a function directly, as a schedule does."""
        return message.target in self._queues and message.source != INVOKED

    def queue_arn(self, function: str) -> str:
        """The queue that a function works on."""
        return ARN.format(service="sqs", resource=self._queues[function])

    def work(self, message: Message, functions: Functions) -> None:
        """Call the function with the message. Raises: `Reported`, and whatever the function raises."""
        record = {
            "messageId": str(message.id),
            "receiptHandle": str(message.id),
            "body": message.body,
            "attributes": {"ApproximateReceiveCount": str(message.tries + 1)},
            "messageAttributes": {},
            "eventSource": "aws:sqs",
            "eventSourceARN": self.queue_arn(message.target),
            "awsRegion": REGION,
        }
        answer: Any = functions.call(message.target, {"Records": [record]}) or {}
        if answer.get("batchItemFailures"):
            raise Reported("its log says why")
