"""Requests about personal data that an agency has to see to soon, or had to: a read model of the dossiers' room.

Identity tells of them; the list stands beside the agency's open tasks, in whose index it is.
"""

from collections.abc import Collection
from typing import Final

from msgspec import Struct

from chalicelib.contracts.data_requests import (
    DataRequestAnswered,
    DataRequestDueSoon,
    DataRequestEnded,
    DataRequestExtended,
    DataRequestOverdue,
)
from chalicelib.contracts.stored import Stored, typed, written
from chalicelib.dossier.claims import worklist
from chalicelib.dossier.table import TABLE, WORKLIST
from chalicelib.kernel import aws

DATA: Final = "data"
"""What the list of an agency is called that has them."""
type Told = DataRequestDueSoon | DataRequestOverdue | DataRequestAnswered | DataRequestExtended | DataRequestEnded


class DueData(Stored, frozen=True, kw_only=True):
    """A request as it was told last, at a stored stamp; it is on the list while something is due soon, or was."""

    shape = 1

    request: str
    agency: str
    at: str
    due_at: str | None = None


class DueDataRow(Struct, frozen=True, kw_only=True):
    """One on the list of its agency."""

    due_at: str


def data_key(request: str) -> tuple[str, str]:
    """Where a request stands."""
    return f"DATADUE#{request}", "TOLD"


def remember_data_request(told: Told, at: str) -> None:
    """Keep what was told of a request, unless we hold that or something newer.

    What is answered, extended or ended is off the list until it is due soon again; that it was told stays, so that what
    is late does not bring it back.
    """
    due_at = told.due_at if isinstance(told, DataRequestDueSoon | DataRequestOverdue) else None
    row = DueData(request=told.request, agency=told.agency, at=at, due_at=due_at)
    place = {WORKLIST[0]: worklist(told.agency, DATA), WORKLIST[1]: f"{due_at}#{told.request}"} if due_at else {}
    op = aws.update(
        TABLE(),
        data_key(told.request),
        put={**written(row), **place},
        remove=() if place else (*WORKLIST, "due_at"),
        condition="attribute_not_exists(pk) OR #a < :newer",
        expect={"newer": at},
        reserved={"#a": "at"},
    )
    aws.updated(op)


def due_data(agencies: Collection[str], most: int) -> tuple[list[str], bool]:
    """When what some agencies have on that list is due, so many of each at most, and whether one's list goes on.

    One read for each agency, however long its list is.
    """
    found, more = list[str](), False
    for agency in sorted(agencies):
        rows, last = aws.page(TABLE(), "worklist", WORKLIST[0], worklist(agency, DATA), limit=most)
        found += [typed(DueDataRow, row, row).due_at for row in rows]
        more = more or last is not None
    return sorted(found), more
