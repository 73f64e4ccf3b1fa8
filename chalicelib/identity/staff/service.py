"""Enrol an agency's officers, change what they may act as, declare absences, let them go; four eyes on every role."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from msgspec import structs

from chalicelib.contracts.identity import Days, RoleHeld
from chalicelib.contracts.plan import Part
from chalicelib.identity.acts import KEEP_STAFF
from chalicelib.identity.refusals import (
    AlreadyEnrolled,
    NothingToConfirm,
    OfficerGone,
    SamePerson,
)
from chalicelib.identity.staff import rules
from chalicelib.identity.staff.author import By, officer_hash, require_another, require_numbers
from chalicelib.identity.staff.colleagues import deputies_after, numbers_of, require_few, require_free, role_left
from chalicelib.identity.staff.model import (
    KEYS_KEPT,
    OPERATOR,
    Absence,
    Certificate,
    Departure,
    Enrolment,
    Grant,
    Officer,
    OfficerHead,
)
from chalicelib.identity.staff.ports import Kept, Register, Unmanned
from chalicelib.identity.staff.proposals import (
    confirmed,
    granted,
    is_hand,
    numbered,
    numbers_said,
    renamed,
    waits,
    widened,
)
from chalicelib.identity.staff.roster import administration_after
from chalicelib.identity.staff.rules import Numbers, NumberState, number_state
from chalicelib.identity.staff.spans import deputised, holds, is_present, on, roles_on
from chalicelib.kernel import aws, record
from chalicelib.kernel.access import ADMINISTRATOR, Post, Principal
from chalicelib.kernel.clock import ZONE, Clock
from chalicelib.kernel.problem import BodyInvalid, FieldError, KeyReused, LostUpdate, NotAllowed, NotFound
from chalicelib.law import packs
from chalicelib.law.validity import covers


class Changes(Part, frozen=True, kw_only=True):
    """What is to be otherwise of an officer; None leaves it as it is."""

    name: str | None = None
    roles: tuple[RoleHeld, ...] | None = None
    kinds: tuple[str, ...] | None = None
    areas: tuple[str, ...] | None = None
    position: str | None = None
    certificate: Certificate | None = None
    person: str | None = None


@dataclass(frozen=True)
class Staff:
    """Use cases of those who administer an agency's staff."""

    register: Register
    clock: Clock

    def day(self) -> str:
        """The Vietnamese day."""
        return self.clock().astimezone(ZONE).date().isoformat()

    def _today(self) -> date:
        return self.clock().astimezone(ZONE).date()

    def known_as(self, who: Principal) -> Principal:
        """An officer with the roles of their enrolment, once their agency keeps its staff here; by their token else."""
        if who.kind != "OFFICER" or not who.agency or self.register.roster(who.agency).kept_since is None:
            return who
        day, officer = self.day(), officer_hash(who.subject)
        known = self.register.head(who.agency, officer).officer
        if known is None or not on(is_present(known), day):
            return structs.replace(who, roles=frozenset())
        own, stands_in = roles_on(known, day), dict[str, str]()
        for each in known.stands_in:
            absent = self.register.head(who.agency, each.officer).officer
            for role in {grant.role for grant in absent.roles} - own if absent else ():
                spans = [s for s in deputised(absent, role) if s.by == officer] if absent else []
                if any(covers(day, span.opens, span.closes) for span in spans):
                    stands_in[role] = each.officer
        numbers = frozenset({known.person} - {""})
        post = Post(agencies=frozenset({who.agency}), officer=officer, stands_in=stands_in, persons=numbers)
        return structs.replace(who, roles=own | frozenset(stands_in), post=post)

    def read(self, agency: str, officer: str) -> OfficerHead:
        """An officer of the agency. Raises NotFound: another agency's looks the same."""
        head = self.register.head(agency, officer)
        if head.officer is None:
            raise NotFound(what="officer")
        return head

    def page(self, agency: str, after: str) -> tuple[list[OfficerHead], str | None]:
        """A page of the agency's officers, those who left too. Raises BodyInvalid, NotFound for a cursor."""
        return self.register.page(agency, after)

    def numbers(self, agency: str, heads: Sequence[OfficerHead]) -> dict[str, NumberState]:
        """How the personal numbers of some officers (keyed hashes) are known: confirmed here, or by a token."""
        officers = [head.officer for head in heads if head.officer]
        known = self.register.known(agency, [each.officer for each in officers])
        return {each.officer: number_state(each, known.get(each.officer, Numbers())) for each in officers}

    def named(self, head: OfficerHead) -> tuple[str, str]:
        """Name and subject of an officer."""
        return self.register.named(head)

    def proposed_name(self, head: OfficerHead) -> str:
        """The name of an officer that waits for a second administrator; empty where none does."""
        return self.register.proposed_name(head)

    def unmanned(self, agency: str) -> list[Unmanned]:
        """Queues with open tasks that nobody enrolled may do today."""
        return self.register.unmanned(agency, self.clock().astimezone(ZONE).date())

    def is_kept(self, agency: str) -> bool:
        """Whether the agency's officers act as enrolled here, and not by their tokens."""
        return self.register.roster(agency).kept_since is not None

    def enrol(self, who: By, given: Enrolment) -> OfficerHead:
        """Enrol an officer, or one again who left; each role is proposed and not held yet.

        Raises AlreadyEnrolled, BodyInvalid, KeyReused, NumberTaken, SamePerson for one's own number.
        """
        return self._settled(who, officer_hash(given.subject), lambda head: self._enrolled(who, given, head))

    def _enrolled(self, who: By, given: Enrolment, head: OfficerHead) -> list[Kept]:
        known = head.officer
        if known and (known.left_on is None or known.left_on > self.day()):
            raise AlreadyEnrolled(officer=known.officer)
        _refuse([*rules.of_roles(given.roles), *rules.of_certificate(given.certificate)])
        require_another(who, officer_hash(given.subject), given.person)
        officer = Officer(
            agency=who.agency,
            officer=officer_hash(given.subject),
            roles=granted(given.roles, (), who.hand),
            kinds=given.kinds,
            areas=given.areas,
            position=given.position,
            certificate=given.certificate,
            person=known.person if known else "",
            formers=known.formers if known else (),
        )
        officer = numbered(officer, given.person, who.hand)
        back = renamed(officer, who.hand) if known and self.named(head)[0] != given.name else officer
        if back.renaming:
            return [Kept(head, back, "enrolled", proposed=given.name)]
        return [Kept(head, officer, "enrolled", given.name, given.subject)]

    def first(self, agency: str, subject: str, name: str) -> OfficerHead:
        """Make somebody an administrator from today on, of an agency in which fewer than two administer today.

        Whoever is absent, and for whom no confirmed deputy is there, does not count: an agency whose administrators
        are all away is mended by it. Who is made one is there again. Raises NotFirst, NumberTaken.
        """
        who, officer, day = By(agency, OPERATOR), officer_hash(subject), self.day()
        role = Grant(role=ADMINISTRATOR, valid_from=day, by=OPERATOR, confirmed_by=OPERATOR)

        def decide(head: OfficerHead) -> list[Kept]:
            require_few(self.register, agency, officer, day)
            known = head.officer
            if known is None or (known.left_on is not None and known.left_on <= day):
                person, formers = (known.person, known.formers) if known else ("", ())
                made = Officer(agency=agency, officer=officer, roles=(role,), person=person, formers=formers)
                return [Kept(head, made, "enrolled", name, subject)]
            others = tuple(g for g in known.roles if g.role != ADMINISTRATOR)
            there = rules.there_until(known, day)
            after = structs.replace(known, roles=(*others, role), absences=there, departure=None)
            return [Kept(head, after, "enrolled", name, subject), *deputies_after(self.register, known, after)]

        return self._settled(who, officer, decide)

    def change(self, who: By, officer: str, given: Changes, version: int) -> OfficerHead:
        """Change what an officer may act as; a number or a name that is not there waits for a second administrator.

        Raises NotFound, LostUpdate, OfficerGone, BodyInvalid, LastAdministrator, NumberTaken, SamePerson for one's own
        number.
        """

        def decide(head: OfficerHead) -> list[Kept]:
            known = self._there(head)
            if version != head.version:
                raise LostUpdate(current_version=head.version)
            if given.roles is not None:
                _refuse(rules.of_roles(given.roles))
            _refuse(rules.of_certificate(given.certificate))
            require_another(who, officer, given.person or "")
            named = {name: getattr(given, name) for name in ("kinds", "areas", "position", "certificate")}
            after = structs.replace(known, **{name: value for name, value in named.items() if value is not None})
            if given.kinds is not None or given.areas is not None:
                after = widened(known, after, rules.work_gained(known, after), who.hand)
            after = numbered(after, given.person or "", who.hand)
            if given.roles is not None:
                after = structs.replace(after, roles=granted(given.roles, known.roles, who.hand))
            name, subject = ("", "") if given.name is None else self.named(head)
            wanted = given.name if given.name != name else None
            _refuse(self._faults_of_change(who, known, after, is_renamed=wanted is not None))
            if wanted is None:  # who says the name that stands there takes back what waits
                return [Kept(head, after if given.name is None else structs.replace(after, renaming=None), "changed")]
            after = renamed(after, who.hand)
            if after.renaming:
                return [Kept(head, after, "changed", proposed=wanted)]
            return [Kept(head, after, "changed", wanted, subject)]

        return self._settled(who, officer, decide)

    def confirm(self, who: By, officer: str, version: int) -> OfficerHead:
        """Another administrator confirms what was proposed, as they read it.

        Who operates the service does where fewer than two others administer the agency today. Raises NotFound,
        NothingToConfirm, LostUpdate, NumberTaken, SamePerson, SecondUnknown, NotFirst; what a departure raises.
        """

        def decide(head: OfficerHead) -> list[Kept]:
            known = self._there(head)
            if not waits(known):
                raise NothingToConfirm
            if version != head.version:
                raise LostUpdate(current_version=head.version)
            after = confirmed(known, who.hand, numbers_of(self.register, known))
            if is_hand(officer, numbers_said(known), who.hand) or after == known:
                raise SamePerson
            if who.officer == OPERATOR:
                require_few(self.register, who.agency, officer, self.day())
            require_numbers(known, who)
            if known.departure and after.departure is None:
                _refuse(self._faults_of(known, known.departure))
            name = self.register.proposed_name(head) if known.renaming and not after.renaming else ""
            subject = self.named(head)[1] if name else ""
            return [Kept(head, after, "confirmed", name, subject), *deputies_after(self.register, known, after)]

        return self._settled(who, officer, decide)

    def declare(self, who: By, officer: str, days: Days, deputy: str | None) -> OfficerHead:
        """Declare an absence, with a deputy who does their work; dangerous acts once a second administrator confirmed.

        An administrator is absent while another one is there, or a deputy whom a second administrator confirmed. What
        one says of another one waits for a second one, in the place of what waited before; it is policy.

        Raises NotFound, OfficerGone, BodyInvalid, LastAdministrator, KeyReused.
        """
        absence = Absence(
            valid_from=days.valid_from, valid_to=days.valid_to, deputy=deputy, by=who.officer, numbers=who.numbers
        )

        wanted = Departure(by=who.officer, numbers=who.numbers, absence=absence)

        def decide(head: OfficerHead) -> list[Kept]:
            known, day = self._there(head), self.day()
            _refuse(self._faults_of(known, wanted))
            still = tuple(each for each in known.absences if (each.valid_to or day) >= day)
            after = structs.replace(known, absences=(*still, absence), departure=None)
            if self._takes_two(who, known, after) or self._is_deputy(who, absence, known.agency):
                return [Kept(head, structs.replace(known, departure=wanted), "changed")]
            return [Kept(head, after, "absent"), *deputies_after(self.register, known, after)]

        return self._settled(who, officer, decide)

    def come_back(self, who: By, officer: str, day: str) -> OfficerHead:
        """End an absence on a day from which they are there again; an absence or leaving that waits is none any more.

        Raises NotFound, BodyInvalid, KeyReused.
        """

        def decide(head: OfficerHead) -> list[Kept]:
            known = self._there(head)
            wrong = rules.of_return(known, day, self.day())
            _refuse([each for each in wrong if not (known.departure and each.rule == "present")])
            after = structs.replace(known, absences=rules.there_until(known, day), departure=None)
            return [Kept(head, after, "returned"), *deputies_after(self.register, known, after)]

        return self._settled(who, officer, decide)

    def leave(self, who: By, officer: str, left_on: str, hand_over_to: str) -> OfficerHead:
        """An officer leaves: from that day on they act no more, and a colleague takes over.

        That an administrator does by the word of another one waits for a second one; it is policy.

        Raises NotFound, OfficerGone, BodyInvalid, LastAdministrator, KeyReused.
        """
        wanted = Departure(by=who.officer, numbers=who.numbers, left_on=left_on, hand_over_to=hand_over_to)

        def decide(head: OfficerHead) -> list[Kept]:
            known = self._there(head)
            _refuse(self._faults_of(known, wanted))
            gone = structs.replace(known, left_on=left_on, hand_over_to=hand_over_to, departure=None)
            if self._takes_two(who, known, gone):
                return [Kept(head, structs.replace(known, departure=wanted), "changed")]
            return [Kept(head, gone, "left")]

        return self._settled(who, officer, decide)

    def _takes_two(self, who: By, known: Officer, after: Officer) -> bool:
        """Whether one administrator would send away another one, or who alone is there for a role; it is policy.

        Alone beside who says it, or as the deputy of somebody who is absent, too.
        """
        if _is_own(who, known):
            return False
        return self._administers(known) or role_left(self.register, known, after, self.day(), who.hand) is not None

    def _is_deputy(self, who: By, absence: Absence, agency: str) -> bool:
        """Whether one administrator would give themselves the roles of another officer, as their deputy."""
        deputy = self.register.head(agency, absence.deputy).officer if absence.deputy else None
        return (
            deputy is not None and who.officer != OPERATOR and is_hand(deputy.officer, {deputy.person} - {""}, who.hand)
        )

    def _administers(self, known: Officer) -> bool:
        return any(closes > self.day() for _, closes in holds(known, ADMINISTRATOR))

    def _faults_of_change(self, who: By, known: Officer, after: Officer, *, is_renamed: bool) -> list[FieldError]:
        """What one administrator does not change of another one, nor of who alone is there for a role."""
        if _is_own(who, known):
            return []
        if not self._administers(known):
            return self._faults_of_role(who, known, after)
        faults = rules.of_own(known, after, is_renamed=is_renamed)
        office = rules.of_office(known, after, self.day())
        return [*faults, *(office or self._faults_of_role(who, known, after))]

    def _faults_of_role(self, who: By, known: Officer, after: Officer) -> list[FieldError]:
        """What one administrator takes from who alone is there for a role: that, or which work of it they may do.

        For whom they stand in they do what that one may, by a certificate of their own.
        """
        day = self.day()
        if faults := rules.of_role(role_left(self.register, known, after, day, who.hand)):
            return faults
        lost = rules.work_lost(known, after, day)
        was = known if "certificate" in lost else structs.replace(known, stands_in=())
        gone = lost and role_left(self.register, was, structs.replace(was, roles=()), day, who.hand)
        return rules.of_work(lost) if gone else []

    def _faults_of(self, known: Officer, wanted: Departure) -> list[FieldError]:
        """What is wrong with an absence, or a leaving."""
        if wanted.absence:
            name = wanted.absence.deputy
            deputy = self.register.head(known.agency, name).officer if name else None
            return rules.of_absence(known, wanted.absence, deputy, self.day(), packs.pack_on(self._today()))
        colleague = self.register.head(known.agency, wanted.hand_over_to or "").officer
        return rules.of_leaving(known, wanted.left_on or "", colleague)

    def _there(self, head: OfficerHead) -> Officer:
        """The officer of a record, who did not leave. Raises NotFound, OfficerGone."""
        if head.officer is None:
            raise NotFound(what="officer")
        if head.officer.left_on and head.officer.left_on <= self.day():
            raise OfficerGone(left_on=head.officer.left_on)
        return head.officer

    def _settled(self, who: By, officer: str, decide: Callable[[OfficerHead], list[Kept]]) -> OfficerHead:
        """Read, decide, write; once per key. Raises NotAllowed for an administrator who is none any more."""

        def once() -> OfficerHead:
            head, now = self.register.head(who.agency, officer), self.clock()
            if who.key and (known := dict(head.keys).get(who.key)) is not None:
                if known != who.body:
                    raise KeyReused
                return head
            first, *others = decide(head)
            keys = (*head.keys, (who.key, who.body))[-KEYS_KEPT:] if who.key else head.keys
            first = replace(first, keys=keys)
            _refuse(rules.too_many(first.officer, now))
            require_free(self.register, first, now)
            changes = [first, *others]
            administration = administration_after(self.register, (who.agency, who.officer, who.absent), changes, now)
            self.register.keep(changes, administration, now)
            return self.register.head(who.agency, officer)

        try:
            return record.settled(once)
        except aws.Lost as lost:
            raise (NotAllowed(act=KEEP_STAFF) if "administrator" in lost else lost) from lost


def _is_own(who: By, known: Officer) -> bool:
    """Whether who changes an officer is that officer, or who operates the service."""
    return who.officer == OPERATOR or is_hand(known.officer, {known.person} - {""}, who.hand)


def _refuse(errors: Sequence[FieldError]) -> None:
    if errors:
        raise BodyInvalid(fields=errors)
