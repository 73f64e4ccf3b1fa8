"""The list that search reads: one file in S3, named by its hash, and the pointer to the newest."""

import hashlib
from collections.abc import Callable
from typing import Any

from chalicelib.kernel import aws
from chalicelib.kernel.settings import settings

LINK_LIVES = 900  # seconds
_held: dict[str, Any] = {}


class SnapshotFiles:
    """Snapshots of the catalogue: written by the background, read by everybody."""

    def pointer(self, kind: str) -> aws.Item | None:
        """Where the newest snapshot is; None when none was made yet."""
        return aws.get(settings().catalogue_table, "SNAPSHOT", kind)

    def keep(self, kind: str, data: bytes, count: int, as_of: str) -> dict[str, Any]:
        """Store a snapshot and point to it, unless a newer one came first."""
        sha256 = hashlib.sha256(data).hexdigest()
        key = f"catalogue/{kind.lower()}/{sha256}.jsonl.gz"
        aws.client("s3").put_object(
            Bucket=settings().exports_bucket, Key=key, Body=data, ContentType="application/gzip"
        )
        facts = {"key": key, "sha256": sha256, "count": count, "as_of": as_of}
        op = aws.update(
            settings().catalogue_table,
            ("SNAPSHOT", kind),
            put=facts,
            condition="attribute_not_exists(pk) OR as_of < :mine",
            expect={"mine": as_of},
        )
        try:
            aws.write(op)
        except aws.WriteLost as lost:
            return lost.items[0] or facts  # made later than ours: it knows more
        return facts

    def held(self, pointer: aws.Item, make: Callable[[bytes], Any]) -> Any:
        """What `make` made of the snapshot, kept in the process until another one is pointed to."""
        if _held.get("sha256") != pointer["sha256"]:
            body = aws.client("s3").get_object(Bucket=settings().exports_bucket, Key=pointer["key"])["Body"].read()
            _held.update(sha256=pointer["sha256"], made=make(body))
        return _held["made"]

    def link(self, pointer: aws.Item) -> str:
        """A link to download a snapshot, for a quarter of an hour."""
        return str(
            aws.client("s3").generate_presigned_url(
                "get_object",
                Params={"Bucket": settings().exports_bucket, "Key": pointer["key"]},
                ExpiresIn=LINK_LIVES,
            )
        )
