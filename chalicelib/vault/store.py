"""Vaults: one partition per owner. The only code that names the vaults' table."""

from datetime import datetime
from typing import Final

from chalicelib.contracts.event import Event
from chalicelib.contracts.stored import read, written
from chalicelib.kernel import aws
from chalicelib.kernel.record import Change
from chalicelib.kernel.settings import setting
from chalicelib.vault.model import Access, VaultDocument, VaultHead

TABLE: Final = setting("MOTCUA_VAULTS_TABLE", "Table of the vaults of persons and organisations.")
BUCKET: Final = setting("MOTCUA_MESSAGES_BUCKET", "Bucket of copies, data messages, receipts and results.")
LINK_LIVES: Final = 300  # seconds


def partition(owner: str) -> str:
    """Where an owner's vault stands; `owner` is a keyed hash."""
    return f"OWNER#{owner}"


class Table:
    """Vaults in DynamoDB, files in S3."""

    def head(self, owner: str) -> VaultHead:
        """The vault's record; one that nothing was put into yet has version 0."""
        found = aws.get(TABLE(), partition(owner), "HEAD")
        return read(VaultHead, found) if found else VaultHead(pk=partition(owner))

    def document(self, owner: str, document: str) -> VaultDocument | None:
        """One document."""
        found = aws.get(TABLE(), partition(owner), f"DOC#{document}")
        return read(VaultDocument, found) if found else None

    def documents(self, owner: str) -> list[VaultDocument]:
        """All documents."""
        return [read(VaultDocument, item) for item in aws.query(TABLE(), partition(owner), "DOC#")]

    def accesses(self, owner: str) -> list[Access]:
        """The ledger in order."""
        return [read(Access, item) for item in aws.query(TABLE(), partition(owner), "ACCESS#")]

    def write(
        self, head: VaultHead, line: Access, event: Event, now: datetime, *, document: VaultDocument | None = None
    ) -> None:
        """A line of the ledger with its event, and a new document when there is one. Raises aws.Lost."""
        number = head.lines + 1
        change = Change(TABLE(), head, now).tell(event).put(lines=number)
        place = {"pk": head.pk, "sk": f"ACCESS#{number:06d}"}
        change.also("line", aws.put_new(TABLE(), place | written(line)))
        if document:
            place = {"pk": head.pk, "sk": f"DOC#{document.id}"}
            change.also("document", aws.put_new(TABLE(), place | written(document)))
        change.write()

    def file_url(self, document: VaultDocument) -> str:
        """A link to the very version that was registered; it lives five minutes."""
        where = {"Bucket": BUCKET(), "Key": document.key, "VersionId": document.version_id}
        url: str = aws.client("s3").generate_presigned_url("get_object", Params=where, ExpiresIn=LINK_LIVES)
        return url
