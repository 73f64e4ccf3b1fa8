"""Vaults: one partition per owner. It and its lists are the only code that names the vaults' table."""

from datetime import datetime
from typing import Final

from chalicelib.contracts.stored import read, written
from chalicelib.contracts.vault import DocumentFlagged, DocumentKept, VaultStored
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal
from chalicelib.kernel.record import Change
from chalicelib.kernel.settings import setting
from chalicelib.ledger import door
from chalicelib.vault import listing
from chalicelib.vault.fence import TABLE, document_key, partition
from chalicelib.vault.model import FormerNumbers, VaultDocument, VaultHead, Wanted, WithdrawnMark
from chalicelib.vault.ports import Held, Lines

__all__ = ["BUCKET", "INTAKE", "KEEPERS", "TABLE", "Table", "bucket_of", "file_of", "partition"]
BUCKET: Final = setting("MOTCUA_MESSAGES_BUCKET", "Bucket of copies, data messages, receipts and results.")
INTAKE: Final = setting("MOTCUA_INTAKE_BUCKET", "Quarantine bucket of uploads and drops.")
"""What an owner uploaded themselves stays where it was checked, as what was filed with a dossier does."""
KEEPERS: Final = "keepers"
"""The index of who keeps a document, by its code."""


class Table:
    """Vaults in DynamoDB, files in S3."""

    def head(self, owner: str) -> VaultHead:
        """The vault's record; one that nothing was put into yet has version 0."""
        found = aws.get(TABLE(), partition(owner), "HEAD")
        return read(VaultHead, found) if found else VaultHead(pk=partition(owner))

    def document(self, owner: str, document: str) -> VaultDocument | None:
        """One document."""
        found = aws.get(TABLE(), *document_key(owner, document))
        return read(VaultDocument, found) if found else None

    def documents(self, owner: str, after: str) -> Held:
        """A page of the documents of all numbers of an owner."""
        return listing.documents(owner, after)

    def found(self, owner: str, wanted: Wanted, after: str) -> Held:
        """A page of what is looked for."""
        return listing.found(owner, wanted, after)

    def lines(self, owner: str, after: str, *, newest: bool) -> Lines:
        """A page of the ledgers of all numbers of an owner."""
        return listing.lines(owner, after, newest=newest)

    def formers(self, owner: str) -> tuple[str, ...]:
        """The numbers that an owner had before."""
        return listing.formers_of(owner)

    def join(self, owner: str, formers: tuple[str, ...], at: str) -> None:
        """Keep the numbers that an owner had before, as told at a time, unless we hold that or something newer."""
        aws.updated(
            aws.update(
                TABLE(),
                (partition(owner), listing.OTHERS),
                put=written(FormerNumbers(formers=formers, at=at)),
                condition="attribute_not_exists(pk) OR #a < :newer",
                expect={"newer": at},
                reserved={"#a": "at"},
            )
        )

    def note_withdrawn(self, code: str, at: str) -> None:
        """Note that a paper was withdrawn, the first time."""
        aws.alone(aws.put_new(TABLE(), _at(_withdrawn(code)) | written(WithdrawnMark(withdrawn_at=at))))

    def withdrawn_at(self, code: str) -> str | None:
        """When a paper was withdrawn."""
        found = aws.get(TABLE(), *_withdrawn(code))
        return read(WithdrawnMark, found).withdrawn_at if found else None

    def keepers(self, document: str) -> list[str]:
        """Whose vaults have a document, by keyed hashes; the index may be a moment late."""
        rows = aws.found(TABLE(), KEEPERS, "code = :code", {":code": document})
        return [row["pk"].removeprefix(partition("")) for row in rows]

    def put_in(
        self,
        head: VaultHead,
        owner: str,
        document: VaultDocument,
        event: VaultStored | DocumentKept,
        now: datetime,
        instead: DocumentFlagged | None,
    ) -> None:
        """A new document with its event, which is its line in the ledger (`arrivals.py`), all or nothing.

        Raises aws.Lost: "replaced" when another one replaced what `instead` tells of.
        """
        change = Change(TABLE(), head, now).tell(event, actor=document.agency)
        change.also("document", aws.put_new(TABLE(), _at(document_key(owner, document.id)) | written(document)))
        if instead:
            change.tell(instead).also("replaced", _flagged(owner, instead.paper.document, replaced_by=document.id))
        change.write()

    def flag(self, head: VaultHead, owner: str, event: DocumentFlagged, now: datetime) -> None:
        """A document is withdrawn and stays. Raises aws.Lost: "document" when it was before."""
        paper = event.paper
        change = Change(TABLE(), head, now).tell(event)
        change.also("document", _flagged(owner, paper.document, withdrawn_at=paper.withdrawn_at)).write()

    def hand_out(self, owner: str, document: VaultDocument, who: Principal, now: datetime) -> str:
        """A link to the very version that was registered; the ledger of the number under which it stands says so."""
        return door.hand_out(file_of(owner, document, by_owner=True), who, "vault", now)


def bucket_of(document: VaultDocument) -> str:
    """Where a document's file stands."""
    return INTAKE() if document.is_own else BUCKET()


def file_of(owner: str, document: VaultDocument, *, by_owner: bool, ground: str = "") -> door.File:
    """The file of a document for the ledger's door; `ground` is that of a reader who is not its owner."""
    return door.File(
        owner=owner,
        by_owner=by_owner,
        document=document.id,
        reference=document.reference,
        bucket=bucket_of(document),
        key=document.key,
        version_id=document.version_id,
        sha256=document.sha256,
        media_type=document.media_type or "application/pdf",
        filename=document.id,
        min_level=document.min_level,
        ground=ground,
    )


def _withdrawn(code: str) -> tuple[str, str]:
    return f"WITHDRAWN#{code}", "PAPER"


def _at(key: tuple[str, str]) -> aws.Item:
    return {"pk": key[0], "sk": key[1]}


def _flagged(owner: str, document: str, **fields: str | None) -> aws.Op:
    """A document gets a mark that it has not yet."""
    (name,) = fields
    condition = f"attribute_exists(pk) AND attribute_not_exists({name})"
    return aws.update(TABLE(), document_key(owner, document), put=fields, condition=condition)
