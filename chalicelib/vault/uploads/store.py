"""Own uploads in the vaults' table, their files where everything that arrives is checked."""

from datetime import datetime
from typing import Final

from chalicelib.contracts.stored import read, written
from chalicelib.contracts.vault import DocumentErased, DocumentUploaded, OwnUploadAnnounced, OwnUploadRefused
from chalicelib.kernel import allowances, aws
from chalicelib.kernel.objects import Post, post_form
from chalicelib.kernel.paging import starts_of
from chalicelib.kernel.record import Change
from chalicelib.vault import listing
from chalicelib.vault.fence import TABLE, document_key, partition
from chalicelib.vault.model import Usage, VaultDocument, VaultHead
from chalicelib.vault.store import INTAKE, Table
from chalicelib.vault.uploads.model import OwnUpload
from chalicelib.vault.uploads.ports import Uploaded

ALL: Final[listing.Bounds] = ("sk", "BETWEEN", "UPLOAD#", f"UPLOAD#{aws.LAST}")


class UploadTable(Table):
    """Own uploads in DynamoDB, forms for S3. Each change is under the version of HEAD: the usage is counted with it."""

    def used(self, owner: str) -> Usage:
        """What own uploads take under one number."""
        found = aws.get(TABLE(), partition(owner), listing.USED)
        return read(Usage, found) if found else Usage()

    def upload(self, owner: str, upload: str) -> OwnUpload | None:
        """An own upload."""
        found = aws.get(TABLE(), *_key(owner, upload))
        return read(OwnUpload, found) if found else None

    def uploads(self, owner: str, after: str) -> Uploaded:
        """A page of an owner's uploads, by their names. Raises as `paging.starts_of`."""
        starts = starts_of(after, listing.KEYS, [partition(owner)])
        rows, is_more = listing.rows_of(partition(owner), starts, ALL)
        page, following = listing.page_of(rows, starts, listing.KEYS, is_more=is_more)
        return Uploaded([read(OwnUpload, row) for row in page], following)

    def presigned(self, upload: OwnUpload) -> Post:
        """A form for this one file, no larger than was announced."""
        return post_form(INTAKE(), upload.key, upload.media_type, upload.size)

    def announce(
        self, head: VaultHead, upload: OwnUpload, used: Usage, event: OwnUploadAnnounced, now: datetime
    ) -> None:
        """An upload is announced, room is kept for it, and it counts among those of the day. Raises DayLimitReached."""
        change = Change(TABLE(), head, now).tell(event, actor="owner").also("usage", _used(upload.owner, used))
        change.also("upload", aws.put_new(TABLE(), _at(_key(upload.owner, upload.id)) | written(upload)))
        change.also(allowances.PART, allowances.counted(TABLE(), upload.owner, "own_upload", now))
        try:
            change.write()
        except aws.Lost as lost:
            allowances.require(lost, "own_upload", now)
            raise

    def keep(
        self,
        head: VaultHead,
        upload: OwnUpload,
        document: VaultDocument,
        used: Usage,
        event: DocumentUploaded,
        now: datetime,
    ) -> None:
        """An upload becomes a document."""
        change = Change(TABLE(), head, now).tell(event, actor="owner").also("usage", _used(upload.owner, used))
        item = _at(document_key(upload.owner, document.id)) | written(document)
        change.also("upload", _judged(upload)).also("document", aws.put_new(TABLE(), item)).write()

    def refuse(self, head: VaultHead, upload: OwnUpload, used: Usage, event: OwnUploadRefused, now: datetime) -> None:
        """An upload becomes none, and its room is free."""
        change = Change(TABLE(), head, now).tell(event).also("usage", _used(upload.owner, used))
        change.also("upload", _judged(upload)).write()

    def erase(
        self,
        head: VaultHead,
        upload: OwnUpload,
        used: Usage,
        event: DocumentErased,
        now: datetime,
        actor: str = "owner",
    ) -> None:
        """A document that its owner uploaded is gone, and its room is free; `actor` did it."""
        change = Change(TABLE(), head, now).tell(event, actor=actor).also("usage", _used(upload.owner, used))
        change.also("upload", aws.put(TABLE(), _at(_key(upload.owner, upload.id)) | written(upload)))
        own = {"own": "SELF_UPLOADED"}
        place = document_key(upload.owner, upload.id)
        change.also("document", aws.delete(TABLE(), place, "provenance = :own", own)).write()

    def remove(self, key: str, version: str) -> None:
        """A version of a file is gone for good; again nothing is there."""
        aws.client("s3").delete_object(Bucket=INTAKE(), Key=key, VersionId=version)


def _key(owner: str, upload: str) -> tuple[str, str]:
    return partition(owner), f"UPLOAD#{upload}"


def _at(key: tuple[str, str]) -> aws.Item:
    return {"pk": key[0], "sk": key[1]}


def _used(owner: str, used: Usage) -> aws.Op:
    return aws.put(TABLE(), _at((partition(owner), listing.USED)) | written(used))


def _judged(upload: OwnUpload) -> aws.Op:
    """An upload that was awaited gets its verdict, once."""
    verdict = {
        "state": upload.state,
        "reason_code": upload.reason_code,
        "reason_vi": upload.reason_vi,
        "reason_en": upload.reason_en,
    }
    expect, reserved = {"awaited": "awaited"}, {"#s": "state"}
    place = _key(upload.owner, upload.id)
    return aws.update(TABLE(), place, put=verdict, condition="#s = :awaited", expect=expect, reserved=reserved)
