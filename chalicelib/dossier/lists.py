"""Lists over all dossiers: an agency's open tasks, a holder's drafts and dossiers, what is overdue, where to go on."""

from collections.abc import Iterator
from datetime import datetime

import msgspec

from chalicelib.contracts.event import heard
from chalicelib.dossier.table import AGENCIES, MINE, SWEEP, TABLE, WORKLIST, holder_key
from chalicelib.kernel import aws
from chalicelib.kernel.clock import stamp


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
    dossier_code: str | None = None
    due_at: str | None = None


def tasks(agency: str, kind: str, limit: int, start: aws.Item | None) -> tuple[list[TaskRow], aws.Item | None]:
    """A page of an agency's open tasks of a kind, those due first."""
    rows, last = aws.page(TABLE(), "worklist", WORKLIST, f"{agency}#{kind}", limit=limit, start=start)
    return [heard(TaskRow, row) for row in rows], last


def mine(holder: str, limit: int, start: aws.Item | None) -> tuple[list[DossierRow], aws.Item | None]:
    """A page of a holder's drafts and dossiers, the newest first."""
    rows, last = aws.page(TABLE(), "mine", MINE, holder_key(holder), limit=limit, start=start, newest=True)
    return [heard(DossierRow, row) for row in rows], last


def agencies() -> list[str]:
    """Every agency that may hold tasks."""
    return [row["sk"] for row in aws.query(TABLE(), AGENCIES)]


def overdue(agency: str, kind: str, now: datetime) -> Iterator[TaskRow]:
    """Open tasks of an agency's list whose due time is before now and that are not marked, longest due first."""
    due = "wl_pk = :list AND wl_sk < :now"  # the due time is what wl_sk begins with
    values = {":list": f"{agency}#{kind}", ":now": stamp(now)}
    for row in aws.found(TABLE(), "worklist", due, values, unless="attribute_not_exists(overdue_at)"):
        yield heard(TaskRow, row)


def left_off() -> str:
    """The agency with which the next sweep begins; empty for the first one."""
    item = aws.get(TABLE(), *SWEEP)
    return str(item["agency"]) if item else ""


def leave_off(agency: str) -> None:
    """Note where the next sweep begins. Two at once do no harm: what is marked is not marked again."""
    pk, sk = SWEEP
    aws.transact({"sweep": aws.put(TABLE(), {"pk": pk, "sk": sk, "agency": agency})})
