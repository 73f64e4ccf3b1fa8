"""The ledgers' table: one partition for each person."""

from typing import Final

from chalicelib.kernel.settings import setting

TABLE: Final = setting("MOTCUA_LEDGERS_TABLE", "Table of the ledgers: who stored or opened which file of a person.")


def partition(owner: str) -> str:
    """Where a person's ledger stands; `owner` is a keyed hash."""
    return f"LEDGER#{owner}"
