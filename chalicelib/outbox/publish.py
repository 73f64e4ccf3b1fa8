"""DynamoDB streams -> event bus: the events that somebody hears, ten a call.

What fails is reported by its row, and the stream brings it again, in order, with what came after it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

import msgspec
from chalice import Blueprint

from chalicelib.audit import fence
from chalicelib.contracts.event import heard, known_events
from chalicelib.dossier import integrating, notifying, synchronising
from chalicelib.kernel import aws, log, waiting
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.record import LogRow, log_row
from chalicelib.kernel.settings import boot, only, setting
from chalicelib.measures import fence as measures
from chalicelib.subscriptions import fence as feeds

bp = Blueprint(__name__)
BUS: Final = setting("MOTCUA_BUS", "Name of the event bus.")
NEEDS: Final = (
    BUS,
    fence.TABLE,
    notifying.NOTICES,
    synchronising.NATIONAL_PORTAL,
    integrating.ID_APP,
    *feeds.NEEDS,
    *measures.NEEDS,
)
SOURCE: Final = "motcua"
PER_CALL: Final = 10
"""Events that PutEvents takes in a call."""
CALL_BYTES: Final = 240_000
"""Bytes of a call: AWS takes 256 kB, in which names and times of the entries count too."""


class NotPublished(Exception):
    """The bus did not take the event."""


class Changed(msgspec.Struct, frozen=True, rename={"image": "NewImage", "number": "SequenceNumber"}):
    """What a stream says of a changed row: the row as it is now, in DynamoDB's notation, and its number there."""

    image: dict[str, dict[str, Any]] = {}
    number: str = ""


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


class Leaving(NamedTuple):
    """An event that leaves its record: the record's table, its key, the row of its log."""

    table: str
    pk: str
    row: LogRow


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
    """Put one EVENT# row on the bus as a CloudEvent, if somebody hears it. Raises what `publish_all` tells."""
    for error in publish_all([record]).values():
        raise error


def publish_all(records: Sequence[Any]) -> dict[int, Exception]:
    """Put EVENT# rows on the bus; answers what failed, by its place in the list.

    That a record grew is noted before any of its events leaves, for the nightly sweep: once for each record, at its
    newest row. An event that nobody hears is in its record's log, and does not go on the bus. Last, dossiers that grew
    go into the feeds of other houses, what is told to a person is queued for the channels that there are, steps for the
    national portal and papers for the national ID app are noted, and all is counted: none of these holds back an event.
    """
    failed: dict[int, Exception] = {}
    rows: dict[int, Leaving] = {}
    for place, record in enumerate(records):
        try:
            if found := _leaving(record):
                rows[place] = found
        except Exception as error:  # noqa: BLE001 - a row that cannot be read is reported, the others go on
            failed[place] = error
    failed |= _note(rows)
    failed |= _put({place: e for place, e in rows.items() if place not in failed and _is_heard(e.row.type)})
    left = {place: e for place, e in rows.items() if place not in failed}
    return failed | _feed(left) | _measure(left) | _notify(left) | _synchronise(left) | _integrate(left)


def _leaving(record: Any) -> Leaving | None:
    """The event of a new EVENT# row; None for any other change."""
    told = heard(StreamRecord, record)
    image = aws.plain(told.changed.image)
    place = heard(Place, image)
    if told.happened != "INSERT" or not place.sk.startswith("EVENT#"):
        return None
    return Leaving(told.table, place.pk, log_row(image))


@cache
def _unheard() -> frozenset[str]:
    """Types whose contract names nobody. A type that this release does not know may have a rule of another one."""
    return frozenset(name for name, kind in known_events().items() if not kind.heard_by)


def _is_heard(kind: str) -> bool:
    return kind not in _unheard()


def _note(rows: Mapping[int, Leaving]) -> dict[int, Exception]:
    """Note the newest row of each record, those of a table together; what fails are all rows of it."""
    failed: dict[int, Exception] = {}
    for table in dict.fromkeys(leaving.table for leaving in rows.values() if leaving.table):
        mine = {place: leaving for place, leaving in rows.items() if leaving.table == table}
        newest: dict[str, fence.Grew] = {}
        for _, pk, row in mine.values():
            if pk not in newest or newest[pk].number < row.number:
                newest[pk] = fence.Grew(pk, row.number, row.hash)
        try:
            aws.updated(fence.noted_together(table, list(newest.values())))
        except Exception as error:  # noqa: BLE001 - whatever it is, no event of these records leaves
            failed |= dict.fromkeys(mine, error)
    return failed


