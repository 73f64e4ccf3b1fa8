"""What rooms ask of buckets beside the files themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from chalicelib.kernel import aws

FORM_LIVES: Final = 900
"""Seconds in which a presigned form may be used."""


@dataclass(frozen=True, slots=True)
class Post:
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


def is_there(bucket: str, key: str) -> bool:
    """Whether an object stands under a key (a HEAD, never the body).

    The caller may list the bucket: to others S3 says of what is not there that it is forbidden, and that goes up.
    """
    from botocore.exceptions import ClientError

    try:
        aws.client("s3").head_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == HTTPStatus.NOT_FOUND:
            return False
        raise
    return True


def blocks(bucket: str, key: str, version: str | None = None) -> Iterator[bytes] | None:
    """A version of a file, else the newest, a megabyte at a time; None when it is not there.

    S3 says 403 of what is not there to those who may not list.
    """
    from botocore.exceptions import ClientError

    given = {"VersionId": version} if version else {}
    try:
        answer = aws.client("s3").get_object(Bucket=bucket, Key=key, **given)
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] not in {403, 404, 405}:
            raise
        return None
    found: Iterator[bytes] = answer["Body"].iter_chunks(1 << 20)
    return found
