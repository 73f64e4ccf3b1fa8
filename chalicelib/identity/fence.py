"""Keys and conditions by which another capability's transaction proves what it was told of a person. Nothing else."""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from chalicelib.contracts.stored import Stored, written
from chalicelib.kernel import aws
from chalicelib.kernel.clock import ZONE, moment
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


# --- accounts of organisations ---------------------------------------------------------------------------------------

SHUT: Final = {"locked": "locked", "suspended": "suspended", "dissolved": "dissolved"}


def account_open(organisation: str) -> aws.Op:
    """A condition that fails a transaction while an organisation (keyed hash) is locked or ended, as its register said.

    Of whom no register said anything is open. The item is the record of what was said: it has no other writer.
    """
    holds = " AND ".join(f"#c <> :{word}" for word in SHUT)
    where = (f"PERSON#{organisation}", "HEAD")
    return aws.check(TABLE(), where, f"attribute_not_exists(#c) OR ({holds})", SHUT, reserved={"#c": "change"})


# --- officers ------------------------------------------------------------------------------------------------------

MOST_SPANS: Final = 8
"""Times that a standing has room for: a condition names each of them."""
PRESENT: Final = "present"
SIGNING: Final = "signing"
ALWAYS: Final = ("0000-01-01", "9999-12-31")


class Span(Struct, frozen=True, kw_only=True):
    """Vietnamese days, the first included, the last not; `by` is the deputy who does the work on them."""

    opens: str
    closes: str
    by: str = ""


class Standing(Stored, frozen=True, kw_only=True):
    """When an officer may act in one capacity: a role, being present at all, signing, or a role done by a deputy."""

    shape = 1

    spans: tuple[Span, ...] = ()


def standing_key(agency: str, officer: str, capacity: str) -> tuple[str, str]:
    """Where the standing of an officer (keyed hash) in one capacity stands."""
    return f"STANDING#{agency}#{officer}", capacity


def by_deputy(role: str) -> str:
    """The capacity of an absent officer's role, which a deputy has meanwhile."""
    return f"deputy {role}"


def stands(agency: str, officer: str, capacity: str, spans: Sequence[Span]) -> aws.Op:
    """What a standing says now, for the transaction that changes the officer under the version of their HEAD."""
    pk, sk = standing_key(agency, officer, capacity)
    return aws.put(TABLE(), {"pk": pk, "sk": sk, **written(Standing(spans=tuple(spans)))})


def officer_active(agency: str, officer: str, capacity: str, now: str) -> aws.Op:
    """A condition that fails a transaction unless an officer may act in a capacity on the day of `now`, a stamp."""
    holds = " OR ".join(f"(spans[{n}].opens <= :day AND :day < spans[{n}].closes)" for n in range(MOST_SPANS))
    return aws.check(TABLE(), standing_key(agency, officer, capacity), holds, {"day": _day(now)})


def deputy_active(agency: str, absent: str, deputy: str, role: str, now: str) -> aws.Op:
    """A condition that fails a transaction unless a deputy does the role of an absent officer on the day of `now`.

    That the deputy is there is asked by `officer_active(agency, deputy, PRESENT, now)` beside it.
    """
    days = "spans[{n}].opens <= :day AND :day < spans[{n}].closes AND spans[{n}].#b = :deputy"
    holds = " OR ".join(f"({days.format(n=n)})" for n in range(MOST_SPANS))
    where = standing_key(agency, absent, by_deputy(role))
    return aws.check(TABLE(), where, holds, {"day": _day(now), "deputy": deputy}, reserved={"#b": "by"})


def _day(now: str) -> str:
    return moment(now).astimezone(ZONE).date().isoformat()
