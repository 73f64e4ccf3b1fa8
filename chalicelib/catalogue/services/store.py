"""The list that search reads: one file in S3, named by its hash, and the pointer to the newest."""

import hashlib
from collections.abc import Callable

from chalicelib.catalogue.services.search import Index
from chalicelib.catalogue.services.snapshots import Snapshot
from chalicelib.catalogue.settings import EXPORTS, TABLE
from chalicelib.contracts.stored import read, written
from chalicelib.kernel import aws

LINK_LIVES = 900  # seconds
NEWEST = "newest"
_held: dict[str, Index] = {}


class SnapshotFiles:
    """Snapshots of the catalogue: written by the background, read by everybody."""

    def pointer(self, kind: str) -> Snapshot | None:
        """Where the newest snapshot is; None when none was made yet."""
        found = aws.get(TABLE(), "SNAPSHOT", kind)
        return read(Snapshot, found) if found else None

    def keep(self, kind: str, data: bytes, count: int, as_of: str) -> Snapshot:
        """Store a snapshot and point to it, unless a newer one came first."""
        sha256 = hashlib.sha256(data).hexdigest()
        made = Snapshot(key=f"catalogue/{kind.lower()}/{sha256}.jsonl.gz", sha256=sha256, count=count, as_of=as_of)
        aws.client("s3").put_object(Bucket=EXPORTS(), Key=made.key, Body=data, ContentType="application/gzip")
        newest = aws.update(
            TABLE(),
            ("SNAPSHOT", kind),
            put=written(made),
            condition="attribute_not_exists(pk) OR as_of < :mine",
            expect={"mine": as_of},
        )
        try:
            aws.transact({NEWEST: newest})
        except aws.Lost as lost:
            later = lost.stood.get(NEWEST)
            return read(Snapshot, later) if later else made  # made later than ours: it knows more
        return made

    def held(self, pointer: Snapshot, make: Callable[[bytes], Index]) -> Index:
        """What `make` made of the snapshot, kept in the process until another one is pointed to."""
        if pointer.sha256 not in _held:
            made = make(aws.client("s3").get_object(Bucket=EXPORTS(), Key=pointer.key)["Body"].read())
            _held.clear()
            _held[pointer.sha256] = made
        return _held[pointer.sha256]

    def link(self, pointer: Snapshot) -> str:
        """A link to download a snapshot, for a quarter of an hour."""
        where = {"Bucket": EXPORTS(), "Key": pointer.key}
        url: str = aws.client("s3").generate_presigned_url("get_object", Params=where, ExpiresIn=LINK_LIVES)
        return url
