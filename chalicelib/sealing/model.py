"""The keys of a dossier and of a day, as they are kept, and the id that a sealed value carries. Pure."""

from typing import Final

from msgspec import Struct

from chalicelib.contracts.stored import Stored

FIRST: Final = 1
"""The number of a dossier's first key."""


class Wrapped(Struct, frozen=True, kw_only=True):
    """A key of a dossier under the key of a `day`: `blob` is a compact JWE that names it."""

    number: int
    day: str
    blob: str
    made_at: str


class Keys(Stored, frozen=True, kw_only=True):
    """The keys of a dossier, oldest first: the last one seals, every one unseals. An erased dossier has none."""

    shape = 1

    keys: tuple[Wrapped, ...] = ()
    version: int = 0
    erased_at: str | None = None


class DayKey(Stored, frozen=True, kw_only=True):
    """The key of a day, which only KMS unwraps: `blob` is what KMS gave, in base64."""

    shape = 1

    blob: str
    made_at: str


class Content(Struct, frozen=True, kw_only=True):
    """What is inside a wrapped key: the key in hexadecimal, and whose it is."""

    dossier: str
    number: int
    key: str


def key_id(reference: str, number: int) -> str:
    """The id of a dossier's key, as a sealed value names it: `MC-7K3D9M2QW8XZ4T1B/1`."""
    return f"{reference}/{number}"


def parts_of(named: str) -> tuple[str, int]:
    """Reference and number of a key id. Raises ValueError for what is none."""
    reference, _, number = named.rpartition("/")
    return reference, int(number)
