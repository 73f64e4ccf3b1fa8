"""Signed documents: a record each, the files in the messages bucket, the signing keys."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chalicelib.kernel import aws, record
from chalicelib.kernel.events import Fact
from chalicelib.kernel.settings import LOCAL, settings

if TYPE_CHECKING:
    from chalicelib.messages.ports import Keys

LINK_LIVES = 300  # seconds


class SourceChanged(Exception):
    """The file to sign is not the one that was ordered."""


def message_key(message: str) -> str:
    """Where the record of a signed document stands."""
    return f"MESSAGE#{message}"


@cache
def signing_keys(stage: str) -> "Keys":
    """Signing keys of a stage: files on a developer's machine, KMS anywhere else."""
    if stage == LOCAL:
        from chalicelib.messages.keys import LocalKeys

        return LocalKeys(Path(settings().keys_folder))
    from chalicelib.messages.cloud_keys import CloudKeys

    return CloudKeys()


class Table:
    """Messages in DynamoDB and S3."""

    def message(self, message: str) -> dict[str, Any] | None:
        """The record of a signed document."""
        return record.read_head(settings().messages_table, message_key(message))

    def register(self, message: str, head: Mapping[str, Any], fact: Fact, now: datetime) -> None:
        """A signed document with its event. Raises WriteLost when it is registered already."""
        aws.write(*record.begin(settings().messages_table, message_key(message), [fact], head, now))

    def source(self, source: Mapping[str, Any]) -> bytes:
        """The very file that was ordered. Raises SourceChanged when its hash is another."""
        where = {"Bucket": settings().messages_bucket, "Key": source["key"], "VersionId": source["version_id"]}
        body: bytes = aws.client("s3").get_object(**where)["Body"].read()
        if hashlib.sha256(body).hexdigest() != source["sha256"]:
            raise SourceChanged(source["key"])
        return body

    def keep(self, key: str, pdf: bytes) -> str:
        """Store a signed file; answers its version."""
        bucket = settings().messages_bucket
        version: str = aws.client("s3").put_object(Bucket=bucket, Key=key, Body=pdf, ContentType="application/pdf")[
            "VersionId"
        ]
        return version

    def file_url(self, message: Mapping[str, Any]) -> str:
        """A link to the very version that was registered."""
        where = {"Bucket": settings().messages_bucket, "Key": message["key"], "VersionId": message["version_id"]}
        url: str = aws.client("s3").generate_presigned_url("get_object", Params=where, ExpiresIn=LINK_LIVES)
        return url

    def agency_name(self, agency: str) -> str:
        """A published agency's name, from the read model of the dossiers' table."""
        item = aws.get(settings().dossiers_table, f"AGENCY#{agency}", "PUBLISHED")
        return str(item["agency"]["name"]) if item else agency

    def keys(self) -> "Keys":
        """Who can sign here."""
        return signing_keys(settings().stage)
