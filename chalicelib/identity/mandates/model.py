"""What a mandate is and how it goes on: offered by one side, confirmed by the other, ended by either. Pure."""

from collections.abc import Collection, Iterable
from typing import Final, Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.contracts.identity import Form, OneAct, RepresentationKept, RepresentativeAct, Storage
from chalicelib.contracts.mandates import MandateSide
from chalicelib.contracts.stored import Stored
from chalicelib.kernel.problem import KeyReused
from chalicelib.kernel.record import Head
from chalicelib.law.representation import EvidenceKind, PartyKind

type State = Literal["proposed", "active", "declined", "ended"]

ACTS: Final[tuple[RepresentativeAct, ...]] = ("file", "supplement", "withdraw", "pay", "notices")
KEYS_KEPT: Final = 30
"""Requests that a mandate remembers, so that the same one again changes nothing."""
MOST_SUBS: Final = 5
"""Sub-mandates of one mandate at a time: they end with it, in one transaction."""
MOST_CLAIMS: Final = 200
"""Mandates of one person that hold at a time."""


class Terms(Struct, frozen=True, kw_only=True):
    """What the sides agree on. `starts_on` and `ends_on` are Vietnamese days, both within; `sealed` is the evidence.

    `by` offered them at `at`; `signer` is the keyed hash of the person who did, and `body` that of the request.
    """

    number: int
    procedures: tuple[str, ...]
    may: tuple[RepresentativeAct, ...]
    storage: Storage
    form: Form
    by: MandateSide
    at: str
    signer: str
    body: str
    evidence: EvidenceKind | None = None
    has_hash: bool = False
    sealed: str | None = None
    starts_on: str | None = None
    ends_on: str | None = None
    for_one_act: bool = False
    allows_sub: bool = False


def partition(mandate: str) -> str:
    """Where a mandate stands."""
    return f"MANDATE#{mandate}"


def evidence_key(mandate: str, terms: int) -> tuple[str, str]:
    """Where the file of some terms stands."""
    return partition(mandate), f"EVIDENCE#{terms}"


class Known(Struct, frozen=True):
    """A person or organisation by its keyed hash; `person`: that of the personal number in another kind's identity."""

    holder: str
    kind: PartyKind
    person: str = ""


class MandateHead(Head, frozen=True, kw_only=True):
    """The record of a mandate.

    `giver` signs as the one side: the represented, or the representative of the mandate `under` which it is given.
    `sealed` has names and numbers. `terms` hold, `waiting` are offered and hold not yet; no two have one number, and
    `numbered` is the last one's. `signer` confirmed the terms, a keyed hash. `act_of` is the number of the terms of the
    one above when it was confirmed, where those are for one act. `proved` are the terms whose file is here.
    """

    shape = 1

    id: str
    state: State
    represented: Known
    giver: Known
    representative: Known
    sealed: str
    numbered: int = 0
    terms: Terms | None = None
    waiting: Terms | None = None
    opens: str | None = None
    closes: str | None = None
    signer: str | None = None
    under: str | None = None
    act_of: int | None = None
    proved: tuple[int, ...] = ()
    subs: tuple[str, ...] = ()
    ended_at: str | None = None
    ended_why: str | None = None
    sealed_reason: str | None = None
    changed_at: str = ""
    keys: tuple[tuple[str, str], ...] = ()

    def holds(self, moment: str) -> bool:
        """Whether it is active and its term not over at a stored stamp; it may not have begun."""
        return self.state == "active" and (self.closes is None or moment < self.closes)


class KeptEvidence(Stored, frozen=True, kw_only=True):
    """The file that proves the form of some terms: one version, with the bytes that they name.

    `sealed` is an `Evidence`, encrypted under the mandate; `media_type` is what was found in the bytes.
    """

    shape = 1

    terms: int
    key: str
    version_id: str
    sha256: str
    size: int
    media_type: str
    sealed: str
    at: str


class ListedMandate(Stored, frozen=True, kw_only=True):
    """A mandate in the list of one of its sides."""

    shape = 1

    mandate: str


