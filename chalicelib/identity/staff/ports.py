"""What the use cases of an agency's staff ask of the world; `store` answers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from chalicelib.contracts.identity import StaffAct
from chalicelib.identity.staff.model import Officer, OfficerHead, Roster
from chalicelib.identity.staff.rules import Numbers


@dataclass(frozen=True, slots=True)
class Kept:
    """A change of one officer's record: as it was read, as it is to be, what was done, and the request that did it.

    `name` is empty when name and subject stay as they are sealed; `proposed` is a name that waits.
    """

    head: OfficerHead
    officer: Officer
    act: StaffAct
    name: str = ""
    subject: str = ""
    proposed: str = ""
    keys: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Administration:
    """The agency's administrators as they were read and as they are to be, and who changes its staff, for whom."""

    before: Roster
    after: Roster
    by: str
    absent: str = ""


@dataclass(frozen=True, slots=True)
class Unmanned:
    """A queue with open tasks that nobody enrolled may do today; `due_at` is of the one due first."""

    agency: str
    kind: str
    due_at: str


class Register(Protocol):
    """Where agencies' staff is kept."""

    def head(self, agency: str, officer: str) -> OfficerHead: ...
    def roster(self, agency: str) -> Roster: ...
    def page(self, agency: str, after: str) -> tuple[list[OfficerHead], str | None]: ...
    def known(self, agency: str, officers: Collection[str]) -> dict[str, Numbers]: ...
    def having(self, agency: str, person: str, now: datetime) -> frozenset[str]: ...
    def keep(self, changes: Sequence[Kept], administration: Administration, now: datetime) -> None: ...
    def named(self, head: OfficerHead) -> tuple[str, str]: ...
    def proposed_name(self, head: OfficerHead) -> str: ...
    def unmanned(self, agency: str, day: date) -> list[Unmanned]: ...
