"""What the ledger tells: a file of a person was stored for them, somebody got a link to it, or a register was asked."""

from typing import Literal

from chalicelib.contracts.event import Event
from chalicelib.contracts.plan import UNSAID_LEVEL, Part


class RegisterAsked(Part, frozen=True, kw_only=True):
    """What a register was asked of a person: which, for what, which fields. Never a value."""

    register: str
    purpose: str
    use: str
    fields: tuple[str, ...] = ()


class ValueReviewed(Part, frozen=True, kw_only=True):
    """Which field of a paper an officer looked at, and what they did with its value. Never the value."""

    field: str
    verb: str


class LineWritten(Event, frozen=True, kw_only=True):
    """A line of a person's ledger, written before the link is given.

    `by` is `owner`, the id of an agency, or `person`: a representative or a co-holder; `officer` is who that was.
    `basis` is a clause of law, or the dossier that was handled. `route` is the part of the API that gave the link; what
    was stored was given to nobody.
    """

    type = "vn.motcua.ledger.line"
    heard_by = ("vault_watch_reads",)

    act: Literal["stored", "read"]
    document: str
    by: str
    basis: str
    reference: str
    sha256: str
    route: str | None = None
    officer: str | None = None
    refused: bool = False
    """Whether nothing was given, since there was no right to it: `by` is the portal that tried, `basis` says why. `act`
    is `read` then too: releases that know no other word read the line."""
    min_level: int = UNSAID_LEVEL
    """Level of identity with which its owner reads of it."""
    portal: str | None = None
    """The portal that asked for whoever looked, by its client id."""
    client: str | None = None
    """The client to which the token of whoever looked was issued; nothing where it named none, or none was needed."""
    asked: RegisterAsked | None = None
    """A register was asked, and no file was given; the release before reads such a line as a read of `document`."""
    reviewed: ValueReviewed | None = None
    """A value that was read on `document` was looked at: a line of a release that took one value an answer."""
    withdrawn: bool = False
    """Whether nothing was read: `by` withdrew `document` by the decision `basis`. `act` is `read` then too."""
    values: tuple[ValueReviewed, ...] = ()
    """Values that were read on `document` were looked at; the release before reads such a line as a read of it."""

    @property
    def looked_at(self) -> tuple[ValueReviewed, ...]:
        """The values of which the line tells, whichever release wrote it."""
        return (self.reviewed, *self.values) if self.reviewed else self.values
