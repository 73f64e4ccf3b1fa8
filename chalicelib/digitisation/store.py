"""Papers in DynamoDB and their files in S3."""

from datetime import datetime
from typing import Final

from chalicelib.contracts.digitisation import UploadRefused
from chalicelib.contracts.stored import read
from chalicelib.digitisation.model import Refused
from chalicelib.digitisation.paper import (
    REFUSED,
    SIGN_COPY,
    FileVersion,
    Paper,
    RefusedDrop,
    list_key,
    paper_key,
)
from chalicelib.digitisation.settings import INTAKE_BUCKET, MESSAGES_BUCKET, MESSAGES_TABLE
from chalicelib.kernel import aws, record
from chalicelib.kernel.objects import is_there
from chalicelib.kernel.paging import PAGE, cursor, cursor_of
from chalicelib.messages.fence import certificate_key

GONE: Final = (404, 405)  # S3 answers 405 for the marker of a deletion
WORKLIST: Final = ("wl_pk", "wl_sk")


class Table:
    """Records of papers and of refused drops."""

    def paper(self, reference: str, component: str) -> Paper | None:
        """The record of a paper."""
        item = aws.get(MESSAGES_TABLE(), paper_key(reference, component), "HEAD")
        return read(Paper, item) if item else None

    def waiting(self, agency: str, after: str) -> tuple[list[Paper], str | None]:
        """A page of an agency's papers that wait for an officer, the oldest first. Raises BodyInvalid, NotFound."""
        heads, following = _page(list_key(agency, SIGN_COPY), after)
        return [read(Paper, head) for head in heads], following

    def refused(self, agency: str, after: str) -> tuple[list[RefusedDrop], str | None]:
        """A page of an agency's refused drops, the oldest first. Raises BodyInvalid, NotFound for a wrong cursor."""
        heads, following = _page(list_key(agency, REFUSED), after)
        return [read(RefusedDrop, head) for head in heads], following

    def refuse(self, drop: RefusedDrop, told: UploadRefused, now: datetime) -> None:
        """A refused drop stands on its agency's list, once."""
        try:
            record.Change(MESSAGES_TABLE(), drop, now).tell(told).write()
        except aws.Lost:
            return  # told before


def _page(partition: str, after: str) -> tuple[list[aws.Item], str | None]:
    start = cursor_of(after, WORKLIST, partition)
    rows, last = aws.page(MESSAGES_TABLE(), "worklist", WORKLIST[0], partition, limit=PAGE, start=start)
    heads = (aws.get(MESSAGES_TABLE(), row["pk"], "HEAD") for row in rows)
    return [head for head in heads if head], cursor(last)


class Signers:
    """The register of those who can sign, as its owner lets others read it."""

    def has_officer(self, officer: str) -> bool:
        """Whether a certificate of this officer is registered."""
        key = certificate_key("officers", officer)
        return key is not None and is_there(MESSAGES_BUCKET(), key)


class Files:
    """What arrives in the intake bucket, and what is made of it in the messages bucket."""

    def size(self, key: str, version: str) -> int:
        """Bytes of one version of a file that arrived. Raises Refused when it is not there any more."""
        from botocore.exceptions import ClientError

        try:
            told = aws.client("s3").head_object(Bucket=INTAKE_BUCKET(), Key=key, VersionId=version)
        except ClientError as error:
            if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") not in GONE:
                raise
            raise Refused("missing", "Tệp không còn", "the file is not there any more") from None
        return int(told["ContentLength"])

    def scan(self, key: str, version: str) -> bytes:
        """One version of a file that arrived."""
        body: bytes = aws.client("s3").get_object(Bucket=INTAKE_BUCKET(), Key=key, VersionId=version)["Body"].read()
        return body

    def remove(self, key: str, version: str) -> None:
        """One version of a file that arrived is gone for good."""
        aws.client("s3").delete_object(Bucket=INTAKE_BUCKET(), Key=key, VersionId=version)

    def keep(self, key: str, body: bytes, media_type: str) -> FileVersion:
        """Store a file of a paper."""
        told = aws.client("s3").put_object(Bucket=MESSAGES_BUCKET(), Key=key, Body=body, ContentType=media_type)
        return FileVersion(key=key, version_id=told["VersionId"])
