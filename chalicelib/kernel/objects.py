"""What rooms ask of buckets beside the files themselves."""

from http import HTTPStatus

from chalicelib.kernel import aws


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
