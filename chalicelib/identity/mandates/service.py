"""The other side confirms a mandate with its own token; either side ends it at once; a register may end it too."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from msgspec.structs import replace

from chalicelib.contracts.mandates import MandateDeclined, MandateSide
from chalicelib.contracts.submission import Represented
from chalicelib.identity import acts
from chalicelib.identity.mandates.model import (
    MOST_CLAIMS,
    Claims,
    MandateHead,
    Request,
    Terms,
    claim_of,
    ended,
    giving_side,
    kept,
    side_of,
    without,
)
from chalicelib.identity.mandates.parties import (
    Reason,
    asked_of,
    first_of,
    is_one_person,
    named,
    parties_of,
    sealed,
    signer,
    wanted_of,
)
from chalicelib.identity.mandates.ports import Mandates, Step
from chalicelib.identity.mandates.standing import (
    after,
    known,
    require_open,
    require_proved,
    require_sole,
    require_valid,
    rules_on,
    side_for,
    term_of,
)
from chalicelib.identity.refusals import SignedByOneSide, TermsChanged, TooManyMandates
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal, reaches
from chalicelib.kernel.aws import Item
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.paging import PAGE
from chalicelib.kernel.problem import NotAllowed

FILE: Final = "file"
WORK_DONE: Final = "work_done"
type Fate = Literal["died", "ceased", "incapable"]


class UnknownEnding(ValueError):
    """A mandate was to end for a reason that the law's data does not name."""


