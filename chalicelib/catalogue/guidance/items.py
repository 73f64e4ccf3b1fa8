"""What is stored of guidance."""

from typing import Literal

from chalicelib.contracts.guidance import Guidance
from chalicelib.contracts.plan import Part
from chalicelib.kernel.record import Head

type Said = Literal["done", "dropped"]


class Ended(Part, frozen=True, kw_only=True):
    """How guidance ended: who said so, by subject and name, when; `done_by` is the version that carried it out.

    `keeper` kept the procedure then; empty in what ended before that was kept: the owner to whom it was given.
    """

    said: Said
    by: str
    name: str
    at: str
    done_by: int | None = None
    why: str = ""
    keeper: str = ""


class GuidanceHead(Head, frozen=True, kw_only=True):
    """The record of guidance; `body` is the hash of the request that gave it."""

    shape = 1

    guidance: Guidance | None = None
    body: str = ""
    ended: Ended | None = None
