"""What an agency has to do on a day: which of its officers may do it, and what nobody enrolled may do."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

import msgspec

from chalicelib.contracts.identity import Enrolled
from chalicelib.dossier.lists import first_due
from chalicelib.dossier.staffed import (
    ROLE,
    DeskRow,
    StaffedOfficer,
    absent_for,
    deputised,
    desk_rows,
    is_there,
    reach_of,
    roles_held,
    signs,
    staff_of,
)
from chalicelib.kernel.access import is_same_person
from chalicelib.law.codes import is_within


class Duty(msgspec.Struct, frozen=True):
    """What somebody has to do: for which agency, as which kind of task (empty: none), by one of which roles."""

    agency: str
    kind: str
    roles: frozenset[str]


class Left(msgspec.Struct, frozen=True):
    """A queue with open tasks that nobody enrolled may do; `due_at` is of the one due first."""

    agency: str
    kind: str
    due_at: str


def manning(agency: str, duty: Duty, day: str) -> list[StaffedOfficer] | None:
    """The officers of an agency who may do such tasks on a day, for themselves or somebody absent, in no order.

    None of an agency that keeps no staff here: whom it employs, only its provider knows.
    """
    if not _keeps_staff(desk_rows(agency)):
        return None
    known = staff_of(agency)
    staff = {each.enrolled.officer: each.enrolled for each in known}
    return [each for each in known if _mans(each.enrolled, staff, duty, day)]


def has_another(
    agency: str, officer: str, kinds: Iterable[str], day: str, numbers: Collection[str] = ()
) -> bool | None:
    """Whether somebody else than an officer (keyed hash) is there on a day who does one of some kinds of tasks.

    Nobody with one of their `numbers` (keyed hashes): another account is no other person.

    None of an agency that keeps no staff here: whom it employs, only its provider knows.
    """
    if not _keeps_staff(desk_rows(agency)):
        return None
    known = staff_of(agency)
    staff = {each.enrolled.officer: each.enrolled for each in known}
    theirs = (each for each in known if not is_same_person(each.enrolled.officer, each.numbers, officer, numbers))
    others = [each.enrolled for each in theirs]
    duties = [Duty(agency, kind, frozenset({ROLE[kind]})) for kind in kinds]
    return any(_mans(each, staff, duty, day) for each in others for duty in duties)


def _keeps_staff(rows: Iterable[DeskRow]) -> bool:
    return any(row.sk == "STAFF" for row in rows)


def unmanned(agency: str, day: date) -> list[Left]:
    """Queues of an agency, and of those that it succeeded, that have open tasks and nobody enrolled for them on a day.

    Nothing of an agency that keeps no staff here: its officers are its provider's.
    """
    today, rows = day.isoformat(), desk_rows(agency)
    if not _keeps_staff(rows):
        return []
    staff, found = {each.enrolled.officer: each.enrolled for each in staff_of(agency)}, list[Left]()
    for queue in sorted(reach_of(agency, today, rows)):
        for kind in ROLE:
            due = first_due(queue, kind)
            duty = Duty(queue, kind, frozenset({ROLE[kind]}))
            if due and not any(_mans(each, staff, duty, today) for each in staff.values()):
                found.append(Left(queue, kind, due))
    return found


def _mans(enrolled: Enrolled, staff: Mapping[str, Enrolled], duty: Duty, day: str) -> bool:
    """Whether an officer may do such tasks on a day, by their own right or for somebody."""
    if not is_there(enrolled, day) or (duty.kind == "approve" and not signs(enrolled, day)):
        return False
    served = [enrolled] if duty.roles & roles_held(enrolled, day) else []
    served += [x for x in absent_for(enrolled, day, staff.get) if duty.roles & deputised(x, enrolled.officer, day)]
    return any(
        (not each.kinds or not duty.kind or duty.kind in each.kinds)
        and (not each.areas or any(is_within(duty.agency, a) for a in each.areas))
        for each in served
    )
