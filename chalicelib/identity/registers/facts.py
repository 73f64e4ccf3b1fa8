"""What a register says of who asks: values for a form, each with source and time; how an organisation stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, get_args

from msgspec import Struct

from chalicelib.identity.refusals import OrganisationNeeded, RegisterSaysOtherwise, RegisterUnavailable
from chalicelib.identity.registers.asking import Asking, require_match
from chalicelib.identity.registers.model import (
    STANDING,
    Claim,
    Difference,
    Organisation,
    Standing,
    Told,
    differences,
    may_act,
)
from chalicelib.identity.registers.numbers import person_of
from chalicelib.kernel.access import Principal
from chalicelib.kernel.clock import Clock, stamp

STANDING_USE: Final = "standing"
ACTING_PERSON: Final = "organisation.acting_person"
STANDINGS: Final[tuple[Standing, ...]] = get_args(Standing.__value__)


class Known(Struct, frozen=True):
    """What the population register told for a procedure, on which ground, and where that differs from what was said."""

    fields: tuple[Told, ...]
    differences: tuple[Difference, ...]
    basis: str
    asked_at: str


class OrganisationStanding(Struct, frozen=True):
    """How an organisation stands, and whether its account may act by this person."""

    standing: Standing
    is_acting_person: bool

    @property
    def may_act(self) -> bool:
        """Whether its account may be used now by who asked (Decree 69/2024/ND-CP Art. 15(2)(b))."""
        return may_act(self.standing) and self.is_acting_person


@dataclass(frozen=True)
class Facts:
    """Asks what registers say of the principal. Nothing of the answer is kept."""

    asking: Asking
    clock: Clock

    def for_form(
        self, who: Principal, procedure: str, born_on: date, fields: Sequence[str], said: Mapping[str, str]
    ) -> Known:
        """What the register says for a procedure's form: the named fields, or all that are registered for it.

        Raises NumberNeeded, LevelTooLow, NotRegistered, RegisterUnavailable, GroundInsufficient; RegisterSaysOtherwise
        when the register does not know the person so, or what they said differs where the procedure refuses that.
        """
        subject = person_of(who, born_on)
        held = self.asking.registration("population", procedure)
        asked = tuple(fields) or held.fields
        answer = require_match(self.asking.ask(who, "population", procedure, subject, fields=asked))
        found = differences(said, answer, held.refuses)
        if refused := [each.field for each in found if each.outcome == "refuse"]:
            raise RegisterSaysOtherwise(verdict=answer.verdict, differences=refused)
        return Known(answer.fields, found, held.basis, stamp(self.clock()))

    def of_organisation(self, who: Principal) -> OrganisationStanding:
        """How the organisation stands for which the principal acts; to be asked at each act that matters.

        Raises OrganisationNeeded, RegisterUnavailable, GroundInsufficient, RegisterSaysOtherwise, NotRegistered.
        """
        if who.kind != "ORGANISATION":
            raise OrganisationNeeded
        claim = Claim(ACTING_PERSON, who.personal_id)
        subject = Organisation(number=who.organisation)
        given = self.asking.ask(who, "business", STANDING_USE, subject, fields=[STANDING], claims=[claim])
        answer = require_match(given)
        standing = next((each for each in STANDINGS if each == answer.told(STANDING)), None)
        if standing is None:
            raise RegisterUnavailable(register="business", reason="unreadable")
        return OrganisationStanding(standing, answer.confirms(ACTING_PERSON))
