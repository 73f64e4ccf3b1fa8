"""The people of a mandate: what is sealed of them, and what the law asks of them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec import Struct, convert
from msgspec.structs import replace

from chalicelib.contracts.event import told
from chalicelib.contracts.identity import Form, RepresentativeAct, Storage
from chalicelib.contracts.mandates import MandateSide
from chalicelib.identity.mandates.model import Known, MandateHead, Terms
from chalicelib.kernel.access import Principal, holder_of, person_of
from chalicelib.kernel.clock import ZONE, moment
from chalicelib.law.representation import (
    Asked,
    EvidenceKind,
    First,
    Party,
    PartyKind,
    Side,
    born_of,
    deals_with_himself,
)
from chalicelib.sealing.door import seal, unseal


class Named(Struct, frozen=True, kw_only=True):
    """A person or organisation, sealed as the dossiers' room reads it; `personal_id` is the number of their kind.

    Of an organisation `by` and `by_id` are the person who signed for it (Decree 69/2024 Art. 6).
    """

    name: str
    personal_id: str
    kind: PartyKind
    by: str | None = None
    by_id: str | None = None

    @property
    def known(self) -> Known:
        """The same by its keyed hash."""
        return Known(holder_of(self.kind, self.personal_id), self.kind, person_of(self.kind, self.personal_id))

    @property
    def party(self) -> Party:
        """The same as the law asks of it."""
        return Party(self.kind, born_of(self.personal_id) if self.kind == "CITIZEN" else None)


class Parties(Struct, frozen=True, kw_only=True):
    """Who is sealed in a mandate; a sub-mandate has a giver beside the represented."""

    represented: Named
    representative: Named
    giver: Named | None = None

    def sides(self) -> Iterator[tuple[MandateSide, Named]]:
        """Each of them with its side."""
        yield "represented", self.represented
        yield "representative", self.representative
        if self.giver:
            yield "giver", self.giver

    def signed(self, side: MandateSide, who: Named) -> "Parties":
        """The same with what a side's own token says of it."""
        return replace(self, **{side: who})


class Evidence(Struct, frozen=True, kw_only=True):
    """What proves the form: a file by its name and hash, a reference of the national ID app, a notarial number."""

    kind: EvidenceKind
    reference: str
    sha256: str | None = None


class Wanted(Struct, frozen=True, kw_only=True):
    """Terms as a side asks for them."""

    procedures: tuple[str, ...]
    may: tuple[RepresentativeAct, ...]
    storage: Storage | None = None
    form: Form = "plain"
    evidence: Evidence | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    for_one_act: bool = False
    allows_sub: bool = False


NOBODY, SEALED = "", "(sealed)"


def named(who: Principal) -> Named:
    """Whoever asks, by their token."""
    if who.kind == "ORGANISATION":
        return Named(
            name=who.organisation_name,
            personal_id=who.organisation,
            kind="ORGANISATION",
            by=who.name,
            by_id=who.personal_id or who.document,
        )
    kind: PartyKind = "FOREIGNER" if who.kind == "FOREIGNER" else "CITIZEN"
    return Named(name=who.name, personal_id=who.identity, kind=kind)


def signer(who: Principal) -> str:
    """The keyed hash of the very person who signs, for an organisation too."""
    person = who.personal_id or who.document if who.kind == "ORGANISATION" else who.identity
    return holder_of("CITIZEN" if who.personal_id else "FOREIGNER", person) if person else NOBODY


def sealed(mandate: str, what: Struct) -> str:
    """Something of a mandate, encrypted under its id."""
    return seal(mandate, told(what))


def parties_of(head: MandateHead) -> Parties:
    """Who is sealed in a mandate. Raises ContentErased."""
    return convert(_opened(head, head.sealed), Parties)


def evidence_of(head: MandateHead, terms: Terms) -> Evidence | None:
    """What proves the form of some terms. Raises ContentErased."""
    return convert(_opened(head, terms.sealed), Evidence) if terms.sealed else None


def name_of(head: MandateHead, sealed_evidence: str) -> str:
    """What the file that proves a form is called. Raises ContentErased."""
    return convert(_opened(head, sealed_evidence), Evidence).reference


def _opened(head: MandateHead, text: str) -> Any:
    return unseal(head.id, text)


def day_of(stored: str) -> date:
    """The Vietnamese day of a stored stamp."""
    return moment(stored).astimezone(ZONE).date()


def first_of(head: MandateHead) -> First:
    """A mandate as the one out of which another is given.

    One that nobody confirmed yet allows none, nor does a sub-mandate: all that ends with the first one ends at once.
    """
    terms = head.terms
    return First(
        procedures=terms.procedures if terms else (),
        may=terms.may if terms else (),
        form=terms.form if terms else "plain",
        allows_sub=bool(terms and terms.allows_sub and not head.under),
        closes=day_of(head.closes) if head.closes else None,
    )


def is_one_person(parties: Parties, signed: Mapping[MandateSide, str], numbers: Sequence[str]) -> bool:
    """Whether the sides are one, or one person signs for both: Civil Code Art. 141(3). `signed`: hashes of people.

    `numbers` are those of whoever asks: one person, by whichever of them they are named.
    """
    same = dict.fromkeys(numbers, numbers[0])
    people = {side: same.get(person, person) for side, person in signed.items()}
    sides = []
    for side, party in parties.sides():
        holder, person = party.known.holder, people.get(side)
        holder = same.get(holder, holder)
        sides.append(Side(holder, person if person != holder else None))
    return any(deals_with_himself(person, sides) for person in {each.holder for each in sides} | {*people.values()})


def asked_of(parties: Parties, wanted: Wanted, first: First | None, *, is_one_person: bool) -> Asked:
    """What the law is asked about terms that a side wants."""
    return Asked(
        represented=parties.represented.party,
        representative=parties.representative.party,
        is_one_person=is_one_person,
        first=first,
        procedures=wanted.procedures,
        may=wanted.may,
        storage=wanted.storage,
        form=wanted.form,
        evidence=wanted.evidence.kind if wanted.evidence else None,
        has_hash=bool(wanted.evidence and wanted.evidence.sha256),
        first_day=wanted.starts_on,
        last_day=wanted.ends_on,
        for_one_act=wanted.for_one_act,
    )


def wanted_of(terms: Terms) -> Wanted:
    """Terms that were offered, as they were asked for, but for what is sealed."""
    sha256 = SEALED if terms.has_hash else None
    evidence = Evidence(kind=terms.evidence, reference=SEALED, sha256=sha256) if terms.evidence else None
    return Wanted(
        procedures=terms.procedures,
        may=terms.may,
        storage=terms.storage,
        form=terms.form,
        evidence=evidence,
        starts_on=_day(terms.starts_on),
        ends_on=_day(terms.ends_on),
        for_one_act=terms.for_one_act,
        allows_sub=terms.allows_sub,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


class Reason(Struct, frozen=True, kw_only=True):
    """Why somebody ended a mandate, in their own words."""

    text: str


def reason_of(head: MandateHead) -> str | None:
    """Why it was ended, in the words of whoever did; None when nobody said. Raises ContentErased."""
    return convert(_opened(head, head.sealed_reason), Reason).text if head.sealed_reason else None
