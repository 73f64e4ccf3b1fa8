"""What the vault tells: what it stored."""

from chalicelib.contracts.event import Event


class VaultStored(Event, frozen=True, kw_only=True):
    """A result is in its holder's vault."""

    type = "vn.motcua.vault.stored"
    heard_by = ("onestop_record_delivery",)

    reference: str
    document: str
    stored_at: str
    awaited: int | None = None
    """In how many further stores the result has to be before it is returned."""
