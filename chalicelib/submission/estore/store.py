"""Lines of look-ups in the ledgers of who files, and files of the national store among the uploads of drafts."""

from datetime import datetime
from typing import Final

from chalicelib.contracts.ledger import LineWritten
from chalicelib.contracts.submission import UploadAnnounced
from chalicelib.dossier.holding import Acting
from chalicelib.dossier.items import Upload
from chalicelib.dossier.reading import Dossier
from chalicelib.dossier.refusals import RepresentationEnded
from chalicelib.identity import fence as identity_fence
from chalicelib.kernel import aws, record
from chalicelib.kernel.clock import stamp
from chalicelib.ledger.lines import change
from chalicelib.submission.store import BUCKET, Table

OWNER: Final = "owner"


class Drafts:
    """Drafts in the dossiers' table, their uploads in S3, and the ledgers."""

    def note(self, owner: str, line: LineWritten, now: datetime, acting: Acting | None) -> None:
        """One line, before the store is asked, fenced by the representation of who asks for another. Two calls.

        Raises TryAgain, RepresentationEnded.
        """

        def once() -> None:
            written = change(owner, line, now, actor=acting.by if acting else OWNER)
            if acting:
                written.also("representation", identity_fence.active(acting.under, acting.version, stamp(now)))
            try:
                written.write()
            except aws.Lost as lost:
                if acting and "representation" in lost:
                    raise RepresentationEnded(representation=acting.under) from None
                raise

        record.settled(once)

    def announce(self, draft: Dossier, upload: Upload, event: UploadAnnounced, now: datetime, *, account: str) -> None:
        """An upload that is expected. Raises aws.Lost("upload") when it was announced before, AccountLocked."""
        Table().announce(draft, upload, event, now, account=account)

    def put(self, upload: Upload, content: bytes) -> None:
        """The file where whoever uploads would post it: from there it goes the way of each upload."""
        where = {"Bucket": BUCKET(), "Key": upload.key, "ContentType": upload.media_type}
        aws.client("s3").put_object(**where, Body=content)
