"""What is stored of representations by law, and of numbers that belong to one person. Pure.

Of what a register said only its yes is kept, and when. Keys hold keyed hashes; names and numbers are sealed.
"""

from datetime import datetime
from typing import Literal

from chalicelib.contracts.identity import ChangeKind, RepresentationKept, RepresentativeAct
from chalicelib.contracts.stored import Stored, Unreadable
from chalicelib.kernel.clock import stamp
from chalicelib.kernel.record import Head

ALL_ACTS: tuple[RepresentativeAct, ...] = ("file", "supplement", "withdraw", "pay", "notices")
"""What a parent or guardian may do: all of it (Civil Code 91/2015 Art. 136, 141)."""

type Ground = Literal["parent", "guardian"]
type EndWhy = Literal["representative", ChangeKind]
type Side = Literal["represented", "representative"]


class RepresentationHead(Head, frozen=True, kw_only=True):
    """The record of a representation by law: what was told of it last, and what the register confirmed when.

    Names, numbers and the birth date of the represented are sealed in what was told.
    """

    shape = 1

    said: RepresentationKept | None = None
    register: str = "population"
    confirmed_at: str = ""
    basis: str = ""


class Kin(Stored, frozen=True, kw_only=True):
    """The newest representation between two persons, in the partition of each: `other` is the keyed hash of the other.

    `role` is what the partition's person is in it.
    """

    shape = 1

    representation: str
    other: str
    role: Side


class Asked(Stored, frozen=True, kw_only=True):
    """The request that made a representation, under its Idempotency-Key; `body` is its hash."""

    shape = 1

    representation: str
    body: str


class PersonHead(Head, frozen=True, kw_only=True):
    """The record of what registers said became of a person or organisation."""

    shape = 1

    change: ChangeKind | None = None


def said_of(head: RepresentationHead) -> RepresentationKept:
    """What was told of it last. Raises stored.Unreadable for a record that says nothing."""
    if head.said is None:
        raise Unreadable("RepresentationHead.said: missing", head.pk)
    return head.said


def stands(head: RepresentationHead, now: datetime) -> bool:
    """Whether it is active at a moment: neither ended nor over."""
    said = said_of(head)
    return said.state == "active" and (said.closes is None or stamp(now) < said.closes)
