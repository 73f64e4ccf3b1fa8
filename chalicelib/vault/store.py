"""Vaults: one partition per owner."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.kernel import aws, record
from chalicelib.kernel.events import Fact
from chalicelib.kernel.settings import settings

LINK_LIVES = 300  # seconds


def partition(owner: str) -> str:
    """Where an owner's vault stands; `owner` is a keyed hash."""
    return f"OWNER#{owner}"


class Table:
    """Vaults in DynamoDB, files in S3."""

    def head(self, owner: str) -> dict[str, Any] | None:
        """The vault's record."""
        return record.read_head(settings().vaults_table, partition(owner))

    def document(self, owner: str, document: str) -> dict[str, Any] | None:
        """One holding."""
        return aws.get(settings().vaults_table, partition(owner), f"DOC#{document}")

    def documents(self, owner: str) -> list[dict[str, Any]]:
        """All holdings."""
        return aws.query(settings().vaults_table, partition(owner), "DOC#")

    def accesses(self, owner: str) -> list[dict[str, Any]]:
        """The ledger in order."""
        return aws.query(settings().vaults_table, partition(owner), "ACCESS#")

    def write(
        self,
        owner: str,
        head: dict[str, Any] | None,
        fact: Fact,
        line: Mapping[str, Any],
        now: datetime,
        *,
        doc: Mapping[str, Any] | None = None,
    ) -> None:
        """A line of the ledger with its event, and a new holding when there is one."""
        table, pk = settings().vaults_table, partition(owner)
        lines = (head["lines"] if head else 0) + 1
        put = {"lines": lines}
        ops = record.append(table, head, [fact], now, put=put) if head else record.begin(table, pk, [fact], put, now)
        ops.append(aws.put_new(table, {"pk": pk, **line}))
        if doc:
            ops.append(aws.put_new(table, {"pk": pk, **doc}))
        aws.write(*ops)

    def file_url(self, doc: Mapping[str, Any]) -> str:
        """A link to the very version that was registered."""
        where = {"Bucket": settings().messages_bucket, "Key": doc["key"], "VersionId": doc["version_id"]}
        url: str = aws.client("s3").generate_presigned_url("get_object", Params=where, ExpiresIn=LINK_LIVES)
        return url
