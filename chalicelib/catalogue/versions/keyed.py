"""An act under an Idempotency-Key, remembered by the version that it changed."""

import hashlib
from dataclasses import dataclass

from msgspec import structs

from chalicelib.catalogue.procedures.items import ProcedureHead, VersionItem
from chalicelib.kernel.access import Principal
from chalicelib.kernel.ids import digest
from chalicelib.kernel.problem import KeyReused

KEYS_KEPT = 30


@dataclass(frozen=True, slots=True)
class KeyedAct:
    """An act under an Idempotency-Key: the version remembers it, so the same request again changes nothing."""

    key: str
    body: str

    def is_in(self, item: VersionItem | ProcedureHead) -> bool:
        """Whether the version, or the procedure, saw this act. Raises KeyReused when the key came with another body."""
        known = dict(item.keys).get(self.key)
        if known is not None and known != self.body:
            raise KeyReused
        return known is not None

    def kept(self, item: VersionItem) -> VersionItem:
        """The version with this act among those it saw, the oldest forgotten; a map in a table would have no order."""
        return structs.replace(item, keys=self.among(item.keys))

    def among(self, keys: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        """These acts and this one."""
        return (*keys, (self.key, self.body))[-KEYS_KEPT:]


def keyed(who: Principal, key: str, raw: bytes) -> KeyedAct:
    """The act of a request."""
    return KeyedAct(digest(who.subject, key), hashlib.sha256(raw).hexdigest()[:32])
