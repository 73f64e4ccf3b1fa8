"""How this installation is connected to the national ID app, as a stage configures it. Pure."""

from typing import Final

import msgspec

from chalicelib.contracts.event import Malformed, heard
from chalicelib.kernel.settings import NOBODY

HTTPS: Final = ("https://",)
"""What a deployed stage may speak; a developer's machine has a stand-in over http."""
LOCAL: Final = ("https://", "http://")


class AppUnconfigured(Exception):
    """The setting is none that we understand; the text names the field and the rule, never a value."""


class ConnectedKind(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A kind of paper that the app takes over: its code in the catalogue, and which act says that it does."""

    code: str
    source: str


class Connection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The gateway to the app, and the connected kinds. Its bearer token is a secret of its own."""

    url: str
    kinds: tuple[ConnectedKind, ...]

    def takes(self, kind: str) -> bool:
        """Whether papers of a kind are connected."""
        return any(each.code == kind for each in self.kinds)


def connection_of(value: str, schemes: tuple[str, ...] = LOCAL) -> Connection | None:
    """The setting as its type; None of `none`. Raises AppUnconfigured."""
    if value == NOBODY:
        return None
    try:
        found = heard(Connection, msgspec.json.decode(value))
    except (msgspec.DecodeError, Malformed) as error:
        raise AppUnconfigured(str(error)) from None
    if not found.url.startswith(schemes):
        raise AppUnconfigured("url: the app is reached over https")
    if not found.kinds or not all(each.code and each.source.strip() for each in found.kinds):
        raise AppUnconfigured("kinds: each connected kind has its code, and its source is told")
    return found


def unfit(value: str) -> str:
    """Why a deployed stage may not have this setting; empty where it may."""
    try:
        connection_of(value, HTTPS)
    except AppUnconfigured as error:
        return str(error)
    return ""
