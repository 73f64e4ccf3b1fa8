"""Signed documents: a record each, and their files in the messages bucket."""

import hashlib
from datetime import datetime

from msgspec.structs import asdict

from chalicelib.contracts.messages import PaperSigned, PinnedFile
from chalicelib.contracts.stored import read, written
from chalicelib.kernel import aws, record
from chalicelib.messages.model import Message, Registered, lookup_key, message_key, registered
from chalicelib.messages.settings import BUCKET, TABLE

LINK_LIVES = 300  # seconds


class SourceChanged(Exception):
    """The file to sign is not the one that was ordered."""


class Table:
    """Messages in DynamoDB and S3."""

    def message(self, message: str) -> Message | None:
        """The record of a signed document."""
        item = aws.get(TABLE(), message_key(message), "HEAD")
        return read(Message, item) if item else None

    def by_lookup(self, code: str) -> Registered | None:
        """What is registered under a look-up code."""
        item = aws.get(TABLE(), lookup_key(code), "PAPER")
        return read(Registered, item) if item else None

    def register(self, signed: PaperSigned, now: datetime) -> None:
        """A signed document with its event; when it is registered already, nothing changes."""
        head = Message(pk=message_key(signed.message), **asdict(signed))
        public = {"pk": lookup_key(signed.lookup), "sk": "PAPER", **written(registered(signed))}
        change = record.Change(TABLE(), head, now).tell(signed).also("lookup", aws.put_new(TABLE(), public))
        try:
            change.write()
        except aws.Lost as lost:
            if "head" not in lost:
                raise

    def source(self, source: PinnedFile) -> bytes:
        """The very file that was ordered. Raises SourceChanged when its hash is another."""
        found = aws.client("s3").get_object(Bucket=BUCKET(), Key=source.key, VersionId=source.version_id)
        body: bytes = found["Body"].read()
        if hashlib.sha256(body).hexdigest() != source.sha256:
            raise SourceChanged(source.key)
        return body

    def keep(self, key: str, pdf: bytes) -> str:
        """Store a signed file; answers its version."""
        kept = aws.client("s3").put_object(Bucket=BUCKET(), Key=key, Body=pdf, ContentType="application/pdf")
        version: str = kept["VersionId"]
        return version

    def file_url(self, message: Message) -> str:
        """A link to the very version that was registered."""
        where = {"Bucket": BUCKET(), "Key": message.key, "VersionId": message.version_id}
        url: str = aws.client("s3").generate_presigned_url("get_object", Params=where, ExpiresIn=LINK_LIVES)
        return url
