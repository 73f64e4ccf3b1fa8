"""DynamoDB streams -> event bus. A row that fails is reported alone; the stream brings it again, in order."""

import json
from typing import Any, Final

import msgspec
from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from chalice import Blueprint

from chalicelib.audit import fence
from chalicelib.contracts.event import heard
from chalicelib.kernel import aws
from chalicelib.kernel.record import LogRow, log_row
from chalicelib.kernel.settings import boot, only, setting

bp = Blueprint(__name__)
BUS: Final = setting("MOTCUA_BUS", "Name of the event bus.")
NEEDS: Final = (BUS, fence.TABLE)
SOURCE: Final = "motcua"


class NotPublished(Exception):
    """The bus did not take the event."""


class Changed(msgspec.Struct, frozen=True, rename={"image": "NewImage"}):
    """What a stream says of a changed row: the row as it is now, in DynamoDB's notation."""

    image: dict[str, dict[str, Any]] = {}


class Place(msgspec.Struct, frozen=True):
    """Where a row stands; nowhere when the stream says no more than that something is gone."""

    pk: str = ""
    sk: str = ""


class StreamRecord(
    msgspec.Struct, frozen=True, rename={"happened": "eventName", "changed": "dynamodb", "source": "eventSourceARN"}
):
    """A record of a stream, as far as the outbox needs it. Lambda always says its `source`."""

    happened: str
    changed: Changed
    source: str = ""

    @property
    def table(self) -> str:
        """The name of the table whose stream it is: `arn:...:table/<name>/stream/...`."""
        return self.source.partition(":table/")[2].partition("/")[0]


def envelope(pk: str, row: LogRow) -> dict[str, Any]:
    """CloudEvents 1.0 envelope of an EVENT# row; its id names the row, so a second delivery can be told."""
    return {
        "specversion": "1.0",
        "id": f"{pk}/{row.sk}",
        "source": SOURCE,
        "type": row.type,
        "subject": pk,
        "time": row.at,
        "datacontenttype": "application/json",
        "data": row.data,
    }


def publish(record: Any) -> None:
    """Put one EVENT# row on the bus as a CloudEvent; that its record grew is noted first, for the nightly sweep.

    Raises NotPublished when the bus refuses it.
    """
    told = heard(StreamRecord, record.raw_event if hasattr(record, "raw_event") else record)
    image = aws.plain(told.changed.image)
    place = heard(Place, image)
    if told.happened != "INSERT" or not place.sk.startswith("EVENT#"):
        return
    row = log_row(image)
    if told.table:
        aws.updated(fence.noted(told.table, place.pk, row.number, row.hash))
    entry = {
        "EventBusName": BUS(),
        "Source": SOURCE,
        "DetailType": row.type,
        "Detail": json.dumps(envelope(place.pk, row), ensure_ascii=False),
    }
    answer = aws.client("events").put_events(Entries=[entry])
    if answer["FailedEntryCount"]:
        raise NotPublished(answer["Entries"][0].get("ErrorCode", "?"))


@bp.lambda_function(name="outbox_publish")
def outbox_publish(event: Any, context: Any) -> Any:
    """Publish a batch of stream records; the answer names the first that failed."""
    with only(NEEDS):
        boot()
        processor = BatchProcessor(event_type=EventType.DynamoDBStreams, raise_on_entire_batch_failure=False)
        return process_partial_response(event=event, record_handler=publish, processor=processor, context=context)
