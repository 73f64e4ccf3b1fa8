"""A procedure: who keeps it, when which version is in force, the fingerprint of what it says."""

import hashlib
from collections.abc import Mapping
from typing import Final

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.catalogue.procedures.given import plain
from chalicelib.catalogue.procedures.items import NationalRecord, ProcedureHead
from chalicelib.kernel.ids import canonical
from chalicelib.law.codes import BadCode, agency_id, is_within

SHIPPED: Final = "motcua"
"""Who wrote what comes with the project, and keeps the examples of it that no body promulgated."""
DATA_AUTHOR: Final = f"{SHIPPED}, data"
"""The author of what is shipped: no officer, so every officer is another person."""
EXAMPLE_REVIEWER: Final = "example-reviewer"
EXAMPLE_PUBLISHER: Final = "example-publisher"
"""Invented officers of a local stage, named as such wherever a version says who reviewed and who published it."""


def fingerprint(facts: Facts) -> str:
    """SHA-256 of facts: the same facts are the same national record."""
    return hashlib.sha256(canonical(plain(facts)).encode()).hexdigest()


def shipped_print(facts: Facts, form: Mapping[str, object]) -> str:
    """SHA-256 of a shipped service: the same facts and the same form are the same version."""
    return hashlib.sha256(canonical({"facts": plain(facts), "form": form}).encode()).hexdigest()


def promulgator_of(facts: Facts) -> str:
    """The agency that promulgated a procedure by its facts; empty where they name none, or no agency's identifier."""
    named = facts.promulgated_by.code if facts.promulgated_by else None
    try:
        return agency_id(named) if named else ""
    except BadCode:
        return ""


def keeper_of(head: ProcedureHead, national: NationalRecord | None) -> str:
    """Whose a procedure is: whom it was handed to, else its promulgating body, else who created it; empty: nobody's.

    The record of the National Database names the body; that it alone changes what we keep of it is our policy.
    """
    if head.handed:
        return head.owner
    body = promulgator_of(national.facts) if national else ""
    return body or (head.owner if head.owner != SHIPPED else "")


def keeps(agency: str, keeper: str) -> bool:
    """Whether an agency acts for a procedure's keeper: its own procedures, and those of the agencies below it."""
    return bool(agency and keeper) and is_within(keeper, agency)


def is_public(head: ProcedureHead) -> bool:
    """Whether everybody knows that the procedure is there: a national record, or a version that is out."""
    return bool(head.record or head.windows)


def is_readable(head: ProcedureHead) -> bool:
    """Whether all who keep a catalogue may read what is kept of it: nothing of another agency's, or what is shipped."""
    return bool(head.version) and (bool(head.shipped) or not head.latest)
