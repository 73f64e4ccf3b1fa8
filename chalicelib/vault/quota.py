"""How much an owner may keep of their own uploads. No text was found: an installation says it."""

from typing import Final, NamedTuple

from chalicelib.kernel.settings import setting
from chalicelib.vault.model import Usage

MOST_BYTES: Final = setting("MOTCUA_VAULT_BYTES", "Bytes that one owner may keep of their own uploads.")
MOST_DOCUMENTS: Final = setting("MOTCUA_VAULT_DOCUMENTS", "Documents that one owner may keep of their own uploads.")


class Quota(NamedTuple):
    """The most that one owner may keep of their own uploads."""

    bytes: int
    documents: int

    def takes(self, used: Usage, size: int) -> bool:
        """Whether one more file of a size in bytes fits."""
        taken, documents = used.taken
        return taken + size <= self.bytes and documents < self.documents


def quota() -> Quota:
    """What this installation says. Raises SettingMissing."""
    return Quota(int(MOST_BYTES()), int(MOST_DOCUMENTS()))
