"""The consultations of a dossier as its log tells them."""

from dataclasses import dataclass
from typing import Literal

import msgspec

from chalicelib.contracts.consulting import ConsultationAnswered, ConsultationAsked, ConsultationUnanswered
from chalicelib.contracts.event import heard
from chalicelib.contracts.stored import typed
from chalicelib.dossier.reading import Dossier
from chalicelib.sealing.door import unseal

Became = Literal["agreed", "disagreed", "unanswered"]


class _Said(msgspec.Struct, frozen=True):
    content: str = ""
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class Consultation:
    """A question and what became of it: times are stored stamps, texts in clear for the agencies of the dossier."""

    leg: str
    round: int
    asks: str
    agency: str
    content: str
    asked_at: str
    due_at: str
    outcome: Became | None = None
    opinion: str = ""
    answered_at: str | None = None


def consultations(dossier: Dossier) -> list[Consultation]:
    """All of a dossier that was read with its log, in the order in which they were asked. Raises ContentErased."""
    found: dict[tuple[str, int], Consultation] = {}
    for row in dossier.events:
        if row.type == ConsultationAsked.type:
            asked = typed(ConsultationAsked, row.data, row.stored)
            found[asked.leg, asked.round] = Consultation(
                leg=asked.leg,
                round=asked.round,
                asks=asked.asks,
                agency=asked.agency,
                content=_said(dossier, asked.sealed).content,
                asked_at=row.at,
                due_at=asked.due_at,
            )
        elif row.type == ConsultationAnswered.type:
            answered = typed(ConsultationAnswered, row.data, row.stored)
            opinion = _said(dossier, answered.sealed).opinion if answered.sealed else ""
            _became(found, (answered.leg, answered.round), answered.outcome, row.at, opinion)
        elif row.type == ConsultationUnanswered.type:
            silent = typed(ConsultationUnanswered, row.data, row.stored)
            _became(found, (silent.leg, silent.round), "unanswered", row.at)
    return list(found.values())


def _became(
    found: dict[tuple[str, int], Consultation], which: tuple[str, int], outcome: Became, at: str, opinion: str = ""
) -> None:
    if asked := found.get(which):
        found[which] = _with(asked, outcome, at, opinion)


def _with(asked: Consultation, outcome: Became, at: str, opinion: str) -> Consultation:
    return Consultation(
        leg=asked.leg,
        round=asked.round,
        asks=asked.asks,
        agency=asked.agency,
        content=asked.content,
        asked_at=asked.asked_at,
        due_at=asked.due_at,
        outcome=outcome,
        opinion=opinion,
        answered_at=at,
    )


def _said(dossier: Dossier, sealed: str) -> _Said:
    return heard(_Said, unseal(dossier.reference, sealed))
