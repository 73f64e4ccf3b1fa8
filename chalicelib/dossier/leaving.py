"""Who left, or will, and whose claimed tasks others take over then: a list by day that the sweep goes through."""

from collections.abc import Iterator, Mapping
from typing import Final

import msgspec

from chalicelib.dossier.table import TABLE
from chalicelib.kernel import aws
from chalicelib.kernel.rounds import typed_rows

LEAVING: Final = "LEAVING"
"""Partition with a row for each officer, or whole agency, that leaves on a day."""
FURTHEST: Final = 5
"""How many colleagues one after the other are asked who took over from them: each may have left since."""


class Leaver(msgspec.Struct, frozen=True, kw_only=True):
    """An officer (keyed hash) of an agency and the first day without them; no officer: the agency ended."""

    sk: str

    @property
    def agency(self) -> str:
        """The agency."""
        return self.sk.split("#")[1]

    @property
    def officer(self) -> str:
        """The officer; empty: all of the agency."""
        return self.sk.split("#")[2]


def leaves(agency: str, day: str, officer: str = "") -> Mapping[str, aws.Op]:
    """On a Vietnamese day an officer leaves, or an agency ends: for the transaction that remembers it."""
    return {f"leaves {day}": aws.put(TABLE(), {"pk": LEAVING, "sk": f"{day}#{agency}#{officer}"})}


def gone(day: str) -> Iterator[Leaver]:
    """Those whose day has come, the first ones first."""
    yield from typed_rows(Leaver, aws.between(TABLE(), LEAVING, "0", f"{day}#\U0010ffff"))


def forget(leaver: Leaver) -> None:
    """They have nothing any more; two who forget at once do no harm."""
    aws.alone(aws.delete(TABLE(), (LEAVING, leaver.sk)))
