"""The public record of signed documents: what anyone may know of one, and by which of its names it is found."""

from typing import ClassVar

from chalicelib.contracts.messages import PaperSigned, SignedBy
from chalicelib.contracts.stored import Stored
from chalicelib.messages.model import Message


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
    """Which signed document a file is, by its SHA-256."""

    shape: ClassVar[int] = 1

    message: str


def hash_key(sha256: str) -> str:
    """Where the hash of a signed file leads to its document."""
    return f"SHA256#{sha256.lower()}"


class StampEnds(Stored, frozen=True, kw_only=True):
    """A signed document whose last timestamp ends in this month."""

    shape: ClassVar[int] = 1

    message: str
    ends_at: str
    tried_at: str | None = None
    """When another timestamp was last tried in vain; None: never."""


def stamps_key(ends_at: str) -> str:
    """Where the documents of a month stand whose timestamps end in it, by a stored time."""
    return f"STAMPS#{ends_at[:7]}"


def lookup_key(code: str) -> str:
    """Where a look-up code leads to what is registered."""
    return f"LOOKUP#{code}"
