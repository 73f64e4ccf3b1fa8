"""The facts that a dossier's log tells, folded into what is counted of it. Pure; the order is that of the log."""

from collections.abc import Callable, Iterable
from functools import reduce
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from chalicelib.contracts.event import Event, heard
from chalicelib.contracts.lifecycle import (
    DossierRefused,
    DossierStopped,
    DossierSupplemented,
    PaymentRequested,
    SupplementRequested,
    TermExtended,
)
from chalicelib.contracts.onestop import DossierAccepted, DossierProcessed, DossierRedirected, DossierReturned
from chalicelib.contracts.originals import OriginalHandedOn, OriginalReturned
from chalicelib.contracts.ratings import DossierRated
from chalicelib.contracts.submission import ComponentReferred, DossierSubmitted, FiledFee
from chalicelib.measures.marks import BESIDE, MARKED, Change
from chalicelib.measures.model import UNSAID, Ending, Measured

COUNTER: Final = "counter"
"""The destination of a result that somebody comes for."""
_STOPPED: Final[dict[str, Ending]] = {
    "withdrawn": "withdrawn",
    "supplement_lapsed": "lapsed",
    "refused": "stopped",
    "upstream": "stopped",
}


class Told(NamedTuple):
    """An event of a log, as far as it is folded: its number in the dossier, its type, its data as it stands there."""

    number: int
    type: str
    data: Any


def folded(measured: Measured, rows: Iterable[Told]) -> Measured:
    """What is counted of a dossier after more of its log; what was folded before changes nothing.

    Raises contracts.event.Malformed for data that is not what its contract says.
    """
    return reduce(_after, rows, measured)


def is_fact(kind: str) -> bool:
    """Whether an event of this type changes what is counted, or completes what may be found."""
    return kind in _FACTS


def _after(measured: Measured, row: Told) -> Measured:
    if row.number <= measured.number:
        return measured
    now = measured
    for known in (_CHANGED.get(row.type), _MARKS.get(row.type)):
        if known is not None:
            kind, change = known
            now = change(now, heard(kind, row.data), row.number)
    return replace(now, number=row.number)


def _submitted(was: Measured, told: DossierSubmitted) -> Measured:
    return replace(
        was,
        unit=told.agency,
        procedure=told.procedure,
        corrects=told.corrects is not None,
        channel=told.channel,
        party=told.party or UNSAID,
        received_at=told.received_at,
        owes=was.owes or _owes(told.fee),
    )


def _owes(fee: FiledFee | None) -> bool:
    """Whether something is to be paid; an amount that is not known is no amount of 0."""
    return fee is not None and fee.amount != 0


def _referred(was: Measured, _: ComponentReferred) -> Measured:
    return replace(was, reuses=True)


def _redirected(was: Measured, told: DossierRedirected) -> Measured:
    return replace(was, unit=told.to)


def _accepted(was: Measured, told: DossierAccepted) -> Measured:
    return replace(was, accepted_at=told.processed_at)


def _asked(was: Measured, told: SupplementRequested) -> Measured:
    return replace(was, asked=(*was.asked, told.processed_at))


def _answered(was: Measured, told: DossierSupplemented) -> Measured:
    came = replace(was, answered=(*was.answered, told.processed_at))
    return replace(came, in_person=True) if told.by_officer else came


def _to_pay(was: Measured, _: PaymentRequested) -> Measured:
    return replace(was, owes=True)


def _extended(was: Measured, told: TermExtended) -> Measured:
    return replace(was, extended_at=told.processed_at)


def _refused(was: Measured, told: DossierRefused) -> Measured:
    return _ended(was, "lapsed" if told.why == "supplement_lapsed" else "refused", told.processed_at, told.due_at)


def _stopped(was: Measured, told: DossierStopped) -> Measured:
    return _ended(was, _STOPPED[told.why], told.processed_at, told.due_at)


def _processed(was: Measured, told: DossierProcessed) -> Measured:
    return _ended(was, "processed", told.processed_at, told.due_at)


def _ended(was: Measured, ending: Ending, at: str, due_at: str | None) -> Measured:
    return replace(was, ending=ending, ended_at=at, due_at=due_at)


def _returned(was: Measured, told: DossierReturned) -> Measured:
    came = any(each.destination == COUNTER for each in told.delivered)
    return replace(was, returned_at=told.processed_at, in_person=was.in_person or came)


def _rated(was: Measured, told: DossierRated) -> Measured:
    """The first one: nobody rates twice."""
    return was if was.rated_at else replace(was, rated_at=told.rated_at, satisfied=told.satisfied)


def _on_paper(was: Measured, _: OriginalHandedOn | OriginalReturned) -> Measured:
    return replace(was, in_person=True)


def _numberless(change: Callable[[Measured, Any], Measured]) -> Change:
    return lambda was, told, _number: change(was, told)


_CHANGES: Final[tuple[tuple[type[Event], Callable[[Measured, Any], Measured]], ...]] = (
    (ComponentReferred, _referred),
    (DossierSubmitted, _submitted),
    (DossierRedirected, _redirected),
    (DossierAccepted, _accepted),
    (SupplementRequested, _asked),
    (DossierSupplemented, _answered),
    (PaymentRequested, _to_pay),
    (TermExtended, _extended),
    (DossierRefused, _refused),
    (DossierStopped, _stopped),
    (DossierProcessed, _processed),
    (DossierReturned, _returned),
    (DossierRated, _rated),
    (OriginalHandedOn, _on_paper),
    (OriginalReturned, _on_paper),
)
_CHANGED: Final = {kind.type: (kind, _numberless(change)) for kind, change in _CHANGES}
_MARKS: Final = {kind.type: (kind, change) for kind, change in (*MARKED, *BESIDE)}
_FACTS: Final = _CHANGED.keys() | {kind.type for kind, _ in MARKED}
