"""Seal and unseal what a dossier keeps of a person: compact JWE (dir, A256GCM), whose `kid` names the dossier's key."""

import hashlib
import json
from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import msgspec

from chalicelib.kernel.ids import canonical
from chalicelib.kernel.settings import SECRET
from chalicelib.sealing.model import key_id, parts_of
from chalicelib.sealing.ring import Ring

if TYPE_CHECKING:
    from joserfc.jwk import OctKey


PRESSED: Final = range(256, 200 * 1024)
"""Bytes of what is compressed before it is sealed (RFC 7516 `zip`): a form is half as long, and its row half as dear.

What is shorter gains nothing; of what is longer joserfc opens nothing that was compressed."""


class SealedForAnother(Exception):
    """A value that was sealed for another dossier stands in this one: somebody moved it. The text names both."""


class _Header(msgspec.Struct, frozen=True):
    """What a sealed value says of itself: the id of its key; None when it is of a release that had one key for all."""

    kid: str | None = None


@cache
def ring() -> Ring:
    """The keys that this process holds."""
    return Ring()


def seal(reference: str, value: Any) -> str:
    """A JSON value, encrypted under the newest key of a dossier. Raises ContentErased."""
    from joserfc import jwe

    number, key = ring().newest(reference)
    said = canonical(value).encode()
    header = {"alg": "dir", "enc": "A256GCM", "kid": key_id(reference, number)}
    return jwe.encrypt_compact(header | ({"zip": "DEF"} if len(said) in PRESSED else {}), said, _octets(key))


def unseal(reference: str, token: str) -> Any:
    """The value behind `seal`. Raises ContentErased, SealedForAnother, and joserfc's error for a text that was changed.

    A value that names no key is of a release that had one for all: it is read under that, unless the dossier is erased.
    """
    from joserfc import jwe

    def find(sealed: Any) -> "OctKey":
        named = msgspec.convert(sealed.headers(), _Header).kid
        if named is None:
            ring().require(reference)
            return _former()
        owner, number = parts_of(named)
        if owner != reference:
            raise SealedForAnother(f"{named} in {reference}")
        return _octets(ring().key(reference, number))

    return json.loads(jwe.decrypt_compact(token, find).plaintext or b"null")


def learn(references: Collection[str]) -> None:
    """Before the names of a page of a list are unsealed: read the keys of its dossiers in one call."""
    ring().learn(references)


def _octets(key: bytes) -> "OctKey":
    from joserfc.jwk import OctKey

    return OctKey.import_key(key)


def _former() -> "OctKey":
    """The one key of the releases before dossiers had their own. Nothing is sealed under it any more."""
    return _octets(hashlib.sha256(b"seal\x1f" + SECRET().encode()).digest())
