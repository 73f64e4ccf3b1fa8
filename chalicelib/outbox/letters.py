"""Rows that a stream gave up after hours: they lie in a bucket, whole, and by the clock they are published again.

Lambda writes an object for each batch (`aws/lambda/<mapping>/<shard>/...`), with the rows beside what it tells of the
failure. A letter is deleted when all of its rows are on their way; of one that fails again the rest stays, for the next
tick, or for `motcua ops replay`, which comes by here too.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

import msgspec
from chalice import Blueprint

from chalicelib.contracts.event import Malformed, heard
from chalicelib.kernel import aws, log
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.settings import setting
from chalicelib.kernel.worker import Tick, called
from chalicelib.outbox.publish import NEEDS, publish_all

bp = Blueprint(__name__)
LETTERS: Final = setting("MOTCUA_LETTERS_BUCKET", "Bucket of rows that streams gave up.")
UNDER: Final = "aws/lambda/"
"""Where Lambda writes."""
LASTS: Final = timedelta(minutes=4)
"""How long a run begins with further letters: less than its time-out."""


class Batch(msgspec.Struct, frozen=True, rename={"stream": "streamArn"}):
    """Of which stream the rows of a letter are."""

    stream: str = ""

    @property
    def table(self) -> str:
        """The name of its table: `arn:...:table/<name>/stream/...`."""
        return self.stream.partition(":table/")[2].partition("/")[0]


class Tried(msgspec.Struct, frozen=True, rename={"function": "functionArn", "times": "approximateInvokeCount"}):
    """Who failed at a batch, why it was given up, and how often it was tried."""

    function: str = ""
    condition: str = "?"
    times: int = 0


class Rows(msgspec.Struct, frozen=True, rename={"records": "Records"}):
    """What the function was called with."""

    records: list[Any] = []


class Letter(
    msgspec.Struct, frozen=True, rename={"tried": "requestContext", "batch": "DDBStreamBatchInfo", "at": "timestamp"}
):
    """A letter of a stream as Lambda writes it into a bucket; its `payload` is what the function was called with."""

    payload: object
    at: str = ""
    tried: Tried = Tried()
    batch: Batch = Batch()

    @property
    def records(self) -> list[Any]:
        """The rows. Lambda's documentation leaves open whether they are JSON, or a text that is. Raises Malformed."""
        given = self.payload
        if isinstance(given, str):
            try:
                given = msgspec.json.decode(given)
            except msgspec.DecodeError:
                raise Malformed("Letter.payload: not JSON") from None
        return heard(Rows, given).records


class Lying(msgspec.Struct, frozen=True, rename={"key": "Key"}):
    """An object of the bucket."""

    key: str


class Page(msgspec.Struct, frozen=True, rename={"contents": "Contents"}):
    """A page of the bucket's list."""

    contents: list[Lying] = []


class NotReplayed(Exception):
    """Some rows of a letter were not published; they are what the letter holds from now on."""


def lying(bucket: str) -> Iterator[str]:
    """The keys of all letters, those of one shard oldest first."""
    for page in aws.client("s3").get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=UNDER):
        yield from (each.key for each in heard(Page, page).contents)


def read(bucket: str, key: str) -> Letter:
    """A letter. Raises Malformed for an object that is none."""
    body = aws.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read()
    try:
        found: object = msgspec.json.decode(body)
    except msgspec.DecodeError:
        raise Malformed("Letter: not JSON") from None
    return heard(Letter, found)


def replay(bucket: str, key: str) -> int:
    """Publish the rows of a letter, then delete it; answers how many. Raises NotReplayed, Malformed."""
    letter = read(bucket, key)
    records = letter.records
    failed = publish_all(records)
    if failed:
        if len(failed) < len(records):
            _keep(bucket, key, letter, [records[place] for place in sorted(failed)])
        raise NotReplayed(f"{len(failed)} of {len(records)} rows") from failed[min(failed)]
    aws.client("s3").delete_object(Bucket=bucket, Key=key)
    return len(records)


def _keep(bucket: str, key: str, letter: Letter, rest: list[Any]) -> None:
    told: Mapping[str, Any] = msgspec.to_builtins(letter)
    body = json.dumps({**told, "payload": {"Records": rest}}, ensure_ascii=False).encode()
    aws.client("s3").put_object(Bucket=bucket, Key=key, Body=body)


@called(bp, "outbox_replay", Tick, needs=(*NEEDS, LETTERS))
def outbox_replay(_: Tick) -> dict[str, int]:
    """Publish what streams gave up, letter by letter: one that fails holds back no other."""
    begun, bucket, rows, left = utc_now(), LETTERS(), 0, 0
    for key in lying(bucket):
        if utc_now() - begun > LASTS:
            left += 1
            continue
        try:
            rows += replay(bucket, key)
        except Exception as error:  # noqa: BLE001 - whatever it is, the letter stays, and the next one is tried
            left += 1
            log.trouble("letter not replayed", error, function="outbox_replay", record=key)
    log.measure(LettersRowsReplayed=rows, LettersLeft=left)
    return {"rows": rows, "left": left}
