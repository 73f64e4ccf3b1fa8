"""One side offers a mandate, a sub-mandate, or new terms. Nobody is asked whether the other side exists."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from msgspec.structs import replace

from chalicelib.contracts.mandates import MandateOffered, MandateSide
from chalicelib.identity import acts
from chalicelib.identity.mandates.model import (
    ACTS,
    MOST_SUBS,
    Claim,
    MandateHead,
    Request,
    Terms,
    giving_side,
    partition,
)
from chalicelib.identity.mandates.parties import (
    Named,
    Parties,
    Wanted,
    asked_of,
    first_of,
    is_one_person,
    named,
    parties_of,
    sealed,
    signer,
)
from chalicelib.identity.mandates.ports import Mandates, Step
from chalicelib.identity.mandates.standing import (
    after,
    known,
    require_open,
    require_sole,
    require_valid,
    rules_on,
    term_of,
    today,
)
from chalicelib.identity.refusals import TooManyMandates
from chalicelib.kernel import record
from chalicelib.kernel.access import Principal, require_level
from chalicelib.kernel.clock import Clock, stamp
from chalicelib.kernel.ids import digest, reference_of
from chalicelib.kernel.problem import LostUpdate, NotAllowed
from chalicelib.law.problems import Problem
from chalicelib.law.representation import Asked, First

type Role = Literal["represented", "representative"]

LATER: Final = Problem(
    "/starts_on",
    "starts_later",
    "Nội dung mới của ủy quyền đang có hiệu lực phải có hiệu lực ngay",
    "New terms of a mandate that holds begin at once",
)
UNKNOWN: Final = (
    "procedure_unknown",
    "Không có thủ tục này trong danh mục",
    "There is no such procedure in the catalogue",
)
NO_FURTHER: Final = Problem(
    "/allows_sub_mandates",
    "no_further_sub",
    "Người được ủy quyền lại không được ủy quyền tiếp",
    "A sub-mandate is not given on",
)


def request(who: Principal, key: str, raw: bytes) -> Request:
    """A request of somebody by its Idempotency-Key."""
    return Request(digest(who.holder, key), hashlib.sha256(raw).hexdigest()[:32])


@dataclass(frozen=True)
class Offers:
    """Use cases of the side that offers."""

    mandates: Mandates
    clock: Clock

    def offer(self, who: Principal, role: Role, other: Named, wanted: Wanted, asking: Request) -> MandateHead:
        """Offer a mandate in one's own role, naming the other side; the same request again answers the same one.

        Raises LevelTooLow, MandateInvalid, KeyReused.
        """
        me = named(who)
        sides = (me, other) if role == "represented" else (other, me)
        parties = Parties(represented=sides[0], representative=sides[1])
        head = _new(who, parties, asking)

        def once() -> MandateHead:
            now = self.clock()
            require_level(who, rules_on(now).mandate_level.value)
            if found := self._answered(head, asking):
                return found
            asked = asked_of(parties, wanted, None, is_one_person=self._is_one(who, role, parties))
            require_valid(asked, now, *self._unknown(wanted), *_unprintable(me, other))
            if role == "represented":  # whoever offers to represent is told nothing of others who do
                self._require_sole(head, asked, now)
            return self._written(head, parties, who, role, wanted, asking, now)

        return record.settled(once)

    def offer_sub(self, who: Principal, mandate: str, other: Named, wanted: Wanted, asking: Request) -> MandateHead:
        """Offer a mandate out of one by which one represents: for the same represented, within its scope and term.

        Raises NotFound, LevelTooLow, NotAllowed for another side, MandateOver, MandateInvalid, TooManyMandates.
        """

        def once() -> MandateHead:
            now = self.clock()
            first, side = known(self.mandates, who, mandate, now)
            if side != "representative":
                raise NotAllowed(act=acts.OFFER_MANDATE)
            parties = Parties(represented=parties_of(first).represented, representative=other, giver=named(who))
            head = _new(who, parties, asking, under=first.id)
            if found := self._answered(head, asking):
                return found
            require_open(first, now)
            asked = asked_of(parties, wanted, first_of(first), is_one_person=self._is_one(who, "giver", parties))
            further = [NO_FURTHER] if wanted.allows_sub else []
            require_valid(asked, now, *self._unknown(wanted), *_unprintable(named(who), other), *further)
            joined = Step(first, replace(first, subs=(*self._open_subs(first, now), head.id)), None)
            return self._written(head, parties, who, "giver", wanted, asking, now, joined)

        return record.settled(once)

    def change(self, who: Principal, mandate: str, wanted: Wanted, version: int, raw: bytes) -> MandateHead:
        """Offer other terms on the version that was read; what holds goes on until the other side confirms.

        Raises NotFound, LevelTooLow, NotAllowed, MandateOver, MandateInvalid, LostUpdate.
        """

        def once() -> MandateHead:
            now = self.clock()
            head, side = known(self.mandates, who, mandate, now)
            if side not in (giving_side(head), "representative"):
                raise NotAllowed(act=acts.OFFER_MANDATE)
            asking = Request(digest("terms", who.holder, str(version)), request(who, "", raw).body)
            if head.version == version + 1 and (asking.key, asking.body) in head.keys:
                return head  # its answer was lost
            if head.version != version:
                raise LostUpdate(current_version=head.version)
            require_open(head, now)
            parties = parties_of(head).signed(side, named(who))
            asked = asked_of(parties, wanted, self._first(head), is_one_person=self._is_one(who, side, parties))
            is_late = head.state == "active" and wanted.starts_on is not None and wanted.starts_on > today(now)
            ours = ((LATER, is_late), (NO_FURTHER, head.under is not None and wanted.allows_sub))
            require_valid(asked, now, *self._unknown(wanted), *(problem for problem, is_so in ours if is_so))
            return self._written(head, parties, who, side, wanted, asking, now)

        return record.settled(once)

    def _is_one(self, who: Principal, side: MandateSide, parties: Parties) -> bool:
        return is_one_person(parties, {side: signer(who)}, self.mandates.numbers(who.holder))

    def _unknown(self, wanted: Wanted) -> list[Problem]:
        """Procedures that are not in the catalogue: nobody could file by a mandate for one."""
        known = self.mandates.published(wanted.procedures)
        places = (f"/procedures/{at}" for at, code in enumerate(wanted.procedures) if code not in known)
        return [Problem(at, *UNKNOWN) for at in places]

    def _answered(self, head: MandateHead, asking: Request) -> MandateHead | None:
        """The mandate that this very request made before. Raises KeyReused."""
        found = self.mandates.mandate(head.id)
        return found if found and asking.is_in(found) else None

    def _first(self, head: MandateHead) -> First | None:
        found = self.mandates.mandate(head.under) if head.under else None
        return first_of(found) if found else None

    def _require_sole(self, head: MandateHead, asked: Asked, now: datetime) -> None:
        opens, closes = term_of(asked, now)
        wanted = Claim(
            mandate=head.id,
            representative=head.representative.holder,
            procedures=asked.procedures,
            opens=opens,
            closes=closes,
        )
        require_sole(self.mandates.claims(head.represented.holder), wanted, now)

    def _open_subs(self, first: MandateHead, now: datetime) -> tuple[str, ...]:
        """The sub-mandates of a mandate that are not over. Raises TooManyMandates."""
        found = [self.mandates.mandate(name) for name in first.subs]
        left = tuple(h.id for h in found if h and (h.state == "proposed" or h.holds(stamp(now))))
        if len(left) >= MOST_SUBS:
            raise TooManyMandates(limit=MOST_SUBS)
        return left

    def _written(
        self,
        head: MandateHead,
        parties: Parties,
        who: Principal,
        side: MandateSide,
        wanted: Wanted,
        asking: Request,
        now: datetime,
        *joined: Step,
    ) -> MandateHead:
        number = head.numbered + 1
        terms = _terms(head, wanted, number, side, signer(who), asking, now)
        changed = replace(
            head,
            sealed=sealed(head.id, parties),
            waiting=terms,
            numbered=number,
            changed_at=after(head, now),
            keys=asking.among(head),
        )
        told = MandateOffered(mandate=head.id, terms=number, by=side)
        self.mandates.write(Step(head, changed, told, side), now, joined=joined)
        return replace(changed, version=head.version + 1)


def _new(who: Principal, parties: Parties, asking: Request, under: str | None = None) -> MandateHead:
    """A mandate that nobody kept yet, named by the request that makes it; it tells nothing of its sides."""
    mandate = reference_of("MD", f"{who.holder} {asking.key}")
    return MandateHead(
        pk=partition(mandate),
        id=mandate,
        state="proposed",
        represented=parties.represented.known,
        giver=(parties.giver or parties.represented).known,
        representative=parties.representative.known,
        sealed="",
        under=under,
    )


def _terms(
    head: MandateHead, wanted: Wanted, number: int, side: MandateSide, signed: str, asking: Request, now: datetime
) -> Terms:
    """Terms that were found valid: they have their clause."""
    assert wanted.storage is not None
    evidence = wanted.evidence
    return Terms(
        number=number,
        procedures=wanted.procedures,
        may=tuple(act for act in ACTS if act in {"file", *wanted.may}),
        storage=wanted.storage,
        form=wanted.form,
        by=side,
        at=stamp(now),
        signer=signed,
        body=asking.body,
        evidence=evidence.kind if evidence else None,
        has_hash=bool(evidence and evidence.sha256),
        sealed=sealed(head.id, evidence) if evidence else None,
        starts_on=wanted.starts_on.isoformat() if wanted.starts_on else None,
        ends_on=wanted.ends_on.isoformat() if wanted.ends_on else None,
        for_one_act=wanted.for_one_act,
        allows_sub=wanted.allows_sub,
    )


def _unprintable(me: Named, other: Named) -> list[Problem]:
    """What of the names no paper could say: a receipt prints them."""
    from chalicelib.forms.letters import name_fault, organisation_fault
    from chalicelib.forms.problems import ANSWERS

    places = (("", me), ("/other/name", other))
    found = ((at, organisation_fault(p.name) if p.kind == "ORGANISATION" else name_fault(p.name)) for at, p in places)
    return [Problem(at, rule, *ANSWERS[rule][:2]) for at, rule in found if rule]
