"""From how many dossiers on a cell is published, and whose cells that holds for: data, not law."""

from pathlib import Path
from typing import Final

import msgspec

from infra.opendata.cube import ALL, PARTIES, Key

FEWEST: Final = 2
"""A group of one is nobody's policy."""
ORGANISATION: Final = "ORGANISATION"
"""The one party whose small cells a policy may show: all others are persons, or may be."""


class BadPolicy(ValueError):
    """A policy that protects nobody, or says a party that there is not."""


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`least`: k. `persons`: the parties whose small cells are hidden; `*` are cells of all parties together."""

    id: str
    effective_from: str
    least: int
    persons: tuple[str, ...]
    status: str
    note: str

    def is_of_persons(self, key: Key) -> bool:
        """Whether a small cell of this key is hidden."""
        return key.party in self.persons

    @property
    def least_of_organisations(self) -> int:
        """From how many dossiers on a cell of organisations is published: each one, where they are no persons."""
        return self.least if ORGANISATION in self.persons else 1


def policy(content: bytes | None = None) -> Policy:
    """The packaged policy, or one of an operator. Raises BadPolicy."""
    try:
        found = msgspec.json.decode(content or Path(__file__).with_name("policy.json").read_bytes(), type=Policy)
    except msgspec.DecodeError as error:
        raise BadPolicy(str(error)) from error
    if found.least < FEWEST:
        raise BadPolicy(f"least: {found.least} is fewer than {FEWEST}")
    if strange := set(found.persons) - {*PARTIES, ALL}:
        raise BadPolicy(f"persons: no party is called {', '.join(sorted(strange))}")
    if missing := {*PARTIES, ALL} - {ORGANISATION, *found.persons}:
        raise BadPolicy(
            f"persons: {', '.join(sorted(missing))} must be among them, only {ORGANISATION} may be left out"
        )
    return found
