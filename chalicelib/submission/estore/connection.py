"""How this installation is connected to the national e-data store, as a stage configures it. Pure."""

from typing import Annotated, Final

import msgspec
from msgspec import Meta

from chalicelib.contracts.event import Malformed, heard
from chalicelib.kernel.settings import NOBODY

HTTPS: Final = ("https://",)
"""What a deployed stage may speak; a developer's machine has a stand-in over http."""
LOCAL: Final = ("https://", "http://")
MOST_SECONDS: Final = 10
"""So that two questions end before the function does."""
type Said = Annotated[str, Meta(pattern=r"\S")]


class StoreUnconfigured(Exception):
    """The setting is none that we understand; the text names the field and the rule, never a value."""


class Connection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the store is asked for papers and for files, and what each look-up says of itself.

    `channel` is what the store knows our channel by; `purpose` and `basis` are what stands in the ledger; `seconds` the
    whole of an answer is waited for. The bearer token is a secret of its own.
    """

    papers: str
    files: str
    channel: Said
    purpose: Said
    basis: Said
    seconds: Annotated[int, Meta(ge=1, le=MOST_SECONDS)]


def connection_of(value: str, schemes: tuple[str, ...] = LOCAL) -> Connection | None:
    """The setting as its type; None of `none`. Raises StoreUnconfigured."""
    if value == NOBODY:
        return None
    try:
        found = heard(Connection, msgspec.json.decode(value))
    except (msgspec.DecodeError, Malformed) as error:
        raise StoreUnconfigured(str(error)) from None
    for name, address in (("papers", found.papers), ("files", found.files)):
        if not address.startswith(schemes):
            raise StoreUnconfigured(f"{name}: the store is reached over https")
    return found


def unfit(value: str) -> str:
    """Why a deployed stage may not have this setting; empty where it may."""
    try:
        connection_of(value, HTTPS)
    except StoreUnconfigured as error:
        return str(error)
    return ""
