"""A procedure: who keeps it, when which version is in force, the fingerprint of what it says."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import msgspec

from chalicelib.contracts.plan import Window
from chalicelib.kernel.ids import canonical
from chalicelib.law import validity

SHIPPED: Final = "motcua"
"""Who owns, wrote and reviewed what comes with the project; any agency may take it over by a draft of its own."""


def fingerprint(facts: Mapping[str, Any]) -> str:
    """SHA-256 of facts: the same facts are the same version, or the same national record."""
    return hashlib.sha256(canonical(facts).encode()).hexdigest()


def is_open_to(head: Mapping[str, Any] | None, agency: str) -> bool:
    """Whether an agency may keep a procedure that is known: its own, a shipped one, or one that nobody took yet."""
    return head is not None and head.get("owner") in (None, SHIPPED, agency)


def window(item: Mapping[str, Any]) -> dict[str, Any]:
    """When a version is in force: Vietnamese days, the first included, the last not; open at the end when None."""
    return {"version": item["version"], "from": item["effective_from"], "to": item.get("effective_to")}


def in_force(windows: Sequence[Mapping[str, Any]], day: date) -> int | None:
    """The version under which a dossier is received on a Vietnamese day; None when there is none (rule R41)."""
    return validity.in_force(msgspec.convert(windows, tuple[Window, ...]), day)
