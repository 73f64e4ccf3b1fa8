"""Vaults: one partition per owner. The only code that names the vaults' table."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from chalicelib.contracts.stored import read, written
from chalicelib.contracts.vault import VaultStored
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal
from chalicelib.kernel.record import Change
from chalicelib.kernel.settings import setting
from chalicelib.ledger import door
from chalicelib.ledger.lines import change as ledger_change
from chalicelib.ledger.lines import lines_of
from chalicelib.vault.model import Access, FormerNumbers, VaultDocument, VaultHead, lifted_line, stored_line
from chalicelib.vault.ports import Held, Lines

TABLE: Final = setting("MOTCUA_VAULTS_TABLE", "Table of the vaults of persons and organisations.")
BUCKET: Final = setting("MOTCUA_MESSAGES_BUCKET", "Bucket of copies, data messages, receipts and results.")

OTHERS: Final = "ALSO"
"""Between the lines of earlier releases (`ACCESS#`) and the documents (`DOC#`): who reads either reads it with them."""
LAST: Final = "\U0010ffff"


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

    def documents(self, owner: str) -> Held:
        """All documents, and of which other numbers: one query."""
        rows, formers = _split(aws.between(TABLE(), partition(owner), OTHERS, f"DOC#{LAST}"))
        return Held([read(VaultDocument, row) for row in rows], formers)

    def lines(self, owner: str) -> Lines:
        """The ledger in order, and before it what earlier releases wrote into the vault. Raises record.LogBroken."""
        rows, formers = _split(aws.between(TABLE(), partition(owner), "ACCESS#", OTHERS))
        return Lines([lifted_line(read(Access, row)) for row in rows] + lines_of(owner), formers)

    def formers(self, owner: str) -> tuple[str, ...]:
        """The numbers that an owner had before."""
        found = aws.get(TABLE(), partition(owner), OTHERS)
        return read(FormerNumbers, found).formers if found else ()

    def join(self, owner: str, formers: tuple[str, ...], at: str) -> None:
        """Keep the numbers that an owner had before, as told at a time, unless we hold that or something newer."""
        aws.updated(
            aws.update(
                TABLE(),
                (partition(owner), OTHERS),
                put=written(FormerNumbers(formers=formers, at=at)),
                condition="attribute_not_exists(pk) OR #a < :newer",
                expect={"newer": at},
                reserved={"#a": "at"},
            )
        )

    def put_in(self, head: VaultHead, owner: str, document: VaultDocument, event: VaultStored, now: datetime) -> None:
        """A new document with its event and its line in the ledger, all or nothing. Raises aws.Lost."""
        change = Change(TABLE(), head, now).tell(event)
        place = {"pk": head.pk, "sk": f"DOC#{document.id}"}
        change.also("document", aws.put_new(TABLE(), place | written(document)))
        change.join("ledger", ledger_change(owner, stored_line(document), now)).write()

    def hand_out(self, owner: str, document: VaultDocument, who: Principal, now: datetime) -> str:
        """A link to the very version that was registered; the ledger of the number under which it stands says so."""
        file = door.File(
            owner=owner,
            by_owner=True,
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


def _split(found: Iterable[aws.Item]) -> tuple[list[aws.Item], tuple[str, ...]]:
    """Rows of a vault but the one of its owner's former numbers, and those."""
    rows, formers = list[aws.Item](), tuple[str, ...]()
    for row in found:
        if row["sk"] == OTHERS:
            formers = read(FormerNumbers, row).formers
        else:
            rows.append(row)
    return rows, formers
