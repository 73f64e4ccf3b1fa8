"""Who may act for whom, as identity last told it: a read model of the dossiers' room; and how anybody stands to one."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Final

from chalicelib.contracts.event import told
from chalicelib.contracts.identity import OneAct, RepresentationKept
from chalicelib.contracts.stored import Stored, read
from chalicelib.dossier.holding import Acting
from chalicelib.dossier.items import Head
from chalicelib.dossier.joined import formers_of
from chalicelib.dossier.news import newer
from chalicelib.dossier.table import TABLE, used_up_key
from chalicelib.dossier.ties import tie_parts
from chalicelib.kernel import aws
from chalicelib.kernel.access import Principal, Relation, Stage
from chalicelib.kernel.clock import stamp
from chalicelib.law.rules import MandateState
from chalicelib.law.states import TERMINAL

DONE: Final = ("work_done", "expired")
"""Ends of a representation that came as was agreed (Civil Code Art. 140(3)): its clause on the result stays."""


class Representation(Stored, frozen=True, kw_only=True):
    """A representation as of what was told at `at`. What holds in the moment of a promise, identity's fence proves."""

    shape = 1

    said: RepresentationKept
    at: str

    def holds(self, now: datetime) -> bool:
        """Whether it is active and within its term."""
        moment, said = stamp(now), self.said
        return said.state == "active" and said.opens <= moment and (said.closes is None or moment < said.closes)

    def covers(self, procedure: str) -> bool:
        """Whether it is for this procedure."""
        return not self.said.procedures or procedure in self.said.procedures


def relation_of(who: Principal, head: Head, now: datetime) -> Relation:
    """How somebody stands to a draft or dossier; who may act for its holder no more is a stranger to it.

    One read where a representative asks, and one of their former numbers for who would be a stranger without them; none
    for anybody else. What holds in the moment of a promise, the fence proves.
    """
    if who.agency:
        return _of_agencies(who.agencies, head)
    if not who.holder:
        return Relation.STRANGER
    found = _standing([who.holder], head, representation_of, now)
    return _standing(formers_of(who.holder), head, representation_of, now) if found is Relation.STRANGER else found


def _of_agencies(agencies: Collection[str], head: Head) -> Relation:
    """How officers of some agencies stand to a dossier: who receives or decides it does more than who takes part."""
    above = (each.to for each in head.above or ())
    if head.agency in agencies or head.competent in agencies or any(each in agencies for each in above):
        return Relation.AGENCY
    return Relation.PARTICIPANT if any(each in agencies for each in head.participants or ()) else Relation.STRANGER


def relations_of(holders: Collection[str], heads: Sequence[Head], now: datetime) -> list[Relation]:
    """The same of many at once, for a person who is known by all their numbers (keyed hashes).

    One read for all that representatives filed, none where there is nothing of that kind.
    """
    under = sorted({head.acting.under for head in heads if head.acting})
    rows = aws.many(TABLE(), [_key(each) for each in under]) if under else ()
    kept = {each.said.id: each for each in (read(Representation, row) for row in rows)}
    return [_standing(holders, head, kept.get, now) for head in heads]


def _standing(
    holders: Collection[str], head: Head, kept: Callable[[str], Representation | None], now: datetime
) -> Relation:
    """How a person with these numbers stands to a dossier."""
    if head.holder in holders:
        return Relation.HOLDER
    if any(each.holder in holders for each in head.co_holders or ()):
        return Relation.CO_HOLDER
    if head.acting and head.acting.by in holders and _holds(kept(head.acting.under), now):
        return Relation.REPRESENTATIVE
    return Relation.STRANGER


def _holds(kept: Representation | None, now: datetime) -> bool:
    return kept is not None and kept.holds(now)


def still_acts(acting: Acting, now: datetime) -> bool:
    """Whether the representation by which somebody files holds now (Civil Code Art. 140(3))."""
    return _holds(representation_of(acting.under), now)


def mandate_state(acting: Acting, now: datetime) -> MandateState:
    """What became of the representation by which somebody filed; one that we never heard of gives them nothing."""
    kept = representation_of(acting.under)
    if kept is None or (kept.said.state == "ended" and kept.said.ended_why not in DONE):
        return "revoked"
    is_over = kept.said.state == "ended" or (kept.said.closes is not None and kept.said.closes <= stamp(now))
    return "expired" if is_over else "active"


def stage_of(head: Head) -> Stage:
    """Where a draft or dossier is on its way."""
    if head.is_draft:
        return Stage.DRAFT
    return Stage.ENDED if head.state in TERMINAL else Stage.OPEN


def representation_of(representation: str) -> Representation | None:
    """A representation as we last heard of it; None when we never did."""
    item = aws.get(TABLE(), *_key(representation))
    return read(Representation, item) if item else None


def is_used_up(said: RepresentationKept) -> bool:
    """Whether its terms, or those above it, are for one act and were used: a read for such ones alone."""
    own = OneAct(id=said.id, version=said.version) if said.for_one_act else None
    acts = [each for each in (own, said.above) if each]
    return any(aws.get(TABLE(), *used_up_key(each.id, each.version)) is not None for each in acts)


def remember_representation(event: RepresentationKept, at: str) -> None:
    """Keep what identity told, unless we hold it or something newer."""
    try:
        fields = {"said": told(event), "shape": Representation.shape}
        aws.transact({"kept": newer(_key(event.id), fields, at), **tie_parts(event)})
    except aws.Lost:
        return


def _key(representation: str) -> tuple[str, str]:
    return f"REPRESENTATION#{representation}", "KEPT"
