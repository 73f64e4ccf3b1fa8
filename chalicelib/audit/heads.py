"""Heads of chains in files that nobody can write anew: each part of a sweep leaves those that fitted, locked.

Who deletes the end of a chain, and its anchor and its note with it, leaves a chain that is whole by itself; here it
stands how long it was. The bucket keeps versions, so a file that is put over another, or a mark of deletion, hides
nothing.
"""

import hashlib
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

import msgspec
from msgspec import Struct

from chalicelib.audit.model import Chain, KeptHead
from chalicelib.audit.settings import LOCK_MODE, MESSAGES_BUCKET, SWEEP_DAYS, UNLOCKED
from chalicelib.contracts.stored import Raw, Unreadable, read, written
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp

FOLDER: Final = "heads/"
SPARE_DAYS: Final = 30
"""Days beyond those within which every chain is looked at again: its next head stands before this one may go."""
NDJSON: Final = "application/x-ndjson"


class Listed(Struct, frozen=True, rename="pascal"):
    """A version of a file, as S3 lists it."""

    key: str
    version_id: str


class _Page(Struct, frozen=True, rename="pascal"):
    versions: tuple[Listed, ...] = ()


class HeadFiles:
    """The files in the bucket of what is signed, whose objects are locked one by one."""

    def keep(self, part: int, heads: Sequence[KeptHead], now: datetime) -> None:
        """A file of heads, locked in a stage that locks; nothing for none."""
        if not heads:
            return
        text = b"\n".join(msgspec.json.encode(written(head)) for head in heads)
        key = f"{FOLDER}{stamp(now)}-{part:02d}-{hashlib.sha256(text).hexdigest()[:16]}"
        locked = dict[str, object]()
        if LOCK_MODE() != UNLOCKED:
            until = now + _kept_for()
            locked = {
                "ObjectLockMode": LOCK_MODE(),
                "ObjectLockRetainUntilDate": until,
                "ChecksumAlgorithm": "SHA256",
                "ChecksumSHA256": b64encode(hashlib.sha256(text).digest()).decode(),
            }
        aws.client("s3").put_object(Bucket=MESSAGES_BUCKET(), Key=key, Body=text, ContentType=NDJSON, **locked)

    def all(
        self, now: datetime, record: str = "", unread: list[str] | None = None
    ) -> Mapping[Chain, Sequence[KeptHead]]:
        """Of each chain, or those of one record, the longest head that was kept, and every other one of that length.

        What is older than any chain's last look is not read: a newer head of each stands. `unread` gets the keys of
        files with a line that is none of ours; without it Unreadable is raised.
        """
        found = defaultdict[Chain, list[KeptHead]](list)
        first = FOLDER + stamp(now - _kept_for())
        for version in (each for each in _versions() if each.key >= first):
            for head in self._of(version, unread):
                if record not in ("", head.record):
                    continue
                known = found[Chain(head.table, head.record)]
                if known and known[0].seq < head.seq:
                    known.clear()
                if head not in known and (not known or known[0].seq == head.seq):
                    known.append(head)
        return found

    def _of(self, version: Listed, unread: list[str] | None) -> Iterator[KeptHead]:
        s3 = aws.client("s3")
        answer: Any = s3.get_object(Bucket=MESSAGES_BUCKET(), Key=version.key, VersionId=version.version_id)
        for line in answer["Body"].iter_lines():
            try:
                yield read(KeptHead, _line(line))
            except Unreadable:
                if unread is None:
                    raise
                unread.append(version.key)


def _line(line: bytes) -> Raw:
    """A line as it is written. Raises Unreadable."""
    try:
        return msgspec.json.decode(line, type=dict[str, Any])
    except msgspec.DecodeError:
        raise Unreadable("KeptHead: no line of ours") from None


def _kept_for() -> timedelta:
    return timedelta(days=int(SWEEP_DAYS()) + SPARE_DAYS)


def _versions() -> Iterator[Listed]:
    pages = aws.client("s3").get_paginator("list_object_versions")
    for page in pages.paginate(Bucket=MESSAGES_BUCKET(), Prefix=FOLDER):
        yield from msgspec.convert(page, _Page).versions