class Claim(Struct, frozen=True, kw_only=True):
    """That somebody represents a person in some procedures for a time."""

    mandate: str
    representative: str
    procedures: tuple[str, ...]
    opens: str
    closes: str | None = None


class Claims(Stored, frozen=True, kw_only=True):
    """Everybody who represents a person by a mandate: one item, so that two who confirm at once see each other."""

    shape = 1

    version: int = 0
    claims: tuple[Claim, ...] = ()


# --- sides -----------------------------------------------------------------------------------------------------------


def giving_side(head: MandateHead) -> MandateSide:
    """Which side signs against the representative."""
    return "giver" if head.under else "represented"


def side_of(head: MandateHead, numbers: Collection[str]) -> MandateSide | None:
    """Which side somebody with these numbers (keyed hashes) is; None for whoever is none."""
    sides: dict[MandateSide, Known] = {
        "representative": head.representative,
        giving_side(head): head.giver,
        "represented": head.represented,
    }
    return next((side for side, named in sides.items() if named.holder and named.holder in numbers), None)


# --- what overlaps ---------------------------------------------------------------------------------------------------


def claim_of(head: MandateHead) -> Claim | None:
    """What an active mandate claims."""
    if head.state != "active" or head.terms is None or head.opens is None:
        return None
    return Claim(
        mandate=head.id,
        representative=head.representative.holder,
        procedures=head.terms.procedures,
        opens=head.opens,
        closes=head.closes,
    )


def overlapping(claims: Iterable[Claim], wanted: Claim) -> Claim | None:
    """The first claim by which another represents the same person in the same procedure at the same time."""
    return next(
        (
            each
            for each in claims
            if each.mandate != wanted.mandate
            and each.representative != wanted.representative
            and set(each.procedures) & set(wanted.procedures)
            and (wanted.closes is None or each.opens < wanted.closes)
            and (each.closes is None or wanted.opens < each.closes)
        ),
        None,
    )


def without(claims: Claims, mandate: str, moment: str) -> Claims:
    """The claims without a mandate's, and without those that are over."""
    left = (c for c in claims.claims if c.mandate != mandate and (c.closes is None or moment < c.closes))
    return replace(claims, claims=tuple(left))


# --- what is told ----------------------------------------------------------------------------------------------------


def kept(head: MandateHead) -> RepresentationKept:
    """The mandate as its hearers need it; it was confirmed once."""
    assert head.terms is not None
    assert head.opens is not None
    return RepresentationKept(
        id=head.id,
        version=head.terms.number,
        kind="mandate",
        state="active" if head.state == "active" else "ended",
        represented=head.represented.holder,
        representative=head.representative.holder,
        sealed=head.sealed,
        procedures=head.terms.procedures,
        may=head.terms.may,
        storage=head.terms.storage,
        form=head.terms.form,
        for_one_act=head.terms.for_one_act or None,
        above=OneAct(id=head.under, version=head.act_of) if head.under and head.act_of else None,
        opens=head.opens,
        closes=head.closes,
        ended_at=head.ended_at,
        ended_why=head.ended_why,
        represented_person=head.represented.person or None,
        representative_person=head.representative.person or None,
        givers=tuple(each for each in (head.giver.holder, head.giver.person) if each) if head.under else None,
    )


def ended(head: MandateHead, why: str, at: str) -> MandateHead:
    """The mandate after its end; what was offered is no more offered."""
    return replace(head, state="ended", waiting=None, ended_at=at, ended_why=why)


# --- requests --------------------------------------------------------------------------------------------------------


class Request(NamedTuple):
    """A request by its Idempotency-Key, or by its body alone: the same one again changes nothing."""

    key: str
    body: str

    def is_in(self, head: MandateHead) -> bool:
        """Whether the mandate saw it. Raises KeyReused when its key came with another body."""
        known = dict(head.keys).get(self.key)
        if known is not None and known != self.body:
            raise KeyReused
        return known is not None

    def among(self, head: MandateHead) -> tuple[tuple[str, str], ...]:
        """The requests of a mandate and this one; the oldest is forgotten."""
        return (*head.keys, (self.key, self.body))[-KEYS_KEPT:]
