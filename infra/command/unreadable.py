"""Open dossiers and drafts that cannot be read: each is read whole, by the reader that the functions use."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

from chalicelib.contracts.stored import Unreadable
from chalicelib.dossier.reading import Dossier, read
from chalicelib.kernel.problem import LogBroken
from infra.command.stuck import Known, Stuck, last_event

READERS: Final = 8
"""Dossiers that are read at the same time: nearly all of it is waiting for the table."""
HOW: Final = "docs/how-to/operate.md#when-a-record-cannot-be-read"


def looked_at(known: Known) -> tuple[list[Dossier], list[Stuck]]:
    """The dossiers that are known, each read once; and one record of each that cannot be read, by name and field."""
    with ThreadPoolExecutor(READERS) as readers:
        tried = list(readers.map(partial(_tried, known.table), sorted(known.references)))
    return [x for x in tried if isinstance(x, Dossier)], [x for x in tried if isinstance(x, Stuck)]


def _tried(table: str, reference: str) -> Dossier | Stuck | None:
    try:
        dossier = read(reference, whole=True)
        if dossier is not None:
            _ = dossier.pinned  # a plan that is missing is told when it is asked for
    except Unreadable as error:
        return _told(table, reference, f"{error.record}: {error}")
    except LogBroken:
        return _told(table, reference, f"{reference}: its log is not as it was written")
    except (LookupError, TypeError, ValueError) as error:  # a value of a kind that no item of ours has
        return _told(table, reference, f"{reference}: {type(error).__name__}")
    return dossier


def _told(table: str, reference: str, cause: str) -> Stuck:
    since = last_event(table, reference)
    return Stuck(reference, "record", reference, cause, "dossier", since, HOW)
