"""How this installation is connected to the National Public Service Portal, as a stage configures it. Pure."""

from typing import Final

import msgspec

from chalicelib.contracts.event import Malformed, heard
from chalicelib.kernel.settings import NOBODY

HTTPS: Final = ("https://",)
"""What a deployed stage may speak; a developer's machine has a stand-in over http."""
LOCAL: Final = ("https://", "http://")


class PortalUnconfigured(Exception):
    """The setting is none that we understand; the text names the field and the rule, never a value."""


class CodeLists(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Code lists that this portal has otherwise than the rule pack says (rule `national_portal.codes`).

    `times` is how it writes a time, as `strftime` reads it.
    """

    channels: dict[str, str] = {}
    parties: dict[str, str] = {}
    times: str | None = None


class Connection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the portal logs us in (`auth`) and takes what it is told (`data`), and by which names it knows us.

    `unit` is our `madonvi`, `dstcode` the header of the log-in. The password is a secret of its own.
    """

    auth: str
    data: str
    unit: str
    username: str
    dstcode: str = ""
    codes: CodeLists = CodeLists()


def connection_of(value: str, schemes: tuple[str, ...] = LOCAL) -> Connection | None:
    """The setting as its type; None of `none`. Raises PortalUnconfigured."""
    if value == NOBODY:
        return None
    try:
        found = heard(Connection, msgspec.json.decode(value))
    except (msgspec.DecodeError, Malformed) as error:
        raise PortalUnconfigured(str(error)) from None
    if not all(each.startswith(schemes) for each in (found.auth, found.data)):
        raise PortalUnconfigured("auth, data: the portal is reached over https")
    if not found.unit or not found.username:
        raise PortalUnconfigured("unit, username: the portal knows us by these")
    return found


def unfit(value: str) -> str:
    """Why a deployed stage may not have this setting; empty where it may."""
    try:
        connection_of(value, HTTPS)
    except PortalUnconfigured as error:
        return str(error)
    return ""