@dataclass(frozen=True)
class Settling:
    """Use cases of both sides, and of a register that knows of a death."""

    mandates: Mandates
    clock: Clock

    def read(self, who: Principal, mandate: str) -> tuple[MandateHead, MandateSide]:
        """A mandate and which side of it one is. Raises NotFound, LevelTooLow."""
        return known(self.mandates, who, mandate, self.clock())

    def numbers(self, who: Principal) -> tuple[str, ...]:
        """Under which numbers somebody's mandates stand, as keyed hashes (Decree 70/2024 Art. 12)."""
        return self.mandates.numbers(who.holder)

    def side(self, who: Principal, head: MandateHead) -> MandateSide | None:
        """Which side of a mandate one is."""
        return side_for(self.mandates, who, head)

    def listed(
        self, who: Principal, numbers: Sequence[str], starts: Mapping[str, Item]
    ) -> tuple[list[tuple[MandateHead, MandateSide]], int, dict[str, Item]]:
        """A page of one's mandates with one's side, how many a higher level would show, and where each list goes on.

        They stand under each of one's `numbers`.
        """
        listed, following = self.mandates.listed(numbers, starts, PAGE)
        found = [(head, side) for head in listed if (side := side_of(head, numbers))]
        if reaches(who, rules_on(self.clock()).mandate_level.value):
            return found, 0, following
        return [], len(found), following

    def confirm(self, who: Principal, mandate: str, number: int, asking: Request) -> MandateHead:
        """Confirm the terms that were read, by their number: from now on they hold, and none before them.

        Raises NotFound, LevelTooLow, MandateOver, TermsChanged, SignedByOneSide, MandateInvalid for what the law
        refuses today, EvidenceNotHere, TooManyMandates, KeyReused.
        """

        def change(head: MandateHead, side: MandateSide, now: datetime) -> MandateHead:
            terms = _waiting(head, number)
            if side == terms.by:
                raise SignedByOneSide
            parties = parties_of(head).signed(side, named(who))
            first = self.mandates.mandate(head.under) if head.under else None
            is_one = is_one_person(parties, {terms.by: terms.signer, side: signer(who)}, self.numbers(who))
            asked = asked_of(parties, wanted_of(terms), first_of(first) if first else None, is_one_person=is_one)
            require_valid(asked, now)
            require_proved(head, terms, now)
            opens, closes = term_of(asked, now)
            confirmed = replace(
                head,
                state="active",
                terms=terms,
                waiting=None,
                opens=opens,
                closes=closes,
                act_of=first.terms.number if first and first.terms and first.terms.for_one_act else None,
                sealed=sealed(head.id, parties),
                signer=signer(who),
                changed_at=after(head, now),
                keys=asking.among(head),
            )
            self._confirm(head, confirmed, side, first, now)
            return confirmed

        return self._once(who, mandate, asking, change)

    def _confirm(
        self, head: MandateHead, confirmed: MandateHead, side: MandateSide, first: MandateHead | None, now: datetime
    ) -> None:
        claim = claim_of(confirmed)
        assert claim is not None
        step = Step(head, confirmed, kept(confirmed), side)
        if first is not None:
            require_open(first, now)
            found = (self.mandates.mandate(name) for name in first.subs)
            siblings = [c for c in (claim_of(sub) for sub in found if sub) if c]
            require_sole(siblings, claim, now)
            # The first one's version goes up: a sibling that is confirmed at once, or its end, is seen.
            self.mandates.write(step, now, joined=[Step(first, first, None)])
            return
        claims = without(self.mandates.claims(head.represented.holder), head.id, stamp(now))
        require_sole(claims, claim, now)
        if len(claims.claims) >= MOST_CLAIMS:
            raise TooManyMandates(limit=MOST_CLAIMS)
        claims = replace(claims, claims=(*claims.claims, claim))
        self.mandates.write(step, now, claims=claims, joined=self._ended_subs(head, "first_changed", now))

    def decline(self, who: Principal, mandate: str, number: int, asking: Request) -> MandateHead:
        """Decline the terms that wait, or take one's own back: what held before goes on.

        Raises NotFound, LevelTooLow, NotAllowed, MandateOver, TermsChanged, KeyReused.
        """

        def change(head: MandateHead, side: MandateSide, now: datetime) -> MandateHead:
            terms = _waiting(head, number)
            declined = replace(head, waiting=None, changed_at=after(head, now), keys=asking.among(head))
            if head.terms is None:
                declined = replace(declined, state="declined", ended_at=stamp(now))
            told = MandateDeclined(mandate=head.id, terms=terms.number, by=side)
            self.mandates.write(Step(head, declined, told, side), now)
            return declined

        return self._once(who, mandate, asking, change)

    def revoke(self, who: Principal, mandate: str, reason: str, asking: Request) -> MandateHead:
        """End a mandate at once, from any side; what was offered and not confirmed is taken back or declined.

        Raises NotFound, LevelTooLow, MandateOver, KeyReused.
        """

        def change(head: MandateHead, side: MandateSide, now: datetime) -> MandateHead:
            over = self._over(head, f"withdrawn_by_{side}", now)
            words = sealed(head.id, Reason(text=reason))
            return self._end(head, replace(over, sealed_reason=words, keys=asking.among(head)), side, now)

        return self._once(who, mandate, asking, change, everybody=True)

    def act_done(self, used: Represented, *, is_over: bool) -> None:
        """A dossier was submitted under a mandate, or `is_over`: terms for one act end with it (Civil Code 140(3)(c)).

        Whoever may only file has done what they were given with the submission; who may do more, with the end of the
        dossier. A sub-mandate takes the first one along. May be told twice; of other terms than those of today nothing,
        nor of other terms of the first one than those out of which it was given.
        """
        head = self.mandates.mandate(used.id)
        if head is None or head.terms is None or head.terms.number != used.version:
            return
        acts = [(head, used.version)]
        if head.under and head.act_of and (first := self.mandates.mandate(head.under)):
            acts.append((first, head.act_of))
        for each, number in acts:
            terms = each.terms
            if terms and terms.number == number and terms.for_one_act and (is_over or terms.may == (FILE,)):
                self.end(each.id, WORK_DONE, terms=terms.number)

    def end(self, mandate: str, why: str, *, terms: int | None = None) -> None:
        """A register says that a mandate ended: a death, an organisation that ceased, capacity lost, work done.

        One that is over already stays as it is, and one that is not of these `terms` any more; what is unknown is
        nothing. Raises UnknownEnding.
        """

        def once() -> None:
            head, now = self.mandates.mandate(mandate), self.clock()
            rules = rules_on(now)
            known_endings = (*rules.mandate_endings.value, *rules.mandate_further_endings.value)
            if why not in {each.code for each in known_endings}:
                raise UnknownEnding(why)
            if head is None or head.state in ("ended", "declined"):
                return
            if terms is not None and (head.terms is None or head.terms.number != terms):
                return
            self._end(head, self._over(head, why, now), None, now)

        record.settled(once)

    def end_of(self, holder: str, fate: Fate) -> int:
        """A register says what became of somebody, by their keyed hash: their mandates end, on whichever side they are.

        Those out of a mandate that ends so end with it. Answers how many were theirs.
        """
        numbers = self.mandates.numbers(holder)
        found, starts = self.mandates.listed(numbers, {}, PAGE)
        while starts:
            page, starts = self.mandates.listed(numbers, starts, PAGE)
            found += page
        for head in found:
            if head.represented.holder in numbers:
                self.end(head.id, f"represented_{fate}")
            elif head.representative.holder in numbers:
                self.end(head.id, f"representative_{fate}")
        return len(found)

    def _over(self, head: MandateHead, why: str, now: datetime) -> MandateHead:
        """A mandate after its end; what nobody confirmed was never one."""
        over = ended(head, why, stamp(now))
        return replace(over, state="ended" if head.terms else "declined", changed_at=after(head, now))

    def _end(self, head: MandateHead, over: MandateHead, side: MandateSide | None, now: datetime) -> MandateHead:
        claims: Claims | None = None
        if head.terms and head.under is None:
            claims = without(self.mandates.claims(head.represented.holder), head.id, stamp(now))
        step = _ending(head, over, side)
        self.mandates.write(step, now, claims=claims, joined=self._ended_subs(head, "first_ended", now))
        return over

    def _ended_subs(self, head: MandateHead, why: str, now: datetime) -> Sequence[Step]:
        """The sub-mandates of a mandate end with it."""
        found = (sub for sub in map(self.mandates.mandate, head.subs) if sub)
        return [_ending(sub, self._over(sub, why, now), None) for sub in found if sub.state in ("active", "proposed")]

    def _once(
        self,
        who: Principal,
        mandate: str,
        asking: Request,
        change: Callable[[MandateHead, MandateSide, datetime], MandateHead],
        *,
        everybody: bool = False,
    ) -> MandateHead:
        """A change by a side, once for each request; the represented of a sub-mandate may end it, and no more."""

        def once() -> MandateHead:
            now = self.clock()
            head, side = known(self.mandates, who, mandate, now)
            if asking.is_in(head):
                return head
            if side not in (giving_side(head), "representative") and not everybody:
                raise NotAllowed(act=acts.CONFIRM_MANDATE)
            require_open(head, now)
            return replace(change(head, side, now), version=head.version + 1)

        return record.settled(once)


def _waiting(head: MandateHead, number: int) -> Terms:
    """The terms that wait. Raises TermsChanged when others do, or none."""
    if head.waiting is None or head.waiting.number != number:
        raise TermsChanged(terms=head.waiting.number if head.waiting else None)
    return head.waiting


def _ending(head: MandateHead, over: MandateHead, side: MandateSide | None) -> Step:
    """The end of a mandate as its hearers need it; where nothing held, its terms are declined."""
    if head.terms:
        return Step(head, over, kept(over), side)
    by = side or giving_side(head)
    return Step(head, over, MandateDeclined(mandate=head.id, terms=head.numbered, by=by), side)
