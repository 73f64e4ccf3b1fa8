"""Keys and conditions that prove, inside another capability's transaction, that a procedure's version is published."""

from typing import Final

from chalicelib.contracts.stored import Stored, written
from chalicelib.kernel import aws
from chalicelib.kernel.ids import digest
from chalicelib.kernel.settings import setting

TABLE: Final = setting("MOTCUA_CATALOGUE_TABLE", "Table of published procedures.")
"""Declared here: another capability's transaction loads the fence and nothing else of the catalogue."""

COPIES: Final = 16
"""Copies of a version's state, each a partition of its own; a submission checks one of them.

A check costs 2 write units, a partition takes 1,000 a second, and no key of ours may need more than a tenth of that.
At the peak, 420 submissions a second, all for one procedure in the worst case, need 840: nine copies hold that if they
were loaded evenly, and sixteen do when a hash picks them.
"""


def version_key(code: str, version: int) -> tuple[str, str]:
    """Where a version of a procedure stands in the catalogue's table."""
    return f"PROCEDURE#{code}", f"VERSION#{version:04d}"


def state_keys(code: str, version: int) -> list[tuple[str, str]]:
    """Where all copies of the version's state stand: small items, so that checking one costs two units.

    The partition key differs, not only the sort key: DynamoDB spreads load by it.
    """
    return [(f"STATE#{code}#{version:04d}#{copy:02d}", "STATE") for copy in range(COPIES)]


def state_key(code: str, version: int, reference: str) -> tuple[str, str]:
    """The copy that a dossier's submission checks, always the same one."""
    return state_keys(code, version)[int(digest(reference), 16) % COPIES]


def published(code: str, version: int, reference: str, now: str) -> aws.Op:
    """A condition that fails a dossier's transaction unless this version is in force at `now`, a stored stamp."""
    where = state_key(code, version, reference)
    open_now = "is_published = :yes AND opens <= :now AND (attribute_not_exists(closes) OR :now < closes)"
    return aws.check(TABLE(), where, open_now, {"yes": True, "now": now})


class State(Stored, frozen=True, kw_only=True):
    """What a version's fence says; `opens` and `closes` are stored stamps, the end not included."""

    shape = 1

    is_published: bool
    opens: str | None = None
    closes: str | None = None


def switched(code: str, version: int, state: State) -> dict[str, aws.Op]:
    """All copies of what the version's state says now, for the transaction that publishes, replaces or withdraws it.

    They carry no condition: whoever changes a version changes the procedure's HEAD with them, under HEAD's version.
    """
    says = written(state)
    return {
        f"fence {version} {copy}": aws.put(TABLE(), {"pk": pk, "sk": sk, **says})
        for copy, (pk, sk) in enumerate(state_keys(code, version))
    }
