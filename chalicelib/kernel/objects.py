"""What rooms ask of buckets beside the files themselves."""

import hashlib
from collections.abc import Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct, convert, to_builtins

from chalicelib.kernel import aws

if TYPE_CHECKING:
    from botocore.exceptions import ClientError

FORM_LIVES: Final = 900
"""Seconds in which a presigned form may be used."""


class Post(msgspec.Struct, frozen=True):
    """A presigned form: where and with which fields a browser posts one file, and what the object will be called."""

    url: str
    fields: dict[str, str]
    key: str


def post_form(bucket: str, key: str, media_type: str, max_bytes: int) -> Post:
    """A form for exactly one object under a key of ours, with its type and a limit of size."""
    form = aws.client("s3").generate_presigned_post(
        bucket,
        key,
        Fields={"Content-Type": media_type},
        Conditions=[{"Content-Type": media_type}, ["content-length-range", 1, max_bytes]],
        ExpiresIn=FORM_LIVES,
    )
    return Post(**form, key=key)


def status(error: "ClientError") -> int:
    """The HTTP status of a refusal of S3's, 0 when none is told: what answers HEAD has no body that names it."""
    return int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))


def is_there(bucket: str, key: str) -> bool:
    """Whether an object stands under a key (a HEAD, never the body).

    The caller may list the bucket: to others S3 says of what is not there that it is forbidden, and that goes up.
    """
    from botocore.exceptions import ClientError

    try:
        aws.client("s3").head_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if status(error) == HTTPStatus.NOT_FOUND:
            return False
        raise
    return True


class NotRemoved(Exception):
    """S3 deleted not all that it was asked to; the text has its codes, never a key."""


class _Version(Struct, frozen=True, rename="pascal"):
    """A version of an object, or a mark of its deletion."""

    key: str
    version_id: str


class _Versions(Struct, frozen=True, rename="pascal"):
    """A page of what stands under a prefix."""

    versions: tuple[_Version, ...] = ()
    delete_markers: tuple[_Version, ...] = ()


class _Error(Struct, frozen=True, rename="pascal"):
    """Why one was not deleted."""

    code: str = ""


class _Removed(Struct, frozen=True, rename="pascal"):
    """What S3 says of a deletion, when it says only what went wrong."""

    errors: tuple[_Error, ...] = ()


def remove_all(bucket: str, folder: str) -> int:
    """Delete every version of what stands under `folder`, which ends with a slash; answers how many. Raises NotRemoved.

    Nothing is left to come back: marks of deletion go, too. Again it deletes what is there then.
    """
    assert folder.endswith("/")  # `uploads/MC-1` would also be the beginning of another one's
    s3, found = aws.client("s3"), 0
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=folder):
        listed = convert(page, _Versions)
        named = [to_builtins(each) for each in (*listed.versions, *listed.delete_markers)]
        if not named:
            continue
        answer = convert(s3.delete_objects(Bucket=bucket, Delete={"Objects": named, "Quiet": True}), _Removed)
        if answer.errors:
            raise NotRemoved(", ".join(sorted({error.code for error in answer.errors})))
        found += len(named)
    return found


def blocks(bucket: str, key: str, version: str | None = None) -> Iterator[bytes] | None:
    """A version of a file, else the newest, a megabyte at a time; None when it is not there.

    S3 says 403 of what is not there to those who may not list.
    """
    from botocore.exceptions import ClientError

    given = {"VersionId": version} if version else {}
    try:
        answer = aws.client("s3").get_object(Bucket=bucket, Key=key, **given)
    except ClientError as error:
        if status(error) not in {403, 404, 405}:
            raise
        return None
    found: Iterator[bytes] = answer["Body"].iter_chunks(1 << 20)
    return found


class Upload:
    """An object that is written from its first byte to its last, a part at a time; until `finish` nothing is there."""

    PART: Final = 8 << 20
    """Bytes that are kept in memory: S3 takes parts of 5 MB and more, and 10,000 of them."""

    def __init__(self, bucket: str, key: str, media_type: str) -> None:
        self._at, self._type = {"Bucket": bucket, "Key": key}, media_type
        self._rest, self._parts, self._id = bytearray(), list[dict[str, object]](), ""
        self._digest, self.size, self._is_over = hashlib.sha256(), 0, False

    @property
    def sha256(self) -> str:
        """Hash of what was written so far."""
        return self._digest.hexdigest()

    def write(self, data: bytes, /) -> int:
        """Add to the object; a part goes when it is whole. What comes after `abort` goes nowhere."""
        if self._is_over:
            return len(data)
        self._rest += data
        self._digest.update(data)
        self.size += len(data)
        while len(self._rest) >= self.PART:
            self._send(bytes(self._rest[: self.PART]))
            del self._rest[: self.PART]
        return len(data)

    def _send(self, part: bytes) -> None:
        s3 = aws.client("s3")
        if not self._id:
            self._id = s3.create_multipart_upload(**self._at, ContentType=self._type)["UploadId"]
        number = len(self._parts) + 1
        sent = s3.upload_part(**self._at, UploadId=self._id, PartNumber=number, Body=part)
        self._parts.append({"ETag": sent["ETag"], "PartNumber": number})

    def finish(self) -> str:
        """The object stands there; answers its version."""
        s3, rest = aws.client("s3"), bytes(self._rest)
        if not self._id:  # it is small: one call
            return str(s3.put_object(**self._at, Body=rest, ContentType=self._type)["VersionId"])
        if rest:
            self._send(rest)
        done = s3.complete_multipart_upload(**self._at, UploadId=self._id, MultipartUpload={"Parts": self._parts})
        return str(done["VersionId"])

    def abort(self) -> None:
        """Nothing is there, and nothing is paid for."""
        self._is_over = True
        if self._id:
            aws.client("s3").abort_multipart_upload(**self._at, UploadId=self._id)
