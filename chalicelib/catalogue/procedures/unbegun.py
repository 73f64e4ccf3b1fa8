"""A national record of which no draft was begun since it came as it is: the row by which its keeper finds it."""

from typing import Literal

from chalicelib.catalogue.procedures.facts import Facts
from chalicelib.contracts.stored import Stored

Since = Literal["new", "changed"]
"""No version was begun at all; or an import changed the record after the newest version was begun."""


class Unbegun(Stored, frozen=True, kw_only=True):
    """A row of an agency's list of records: of which procedure, since when (a stamp)."""

    shape = 1

    code: str
    wait: Since
    name_vi: str
    since: str
    fields: tuple[str, ...] = ()


def records_of(agency: str) -> str:
    """The partition of records at the agency that keeps their procedures."""
    return f"RECORDS#{agency}"


def unbegun(facts: Facts, *, latest: int, since: str) -> Unbegun:
    """The row of a record that came just now; `latest`: the highest number of a version, 0 for none."""
    return Unbegun(
        code=facts.code,
        wait="changed" if latest else "new",
        name_vi=facts.name_vi,
        since=since,
        fields=tuple(each.name_vi for each in facts.all_fields),
    )
