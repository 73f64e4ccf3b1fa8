"""What of a dossier's log findings are made of, kept as marks: each names its event. Pure; the order is the log's.

Of events that are no facts only what comes before a fact is marked: nothing that is found hangs on one that follows the
last fact, which may not be folded yet.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final

from msgspec.structs import replace

from chalicelib.contracts.digitisation import ComponentReceived
from chalicelib.contracts.event import Event
from chalicelib.contracts.lifecycle import (
    CorrectionOpened,
    DossierRefused,
    DossierStopped,
    DossierSupplemented,
    PaymentRecorded,
    PaymentRequested,
    SupplementRequested,
)
from chalicelib.contracts.onestop import DossierAccepted, DossierProcessed, DossierVerified, LegCompleted, Notice
from chalicelib.contracts.submission import DossierSubmitted, SealLine
from chalicelib.measures.model import Mark, Measured, What

DIGITS: Final = 16
"""Of a file's SHA-256: enough to tell the files of one dossier apart, by far."""

type Change = Callable[[Measured, Any, int], Measured]


def has(marks: Iterable[Mark], *what: What) -> bool:
    """Whether one of these stands there."""
    return any(each.what in what for each in marks)


def has_ended(measured: Measured) -> bool:
    """Whether it ended once."""
    return has(measured.marks, "processed", "closed")


def _with(was: Measured, what: What, number: int, at: str, due_at: str | None = None) -> Measured:
    """One mark more; what goes on after the end is marked as that, once."""
    goes_on = what not in {"own_file", "corrected"} and has_ended(was)
    if goes_on and has(was.marks, "went_on"):
        return was
    mark = Mark(number=number, what="went_on" if goes_on else what, at=at, due_at=due_at)
    return replace(was, marks=(*was.marks, mark))


def _notice(what: What) -> Change:
    return lambda was, told, number: _with(was, what, number, told.processed_at, told.due_at)


def _submitted(was: Measured, told: DossierSubmitted, number: int) -> Measured:
    return _handed_in(_with(was, "submitted", number, told.received_at), told.components)


def _accepted(was: Measured, told: DossierAccepted, number: int) -> Measured:
    """Beside what came online, what came on paper is no matter any more."""
    came_online = bool(was.files) or was.reuses
    kept = tuple(each for each in was.marks if not (came_online and each.what == "on_paper"))
    return _with(replace(was, marks=kept), "accepted", number, told.processed_at, told.due_at)


def _handed_in(was: Measured, lines: Iterable[SealLine]) -> Measured:
    more = (each.sha256[:DIGITS] for each in lines)
    return replace(was, files=tuple(dict.fromkeys((*was.files, *more))))


def _received(was: Measured, told: ComponentReceived, number: int) -> Measured:
    """A result on paper that is the applicant's own file, or the first component that came on paper."""
    if has_ended(was):
        return was
    if told.result is not None:
        return _own(was, told.sha256, number, told.received_at)
    if told.origin == "upload" or has(was.marks, "accepted", "on_paper"):
        return was
    return _with(was, "on_paper", number, told.received_at)


def _own(was: Measured, sha256: str, number: int, at: str) -> Measured:
    is_own = sha256[:DIGITS] in was.files and not has(was.marks, "own_file")
    return _with(was, "own_file", number, at) if is_own else was


def _step(was: Measured, told: Notice, number: int) -> Measured:
    if has_ended(was) or has(was.marks, "step"):
        return was
    return _with(was, "step", number, told.processed_at)


def _answered(was: Measured, told: DossierSupplemented, number: int) -> Measured:
    what: What = "restarted" if told.restarted else "answered"
    return _handed_in(_with(was, what, number, told.processed_at, told.due_at), told.components)


def _paid(was: Measured, told: PaymentRecorded, number: int) -> Measured:
    is_unproved = told.paid_by == "portal" and not told.transaction
    return _with(was, "paid_unproved" if is_unproved else "paid", number, told.processed_at, told.due_at)


def _closed(was: Measured, told: DossierRefused | DossierStopped, number: int) -> Measured:
    return replace(_with(was, "closed", number, told.processed_at, told.due_at), files=())


def _processed(was: Measured, told: DossierProcessed, number: int) -> Measured:
    own = _own(was, told.sha256, number, told.processed_at)
    return replace(_with(own, "processed", number, told.processed_at, told.due_at), files=())


BESIDE: Final[tuple[tuple[type[Event], Change], ...]] = (
    (ComponentReceived, _received),
    (DossierVerified, _step),
    (LegCompleted, _step),
)
"""What is marked when a fact that follows is folded, and is none itself."""
MARKED: Final[tuple[tuple[type[Event], Change], ...]] = (
    (DossierSubmitted, _submitted),
    (DossierAccepted, _accepted),
    (SupplementRequested, _notice("asked")),
    (DossierSupplemented, _answered),
    (PaymentRequested, _notice("to_pay")),
    (PaymentRecorded, _paid),
    (DossierRefused, _closed),
    (DossierStopped, _closed),
    (DossierProcessed, _processed),
    (CorrectionOpened, _notice("corrected")),
)
"""What is marked and a fact as well."""
