"""A procedure: who keeps it, when which version is in force, the fingerprint of what it says."""

import hashlib
from collections.abc import Mapping
from typing import Final

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.given import plain
from chalicelib.catalogue.procedures.items import ProcedureHead
from chalicelib.kernel.ids import canonical

SHIPPED: Final = "motcua"
"""Who owns, wrote and reviewed what comes with the project; any agency may take it over by a draft of its own."""


def fingerprint(facts: Facts) -> str:
    """SHA-256 of facts: the same facts are the same national record."""
    return hashlib.sha256(canonical(plain(facts)).encode()).hexdigest()


def shipped_print(facts: Facts, form: Mapping[str, object]) -> str:
    """SHA-256 of a shipped service: the same facts and the same form are the same version."""
    return hashlib.sha256(canonical({"facts": plain(facts), "form": form}).encode()).hexdigest()


def is_open_to(head: ProcedureHead, agency: str) -> bool:
    """Whether an agency may keep a procedure that is known: its own, a shipped one, or one that nobody took yet."""
    return head.version > 0 and head.owner in {"", SHIPPED, agency}