def _feed(rows: Mapping[int, Leaving]) -> dict[int, Exception]:
    """Put what grew into the feeds that are kept; what fails are all rows of a record."""
    grew = dict[str, int]()
    for leaving in rows.values():
        grew[leaving.pk] = max(leaving.row.number, grew.get(leaving.pk, 0))
    failed = feeds.feed(grew, utc_now())
    return {place: failed[leaving.pk] for place, leaving in rows.items() if leaving.pk in failed}


def _measure(rows: Mapping[int, Leaving]) -> dict[int, Exception]:
    """Count what rows tell; what fails are all rows of a record."""
    failed = measures.measure((leaving.pk, leaving.row) for leaving in rows.values())
    return {place: failed[leaving.pk] for place, leaving in rows.items() if leaving.pk in failed}


def _notify(rows: Mapping[int, Leaving]) -> dict[int, Exception]:
    """Queue what is told to a person, where notices leave the portal."""
    return notifying.queue({place: (leaving.pk, leaving.row) for place, leaving in rows.items()}, utc_now())


def _synchronise(rows: Mapping[int, Leaving]) -> dict[int, Exception]:
    """Note the steps of which the national portal is told, where this stage is connected to it."""
    return synchronising.queue({place: (leaving.pk, leaving.row) for place, leaving in rows.items()}, utc_now())


def _integrate(rows: Mapping[int, Leaving]) -> dict[int, Exception]:
    """Note the papers of which the national ID app is told, where this stage is connected to it."""
    return integrating.queue({place: (leaving.pk, leaving.row) for place, leaving in rows.items()}, utc_now())


def _put(events: Mapping[int, Leaving]) -> dict[int, Exception]:
    """Hand events to the bus; answers what it did not take, by place."""
    failed: dict[int, Exception] = {}
    for call in _calls((place, _entry(leaving)) for place, leaving in events.items()):
        try:
            answer = aws.client("events").put_events(Entries=[entry for _, entry in call])
        except Exception as error:  # noqa: BLE001 - the bus is not there: the stream brings all of them again
            failed |= {place: error for place, _ in call}
            continue
        for (place, _), told in zip(call, answer["Entries"], strict=True):
            if "ErrorCode" in told:
                failed[place] = NotPublished(told["ErrorCode"])
    return failed


def _entry(leaving: Leaving) -> dict[str, str]:
    return {
        "EventBusName": BUS(),
        "Source": SOURCE,
        "DetailType": leaving.row.type,
        "Detail": json.dumps(envelope(leaving.pk, leaving.row), ensure_ascii=False),
    }


def _calls(entries: Iterable[tuple[int, dict[str, str]]]) -> Iterator[list[tuple[int, dict[str, str]]]]:
    """Entries in calls that the bus takes: by their number, and by their bytes."""
    call: list[tuple[int, dict[str, str]]] = []
    size = 0
    for place, entry in entries:
        more = sum(len(value.encode()) for value in entry.values())
        if call and (len(call) == PER_CALL or size + more > CALL_BYTES):
            yield call
            call, size = [], 0
        call.append((place, entry))
        size += more
    if call:
        yield call


@bp.lambda_function(name="outbox_publish")
def outbox_publish(event: Any, context: Any) -> Any:
    """Publish a batch of stream records; the answer names those that failed."""
    with only(NEEDS), waiting.within(context):
        boot()
        records = event["Records"]
        failed = publish_all(records)
        for place, error in sorted(failed.items()):
            log.trouble("event not published", error, function="outbox_publish", message_id=_number(records[place]))
        return {"batchItemFailures": [{"itemIdentifier": _number(records[place])} for place in sorted(failed)]}


def _number(record: Any) -> str:
    """By which number Lambda knows a record of a stream."""
    return heard(StreamRecord, record).changed.number
