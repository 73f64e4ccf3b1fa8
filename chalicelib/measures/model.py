"""What is kept of a dossier to count it, and of an agency to add counts up. Pure.

Times are stored stamps (UTC); a month is one of Asia/Ho_Chi_Minh, as `2026-11`.
"""

import zlib
from typing import Final, Literal

from chalicelib.contracts.catalogue import Agency
from chalicelib.contracts.petitions import PetitionKind
from chalicelib.contracts.plan import Part
from chalicelib.contracts.stored import Stored
from chalicelib.kernel.clock import ZONE, moment
from chalicelib.law.findings import RuleId

SHARDS: Final = 8
"""Parts of a unit's counters: all that the country files at one moment may be of one unit, and no key is hot."""
UNSAID: Final = "unsaid"
"""The party of a dossier whose log does not say it, and the channel."""
ONLINE: Final = "ONLINE"

type Ending = Literal["processed", "refused", "withdrawn", "lapsed", "stopped"]
"""`refused`: never accepted. `lapsed`: no supplement came. `stopped`: by the agency after acceptance, or upstream."""


type What = Literal[
    "submitted",
    "on_paper",
    "accepted",
    "step",
    "asked",
    "answered",
    "restarted",
    "to_pay",
    "paid",
    "paid_unproved",
    "own_file",
    "processed",
    "closed",
    "went_on",
    "corrected",
]
"""`on_paper`: a component came on paper before acceptance, the first one. `step`: the first of those who process it.
`restarted`: a supplement came, and the term began anew. `paid_unproved`: on the portal, by an officer's word alone.
`own_file`: the result is a file of the applicant. `closed`: ended without a result. `went_on`: though it had ended."""


class Mark(Part, frozen=True, kw_only=True):
    """An event of the log by which findings are made: its number, what it is, when, when the dossier was due then."""

    number: int
    what: What
    at: str
    due_at: str | None = None


class Petitioned(Part, frozen=True, kw_only=True):
    """That a petition which names the dossier was filed, or how it ended."""

    petition: str
    kind: PetitionKind
    what: Literal["filed", "answered", "refused", "withdrawn"]
    at: str


class Measured(Stored, frozen=True, kw_only=True, omit_defaults=True):
    """What is counted of one dossier, as its log said it up to event `number`.

    `unit` is the agency that decides it. `owes`: something is to be paid. `in_person`: somebody came, or paper was
    handed over. `asked` and `answered` are its requests to supplement and what came, in order. `marks` is what findings
    are made of; `files` the beginnings of the SHA-256 of what the applicant handed in, until there is a result.
    `petitions` are told by logs of their own, in any order: `number` says nothing of them. Of very many one stands for
    the rest (`petitions.petitioned`).
    """

    shape = 1

    number: int = 0
    unit: str = ""
    procedure: str = ""
    corrects: bool = False
    """Whether it mends an officer's error: the agency made it necessary."""
    channel: str = UNSAID
    party: str = UNSAID
    received_at: str | None = None
    accepted_at: str | None = None
    asked: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    extended_at: str | None = None
    ended_at: str | None = None
    ending: Ending | None = None
    due_at: str | None = None
    """When it was due as it ended; None where nothing says so."""
    returned_at: str | None = None
    rated_at: str | None = None
    satisfied: bool = False
    """What the rating says; nothing where nobody rated."""
    reuses: bool = False
    owes: bool = False
    in_person: bool = False
    marks: tuple[Mark, ...] = ()
    files: tuple[str, ...] = ()
    petitions: tuple[Petitioned, ...] = ()


type Rule = RuleId | Literal["closed_just_before_due"]
"""A rule, or what is one with many others: that a dossier was closed just before it was due is none by itself."""


class Finding(Stored, frozen=True, kw_only=True, omit_defaults=True):
    """What a rule found in a dossier: where it counts, when, and its evidence in the order of the log.

    `number` is the event by which it was complete, `at` when that was.
    """

    shape = 1

    rule: Rule
    reference: str
    number: int
    at: str
    unit: str
    procedure: str
    channel: str
    party: str
    evidence: tuple[Mark, ...]


class UnitEntry(Part, frozen=True, kw_only=True):
    """An agency in the tree for a time: Vietnamese days, the first included, the last not."""

    valid_from: str
    valid_to: str | None = None
    parent: str | None = None
    successors: tuple[str, ...] = ()


class Unit(Stored, frozen=True, kw_only=True):
    """An agency as the catalogue told it last: the event's `number` in its record."""

    shape = 1

    id: str
    name: str
    number: int
    entries: tuple[UnitEntry, ...] = ()


LATER: Final = frozenset({"ended_rated", "ended_displeased"})
"""Counts that not every generation was made with. An earlier one has them of what moved since, and of nothing else."""


class Serving(Stored, frozen=True, kw_only=True):
    """Which generation of counters is shown and counted on; a rebuild makes the next one.

    `later`: those of `LATER` that it was made with.
    """

    shape = 1

    generation: int
    later: tuple[str, ...] = ()


def unit_of(told: Agency, number: int) -> Unit:
    """An agency as the catalogue told it."""
    entries = tuple(
        UnitEntry(
            valid_from=each.valid_from, valid_to=each.valid_to, parent=each.parent, successors=tuple(each.successors)
        )
        for each in told.entries
    )
    return Unit(id=told.id, name=told.name, number=number, entries=entries)


def shard_of(reference: str) -> int:
    """The part of its unit's counters in which a dossier is counted."""
    return zlib.crc32(reference.encode()) % SHARDS


def month_of(stamped: str) -> str:
    """The month of Vietnam's calendar in which a moment lies."""
    return moment(stamped).astimezone(ZONE).strftime("%Y-%m")


def day_of(stamped: str) -> str:
    """The day of Vietnam's calendar in which a moment lies."""
    return moment(stamped).astimezone(ZONE).date().isoformat()
