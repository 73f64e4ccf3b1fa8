"""Take parked work up again through the path it came by: back into its queue, or published by the outbox's code.

Nothing is doubled: an event keeps its id, every consumer may get it again, and a letter is deleted only afterwards.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from chalicelib.contracts.event import Malformed
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.outbox import letters
from chalicelib.outbox.publish import SOURCE, publish
from infra.command.letters import Letter
from infra.command.place import Place


class NotReplayed(Exception):
    """The letter stays where it is; the text says why."""


def replay(place: Place, letter: Letter) -> int:
    """Bring a letter's events on their way again and delete it; answers how many. Raises NotReplayed."""
    if letter.key:
        return _rows(letter)
    if letter.event and (queue := place.work(letter.function)):
        number = _sent(queue, letter)
    elif letter.event.get("source") == SOURCE:
        number = _again(place.tables, letter.event["detail"]["id"])
    elif letter.event:
        number = _invoked(place, letter)
    else:
        raise NotReplayed(letter.cause)
    letter.delete()
    return number


def _rows(letter: Letter) -> int:
    """Publish the rows of a stream's letter by the code of the clock."""
    try:
        return letters.replay(letter.bucket, letter.key)
    except (letters.NotReplayed, Malformed) as error:
        raise NotReplayed(str(error)) from error


def _sent(queue: str, letter: Letter) -> int:
    """Give the event to the one worker that failed at it."""
    aws.client("sqs").send_message(QueueUrl=queue, MessageBody=json.dumps(letter.event, ensure_ascii=False))
    return 1


def _put(table: str, image: Mapping[str, Any]) -> None:
    publish(
        {"eventName": "INSERT", "dynamodb": {"NewImage": image}, "eventSourceARN": f"arn:aws:dynamodb:::table/{table}"}
    )


def _row(table: str, pk: str, sk: str) -> Mapping[str, Any] | None:
    answer = aws.client("dynamodb").get_item(TableName=table, Key=aws.packed({"pk": pk, "sk": sk}), ConsistentRead=True)
    item: Mapping[str, Any] | None = answer.get("Item")
    return item


def _again(tables: Iterable[str], event_id: str) -> int:
    """Publish the event of an id as its record has it."""
    pk, _, sk = event_id.rpartition("/")
    for table in tables:
        if image := _row(table, pk, sk):
            _put(table, image)
            return 1
    raise NotReplayed(f"no record has the event {event_id}")


def _invoked(place: Place, letter: Letter) -> int:
    """Give a function without a queue, which a schedule calls, its call again."""
    from botocore.exceptions import ClientError

    name = place.names.get(f"function.{letter.function}", letter.function)
    payload = json.dumps(letter.event, ensure_ascii=False).encode()
    try:
        aws.client("lambda").invoke(FunctionName=name, InvocationType="Event", Payload=payload)
    except ClientError as error:
        raise NotReplayed(f"{name}: {error.response.get('Error', {}).get('Code', '?')}") from error
    return 1


MARGIN: Final = timedelta(minutes=2)
"""An event's time is taken before its transaction, on another machine's clock than the operator's."""


def since(tables: Iterable[str], moment: datetime) -> int:
    """Publish every event that was told since a moment, each record's in order; answers how many.

    It reads each table once, whole, since no index is by time. Who had an event before gets it twice, as ever.
    """
    number = 0
    for table in tables:
        pages = (
            aws.client("dynamodb")
            .get_paginator("scan")
            .paginate(
                TableName=table,
                ProjectionExpression="pk, sk",
                FilterExpression="begins_with(sk, :e) AND #at >= :since",
                ExpressionAttributeNames={"#at": "at"},
                ExpressionAttributeValues=aws.packed({":e": "EVENT#", ":since": stamp(moment - MARGIN)}),
            )
        )
        for pk, sk in sorted((k["pk"], k["sk"]) for page in pages for k in map(aws.plain, page["Items"])):
            if image := _row(table, pk, sk):
                _put(table, image)
                number += 1
    return number


def replay_dossier(place: Place, reference: str) -> int:
    """Publish every event of a dossier, its papers, its signed and its vault documents again; answers how many."""
    dossiers, messages, vaults = (place.name(x) for x in ("Dossiers", "Messages", "Vaults"))
    rows = {r["sk"]: r for r in aws.query(dossiers, reference)}
    head = rows.get("HEAD")
    if head is None or head["state"] == 0:
        raise NotReplayed(f"{reference}: no such dossier")
    components = [r["id"] for sk, r in rows.items() if sk.startswith("COMPONENT#")]
    papers = [f"PAPER#{reference}#{c}" for c in components]
    code = head.get("dossier_code", "-")
    codes = [f"COPY.{reference}.{c}" for c in components] + [f"RECEIPT.{code}", f"{code}-KQ1"]
    codes += [
        p["digitised_code"] for p in (aws.get(messages, x, "HEAD") for x in papers) if p and "digitised_code" in p
    ]
    keys = [(dossiers, reference, "")]
    keys += [(messages, pk, "") for pk in (*papers, *(f"MESSAGE#{c}" for c in codes))]
    keys += [(vaults, f"OWNER#{head['holder']}", reference)]
    return sum(_record(*key) for key in keys)


def _record(table: str, pk: str, about: str) -> int:
    """Publish the events of a record in order, or those of it that are about a dossier."""
    events = [e for e in aws.query(table, pk, "EVENT#") if not about or e["data"].get("reference") == about]
    for event in events:
        _put(table, aws.packed(event))
    return len(events)
