"""Who took an open task: the claim that stands with it, and the officer's own list of what they took. Pure."""

from typing import Final

import msgspec

from chalicelib.contracts.stored import Stored


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """Who has a task (keyed hash and name), of which agency, since when (a stored stamp).

    `assigned_by` is the supervisor (keyed hash) who gave it to them; None who took it themselves.
    """

    officer: str
    name: str
    agency: str
    at: str
    assigned_by: str | None = None


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """The request that claimed, released or assigned a task last: digests of its key and of what it asked."""

    key: str
    body: str


class Claimed(Stored, frozen=True, kw_only=True):
    """A row of an officer's list of claimed tasks, written and deleted in the transaction that changes the claim."""

    shape = 1

    sk: str
    reference: str
    leg: str
    kind: str
    agency: str
    procedure: str
    opened_at: str
    due_at: str
    round: int = 1
    dossier_code: str | None = None


CLAIMED: Final = "claimed"
"""What the list of an agency and kind is called that has the tasks which somebody claimed."""
UNHELD: Final = "unheld"
"""What a place on a list ends with when it was told that nobody took the task, or that who has it did nothing."""


def claimed_list(officer: str) -> str:
    """The partition of the tasks that an officer (keyed hash) claimed."""
    return f"CLAIMED#{officer}"


def worklist(agency: str, kind: str, *, claimed: bool = False) -> str:
    """The list of an agency's open tasks of a kind: those that nobody claimed, or those that somebody did."""
    return f"{agency}#{kind}#{CLAIMED}" if claimed else f"{agency}#{kind}"


def sought_list(listed: str, procedure: str) -> str:
    """The part of a list that is of one procedure."""
    return f"{listed}#{procedure}"


def worklists(agency: str, kind: str) -> tuple[str, str]:
    """Both lists: what nobody claimed, with all that earlier releases opened, and what somebody did."""
    return worklist(agency, kind), worklist(agency, kind, claimed=True)
