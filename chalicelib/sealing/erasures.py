"""The list of erasures: objects in the bucket of papers, which no restore of a table brings back to an earlier day."""

import hashlib
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final

import msgspec

from chalicelib.contracts.stored import Stored, read, written
from chalicelib.kernel import aws
from chalicelib.kernel.ids import canonical
from chalicelib.kernel.objects import blocks, status
from chalicelib.kernel.settings import setting

BUCKET: Final = setting("MOTCUA_MESSAGES_BUCKET", "Bucket of copies, data messages, receipts and results.")
PREFIX: Final = "erasures"


class Erasure(Stored, frozen=True, kw_only=True):
    """An order to erase what a dossier sealed: by whom, why, on which ground of law, when. No personal data.

    `late`: of a petition, whether a time of the law had passed while its agency had it; None where nobody said.
    """

    shape = 1

    reference: str
    reason: str
    basis: str
    by: str
    at: str
    late: bool | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An order as it stands on the list: the object, its version and its hash."""

    order: Erasure
    key: str
    version_id: str
    sha256: str


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """An object of a list: its key, its newest version, what it says."""

    key: str
    version_id: str
    body: bytes


class _Object(msgspec.Struct, frozen=True, rename={"key": "Key", "version": "VersionId"}):
    """An object, as S3 names it."""

    key: str = ""
    version: str = ""


class _Page(msgspec.Struct, frozen=True, rename={"objects": "Contents"}):
    """A page of a list of objects."""

    objects: tuple[_Object, ...] = ()


def entered(order: Erasure) -> Entry:
    """The order on the list. One that stood there before for the same dossier is the one that counts."""
    if found := _kept(_key(order.reference)):
        return _entry(found)
    return _entry(put(_key(order.reference), order))


def listed() -> Iterator[Entry]:
    """Every order, in the order of references. Raises stored.Unreadable."""
    return (_entry(each) for each in kept_under(PREFIX))


def put(key: str, order: Stored) -> Kept:
    """An order of whichever list in the bucket, as the newest version of its key."""
    body = canonical(written(order)).encode()
    told = aws.client("s3").put_object(Bucket=BUCKET(), Key=key, Body=body, ContentType="application/json")
    return Kept(key=key, version_id=msgspec.convert(told, _Object).version, body=body)


def kept_under(prefix: str) -> Iterator[Kept]:
    """The newest version of each object under a prefix, in the order of keys."""
    pages = aws.client("s3").get_paginator("list_objects_v2")
    for page in pages.paginate(Bucket=BUCKET(), Prefix=f"{prefix}/"):
        found = (_kept(each.key) for each in msgspec.convert(page, _Page).objects)
        yield from (each for each in found if each)


def _key(reference: str) -> str:
    return f"{PREFIX}/{reference}.json"


def _entry(kept: Kept) -> Entry:
    order = read(Erasure, msgspec.json.decode(kept.body))
    return Entry(order=order, key=kept.key, version_id=kept.version_id, sha256=hashlib.sha256(kept.body).hexdigest())


def _kept(key: str) -> Kept | None:
    version = _version(key)
    body = b"".join(blocks(BUCKET(), key, version) or ()) if version else b""
    return Kept(key=key, version_id=version, body=body) if body else None


def _version(key: str) -> str:
    """The version that stands under a key; empty when there is none."""
    from botocore.exceptions import ClientError

    try:
        return msgspec.convert(aws.client("s3").head_object(Bucket=BUCKET(), Key=key), _Object).version
    except ClientError as error:
        if status(error) == HTTPStatus.NOT_FOUND:
            return ""
        raise
