"""An officer's worklist, narrowed by what they look for; each filter costs the same, however long the list is."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import msgspec

from chalicelib.dossier.items import WAITS, Task, TaskKind, task_sk, worklist_keys
from chalicelib.dossier.lists import TaskRow
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.paging import PAGE, offset_cursor, offset_of
from chalicelib.law.states import DossierState
from chalicelib.onestop.model import officer_hash
from chalicelib.onestop.posts import kinds_of, require_seen
from chalicelib.onestop.tasks.ports import Lists

STANDS: Final[Mapping[int, tuple[TaskKind, ...]]] = {
    DossierState.REGISTERED: ("receive",),
    DossierState.ACCEPTED: ("forward",),
    DossierState.PROCESSING: ("verify", "approve", "consult", "confirm", "reconcile"),
    DossierState.SUPPLEMENT_REQUESTED: ("supplement",),
    DossierState.PAYMENT_REQUESTED: ("payment",),
    DossierState.WITHDRAWAL_REQUESTED: ("withdrawal",),
}
"""Which tasks are open in which state: so the state is a filter without an index of its own."""
_CODE_HERE: Final = re.compile(r"[0-9]{6,8}-[0-9A-Z]{4,16}")
"""A code as people say it at the desk: day and serial, without their own agency."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What an officer looks for; what is not said narrows nothing. `code` is a dossier's code or reference, whole.

    `applicant` is a whole name, with or without accents. `late`: due before now, or not.
    """

    kind: TaskKind | None = None
    state: int | None = None
    procedure: str = ""
    late: bool | None = None
    claimed: Literal["me", "nobody"] | None = None
    applicant: str = ""
    code: str = ""
    cursor: str = ""


@dataclass(frozen=True)
class Worklist:
    """Use cases of whoever looks for tasks."""

    lists: Lists
    clock: Clock

    def page(self, who: Principal, wanted: Wanted) -> tuple[list[TaskRow], str | None]:
        """A page of the open tasks of the officer's agencies, those due first, and where it goes on.

        Of a name the newest dossiers come first. A page that is narrowed in two ways may be short, and go on. Raises
        NotAllowed, BodyInvalid and NotFound for a cursor of no page of this list.
        """
        kinds, now = _kinds(who, wanted), stamp(self.clock())
        if wanted.code:
            return _fitting(self._of(self.lists.coded(_codes(who, wanted.code))), who, kinds, wanted, now), None
        if wanted.applicant:
            references, following = self.lists.named(who.agencies, wanted.applicant, wanted.cursor)
            return _fitting(self._of(references), who, kinds, wanted, now), following
        if wanted.claimed == "me":
            return self._mine(who, kinds, wanted, now)
        return self.lists.tasks(
            who.agencies,
            kinds,
            wanted.cursor,
            procedure=wanted.procedure,
            unclaimed=wanted.claimed == "nobody",
            late=wanted.late,
            now=now,
        )

    def _mine(
        self, who: Principal, kinds: list[TaskKind], wanted: Wanted, now: str
    ) -> tuple[list[TaskRow], str | None]:
        """What an officer has, and what those have for whom they stand in: all of it is read, as one person's hands."""
        officers = {officer_hash(who), *(who.post.absent if who.post else ())}
        rows = [row for officer in sorted(officers) for row in self.lists.claimed(officer)]
        fitting = sorted(_fitting(rows, who, kinds, wanted, now), key=lambda row: row.wl_sk)
        first = offset_of(wanted.cursor)
        return fitting[first : first + PAGE], offset_cursor(first + PAGE) if len(fitting) > first + PAGE else None

    def _of(self, references: Iterable[str]) -> list[tuple[str, TaskRow]]:
        """The open tasks of dossiers, as the lists have them."""
        found = []
        for reference in references:
            dossier = self.lists.dossier(reference)
            if dossier and not dossier.head.is_draft:
                found += [(t.at, row_of(reference, t)) for t in dossier.tasks if t.is_open]
        return found


def row_of(reference: str, task: Task) -> TaskRow:
    """An open task as a row of its list."""
    return TaskRow(
        pk=reference,
        sk=task_sk(task.leg, task.kind, task.round),
        wl_sk=worklist_keys(task, reference)["wl_sk"],
        procedure=task.procedure,
        opened_at=task.opened_at,
        due_at=task.due_at,
        dossier_code=task.dossier_code,
    )


def _kinds(who: Principal, wanted: Wanted) -> list[TaskKind]:
    """The kinds that are asked for: without a word all that the officer does. Raises NotAllowed."""
    if wanted.kind:
        require_seen(who, wanted.kind)
        kinds = [wanted.kind]
    else:
        kinds = kinds_of(who)
        kinds += ["reconcile"] if {"receive", "verify"} & set(kinds) else []
    if wanted.state is None:
        return kinds
    seen = kinds if wanted.kind else [*kinds, *sorted(WAITS)]
    return [kind for kind in seen if kind in STANDS.get(wanted.state, ())]


def _codes(who: Principal, text: str) -> list[str]:
    """Which codes or references a text may mean: day and serial alone are of the officer's own agencies."""
    code = text.strip().upper()
    return [f"{agency}-{code}" for agency in sorted(who.agencies)] if _CODE_HERE.fullmatch(code) else [code]


def _fitting(
    rows: Iterable[tuple[str, TaskRow]], who: Principal, kinds: list[TaskKind], wanted: Wanted, now: str
) -> list[TaskRow]:
    """Those of an officer's agencies and kinds that are not narrowed out, in their order: the policy of the lists."""
    mine = {officer_hash(who), *(who.post.absent if who.post else ())}
    return [
        row
        for agency, row in rows
        if agency in who.agencies
        and row.kind in kinds
        and wanted.procedure in ("", row.procedure)
        and wanted.late in (None, row.wl_sk < now)
        and (wanted.claimed != "nobody" or row.claimed_by is None)
        and (wanted.claimed != "me" or row.claimed_by in mine)
    ]
