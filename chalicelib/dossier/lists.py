"""Lists over all dossiers: an agency's open tasks, a holder's drafts and dossiers, what is overdue, where to go on."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from chalicelib.contracts.stored import typed
from chalicelib.dossier.items import holder_key, level_in
from chalicelib.dossier.table import AGENCIES, MINE, SWEEP, TABLE, WORKLIST
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.paging import PAGE, cursor, cursor_of


class TaskRow(msgspec.Struct, frozen=True, kw_only=True):
    """An open task as an agency's list has it."""

    pk: str
    sk: str
    procedure: str
    opened_at: str
    due_at: str
    dossier_code: str | None = None

    @property
    def leg(self) -> str:
        """The leg's name."""
        return self.sk.split("#")[1]

    @property
    def kind(self) -> str:
        """receive, verify or approve."""
        return self.sk.split("#")[2]


class DossierRow(msgspec.Struct, frozen=True, kw_only=True):
    """A draft or dossier as its holder's list has it."""

    pk: str
    procedure: str
    state: int
    mine_sk: str
    dossier_code: str | None = None
    due_at: str | None = None

    @property
    def min_level(self) -> int | None:
        """The level of identity that its procedure asks for; None in what the release before opened."""
        return level_in(self.mine_sk)


def tasks(agency: str, kind: str, after: str) -> tuple[list[TaskRow], str | None]:
    """A page of an agency's open tasks of a kind, those due first, and the cursor to the next one.

    Raises BodyInvalid, NotFound for a cursor of no page of ours.
    """
    pk = f"{agency}#{kind}"
    rows, last = aws.page(TABLE(), "worklist", WORKLIST[0], pk, limit=PAGE, start=cursor_of(after, WORKLIST, pk))
    return [typed(TaskRow, row, row) for row in rows], cursor(last)


def mine(holder: str, after: str) -> tuple[list[DossierRow], str | None]:
    """A page of a holder's drafts and dossiers, the newest first, and the cursor to the next one; raises as `tasks`."""
    pk = holder_key(holder)
    rows, last = aws.page(TABLE(), "mine", MINE[0], pk, limit=PAGE, start=cursor_of(after, MINE, pk), newest=True)
    return [typed(DossierRow, row, row) for row in rows], cursor(last)


def agencies() -> list[str]:
    """Every agency that may hold tasks."""
    return [row["sk"] for row in aws.query(TABLE(), AGENCIES)]


def overdue(agency: str, kind: str, now: datetime) -> Iterator[TaskRow]:
    """Open tasks of an agency's list whose due time is before now and that are not marked, longest due first."""
    due = "wl_pk = :list AND wl_sk < :now"  # the due time is what wl_sk begins with
    values = {":list": f"{agency}#{kind}", ":now": stamp(now)}
    for row in aws.found(TABLE(), "worklist", due, values, unless="attribute_not_exists(overdue_at)"):
        yield typed(TaskRow, row, row)


def left_off() -> str:
    """The agency with which the next sweep begins; empty for the first one."""
    item = aws.get(TABLE(), *SWEEP)
    return str(item["agency"]) if item else ""


def leave_off(agency: str) -> None:
    """Note where the next sweep begins. Two at once do no harm: what is marked is not marked again."""
    pk, sk = SWEEP
    aws.transact({"sweep": aws.put(TABLE(), {"pk": pk, "sk": sk, "agency": agency})})
