"""The dossiers' table: its setting, its indexes, and the partitions that are no dossier."""

from datetime import date
from typing import Final

from chalicelib.kernel.ids import digest
from chalicelib.kernel.settings import setting

TABLE: Final = setting("MOTCUA_DOSSIERS_TABLE", "Table of drafts, dossiers, tasks and legs.")
WORKLIST: Final = ("wl_pk", "wl_sk")
SOUGHT: Final = ("so_pk", "wl_sk")
"""Open tasks by agency, kind and procedure, and dossiers by their applicant's name (keyed hash)."""
MINE: Final = ("mine_pk", "mine_sk")
EXPIRING: Final = "exp_pk"
"""What puts a draft on the list of those that expire, ordered by `expires_at`."""
OPEN: Final = "open_pk"
AGENCIES: Final = "AGENCIES"
"""Partition with a row for each agency that may hold tasks: whoever sweeps reads this list and never the table."""
SWEEP: Final = ("SWEEP", "NEXT")


SHARED: Final = "SHARED#"
JOINED: Final = "JOINED#"
"""Partition with the former numbers of a person; by the index it stands at the head of their list of dossiers."""


def taken_key(agency: str, day: date) -> tuple[str, str]:
    """Where it stands how many serials of a day an agency took, used or not."""
    return f"NUMBER#{agency}#{day}", "NEXT"


def code_key(code: str) -> tuple[str, str]:
    """Where a dossier code stands."""
    return f"CODE#{code}", "DOSSIER"


def shared_key(holder: str) -> str:
    """What somebody files for others, or holds with them; by the index it stands on their list of dossiers."""
    return f"{SHARED}{holder}"


def tie_key(person: str, representation: str) -> tuple[str, str]:
    """Where it stands that somebody represents another, or is represented: with the numbers of each of them."""
    return f"{JOINED}{person}", f"TIE#{representation}"


def used_up_key(representation: str, version: int) -> tuple[str, str]:
    """Where it stands that terms of a mandate, which are for one act, were used."""
    return f"REPRESENTATION#{representation}", f"USED#{version}"


def content_key(sha256: str) -> tuple[str, str]:
    """Where a published plan stands under its hash."""
    return f"PLAN#{sha256}", "CONTENT"


def series_key(agency: str, year: int) -> tuple[str, str]:
    """Where the last number of an agency and year stands."""
    return f"SERIES#{agency}#{year}", "LAST"


def relying_key(document: str, reference: str) -> tuple[str, str]:
    """Where it stands that a draft or dossier relies on a document of a vault."""
    return f"RELIES#{document}", reference


def thread_key(reference: str) -> str:
    """The messages between a dossier's applicant and its agencies."""
    return f"THREAD#{reference}"


def used_key(holder: str, key: str) -> tuple[str, str]:
    """Where a holder's Idempotency-Key stands."""
    return f"IDEMPOTENCY#{holder}#{digest(key)}", "KEY"
