"""Encrypted text, by joserfc: compact JWE (dir, A256GCM), whose authenticated header names the key. Pure."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from joserfc.jwk import GuestProtocol


PRESSED: Final = range(256, 200 * 1024)
"""Bytes of what is compressed before it is sealed (RFC 7516 `zip`): a form is half as long, and its row half as dear.

What is shorter gains nothing; of what is longer joserfc opens nothing that was compressed."""


class _Header(msgspec.Struct, frozen=True):
    kid: str | None = None


def locked(text: bytes, key: bytes, named: str) -> str:
    """A text under a key of 256 bits, which it names."""
    from joserfc import jwe
    from joserfc.jwk import OctKey

    header = {"alg": "dir", "enc": "A256GCM", "kid": named} | ({"zip": "DEF"} if len(text) in PRESSED else {})
    return jwe.encrypt_compact(header, text, OctKey.import_key(key))


def opened(token: str, find: Callable[[str | None], bytes]) -> bytes:
    """The text in `locked`; `find` gives the key of a name, None is what names none.

    Raises joserfc's error for what was changed or has another key, and what `find` raises.
    """
    from joserfc import jwe
    from joserfc.jwk import OctKey

    def key(sealed: "GuestProtocol") -> OctKey:
        return OctKey.import_key(find(msgspec.convert(sealed.headers(), _Header).kid))

    return jwe.decrypt_compact(token, key).plaintext or b""
