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
from chalicelib.contracts.stored import Stored, written
from chalicelib.dossier.claims import worklist
from chalicelib.dossier.table import TABLE, WORKLIST
from chalicelib.kernel import aws
from chalicelib.kernel.clock import moment
from chalicelib.kernel.rounds import typed_rows

DATA: Final = "data"
"""What the list of an agency is called that has them."""
type Due = DataRequestDueSoon | DataRequestOverdue
type Told = Due | DataRequestAnswered | DataRequestExtended | DataRequestEnded


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

    What is answered, extended or ended is off the list until it is due soon again, but for what stays late all the
    same; that it was told stays, so that what is late does not bring it back.
    """
    _keep(told, at, condition="attribute_not_exists(pk) OR #a < :newer")


def enrol_data_request(told: Due, at: str) -> bool:
    """Have a request that is due on its agency's list, as its record of `at` says; False of what is there, or newer.

    A release before this list told of it when nobody kept it, or took off what stayed late.
    """
    still = "#a = :newer AND (attribute_not_exists(due_at) OR due_at <> :due)"
    condition = f"attribute_not_exists(pk) OR #a < :newer OR ({still})"
    return _keep(told, at, condition=condition, due=_due_at(told, at))


def _keep(told: Told, at: str, *, condition: str, **expect: str | None) -> bool:
    due_at = _due_at(told, at)
    row = DueData(request=told.request, agency=told.agency, at=at, due_at=due_at)
    place = {WORKLIST[0]: worklist(told.agency, DATA), WORKLIST[1]: f"{due_at}#{told.request}"} if due_at else {}
    op = aws.update(
        TABLE(),
        data_key(told.request),
        put={**written(row), **place},
        remove=() if place else (*WORKLIST, "due_at"),
        condition=condition,
        expect={"newer": at, **expect},
        reserved={"#a": "at"},
    )
    return aws.updated(op) is not None


def _due_at(told: Told, at: str) -> str | None:
    """What of a request is due soon, or late, after what was told of it; None: nothing is."""
    match told:
        case DataRequestEnded():
            return None
        case DataRequestDueSoon() | DataRequestOverdue():
            return told.still_due_at or told.due_at
        case DataRequestExtended(still_due_at=None) if moment(told.former_act_by) < moment(at):
            return told.former_act_by  # a release before did not say what stays late
        case _:
            return told.still_due_at


def due_data(agencies: Collection[str], most: int) -> tuple[list[str], bool]:
    """When what some agencies have on that list is due, so many of each at most, and whether one's list goes on.

    One read for each agency, however long its list is.
    """
    found, more = list[str](), False
    for agency in sorted(agencies):
        rows, last = aws.page(TABLE(), "worklist", WORKLIST[0], worklist(agency, DATA), limit=most)
        found += [row.due_at for row in typed_rows(DueDataRow, rows)]
        more = more or last is not None
    return sorted(found), more
