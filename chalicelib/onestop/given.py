"""What an officer says with the outcome of a task."""

import msgspec

from chalicelib.contracts.lifecycle import AskedItem


class SupplementGiven(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that has to be supplemented, once; `override`: why a further request, by another one, is needed."""

    items: tuple[AskedItem, ...]
    override: str = ""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """An outcome by its name, and the note of the control slip.

    `reason` of a refusal in words that a citizen understands, `basis` its clause; `supplement` of a request.
    """

    outcome: str
    note: str = ""
    supplement: SupplementGiven | None = None
    reason: str = ""
    """What the applicant is told, in words."""
    basis: str = ""
    authorisation: str | None = None
    """Of what a stranger brought for a person, or the post: the component that is the scan of what proves it theirs."""
