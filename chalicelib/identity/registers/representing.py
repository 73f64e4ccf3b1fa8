"""Representation by law: a parent or guardian names the child or ward, the population register confirms it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from msgspec import Struct, structs

from chalicelib.contracts.identity import RepresentationKept
from chalicelib.identity.acts import REPRESENTATION_END
from chalicelib.identity.refusals import CameOfAge, NotItsRepresentative, NumberNeeded, RepresentationStands
from chalicelib.identity.registers.asking import Asking
from chalicelib.identity.registers.items import (
    ALL_ACTS,
    Asked,
    EndWhy,
    Ground,
    RepresentationHead,
    Side,
    said_of,
    stands,
)
from chalicelib.identity.registers.model import Claim, Person
from chalicelib.identity.registers.numbers import hashes_of
from chalicelib.identity.registers.ports import Persons, Representations
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal, holder_of, person_of, require_level
from chalicelib.kernel.clock import ZONE, Clock, stamp
from chalicelib.kernel.ids import digest, new_reference
from chalicelib.kernel.problem import BodyInvalid, FieldError, KeyReused, NotAllowed, NotFound
from chalicelib.law.minors import age, majority_day, minor_rules
from chalicelib.law.personal_numbers import number_warnings
from chalicelib.law.problems import Problem
from chalicelib.sealing.door import seal

USE: Final = "representation"
LEVEL: Final = 2
"""Level of identity of a parent or guardian: policy, by what 69/2024 asks of who acts for an organisation."""
PREFIX: Final = "LR"
_CLAIMS: Final[dict[Ground, str]] = {"parent": "relation.parent", "guardian": "relation.guardian"}
_IN_FUTURE: Final = FieldError("/born_on", "in_future", "Ngày sinh ở tương lai", "The birth date is in the future")


class Named(Struct, frozen=True, kw_only=True):
    """The child or ward, as the parent or guardian names them."""

    name: str
    born_on: date
    number: str
    ground: Ground


@dataclass(frozen=True)
class Representing:
    """Use cases of parents and guardians."""

    asking: Asking
    representations: Representations
    persons: Persons
    clock: Clock

    def begin(
        self, who: Principal, named: Named, key: str, raw: bytes
    ) -> tuple[RepresentationHead, tuple[Problem, ...]]:
        """Keep that the principal stands for a child or ward, once per key, and warnings on the number.

        The register is asked for a yes or no; whatever else it says than yes is the same refusal after the same calls.
        Raises NumberNeeded, LevelTooLow, KeyReused, BodyInvalid, CameOfAge, NotItsRepresentative, RepresentationStands,
        RegisterUnavailable, NotRegistered, TryAgain.
        """
        if who.kind != "CITIZEN":
            raise NumberNeeded
        require_level(who, LEVEL)
        warnings = number_warnings(named.number, born_on=named.born_on)
        body = digest(raw.decode())
        if made := self._made(who, key, body):
            return made, warnings
        closes = self._closes(named)
        claim = Claim(_CLAIMS[named.ground], who.personal_id)
        subject = Person(name=named.name, born_on=named.born_on.isoformat(), number=named.number)
        answer = self.asking.ask(who, "population", USE, subject, claims=[claim])
        if not answer.confirms(claim.field):
            raise NotItsRepresentative
        said = self._said(who, named, closes)
        basis = self.asking.registration("population", USE).basis

        def once() -> RepresentationHead:
            if made := self._made(who, key, body):
                return made
            return self._kept(who, said, basis, (key, body))

        return record.settled(once), warnings

    def mine(self, who: Principal) -> list[tuple[RepresentationHead, Side]]:
        """Those in which the principal stands for somebody, or somebody for them; of two persons the newest.

        The oldest first, each with the principal's side.
        """
        kin = [kin for each in hashes_of(self.persons, who.holder) for kin in self.representations.kin(each)]
        heads = sorted(self.representations.heads({each.representation for each in kin}), key=lambda h: h.created_at)
        sides = {each.representation: each.role for each in kin}
        return [(head, sides[said_of(head).id]) for head in heads]

    def read(self, who: Principal, representation: str) -> tuple[RepresentationHead, Side]:
        """One of the principal's own, and on which side they stand. Raises NotFound."""
        head, hashes = self.representations.head(representation), hashes_of(self.persons, who.holder)
        if head.said and head.said.representative in hashes:
            return head, "representative"
        if head.said and head.said.represented in hashes:
            return head, "represented"
        raise NotFound(what="representation")

    def end(self, who: Principal, representation: str) -> RepresentationHead:
        """End it, by the representative; one that ended is answered as it is.

        Raises LevelTooLow, NotFound, NotAllowed.
        """

        def once() -> RepresentationHead:
            head, side = self.read(who, representation)
            if side != "representative":
                raise NotAllowed(act=REPRESENTATION_END)
            require_level(who, LEVEL)
            ended(self.representations, head, "representative", who.holder, self.clock())
            return self.representations.head(representation)

        return record.settled(once)

    def _made(self, who: Principal, key: str, body: str) -> RepresentationHead | None:
        asked = self.representations.asked(who.holder, key)
        if asked is None:
            return None
        if asked.body != body:
            raise KeyReused
        return self.representations.head(asked.representation)

    def _closes(self, named: Named) -> str | None:
        """The stamp of the eighteenth birthday; None of a ward who is of age. Raises CameOfAge, BodyInvalid."""
        today = self.clock().astimezone(ZONE).date()
        if named.born_on > today:
            raise BodyInvalid(fields=[_IN_FUTURE])
        if age(named.born_on, today) < minor_rules(today).majority:
            return stamp(datetime.combine(majority_day(named.born_on, today), time(), ZONE))
        if named.ground == "parent":
            raise CameOfAge
        return None

    def _said(self, who: Principal, named: Named, closes: str | None) -> RepresentationKept:
        representation = new_reference(PREFIX)
        represented = {"name": named.name, "personal_id": named.number, "kind": "CITIZEN"}
        persons = {
            "represented": {**represented, "born_on": named.born_on.isoformat()},
            "representative": {"name": who.name, "personal_id": who.identity, "kind": who.kind},
        }
        return RepresentationKept(
            id=representation,
            version=1,
            kind=named.ground,
            state="active",
            represented=holder_of("CITIZEN", named.number),
            representative=who.holder,
            representative_person=person_of(who.kind, who.identity) or None,
            sealed=seal(representation, persons),
            may=ALL_ACTS,
            opens=stamp(self.clock()),
            closes=closes,
        )

    def _kept(
        self, who: Principal, said: RepresentationKept, basis: str, request: tuple[str, str]
    ) -> RepresentationHead:
        now = self.clock()
        kin = self.representations.kin_of(said.representative, said.represented)
        if kin and stands(self.representations.head(kin.representation), now):
            raise RepresentationStands(representation=kin.representation)
        head = self.representations.head(said.id)
        begun = structs.replace(head, said=said, confirmed_at=stamp(now), basis=basis)
        asked = Asked(representation=said.id, body=request[1])
        self.representations.begin(begun, (who.holder, request[0], asked), kin.representation if kin else None, now)
        return self.representations.head(said.id)


def ended(representations: Representations, head: RepresentationHead, why: EndWhy, actor: str, now: datetime) -> bool:
    """End one that stands, and tell it; False when it does not stand. Raises aws.Lost."""
    if not stands(head, now):
        return False
    said = structs.replace(said_of(head), state="ended", ended_at=stamp(now), ended_why=why)
    representations.end(head, said, actor, now)
    return True
