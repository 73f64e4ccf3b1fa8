"""What is stored of guidance."""

from typing import Literal

from chalicelib.contracts.guidance import Guidance
from chalicelib.contracts.plan import Part
from chalicelib.contracts.stored import Stored
from chalicelib.kernel.record import Head

type Said = Literal["done", "dropped"]


class Ended(Part, frozen=True, kw_only=True):
    """How guidance ended: who said so, by subject and name, when; `done_by` is the version that carried it out."""

    said: Said
    by: str
    name: str
    at: str
    done_by: int | None = None
    why: str = ""


class GuidanceHead(Head, frozen=True, kw_only=True):
    """The record of guidance; `body` is the hash of the request that gave it."""

    shape = 1

    guidance: Guidance | None = None
    body: str = ""
    ended: Ended | None = None


class ListedGuidance(Stored, frozen=True, kw_only=True):
    """Guidance in the list of the authority that keeps its procedure."""

    shape = 1

    guidance: Guidance
    given_at: str
    ended: Ended | None = None
