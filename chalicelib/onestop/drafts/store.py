"""Drafts of results in the bucket where the messages put them."""

import hashlib
from datetime import datetime

from msgspec import Struct, convert

from chalicelib.contracts.plan import UNSAID_LEVEL
from chalicelib.dossier.items import Head
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal
from chalicelib.kernel.objects import blocks, is_there
from chalicelib.ledger import door
from chalicelib.messages.fence import preview_key
from chalicelib.onestop.ports import Draft
from chalicelib.onestop.store import MESSAGES_BUCKET

PDF = "application/pdf"


class _Found(Struct, frozen=True, rename="pascal"):
    """What S3 says of an object."""

    version_id: str


class DraftBucket:
    """Drafts as they were drawn last."""

    def find(self, reference: str) -> Draft | None:
        """The draft of a dossier's result; None before it was drawn."""
        key = preview_key(reference)
        if not is_there(MESSAGES_BUCKET(), key):
            return None
        version = convert(aws.client("s3").head_object(Bucket=MESSAGES_BUCKET(), Key=key), _Found).version_id
        found = blocks(MESSAGES_BUCKET(), key, version)
        body = b"".join(found) if found else b""
        return Draft(version_id=version, sha256=hashlib.sha256(body).hexdigest(), size=len(body))

    def hand_out(self, head: Head, draft: Draft, who: Principal, now: datetime, *, is_owner: bool) -> str:
        """A link to the very version that was found, after the line in the holder's ledger."""
        file = door.File(
            owner=head.holder,
            document=f"{head.reference}/draft",
            reference=head.reference,
            bucket=MESSAGES_BUCKET(),
            key=preview_key(head.reference),
            version_id=draft.version_id,
            sha256=draft.sha256,
            media_type=PDF,
            filename="du-thao-ket-qua.pdf",
            min_level=head.min_level or UNSAID_LEVEL,
            by_owner=is_owner,
        )
        return door.hand_out(file, who, "dossiers", now)
