"""Which numbers are one person's, as a register said: an item under each of them. Numbers joins them, others ask."""

from chalicelib.contracts.stored import Stored, read
from chalicelib.identity.settings import TABLE
from chalicelib.kernel import aws


class Alias(Stored, frozen=True, kw_only=True):
    """Under each of a person's numbers, as a keyed hash: the hashes of all of them, the present one first."""

    shape = 1

    person: str
    hashes: tuple[str, ...]
    at: str


def alias_key(person: str) -> tuple[str, str]:
    """Where the numbers stand that belong with one (keyed hash)."""
    return f"ALIAS#{person}", "ALIAS"


def alias_of(person: str) -> Alias | None:
    """The numbers that belong to one person, as keyed hashes."""
    found = aws.get(TABLE(), *alias_key(person))
    return read(Alias, found) if found else None


def numbers_of(person: str) -> tuple[str, ...]:
    """The numbers under which somebody is looked for, as keyed hashes: the present one first, then the former ones.

    A former number looks under no other one: it is nobody's any more (Decree 70/2024 Art. 11-12). One read.
    """
    known = alias_of(person)
    return known.hashes if known and known.person == person else (person,)
