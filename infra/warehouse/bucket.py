"""Put a year's files into the exports bucket, and take away those of the year that it no longer has."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from chalicelib.kernel import aws

PREFIX: Final = "figures/"


def uploaded(bucket: str, folder: Path, files: Iterable[Path], year: str) -> None:
    """The files of a year; those of other years stay."""
    new = {PREFIX + each.as_posix(): folder / each for each in files if _is_of(each.as_posix(), year)}
    for key, path in new.items():
        aws.client("s3").put_object(Bucket=bucket, Key=key, Body=path.read_bytes())
    for key in [each for each in _kept(bucket) if f"/year={year}/" in each]:
        if key not in new:
            aws.client("s3").delete_object(Bucket=bucket, Key=key)


def _is_of(name: str, year: str) -> bool:
    """Whether a file is of this year, or of none."""
    return f"/year={year}/" in name or "/year=" not in name


def _kept(bucket: str) -> Iterator[str]:
    pages = aws.client("s3").get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=PREFIX)
    for page in pages:
        yield from (str(each["Key"]) for each in page.get("Contents", ()))
