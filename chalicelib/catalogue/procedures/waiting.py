"""A version that waits for somebody: the row by which its agency finds it, until it is out or taken back."""

from typing import Literal

from chalicelib.catalogue.procedures.items import VersionItem, VersionState
from chalicelib.catalogue.procedures.model import SHIPPED
from chalicelib.contracts.stored import Stored

Wait = Literal["draft", "review", "reviewed"]
"""For its author, for a reviewer, for a publisher."""


class Waiting(Stored, frozen=True, kw_only=True):
    """A row of an agency's list: which version, for whom it waits since when (a stamp), who wrote at it."""

    shape = 1

    code: str
    version: int
    wait: Wait
    name_vi: str
    since: str
    fields: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    author_numbers: tuple[str, ...] = ()


def list_of(agency: str) -> str:
    """The partition of what waits at an agency: that of whoever began the version."""
    return f"WAITING#{agency}"


def place_of(item: VersionItem) -> tuple[str, str] | None:
    """Where the row of a version stands; None of what came with the project or from the first release."""
    if item.owner in ("", SHIPPED):
        return None
    return list_of(item.owner), f"{item.code}#{item.version:04d}"


def waiting_of(item: VersionItem, since: str) -> Waiting | None:
    """The row of a version; None of one for which nobody has to do anything."""
    if item.state not in (VersionState.DRAFT, VersionState.REVIEW):
        return None
    facts = item.facts
    return Waiting(
        code=item.code,
        version=item.version,
        wait="draft" if item.state is VersionState.DRAFT else "reviewed" if item.review else "review",
        name_vi=facts.name_vi,
        since=since,
        fields=tuple(each.name_vi for each in facts.all_fields),
        authors=item.all_authors,
        author_numbers=item.author_numbers,
    )
