"""Files that prove a mandate's form: in the quarantine bucket, never opened or drawn here, handed out by the door."""

import hashlib
from datetime import datetime
from http import HTTPStatus
from typing import Final

from msgspec import Struct, convert, field

from chalicelib.contracts.stored import read
from chalicelib.dossier import acting, reading, references
from chalicelib.dossier.items import Head
from chalicelib.identity.mandates.model import KeptEvidence, evidence_key
from chalicelib.identity.mandates.ports import Arrived
from chalicelib.identity.settings import BUCKET, TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal, Relation
from chalicelib.kernel.objects import Post, blocks, post_form, status

MAGIC: Final = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
"""How files begin that are taken."""


class _Object(Struct, frozen=True):
    """What S3 says of a file without its bytes."""

    size: int = field(name="ContentLength")
    version_id: str = field(name="VersionId")


class EvidenceFiles:
    """Evidence in S3, its items, and the dossiers for which it is opened."""

    def presigned(self, key: str, media_type: str, max_bytes: int) -> Post:
        """A form for exactly one object under a key of ours, with its type and a limit of size."""
        return post_form(BUCKET(), key, media_type, max_bytes)

    def arrived(self, key: str, max_bytes: int) -> Arrived | None:
        """The newest version under a key, with what is in its bytes; None when nothing came.

        What is larger than `max_bytes` is not read.
        """
        from botocore.exceptions import ClientError

        try:
            found = convert(aws.client("s3").head_object(Bucket=BUCKET(), Key=key), _Object)
        except ClientError as error:
            if status(error) == HTTPStatus.NOT_FOUND:
                return None
            raise
        if found.size > max_bytes:
            return Arrived(found.version_id, found.size, "", None)
        beginning, digest = b"", hashlib.sha256()
        for block in blocks(BUCKET(), key, found.version_id) or ():
            beginning = beginning or block[:16]
            digest.update(block)
        kind = next((kind for magic, kind in MAGIC.items() if beginning.startswith(magic)), None)
        return Arrived(found.version_id, found.size, digest.hexdigest(), kind)

    def kept(self, mandate: str, terms: int) -> KeptEvidence | None:
        """The file of some terms; None when none is kept."""
        found = aws.get(TABLE(), *evidence_key(mandate, terms))
        return read(KeptEvidence, found) if found else None

    def dossier(self, name: str) -> Head | None:
        """HEAD of a draft or dossier, by its reference or code."""
        reference = name if name.startswith("MC-") else references.by_code(name)
        found = reading.read(reference) if reference else None
        return found.head if found else None

    def relation(self, who: Principal, head: Head, now: datetime) -> Relation:
        """How somebody stands to a dossier."""
        return acting.relation_of(who, head, now)
