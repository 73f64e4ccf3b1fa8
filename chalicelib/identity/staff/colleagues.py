"""Colleagues of an officer whose record changes: who stands in, whose number it is, who else administers the agency."""

from datetime import datetime
from typing import Final

from msgspec import structs

from chalicelib.contracts.identity import StandIn
from chalicelib.identity.refusals import NotFirst, NumberTaken
from chalicelib.identity.staff.model import Hand, Officer
from chalicelib.identity.staff.ports import Kept, Register
from chalicelib.identity.staff.presence import administering, is_left, loses, loses_for
from chalicelib.identity.staff.proposals import is_hand, numbers_said, pends
from chalicelib.identity.staff.roster import with_deputies
from chalicelib.identity.staff.rules import work_lost
from chalicelib.identity.staff.spans import gap_of
from chalicelib.kernel.access import ADMINISTRATOR

FIRST_ONES: Final = 2
"""Administrators that an agency needs before they can confirm each other."""


def require_few(register: Register, agency: str, officer: str, day: str) -> None:
    """Raise NotFirst where two others than an officer administer an agency today: these do what is to be done."""
    holders = {t.officer for t in register.roster(agency).administrators if gap_of([t], day) is None}
    if len(administering(with_deputies(register, agency, holders), day) - {officer}) >= FIRST_ONES:
        raise NotFirst


def role_left(register: Register, before: Officer, after: Officer, day: str, by: Hand) -> str | None:
    """A role that a change of an officer leaves to nobody who is there; None in an agency that keeps no staff here.

    A role of theirs, or of somebody for whom they stand in. A colleague who may do less of it, by kinds, areas or
    certificate, is not there for them. Nor is who says it: else one who administers made themselves the only one.
    """
    lost = [(before, grant.role, loses(before, after, grant.role, day)) for grant in before.roles]
    heads = (register.head(before.agency, name).officer for name in sorted({e.officer for e in before.stands_in}))
    for absent in (each for each in heads if each):
        lost += [(absent, grant.role, loses_for(absent, before, after, grant.role, day)) for grant in absent.roles]
    lost = sorted((each for each in lost if each[2]), key=lambda each: each[1])
    if not lost or register.roster(before.agency).kept_since is None:
        return None
    staff = {each.officer: each for each in _staff(register, before.agency)} | {after.officer: after}
    others = [each for each in staff.values() if not is_hand(each.officer, {each.person} - {""}, by)]
    for whose, role, days in lost:
        able = {each.officer: each for each in others if not work_lost(whose, each, day)}
        if role == ADMINISTRATOR and is_left(days, staff, role):
            continue  # that nobody at all administers is refused, whoever says it: `roster`
        if is_left(days, able | {after.officer: after}, role):
            return role
    return None


def _staff(register: Register, agency: str) -> list[Officer]:
    found = list[Officer]()
    heads, more = register.page(agency, "")
    while True:
        found += [head.officer for head in heads if head.officer]
        if more is None:
            return found
        heads, more = register.page(agency, more)


def numbers_of(register: Register, officer: Officer) -> dict[str, frozenset[str]]:
    """The personal numbers (keyed hashes) that are said of those who would stand in for an officer."""
    coming = (officer.departure.absence,) if officer.departure and officer.departure.absence else ()
    deputies = {each.deputy for each in (*officer.absences, *coming) if each.deputy and pends(each, officer)}
    heads = {name: register.head(officer.agency, name).officer for name in sorted(deputies)}
    return {name: numbers_said(each) for name, each in heads.items() if each}


def require_free(register: Register, kept: Kept, now: datetime) -> None:
    """Raise NumberTaken where a colleague has the number that an officer has from now on, or is to have.

    By whichever of their numbers: a number is one officer's of an agency, as long as they did not leave.
    """
    before, after = kept.head.officer, kept.officer
    said = numbers_said(after)
    is_back = before is None or before.left_on != after.left_on
    is_new = said - ({before.person} if before and not is_back else set())
    for person in sorted(is_new) if after.left_on is None else ():
        others = register.having(after.agency, person, now) - {after.officer}
        if others:
            raise NumberTaken(officer=min(others))


def deputies_after(register: Register, before: Officer, after: Officer) -> list[Kept]:
    """The records of those who stand in, when an officer's absences change."""
    found = list[Kept]()
    names = {a.deputy for a in (*before.absences, *after.absences) if a.deputy}
    for name in sorted(names):
        head = register.head(after.agency, name)
        if head.officer is None:
            continue
        mine = [a for a in after.absences if a.deputy == name]
        own = (
            StandIn(officer=after.officer, valid_from=a.valid_from, valid_to=a.valid_to, grave=a.grave) for a in mine
        )
        others = tuple(each for each in head.officer.stands_in if each.officer != after.officer)
        stands_in = (*others, *own)
        if stands_in != head.officer.stands_in:
            found.append(Kept(head, structs.replace(head.officer, stands_in=stands_in), "deputises"))
    return found
