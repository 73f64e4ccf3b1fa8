"""Seal and unseal what a dossier keeps of a person; a sealed value names the dossier's key in its `kid`."""

import hashlib
import json
from collections.abc import Collection
from functools import cache
from typing import Any

from chalicelib.contracts.stored import Unreadable
from chalicelib.kernel import log
from chalicelib.kernel.ids import canonical
from chalicelib.kernel.settings import SECRET
from chalicelib.sealing import box
from chalicelib.sealing.model import key_id, parts_of
from chalicelib.sealing.ring import Ring


class SealedForAnother(Unreadable):
    """A value that was sealed for another dossier stands in this one: somebody moved it. The text names both."""


@cache
def ring() -> Ring:
    """The keys that this process holds."""
    return Ring()


def seal(reference: str, value: Any) -> str:
    """A JSON value, encrypted under the newest key of a dossier. Raises ContentErased."""
    number, key = ring().newest(reference)
    return box.locked(canonical(value).encode(), key, key_id(reference, number))


def unseal(reference: str, token: str) -> Any:
    """The value behind `seal`. Raises ContentErased, SealedForAnother; stored.Unreadable for a text that was changed.

    A value that names no key is of a release that had one for all: it is read under that, unless the dossier is erased.
    """

    def find(named: str | None) -> bytes:
        if named is None:
            ring().require(reference)
            return _former()
        owner, number = parts_of(named)
        if owner != reference:
            raise SealedForAnother(f"{named} in {reference}", reference)
        return ring().key(reference, number)

    from joserfc.errors import JoseError

    try:
        return json.loads(box.opened(token, find) or b"null")
    except (JoseError, ValueError) as error:
        raise Unreadable(f"a sealed text was changed: {type(error).__name__}", reference) from None


def is_sound(reference: str, token: str) -> bool:
    """Whether a sealed text is as it was sealed, for this dossier. Raises ContentErased."""
    try:
        unseal(reference, token)
    except Unreadable as error:
        log.trouble("sealed text changed", error, record=reference)
        return False
    return True


def learn(references: Collection[str]) -> None:
    """Before the names of a page of a list are unsealed: read the keys of its dossiers in one call."""
    ring().learn(references)


def _former() -> bytes:
    """The one key of the releases before dossiers had their own. Nothing is sealed under it any more."""
    return hashlib.sha256(b"seal\x1f" + SECRET().encode()).digest()
