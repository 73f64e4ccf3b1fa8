"""What became of a person or organisation: a notice is a reason to ask the register, and the register decides."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from msgspec import Struct

from chalicelib.contracts.identity import ChangeKind, PersonChanged
from chalicelib.identity.registers.asking import Asking
from chalicelib.identity.registers.items import Kin
from chalicelib.identity.registers.model import STANDING, Claim, Organisation, Person, Register, Standing
from chalicelib.identity.registers.numbers import hashes_of
from chalicelib.identity.registers.ports import Persons, Representations
from chalicelib.identity.registers.representing import ended
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal, holder_of
from chalicelib.kernel.clock import Clock, stamp

type PersonEnd = Literal["died", "incapacitated"]
type OrganisationChange = Literal["locked", "suspended", "dissolved", "reopened"]

USE: Final = "changes"
STANDING_USE: Final = "standing"
YES: Final = "true"
_STANDS: Final[dict[OrganisationChange, Standing]] = {
    "locked": "locked",
    "suspended": "suspended",
    "dissolved": "dissolved",
    "reopened": "active",
}
_CLAIMS: Final[dict[PersonEnd, str]] = {"died": "person.is_dead", "incapacitated": "person.is_incapacitated"}


class Outcome(Struct, frozen=True):
    """Whether the register confirmed it, and how many representations by law ended."""

    is_confirmed: bool
    ended: int = 0


@dataclass(frozen=True)
class Changes:
    """Hears what somebody in office says became of a person, and asks."""

    asking: Asking
    representations: Representations
    persons: Persons
    clock: Clock

    def of_person(self, who: Principal, kind: PersonEnd, name: str, born_on: date, number: str) -> Outcome:
        """End the representations of a person who died or lost capacity, when the population register confirms it.

        May be told again: what ended stays as it is. Raises RegisterUnavailable, NotRegistered, TryAgain.
        """
        subject = Person(name=name, born_on=born_on.isoformat(), number=number)
        claim = Claim(_CLAIMS[kind], YES)
        answer = self.asking.ask(who, "population", USE, subject, claims=[claim])
        if not answer.confirms(claim.field):
            return Outcome(is_confirmed=False)
        person = holder_of("CITIZEN", number)
        count = sum(
            self._ended(kin, kind, who)
            for each in hashes_of(self.persons, person)
            for kin in self.representations.kin(each)
        )
        self._told(who, person, kind, "population")
        return Outcome(is_confirmed=True, ended=count)

    def of_organisation(self, who: Principal, kind: OrganisationChange, number: str) -> Outcome:
        """Tell what became of an organisation or its account, when the business register says so.

        Nothing ends here: who keeps mandates hears of it. Raises RegisterUnavailable, NotRegistered, TryAgain.
        """
        subject = Organisation(number=number)
        answer = self.asking.ask(who, "business", STANDING_USE, subject, fields=[STANDING])
        if answer.told(STANDING) != _STANDS[kind]:
            return Outcome(is_confirmed=False)
        self._told(who, holder_of("ORGANISATION", number), kind, "business")
        return Outcome(is_confirmed=True)

    def _ended(self, kin: Kin, kind: PersonEnd, who: Principal) -> bool:
        """Of a death both sides' end, of lost capacity the representative's (Civil Code 91/2015 Art. 140(3)-(4))."""
        if kind == "incapacitated" and kin.role == "represented":
            return False
        store, now = self.representations, self.clock()
        return record.settled(lambda: ended(store, store.head(kin.representation), kind, who.subject, now))

    def _told(self, who: Principal, person: str, kind: ChangeKind, register: Register) -> None:
        def once() -> None:
            head, now = self.persons.person(person), self.clock()
            if head.change != kind:
                event = PersonChanged(person=person, kind=kind, register=register, at=stamp(now))
                self.persons.tell(head, event, who.subject, now)

        record.settled(once)
