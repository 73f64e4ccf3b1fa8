"""Keys and conditions by which another capability's transaction proves what it was told of a person. Nothing else."""

from typing import Final

from chalicelib.contracts.stored import Stored, written
from chalicelib.kernel import aws
from chalicelib.kernel.settings import setting

TABLE: Final = setting("MOTCUA_IDENTITY_TABLE", "Table of mandates, of agencies' officers, and of what registers said.")
"""Declared here: another capability's transaction loads the fence and nothing else of identity."""


class State(Stored, frozen=True, kw_only=True):
    """What a representation's fence says; `opens` and `closes` are stored stamps, the end not included."""

    shape = 1

    is_active: bool
    version: int
    opens: str
    closes: str | None = None


def state_key(representation: str) -> tuple[str, str]:
    """Where the state of a representation stands: an item of its own, so that its check costs two units."""
    return f"REPRESENTATION#{representation}", "STATE"


def switched(representation: str, state: State) -> aws.Op:
    """What the state says now, for the transaction that changes the representation under the version of its HEAD."""
    pk, sk = state_key(representation)
    return aws.put(TABLE(), {"pk": pk, "sk": sk, **written(state)})


def active(representation: str, version: int, now: str) -> aws.Op:
    """A condition that fails a transaction unless this version of a representation holds at `now`, a stored stamp."""
    holds = "is_active = :yes AND #v = :version AND opens <= :now AND (attribute_not_exists(closes) OR :now < closes)"
    return aws.check(
        TABLE(),
        state_key(representation),
        holds,
        {"yes": True, "version": version, "now": now},
        reserved={"#v": "version"},
    )
