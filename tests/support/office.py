"""An agency that keeps its staff here: its administrators, its officers, and a hall where they work."""

import itertools
from dataclasses import dataclass, field
from typing import Any

from chalicelib.contracts.event import heard
from chalicelib.contracts.identity import Days, OfficerKept, RoleHeld
from chalicelib.dossier import staffed
from chalicelib.dossier.staffed import as_enrolled
from chalicelib.identity.staff.author import By, officer_hash
from chalicelib.identity.staff.model import Certificate, Enrolment, OfficerHead
from chalicelib.identity.staff.service import Staff
from chalicelib.identity.staff.store import RegisterTable
from chalicelib.kernel.access import Principal
from chalicelib.kernel.ids import keyed_hash
from tests.fakes import people
from tests.support.hall import Hall, Rows

AGENCY = people.OFFICE["id"]
CHIEF, SECOND = "chief", "second"
LONG_AGO = "2026-01-01"


def token(subject: str, agency: str = AGENCY, *roles: str) -> Principal:
    """An officer as a token says it; the roles there count for nothing where staff is kept here."""
    return Principal(subject, "OFFICER", f"Cán bộ {subject}", 1, "", agency, frozenset(roles))


@dataclass
class Office:
    """The staff of one agency, and everybody who hears of it."""

    hall: Hall
    agency: str = AGENCY
    staff: Staff = field(init=False)
    rows: Rows = field(init=False)

    def __post_init__(self) -> None:
        self.staff = Staff(RegisterTable(), self.hall.clock)
        self.rows = Rows(self.hall.stores, "Identity")
        self._keys = itertools.count()

    def by(self, subject: str) -> By:
        """An administrator, whose token says a number that nobody else has."""
        return By(self.agency, officer_hash(subject), numbers=(keyed_hash("citizen", f"number of {subject}"),))

    def open(self) -> "Office":
        """The first two administrators, as who operates the service makes them: from then on staff is kept here."""
        for subject in (CHIEF, SECOND):
            self.staff.first(self.agency, subject, f"Quản trị {subject}")
        return self.tell()

    def enrol(self, subject: str, *roles: str, by: str = CHIEF, tell: bool = True, **about: Any) -> OfficerHead:
        """An officer, with roles confirmed by the other administrator."""
        days = {"valid_from": about.pop("valid_from", LONG_AGO), "valid_to": about.pop("valid_to", None)}
        held = tuple(RoleHeld(role=role, **days) for role in roles)
        made = self.staff.enrol(self.by(by), Enrolment(subject=subject, name=f"Cán bộ {subject}", roles=held, **about))
        if any(not role.confirmed for role in made.officer.roles):
            made = self.confirm(subject)
        if tell:
            self.tell()
        return made

    def confirm(self, subject: str, by: str = SECOND) -> OfficerHead:
        """Another administrator confirms what they read."""
        known = self.head(subject)
        return self.staff.confirm(self.by(by), officer_hash(subject), known.version)

    def head(self, subject: str) -> OfficerHead:
        """The record of an officer."""
        return self.staff.read(self.agency, officer_hash(subject))

    def away(self, subject: str, first: str, until: str, deputy: str | None = None, by: str = CHIEF) -> OfficerHead:
        """An absence."""
        named = officer_hash(deputy) if deputy else None
        done = self.staff.declare(self.by(by), officer_hash(subject), Days(valid_from=first, valid_to=until), named)
        done = self._departed(subject, done, by)
        self.tell()
        return done

    def _departed(self, subject: str, done: OfficerHead, by: str) -> OfficerHead:
        """Who alone has a role goes once the other administrator said so, too."""
        if done.officer is None or done.officer.departure is None or subject in (CHIEF, SECOND):
            return done
        return self.confirm(subject, by=CHIEF if by == SECOND else SECOND)

    def leave(self, subject: str, day: str, to: str, by: str = CHIEF, *, tell: bool = True) -> OfficerHead:
        """An officer leaves."""
        done = self._departed(subject, self.staff.leave(self.by(by), officer_hash(subject), day, officer_hash(to)), by)
        if tell:
            self.tell()
        return done

    def tell(self) -> "Office":
        """The bus brings everything that was told of officers, in no good order and twice."""
        events = [row for row in self.rows.everything() if row.get("type") == OfficerKept.type]
        for row in [*reversed(events), *events]:
            staffed.remember_officer(heard(OfficerKept, row["data"]))
        return self

    def post(self, subject: str, agency: str | None = None, *roles: str) -> Principal:
        """An officer as they may act now."""
        return as_enrolled(token(subject, agency or self.agency, *roles), self.hall.clock())


def certificate(opens: str = LONG_AGO, closes: str | None = None) -> Certificate:
    """A signing certificate."""
    return Certificate(serial="5404FFFEB7033FB316D672201B7A2E1C", valid_from=opens, valid_to=closes)
