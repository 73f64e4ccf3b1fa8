"""The document of a vault by which a component is satisfied. Pure."""

from typing import Literal

from msgspec import Struct, structs

from chalicelib.contracts.vault import Provenance

type Flag = Literal["withdrawn", "replaced"]


class Reused(Struct, frozen=True, kw_only=True):
    """The document of a vault by which a component is satisfied; `owner` is whose vault it is (a keyed hash)."""

    owner: str
    document: str
    title: str
    issuer: str
    provenance: Provenance
    fell_away: Flag | None = None
    """Why it is worth nothing any more, since the dossier was submitted."""

    def fallen(self, why: Flag) -> "Reused":
        """As it is from now on."""
        return structs.replace(self, fell_away=why)
