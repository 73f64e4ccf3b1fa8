"""The public record of signed documents: what anyone may know of one, and by which of its names it is found."""

from typing import ClassVar, Final
from zlib import crc32

from msgspec import Struct

from chalicelib.contracts.messages import PaperSigned, SignedBy
from chalicelib.contracts.provenance import Compared
from chalicelib.contracts.stored import Stored
from chalicelib.messages.model import Message

STAMP_PARTS: Final = 16
"""Keys of a month in the index of timestamps."""


class Registered(Stored, frozen=True, kw_only=True):
    """What anyone may know of a signed document who holds it (Decree 45/2020/ND-CP Art. 18(2)): no personal data."""

    shape: ClassVar[int] = 1

    message: str
    title: str
    agency: str
    agency_name: str
    sha256: str
    size: int
    signed_at: str
    kind: str = ""
    signed_by: tuple[SignedBy, ...] = ()
    attached: bool = False
    compared: Compared | None = None
    earlier: tuple[str, ...] = ()
    """SHA-256 of its earlier versions."""
    withdrawn_at: str | None = None
    decision: str | None = None


def registered(signed: PaperSigned | Message) -> Registered:
    """The public part of what is known of a signed document."""
    of_record = {"earlier", "withdrawn_at", "decision"}
    same = {name: getattr(signed, name) for name in Registered.__struct_fields__ if name not in of_record}
    if isinstance(signed, PaperSigned):
        return Registered(**same)
    return Registered(
        **same,
        earlier=tuple(file.sha256 for file in signed.earlier),
        withdrawn_at=signed.withdrawn_at,
        decision=signed.decision,
    )


class HashOf(Stored, frozen=True, kw_only=True):
    """Which signed document a file is, by its SHA-256: of versions after the first, and of papers without a code.

    The first version is found by its hash in an index of what is registered under its code.
    """

    shape: ClassVar[int] = 1

    message: str


def hash_key(sha256: str) -> str:
    """Where the hash of a signed file leads to its document."""
    return f"SHA256#{sha256.lower()}"


class ByHash(Struct, frozen=True):
    """The place of a look-up code among the hashes of files: which document that is."""

    wl_pk: str
    wl_sk: str


def by_hash(sha256: str, message: str) -> ByHash:
    """Where what is registered under a look-up code is found by the hash of the file's first version."""
    return ByHash(hash_key(sha256), message)


class StampListed(Struct, frozen=True):
    """A record as the index of timestamps has it: its key, and when the last of them ends."""

    pk: str
    stamp_ends_at: str


class StampEnds(Stored, frozen=True, kw_only=True):
    """A signed document whose last timestamp ends in this month.

    The index `stamps` lists them; a row has what was tried in vain, and what earlier days of this release listed.
    """

    shape: ClassVar[int] = 1

    message: str
    ends_at: str
    tried_at: str | None = None
    """When another timestamp was last tried in vain; None: never."""


def stamps_key(ends_at: str) -> str:
    """Where those documents of a month stand that were tried in vain, by a stored time."""
    return f"STAMPS#{ends_at[:7]}"


def stamps_part(ends_at: str, message: str) -> str:
    """Under which key a document stands in the index of timestamps.

    All timestamps of a year may end in one second, with the certificate of their authority: a month has many keys.
    """
    return f"{ends_at[:7]}#{crc32(message.encode()) % STAMP_PARTS:02d}"


def lookup_key(code: str) -> str:
    """Where a look-up code leads to what is registered."""
    return f"LOOKUP#{code}"
