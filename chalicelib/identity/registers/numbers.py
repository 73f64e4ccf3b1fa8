"""Which numbers belong to one person, as the population register says; a name joins nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from chalicelib.contracts.identity import PersonChanged
from chalicelib.identity.joined import Alias
from chalicelib.identity.refusals import NumberNeeded, NumbersContested, RegisterUnavailable
from chalicelib.identity.registers.asking import Asking, require_match
from chalicelib.identity.registers.model import FORMER, FORMER_DOCUMENT, Person
from chalicelib.identity.registers.ports import Persons
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal, holder_of, require_level
from chalicelib.kernel.clock import Clock, stamp

USE: Final = "numbers"
LEVEL: Final = 2
_KINDS: Final = {FORMER: "CITIZEN", FORMER_DOCUMENT: "FOREIGNER"}
"""As whom somebody was known by it: a number is not of two kinds."""
MOST: Final = 10
"""Former numbers of one person: more are no answer of a register."""


def hashes_of(persons: Persons, person: str) -> tuple[str, ...]:
    """The keyed hashes that stand for one person, the asked one among them: one read."""
    known = persons.alias(person)
    return known.hashes if known else (person,)


def person_of(who: Principal, born_on: date) -> Person:
    """The principal as the population register is asked. Raises NumberNeeded, LevelTooLow."""
    if who.kind != "CITIZEN":
        raise NumberNeeded
    require_level(who, LEVEL)
    return Person(name=who.name, born_on=born_on.isoformat(), number=who.personal_id)


@dataclass(frozen=True)
class Numbers:
    """Joins the numbers of one person."""

    asking: Asking
    persons: Persons
    clock: Clock

    def join(self, who: Principal, born_on: date) -> int:
        """Ask the register for the principal's former numbers and join what is kept under them; answers how many.

        Their travel documents of before they had one are asked for where that is registered. Nobody is asked for a
        proof (Decree 70/2024/ND-CP Art. 12), and no number is kept. Raises NumberNeeded, LevelTooLow,
        RegisterSaysOtherwise, GroundInsufficient, NumbersContested, RegisterUnavailable, NotRegistered.
        """
        subject = person_of(who, born_on)
        fields = [each for each in _KINDS if each in self.asking.registration("population", USE).fields]
        answer = require_match(self.asking.ask(who, "population", USE, subject, fields=fields))
        told = {each: value for each in fields if isinstance(value := answer.told(each), tuple)}
        former = {holder_of(_KINDS[each], number) for each, numbers in told.items() for number in numbers}
        if len(former) > MOST:
            raise RegisterUnavailable(register="population", reason="unreadable")
        hashes = (who.holder, *sorted(former - {who.holder}))
        record.settled(lambda: self._joined(who, hashes))
        return len(hashes)

    def _joined(self, who: Principal, hashes: tuple[str, ...]) -> None:
        known = [alias for each in hashes if (alias := self.persons.alias(each))]
        if any(alias.person not in hashes for alias in known):
            raise NumbersContested
        mine = next((alias for alias in known if alias.person == who.holder), None)
        if mine.hashes == hashes if mine else len(hashes) == 1 and not known:
            return
        now = self.clock()
        alias = Alias(person=who.holder, hashes=hashes, at=stamp(now))
        event = PersonChanged(
            person=who.holder, kind="renumbered", register="population", at=stamp(now), former=hashes[1:]
        )
        self.persons.join(self.persons.person(who.holder), alias, known, event, now)
