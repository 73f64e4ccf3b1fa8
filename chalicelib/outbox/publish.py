"""DynamoDB streams -> event bus. A row that fails is reported alone; the stream brings it again, in order."""

import json
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from chalice import Blueprint

from chalicelib.kernel import aws
from chalicelib.kernel.events import SOURCE, envelope
from chalicelib.kernel.settings import boot, settings

bp = Blueprint(__name__)


class NotPublished(Exception):
    """The bus did not take the event."""


def publish(record: Any) -> None:
    """Put one EVENT# row on the bus as a CloudEvent. Raises NotPublished when the bus refuses it."""
    raw = record.raw_event if hasattr(record, "raw_event") else record
    image = raw["dynamodb"].get("NewImage", {})
    if raw["eventName"] != "INSERT" or not image.get("sk", {}).get("S", "").startswith("EVENT#"):
        return
    detail = envelope(aws.plain(image))
    entry = {
        "EventBusName": settings().bus,
        "Source": SOURCE,
        "DetailType": detail["type"],
        "Detail": json.dumps(detail, ensure_ascii=False),
    }
    answer = aws.client("events").put_events(Entries=[entry])
    if answer["FailedEntryCount"]:
        raise NotPublished(answer["Entries"][0].get("ErrorCode", "?"))


@bp.lambda_function(name="outbox_publish")
def outbox_publish(event: Any, context: Any) -> Any:
    """Publish a batch of stream records; the answer names the first that failed."""
    boot()
    processor = BatchProcessor(event_type=EventType.DynamoDBStreams, raise_on_entire_batch_failure=False)
    return process_partial_response(event=event, record_handler=publish, processor=processor, context=context)
