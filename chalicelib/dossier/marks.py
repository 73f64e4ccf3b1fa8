"""What is noted of a dossier beside its parts: what happened to its clock, its term, its result, its desks. Pure."""

from typing import Literal

import msgspec

from chalicelib.contracts.stored import Stored
from chalicelib.law.stops import StopReason


class ClockMark(msgspec.Struct, frozen=True, kw_only=True):
    """What stops the statutory clock, lets it run again, begins it anew or lengthens it; `at` is a stored stamp.

    `reason` of a stop and its resume: supplement, payment, consent, confirmation, outage; `term` of an extension.
    """

    type: Literal["stop", "resume", "restart", "extend"]
    at: str
    reason: StopReason | None = None
    term: str | None = None
    outage: str | None = None
    """The announced outage for which it stands, by its id: its end may move."""


class ClockItem(Stored, frozen=True, kw_only=True):
    """What happened to a dossier's clock after its acceptance; a dossier to which nothing did has none.

    `supplements` counts the requests for a supplement, before the acceptance too.
    """

    shape = 1

    marks: tuple[ClockMark, ...] = ()
    supplements: int = 0


class Above(msgspec.Struct, frozen=True, kw_only=True):
    """Tasks of these kinds of one agency stand with the agency above it: all who do them there have an interest."""

    of: str
    to: str
    kinds: tuple[str, ...]


class TakenLine(msgspec.Struct, frozen=True, kw_only=True):
    """The line of its plan's term by which a dossier is due, and what its agency said then of its commune."""

    line: int
    areas: tuple[str, ...] | None = None


class ResultFault(msgspec.Struct, frozen=True, kw_only=True):
    """Why a result cannot be printed as the dossier stands."""

    code: str
    vi: str
    en: str
