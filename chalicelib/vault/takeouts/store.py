"""Take-outs in the vaults' table, their archives in the bucket of the files."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from msgspec import to_builtins

from chalicelib.contracts.stored import read, written
from chalicelib.contracts.vault import TakeoutAsked, TakeoutDone
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.objects import Upload, blocks
from chalicelib.kernel.paging import starts_of
from chalicelib.kernel.record import Change
from chalicelib.ledger import door
from chalicelib.vault import listing
from chalicelib.vault.fence import TABLE, partition
from chalicelib.vault.model import VaultDocument
from chalicelib.vault.store import BUCKET, Table, bucket_of, file_of
from chalicelib.vault.takeouts.model import Takeout, Underway
from chalicelib.vault.takeouts.ports import Archive, Archived, Listed

ALL: Final[listing.Bounds] = ("sk", "BETWEEN", "TAKEOUT#", f"TAKEOUT#{aws.LAST}")
ZIP: Final = "application/zip"
_DONE: Final = (
    "state",
    "min_level",
    "documents",
    "withheld",
    "ends_at",
    "archive_version",
    "archive_sha256",
    "archive_size",
    "broken",
    "following",
)


class _Archive:
    """An archive on its way into the bucket."""

    def __init__(self, upload: Upload) -> None:
        self._upload = upload

    def write(self, data: bytes, /) -> int:
        return self._upload.write(data)

    def flush(self) -> None:
        """Nothing to do: a part goes when it is large enough."""

    def finish(self) -> Archived:
        version = self._upload.finish()
        return Archived(version, self._upload.sha256, self._upload.size)

    def abort(self) -> None:
        self._upload.abort()


class TakeoutTable(Table):
    """Take-outs in DynamoDB, archives in S3."""

    def takeout(self, owner: str, takeout: str) -> Takeout | None:
        """A take-out of an owner's."""
        found = aws.get(TABLE(), *_key(owner, takeout))
        return read(Takeout, found) if found else None

    def takeouts(self, owner: str, after: str) -> Listed:
        """A page of an owner's take-outs, by their names. Raises as `paging.starts_of`."""
        starts = starts_of(after, listing.KEYS, [partition(owner)])
        rows, is_more = listing.rows_of(partition(owner), starts, ALL)
        page, following = listing.page_of(rows, starts, listing.KEYS, is_more=is_more)
        return Listed([read(Takeout, row) for row in page], following)

    def ask(self, takeout: Takeout, underway: Underway, event: TakeoutAsked, now: datetime) -> None:
        """A take-out is promised. Raises aws.Lost: "takeout" is there, "underway": another one is being made."""
        change = Change(TABLE(), self.head(takeout.owner), now).tell(event, actor="owner")
        pk, sk = _key(takeout.owner, takeout.id)
        change.also("takeout", aws.put_new(TABLE(), {"pk": pk, "sk": sk} | written(takeout)))
        free = "attribute_not_exists(pk) OR #u <= :now"
        expect, reserved = {"now": stamp(now)}, {"#u": "until"}
        mark = aws.update(
            TABLE(), _underway(pk), put=written(underway), condition=free, expect=expect, reserved=reserved
        )
        change.also("underway", mark).write()

    def settle(self, takeout: Takeout, event: TakeoutDone, now: datetime) -> None:
        """What became of it, once; the next one may be asked for. Raises aws.Lost("takeout") when that was told."""
        pk, _ = key = _key(takeout.owner, takeout.id)
        change = Change(TABLE(), self.head(takeout.owner), now).tell(event)
        put = {name: value for name, value in to_builtins(takeout).items() if name in _DONE}
        expect, reserved = {"made": "being_made"}, {"#s": "state"}
        done = aws.update(TABLE(), key, put=put, condition="#s = :made", expect=expect, reserved=reserved)
        change.also("takeout", done)
        free = written(Underway(takeout=takeout.id, until=stamp(now)))
        change.also("underway", aws.put(TABLE(), {"pk": pk, "sk": _underway(pk)[1]} | free)).write()

    def archive(self, takeout: Takeout) -> Archive:
        """Where its archive is written to."""
        return _Archive(Upload(BUCKET(), takeout.key, ZIP))

    def ending(self, document: VaultDocument) -> str:
        """The ending of the name of a file, by what was found in its bytes."""
        return door.ENDINGS[file_of(document.id, document, by_owner=True).media_type]

    def file(self, document: VaultDocument) -> Iterator[bytes] | None:
        """The very version of a file that was registered; None when it is not there."""
        return blocks(bucket_of(document), document.key, document.version_id)

    def hand_over(self, takeout: Takeout, who: Principal, now: datetime) -> str:
        """A link to the archive; the owner's ledger says so."""
        file = door.File(
            owner=takeout.owner,
            by_owner=True,
            document=takeout.id,
            reference=takeout.dossier,
            bucket=BUCKET(),
            key=takeout.key,
            version_id=takeout.archive_version or "",
            sha256=takeout.archive_sha256 or "",
            media_type=ZIP,
            filename=takeout.id,
            min_level=takeout.min_level,
        )
        return door.hand_out(file, who, "takeouts", now)


def _key(owner: str, takeout: str) -> tuple[str, str]:
    return partition(owner), f"TAKEOUT#{takeout}"


def _underway(pk: str) -> tuple[str, str]:
    return pk, "UNDERWAY"
