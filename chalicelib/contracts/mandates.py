"""What identity tells of mandates before they hold: what one side offers, and what the other declines."""

from typing import Literal

from chalicelib.contracts.event import Event

MandateSide = Literal["represented", "giver", "representative"]
"""`giver` is the representative of the first mandate, who gives a sub-mandate out of it."""


class MandateOffered(Event, frozen=True, kw_only=True):
    """One side offers a mandate, or other terms of one; nothing holds before the other side confirms.

    `terms` is the number of the terms, from 1.
    """

    type = "vn.motcua.mandate.offered"

    mandate: str
    terms: int
    by: MandateSide


class MandateProved(Event, frozen=True, kw_only=True):
    """The file that proves the form of some terms came, with the very bytes that they name; a side posted it."""

    type = "vn.motcua.mandate.proved"

    mandate: str
    terms: int
    by: MandateSide
    sha256: str


class MandateDeclined(Event, frozen=True, kw_only=True):
    """Terms that waited are none any more: the other side declined them, or their side took them back."""

    type = "vn.motcua.mandate.declined"

    mandate: str
    terms: int
    by: MandateSide
