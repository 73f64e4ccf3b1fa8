"""The lists of open tasks in the dossiers' table."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from chalicelib.dossier import data_due, leaving, lists, reading, references, staffed
from chalicelib.dossier.items import task_sk
from chalicelib.dossier.leaving import Leaver
from chalicelib.dossier.lists import TaskRow
from chalicelib.dossier.reading import Dossier, Part
from chalicelib.onestop.model import ORDER

NAMED: Final = 100
"""Officers whose names are read at once: a page of a batch."""


class Lists:
    """Lists by agency and kind, by procedure, by name, by code, by who has the task."""

    def tasks(
        self,
        agencies: Collection[str],
        kinds: Sequence[str],
        after: str,
        *,
        procedure: str = "",
        unclaimed: bool = False,
        late: bool | None = None,
        now: str = "",
    ) -> tuple[list[TaskRow], str | None]:
        """A page of agencies' open tasks, those due first."""
        return lists.tasks(agencies, kinds, after, procedure=procedure, unclaimed=unclaimed, late=late, now=now)

    def listed(self, agency: str, kind: str, *, claimed: bool, most: int) -> tuple[list[TaskRow], bool]:
        """Open tasks of an agency's list, those due first, so many at most; and whether the list goes on."""
        return lists.listed(agency, kind, claimed=claimed, most=most)

    def names(self, rows: Mapping[str, TaskRow]) -> dict[str, str]:
        """Names of officers (keyed hashes) as the claim of a task of theirs says; of a hundred of them."""
        some = dict(islice(rows.items(), NAMED))
        claims = lists.claims_on(list(some.values()))
        return {claim.officer: claim.name for claim in claims.values()}

    def claimed(self, officer: str) -> list[tuple[str, TaskRow]]:
        """What an officer (keyed hash) has, each with its agency."""
        return [
            (
                each.agency,
                TaskRow(
                    pk=each.reference,
                    sk=task_sk(each.leg, each.kind, each.round),
                    wl_sk=f"{each.due_at}#{each.reference}#{officer}",
                    procedure=each.procedure,
                    opened_at=each.opened_at,
                    due_at=each.due_at,
                    dossier_code=each.dossier_code,
                ),
            )
            for each in lists.claimed(officer)
        ]

    def named(self, agencies: Collection[str], name: str, after: str) -> tuple[list[str], str | None]:
        """References of a page of dossiers whose applicant has a name."""
        return lists.named(agencies, name, after)

    def coded(self, codes: Sequence[str]) -> list[str]:
        """References behind codes; what looks like a reference is one."""
        return [reference for code in codes if (reference := references.keyed(code))]

    def due_data(self, agencies: Collection[str], most: int) -> tuple[list[str], bool]:
        """When requests about personal data are due that agencies have to see to; and whether there are more."""
        return data_due.due_data(agencies, most)

    def dossier(self, reference: str) -> Dossier | None:
        """A dossier with its tasks."""
        return reading.read(reference, Part.TASKS)


class Leaving:
    """The list of those who leave, and what is known of an agency's staff."""

    def gone(self, day: str) -> Iterator[Leaver]:
        """Those whose day has come."""
        return leaving.gone(day)

    def has_gone(self, leaver: Leaver, day: str) -> bool:
        """Whether they left indeed, as their agency, or the catalogue, says today."""
        if not leaver.officer:
            return staffed.has_ended(leaver.agency, day)
        return staffed.has_left(leaver.agency, leaver.officer, day)

    def claims_of(self, leaver: Leaver) -> Iterable[TaskRow]:
        """What an officer has still, or all that somebody has of an agency, those due first."""
        if leaver.officer:
            return [row for _, row in Lists().claimed(leaver.officer)]
        return [row for kind in ORDER for row in lists.claimed_of(leaver.agency, kind)]

    def takes_over(self, leaver: Leaver, kind: str, day: str) -> str | None:
        """Which colleague takes over a task of a kind; of an agency that ended none does."""
        return staffed.takes_over(leaver.agency, leaver.officer, kind, day) if leaver.officer else None

    def forget(self, leaver: Leaver) -> None:
        """They have nothing any more."""
        leaving.forget(leaver)
