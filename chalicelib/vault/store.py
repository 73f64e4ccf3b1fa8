"""Vaults: one partition per owner. The only code that names the vaults' table."""

from datetime import datetime
from typing import Final

from chalicelib.contracts.stored import read, written
from chalicelib.contracts.vault import VaultStored
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal
from chalicelib.kernel.record import Change
from chalicelib.kernel.settings import setting
from chalicelib.ledger import door
from chalicelib.ledger.lines import Line, lines_of
from chalicelib.ledger.lines import change as ledger_change
from chalicelib.vault.model import Access, VaultDocument, VaultHead, lifted_line, stored_line

TABLE: Final = setting("MOTCUA_VAULTS_TABLE", "Table of the vaults of persons and organisations.")
BUCKET: Final = setting("MOTCUA_MESSAGES_BUCKET", "Bucket of copies, data messages, receipts and results.")


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

    def lines(self, owner: str) -> list[Line]:
        """The ledger in order, and before it what earlier releases wrote into the vault. Raises record.LogBroken."""
        earlier = [read(Access, item) for item in aws.query(TABLE(), partition(owner), "ACCESS#")]
        return [lifted_line(line) for line in earlier] + lines_of(owner)

    def put_in(self, head: VaultHead, owner: str, document: VaultDocument, event: VaultStored, now: datetime) -> None:
        """A new document with its event and its line in the ledger, all or nothing. Raises aws.Lost."""
        change = Change(TABLE(), head, now).tell(event)
        place = {"pk": head.pk, "sk": f"DOC#{document.id}"}
        change.also("document", aws.put_new(TABLE(), place | written(document)))
        change.join("ledger", ledger_change(owner, stored_line(document), now)).write()

    def hand_out(self, document: VaultDocument, who: Principal, now: datetime) -> str:
        """A link to the very version that was registered; the ledger says so."""
        file = door.File(
            owner=who.holder,
            document=document.id,
            reference=document.reference,
            bucket=BUCKET(),
            key=document.key,
            version_id=document.version_id,
            sha256=document.sha256,
            media_type="application/pdf",
            filename=document.id + ".pdf",
            min_level=document.min_level,
        )
        return door.hand_out(file, who, "vault", now)
