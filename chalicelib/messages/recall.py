"""A withdrawal that one leader proposed, until another one confirms or declines it."""

from typing import ClassVar

from chalicelib.contracts.messages import RecallReason
from chalicelib.contracts.plan import Part
from chalicelib.contracts.stored import Stored


class Recall(Part, frozen=True, kw_only=True):
    """That a leader (keyed hash) proposed to withdraw a document, when, by which decision, and why; its n-th proposal.

    `numbers` are the keyed hashes of their personal number; `above` is the agency above, which may confirm it.
    """

    by: str
    at: str
    decision: str
    reason: RecallReason
    numbers: tuple[str, ...] = ()
    above: str | None = None
    number: int = 1
    declined_at: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether it waits for a second leader."""
        return self.declined_at is None


class RecallListed(Stored, frozen=True, kw_only=True):
    """A proposed withdrawal on the list of whoever may confirm it."""

    shape: ClassVar[int] = 1

    message: str
    reference: str
    agency: str
    title: str
    at: str
    decision: str
    reason: RecallReason
    number: int


def recalls_key(agency: str) -> str:
    """Where those withdrawals stand that wait for a second leader of an agency."""
    return f"WITHDRAWALS#{agency}"
